//! Statements with a page that could not be read: rows are missing, so that sums over rows accuse nobody.

use std::collections::BTreeSet;

use crate::interpret::{Disclosure, Statement};
use crate::note::NoteKind;
use crate::reconcile::{Check, Trust};

/// The check that adds rows up.
const ROW_SUM: &str = "row-sum";

/// Takes back what sums over rows say against statements with missing pages: the failed checks, and their blame.
pub(super) fn excuse(disclosure: &Disclosure, checks: &mut Vec<Check>, trust: &mut [Vec<Vec<Option<Trust>>>]) {
    let unread = unread_pages(disclosure);
    if unread.is_empty() {
        return;
    }
    for (statement, trust) in disclosure.statements.iter().zip(trust) {
        if !has_hole(statement, &unread) {
            continue;
        }
        let n_before = checks.len();
        checks.retain(|check| check.holds || check.rule != ROW_SUM || !check.participants.contains(&statement.id));
        if checks.len() < n_before {
            for trust in trust.iter_mut().flatten().filter(|t| **t == Some(Trust::Contradicted)) {
                *trust = Some(Trust::Unchecked);
            }
        }
    }
}

/// Pages without text that can be read.
fn unread_pages(disclosure: &Disclosure) -> BTreeSet<u32> {
    let is_lost = |kind| {
        matches!(kind, NoteKind::NoTextLayer | NoteKind::NoUnicode | NoteKind::LimitReached | NoteKind::DamagedPage)
    };
    let notes = disclosure.notes.iter().filter(|note| is_lost(note.kind));
    notes.filter_map(|note| note.provenance.map(|p| p.page)).collect()
}

/// Whether such a page lies within a statement, or where it may go on.
fn has_hole(statement: &Statement, unread: &BTreeSet<u32>) -> bool {
    let (Some(first), Some(last)) = (statement.pages.first(), statement.pages.last()) else { return false };
    unread.range(first.saturating_sub(1)..=last.saturating_add(1)).next().is_some()
}
