//! Where the flat records of many reports go, a report at a time, whatever the format.

use serde_json::{Map, Value};

use crate::emit::flat::Resource;
use crate::error::Error;

/// Where the flat records of many reports go.
///
/// Reports come in the order of their id, the SHA-256 of the source: with the records of each report in the order of
/// [`Publication::rows`](crate::emit::Publication::rows), every resource comes sorted by its primary key.
pub trait Sink {
    /// Takes every record of one report, as [`jsonl`](crate::emit::jsonl) wrote them: one JSON object a line.
    ///
    /// # Errors
    /// Where the export cannot be written.
    fn report(&mut self, records: &str) -> Result<(), Error>;

    /// Writes what is due after the last report, and everything to the disk. Gives what people must know of the export.
    ///
    /// # Errors
    /// Where the export cannot be written.
    fn finish(self: Box<Self>) -> Result<Remarks, Error>;
}

/// What people must know of an export: where it could not hold everything in one place.
pub type Remarks = Vec<String>;

/// What an export holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Reports.
    Reports,
    /// What reports say of each other.
    Related,
}

impl Content {
    /// Its resources, in the order of publication.
    pub fn resources(self) -> &'static [Resource] {
        match self {
            Self::Reports => &Resource::ALL,
            Self::Related => &Resource::RELATED,
        }
    }

    /// The name of a file that holds all of it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reports => "disclosures",
            Self::Related => "relations",
        }
    }
}

/// A record as it is read back: its resource, and its fields by name.
pub(super) fn record(line: &str, content: Content) -> Result<(Resource, Map<String, Value>), Error> {
    let fields: Map<String, Value> = serde_json::from_str(line).map_err(std::io::Error::from)?;
    let name = fields.get("record").and_then(Value::as_str).unwrap_or_default();
    match content.resources().iter().find(|resource| resource.name() == name) {
        Some(resource) => Ok((*resource, fields)),
        None => Err(Error::Internal(format!("a record of no resource: {name:?}"))),
    }
}
