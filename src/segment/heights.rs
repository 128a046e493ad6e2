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

/// For each line the row that it belongs to: a line with a figure or a code begins one, so does the next item of a list;
/// wrapped words go to the row above.
pub fn rows(lines: &[Line]) -> Vec<usize> {
    let mut rows = Vec::with_capacity(lines.len());
    let mut start = 0;
    for (at, line) in lines.iter().enumerate() {
        let row = lines.get(start..at).unwrap_or_default();
        let size = line.first().map_or(0.0, |text| text.size);
        let wraps = row.last().is_some_and(|above| middle(line) - middle(above) < WRAP_PITCH * size)
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
