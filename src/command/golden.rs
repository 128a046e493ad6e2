//! `mingzhang golden check` and `bless`: documents are compared with their goldens.

use std::ops::ControlFlow;

use mingzhang::batch::discover::{Found, discover};
use mingzhang::batch::in_order;
use mingzhang::emit::findings::{self, Lang};
use mingzhang::golden::{self, Checked, Verdict};
use mingzhang::{Error, compare};
use serde_json::{Value, json};

use crate::args::{GoldenPlan, GoldenTask};
use crate::command::{Status, left_out, nothing_found, print, stop};

/// What came to light, as far as it goes.
#[derive(Default)]
struct Tally {
    n_same: usize,
    n_different: usize,
    n_failed: usize,
    /// Documents with a part that is lost, or without any amount.
    n_incomplete: usize,
    /// Files of folders that turned out to be something else.
    n_foreign: usize,
    /// One object a document that is not the same.
    told: Vec<Value>,
}

/// Shows every difference, and blesses what is new where the plan says so.
pub(crate) fn run(plan: &GoldenPlan) -> Status {
    let discovery = discover(&plan.paths, Some(&plan.golden));
    if discovery.found.is_empty() {
        return nothing_found(&discovery);
    }
    let found = &discovery.found;
    if let Some(clash) = clash(plan, found) {
        return stop(&clash);
    }
    let mut tally = Tally::default();
    let mut stopped = None;
    let ran = in_order(
        found,
        plan.n_jobs,
        |found| golden::check(found, &plan.golden, &plan.options),
        |idx, checked| {
            let Some(found) = found.get(idx) else { return ControlFlow::Break(()) };
            match settle(plan, found, checked.and_then(|checked| checked), &mut tally) {
                Status::Stopped => {
                    stopped = Some(Status::Stopped);
                    ControlFlow::Break(())
                }
                _ => ControlFlow::Continue(()),
            }
        },
    );
    if let Err(error) = ran {
        return stop(&error.to_string());
    }
    if let Some(status) = stopped {
        return status;
    }
    match golden::orphans(&plan.paths, &plan.golden, found) {
        Err(error) => return stop(&format!("{}: {error}", plan.golden.display())),
        Ok(orphans) => {
            for orphan in orphans {
                tally.n_different += 1;
                let name = orphan.strip_prefix(&plan.golden).unwrap_or(&orphan).display().to_string();
                if let Status::Stopped = tell(plan, &mut tally, &name, "orphan", None, None) {
                    return Status::Stopped;
                }
            }
        }
    }
    if let Some(left_out) = left_out(&discovery, tally.n_foreign) {
        crate::say(&format!("mingzhang: {left_out}"));
    }
    end(plan, &tally)
}

/// Two documents that would have one golden.
fn clash(plan: &GoldenPlan, found: &[Found]) -> Option<String> {
    let mut targets: Vec<_> = found.iter().map(|found| (golden::target(&plan.golden, found), &found.path)).collect();
    targets.sort();
    targets.windows(2).find_map(|pair| match pair {
        [a, b] if a.0 == b.0 => {
            Some(format!("{} and {} would both have the golden {}", a.1.display(), b.1.display(), a.0.display()))
        }
        _ => None,
    })
}

/// Shows how one document compares, and blesses it.
fn settle(plan: &GoldenPlan, found: &Found, checked: Result<Checked, Error>, tally: &mut Tally) -> Status {
    let checked = match checked {
        Ok(checked) => checked,
        Err(error) if found.walked && error.is_foreign() => {
            tally.n_foreign += 1;
            return Status::Clean;
        }
        Err(error) => {
            tally.n_failed += 1;
            crate::say(&format!("{}: {}: {error}", found.path.display(), error.code()));
            return Status::Failures;
        }
    };
    let name = checked.golden.strip_prefix(&plan.golden).unwrap_or(&checked.golden).display().to_string();
    let lost = Some(&checked.tally).filter(|tally| !tally.is_whole());
    tally.n_incomplete += usize::from(lost.is_some());
    let told = match &checked.verdict {
        Verdict::Same => {
            tally.n_same += 1;
            return if lost.is_some() { tell(plan, tally, &name, "same", None, lost) } else { Status::Clean };
        }
        Verdict::Missing => tell(plan, tally, &name, "missing", None, lost),
        Verdict::Damaged => tell(plan, tally, &name, "damaged", None, lost),
        Verdict::Different(differences) => tell(plan, tally, &name, "different", Some(differences), lost),
    };
    tally.n_different += 1;
    if told == Status::Stopped || plan.task == GoldenTask::Check {
        return told;
    }
    match golden::bless(&checked) {
        Ok(()) => Status::Clean,
        Err(error) => stop(&format!("{}: {error}", checked.golden.display())),
    }
}

/// Tells people at once of one document, or keeps it for the JSON.
fn tell(
    plan: &GoldenPlan,
    tally: &mut Tally,
    name: &str,
    status: &str,
    differences: Option<&Vec<compare::Difference>>,
    lost: Option<&findings::Tally>,
) -> Status {
    if plan.json {
        let mut document = compare::json(differences.map(Vec::as_slice).unwrap_or_default());
        if let Some(fields) = document.as_object_mut() {
            fields.insert("golden".to_owned(), name.into());
            fields.insert("status".to_owned(), status.into());
            if let Some(tally) = lost {
                fields.insert("lost".to_owned(), findings::lost(tally));
                fields.insert("has_amounts".to_owned(), tally.has_amounts().into());
            }
        }
        tally.told.push(document);
        return Status::Clean;
    }
    let what = match status {
        "same" => "the same",
        "missing" => "has no golden",
        "orphan" => "its document is gone",
        "damaged" => "is no JSON",
        _ => "differs",
    };
    let table = differences.map(|differences| compare::people(differences)).unwrap_or_default();
    let lost = lost.map(|tally| format!("{name}: {}\n", findings::head(tally, Lang::En))).unwrap_or_default();
    print(format!("{lost}{name}: {what}\n{table}").as_bytes(), Status::Clean)
}

/// The last line or the JSON, and how the run ends.
fn end(plan: &GoldenPlan, tally: &Tally) -> Status {
    let Tally { n_same, n_different, n_failed, n_incomplete, .. } = *tally;
    let status = match (plan.task, n_failed, n_different + n_incomplete) {
        (_, 1.., _) => Status::Failures,
        (GoldenTask::Check, 0, 1..) => Status::Findings,
        _ => Status::Clean,
    };
    if plan.json {
        let counts = json!({"same": n_same, "different": n_different, "failed": n_failed, "incomplete": n_incomplete});
        return print(format!("{:#}\n", json!({"counts": counts, "documents": tally.told})).as_bytes(), status);
    }
    let blessed = if plan.task == GoldenTask::Bless { ", blessed" } else { "" };
    let incomplete =
        if n_incomplete > 0 { format!(", {n_incomplete} not read whole or without amounts") } else { String::new() };
    crate::say(&format!(
        "mingzhang: {n_same} the same, {n_different} different{blessed}, {n_failed} failed{incomplete}"
    ));
    status
}
