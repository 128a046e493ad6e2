// Which of the two views is shown, and what both share: the head, the language, the help.

import * as data from "./data.js";
import { h, put, say } from "./dom.js";
import { show as showList } from "./list.js";
import { show as showDocument } from "./document.js";
import { lang, other, t } from "./words.js";

const root = document.getElementById("root");
let view = null;
let keys = localStorage.getItem("keys") !== "off";

export const app = {
  list: null,
  async refresh() {
    app.list = await data.list();
    return app.list;
  },
  head(...middle) {
    const { readonly, reviewer } = app.list;
    return h("header", { class: "head" },
      h("a", { class: "brand", href: "#/" }, "明账"),
      middle,
      h("span", { class: "grow" }),
      h("span", { class: "who" }, readonly ? t("readonly") : `${t("reviewer")} ${reviewer}`),
      h("button", { type: "button", lang: lang() === "zh" ? "en" : "zh-Hans", onclick: () => { other(); route(); } }, t("language")),
      h("button", { type: "button", onclick: help, "aria-keyshortcuts": "?" }, t("help"), h("kbd", {}, "?")));
  },
};

function help() {
  const line = (pressed, key) => h("tr", {}, h("td", {}, pressed.map((one) => h("kbd", {}, one))), h("td", {}, t(key)));
  const on = h("input", { type: "checkbox", id: "keys-on" });
  on.checked = keys;
  on.addEventListener("change", () => {
    keys = on.checked;
    localStorage.setItem("keys", keys ? "on" : "off");
  });
  const box = h("dialog", { class: "help", "aria-label": t("help") },
    h("h2", {}, t("help")),
    h("table", {}, h("tbody", {},
      line(["j", "↓", "k", "↑"], "key_next"),
      line(["l", "→", "h", "←"], "key_figure"),
      line(["⇧↑", "⇧↓", "⇧←", "⇧→"], "key_move"),
      line(["a"], "key_accept"),
      line(["c"], "correct"),
      line(["n"], "note"),
      line(["u"], "undo"),
      line(["PgUp", "PgDn"], "key_page"),
      line(["[", "]"], "key_document"),
      line(["Esc"], "key_list"),
      line(["?"], "help"))),
    h("p", {}, on, " ", h("label", { for: "keys-on" }, t("keys_on"))),
    h("button", { type: "button", onclick: () => box.close() }, t("close")));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

async function route() {
  view?.leave?.();
  document.documentElement.lang = lang() === "zh" ? "zh-Hans" : "en";
  const id = location.hash.match(/^#\/d\/([0-9a-f]{64})$/)?.[1];
  const asked = location.hash;
  try {
    if (!app.list || !id) await app.refresh();
    const next = id ? await showDocument(app, root, id) : showList(app, root);
    if (asked === location.hash) view = next;
  } catch (error) {
    put(root, app.list ? app.head() : null, h("p", { class: "wait", role: "alert" }, `${t("failed")}: ${error.message}`));
  }
}

document.addEventListener("keydown", (event) => {
  const { target } = event;
  const writes = target.matches("input:not([type=checkbox]), textarea, select");
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "?" && !writes && keys) {
    event.preventDefault();
    help();
  } else if (keys || event.key === "Escape") {
    view?.key?.(event, writes);
  }
});

window.addEventListener("hashchange", route);
window.addEventListener("focus", () => view?.again?.());
setInterval(() => { if (!document.hidden) view?.again?.(); }, 4000);
window.addEventListener("unhandledrejection", (event) => say(`${t("failed")}: ${event.reason?.message ?? event.reason}`));
route();
