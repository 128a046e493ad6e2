//! Which decisions stand, of all that were ever made.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::{Decision, FILE, Target, Verdict, check_target};
use crate::reconcile::Check;

/// The decisions of one report that stand, by what they are about; of several about one thing, the last comes last.
#[derive(Clone, Debug, Default)]
pub struct Standing(BTreeMap<Target, Vec<Decision>>);

impl Standing {
    /// Takes the next line of the file.
    fn take(&mut self, decision: Decision) {
        let stack = self.0.entry(decision.target.clone()).or_default();
        if decision.verdict == Verdict::Undone {
            stack.pop();
        } else {
            stack.push(decision);
        }
    }

    /// What was decided last about something, notes left out.
    pub fn of(&self, target: &Target) -> Option<&Decision> {
        self.0.get(target)?.iter().rev().find(|decision| decision.verdict != Verdict::Noted)
    }

    /// The last line about something, notes among them.
    pub fn last(&self, target: &Target) -> Option<&Decision> {
        self.0.get(target)?.last()
    }

    /// What is noted about something, the first note first.
    pub fn notes(&self, target: &Target) -> impl Iterator<Item = &Decision> {
        self.0.get(target).into_iter().flatten().filter(|decision| decision.verdict == Verdict::Noted)
    }

    /// All that something was ever decided about.
    pub fn targets(&self) -> impl Iterator<Item = &Target> {
        self.0.keys()
    }

    /// The decision, else the last note, of each thing.
    pub fn each(&self) -> impl Iterator<Item = &Decision> {
        self.0.values().filter_map(|stack| {
            let decided = stack.iter().rev().find(|decision| decision.verdict != Verdict::Noted);
            decided.or(stack.last())
        })
    }

    /// Whether a failing check was accepted, or holds with what was corrected.
    pub fn settles(&self, check: &Check) -> bool {
        self.of(&check_target(check)).is_some()
    }

    /// Whether a figure, with what it prints and what stands beside it, was accepted or corrected.
    pub fn settles_figure(&self, target: &Target, printed: &str, beside: impl FnOnce() -> String) -> bool {
        self.of(target).is_some_and(|decision| decision.printed == printed && decision.beside == beside())
    }
}

/// All decisions of a file.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    reports: BTreeMap<String, Standing>,
}

impl Decisions {
    /// Those of a folder, or of a file; none where there is no such file.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn read(path: &Path) -> io::Result<Self> {
        let path = if path.is_dir() { path.join(FILE) } else { path.to_owned() };
        let mut decisions = Self::default();
        match fs::read(path) {
            Ok(bytes) => {
                decisions.extend(&bytes);
                Ok(decisions)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(decisions),
            Err(error) => Err(error),
        }
    }

    /// Takes further lines, whole ones; a line that is no decision, as a killed writer leaves it, changes nothing. Gives
    /// the number of the bytes that were taken.
    pub fn extend(&mut self, bytes: &[u8]) -> usize {
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        for line in bytes.get(..whole).unwrap_or_default().split(|byte| *byte == b'\n') {
            let decision = serde_json::from_slice(line).ok().as_ref().and_then(Decision::from_json);
            if let Some(decision) = decision {
                self.reports.entry(decision.report_id.clone()).or_default().take(decision);
            }
        }
        whole
    }

    /// Those of one report.
    pub fn of(&self, report_id: &str) -> Option<&Standing> {
        self.reports.get(report_id)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.reports.is_empty()
    }
}
