//! Documents of which Python has the bytes, in a worker process; what becomes of each is a row.

use std::time::Duration;

use mingzhang::batch::workers::Workers;
use mingzhang::emit::arrow;
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use crate::Command;
use crate::stream::Stream;

/// One worker process, started anew when a document has killed it.
#[pyclass]
pub(crate) struct Worker(Workers);

#[pymethods]
impl Worker {
    /// `command` starts the process, a document has `timeout` seconds.
    #[new]
    fn new(command: Command, timeout: u64, redact_contacts: bool) -> PyResult<Self> {
        Ok(Self(Workers::new(command, Duration::from_secs(timeout), 1, redact_contacts)?))
    }

    /// A row for each document.
    fn extract_batch(&self, python: Python<'_>, names: Vec<String>, blobs: Vec<PyBackedBytes>) -> PyResult<Stream> {
        let made = python.detach(|| {
            let rows = names.iter().zip(&blobs).map(|(name, bytes)| self.0.row(name, bytes));
            let rows = rows.collect::<std::io::Result<Vec<_>>>()?;
            arrow::together(&rows).map_err(std::io::Error::other)
        });
        made.map(Stream::new).map_err(|error| PyOSError::new_err(format!("a worker process: {error}")))
    }
}
