//! # Gaps: a row that is missing
//!
//! **What it checks.** A 款 has its 类 above it and 项 below it where all the others have; the enumerators of a list count
//! on (一、二、三、); a statement has a 合计 where its sisters have one.
//!
//! **Why it holds.** These rows come from one program that prints all levels of the classification or none, and numbers
//! what it lists. Where a single row breaks the pattern, a row was lost, by the bureau or in the reading; no sum shows
//! that where the lost row was the only part of its parent, or a parent whose parts were all printed.
//!
//! **Example.** 208, 20805, 2080501, 210, 2101101: the 款 21011 is missing. 一、 二、 四、: 三、 is missing.
//!
//! No amount is compared: both sides of such a finding are the amount beside the gap and zero, or for enumerators the
//! number found and the number expected.

use std::collections::BTreeMap;

use super::identity::{Hypothesis, Identity, Outcome, Stance};
use super::ledger::FigureId;
use super::levelled::Levelled;
use super::{Context, Gap};
use crate::arithmetic::code::{Code, System};
use crate::arithmetic::money::Micro;
use crate::arithmetic::side::{Line, Side};
use crate::terms::{StatementKind, function};

/// So many numbers must follow each other that one gap counts.
const MIN_WITNESSES: usize = 4;
/// One row in so many may break a pattern; more, and there is no pattern.
const WITNESSES_PER_GAP: usize = 5;
/// The same, where another statement prints what is missing here.
const WITNESSES_PER_KNOWN_GAP: usize = 1;
/// So many statements have a 合计 before the one that has none is odd.
const MIN_SISTERS: usize = 2;

/// Proposes what is missing from the rows of every side.
pub(super) fn propose(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let mut result = Vec::new();
    let heads: Vec<Vec<Code>> = context
        .ledger
        .sides
        .iter()
        .map(|sides| {
            let mut codes: Vec<Code> = sides.iter().flat_map(headed).collect();
            codes.sort_unstable();
            codes.dedup();
            codes
        })
        .collect();
    let mut n_statements: BTreeMap<Code, usize> = BTreeMap::new();
    for code in heads.iter().flatten() {
        *n_statements.entry(*code).or_default() += 1;
    }
    let levelled = Levelled::of(context, &heads);
    for (statement, (sides, own)) in context.ledger.sides.iter().zip(&heads).enumerate() {
        let elsewhere =
            |code: &Code| n_statements.get(code).copied().unwrap_or(0) > usize::from(own.binary_search(code).is_ok());
        let mut identities = Vec::new();
        // The rows of lent codes are a selection of another statement's.
        for side in sides.iter().filter(|side| !side.lent) {
            for system in &side.systems {
                let always = |code: &Code| levelled.is_always_printed(context, statement, *code);
                identities.extend(levels(context, side, system, elsewhere, always));
            }
            identities.extend(headings(context, side));
            identities.extend(counting(context, side));
            identities.extend(named_headings(context, side));
            identities.extend(closing(context, side).filter(|_| sides.len() > 1));
        }
        identities.extend(unclosed(context, statement, sides));
        let place = format!("{} gaps", context.statement_id(statement));
        result.push(Hypothesis { place, identities, stance: Stance::Closed });
    }
    result.push(Hypothesis {
        place: "a sum row is missing".to_owned(),
        identities: sums(context),
        stance: Stance::Closed,
    });
    result
}

fn first(line: &Line) -> Option<FigureId> {
    line.figures.iter().copied().find_map(|figure| figure)
}

/// An identity that only names a place.
pub(super) fn gap(beside: FigureId, left: Micro, right: Micro, gap: Option<Gap>) -> Identity {
    Identity {
        total: beside,
        parts: Vec::new(),
        left,
        right,
        allowance: 0,
        n_nonzero: 0,
        itemized: false,
        sound: true,
        blank_records: Vec::new(),
        gap,
    }
}

/// Rows whose class is not printed above them, and classes with nothing below them; `known` tells which classes other
/// statements print with rows below them, `always` which all of them do.
fn levels(
    context: &Context<'_, '_>,
    side: &Side,
    system: &System,
    known: impl Fn(&Code) -> bool,
    always: impl Fn(&Code) -> bool,
) -> Vec<Identity> {
    let codes: Vec<(usize, Code)> = system
        .iter()
        .enumerate()
        .filter_map(|(line, code)| Some((line, (*code)?)))
        .filter(|(_, code)| code.is_class())
        .collect();
    // A row right above with a name and no code of three digits may be the one that is not found.
    let is_bare = |above: usize| {
        let is_own = side.lines.get(above).is_some_and(|line| !line.total && first(line).is_some());
        is_own && system.get(above).is_some_and(|code| code.is_none_or(|code| code.n_digits() < 3))
    };
    // Rows below the class that they should be below, and classes that are not there with the row beside the gap.
    let mut below = 0;
    let mut absent: BTreeMap<Code, usize> = BTreeMap::new();
    // The same, where the table has no class of that rank at all.
    let mut alone: BTreeMap<Code, usize> = BTreeMap::new();
    // Of each rank the classes with rows below them, and those without.
    let mut headed: BTreeMap<u8, usize> = BTreeMap::new();
    let mut childless: BTreeMap<u8, Vec<(Code, usize)>> = BTreeMap::new();
    // The codes above, without those that a shorter one below them hides.
    let mut above: Vec<Code> = Vec::new();
    for (position, (line, code)) in codes.iter().enumerate() {
        while above.pop_if(|other| other.n_digits() >= code.n_digits()).is_some() {}
        // Details of an economic item (3010201) stand below it or beside it.
        let detail = code.n_digits() > 5 && code.prefix(1) != Code::parse("2");
        let is_found = line.checked_sub(1).is_some_and(is_bare);
        let is_below = code.n_digits() > 3 && !detail && !is_found;
        if let Some(class) = code.prefix(code.n_digits().saturating_sub(2)).filter(|_| is_below) {
            // The nearest shorter code above must be the class itself.
            if above.last() == Some(&class) {
                below += 1;
            } else if codes.iter().any(|(_, code)| code.n_digits() == class.n_digits()) {
                // A table may leave a level out altogether.
                absent.entry(class).or_insert(*line);
            } else {
                alone.entry(class).or_insert(*line);
            }
        }
        above.push(*code);
        if codes.get(position + 1).is_some_and(|(_, next)| code.heads(*next)) {
            *headed.entry(code.n_digits()).or_default() += 1;
        } else if function::has_items(&code.to_string()) {
            childless.entry(code.n_digits()).or_default().push((*code, *line));
        }
    }
    // What other statements print at this place is as good as many witnesses.
    // A table of units may print a level for some of them only: then there are several gaps.
    let needed = |broken: &[Code]| match broken {
        [only] if known(only) => WITNESSES_PER_KNOWN_GAP,
        _ => WITNESSES_PER_GAP,
    };
    let mut gaps: BTreeMap<usize, Gap> = BTreeMap::new();
    // A 款 that others print, left out between its 类 and its 项.
    let is_printed = |class: &Code| codes.iter().any(|(_, code)| code == class);
    let skipped = |code: &Code| known(code) && code.prefix(3).is_some_and(|class| class != *code && is_printed(&class));
    let row = |(code, line): (&Code, &usize)| (*line, Gap::Row(code.to_string()));
    if absent.len() == 1 {
        gaps.extend(absent.iter().filter(|(code, _)| skipped(code)).map(row));
    }
    if absent.is_empty() && alone.len() == 1 {
        gaps.extend(alone.iter().filter(|(code, _)| always(code)).map(row));
    }
    if below >= absent.len() * needed(&absent.keys().copied().collect::<Vec<Code>>()) {
        gaps.extend(absent.iter().map(row));
    }
    for (rank, classes) in childless {
        let with = headed.get(&rank).copied().unwrap_or(0);
        if with > 0 && with >= classes.len() * needed(&classes.iter().map(|(code, _)| *code).collect::<Vec<Code>>()) {
            let below = classes.iter().map(|(code, line)| (*line, Gap::RowsBelow(code.to_string())));
            below.for_each(|(line, missing)| {
                gaps.entry(line).or_insert(missing);
            });
        }
    }
    let figures = gaps.into_iter().filter_map(|(line, missing)| Some((side.lines.get(line).and_then(first)?, missing)));
    let figures = figures.filter(|(id, _)| context.ledger.micro(*id) != 0);
    figures.map(|(id, missing)| gap(id, context.ledger.micro(id), 0, Some(missing))).collect()
}

/// Rows of a list without codes that head no rows, where all the others filled alike head some.
fn headings(context: &Context<'_, '_>, side: &Side) -> Vec<Identity> {
    if side.head.len() < 2 || side.systems.iter().flatten().flatten().any(|code| code.is_class()) {
        return Vec::new();
    }
    let tail = |line: &Line| line.filled.checked_ilog2();
    let rows: Vec<(usize, u32)> =
        side.lines.iter().enumerate().filter_map(|(i, line)| Some((i, tail(line).filter(|_| !line.total)?))).collect();
    let amounts = |line: usize| side.lines.get(line).map(|line| line.figures.as_slice()).unwrap_or_default();
    let deepest = rows.iter().map(|(_, depth)| *depth).max().unwrap_or(0);
    let mut headed: BTreeMap<u32, usize> = BTreeMap::new();
    let mut bare: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (position, (line, depth)) in rows.iter().enumerate().filter(|(_, (_, depth))| *depth < deepest) {
        if rows.get(position + 1).is_some_and(|(_, next)| next > depth) {
            *headed.entry(*depth).or_default() += 1;
        } else if !heads_its_like(context, &amounts, *line, &rows, position, *depth) {
            bare.entry(*depth).or_default().push(*line);
        }
    }
    let mut result = Vec::new();
    for (depth, lines) in bare {
        let with = headed.get(&depth).copied().unwrap_or(0);
        if with >= lines.len() * WITNESSES_PER_GAP {
            let rows = lines.iter().filter_map(|line| side.lines.get(*line));
            let figures = rows.filter_map(|line| Some((first(line)?, Gap::RowsBelow(line.label.name.clone()))));
            let figures = figures.filter(|(id, _)| context.ledger.micro(*id) != 0);
            result.extend(figures.map(|(id, missing)| gap(id, context.ledger.micro(id), 0, Some(missing))));
        }
    }
    result
}

/// Whether rows of a row's own rank follow that add up to it: 货物 stands above units and in their column.
fn heads_its_like<'a>(
    context: &Context<'_, '_>,
    amounts: &impl Fn(usize) -> &'a [Option<FigureId>],
    line: usize,
    rows: &[(usize, u32)],
    position: usize,
    depth: u32,
) -> bool {
    let micro = |figure: Option<FigureId>| figure.map_or(0, |id| context.ledger.micro(id));
    let alike = || rows.iter().skip(position + 1).take_while(|(_, d)| *d >= depth).filter(|(_, d)| *d == depth);
    amounts(line).iter().enumerate().filter(|(_, own)| micro(**own) > 0).any(|(slot, own)| {
        let mut rest = micro(*own);
        alike().any(|(other, _)| {
            rest -= micro(amounts(*other).get(slot).copied().flatten());
            rest == 0
        })
    })
}

/// A summary of both sides without a single sum row.
fn unclosed(context: &Context<'_, '_>, statement: usize, sides: &[Side]) -> Option<Identity> {
    let kind = context.ledger.disclosure.statements.get(statement).map(|s| s.kind)?;
    let summary = matches!(kind, StatementKind::RevenueExpenditureSummary | StatementKind::FiscalAppropriationSummary);
    let figures = || sides.iter().flat_map(|side| &side.lines).filter_map(first);
    let filled = figures().filter(|id| context.ledger.micro(*id) != 0).count() >= MIN_SISTERS;
    let closed = sides.iter().any(|side| side.lines.iter().any(|line| line.total) || adds_up(context, &side.lines));
    let id = figures().next_back().filter(|_| summary && filled && !closed && sides.len() > 1)?;
    Some(gap(id, context.ledger.micro(id), 0, Some(Gap::Sum)))
}

/// Whether some row is the sum of two rows or more above it, whatever it is called (总收入).
fn adds_up(context: &Context<'_, '_>, lines: &[Line]) -> bool {
    let (mut sum, mut n_nonzero) = (0, 0);
    lines.iter().filter_map(first).map(|id| context.ledger.micro(id)).filter(|micro| *micro != 0).any(|micro| {
        let is_sum = n_nonzero > 1 && micro == sum;
        (sum, n_nonzero) = (sum + micro, n_nonzero + 1);
        is_sum
    })
}

/// A summary whose rows run on after 本年收入合计 and never come to 总计.
fn closing(context: &Context<'_, '_>, side: &Side) -> Option<Identity> {
    let last = side.lines.iter().rposition(|line| line.total)?;
    let sum = side.lines.get(last)?;
    let current = ["本年", "当年"].iter().any(|word| sum.label.name.starts_with(word));
    let runs_on = side.lines.iter().skip(last + 1).any(|line| !line.names.is_empty());
    let runs_on = runs_on && !adds_up(context, side.lines.get(last..).unwrap_or_default());
    let id = first(sum).filter(|id| current && runs_on && context.ledger.micro(*id) != 0)?;
    Some(gap(id, context.ledger.micro(id), 0, Some(Gap::Sum)))
}

/// The classes that each statement prints with rows below them.
fn headed(side: &Side) -> Vec<Code> {
    let mut result = Vec::new();
    for system in &side.systems {
        let mut before: Option<Code> = None;
        for code in system.iter().flatten().copied().filter(|code| code.is_class()) {
            result.extend(before.replace(code).filter(|before| before.heads(code)));
        }
    }
    result
}

/// Enumerators of one way of counting that skip a number.
fn counting(context: &Context<'_, '_>, side: &Side) -> Vec<Identity> {
    let mut kept = 0;
    let mut skipped = Vec::new();
    let mut last: Option<(u8, u32)> = None;
    for (index, line) in side.lines.iter().enumerate() {
        if line.total {
            last = None;
        }
        let Some(mark) = line.label.mark.filter(|mark| mark.style < 2) else { continue };
        match last.filter(|(style, _)| *style == mark.style) {
            Some((_, before)) if mark.ordinal == before + 1 => kept += 1,
            // A list that prints only some of the numbers skips more than one.
            Some((_, before)) if mark.ordinal == before + 2 => skipped.push((index, mark.ordinal)),
            Some((_, before)) if mark.ordinal > before => return Vec::new(),
            _ => {}
        }
        last = Some((mark.style, mark.ordinal));
    }
    // Where those that are printed add up to a sum, the one that is not has no amount.
    let style = skipped.first().and_then(|(index, _)| side.lines.get(*index)?.label.mark).map(|mark| mark.style);
    let counted = side.lines.iter().filter(|line| line.label.mark.map(|mark| mark.style) == style && style.is_some());
    let parts: Vec<(FigureId, i8)> = counted.filter_map(|line| Some((first(line)?, 1))).collect();
    let sums = side.lines.iter().filter(|line| line.total).filter_map(first);
    let mut sums = sums.filter_map(|total| Identity::sum(context.ledger, total, parts.clone()));
    let is_whole = sums.any(|sum| sum.is_sum() && sum.outcome() != Outcome::Failed);
    if skipped.len() != 1 || kept < MIN_WITNESSES || is_whole {
        return Vec::new();
    }
    skipped
        .into_iter()
        .filter_map(|(index, ordinal)| {
            // The gap stands between two rows; either may be blank.
            let near = side.lines.iter().skip(index).chain(side.lines.iter().take(index).rev()).find_map(first)?;
            let number = |n: u32| Micro::from(n) * 1_000_000;
            Some(gap(near, number(ordinal), number(ordinal - 1), Some(Gap::Enumerator(ordinal - 1))))
        })
        .collect()
}

/// What tells an economic class where only names are printed: some of its usual details.
const DETAILS: [(&str, [&str; 4]); 3] = [
    ("工资福利支出", ["基本工资", "津贴补贴", "奖金", "绩效工资"]),
    ("商品和服务支出", ["办公费", "差旅费", "工会经费", "其他商品和服务支出"]),
    ("对个人和家庭的补助", ["退休费", "离休费", "生活补助", "奖励金"]),
];
/// So many details without their class, beside another class with its own.
const MIN_DETAILS: usize = 2;

/// Economic classes whose details stand there without them, where another class heads its own.
fn named_headings(context: &Context<'_, '_>, side: &Side) -> Vec<Identity> {
    if side.systems.iter().flatten().flatten().any(|code| code.is_class()) {
        return Vec::new();
    }
    let row = |name: &str| side.lines.iter().find(|line| !line.total && line.names.iter().any(|n| n == name));
    let details = |names: &[&str]| names.iter().filter_map(|name| row(name)).collect::<Vec<&Line>>();
    let headed = DETAILS.iter().any(|(class, names)| row(class).is_some() && !details(names).is_empty());
    let lost = DETAILS.iter().filter(|(class, names)| row(class).is_none() && details(names).len() >= MIN_DETAILS);
    let lost =
        lost.filter(|_| headed).filter_map(|(class, names)| Some((class, details(names).into_iter().find_map(first)?)));
    lost.map(|(class, id)| gap(id, context.ledger.micro(id), 0, Some(Gap::Row((*class).to_owned())))).collect()
}

/// Statements with coded rows and no 合计, where every other one with coded rows has it.
fn sums(context: &Context<'_, '_>) -> Vec<Identity> {
    let coded = |side: &&Side| {
        let classes =
            side.systems.iter().filter(|_| !side.lent).flatten().flatten().filter(|code| code.is_class()).count();
        classes >= 2 && side.lines.iter().filter_map(first).count() >= 2
    };
    let sides: Vec<&Side> =
        context.ledger.sides.iter().filter(|sides| sides.len() == 1).flatten().filter(coded).collect();
    let (with, without): (Vec<&Side>, Vec<&Side>) = sides.into_iter().partition(|s| s.lines.iter().any(|l| l.total));
    if with.len() < MIN_SISTERS || without.len() != 1 {
        return Vec::new();
    }
    without
        .iter()
        .filter_map(|side| side.lines.iter().find_map(first))
        .map(|id| gap(id, context.ledger.micro(id), 0, Some(Gap::Sum)))
        .collect()
}
