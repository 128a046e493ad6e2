//! The command `mingzhang`: runs a plan, prints, and decides the exit status.

mod args;
mod command;

use std::io::{self, Write as _};
use std::process::ExitCode;

use args::Plan;
use command::Status;
use mingzhang::batch::guard;

fn main() -> ExitCode {
    guard::report_panics_as_errors();
    let status = match args::plan() {
        Ok(Plan::Extract(plan)) => command::extract::run(&plan),
        Ok(Plan::Dump(plan)) => command::dump::run(&plan),
        Err(usage) => {
            // Help and version are asked for; the rest is a run that cannot start.
            let _ = usage.print();
            if usage.use_stderr() { Status::Stopped } else { Status::Clean }
        }
    };
    status.into()
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
