//! The command line, for whatever program starts it: runs a plan, prints, and decides the exit status.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};

use tracing_subscriber::filter::LevelFilter;

use crate::args::{self, Plan};
use crate::batch::guard;
use crate::command::{self, Status};
use crate::emit::findings::Lang;

/// Whether people are spoken to in Chinese. It concerns standard error alone, and so everything that one process says.
static IN_CHINESE: AtomicBool = AtomicBool::new(false);

/// The language of help and messages.
pub(crate) fn lang() -> Lang {
    if IN_CHINESE.load(Ordering::Relaxed) { Lang::Zh } else { Lang::En }
}

/// Does what the arguments say, the program's name first, and gives the exit status; `itself` is the program and the
/// arguments that start this command line, for worker processes.
pub fn command_line(arguments: Vec<OsString>, itself: Vec<OsString>) -> u8 {
    guard::report_panics_as_errors();
    let lang = args::spoken(&arguments);
    IN_CHINESE.store(lang == Lang::Zh, Ordering::Relaxed);
    let status = guard::guard(|| obey(arguments, itself, lang)).unwrap_or_else(|error| {
        say(&format!("mingzhang: {error} ({})", error.code()));
        Status::Stopped
    });
    status as u8
}

fn obey(arguments: Vec<OsString>, itself: Vec<OsString>, lang: Lang) -> Status {
    match args::plan(arguments, lang) {
        Ok(Plan::Extract(plan)) => {
            tell_inner_life(plan.verbosity);
            command::extract::run(plan, itself)
        }
        Ok(Plan::Check(plan)) => command::check::run(&plan),
        Ok(Plan::Dump(plan)) => command::dump::run(&plan),
        Ok(Plan::Golden(plan)) => command::golden::run(&plan),
        Ok(Plan::Diff(plan)) => command::diff::run(&plan),
        Ok(Plan::Relate(plan)) => command::relate::run(&plan),
        Ok(Plan::Review(plan)) => command::review::run(&plan),
        Ok(Plan::Export(plan)) => command::export::run(&plan),
        Ok(Plan::About(plan)) => command::about::run(&plan),
        Ok(Plan::Render(plan)) => command::render::run(&plan),
        Ok(Plan::Worker(plan)) => command::worker::run(plan, io::stdin(), io::stdout()),
        Err(usage) => {
            // Help and version are asked for; the rest is a run that cannot start.
            match args::in_words(&usage, lang) {
                Some(words) => say(&words),
                None => drop(usage.print()),
            }
            if usage.use_stderr() { Status::Stopped } else { Status::Clean }
        }
    }
}

/// Traces on standard error: what is done, and at a higher level how.
fn tell_inner_life(verbosity: u8) {
    let level = match verbosity {
        0 => return,
        1 => LevelFilter::INFO,
        2 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    // A second command in one process, which only a library's user can have, tells its life as the first one did.
    let _ = tracing_subscriber::fmt().with_max_level(level).with_writer(io::stderr).with_target(false).try_init();
}

/// Writes a result to standard output.
pub(crate) fn print(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// One line on standard error; that nobody can read it changes nothing.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
