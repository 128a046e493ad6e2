//! Exports: one folder that holds the flat records of many reports, filled a report at a time.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use serde_json::{Map, Value};

use crate::emit::flat::Resource;
use crate::emit::package::Package;
#[cfg(feature = "parquet")]
use crate::emit::parquet::Parquet;
#[cfg(feature = "sqlite")]
use crate::emit::sqlite::Sqlite;
#[cfg(feature = "xlsx")]
use crate::emit::xlsx;
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

/// A form of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// `records.jsonl`, every record of every report.
    JsonLines,
    /// A CSV data package: a table a resource, and `datapackage.json` that describes them.
    Csv {
        /// Whether each table begins with a byte order mark, without which Excel does not know that it is UTF-8.
        bom: bool,
    },
    /// A Parquet file a resource.
    #[cfg(feature = "parquet")]
    Parquet,
    /// An SQLite data base: a table a resource, and a view a question.
    #[cfg(feature = "sqlite")]
    Sqlite,
    /// An Excel workbook for people.
    #[cfg(feature = "xlsx")]
    Xlsx,
}

impl Export {
    /// The name of the format, and of the folder of the export.
    pub fn name(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Csv { .. } => "csv",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
            #[cfg(feature = "sqlite")]
            Self::Sqlite => "sqlite",
            #[cfg(feature = "xlsx")]
            Self::Xlsx => "xlsx",
        }
    }

    /// Begins an export in a folder that is there and empty.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn sink(self, folder: &Path, content: Content) -> Result<Box<dyn Sink>, Error> {
        Ok(match self {
            Self::JsonLines => Box::new(Lines(BufWriter::new(File::create(folder.join("records.jsonl"))?))),
            Self::Csv { bom } => Box::new(Package::new(folder, bom, content)?),
            #[cfg(feature = "parquet")]
            Self::Parquet => Box::new(Parquet::new(folder, content)?),
            #[cfg(feature = "sqlite")]
            Self::Sqlite => Box::new(Sqlite::new(folder, content)?),
            #[cfg(feature = "xlsx")]
            Self::Xlsx => xlsx::sink(folder, content)?,
        })
    }
}

/// Records as they are, one file.
struct Lines(BufWriter<File>);

impl Sink for Lines {
    fn report(&mut self, records: &str) -> Result<(), Error> {
        Ok(self.0.write_all(records.as_bytes())?)
    }

    fn finish(mut self: Box<Self>) -> Result<Remarks, Error> {
        self.0.flush()?;
        self.0.get_ref().sync_all()?;
        Ok(Remarks::new())
    }
}

/// A record as it is read back: its resource, and its fields by name.
pub(super) fn record(line: &str) -> Result<(Resource, Map<String, Value>), Error> {
    let fields: Map<String, Value> = serde_json::from_str(line).map_err(std::io::Error::from)?;
    let name = fields.get("record").and_then(Value::as_str).unwrap_or_default();
    match Resource::from_name(name) {
        Some(resource) => Ok((resource, fields)),
        None => Err(Error::Internal(format!("a record of no resource: {name:?}"))),
    }
}
