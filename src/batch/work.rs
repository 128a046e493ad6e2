//! What is made of one document: bytes become a record and the results to publish.

use crate::batch::guard;
use crate::batch::options::Options;
use crate::batch::record::Record;
use crate::emit::{Publication, json, jsonl};
use crate::error::Error;

/// What is made of a document, by the order in which workers hand it over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The report as JSON.
    Report,
    /// The flat records as JSON Lines.
    Records,
}

impl Part {
    /// Every part.
    pub(super) const ALL: [Self; 2] = [Self::Report, Self::Records];

    /// Whether the options want it.
    pub(super) fn is_wanted(self, options: Options) -> bool {
        match self {
            Self::Report => options.report.is_some(),
            Self::Records => options.records,
        }
    }
}

/// Which document it is, beside its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Task {
    /// The name that is published.
    pub(super) name: String,
    /// Whether it may turn out to be no disclosure.
    pub(super) walked: bool,
    /// What to make of it.
    pub(super) options: Options,
}

/// What was made of a document.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// What became of it.
    pub(super) record: Record,
    /// The hash of the bytes that were read, where there is a report.
    pub(super) sha256: Option<String>,
    /// The bytes of each of [`Part::ALL`]; empty where it is not wanted.
    pub(super) parts: [Vec<u8>; 2],
}

impl Made {
    /// What is left of a document that gave nothing.
    pub(super) fn failed(error: &Error) -> Self {
        Self { record: Record::failed(error), ..Self::default() }
    }
}

/// Makes of a document what the task wants; whatever happens becomes a record.
pub(super) fn make(task: &Task, bytes: &[u8]) -> Made {
    match guard::guard(|| attempt(task, bytes)) {
        Ok(Ok(made)) => made,
        Ok(Err(error)) if task.walked && error.is_foreign() => {
            Made { record: Record::skipped(error.code(), error.to_string()), ..Made::default() }
        }
        Ok(Err(error)) | Err(error) => Made::failed(&error),
    }
}

fn attempt(task: &Task, bytes: &[u8]) -> Result<Made, Error> {
    let publication = Publication::new(&task.name, bytes, task.options.extract(bytes, task.walked)?);
    let mut made = Made { record: Record::published(&publication), ..Made::default() };
    let [report_bytes, records_bytes] = &mut made.parts;
    if let Some(layout) = task.options.report {
        json::write(publication.report(), layout, report_bytes)?;
    }
    if task.options.records {
        jsonl::write(&publication, records_bytes)?;
    }
    made.sha256 = Some(publication.into_report().source.sha256);
    Ok(made)
}
