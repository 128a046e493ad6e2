//! `mingzhang extract`: documents become published records.

use std::ffi::OsString;
use std::io::{self, ErrorKind};

use mingzhang::batch::record::{Record, Status as Became};
use mingzhang::batch::summary::Summary;
use mingzhang::batch::{self, Batch, Document, Isolation, Stop, Turn};
use mingzhang::note::NoteKind;

use crate::args::ExtractPlan;
use crate::command::progress::Progress;
use crate::command::words::{self, said};
use crate::command::{Status, inputs, nothing_found, stop};

/// Does what the plan says; `itself` starts this command, for workers.
pub(crate) fn run(plan: ExtractPlan, itself: Vec<OsString>) -> Status {
    let discovery = match inputs(&plan.paths, plan.list.as_ref(), plan.out.as_deref()) {
        Ok(discovery) => discovery,
        Err(status) => return status,
    };
    if !plan.quiet {
        for remark in &discovery.remarks {
            crate::say(&format!("{}: {}: {}", remark.path.display(), said("skipped", "跳过"), remark.reason));
        }
        for left_out in discovery.left_out.iter().filter(|_| plan.verbosity > 0) {
            crate::say(&format!("{}: {}: {}", left_out.path.display(), said("left out", "未处理"), left_out.reason));
        }
    }
    if discovery.found.is_empty() {
        return nothing_found(&discovery);
    }
    let n_left_out = discovery.left_out.len() as u64;
    let isolation = match plan.workers {
        Some((timeout, arguments)) => Isolation::Workers { command: [itself, arguments].concat(), timeout },
        None => Isolation::InProcess,
    };
    let batch = Batch {
        found: discovery.found,
        out: plan.out,
        options: plan.options,
        ocr: plan.ocr,
        exports: plan.exports,
        n_jobs: plan.n_jobs,
        resume: plan.resume,
        isolation,
    };
    let mut telling = Telling { quiet: plan.quiet, traced: plan.verbosity > 0, progress: Progress::silent() };
    let ran = batch::run(batch, &mut telling);
    telling.progress.end();
    match ran {
        Ok(summary) => {
            let summary = Summary { n_left_out, ..summary };
            for path in &summary.changed {
                crate::say(&format!("{}: left: no result of this run, and not as a run wrote it", path.display()));
            }
            summary.remarks.iter().for_each(|remark| crate::say(remark));
            if !plan.quiet && summary.n_documents + summary.n_same + n_left_out > 1 {
                crate::say(words::summary(&summary).trim_end());
            }
            status(&summary)
        }
        // The reader has seen enough, and that is no failure.
        Err(Stop::Output(error)) if error.kind() == ErrorKind::BrokenPipe => Status::Clean,
        Err(reason) => stop(&reason.to_string()),
    }
}

fn status(summary: &Summary) -> Status {
    match (summary.n_failed(), summary.n_findings()) {
        (1.., _) => Status::Failures,
        (_, 1..) => Status::Findings,
        _ => Status::Clean,
    }
}

/// What people and pipes are told of a run.
struct Telling {
    quiet: bool,
    /// Whether traces tell of each document already.
    traced: bool,
    progress: Progress,
}

impl batch::Watch for Telling {
    fn begin(&mut self, n_documents: usize) -> Result<(), Stop> {
        if self.quiet || self.traced { Ok(()) } else { self.progress.begin(n_documents) }
    }

    fn done(&self, turn: &Turn) {
        self.progress.done(turn);
    }

    fn take(&self, document: &Document, turn: Turn) -> io::Result<()> {
        self.progress.aside(|| {
            self.say(document, &turn);
            if turn.bytes.is_empty() { Ok(()) } else { crate::print(&turn.bytes) }
        })
    }
}

impl Telling {
    fn say(&self, document: &Document, turn: &Turn) {
        let (path, record) = (document.path.display(), &turn.record);
        let reason = record.troubles.first();
        match (record.status, reason) {
            (Became::Failed, Some(reason)) => crate::say(&words::failure(&path, &reason.code, &reason.message)),
            _ if self.quiet => {}
            (Became::Skipped, Some(reason)) => {
                crate::say(&format!("{path}: {}: {}", said("skipped", "跳过"), reason.message))
            }
            (Became::Published, _) => tell_published(&path, record),
            (_, None) => {}
        }
        if !self.quiet {
            for same in &document.same {
                crate::say(&format!("{}: {} {path}", same.display(), said("the same bytes as", "内容相同于")));
            }
        }
    }
}

fn tell_published(path: &std::path::Display<'_>, record: &Record) {
    if let Some(lost) = record.troubles.first() {
        let (n, place) = (record.troubles.len(), lost.page.map(|page| format!(" on page {page}")));
        let more = if n > 1 { format!(", and {} more", n - 1) } else { String::new() };
        let is_unread = lost.code == NoteKind::NoTextLayer.name();
        let hint = said(" (--ocr MODELS reads scanned pages)", "（--ocr MODELS 可识读扫描页）");
        let hint = if is_unread { hint } else { "" };
        crate::say(&format!("{path}: {}{}: {}{more}{hint}", lost.code, place.unwrap_or_default(), lost.message));
    }
    if !record.has_amounts() {
        crate::say(&format!("{path}: {}", said("no amount was found", "没有找到金额")));
    }
    let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    if let Some(told) = words::contradiction(path, count(record.n_places), count(record.n_contradictions)) {
        crate::say(&told);
    }
}
