//! Rows that a table prints under one key: parts of it, where the table's own total says so, else nothing that is known.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::sighting::Sighting;
use super::{Key, PerCell, Reason, Subject, Tie};
use crate::terms::measure::{Fund, YearPart};
use crate::terms::subject::{Flow, Nature};

/// Statement, record and column.
type Cell = (usize, usize, usize);

/// A table that prints several amounts under one key lists something that the key does not tell.
///
/// Functions that are repeated for units which no row names are parts, numbered from the top, where the column's total
/// counts each of them. Elsewhere a row may hold the others, and which it is nothing tells.
pub(super) fn settle_repeats(sightings: &mut Vec<Sighting>, ties: &mut PerCell<Tie>) {
    let repeats = repeats(sightings);
    let counted = counted(sightings);
    for (sighting, apart) in sightings.iter_mut().zip(&repeats) {
        let Some(cell) = sighting.cell else { continue };
        match apart {
            Repeat::None => {}
            Repeat::Alike | Repeat::Apart if counted.contains(&cell) => {
                sighting.key.subject = Subject::Cross;
                sighting.part = Some(0);
            }
            Repeat::Alike => {}
            Repeat::Apart | Repeat::InRow => {
                if let Some(tie) = ties.get_mut(cell.0).and_then(|t| t.get_mut(cell.1)?.get_mut(cell.2)) {
                    *tie = Some(Err(Reason::UnknownRow));
                }
            }
        }
    }
    let mut repeats = repeats.iter();
    sightings.retain(|sighting| {
        let apart = matches!(repeats.next(), Some(Repeat::Apart | Repeat::InRow));
        !apart || sighting.part.is_some()
    });
    number(sightings);
}

/// Whether a table prints the key of a figure again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Repeat {
    None,
    /// In another row, with the same amount.
    Alike,
    /// In another row, with another amount.
    Apart,
    /// In its own row alone, with another amount.
    InRow,
}

/// For each figure whether its table repeats its key.
fn repeats(sightings: &[Sighting]) -> Vec<Repeat> {
    let listed = |key: &Key| match key.subject {
        Subject::Function | Subject::Economic | Subject::Cross | Subject::Source => true,
        Subject::Procurement => key.functional_code.is_some(),
        // A unit's name that a narrow cell cuts is that of several.
        Subject::ThreePublic | Subject::Unit => key.unit.is_some(),
        _ => false,
    };
    struct Bounds {
        least: Decimal,
        most: Decimal,
        step: Decimal,
        rows: BTreeSet<usize>,
    }
    let place = |sighting: &Sighting| Some((sighting.key.clone(), sighting.cell?.0)).filter(|(key, _)| listed(key));
    let mut bounds: BTreeMap<(Key, usize), Bounds> = BTreeMap::new();
    for sighting in sightings {
        let Some(place) = place(sighting) else { continue };
        let own = sighting.amount;
        let bounds =
            bounds.entry(place).or_insert(Bounds { least: own, most: own, step: sighting.step, rows: BTreeSet::new() });
        bounds.least = bounds.least.min(own);
        bounds.most = bounds.most.max(own);
        bounds.step = bounds.step.max(sighting.step);
        bounds.rows.extend(sighting.cell.map(|(_, record, _)| record));
    }
    let told = |sighting| match place(sighting).and_then(|place| bounds.get(&place)) {
        Some(bounds) if bounds.most - bounds.least > bounds.step && bounds.rows.len() == 1 => Repeat::InRow,
        Some(bounds) if bounds.most - bounds.least > bounds.step => Repeat::Apart,
        Some(bounds) if bounds.rows.len() > 1 && !bounds.most.is_zero() => Repeat::Alike,
        _ => Repeat::None,
    };
    sightings.iter().map(told).collect()
}

/// The cells of expenditure that the total of their column counts once each: its rows hold none of each other.
fn counted(sightings: &[Sighting]) -> BTreeSet<Cell> {
    #[derive(Default)]
    struct Column<'a> {
        totals: BTreeSet<Decimal>,
        parts: Vec<&'a Sighting>,
        others: bool,
    }
    let mut columns: BTreeMap<(usize, usize), Column> = BTreeMap::new();
    for sighting in sightings {
        let Some((statement, _, column)) = sighting.cell else { continue };
        let column = columns.entry((statement, column)).or_default();
        match sighting.key.subject {
            Subject::Total if sighting.key.unit.is_none() => {
                column.totals.insert(sighting.amount.normalize());
            }
            Subject::Function | Subject::Economic | Subject::Cross if sighting.key.flow == Flow::Expenditure => {
                column.parts.push(sighting);
            }
            _ => column.others = true,
        }
    }
    let mut counted = BTreeSet::new();
    for Column { totals, parts, others } in columns.into_values() {
        let (Some(total), 1, false) = (totals.first(), totals.len(), others) else { continue };
        let step = parts.iter().map(|part| part.step).max().unwrap_or_default();
        let sum: Decimal = parts.iter().map(|part| part.amount).sum();
        if (sum - total).abs() * Decimal::TWO <= step * Decimal::from(parts.len() + 1) {
            counted.extend(parts.iter().filter_map(|part| part.cell));
        }
    }
    counted
}

/// Numbers the parts of each class from the top of its table; a table that prints the same parts again tells them again.
fn number(sightings: &mut [Sighting]) {
    // A row is one part, whatever its columns measure.
    let class = |key: &Key| Key {
        nature: Nature::All,
        fund: Fund::All,
        year_part: YearPart::All,
        year: None,
        item: None,
        ..key.clone()
    };
    type Rows = BTreeMap<usize, BTreeMap<Key, Decimal>>;
    let mut tables: BTreeMap<(Key, usize), Rows> = BTreeMap::new();
    for sighting in sightings.iter().filter(|sighting| sighting.part.is_some()) {
        let Some((statement, record, _)) = sighting.cell else { continue };
        let rows = tables.entry((class(&sighting.key), statement)).or_default();
        rows.entry(record).or_default().insert(sighting.key.clone(), sighting.amount.normalize());
    }
    let mut numbers: BTreeMap<(Key, usize, usize), u32> = BTreeMap::new();
    // Of the class at hand: its parts so far, by the table that printed them first.
    let mut known: Vec<(Vec<&BTreeMap<Key, Decimal>>, u32)> = Vec::new();
    let mut last = None;
    for ((class, statement), rows) in &tables {
        if last != Some(class) {
            known.clear();
            last = Some(class);
        }
        let printed: Vec<_> = rows.values().collect();
        let before = known.iter().find(|(other, _)| *other == printed).map(|(_, before)| *before);
        let before = before.unwrap_or_else(|| {
            let before = known.iter().map(|(rows, _)| u32::try_from(rows.len()).unwrap_or(u32::MAX)).sum();
            known.push((printed, before));
            before
        });
        for (number, record) in (before + 1..).zip(rows.keys()) {
            numbers.insert((class.clone(), *statement, *record), number);
        }
    }
    for sighting in sightings.iter_mut().filter(|sighting| sighting.part.is_some()) {
        let Some((statement, record, _)) = sighting.cell else { continue };
        sighting.part = numbers.get(&(class(&sighting.key), statement, record)).copied();
    }
}
