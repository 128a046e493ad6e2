//! Worker processes for whoever has the bytes of documents already: rows of Arrow come back, and a failure is a row too.

use std::ffi::OsString;
use std::io;
use std::time::Duration;

use arrow_array::RecordBatch;

use crate::batch::MAX_INPUT_BYTES;
use crate::batch::options::{Options, Records};
use crate::batch::pool::{Lost, Pool};
use crate::batch::publish::Results;
use crate::batch::record::Record;
use crate::batch::work::Task;
use crate::emit::arrow;
use crate::error::Error;
use crate::hex::sha256;

/// Workers that start when they are needed, and anew when a document has killed one.
pub struct Workers {
    pool: Pool,
    options: Options,
}

impl Workers {
    /// At most `n_workers` at once; `command` starts one, and a document has `timeout`.
    ///
    /// # Errors
    /// Where the thread that watches the time cannot be started.
    pub fn new(command: Vec<OsString>, timeout: Duration, n_workers: usize, redact_contacts: bool) -> io::Result<Self> {
        let options = Options { records: Some(Records::Arrow), redact_contacts, ..Options::default() };
        Ok(Self { pool: Pool::new(command, timeout, n_workers)?, options })
    }

    /// The row of a document, with the columns of [`arrow::schema`].
    ///
    /// # Errors
    /// Where no worker can be started, or one is of another version: that concerns all documents.
    pub fn row(&self, name: &str, bytes: &[u8]) -> io::Result<RecordBatch> {
        let task = Task { name: name.to_owned(), walked: false, options: self.options };
        let mut results = Results::in_memory();
        let made = match bytes.len() as u64 {
            ..=MAX_INPUT_BYTES => self.pool.make(&task, &mut &*bytes, &mut results),
            _ => Err(Lost::Document(Error::Limit(format!("at most {MAX_INPUT_BYTES} bytes")))),
        };
        let failed = match made {
            Ok((_, Some(_))) => match arrow::read(&results.publish()?.1) {
                Ok(row) => return Ok(row),
                Err(error) => Record::failed(&error),
            },
            Ok((record, None)) => record,
            Err(Lost::Document(error)) => Record::failed(&error),
            Err(Lost::Results(error) | Lost::Workers(error)) => return Err(error),
        };
        let sha256 = sha256(bytes);
        let trouble = failed.troubles.first().map(|trouble| (trouble.code.as_str(), trouble.message.as_str()));
        let told = arrow::Told { name, sha256: &sha256, status: failed.status.name(), trouble };
        arrow::document(told, Vec::new()).map_err(io::Error::other)
    }
}
