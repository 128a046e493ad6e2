//! Identities as the published checks say them: both sides in yuan, places by id, row and column, pages.

use std::collections::{BTreeMap, HashSet};

use super::blame::Blame;
use super::identity::{Family, Identity, Outcome, Verdict};
use super::ledger::FigureId;
use super::{Check, Context, FigureRef, Rule};
use crate::arithmetic::money::to_decimal;

/// Every identity of the families that apply, failures first; repetitions that hold are left out.
pub(super) fn checks(context: &Context<'_, '_>, families: &[Family], blame: &Blame) -> Vec<Check> {
    let mut failed = Vec::new();
    let mut held = Vec::new();
    for (index, family) in families.iter().enumerate() {
        for (position, identity) in family.identities.iter().enumerate() {
            match (family.verdict, identity.outcome()) {
                (Verdict::Dropped, _) | (Verdict::Confirms, Outcome::Failed) => {}
                (Verdict::Accuses, Outcome::Failed) => {
                    let suspects = blame.suspects.get(&(index, position)).map(Vec::as_slice).unwrap_or_default();
                    failed.push(check(context, family.rule, identity, suspects));
                }
                _ if identity.is_sum() => held.push(check(context, family.rule, identity, &[])),
                _ => {}
            }
        }
    }
    // The same two sums come of several columns that repeat each other.
    let mut told = HashSet::with_capacity(held.len());
    let is_new: Vec<bool> = held
        .iter()
        .map(|check: &Check| {
            told.insert((check.rule, check.place.as_str(), check.right, check.participants.as_slice()))
        })
        .collect();
    failed.extend(held.into_iter().zip(is_new).filter(|(_, is_new)| *is_new).map(|(check, _)| check));
    failed
}

fn check(context: &Context<'_, '_>, rule: Rule, identity: &Identity, suspects: &[FigureId]) -> Check {
    let ledger = context.ledger;
    let at = |id: FigureId| ledger.figures.get(id).map(|f| f.at);
    let mut pages: Vec<u32> = identity.figures().filter_map(|id| ledger.figures.get(id)).map(|f| f.page).collect();
    pages.sort_unstable();
    pages.dedup();
    let mut participants: Vec<&str> = Vec::new();
    for id in identity.figures() {
        let name = at(id).map(|at| context.holder(at)).unwrap_or_default();
        if !name.is_empty() && !participants.contains(&name) {
            participants.push(name);
        }
    }
    let holds = identity.outcome() != Outcome::Failed;
    let is_exact = identity.outcome() == Outcome::Exact;
    let subject = suspects.first().copied().unwrap_or(identity.total);
    Check {
        rule,
        holds,
        left: to_decimal(identity.left),
        right: to_decimal(identity.right),
        allowance: to_decimal(identity.allowance),
        place: at(subject).map(|at| context.place(at)).unwrap_or_default(),
        participants: participants.into_iter().map(str::to_owned).collect(),
        pages,
        blame: suspects.iter().filter_map(|id| at(*id)).collect(),
        figures: if is_exact { Vec::new() } else { identity.figures().filter_map(at).collect() },
        gap: identity.gap.clone(),
    }
}

/// What stands beside each figure that a failed check names.
pub(super) fn names(context: &Context<'_, '_>, checks: &[Check]) -> BTreeMap<FigureRef, String> {
    let named = checks.iter().flat_map(|check| check.blame.iter().chain(&check.figures));
    named.map(|at| (*at, context.name(*at))).collect()
}

impl Context<'_, '_> {
    /// The id of a statement.
    pub(super) fn statement_id(&self, statement: usize) -> &str {
        self.ledger.disclosure.statements.get(statement).map(|s| s.id.as_str()).unwrap_or_default()
    }

    /// A column for people: id and header path.
    pub(super) fn column_place(&self, statement: usize, column: usize) -> String {
        let header = self.ledger.disclosure.statements.get(statement).and_then(|s| s.columns.get(column));
        format!("{} {}", self.statement_id(statement), header.map(|c| c.path.join("/")).unwrap_or_default())
    }

    /// The id of the statement or form that a figure stands in; the heading for the narrative.
    pub(super) fn holder(&self, at: FigureRef) -> &str {
        let disclosure = self.ledger.disclosure;
        match at {
            FigureRef::Cell { statement, .. } => self.statement_id(statement),
            FigureRef::Fund { form, .. } | FigureRef::Text { form, .. } => {
                disclosure.forms.get(form).map(|f| f.id.as_str()).unwrap_or_default()
            }
            FigureRef::Prose { .. } => "",
        }
    }

    /// A place for people: id, row with its label, column.
    pub(super) fn place(&self, at: FigureRef) -> String {
        let disclosure: &crate::interpret::Disclosure = self.ledger.disclosure;
        match at {
            FigureRef::Cell { statement, record, column } => {
                let header = disclosure.statements.get(statement).and_then(|s| s.columns.get(column));
                let header = header.map(|c| c.path.join("/")).unwrap_or_default();
                let label = self.row_label(statement, record, column);
                format!("{} row {} {label} [{header}]", self.statement_id(statement), record + 1)
            }
            FigureRef::Fund { form, fund } => {
                let line = disclosure.forms.get(form).and_then(|f| f.funds.get(fund));
                let line = line.map(|f| format!("{:?} {:?}", f.horizon, f.source).to_lowercase()).unwrap_or_default();
                format!("{} {line}", self.holder(at))
            }
            FigureRef::Text { form, text } => {
                let key = disclosure.forms.get(form).and_then(|f| f.texts.get(text)).map(|(key, _)| key.as_str());
                format!("{} {}", self.holder(at), key.unwrap_or_default())
            }
            FigureRef::Prose { section, .. } => {
                disclosure.sections.get(section).map(|s| s.heading.clone()).unwrap_or_default()
            }
        }
    }

    /// A row's code and name; the words before an amount of the narrative.
    fn name(&self, at: FigureRef) -> String {
        match at {
            FigureRef::Cell { statement, record, column } => self.row_label(statement, record, column),
            FigureRef::Prose { section, .. } => {
                let mentions = self.mentions.get(section).map(Vec::as_slice).unwrap_or_default();
                let is_it = |id: FigureId| self.ledger.figures.get(id).is_some_and(|figure| figure.at == at);
                let mention = mentions.iter().find(|mention| mention.figure.is_some_and(is_it));
                mention.map(|mention| mention.phrase.clone()).unwrap_or_default()
            }
            FigureRef::Fund { .. } | FigureRef::Text { .. } => String::new(),
        }
    }

    fn row_label(&self, statement: usize, record: usize, column: usize) -> String {
        let sides = self.ledger.sides.get(statement).map(Vec::as_slice).unwrap_or_default();
        let side = sides.iter().find(|side| side.amounts.contains(&column));
        let line = side.and_then(|side| side.line_of(record).map(|i| (side, i)));
        let Some((side, index)) = line else { return String::new() };
        let code = side.systems.iter().find_map(|system| *system.get(index)?).map(|code| code.to_string());
        let line = &side.lines[index];
        // Beside the department's class stands the government's; where a unit stands before the class it names others.
        let own = line.names.first().filter(|_| code.is_none() || side.systems.len() > 1);
        let name = own.unwrap_or(&line.label.name);
        code.into_iter().chain(Some(name.clone())).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ")
    }
}
