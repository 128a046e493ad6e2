//! Lines into which an extractor wrote the rows of a whole page are divided where rows begin.

use super::item::{Class, class, is_code};
use super::line::Line;

/// A line has at least so many rows to be divided; two can be the sides of one.
const LEAST_ROWS: usize = 4;

/// The lines, each of many rows as so many lines.
pub(super) fn divided(lines: Vec<Line>) -> Vec<Line> {
    let divide = |line: Line| -> Vec<Line> {
        let words: Vec<&str> = line.words().collect();
        let starts: Vec<usize> = (1..words.len()).filter(|at| begins_row(&words, *at)).collect();
        if starts.len() + 1 < LEAST_ROWS {
            return vec![line];
        }
        let bounds: Vec<usize> = std::iter::once(0).chain(starts).chain([words.len()]).collect();
        let rows = bounds.windows(2).filter_map(|pair| words.get(*pair.first()?..*pair.last()?));
        rows.enumerate()
            .map(|(idx, row)| Line { text: row.join(" "), heads_page: line.heads_page && idx == 0, ..line.clone() })
            .collect()
    };
    lines.into_iter().flat_map(divide).collect()
}

/// The digits of a class, with which a code in parts begins.
const CLASS_DIGITS: usize = 3;

/// Whether a row begins with a word: a code behind an amount, with other parts of the code or a name behind it.
fn begins_row(words: &[&str], at: usize) -> bool {
    let (Some(word), Some(before)) = (words.get(at), at.checked_sub(1).and_then(|at| words.get(at))) else {
        return false;
    };
    let is_figure = |word: &str| class(word) == Class::Amount || word == "0";
    if !is_code(word) || word.len() < CLASS_DIGITS || !is_figure(before) {
        return false;
    }
    let behind = words.get(at + 1..).unwrap_or_default();
    let name = behind.iter().find(|word| !(is_code(word) && word.len() < CLASS_DIGITS));
    name.is_some_and(|name| class(name) == Class::Words)
}

#[cfg(test)]
mod tests {
    use super::super::drawn;
    use super::*;

    fn shown(text: &str) -> String {
        drawn::after(divided, text)
    }

    #[test]
    fn a_row_begins_with_its_code_behind_amounts() {
        assert_eq!(
            shown("201 38 02 甲 135,200 0 204 乙 1,633,000 0 204 06 丙 3.00 0 20499 丁 1.00 2089901 戊 9.00"),
            "201 38 02 甲 135,200 0/204 乙 1,633,000 0/204 06 丙 3.00 0/20499 丁 1.00/2089901 戊 9.00"
        );
    }

    #[test]
    fn rows_of_two_sides_stay() {
        let text = "301 甲 1.00 302 乙 2.00/甲 1.00 700 乙";
        assert_eq!(shown(text), text);
    }
}
