//! Numbers that an extractor cut in two by a gap that belongs elsewhere.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::neighbours::{Neighbours, Shown, n_cells};
use super::{Ledger, Lines, is_cjk, is_code, is_decimal, is_whole, run_together};
use crate::arithmetic::amount;

/// A number cut in two: `33     16.08 3316.08`.
const SPLIT_NUMBER: &str = "split-number";

/// A word cut in two by the same gap.
const SPLIT_WORD: &str = "split-word";

/// Sentences are longer than rows; only rows are looked at.
const MAX_ROW_CHARS: usize = 160;

/// So many numbers of one row may be cut.
const MAX_CUTS: usize = 8;

/// Repairs rows.
pub(super) fn repair(lines: &mut Lines<'_>, ledger: &mut Ledger) {
    let are_rows: Vec<bool> = lines.0.iter().map(|line| is_row(line.text)).collect();
    let shown =
        lines.0.iter().zip(&are_rows).map(|(line, is_row)| match is_row.then(|| n_cells(line.text)).flatten() {
            Some(_) if has_cuts(line.text) => Shown::Unsure,
            Some(n_cells) => Shown::Cells(n_cells),
            None => Shown::Nothing,
        });
    let neighbours = Neighbours::of(shown);
    let mostly_spare = are_mostly_spare(lines, &are_rows, &neighbours);
    let mut gaps: Vec<Option<usize>> = Vec::with_capacity(lines.0.len());
    for (idx, (line, is_row)) in lines.0.iter_mut().zip(&are_rows).enumerate() {
        let near = |n_cells| neighbours.showing(idx, n_cells);
        let joined = is_row.then(|| join_number(line.text, |_| false, near, mostly_spare)).flatten();
        gaps.push(joined.as_ref().map(|(_, gap)| *gap));
        if let Some((text, _)) = joined {
            ledger.set(SPLIT_NUMBER, line, text);
        }
        if *is_row {
            run_together::repair(line, ledger);
        }
    }
    // A gap that has cut several numbers of the dump has cut those too that nothing in their row tells of.
    let mut n_cut: BTreeMap<usize, usize> = BTreeMap::new();
    for gap in gaps.iter().flatten() {
        *n_cut.entry(*gap).or_default() += 1;
    }
    let straying = |gap: usize| n_cut.get(&gap).is_some_and(|n_cut| *n_cut > 1);
    for (idx, line) in lines.0.iter_mut().enumerate().filter(|(idx, _)| are_rows.get(*idx) == Some(&true)) {
        let near = |n_cells| neighbours.showing(idx, n_cells);
        for _ in 0..MAX_CUTS {
            let Some((text, _)) = join_number(line.text, straying, near, mostly_spare) else { break };
            ledger.set(SPLIT_NUMBER, line, text);
        }
        if let Some(text) = join_as_neighbours(line.text, straying, near) {
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

/// What can be a number with a gap in it.
struct Cut<'a> {
    before: &'a str,
    head: &'a str,
    gap: usize,
    tail: &'a str,
    after: &'a str,
}

impl Cut<'_> {
    fn whole(&self) -> String {
        format!("{}{}", self.head, self.tail)
    }
}

/// The gaps of a row whose sides make a number with decimals.
fn cuts(text: &str) -> impl Iterator<Item = Cut<'_>> {
    gaps(text).filter_map(|(start, gap)| {
        let (before, after) = (text.get(..start)?, text.get(start + gap..)?);
        let head_start = before.rfind(' ').map_or(0, |at| at + 1);
        let (before, head) = before.split_at_checked(head_start)?;
        let (tail, after) = after.split_at_checked(after.find(' ').unwrap_or(after.len()))?;
        let cut = Cut { before, head, gap, tail, after };
        let begins = head.strip_prefix('-').unwrap_or(head);
        let digits = begins.strip_suffix('.').unwrap_or(begins);
        let is_start = |text: &str| {
            text.starts_with(|ch: char| ch.is_ascii_digit()) && text.bytes().all(|b| b.is_ascii_digit() || b == b',')
        };
        let fits = is_start(digits) && (begins.ends_with('.') != tail.contains('.')) && is_decimal(&cut.whole());
        (fits && !(before.is_empty() && is_code(head))).then_some(cut)
    })
}

/// Whether a row has a gap that can be within a number.
fn has_cuts(text: &str) -> bool {
    cuts(text).next().is_some()
}

/// The row with its cut number joined, and the width of the gap.
///
/// Both halves together must be a number that the row bears out: they stand beside it as a whole (a total and its only
/// part), or they are the sum of what follows; or the gap has the width of one that strays through the dump, and the
/// first half cannot be an amount, because all others have decimals.
/// The gap goes to the end of the row, where the blank cells that it stands for are missing, or away: as the rows near
/// it have so many cells, of which `near` tells how many there are; where there are none, as mostly in the dump.
fn join_number(
    text: &str,
    straying: impl Fn(usize) -> bool,
    near: impl Fn(usize) -> usize,
    mostly_spare: bool,
) -> Option<(String, usize)> {
    for cut in cuts(text) {
        let whole = cut.whole();
        let left = cut.before.split_whitespace().next_back();
        let rest: Vec<&str> = cut.after.split_whitespace().collect();
        let beside = left == Some(whole.as_str()) || rest.first() == Some(&whole.as_str());
        if beside || is_sum(&whole, &rest) || (straying(cut.gap) && is_no_amount(text, &cut)) {
            let without = format!("{}{whole}{}", cut.before, cut.after);
            let with = format!("{}{}", without.trim_end_matches(' '), " ".repeat(cut.gap));
            // Blank cells are still shown at the end of the row, or between others: the gap is one too many.
            let shown = cut.after.ends_with(' ') || gaps(text).count() > 1;
            let as_others = |text: &str| n_whole_cells(text).map_or(0, &near);
            let (n_without, n_with) = (as_others(&without), as_others(&with));
            let is_spare = if n_without == n_with { shown || mostly_spare } else { n_without > n_with };
            return Some((if is_spare { without } else { with }, cut.gap));
        }
    }
    None
}

/// Whether most gaps in numbers stand for no blank cell, as far as the rows near them tell.
fn are_mostly_spare(lines: &Lines<'_>, are_rows: &[bool], neighbours: &Neighbours) -> bool {
    let (mut n_spare, mut n_at_end) = (0usize, 0usize);
    for (idx, line) in lines.0.iter().enumerate().filter(|(idx, _)| are_rows.get(*idx) == Some(&true)) {
        let Some((cut, n_whole)) = cuts(line.text).next().zip(n_whole_cells(line.text)) else { continue };
        match neighbours.showing(idx, n_whole).cmp(&neighbours.showing(idx, n_whole + cut.gap)) {
            Ordering::Greater => n_spare += 1,
            Ordering::Less => n_at_end += 1,
            Ordering::Equal => {}
        }
    }
    n_spare > n_at_end
}

/// The row with all its cut numbers joined, where all gaps in them have cut other numbers and the row has as many cells
/// as rows near it only so.
fn join_as_neighbours(
    text: &str,
    straying: impl Fn(usize) -> bool + Copy,
    near: impl Fn(usize) -> usize + Copy,
) -> Option<String> {
    let cut = cuts(text).next().filter(|_| cuts(text).all(|cut| straying(cut.gap)))?;
    let known =
        n_whole_cells(text).is_some_and(|n| near(n) >= LEAST_NEIGHBOURS) && n_cells(text).is_some_and(|n| near(n) == 0);
    let joined = format!("{}{}{}", cut.before, cut.whole(), cut.after);
    known
        .then(|| if has_cuts(&joined) { join_as_neighbours(&joined, straying, near).unwrap_or(joined) } else { joined })
}

/// One row with as many cells may be damaged itself.
const LEAST_NEIGHBOURS: usize = 2;

/// How many cells a row has when none of its gaps is within a number.
fn n_whole_cells(text: &str) -> Option<usize> {
    n_cells(text)?.checked_sub(cuts(text).map(|cut| cut.gap).sum())
}

/// Whether two or more numbers after it add up to a number.
fn is_sum(whole: &str, rest: &[&str]) -> bool {
    let number = |text: &&str| amount::parse(text).filter(|_| is_decimal(text));
    let parts: Vec<Decimal> = rest.iter().map_while(number).collect();
    parts.len() > 1 && number(&whole) == Some(parts.iter().sum())
}

/// Whether the first half of a cut number cannot be an amount: all others in its row have two decimals once the same gap
/// is taken out of them.
fn is_no_amount(text: &str, cut: &Cut<'_>) -> bool {
    let two_decimals =
        |word: &str| is_decimal(word) && word.len() > 3 && word.as_bytes().get(word.len() - 3) == Some(&b'.');
    let joined = without_gap(text, cut.gap);
    // What stands before the last word, like a quantity before its measure, is of other columns than what follows it.
    let has_words = |text: &str| text.chars().any(is_cjk);
    let is_last = has_words(&joined) && !has_words(cut.after);
    let mut words: Vec<&str> = joined.split(' ').rev().take_while(|word| !is_last || !has_words(word)).collect();
    words.reverse();
    // Codes lead the row.
    let after_codes = words.into_iter().skip_while(|word| word.is_empty() || (!is_last && is_whole(word)));
    let mut numbers = after_codes.filter(|word| is_decimal(word) || is_whole(word));
    !cut.head.ends_with('.') && numbers.all(two_decimals)
}

/// The row with every gap of a width between two numbers taken out.
fn without_gap(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (start, gap) in gaps(text).filter(|(_, gap)| *gap == width) {
        let (before, after) = (text.get(from..start).unwrap_or_default(), text.get(start + gap..).unwrap_or_default());
        out.push_str(before);
        let digits = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_digit());
        if !digits(before.chars().next_back()) || !digits(after.trim_start_matches([',', '.']).chars().next()) {
            out.push_str(&" ".repeat(gap));
        }
        from = start + gap;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
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

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<String> {
        join_number(text, |gap| gap == 5, |_| 0, false).map(|(text, _)| text)
    }

    #[test]
    fn the_gap_of_a_cut_number_goes_away_where_the_rows_near_it_have_no_blank_cells() {
        let joined = |n_cells| {
            join_number("某局 3316.     08 3316.08", |_| false, |n| usize::from(n == n_cells), false)
                .map(|(text, _)| text)
        };
        assert_eq!(joined(3).as_deref(), Some("某局 3316.08 3316.08"));
        assert_eq!(joined(8).as_deref(), Some("某局 3316.08 3316.08     "));
    }

    #[test]
    fn a_cut_number_that_nothing_in_its_row_bears_out_is_joined_where_the_rows_near_it_have_so_many_cells() {
        let text = "收入合计 31 1,8     29.43 支出合计 64 -1     07.50";
        let near = |wanted: usize| move |n: usize| if n == wanted { 2 } else { 0 };
        assert_eq!(
            join_as_neighbours(text, |gap| gap == 5, near(6)).as_deref(),
            Some("收入合计 31 1,829.43 支出合计 64 -107.50")
        );
        assert_eq!(join_as_neighbours(text, |gap| gap == 5, near(7)), None);
        assert_eq!(join_as_neighbours(text, |_| false, near(6)), None);
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
        assert_eq!(number("设备 30 辆 1     0.62 1     0.62 ").as_deref(), Some("设备 30 辆 10.62 1     0.62 "));
        assert_eq!(number("201     10.00 5.00 6.00"), None);
        assert_eq!(number("甲 4     8.61 4     8.61").as_deref(), Some("甲 48.61 4     8.61"));
    }

    #[test]
    fn a_word_between_cut_numbers_is_joined_by_the_same_gap() {
        assert_eq!(join_word("某线     租金 5.75 5.75", 5).as_deref(), Some("某线租金 5.75 5.75     "));
        assert_eq!(join_word("某线  租金 5.75 5.75", 5), None);
    }
}
