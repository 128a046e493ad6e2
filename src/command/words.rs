//! What people are told on standard error, in English or Chinese; results are in neither's hands.

use std::fmt::Display;

use mingzhang::batch::summary::Summary;
use mingzhang::emit::findings::{Lang, disagreement};

use crate::cli::lang;

/// One of two texts.
pub(crate) fn said<'a>(en: &'a str, zh: &'a str) -> &'a str {
    match lang() {
        Lang::En => en,
        Lang::Zh => zh,
    }
}

/// Why a document gave no report: its code stays as it is, and so does what only English has words for.
pub(crate) fn failure(path: impl Display, code: &str, message: impl Display) -> String {
    let meant = match (lang(), code) {
        (Lang::En, _) => None,
        (Lang::Zh, "empty-file") => Some("文件是空的"),
        (Lang::Zh, "not-a-pdf") => Some("既不是 PDF，也不是文本"),
        (Lang::Zh, "not-a-disclosure") => Some("不是部门预决算公开"),
        (Lang::Zh, "damaged") => Some("PDF 已损坏，一页也读不出"),
        (Lang::Zh, "password-required") => Some("需要密码才能打开"),
        (Lang::Zh, "no-geometry") => Some("文本转储没有可以画的页面"),
        (Lang::Zh, "no-such-page") => Some("没有这一页"),
        (Lang::Zh, "limit-reached") => Some("超出限度，可用 --limit 放宽"),
        (Lang::Zh, "timeout") => Some("处理时间太长，可用 --timeout 放宽"),
        (Lang::Zh, "out-of-memory") => Some("需要的内存太多，可用 --memory 放宽"),
        (Lang::Zh, "crashed") => Some("处理它的进程意外结束"),
        (Lang::Zh, "io") => Some("读不了或写不了"),
        (Lang::Zh, "internal") => Some("本程序的缺陷，请报告"),
        (Lang::Zh, "no-text-layer") => Some("扫描页，没有文字"),
        (Lang::Zh, "no-unicode") => Some("字体没有说明它的字是什么"),
        (Lang::Zh, "damaged-page") => Some("有一页损坏"),
        (Lang::Zh, "damaged-file") => Some("文件有损坏"),
        (Lang::Zh, _) => None,
    };
    match meant {
        Some(meant) => format!("{path}: {code}: {meant}（{message}）"),
        None => format!("{path}: {code}: {message}"),
    }
}

/// How many places of a report disagree.
pub(crate) fn contradiction(path: impl Display, n_places: usize, n_checks: usize) -> Option<String> {
    let told = disagreement(n_places, n_checks, lang())?;
    Some(format!("{path}: {}: {told}", said("contradiction", "自相矛盾")))
}

/// How many files of folders were left out; `None` where none was.
pub(crate) fn left_out(n: usize) -> Option<String> {
    match (lang(), n) {
        (_, 0) => None,
        (Lang::En, 1) => Some("1 other file was left out".to_owned()),
        (Lang::En, n) => Some(format!("{n} other files were left out")),
        (Lang::Zh, n) => Some(format!("另有 {n} 个别的文件没有处理")),
    }
}

/// The last lines of a run.
pub(crate) fn summary(summary: &Summary) -> String {
    match lang() {
        Lang::En => format!("mingzhang:\n{summary}"),
        Lang::Zh => format!("mingzhang:\n{}", in_chinese(&summary.to_string())),
    }
}

/// The table with its first words in Chinese.
fn in_chinese(table: &str) -> String {
    const WORDS: [(&str, &str); 13] = [
        ("documents", "文件"),
        ("same bytes again", "内容相同"),
        ("done before", "以前完成"),
        ("published", "得出报告"),
        ("with contradictions", "自相矛盾"),
        ("with losses", "有缺失"),
        ("without amounts", "没有金额"),
        ("skipped", "跳过"),
        ("left out", "未处理"),
        ("failed", "没有报告"),
        ("pages", "页"),
        ("by OCR", "识读"),
        ("amounts", "金额"),
    ];
    const ENDS: [(&str, &str); 2] = [("neither PDF nor text", "既不是 PDF 也不是文本"), ("a second", "页/秒")];
    let line = |line: &str| {
        let indent = line.len() - line.trim_start().len();
        let (name, rest) = line.trim_start().split_once("  ").unwrap_or((line, ""));
        let known = WORDS.iter().find(|(en, _)| *en == name);
        let rest = ENDS.iter().fold(rest.trim_start().to_owned(), |rest, (en, zh)| rest.replace(en, zh));
        let name = known.map_or(name, |(_, zh)| zh);
        // A character is as wide as two.
        let width: usize = name.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        let (number, more) = rest.split_once("  ").unwrap_or((&rest, ""));
        let gap = " ".repeat(24_usize.saturating_sub(indent + width));
        format!("{}{name}{gap}{number:>10}  {more}", " ".repeat(indent)).trim_end().to_owned() + "\n"
    };
    table.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_in_chinese_keeps_its_columns_and_numbers() {
        let table = "  documents                     11\n    with contradictions          1\n  left out                       9  neither PDF nor text\n  pages                         74  126 a second\n";
        let chinese = in_chinese(table);
        let lines: Vec<_> = chinese.lines().collect();
        assert_eq!(lines[0], "  文件                          11");
        assert_eq!(lines[1], "    自相矛盾                     1");
        assert_eq!(lines[2], "  未处理                         9  既不是 PDF 也不是文本");
        assert!(lines[3].ends_with("74  126 页/秒"), "{}", lines[3]);
    }
}
