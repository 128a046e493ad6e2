// What is said of the chosen item, and the queue of all of them.

import { h, number } from "./dom.js";
import { KIND_SIGNS, lang, t } from "./words.js";

const ORDER = ["stale", "contradicted", "unchecked", "guessed", "lost", "cut"];

// The items by kind, each with its state.
export function queue(view) {
  const { entries } = view;
  const left = view.left();
  const parts = ORDER.map((kind) => {
    const items = entries.filter((item) => item.kind === kind);
    if (items.length === 0) return null;
    const open = items.filter((item) => view.stateOf(item).state === "open").length;
    return h("section", {},
      h("h3", {}, h("span", { class: `sign ${kind}`, "aria-hidden": "true" }, KIND_SIGNS[kind]), ` ${t(kind)} `, h("span", { class: "count" }, `${open} / ${items.length}`)),
      h("ol", {}, items.map((item) => line(view, item))));
  });
  return [
    h("p", { class: "left" }, h("b", {}, number(left)), ` / ${number(entries.length)} ${t("open_items")}`),
    parts,
  ];
}

function line(view, item) {
  const { state, notes } = view.stateOf(item);
  const sign = { accepted: "☑", corrected: "✎" }[state] ?? "○";
  return h("li", {}, h("button", {
    type: "button", class: `entry ${state}`, "aria-current": item.key === view.item?.key ? "true" : null,
    onclick: () => view.choose(item),
  },
  h("span", { class: "state", role: "img", "aria-label": t(state) }, sign),
  h("span", { class: "name" }, title(view, item)),
  h("span", { class: "at" }, [item.page ? `${lang() === "zh" ? "" : "p. "}${item.page}${lang() === "zh" ? " 页" : ""}` : "", notes?.length ? " ✉" : ""].join(""))));
}

// What an item is called in the queue.
export function title(view, item) {
  const { doc } = view;
  if (item.kind === "stale") {
    const { about } = item.stale;
    return `${about.table ?? about.check} ${about.place ?? ""} ${item.stale.printed}`;
  }
  if (item.note) return `${item.note.code}`;
  if (item[lang()]) return item[lang()].failures[0]?.what ?? item[lang()].place;
  const [, kind, holder, , column] = item.figures[0]?.cell?.match(/^([tf])(\d+)-(\d+)(?:-(\d+))?$/) ?? [];
  if (kind === "f") return doc.forms[holder].title || doc.forms[holder].id;
  if (!kind) return item.key;
  const table = doc.tables[holder];
  return `${table.columns[column].path.join("/")} · ${[table.number, table.title].filter(Boolean).join(" ") || table.id}`;
}

const KINDS = { accept: "a", correct: "c", note: "n" };

// The chosen item with what can be done about it.
export function card(view) {
  const { item } = view;
  const parts = [];
  if (item) {
    const state = view.stateOf(item);
    parts.push(h("div", { class: "card-head" },
      h("h2", {}, h("span", { class: `sign ${item.kind}`, "aria-hidden": "true" }, KIND_SIGNS[item.kind]), ` ${t(item.kind)}`),
      h("span", { class: "where" }, item[lang()]?.place ?? title(view, item)),
      h("span", { class: "grow" }),
      h("button", { type: "button", onclick: () => view.step(-1), "aria-label": t("previous"), "aria-keyshortcuts": "k" }, "↑", h("kbd", { "data-key": "k" })),
      h("button", { type: "button", onclick: () => view.step(1), "aria-label": t("next"), "aria-keyshortcuts": "j" }, "↓", h("kbd", { "data-key": "j" }))));
    parts.push(h("div", { class: "card-body" }, body(view, item), decided(view, item, state)));
  } else {
    parts.push(h("p", { class: "finished" }, t("all_done")));
  }
  if (view.left() === 0) {
    parts.push(h("p", { class: "finished" }, `✓ ${t("all_done")} `, h("button", { type: "button", onclick: () => view.another(1) }, t("next_document"), h("kbd", {}, "]"))));
  }
  if (!view.readonly) parts.push(tools(view));
  return parts;
}

function body(view, item) {
  const told = item[lang()];
  if (item.kind === "stale") {
    const { stale } = item;
    return [
      h("p", {}, `${t(stale.decision)} ${stale.value ?? ""} — ${stale.by}, ${stale.at}`),
      h("dl", { class: "sides" }, pair(t("was_for"), stale.printed), pair(t("now_reads"), stale.now ?? t("gone"))),
    ];
  }
  if (item.note) return h("p", {}, `${item.page ? `${t("page")} ${item.page}` : t("whole")}: ${item.note.message} (${item.note.code})`);
  if (!told) {
    return [
      h("p", {}, `${number(item.figures.length)} ${t("in_no_sum")}`),
      figures(view, item.figures.map(({ cell }) => [cell, "", view.printed(cell)])),
    ];
  }
  return [
    told.failures.map((failure) => [
      h("p", { class: "what" }, failure.what, failure.missing ? `: ${failure.missing}` : ""),
      failure.missing ? null : h("dl", { class: "sides" },
        pair(failure.left[0], failure.left[1]), pair(failure.right[0], failure.right[1]),
        pair(`${t("difference")} (${failure.unit})`, failure.difference, "difference")),
      figures(view, failure.figures),
    ]),
    told.hints.map((hint) => h("p", { class: "hint" }, h("b", {}, t("hint")), " ", hint)),
  ];
}

function pair(name, value, css) {
  return h("div", { class: css ?? null }, h("dt", {}, name), h("dd", {}, value));
}

const SHOWN = 24;

function figures(view, list) {
  const known = list.filter(([, place, amount]) => place || amount);
  return h("ul", { class: "figures", "aria-label": t("figures") }, known.slice(0, SHOWN).map(([cell, place, amount]) => {
    const decision = cell && view.state.cells[cell];
    const words = [place ? h("span", { class: "where" }, place) : null, " ", h("b", {}, amount), decision?.value ? ` ✎ ${decision.value}` : decision ? " ☑" : ""];
    return h("li", {}, cell
      ? h("button", { type: "button", class: cell === view.cell ? "figure chosen" : "figure", "aria-pressed": String(cell === view.cell), onclick: () => view.pick(cell) }, words)
      : h("span", { class: "figure" }, words));
  }), known.length > SHOWN ? h("li", {}, `+ ${number(known.length - SHOWN)}`) : null);
}

function decided(view, item, state) {
  const said = (line) => [line.reason ? `${t(line.reason)}` : "", line.note ? `“${line.note}”` : "", `${line.by}, ${line.at.replace("T", " ").replace("Z", " UTC")}`].filter(Boolean).join(" · ");
  const corrected = item.figures.map(({ cell }) => cell && view.state.cells[cell]).filter((line) => line?.decision === "corrected");
  return [
    state.decided ? h("p", { class: `decided ${state.state}` }, h("b", {}, `${state.state === "corrected" ? "✎" : "☑"} ${t(state.state)}`), " ", said(state.decided)) : null,
    item.kind === "contradicted" && state.state === "open" && corrected.length ? h("p", { class: "decided open" }, h("b", {}, "✎ "), t("not_mended")) : null,
    state.notes?.map((line) => h("p", { class: "decided" }, h("b", {}, "✉ "), said(line))),
  ];
}

function tools(view) {
  const { item, pending } = view;
  const button = (what, act, key, disabled) => h("button", { type: "button", onclick: act, disabled, class: pending === what ? "on" : null, "aria-keyshortcuts": key }, t(what), h("kbd", {}, key));
  const stale = item?.kind === "stale";
  if (pending === "correct") {
    const field = h("input", { id: "value", type: "text", inputmode: "decimal", autocomplete: "off" });
    field.value = view.state.cells[view.cell]?.value ?? view.printed(view.cell);
    return form(view, field, `${t("value")} (${t("reads")} ${view.printed(view.cell)})`, () => view.correct(field.value));
  }
  if (pending === "note") {
    const field = h("textarea", { id: "value", rows: 2 });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        view.note(field.value);
      }
    });
    return form(view, field, t("words"), () => view.note(field.value));
  }
  const reasons = ["source-error", "uncheckable"].map((reason, i) => h("button", {
    type: "button", disabled: !item || stale, class: pending === "accept" ? "on" : null, onclick: () => view.accept(reason), "aria-keyshortcuts": `${KINDS.accept} ${i + 1}`,
  }, t(reason), h("kbd", {}, pending === "accept" ? `${i + 1}` : `a ${i + 1}`)));
  return h("div", { class: "acts" },
    stale ? h("button", { type: "button", onclick: () => view.withdraw() }, t("withdraw")) : null,
    h("div", { class: "accept", role: "group", "aria-label": t("accept") }, h("span", { class: "label" }, t("accept")), reasons),
    button("correct", () => view.ask("correct"), KINDS.correct, !view.cell),
    button("note", () => view.ask("note"), KINDS.note, !item && !view.cell),
    button("undo", () => view.undo(), "u"),
    pending === "accept" ? h("p", { class: "ask" }, t("pick_reason")) : null);
}

function form(view, field, label, act) {
  return h("form", { class: "acts", onsubmit: (event) => { event.preventDefault(); act(); } },
    h("label", { for: "value" }, label), field,
    h("button", { type: "submit", class: "on" }, t("save"), h("kbd", {}, "↵")),
    h("button", { type: "button", onclick: () => view.cancel() }, t("cancel"), h("kbd", {}, "Esc")));
}
