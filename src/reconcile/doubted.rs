//! Sums that fail with amounts whose places are doubted are no findings.

use std::collections::BTreeSet;

use super::FigureRef;
use super::identity::{Family, Identity, Outcome, Verdict};
use super::ledger::Ledger;

/// Takes the failures of accusing families with an amount that may stand in another column or row than it was put in: the
/// place is the likelier fault, and the report has not been shown to contradict itself. They are kept as doubts.
pub(super) fn excuse(ledger: &Ledger<'_>, families: &mut [Family]) {
    let unread = unread_pages(ledger);
    let is_unread = |identity: &Identity| {
        let mut pages = identity.figures().filter_map(|id| ledger.figures.get(id)).map(|figure| figure.page);
        pages.any(|page| unread.contains(&page))
    };
    let is_excused = |identity: &Identity| {
        identity.outcome() == Outcome::Failed && (is_doubted(ledger, identity) || is_unread(identity))
    };
    for family in families.iter_mut().filter(|family| family.verdict == Verdict::Accuses) {
        family.doubts.extend(family.identities.extract_if(.., |identity| is_excused(identity)));
    }
}

/// Whether one of its figures is doubted, or one of a row that shows none and may have it elsewhere.
fn is_doubted(ledger: &Ledger<'_>, identity: &Identity) -> bool {
    let of_blank = |record: &usize| match ledger.figures.get(identity.total).map(|figure| figure.at) {
        Some(FigureRef::Cell { statement, .. }) => ledger.has_doubtful(statement, *record),
        _ => false,
    };
    identity.figures().any(|id| ledger.is_doubtful(id)) || identity.blank_records.iter().any(of_blank)
}

/// Pages that models read and where they could not read some amount: a seal over it can have several rows in one text, and
/// then what else it covers came out blank.
fn unread_pages(ledger: &Ledger<'_>) -> BTreeSet<u32> {
    let scanned = ledger.disclosure.pages_read_by_models();
    let unknown = ledger.figures.iter().filter(|figure| figure.unknown).map(|figure| figure.page);
    unknown.filter(|page| scanned.contains(page)).collect()
}
