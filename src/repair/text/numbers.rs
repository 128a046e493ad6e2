//! Numbers that an extractor cut in two by a gap that belongs elsewhere, and cells that it ran together.

use super::{Ledger, Lines, is_cjk, is_decimal, is_whole};

/// A number cut in two: `33     16.08 3316.08`.
const SPLIT_NUMBER: &str = "split-number";

/// A word cut in two by the same gap.
const SPLIT_WORD: &str = "split-word";

/// Two cells without a space between them: `423.80年终结转`.
const RUN_TOGETHER: &str = "run-together";

/// Sentences are longer than rows; only rows are looked at.
const MAX_ROW_CHARS: usize = 160;

/// Repairs rows.
pub(super) fn repair(lines: &mut Lines<'_>, ledger: &mut Ledger) {
    let mut gaps: Vec<Option<usize>> = Vec::with_capacity(lines.0.len());
    for line in &mut lines.0 {
        // A row of a thousand characters is none; the look at the bytes comes first because it costs nothing.
        let is_row = line.text.len() <= 4 * MAX_ROW_CHARS && !line.text.contains(['，', '。', '；']);
        let joined = if is_row { join_number(line.text) } else { None };
        gaps.push(joined.as_ref().map(|(_, gap)| *gap));
        if let Some((text, _)) = joined {
            ledger.set(SPLIT_NUMBER, line, text);
        }
        if is_row && let Some(text) = part_cells(line.text) {
            ledger.set(RUN_TOGETHER, line, text);
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

/// The row with its cut number joined and the gap at its end, and the gap's width.
///
/// Both halves together must be the number that stands next: a row's total and its only part.
fn join_number(text: &str) -> Option<(String, usize)> {
    for (start, gap) in gaps(text) {
        let (before, after) = (text.get(..start)?, text.get(start + gap..)?);
        let head_start = before.rfind(' ').map_or(0, |at| at + 1);
        let head = before.get(head_start..)?;
        let mut words = after.split(' ');
        let (tail, next) = (words.next()?, words.next().unwrap_or_default());
        let whole = format!("{head}{tail}");
        let cut = is_whole(head.strip_suffix('.').unwrap_or(head)) && (is_decimal(tail) || is_whole(tail));
        if cut && whole == next && is_decimal(next) {
            let rest = after.strip_prefix(tail)?.trim_end_matches(' ');
            return Some((format!("{}{whole}{rest}{}", before.get(..head_start)?, " ".repeat(gap)), gap));
        }
    }
    None
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
    for piece in text.split_inclusive(' ') {
        match part_word(piece) {
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
        join_number(text).map(|(text, _)| text)
    }

    #[test]
    fn a_number_cut_in_two_is_joined_where_its_neighbour_is_the_whole() {
        assert_eq!(number("某局 3316.     08 3316.08").as_deref(), Some("某局 3316.08 3316.08     "));
        assert_eq!(number("某经费 13     4.70 134.70").as_deref(), Some("某经费 134.70 134.70     "));
        assert_eq!(number("某经费 13     4.70 4.70"), None);
        assert_eq!(number("某经费 13.00     4.70 4.70"), None);
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
