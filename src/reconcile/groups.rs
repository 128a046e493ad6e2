//! # Groups: an item against its mentions by unit, by project or by another class
//!
//! **What it checks.** An item that one statement prints once equals the sum of the rows of another statement that carry
//! its code: the same 项 under several units, the leaves below a 类 where only leaves are printed, an economic class in
//! several lines; and 住房公积金 by function equals 住房公积金 by economic class.
//!
//! **Why it holds.** A statement by unit (分单位) or by project splits the money of the plain statement and nothing else.
//! Basic expenditure by economic class splits the same money as basic expenditure by function, and a few items are
//! one item in both classifications.
//!
//! **Example.** 2080505 in the plain statement 60.00 = 2080505 of unit one 40.00 + of unit two 20.00.
//!
//! As with the same item, two statements may speak of different money: agreement confirms, disagreement says nothing.

use std::collections::BTreeMap;

use super::Context;
use super::identity::{Hypothesis, Identity, Stance, Tally};
use super::ledger::{FigureId, Ledger};
use super::rows;
use super::same::{Item, ItemId, Listing};
use crate::arithmetic::code::{Code, System};
use crate::arithmetic::money::Micro;
use crate::arithmetic::side::Side;

/// A pair of columns counts when at least this share of its groups agrees.
const AGREE_PERCENT: usize = 70;

/// A column in which items stand on several rows.
struct Grouping {
    statement: usize,
    column: usize,
    /// The figures of each item by the item's number among those of all groupings, in order.
    groups: Vec<(usize, Vec<FigureId>)>,
}

impl Grouping {
    fn figures(&self, item: usize) -> Option<&Vec<FigureId>> {
        let position = self.groups.binary_search_by_key(&item, |(item, _)| *item).ok()?;
        self.groups.get(position).map(|(_, figures)| figures)
    }
}

/// Proposes sums over the rows of one item.
pub(super) fn propose(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let ledger = context.ledger;
    let listings = &context.listings.columns;
    let printed = &context.listings.prints;
    let mut result = Vec::new();
    let (items, groupings) = groupings(ledger);
    // Where each item stands among those that columns print once.
    let places: Vec<Option<ItemId>> =
        items.iter().map(|item| context.listings.items.binary_search(item).ok()).collect();
    for grouping in &groupings {
        let mut agreeing: Vec<usize> = Vec::new();
        for (item, figures) in &grouping.groups {
            let sum: Micro = figures.iter().map(|id| ledger.micro(*id)).sum();
            let Some(item) = places[*item].filter(|_| sum != 0) else { continue };
            let start = printed.partition_point(|(micro, other, _)| (*micro, *other) < (sum, item));
            let rest = printed.get(start..).unwrap_or_default().iter();
            let same = rest.take_while(|(micro, other, _)| (*micro, *other) == (sum, item)).map(|(.., index)| *index);
            agreeing.extend(same.filter(|index| listings[*index].statement != grouping.statement));
        }
        agreeing.sort_unstable();
        agreeing.dedup();
        for index in agreeing {
            result.extend(compare(context, &listings[index], grouping, &places));
        }
    }
    result.extend(regrouped(context, &groupings));
    result
}

/// Two statements that both print an item on several rows (by unit here, by economic class there).
fn regrouped(context: &Context<'_, '_>, groupings: &[Grouping]) -> Vec<Hypothesis> {
    let ledger = context.ledger;
    let sum = |figures: &[FigureId]| -> Micro { figures.iter().map(|id| ledger.micro(*id)).sum() };
    let values = |figures: &[FigureId]| -> Vec<Micro> {
        let mut values: Vec<Micro> = figures.iter().map(|id| ledger.micro(*id)).filter(|micro| *micro != 0).collect();
        values.sort_unstable();
        values
    };
    let mut printed: BTreeMap<(usize, Micro), Vec<usize>> = BTreeMap::new();
    let mut agreeing: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (index, grouping) in groupings.iter().enumerate() {
        for (item, figures) in grouping.groups.iter().filter(|(_, figures)| figures.len() > 1) {
            let key = (*item, sum(figures));
            let others = printed.entry(key).or_default();
            for other in others.iter().filter(|other| groupings[**other].statement != grouping.statement) {
                *agreeing.entry((*other, index)).or_default() += 1;
            }
            if key.1 != 0 && others.len() < MAX_PRINTS {
                others.push(index);
            }
        }
    }
    let mut result = Vec::new();
    for ((a, b), _) in agreeing.into_iter().filter(|(_, n)| *n >= MIN_REGROUPED) {
        let (a, b) = (&groupings[a], &groupings[b]);
        let identities: Vec<Identity> = a
            .groups
            .iter()
            .filter_map(|(item, ours)| {
                let (total, rest) = ours.split_first()?;
                let theirs = b.figures(*item)?;
                // The same amounts again are a repetition and no sum.
                if values(ours) == values(theirs) {
                    return None;
                }
                let parts = theirs.iter().map(|id| (*id, 1)).chain(rest.iter().map(|id| (*id, -1))).collect();
                Identity::sum(ledger, *total, parts)
            })
            .collect();
        let tally = Tally::of(&identities);
        if tally.exact > 0 && tally.held() * 100 >= tally.tried() * AGREE_PERCENT {
            let place = format!(
                "groups of {} = groups of {}",
                context.column_place(a.statement, a.column),
                context.column_place(b.statement, b.column)
            );
            result.push(Hypothesis { place, identities, stance: Stance::Silent });
        }
    }
    result
}

/// Two groupings are compared from so many sums that agree.
const MIN_REGROUPED: usize = 2;
/// More groupings than this that agree on one sum are not paired each with each.
const MAX_PRINTS: usize = 12;

fn compare(
    context: &Context<'_, '_>,
    listing: &Listing,
    grouping: &Grouping,
    places: &[Option<ItemId>],
) -> Option<Hypothesis> {
    let identities: Vec<Identity> = grouping
        .groups
        .iter()
        .filter_map(|(item, figures)| {
            let total = listing.figure(places[*item]?)?;
            Identity::sum(context.ledger, total, figures.iter().map(|id| (*id, 1)).collect())
        })
        .collect();
    let tally = Tally::of(&identities);
    let enough = tally.exact > 0 && tally.held() * 100 >= tally.tried() * AGREE_PERCENT;
    let place = format!(
        "{} = groups of {}",
        context.column_place(listing.statement, listing.column),
        context.column_place(grouping.statement, grouping.column)
    );
    enough.then_some(Hypothesis { place, identities, stance: Stance::Silent })
}

/// Every item that is printed on several rows somewhere, in order, and the columns in which it is.
fn groupings(ledger: &Ledger<'_>) -> (Vec<Item>, Vec<Grouping>) {
    let sides: Vec<(usize, &Side, Vec<Vec<Item>>)> = ledger
        .sides
        .iter()
        .enumerate()
        .filter(|(statement, _)| ledger.disclosure.statements.get(*statement).is_some_and(|s| s.unit.is_some()))
        .flat_map(|(statement, sides)| sides.iter().map(move |side| (statement, side, keys(side))))
        .collect();
    let mut items: Vec<Item> = sides.iter().flat_map(|(.., keys)| keys.iter().flatten()).cloned().collect();
    items.sort_unstable();
    items.dedup();
    let mut result = Vec::new();
    for (statement, side, keys) in sides {
        // The rows of each item, in order: they are the same in every column.
        let number = |item: &Item| items.binary_search(item).unwrap_or_default();
        let lines = keys.iter().enumerate();
        let mut rows: Vec<(usize, usize)> =
            lines.flat_map(|(line, items)| items.iter().map(move |item| (number(item), line))).collect();
        rows.sort_unstable();
        for slot in rows::money_slots(ledger, statement, side) {
            let figure = |line: usize| side.lines.get(line)?.figures.get(slot).copied().flatten();
            let figures = rows.chunk_by(|a, b| a.0 == b.0).map(|rows| {
                let figures: Vec<FigureId> = rows.iter().filter_map(|(_, line)| figure(*line)).collect();
                (rows[0].0, figures)
            });
            let groups: Vec<(usize, Vec<FigureId>)> = figures.filter(|(_, figures)| !figures.is_empty()).collect();
            // A group of one is the same item, and not a sum.
            if groups.iter().any(|(_, figures)| figures.len() > 1) {
                result.push(Grouping { statement, column: side.amounts[slot], groups });
            }
        }
    }
    (items, result)
}

/// The items that each line is a part of: its class and the classes above it, where no row prints those.
fn keys(side: &Side) -> Vec<Vec<Item>> {
    let nested = |system: &System| {
        let codes: Vec<Code> = system.iter().flatten().copied().filter(|code| code.is_class()).collect();
        codes.windows(2).any(|pair| pair[0].heads(pair[1]))
    };
    // Of each coding the classes that others begin with, and whether it prints any of these above them.
    let systems: Vec<(&System, Vec<Code>, bool)> =
        side.systems.iter().map(|system| (system, heads(system), nested(system))).collect();
    side.lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            let mut items = Vec::new();
            if line.reprint {
                return items;
            }
            for (system, heads, nested) in &systems {
                let Some(code) = system.get(index).copied().flatten().filter(|code| code.is_class()) else { continue };
                if heads.binary_search(&code).is_ok() {
                    continue;
                }
                items.push(Item::Class(code));
                // Where the statement prints its own sums over codes they are checked there.
                if *nested {
                    items.extend(line.links());
                    continue;
                }
                items.extend(
                    [3u8, 5].iter().filter(|n| **n < code.n_digits()).filter_map(|n| code.prefix(*n)).map(Item::Class),
                );
                items.extend(line.links());
            }
            if items.is_empty() && !line.total {
                items.extend(line.links());
            }
            items.sort_unstable();
            items.dedup();
            items
        })
        .collect()
}

/// The beginnings of codes that are as long as a class, in order.
fn heads(system: &System) -> Vec<Code> {
    let begin =
        |n: u8| system.iter().flatten().filter(move |code| n < code.n_digits()).filter_map(move |c| c.prefix(n));
    let mut heads: Vec<Code> = [3, 5, 7].into_iter().flat_map(begin).collect();
    heads.sort_unstable();
    heads.dedup();
    heads
}
