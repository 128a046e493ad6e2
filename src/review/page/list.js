// The documents: sorted, filtered, searched.

import { h, number, put } from "./dom.js";
import { KIND_SIGNS, t } from "./words.js";

const chosen = { text: "", filter: "all", by: "weight", down: true };

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
export const openOf = (line) => line.all.map((n, i) => Math.max(0, n - line.done[i]));
export const isOpen = (line) => line.again || sum(openOf(line)) > 0;

// A contradiction outweighs whatever nobody can check.
const weight = (line) => openOf(line).reduce((all, n, i) => all + Math.min(n, 999) * 1000 ** (4 - i), 0);
const share = (line) => (sum(line.all) === 0 ? 1 : 1 - sum(openOf(line)) / sum(line.all));

const COLUMNS = [
  ["department", (line) => line.department ?? line.name, "text"],
  ["year", (line) => line.year ?? 0],
  ["report", (line) => line.kind ?? "", "text"],
  ["pages", (line) => line.pages],
  ["amounts", (line) => line.amounts],
];

export function sorted(lines) {
  const kinds = { weight, progress: share };
  const named = COLUMNS.find(([name]) => name === chosen.by)?.[1];
  const kind = Number(chosen.by.match(/^kind-(\d)$/)?.[1] ?? -1);
  const value = kinds[chosen.by] ?? named ?? ((line) => openOf(line)[kind]);
  const order = (a, b) => {
    const [x, y] = [value(a), value(b)];
    return typeof x === "string" ? x.localeCompare(y, "zh") : x - y;
  };
  const found = [...lines].sort(order);
  return chosen.down ? found.reverse() : found;
}

// Rows that are made at once, and at a time after that.
const AT_ONCE = 80;
const LATER = 200;

function fits(line, kinds) {
  const text = chosen.text.trim().toLowerCase();
  const hay = `${line.department ?? ""} ${line.name} ${line.year ?? ""}`.toLowerCase();
  if (text && !text.split(/\s+/).every((word) => hay.includes(word))) return false;
  if (chosen.filter === "all") return true;
  if (chosen.filter === "open") return isOpen(line);
  if (chosen.filter === "done") return !isOpen(line);
  return openOf(line)[kinds.indexOf(chosen.filter)] > 0;
}

export function show(app, root) {
  const { list } = app;
  let round = 0;
  document.title = `${t("review")} · ${list.folder ?? ""}`;
  const body = h("tbody", {});
  const told = h("p", { class: "told", role: "status" });

  const fill = () => {
    const lines = sorted(list.documents.filter((line) => fits(line, list.kinds)));
    round += 1;
    const own = round;
    // What is on the screen comes first, the rest when it is there.
    const more = (from) => {
      if (own !== round || from >= lines.length) return;
      body.append(...lines.slice(from, from + LATER).map((line) => row(line, list.kinds)));
      setTimeout(more, 0, from + LATER);
    };
    setTimeout(more, 0, AT_ONCE);
    put(body, lines.slice(0, AT_ONCE).map((line) => row(line, list.kinds)), lines.length === 0 ? h("tr", {}, h("td", { colspan: 11, class: "none" }, t("none"))) : null);
    const open = list.documents.filter(isOpen).length;
    told.textContent = `${number(lines.length)} / ${number(list.documents.length)} ${t("documents")} · ${number(open)} ${t("open")} · ${number(list.documents.length - open)} ${t("done")}`;
  };
  const sort = (by, first) => {
    chosen.down = chosen.by === by ? !chosen.down : first;
    chosen.by = by;
    heads();
    fill();
  };
  const head = h("tr", {});
  const sorter = (by, label, text, css) => h("th", {
    scope: "col", class: css ?? (text ? null : "n"),
    "aria-sort": chosen.by === by ? (chosen.down ? "descending" : "ascending") : null,
  }, h("button", { type: "button", onclick: () => { sort(by, !text); head.querySelector(`[data-by=${by}]`)?.focus(); }, "data-by": by },
    label, h("span", { class: "arrow", "aria-hidden": "true" }, chosen.by === by ? (chosen.down ? " ↓" : " ↑") : "")));
  const heads = () => put(head,
    COLUMNS.map(([name, , text]) => sorter(name, t(name), text)),
    list.kinds.map((kind, i) => sorter(`kind-${i}`, [h("span", { "aria-hidden": "true", class: `sign ${kind}` }, KIND_SIGNS[kind]), ` ${t(kind)}`])),
    sorter("progress", t("progress"), true, "wide"));

  const filters = ["all", "open", ...list.kinds, "done"].map((name) => h("button", {
    type: "button", "aria-pressed": String(chosen.filter === name),
    onclick: (event) => {
      chosen.filter = name;
      for (const button of event.currentTarget.parentElement.children) button.setAttribute("aria-pressed", "false");
      event.currentTarget.setAttribute("aria-pressed", "true");
      fill();
    },
  }, t(name)));
  const search = h("input", { type: "search", "aria-label": t("search"), placeholder: t("search"), oninput: () => { chosen.text = search.value; fill(); } });
  search.value = chosen.text;

  heads();
  fill();
  put(root,
    app.head(h("h1", {}, `${t("review")} · ${list.folder ?? ""}`)),
    h("main", { class: "list" },
      h("div", { class: "tools" }, search, h("div", { class: "filters", role: "group", "aria-label": t("open") }, filters), told),
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("list") },
        h("table", { class: "documents" }, h("thead", {}, head), body))));

  let at = -1;
  return {
    key(event, writes) {
      if (event.key === "/" && !writes) {
        event.preventDefault();
        search.focus();
      }
      const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
      if (step && !writes) {
        event.preventDefault();
        const links = [...body.querySelectorAll("a")];
        at = Math.max(0, Math.min(links.length - 1, links.indexOf(document.activeElement) === -1 ? at + step : links.indexOf(document.activeElement) + step));
        links[at]?.focus();
      }
    },
  };
}

function row(line, kinds) {
  const open = openOf(line);
  const done = share(line);
  const bar = h("span", { class: "bar", "aria-hidden": "true" }, h("span", {}));
  bar.firstChild.style.width = `${Math.floor(done * 100)}%`;
  return h("tr", { class: isOpen(line) ? null : "settled" },
    h("th", { scope: "row" }, h("a", { href: `#/d/${line.id}` }, line.department ?? line.name),
      line.department ? h("span", { class: "file" }, line.name) : null,
      line.again ? h("span", { class: "again", title: t("again") }, ` ↺ ${t("again")}`) : null),
    h("td", { class: "n" }, line.year ?? "—"),
    h("td", {}, t(line.kind ?? "unknown")),
    h("td", { class: "n" }, number(line.pages)),
    h("td", { class: "n" }, number(line.amounts)),
    kinds.map((kind, i) => h("td", { class: open[i] ? `n open ${kind}` : "n zero" }, open[i] ? number(open[i]) : "·")),
    h("td", { class: "wide" }, bar, h("span", { class: "percent" }, sum(line.all) === 0 ? "—" : `${Math.floor(done * 100)}%`)));
}
