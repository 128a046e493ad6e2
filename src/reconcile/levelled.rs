//! Classes that every statement of all money prints with the levels above them, so that one which is missing is lost.

use std::collections::BTreeMap;

use super::Context;
use crate::arithmetic::code::Code;
use crate::terms::StatementKind;

/// The classes of the statements that one program prints with all levels, each in how many.
pub(super) struct Levelled {
    /// Printed with rows below it.
    heads: BTreeMap<Code, usize>,
    /// Rows of it are printed, whether it is or not.
    below: BTreeMap<Code, usize>,
}

/// So many other statements print a class before one that has only its rows lacks it.
const MIN_LEVELLED: usize = 2;

impl Levelled {
    /// Counts them.
    pub(super) fn of(context: &Context<'_, '_>, heads: &[Vec<Code>]) -> Self {
        let mut result = Self { heads: BTreeMap::new(), below: BTreeMap::new() };
        for (statement, own) in heads.iter().enumerate().filter(|(statement, _)| Self::holds(context, *statement)) {
            own.iter().for_each(|code| *result.heads.entry(*code).or_default() += 1);
            let sides = context.ledger.sides.get(statement).map(Vec::as_slice).unwrap_or_default();
            let codes = sides.iter().flat_map(|side| &side.systems).flatten().flatten().filter(|code| code.is_class());
            let mut above: Vec<Code> = codes
                .flat_map(|code| [3, 5].into_iter().filter_map(move |n| code.prefix(n).filter(|c| c != code)))
                .collect();
            above.sort_unstable();
            above.dedup();
            above.into_iter().for_each(|code| *result.below.entry(code).or_default() += 1);
        }
        result
    }

    /// Whether a statement is one of those whose rows are the classes of all money.
    fn holds(context: &Context<'_, '_>, statement: usize) -> bool {
        let kind = context.ledger.disclosure.statements.get(statement).map(|s| s.kind);
        matches!(
            kind,
            Some(
                StatementKind::RevenueSummary
                    | StatementKind::ExpenditureSummary
                    | StatementKind::GeneralPublicBudgetExpenditure
            )
        )
    }

    /// Whether every other one of them that prints rows of a class prints the class above them.
    pub(super) fn is_always_printed(&self, context: &Context<'_, '_>, statement: usize, code: Code) -> bool {
        let n = |counts: &BTreeMap<Code, usize>| counts.get(&code).copied().unwrap_or(0);
        Self::holds(context, statement) && n(&self.heads) >= MIN_LEVELLED && n(&self.below) == n(&self.heads) + 1
    }
}
