//! The command `mingzhang`: runs a plan, prints, and decides the exit status.

mod args;
mod command;

use std::io::{self, Write as _};
use std::process::ExitCode;

use args::Plan;
use command::Status;
use mingzhang::batch::guard;
use tracing_subscriber::filter::LevelFilter;

fn main() -> ExitCode {
    guard::report_panics_as_errors();
    let status = match args::plan() {
        Ok(Plan::Extract(plan)) => {
            tell_inner_life(plan.verbosity);
            command::extract::run(plan)
        }
        Ok(Plan::Check(plan)) => command::check::run(&plan),
        Ok(Plan::Dump(plan)) => command::dump::run(&plan),
        Ok(Plan::Golden(plan)) => command::golden::run(&plan),
        Ok(Plan::Diff(plan)) => command::diff::run(&plan),
        Ok(Plan::Relate(plan)) => command::relate::run(&plan),
        Ok(Plan::About(plan)) => command::about::run(&plan),
        Ok(Plan::Render(plan)) => command::render::run(&plan),
        Ok(Plan::Worker(plan)) => command::worker::run(plan, io::stdin(), io::stdout()),
        Err(usage) => {
            // Help and version are asked for; the rest is a run that cannot start.
            let _ = usage.print();
            if usage.use_stderr() { Status::Stopped } else { Status::Clean }
        }
    };
    status.into()
}

/// Traces on standard error: what is done, and at a higher level how.
fn tell_inner_life(verbosity: u8) {
    let level = match verbosity {
        0 => return,
        1 => LevelFilter::INFO,
        2 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    tracing_subscriber::fmt().with_max_level(level).with_writer(io::stderr).with_target(false).init();
}

/// Writes a result to standard output.
fn print(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// One line on standard error; that nobody can read it changes nothing.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
