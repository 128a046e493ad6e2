//! The command `mingzhang`: runs a plan, prints, and decides the exit status.

mod args;

use std::io::{self, ErrorKind, IsTerminal as _, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use mingzhang::batch::discover::{Found, discover};
use mingzhang::batch::{self, Input, guard, publish};
use mingzhang::read::MediaType;
use mingzhang::{Error, dump, emit, render};

use args::{DumpPlan, ExtractPlan, Plan, RenderPlan};

fn main() -> ExitCode {
    guard::report_panics_as_errors();
    let outcome = match args::plan() {
        Ok(Plan::Extract(plan)) => extract(&plan),
        Ok(Plan::Dump(plan)) => dump(&plan),
        Ok(Plan::Render(plan)) => draw(&plan),
        Err(usage) => {
            // Help and version are asked for; the rest is a run that cannot start.
            let _ = usage.print();
            if usage.use_stderr() { Outcome::Stopped } else { Outcome::Done(Tally::default()) }
        }
    };
    outcome.exit_code()
}

/// How a run ended.
enum Outcome {
    /// It went to its end.
    Done(Tally),
    /// It could not start or go on; the reason is on standard error.
    Stopped,
}

impl Outcome {
    /// The exit status that the help promises.
    fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Stopped => 3,
            Self::Done(tally) if tally.n_failed > 0 => 2,
            Self::Done(tally) if tally.n_contradicted > 0 => 1,
            Self::Done(_) => 0,
        })
    }
}

/// What became of the documents.
#[derive(Default)]
struct Tally {
    n_published: usize,
    n_contradicted: usize,
    n_failed: usize,
    n_skipped: usize,
}

/// One document's result, ready for its destination.
struct Ready {
    /// The encoded report; empty where it stands in its own file already.
    bytes: Vec<u8>,
    n_contradictions: usize,
    n_checks: usize,
}

/// What a worker made of one document.
enum Made {
    Ready(Ready),
    /// A text that a folder walk found and that shows neither a statement nor a form: a note, a list, a manifest.
    OtherText,
}

fn extract(plan: &ExtractPlan) -> Outcome {
    let found = discover(&plan.paths);
    if found.is_empty() {
        return stop("found neither a PDF nor a text dump");
    }
    if let Some(folder) = &plan.out {
        if let Err(clash) = clash(folder, &found, plan) {
            return stop(&clash);
        }
        if let Err(error) = std::fs::create_dir_all(folder) {
            return stop(&format!("{}: {error}", folder.display()));
        }
    }
    let progress = progress(found.len());
    let mut tally = Tally::default();
    let mut stopped = None;
    let run = batch::in_order(
        &found,
        plan.n_jobs,
        |found| work(found, plan),
        |idx, outcome| {
            progress.inc(1);
            let Some(found) = found.get(idx) else { return ControlFlow::Break(()) };
            let step = progress.suspend(|| settle(found, outcome.and_then(|made| made), &mut tally));
            match step {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    stopped = Some(error);
                    ControlFlow::Break(())
                }
            }
        },
    );
    progress.finish_and_clear();
    match (run, stopped) {
        (Err(error), _) => stop(&error.to_string()),
        // The reader has seen enough, and that is no failure.
        (_, Some(error)) if error.kind() == ErrorKind::BrokenPipe => Outcome::Done(tally),
        (_, Some(error)) => stop(&format!("standard output: {error}")),
        _ => {
            if found.len() > 1 {
                let Tally { n_published, n_contradicted, n_failed, n_skipped } = tally;
                say(&format!(
                    "mingzhang: {n_published} published, of these {n_contradicted} with contradictions; {n_failed} failed, {n_skipped} skipped"
                ));
            }
            Outcome::Done(tally)
        }
    }
}

/// Two sources that would be published in one file, named for people.
fn clash(folder: &Path, found: &[Found], plan: &ExtractPlan) -> Result<(), String> {
    let mut targets: Vec<(PathBuf, &Path)> =
        found.iter().map(|f| (target(folder, f, plan), f.path.as_path())).collect();
    targets.sort();
    match targets.windows(2).find(|pair| matches!(pair, [a, b] if a.0 == b.0)) {
        Some([a, b]) => {
            Err(format!("{} and {} would both be published as {}", a.1.display(), b.1.display(), a.0.display()))
        }
        _ => Ok(()),
    }
}

fn target(folder: &Path, found: &Found, plan: &ExtractPlan) -> PathBuf {
    publish::target(folder, &found.relative, plan.encoding.extension())
}

/// What a worker does for one document: everything but the printing.
fn work(found: &Found, plan: &ExtractPlan) -> Result<Made, Error> {
    let input = Input::File(found.path.clone());
    let source = input.load()?;
    let reconciliation = mingzhang::extract(&source)?;
    let report = emit::report(&input.name(), &source, &reconciliation);
    let is_text = reconciliation.disclosure.source.media_type == MediaType::Text;
    if found.walked && is_text && report.tables.is_empty() && report.forms.is_empty() {
        return Ok(Made::OtherText);
    }
    let mut bytes = plan.encoding.encode(&report, &reconciliation)?;
    if let Some(folder) = &plan.out {
        publish::publish(&target(folder, found, plan), &bytes)?;
        bytes.clear();
    }
    Ok(Made::Ready(Ready { bytes, n_contradictions: report.n_contradictions(), n_checks: report.checks.len() }))
}

/// Counts one outcome, and prints what is due for it.
fn settle(found: &Found, outcome: Result<Made, Error>, tally: &mut Tally) -> io::Result<()> {
    let path = found.path.display();
    match outcome {
        Ok(Made::Ready(ready)) => {
            tally.n_published += 1;
            if ready.n_contradictions > 0 {
                tally.n_contradicted += 1;
                say(&format!("{path}: contradiction: {} of {} checks fail", ready.n_contradictions, ready.n_checks));
            }
            let mut out = io::stdout().lock();
            out.write_all(&ready.bytes)?;
            out.flush()
        }
        Ok(Made::OtherText) => {
            tally.n_skipped += 1;
            say(&format!("{path}: skipped: a text without statement or form"));
            Ok(())
        }
        // A folder holds all kinds of files; only what was named must be a disclosure.
        Err(Error::Empty | Error::NotADisclosure(_)) if found.walked => {
            tally.n_skipped += 1;
            Ok(())
        }
        Err(error) => {
            tally.n_failed += 1;
            say(&format!("{path}: {}: {error}", error.code()));
            Ok(())
        }
    }
}

fn dump(plan: &DumpPlan) -> Outcome {
    show(&plan.file, None, |bytes| dump::dump(bytes, plan.stage, plan.page))
}

fn draw(plan: &RenderPlan) -> Outcome {
    show(&plan.file, plan.out.as_deref(), |bytes| render::render(bytes, plan.page, plan.stage))
}

/// Writes what is made of one document to a file or to standard output.
fn show(file: &Path, out: Option<&Path>, make: impl Fn(&[u8]) -> Result<String, Error> + Sync) -> Outcome {
    let mut outcome = Outcome::Done(Tally::default());
    let shown = batch::in_order(
        &[Input::File(file.to_path_buf())],
        1,
        |input| make(&input.load()?),
        |_, text| {
            match (text.and_then(|text| text), out) {
                (Ok(text), Some(out)) => {
                    if let Err(error) = publish::publish(out, text.as_bytes()) {
                        outcome = stop(&format!("{}: {error}", out.display()));
                    }
                }
                (Ok(text), None) => match io::stdout().lock().write_all(text.as_bytes()) {
                    Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                        outcome = stop(&format!("standard output: {error}"))
                    }
                    _ => {}
                },
                (Err(error), _) => {
                    say(&format!("{}: {}: {error}", file.display(), error.code()));
                    outcome = Outcome::Done(Tally { n_failed: 1, ..Tally::default() });
                }
            }
            ControlFlow::Continue(())
        },
    );
    match shown {
        Ok(()) => outcome,
        Err(error) => stop(&error.to_string()),
    }
}

/// A bar for people who wait; nothing where nobody watches or one document is all.
fn progress(n_documents: usize) -> ProgressBar {
    if n_documents < 2 || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(n_documents as u64), ProgressDrawTarget::stderr());
    match ProgressStyle::with_template("{bar:30} {pos}/{len} documents, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn stop(reason: &str) -> Outcome {
    say(&format!("mingzhang: {reason}"));
    Outcome::Stopped
}

/// One line on standard error; that nobody can read it changes nothing.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
