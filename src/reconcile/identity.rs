//! An identity between figures, a family of them as one hypothesis, and what the document's own figures make of it.

use std::collections::BTreeMap;

use super::ledger::{FigureId, Ledger};
use super::{Gap, Rule};
use crate::arithmetic::money::Micro;
use crate::arithmetic::rounding;

/// One equation between printed figures: `left` is the total or the figure as printed, `right` what it should be.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    /// The figure on the left.
    pub(super) total: FigureId,
    /// The figures on the right with the factor that each is counted with; empty for a ratio.
    pub(super) parts: Vec<(FigureId, i8)>,
    /// Left side.
    pub(super) left: Micro,
    /// Right side.
    pub(super) right: Micro,
    /// How far rounding may move them apart.
    pub(super) allowance: Micro,
    /// How many parts are not zero.
    pub(super) n_nonzero: usize,
    /// A form prints its total and where all of it comes from, so that it can confirm with a single source.
    pub(super) itemized: bool,
    /// Its failure is a finding even where its own table bears the family out poorly, if the rest of the document does.
    pub(super) sound: bool,
    /// Of a failure, the records that are parts and print nothing: what belongs there may stand in the next column.
    pub(super) blank_records: Vec<usize>,
    /// What is missing, where that is all it says.
    pub(super) gap: Option<Gap>,
}

/// How an identity turns out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// To the last digit.
    Exact,
    /// Within the rounding allowance.
    Rounded,
    /// Beyond it.
    Failed,
}

impl Identity {
    /// A total and the parts that should add up to it; `None` where everything is zero or blank, or one is unknown.
    pub(super) fn sum(ledger: &Ledger<'_>, total: FigureId, parts: Vec<(FigureId, i8)>) -> Option<Self> {
        let left = ledger.micro(total);
        let mut right = 0;
        let mut steps = ledger.step(total);
        let mut n_nonzero = 0;
        for (part, sign) in &parts {
            let micro = ledger.micro(*part);
            right += micro * Micro::from(*sign);
            if micro != 0 {
                steps = steps.saturating_add(ledger.step(*part));
                n_nonzero += 1;
            }
        }
        let is_unknown = ledger.is_unknown(total) || parts.iter().any(|(part, _)| ledger.is_unknown(*part));
        if left == 0 && n_nonzero == 0 || is_unknown {
            return None;
        }
        let allowance = rounding::together(steps);
        Some(Self {
            total,
            parts,
            left,
            right,
            allowance,
            n_nonzero,
            itemized: false,
            sound: false,
            blank_records: Vec::new(),
            gap: None,
        })
    }

    /// Parts whose total is blank: nothing is printed against their sum; `None` where they are all zero.
    pub(super) fn without_total(ledger: &Ledger<'_>, parts: Vec<(FigureId, i8)>) -> Option<Self> {
        let position = parts.iter().position(|(part, sign)| ledger.micro(*part) != 0 && *sign == 1)?;
        let mut rest = parts;
        let (first, _) = rest.swap_remove(position);
        let mut identity = Self::sum(ledger, first, rest)?;
        identity.right += identity.left;
        identity.left = 0;
        Some(identity)
    }

    /// Two prints of one figure.
    pub(super) fn equal(ledger: &Ledger<'_>, left: FigureId, right: FigureId) -> Option<Self> {
        Self::sum(ledger, left, vec![(right, 1)])
    }

    /// How it turns out.
    pub(super) fn outcome(&self) -> Outcome {
        match (self.left - self.right).abs() {
            0 => Outcome::Exact,
            gap if gap <= self.allowance => Outcome::Rounded,
            _ => Outcome::Failed,
        }
    }

    /// Whether it can confirm: with one non-zero part it only repeats a figure, but for the sources of a form.
    pub(super) fn is_sum(&self) -> bool {
        (self.n_nonzero >= 2 || self.itemized) && self.left != 0
    }

    /// Every figure that takes part, the left one first.
    pub(super) fn figures(&self) -> impl Iterator<Item = FigureId> + '_ {
        std::iter::once(self.total).chain(self.parts.iter().map(|(part, _)| *part))
    }
}

/// How a family's identities turn out, zeros apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// To the digit with two parts or more.
    pub(super) exact: usize,
    /// Within the allowance with two parts or more.
    pub(super) rounded: usize,
    /// Repetitions of one figure that agree.
    pub(super) repeated: usize,
    /// Beyond the allowance.
    pub(super) failed: usize,
}

impl Tally {
    /// Counts one identity.
    pub(super) fn count(&mut self, identity: &Identity) {
        match identity.outcome() {
            Outcome::Failed => self.failed += 1,
            _ if !identity.is_sum() => self.repeated += 1,
            Outcome::Exact => self.exact += 1,
            Outcome::Rounded => self.rounded += 1,
        }
    }

    /// Counts many.
    pub(super) fn of<'i>(identities: impl IntoIterator<Item = &'i Identity>) -> Self {
        let mut tally = Self::default();
        identities.into_iter().for_each(|identity| tally.count(identity));
        tally
    }

    /// All that hold.
    pub(super) fn held(self) -> usize {
        self.exact + self.rounded + self.repeated
    }

    /// All.
    pub(super) fn tried(self) -> usize {
        self.held() + self.failed
    }

    /// Sum of two.
    pub(super) fn add(&mut self, other: Self) {
        self.exact += other.exact;
        self.rounded += other.rounded;
        self.repeated += other.repeated;
        self.failed += other.failed;
    }

    /// All but another's share.
    fn less(self, other: Self) -> Self {
        Self {
            exact: self.exact.saturating_sub(other.exact),
            rounded: self.rounded.saturating_sub(other.rounded),
            repeated: self.repeated.saturating_sub(other.repeated),
            failed: self.failed.saturating_sub(other.failed),
        }
    }

    /// For choosing among rival readings: sums weigh more than repetitions, failures most.
    pub(super) fn score(self) -> i64 {
        let weigh = |n: usize, weight: i64| i64::try_from(n).unwrap_or(i64::MAX / 16).saturating_mul(weight);
        weigh(self.exact, 4) + weigh(self.rounded, 3) + weigh(self.repeated, 1) - weigh(self.failed, 3)
    }
}

/// A family of identities that the document may or may not obey.
#[derive(Clone, Debug)]
pub(super) struct Hypothesis {
    /// Where and what, for people: `table-03 合计 = 基本支出 + 项目支出`.
    pub(super) place: String,
    /// Its identities.
    pub(super) identities: Vec<Identity>,
    /// What its failures may mean.
    pub(super) stance: Stance,
}

/// What the failures of a hypothesis may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stance {
    /// Findings, where the family's own instances bear it out.
    Open,
    /// Findings, where as many hold: the levels that they add up are printed.
    Printed,
    /// Nothing: a selection (其中) may be incomplete, two statements may speak of different money.
    Silent,
    /// Findings in any case: the accounts know no exception, or addition closes it.
    Closed,
    /// Findings in any case, and the fault is with every figure of this statement.
    Unit(usize),
}

/// A hypothesis with the document's answer.
#[derive(Clone, Debug)]
pub(super) struct Family {
    /// Index of the check in [`super::CHECKS`].
    pub(super) check: usize,
    /// The rule of that check.
    pub(super) rule: Rule,
    /// Where and what.
    pub(super) place: String,
    /// Its identities.
    pub(super) identities: Vec<Identity>,
    /// Those of a family that applies which fail, where too many do to be findings.
    pub(super) doubts: Vec<Identity>,
    /// How all of them turn out.
    pub(super) tally: Tally,
    /// What its failures may mean.
    pub(super) stance: Stance,
    /// What it may do.
    pub(super) verdict: Verdict,
}

/// What a family may do, by how its own instances bear it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// It does not apply here.
    Dropped,
    /// Its instances that hold confirm; those that fail say nothing.
    Confirms,
    /// Its few exceptions are findings.
    Accuses,
}

/// A family applies (its instances that hold confirm) where at least this share of its instances holds …
const HOLD_PERCENT: usize = 70;
/// … or this share, where the same check holds all over the document: a digit planted into one of two or three
/// instances leaves the others with half of them, and what it makes doubtful is noticed one time in 500 more often.
const HOLD_PERCENT_AMONG_KIN: usize = 50;
/// Its exceptions are findings where nearly all the others hold: three of four and better.
const NEARLY_ALL_PERCENT: usize = 75;
/// The check holds all over the document where this share of all its instances does.
const KIN_PERCENT: usize = 90;
/// … and so many sums among them.
const MIN_KIN_SUMS: usize = 5;
/// So many instances must hold before an exception can be a finding.
const MIN_WITNESSES: usize = 3;

/// Judges the hypotheses of one check together.
pub(super) fn judge(check: usize, rule: Rule, hypotheses: Vec<Hypothesis>) -> Vec<Family> {
    let mut families: Vec<Family> = hypotheses
        .into_iter()
        .filter(|h| !h.identities.is_empty())
        .map(|h| {
            let tally = Tally::of(&h.identities);
            Family {
                check,
                rule,
                place: h.place,
                identities: h.identities,
                tally,
                stance: h.stance,
                doubts: Vec::new(),
                verdict: Verdict::Accuses,
            }
        })
        .collect();
    let mut kin = Tally::default();
    for family in families.iter().filter(|f| share(f.tally) >= HOLD_PERCENT_AMONG_KIN) {
        kin.add(family.tally);
    }
    for family in &mut families {
        let own = Tally { failed: n_wrong(&family.identities), ..family.tally };
        let others = if share(own) >= HOLD_PERCENT_AMONG_KIN { kin.less(own) } else { kin };
        let others_hold = share(others) >= KIN_PERCENT && others.exact + others.rounded >= MIN_KIN_SUMS;
        let applies = share(own) >= HOLD_PERCENT || others_hold && share(own) >= HOLD_PERCENT_AMONG_KIN;
        let held = own.held();
        let has_sum = own.exact + own.rounded >= 1;
        let witnessed = held >= MIN_WITNESSES && (has_sum || others_hold || held > MIN_WITNESSES);
        family.verdict = match family.stance {
            Stance::Closed | Stance::Unit(_) => Verdict::Accuses,
            Stance::Silent if applies => Verdict::Confirms,
            Stance::Open | Stance::Printed if applies && witnessed && share(own) >= NEARLY_ALL_PERCENT => {
                Verdict::Accuses
            }
            Stance::Open | Stance::Printed if others_hold => {
                // Where most instances fail by more than a misprint the family does not apply, whatever the rest look like.
                let n_sound = family.identities.iter().filter(|i| i.outcome() == Outcome::Failed && i.sound).count();
                let is_foreign = family.tally.failed.saturating_sub(n_sound) > held;
                let is_kept = |i: &Identity| i.outcome() != Outcome::Failed || i.sound && !is_foreign;
                let (kept, left) = std::mem::take(&mut family.identities).into_iter().partition(is_kept);
                family.identities = kept;
                family.doubts = if applies { left } else { Vec::new() };
                if family.identities.is_empty() { Verdict::Dropped } else { Verdict::Accuses }
            }
            Stance::Printed if held >= own.failed && has_sum && family.identities.iter().any(is_sound_failure) => {
                let is_kept = |i: &Identity| i.outcome() != Outcome::Failed || i.sound;
                let (kept, left) = std::mem::take(&mut family.identities).into_iter().partition(is_kept);
                (family.identities, family.doubts) = (kept, left);
                Verdict::Accuses
            }
            Stance::Open | Stance::Printed if applies => {
                family.doubts = family.identities.iter().filter(|i| i.outcome() == Outcome::Failed).cloned().collect();
                Verdict::Confirms
            }
            Stance::Open | Stance::Printed | Stance::Silent => Verdict::Dropped,
        };
    }
    families
}

fn is_sound_failure(identity: &Identity) -> bool {
    identity.sound && identity.outcome() == Outcome::Failed
}

/// More failures than this are not explained by single figures.
const MAX_EXPLAINED: usize = 64;

/// How many figures must be wrong for the failures among some identities: one wrong figure makes several sums fail.
pub(super) fn n_wrong(identities: &[Identity]) -> usize {
    let mut failed: Vec<&Identity> = identities.iter().filter(|i| i.outcome() == Outcome::Failed).collect();
    if failed.len() < 2 || failed.len() > MAX_EXPLAINED {
        return failed.len();
    }
    let mut n_wrong = 0;
    while !failed.is_empty() {
        let mut mends: BTreeMap<(FigureId, Micro), usize> = BTreeMap::new();
        for identity in &failed {
            corrections(identity).for_each(|correction| *mends.entry(correction).or_default() += 1);
        }
        let Some((best, _)) = mends.into_iter().max_by_key(|(key, n)| (*n, std::cmp::Reverse(*key))) else { break };
        failed.retain(|identity| !corrections(identity).any(|correction| correction == best));
        n_wrong += 1;
    }
    n_wrong
}

/// The figures of an identity that fails, each with what would have to be added to it.
fn corrections(identity: &Identity) -> impl Iterator<Item = (FigureId, Micro)> + '_ {
    let gap = identity.left - identity.right;
    let parts = identity.parts.iter().map(move |(part, sign)| (*part, gap * Micro::from(*sign)));
    std::iter::once((identity.total, -gap)).chain(parts)
}

fn share(tally: Tally) -> usize {
    (tally.held() * 100).checked_div(tally.tried()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn family(held: usize, failed: usize) -> Hypothesis {
        let identity = |row: usize, right: Micro| Identity {
            total: row * 3,
            parts: vec![(row * 3 + 1, 1), (row * 3 + 2, 1)],
            left: 10,
            right,
            allowance: 0,
            n_nonzero: 2,
            itemized: false,
            sound: false,
            blank_records: Vec::new(),
            gap: None,
        };
        let identities = (0..held + failed).map(|row| identity(row, if row < held { 10 } else { 11 })).collect();
        Hypothesis { place: String::new(), identities, stance: Stance::Open }
    }

    #[test]
    fn only_a_family_of_which_nearly_all_instances_hold_accuses_its_exceptions() {
        // Beside a family that holds throughout, as in a document whose columns add up.
        let of = |held: usize, failed: usize| {
            let families = judge(0, Rule::RowSum, vec![family(9, 0), family(held, failed)]);
            let n_accused = families[1].identities.iter().filter(|i| i.outcome() == Outcome::Failed).count();
            (n_accused, families[1].doubts.len())
        };
        assert_eq!(of(9, 1), (1, 0));
        assert_eq!(of(3, 1), (1, 0));
        assert_eq!(of(2, 1), (0, 1), "they are in doubt, and no finding");
        assert_eq!(of(1, 3), (0, 0), "it does not apply");
    }
}
