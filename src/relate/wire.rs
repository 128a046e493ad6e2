//! What is read back of published reports: of the published types, no more than relations need.

use serde::Deserialize;

use crate::emit::wire::{Fact, Filing, Section, Source};
use crate::error::Error;

/// A published report without its tables, forms, checks and diagnostics.
#[derive(Debug, Deserialize)]
pub(super) struct Report {
    pub(super) source: Source,
    pub(super) report: Filing,
    pub(super) sections: Vec<Section>,
    pub(super) facts: Vec<Fact>,
}

/// Reads a report as it was published.
///
/// # Errors
/// Where the bytes are no report with facts.
pub(super) fn parse(bytes: &[u8]) -> Result<Report, Error> {
    serde_json::from_slice(bytes).map_err(|error| Error::Io(std::io::Error::from(error)))
}
