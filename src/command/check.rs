//! `mingzhang check`: what a person must look at in each document is printed.

use std::io::{self, ErrorKind};
use std::ops::ControlFlow;
use std::sync::Arc;

use mingzhang::Error;
use mingzhang::batch::discover::Found;
use mingzhang::batch::options::Options;
use mingzhang::batch::{self, Input, guard, publish};
use mingzhang::emit;
use mingzhang::emit::decisions::Decisions;
use mingzhang::emit::findings::{self, Findings};
use mingzhang::read::scan::Ocr;

use crate::args::CheckPlan;
use crate::command::ci::Case;
use crate::command::words;
use crate::command::{Status, inputs, left_out, named_decisions, nothing_found, stop};

/// Prints findings in the order of the documents.
pub(crate) fn run(plan: &CheckPlan) -> Status {
    let discovery = match inputs(&plan.paths, plan.list.as_ref(), None) {
        Ok(discovery) => discovery,
        Err(status) => return status,
    };
    if discovery.found.is_empty() {
        return nothing_found(&discovery);
    }
    let found = &discovery.found;
    let decisions = match plan.review.as_deref().map_or_else(|| Ok(Decisions::default()), named_decisions) {
        Ok(decisions) => Arc::new(decisions),
        Err(status) => return status,
    };
    let mut status = Status::Clean;
    let mut n_foreign = 0;
    let mut written = String::new();
    let mut cases = Vec::new();
    let mut stopped: Option<io::Error> = None;
    let run = batch::in_order(
        found,
        plan.n_jobs,
        |document| {
            let (document, options) = (document.clone(), plan.options);
            let (ocr, decisions) = (plan.ocr.clone(), Arc::clone(&decisions));
            guard::within(plan.timeout, move || check(&document, options, ocr.as_deref(), &decisions))
                .and_then(|checked| checked)
        },
        |idx, checked| {
            match (checked.and_then(|checked| checked), found.get(idx)) {
                (Ok(findings), _) => {
                    if !findings.tally.is_clean() && status == Status::Clean {
                        status = Status::Findings;
                    }
                    if plan.ci.is_some() {
                        cases.push(Case::of_findings(&findings::json(&findings, plan.lang)));
                        return ControlFlow::Continue(());
                    }
                    let text = if plan.json {
                        format!("{}\n", findings::json(&findings, plan.lang))
                    } else {
                        findings::write_text(&findings, plan.lang)
                    };
                    if plan.out.is_some() {
                        written.push_str(&text);
                    } else if let Err(error) = crate::print(text.as_bytes()) {
                        stopped = Some(error);
                        return ControlFlow::Break(());
                    }
                }
                (_, None) => {}
                (Err(error), Some(document)) if document.walked && error.is_foreign() => n_foreign += 1,
                (Err(error), Some(document)) => {
                    let path = document.path.display();
                    crate::say(&words::failure(&path, error.code(), &error));
                    cases.push(Case::failed(path.to_string(), error.code(), error.to_string()));
                    status = Status::Failures;
                }
            }
            ControlFlow::Continue(())
        },
    );
    if let Some(left_out) = left_out(&discovery, n_foreign) {
        crate::say(&format!("mingzhang: {left_out}"));
    }
    if let Some(ci) = plan.ci {
        written = ci.write("check", &cases);
        if plan.out.is_none() {
            stopped = crate::print(written.as_bytes()).err();
        }
    }
    if let Some(out) = &plan.out
        && let Err(error) = publish::publish(out, written.as_bytes())
    {
        return stop(&format!("{}: {error}", out.display()));
    }
    match (run, stopped) {
        (Err(error), _) => stop(&error.to_string()),
        (_, Some(error)) if error.kind() != ErrorKind::BrokenPipe => stop(&format!("standard output: {error}")),
        _ => status,
    }
}

/// What a person must look at in one document.
fn check(document: &Found, options: Options, ocr: Option<&Ocr>, decisions: &Decisions) -> Result<Findings, Error> {
    let input = Input::File(document.path.clone());
    let bytes = input.load()?;
    let reconciliation = options.extract(&bytes, ocr, document.walked)?;
    // Nothing is decided in most runs: their bytes need no hash.
    let id = if decisions.is_empty() { String::new() } else { emit::sha256(&bytes) };
    Ok(findings::reviewed(&document.path.display().to_string(), &reconciliation, decisions.of(&id)))
}
