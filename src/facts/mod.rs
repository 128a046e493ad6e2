//! Every figure of a report once, under names that mean the same in every city and year, with all its places.
//!
//! A fact is never guessed: what header, title, row and report do not settle has a [`Reason`] and no fact.

mod gather;
mod key;
mod level;
mod merge;
mod narrative;
mod parts;
mod sighting;

use rust_decimal::Decimal;

pub use crate::terms::subject::{EconomicSystem, Subject};
pub use key::Key;
pub use level::{Level, level};

pub use crate::interpret::reading::Reason;
use crate::reconcile::{Reconciliation, Trust};

/// One figure of the report, with every place that prints it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Made from the key and the amount: the same in every run of the same bytes.
    pub id: String,
    /// What it is the figure of.
    pub key: Key,
    /// From 1: which of the rows that a table prints under this key, for units or items that it does not name.
    pub part: Option<u32>,
    /// 类, 款 or 项 as the row names it.
    pub functional_name: Option<String>,
    /// The economic class as the row names it.
    pub economic_name: Option<String>,
    /// In yuan.
    pub amount: Decimal,
    /// Of its places together.
    pub trust: Trust,
    /// The report prints another amount for the same key elsewhere.
    pub disputed: bool,
    /// Where it is printed, in reading order.
    pub places: Vec<Place>,
}

/// A place that prints a fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A cell of a statement.
    Cell {
        /// `table-01`, …
        table: String,
        /// From 0.
        row: usize,
        /// From 0.
        column: usize,
        /// Its page.
        page: u32,
    },
    /// A sentence of the narrative.
    Sentence {
        /// Position of its section, from 0.
        section: usize,
        /// Its page.
        page: u32,
    },
    /// A fund line of a form.
    Fund {
        /// `form-01`, …
        form: String,
        /// Its page.
        page: u32,
    },
}

/// For each statement, record and column; `None` where there is no amount.
pub type PerCell<T> = Vec<Vec<Vec<Option<T>>>>;

/// What an amount cell is tied to: the position of its fact, or why there is none.
pub type Tie = Result<usize, Reason>;

/// The facts of a report, and what each amount cell is tied to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// In the order of their keys.
    pub facts: Vec<Fact>,
    /// For each statement, record and column; `None` where there is no amount.
    pub ties: PerCell<Tie>,
}

/// Gathers the facts of a report.
pub fn facts(reconciliation: &Reconciliation) -> Facts {
    gather::gather(reconciliation)
}
