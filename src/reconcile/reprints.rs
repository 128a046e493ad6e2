//! # Reprints: the amount of a project that its list prints again on the next page
//!
//! **What it checks.** In a list of projects with their indicators, where the rows of a project go on overleaf and its
//! name and amount are printed again, the amount is the same.
//!
//! **Why it holds.** It is one merged cell, which the program prints once a page.
//!
//! **Example.** 信息化项目 120.00, its 产出指标; on the next page 信息化项目 120.00 and its 效益指标.
//!
//! Two prints of one cell are no evidence for each other, so only a difference says something, and only where the others
//! of the list agree.

use super::Context;
use super::identity::{Hypothesis, Identity, Stance};
use super::ledger::FigureId;
use super::lists::{self, Head};

/// So many reprints must agree before one that does not is a finding.
const MIN_AGREEING: usize = 4;
/// And so many against each one that does not.
const AGREEING_PER_ODD: usize = 4;

/// Proposes that the prints of one project's amount are equal.
pub(super) fn propose(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let ledger = context.ledger;
    let mut result = Vec::new();
    for (index, statement) in ledger.disclosure.statements.iter().enumerate() {
        let Some(list) = lists::Projects::of(statement) else { continue };
        let heads = list.heads();
        let mut n_agreeing = 0;
        let mut odd: Vec<Vec<FigureId>> = Vec::new();
        for prints in heads.chunk_by(|above, own| list.goes_on(above, own)) {
            let print = |head: &Head<'_>| ledger.cell(index, head.record, list.money);
            let prints: Vec<FigureId> = prints.iter().filter_map(print).collect();
            let differs = prints.windows(2).any(|pair| ledger.micro(pair[0]) != ledger.micro(pair[1]));
            if differs { odd.push(prints) } else { n_agreeing += prints.len().saturating_sub(1) }
        }
        if n_agreeing < MIN_AGREEING.max(odd.len() * AGREEING_PER_ODD) {
            continue;
        }
        // Each against each: the one that differs takes part in most that fail.
        let pairs = odd.iter().flat_map(|prints| {
            prints
                .iter()
                .enumerate()
                .flat_map(|(n, first)| prints.iter().skip(n + 1).map(move |other| (*first, *other)))
        });
        let differs = |(a, b): &(FigureId, FigureId)| ledger.micro(*a) != ledger.micro(*b);
        let identities = pairs.filter(differs).filter_map(|(a, b)| Identity::equal(ledger, a, b)).collect();
        result.push(Hypothesis { place: format!("{} reprints", statement.id), identities, stance: Stance::Closed });
    }
    result
}
