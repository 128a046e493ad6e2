//! A printed row as it is published: its cells, and what is known of each.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Bbox, Decimal, RowAbout};
use crate::facts::Reason;
use crate::reconcile::Trust;

/// One printed row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[non_exhaustive]
pub struct Row {
    /// One entry a column; `None` where nothing is printed.
    pub cells: Vec<Option<Cell>>,
    /// Depth of a row that carries a classification code.
    pub level: Option<u8>,
    /// What it is about, on each side of the table that says anything of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<RowAbout>,
    /// Page that it stands on.
    pub page: u32,
    /// Its rectangle.
    pub bbox: Option<Bbox>,
    /// Who read what stands there; left out where the document itself says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<RowSource>,
    /// One entry a column: what the report's arithmetic says of the amount.
    pub trust: Vec<Option<Trust>>,
    /// One entry a column: the fact that the amount is a place of; left out where no cell of the row is one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fact_id: Vec<Option<String>>,
    /// One entry a column: why the amount belongs to no fact; left out where each does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub no_fact: Vec<Option<Reason>>,
}

/// What a cell prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Cell {
    /// Read as a text, until the row's trust says that it is an amount.
    Text(String),
    /// An amount in the table's unit, with the decimals that are printed; it has an entry in [`Row::trust`].
    Amount(Decimal),
}

/// Who read what stands in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowSource {
    /// Models, from a picture: any of its texts may be misread.
    Ocr,
}

impl Cell {
    /// The amount, where it is one.
    pub fn amount(&self) -> Option<Decimal> {
        match self {
            Self::Amount(amount) => Some(*amount),
            Self::Text(_) => None,
        }
    }

    /// The text, where it is no amount.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Amount(_) => None,
            Self::Text(text) => Some(text),
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amount(amount) => amount.fmt(f),
            Self::Text(text) => f.pad(text),
        }
    }
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Row {
    /// In JSON amounts and texts are strings alike: a cell is an amount where the row says how far it can be trusted.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut row = Self::deserialize(deserializer)?;
        for (cell, _) in row.cells.iter_mut().zip(&row.trust).filter(|(_, trust)| trust.is_some()) {
            if let Some(Cell::Text(text)) = cell {
                *cell = Some(Cell::Amount(text.parse().map_err(de::Error::custom)?));
            }
        }
        Ok(row)
    }
}
