//! Dumps that put each text where it begins on the page, whatever its width: places become those of the page.
//!
//! Such an extractor counts a column for so many points and fills up with spaces to where a text begins. Its characters
//! are wider or narrower than a column, so that the end of a text is not where it ends on the page; and a text that
//! begins there before the one beside it ends here is pushed to the right of that, one space apart.

use super::super::item::{Class, class};
use super::super::line::Line;
use super::super::spacing::shown_width;
use super::piece::{Piece, TextRow};
use crate::repair::TextRepair;

/// So many tenths of the lines of a page are as long as its other lines where an extractor fills them up.
const FILLED_TENTHS: usize = 8;

/// So many tenths of the pages are filled up.
const PAGES_TENTHS: usize = 8;

/// A page with fewer lines tells nothing.
const MIN_LINES: usize = 8;

/// A column is so many digits of nine points wide: pdfplumber counts 7.25 points to a column.
const COLUMN: f32 = 1.613;

/// A digit is taken for so many of those, a Chinese character for twice as many. What is written larger is taken for
/// narrower than it is, which never joins two columns.
const DIGIT: f32 = 0.88;

/// Texts that are guessed where they stand take so many passes over a page, each of which learns from the one before.
const MAX_PASSES: usize = 24;

/// Whether an extractor filled up all lines to the width of their page.
pub(super) fn is_filled(lines: &[Line]) -> bool {
    let mut n_pages = 0;
    let mut n_filled = 0;
    for page in lines.chunk_by(|a, b| a.page == b.page).filter(|page| page.len() >= MIN_LINES) {
        let mut lengths: Vec<usize> = page.iter().map(|line| line.text.chars().count()).collect();
        lengths.sort_unstable();
        let most = lengths.chunk_by(|a, b| a == b).map(<[usize]>::len).max().unwrap_or(0);
        let ends_blank = page.iter().filter(|line| line.text.ends_with("  ")).count();
        n_pages += 1;
        n_filled += usize::from(most.min(ends_blank) * 10 >= page.len() * FILLED_TENTHS);
    }
    n_pages > 0 && n_filled * 10 >= n_pages * PAGES_TENTHS
}

/// Gives the texts of a page their places and widths on the page: a digit is a place wide, a Chinese character two.
pub(super) fn to_page(rows: &mut [TextRow]) {
    let place = |column: usize| (column as f32 * COLUMN).round() as usize;
    for row in rows.iter_mut() {
        let mut before = None;
        for piece in &mut row.pieces {
            let columns = piece.width();
            // Columns stand between the characters of a word set with gaps.
            let has_gaps = columns > piece.text.chars().count() + 1;
            let width = if has_gaps { place(columns - 1) + 2 } else { width(&piece.text) };
            piece.from = place(piece.from);
            piece.to = piece.from + width.max(1);
            piece.pushed = before.filter(|_| piece.gap <= 1).map_or(0, |before| piece.from.saturating_sub(before));
            before = Some(piece.to);
        }
    }
}

fn width(text: &str) -> usize {
    (shown_width(text) as f32 * DIGIT).round() as usize
}

/// Tells the texts that stood one space behind a word that was written twice, and which this may have pushed to the right,
/// from those that stand where they begin on the page. `rows` are the lines of a page, `doubled` what was counted once.
pub(super) fn know_pushed(rows: &mut [TextRow], lines: &[Line], doubled: &[&TextRepair]) {
    for row in rows {
        let Some(line) = lines.get(row.n_above) else { continue };
        let own = |repair: &&&TextRepair| repair.page == line.page && repair.after == line.text;
        let Some(repair) = doubled.iter().find(own) else { continue };
        // Words are counted once where they stand, so that a double's room is left blank.
        let before: Vec<char> = repair.before.chars().collect();
        let is_shown = |at: Option<usize>| at.and_then(|at| before.get(at)).is_some_and(|ch| *ch != ' ');
        // Where the text before it ends if that stands as far left as it may.
        let mut end = None;
        for piece in &mut row.pieces {
            let is_next = is_shown(piece.from.checked_sub(1));
            if piece.gap > 1 && is_shown(piece.from.checked_sub(2)) && !is_next {
                piece.gap = 1;
            }
            if let Some(end) = end.filter(|_| piece.gap > 1 && is_next) {
                piece.pushed = piece.from - end;
            }
            end = Some(piece.to - piece.pushed);
        }
    }
}

/// Puts texts that others pushed to the right where those of their column stand.
pub(super) fn pull(rows: &mut [TextRow]) {
    for _ in 0..MAX_PASSES {
        let mut stretches: Vec<(usize, usize)> = Vec::new();
        let mut known: Vec<&Piece> =
            rows.iter().flat_map(|row| &row.pieces).filter(|piece| piece.pushed == 0).collect();
        known.sort_by_key(|piece| piece.from);
        for piece in known {
            match stretches.last_mut() {
                Some(last) if piece.from < last.1 => last.1 = last.1.max(piece.to),
                _ => stretches.push((piece.from, piece.to)),
            }
        }
        let mut n_pulled = 0;
        let mut least: Option<(usize, usize, usize)> = None;
        for (nth, row) in rows.iter_mut().enumerate() {
            let mut before: Option<(usize, usize)> = None;
            for (at, piece) in row.pieces.iter_mut().enumerate() {
                if piece.pushed > 0 {
                    let first = before.map_or(0, |before| before.1);
                    piece.pushed = piece.pushed.min(piece.from.saturating_sub(first));
                    match place(piece, before, &stretches) {
                        Some(from) => {
                            piece.pull(from);
                            n_pulled += 1;
                        }
                        None if least.is_none_or(|(known, ..)| piece.pushed < known) => {
                            least = Some((piece.pushed, nth, at));
                        }
                        None => {}
                    }
                }
                before = Some((piece.from, piece.to));
            }
        }
        // Of a column whose texts are all pushed the one that is pushed least says where it is.
        match least {
            Some((_, nth, at)) if n_pulled == 0 => {
                if let Some(piece) = rows.get_mut(nth).and_then(|row| row.pieces.get_mut(at)) {
                    piece.pushed = 0;
                }
            }
            None => break,
            Some(_) => {}
        }
    }
    rows.iter_mut().flat_map(|row| &mut row.pieces).for_each(|piece| piece.pushed = 0);
}

/// Where a pushed text begins if it is of one of the stretches in which texts stand.
fn place(piece: &Piece, before: Option<(usize, usize)>, stretches: &[(usize, usize)]) -> Option<usize> {
    let width = piece.width();
    let first = piece.from - piece.pushed;
    let is_amount = class(&piece.text) != Class::Words;
    let overlap = |a: (usize, usize), b: (usize, usize)| a.1.min(b.1).saturating_sub(a.0.max(b.0));
    let ways = stretches.iter().filter_map(|stretch| {
        // The text before it stands in its own.
        if before.is_some_and(|before| overlap(before, *stretch) * 2 > before.1 - before.0) {
            return None;
        }
        let wanted = if is_amount { stretch.1.saturating_sub(width) } else { stretch.0 };
        let from = wanted.clamp(first, piece.from);
        let shared = overlap((from, from + width), *stretch);
        (shared * 2 > width.min(stretch.1 - stretch.0)).then_some((shared, from))
    });
    ways.max_by_key(|(shared, from)| (*shared, std::cmp::Reverse(*from))).map(|(_, from)| from)
}

#[cfg(test)]
mod tests {
    use super::super::super::drawn;
    use super::super::text;
    use super::*;

    fn page(text: &str) -> Vec<TextRow> {
        let mut rows = text::drawn(text);
        to_page(&mut rows);
        rows
    }

    #[test]
    fn lines_filled_up_to_one_width_tell_the_extractor() {
        let texts: Vec<String> = (0..12).map(|at| format!("{:at$}甲 {at}.00", "")).collect();
        let filled: Vec<String> = texts.iter().map(|text| format!("{text:40}")).collect();
        assert!(is_filled(&drawn::lines(&filled.join("\n"))));
        assert!(!is_filled(&drawn::lines(&texts.join("\n"))));
    }

    #[test]
    fn what_stood_one_space_behind_a_word_written_twice_may_have_been_pushed() {
        let pushed = |before: &str, after: &str| {
            let repair = TextRepair {
                kind: "doubled-glyph",
                before: before.to_owned(),
                after: after.to_owned(),
                page: 1,
                line: 1,
            };
            let lines = drawn::lines(after);
            let mut rows = text::rows(&lines);
            know_pushed(&mut rows, &lines, &[&repair]);
            to_page(&mut rows);
            rows[0].pieces.iter().map(|piece| piece.pushed > 0).collect::<Vec<_>>()
        };
        assert_eq!(pushed("甲  合合计计合合计计 金金额额", "甲  合计合计     金额"), [false, false, true]);
        assert_eq!(pushed("甲  合合计计合合计计  金金额额", "甲  合计合计      金额"), [false, false, false]);
    }

    #[test]
    fn what_a_word_written_twice_ran_into_may_stand_as_far_left_as_all_before_it() {
        let (before, after) = ("合计合计5.005.003.003.00", "合计  5.00    3.00");
        let repair = TextRepair { kind: "doubled-run", before: before.into(), after: after.into(), page: 1, line: 1 };
        let lines = drawn::lines(after);
        let mut rows = text::rows(&lines);
        know_pushed(&mut rows, &lines, &[&repair]);
        let pushed = |own: &Piece| (own.from, own.pushed);
        assert_eq!(rows[0].pieces.iter().map(pushed).collect::<Vec<_>>(), [(0, 0), (4, 2), (12, 6)]);
    }

    #[test]
    fn a_text_pushed_to_the_right_goes_back_to_its_column() {
        let mut rows = page(
            "甲          1,234.567800         1.00
乙          1,234.567800 1,230.567800 4.00
丙              1.00             2.00",
        );
        pull(&mut rows);
        let columns = super::super::columns::columns(&rows);
        let placed: Vec<Vec<usize>> = rows.iter().map(|row| super::super::columns::place(row, &columns)).collect();
        assert_eq!(columns.len(), 4, "{columns:?}");
        assert_eq!(placed, [vec![0, 1, 3], vec![0, 1, 2, 3], vec![0, 1, 3]]);
    }
}
