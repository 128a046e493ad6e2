//! From families of identities to the trust of each figure.

use super::blame::Blame;
use super::identity::{Family, Identity, Outcome, Verdict};
use super::ledger::{FigureId, Ledger};
use super::{FigureRef, Trust};

/// What speaks for a figure.
#[derive(Clone, Copy, Debug, Default)]
struct Standing {
    /// One bit for each check that confirms it.
    confirmed_by: u64,
    /// A sum confirms it, and not only another print of it.
    summed: bool,
    /// A sum holds within the allowance only.
    rounded: bool,
    /// It repeats another figure within the allowance only.
    near: bool,
}

/// Grades every figure.
pub(super) fn grade(ledger: &Ledger<'_>, families: &[Family], blame: &Blame) -> Vec<Trust> {
    let mut standing = vec![Standing::default(); ledger.figures.len()];
    // Pairs of figures that print the same: trust passes from one to the other.
    let mut pairs: Vec<Vec<(FigureId, u64)>> = vec![Vec::new(); ledger.figures.len()];
    let barred = |id: FigureId| blame.at_fault.contains(&id) || blame.in_doubt.contains(&id);
    for family in families.iter().filter(|f| f.verdict != Verdict::Dropped) {
        let bit = 1u64 << (family.check % 64);
        for identity in &family.identities {
            match identity.outcome() {
                Outcome::Exact if identity.is_sum() => {
                    for id in identity.figures() {
                        standing[id].confirmed_by |= bit;
                        standing[id].summed = true;
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
    // A sum that holds within rounding vouches for all digits but the last, the same print in another statement, in a
    // sum of its own, for that one.
    for id in 0..standing.len() {
        let twin = pairs[id].iter().find(|(other, _)| standing[*other].rounded && apart(ledger, id, *other));
        if let Some((_, bit)) = twin.filter(|_| standing[id].rounded) {
            standing[id].confirmed_by |= bit;
        }
    }
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
            let Standing { confirmed_by, rounded, near, summed } = standing[id];
            // An amount whose column was guessed may be equal to another by the guess alone.
            let guessed = ledger.figures[id].guessed && !summed;
            if blame.at_fault.contains(&id) {
                Trust::Contradicted
            } else if guessed || blame.in_doubt.contains(&id) {
                Trust::Unchecked
            } else if confirmed_by.count_ones() >= 2 {
                Trust::Corroborated
            } else if confirmed_by != 0 {
                Trust::Confirmed
            } else if rounded || near {
                Trust::Rounded
            } else {
                Trust::Unchecked
            }
        })
        .collect()
}

/// Whether two figures stand in different statements.
fn apart(ledger: &Ledger<'_>, a: FigureId, b: FigureId) -> bool {
    let statement = |id: FigureId| match ledger.figures.get(id).map(|f| f.at) {
        Some(FigureRef::Cell { statement, .. }) => Some(statement),
        _ => None,
    };
    statement(a).zip(statement(b)).is_some_and(|(a, b)| a != b)
}

/// The two figures of an identity that only repeats one.
fn repetition(ledger: &Ledger<'_>, identity: &Identity) -> Option<(FigureId, FigureId)> {
    if identity.n_nonzero != 1 || identity.left == 0 {
        return None;
    }
    let (part, _) = identity.parts.iter().find(|(part, sign)| *sign == 1 && ledger.micro(*part) != 0)?;
    Some((identity.total, *part))
}
