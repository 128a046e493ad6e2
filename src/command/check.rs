//! `mingzhang check`: what a person must look at in each document is printed.

use std::io::{self, ErrorKind};
use std::ops::ControlFlow;

use mingzhang::batch::discover::{Found, discover};
use mingzhang::batch::{self, Input};
use mingzhang::emit::findings;
use mingzhang::read::MediaType;
use mingzhang::{Error, pipeline};

use crate::args::CheckPlan;
use crate::command::{Status, stop};

/// What is printed of one document; `None` for a text that a folder holds and that is no disclosure.
type Checked = Option<(String, usize)>;

/// Prints findings in the order of the documents.
pub(crate) fn run(plan: &CheckPlan) -> Status {
    let found = discover(&plan.paths, None).found;
    if found.is_empty() {
        return stop("found neither a PDF nor a text dump");
    }
    let mut status = Status::Clean;
    let mut stopped: Option<io::Error> = None;
    let run = batch::in_order(
        &found,
        plan.n_jobs,
        |document| check(document, plan),
        |idx, checked| {
            match (checked.and_then(|checked| checked), found.get(idx)) {
                (Ok(None), _) | (_, None) => {}
                (Ok(Some((text, n_findings))), _) => {
                    if n_findings > 0 && status == Status::Clean {
                        status = Status::Findings;
                    }
                    if let Err(error) = crate::print(text.as_bytes()) {
                        stopped = Some(error);
                        return ControlFlow::Break(());
                    }
                }
                (Err(error), Some(document)) => {
                    crate::say(&format!("{}: {}: {error}", document.path.display(), error.code()));
                    status = Status::Failures;
                }
            }
            ControlFlow::Continue(())
        },
    );
    match (run, stopped) {
        (Err(error), _) => stop(&error.to_string()),
        (_, Some(error)) if error.kind() != ErrorKind::BrokenPipe => stop(&format!("standard output: {error}")),
        _ => status,
    }
}

fn check(document: &Found, plan: &CheckPlan) -> Result<Checked, Error> {
    let reconciliation = pipeline::extract_within(&Input::File(document.path.clone()).load()?, &plan.limits)?;
    let disclosure = &reconciliation.disclosure;
    let is_text = disclosure.source.media_type == MediaType::Text;
    if document.walked && is_text && disclosure.statements.is_empty() && disclosure.forms.is_empty() {
        return Ok(None);
    }
    let findings = findings::findings(&document.path.display().to_string(), &reconciliation);
    let text =
        if plan.json { findings::write_json(&findings, plan.lang) } else { findings::write_text(&findings, plan.lang) };
    Ok(Some((text, findings.findings.len())))
}
