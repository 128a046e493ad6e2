//! Which columns each name of a group stands over, and the cells of the header that this makes.

use super::PITCH;
use super::columns::Column;
use super::level::{HIGHER, Head, Level, Top};
use super::name::Name;
use super::set::Set;
use crate::geom::Rect;
use crate::segment::grid::GridCell;

/// A group that is worse by less than this may as well be the one over a column.
pub(super) const MARGIN: f32 = 2.0;

/// Groups whose names begin where those of their columns do fit better by at least this, or they stand over middles as names
/// of groups do nearly everywhere.
const SET_LEFT: f32 = 4.0;

/// A name begins where another does, in places.
const SAME_LEFT: f32 = 0.6;

/// For each column the names above it, from the top down: the groups, and its own; and by how much no other group, or
/// none, is worse.
pub(super) fn paths(texts: &[Name], columns: &[Column], named: &[Option<usize>]) -> (Vec<Vec<usize>>, Vec<f32>) {
    let groups: Vec<usize> = (0..texts.len()).filter(|id| !named.contains(&Some(*id))).collect();
    let read = |set: Set| {
        let mut grouped = Grouped::of(texts, columns, named, groups.clone(), set);
        grouped.rival_uneven(texts, named);
        grouped
    };
    let centred = read(Set::Centred);
    let left = |id: usize| texts.get(id).map_or(f32::INFINITY, |text| Set::Left.of(text.rect));
    let is_left = |id: &usize| named.iter().flatten().any(|column| (left(*column) - left(*id)).abs() < SAME_LEFT);
    if groups.is_empty() || !groups.iter().all(is_left) {
        return (centred.paths, centred.margins);
    }
    let set_left = read(Set::Left);
    let better = centred.cost - set_left.cost - SET_LEFT;
    let (mut best, other) = if better > 0.0 { (set_left, centred) } else { (centred, set_left) };
    // Where both are about as good, what they have in common is sure.
    for ((own, other), margin) in best.paths.iter().zip(&other.paths).zip(&mut best.margins) {
        if own != other {
            *margin = margin.min(better.abs());
        }
    }
    (best.paths, best.margins)
}

/// A reading of all groups of a header: for each column the names above it, by how much no other group, or none, is worse, and
/// what it costs.
struct Grouped {
    paths: Vec<Vec<usize>>,
    margins: Vec<f32>,
    cost: f32,
}

impl Grouped {
    fn of(texts: &[Name], columns: &[Column], named: &[Option<usize>], mut groups: Vec<usize>, set: Set) -> Self {
        let key = |id: &usize| texts.get(*id).map_or((0.0, 0.0), |text| (text.rect.y0, text.rect.center_x()));
        groups.sort_by(|a, b| key(a).0.total_cmp(&key(b).0).then(key(a).1.total_cmp(&key(b).1)));
        let mut levels: Vec<&[usize]> = Vec::new();
        let mut rest = groups.as_mut_slice();
        while let Some(first) = rest.first().and_then(|id| texts.get(*id)) {
            let n =
                rest.iter().take_while(|id| texts.get(**id).is_some_and(|text| text.rect.y0 < first.rect.y1)).count();
            let (level, after) = rest.split_at_mut(n.max(1));
            // Columns are shared out from left to right, and texts of one line of a scan differ a little in height.
            let lines = level.chunk_by_mut(|a, b| key(b).0 - key(a).0 < PITCH / 2.0);
            lines.for_each(|line| line.sort_by(|a, b| key(a).1.total_cmp(&key(b).1)));
            rest = after;
            levels.push(level);
        }
        let head = Head::of(texts, columns, named, set);
        let mut tops = head.tops();
        let mut paths: Vec<Vec<usize>> = named.iter().map(|name| name.iter().copied().collect()).collect();
        let (mut margins, mut cost) = (vec![f32::INFINITY; columns.len()], 0.0);
        while let Some(level) = levels.pop() {
            let above = levels.concat();
            let Some(reading) = Level::of(&head, level, &above, &tops).and_then(|level| level.reading()) else {
                continue;
            };
            cost += reading.cost;
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
        Self { paths, margins, cost }
    }

    /// Names of columns at one height reach equally high: where one has more groups above it than another, heights tell of
    /// neither.
    fn rival_uneven(&mut self, texts: &[Name], named: &[Option<usize>]) {
        let middle = |id: &Option<usize>| id.and_then(|id| texts.get(id)).map(|text| text.rect.center_y());
        let heights = named.iter().map(middle).zip(&self.paths);
        let heights: Vec<(Option<f32>, usize)> = heights.map(|(middle, path)| (middle, path.len())).collect();
        for ((own, depth), margin) in heights.iter().zip(&mut self.margins) {
            let is_level =
                |other: &Option<f32>| own.zip(*other).is_some_and(|(own, other)| (own - other).abs() <= HIGHER * PITCH);
            if heights.iter().any(|(other, other_depth)| other_depth != depth && is_level(other)) {
                *margin = 0.0;
            }
        }
    }
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
