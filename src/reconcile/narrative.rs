//! # Narrative: what the text says against what the statements print
//!
//! **What it checks.** An amount that the text gives for an item equals the item's amount in a statement; the amounts of
//! a list (其中：…) add up to the amount before it; 收入支出总计 is the sum of its 收支总表; two amounts for one item in one
//! paragraph agree; the money of N projects is what N forms print together.
//!
//! **Why it holds.** The text is written from the tables, often on top of last year's text: a figure that was forgotten
//! there is last year's.
//!
//! **Example.** 基本支出90.00万元，其中：人员经费60.00万元，公用经费20.00万元, where the statement says 公用经费 30.00.
//!
//! The text also speaks of other years, of parts of the money and of things that no statement prints. So an amount is
//! compared only where its words are exactly an item's name, and differing from it is a finding only where addition in
//! the text, a share or a rate says that the statement is right, or where nearly all the other amounts of the text agree.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::identity::{Hypothesis, Identity, Outcome, Stance};
use super::ledger::{FigureId, Ledger};
use super::prose::{Mention, Role};
use super::{Context, FigureRef, rates, rows, selections};
use crate::arithmetic::label;
use crate::arithmetic::money::{Micro, to_decimal};
use crate::arithmetic::side::Line;
use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::terms::StatementKind;
use crate::terms::saying::{self, Saying};

/// So many amounts of the text must agree before a single one that does not is a finding.
const MIN_WITNESSES: usize = 4;
/// And so many times more than those that do not.
const WITNESSES_PER_EXCEPTION: usize = 4;

/// Amounts of the text against the items of the statements.
pub(super) fn items(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let ledger = context.ledger;
    let names = &context.names;
    let mut agreeing = Vec::new();
    let mut differing: Vec<(Identity, bool)> = Vec::new();
    for mentions in context.mentions {
        // Where the amounts of this section agree, and amounts that stand in one statement and another amount of the text.
        let mut agreed: BTreeMap<Axis, usize> = BTreeMap::new();
        let mut open: Vec<(Identity, Vec<FigureId>, usize)> = Vec::new();
        for (index, mention) in mentions.iter().enumerate() {
            let Some(figure) = mention.figure.filter(|_| mention.role == Role::Current && mention.value != 0) else {
                continue;
            };
            let Some((printed, exact)) = lookup(names, &mention.phrase) else { continue };
            let printed: Vec<FigureId> = printed.iter().copied().filter(|id| ledger.micro(*id) != 0).collect();
            let compared: Vec<Identity> = printed.iter().filter_map(|id| equal(ledger, figure, *id)).collect();
            let held = |outcome| compared.iter().find(|i| i.outcome() == outcome).cloned();
            if let Some(identity) = held(Outcome::Exact).or_else(|| held(Outcome::Rounded)) {
                agreeing.push(identity);
                let held = compared.iter().filter(|i| i.outcome() != Outcome::Failed).flat_map(|i| &i.parts);
                let lines: BTreeSet<Axis> = held.flat_map(|(id, _)| lines_of(ledger, *id)).collect();
                lines.into_iter().for_each(|line| *agreed.entry(line).or_default() += 1);
            } else if exact && !mention.aside && !printed.iter().any(|id| is_cut(ledger, figure, *id)) {
                let closed = compared.iter().find(|i| rates::closes(mentions, index, i.right));
                let public: Vec<FigureId> = printed.iter().copied().filter(|id| is_three_public(ledger, *id)).collect();
                if let Some(identity) = closed {
                    differing.push((identity.clone(), true));
                } else if is_one_value(ledger, &printed) && n_statements(ledger, &printed) > 1 {
                    open.extend(compared.into_iter().next().map(|identity| (identity, printed, 1)));
                } else if is_one_value(ledger, &public) {
                    let first = public.first().and_then(|id| equal(ledger, figure, *id));
                    open.extend(first.map(|identity| (identity, public, MIN_OF_THREE_PUBLIC)));
                }
            }
        }
        // The section speaks of a statement and column where other amounts of it agree there.
        let n_agreed = |line: Axis| agreed.get(&line).copied().unwrap_or(0);
        let is_met =
            |printed: &[FigureId], n| printed.iter().any(|id| lines_of(ledger, *id).any(|line| n_agreed(line) >= n));
        let met = open.into_iter().filter(|(_, printed, n)| is_met(printed, *n));
        differing.extend(met.map(|(identity, ..)| (identity, false)));
    }
    let open = differing.iter().filter(|(_, closed)| !closed).count();
    let borne_out = agreeing.len() >= MIN_WITNESSES && agreeing.len() >= open * WITNESSES_PER_EXCEPTION;
    let differing = differing.into_iter().filter(|(_, closed)| *closed || borne_out).map(|(i, _)| i).collect();
    vec![
        Hypothesis { place: "narrative = statements".to_owned(), identities: agreeing, stance: Stance::Silent },
        Hypothesis { place: "narrative ≠ statements".to_owned(), identities: differing, stance: Stance::Closed },
    ]
}

/// So many amounts of a section must agree with a row of 三公 expenses before another one of it is held against it alone.
const MIN_OF_THREE_PUBLIC: usize = 2;

fn is_three_public(ledger: &Ledger<'_>, id: FigureId) -> bool {
    let statement = ledger.figures.get(id).and_then(|figure| ledger.disclosure.statements.get(figure.at.statement()?));
    statement.is_some_and(|s| s.kind == StatementKind::ThreePublicExpenses)
}

fn is_one_value(ledger: &Ledger<'_>, figures: &[FigureId]) -> bool {
    !figures.is_empty() && figures.windows(2).all(|pair| ledger.micro(pair[0]) == ledger.micro(pair[1]))
}

/// A column of a statement, or a row of one that names its items in its header.
type Axis = (usize, bool, usize);

/// The column and the row that a figure of a statement stands in.
fn lines_of(ledger: &Ledger<'_>, id: FigureId) -> impl Iterator<Item = Axis> {
    let lines = match ledger.figures.get(id).map(|figure| figure.at) {
        Some(FigureRef::Cell { statement, record, column }) => {
            Some([(statement, false, column), (statement, true, record)])
        }
        _ => None,
    };
    lines.into_iter().flatten()
}

/// Whether an amount of the text is a printed one with its last digits cut off: 58 for 58.789.
pub(super) fn is_cut(ledger: &Ledger<'_>, text: FigureId, printed: FigureId) -> bool {
    let (step, value) = (ledger.step(text), ledger.micro(printed));
    step > ledger.step(printed) && value - value % step == ledger.micro(text)
}

/// A note for each amount of the text that cuts digits off where it should round.
pub(super) fn cut(context: &Context<'_, '_>) -> Vec<Note> {
    let ledger = context.ledger;
    let mut notes = Vec::new();
    for mention in context.mentions.iter().flatten().filter(|m| m.role == Role::Current && m.value != 0) {
        let (Some(figure), Some((printed, true))) = (mention.figure, lookup(&context.names, &mention.phrase)) else {
            continue;
        };
        let agrees = |id: &FigureId| equal(ledger, figure, *id).is_some_and(|i| i.outcome() != Outcome::Failed);
        let whole = printed.iter().find(|id| is_cut(ledger, figure, **id)).filter(|_| !printed.iter().any(agrees));
        if let (Some(whole), Some(text)) = (whole, ledger.figures.get(figure)) {
            let (name, stated, whole) =
                (words(&mention.phrase), to_decimal(mention.value), to_decimal(ledger.micro(*whole)));
            let message = format!("{name}: the text says {stated} yuan for {whole}, cut and not rounded");
            notes.push(Note::new(NoteKind::AmountCut, message, Provenance::page(text.page)));
        }
    }
    notes
}

/// In how many statements the figures stand.
fn n_statements(ledger: &Ledger<'_>, figures: &[FigureId]) -> usize {
    let of_figures = figures.iter().filter_map(|id| ledger.figures.get(*id)?.at.statement());
    let mut statements: Vec<usize> = of_figures.collect();
    statements.sort_unstable();
    statements.dedup();
    statements.len()
}

/// Two prints of one amount, one in the text, rounded once or twice.
pub(super) fn equal(ledger: &Ledger<'_>, text: FigureId, printed: FigureId) -> Option<Identity> {
    let mut identity = Identity::equal(ledger, text, printed)?;
    identity.allowance = (ledger.step(text) + ledger.step(printed)) / 2;
    Some(identity)
}

/// Names with the figures that they name.
pub(super) type Names = BTreeMap<String, Vec<FigureId>>;

/// Every name of a row, and of a column over the sum row, with the figures that it names.
pub(super) fn names(ledger: &Ledger<'_>) -> Names {
    let mut names: Names = BTreeMap::new();
    for (statement, sides) in ledger.sides.iter().enumerate() {
        let Some(printed) = ledger.disclosure.statements.get(statement).filter(|s| s.unit.is_some()) else { continue };
        for side in sides {
            let slots = rows::money_slots(ledger, statement, side);
            let alone = side.lines.len() == 1;
            for line in side.lines.iter().filter(|line| !line.reprint) {
                let own = line.names.iter().chain(line.total.then_some(&line.label.name));
                for name in own.filter(|name| name.chars().count() > 2) {
                    let figures = slots.iter().filter_map(|slot| line.figures.get(*slot).copied().flatten());
                    add(&mut names, words(name), figures);
                }
                if line.total || alone {
                    for slot in &slots {
                        let Some(figure) = line.figures.get(*slot).copied().flatten() else { continue };
                        let path =
                            printed.columns.get(side.amounts[*slot]).map(|c| c.path.as_slice()).unwrap_or_default();
                        // 公务用车购置及运行费/小计 is named by the cell above.
                        let leaf = path.iter().rev().map(|cell| label::read(cell)).find(|cell| !cell.total);
                        let name =
                            leaf.map(|leaf| words(&leaf.name).into_owned()).filter(|name| name.chars().count() > 2);
                        // 2031年预算数 says when and how, and names no item.
                        if let Some(name) = name.filter(|name| !is_generic(name)) {
                            add(&mut names, Cow::Owned(name), std::iter::once(figure));
                        }
                    }
                }
            }
        }
    }
    names
}

/// Whether a name says only of which year and stage a figure is.
fn is_generic(name: &str) -> bool {
    let (sayings, understood) = saying::read(name);
    understood && sayings.iter().all(|saying| matches!(saying, Saying::Year(_) | Saying::LastYear | Saying::Stage(_)))
}

/// Adds what a name names; nothing leaves no name behind.
fn add(names: &mut Names, name: Cow<'_, str>, figures: impl Iterator<Item = FigureId>) {
    let mut figures = figures.peekable();
    if figures.peek().is_none() {
        return;
    }
    match names.get_mut(name.as_ref()) {
        Some(known) => known.extend(figures),
        None => drop(names.insert(name.into_owned(), figures.collect())),
    }
}

/// A name as the text writes it: no brackets that only give the rank of a class, no quotation marks.
fn words(name: &str) -> Cow<'_, str> {
    let mut name = Cow::Borrowed(name);
    if name.contains('(') {
        for rank in ["(类)", "(款)", "(项)"] {
            if name.contains(rank) {
                name = Cow::Owned(name.replace(rank, ""));
            }
        }
    }
    let is_quote = |c: char| matches!(c, '“' | '”' | '"' | '《' | '》');
    if name.contains(is_quote) {
        name = Cow::Owned(name.replace(is_quote, ""));
    }
    name
}

/// Words after a name that do not change what it names.
const ENDINGS: [&str; 11] = ["预算数", "决算数", "支出数", "收入数", "预算", "决算", "合计", "共计", "为", "是", "共"];

/// The figures that the last words of a phrase name; whether they are all its words but for a year or 其中.
fn lookup<'n>(names: &'n Names, phrase: &str) -> Option<(&'n Vec<FigureId>, bool)> {
    let phrase = words(phrase);
    let mut bare: &str = &phrase;
    let mut whole = true;
    for _ in 0..3 {
        if let Some(found) = suffix(names, bare) {
            return Some((found.0, found.1 && whole));
        }
        let Some(shorter) = ENDINGS.iter().find_map(|ending| bare.strip_suffix(ending)) else { break };
        // 基本支出预算 may be another sum than 基本支出.
        whole &= matches!(bare.strip_prefix(shorter), Some("为" | "是" | "共" | "合计" | "共计"));
        bare = shorter;
    }
    None
}

fn suffix<'n>(names: &'n Names, phrase: &str) -> Option<(&'n Vec<FigureId>, bool)> {
    phrase.char_indices().find_map(|(start, _)| {
        let found = names.get(phrase.get(start..)?)?;
        let before = phrase.get(..start)?;
        Some((found, is_frame(before)))
    })
}

/// The item that the last words of a phrase name.
pub(super) fn name_of<'n>(names: &'n Names, phrase: &str) -> Option<&'n str> {
    let phrase = words(phrase);
    phrase
        .char_indices()
        .find_map(|(start, _)| names.get_key_value(phrase.get(start..)?).map(|(name, _)| name.as_str()))
}

/// Words before a name that do not change what it names: a year, 其中, an enumerator.
fn is_frame(before: &str) -> bool {
    let bare = label::read(&format!("{before}名")).name;
    let bare = bare.strip_suffix('名').unwrap_or(&bare);
    let bare = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    matches!(bare, "" | "年" | "年度" | "其中" | "和" | "本部门" | "本单位")
}

/// Amounts of a list against the amount that heads it: read from the end, as rows of a list without indents are.
pub(super) fn lists(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let ledger = context.ledger;
    let mut identities = Vec::new();
    for mentions in context.mentions {
        let current: Vec<&Mention> = mentions.iter().filter(|m| m.role == Role::Current).collect();
        let mut following: Vec<FigureId> = Vec::new();
        for mention in current.iter().rev() {
            let Some(head) = mention.figure else { continue };
            let mut sum: Micro = 0;
            let mut n_nonzero = 0;
            let mut taken = 0;
            for (n, part) in following.iter().rev().take(MAX_LIST).enumerate() {
                sum += ledger.micro(*part);
                n_nonzero += usize::from(ledger.micro(*part) != 0);
                if sum >= mention.value {
                    taken = if sum == mention.value && n_nonzero >= 2 { n + 1 } else { 0 };
                    break;
                }
            }
            if taken > 0 && mention.value > 0 {
                let parts = following.split_off(following.len() - taken);
                identities.extend(Identity::sum(ledger, head, parts.into_iter().map(|id| (id, 1)).collect()));
            }
            following.push(head);
        }
    }
    let exceeded = context.mentions.iter().flat_map(|mentions| selections::exceeded(ledger, mentions)).collect();
    vec![
        Hypothesis { place: "narrative lists".to_owned(), identities, stance: Stance::Silent },
        Hypothesis { place: "narrative parts exceed".to_owned(), identities: exceeded, stance: Stance::Closed },
    ]
}

/// More amounts than this are not added up.
const MAX_LIST: usize = 40;

/// 收入支出总计 and 财政拨款收支总计 against the sums of their statements.
pub(super) fn totals(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let ledger = context.ledger;
    // The sums of every statement of a kind: units print one each.
    let sums = |kind: StatementKind| {
        let statements = ledger.disclosure.statements.iter().zip(&ledger.sides);
        let sides = statements.filter(move |(s, _)| s.kind == kind && s.unit.is_some()).map(|(_, sides)| sides);
        let lines = sides.map(|sides| sides.iter().flat_map(|side| &side.lines).filter(|line| line.total));
        lines.map(|lines| lines.collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    let first = |line: &Line| (*line.figures.first()?).filter(|id| ledger.micro(*id) != 0);
    let sum = |kind: StatementKind| {
        let mut closing = sums(kind).into_iter().filter_map(|lines| {
            let last = lines.into_iter().rfind(|line| line.label.name.ends_with("总计"))?;
            first(last)
        });
        closing.next().filter(|_| closing.next().is_none())
    };
    let any = |kind: StatementKind, text: FigureId| {
        let figures = sums(kind).into_iter().flatten().filter_map(first);
        figures.filter_map(|id| equal(ledger, text, id)).find(|identity| identity.outcome() != Outcome::Failed)
    };
    let mut identities = Vec::new();
    for mention in context.mentions.iter().flatten().filter(|m| m.role == Role::Current && m.value != 0) {
        let phrase = words(&mention.phrase);
        let both_sides = ["收入支出总计", "收支总计", "收、支总计", "收支总预算", "收支总额"];
        // 收入总计、支出总计均为 … stands over the sign that ends a clause.
        let each = both_ways(&mention.lead);
        let phrase = each.map_or(phrase, Cow::Owned);
        let Some(words) = both_sides.iter().find(|words| phrase.trim_end_matches(['为', '均', '各']).ends_with(*words))
        else {
            continue;
        };
        let kind = match phrase.split(words).next().unwrap_or_default() {
            before if before.ends_with("财政拨款") => StatementKind::FiscalAppropriationSummary,
            before if before.contains("预算") || before.contains("基金") => continue,
            _ => StatementKind::RevenueExpenditureSummary,
        };
        let Some(text) = mention.figure else { continue };
        let own = sum(kind).and_then(|total| equal(ledger, text, total));
        let (held, differs) = match own {
            Some(own) if own.outcome() != Outcome::Failed => (Some(own), None),
            own => (any(kind, text), own.filter(|_| !mention.aside)),
        };
        identities.extend(held.or(differs));
    }
    vec![Hypothesis { place: "narrative totals".to_owned(), identities, stance: Stance::Closed }]
}

/// The words before 收入总计、支出总计均为, with one word for both totals.
fn both_ways(lead: &str) -> Option<String> {
    let bare = lead.trim_end_matches(['为', '均', '各', '是']);
    let before = ["收入总计、支出总计", "收入总计和支出总计", "收入、支出总计"]
        .iter()
        .find_map(|words| bare.strip_suffix(words))?;
    let clause = before.rsplit(['，', ';', '。', ':', ',']).next()?;
    Some(format!("{clause}收入支出总计"))
}
