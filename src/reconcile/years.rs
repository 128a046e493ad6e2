//! # Years: a row of changes against the two rows above it
//!
//! **What it checks.** Where two rows give one item for two years and the row below them its change (增减变化金额), each
//! column's change is what the one year has more than the other.
//!
//! **Why it holds.** A table that sets years below each other works its last row out from the two others.
//!
//! **Example.** 2025年 59.66, 2026年 58.46, 增减变化金额 -1.20.
//!
//! The years may stand in either order, so both are tried. A row of rates, or one that speaks of other years, agrees
//! hardly anywhere; it says nothing then.

use super::Context;
use super::identity::{Hypothesis, Identity, Stance, Tally};
use super::ledger::Ledger;
use super::rows;
use crate::arithmetic::side::Line;
use crate::interpret::Record;

/// Words of a row that gives changes, and of one that gives them in percent.
const CHANGES: [&str; 3] = ["增减", "变动", "变化"];
const RATES: [&str; 4] = ["%", "率", "幅", "比例"];
/// Longer texts (in bytes: ten characters) tell of a project.
const MAX_NAME: usize = 30;

/// Proposes that each row of changes is the difference of the two rows above it.
pub(super) fn propose(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let ledger = context.ledger;
    let mut result = Vec::new();
    for (statement, sides) in ledger.sides.iter().enumerate() {
        let records = ledger.disclosure.statements.get(statement).map(|s| s.records.as_slice()).unwrap_or_default();
        let gives_changes = |line: &Line| records.get(line.record).is_some_and(gives_changes);
        for side in sides {
            let slots = rows::money_slots(ledger, statement, side);
            let changes = side.lines.windows(3).filter(|lines| gives_changes(&lines[2]) && !gives_changes(&lines[1]));
            for lines in changes {
                let orders = [(1, -1), (-1, 1)].map(|(above, top)| differences(ledger, lines, &slots, (above, top)));
                let best = orders.into_iter().max_by_key(|identities| Tally::of(identities).score());
                let place = format!("{} row {} changes", context.statement_id(statement), lines[2].record + 1);
                result.extend(best.map(|identities| Hypothesis { place, identities, stance: Stance::Silent }));
            }
        }
    }
    result
}

/// Whether a row says so beside its amounts; the column of years names no rows, so it is no part of the side's labels.
fn gives_changes(record: &Record) -> bool {
    let says = |words: &[&str], text: &str| words.iter().any(|word| text.contains(word));
    let texts = record.values.iter().flatten().filter(|value| value.amount.is_none()).map(|value| value.text.trim());
    // Few texts have one of the characters, and one is found faster than a word.
    let mut short = texts.filter(|text| text.len() <= MAX_NAME && text.contains(['增', '变']));
    short.any(|text| says(&CHANGES, text) && !says(&RATES, text))
}

/// In each column the last of three rows against the two above it, counted with these signs.
fn differences(ledger: &Ledger<'_>, lines: &[Line], slots: &[usize], (above, top): (i8, i8)) -> Vec<Identity> {
    let figure = |line: usize, slot: usize| lines.get(line).and_then(|line| *line.figures.get(slot)?);
    let difference = |slot: &usize| {
        let years = [(figure(1, *slot)?, above), (figure(0, *slot)?, top)];
        Identity::sum(ledger, figure(2, *slot)?, years.to_vec())
    };
    slots.iter().filter_map(difference).collect()
}
