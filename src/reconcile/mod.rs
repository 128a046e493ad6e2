//! A [`Disclosure`] is checked against its own arithmetic and becomes a [`Reconciliation`].

use rust_decimal::Decimal;

use crate::interpret::Disclosure;

/// A disclosure with what its own arithmetic says of each amount.
#[derive(Clone, Debug)]
pub struct Reconciliation {
    /// Unchanged: `reconcile` never changes a figure.
    pub disclosure: Disclosure,
    /// For each statement, record and column; `None` where there is no amount.
    pub trust: Vec<Vec<Vec<Option<Trust>>>>,
    /// For each form and fund line.
    pub fund_trust: Vec<Vec<Option<Trust>>>,
    /// Every identity tried.
    pub checks: Vec<Check>,
}

/// How far the report's own arithmetic bears an amount out; see `report.schema.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trust {
    /// An identity that must hold fails, and the blame falls on this amount.
    Contradicted,
    /// In no identity, or only in trivial ones.
    Unchecked,
    /// Its identities hold only within the rounding allowance.
    Rounded,
    /// To the last digit in a sum with at least two non-zero parts, and none fails.
    Confirmed,
    /// Confirmed by two families of identity or in two statements.
    Corroborated,
}

impl Trust {
    /// The published word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Contradicted => "contradicted",
            Self::Unchecked => "unchecked",
            Self::Rounded => "rounded",
            Self::Confirmed => "confirmed",
            Self::Corroborated => "corroborated",
        }
    }
}

/// One arithmetic identity tried on the report.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Stable name of the rule.
    pub rule: &'static str,
    /// Whether it holds, to the digit or within the allowance.
    pub holds: bool,
    /// Left side in yuan: the total, or the figure as printed.
    pub left: Decimal,
    /// Right side in yuan: the parts, or the other figure.
    pub right: Decimal,
    /// How far rounding may move the sides apart, in yuan.
    pub allowance: Decimal,
    /// Where, for people: ids, row and column.
    pub place: String,
    /// Ids of the statements and forms that take part.
    pub participants: Vec<String>,
    /// Pages that take part, ascending.
    pub pages: Vec<u32>,
}

/// Tries the identities that the disclosure's own figures support.
pub fn reconcile(disclosure: Disclosure) -> Reconciliation {
    let trust = disclosure
        .statements
        .iter()
        .map(|s| {
            s.records
                .iter()
                .map(|r| r.values.iter().map(|v| v.as_ref().and_then(|v| v.amount).map(|_| Trust::Unchecked)).collect())
                .collect()
        })
        .collect();
    let fund_trust = disclosure
        .forms
        .iter()
        .map(|f| f.funds.iter().map(|fund| fund.amount_yuan.map(|_| Trust::Unchecked)).collect())
        .collect();
    Reconciliation { disclosure, trust, fund_trust, checks: Vec::new() }
}
