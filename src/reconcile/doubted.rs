//! Sums that fail with amounts whose places are doubted are no findings.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::identity::{Family, Identity, Outcome, Verdict};
use super::ledger::{FigureId, Ledger};
use super::{Check, FigureRef, Rule, Trust, absolve};
use crate::arithmetic::money::Micro;
use crate::interpret::{Disclosure, Record, Statement};
use crate::read::MediaType;
use crate::terms::Unit;

/// Takes the failures of accusing families with an amount that may stand in another column or row than it was put in: the
/// place is the likelier fault, and the report has not been shown to contradict itself. They are kept as doubts.
pub(super) fn excuse(ledger: &Ledger<'_>, families: &mut [Family]) {
    let scanned = ledger.disclosure.pages_read_by_models();
    let unread = unread_pages(ledger, &scanned);
    let lost = lost_rows(ledger, families, &scanned);
    let is_unread = |identity: &Identity| {
        let mut pages = identity.figures().filter_map(|id| ledger.figures.get(id)).map(|figure| figure.page);
        pages.any(|page| unread.contains(&page))
    };
    let has_lost =
        |identity: &Identity| identity.figures().any(|id| statement(ledger, id).is_some_and(|at| lost.contains(&at)));
    let swapped = swapped(ledger, families);
    let is_excused = |identity: &Identity| {
        let is_swapped = || swapped.contains(&identity.total);
        let is_of_reading =
            || is_doubted(ledger, identity) || is_unread(identity) || has_lost(identity) || is_swapped();
        identity.outcome() == Outcome::Failed && is_of_reading()
    };
    for family in families.iter_mut().filter(|family| family.verdict == Verdict::Accuses) {
        family.doubts.extend(family.identities.extract_if(.., |identity| is_excused(identity)));
    }
}

/// Takes back what is said against statements of a dump with a text that may belong elsewhere, or with rows that are nothing
/// but a piece of a remark: it, or what it hides, is the likelier fault. So is the unit of one side, which a dump may have lost,
/// where the other is ten thousand times as much. What they fail at still shows which rows a report
/// withholds, so that they fail until then.
pub(super) fn take_back(disclosure: &Disclosure, checks: &mut Vec<Check>, trust: &mut [Vec<Vec<Option<Trust>>>]) {
    if disclosure.source.media_type != MediaType::Text {
        return;
    }
    let is_unsure = |statement: &&Statement| {
        let mut values = statement.records.iter().flat_map(|record| record.values.iter().flatten());
        values.any(|value| value.guessed) || parts_remarks(statement)
    };
    let unsure: Vec<&String> = disclosure.statements.iter().filter(is_unsure).map(|statement| &statement.id).collect();
    let is_of_unsure = |check: &Check| check.participants.first().is_some_and(|id| unsure.contains(&id));
    let taken: Vec<Check> =
        checks.extract_if(.., |check| !check.holds && (is_of_unsure(check) || is_of_units(check))).collect();
    absolve(disclosure, checks, trust, |id| taken.iter().any(|check| check.participants.contains(id)));
}

/// Whether one side is the other in 万元, and the unit is not what is said to be wrong.
fn is_of_units(check: &Check) -> bool {
    let factor = Decimal::from(Unit::TenThousandYuan.in_yuan());
    check.rule != Rule::UnitFactor
        && !check.right.is_zero()
        && (check.left == check.right * factor || check.right == check.left * factor)
}

/// Whether rows show nothing but a text right of all amounts: remarks go over several lines, and which rows these are of is
/// not told.
fn parts_remarks(statement: &Statement) -> bool {
    let last =
        |record: &Record| record.values.iter().rposition(|value| value.as_ref().is_some_and(|v| v.amount.is_some()));
    let Some(last) = statement.records.iter().filter_map(last).max() else { return false };
    let first = |record: &Record| record.values.iter().position(Option::is_some);
    statement.records.iter().filter_map(first).any(|first| first > last)
}

/// The totals of a dump whose sums fail in two columns of a row, in one by as much too much as in the other too little: its
/// places have put an amount into the wrong one of them.
fn swapped(ledger: &Ledger<'_>, families: &[Family]) -> BTreeSet<FigureId> {
    if ledger.disclosure.source.media_type != MediaType::Text {
        return BTreeSet::new();
    }
    let accusing = families.iter().filter(|family| family.verdict == Verdict::Accuses);
    let failed =
        accusing.flat_map(|family| &family.identities).filter(|identity| identity.outcome() == Outcome::Failed);
    let mut off: BTreeMap<(usize, usize, Micro), Vec<FigureId>> = BTreeMap::new();
    for identity in failed {
        let at = ledger.figures.get(identity.total).map(|figure| figure.at);
        if let Some(FigureRef::Cell { statement, record, .. }) = at {
            off.entry((statement, record, identity.right - identity.left)).or_default().push(identity.total);
        }
    }
    let is_undone = |(statement, record, by): &(usize, usize, Micro)| off.contains_key(&(*statement, *record, -by));
    off.iter().filter(|(key, _)| is_undone(key)).flat_map(|(_, totals)| totals).copied().collect()
}

/// Whether one of its figures is doubted, or one of a row that shows none and may have it elsewhere.
fn is_doubted(ledger: &Ledger<'_>, identity: &Identity) -> bool {
    // Of a row whose name an amount has run into, blank cells may be no blank ones.
    let is_glued = |at: usize, record: usize| {
        let of_record = ledger.disclosure.statements.get(at).and_then(|statement| statement.records.get(record));
        let mut values = of_record.into_iter().flat_map(|record| record.values.iter().flatten());
        values.any(|value| value.guessed && value.amount.is_none())
    };
    let of_blank = |record: &usize| {
        let is_open = |at| ledger.has_doubtful(at, *record) || is_glued(at, *record);
        statement(ledger, identity.total).is_some_and(is_open)
    };
    let of_glued = |id: FigureId| match ledger.figures.get(id).map(|figure| figure.at) {
        Some(FigureRef::Cell { statement, record, .. }) => is_glued(statement, record),
        _ => false,
    };
    identity.figures().any(|id| ledger.is_doubtful(id) || of_glued(id)) || identity.blank_records.iter().any(of_blank)
}

/// Statements on pages that models read whose rows show that one is missing: it was lost in the reading sooner than by the
/// bureau, and no sum of such a statement has to hold.
fn lost_rows(ledger: &Ledger<'_>, families: &[Family], scanned: &BTreeSet<u32>) -> BTreeSet<usize> {
    let missing =
        families.iter().filter(|family| family.rule == Rule::MissingRow && family.verdict == Verdict::Accuses);
    let failed = missing.flat_map(|family| &family.identities).filter(|identity| identity.outcome() == Outcome::Failed);
    let is_scanned = |id: &FigureId| ledger.figures.get(*id).is_some_and(|figure| scanned.contains(&figure.page));
    failed.map(|identity| identity.total).filter(is_scanned).filter_map(|id| statement(ledger, id)).collect()
}

fn statement(ledger: &Ledger<'_>, id: FigureId) -> Option<usize> {
    ledger.figures.get(id)?.at.statement()
}

/// Pages that models read and where they could not read some amount: a seal over it can have several rows in one text, and
/// then what else it covers came out blank.
fn unread_pages(ledger: &Ledger<'_>, scanned: &BTreeSet<u32>) -> BTreeSet<u32> {
    let unknown = ledger.figures.iter().filter(|figure| figure.unknown).map(|figure| figure.page);
    unknown.filter(|page| scanned.contains(page)).collect()
}
