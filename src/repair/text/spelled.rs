//! Rows that an extractor wrote with one character a line, because their glyphs were placed one by one.

use super::{Ledger, Lines, is_cjk, is_code, is_decimal};

/// Texts put together of their characters.
const SPELLED: &str = "spelled-text";

/// So many lines of one character, and this share of the lines of a page (in tenths), say that it is written so.
const LEAST_LINES: usize = 60;
const LEAST_TENTHS: usize = 5;

/// Puts the rows of pages together whose lines are for the most part one character.
pub(super) fn repair(lines: &mut Lines<'_>, ledger: &mut Ledger) {
    let n_decimals = usual_decimals(lines);
    let mut start = 0;
    while let Some(page) = lines.0.get(start).map(|line| line.page) {
        let n_lines = lines.0.iter().skip(start).take_while(|line| line.page == page).count();
        let of_page = lines.0.get(start..start + n_lines).unwrap_or_default();
        let n_single = of_page.iter().filter(|line| is_single(line.text)).count();
        if n_single >= LEAST_LINES && n_single * 10 >= n_lines * LEAST_TENTHS {
            repair_page(lines, start, n_lines, n_decimals, ledger);
        }
        start += n_lines;
    }
}

/// How many decimals the amounts have that are whole on their lines; two where there are none.
fn usual_decimals(lines: &Lines<'_>) -> usize {
    let mut counts = [0usize; 8];
    let words = lines.0.iter().flat_map(|line| line.text.split_whitespace()).filter(|word| is_decimal(word));
    for word in words {
        let n_decimals = word.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        if let Some(count) = counts.get_mut(n_decimals).filter(|_| n_decimals > 1) {
            *count += 1;
        }
    }
    let most = (0..counts.len()).max_by_key(|n| counts[*n]).filter(|n| counts[*n] > 0);
    most.unwrap_or(2)
}

fn repair_page(lines: &mut Lines<'_>, start: usize, n_lines: usize, n_decimals: usize, ledger: &mut Ledger) {
    let end = start + n_lines;
    let mut idx = start;
    while idx < end {
        let len = run_len(lines, idx, end);
        if len > 1 {
            // Each character with the line that it stands on.
            let run = lines.0.get(idx..idx + len).unwrap_or_default().iter();
            let chars: Vec<(usize, char)> =
                run.enumerate().flat_map(|(nth, line)| line.text.trim_end().chars().map(move |ch| (nth, ch))).collect();
            let mut texts = vec![String::new(); len];
            for row in rows(&chars, n_decimals) {
                if let Some(text) = row.first().and_then(|(nth, _)| texts.get_mut(*nth)) {
                    *text = spaced(row, n_decimals);
                }
            }
            for (line, text) in lines.0.iter_mut().skip(idx).zip(texts) {
                ledger.set(SPELLED, line, text);
            }
        }
        idx += len.max(1);
    }
}

fn is_of_number(ch: char) -> bool {
    ch.is_ascii_digit() || matches!(ch, '.' | ',')
}

/// Whether a line is one character, or the last of one number and the first of the next.
fn is_single(text: &str) -> bool {
    let text = text.trim();
    text.chars().nth(1).is_none() || text.len() <= 3 && text.chars().all(|ch| is_of_number(ch) || ch == ' ')
}

/// How many lines from one on are written on: those of one character, and where a line ends and the next begins within a
/// number.
fn run_len(lines: &Lines<'_>, from: usize, end: usize) -> usize {
    let goes_on = |idx: usize| {
        let [line, next] = [idx, idx + 1].map(|idx| lines.0.get(idx).filter(|_| idx < end));
        let (Some(line), Some(next)) = (line, next) else { return false };
        (is_single(line.text) && is_single(next.text))
            || (line.text.trim_end().ends_with(is_of_number) && next.text.starts_with(is_of_number))
    };
    1 + (from..end).take_while(|idx| goes_on(*idx)).count()
}

/// Divides what was written on into rows: where an amount has ended and a code goes on with words, a row begins.
fn rows(chars: &[(usize, char)], n_decimals: usize) -> Vec<&[(usize, char)]> {
    let mut rows = Vec::new();
    let mut start = 0;
    for at in 1..chars.len() {
        let after_amount = ends_amount(chars.get(start..at).unwrap_or_default(), n_decimals);
        if after_amount && code_len(chars.get(at..).unwrap_or_default()).is_some() {
            rows.extend(chars.get(start..at));
            start = at;
        }
    }
    rows.extend(chars.get(start..));
    rows
}

/// How many digits a code has that begins here and goes on with words.
fn code_len(chars: &[(usize, char)]) -> Option<usize> {
    let digits: String = chars.iter().map(|(_, ch)| *ch).take_while(char::is_ascii_digit).collect();
    let behind = chars.get(digits.len()..)?.iter().find(|(_, ch)| *ch != ' ');
    (is_code(&digits) && behind.is_some_and(|(_, ch)| !is_of_number(*ch) && *ch != '年')).then_some(digits.len())
}

/// Whether an amount ends here: with a point and its decimals.
fn ends_amount(chars: &[(usize, char)], n_decimals: usize) -> bool {
    let Some(point) = chars.len().checked_sub(n_decimals + 1) else { return false };
    chars.get(point).is_some_and(|(_, ch)| *ch == '.')
        && chars.get(point + 1..).unwrap_or_default().iter().all(|(_, ch)| ch.is_ascii_digit())
}

/// The text of a row with a space behind each code and each amount, and before what begins with a digit.
fn spaced(row: &[(usize, char)], n_decimals: usize) -> String {
    let mut text = String::with_capacity(row.len() + 8);
    let mut code_end = code_len(row);
    for (at, (nth, ch)) in row.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| row.get(before));
        let ends_cell = ends_amount(row.get(..at).unwrap_or_default(), n_decimals) || code_end == Some(at);
        let begins_number = ch.is_ascii_digit() && before.is_some_and(|(of, before)| of != nth && is_cjk(*before));
        if (ends_cell && (is_of_number(*ch) || is_cjk(*ch))) || begins_number {
            text.push(' ');
        }
        if begins_number {
            code_end = code_len(row.get(at..).unwrap_or_default()).map(|len| at + len);
        }
        text.push(*ch);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{DumpLine, DumpPage};

    fn repaired(text: &str) -> Vec<String> {
        let lines = text.split('/').enumerate();
        let lines = lines.map(|(idx, text)| DumpLine { number: idx as u32 + 1, text: text.into() }).collect();
        let mut pages = vec![DumpPage { number: 1, lines }];
        repair(&mut Lines::of(&mut pages), &mut Ledger::default());
        pages.remove(0).lines.into_iter().map(|line| line.text).filter(|text| !text.is_empty()).collect()
    }

    #[test]
    fn numbers_of_one_character_a_line_are_put_together_row_by_row() {
        let row = "合计 1/,/2/3/4/./5/61/9/./0/0/2/0/1 一般公共服务支出 9/./0/0/甲乙";
        let found = repaired(&[row; 8].join("/"));
        assert_eq!(
            found.get(..3),
            Some(&["合计 1,234.56 19.00".to_owned(), "201 一般公共服务支出 9.00".into(), "甲乙".into()][..])
        );
    }

    #[test]
    fn rows_of_one_character_a_line_have_the_decimals_of_the_others() {
        let row = "2010301行政运行42.36000042.36000020103支出9.000000";
        let spelled: Vec<String> = row.repeat(3).chars().map(String::from).collect();
        let found = repaired(&format!("甲 1.000000/{}", spelled.join("/")));
        assert_eq!(
            found.get(..3),
            Some(
                &[
                    "甲 1.000000".to_owned(),
                    "2010301 行政运行 42.360000 42.360000".into(),
                    "20103 支出 9.000000".into()
                ][..]
            )
        );
        let row = "2070205-博物馆50501-工资福利支出101.917484";
        let spelled: Vec<String> = row.repeat(3).chars().map(String::from).collect();
        let found = repaired(&format!("甲 1.000000/{}", spelled.join("/")));
        assert_eq!(found.get(1).map(String::as_str), Some("2070205-博物馆 50501-工资福利支出 101.917484"));
    }

    #[test]
    fn single_digits_among_other_lines_stay() {
        assert_eq!(repaired("甲 1.00/2/3/乙 4.00"), ["甲 1.00", "2", "3", "乙 4.00"]);
    }
}
