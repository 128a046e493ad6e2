//! Which lines of a table are one row: its cells wrap, and its figures stand beside any line of a wrapped name.

use super::super::item::{Class, class, is_code};
use super::super::narrative::is_enumerated;
use super::text::{Piece, TextRow};
use crate::terms::header::is_total;

/// A line this many tenths as wide as the widest of its column may go on in the next.
const FULL_TENTHS: usize = 8;

/// A rest of a wrapped name begins within this many places of where the name begins, or has its middle there.
const SAME_PLACE: usize = 2;

/// For each line of a table's body the row that it belongs to, counted from 0.
pub(super) fn rows_of(lines: &[TextRow]) -> Vec<usize> {
    let widths = widths(lines);
    let mut row = 0;
    let mut out = Vec::with_capacity(lines.len());
    let mut start = 0;
    for idx in 0..lines.len() {
        if idx > 0 && !goes_on(lines, start, idx, &widths) {
            row += 1;
            start = idx;
        }
        out.push(row);
    }
    out
}

/// The widest text that begins at a place.
fn widths(lines: &[TextRow]) -> Vec<(usize, usize)> {
    let mut widths: Vec<(usize, usize)> = Vec::new();
    for piece in lines.iter().flat_map(|line| &line.pieces).filter(|piece| is_name(piece)) {
        let at = widths.binary_search_by_key(&piece.from, |(from, _)| *from);
        match at {
            Ok(at) => {
                if let Some((_, width)) = widths.get_mut(at) {
                    *width = (*width).max(piece.to - piece.from);
                }
            }
            Err(at) => widths.insert(at, (piece.from, piece.to - piece.from)),
        }
    }
    widths
}

fn is_name(piece: &Piece) -> bool {
    class(&piece.text) == Class::Words
}

fn has_figure(line: &TextRow) -> bool {
    line.pieces.iter().any(|piece| class(&piece.text) != Class::Words)
}

/// Whether a text begins something: a code, an item of a list, a total.
fn begins(piece: &Piece) -> bool {
    is_code(&piece.text)
        || is_enumerated(&piece.text)
        || is_total(&piece.text)
        || ["其中", "其中：", "上年", "本年", "年初", "年末", "用", "结转下年"].iter().any(|word| piece.text.starts_with(word))
        || starts_numbered(&piece.text)
}

/// 1、, 2., （1）.
fn starts_numbered(text: &str) -> bool {
    let rest = text.trim_start_matches(['（', '(']).trim_start_matches(|ch: char| ch.is_ascii_digit());
    rest.len() < text.len() && rest.starts_with(['、', '）', ')', '．']) || rest.starts_with(". ")
}

/// Whether a line belongs to the row that the lines from `start` on make.
fn goes_on(lines: &[TextRow], start: usize, idx: usize, widths: &[(usize, usize)]) -> bool {
    let (Some(line), Some(of_row)) = (lines.get(idx), lines.get(start..idx)) else { return false };
    if line.parted || line.pieces.iter().any(begins) {
        return false;
    }
    let row_has_figure = of_row.iter().any(has_figure);
    if has_figure(line) {
        // Figures stand in the middle of a name of several lines: beside none of it, where the name has begun.
        let bare = line.pieces.iter().all(|piece| !is_name(piece));
        return bare && !row_has_figure && of_row.len() == 1 && of_row.iter().all(|line| line.pieces.len() == 1);
    }
    // Every text is the rest of a name that stands above it.
    line.pieces.iter().all(|piece| {
        let above = of_row.iter().rev().flat_map(|line| &line.pieces).find(|above| {
            is_name(above)
                && (above.from.abs_diff(piece.from) <= SAME_PLACE
                    || (above.middle() - piece.middle()).abs() <= SAME_PLACE as f32)
        });
        above.is_some_and(|above| is_full(above, widths))
    })
}

/// Whether a text is about as wide as the widest that begins about there.
fn is_full(piece: &Piece, widths: &[(usize, usize)]) -> bool {
    let from = piece.from.saturating_sub(SAME_PLACE);
    let near = widths.iter().filter(|(at, _)| (from..=piece.from + SAME_PLACE).contains(at));
    let widest = near.map(|(_, width)| *width).max().unwrap_or(0);
    (piece.to - piece.from) * 10 >= widest * FULL_TENTHS
}
