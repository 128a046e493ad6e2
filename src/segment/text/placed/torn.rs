//! Rows of a page with places whose names may be another row's: they stand beside no amount, or as far apart as rows do.

use super::super::spacing::shown_width;
use super::centred::begins_torn;
use super::columns::{self, Column, Holds};
use super::piece::{Piece, TextRow, fills};
use crate::segment::opening::is_enumerated;
use crate::segment::text::item::{is_code, is_whole_code};
use crate::segment::text::table::doubt;
use crate::terms::header::{is_subtotal, is_total};

/// What the lines of names tell of each row.
pub(super) struct Told {
    /// Whether its name may be another's.
    pub(super) torn: Vec<bool>,
    /// Whether its names begin and end with it: a name goes on where it fills its line, and nowhere else.
    pub(super) whole: Vec<bool>,
}

/// What the lines of names tell; `rows` tells the row of each line.
pub(super) fn told(body: &[TextRow], rows: &[usize], columns: &[Column]) -> Told {
    let n_rows = rows.last().map_or(0, |last| last + 1);
    let mut shown: Vec<Shown> = vec![Shown::default(); n_rows];
    for (line, row) in body.iter().zip(rows) {
        let Some(shown) = shown.get_mut(*row) else { continue };
        for (column, piece) in columns::placed(line, columns) {
            match columns.get(column).and_then(|column| column.holds) {
                Some(Holds::Amounts) => shown.amounts.push(line.n_above),
                Some(Holds::Names) => shown.names.push((column, line.n_above, piece)),
                Some(Holds::Codes) => shown.codes.push((column, line.n_above, piece)),
                None => {}
            }
        }
    }
    let pitch = pitch(&shown);
    let lacks_name = |row: usize| {
        let above = row.checked_sub(1).and_then(|above| shown.get(above));
        above.into_iter().chain(shown.get(row + 1)).any(|beside| shown[row].lacks(beside))
    };
    let mut rooms = vec![Room::default(); columns.len()];
    for (column, _, piece) in shown.iter().flat_map(|row| &row.names) {
        if let Some(room) = rooms.get_mut(*column) {
            room.widest = room.widest.max(shown_width(&piece.text));
            room.furthest = room.furthest.max(end(piece));
        }
    }
    // Remarks right of all amounts name no row.
    let last = columns.iter().rposition(Column::holds_amounts).unwrap_or(0);
    let names = rooms.get(..last).unwrap_or_default();
    let whole: Vec<bool> = shown.iter().enumerate().map(|(idx, row)| row.is_whole(names, idx == 0)).collect();
    // What fills its lines about its figures is one name, however far apart these are.
    let pitch_of = |idx: usize, row: &Shown| if whole[idx] && row.is_about() { usize::MAX } else { pitch };
    let above = |row: usize| row.checked_sub(1).and_then(|above| shown.get(above));
    let fills = |row: Option<&Shown>, column: usize| row.is_some_and(|row| row.fills_last(column, names));
    // Where rows have codes, and a name alone has none, it is a piece of another.
    let n_with_amounts = shown.iter().filter(|row| !row.amounts.is_empty()).count();
    let n_coded = shown.iter().filter(|row| !row.amounts.is_empty() && !row.codes.is_empty()).count();
    let is_coded = n_coded >= MIN_CODED && n_coded * 10 >= n_with_amounts * CODED_TENTHS;
    // A name alone is a piece of another where that of the row above fills its line, or it fills its own above another.
    let is_cut = |row: usize| {
        let is_open = |(column, _, piece): &(usize, usize, &Piece)| {
            let goes_on = || shown.get(row + 1).is_some_and(|below| below.names.iter().any(|(own, ..)| own == column));
            let may_go_on = fills(above(row), *column) || (fills(shown.get(row), *column) && goes_on());
            !is_enumerated(&piece.text) && ((is_coded && *column < last) || may_go_on)
        };
        let goes_on = shown[row].is_alone() || above(row).is_some_and(|above| shown[row].is_rest(above));
        goes_on && shown[row].names.iter().any(is_open)
    };
    // And one that goes on although it does not fill its line, below one that does, may have the end of that.
    let is_mixed = |row: usize| {
        let mut columns = shown[row].names.iter().map(|(column, ..)| *column);
        columns.any(|column| (is_coded || fills(above(row), column)) && shown[row].goes_on_short(column, names))
    };
    // Where names begin above their amounts, the full last line of one may be the first of the next row's.
    let begins_above = shown.iter().any(Shown::begins_above);
    let may_have_next = |row: usize| {
        let below = shown.get(row + 1).filter(|below| below.codes.is_empty() && !below.amounts.is_empty());
        begins_above
            && below.is_some_and(|below| below.names.iter().any(|(column, ..)| shown[row].ends_full(*column, names)))
    };
    let has_end_within = |row: &Shown| row.names.iter().any(|(column, ..)| row.goes_on_after_its_end(*column, names));
    let is_torn = |row: usize| {
        shown[row].is_torn(pitch_of(row, &shown[row]))
            || has_end_within(&shown[row])
            || lacks_name(row)
            || may_have_next(row)
    };
    let torn = (0..n_rows).map(|row| is_torn(row) || is_cut(row) || is_mixed(row));
    Told { torn: torn.collect(), whole }
}

/// The lines on which a row has texts.
#[derive(Clone, Default)]
struct Shown<'a> {
    amounts: Vec<usize>,
    /// With the column of each, and its text.
    names: Vec<(usize, usize, &'a Piece)>,
    /// With the column of each, and its text.
    codes: Vec<(usize, usize, &'a Piece)>,
}

impl Shown<'_> {
    /// Whether a row beside is nothing but a name in a column, right of the names of this one, where this one has none.
    fn lacks(&self, beside: &Self) -> bool {
        let is_missing = |column: usize| self.names.iter().all(|(own, ..)| *own < column) && !self.names.is_empty();
        !self.amounts.is_empty()
            && beside.amounts.is_empty()
            && beside.names.iter().any(|(column, ..)| is_missing(*column))
    }

    /// Whether it is a name and nothing else.
    fn is_alone(&self) -> bool {
        let is_total = self.names.iter().any(|(_, _, piece)| is_total(&piece.text));
        self.amounts.is_empty() && self.codes.is_empty() && !self.names.is_empty() && !is_total
    }

    /// Whether it may be the rest of the row above: it has no amounts, and a code of that row is none by itself.
    fn is_rest(&self, above: &Self) -> bool {
        let is_part = |(column, _, piece): &(usize, usize, &Piece)| {
            !is_code(&piece.text) && self.codes.iter().any(|(own, ..)| own == column)
        };
        self.amounts.is_empty() && !self.names.is_empty() && above.codes.iter().any(is_part)
    }

    /// Whether the last line of its name in a column fills its room, given that of each column.
    fn fills_last(&self, column: usize, rooms: &[Room]) -> bool {
        let last = self.names.iter().filter(|(own, ..)| *own == column).max_by_key(|(_, line, _)| *line);
        last.zip(rooms.get(column)).is_some_and(|((_, _, piece), room)| room.is_filled(piece))
    }

    /// Whether its name in a column has a line that does not fill before its last.
    fn goes_on_short(&self, column: usize, rooms: &[Room]) -> bool {
        let own = || self.names.iter().filter(|(own, ..)| *own == column);
        let last = own().map(|(_, line, _)| *line).max();
        let is_wide = |piece: &Piece| rooms.get(column).is_none_or(|room| room.is_wide(piece));
        own().any(|(_, line, piece)| Some(*line) != last && !is_wide(piece))
    }

    /// Whether a line of its name in a column leaves room for what the next one begins with, though that or one above it is
    /// full: a name that wraps goes on in each line as far as it can.
    fn goes_on_after_its_end(&self, column: usize, rooms: &[Room]) -> bool {
        let mut lines: Vec<(usize, &Piece)> =
            self.names.iter().filter(|(own, ..)| *own == column).map(|(_, line, piece)| (*line, *piece)).collect();
        lines.sort_unstable_by_key(|(line, _)| *line);
        let Some(room) = rooms.get(column) else { return false };
        let is_full = |piece: &Piece| !room.takes(piece, "字");
        let full = lines.iter().position(|(_, piece)| is_full(piece)).unwrap_or(lines.len());
        lines.windows(2).enumerate().any(|(at, pair)| match pair {
            [(_, line), (_, next)] => (full < at || is_full(next)) && room.takes(line, &next.text),
            _ => false,
        })
    }

    /// Whether a line of its names stands above those of its amounts.
    fn begins_above(&self) -> bool {
        let amounts = self.amounts.iter().min();
        amounts.is_some_and(|amounts| self.names.iter().any(|(_, line, _)| line < amounts))
    }

    /// Whether the last line of its name in a column is full, below the line of its amounts.
    fn ends_full(&self, column: usize, rooms: &[Room]) -> bool {
        let last = self.names.iter().filter(|(own, ..)| *own == column).max_by_key(|(_, line, _)| *line);
        last.zip(rooms.get(column)).is_some_and(|((_, line, piece), room)| {
            self.amounts.iter().all(|amounts| amounts < line) && !room.takes(piece, "字")
        })
    }

    /// Whether its names end where they do not fill their lines, given the room of each column. A name without
    /// a code and amounts may be a piece of one, and that of a page's first row may have begun on the page before.
    fn is_whole(&self, rooms: &[Room], is_first: bool) -> bool {
        let is_total = self.names.iter().any(|(_, _, piece)| is_total(&piece.text));
        let is_own = if is_first { !self.codes.is_empty() } else { !self.codes.is_empty() || !self.amounts.is_empty() };
        let ends = |(column, room): (usize, &Room)| {
            let own = self.names.iter().filter(|(own, ..)| *own == column);
            let mut lines: Vec<(usize, &Piece)> = own.map(|(_, line, piece)| (*line, *piece)).collect();
            lines.sort_unstable_by_key(|(line, _)| *line);
            match lines.split_last() {
                Some(((_, last), before)) => {
                    !room.is_filled(last) && before.iter().all(|(_, piece)| room.is_wide(piece))
                }
                None => true,
            }
        };
        (is_own && !self.names.is_empty() && rooms.iter().enumerate().all(ends)) || is_total
    }

    /// Whether the lines of each of its names stand about its only line of amounts.
    fn is_about(&self) -> bool {
        let mut amounts = self.amounts.iter();
        let Some(at) = amounts.next().filter(|at| amounts.all(|other| other == *at)) else { return false };
        self.names.iter().all(|(column, ..)| {
            let lines = || self.names.iter().filter(|(own, ..)| own == column).map(|(_, line, _)| *line);
            lines().min().zip(lines().max()).is_some_and(|(first, last)| first + last == 2 * at)
        })
    }

    /// Whether it has the whole codes of two rows: one that is wrapped has a rest of one or two digits.
    fn has_two_codes(&self) -> bool {
        let whole = || self.codes.iter().filter(|(.., piece)| is_whole_code(&piece.text));
        whole().any(|(column, line, _)| whole().any(|(own, other, _)| own == column && other != line))
    }

    fn is_torn(&self, pitch: usize) -> bool {
        let lines = || self.names.iter().map(|(_, line, _)| *line);
        let (Some(first), Some(last)) = (lines().min(), lines().max()) else { return false };
        let is_beside = |line: &usize| (first..=last).contains(line);
        let is_apart = |(column, line, piece): &(usize, usize, &Piece)| {
            let below = self.names.iter().filter(|(other, below, _)| other == column && below > line);
            let next = below.min_by_key(|(_, below, _)| *below);
            next.is_some_and(|(_, below, next)| {
                below - line >= pitch
                    || (doubt::ends_name(&piece.text) && is_whole(&next.text))
                    || begins_torn(&[piece, next])
            })
        };
        let is_apart = || self.names.iter().any(is_apart) || self.has_two_codes();
        !self.amounts.is_empty() && (!self.amounts.iter().all(is_beside) || is_apart())
    }
}

/// The room that names have in a column.
#[derive(Clone, Copy, Default)]
struct Room {
    /// How wide the widest of their lines is, a Chinese character counting two.
    widest: usize,
    /// How far right any of them reaches.
    furthest: usize,
}

impl Room {
    /// Whether a line of a name is as wide as those that go on in the next, or leaves no room for another character: the
    /// first line of an indented name is shorter.
    fn is_filled(self, piece: &Piece) -> bool {
        self.is_wide(piece) || end(piece) + CHARACTER > self.furthest
    }

    /// Whether a line of a name leaves room for what another text begins with: its first character, and those that no line
    /// parts from it.
    fn takes(self, piece: &Piece, next: &str) -> bool {
        let (is_digit, is_opening) = (|ch: char| ch.is_ascii_alphanumeric(), |ch: char| "（(“《".contains(ch));
        let mut first = None;
        let is_bound = |ch: &char| {
            let before = first.replace(*ch);
            before.is_none_or(|before| {
                is_opening(before) || is_digit(before) && is_digit(*ch) || "）)”》、，".contains(*ch)
            })
        };
        let width = shown_width(&next.chars().take_while(is_bound).collect::<String>());
        shown_width(&piece.text) + width <= self.widest && end(piece) + width <= self.furthest
    }

    /// Whether a line of a name is as wide as those that surely go on.
    fn is_wide(self, piece: &Piece) -> bool {
        fills(shown_width(&piece.text), self.widest)
    }
}

/// How far right a text reaches where a Chinese character takes two places.
fn end(piece: &Piece) -> usize {
    piece.from + shown_width(&piece.text)
}

/// So many rows with codes, and so many tenths of those with amounts, are a table in which each row has its own.
const MIN_CODED: usize = 3;
const CODED_TENTHS: usize = 8;

/// A Chinese character, and half a one by which places are rounded.
const CHARACTER: usize = 3;

/// The end of a name that is wrapped is seldom a name of so few characters.
const SHORT: usize = 4;

fn is_whole(text: &str) -> bool {
    is_total(text) || is_subtotal(text) || (text.chars().count() <= SHORT && doubt::ends_name(text))
}

/// How far rows stand apart; without lines between them the lines of one name stand as near.
fn pitch(shown: &[Shown<'_>]) -> usize {
    let mut apart: Vec<usize> = shown
        .windows(2)
        .filter_map(|pair| match pair {
            [above, below] => Some(below.amounts.first()?.abs_diff(*above.amounts.last()?)),
            _ => None,
        })
        .collect();
    apart.sort_unstable();
    apart.get(apart.len() / 2).copied().filter(|pitch| *pitch > 1).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
