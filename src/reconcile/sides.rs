//! # Sides: revenue equals expenditure
//!
//! **What it checks.** In a statement with several sides, the last sums of the sides agree, and so do sums of the same
//! name in one row.
//!
//! **Why it holds.** A 收支总表 is closed: what comes in (本年收入合计 + 上年结转 = 收入总计) is spent or carried over
//! (本年支出合计 + 结转下年 = 支出总计). Where expenditure is split several ways side by side (by function, by economic
//! class) every way adds up to the same. That a side's own items close with its sums is the business of the rows.
//!
//! **Example.** 收入总计 120.00 = 支出总计 120.00; 本年支出合计 118.00 in each of three splits.

use super::identity::{Hypothesis, Identity, Stance};
use super::ledger::Ledger;
use super::{Context, Gap, gaps};
use crate::arithmetic::side::{Line, Side};
use crate::interpret::Statement;
use crate::terms::StatementKind;
use crate::terms::saying::{self, Saying};

/// Proposes the equality of the sides of each statement.
pub(super) fn propose(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let ledger = context.ledger;
    let mut result = Vec::new();
    for (statement, sides) in ledger.sides.iter().enumerate() {
        let Some(printed) = ledger.disclosure.statements.get(statement) else { continue };
        let mut identities = Vec::new();
        for (index, right) in sides.iter().enumerate().skip(1) {
            for line in right.lines.iter().filter(|line| line.total) {
                let partner = sides.iter().take(index).find_map(|left| partner(printed, left, right, line));
                let pair = partner.and_then(|left| Some((first(left)?, first(line)?)));
                // A sum merged over both sides is one figure.
                identities.extend(pair.filter(|(a, b)| a != b).and_then(|(a, b)| Identity::equal(ledger, a, b)));
            }
        }
        identities.extend(blank_total(ledger, sides));
        let place = format!("{} revenue = expenditure", context.statement_id(statement));
        result.push(Hypothesis { place, identities, stance: Stance::Closed });
    }
    result
}

/// A side with amounts whose last sum is blank beside a filled one.
fn blank_total(ledger: &Ledger<'_>, sides: &[Side]) -> Option<Identity> {
    let closing = |side: &Side| side.lines.iter().rfind(|line| line.total).cloned();
    let filled = |line: &Line| line.figures.iter().any(Option::is_some);
    let spent = |side: &Side| {
        side.lines.iter().any(|line| !line.total && line.figures.iter().flatten().any(|id| ledger.micro(*id) != 0))
    };
    let blank = sides.iter().filter(|side| spent(side)).find_map(|side| closing(side).filter(|line| !filled(line)))?;
    let beside = sides.iter().find_map(|side| {
        closing(side).filter(|line| line.record == blank.record && filled(line) && line.shared.is_none())
    })?;
    let id = first(&beside).filter(|id| ledger.micro(*id) != 0)?;
    let left = ledger.micro(id);
    Some(gaps::gap(id, left, 0, Some(Gap::Sum)))
}

/// The figure in the first amount column: the sum over all kinds of money where there are several.
fn first(line: &Line) -> Option<usize> {
    *line.figures.first()?
}

/// The sum in the same row of another side that must agree with this one.
fn partner<'s>(statement: &Statement, left: &'s Side, right: &Side, line: &Line) -> Option<&'s Line> {
    let other = left.lines.iter().find(|other| other.record == line.record && other.total)?;
    let same_name = other.label.name == line.label.name;
    let last = |side: &Side, line: &Line| side.lines.iter().rfind(|l| l.total).map(|l| l.record) == Some(line.record);
    let closes = |line: &Line| line.label.name.ends_with("总计");
    let last_of_both = last(left, other) && last(right, line);
    // 人员经费合计 beside 公用经费合计 are no two sides of one sum.
    let mirrored = mirror(&other.label.name) == mirror(&line.label.name);
    let agrees = same_name || closes(other) && closes(line) || last_of_both && mirrored;
    let names_flow = |line: &Line| line.label.name.contains(['收', '支']);
    let is_told = names_flow(line) && names_flow(other) || is_flow(statement, left) && is_flow(statement, right);
    (agrees && is_told).then_some(other)
}

/// Whether a side is all revenue or all expenditure: 合计 of 人员经费 beside 合计 of 公用经费 are two sums.
fn is_flow(statement: &Statement, side: &Side) -> bool {
    if matches!(statement.kind, StatementKind::RevenueExpenditureSummary | StatementKind::FiscalAppropriationSummary) {
        return true;
    }
    let columns = side.head.iter().chain(&side.amounts).filter_map(|column| statement.columns.get(*column));
    let sayings: Vec<Saying> = columns.flat_map(|column| &column.path).flat_map(|cell| saying::read(cell).0).collect();
    let is_part = sayings.iter().any(|saying| matches!(saying, Saying::Nature(_)));
    !is_part && sayings.iter().any(|saying| matches!(saying, Saying::Flow(_)))
}

/// A name without the word that tells the sides apart.
fn mirror(name: &str) -> String {
    name.replace("收入", "").replace("支出", "")
}
