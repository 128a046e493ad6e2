//! Which columns each name of a group stands over, and the cells of the header that this makes.

use super::PITCH;
use super::columns::Column;
use super::level::{Head, Level, Top};
use super::name::Name;
use crate::geom::Rect;
use crate::segment::grid::GridCell;

/// A group that is worse by less than this may as well be the one over a column.
pub(super) const MARGIN: f32 = 2.0;

/// For each column the names above it, from the top down: the groups, and its own; and by how much no other group, or
/// none, is worse.
pub(super) fn paths(texts: &[Name], columns: &[Column], named: &[Option<usize>]) -> (Vec<Vec<usize>>, Vec<f32>) {
    let mut groups: Vec<usize> = (0..texts.len()).filter(|id| !named.contains(&Some(*id))).collect();
    let key = |id: &usize| texts.get(*id).map_or((0.0, 0.0), |text| (text.rect.y0, text.rect.center_x()));
    groups.sort_by(|a, b| key(a).0.total_cmp(&key(b).0).then(key(a).1.total_cmp(&key(b).1)));
    let mut levels: Vec<&[usize]> = Vec::new();
    let mut rest = groups.as_mut_slice();
    while let Some(first) = rest.first().and_then(|id| texts.get(*id)) {
        let n = rest.iter().take_while(|id| texts.get(**id).is_some_and(|text| text.rect.y0 < first.rect.y1)).count();
        let (level, after) = rest.split_at_mut(n.max(1));
        // Columns are shared out from left to right, and texts of one line of a scan differ a little in height.
        let lines = level.chunk_by_mut(|a, b| key(b).0 - key(a).0 < PITCH / 2.0);
        lines.for_each(|line| line.sort_by(|a, b| key(a).1.total_cmp(&key(b).1)));
        rest = after;
        levels.push(level);
    }
    let head = Head::of(texts, columns, named);
    let mut tops = head.tops();
    let mut paths: Vec<Vec<usize>> = named.iter().map(|name| name.iter().copied().collect()).collect();
    let mut margins = vec![f32::INFINITY; columns.len()];
    while let Some(level) = levels.pop() {
        let above = levels.concat();
        let Some(reading) = Level::of(&head, level, &above, &tops).and_then(|level| level.reading()) else { continue };
        for (nth, run) in reading.slots() {
            let Some(id) = level.get(nth).copied() else { continue };
            for path in paths.get_mut(run.clone()).unwrap_or_default() {
                path.insert(0, id);
            }
            let y0 = texts.get(id).map_or(0.0, |text| text.rect.y0);
            tops.get_mut(run).unwrap_or_default().fill(Top::Group { id, y0 });
        }
        for (margin, more) in margins.iter_mut().zip(&reading.margins) {
            *margin = margin.min(*more);
        }
    }
    (paths, margins)
}

/// The cells of a header, and how many rows it has.
pub(super) fn cells(texts: &[Name], paths: &[Vec<usize>], top: f32, bottom: f32) -> (Vec<GridCell>, usize) {
    let depth = paths.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let y = |row: usize| top + (bottom - top) * row as f32 / depth as f32;
    let at = |column: usize, row: usize| paths.get(column).and_then(|path| path.get(row)).copied();
    let is_last = |column: usize, row: usize| paths.get(column).is_none_or(|path| row + 1 >= path.len());
    let mut cells = Vec::new();
    for row in 0..depth {
        let mut column = 0;
        while column < paths.len() {
            let id = at(column, row);
            if id.is_none() && row > 0 {
                column += 1;
                continue;
            }
            let mut end = column + 1;
            while end < paths.len() && id.is_some() && at(end, row) == id && !is_last(end, row) && !is_last(column, row)
            {
                end += 1;
            }
            let n_rows = if is_last(column, row) { depth - row } else { 1 };
            cells.push(GridCell {
                row,
                column,
                n_rows,
                n_columns: end - column,
                rect: Rect { x0: 0.0, y0: y(row), x1: 0.0, y1: y(row + n_rows) },
                lines: id.and_then(|id| texts.get(id)).map_or_else(Vec::new, |text| text.lines.clone()),
                doubt: None,
            });
            column = end;
        }
    }
    (cells, depth)
}
