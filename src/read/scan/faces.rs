//! The areas that drawn lines part a page into: cells, and what lies around tables.

use super::ink::{join, root};
use super::lines::Line;

/// Lines nearer than this to each other, in points, are one wall.
const WALL: f32 = 2.0;
/// A wall stands where a line covers at least this share of it.
const COVERED: f32 = 0.6;

/// A page parted by lines.
pub(super) struct Faces {
    xs: Vec<f32>,
    ys: Vec<f32>,
    of: Vec<usize>,
    outside: usize,
}

impl Faces {
    /// Parts a page; lines in pixels, `scale` pixels a point.
    pub(super) fn new(across: &[Line], down: &[Line], scale: f32) -> Self {
        let (ys, h_walls) = walls(across, scale);
        let (xs, v_walls) = walls(down, scale);
        let columns = xs.len() + 1;
        let mut parent: Vec<usize> = (0..columns * (ys.len() + 1)).collect();
        let slot = |at: &[f32], i: usize| {
            let from = if i == 0 { f32::MIN } else { at[i - 1] };
            (from, at.get(i).copied().unwrap_or(f32::MAX))
        };
        for (column, wall) in v_walls.iter().enumerate() {
            for row in (0..=ys.len()).filter(|row| !stands(wall, slot(&ys, *row))) {
                join(&mut parent, row * columns + column, row * columns + column + 1);
            }
        }
        for (row, wall) in h_walls.iter().enumerate() {
            for column in (0..columns).filter(|column| !stands(wall, slot(&xs, *column))) {
                join(&mut parent, row * columns + column, (row + 1) * columns + column);
            }
        }
        let of: Vec<usize> = (0..parent.len()).map(|at| root(&mut parent, at)).collect();
        let outside = of.first().copied().unwrap_or(0);
        Self { xs, ys, of, outside }
    }

    /// The area that a point lies in.
    pub(super) fn at(&self, x: f32, y: f32) -> usize {
        let column = self.xs.partition_point(|wall| *wall <= x);
        let row = self.ys.partition_point(|wall| *wall <= y);
        self.of.get(row * (self.xs.len() + 1) + column).copied().unwrap_or(self.outside)
    }

    /// The walls around a point, nearest first: `x0, y0, x1, y1`; of those that close its area off at that point.
    pub(super) fn room(&self, x: f32, y: f32) -> [f32; 4] {
        let columns = self.xs.len() + 1;
        let column = self.xs.partition_point(|wall| *wall <= x);
        let row = self.ys.partition_point(|wall| *wall <= y);
        let face = self.at(x, y);
        let same = |column: usize, row: usize| self.of.get(row * columns + column) == Some(&face);
        let (mut left, mut right, mut top, mut bottom) = (column, column, row, row);
        while left > 0 && same(left - 1, row) {
            left -= 1;
        }
        while right < self.xs.len() && same(right + 1, row) {
            right += 1;
        }
        while top > 0 && same(column, top - 1) {
            top -= 1;
        }
        while bottom < self.ys.len() && same(column, bottom + 1) {
            bottom += 1;
        }
        let before = |at: &[f32], i: usize| if i == 0 { f32::MIN } else { at[i - 1] };
        let after = |at: &[f32], i: usize| at.get(i).copied().unwrap_or(f32::MAX);
        [before(&self.xs, left), before(&self.ys, top), after(&self.xs, right), after(&self.ys, bottom)]
    }
}

/// Where walls stand, and the stretches of each that are drawn.
fn walls(lines: &[Line], scale: f32) -> (Vec<f32>, Vec<Vec<(f32, f32)>>) {
    let mut sorted = lines.to_vec();
    sorted.sort_by(|a, b| a.at.total_cmp(&b.at));
    let (mut at, mut drawn): (Vec<f32>, Vec<Vec<(f32, f32)>>) = (Vec::new(), Vec::new());
    for line in sorted {
        match (at.last(), drawn.last_mut()) {
            (Some(wall), Some(stretches)) if line.at - wall <= WALL * scale => stretches.push((line.from, line.to)),
            _ => {
                at.push(line.at);
                drawn.push(vec![(line.from, line.to)]);
            }
        }
    }
    (at, drawn)
}

fn stands(drawn: &[(f32, f32)], (from, to): (f32, f32)) -> bool {
    if from == f32::MIN || to == f32::MAX {
        return false;
    }
    let covered: f32 = drawn.iter().map(|(a, b)| (b.min(to) - a.max(from)).max(0.0)).sum();
    covered >= COVERED * (to - from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(at: f32, from: f32, to: f32) -> Line {
        Line { at, from, to, thickness: 1.0 }
    }

    #[test]
    fn cells_are_told_apart_and_a_missing_wall_makes_one_of_two() {
        let across = [line(10.0, 10.0, 90.0), line(30.0, 10.0, 90.0), line(50.0, 10.0, 90.0)];
        let down = [line(10.0, 10.0, 50.0), line(50.0, 10.0, 30.0), line(90.0, 10.0, 50.0)];
        let faces = Faces::new(&across, &down, 1.0);
        assert_ne!(faces.at(20.0, 20.0), faces.at(70.0, 20.0));
        assert_eq!(faces.at(20.0, 40.0), faces.at(70.0, 40.0));
        assert_eq!(faces.at(5.0, 5.0), faces.at(95.0, 70.0));
        assert_eq!(faces.room(20.0, 40.0), [10.0, 30.0, 90.0, 50.0]);
    }
}
