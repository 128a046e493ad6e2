//! Numbers that an extractor cut in two by a gap that belongs elsewhere, and cells that it ran together.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Ledger, Lines, is_cjk, is_decimal, is_whole};

/// A number cut in two: `33     16.08 3316.08`.
const SPLIT_NUMBER: &str = "split-number";

/// A word cut in two by the same gap.
const SPLIT_WORD: &str = "split-word";

/// Two cells without a space between them: `423.80年终结转`.
const RUN_TOGETHER: &str = "run-together";

/// Sentences are longer than rows; only rows are looked at.
const MAX_ROW_CHARS: usize = 160;

/// So many numbers of one row may be cut.
const MAX_CUTS: usize = 8;

/// Repairs rows.
pub(super) fn repair(lines: &mut Lines<'_>, ledger: &mut Ledger) {
    let mut gaps: Vec<Option<usize>> = Vec::with_capacity(lines.0.len());
    for line in &mut lines.0 {
        let joined = if is_row(line.text) { join_number(line.text, |_| false) } else { None };
        gaps.push(joined.as_ref().map(|(_, gap)| *gap));
        if let Some((text, _)) = joined {
            ledger.set(SPLIT_NUMBER, line, text);
        }
        if is_row(line.text)
            && let Some(text) = part_cells(line.text)
        {
            ledger.set(RUN_TOGETHER, line, text);
        }
    }
    // A gap that has cut several numbers of the dump has cut those too that nothing in their row tells of.
    let mut n_cut: BTreeMap<usize, usize> = BTreeMap::new();
    for gap in gaps.iter().flatten() {
        *n_cut.entry(*gap).or_default() += 1;
    }
    let straying = |gap: usize| n_cut.get(&gap).is_some_and(|n_cut| *n_cut > 1);
    for line in &mut lines.0 {
        for _ in 0..MAX_CUTS {
            let joined = if is_row(line.text) { join_number(line.text, straying) } else { None };
            let Some((text, _)) = joined else { break };
            ledger.set(SPLIT_NUMBER, line, text);
        }
    }
    // The gap strays through the rows at one place of the page: between two rows whose number it cut it cuts words.
    let known = |idx: Option<usize>| idx.and_then(|idx| gaps.get(idx)).copied().flatten();
    for (idx, line) in lines.0.iter_mut().enumerate() {
        let (above, below) = (known(idx.checked_sub(1)), known(idx.checked_add(1)));
        let near = above.or(below).filter(|_| known(Some(idx)).is_none());
        if let Some(text) = near.and_then(|gap| join_word(line.text, gap)) {
            ledger.set(SPLIT_WORD, line, text);
        }
    }
}

/// Whether a line can be a row; the look at the bytes comes first because it costs nothing.
fn is_row(text: &str) -> bool {
    text.len() <= 4 * MAX_ROW_CHARS && !text.contains(['，', '。', '；'])
}

/// The row with its cut number joined, and the width of the gap.
///
/// Both halves together must be a number that the row bears out: they stand beside it as a whole (a total and its only
/// part), or they are the sum of what follows; or the gap has the width of one that strays through the dump, and the
/// first half cannot be an amount, because all others have decimals.
/// The gap goes to the end of the row, where the blank cells that it stands for are missing, or away.
fn join_number(text: &str, straying: impl Fn(usize) -> bool) -> Option<(String, usize)> {
    for (start, gap) in gaps(text) {
        let (before, after) = (text.get(..start)?, text.get(start + gap..)?);
        let head_start = before.rfind(' ').map_or(0, |at| at + 1);
        let head = before.get(head_start..)?;
        let mut words = after.split(' ').filter(|word| !word.is_empty());
        let tail = words.next()?;
        let whole = format!("{head}{tail}");
        let cut = is_whole(head.strip_suffix('.').unwrap_or(head)) && (is_decimal(tail) || is_whole(tail));
        if !cut || !is_decimal(&whole) || head_start == 0 && is_code(head) {
            continue;
        }
        let left = before.get(..head_start)?.split_whitespace().next_back();
        let rest: Vec<&str> = words.collect();
        let beside = left == Some(whole.as_str()) || rest.first() == Some(&whole.as_str());
        if beside || is_sum(&whole, &rest) || (straying(gap) && is_no_amount(text, head, gap)) {
            let rest = after.strip_prefix(tail)?;
            // Blank cells are still shown at the end of the row, or between others: the gap is one too many.
            let shown = rest.ends_with("  ") || gaps(text).count() > 1;
            let end = if shown { String::new() } else { " ".repeat(gap) };
            let rest = if shown { rest } else { rest.trim_end_matches(' ') };
            return Some((format!("{}{whole}{rest}{end}", before.get(..head_start)?), gap));
        }
    }
    None
}

/// Whether two or more numbers after it add up to a number.
fn is_sum(whole: &str, rest: &[&str]) -> bool {
    let number = |text: &&str| text.replace(',', "").parse::<Decimal>().ok().filter(|_| is_decimal(text));
    let parts: Vec<Decimal> = rest.iter().map_while(number).collect();
    parts.len() > 1 && number(&whole) == Some(parts.iter().sum())
}

/// Whether a bare whole number cannot be an amount: all others in its row have two decimals once the same gap is taken
/// out of them.
fn is_no_amount(text: &str, head: &str, gap: usize) -> bool {
    let two_decimals =
        |word: &str| is_decimal(word) && word.len() > 3 && word.as_bytes().get(word.len() - 3) == Some(&b'.');
    let joined = without_gap(text, gap);
    // Codes lead the row.
    let after_codes = joined.split_whitespace().skip_while(|word| is_whole(word));
    let mut numbers = after_codes.filter(|word| is_decimal(word) || is_whole(word));
    !head.ends_with('.') && head.len() <= 3 && numbers.all(two_decimals)
}

/// The row with every gap of a width between two numbers taken out.
fn without_gap(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (start, gap) in gaps(text).filter(|(_, gap)| *gap == width) {
        let (before, after) = (text.get(from..start).unwrap_or_default(), text.get(start + gap..).unwrap_or_default());
        out.push_str(before);
        let digits = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_digit());
        if !digits(before.chars().next_back()) || !digits(after.chars().next()) {
            out.push_str(&" ".repeat(gap));
        }
        from = start + gap;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// Whether a number has as many digits as a code.
fn is_code(text: &str) -> bool {
    matches!(text.len(), 3 | 5 | 7) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The row with its cut word joined and the gap at its end, where the one gap of the row has the given width.
fn join_word(text: &str, width: usize) -> Option<String> {
    let core = text.trim_end_matches(' ');
    let mut gaps = gaps(core);
    let (start, gap) = gaps.next()?;
    if gap != width || gaps.next().is_some() {
        return None;
    }
    let (before, after) = (core.get(..start)?, core.get(start + gap..)?);
    let word = before.chars().next_back().is_some_and(is_cjk) && after.chars().next().is_some_and(is_cjk);
    let amounts = after.split(' ').skip(1).all(is_decimal) && after.contains(' ');
    (word && amounts).then(|| format!("{before}{after}{}", " ".repeat(gap)))
}

/// Gaps of two and more spaces within the text: their starts and widths in bytes.
fn gaps(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let core = text.trim_end_matches(' ');
    let mut from = core.len() - core.trim_start_matches(' ').len();
    std::iter::from_fn(move || {
        let start = from + core.get(from..)?.find("  ")?;
        let width = core.get(start..)?.bytes().take_while(|byte| *byte == b' ').count();
        from = start + width;
        Some((start, width))
    })
}

/// The row with a space between an amount of two decimals and the label that follows it at once.
fn part_cells(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len() + 4);
    let mut n_parted = 0;
    let has_amounts = text.split(' ').skip(1).any(is_decimal);
    for (idx, piece) in text.split_inclusive(' ').enumerate() {
        let parted = if idx == 0 && has_amounts { part_code(piece) } else { None };
        match parted.or_else(|| part_word(piece)) {
            Some((amount, label)) => {
                n_parted += 1;
                out.push_str(amount);
                out.push(' ');
                out.push_str(label);
            }
            None => out.push_str(piece),
        }
    }
    (n_parted > 0).then_some(out)
}

/// A code and the name after it: 20805某某支出, but not 2031年.
fn part_code(word: &str) -> Option<(&str, &str)> {
    let split = word.find(|ch: char| !ch.is_ascii_digit())?;
    let (code, name) = (word.get(..split)?, word.get(split..)?);
    let first = name.chars().next()?;
    let named = is_cjk(first) && first.is_alphabetic() && name.trim_end().chars().nth(1).is_some();
    (is_code(code) && code.starts_with(['2', '3', '5']) && named).then_some((code, name))
}

/// An amount of two decimals and a label: not `6.04万元`, `0.25平方米` or a numbered heading.
fn part_word(word: &str) -> Option<(&str, &str)> {
    let split = word.find(|ch: char| !ch.is_ascii_digit() && !matches!(ch, '.' | ',' | '-'))?;
    let (amount, label) = (word.get(..split)?, word.get(split..)?);
    let two_decimals = amount.rsplit_once('.').is_some_and(|(_, decimals)| decimals.len() == 2);
    let first = label.chars().next()?;
    let second = label.chars().nth(1)?;
    // A measure follows its number at once; a label of a row is a word of at least two characters.
    let measure =
        "万亿千百元个人平米公里吨份套台项次户家名辆度分小时天倍折种".contains(first) && !"、．".contains(second);
    (two_decimals && is_decimal(amount) && is_cjk(first) && first.is_alphanumeric() && !measure)
        .then_some((amount, label))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<String> {
        join_number(text, |gap| gap == 5).map(|(text, _)| text)
    }

    #[test]
    fn a_number_cut_in_two_is_joined_where_its_neighbour_is_the_whole() {
        assert_eq!(number("某局 3316.     08 3316.08").as_deref(), Some("某局 3316.08 3316.08     "));
        assert_eq!(number("某经费 13     4.70 134.70").as_deref(), Some("某经费 134.70 134.70     "));
        assert_eq!(number("某经费 13    4.70 4.70"), None);
        assert_eq!(number("某经费 13.00     4.70 4.70"), None);
    }

    #[test]
    fn a_number_cut_in_two_is_joined_after_its_whole_and_before_its_parts() {
        assert_eq!(number("某支出 134.70 13     4.70   ").as_deref(), Some("某支出 134.70 134.70   "));
        assert_eq!(
            number("六、某支出 15     22.79 1509.07 13.72").as_deref(),
            Some("六、某支出 1522.79 1509.07 13.72     ")
        );
    }

    #[test]
    fn a_whole_number_among_amounts_with_decimals_is_half_of_one() {
        assert_eq!(number("甲 506.91 506.91     1     3.72").as_deref(), Some("甲 506.91 506.91     13.72"));
        assert_eq!(number("甲 506 506     1     3.72"), None);
        assert_eq!(number("设备 2    10.00 10.00"), None);
        assert_eq!(number("甲 4     8.61 4     8.61").as_deref(), Some("甲 48.61 4     8.61"));
    }

    #[test]
    fn a_code_and_the_name_after_it_are_parted_in_a_row_with_amounts() {
        assert_eq!(part_cells("20805某某支出 5.00 5.00").as_deref(), Some("20805 某某支出 5.00 5.00"));
        assert_eq!(part_cells("2031年某项目 5.00 5.00"), None);
        assert_eq!(part_cells("201个村组"), None);
    }

    #[test]
    fn a_word_between_cut_numbers_is_joined_by_the_same_gap() {
        assert_eq!(join_word("某线     租金 5.75 5.75", 5).as_deref(), Some("某线租金 5.75 5.75     "));
        assert_eq!(join_word("某线  租金 5.75 5.75", 5), None);
    }

    #[test]
    fn an_amount_and_the_label_after_it_are_parted() {
        assert_eq!(part_cells("结转 423.80年终结转    ").as_deref(), Some("结转 423.80 年终结转    "));
        assert_eq!(
            part_cells("一、收入 42.24一、某支出 97.83 7.80").as_deref(),
            Some("一、收入 42.24 一、某支出 97.83 7.80")
        );
        for clean in ["共 6.04万元", "面积12.25平方米", "1.25万", "2031年", "甲 5.00 乙 6.00", "12.50%"] {
            assert_eq!(part_cells(clean), None, "{clean}");
        }
    }
}
