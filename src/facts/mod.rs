//! Every figure of a report once, under names that mean the same in every city and year, with all its places.
//!
//! A fact is never guessed: what header, title, row and report do not settle has a [`Reason`] and no fact.

mod column;
mod context;
mod gather;
mod key;
mod level;
mod merge;
mod names;
mod narrative;
mod parts;
mod row;
mod settle;
mod words;

use rust_decimal::Decimal;

pub use key::{EconomicSystem, Key, Subject};
pub use level::{Level, level};

use crate::names::names;
use crate::reconcile::{Reconciliation, Trust};
use crate::terms::subject::Stage;

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

/// Why an amount belongs to no fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The difference of two figures.
    Change,
    /// A share or a rate.
    Percent,
    /// What is left at a point of time: 年初结转, 年末结转.
    Balance,
    /// The row has no name.
    BlankName,
    /// The header does not settle what is measured.
    UnknownColumn,
    /// The row's name does not settle what it is about, or several rows of the table bear it.
    UnknownRow,
    /// A table whose title says neither what it lists nor whose money it is.
    OtherTable,
    /// No yuan: its unit is not printed, or it is no whole number of fen.
    NoYuan,
}

names!(Reason {
    Change = "change",
    Percent = "percent",
    Balance = "balance",
    BlankName = "blank-name",
    UnknownColumn = "unknown-column",
    UnknownRow = "unknown-row",
    OtherTable = "other-table",
    NoYuan = "no-yuan",
});

/// The fiscal year and the stage of an amount.
pub type Time = (Option<i32>, Stage);

/// For each statement, record and column; `None` where there is no amount.
pub type PerCell<T> = Vec<Vec<Vec<Option<T>>>>;

/// The codes that the rows of one side print.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SideCodes {
    /// The side's amount columns.
    pub amounts: Vec<usize>,
    /// For each record its codes, joined from one column or three, or read from before its label.
    pub codes: Vec<Vec<String>>,
}

/// What an amount cell is tied to: the position of its fact, or why there is none.
pub type Tie = Result<usize, Reason>;

/// The facts of a report, and what each amount cell is tied to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// In the order of their keys.
    pub facts: Vec<Fact>,
    /// For each statement, record and column; `None` where there is no amount.
    pub ties: PerCell<Tie>,
    /// For each statement, record and column the fiscal year and stage that row and column name.
    pub times: PerCell<Time>,
    /// For each statement and record the codes that the row prints on each of its sides, with the side's amount columns.
    pub codes: Vec<Vec<SideCodes>>,
}

/// Gathers the facts of a report.
pub fn facts(reconciliation: &Reconciliation) -> Facts {
    gather::gather(reconciliation)
}
