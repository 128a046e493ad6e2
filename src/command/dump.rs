//! `mingzhang dump`: one stage of one document becomes plain text.

use std::io::ErrorKind;
use std::ops::ControlFlow;

use mingzhang::batch::{self, Input};
use mingzhang::dump;

use crate::args::DumpPlan;
use crate::command::words;
use crate::command::{Status, stop};

/// Prints what the plan wants to see.
pub(crate) fn run(plan: &DumpPlan) -> Status {
    let mut status = Status::Clean;
    let shown = batch::in_order(
        &[Input::File(plan.file.clone())],
        1,
        |input| dump::dump_within(&input.load()?, plan.stage, plan.pages, &plan.limits, plan.ocr.as_deref()),
        |_, text| {
            match text.and_then(|text| text) {
                Ok(text) => match crate::print(text.as_bytes()) {
                    Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                        status = stop(&format!("standard output: {error}"));
                    }
                    _ => {}
                },
                Err(error) => {
                    crate::say(&words::failure(plan.file.display(), error.code(), &error));
                    status = Status::Failures;
                }
            }
            ControlFlow::Continue(())
        },
    );
    match shown {
        Ok(()) => status,
        Err(error) => stop(&error.to_string()),
    }
}
