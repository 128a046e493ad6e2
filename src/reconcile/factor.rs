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
//! A statement is accused when hardly any shared item agrees and several are off by exactly that factor, or one with many digits.

use std::collections::BTreeMap;

use super::identity::{Family, Hypothesis, Identity, Outcome, Stance};
use super::ledger::{FigureId, Ledger};
use super::prose::Role;
use super::{Context, FigureRef, columns, gaps, narrative};
use crate::arithmetic::money::{Micro, significant_digits};
use crate::terms::{StatementKind, Unit};

/// 元 in a 万元.
const FACTOR: Micro = 10_000;
/// So many items off by the factor accuse …
const MIN_ITEMS: usize = 2;
/// … so many against each that agrees, as single amounts do by chance …
const OFF_PER_AGREEING: usize = 6;
/// … and so many digits among them: 2.00 and 20,000 meet by chance.
const MIN_DIGITS: u32 = 4;
/// Amounts agree within rounding where they are so many times the last place.
const TOLD_APART: Micro = 20;
/// More amounts of one name than this are not compared each with each.
const MAX_AMOUNTS: usize = 60;

/// An amount by the statement that prints it, with its figure.
type Print = ((Option<usize>, Micro), FigureId);

/// Proposes statements whose unit is off.
pub(super) fn propose(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let ledger = context.ledger;
    // For every name the different amounts that each statement prints for it; `None` stands for the text.
    let names = &context.names;
    let mut prints: Vec<Vec<Print>> = Vec::with_capacity(names.len());
    for figures in names.values() {
        let figures = figures.iter().copied().filter(|id| ledger.micro(*id) != 0);
        let print = |id: FigureId| match ledger.figures.get(id)?.at {
            FigureRef::Cell { statement, .. } => Some(((Some(statement), ledger.micro(id)), id)),
            _ => None,
        };
        prints.push(figures.filter_map(print).collect());
    }
    let keys: Vec<&str> = names.keys().map(String::as_str).collect();
    for mention in context.mentions.iter().flatten().filter(|m| m.role == Role::Current && m.value != 0) {
        let Some((name, figure)) = narrative::name_of(names, &mention.phrase).zip(mention.figure) else { continue };
        let amounts = keys.binary_search(&name).ok().and_then(|position| prints.get_mut(position));
        amounts.into_iter().for_each(|amounts| amounts.push(((None, mention.value), figure)));
    }
    let mut tallies = long_amounts(context);
    for mut amounts in prints {
        amounts.sort_by_key(|(print, _)| *print);
        amounts.dedup_by_key(|(print, _)| *print);
        if amounts.len() > MAX_AMOUNTS {
            continue;
        }
        for same in amounts.chunk_by(|a, b| a.0.0 == b.0.0) {
            let Some(statement) = same.first().and_then(|((statement, _), _)| *statement) else { continue };
            let tally = tallies.entry(statement).or_default();
            for (_, figure) in same {
                for ((other, _), theirs) in amounts.iter().filter(|((other, _), _)| *other != Some(statement)) {
                    tally.compare(ledger, *figure, *theirs, *other);
                }
            }
        }
    }
    // Amounts that others print as well are what they say.
    let said_elsewhere =
        |statement: usize| tallies.get(&statement).is_some_and(|tally| tally.agreeing > 0 && !tally.is_off(ledger));
    let implausible: Vec<Hypothesis> = implausible(context)
        .into_iter()
        .filter(|(statement, _)| !said_elsewhere(*statement))
        .map(|(statement, identity)| Hypothesis {
            place: format!("{} unit", context.statement_id(statement)),
            identities: vec![identity],
            stance: Stance::Unit(statement),
        })
        .collect();
    if !implausible.is_empty() {
        return implausible;
    }
    let accused: Vec<(usize, &Tally)> =
        tallies.iter().filter(|(_, t)| t.is_off(ledger)).map(|(s, t)| (*s, t)).collect();
    let mut result = Vec::new();
    for (statement, tally) in &accused {
        // Of two statements that differ by the factor, the one that agrees with nobody else is wrong; of two alone,
        // the one with the larger amounts: 元 under the label 万元 is the common slip.
        let rank = |statement: usize, tally: &Tally| (tally.off.len(), tally.larger, std::cmp::Reverse(statement));
        let rivals = accused.iter().filter(|(other, _)| tally.off_from.contains_key(&Some(*other)));
        let worst = rivals.into_iter().all(|(other, theirs)| rank(*statement, tally) >= rank(*other, theirs));
        if worst {
            // The label is one fault, told by the pair that says most.
            let telling = tally.off.values().max_by_key(|(own, theirs)| {
                (ledger.significant_digits(*own), ledger.micro(*own).abs(), std::cmp::Reverse(*theirs))
            });
            let identity = telling.and_then(|(own, theirs)| Identity::equal(ledger, *own, *theirs));
            let identities = identity.into_iter().collect();
            let place = format!("{} unit", context.statement_id(*statement));
            result.push(Hypothesis { place, identities, stance: Stance::Unit(*statement) });
        }
    }
    result
}

/// So many digits tell an amount from any other, whatever it is called.
const LONG: u32 = 6;

/// Amounts of many digits against the same ones elsewhere, by value alone.
fn long_amounts(context: &Context<'_, '_>) -> BTreeMap<usize, Tally> {
    let ledger = context.ledger;
    let mut prints: BTreeMap<Micro, BTreeMap<Option<usize>, FigureId>> = BTreeMap::new();
    for (id, figure) in ledger.figures.iter().enumerate().filter(|(_, f)| significant_digits(f.micro) >= LONG) {
        let statement = match figure.at {
            FigureRef::Cell { statement, .. } => {
                let known = ledger.disclosure.statements.get(statement).is_some_and(|s| s.unit.is_some());
                if !known {
                    continue;
                }
                Some(statement)
            }
            _ => None,
        };
        prints.entry(figure.micro).or_default().entry(statement).or_insert(id);
    }
    let mut tallies: BTreeMap<usize, Tally> = BTreeMap::new();
    for (value, here) in &prints {
        for (statement, own) in here.iter().filter_map(|(statement, own)| Some(((*statement)?, *own))) {
            let tally = tallies.entry(statement).or_default();
            tally.agreeing += usize::from(here.len() > 1);
            let mut others = Vec::new();
            others.extend(prints.get(&(value * FACTOR)));
            others.extend(prints.get(&(value / FACTOR)).filter(|_| value % FACTOR == 0));
            for (from, theirs) in others.into_iter().flatten().filter(|(from, _)| **from != Some(statement)) {
                tally.off.entry(own).or_insert((own, *theirs));
                *tally.off_from.entry(*from).or_default() += 1;
            }
        }
    }
    tallies
}

/// A part of the budget that exceeds the whole so many times is in another unit.
const BEYOND_WHOLE: Micro = 5;
/// Budgets in 元 run to thousands and more: a statement of so many amounts, half of them below, is in 万元.
const SMALL_YUAN: Micro = 1_000 * 1_000_000;
/// So few amounts may be small by themselves.
const MIN_SMALL_AMOUNTS: usize = 5;
/// So many amounts are enough where each of them is.
const MIN_ALL_SMALL: usize = 3;

/// Statements whose amounts cannot be in their unit, each with its largest amount against what it should be.
fn implausible(context: &Context<'_, '_>) -> Vec<(usize, Identity)> {
    let ledger = context.ledger;
    let mut amounts: BTreeMap<usize, Vec<(Micro, FigureId)>> = BTreeMap::new();
    for (id, figure) in ledger.figures.iter().enumerate().filter(|(_, f)| f.micro > 0) {
        if let FigureRef::Cell { statement, .. } = figure.at {
            amounts.entry(statement).or_default().push((figure.micro, id));
        }
    }
    amounts.values_mut().for_each(|list| list.sort_unstable());
    let statement = |index: usize| ledger.disclosure.statements.get(index);
    let whole = |index: &usize| statement(*index).is_some_and(|s| s.kind == StatementKind::RevenueExpenditureSummary);
    let total = amounts.iter().filter(|(index, _)| whole(index)).filter_map(|(_, list)| list.last().copied()).max();
    let small: Vec<(usize, Identity)> = amounts
        .iter()
        .filter_map(|(index, list)| {
            let (largest, id) = list.last().copied()?;
            let median = list.get(list.len() / 2).map_or(0, |(micro, _)| *micro);
            let in_yuan = statement(*index).and_then(|s| s.unit) == Some(Unit::Yuan);
            let many = list.len() >= MIN_SMALL_AMOUNTS && median < SMALL_YUAN;
            let all = list.len() >= MIN_ALL_SMALL && largest < SMALL_YUAN;
            let is_small = in_yuan && (many || all);
            is_small.then(|| (*index, gaps::gap(id, largest, largest * FACTOR, None)))
        })
        .collect();
    // A whole that is itself too small proves nothing against its parts.
    if !small.is_empty() {
        return small;
    }
    let mut result = Vec::new();
    // What is owned, or spent over many years, may be many times the budget of one.
    let of_one_year = |id: FigureId| match ledger.figures.get(id).map(|figure| figure.at) {
        Some(FigureRef::Cell { statement: index, column, .. }) => statement(index).is_some_and(|s| {
            let strange = matches!(s.kind, StatementKind::Other | StatementKind::PerformanceTarget);
            let path = s.columns.get(column).map(|column| column.path.as_slice()).unwrap_or_default();
            !strange && !path.iter().any(|cell| columns::is_of_lifetime(cell))
        }),
        _ => false,
    };
    for (index, list) in amounts.iter().filter(|(index, _)| !whole(index)) {
        let Some((largest, id)) = list.iter().rev().copied().find(|(_, id)| of_one_year(*id)) else { continue };
        let unit = statement(*index).and_then(|s| s.unit);
        if let Some((total, whole)) = total.filter(|(total, _)| largest > total * BEYOND_WHOLE)
            && unit == Some(Unit::TenThousandYuan)
            && total > 0
        {
            result.extend(Identity::equal(ledger, id, whole).map(|identity| (*index, identity)));
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
    /// How many of them are the larger one.
    larger: usize,
    /// The statements that they are off from.
    off_from: BTreeMap<Option<usize>, usize>,
}

impl Tally {
    fn compare(&mut self, ledger: &Ledger<'_>, own: FigureId, theirs: FigureId, from: Option<usize>) {
        let (a, b) = (ledger.micro(own), ledger.micro(theirs));
        let slack = ledger.step(own).max(ledger.step(theirs));
        // Next to the last place of the coarser unit, every amount is like every other.
        let told_apart = a.abs().min(b.abs()) > slack * TOLD_APART;
        if a == b || told_apart && (a - b).abs() <= slack {
            self.agreeing += 1;
            return;
        }
        let (small, large) = if a.abs() < b.abs() { (own, theirs) } else { (theirs, own) };
        let gap = (ledger.micro(small) * FACTOR - ledger.micro(large)).abs();
        // The one printed in the coarser unit is rounded to it.
        let slack = (ledger.step(small) * FACTOR).max(ledger.step(large)) / 2;
        if gap <= slack && significant_digits(ledger.micro(small)) > 1 {
            self.off.entry(own).or_insert((own, theirs));
            self.larger += usize::from(large == own);
            *self.off_from.entry(from).or_default() += 1;
        }
    }

    fn is_off(&self, ledger: &Ledger<'_>) -> bool {
        // A pair says as much as the one of fewer digits: 1.3 is near to many amounts.
        let digits = |(own, theirs): &(FigureId, FigureId)| {
            ledger.significant_digits(*own).min(ledger.significant_digits(*theirs))
        };
        let mut values: Vec<(Micro, u32)> =
            self.off.values().map(|pair| (ledger.micro(pair.0), digits(pair))).collect();
        values.sort_unstable();
        values.dedup_by_key(|(value, _)| *value);
        let digits: u32 = values.iter().map(|(_, digits)| digits).sum();
        let is_alone = self.off.len() >= self.agreeing * OFF_PER_AGREEING;
        is_alone && digits >= MIN_DIGITS && (values.len() >= MIN_ITEMS || digits >= LONG)
    }
}

/// Takes back what other checks say of amounts in a wrong unit against amounts elsewhere: it is said once.
pub(super) fn settle(ledger: &Ledger<'_>, families: &mut [Family]) {
    let wrong = families.iter().filter_map(|family| match family.stance {
        Stance::Unit(statement) => Some(statement),
        _ => None,
    });
    let wrong: Vec<usize> = wrong.collect();
    let is_wrong = |id: FigureId| {
        ledger.figures.get(id).is_some_and(|figure| wrong.iter().any(|statement| stands_in(figure.at, *statement)))
    };
    for family in families.iter_mut().filter(|family| !matches!(family.stance, Stance::Unit(_)) && !wrong.is_empty()) {
        family.identities.retain(|identity| {
            let n_wrong = identity.figures().filter(|id| is_wrong(*id)).count();
            let is_mixed = n_wrong > 0 && n_wrong < identity.figures().count();
            !is_mixed || identity.outcome() != Outcome::Failed
        });
    }
}

/// Whether a figure stands in a statement.
pub(super) fn stands_in(at: FigureRef, accused: usize) -> bool {
    at.statement() == Some(accused)
}
