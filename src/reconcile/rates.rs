//! # Rates: shares and changes that the narrative gives beside an amount
//!
//! **What it checks.** 占…的 p% and 比上年增加 d，增长 p% belong to the amounts beside them: a share is an amount over its
//! whole, a rate is a change over last year's amount.
//!
//! **Why it holds.** They are worked out from the figures that the writer had before him. A forgotten figure of last year
//! stands beside shares and rates that fit the right one.
//!
//! **Example.** 收入合计 80.00，其中：拨款 60.00，占 66.67%: the share fits a total of 90.00, which the statement prints.

use super::ledger::Micro;
use super::prose::{Mention, Role};

/// Amounts in this reach of a percentage are tried as its base.
const REACH: usize = 8;

/// Whether the numbers around a mention fit another value better: a share, a rate or a sum that fails with what is
/// printed holds with what a statement says.
pub(super) fn closes(mentions: &[Mention], index: usize, value: Micro) -> bool {
    let Some(mention) = mentions.get(index) else { return false };
    let near = |i: &usize| mentions.get(*i).is_some_and(|m| m.paragraph == mention.paragraph);
    let from = index.saturating_sub(REACH);
    let to = (index + REACH + 1).min(mentions.len());
    let window: Vec<usize> = (from..to).filter(near).collect();
    by_share(mentions, &window, index, value)
        || by_rate(mentions, &window, index, value)
        || by_sum(mentions, &window, index, value)
}

/// The value of a mention, or the one put in its place.
fn with(mentions: &[Mention], i: usize, index: usize, value: Micro) -> Micro {
    if i == index { value } else { mentions.get(i).map_or(0, |m| m.value) }
}

/// A share of the amount before it in this amount or of this amount in another.
fn by_share(mentions: &[Mention], window: &[usize], index: usize, value: Micro) -> bool {
    let shares = window.iter().filter(|i| {
        mentions.get(**i).is_some_and(|m| m.role == Role::Percent && m.phrase.contains('占') && m.value != 0)
    });
    let mut closed = false;
    for share in shares {
        let Some(part) = share.checked_sub(1).filter(|i| window.contains(i)) else { continue };
        let rate = &mentions[*share];
        let wholes: Vec<usize> =
            window.iter().copied().filter(|i| *i < part && mentions[*i].role == Role::Current).collect();
        let fits = |part: Micro, whole: Micro| fits(rate, part, whole);
        let own = |i: usize| mentions[i].value;
        // With what is printed no whole fits, with the other value one does.
        let printed_fits = wholes.iter().any(|whole| fits(own(part), own(*whole)));
        let other_fits = wholes
            .iter()
            .filter(|whole| **whole == index || part == index)
            .any(|whole| fits(with(mentions, part, index, value), with(mentions, *whole, index, value)));
        closed |= !printed_fits && other_fits;
    }
    closed
}

/// The rate of a change against the amount of this year before it.
fn by_rate(mentions: &[Mention], window: &[usize], index: usize, value: Micro) -> bool {
    for pair in window.windows(2) {
        let (Some(change), Some(rate)) = (mentions.get(pair[0]), mentions.get(pair[1])) else { continue };
        if rate.role != Role::Percent || rate.value == 0 || !(pair[0] > index && pair[0] - index <= 2) {
            continue;
        }
        let before = |now: Micro| match change.role {
            Role::Rise => Some(now - change.value),
            Role::Fall => Some(now + change.value),
            _ => None,
        };
        let holds = |now: Micro| before(now).is_some_and(|before| fits(rate, change.value, before));
        if !holds(mentions.get(index).map_or(0, |m| m.value)) && holds(value) {
            return true;
        }
    }
    false
}

/// A list that adds up with the other value: this amount among parts, or as the head of a list.
fn by_sum(mentions: &[Mention], window: &[usize], index: usize, value: Micro) -> bool {
    let current: Vec<usize> = window.iter().copied().filter(|i| mentions[*i].role == Role::Current).collect();
    current.iter().enumerate().any(|(position, head)| {
        let total = with(mentions, *head, index, value);
        let mut sum = 0;
        let mut n_nonzero = 0;
        current.iter().skip(position + 1).any(|part| {
            let own = with(mentions, *part, index, value);
            sum += own;
            n_nonzero += usize::from(own != 0);
            let inside = *head == index || *part >= index && index > *head;
            n_nonzero >= 2 && sum == total && inside
        })
    })
}

/// Whether part / whole is the printed percentage, to one unit of its last place.
fn fits(rate: &Mention, part: Micro, whole: Micro) -> bool {
    let scaled = part.checked_mul(100_000_000).filter(|_| whole > 0);
    scaled.is_some_and(|scaled| (scaled / whole - rate.value).abs() <= rate.step)
}
