//! What is read back of published reports: no more than relations need.

use serde::Deserialize;

use crate::error::Error;

/// A published report.
#[derive(Debug, Deserialize)]
pub(super) struct Report {
    pub(super) source: Source,
    pub(super) report: Filing,
    pub(super) sections: Vec<Section>,
    pub(super) facts: Vec<Fact>,
}

/// The file that it came from.
#[derive(Debug, Deserialize)]
pub(super) struct Source {
    pub(super) name: String,
    pub(super) sha256: String,
    pub(super) media_type: String,
}

/// Who discloses what.
#[derive(Debug, Deserialize)]
pub(super) struct Filing {
    pub(super) level: String,
    pub(super) department: Option<String>,
    pub(super) department_code: Option<String>,
    pub(super) fiscal_year: Option<i32>,
    pub(super) kind: String,
}

/// A heading with its text, which may tell of renamings.
#[derive(Debug, Deserialize)]
pub(super) struct Section {
    pub(super) text: String,
}

/// A figure.
#[derive(Debug, Deserialize)]
pub(super) struct Fact {
    pub(super) fact_id: String,
    pub(super) year: Option<i32>,
    pub(super) stage: String,
    pub(super) flow: String,
    pub(super) subject: String,
    pub(super) functional_code: Option<String>,
    pub(super) functional_name: Option<String>,
    pub(super) economic_code: Option<String>,
    pub(super) economic_name: Option<String>,
    pub(super) economic_system: Option<String>,
    pub(super) paired_code: Option<String>,
    pub(super) part: Option<u32>,
    pub(super) project: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) item: Option<String>,
    pub(super) nature: String,
    pub(super) fund: String,
    pub(super) year_part: String,
    pub(super) amount_yuan: String,
    pub(super) trust: String,
    pub(super) places: Vec<Place>,
}

/// Where it is printed.
#[derive(Debug, Deserialize)]
pub(super) struct Place {
    pub(super) table_id: Option<String>,
    pub(super) form_id: Option<String>,
    pub(super) page: Option<u32>,
}

/// Reads a report as it was published.
///
/// # Errors
/// Where the bytes are no report with facts.
pub(super) fn parse(bytes: &[u8]) -> Result<Report, Error> {
    serde_json::from_slice(bytes).map_err(|error| Error::Io(std::io::Error::from(error)))
}
