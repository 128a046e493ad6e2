//! # Factor: 元 under the label 万元
//!
//! **What it checks.** The items that a statement shares with others and with the text are the same amounts, and not ten
//! thousand times as much or as little.
//!
//! **Why it holds.** A disclosure mixes 元 and 万元 from table to table. Sums inside a table hold in either unit, so only
//! other tables can tell that its label is wrong.
//!
//! **Example.** 公务接待费 144,800.00 under 单位：万元, where the statement by economic class prints 14.48万元.
//!
//! A statement is accused when no shared item agrees and several are off by exactly that factor, or one with many digits.

use std::collections::BTreeMap;

use super::identity::{Hypothesis, Identity, Stance};
use super::ledger::{FigureId, Ledger, Micro, significant_digits};
use super::prose::Role;
use super::{Context, FigureRef, narrative};

/// 元 in a 万元.
const FACTOR: Micro = 10_000;
/// So many items off by the factor accuse …
const MIN_ITEMS: usize = 2;
/// … and so many digits among them: 2.00 and 20,000 meet by chance.
const MIN_DIGITS: u32 = 5;
/// More amounts of one name than this are not compared each with each.
const MAX_AMOUNTS: usize = 60;

/// Proposes statements whose unit is off.
pub(super) fn propose(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let ledger = context.ledger;
    // Every name with the different amounts that each statement prints for it; `None` stands for the text.
    let names = narrative::names(ledger);
    let mut prints: BTreeMap<&str, BTreeMap<(Option<usize>, Micro), FigureId>> = BTreeMap::new();
    for (name, figures) in &names {
        let amounts = prints.entry(name).or_default();
        for figure in figures.iter().filter(|id| ledger.micro(**id) != 0) {
            let Some(FigureRef::Cell { statement, .. }) = ledger.figures.get(*figure).map(|f| f.at) else { continue };
            amounts.entry((Some(statement), ledger.micro(*figure))).or_insert(*figure);
        }
    }
    for mention in context.mentions.iter().flatten().filter(|m| m.role == Role::Current && m.value != 0) {
        let Some((name, figure)) = narrative::name_of(&names, &mention.phrase).zip(mention.figure) else { continue };
        prints.entry(name).or_default().insert((None, mention.value), figure);
    }
    let mut tallies: BTreeMap<usize, Tally> = BTreeMap::new();
    for amounts in prints.values().filter(|amounts| amounts.len() <= MAX_AMOUNTS) {
        for ((statement, _), figure) in amounts {
            let Some(statement) = statement else { continue };
            let tally = tallies.entry(*statement).or_default();
            for ((other, _), theirs) in amounts.iter().filter(|((other, _), _)| *other != Some(*statement)) {
                tally.compare(ledger, *figure, *theirs, *other);
            }
        }
    }
    let accused: Vec<(usize, &Tally)> =
        tallies.iter().filter(|(_, t)| t.is_off(ledger)).map(|(s, t)| (*s, t)).collect();
    let mut result = Vec::new();
    for (statement, tally) in &accused {
        // Of two statements that differ by the factor, the one that agrees with nobody else is wrong.
        let worst = accused
            .iter()
            .filter(|(other, _)| tally.off_from.contains_key(&Some(*other)))
            .all(|(other, theirs)| (tally.off.len(), *other) >= (theirs.off.len(), *statement));
        if worst {
            let identities =
                tally.off.values().filter_map(|(own, theirs)| Identity::equal(ledger, *own, *theirs)).collect();
            let place = format!("{} unit", context.statement_id(*statement));
            result.push(Hypothesis { place, identities, stance: Stance::Unit(*statement) });
        }
    }
    result
}

/// How a statement's shared items compare with other prints.
#[derive(Debug, Default)]
struct Tally {
    /// Items that agree somewhere.
    agreeing: usize,
    /// Own figures that are off by the factor, with the print that they are off from.
    off: BTreeMap<FigureId, (FigureId, FigureId)>,
    /// The statements that they are off from.
    off_from: BTreeMap<Option<usize>, usize>,
}

impl Tally {
    fn compare(&mut self, ledger: &Ledger<'_>, own: FigureId, theirs: FigureId, from: Option<usize>) {
        let (a, b) = (ledger.micro(own), ledger.micro(theirs));
        let slack = ledger.step(own).max(ledger.step(theirs));
        if (a - b).abs() <= slack {
            self.agreeing += 1;
            return;
        }
        let (small, large) = if a.abs() < b.abs() { (own, theirs) } else { (theirs, own) };
        let gap = (ledger.micro(small) * FACTOR - ledger.micro(large)).abs();
        // The one printed in the coarser unit is rounded to it.
        let slack = (ledger.step(small) * FACTOR).max(ledger.step(large)) / 2;
        if gap <= slack && significant_digits(ledger.micro(small)) > 1 {
            self.off.entry(own).or_insert((own, theirs));
            *self.off_from.entry(from).or_default() += 1;
        }
    }

    fn is_off(&self, ledger: &Ledger<'_>) -> bool {
        let mut values: Vec<Micro> = self.off.keys().map(|id| ledger.micro(*id)).collect();
        values.sort_unstable();
        values.dedup();
        let digits: u32 = values.iter().map(|value| significant_digits(*value)).sum();
        self.agreeing == 0 && digits >= MIN_DIGITS && (values.len() >= MIN_ITEMS || digits > MIN_DIGITS)
    }
}

/// Whether a figure stands in a statement.
pub(super) fn stands_in(at: FigureRef, accused: usize) -> bool {
    matches!(at, FigureRef::Cell { statement, .. } if statement == accused)
}
