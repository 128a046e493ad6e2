//! What the other rows of a side say of a row: sums beside sums, headings above their parts, pairs of classes.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::Reason;
use super::context::Context;
use super::row::Row;
use crate::arithmetic::side::Line;
use crate::terms::StatementKind;
use crate::terms::measure::YearPart;
use crate::terms::subject::{Item, Subject};

/// More rows than this are not added up to find what a heading heads.
const MAX_PARTS: usize = 400;

/// Settles the rows of a side; `printed` gives the amounts of a record on that side.
pub(super) fn settle(
    context: &Context,
    lines: &[Line],
    rows: &mut [Result<Row, Reason>],
    printed: &impl Fn(usize) -> Vec<Option<Decimal>>,
) {
    settle_totals(lines, rows);
    settle_three_public(context, lines, rows);
    settle_split(lines, rows, printed);
    settle_department(lines, rows, printed);
    settle_closing(context, lines, rows, printed);
    settle_headings(lines, rows, printed);
    settle_pairs(lines, rows);
}

/// Of several sums of a side, 总计 holds what was carried over, and the others this year's money alone.
fn settle_totals(lines: &[Line], rows: &mut [Result<Row, Reason>]) {
    let grand = lines.iter().any(|line| line.total && line.label.name.contains("总计"));
    for (line, row) in lines.iter().zip(rows) {
        if let Ok(row) = row
            && row.subject == Subject::Total
            && row.nature.is_none()
        {
            row.year_part = match row.year_part {
                _ if !grand => row.year_part,
                _ if line.label.name.contains("总计") => Some(YearPart::All),
                _ => Some(YearPart::Current),
            };
        }
    }
}

/// A row that bears the department's name beside a 合计 of other amounts is the department without its units.
fn settle_department(
    lines: &[Line],
    rows: &mut [Result<Row, Reason>],
    printed: &impl Fn(usize) -> Vec<Option<Decimal>>,
) {
    let totals: Vec<_> = lines.iter().filter(|line| line.total).map(|line| printed(line.record)).collect();
    for (line, row) in lines.iter().zip(rows) {
        let named = !line.total
            && row
                .as_ref()
                .is_ok_and(|row| row.subject == Subject::Total && row.nature.is_none() && row.flow.is_none());
        if named && !totals.is_empty() && !totals.contains(&printed(line.record)) {
            *row = Err(Reason::UnknownRow);
        }
    }
}

/// 合计 below the items of 三公 is their total; where meetings and training stand among them it is that of no item.
fn settle_three_public(context: &Context, lines: &[Line], rows: &mut [Result<Row, Reason>]) {
    if context.kind != StatementKind::ThreePublicExpenses {
        return;
    }
    let items = || rows.iter().flatten().filter_map(|row| row.item.filter(|_| row.subject == Subject::ThreePublic));
    let lists = items().any(Item::is_three_public);
    let mixed = items().any(|item| matches!(item, Item::Meeting | Item::Training));
    for (line, row) in lines.iter().zip(rows).filter(|_| lists) {
        match row {
            Ok(_) if !line.total => {}
            Ok(total) if total.subject != Subject::Total => {}
            Ok(_) if mixed => *row = Err(Reason::UnknownRow),
            Ok(total) => {
                total.subject = Subject::ThreePublic;
                total.item = Some(Item::Total);
            }
            Err(_) => {}
        }
    }
}

/// A project's row that the page's end cuts prints its amounts again below, without its name.
fn settle_split(lines: &[Line], rows: &mut [Result<Row, Reason>], printed: &impl Fn(usize) -> Vec<Option<Decimal>>) {
    let mut named: Option<(Row, Vec<Option<Decimal>>)> = None;
    for (line, row) in lines.iter().zip(rows) {
        let own = printed(line.record);
        match (&*row, &named) {
            (Err(Reason::BlankName), Some((project, amounts))) if *amounts == own => *row = Ok(project.clone()),
            (Ok(project), _) if project.subject == Subject::Project && own.iter().any(Option::is_some) => {
                named = Some((project.clone(), own));
            }
            (_, _) if own.iter().any(Option::is_some) => named = None,
            _ => {}
        }
    }
}

/// 总计 of a table of the treasury's money holds what is left at the year's end, and is no expenditure of a fund.
fn settle_closing(
    context: &Context,
    lines: &[Line],
    rows: &mut [Result<Row, Reason>],
    printed: &impl Fn(usize) -> Vec<Option<Decimal>>,
) {
    let filled = |line: &Line| printed(line.record).iter().flatten().any(|amount| !amount.is_zero());
    let closes = lines.iter().zip(&*rows).any(|(line, row)| *row == Err(Reason::Balance) && filled(line));
    if !closes || context.kind != StatementKind::FiscalAppropriationSummary {
        return;
    }
    for row in rows {
        if row.as_ref().is_ok_and(|row| row.subject == Subject::Total && row.year_part == Some(YearPart::All)) {
            *row = Err(Reason::Balance);
        }
    }
}

/// A row of a list of projects that is the sum of those below it is a heading: which it is, nothing printed tells.
fn settle_headings(lines: &[Line], rows: &mut [Result<Row, Reason>], printed: &impl Fn(usize) -> Vec<Option<Decimal>>) {
    // Projects that no heading has claimed yet, the nearest last, with whether each is a heading itself.
    let mut following: Vec<(Decimal, bool)> = Vec::new();
    for (line, row) in lines.iter().zip(rows).rev() {
        if !row.as_ref().is_ok_and(|row| row.subject == Subject::Project) {
            following.clear();
            continue;
        }
        let Some(own) = printed(line.record).into_iter().flatten().next().filter(|amount| !amount.is_zero()) else {
            continue;
        };
        let mut sum = Decimal::ZERO;
        let taken = following.iter().rev().take(MAX_PARTS).position(|(part, _)| {
            sum += part;
            sum == own
        });
        let single = taken == Some(0) && !following.last().is_some_and(|(_, heads)| *heads);
        let heads = taken.filter(|_| !single);
        if let Some(last) = heads {
            following.truncate(following.len() - last - 1);
            *row = Err(Reason::UnknownRow);
        }
        following.push((own, heads.is_some()));
    }
}

/// A class of one economic system that a unit's rows set beside several of the other is a part in each of them.
fn settle_pairs(lines: &[Line], rows: &mut [Result<Row, Reason>]) {
    let paired = |row: &Result<Row, Reason>| {
        let row = row.as_ref().ok().filter(|row| row.subject == Subject::Economic && row.paired_code.is_some())?;
        Some((row.unit.clone(), row.code))
    };
    let mut seen = BTreeSet::new();
    let mut again = BTreeSet::new();
    for (line, row) in lines.iter().zip(&*rows) {
        if let Some(pair) = paired(row).filter(|_| !line.reprint)
            && !seen.insert(pair.clone())
        {
            again.insert(pair);
        }
    }
    for row in rows {
        if paired(row).is_some_and(|pair| again.contains(&pair))
            && let Ok(row) = row
        {
            row.subject = Subject::Cross;
            row.economic_code = row.code.take();
            row.economic_name = row.name.take();
        }
    }
}
