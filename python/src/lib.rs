//! The Python package `mingzhang`, as far as it is Rust: bytes of documents in, JSON and Arrow out.

mod one;
mod run;
mod stream;
mod worker;

use std::ffi::OsString;
use std::path::PathBuf;

use pyo3::prelude::*;

/// The functions that the package's Python is made of.
#[pymodule]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::one::{check, extract, panic, read, schema, usual_seconds};
    #[pymodule_export]
    use super::run::{Run, command};
    #[pymodule_export]
    use super::stream::{Stream, resources, rows};
    #[pymodule_export]
    use super::worker::Worker;

    /// A panic becomes an exception, which says where it was; nothing is printed.
    #[pymodule_init]
    fn init(_module: &Bound<'_, PyModule>) -> PyResult<()> {
        mingzhang::batch::guard::report_panics_as_errors();
        Ok(())
    }
}

/// The exception of the package with a code that programs can tell.
fn failure(python: Python<'_>, code: &str, message: &str) -> PyErr {
    let made = python
        .import("mingzhang._error")
        .and_then(|module| module.getattr("Error"))
        .and_then(|class| class.call1((code, message)));
    match made {
        Ok(error) => PyErr::from_value(error),
        Err(error) => error,
    }
}

/// The program and the arguments that start the command in this Python.
type Command = Vec<OsString>;

/// Paths of documents.
type Paths = Vec<PathBuf>;
