//! Texts of several lines that stand under their rows, in tables with a column of them: they become the last cell of the row.

use super::super::item::{Class, class, is_row};
use super::super::line::Line;
use super::body::MAX_HEADER_LINES;
use super::word::ends_sentence;
use crate::terms::header::holds_prose;

/// The same number of lines; those that were put to their row are empty. Tables without a column of texts stay as they are.
pub(super) fn joined(lines: &[Line]) -> Vec<Line> {
    let mut out = lines.to_vec();
    let Some(first) = lines.iter().take(MAX_HEADER_LINES).position(|line| is_row(&line.text)) else { return out };
    if !lines.iter().take(first).any(|line| line.words().any(holds_prose)) {
        return out;
    }
    let mut at = first;
    while at < lines.len() {
        let rest = lines.get(at + 1..).unwrap_or_default();
        let n_under = rest.iter().take_while(|line| !has_amount(&line.text)).count();
        let under = rest.get(..n_under).unwrap_or_default();
        // What stands behind the last sentence is the name of the next row, or a header printed again.
        let n_lines = under.iter().rev().skip_while(|line| !ends_sentence(line.text.trim_end())).count();
        if let Some(row) = out.get_mut(at).filter(|_| n_lines > 0) {
            let text: String = under.iter().take(n_lines).flat_map(Line::words).collect();
            row.text = format!("{} {text}", row.text.trim_end());
            out.iter_mut().skip(at + 1).take(n_lines).for_each(|line| line.text.clear());
        }
        at += 1 + n_under;
    }
    out
}

fn has_amount(text: &str) -> bool {
    text.split_whitespace().any(|word| class(word) == Class::Amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let lines: Vec<Line> =
            text.split('/').map(|text| Line { page: 1, text: text.into(), heads_page: false }).collect();
        joined(&lines).iter().map(|line| line.text.clone()).collect::<Vec<_>>().join("/")
    }

    #[test]
    fn a_text_under_its_row_is_the_last_cell() {
        assert_eq!(
            shown("项目 合计 财政拨款/绩效目标/甲 9.00 9.00/做好甲，/推进乙。/丙/项目 8.00 8.00/做好丙。"),
            "项目 合计 财政拨款/绩效目标/甲 9.00 9.00 做好甲，推进乙。///丙/项目 8.00 8.00 做好丙。/"
        );
    }

    #[test]
    fn tables_without_a_column_of_texts_end_at_a_sentence() {
        let text = "项目 合计 财政拨款/甲 9.00 9.00/本年收入增加。";
        assert_eq!(shown(text), text);
    }
}
