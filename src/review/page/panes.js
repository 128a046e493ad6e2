// The two sides of a document: the picture of a page with its cells, and the table as published.

import * as data from "./data.js";
import { h, put, svg } from "./dom.js";
import { SIGNS, lang, t } from "./words.js";

// Cells of the amounts by page: name, trust, place.
export function placed(doc) {
  const pages = new Map();
  const add = (name, trust, [page, ...box]) => {
    if (box.length !== 4) return;
    if (!pages.has(page)) pages.set(page, []);
    pages.get(page).push({ name, trust, box });
  };
  doc.tables.forEach((table, s) => table.rows.forEach((row, r) => row.cells.forEach((cell, c) => {
    if (cell && cell.length > 3) add(`t${s}-${r}-${c}`, cell[1], cell.slice(3));
  })));
  doc.forms.forEach((form, f) => form.lines.forEach((line, i) => {
    if (line.trust !== null) add(`f${f}-${i}`, line.trust, line.place);
  }));
  return pages;
}

export class PagePane {
  constructor(doc, choose) {
    this.doc = doc;
    this.choose = choose;
    this.cells = placed(doc);
    this.zoom = 1;
    this.page = 0;
    this.numbers = doc.pages.length ? doc.pages.map(([n]) => n) : Array.from({ length: Math.max(1, doc.n_pages) }, (_, i) => i + 1);
    this.sheet = h("div", { class: "sheet" });
    this.label = h("span", { class: "page-number" });
    this.scroll = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("picture") }, this.sheet);
    const tool = (label, sign, act) => h("button", { type: "button", "aria-label": label, title: label, onclick: act }, sign);
    this.element = h("section", { class: "page-pane", "aria-label": t("picture") },
      h("div", { class: "tools" },
        tool(t("previous_page"), "‹", () => this.turn(-1)), this.label, tool(t("next_page"), "›", () => this.turn(1)),
        h("span", { class: "grow" }),
        tool(t("smaller"), "−", () => this.scale(1 / 1.25)), tool(t("fit"), "↔", () => this.scale(0)), tool(t("larger"), "+", () => this.scale(1.25))),
      this.scroll, legend(doc));
  }

  turn(step) {
    const at = this.numbers.indexOf(this.page) + step;
    if (this.numbers[at] !== undefined) this.show(this.numbers[at]);
  }

  scale(by) {
    this.zoom = by === 0 ? 1 : Math.min(6, Math.max(0.4, this.zoom * by));
    this.sheet.style.width = `${this.zoom * 100}%`;
  }

  show(page, marks = this.marks) {
    this.marks = marks;
    if (!this.numbers.includes(page)) page = this.numbers[0];
    if (page !== this.page) {
      this.page = page;
      this.label.textContent = `${t("page")} ${page} / ${this.numbers.length}`;
      const size = this.doc.pages.find(([n]) => n === page);
      this.overlay = size ? svg("svg", { viewBox: `0 0 ${size[1]} ${size[2]}`, "aria-hidden": "true", class: "overlay", preserveAspectRatio: "none" }) : null;
      this.sheet.style.aspectRatio = size ? `${size[1]} / ${size[2]}` : "auto";
      const picture = this.doc.pictures
        ? h("img", { src: data.picture(this.doc.id, page), alt: `${t("page")} ${page}: ${this.doc.name}`, class: size ? "drawn" : "lines" })
        : h("p", { class: "no-picture" }, t("no_picture"));
      picture.addEventListener?.("error", () => picture.replaceWith(h("p", { class: "no-picture" }, t("no_picture"))));
      put(this.sheet, picture, this.overlay);
      this.sheet.style.width = `${this.zoom * 100}%`;
      this.scroll.scrollTo(0, 0);
    }
    this.draw();
  }

  draw() {
    if (!this.overlay) return;
    const { chosen, taking, cells: decided } = this.marks ?? {};
    const levels = this.doc.trust.code;
    let last = null;
    put(this.overlay, (this.cells.get(this.page) ?? []).map(({ name, trust, box: [x0, y0, x1, y1] }) => {
      const level = decided?.[name]?.decision ?? levels[trust];
      const css = ["cell", level, taking?.has(name) ? "taking" : "", name === chosen ? "chosen" : ""].join(" ");
      const rect = svg("rect", { x: x0, y: y0, width: x1 - x0, height: y1 - y0, class: css, onclick: () => this.choose(name) });
      const sign = level === "contradicted" || level === "unchecked" || decided?.[name]
        ? svg("text", { x: x0 + 1.5, y: y0 + 6.5, class: `sign ${level}` }, signOf(level)) : null;
      if (name === chosen) last = rect;
      return [rect, sign];
    }), (this.marks?.rects ?? []).filter(({ place }) => place[0] === this.page && place.length === 5).map(({ place: [, x0, y0, x1, y1] }) =>
      svg("rect", { x: x0, y: y0, width: x1 - x0, height: y1 - y0, class: "cell taking rest" })));
    if (last) {
      this.overlay.append(last);
      const [sheet, rect] = [this.scroll.getBoundingClientRect(), last.getBoundingClientRect()];
      if (rect.top < sheet.top + 20 || rect.bottom > sheet.bottom - 20 || rect.left < sheet.left || rect.right > sheet.right) {
        last.scrollIntoView({ block: "center", inline: "center" });
      }
    }
  }
}

export function signOf(level) {
  return SIGNS[level] ?? { accepted: "☑", corrected: "✎" }[level] ?? "";
}

function legend(doc) {
  const entry = (level, name) => h("li", {}, h("span", { class: `key ${level}`, "aria-hidden": "true" }, signOf(level)), name);
  return h("ul", { class: "legend", "aria-label": t("legend") },
    doc.trust.code.map((level, i) => entry(level, doc.trust[lang()][i])), entry("accepted", t("accepted")), entry("corrected", t("corrected")));
}

// Header cells over the columns that share them.
function heads(columns) {
  const depth = Math.max(1, ...columns.map(({ path }) => path.length));
  const rows = [];
  for (let level = 0; level < depth; level += 1) {
    const cells = [];
    for (let c = 0; c < columns.length;) {
      const { path } = columns[c];
      if (level >= path.length) { c += 1; continue; }
      const leaf = level === path.length - 1;
      let end = c + 1;
      const same = (other) => other.length > level + 1 && path.slice(0, level + 1).every((part, i) => part === other[i]);
      while (!leaf && end < columns.length && same(columns[end].path)) end += 1;
      cells.push(h("th", { scope: leaf ? "col" : "colgroup", colspan: end - c > 1 ? end - c : null, rowspan: leaf && depth - level > 1 ? depth - level : null }, path[level]));
      c = end;
    }
    rows.push(h("tr", {}, h("th", { class: "no" }, level === 0 ? "#" : ""), cells));
  }
  return rows;
}

export class TablePane {
  constructor(doc, choose) {
    this.doc = doc;
    this.choose = choose;
    this.at = "";
    this.picker = h("select", { "aria-label": t("table"), onchange: () => this.open(this.picker.value) },
      doc.tables.map((table, s) => h("option", { value: `t${s}` }, [table.number, table.title].filter(Boolean).join(" ") || table.id)),
      doc.forms.map((form, f) => h("option", { value: `f${f}` }, form.title || form.id)));
    this.unit = h("span", { class: "unit" });
    this.scroll = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("table") });
    this.scroll.addEventListener("click", (event) => {
      const cell = event.target.closest("[data-cell]");
      if (cell) this.choose(cell.dataset.cell);
    });
    this.element = h("section", { class: "table-pane", "aria-label": t("table") }, h("div", { class: "tools" }, this.picker, this.unit), this.scroll);
    if (doc.tables.length + doc.forms.length > 0) this.open(doc.tables.length ? "t0" : "f0");
  }

  open(holder) {
    if (holder === this.at) return;
    this.at = holder;
    this.picker.value = holder;
    const index = Number(holder.slice(1));
    if (holder[0] === "t") this.table(index);
    else this.form(index);
    this.scroll.scrollTo(0, 0);
    this.mark();
  }

  table(s) {
    const table = this.doc.tables[s];
    this.unit.textContent = table.unit ?? "";
    const rows = table.rows.map((row, r) => h("tr", {}, h("td", { class: "no" }, r + 1), row.cells.map((cell, c) => {
      if (!cell) return h("td", {});
      if (cell.length < 3) return h("td", { class: table.columns[c].role === "amount" ? "unread" : "text", "data-cell": `t${s}-${r}-${c}` }, cell[0]);
      const level = this.doc.trust.code[cell[1]];
      return h("td", { class: `amount ${level}${cell[2] ? " guessed" : ""}`, "data-cell": `t${s}-${r}-${c}` },
        h("span", { class: "sign", title: this.doc.trust[lang()][cell[1]] }, signOf(level)), cell[0]);
    })));
    put(this.scroll, h("table", { class: "published" }, h("thead", {}, heads(table.columns)), h("tbody", {}, rows)));
  }

  form(f) {
    const form = this.doc.forms[f];
    this.unit.textContent = "元";
    const rows = form.lines.map((line, i) => {
      const level = line.trust === null ? "" : this.doc.trust.code[line.trust];
      return h("tr", {}, h("td", { class: "text" }, line[lang()]), line.amount === null ? h("td", {}) :
        h("td", { class: `amount ${level}`, "data-cell": `f${f}-${i}` }, h("span", { class: "sign" }, signOf(level)), line.amount));
    });
    put(this.scroll, h("table", { class: "published" }, h("tbody", {}, rows)));
  }

  mark(marks = this.marks) {
    this.marks = marks;
    if (!marks) return;
    for (const cell of this.scroll.querySelectorAll(".chosen, .taking")) cell.classList.remove("chosen", "taking");
    for (const cell of this.scroll.querySelectorAll("[data-decided]")) {
      cell.querySelector(".decided")?.remove();
      delete cell.dataset.decided;
    }
    const find = (name) => this.scroll.querySelector(`[data-cell="${name}"]`);
    for (const name of marks.taking ?? []) find(name)?.classList.add("taking");
    for (const [name, { decision, value }] of Object.entries(marks.cells ?? {})) {
      const cell = find(name);
      if (!cell) continue;
      cell.dataset.decided = decision;
      cell.append(h("span", { class: "decided", title: t(decision) }, value === null ? signOf(decision) : ` ✎ ${value}`));
    }
    const chosen = marks.chosen && find(marks.chosen);
    if (chosen) {
      chosen.classList.add("chosen");
      chosen.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }
}
