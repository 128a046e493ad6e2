//! `mingzhang check`: what a person must look at in each document, in the order given.

use std::io::{self, ErrorKind};
use std::ops::ControlFlow;

use mingzhang::Error;
use mingzhang::batch::discover::{Found, discover};
use mingzhang::batch::{self, Input};
use mingzhang::emit::findings;
use mingzhang::pipeline::extract_within;
use mingzhang::read::MediaType;

use crate::args::CheckPlan;
use crate::command::{Status, stop};

/// What became of one document.
enum Checked {
    /// Its findings as they are printed, and how many there are.
    Told(String, usize),
    /// A text that a folder walk found and that shows neither a statement nor a form.
    OtherText,
}

/// Does what the plan says.
pub(crate) fn run(plan: &CheckPlan) -> Status {
    let discovery = discover(&plan.paths, None);
    for remark in &discovery.remarks {
        crate::say(&format!("{}: skipped: {}", remark.path.display(), remark.reason));
    }
    if discovery.found.is_empty() {
        return stop("found neither a PDF nor a text dump");
    }
    let (mut with_findings, mut failed, mut stopped) = (false, false, None);
    let ran = batch::in_order(
        &discovery.found,
        plan.n_jobs,
        |found| check(found, plan),
        |idx, outcome| {
            let Some(found) = discovery.found.get(idx) else { return ControlFlow::Break(()) };
            let printed: io::Result<()> = match outcome.and_then(|checked| checked) {
                Ok(Checked::Told(text, n_findings)) => {
                    with_findings |= n_findings > 0;
                    crate::print(text.as_bytes())
                }
                Ok(Checked::OtherText) => Ok(()),
                // A folder holds all kinds of files; only what was named must be a disclosure.
                Err(Error::Empty | Error::NotADisclosure(_)) if found.walked => Ok(()),
                Err(error) => {
                    failed = true;
                    crate::say(&format!("{}: {}: {error}", found.path.display(), error.code()));
                    Ok(())
                }
            };
            match printed {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    stopped = Some(error);
                    ControlFlow::Break(())
                }
            }
        },
    );
    match (ran, stopped) {
        (Err(error), _) => stop(&error.to_string()),
        (_, Some(error)) if error.kind() != ErrorKind::BrokenPipe => stop(&format!("standard output: {error}")),
        _ if failed => Status::Failures,
        _ if with_findings => Status::Findings,
        _ => Status::Clean,
    }
}

/// The findings of one document.
fn check(found: &Found, plan: &CheckPlan) -> Result<Checked, Error> {
    let reconciliation = extract_within(&Input::File(found.path.clone()).load()?, &plan.limits)?;
    let disclosure = &reconciliation.disclosure;
    let is_text = disclosure.source.media_type == MediaType::Text;
    if found.walked && is_text && disclosure.statements.is_empty() && disclosure.forms.is_empty() {
        return Ok(Checked::OtherText);
    }
    let findings = findings::findings(&found.path.display().to_string(), &reconciliation);
    let write = if plan.json { findings::write_json } else { findings::write_text };
    Ok(Checked::Told(write(&findings, plan.lang), findings.findings.len()))
}
