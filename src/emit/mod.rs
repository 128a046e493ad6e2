//! A [`Reconciliation`](crate::reconcile::Reconciliation) becomes bytes in a published format.

mod about;
#[cfg(feature = "arrow")]
pub mod arrow;
pub mod decisions;
#[cfg(any(feature = "sqlite", feature = "xlsx"))]
mod double;
pub mod export;
pub mod findings;
pub mod flat;
pub mod json;
pub mod jsonl;
mod package;
#[cfg(feature = "parquet")]
mod parquet;
mod publication;
pub mod questions;
mod report;
pub mod sink;
#[cfg(feature = "sqlite")]
mod sqlite;
pub mod staging;
#[doc(hidden)]
pub mod wire;
#[cfg(feature = "xlsx")]
mod xlsx;

pub use crate::hex::sha256;
pub use publication::Publication;

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
}
