//! What columns and rows are about as it is published; names that nothing settles are left out.

use serde::{Deserialize, Serialize};

use crate::terms::measure::{Fund, Measure, YearPart};
use crate::terms::subject::{EconomicSystem, Flow, Item, Nature, Stage, Subject};

/// What the figures or names of a column are, where header, title and report settle it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ColumnAbout {
    /// In or out, of a table that has both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Flow>,
    /// What the column measures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// Which expenditure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nature: Option<Nature>,
    /// Whose money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<Fund>,
    /// The fiscal year that its figures are for, where no row names its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// How far the money has come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// Of which year's grant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year_part: Option<YearPart>,
    /// Whose economic classes a column of names or codes lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub economic_system: Option<EconomicSystem>,
}

/// What a row is about on one side of its table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RowAbout {
    /// The side's amount columns, from 0; left out where the table has one side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<usize>,
    /// What the row is about, as facts say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// Digits alone, joined from one column or three, or read from before the label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub functional_code: Option<String>,
    /// Digits alone: the department's class, else the government's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub economic_code: Option<String>,
    /// The row that it is a part of, from 0, where codes or indentation show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<usize>,
    /// Without its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// A subordinate unit, without its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// One of an official list: `total`, `abroad`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Item>,
    /// The fiscal year that the row names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
}
