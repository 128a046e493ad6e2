//! Levels of rows by the indentation of their labels.

use super::line::Line;
use super::{Column, Row};
use crate::geom::Inset;
use crate::terms::column::ColumnRole;

/// Labels set in within this of each other stand on one level, in ems: a space is half an em.
const SAME_LEVEL: f32 = 0.4;
/// Levels are at least so far apart, in ems.
const MIN_STEP: f32 = 0.45;
/// More levels than this are no outline but texts set anyhow.
const MAX_LEVELS: usize = 7;
/// A label that stands further off its wall is no indented one, in ems.
const MAX_LEFT: f32 = 16.0;
/// Fewer rows than this show no levels.
const MIN_ROWS: usize = 3;

/// The level of each line, 0 at the wall, where the labels of a column are set in by steps.
///
/// Each row may be one level deeper than the one above it, and no more; sums say nothing and have level 0.
pub(super) fn levels<R: Row>(columns: &[Column], rows: &[R], column: usize, lines: &[Line]) -> Option<Vec<u32>> {
    if columns.get(column)?.role == ColumnRole::Code {
        return None;
    }
    let inset = |line: &Line| -> Option<Inset> {
        let row = rows.get(line.record)?;
        row.text(column)?;
        row.inset(column)
    };
    let named = || lines.iter().filter(|line| !line.is_apart());
    let insets: Vec<Inset> = named().map(inset).collect::<Option<_>>()?;
    if insets.len() < MIN_ROWS || insets.iter().filter(|inset| inset.centered).count() * 2 > insets.len() {
        return None;
    }
    let mut lefts: Vec<f32> = insets.iter().map(|inset| inset.left).collect();
    lefts.sort_by(f32::total_cmp);
    // The first of each level.
    let mut walls: Vec<f32> = Vec::new();
    let mut last = f32::NEG_INFINITY;
    for left in lefts {
        match walls.last() {
            Some(wall) if left - wall <= SAME_LEVEL => {}
            _ if left - last < MIN_STEP || left > MAX_LEFT => return None,
            _ => walls.push(left),
        }
        last = left;
    }
    if walls.len() < 2 || walls.len() > MAX_LEVELS {
        return None;
    }
    let level_of = |inset: Inset| walls.iter().rposition(|wall| inset.left >= *wall).unwrap_or(0);
    let mut before: Option<usize> = None;
    let mut result = Vec::with_capacity(lines.len());
    for line in lines {
        if line.is_apart() {
            // Below a sum the levels may begin anew.
            before = before.filter(|_| !line.total);
            result.push(0);
            continue;
        }
        let level = level_of(inset(line)?);
        if before.is_some_and(|before| level > before + 1) || before.is_none() && level > 1 {
            return None;
        }
        before = Some(level);
        result.push(u32::try_from(level).ok()?);
    }
    Some(result)
}
