//! # Stated: the money of a whole statement as the text tells it
//!
//! **What it checks.** 机关运行经费 and 政府采购, of which the text tells one amount, are what the sum of the statement of
//! that name says.
//!
//! **Why it holds.** The explanation of 机关运行经费 and 政府采购 is written from the statement that bears the name.
//!
//! **Example.** 2031年本部门机关运行经费预算205.97万元, where the statement adds up to 250.97.
//!
//! The text may speak of some of the units, and of other money. So it is held against a statement only where its words
//! name the item alone, of this year; and a difference is a finding only where the two print the same but for a digit, or
//! where nothing else than 机关运行经费 is named and the statement's sum is borne out by its own rows.

use super::identity::{Hypothesis, Identity, Outcome, Stance};
use super::ledger::FigureId;
use super::prose::{Mention, Role};
use super::{Context, forms, narrative, rows};
use crate::arithmetic::side::Line;
use crate::terms::StatementKind;

/// Each item with the kind of its statement, and whether that statement holds all of it.
const ITEMS: [(&str, StatementKind, bool); 2] = [
    ("机关运行经费", StatementKind::AgencyOperatingExpenses, true),
    ("政府采购", StatementKind::GovernmentProcurement, false),
];
/// Words around the item that do not change what it names.
const FRAME: [&str; 18] = [
    "一般公共预算",
    "财政拨款",
    "本部门",
    "本单位",
    "年度",
    "当年",
    "年",
    "支出",
    "预算",
    "决算",
    "安排",
    "总额",
    "总计",
    "合计",
    "的",
    "为",
    "共",
    "数",
];
/// Amounts that print the same but for a digit tell something from so many digits.
const MIN_DIGITS: u32 = 4;

/// Proposes that the text and the statement agree.
pub(super) fn propose(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let ledger = context.ledger;
    let (mut agreeing, mut differing) = (Vec::new(), Vec::new());
    for (item, kind, is_whole) in ITEMS {
        let told: Vec<&Mention> = context.mentions.iter().flatten().filter(|mention| tells_of(mention, item)).collect();
        let (Some((total, is_borne_out)), [mention]) = (sum_of(context, kind), told.as_slice()) else { continue };
        let Some(figure) = mention.figure else { continue };
        let Some(identity) = narrative::equal(ledger, figure, total) else { continue };
        if identity.outcome() != Outcome::Failed || narrative::is_cut(ledger, figure, total) {
            agreeing.push(identity);
            continue;
        }
        let digits = ledger.significant_digits(figure).min(ledger.significant_digits(total));
        let is_slip = digits >= MIN_DIGITS && forms::one_digit_apart(ledger.micro(figure), ledger.micro(total));
        if !mention.aside && (is_slip || is_whole && is_borne_out) {
            differing.push(identity);
        }
    }
    agreeing.retain(|identity: &Identity| identity.outcome() != Outcome::Failed);
    vec![
        Hypothesis { place: "narrative = sums".to_owned(), identities: agreeing, stance: Stance::Silent },
        Hypothesis { place: "narrative ≠ sums".to_owned(), identities: differing, stance: Stance::Closed },
    ]
}

/// Whether a mention is the amount of an item of this year and of nothing else.
fn tells_of(mention: &Mention, item: &str) -> bool {
    let Some((before, after)) = mention.phrase.split_once(item).filter(|_| mention.value != 0) else { return false };
    mention.role == Role::Current && is_frame(before) && is_frame(after)
}

fn is_frame(words: &str) -> bool {
    let mut rest = words.trim_start_matches(|c: char| c.is_ascii_digit());
    while let Some(shorter) = FRAME.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = shorter;
    }
    rest.is_empty()
}

/// The sum of the only statement of a kind in its only column of money, and whether its rows add up to it.
fn sum_of(context: &Context<'_, '_>, kind: StatementKind) -> Option<(FigureId, bool)> {
    let ledger = context.ledger;
    let mut statements = ledger.disclosure.statements.iter().enumerate().filter(|(_, s)| s.kind == kind);
    let (index, _) = statements.next().filter(|(_, s)| s.unit.is_some())?;
    if statements.next().is_some() {
        return None;
    }
    let [side] = ledger.sides.get(index)?.as_slice() else { return None };
    let [slot] = rows::money_slots(ledger, index, side)[..] else { return None };
    let mut totals = side.lines.iter().filter(|line| line.total);
    let figure = |line: &Line| line.figures.get(slot).copied().flatten();
    let total = totals.next().and_then(figure).filter(|id| ledger.micro(*id) != 0)?;
    let reading = rows::choose(ledger, side, &[slot]);
    Some((total, totals.next().is_none() && reading.bears_out(total)))
}
