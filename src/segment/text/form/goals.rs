//! The goals for the whole period and for the year, whose lines a dump has one after the other.

use crate::segment::header::bare;
use crate::segment::text::spacing::width;

/// A line may be this much wider than its column seems: punctuation hangs over.
const SLACK: usize = 2;

/// A text that begins like another, for this many characters, is its twin for the other time.
const TWIN_CHARS: usize = 4;

/// The width of the year's column: that of the last lines but one, most of which are full lines of it.
pub(super) fn annual_width<'a>(forms: impl Iterator<Item = &'a [String]>) -> usize {
    let mut widths = Vec::new();
    let mut widest = 0;
    for lines in forms {
        widest = lines.iter().map(|line| width(line)).max().unwrap_or(0).max(widest);
        widths.extend(lines.len().checked_sub(2).and_then(|idx| lines.get(idx)).map(|line| width(line)));
    }
    // The column of the period is wider by more than a sixth where it can be told apart at all.
    widths.retain(|width| width * 6 < widest * 5);
    widths.sort_unstable();
    widths.get(widths.len() / 2).copied().unwrap_or(widest)
}

/// Parts the lines into those of the period and those of the year.
pub(super) fn part(lines: &[String], annual: usize) -> (Vec<String>, Vec<String>) {
    let lines = &apart(lines);
    let at = boundary(lines, annual).min(lines.len());
    let (period, year) = lines.split_at(at);
    (period.to_vec(), year.to_vec())
}

/// The lines with twins that stand side by side on one line put below each other.
fn apart(lines: &[String]) -> Vec<String> {
    let Some(first) = lines.first() else { return Vec::new() };
    let twin = first.match_indices(' ').find_map(|(at, _)| {
        let (left, right) = (first.get(..at)?, first.get(at..)?.trim_start());
        begins_alike(left, right).then(|| [left.to_owned(), right.to_owned()])
    });
    match twin {
        Some(twin) => twin.into_iter().chain(lines.iter().skip(1).cloned()).collect(),
        None => lines.to_vec(),
    }
}

/// How many lines are the period's.
fn boundary(lines: &[String], annual: usize) -> usize {
    let is_twin = |idx: usize| match (lines.first(), lines.get(idx)) {
        (Some(first), Some(line)) => begins_alike(first, line),
        _ => false,
    };
    let ends = |idx: usize| lines.get(idx).is_some_and(|line| line.trim_end().ends_with(['。', '！', '；']));
    let width_of = |idx: usize| lines.get(idx).map_or(0, |line| width(line));
    let Some(wide) = (0..lines.len()).rfind(|idx| width_of(*idx) > annual + SLACK) else {
        // Nothing wider than the year's column: the year begins where the text begins again, or after a full stop.
        let twin = (1..lines.len()).find(|idx| is_twin(*idx));
        let stop = (1..lines.len()).find(|idx| ends(idx - 1) && width_of(idx - 1) + 2 * SLACK < annual);
        return twin.or(stop).unwrap_or(if lines.len() > 1 { lines.len().div_ceil(2) } else { lines.len() });
    };
    let after = wide + 1;
    if is_twin(after) || after >= lines.len() {
        return after;
    }
    if is_twin(after + 1) {
        return after + 1;
    }
    // A wide line is followed by the short rest of its sentence, or by the first line of the year.
    let widest = (0..lines.len()).map(width_of).max().unwrap_or(0);
    let short = width_of(after) + 2 * SLACK < annual;
    let is_rest =
        !ends(wide) && width_of(wide) + 3 * SLACK > widest && (short || ends(after)) && after + 1 < lines.len();
    if is_rest { after + 1 } else { after }
}

fn begins_alike(a: &str, b: &str) -> bool {
    let (a, b) = (bare(a), bare(b));
    let n_common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    n_common >= TWIN_CHARS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(text: &str) -> (usize, usize) {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let (period, year) = part(&lines, 20);
        (period.len(), year.len())
    }

    #[test]
    fn the_year_begins_where_the_text_begins_again() {
        assert_eq!(parted("完成某某系统的建设工作，保障业务正常\n开展。\n完成某某系统的建设工\n作。"), (2, 2));
    }

    #[test]
    fn the_rest_of_a_wide_line_belongs_to_the_period() {
        assert_eq!(parted("完成某某系统的建设工作，保障业务正常\n开展。\n建设某某系统并且验收\n合格。"), (2, 2));
        assert_eq!(parted("完成某某系统的建设工作，保障业务正常。\n建设某某系统并且验收\n合格。"), (1, 2));
    }

    #[test]
    fn goals_side_by_side_on_one_line_are_put_apart() {
        assert_eq!(parted("做好服务，保障运行。 做好服务，保障运行。"), (1, 1));
    }

    #[test]
    fn two_short_goals_are_one_line_each() {
        assert_eq!(parted("做好服务。\n做好服务。"), (1, 1));
    }
}
