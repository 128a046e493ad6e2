//! From families of identities to the trust of each figure.

use std::collections::BTreeSet;

use super::blame::Blame;
use super::identity::{Family, Identity, Outcome, Verdict};
use super::ledger::{FigureId, Ledger};
use super::{CHECKS, FigureRef, Trust};

/// What speaks for a figure.
#[derive(Clone, Copy, Debug, Default)]
struct Standing {
    /// One bit for each check that confirms it.
    confirmed_by: u64,
    /// A sum holds within the allowance only.
    rounded: bool,
    /// It repeats another figure within the allowance only.
    near: bool,
}

/// Grades every figure.
///
/// Of an amount that sums chose among readings they say one thing less: what placed it does not vouch for it.
pub(super) fn grade(
    ledger: &Ledger<'_>,
    families: &[Family],
    blame: &Blame,
    reread: &BTreeSet<FigureRef>,
) -> Vec<Trust> {
    let mut standing = vec![Standing::default(); ledger.figures.len()];
    // Pairs of figures that print the same: trust passes from one to the other.
    let mut pairs: Vec<Vec<(FigureId, u64)>> = vec![Vec::new(); ledger.figures.len()];
    let odd = odd_repetitions(families);
    let unsure = unsure(ledger, families);
    let scanned = ledger.disclosure.pages_read_by_models();
    let barred = |id: FigureId| blame.at_fault.contains(&id) || blame.in_doubt.contains(&id) || odd.contains(&id);
    for family in families.iter().filter(|f| f.verdict != Verdict::Dropped) {
        let bit = bit(family.check);
        // Rows that change places within one column leave every sum over rows as it was.
        let part_bit = if over_rows(family.check) { bit_of_rows() } else { bit };
        for identity in &family.identities {
            match identity.outcome() {
                Outcome::Exact if identity.is_sum() => {
                    standing[identity.total].confirmed_by |= bit;
                    for (part, _) in &identity.parts {
                        standing[*part].confirmed_by |= part_bit;
                    }
                }
                Outcome::Exact => {
                    if let Some((a, b)) = repetition(ledger, identity) {
                        pairs[a].push((b, bit));
                        pairs[b].push((a, bit));
                    }
                }
                Outcome::Rounded if identity.is_sum() => {
                    identity.figures().for_each(|id| standing[id].rounded = true);
                }
                Outcome::Rounded => identity.figures().for_each(|id| standing[id].near = true),
                Outcome::Failed => {}
            }
        }
    }
    repeat_rounded(&mut standing, &pairs);
    let mut queue: Vec<FigureId> =
        (0..standing.len()).filter(|id| standing[*id].confirmed_by != 0 && !barred(*id)).collect();
    let mut reached: Vec<bool> = standing.iter().map(|s| s.confirmed_by != 0).collect();
    while let Some(id) = queue.pop() {
        for (other, bit) in &pairs[id] {
            if barred(*other) {
                continue;
            }
            standing[*other].confirmed_by |= bit;
            if !reached[*other] {
                reached[*other] = true;
                queue.push(*other);
            }
        }
    }
    (0..standing.len())
        .map(|id| {
            let Standing { confirmed_by, rounded, near } = standing[id];
            // The sum of a row holds in any column of it: it does not tell that a guessed one is right.
            let doubtful = ledger.figures[id].doubtful;
            // A digit that was misread may lie within the allowance.
            let inexact = if scanned.contains(&ledger.figures[id].page) { Trust::Unchecked } else { Trust::Rounded };
            if blame.at_fault.contains(&id) {
                Trust::Contradicted
            } else if doubtful || blame.in_doubt.contains(&id) {
                Trust::Unchecked
            } else if odd.contains(&id) {
                inexact
            } else if reread.contains(&ledger.figures[id].at) {
                if confirmed_by.count_ones() >= 2 { Trust::Confirmed } else { Trust::Unchecked }
            } else if confirmed_by.count_ones() >= 2 {
                Trust::Corroborated
            } else if unsure.contains(&id) {
                Trust::Unchecked
            } else if confirmed_by != 0 {
                Trust::Confirmed
            } else if rounded || near {
                inexact
            } else {
                Trust::Unchecked
            }
        })
        .collect()
}

/// A figure that is printed again of one that is in a sum within the allowance (the only 项 of a 款) is in it too.
fn repeat_rounded(standing: &mut [Standing], pairs: &[Vec<(FigureId, u64)>]) {
    let mut queue: Vec<FigureId> = (0..standing.len()).filter(|id| standing[*id].rounded).collect();
    while let Some(id) = queue.pop() {
        for (other, _) in &pairs[id] {
            if !standing[*other].rounded {
                standing[*other].rounded = true;
                queue.push(*other);
            }
        }
    }
}

/// Figures of an identity that fails in a family that applies, though too many of its instances fail to accuse them.
fn unsure(ledger: &Ledger<'_>, families: &[Family]) -> BTreeSet<FigureId> {
    families
        .iter()
        .flat_map(|family| &family.doubts)
        .flat_map(Identity::figures)
        .filter(|id| ledger.micro(*id) != 0)
        .collect()
}

/// So many repetitions of one family must agree to the digit …
const MIN_AGREEING: usize = 8;
/// … and so many against each one that does not.
const AGREEING_PER_ODD: usize = 8;

/// Figures that one print gives otherwise in the last place, where nearly all repetitions of the family agree: one of
/// the two is wrong, and a sum that is exact with it may be so by chance.
fn odd_repetitions(families: &[Family]) -> BTreeSet<FigureId> {
    let mut odd = BTreeSet::new();
    for family in families.iter().filter(|family| family.verdict != Verdict::Dropped) {
        let inexact: Vec<&Identity> = family
            .identities
            .iter()
            .filter(|identity| !identity.is_sum() && identity.outcome() == Outcome::Rounded && identity.n_nonzero == 1)
            .collect();
        if family.tally.repeated >= (inexact.len() + MIN_AGREEING).max(inexact.len() * AGREEING_PER_ODD) {
            odd.extend(inexact.iter().flat_map(|identity| identity.figures()));
        }
    }
    odd
}

/// One bit for each check.
fn bit(check: usize) -> u64 {
    1 << (check % 64)
}

/// Whether a check adds up the rows of one column.
fn over_rows(check: usize) -> bool {
    CHECKS.get(check).is_some_and(|check| check.over_rows)
}

/// The bit of the first check that adds up the rows of one column.
fn bit_of_rows() -> u64 {
    CHECKS.iter().position(|check| check.over_rows).map_or(0, bit)
}

/// The two figures of an identity that only repeats one.
fn repetition(ledger: &Ledger<'_>, identity: &Identity) -> Option<(FigureId, FigureId)> {
    if identity.n_nonzero != 1 || identity.left == 0 {
        return None;
    }
    let (part, _) = identity.parts.iter().find(|(part, sign)| *sign == 1 && ledger.micro(*part) != 0)?;
    Some((identity.total, *part))
}
