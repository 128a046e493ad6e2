//! What the two figures of a contradiction suggest: a misprint, digits turned round, a lost row, a slipped unit.

use rust_decimal::Decimal;

use super::spot::Places;
use super::{Failure, Spot};
use crate::note::{NoteKind, Severity};
use crate::reconcile::{FigureRef, Rule, Trust};

/// A likely cause of a contradiction.
#[derive(Clone, Debug, PartialEq)]
pub enum Hint {
    /// The page was read with doubts (the code of a note); the original comes first.
    Reading(&'static str),
    /// Both figures are the same but for one digit.
    OneDigit,
    /// Both figures have the same digits in another order.
    Turned,
    /// One figure is the other with its point moved by so many places.
    PointMoved(u32),
    /// The difference is what this figure prints: counted twice, or left out.
    Equals(Box<Spot>),
    /// The parts are less than the total: a row is missing, or kept secret.
    PartsLess,
    /// The parts are more than the total: something is counted twice, or the total was not brought up to date.
    PartsMore,
    /// The text may still hold last year's figure.
    StaleText,
    /// The other figures that take part are confirmed without this check, so the fault is here.
    OthersConfirmed,
}

/// Likely causes, the strongest first.
pub(super) fn hints(places: &Places<'_>, subject: &Spot, failures: &[Failure]) -> Vec<Hint> {
    let mut hints = Vec::new();
    hints.extend(doubt(places, subject));
    let is_single = is_single(subject, failures);
    for failure in failures.iter().filter(|failure| failure.gap.is_none() && failure.rule != Rule::UnitFactor) {
        let (left, right) = (failure.left, failure.right);
        let compared = digits(left, right).filter(|hint| is_single || matches!(hint, Hint::PointMoved(_)));
        hints.extend(compared.clone());
        let equal = equal(places, failure);
        let is_explained = compared.is_some() || equal.is_some();
        hints.extend(equal.map(|spot| Hint::Equals(Box::new(spot))));
        if failure.rule.is_of_text() && !is_explained {
            hints.push(Hint::StaleText);
        }
        if failure.rule == Rule::RowSum && !is_explained {
            hints.push(if right.abs() < left.abs() { Hint::PartsLess } else { Hint::PartsMore });
        }
    }
    if failures.iter().any(|failure| others_confirmed(places, subject, failure)) {
        hints.push(Hint::OthersConfirmed);
    }
    let mut seen: Vec<Hint> = Vec::new();
    hints.retain(|hint| {
        let is_new = !seen.contains(hint);
        seen.push(hint.clone());
        is_new
    });
    hints
}

/// Whether one figure explains all that fails: another amount in its place would mend every sum that it stands in.
fn is_single(subject: &Spot, failures: &[Failure]) -> bool {
    let mut corrected: Vec<(FigureRef, Decimal)> = Vec::new();
    for failure in failures.iter().filter(|failure| failure.gap.is_none()) {
        let own = failure.figures.iter().position(|spot| super::spot::same_row(spot.at, subject.at));
        let Some((position, spot)) = own.and_then(|at| Some((at, failure.figures.get(at)?))) else { return false };
        let gap = failure.left - failure.right;
        let correction = if position == 0 { -gap } else { gap };
        match corrected.iter().find(|(at, _)| *at == spot.at) {
            Some((_, other)) if *other != correction => return false,
            Some(_) => {}
            None => corrected.push((spot.at, correction)),
        }
    }
    true
}

/// A note that throws doubt on the reading of the subject's place.
fn doubt(places: &Places<'_>, subject: &Spot) -> Option<Hint> {
    if subject.guessed {
        return Some(Hint::Reading(NoteKind::ColumnGuessed.name()));
    }
    let page = subject.provenance.page;
    let mut notes = places.reconciliation.disclosure.notes.iter();
    let doubtful = |kind: NoteKind| {
        kind.severity() != Severity::Info && !matches!(kind, NoteKind::KindUnknown | NoteKind::LabelUnknown)
    };
    let note = notes.find(|note| doubtful(note.kind) && note.provenance.is_some_and(|p| p.page == page))?;
    Some(Hint::Reading(note.kind.name()))
}

/// What the digits of the two figures say.
fn digits(left: Decimal, right: Decimal) -> Option<Hint> {
    if left.is_zero() || right.is_zero() || left.is_sign_negative() != right.is_sign_negative() {
        return None;
    }
    let scale = left.normalize().scale().max(right.normalize().scale());
    let text = |amount: Decimal| {
        let mut amount = amount.abs();
        amount.rescale(scale);
        amount.to_string().replace('.', "")
    };
    let (a, b) = (text(left), text(right));
    let bare = |text: &str| text.trim_matches('0').to_owned();
    if bare(&a) == bare(&b) {
        let places = a.trim_start_matches('0').len().abs_diff(b.trim_start_matches('0').len());
        return u32::try_from(places).ok().filter(|places| *places > 0).map(Hint::PointMoved);
    }
    if a.len() != b.len() {
        return None;
    }
    let differing: Vec<usize> =
        a.bytes().zip(b.bytes()).enumerate().filter(|(_, (a, b))| a != b).map(|x| x.0).collect();
    match differing.as_slice() {
        [_] => Some(Hint::OneDigit),
        [first, second] if second - first == 1 => {
            let pair = |text: &str| text.get(*first..=*second).map(|pair| pair.chars().rev().collect::<String>());
            (pair(&a).as_deref() == b.get(*first..=*second)).then_some(Hint::Turned)
        }
        _ => None,
    }
}

/// A figure beside the ones compared that prints the difference.
fn equal(places: &Places<'_>, failure: &Failure) -> Option<Spot> {
    let difference = (failure.left - failure.right).abs();
    // Small differences meet some figure by chance.
    let telling = difference.normalize().mantissa().abs() >= TELLING;
    if failure.left.is_zero() || failure.right.is_zero() {
        return None;
    }
    let first = failure.figures.first()?;
    let among = failure.figures.iter().skip(1).find(|spot| spot.yuan.is_some_and(|yuan| yuan.abs() == difference));
    if !telling {
        return None;
    }
    if let Some(spot) = among {
        return Some(spot.clone());
    }
    let FigureRef::Cell { statement, record, column } = first.at else { return None };
    let printed = places.reconciliation.disclosure.statements.get(statement)?;
    let down = (0..printed.records.len()).map(|r| FigureRef::Cell { statement, record: r, column });
    let across = (0..printed.columns.len()).map(|c| FigureRef::Cell { statement, record, column: c });
    let near: Vec<FigureRef> = if failure.rule == Rule::ColumnSum { across.collect() } else { down.collect() };
    near.into_iter().map(|at| places.spot(at)).find(|spot| spot.yuan.is_some_and(|yuan| yuan.abs() == difference))
}

/// So many units of its last digit tell a difference from any other.
const TELLING: i128 = 100;

/// Whether all figures but those of the subject's row are confirmed by other identities.
fn others_confirmed(places: &Places<'_>, subject: &Spot, failure: &Failure) -> bool {
    let trust = |at: FigureRef| match at {
        FigureRef::Cell { statement, record, column } => {
            *places.reconciliation.trust.get(statement)?.get(record)?.get(column)?
        }
        FigureRef::Fund { form, fund } => *places.reconciliation.fund_trust.get(form)?.get(fund)?,
        _ => None,
    };
    let mut others = failure.figures.iter().filter(|spot| !super::spot::same_row(spot.at, subject.at)).peekable();
    others.peek().is_some()
        && others.all(|spot| spot.yuan.is_some_and(|y| y.is_zero()) || trust(spot.at) >= Some(Trust::Confirmed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_figures_suggest_how_one_became_the_other() {
        let hint = |left: &str, right: &str| digits(left.parse().unwrap(), right.parse().unwrap());
        assert_eq!(hint("120000.00", "520000.00"), Some(Hint::OneDigit));
        assert_eq!(hint("6543.55", "6453.55"), Some(Hint::Turned));
        assert_eq!(hint("3000", "30000000"), Some(Hint::PointMoved(4)));
        assert_eq!(hint("100.00", "273.50"), None);
    }
}
