//! `mingzhang relate`: reports of several runs are held against each other.

use std::io::ErrorKind;
use std::path::Path;

use mingzhang::Error;
use mingzhang::emit::export::Export;
use mingzhang::emit::sink::Content;
use mingzhang::emit::staging::Staging;
use mingzhang::relate::{self, Related};

use crate::args::RelatePlan;
use crate::command::{Status, print, stop};

/// Relates the reports and publishes what comes of it.
pub(crate) fn run(plan: &RelatePlan) -> Status {
    let (library, losses) = match relate::load(&plan.paths) {
        Ok(loaded) => loaded,
        Err(loss) => return stop(&format!("{}: {}", loss.path.display(), loss.error)),
    };
    for loss in &losses {
        crate::say(&format!(
            "{}: {}: expected a report with facts: {}",
            loss.path.display(),
            loss.error.code(),
            loss.error
        ));
    }
    let related = relate::relate(library);
    let status = match (losses.is_empty(), related.n_errors()) {
        (false, _) => Status::Failures,
        (true, 0) => Status::Clean,
        (true, _) => Status::Findings,
    };
    match (&plan.out, plan.text) {
        (_, Some(lang)) => print(relate::people(&related, lang).as_bytes(), status),
        (Some(out), None) => match plan.exports.iter().try_for_each(|export| publish(&related, out, *export)) {
            Ok(()) => status,
            Err(error) => stop(&format!("{}: {error}", out.display())),
        },
        (None, None) => {
            let mut is_read = true;
            let written = relate::records(&related, &mut |records| {
                match crate::print(records.as_bytes()) {
                    // That a reader has seen enough is no failure.
                    Err(error) if error.kind() == ErrorKind::BrokenPipe => is_read = false,
                    written => written?,
                }
                if is_read { Ok(()) } else { Err(Error::Io(ErrorKind::BrokenPipe.into())) }
            });
            match written {
                Err(error) if is_read => stop(&format!("standard output: {error}")),
                _ => status,
            }
        }
    }
}

/// Writes an export, which appears whole or not at all.
fn publish(related: &Related, out: &Path, export: Export) -> Result<(), Error> {
    let staging = Staging::new(export, out, |name| out.join(format!(".{name}")));
    let (_, remarks) =
        staging.write(Content::Related, |sink| relate::records(related, &mut |records| sink.report(records)))?;
    for remark in remarks {
        crate::say(&format!("{}: {remark}", export.name()));
    }
    staging.put()
}
