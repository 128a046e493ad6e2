//! A figure as it is published, with every place that prints it.

use serde::{Deserialize, Serialize};

use super::Decimal;
use crate::facts::{EconomicSystem, Subject};
use crate::reconcile::Trust;
use crate::terms::measure::{Fund, YearPart};
use crate::terms::subject::{Flow, Item, Nature, Stage};

/// One figure of the report, with every place that prints it. Names and codes that it has not are left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Fact {
    /// The same in every run of the same bytes.
    pub fact_id: String,
    /// The fiscal year that it is for.
    pub year: Option<i32>,
    /// `budget`, `adjusted_budget`, `actual` or `estimate`.
    pub stage: Stage,
    /// `revenue` or `expenditure`.
    pub flow: Flow,
    /// What it is about: `total`, `function`, …
    pub subject: Subject,
    /// Digits alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub functional_code: Option<String>,
    /// As the row names the function.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub functional_name: Option<String>,
    /// Digits alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub economic_code: Option<String>,
    /// As the row names the economic class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub economic_name: Option<String>,
    /// `department` or `government`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub economic_system: Option<EconomicSystem>,
    /// Of `cross`: the class of the other economic system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paired_code: Option<String>,
    /// Of `cross`: which of the rows that a table prints under one name, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<u32>,
    /// Without its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// Without its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// One of an official list: `total`, `abroad`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<Item>,
    /// `all`, `basic`, `project`, `personnel` or `operating`.
    pub nature: Nature,
    /// Whose money.
    pub fund: Fund,
    /// `all`, `current` or `carry_over`.
    pub year_part: YearPart,
    /// In yuan.
    pub amount_yuan: Decimal,
    /// Of its places together.
    pub trust: Trust,
    /// The report prints another amount for the same names.
    pub disputed: bool,
    /// Where it is printed: cells, sentences and fund lines, each with its page.
    pub places: Vec<Place>,
}

/// A place that prints a fact; each kind has keys of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Place {
    /// A cell of a table.
    Cell {
        /// `table-01`, …
        table_id: String,
        /// From 0.
        row_index: usize,
        /// From 0.
        column_index: usize,
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
        form_id: String,
        /// Its page.
        page: u32,
    },
}

impl Place {
    /// The id of the table or form; none of a sentence.
    pub fn holder(&self) -> Option<&str> {
        match self {
            Self::Cell { table_id, .. } => Some(table_id),
            Self::Sentence { .. } => None,
            Self::Fund { form_id, .. } => Some(form_id),
        }
    }

    /// Its page.
    pub fn page(&self) -> u32 {
        match self {
            Self::Cell { page, .. } | Self::Sentence { page, .. } | Self::Fund { page, .. } => *page,
        }
    }
}
