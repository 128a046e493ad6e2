//! `mingzhang review`: a page on this machine on which a person decides about figures, or the same for a web space.

#[cfg(feature = "review")]
use std::process::Command;

use crate::args::ReviewPlan;
use crate::command::{Status, stop};

/// Says that this program has no such page.
#[cfg(not(feature = "review"))]
pub(crate) fn run(_: &ReviewPlan) -> Status {
    stop("review: this program was built without it; build it with --features review, or with --features full for all")
}

/// Serves the page until the process ends, or writes it.
#[cfg(feature = "review")]
pub(crate) fn run(plan: &ReviewPlan) -> Status {
    use mingzhang::review::{Review, Server};

    let review = match Review::open(&plan.folder, plan.sources.clone(), &plan.reviewer) {
        Ok(review) => review,
        Err(error) => return stop(&format!("{}: {error}", plan.folder.display())),
    };
    if let Some(site) = &plan.site {
        return match review.write_site(site) {
            Ok(remarks) => {
                remarks.iter().for_each(|remark| crate::say(remark));
                if remarks.is_empty() { Status::Clean } else { Status::Failures }
            }
            Err(error) => stop(&format!("{}: {error}", site.display())),
        };
    }
    let server = match Server::bind(plan.port) {
        Ok(server) => server,
        Err(error) => return stop(&error.to_string()),
    };
    let address = server.address();
    if let Err(error) = crate::print(format!("{address}\n").as_bytes()) {
        return stop(&error.to_string());
    }
    crate::say(&format!("mingzhang: {} documents; Ctrl-C ends the review", review.n_documents()));
    if plan.opens && !open(&address) {
        crate::say("mingzhang: no browser could be opened; open the address above");
    }
    server.serve(review);
    Status::Clean
}

/// Opens an address in the browser of this machine.
#[cfg(feature = "review")]
fn open(address: &str) -> bool {
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("explorer", &[]),
        _ => ("xdg-open", &[]),
    };
    Command::new(program).args(arguments).arg(address).spawn().is_ok()
}
