//! A [`Reconciliation`](crate::reconcile::Reconciliation) becomes bytes in a published format.

pub mod decisions;
#[cfg(any(feature = "sqlite", feature = "xlsx"))]
mod double;
pub mod findings;
pub mod flat;
pub mod json;
pub mod jsonl;
pub(crate) mod name;
mod package;
#[cfg(feature = "parquet")]
mod parquet;
pub mod questions;
mod report;
pub mod sink;
#[cfg(feature = "sqlite")]
mod sqlite;
pub mod wire;
#[cfg(feature = "xlsx")]
mod xlsx;

pub use report::report;

use crate::error::Error;
use crate::reconcile::Reconciliation;
use wire::Report;

/// The SHA-256 of a source's bytes, in hex: the id of its report.
pub fn sha256(bytes: &[u8]) -> String {
    report::hex(&<sha2::Sha256 as sha2::Digest>::digest(bytes))
}

/// The JSON Schema that every report follows.
pub const SCHEMA: &str = include_str!("report.schema.json");

/// A published format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// One JSON document a report.
    Json(json::Layout),
    /// Flat records, one JSON object a line.
    JsonLines,
}

impl Encoding {
    /// The extension that is added to the source's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json(_) => "json",
            Self::JsonLines => "jsonl",
        }
    }

    /// A report in this format, ending with a line end; `report` is what [`report()`] made of `reconciliation`.
    ///
    /// # Errors
    /// Never for a report that this crate made.
    pub fn encode(self, report: &Report, reconciliation: &Reconciliation) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        match self {
            Self::Json(layout) => json::write(report, layout, &mut bytes)?,
            Self::JsonLines => jsonl::write(report, reconciliation, &mut bytes)?,
        }
        Ok(bytes)
    }
}
