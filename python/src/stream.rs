//! Rows of documents, as any library of Arrow in Python takes them over.

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator};
use mingzhang::emit::arrow;
use mingzhang::emit::flat::Resource;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

/// Rows with the columns of documents.
#[pyclass]
pub(crate) struct Stream(Option<RecordBatch>);

#[pymethods]
impl Stream {
    /// The Arrow C stream interface: one batch of all rows, or none.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        python: Python<'py>,
        requested_schema: Option<Py<PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // Who wishes for other types casts, as the interface allows.
        let _ = requested_schema;
        let batches = RecordBatchIterator::new(self.0.clone().map(Ok), arrow::schema());
        PyCapsule::new_with_value(python, FFI_ArrowArrayStream::new(Box::new(batches)), c"arrow_array_stream")
    }
}

impl Stream {
    /// A stream of these rows.
    pub(crate) fn new(batch: RecordBatch) -> Self {
        Self(Some(batch))
    }
}

/// The names of the resources, in the order of publication.
#[pyfunction]
pub(crate) fn resources() -> Vec<&'static str> {
    Resource::extracted().map(Resource::name).collect()
}

/// No rows, for their columns.
#[pyfunction]
pub(crate) fn rows() -> Stream {
    Stream(None)
}
