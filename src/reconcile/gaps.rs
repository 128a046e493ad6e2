//! # Gaps: a row that is missing
//!
//! **What it checks.** A 款 has its 类 above it and 项 below it where all the others have; the enumerators of a list count
//! on (一、二、三、); a statement has a 合计 where its sisters have one.
//!
//! **Why it holds.** These rows come from one program that prints all levels of the classification or none, and numbers
//! what it lists. Where a single row breaks the pattern, a row was lost, by the bureau or in the reading; no sum shows
//! that where the lost row was the only part of its parent, or a parent whose parts were all printed.
//!
//! **Example.** 208, 20805, 2080501, 210, 2101101: the 款 21011 is missing. 一、 二、 四、: 三、 is missing.
//!
//! No amount is compared: both sides of such a finding are the amount beside the gap and zero, or for enumerators the
//! number found and the number expected.

use super::Context;
use super::code::{Code, System};
use super::identity::{Hypothesis, Identity, Stance};
use super::ledger::{FigureId, Micro};
use super::side::{Line, Side};

/// So many rows must keep the pattern that one breaks.
const MIN_WITNESSES: usize = 4;
/// One in so many rows may break it; more, and there is no pattern.
const WITNESSES_PER_GAP: usize = 6;

/// Proposes what is missing from the rows of every side.
pub(super) fn propose(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let mut result = Vec::new();
    for (statement, sides) in context.ledger.sides.iter().enumerate() {
        let mut identities = Vec::new();
        for side in sides {
            for system in &side.systems {
                identities.extend(levels(context, side, system));
            }
            identities.extend(counting(side));
        }
        let place = format!("{} gaps", context.statement_id(statement));
        result.push(Hypothesis { place, identities, stance: Stance::Closed });
    }
    result.push(Hypothesis {
        place: "a sum row is missing".to_owned(),
        identities: sums(context),
        stance: Stance::Closed,
    });
    result
}

fn first(line: &Line) -> Option<FigureId> {
    line.figures.iter().copied().find_map(|figure| figure)
}

/// An identity that only names a place.
fn gap(beside: FigureId, left: Micro, right: Micro) -> Identity {
    Identity { total: beside, parts: Vec::new(), left, right, allowance: 0, n_nonzero: 0 }
}

/// Rows whose class is not printed above them, and classes with nothing below them.
fn levels(context: &Context<'_, '_>, side: &Side, system: &System) -> Vec<Identity> {
    let codes: Vec<(usize, Code)> = system
        .iter()
        .enumerate()
        .filter_map(|(line, code)| Some((line, (*code)?)))
        .filter(|(_, code)| code.is_class())
        .collect();
    let deepest = codes.iter().map(|(_, code)| code.n_digits()).max().unwrap_or(0);
    let mut kept = 0;
    let mut broken: Vec<usize> = Vec::new();
    for (position, (line, code)) in codes.iter().enumerate() {
        if code.n_digits() > 3 {
            let class = code.prefix(code.n_digits() - 2);
            let above = codes.iter().take(position).rev().map(|(_, other)| *other);
            // Within the rows of the same 类: the nearest shorter code must be the class itself.
            match above.into_iter().find(|other| other.n_digits() < code.n_digits()) {
                other if other == class => kept += 1,
                _ => broken.push(*line),
            }
        }
        if code.n_digits() < deepest {
            let next = codes.get(position + 1).map(|(_, other)| *other);
            match next.is_some_and(|next| code.heads(next)) {
                true => kept += 1,
                false => broken.push(*line),
            }
        }
    }
    if broken.is_empty() || kept < MIN_WITNESSES || kept < broken.len() * WITNESSES_PER_GAP {
        return Vec::new();
    }
    let figures = broken.into_iter().filter_map(|line| side.lines.get(line).and_then(first));
    let mut figures: Vec<FigureId> = figures.filter(|id| context.ledger.micro(*id) != 0).collect();
    figures.dedup();
    figures.into_iter().map(|id| gap(id, context.ledger.micro(id), 0)).collect()
}

/// Enumerators of one way of counting that skip a number.
fn counting(side: &Side) -> Vec<Identity> {
    let mut kept = 0;
    let mut skipped = Vec::new();
    let mut last: Option<(u8, u32)> = None;
    for (index, line) in side.lines.iter().enumerate() {
        if line.total {
            last = None;
        }
        let Some(mark) = line.label.mark.filter(|mark| mark.style < 2) else { continue };
        match last.filter(|(style, _)| *style == mark.style) {
            Some((_, before)) if mark.ordinal == before + 1 => kept += 1,
            // A list that prints only some of the numbers skips more than one.
            Some((_, before)) if mark.ordinal == before + 2 => skipped.push((index, mark.ordinal)),
            Some((_, before)) if mark.ordinal > before => return Vec::new(),
            _ => {}
        }
        last = Some((mark.style, mark.ordinal));
    }
    if skipped.len() != 1 || kept < MIN_WITNESSES {
        return Vec::new();
    }
    skipped
        .into_iter()
        .filter_map(|(index, ordinal)| {
            // The gap stands between two rows; either may be blank.
            let near = side.lines.iter().skip(index).chain(side.lines.iter().take(index).rev()).find_map(first)?;
            let number = |n: u32| Micro::from(n) * 1_000_000;
            Some(gap(near, number(ordinal), number(ordinal - 1)))
        })
        .collect()
}

/// Statements with coded rows and no 合计, where every other one with coded rows has it.
fn sums(context: &Context<'_, '_>) -> Vec<Identity> {
    let coded = |side: &&Side| {
        let classes = side.systems.iter().flatten().flatten().filter(|code| code.is_class()).count();
        classes >= 2 && side.lines.iter().filter_map(first).count() >= 2
    };
    let sides: Vec<&Side> =
        context.ledger.sides.iter().filter(|sides| sides.len() == 1).flatten().filter(coded).collect();
    let (with, without): (Vec<&Side>, Vec<&Side>) = sides.into_iter().partition(|s| s.lines.iter().any(|l| l.total));
    if with.len() < MIN_WITNESSES - 1 || without.len() != 1 {
        return Vec::new();
    }
    without
        .iter()
        .filter_map(|side| side.lines.iter().find_map(first))
        .map(|id| gap(id, context.ledger.micro(id), 0))
        .collect()
}
