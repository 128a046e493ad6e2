//! An amount that models read and sums contradict is read again: another reading of theirs that mends the sums is taken.
//!
//! The picture proposes and the sums choose; nothing is made to add up. What sums chose they do not vouch for.

use std::collections::{BTreeMap, BTreeSet};

use super::identity::{Family, Identity, Outcome, Verdict};
use super::ledger::{FigureId, Ledger};
use super::{Context, FigureRef, Reconciliation, judged, prose};
use crate::arithmetic::money::{Micro, to_micro};
use crate::geom::Rect;
use crate::interpret::{AmountRival, Disclosure, Value, reading};
use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;

/// What mends one sum may show another one: so often all are looked at.
const MAX_ROUNDS: usize = 3;

/// Takes other readings of amounts where the sums ask for them; returns the amounts that sums have chosen.
pub(super) fn settle(disclosure: &mut Disclosure) -> BTreeSet<FigureRef> {
    let mut chosen = BTreeSet::new();
    if disclosure.rivals.is_empty() {
        return chosen;
    }
    let mut before = guess_unread(disclosure);
    for round in 0..=MAX_ROUNDS {
        let (borne_out, taken) = look(disclosure);
        if taken.is_empty() || round == MAX_ROUNDS {
            for (at, before) in before {
                let Some(value) = value_mut(disclosure, at) else { continue };
                if borne_out.contains(&at) {
                    let (after, place) = (value.text.clone(), value.provenance);
                    let second = disclosure
                        .rivals
                        .iter()
                        .any(|rival| rival.is_second && self::at(rival) == at && rival.text == after);
                    disclosure.notes.push(told(&before.text, &after, second, place));
                    chosen.insert(at);
                } else {
                    *value = before;
                }
            }
            break;
        }
        for (at, rival) in taken {
            if let Some(value) = value_mut(disclosure, at) {
                before.entry(at).or_insert_with(|| value.clone());
                take(value, &rival);
            }
        }
    }
    chosen
}

/// Where the amounts stand that a second reading of their pictures may help: those of sums that fail, and those that cannot
/// be read.
pub fn to_read_again(found: &Reconciliation) -> BTreeMap<u32, Vec<Rect>> {
    let by_models = found.disclosure.pages_read_by_models();
    let mut places: BTreeMap<u32, Vec<Rect>> = BTreeMap::new();
    if by_models.is_empty() {
        return places;
    }
    let failing = found.checks.iter().filter(|check| !check.holds && check.gap.is_none());
    let of_sums = failing.flat_map(|check| check.figures.iter().chain(&check.blame));
    let of_sums: BTreeSet<FigureRef> = of_sums.chain(&found.misread).copied().collect();
    for (s, statement) in found.disclosure.statements.iter().enumerate() {
        for (r, record) in statement.records.iter().enumerate() {
            for (c, value) in record.values.iter().enumerate() {
                let Some(value) = value else { continue };
                let at = FigureRef::Cell { statement: s, record: r, column: c };
                if let Some(rect) = value.provenance.rect
                    && by_models.contains(&value.provenance.page)
                    && (of_sums.contains(&at) || statement.is_unread(c, value))
                {
                    places.entry(value.provenance.page).or_default().push(rect);
                }
            }
        }
    }
    places
}

/// The amounts that exact sums bear out as they are, and the other readings that mend sums.
fn look(disclosure: &Disclosure) -> (BTreeSet<FigureRef>, Vec<(FigureRef, AmountRival)>) {
    let reading = reading::read(disclosure);
    let mut ledger = Ledger::new(disclosure, &reading);
    let mentions = prose::read(&mut ledger);
    let families = judged(&Context::new(&ledger, &mentions));
    (exact(&ledger, &families), mends(&ledger, &families))
}

fn told(before: &str, after: &str, is_second: bool, place: Provenance) -> Note {
    let reading = if is_second { "a second reading of the picture" } else { "a reading nearly as likely" };
    let message = format!("what was read as `{before}` is `{after}` by the sums, and by {reading}");
    Note::new(NoteKind::ReadingUnsure, message, place)
}

fn take(value: &mut Value, rival: &AmountRival) {
    value.text.clone_from(&rival.text);
    value.amount = Some(rival.amount);
}

fn at(rival: &AmountRival) -> FigureRef {
    FigureRef::Cell { statement: rival.statement, record: rival.record, column: rival.column }
}

fn value_mut(disclosure: &mut Disclosure, at: FigureRef) -> Option<&mut Value> {
    let FigureRef::Cell { statement, record, column } = at else { return None };
    disclosure.statements.get_mut(statement)?.records.get_mut(record)?.values.get_mut(column)?.as_mut()
}

/// Gives amounts that cannot be read the likeliest reading that can; returns them as they were.
fn guess_unread(disclosure: &mut Disclosure) -> BTreeMap<FigureRef, Value> {
    let mut before = BTreeMap::new();
    for rival in disclosure.rivals.clone() {
        let Some(value) = value_mut(disclosure, at(&rival)) else { continue };
        if value.amount.is_none() {
            before.insert(at(&rival), value.clone());
            take(value, &rival);
        }
    }
    before
}

/// Figures of sums that are exact.
fn exact(ledger: &Ledger<'_>, families: &[Family]) -> BTreeSet<FigureRef> {
    exact_in(ledger, families.iter().filter(|family| family.verdict != Verdict::Dropped))
}

fn exact_in<'f>(ledger: &Ledger<'_>, families: impl Iterator<Item = &'f Family>) -> BTreeSet<FigureRef> {
    let identities = families.flat_map(|family| &family.identities);
    let exact = identities.filter(|identity| identity.is_sum() && identity.outcome() == Outcome::Exact);
    let nonzero = exact.flat_map(Identity::figures).filter(|id| ledger.micro(*id) != 0);
    nonzero.filter_map(|id| Some(ledger.figures.get(id)?.at)).collect()
}

/// The other readings that mend every sum of their amount that fails, break none, and are the only ones to do so.
fn mends(ledger: &Ledger<'_>, families: &[Family]) -> Vec<(FigureRef, AmountRival)> {
    let rivals = Rivals::of(ledger);
    let applied: Vec<&Identity> = failing(families, |family| family.verdict != Verdict::Dropped).collect();
    // One misread digit in three rows has their sums given up as none: what mends one of them may bear all out.
    let failing: Vec<&Identity> = failing(families, |family| family.tally.failed <= family.tally.exact).collect();
    let held = exact(ledger, families);
    let of_figure = |id: FigureId| applied.iter().filter(move |identity| identity.figures().any(|other| other == id));
    // For each failing sum the readings that mend it, with how many they mend.
    let mut best: BTreeMap<(FigureId, usize), usize> = BTreeMap::new();
    let mut ways: Vec<Vec<(FigureId, usize)>> = Vec::new();
    for identity in &failing {
        let mut of_identity = Vec::new();
        for (id, rival, delta) in rivals.mending(ledger, identity) {
            let is_held = ledger.figures.get(id).is_some_and(|figure| held.contains(&figure.at));
            if !is_held && of_figure(id).all(|other| is_mended(other, id, delta)) {
                best.insert((id, rival), of_figure(id).count());
                of_identity.push((id, rival));
            }
        }
        ways.push(of_identity);
    }
    let n_mended = |way: &(FigureId, usize)| best.get(way).copied().unwrap_or_default();
    let mut taken: BTreeMap<FigureId, usize> = BTreeMap::new();
    let mut refused: BTreeSet<FigureId> = BTreeSet::new();
    for (identity, ways) in failing.iter().zip(&ways) {
        let most = ways.iter().map(n_mended).max().unwrap_or_default();
        let likeliest: Vec<&(FigureId, usize)> = ways.iter().filter(|way| n_mended(way) == most).collect();
        match likeliest.as_slice() {
            [(id, rival)] if identity.is_sum() => {
                if taken.insert(*id, *rival).is_some_and(|other| other != *rival) {
                    refused.insert(*id);
                }
            }
            // That two amounts are the same chooses neither, and says nothing against what a sum chooses.
            [_] => {}
            several => refused.extend(several.iter().map(|(id, _)| *id)),
        }
    }
    let kept = taken.into_iter().filter(|(id, _)| !refused.contains(id));
    kept.filter_map(|(id, rival)| Some((ledger.figures.get(id)?.at, rivals.all.get(rival)?.0.clone()))).collect()
}

/// Sums that another reading of one of their amounts would mend are no findings about the report, nor are those that another
/// digit would mend in an amount which nothing else bears out, or that have several of these; says so of each, with the amounts
/// of the latter two.
pub(super) fn excuse(ledger: &Ledger<'_>, families: &mut [Family]) -> (Vec<Note>, BTreeSet<FigureRef>) {
    let (mut notes, mut misread) = (Vec::new(), BTreeSet::new());
    let scanned = ledger.disclosure.pages_read_by_models();
    if scanned.is_empty() {
        return (notes, misread);
    }
    let rivals = Rivals::of(ledger);
    let held = exact(ledger, families);
    let may_be_misread = |id: &FigureId| {
        ledger.figures.get(*id).is_some_and(|figure| scanned.contains(&figure.page) && !held.contains(&figure.at))
    };
    // A sum of a family that fails as a whole still holds by no chance.
    let shown = exact_in(ledger, families.iter());
    let is_shown = |id: &FigureId| ledger.figures.get(*id).is_some_and(|figure| shown.contains(&figure.at));
    for family in families.iter_mut().filter(|family| family.verdict == Verdict::Accuses) {
        let mut excused = Vec::new();
        family.identities.retain(|identity| {
            if identity.gap.is_some() || identity.outcome() != Outcome::Failed {
                return true;
            }
            let by_rival = rivals.mending(ledger, identity).into_iter().next();
            let by_digit =
                || identity.figures().filter(may_be_misread).find_map(|id| Some((id, digit(ledger, identity, id)?)));
            let (id, may, instead) = match by_rival {
                Some((id, rival, _)) => match rivals.all.get(rival) {
                    Some((rival, _)) if rival.is_second => {
                        (id, "does", format!("`{}`, which a second reading of the picture gives", rival.text))
                    }
                    Some((rival, _)) => (id, "does", format!("`{}`, which is nearly as likely", rival.text)),
                    None => return true,
                },
                None => {
                    let mut unproven =
                        identity.figures().filter(|id| ledger.micro(*id) != 0 && may_be_misread(id) && !is_shown(id));
                    let several = unproven.next().filter(|_| unproven.next().is_some());
                    let by_digit =
                        by_digit().map(|(id, slip)| (id, "does", format!("one {slip}, and nothing else bears it out")));
                    let by_several =
                        || Some((several?, "may", "another, as may others that nothing else bears out".to_owned()));
                    let Some(found) = by_digit.or_else(by_several) else { return true };
                    misread.extend(identity.figures().filter_map(|id| Some(ledger.figures.get(id)?.at)));
                    found
                }
            };
            if let Some(value) = ledger.figures.get(id).and_then(|figure| value(ledger.disclosure, figure.at)) {
                let message = format!(
                    "{} does not add up as it was read; it {may} where `{}` is read as {instead}",
                    family.place, value.text
                );
                notes.push(Note::new(NoteKind::ReadingUnsure, message, value.provenance));
            }
            excused.push(identity.clone());
            false
        });
        family.doubts.append(&mut excused);
    }
    (notes, misread)
}

/// How one digit of a figure would have to be misread for a sum to be exact.
fn digit(ledger: &Ledger<'_>, identity: &Identity, id: FigureId) -> Option<Slip> {
    let signs = identity.parts.iter().filter(|(part, _)| *part == id).map(|(_, sign)| Micro::from(*sign));
    let weight = signs.sum::<Micro>() - Micro::from(i8::from(identity.total == id));
    let delta = (identity.left - identity.right).checked_div(weight)?;
    let own = ledger.micro(id);
    is_mended(identity, id, delta).then(|| Slip::between(own, own + delta)).flatten()
}

/// How one digit of an amount was misread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slip {
    /// It is another one: what was read, and what it is.
    Other(char, char),
    /// What is left of one was read as two, or a speck as one.
    More(char),
}

impl std::fmt::Display for Slip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Other(was, is) => write!(f, "with {is} for a {was}"),
            Self::More(digit) => write!(f, "without a {digit}"),
        }
    }
}

impl Slip {
    /// Between what was read and what it may be, where these differ in one digit alone.
    fn between(read: Micro, may_be: Micro) -> Option<Self> {
        Self::more(read, may_be).or_else(|| other_digit(read, may_be).map(|(was, is)| Self::Other(was, is)))
    }

    /// Where the one has a digit more among those that the other has, not counting zeros in front.
    fn more(read: Micro, may_be: Micro) -> Option<Self> {
        let (own, instead) = (read.to_string(), may_be.to_string());
        let same = own.bytes().zip(instead.bytes()).take_while(|(a, b)| a == b).count();
        let (digit, rest) = (own.get(same..)?.chars().next()?, own.get(same + 1..)?);
        let is_one = own.len() == instead.len() + 1 && may_be != 0 && instead.get(same..) == Some(rest);
        (is_one && digit.is_ascii_digit()).then_some(Self::More(digit))
    }
}

/// Where two amounts differ in one digit alone, that of each.
fn other_digit(one: Micro, other: Micro) -> Option<(char, char)> {
    let (own, instead) = (one.to_string(), other.to_string());
    let mut differing = own.chars().zip(instead.chars()).filter(|(a, b)| a != b);
    let first = differing.next().filter(|(a, b)| a.is_ascii_digit() && b.is_ascii_digit())?;
    (own.len() == instead.len() && differing.next().is_none()).then_some(first)
}

fn value(disclosure: &Disclosure, at: FigureRef) -> Option<&Value> {
    let FigureRef::Cell { statement, record, column } = at else { return None };
    disclosure.statements.get(statement)?.records.get(record)?.values.get(column)?.as_ref()
}

/// The sums of some families that fail.
fn failing(families: &[Family], is_one: impl Fn(&Family) -> bool) -> impl Iterator<Item = &Identity> {
    let identities = families
        .iter()
        .filter(move |family| is_one(family))
        .flat_map(|family| family.identities.iter().chain(&family.doubts));
    identities.filter(|identity| identity.gap.is_none() && identity.outcome() == Outcome::Failed)
}

/// Whether a sum is exact where one of its figures is so much more.
fn is_mended(identity: &Identity, id: FigureId, delta: Micro) -> bool {
    let left = if identity.total == id { identity.left + delta } else { identity.left };
    let parts = identity.parts.iter().filter(|(part, _)| *part == id);
    let right = parts.fold(identity.right, |sum, (_, sign)| sum + delta * Micro::from(*sign));
    left == right && left != 0
}

/// The other readings of a ledger's figures.
struct Rivals<'d> {
    /// Each with what it says.
    all: Vec<(&'d AmountRival, Micro)>,
    of_figure: BTreeMap<FigureId, Vec<usize>>,
}

impl<'d> Rivals<'d> {
    fn of(ledger: &Ledger<'d>) -> Self {
        let mut rivals = Self { all: Vec::new(), of_figure: BTreeMap::new() };
        for rival in &ledger.disclosure.rivals {
            let unit = ledger.disclosure.statements.get(rival.statement).and_then(|statement| statement.unit);
            let factor = unit.map_or(1, crate::terms::Unit::in_yuan);
            let figure = ledger.cell(rival.statement, rival.record, rival.column);
            if let (Some(id), Some(micro)) = (figure, to_micro(rival.amount, factor)) {
                rivals.of_figure.entry(id).or_default().push(rivals.all.len());
                rivals.all.push((rival, micro));
            }
        }
        rivals
    }

    /// The readings of one figure of a sum that make it exact, each with by how much they differ from what was taken.
    fn mending(&self, ledger: &Ledger<'_>, identity: &Identity) -> Vec<(FigureId, usize, Micro)> {
        let mut out = Vec::new();
        for id in identity.figures() {
            for rival in self.of_figure.get(&id).into_iter().flatten() {
                let delta = self.all.get(*rival).map_or(0, |(_, micro)| micro - ledger.micro(id));
                if delta != 0 && is_mended(identity, id, delta) {
                    out.push((id, *rival, delta));
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_that_differ_in_one_digit_may_be_one_misread() {
        assert_eq!(other_digit(96_163_383_110_000, 96_163_383_140_000), Some(('1', '4')));
        assert_eq!(other_digit(96_163_383_110_000, 96_163_383_450_000), None);
        assert_eq!((other_digit(9_000, 10_000), other_digit(-1_000, 1_000)), (None, None));
    }

    #[test]
    fn an_amount_with_one_digit_more_than_another_may_be_it() {
        let between = |read: Micro, may_be: Micro| Slip::between(read, may_be).map(|slip| slip.to_string());
        assert_eq!(between(4_169_814_256, 469_814_256).as_deref(), Some("without a 1"));
        assert_eq!(between(469_814_256, 169_814_256).as_deref(), Some("with 1 for a 4"));
        assert_eq!((between(469_814_256, 4_169_814_256), between(4_169, 461)), (None, None));
    }
}
