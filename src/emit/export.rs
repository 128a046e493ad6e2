//! Exports: one folder that holds the flat records of many reports, in one of the formats.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use crate::emit::package::Package;
#[cfg(feature = "parquet")]
use crate::emit::parquet::Parquet;
use crate::emit::sink::{Content, Remarks, Sink};
#[cfg(feature = "sqlite")]
use crate::emit::sqlite::Sqlite;
#[cfg(feature = "xlsx")]
use crate::emit::xlsx;
use crate::error::Error;

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
