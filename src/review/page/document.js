// One document: the queue, the page, the table, and what is decided by key or by mouse.

import * as data from "./data.js";
import { card, queue } from "./card.js";
import { h, put, say } from "./dom.js";
import { isOpen, sorted } from "./list.js";
import { PagePane, TablePane } from "./panes.js";
import { t } from "./words.js";

export async function show(app, root, id) {
  put(root, app.head(), h("p", { class: "wait" }, t("wait")));
  const [doc, state] = await Promise.all([data.document(id), data.state(id)]);
  document.title = `${doc.department ?? doc.name} · ${t("review")}`;
  const view = new View(app, doc, state);
  put(root, app.head(h("a", { href: "#/" }, t("list")), h("h1", {}, doc.department ?? doc.name),
    h("span", { class: "file" }, [doc.year, t(doc.kind), doc.name].filter(Boolean).join(" · "))), view.element);
  view.choose(view.first(), { quiet: true });
  return view;
}

class View {
  constructor(app, doc, state) {
    Object.assign(this, { app, doc, state, item: null, cell: null, pending: null, strokes: [], busy: false });
    this.readonly = app.list.readonly;
    this.pagePane = new PagePane(doc, (name) => this.pick(name));
    this.tablePane = new TablePane(doc, (name) => this.pick(name));
    this.queue = h("nav", { class: "queue", "aria-label": t("queue") });
    this.card = h("section", { class: "card", tabindex: -1, "aria-label": t("open") });
    const warning = doc.made_by !== doc.version ? h("p", { class: "warning", role: "note" }, `${t("made_by")} ${doc.made_by || "?"}`) : null;
    this.element = h("main", { class: "document" }, warning, this.queue, this.pagePane.element, h("div", { class: "right" }, this.card, this.tablePane.element));
  }

  // Open items, and decisions that are no longer for what is read, which come first.
  get entries() {
    const firsts = this.state.stale.filter((line, i, all) => all.findIndex(({ stroke }) => stroke === line.stroke) === i);
    const stale = firsts.map((line) => ({ key: `stale-${line.stroke}`, kind: "stale", page: 0, figures: line.cell ? [{ cell: line.cell }] : [], stale: line }));
    return [...stale, ...this.doc.items];
  }

  stateOf(item) {
    return this.state.items[item.key] ?? { state: "open", mark: "", notes: [] };
  }

  first() {
    return this.entries.find((item) => this.stateOf(item).state === "open") ?? this.entries[0] ?? null;
  }

  // The next open item in a direction; where none is open, the next one.
  step(by) {
    const { entries } = this;
    if (entries.length === 0) return;
    const from = entries.findIndex((item) => item.key === this.item?.key);
    const round = entries.map((_, i) => entries[(((from + by * (i + 1)) % entries.length) + entries.length) % entries.length]);
    this.choose(round.find((item) => this.stateOf(item).state === "open") ?? round[0]);
  }

  choose(item, { quiet } = {}) {
    this.item = item;
    this.pending = null;
    const cells = (item?.figures ?? []).map(({ cell }) => cell).filter(Boolean);
    this.cell = cells[0] ?? null;
    this.draw();
    const page = item ? (item.page || this.pageOf(this.cell)) : 0;
    if (this.cell) this.tablePane.open(this.cell.match(/^[tf]\d+/)[0]);
    this.pagePane.show(page || this.pagePane.page || 1, this.marks());
    this.tablePane.mark(this.marks());
    if (!quiet) say(this.card.innerText);
  }

  pick(name) {
    this.cell = name;
    this.pending = null;
    const owner = this.doc.items.find((item) => item.figures.some(({ cell }) => cell === name));
    if (owner && !this.item?.figures.some(({ cell }) => cell === name)) this.item = owner;
    this.draw();
    this.tablePane.open(name.match(/^[tf]\d+/)[0]);
    this.pagePane.show(this.pageOf(name) || this.pagePane.page, this.marks());
    this.tablePane.mark(this.marks());
  }

  pageOf(name) {
    const [, kind, holder, at, column] = name?.match(/^([tf])(\d+)-(\d+)(?:-(\d+))?$/) ?? [];
    if (!kind) return 0;
    if (kind === "f") return this.doc.forms[holder]?.lines[at]?.place[0] ?? 0;
    const row = this.doc.tables[holder]?.rows[at];
    return row?.cells[column]?.[3] ?? row?.page ?? 0;
  }

  printed(name) {
    const [, kind, holder, at, column] = name?.match(/^([tf])(\d+)-(\d+)(?:-(\d+))?$/) ?? [];
    if (kind === "f") return this.doc.forms[holder]?.lines[at]?.amount ?? "";
    return this.doc.tables[holder]?.rows[at]?.cells[column]?.[0] ?? "";
  }

  marks() {
    const figures = this.item?.figures ?? [];
    return {
      chosen: this.cell,
      taking: new Set(figures.map(({ cell }) => cell).filter(Boolean)),
      rects: figures.filter(({ cell, place }) => !cell && place),
      cells: this.state.cells,
    };
  }

  draw() {
    const active = document.activeElement;
    const [inQueue, inCard] = [this.queue.contains(active), this.card.contains(active)];
    const shortcut = active?.getAttribute("aria-keyshortcuts");
    put(this.queue, queue(this));
    put(this.card, card(this));
    const current = this.queue.querySelector("[aria-current]");
    current?.scrollIntoView({ block: "nearest" });
    // Who goes by tab stays where they were.
    if (inQueue) current?.focus({ preventScroll: true });
    if (inCard) (this.card.querySelector(shortcut ? `[aria-keyshortcuts="${shortcut}"]` : ".figure[aria-pressed=true]") ?? this.card).focus({ preventScroll: true });
  }

  // The next or previous figure of the item.
  figure(by) {
    const cells = (this.item?.figures ?? []).map(({ cell }) => cell).filter(Boolean);
    if (cells.length === 0) return;
    const at = cells.indexOf(this.cell);
    this.pick(cells[(at + by + cells.length) % cells.length]);
    say(this.printed(this.cell));
  }

  // Another cell of the table, by rows and columns.
  move(down, right) {
    const [, s, r, c] = this.cell?.match(/^t(\d+)-(\d+)-(\d+)$/) ?? [null, this.tablePane.at.slice(1), 0, 0];
    const rows = this.doc.tables[s]?.rows;
    if (!rows || this.tablePane.at[0] !== "t") return;
    let [row, column] = [Number(r) + down, Number(c) + right];
    while (rows[row] && column >= 0 && column < rows[row].cells.length) {
      if ((rows[row].cells[column]?.length ?? 0) > 2) {
        this.pick(`t${s}-${row}-${column}`);
        say(this.printed(this.cell));
        return;
      }
      row += down;
      column += right;
    }
  }

  ask(what) {
    if (this.readonly || (what === "correct" && !this.cell) || (!this.item && !this.cell)) return;
    if (this.item?.kind === "stale" && what === "accept") return;
    this.pending = what;
    this.draw();
    const field = this.card.querySelector("input, textarea");
    field?.focus();
    field?.select?.();
    if (what === "accept") say(t("pick_reason"));
  }

  cancel() {
    this.pending = null;
    this.draw();
  }

  accept(reason) {
    if (!this.item || this.item.kind === "stale") return;
    this.decide({ decision: "accepted", item: this.item.key, reason }, t("accepted"));
  }

  correct(value) {
    this.decide({ decision: "corrected", cell: this.cell, item: this.ownItem(), value }, t("corrected"));
  }

  note(words) {
    const about = this.item && this.item.kind !== "stale" ? { item: this.item.key } : { cell: this.cell };
    this.decide({ decision: "noted", ...about, note: words }, t("noted"));
  }

  undo() {
    const stroke = this.strokes.pop() ?? this.stateOf(this.item ?? {}).decided?.stroke;
    if (!stroke) say(t("nothing_to_undo"));
    else this.decide({ decision: "undone", stroke }, t("undone"));
  }

  withdraw() {
    this.decide({ decision: "undone", stroke: this.item.stale.stroke, stale: true }, t("undone"));
  }

  ownItem() {
    return this.item?.kind !== "stale" && this.item?.figures.some(({ cell }) => cell === this.cell) ? this.item.key : undefined;
  }

  async decide(wish, word) {
    if (this.readonly || this.busy) return;
    this.busy = true;
    try {
      const item = this.doc.items.find(({ key }) => key === wish.item);
      const told = await data.decide(this.doc.id, { ...wish, mark: item ? this.stateOf(item).mark : undefined });
      this.state = told.state;
      this.pending = null;
      if (told.meanwhile) {
        this.refresh();
        this.alert(t("meanwhile"));
        return;
      }
      if (wish.decision !== "undone") this.strokes.push(told.stroke);
      const settled = item && wish.decision !== "noted" && this.stateOf(item).state !== "open";
      if (settled || !this.entries.some(({ key }) => key === this.item?.key)) this.step(1);
      else this.refresh();
      say(`${word}. ${this.left()} ${t("open_items")}`);
    } catch (error) {
      this.alert(`${t("failed")}: ${error.message}`);
    } finally {
      this.busy = false;
    }
  }

  alert(text) {
    this.card.prepend(h("p", { class: "warning", role: "alert" }, text));
  }

  left() {
    return this.entries.filter((item) => this.stateOf(item).state === "open").length;
  }

  refresh() {
    this.draw();
    this.pagePane.show(this.pagePane.page, this.marks());
    this.tablePane.mark(this.marks());
  }

  // What others have decided meanwhile.
  async again() {
    if (this.readonly || this.busy || this.pending) return;
    const state = await data.state(this.doc.id).catch(() => null);
    if (!state || this.busy || this.pending || JSON.stringify(state) === JSON.stringify(this.state)) return;
    this.state = state;
    this.refresh();
  }

  // The next document with something open, in the order of the list.
  async another(by) {
    const list = await this.app.refresh();
    const lines = sorted(list.documents);
    const from = lines.findIndex(({ id }) => id === this.doc.id);
    const round = lines.map((_, i) => lines[(((from + by * (i + 1)) % lines.length) + lines.length) % lines.length]);
    const next = round.find((line) => line.id !== this.doc.id && isOpen(line));
    if (next) location.hash = `#/d/${next.id}`;
    else say(t("no_more"));
  }

  key(event, writes) {
    const { key, shiftKey } = event;
    const done = () => event.preventDefault();
    if (key === "Escape") {
      done();
      if (this.pending) this.cancel();
      else location.hash = "#/";
      return;
    }
    if (writes) return;
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key];
    if (shiftKey && moves) {
      done();
      this.move(...moves);
      return;
    }
    const scrolls = event.target.closest?.(".scroll");
    const acts = {
      j: () => this.step(1), k: () => this.step(-1), l: () => this.figure(1), h: () => this.figure(-1),
      a: () => this.ask("accept"), c: () => this.ask("correct"), n: () => this.ask("note"), u: () => this.undo(),
      "[": () => this.another(-1), "]": () => this.another(1), PageUp: () => this.pagePane.turn(-1), PageDown: () => this.pagePane.turn(1),
      ...(this.pending === "accept" ? { 1: () => this.accept("source-error"), 2: () => this.accept("uncheckable") } : {}),
      // Who has moved into a pane scrolls it by the arrows.
      ...(scrolls ? {} : { ArrowDown: () => this.step(1), ArrowUp: () => this.step(-1), ArrowRight: () => this.figure(1), ArrowLeft: () => this.figure(-1) }),
    };
    if (Object.hasOwn(acts, key)) {
      done();
      acts[key]();
    }
  }
}
