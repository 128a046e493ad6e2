//! One file a subcommand: a plan is carried out, and its exit [`Status`] comes back.

pub(crate) mod about;
pub(crate) mod check;
pub(crate) mod ci;
pub(crate) mod diff;
pub(crate) mod dump;
pub(crate) mod export;
pub(crate) mod extract;
pub(crate) mod golden;
mod progress;
pub(crate) mod relate;
pub(crate) mod render;
pub(crate) mod review;
mod words;
pub(crate) mod worker;

use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use mingzhang::batch::discover::{self, Discovery};
use mingzhang::emit::decisions::Decisions;

use crate::args::List;
use words::said;

/// How a run ended, as the exit status that the help promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// All is done and clean.
    Clean = 0,
    /// All is done, with findings.
    Findings = 1,
    /// Some documents failed.
    Failures = 2,
    /// The run could not start or go on; the reason is on standard error.
    Stopped = 3,
}

/// Prints a result and says how the run ends; that a reader has seen enough is no failure.
pub(crate) fn print(bytes: &[u8], status: Status) -> Status {
    match crate::print(bytes) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            stop(&format!("{}: {error}", said("standard output", "标准输出")))
        }
        _ => status,
    }
}

/// Says why the run cannot start or go on.
pub(crate) fn stop(reason: &str) -> Status {
    crate::say(&format!("mingzhang: {reason}"));
    Status::Stopped
}

/// The files to work on: what the paths mean, and what a list names.
fn inputs(paths: &[PathBuf], list: Option<&List>, except: Option<&Path>) -> Result<Discovery, Status> {
    let mut all = discover::discover(paths, except);
    let Some(list) = list else { return Ok(all) };
    let List { path: list, null } = list;
    let mut bytes = Vec::new();
    let read = match list == Path::new("-") {
        true if paths.iter().any(|path| path == list) => {
            return Err(stop(said(
                "expected either the list or a document from standard input",
                "标准输入只能是列表或文件之一",
            )));
        }
        true => io::stdin().lock().read_to_end(&mut bytes).map(drop),
        false => std::fs::read(list).map(|read| bytes = read),
    };
    read.map_err(|error| stop(&format!("{}: {error}", list.display())))?;
    all.extend(discover::discover_listed(&bytes, *null, except));
    Ok(all)
}

/// What reviewers decided, in a folder or file that somebody named: it must be there.
fn named_decisions(review: &Path) -> Result<Decisions, Status> {
    if review.exists() {
        return decisions_in(review);
    }
    let expected = said("expected the decisions of reviewers", "应为审阅决定的文件或文件夹");
    Err(stop(&format!("{}: {expected}", review.display())))
}

/// What reviewers decided, if anything.
fn decisions_in(review: &Path) -> Result<Decisions, Status> {
    Decisions::read(review).map_err(|error| stop(&format!("{}: {error}", review.display())))
}

/// Says that the paths mean no file to work on.
fn nothing_found(discovery: &Discovery) -> Status {
    let left_out = left_out(discovery, 0).map(|left_out| format!(" ({left_out})")).unwrap_or_default();
    stop(&format!("{}{left_out}", said("found neither a PDF nor a text dump", "没有找到 PDF 或文本转储")))
}

/// How much lies in folders that is no file to work on, or turned out to be no disclosure; `None` where nothing does.
fn left_out(discovery: &Discovery, n_foreign: usize) -> Option<String> {
    words::left_out(discovery.left_out.len() + n_foreign)
}
