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

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::code::{Code, System};
use super::identity::{Hypothesis, Identity, Stance};
use super::ledger::{FigureId, Micro};
use super::side::{Line, Side};

/// So many classes must keep the pattern that one breaks.
const MIN_WITNESSES: usize = 3;
/// One in so many classes may break it; more, and there is no pattern.
const WITNESSES_PER_GAP: usize = 6;
/// The same, where another statement prints what is missing here.
const WITNESSES_PER_KNOWN_GAP: usize = 2;

/// Proposes what is missing from the rows of every side.
pub(super) fn propose(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let mut result = Vec::new();
    let heads: Vec<BTreeSet<Code>> =
        context.ledger.sides.iter().map(|sides| sides.iter().flat_map(headed).collect()).collect();
    for (statement, sides) in context.ledger.sides.iter().enumerate() {
        let others = heads.iter().enumerate().filter(|(other, _)| *other != statement);
        let elsewhere: BTreeSet<Code> = others.flat_map(|(_, codes)| codes.iter().copied()).collect();
        let mut identities = Vec::new();
        for side in sides {
            for system in &side.systems {
                identities.extend(levels(context, side, system, &elsewhere));
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
    Identity { total: beside, parts: Vec::new(), left, right, allowance: 0, n_nonzero: 0, sound: true }
}

/// Rows whose class is not printed above them, and classes with nothing below them.
fn levels(context: &Context<'_, '_>, side: &Side, system: &System, elsewhere: &BTreeSet<Code>) -> Vec<Identity> {
    let codes: Vec<(usize, Code)> = system
        .iter()
        .enumerate()
        .filter_map(|(line, code)| Some((line, (*code)?)))
        .filter(|(_, code)| code.is_class())
        .collect();
    let deepest = codes.iter().map(|(_, code)| code.n_digits()).max().unwrap_or(0);
    // Classes that stand where they should, and those that do not with the row beside the gap.
    let mut kept: BTreeSet<Code> = BTreeSet::new();
    let mut absent: BTreeMap<Code, usize> = BTreeMap::new();
    let mut childless: BTreeMap<Code, usize> = BTreeMap::new();
    for (position, (line, code)) in codes.iter().enumerate() {
        if let Some(class) = code.prefix(code.n_digits().saturating_sub(2)).filter(|_| code.n_digits() > 3) {
            let above = codes.iter().take(position).rev().map(|(_, other)| *other);
            // The nearest shorter code above must be the class itself.
            if above.into_iter().find(|other| other.n_digits() < code.n_digits()) == Some(class) {
                kept.insert(class);
            } else {
                absent.entry(class).or_insert(*line);
            }
        }
        if code.n_digits() < deepest && codes.get(position + 1).is_none_or(|(_, next)| !code.heads(*next)) {
            childless.insert(*code, *line);
        }
    }
    let broken: Vec<(Code, usize)> =
        absent.into_iter().chain(childless).filter(|(code, _)| !kept.contains(code)).collect();
    // What other statements print at this place is as good as many witnesses.
    let printed_elsewhere = broken.iter().all(|(code, _)| elsewhere.contains(code));
    let needed = if printed_elsewhere { WITNESSES_PER_KNOWN_GAP } else { WITNESSES_PER_GAP };
    if broken.is_empty() || kept.len() < MIN_WITNESSES || kept.len() < broken.len() * needed {
        return Vec::new();
    }
    let figures = broken.into_iter().filter_map(|(_, line)| side.lines.get(line).and_then(first));
    let mut figures: Vec<FigureId> = figures.filter(|id| context.ledger.micro(*id) != 0).collect();
    figures.dedup();
    figures.into_iter().map(|id| gap(id, context.ledger.micro(id), 0)).collect()
}

/// The classes that each statement prints with rows below them.
fn headed(side: &Side) -> BTreeSet<Code> {
    let classes =
        |system: &System| -> Vec<Code> { system.iter().flatten().copied().filter(|c| c.is_class()).collect() };
    let mut result = BTreeSet::new();
    for codes in side.systems.iter().map(classes) {
        result.extend(codes.windows(2).filter(|pair| pair[0].heads(pair[1])).map(|pair| pair[0]));
    }
    result
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
    if with.len() < MIN_WITNESSES || without.len() != 1 {
        return Vec::new();
    }
    without
        .iter()
        .filter_map(|side| side.lines.iter().find_map(first))
        .map(|id| gap(id, context.ledger.micro(id), 0))
        .collect()
}
