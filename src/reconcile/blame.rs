//! Which printed figures explain the identities that fail: the smallest set of rows, the likeliest first.

use std::collections::{BTreeMap, BTreeSet};

use super::identity::{Family, Identity, Outcome, Stance, Verdict};
use super::ledger::{FigureId, Ledger};
use super::{FigureRef, factor, forms};
use crate::arithmetic::money::{Micro, significant_digits};

/// What is known of the figures at fault.
#[derive(Debug, Default)]
pub(super) struct Blame {
    /// Figures that a failure is laid on.
    pub(super) at_fault: BTreeSet<FigureId>,
    /// Figures that take part in a failure and are not cleared of it.
    pub(super) in_doubt: BTreeSet<FigureId>,
    /// For each failing identity (family, position) the figures that explain it, the likeliest first.
    pub(super) suspects: BTreeMap<(usize, usize), Vec<FigureId>>,
}

/// Suspects listed for one failure.
const MAX_SUSPECTS: usize = 6;

/// A row of a statement, a line of a form or a place of the narrative: the unit that blame falls on.
type Place = (u8, usize, usize);

fn place(at: FigureRef) -> Place {
    match at {
        FigureRef::Cell { statement, record, .. } => (0, statement, record),
        FigureRef::Fund { form, fund } => (1, form, fund),
        FigureRef::Text { form, text } => (2, form, text),
        FigureRef::Prose { section, figure } => (3, section, figure),
    }
}

/// Lays every failure of an accusing family on the figures that explain it.
pub(super) fn explain(ledger: &Ledger<'_>, families: &[Family]) -> Blame {
    let mut failures: Vec<((usize, usize), &Identity)> = Vec::new();
    let mut blame = Blame::default();
    for (index, family) in families.iter().enumerate().filter(|(_, f)| f.verdict == Verdict::Accuses) {
        // A wrong unit is the fault of a label and of no amount below it, though none can be relied on.
        if let Stance::Unit(statement) = family.stance {
            let wrong = (0..ledger.figures.len()).filter(|id| factor::stands_in(ledger.figures[*id].at, statement));
            blame.in_doubt.extend(wrong);
            let suspects = family.identities.iter().enumerate().map(|(position, i)| ((index, position), vec![i.total]));
            blame.suspects.extend(suspects);
            continue;
        }
        for (position, identity) in family.identities.iter().enumerate() {
            match identity.outcome() {
                // What is missing says nothing against the amount beside it.
                Outcome::Failed if identity.gap.is_some() => {
                    blame.suspects.insert((index, position), vec![identity.total]);
                }
                Outcome::Failed => failures.push(((index, position), identity)),
                _ => {}
            }
        }
    }
    if failures.is_empty() {
        return blame;
    }
    let witnesses = witnesses(ledger, families);
    let at = |id: FigureId| ledger.figures.get(id).map_or((9, 0, 0), |f| place(f.at));
    let failures: Vec<Failure<'_>> =
        failures.into_iter().map(|(key, identity)| Failure::new(key, identity, &at)).collect();
    // Which failures each row touches, by position in `failures`.
    let mut touched: BTreeMap<Place, BTreeSet<usize>> = BTreeMap::new();
    for (index, Failure { identity, .. }) in failures.iter().enumerate() {
        for id in identity.figures() {
            if id == identity.total || ledger.micro(id) != 0 {
                touched.entry(at(id)).or_default().insert(index);
            }
        }
        if let (0, statement, _) = at(identity.total) {
            for record in &identity.blank_records {
                touched.entry((0, statement, *record)).or_default().insert(index);
            }
        }
    }
    let mut open: BTreeSet<usize> = (0..failures.len()).collect();
    while !open.is_empty() {
        let mut best: Vec<(Rank, Place)> = touched
            .iter()
            .filter_map(|(row, all)| {
                let mine: Vec<usize> = all.intersection(&open).copied().collect();
                (!mine.is_empty()).then(|| (rank(ledger, &failures, &witnesses, *row, &mine, &at), *row))
            })
            .collect();
        best.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let Some((_, row)) = best.first().copied() else { break };
        let mine: Vec<usize> = touched[&row].intersection(&open).copied().collect();
        for index in &mine {
            open.remove(index);
        }
        lay(ledger, &failures, &witnesses, &mine, &best, &at, &mut blame);
    }
    let at_fault = blame.at_fault.clone();
    blame.in_doubt.retain(|id| !at_fault.contains(id));
    blame
}

/// An identity that fails.
struct Failure<'i> {
    /// Family and position.
    key: (usize, usize),
    identity: &'i Identity,
    /// Its parts by place: a long list has thousands, and each row is looked at for itself.
    parts: BTreeMap<Place, Vec<(FigureId, i8)>>,
}

impl<'i> Failure<'i> {
    fn new(key: (usize, usize), identity: &'i Identity, at: &dyn Fn(FigureId) -> Place) -> Self {
        let mut parts: BTreeMap<Place, Vec<(FigureId, i8)>> = BTreeMap::new();
        for (part, sign) in &identity.parts {
            parts.entry(at(*part)).or_default().push((*part, *sign));
        }
        Self { key, identity, parts }
    }
}

/// What the identities that hold weigh for each figure: a figure at fault would break them.
fn witnesses(ledger: &Ledger<'_>, families: &[Family]) -> Vec<u32> {
    let mut count = vec![0u32; ledger.figures.len()];
    for family in families.iter().filter(|f| f.verdict != Verdict::Dropped) {
        for identity in family.identities.iter().filter(|i| i.outcome() == Outcome::Exact) {
            // A sum says more for its figures than a repetition.
            let weight = if identity.n_nonzero >= 2 { 3 } else { 1 };
            for id in identity.figures().filter(|id| ledger.micro(*id) != 0) {
                count[id] += weight;
            }
        }
    }
    count
}

/// How well a row explains: failures touched; failures that one other digit or a moved point mends; failures that one correction mends;
/// whether it is the sum that lost a part; identities that it would break.
type Rank = (usize, usize, usize, bool, i64);

fn rank(
    ledger: &Ledger<'_>,
    failures: &[Failure<'_>],
    witnesses: &[u32],
    row: Place,
    mine: &[usize],
    at: &dyn Fn(FigureId) -> Place,
) -> Rank {
    let cells = corrections(ledger, failures, mine, row, at);
    let mended = cells.values().map(BTreeSet::len).max().unwrap_or(0);
    let broken = cells
        .iter()
        .filter(|(_, mends)| mends.len() == mended)
        .map(|((id, _), _)| i64::from(witnesses.get(*id).copied().unwrap_or(0)))
        .min()
        .unwrap_or(0);
    let misprints = cells
        .iter()
        .filter(|((id, correction), _)| is_slip(ledger.micro(*id), ledger.micro(*id) + correction))
        .map(|(_, mends)| mends.len())
        .max()
        .unwrap_or(0);
    // Parts that fall short by more than a misprint: one of them is not printed.
    let short = |i: &Identity| at(i.total) == row && i.right.abs() < i.left.abs();
    let lost =
        misprints == 0 && mine.iter().any(|index| failures.get(*index).is_some_and(|failure| short(failure.identity)));
    (mine.len(), misprints, mended, lost, -broken)
}

/// Whether one amount is the other with a wrong digit, or with its point moved.
fn is_slip(printed: Micro, right: Micro) -> bool {
    let (small, large) = if printed.abs() < right.abs() { (printed, right) } else { (right, printed) };
    let is_moved =
        small != 0 && [10, 100, 1_000, 10_000].iter().any(|factor| small.checked_mul(*factor) == Some(large));
    is_moved && significant_digits(small) > 1 || forms::one_digit_apart(printed, right)
}

/// For each figure of a row and the correction that it would need, the failures that this would mend.
fn corrections(
    ledger: &Ledger<'_>,
    failures: &[Failure<'_>],
    mine: &[usize],
    row: Place,
    at: &dyn Fn(FigureId) -> Place,
) -> BTreeMap<(FigureId, Micro), BTreeSet<usize>> {
    let mut mends: BTreeMap<(FigureId, Micro), BTreeSet<usize>> = BTreeMap::new();
    for index in mine {
        let Some(Failure { identity, parts, .. }) = failures.get(*index) else { continue };
        let gap = identity.left - identity.right;
        if at(identity.total) == row {
            mends.entry((identity.total, -gap)).or_default().insert(*index);
        }
        for (part, sign) in parts.get(&row).into_iter().flatten() {
            match sign {
                0 => {}
                // A blank cell is no figure, so only printed parts can be at fault; a printed zero can.
                _ if ledger.micro(*part) == 0 && identity.n_nonzero > 1 => {}
                sign => {
                    mends.entry((*part, gap * Micro::from(*sign))).or_default().insert(*index);
                }
            }
        }
    }
    mends
}

/// Lays the failures that one row explains on its cells.
fn lay(
    ledger: &Ledger<'_>,
    failures: &[Failure<'_>],
    witnesses: &[u32],
    mine: &[usize],
    ranked: &[(Rank, Place)],
    at: &dyn Fn(FigureId) -> Place,
    blame: &mut Blame,
) {
    let Some((rank, row)) = ranked.first().copied() else { return };
    let positions: BTreeMap<Place, usize> = ranked.iter().enumerate().map(|(i, (_, place))| (*place, i)).collect();
    let mut open: BTreeSet<usize> = mine.iter().copied().collect();
    let mut cells = corrections(ledger, failures, mine, row, at);
    while !open.is_empty() {
        let best = cells
            .iter()
            .map(|((id, _), mends)| {
                let n = mends.intersection(&open).count();
                ((n, -i64::from(witnesses.get(*id).copied().unwrap_or(0))), *id)
            })
            .filter(|((n, _), _)| *n > 0)
            .max_by_key(|(key, id)| (*key, std::cmp::Reverse(*id)));
        let Some((_, id)) = best else { break };
        blame.at_fault.insert(id);
        let mended: BTreeSet<usize> = cells
            .iter()
            .filter(|((cell, _), _)| *cell == id)
            .max_by_key(|(_, mends)| mends.intersection(&open).count())
            .map(|(_, mends)| mends.intersection(&open).copied().collect())
            .unwrap_or_default();
        // Two amounts of a row or a column that have changed places leave the sums over the other direction as they are:
        // cells of the row that mend as much are not cleared by those.
        let alike = cells.iter().filter(|((cell, _), mends)| *cell != id && mended.is_subset(mends));
        blame.in_doubt.extend(alike.map(|((cell, _), _)| *cell));
        cells.retain(|(cell, _), _| *cell != id);
        for index in mended {
            open.remove(&index);
            let Some(Failure { key, identity, .. }) = failures.get(index) else { continue };
            // Rows that explain as much and have as little to speak for them are not cleared either.
            let alike = |r: &Rank| *r == rank;
            let rivals: BTreeSet<Place> =
                ranked.iter().filter(|(r, p)| alike(r) && *p != row).map(|(_, p)| *p).collect();
            let mut suspects = vec![id];
            let mut others: Vec<FigureId> = identity.figures().filter(|other| *other != id).collect();
            others.retain(|other| *other == identity.total || ledger.micro(*other) != 0);
            others.sort_by_cached_key(|other| (positions.get(&at(*other)).copied().unwrap_or(usize::MAX), *other));
            for other in &others {
                if rivals.contains(&at(*other)) {
                    blame.in_doubt.insert(*other);
                }
            }
            suspects.extend(others);
            suspects.truncate(MAX_SUSPECTS);
            blame.suspects.insert(*key, suspects);
        }
    }
    // Failures that no correction of one cell mends (a row one column aside): the whole row is at fault.
    for index in open {
        let Some(Failure { key, identity, .. }) = failures.get(index) else { continue };
        let mut own: Vec<FigureId> = identity.figures().filter(|id| at(*id) == row).collect();
        if let (0, statement, record) = row
            && own.is_empty()
        {
            own = ledger.record(statement, record).filter(|id| ledger.micro(*id) != 0).collect();
        }
        blame.at_fault.extend(own.iter().copied());
        blame.suspects.insert(*key, own);
    }
}
