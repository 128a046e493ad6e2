//! Figures become facts: equal keys with equal amounts are one, with all its places.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use sha2::{Digest as _, Sha256};

use super::sighting::Sighting;
use super::{Fact, Key, PerCell, Place, Subject, Tie, parts};
use crate::hex;
use crate::reconcile::Trust;
use crate::terms::measure::YearPart;

/// Totals whose year is settled by the other totals of the report.
///
/// 本年支出合计 stands for everything where the report prints no other total; and a 合计 that equals this year's
/// money is no rival of 总计, which holds what was carried over too.
fn settle_years(sightings: &mut [Sighting]) {
    let whole = |key: &Key| Key { year_part: YearPart::All, ..key.clone() };
    let mut totals: BTreeMap<Key, Vec<(YearPart, Decimal, Decimal)>> = BTreeMap::new();
    for sighting in sightings.iter().filter(|s| s.key.year_part != YearPart::CarryOver) {
        totals.entry(whole(&sighting.key)).or_default().push((sighting.key.year_part, sighting.amount, sighting.step));
    }
    for sighting in sightings {
        let Some(rivals) = totals.get(&whole(&sighting.key)) else { continue };
        // Within the last place of either they are one figure.
        let (own, step) = (sighting.amount, sighting.step);
        let printed = |part: YearPart| {
            let of_part = rivals.iter().filter(move |rival| rival.0 == part);
            of_part.map(move |(_, amount, other)| (*amount - own).abs() <= step.max(*other))
        };
        match sighting.key.year_part {
            YearPart::Current if printed(YearPart::All).all(|same| same) => {
                sighting.key.year_part = YearPart::All;
            }
            YearPart::All
                if printed(YearPart::Current).any(|same| same) && printed(YearPart::All).any(|same| !same) =>
            {
                sighting.key.year_part = YearPart::Current;
            }
            _ => {}
        }
    }
}

/// Equal keys with equal amounts are one fact.
pub(super) fn merge(mut sightings: Vec<Sighting>, mut ties: PerCell<Tie>) -> (Vec<Fact>, PerCell<Tie>) {
    settle_years(&mut sightings);
    parts::settle_repeats(&mut sightings, &mut ties);
    let mut by_key: BTreeMap<(Key, Option<u32>), Vec<Sighting>> = BTreeMap::new();
    for sighting in sightings {
        by_key.entry((sighting.key.clone(), sighting.part)).or_default().push(sighting);
    }
    let mut facts = Vec::new();
    for ((key, part), mut group) in by_key {
        // The finest first, so that a coarser figure finds the one that it is rounded from.
        group.sort_by_key(|sighting| sighting.step);
        let first = facts.len();
        for sighting in group {
            let same = |fact: &Fact| (fact.amount - sighting.amount).abs() <= sighting.step;
            let known = facts.iter().skip(first).position(same);
            let position = known.map_or(facts.len(), |known| first + known);
            if known.is_none() {
                facts.push(Fact {
                    id: id(&key, part, sighting.amount),
                    key: key.clone(),
                    part,
                    functional_name: None,
                    economic_name: None,
                    amount: sighting.amount,
                    trust: sighting.trust,
                    disputed: false,
                    places: Vec::new(),
                });
            }
            let Some(fact) = facts.get_mut(position) else { continue };
            fact.functional_name = fact.functional_name.take().or(sighting.functional_name);
            fact.economic_name = fact.economic_name.take().or(sighting.economic_name);
            let blamed = fact.trust == Trust::Contradicted || sighting.trust == Trust::Contradicted;
            fact.trust = if blamed { Trust::Contradicted } else { fact.trust.max(sighting.trust) };
            fact.places.push(sighting.place);
            if let Some((statement, record, column)) = sighting.cell
                && let Some(tie) = ties.get_mut(statement).and_then(|t| t.get_mut(record)?.get_mut(column))
            {
                *tie = Some(Ok(position));
            }
        }
        let n = facts.len() - first;
        // A list that names several projects alike contradicts nothing.
        let alike = key.subject == Subject::Project && one_table(facts.iter().skip(first));
        for fact in facts.iter_mut().skip(first) {
            fact.disputed = n > 1 && !alike;
            fact.places.sort();
        }
    }
    (facts, ties)
}

/// Whether one table prints all of several facts.
fn one_table<'a>(mut facts: impl Iterator<Item = &'a Fact> + Clone) -> bool {
    let tables = |fact: &'a Fact| {
        fact.places.iter().filter_map(|place| match place {
            Place::Cell { table, .. } => Some(table.as_str()),
            _ => None,
        })
    };
    let Some(first) = facts.next() else { return false };
    tables(first).any(|table| facts.clone().all(|fact| tables(fact).any(|other| other == table)))
}

/// The id of a fact.
fn id(key: &Key, part: Option<u32>, amount: Decimal) -> String {
    let part = part.map_or(String::new(), |part| format!(" {part}"));
    hex::short(&Sha256::digest(format!("{key:?}{part} {}", amount.normalize())))
}
