//! `mingzhang render`: what the program saw on one page, drawn over its picture.

use std::io::ErrorKind;
use std::ops::ControlFlow;

use mingzhang::batch::{self, Input, publish};
use mingzhang::render;

use crate::args::RenderPlan;
use crate::command::words;
use crate::command::{Status, stop};

/// Draws the page that the plan names.
pub(crate) fn run(plan: &RenderPlan) -> Status {
    let mut status = Status::Clean;
    let drawn = batch::in_order(
        &[Input::File(plan.file.clone())],
        1,
        |input| render::render(&input.load()?, plan.page, plan.stage, &plan.limits),
        |_, svg| {
            match (svg.and_then(|svg| svg), &plan.out) {
                (Ok(svg), Some(out)) => {
                    if let Err(error) = publish::publish(out, svg.as_bytes()) {
                        status = stop(&format!("{}: {error}", out.display()));
                    }
                }
                (Ok(svg), None) => match crate::print(svg.as_bytes()) {
                    Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                        status = stop(&format!("standard output: {error}"));
                    }
                    _ => {}
                },
                (Err(error), _) => {
                    crate::say(&words::failure(plan.file.display(), error.code(), &error));
                    status = Status::Failures;
                }
            }
            ControlFlow::Continue(())
        },
    );
    match drawn {
        Ok(()) => status,
        Err(error) => stop(&error.to_string()),
    }
}
