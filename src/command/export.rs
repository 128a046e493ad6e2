//! `mingzhang export`: what a run left in a folder is published again, with what reviewers decided.

use mingzhang::Error;
use mingzhang::batch::done::{self, Filed};
use mingzhang::batch::guard;
use mingzhang::emit::decisions::{self, Decisions};
use mingzhang::emit::export::Export;
use mingzhang::emit::sink::Content;
use mingzhang::emit::staging::Staging;

use crate::args::ExportPlan;
use crate::command::{Status, decisions_in, named_decisions, stop};

/// Publishes the folder's reports.
pub(crate) fn run(plan: &ExportPlan) -> Status {
    let mut documents = match done::documents(&plan.folder) {
        Ok(documents) => documents,
        Err(error) => return stop(&format!("{}: {error}", plan.folder.display())),
    };
    // A folder without decisions is one that nobody has reviewed; a file that is named must be there.
    let decided = match plan.review.as_deref() {
        Some(review) => named_decisions(review),
        None => decisions_in(&plan.folder),
    };
    let decisions = match decided {
        Ok(decisions) => decisions,
        Err(status) => return status,
    };
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    documents.dedup_by(|a, b| a.id == b.id);
    let mut status = Status::Clean;
    for (n, export) in plan.exports.iter().enumerate() {
        match publish(plan, &documents, &decisions, *export, n == 0) {
            Ok(Status::Clean) => {}
            Ok(told) => status = told,
            Err(error) => return stop(&format!("{}: {error}", plan.out.display())),
        }
    }
    status
}

/// Writes an export, which appears whole or not at all.
fn publish(
    plan: &ExportPlan,
    documents: &[Filed],
    decisions: &Decisions,
    export: Export,
    tells: bool,
) -> Result<Status, Error> {
    let staging = Staging::new(export, &plan.out, |name| plan.out.join(format!(".{name}")));
    let (mut n_stale, mut n_lost) = (0, 0);
    let (_, remarks) = staging.write(Content::Reports, |sink| {
        for filed in documents {
            let records = guard::guard(|| filed.records(&plan.folder, &plan.sources)).and_then(|records| records);
            let records = match records {
                Ok(records) => records,
                Err(error) => {
                    n_lost += 1;
                    if tells {
                        crate::say(&format!("{}: {}: {error}", filed.name, error.code()));
                    }
                    continue;
                }
            };
            let applied = decisions::apply(&records, decisions.of(&filed.id))?;
            n_stale += applied.n_stale;
            sink.report(&applied.records)?;
        }
        Ok(())
    })?;
    let stale = decisions::stale_remark(n_stale).filter(|_| tells);
    for remark in remarks.into_iter().map(|remark| format!("{}: {remark}", export.name())).chain(stale) {
        crate::say(&remark);
    }
    staging.put()?;
    Ok(match (n_lost, n_stale) {
        (0, 0) => Status::Clean,
        (0, _) => Status::Findings,
        _ => Status::Failures,
    })
}
