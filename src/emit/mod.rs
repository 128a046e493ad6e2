//! A [`Reconciliation`](crate::reconcile::Reconciliation) becomes bytes in a published format.

pub mod json;
pub(crate) mod name;
mod report;
pub mod wire;

pub use report::report;

use crate::error::Error;
use wire::Report;

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

    /// A report in this format, ending with a line end.
    ///
    /// # Errors
    /// Never for a report that this crate made.
    pub fn encode(self, report: &Report) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        match self {
            Self::Json(layout) => json::write(report, layout, &mut bytes)?,
            Self::JsonLines => return Err(Error::Internal("JSON Lines are not written yet".into())),
        }
        Ok(bytes)
    }
}
