//! Tables of pipes, as Markdown has them.

use super::html::decoded;
use super::{MarkedCell, MarkedTable};
use crate::read::text::markup::is_pipe_rule;

/// The rows of a table; the line that parts header and body is none.
pub(super) fn table<'a>(lines: impl Iterator<Item = &'a str>) -> MarkedTable {
    let rows = lines.filter(|line| !is_pipe_rule(line)).map(|line| cells(line).collect());
    MarkedTable { captions: Vec::new(), rows: rows.collect() }
}

fn cells(line: &str) -> impl Iterator<Item = MarkedCell> {
    let inner = line.trim();
    let inner = inner.strip_prefix('|').unwrap_or(inner);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    // A pipe of the text is written with a backslash.
    let texts = inner.replace("\\|", "\u{0}");
    let texts: Vec<String> = texts.split('|').map(|text| text.replace('\u{0}', "|")).collect();
    texts.into_iter().map(|text| MarkedCell { lines: lines(&text), n_rows: 1, n_columns: 1 })
}

fn lines(text: &str) -> Vec<String> {
    let text = text.replace("**", "").replace("<br/>", "<br>").replace("<br />", "<br>");
    text.split("<br>").map(|line| decoded(line).trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_bold_and_pipes_of_the_text_are_told_from_marks() {
        let cells: Vec<Vec<String>> = cells("| **合计** | 甲<br>乙 | a\\|b | |").map(|cell| cell.lines).collect();
        assert_eq!(cells, [vec!["合计"], vec!["甲", "乙"], vec!["a|b"], vec![""]]);
    }
}
