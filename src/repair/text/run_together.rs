//! Cells that an extractor ran together are parted.

use super::is_code;
use super::{Ledger, Line, is_cjk, is_decimal};

/// Two cells without a space between them: `423.80年终结转`.
const RUN_TOGETHER: &str = "run-together";

/// Repairs a row.
pub(super) fn repair(line: &mut Line<'_>, ledger: &mut Ledger) {
    if let Some(text) = part_cells(line.text) {
        ledger.set(RUN_TOGETHER, line, text);
    }
}

/// The row with a space between an amount of two decimals and the label that follows it at once, and between a code and
/// its name.
fn part_cells(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len() + 4);
    let mut n_parted = 0;
    let has_amounts = text.split(' ').skip(1).any(is_decimal);
    // A code stands first, or after the amounts of another side or its blank cells.
    let mut before_code = has_amounts;
    for piece in text.split_inclusive(' ') {
        let parted = if before_code { part_code(piece) } else { None };
        match parted.or_else(|| part_word(piece)) {
            Some((amount, label)) => {
                n_parted += 1;
                out.push_str(amount);
                out.push(' ');
                out.push_str(label);
            }
            None => out.push_str(piece),
        }
        let word = piece.trim_end();
        before_code = is_decimal(word) || (word.is_empty() && before_code);
    }
    (n_parted > 0).then_some(out)
}

/// A code and the name after it: 20805某某支出, but not 2031年.
fn part_code(word: &str) -> Option<(&str, &str)> {
    let split = word.find(|ch: char| !ch.is_ascii_digit())?;
    let (code, name) = (word.get(..split)?, word.get(split..)?);
    let first = name.chars().next()?;
    let named = is_cjk(first) && first.is_alphabetic() && name.trim_end().chars().nth(1).is_some();
    // Codes of expenditure begin with 2, 3 and 5, those of revenue with 10 and 11; 110 and its like are telephones.
    let classified =
        code.starts_with(['2', '3', '5']) || code.starts_with("10") || (code.starts_with("11") && code.len() > 3);
    (is_code(code) && classified && named && !is_measure(name)).then_some((code, name))
}

/// Whether a text begins with a measure, which follows its number at once: 万元, 平方米, but not 项目 or 公务.
fn is_measure(text: &str) -> bool {
    let of_measure = |ch: char| "万亿千百元个人平方米公里顷斤吨份套台项次户家名辆度分小时天倍折种".contains(ch);
    let mut chars = text.trim_end().chars();
    chars.next().is_some_and(of_measure) && chars.next().is_none_or(|ch| of_measure(ch) || !ch.is_alphabetic())
}

/// An amount of two decimals and a label: not `6.04万元`, `0.25平方米` or a numbered heading.
fn part_word(word: &str) -> Option<(&str, &str)> {
    let split = word.find(|ch: char| !ch.is_ascii_digit() && !matches!(ch, '.' | ',' | '-'))?;
    let (amount, label) = (word.get(..split)?, word.get(split..)?);
    let two_decimals = amount.rsplit_once('.').is_some_and(|(_, decimals)| decimals.len() == 2);
    let first = label.chars().next()?;
    // A label of a row is a word of at least two characters.
    let second = label.chars().nth(1)?;
    let measure = is_measure(label) && !"、．".contains(second);
    (two_decimals && is_decimal(amount) && is_cjk(first) && first.is_alphanumeric() && !measure)
        .then_some((amount, label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_and_the_name_after_it_are_parted_in_a_row_with_amounts() {
        assert_eq!(part_cells("20805某某支出 5.00 5.00").as_deref(), Some("20805 某某支出 5.00 5.00"));
        assert_eq!(part_cells("2031年某项目 5.00 5.00"), None);
        assert_eq!(part_cells("201个村组"), None);
        assert_eq!(part_cells("110指挥中心 5.00 5.00"), None);
        assert_eq!(part_cells("30101甲某 5.00 302某某 6.00").as_deref(), Some("30101 甲某 5.00 302 某某 6.00"));
    }

    #[test]
    fn an_amount_and_the_label_after_it_are_parted() {
        assert_eq!(part_cells("结转 423.80年终结转    ").as_deref(), Some("结转 423.80 年终结转    "));
        assert_eq!(
            part_cells("一、收入 42.24一、某支出 97.83 7.80").as_deref(),
            Some("一、收入 42.24 一、某支出 97.83 7.80")
        );
        assert_eq!(part_cells("甲 42.24公务某费 7.80").as_deref(), Some("甲 42.24 公务某费 7.80"));
        for clean in ["共 6.04万元", "面积12.25平方米", "1.25万", "2031年", "甲 5.00 乙 6.00", "12.50%"] {
            assert_eq!(part_cells(clean), None, "{clean}");
        }
    }
}
