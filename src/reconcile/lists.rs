//! # Lists: what is missing from a list of projects with their indicators, and statements that are blank
//!
//! **What it checks.** In a table that lists projects with their indicators (一级指标 …), each project's indicators stand
//! together by their first level; where two levels or more begin again without a new project above them, the row that
//! opens the next project is missing. A statement of 三公 expenses is not blank where other statements print such
//! expenses.
//!
//! **Why it holds.** The program that prints the list groups indicators by level, so 产出指标 stands once a project. A
//! lost head row takes the project's name and amount with it, and no sum shows that where the list has no 合计.
//!
//! **Example.** 产出, 效益, 满意度, 产出, 效益 below one project: the second project's head is missing.
//!
//! No amount is compared: both sides of such a finding are the amount beside the gap and zero.

use super::identity::{Hypothesis, Identity, Stance};
use super::ledger::FigureId;
use super::{Context, Gap, gaps};
use crate::interpret::{ColumnRole, Statement};
use crate::terms::StatementKind;

/// So many projects must be grouped by level before one that is not counts.
const MIN_WITNESSES: usize = 3;
/// One project in so many may break the grouping; more, and the list is not grouped.
const WITNESSES_PER_GAP: usize = 5;
/// A program may print one indicator out of order; of a lost project several levels begin again.
const MIN_RESTARTS: usize = 2;

/// Proposes what is missing from lists of projects.
pub(super) fn propose(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let mut result = Vec::new();
    for (index, statement) in context.ledger.disclosure.statements.iter().enumerate() {
        let identities: Vec<Identity> = heads(statement)
            .into_iter()
            .filter_map(|(record, column)| context.ledger.cell(index, record, column))
            .map(|id| gaps::gap(id, context.ledger.micro(id), 0, Some(Gap::NextHead)))
            .collect();
        let place = format!("{} projects", statement.id);
        result.push(Hypothesis { place, identities, stance: Stance::Closed });
    }
    let place = "blank statements".to_owned();
    result.push(Hypothesis { place, identities: blank(context).into_iter().collect(), stance: Stance::Closed });
    result
}

/// The record and money column of each project below which another one's head is missing.
fn heads(statement: &Statement) -> Vec<(usize, usize)> {
    let Some(list) = Projects::of(statement) else { return Vec::new() };
    let projects = list.heads();
    let grouped = projects.iter().filter(|head| head.n_restarts == 0 && head.levels.len() >= MIN_RESTARTS).count();
    let broken = projects.iter().filter(|head| head.n_restarts >= MIN_RESTARTS).map(|head| (head.record, list.money));
    let broken: Vec<(usize, usize)> = broken.collect();
    if grouped >= MIN_WITNESSES && grouped >= broken.len() * WITNESSES_PER_GAP { broken } else { Vec::new() }
}

/// A list of projects with their indicators.
pub(super) struct Projects<'s> {
    statement: &'s Statement,
    /// The column of 一级指标.
    level: usize,
    /// The first column of money before it.
    pub(super) money: usize,
}

/// The row that opens a project, or a page of it.
pub(super) struct Head<'s> {
    /// Its record.
    pub(super) record: usize,
    /// The first levels below it, in order.
    levels: Vec<&'s str>,
    /// How many of them begin again.
    n_restarts: usize,
}

impl<'s> Projects<'s> {
    /// The list that a statement holds.
    pub(super) fn of(statement: &'s Statement) -> Option<Self> {
        let leaf = |c: usize| statement.columns.get(c).and_then(|c| c.path.last()).map(String::as_str);
        let level = (0..statement.columns.len()).find(|c| leaf(*c).is_some_and(|leaf| leaf.contains("一级指标")))?;
        let is_money = |c: &usize| statement.columns.get(*c).is_some_and(|c| c.role == ColumnRole::Amount);
        let money = (0..level).find(is_money)?;
        Some(Self { statement, level, money })
    }

    fn text(&self, record: usize, column: usize) -> Option<&'s str> {
        let value = self.statement.records.get(record).and_then(|r| r.values.get(column)?.as_ref());
        value.map(|v| v.text.as_str()).filter(|text| !text.is_empty())
    }

    /// Every row that names a project.
    pub(super) fn heads(&self) -> Vec<Head<'s>> {
        let mut heads: Vec<Head<'s>> = Vec::new();
        for record in 0..self.statement.records.len() {
            if (0..=self.money).any(|column| self.text(record, column).is_some()) {
                heads.push(Head { record, levels: Vec::new(), n_restarts: 0 });
            }
            let Some(head) = heads.last_mut() else { continue };
            let Some(own) = self.text(record, self.level).filter(|own| head.levels.last() != Some(own)) else {
                continue;
            };
            head.n_restarts += usize::from(head.levels.contains(&own));
            head.levels.push(own);
        }
        heads
    }

    /// Whether a head prints the one above it again, since its rows go on overleaf.
    pub(super) fn goes_on(&self, above: &Head<'s>, own: &Head<'s>) -> bool {
        let page = |head: &Head<'s>| self.statement.records.get(head.record).map(|record| record.provenance.page);
        let pair = |column: usize| (self.text(above.record, column), self.text(own.record, column));
        let names = || (0..self.money).map(pair).filter_map(|(above, own)| above.zip(own));
        let is_same = names().all(|(above, own)| above == own) && names().any(|(name, _)| name.chars().count() > 4);
        // Another project of the same name begins with the first level again.
        let goes_on = own.levels.first().is_some_and(|first| {
            above.levels.last() == Some(first) || !above.levels.is_empty() && !above.levels.contains(first)
        });
        page(above) != page(own) && is_same && goes_on
    }
}

/// Rows of other statements that belong into the statement of 三公 expenses.
const THREE_PUBLIC: [&str; 3] = ["公务接待费", "公务用车运行维护费", "因公出国(境)费用"];

/// Such an expense, where the statement of them has no rows and does not say why.
fn blank(context: &Context<'_, '_>) -> Option<Identity> {
    let ledger = context.ledger;
    let statements = &ledger.disclosure.statements;
    let blank = statements
        .iter()
        .position(|s| s.kind == StatementKind::ThreePublicExpenses && s.records.is_empty() && s.notes.is_empty())?;
    let has_money = statements.get(blank)?.columns.iter().any(|column| column.role == ColumnRole::Amount);
    let printed = |id: &FigureId| {
        let statement = ledger.figures.get(*id).and_then(|figure| statements.get(figure.at.statement()?));
        let kind = statement.map(|statement| statement.kind);
        ledger.micro(*id) > 0 && kind == Some(StatementKind::GeneralPublicBudgetBasicExpenditure)
    };
    let figures = THREE_PUBLIC.iter().filter_map(|name| context.names.get(*name)).flatten();
    let id = figures.copied().find(printed).filter(|_| has_money)?;
    Some(gaps::gap(id, ledger.micro(id), 0, Some(Gap::Blank(statements.get(blank)?.id.clone()))))
}
