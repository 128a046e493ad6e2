//! `mingzhang worker`: serves documents to the run that started it.

use std::io::{Read, Write};

use mingzhang::batch::worker;

use crate::args::WorkerPlan;
use crate::command::{Status, stop};

/// Serves until there is nobody to serve.
pub(crate) fn run(plan: WorkerPlan, input: impl Read + Send + 'static, output: impl Write + Send + 'static) -> Status {
    match worker::serve(input, output, plan.memory_limit, plan.plants, plan.ocr) {
        Ok(()) => Status::Clean,
        Err(error) => stop(&error.to_string()),
    }
}
