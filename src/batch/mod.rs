//! Many documents: in parallel, each behind its own guard, results in the order given.
//!
//! [`extract_many`] does it in this process, with a guard against panics. `run` does it in worker processes with limits
//! of time and memory, and with a folder for results that an interrupted run can go on in.

mod collect;
pub mod discover;
mod folder;
pub mod guard;
mod index;
mod journal;
mod limits;
pub mod options;
mod order;
mod pool;
mod protocol;
pub mod publish;
pub mod record;
mod run;
mod source;
pub mod summary;
mod survey;
mod sweep;
mod watchdog;
mod work;
pub mod worker;

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::path::PathBuf;

pub use order::in_order;
pub use run::{Batch, Isolation, Stop, Turn, Watch, run};
pub use source::MAX_INPUT_BYTES;
pub use survey::Document;

use crate::batch::source::{READ_TIME, Source};
use crate::emit::wire::Report;
use crate::error::Error;
use crate::pipeline;

/// One document to extract.
#[derive(Clone, Debug)]
pub enum Input {
    /// A file, read when its turn comes.
    File(PathBuf),
    /// Bytes in memory under a name.
    Bytes {
        /// File name without folder.
        name: String,
        /// The PDF or text dump.
        bytes: Vec<u8>,
    },
}

impl Input {
    /// The name that is published: without its folder.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            Self::Bytes { name, .. } => name.clone(),
        }
    }

    /// Its bytes.
    ///
    /// # Errors
    /// Where the file cannot be read, is no regular file, takes too long or is larger than [`MAX_INPUT_BYTES`].
    pub fn load(&self) -> Result<Cow<'_, [u8]>, Error> {
        match self {
            Self::Bytes { bytes, .. } if bytes.len() as u64 > MAX_INPUT_BYTES => {
                Err(Error::Limit(format!("at most {MAX_INPUT_BYTES} bytes")))
            }
            Self::Bytes { bytes, .. } => Ok(Cow::Borrowed(bytes.as_slice())),
            Self::File(path) => Source::all(path, READ_TIME).map(Cow::Owned),
        }
    }
}

/// Extracts one document.
///
/// # Errors
/// Where the input cannot be read or is no disclosure.
pub fn extract_one(input: &Input) -> Result<Report, Error> {
    let bytes = input.load()?;
    pipeline::extract_report(&input.name(), &bytes)
}

/// Extracts documents in parallel; one result an input, in the order given.
///
/// A document that fails, even by a defect of this crate, costs only its own result.
pub fn extract_many(inputs: &[Input]) -> Vec<Result<Report, Error>> {
    let mut reports = Vec::with_capacity(inputs.len());
    let run = in_order(inputs, 0, extract_one, |_, outcome| {
        reports.push(outcome.and_then(|report| report));
        ControlFlow::Continue(())
    });
    if let Err(error) = run {
        let message = error.to_string();
        reports.resize_with(inputs.len(), || Err(Error::Internal(message.clone())));
    }
    reports
}
