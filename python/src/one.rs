//! One document in this process: behind the guard against panics, while Python goes on.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use mingzhang::Error;
use mingzhang::batch::options::{Options, usual_time};
use mingzhang::batch::record::Status;
use mingzhang::batch::{self, Input};
use mingzhang::emit::findings::{self, Lang};
use mingzhang::emit::json::Layout;
use mingzhang::emit::{self, Publication, arrow};
use mingzhang::read::scan::Ocr;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;

use crate::failure;
use crate::stream::Stream;

/// A document as Python hands it over.
#[derive(FromPyObject)]
pub(crate) enum Source {
    /// The PDF or dump itself.
    Bytes(Vec<u8>),
    /// Where it lies.
    Path(PathBuf),
}

impl Source {
    fn input(self, name: Option<String>) -> Input {
        match self {
            Self::Bytes(bytes) => Input::Bytes { name: name.unwrap_or_default(), bytes },
            Self::Path(path) => Input::File(path),
        }
    }
}

/// The report as JSON.
#[pyfunction]
#[pyo3(signature = (source, name=None, redact_contacts=false, models=None))]
pub(crate) fn extract(
    python: Python<'_>,
    source: Source,
    name: Option<String>,
    redact_contacts: bool,
    models: Option<PathBuf>,
) -> PyResult<String> {
    work(python, source, name, redact_contacts, models, |publication| {
        emit::json::published(publication.report(), Layout::Compact)
    })
}

/// The findings as JSON.
#[pyfunction]
#[pyo3(signature = (source, name=None, lang="zh", models=None))]
pub(crate) fn check(
    python: Python<'_>,
    source: Source,
    name: Option<String>,
    lang: &str,
    models: Option<PathBuf>,
) -> PyResult<String> {
    let lang = match lang {
        "zh" => Lang::Zh,
        "en" => Lang::En,
        _ => return Err(PyValueError::new_err("lang: expected 'zh' or 'en'")),
    };
    work(python, source, name, false, models, move |publication| {
        Ok(format!("{}\n", findings::json(&publication.findings(), lang)))
    })
}

/// The flat records: a stream of one row.
#[pyfunction]
#[pyo3(signature = (source, name=None, redact_contacts=false, models=None))]
pub(crate) fn read(
    python: Python<'_>,
    source: Source,
    name: Option<String>,
    redact_contacts: bool,
    models: Option<PathBuf>,
) -> PyResult<Stream> {
    work(python, source, name, redact_contacts, models, |publication| {
        let source = &publication.report().source;
        let told =
            arrow::Told { name: &source.name, sha256: &source.sha256, status: Status::Published.name(), trouble: None };
        Ok(Stream::new(arrow::document(told, publication.rows())?))
    })
}

/// Panics as a defect of the program would, for a test of what Python sees of one.
#[pyfunction]
pub(crate) fn panic(python: Python<'_>) -> PyResult<String> {
    work(python, Source::Bytes("第一部分 概况\n".into()), None, false, None, |_| std::panic::panic_any("planted"))
}

/// Seconds that a document may take where nothing else is said, with models or without.
#[pyfunction]
pub(crate) fn usual_seconds(with_models: bool) -> u64 {
    usual_time(with_models).as_secs()
}

/// The JSON Schema of reports.
#[pyfunction]
pub(crate) fn schema() -> &'static str {
    emit::SCHEMA
}

/// The models of a folder; those that were asked for last stay loaded for the next document.
fn loaded(folder: &Path) -> Result<Arc<Ocr>, String> {
    static LAST: Mutex<Option<Arc<Ocr>>> = Mutex::new(None);
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    match last.as_ref() {
        Some(ocr) if ocr.folder() == folder => Ok(Arc::clone(ocr)),
        _ => Ok(Arc::clone(last.insert(Arc::new(Ocr::new(folder)?)))),
    }
}

/// Does something with one document in a thread of its own, with its guard and its stack.
fn work<T: Send>(
    python: Python<'_>,
    source: Source,
    name: Option<String>,
    redact_contacts: bool,
    models: Option<PathBuf>,
    make: impl Fn(&Publication) -> Result<T, Error> + Sync + Send,
) -> PyResult<T> {
    let input = source.input(name);
    let options = Options { redact_contacts, ..Options::default() };
    let ocr = models.map(|folder| loaded(&folder)).transpose().map_err(PyRuntimeError::new_err)?;
    let made = python.detach(|| {
        let mut made = None;
        let run = batch::in_order(
            &[input],
            1,
            |input| {
                let bytes: Cow<'_, [u8]> = input.load()?;
                make(&Publication::new(&input.name(), &bytes, options.extract(&bytes, ocr.as_deref(), false)?))
            },
            |_, outcome| {
                made = Some(outcome.and_then(|made| made));
                ControlFlow::Continue(())
            },
        );
        match (run, made) {
            (Ok(()), Some(made)) => made,
            (Err(error), _) => Err(Error::Internal(error.to_string())),
            (Ok(()), None) => Err(Error::Internal("no outcome".to_owned())),
        }
    });
    made.map_err(|error| failure(python, error.code(), &error.to_string()))
}
