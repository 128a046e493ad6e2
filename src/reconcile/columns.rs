//! # Columns: the parts of a row under the header tree
//!
//! **What it checks.** In each row, a sum column (合计, 小计, 总计) equals the sum of the columns that the header makes
//! its parts; a change (增减额) equals this year less last year, and its percentage goes with it.
//!
//! **Why it holds.** Headers of the official tables are trees: 合计 over 基本支出 and 项目支出, 基本支出/小计 over
//! 人员经费 and 公用经费. A header cell stands for its own 小计 where it has one. 其中 columns repeat and are no parts.
//!
//! **Example.** 合计 90.00 = 基本支出 60.00 + 项目支出 30.00; 增减额 10.00 = 本年 90.00 − 上年 80.00; 增减% 12.50.
//!
//! Headers leave room for several readings (all neighbours, those of one cell, the next few), so each is tried and the
//! one that the rows bear out is kept.

use super::identity::{Hypothesis, Identity, Outcome, Stance, Tally};
use super::ledger::{FigureId, Ledger};
use super::{Context, FigureRef};
use crate::arithmetic::header::{self, Ground, Proposal};
use crate::arithmetic::label;
use crate::arithmetic::money::{significant_digits, to_micro};
use crate::arithmetic::rounding::round_to;
use crate::interpret::Column;

/// Proposes the sums over the columns of every statement.
pub(super) fn propose(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let ledger = context.ledger;
    let mut result = Vec::new();
    for (statement, sides) in ledger.sides.iter().enumerate() {
        let Some(printed) = ledger.disclosure.statements.get(statement) else { continue };
        for side in sides {
            let headers = header::tree(&printed.columns, &side.amounts);
            let records: Vec<usize> = side.lines.iter().map(|line| line.record).collect();
            let rows = Rows { ledger, statement, records: &records, columns: &printed.columns };
            let proposals = header::proposals(&headers);
            let mut totals: Vec<usize> = proposals.iter().map(|p| p.total).collect();
            totals.sort_unstable();
            totals.dedup();
            let aside = |identity: &Identity| stands_aside(&rows, &proposals, &side.amounts, identity);
            for total in totals {
                result.extend(sums(context, &rows, proposals.iter().filter(|p| p.total == total), &aside));
            }
            result.extend(changes(context, &rows, &headers, &side.amounts));
        }
    }
    result
}

struct Rows<'l, 'd> {
    ledger: &'l Ledger<'d>,
    statement: usize,
    records: &'l [usize],
    columns: &'l [Column],
}

impl Rows<'_, '_> {
    fn identities(&self, total: usize, parts: &[(usize, i8)]) -> Vec<Identity> {
        self.records
            .iter()
            .filter_map(|record| {
                let cell = |column: usize| self.ledger.cell(self.statement, *record, column);
                let figures: Vec<(FigureId, i8)> =
                    parts.iter().filter_map(|(column, sign)| cell(*column).map(|id| (id, *sign))).collect();
                match cell(total) {
                    Some(total) => Identity::sum(self.ledger, total, figures),
                    None => Identity::without_total(self.ledger, figures),
                }
            })
            .collect()
    }

    fn stands_in(&self, figure: FigureId, column: usize) -> bool {
        let at = self.ledger.figures.get(figure).map(|figure| figure.at);
        matches!(at, Some(FigureRef::Cell { column: own, .. }) if own == column)
    }

    fn leaf(&self, column: usize) -> &str {
        self.columns.get(column).and_then(|c| c.path.last()).map(String::as_str).unwrap_or_default()
    }

    fn name(&self, column: usize) -> String {
        self.columns.get(column).map(|c| c.path.join("/")).unwrap_or_default()
    }
}

/// The best reading of one sum column, and every other way to split it that holds as well.
fn sums<'p>(
    context: &Context<'_, '_>,
    rows: &Rows<'_, '_>,
    rivals: impl Iterator<Item = &'p Proposal>,
    aside: &dyn Fn(&Identity) -> bool,
) -> Vec<Hypothesis> {
    let mut best: Option<(Tally, &Proposal, Vec<Identity>)> = None;
    let mut splits: Vec<(&Proposal, Vec<Identity>)> = Vec::new();
    for proposal in rivals {
        let is_ratio = |column: &usize| label::header_is_ratio(rows.leaf(*column));
        if is_ratio(&proposal.total) || proposal.parts.iter().all(is_ratio) {
            continue;
        }
        let parts: Vec<(usize, i8)> = proposal.parts.iter().filter(|c| !is_ratio(c)).map(|c| (*c, 1)).collect();
        let identities = rows.identities(proposal.total, &parts);
        let tally = Tally::of(&identities);
        if matches!(proposal.ground, Ground::Split | Ground::Selection) && tally.held() > 0 && tally.failed == 0 {
            splits.push((proposal, identities.clone()));
        }
        if proposal.ground != Ground::Selection && best.as_ref().is_none_or(|(other, _, _)| is_better(tally, *other)) {
            best = Some((tally, proposal, identities));
        }
    }
    let place = |proposal: &Proposal| {
        let parts: Vec<String> = proposal.parts.iter().map(|c| rows.leaf(*c).to_owned()).collect();
        format!("{} {} = {}", context.statement_id(rows.statement), rows.name(proposal.total), parts.join(" + "))
    };
    let mut result = Vec::new();
    for (proposal, identities) in splits {
        if best.as_ref().is_none_or(|(_, chosen, _)| proposal.parts != chosen.parts) {
            let stance = if proposal.ground == Ground::Selection { Stance::Silent } else { Stance::Open };
            result.push(Hypothesis { place: place(proposal), identities, stance });
        }
    }
    let Some((_, chosen, mut identities)) = best else { return result };
    // Of a table with a row or two, only what looks like a misprint of a plain 合计 is a finding.
    for identity in identities.iter_mut().filter(|_| chosen.ground == Ground::Siblings) {
        identity.sound = significant_digits(identity.left - identity.right) == 1;
    }
    let stands_aside = |identity: &mut Identity| identity.outcome() == Outcome::Failed && aside(identity);
    let shifted: Vec<Identity> = identities.extract_if(.., stands_aside).collect();
    // What a project costs over all its years need not be told year by year.
    let stance = if is_of_lifetime(rows.leaf(chosen.total)) { Stance::Silent } else { Stance::Open };
    result.push(Hypothesis { place: format!("{}, aside", place(chosen)), identities: shifted, stance: Stance::Closed });
    result.insert(0, Hypothesis { place: place(chosen), identities, stance });
    result
}

/// A sum that holds one column aside says something from so many digits.
const MIN_DIGITS: u32 = 3;

/// Whether the row of an identity prints nothing in the first column of money, and no sum of it holds but where each amount
/// stands one column to the left.
fn stands_aside(rows: &Rows<'_, '_>, proposals: &[Proposal], amounts: &[usize], identity: &Identity) -> bool {
    let ledger = rows.ledger;
    let at = ledger.figures.get(identity.total).map(|figure| figure.at);
    let Some(FigureRef::Cell { record, .. }) = at.filter(|_| identity.left == 0) else { return false };
    let cell = |column: usize| ledger.cell(rows.statement, record, column);
    let next = |column: usize| {
        let position = amounts.iter().position(|other| *other == column)?;
        amounts.get(position + 1).copied()
    };
    let is_no_chance = |id: FigureId| ledger.significant_digits(id) >= MIN_DIGITS;
    let adds_up = |figure: &dyn Fn(usize) -> Option<FigureId>| {
        proposals.iter().filter(|p| p.ground == Ground::Siblings).any(|proposal| {
            let parts = proposal.parts.iter().filter_map(|column| Some((figure(*column)?, 1))).collect();
            let sum = figure(proposal.total).and_then(|total| Identity::sum(ledger, total, parts));
            sum.is_some_and(|sum| sum.is_sum() && sum.outcome() == Outcome::Exact && is_no_chance(sum.total))
        })
    };
    let is_blank = |column: &usize| cell(*column).is_none_or(|id| ledger.micro(id) == 0);
    amounts.first().is_some_and(is_blank) && !adds_up(&cell) && adds_up(&|column| next(column).and_then(cell))
}

/// Words of columns of what is spent before and after the years that stand beside them.
const LIFETIME: [&str; 4] = ["投资", "概算", "合同", "总需求"];

/// Whether a header speaks of what a project costs over all its years.
pub(super) fn is_of_lifetime(header: &str) -> bool {
    LIFETIME.iter().any(|word| header.contains(word))
}

/// Whether one reading of the header is borne out better than another: where one fails nowhere, it is the one.
fn is_better(own: Tally, other: Tally) -> bool {
    if (own.failed == 0) != (other.failed == 0) && own.held() > 0 && other.held() > 0 {
        let (whole, rest) = if own.failed == 0 { (own, other) } else { (other, own) };
        if whole.held() >= rest.held() {
            return own.failed == 0;
        }
    }
    own.score() > other.score()
}

/// More candidate columns than this are not paired for a change.
const MAX_CHANGE_COLUMNS: usize = 12;

/// 增减额 and 增减% against the two columns or blocks of columns that they compare.
fn changes(
    context: &Context<'_, '_>,
    rows: &Rows<'_, '_>,
    headers: &[header::Header],
    amounts: &[usize],
) -> Vec<Hypothesis> {
    let mut result = Vec::new();
    let change = |text: &str| text.contains("增减") || text.contains("增长") || text.contains("变动");
    let named = |column: usize| rows.columns.get(column).is_some_and(|c| c.path.iter().any(|t| change(t)));
    for column in amounts.iter().copied().filter(|c| named(*c)) {
        let candidates: Vec<usize> =
            amounts.iter().copied().filter(|c| *c < column && !named(*c)).take(MAX_CHANGE_COLUMNS).collect();
        let is_ratio = label::header_is_ratio(rows.leaf(column));
        // Under blocks with the same leaves only namesakes are compared.
        let same_leaf: Vec<usize> = candidates
            .iter()
            .copied()
            .filter(|c| rows.leaf(*c) == rows.leaf(column) && in_block(headers, *c))
            .collect();
        let candidates = if same_leaf.len() >= 2 { same_leaf } else { candidates };
        let mut best: Option<(Tally, usize, usize, Vec<Identity>)> = None;
        for now in &candidates {
            for then in candidates.iter().filter(|c| *c != now) {
                let identities = if is_ratio {
                    percentages(rows, column, *now, *then)
                } else {
                    let identities = rows.identities(column, &[(*now, 1), (*then, -1)]);
                    // A change that is not printed says nothing.
                    let is_printed = |identity: &Identity| rows.stands_in(identity.total, column);
                    identities.into_iter().filter(is_printed).collect()
                };
                let tally = Tally::of(&identities);
                if tally.failed * 4 <= tally.held() && best.as_ref().is_none_or(|(b, ..)| tally.score() > b.score()) {
                    best = Some((tally, *now, *then, identities));
                }
            }
        }
        if let Some((_, now, then, identities)) = best {
            let id = context.statement_id(rows.statement);
            let place = format!("{id} {} = {} − {}", rows.name(column), rows.leaf(now), rows.leaf(then));
            result.push(Hypothesis { place, identities, stance: Stance::Open });
        }
    }
    result
}

fn in_block(headers: &[header::Header], column: usize) -> bool {
    header::blocks(headers).iter().any(|(_, leaves)| leaves.contains(&column))
}

/// 增减% as printed against 100 × (this year − last year) / last year, to half a unit of its last place.
fn percentages(rows: &Rows<'_, '_>, column: usize, now: usize, then: usize) -> Vec<Identity> {
    let hundred = to_micro(100.into(), 1).unwrap_or(1);
    rows.records
        .iter()
        .filter_map(|record| {
            let cell = |c: usize| rows.ledger.cell(rows.statement, *record, c);
            let (total, now, then) = (cell(column)?, cell(now)?, cell(then)?);
            if [total, now, then].iter().any(|id| rows.ledger.is_unknown(*id)) {
                return None;
            }
            let before = rows.ledger.micro(then);
            let left = rows.ledger.micro(total);
            if before == 0 || left == 0 {
                return None;
            }
            let change = rows.ledger.micro(now) - before;
            let right = change.checked_mul(hundred)?.checked_div(before)?;
            let step = rows.ledger.step(total);
            let right = round_to(right, step);
            // What rounding of either year moves the rate by: a small base moves it far.
            let least = (before.abs() - rows.ledger.step(then) / 2).max(1);
            let half = (rows.ledger.step(now) + rows.ledger.step(then)) / 2;
            let moved = half.checked_mul(hundred)?.checked_div(least)?;
            let tilted = moved.checked_mul(change.abs())?.checked_div(least)?;
            let parts = vec![(now, 0), (then, 0)];
            Some(Identity {
                total,
                parts,
                left,
                right,
                allowance: step + moved + tilted,
                n_nonzero: 2,
                itemized: false,
                sound: false,
                blank_records: Vec::new(),
                gap: None,
            })
        })
        .collect()
}
