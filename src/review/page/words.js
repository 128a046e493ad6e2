// The words of the page in Chinese and English, side by side so that neither is forgotten. What is said of a finding comes
// with the document, as `mingzhang check` says it.

const WORDS = {
  review: ["复核", "Review"],
  list: ["文件列表", "Documents"],
  search: ["查找部门、文件名", "Search department or file"],
  language: ["English", "中文"],
  help: ["按键", "Keys"],
  reviewer: ["复核人", "Reviewer"],
  readonly: ["只读", "read only"],
  all: ["全部", "All"],
  open: ["待核对", "Open"],
  done: ["已完成", "Done"],
  again: ["程序版本已变，部分决定须再看", "decided with another version: look again"],
  department: ["部门", "Department"],
  year: ["年度", "Year"],
  report: ["类别", "Kind"],
  budget: ["预算", "budget"],
  final_accounts: ["决算", "accounts"],
  unknown: ["—", "—"],
  pages: ["页数", "Pages"],
  amounts: ["金额", "Amounts"],
  progress: ["进度", "Progress"],
  contradicted: ["矛盾", "Contradicted"],
  unchecked: ["无从核对", "Unchecked"],
  guessed: ["推定", "Guessed"],
  lost: ["未读全", "Lost"],
  cut: ["缺行", "Cut"],
  stale: ["已失效的决定", "Stale decisions"],
  open_items: ["项待核对", "open"],
  of: ["共", "of"],
  documents: ["份文件", "documents"],
  none: ["没有符合的文件", "no document fits"],
  page: ["页", "Page"],
  previous: ["上一项", "Previous"],
  next: ["下一项", "Next"],
  previous_page: ["上一页", "Previous page"],
  next_page: ["下一页", "Next page"],
  larger: ["放大", "Zoom in"],
  smaller: ["缩小", "Zoom out"],
  fit: ["适合宽度", "Fit width"],
  queue: ["待核对清单", "What is open"],
  table: ["公开的表格", "The table as published"],
  picture: ["原件页面", "The page"],
  accept: ["认可印出的数", "Accept as printed"],
  "source-error": ["原件自身有误", "the source's own error"],
  uncheckable: ["无人能核对", "nobody can check it"],
  correct: ["更正识读", "Correct the reading"],
  note: ["备注", "Note"],
  undo: ["撤销", "Undo"],
  save: ["保存", "Save"],
  cancel: ["取消", "Cancel"],
  withdraw: ["收回此决定", "Withdraw it"],
  value: ["页面上印的数", "What the page prints"],
  words: ["备注内容", "Words"],
  accepted: ["已认可", "accepted"],
  corrected: ["已更正", "corrected"],
  noted: ["有备注", "noted"],
  by: ["由", "by"],
  difference: ["相差", "Difference"],
  hint: ["提示", "Hint"],
  figures: ["参与的数", "Figures that take part"],
  reads: ["识读为", "read as"],
  not_mended: ["更正后两边仍不相等", "both sides still differ with this correction"],
  column: ["一栏", "column"],
  in_no_sum: ["个金额不在任何合计里", "amounts in no sum"],
  choose: ["选定的数", "Chosen figure"],
  nothing: ["先选一个数", "choose a figure first"],
  all_done: ["本文件已全部核对", "Nothing is open here"],
  next_document: ["下一份待核对的文件", "Next open document"],
  no_more: ["所有文件都已核对", "Nothing is open in any document"],
  meanwhile: ["别的复核人刚刚作了决定，请再看一眼", "another reviewer has just decided: look again"],
  undone: ["已撤销", "undone"],
  nothing_to_undo: ["没有可撤销的", "nothing to undo"],
  pick_reason: ["认可的理由：按 1 或 2，Esc 取消", "Why: press 1 or 2, Esc to cancel"],
  no_picture: ["没有这一页的画面", "no picture of this page"],
  made_by: ["此文件夹由另一版本的程序生成，宜先运行 extract --resume；生成版本", "made by another version of the program, run extract --resume first; made by"],
  now_reads: ["现在读作", "now reads"],
  was_for: ["当时针对", "made for"],
  gone: ["已不存在", "no longer there"],
  whole: ["整份文件", "the whole document"],
  keys_on: ["启用单键快捷键", "Single keys are on"],
  close: ["关闭", "Close"],
  key_next: ["下一项 / 上一项待核对", "next / previous open item"],
  key_figure: ["本项的下一个 / 上一个数", "next / previous figure of the item"],
  key_move: ["在表中移动所选的格", "move the chosen cell in the table"],
  key_accept: ["认可：1 原件自身有误，2 无人能核对", "accept: 1 the source's own error, 2 nobody can check it"],
  key_page: ["上一页 / 下一页", "previous / next page"],
  key_document: ["上一份 / 下一份待核对的文件", "previous / next open document"],
  key_list: ["回到文件列表", "back to the documents"],
  legend: ["图例", "Legend"],
  total: ["个", "in all"],
  row: ["行", "row"],
  failed: ["未能完成", "It failed"],
  wait: ["读取中…", "Reading…"],
};

let column = (localStorage.getItem("lang") ?? (navigator.language.startsWith("zh") ? "zh" : "en")) === "zh" ? 0 : 1;

export const lang = () => (column === 0 ? "zh" : "en");

export function t(key) {
  return WORDS[key]?.[column] ?? key;
}

export function other() {
  column = 1 - column;
  localStorage.setItem("lang", lang());
}

// The sign of each level of trust, so that colour is not the only one.
export const SIGNS = { corroborated: "✓✓", confirmed: "✓", rounded: "≈", unchecked: "?", contradicted: "✗" };
export const KIND_SIGNS = { contradicted: "✗", unchecked: "?", guessed: "~", lost: "∅", cut: "⌿", stale: "↺" };
