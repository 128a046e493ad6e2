//! Lines of text whose heights are known become rows: lines of one row's cells follow each other nearer than rows do.

use crate::geom::Rect;
use crate::segment::grid::CellLine;
use crate::segment::header::is_figure;
use crate::segment::opening;

/// Lines of one row's wrapped cells follow each other within this many ems; rows stand further apart.
pub const WRAP_PITCH: f32 = 1.35;

/// Texts whose middles are this near, in ems, stand on one line, and a cell's text in the middle of its rows.
pub const OFF_MIDDLE: f32 = 0.4;

/// Texts on one line, left to right.
pub type Line = Vec<CellLine>;

/// Texts in any order become lines, top to bottom.
pub fn lines(mut texts: Vec<CellLine>) -> Vec<Line> {
    texts.sort_by(|a, b| a.rect.center_y().total_cmp(&b.rect.center_y()));
    let mut lines: Vec<Line> = Vec::new();
    for text in texts {
        match lines.last_mut() {
            Some(line) if text.rect.center_y() - middle(line) < OFF_MIDDLE * text.size => line.push(text),
            _ => lines.push(vec![text]),
        }
    }
    lines.iter_mut().for_each(|line| line.sort_by(|a, b| a.rect.x0.total_cmp(&b.rect.x0)));
    lines
}

/// However far apart rows stand, the lines of one cell are nearer to each other than this, in ems.
const WIDE_PITCH: f32 = 2.2;

/// The lines of one cell are nearer than this share of the least distance of two rows.
const WITHIN: f32 = 0.93;

/// Lines this near, in ems, are no two rows.
const LEAST_PITCH: f32 = 0.9;

/// A bracket is closed in the next line of a cell within so many ems.
const BRACKET_PITCH: f32 = 2.5;

/// The least distance of two lines that each have a figure: no two rows are nearer.
fn pitch(lines: &[Line]) -> Option<f32> {
    let apart = lines.windows(2).filter_map(|pair| match pair {
        [above, below] if has_figure(above) && has_figure(below) => Some(middle(below) - middle(above)),
        _ => None,
    });
    let least = LEAST_PITCH * lines.first()?.first()?.size;
    apart.filter(|apart| *apart >= least).reduce(f32::min)
}

/// For each line the row that it belongs to: a line with a figure or a code begins one, so does the next item of a list;
/// wrapped words go to the row above.
pub fn rows(lines: &[Line]) -> Vec<usize> {
    let pitch = pitch(lines).map(|pitch| WITHIN * pitch);
    let mut rows = Vec::with_capacity(lines.len());
    let mut start = 0;
    for (at, line) in lines.iter().enumerate() {
        let row = lines.get(start..at).unwrap_or_default();
        let size = line.first().map_or(0.0, |text| text.size);
        let most = pitch.map_or(WRAP_PITCH * size, |pitch| pitch.min(WIDE_PITCH * size));
        let follows = |above: &Line| {
            let apart = middle(line) - middle(above);
            apart < most || (apart < BRACKET_PITCH * size && closes_bracket(above, line))
        };
        let wraps = row.last().is_some_and(follows)
            && !(has_figure(line) && row.iter().any(has_figure))
            && !row.iter().any(|above| begins_below(above, line));
        if at > 0 && !wraps {
            start = at;
        }
        rows.push(rows.last().map_or(0, |row| row + usize::from(start == at)));
    }
    rows
}

/// The boxes of so many rows by their texts, each with its row; a row without text is nothing below the one above it.
pub fn boxes(texts: impl Iterator<Item = (usize, Rect)>, n_rows: usize) -> Vec<Rect> {
    let mut shown: Vec<Option<Rect>> = vec![None; n_rows];
    for (row, rect) in texts {
        if let Some(shown) = shown.get_mut(row) {
            *shown = Some(shown.map_or(rect, |known| known.union(&rect)));
        }
    }
    let mut last = Rect { x0: 0.0, y0: 0.0, x1: 0.0, y1: 0.0 };
    let mut next = |shown: Option<Rect>| {
        last = shown.unwrap_or(Rect { y0: last.y1, ..last });
        last
    };
    shown.into_iter().map(&mut next).collect()
}

/// Where rows meet: half way between their texts.
pub fn walls(rows: &[Rect]) -> Vec<f32> {
    rows.windows(2).filter_map(|pair| Some((pair.first()?.y1 + pair.last()?.y0) / 2.0)).collect()
}

/// The middle of a line's height.
pub fn middle(line: &Line) -> f32 {
    let rect = line.iter().map(|text| text.rect).reduce(|a, b| a.union(&b));
    rect.map_or(0.0, |rect| rect.center_y())
}

/// Whether words alone close a bracket that the text above them opens.
fn closes_bracket(above: &Line, below: &Line) -> bool {
    let n = |text: &CellLine, marks: [char; 2]| text.text.matches(marks).count();
    let is_open = |text: &CellLine| n(text, ['（', '(']) > n(text, ['）', ')']);
    let closes = |text: &CellLine| n(text, ['）', ')']) > n(text, ['（', '(']);
    let is_rest = |text: &CellLine| {
        above.iter().any(|other| is_open(other) && other.rect.overlap_x(&text.rect) > 0.0) && closes(text)
    };
    !has_figure(below) && below.iter().any(is_rest)
}

fn has_figure(line: &Line) -> bool {
    line.iter().any(|text| is_figure(&text.text))
}

/// Whether an item, a total or the like stands below another in its column.
fn begins_below(above: &Line, below: &Line) -> bool {
    let begins = |text: &&CellLine| !is_figure(&text.text) && opening::begins(&text.text);
    below
        .iter()
        .filter(begins)
        .any(|text| above.iter().filter(begins).any(|other| other.rect.overlap_x(&text.rect) > 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of texts of ten points, each with its left edge and its middle.
    fn rows_of(texts: &[(f32, f32, &str)]) -> Vec<usize> {
        let line = |(x, y, text): &(f32, f32, &str)| {
            let rect = Rect { x0: *x, y0: y - 5.0, x1: x + 10.0 * text.chars().count() as f32, y1: y + 5.0 };
            CellLine { text: (*text).to_owned(), rect, size: 10.0 }
        };
        rows(&lines(texts.iter().map(line).collect()))
    }

    #[test]
    fn the_lines_of_a_cell_are_nearer_than_any_two_rows_however_far_these_are_apart() {
        let page = |wrap: f32, row: f32| {
            let (second, third) = (row, 2.0 * row);
            let first =
                [(0.0, 0.0, "甲项支出"), (100.0, 0.0, "1.00"), (0.0, second, "乙项某某"), (100.0, second, "2.00")];
            let rest = [(0.0, second + wrap, "支出"), (0.0, third + wrap, "丙项支出"), (100.0, third + wrap, "3.00")];
            rows_of(&[&first[..], &rest[..]].concat())
        };
        assert_eq!(page(12.0, 20.0), [0, 1, 1, 2]);
        assert_eq!(page(18.0, 21.0), [0, 1, 1, 2]);
        // Nothing tells a line as far below as rows are from a row without amounts.
        assert_eq!(page(11.0, 11.0), [0, 1, 2, 3]);
    }

    #[test]
    fn a_bracket_that_a_name_opens_is_closed_in_the_same_cell() {
        let first = [(0.0, 0.0, "某某局（本"), (100.0, 0.0, "1.00"), (0.0, 13.0, "级）")];
        let rest = [(0.0, 26.0, "乙项支出"), (100.0, 26.0, "2.00"), (0.0, 39.0, "丙项支出"), (100.0, 39.0, "2.00")];
        assert_eq!(rows_of(&[&first[..], &rest[..]].concat()), [0, 0, 1, 2]);
    }
}
