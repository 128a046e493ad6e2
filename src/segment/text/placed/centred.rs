//! Rows whose names wrap about their figures, as in cells that are centred: each name's lines stand about the line of
//! its figures, and together they leave no doubt.

use std::ops::Range;

use super::super::item::{Class, class};
use super::super::spacing::shown_width;
use super::columns::{self, Column, Holds};
use super::piece::{Piece, TextRow};
use crate::segment::least_cost::{self, Reading};
use crate::segment::opening;
use crate::terms::header::{HeaderWord, is_total};

/// A name has at most so many lines.
const MAX_LINES: usize = 9;

/// Names stand at most so many lines off the middle of their figures, on the average of all rows and for any one that is
/// sure.
const OFF_ON_AVERAGE: f32 = 0.4;
const OFF: f32 = 1.5;

/// The only code of a row stands at most so many lines off its figures; of several some may be of another list.
const OFF_OF_CODE: f32 = 1.0;

/// A row whose name is better than the next by less is not sure.
const MARGIN: f32 = 0.4;

/// No page has so many lines; the work grows with their square.
const MAX_ROWS: usize = 1_000;

/// At most one row in so many is not sure.
const UNSURE: usize = 4;

/// At least one row in so many has no name beside its figures, or one with lines above and below them.
const LONE: usize = 3;

/// A column of texts that is wider than so many halves of the first column of names has none.
const WIDER: usize = 3;

/// The lines of a cell are no further apart.
const MAX_STEP: usize = 3;

/// A row has no name in a column, or no code.
const BLANK: f32 = 3.0;
const NO_CODE: f32 = 0.5;

/// A line of a name that is not full, though the name goes on.
const NOT_FULL: f32 = 1.0;

/// Whether lines have amounts and neither a name nor a code left of them: names stand about their figures.
pub(super) fn has_lone_amounts(lines: &[TextRow]) -> bool {
    lines.iter().any(|line| line.pieces.first().is_some_and(|first| is_amount(&first.text)))
}

/// Whether a line has an amount and no more than codes left of it.
pub(super) fn has_no_name(line: &TextRow) -> bool {
    line.pieces.iter().find(|piece| class(&piece.text) != Class::Number).is_some_and(|first| is_amount(&first.text))
}

/// 2. numbers a sentence.
fn is_amount(text: &str) -> bool {
    class(text) == Class::Amount && !text.ends_with('.')
}

/// The rows of a page whose names stand about their figures.
pub(super) struct Centred {
    /// For each line the row of each of its texts.
    pub(super) rows: Vec<Vec<usize>>,
    /// The line of each row's figures.
    pub(super) figures: Vec<usize>,
    /// For each row whether no other division of the names is about as likely.
    pub(super) sure: Vec<bool>,
}

/// The rows, where the lines of names tell them.
pub(super) fn rows(lines: &[TextRow], columns: &[Column]) -> Option<Centred> {
    let has_names = columns.iter().any(|column| column.holds == Some(Holds::Names));
    if !has_names || lines.len() > MAX_ROWS || !lines.iter().any(has_no_name) {
        return None;
    }
    let placed: Vec<Vec<usize>> = lines.iter().map(|line| columns::place(line, columns)).collect();
    let holds = |column: usize| columns.get(column).and_then(|column| column.holds);
    let has_amount = |(line, columns): (&TextRow, &Vec<usize>)| {
        let mut texts = line.pieces.iter().zip(columns);
        texts.any(|(piece, column)| is_amount(&piece.text) && holds(*column) == Some(Holds::Amounts))
    };
    let figures: Vec<usize> =
        lines.iter().zip(&placed).enumerate().filter(|(_, line)| has_amount(*line)).map(|(idx, _)| idx).collect();
    if figures.len() < 2 {
        return None;
    }
    let place = |idx: usize| lines.get(idx).map_or(0, |line| line.n_above);
    let nearest = |idx: usize| {
        let off = |slot: &usize| figures.get(*slot).map_or(usize::MAX, |figure| place(*figure).abs_diff(place(idx)));
        (0..figures.len()).min_by_key(off).unwrap_or(0)
    };
    // Other texts of a cell stand about its figures too.
    let mut rows: Vec<Vec<usize>> =
        placed.iter().enumerate().map(|(idx, columns)| vec![nearest(idx); columns.len()]).collect();
    let mut sure = vec![true; figures.len()];
    // For each row whether it has a name, and whether one stands beside its figures and not about them.
    let (mut named, mut beside) = (vec![false; figures.len()], vec![false; figures.len()]);
    let (mut n_named, mut off, mut n_columns) = (0usize, 0.0, 0usize);
    let mut is_torn = false;
    // How wide the first column of names is.
    let mut widest = None;
    let n_codes = (0..columns.len()).filter(|column| holds(*column) == Some(Holds::Codes)).count();
    let off_of_code = if n_codes == 1 { OFF_OF_CODE } else { 0.0 };
    // Names of rows have amounts right of them.
    let last = (0..columns.len()).rfind(|column| holds(*column) == Some(Holds::Amounts))?;
    for column in (0..last).filter(|column| matches!(holds(*column), Some(Holds::Names | Holds::Codes))) {
        let of_column = |idx: usize| {
            let own = placed.get(idx).into_iter().flatten().enumerate().filter(move |(_, of)| **of == column);
            own.map(move |(nth, _)| (idx, nth))
        };
        let texts: Vec<(usize, usize)> = (0..lines.len()).flat_map(of_column).collect();
        let pieces: Vec<&Piece> = texts.iter().filter_map(|(idx, nth)| lines.get(*idx)?.pieces.get(*nth)).collect();
        let is_codes = holds(column) == Some(Holds::Codes);
        let width = pieces.iter().map(|piece| shown_width(&piece.text)).max().unwrap_or(0);
        // Long texts beside the names, such as goals, have no line for each row.
        if !is_codes && *widest.get_or_insert(width) * WIDER < width * 2 {
            continue;
        }
        let tops: Vec<usize> = texts.iter().map(|(idx, _)| place(*idx)).collect();
        let at: Vec<usize> = figures.iter().map(|idx| place(*idx)).collect();
        let own = Names { pieces: &pieces, tops: &tops, figures: &at, is_codes };
        let reading = own.read()?;
        n_columns += usize::from(!is_codes);
        for (slot, run) in reading.slots().filter(|(_, run)| !run.is_empty()) {
            let own_off = own.off(slot, &run);
            let margin = reading.margins.get(run.clone())?.iter().copied().fold(f32::INFINITY, f32::min);
            *sure.get_mut(slot)? &= own_off <= if is_codes { off_of_code } else { OFF } && margin >= MARGIN;
            if !is_codes {
                *named.get_mut(slot)? = true;
                let lines = || texts.get(run.clone()).into_iter().flatten().map(|(idx, _)| idx);
                let figure = figures.get(slot)?;
                is_torn |= begins_torn(pieces.get(run.clone()).unwrap_or_default());
                let is_about = lines().any(|line| line < figure) && lines().any(|line| line > figure);
                *beside.get_mut(slot)? |= !is_about && lines().any(|line| line == figure);
                n_named += 1;
                off += own_off;
            }
            for (idx, nth) in texts.get(run)? {
                *rows.get_mut(*idx)?.get_mut(*nth)? = slot;
            }
        }
    }
    let n_unsure = sure.iter().filter(|sure| !**sure).count();
    let n_lone = beside.iter().filter(|beside| !**beside).count();
    let is_told = named.iter().all(|named| *named)
        && off <= OFF_ON_AVERAGE * n_named as f32
        && n_lone * LONE >= figures.len()
        && n_unsure * UNSURE <= figures.len();
    // A line that may be another row's may be that of the row above or below; where names stand in several columns none is
    // sure.
    let is_sure = |row: usize| {
        let near = sure.get(row.saturating_sub(1)..(row + 2).min(sure.len())).unwrap_or_default();
        n_columns == 1 && !is_torn && near.iter().all(|sure| *sure)
    };
    let sure = (0..figures.len()).map(is_sure).collect();
    is_told.then_some(Centred { rows, figures, sure })
}

/// Whether a name begins with a line of one character: a name that wraps fills its first line, so that lines of names on that
/// page may as well be the ends of those above them.
pub(super) fn begins_torn(name: &[&Piece]) -> bool {
    matches!(name, [first, _, ..] if first.text.chars().count() == 1 && class(&first.text) == Class::Words)
}

/// Whether a text begins a name; a word of headers, such as 项目, may well end one.
fn is_fresh(text: &str) -> bool {
    opening::begins(text) && (is_total(text) || HeaderWord::of(text).is_none())
}

/// The lines of a column of names, or of codes.
struct Names<'a> {
    pieces: &'a [&'a Piece],
    /// How many lines of the page stand above each.
    tops: &'a [usize],
    /// The same for the figures of each row.
    figures: &'a [usize],
    is_codes: bool,
}

impl Names<'_> {
    /// The lines of each row's name.
    fn read(&self) -> Option<Reading> {
        let widest = self.pieces.iter().map(|piece| shown_width(&piece.text)).max().unwrap_or(0);
        let goes_on = |pair: &[&Piece]| match pair {
            [upper, lower] if self.is_codes || is_fresh(&lower.text) || upper.text == lower.text => f32::INFINITY,
            [upper, _] if shown_width(&upper.text) * 2 < widest => NOT_FULL,
            _ => 0.0,
        };
        let is_near = |run: &Range<usize>| {
            let tops = self.tops.get(run.clone()).unwrap_or_default();
            tops.windows(2).all(|pair| matches!(pair, [a, b] if b - a <= MAX_STEP))
        };
        least_cost::runs(self.figures.len(), self.pieces.len(), MAX_LINES, |slot, run| match slot {
            Some(_) if run.is_empty() => {
                if self.is_codes {
                    NO_CODE
                } else {
                    BLANK
                }
            }
            Some(slot) if is_near(&run) => {
                let own = self.pieces.get(run.clone()).unwrap_or_default();
                self.off(slot, &run) + own.windows(2).map(goes_on).sum::<f32>()
            }
            _ => f32::INFINITY,
        })
    }

    /// How many lines the middle of a row's name stands off its figures.
    fn off(&self, slot: usize, run: &Range<usize>) -> f32 {
        let top = |at: usize| self.tops.get(at).copied().unwrap_or(0) as f32;
        let figures = self.figures.get(slot).copied().unwrap_or(0) as f32;
        ((top(run.start) + top(run.end.saturating_sub(1))) / 2.0 - figures).abs()
    }
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;

    fn read(text: &str) -> Option<Vec<usize>> {
        let body = text::drawn(text);
        let centred = rows(&body, &columns::columns(&body))?;
        centred.sure.iter().all(|sure| *sure).then(|| centred.rows.iter().map(|line| line[0]).collect())
    }

    #[test]
    fn names_stand_about_their_figures() {
        let page = "   某单位信息系统运行
                       5.00   保障运行
维护项目
某单位2031年老旧设
备更新改造工作补助       7.00   二是更新
经费                          三是验收";
        assert_eq!(read(page), Some(vec![0, 0, 0, 1, 1, 1]));
    }

    #[test]
    fn items_of_a_list_without_figures_are_no_names_of_others() {
        let page = "一、本级财政安排的
二、上级财政安排的
                       5.00
三、其他来源的资金
某单位办公用房修缮
                       7.00
补助";
        assert_eq!(read(page), None);
    }

    #[test]
    fn names_that_stand_as_well_about_other_figures_tell_nothing() {
        assert_eq!(read("某单位信息系统运行\n                   5.00\n维护项目\n                   7.00\n改造"), None);
    }

    #[test]
    fn names_in_two_columns_are_told_and_none_of_them_is_sure() {
        let page = "   某单位信息系统运行   甲街道办
                                     5.00   9.00
维护项目                事处
某单位2031年老旧设      乙街道办
备更新改造工作补助                     7.00   8.00
经费                    事处";
        let body = text::drawn(page);
        let centred = rows(&body, &columns::columns(&body)).expect("the names stand about the figures");
        assert!(centred.rows.iter().zip([0, 0, 0, 1, 1, 1]).all(|(line, row)| line.iter().all(|of| *of == row)));
        assert_eq!(centred.sure, [false, false]);
    }

    #[test]
    fn the_only_code_of_a_row_may_stand_a_line_below_its_figures() {
        let page = "
              某单位信息系统
                             5.00   3.00
2010101       运行维护项目

              某单位办公用房
                             7.00   2.00
2010102       修缮补助经费";
        assert_eq!(read(page), Some(vec![0, 0, 0, 1, 1, 1]));
    }

    #[test]
    fn where_a_name_begins_with_a_line_of_one_character_none_is_sure() {
        let page = |first: &str| {
            format!(
                "   {first}\n                       5.00   保障\n系统运行维护项目\n某单位2031年老旧设\n备更新改造工作补助       7.00   二是更新\n经费                          三是验收"
            )
        };
        assert!(read(&page("某单位信息化")).is_some() && read(&page("某")).is_none());
    }
}
