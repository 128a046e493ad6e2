//! # Rates: shares and changes that the narrative gives beside an amount
//!
//! **What it checks.** 占…的 p% and 比上年增加 d，增长 p% belong to the amounts beside them: a share is an amount over its
//! whole, a rate is a change over last year's amount.
//!
//! **Why it holds.** They are worked out from the figures that the writer had before him. A forgotten figure of last year
//! stands beside shares and rates that fit the right one.
//!
//! **Example.** 收入合计 80.00，其中：拨款 60.00，占 66.67%: the share fits a total of 90.00, which the statement prints.
//!
//! The whole of a list may stand in a paragraph before it or nowhere. So a share is off only where no whole at all fits
//! it together with the other shares of its paragraph.

use super::Context;
use super::identity::{Hypothesis, Identity, Stance};
use super::prose::{Mention, Role};
use crate::arithmetic::money::Micro;
use crate::arithmetic::rounding;

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

/// So many shares or rates of the text must fit before one that does not is a finding …
const MIN_FITTING: usize = 4;
/// … and so many times more than those that do not.
const FITTING_PER_EXCEPTION: usize = 4;
/// So many other shares of the paragraph must be shares of one whole before one of them is off.
const MIN_SIBLINGS: usize = 2;

/// Proposes that a change and its rate go together: 比上年增加776.12万元，增长14.67%.
pub(super) fn changes(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let (mut fitting, mut off) = (Vec::new(), Vec::new());
    for mentions in context.mentions {
        for (i, pair) in mentions.windows(2).enumerate() {
            let [change, rate] = pair else { continue };
            let is_rate = rate.role == Role::Percent && rate.value != 0 && rate.paragraph == change.paragraph;
            let sign = match change.role {
                Role::Rise => 1,
                Role::Fall => -1,
                _ => continue,
            };
            let clause = ["增长", "上升", "提高", "增加", "增幅", "减少", "下降", "降低", "降幅"];
            let says_so = clause.iter().any(|word| rate.phrase.contains(word)) && !rate.phrase.contains('占');
            if !is_rate || !says_so || change.value == 0 {
                continue;
            }
            let near = |m: &&Mention| {
                m.paragraph == change.paragraph && matches!(m.role, Role::Current | Role::Other) && m.value > 0
            };
            let from = i.saturating_sub(REACH);
            let around = mentions.iter().skip(from).take(2 * REACH).filter(near);
            let slack = |m: &Mention| m.step + change.step;
            let holds = around.into_iter().any(|m| {
                is_rate_of(rate, change, m.value - sign * change.value, slack(m))
                    || is_rate_of(rate, change, m.value, m.step)
            });
            // The amount of this year stands right before its change, and a sentence has nothing else for it to change.
            let is_told = !change.lead.contains(['。', '(']) && !rate.lead.contains(['。', ';']);
            let now = i.checked_sub(1).and_then(|i| mentions.get(i)).filter(|m| near(m) && m.role == Role::Current);
            let now = now.filter(|now| is_told && !now.lead.contains("其中"));
            let identity = now.and_then(|now| {
                let before = now.value - sign * change.value;
                proportion(change, now, before, rate)
            });
            if holds { &mut fitting } else { &mut off }.extend(identity);
        }
    }
    exceptions("narrative rates", fitting.len(), off)
}

/// Proposes that an amount and its share go together: 财政拨款1200.00万元，占80.00%.
pub(super) fn shares(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let (mut n_fitting, mut off) = (0, Vec::new());
    for mentions in context.mentions {
        let shares: Vec<(&Mention, &Mention)> = mentions
            .windows(2)
            .filter_map(|pair| <&[Mention; 2]>::try_from(pair).ok())
            .map(|[part, share]| (part, share))
            .filter(|(part, share)| {
                share.role == Role::Percent
                    && share.phrase.contains('占')
                    && share.value != 0
                    && part.role == Role::Current
                    && part.value > 0
                    && part.paragraph == share.paragraph
            })
            .collect();
        for (part, share) in &shares {
            let wholes = || {
                let all = mentions.iter().filter(|m| m.role == Role::Current && m.value >= part.value);
                all.filter(|m| m.paragraph <= part.paragraph)
            };
            if wholes().any(|whole| is_share_of(share, part, whole)) {
                n_fitting += 1;
                continue;
            }
            let list = || shares.iter().filter(|(p, _)| p.paragraph == part.paragraph);
            if has_common_whole(list()) {
                n_fitting += 1;
                continue;
            }
            // The whole that the other shares of the paragraph are shares of.
            let whole = wholes().filter(|whole| whole.paragraph == part.paragraph).find(|whole| {
                let siblings = list().filter(|(p, _)| p.value != part.value);
                let mut fit = siblings.map(|(p, s)| is_share_of(s, p, whole)).peekable();
                let n = fit.by_ref().take_while(|fits| *fits).count();
                n >= MIN_SIBLINGS && fit.next().is_none()
            });
            off.extend(whole.and_then(|whole| proportion(part, whole, whole.value, share)));
        }
    }
    exceptions("narrative shares", n_fitting, off)
}

/// Whether one whole, which need not be printed beside them, fits all these shares: 主要用于：教育支出990.00万元，占98.51%；
/// 住房保障支出10.00万元，占1.00% speaks of 1005.00, though 1.00 % fits 990.00 as well.
fn has_common_whole<'m>(shares: impl Iterator<Item = &'m (&'m Mention, &'m Mention)>) -> bool {
    let (mut least, mut most) = (0, Micro::MAX);
    for (part, share) in shares {
        let scaled = |value: Micro| value.checked_mul(HUNDRED_PERCENT);
        let half = part.step / 2;
        let Some((lower, upper)) = scaled(part.value - half).zip(scaled(part.value + half)) else { return false };
        least = least.max(lower / (share.value + share.step).max(1));
        most = most.min(if share.value > share.step { upper / (share.value - share.step) } else { Micro::MAX });
    }
    least <= most
}

/// The exceptions are findings where nearly all the others fit.
fn exceptions(place: &str, n_fitting: usize, off: Vec<Identity>) -> Vec<Hypothesis> {
    let borne_out = n_fitting >= MIN_FITTING && n_fitting >= off.len() * FITTING_PER_EXCEPTION;
    let identities = if borne_out { off } else { Vec::new() };
    vec![Hypothesis { place: place.to_owned(), identities, stance: Stance::Closed }]
}

/// An amount against a percentage of a base; it confirms nothing, since a percentage is rounded.
fn proportion(amount: &Mention, of: &Mention, base: Micro, rate: &Mention) -> Option<Identity> {
    let percent_of = |percent: Micro| base.checked_mul(percent).map(|scaled| scaled / HUNDRED_PERCENT);
    let cent = 10_000;
    Some(Identity {
        total: amount.figure?,
        parts: vec![(of.figure?, 0)],
        left: amount.value,
        right: rounding::round_to(percent_of(rate.value)?, cent),
        allowance: percent_of(rate.step)?.abs() + cent,
        n_nonzero: 0,
        itemized: false,
        sound: true,
        blank_records: Vec::new(),
        gap: None,
    })
}

/// 100 % in millionths of a percent.
const HUNDRED_PERCENT: Micro = 100_000_000;

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
    fits_within(rate, (part, part), (whole, whole))
}

/// Whether a part between these bounds over a whole between those may be the printed percentage.
fn fits_within(rate: &Mention, (least, most): (Micro, Micro), (from, to): (Micro, Micro)) -> bool {
    let percent = |part: Micro, whole: Micro| part.checked_mul(HUNDRED_PERCENT).and_then(|p| p.checked_div(whole));
    if to <= 0 {
        return false;
    }
    let low = percent(least, to);
    let high = if from > 0 { percent(most, from) } else { Some(Micro::MAX) };
    low.zip(high).is_some_and(|(low, high)| low <= rate.value + rate.step && high >= rate.value - rate.step)
}

/// Whether a share fits its part and whole as they were before they were rounded: 1万元 of 3万元 may be a quarter.
fn is_share_of(share: &Mention, part: &Mention, whole: &Mention) -> bool {
    let bounds = |m: &Mention| (m.value - m.step / 2, m.value + m.step / 2);
    fits_within(share, bounds(part), bounds(whole))
}

/// Whether a rate fits a change and what changed, as they were before they were rounded.
fn is_rate_of(rate: &Mention, change: &Mention, base: Micro, slack: Micro) -> bool {
    let half = change.step / 2;
    fits_within(rate, (change.value - half, change.value + half), (base - slack / 2, base + slack / 2))
}
