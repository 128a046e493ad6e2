//! `mingzhang golden check` and `bless`: documents are compared with their goldens.

use std::io::ErrorKind;
use std::ops::ControlFlow;

use mingzhang::batch::discover::{Found, discover};
use mingzhang::batch::in_order;
use mingzhang::emit::findings::{self, Lang};
use mingzhang::golden::{self, Checked, Verdict};
use mingzhang::{Error, compare};
use serde_json::{Value, json};

use crate::args::{GoldenPlan, GoldenTask};
use crate::command::ci::Case;
use crate::command::words;
use crate::command::{Status, left_out, nothing_found, print, stop};

/// What came to light, as far as it goes.
#[derive(Default)]
struct Tally {
    n_same: usize,
    n_different: usize,
    n_failed: usize,
    /// Differences of classes that count for nothing.
    n_ignored: usize,
    /// Documents that gave no report.
    failed: Vec<Case>,
    /// Documents with a part that is lost, or without any amount.
    n_incomplete: usize,
    /// Files of folders that turned out to be something else.
    n_foreign: usize,
    /// One object a document that is not the same.
    told: Vec<Value>,
    /// The goldens of all others.
    same: Vec<String>,
}

/// Shows every difference, and blesses what is new where the plan says so.
pub(crate) fn run(plan: &GoldenPlan) -> Status {
    let discovery = discover(&plan.paths, Some(&plan.golden));
    if plan.task == GoldenTask::Retire {
        return retire(plan, &discovery.found);
    }
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

/// Removes goldens: of the files named, and of what is gone from the folders named.
fn retire(plan: &GoldenPlan, found: &[Found]) -> Status {
    // What a folder merely holds keeps its golden.
    let files: Vec<_> = plan.paths.iter().filter(|path| !path.is_dir()).cloned().collect();
    let named = discover(&files, Some(&plan.golden)).found;
    let mut goldens: Vec<_> = named.iter().map(|found| golden::target(&plan.golden, found)).collect();
    match golden::orphans(&plan.paths, &plan.golden, found) {
        Ok(orphans) => goldens.extend(orphans),
        Err(error) => return stop(&format!("{}: {error}", plan.golden.display())),
    }
    let mut status = Status::Clean;
    for golden in goldens {
        let name = golden.strip_prefix(&plan.golden).unwrap_or(&golden).display();
        match std::fs::remove_file(&golden) {
            Ok(()) => {
                if let Status::Stopped = print(format!("{name}: retired\n").as_bytes(), Status::Clean) {
                    return Status::Stopped;
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                crate::say(&format!("{name}: has no golden"));
                status = Status::Failures;
            }
            Err(error) => return stop(&format!("{}: {error}", golden.display())),
        }
    }
    status
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
        Ok(mut checked) => {
            tally.n_ignored += checked.ignore(&plan.ignored);
            checked
        }
        Err(error) if found.walked && error.is_foreign() => {
            tally.n_foreign += 1;
            return Status::Clean;
        }
        Err(error) => {
            tally.n_failed += 1;
            let path = found.path.display();
            crate::say(&words::failure(&path, error.code(), &error));
            tally.failed.push(Case::failed(path.to_string(), error.code(), error.to_string()));
            return Status::Failures;
        }
    };
    let name = checked.golden.strip_prefix(&plan.golden).unwrap_or(&checked.golden).display().to_string();
    let lost = Some(&checked.tally).filter(|tally| !tally.is_whole());
    tally.n_incomplete += usize::from(lost.is_some());
    let told = match &checked.verdict {
        Verdict::Same => {
            tally.n_same += 1;
            if lost.is_some() {
                return tell(plan, tally, &name, "same", None, lost);
            }
            tally.same.push(name);
            return Status::Clean;
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
    if plan.json || plan.ci.is_some() {
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
    if let Some(ci) = plan.ci {
        let mut cases: Vec<_> = tally.told.iter().map(Case::of_golden).collect();
        cases.extend(tally.same.iter().map(|path| Case { path: path.clone(), ..Case::default() }));
        cases.extend(tally.failed.iter().cloned());
        return print(ci.write("golden", &cases).as_bytes(), status);
    }
    let blessed = if plan.task == GoldenTask::Bless { ", blessed" } else { "" };
    let incomplete =
        if n_incomplete > 0 { format!(", {n_incomplete} not read whole or without amounts") } else { String::new() };
    let ignored = if tally.n_ignored > 0 {
        format!(", {} differences of ignored classes", tally.n_ignored)
    } else {
        String::new()
    };
    crate::say(&format!(
        "mingzhang: {n_same} the same, {n_different} different{blessed}, {n_failed} failed{incomplete}{ignored}"
    ));
    status
}
