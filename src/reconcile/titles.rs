//! # Titles: a list without a sum row against the amount that its title names
//!
//! **What it checks.** A list of projects adds up to the project expenditure that another statement prints; a list whose
//! title names an item (培训费明细表) adds up to that item.
//!
//! **Why it holds.** Such a list gives the details of one amount of the budget. It has no 合计 of its own, because the
//! amount stands elsewhere: as a row or as the sum of a column of that name.
//!
//! **Example.** 培训费明细表: 7.28 + 1.50 + 1.20 + 12.00 = 30216 培训费 21.98.
//!
//! A list may be incomplete (secret projects, small ones), so it confirms where it adds up, and never accuses.

use super::Context;
use super::identity::{Hypothesis, Identity, Stance};
use super::ledger::FigureId;
use super::same::Item;
use crate::arithmetic::money::Micro;
use crate::arithmetic::side::Side;
use crate::terms::StatementKind;

/// Shorter names (支出, 合计) name everything.
const MIN_NAME: usize = 3;

/// Proposes that each list without a sum row adds up to what its title names.
pub(super) fn propose(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let ledger = context.ledger;
    let mut result = Vec::new();
    for (statement, sides) in ledger.sides.iter().enumerate() {
        let Some(printed) = ledger.disclosure.statements.get(statement) else { continue };
        let title = printed.title.as_deref().unwrap_or_default();
        let lists_projects =
            matches!(printed.kind, StatementKind::ProjectExpenditure | StatementKind::PerformanceTarget);
        let is_named = |name: &str| {
            lists_projects && name.starts_with("项目支出") || name.chars().count() >= MIN_NAME && title.contains(name)
        };
        for side in sides.iter().filter(|side| !side.lines.iter().any(|line| line.total)) {
            for slot in 0..side.amounts.len() {
                let parts = column(side, slot);
                let sum: Micro = parts.iter().map(|id| ledger.micro(*id)).sum();
                let Some(whole) = whole(context, statement, sum, is_named) else { continue };
                let parts = parts.into_iter().map(|id| (id, 1)).collect();
                let identities = Identity::sum(ledger, whole, parts).into_iter().filter(Identity::is_sum).collect();
                let place =
                    format!("{} adds up to what its title names", context.column_place(statement, side.amounts[slot]));
                result.push(Hypothesis { place, identities, stance: Stance::Silent });
            }
        }
    }
    result
}

/// The figures of one column; a row that is printed again on the next page counts once.
fn column(side: &Side, slot: usize) -> Vec<FigureId> {
    let lines = side.lines.iter().filter(|line| !line.reprint);
    lines.filter_map(|line| *line.figures.get(slot)?).collect()
}

/// The figure of an item of such a name that another statement prints with this amount.
fn whole(
    context: &Context<'_, '_>,
    statement: usize,
    amount: Micro,
    is_named: impl Fn(&str) -> bool,
) -> Option<FigureId> {
    let listings = &context.listings;
    let start = listings.prints.partition_point(|(micro, ..)| *micro < amount);
    let mut same = listings.prints.get(start..)?.iter().take_while(|(micro, ..)| *micro == amount && amount != 0);
    same.find_map(|(_, item, column)| {
        let listing = listings.columns.get(*column).filter(|listing| listing.statement != statement)?;
        match listings.items.get(*item)? {
            Item::Name(name) if is_named(name) => listing.figure(*item),
            _ => None,
        }
    })
}
