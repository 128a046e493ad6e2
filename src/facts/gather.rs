//! Cells become facts: column, row and table together make a key, and equal keys with equal amounts are one fact.

use rust_decimal::Decimal;

use super::merge;
use super::sighting::Sighting;
use super::{Facts, Key, PerCell, Place, Reason, Subject, Tie, narrative};
use crate::arithmetic::code::Code;
use crate::interpret::reading::{Context, Meaning, Names, Row, Table, bare};
use crate::interpret::{Disclosure, FormKind, FundSource, Horizon, Statement};
use crate::reconcile::{Reconciliation, Trust};
use crate::terms::StatementKind;
use crate::terms::measure::{Fund, YearPart};
use crate::terms::subject::{Flow, Item, Nature, Stage};

/// For each record and column of one statement; `None` where there is no amount.
type Cells<T> = Vec<Vec<Option<T>>>;

/// Gathers the facts of a report.
pub(super) fn gather(reconciliation: &Reconciliation) -> Facts {
    let disclosure = &reconciliation.disclosure;
    let reading = &reconciliation.reading;
    let mut sightings = Vec::new();
    let mut ties: PerCell<Tie> = Vec::new();
    for (index, (statement, table)) in disclosure.statements.iter().zip(&reading.tables).enumerate() {
        let trust = reconciliation.trust.get(index).map_or(&[][..], Vec::as_slice);
        ties.push(of_statement(index, statement, table, trust, &mut sightings));
    }
    of_forms(reconciliation, &reading.names, &mut sightings);
    of_narrative(disclosure, &mut sightings);
    let (facts, ties) = merge::merge(sightings, ties);
    Facts { facts, ties }
}

/// Sightings of one statement, and the reasons of the cells that are none.
fn of_statement(
    index: usize,
    statement: &Statement,
    table: &Table,
    trust: &[Vec<Option<Trust>>],
    sightings: &mut Vec<Sighting>,
) -> Cells<Tie> {
    let amount = |record: usize, column: usize| {
        let record = statement.records.get(record)?;
        record.values.get(column)?.as_ref()?.amount
    };
    // An amount that no side takes in has no row that names it.
    let mut ties: Cells<Tie> = (0..statement.records.len())
        .map(|record| {
            (0..statement.columns.len()).map(|c| amount(record, c).map(|_| Err(Reason::UnknownRow))).collect()
        })
        .collect();
    for read in &table.sides {
        for (line, row) in read.side.lines.iter().zip(&read.rows) {
            for column in &read.side.amounts {
                let Some(amount) = amount(line.record, *column) else { continue };
                let Some(tie) = ties.get_mut(line.record).and_then(|ties| ties.get_mut(*column)) else { continue };
                let Some(meaning) = table.columns.get(*column) else { continue };
                let found = sight(statement, &table.context, meaning, row, read.flow, amount);
                *tie = Some(found.map_or_else(Err, |(key, yuan, step)| {
                    let value = statement.records.get(line.record).and_then(|r| r.values.get(*column)?.as_ref());
                    let page = value.map_or(1, |value| value.provenance.page.max(1));
                    let name = row.as_ref().ok().and_then(|row| row.name.clone());
                    let other = row.as_ref().ok().and_then(|row| row.economic_name.clone());
                    let grade = trust.get(line.record).and_then(|row| row.get(*column)).copied().flatten();
                    sightings.push(Sighting {
                        functional_name: name.clone().filter(|_| key.functional_code.is_some()),
                        economic_name: other.or(name).filter(|_| key.economic_code.is_some()),
                        key,
                        amount: yuan,
                        step,
                        trust: grade.unwrap_or(Trust::Unchecked),
                        place: Place::Cell { table: statement.id.clone(), row: line.record, column: *column, page },
                        cell: Some((index, line.record, *column)),
                        part: None,
                    });
                    Ok(usize::MAX)
                }));
            }
        }
    }
    ties
}

/// The key of one cell, its yuan and the unit of its last place.
fn sight(
    statement: &Statement,
    context: &Context,
    meaning: &Meaning,
    row: &Result<Row, Reason>,
    flow: Option<Flow>,
    amount: Decimal,
) -> Result<(Key, Decimal, Decimal), Reason> {
    if context.other {
        return Err(Reason::OtherTable);
    }
    if let Some(reason) = meaning.reason {
        return Err(reason);
    }
    let row = row.as_ref().map_err(|reason| *reason)?;
    let factor = Decimal::from(statement.unit.ok_or(Reason::NoYuan)?.in_yuan());
    let yuan = amount.checked_mul(factor).filter(|yuan| yuan.normalize().scale() <= 2).ok_or(Reason::NoYuan)?;
    let step = Decimal::new(1, amount.scale()) * factor;
    let mut key = Key {
        year: meaning.year.or(row.year).or(context.year),
        stage: meaning.stage.unwrap_or(context.stage),
        flow: flow.or(meaning.flow).or(row.flow).ok_or(Reason::UnknownColumn)?,
        subject: row.subject,
        functional_code: None,
        functional_name: None,
        economic_code: None,
        economic_name: None,
        paired_code: None,
        economic_system: None,
        project: row.project.clone(),
        unit: row.unit.clone(),
        item: row.item,
        nature: row.nature.or(meaning.nature).or(context.nature).unwrap_or(Nature::All),
        fund: money(context, meaning, row),
        year_part: granted(context, meaning, row),
    };
    let printed = |code: Option<Code>| code.map(|code| code.to_string());
    match row.subject {
        Subject::Function | Subject::Procurement => {
            key.functional_code = printed(row.code);
            key.functional_name = row.name.clone().filter(|_| row.code.is_none() && row.subject == Subject::Function);
        }
        Subject::Economic | Subject::OperatingCost => {
            key.economic_code = printed(row.code);
            key.economic_name = row.name.clone().filter(|_| row.code.is_none());
            key.economic_system = row.system;
        }
        Subject::Cross => {
            key.functional_code = printed(row.code);
            key.economic_code = printed(row.economic_code);
            key.economic_system = row.system;
            key.paired_code = printed(row.paired_code);
        }
        _ => {}
    }
    about_column(context, meaning, row, &mut key)?;
    if key.flow == Flow::Revenue || matches!(key.subject, Subject::ThreePublic | Subject::Procurement) {
        key.nature = Nature::All;
    }
    Ok((key, yuan, step))
}

/// Of which year's grant a cell is: the narrowest that row, column and title name.
fn granted(context: &Context, meaning: &Meaning, row: &Row) -> YearPart {
    let named = [row.year_part, meaning.year_part, context.year_part];
    let says = |part: YearPart| named.contains(&Some(part));
    if says(YearPart::CarryOver) {
        YearPart::CarryOver
    } else if says(YearPart::Current) {
        YearPart::Current
    } else {
        YearPart::All
    }
}

/// Whose money a cell is.
fn money(context: &Context, meaning: &Meaning, row: &Row) -> Fund {
    match (row.fund.or(meaning.fund), context.fund) {
        // 财政拨款 within a table of one budget is that budget's.
        (Some(Fund::Fiscal) | None, Some(fund)) => fund,
        (Some(fund), _) => fund,
        (None, None) => Fund::All,
    }
}

/// What the column says of the subject: items of 三公, sources of revenue, purchases, running costs.
fn about_column(context: &Context, meaning: &Meaning, row: &Row, key: &mut Key) -> Result<(), Reason> {
    use StatementKind as K;
    let summed = matches!(row.subject, Subject::Total | Subject::Unit);
    if meaning.operating_cost && summed {
        key.subject = Subject::OperatingCost;
        return Ok(());
    }
    if context.operating_cost && row.subject == Subject::Total {
        key.subject = Subject::OperatingCost;
        return Ok(());
    }
    if context.kind == K::ThreePublicExpenses {
        return match (row.subject, meaning.item) {
            (Subject::Total | Subject::Unit, Some(item)) => {
                key.subject = Subject::ThreePublic;
                key.item = Some(item);
                Ok(())
            }
            (Subject::Total | Subject::Unit, None) if meaning.three_public || meaning.total => {
                key.subject = Subject::ThreePublic;
                key.item = Some(Item::Total);
                Ok(())
            }
            (Subject::ThreePublic | Subject::OperatingCost, None) => Ok(()),
            (_, Some(item)) if !item.is_three_public() => Err(Reason::UnknownColumn),
            _ => Err(Reason::UnknownRow),
        };
    }
    if context.procurement || meaning.procurement {
        if meaning.source.is_some_and(is_unit_s_own) {
            return Err(Reason::UnknownColumn);
        }
        return match row.subject {
            Subject::Total => {
                key.subject = Subject::Procurement;
                key.item = meaning.item.filter(|item| item.is_procurement()).or(Some(Item::Total));
                Ok(())
            }
            Subject::Procurement => Ok(()),
            // The purchases of a class; which of them are goods its columns do not tell.
            Subject::Function if meaning.item.is_none() => {
                key.subject = Subject::Procurement;
                Ok(())
            }
            _ => Err(Reason::UnknownRow),
        };
    }
    if meaning.item.is_some() {
        return Err(Reason::UnknownColumn);
    }
    let Some(item) = meaning.source else {
        if meaning.three_public {
            return Err(Reason::UnknownColumn);
        }
        if key.flow == Flow::Revenue && key.subject == Subject::Total && meaning.fund.is_some() {
            key.subject = Subject::Source;
        }
        return Ok(());
    };
    match (key.flow, row.subject) {
        (Flow::Revenue, Subject::Total) => {
            key.subject = Subject::Source;
            key.item = Some(item);
            Ok(())
        }
        (Flow::Revenue, Subject::Source) => Ok(()),
        (Flow::Revenue, _) => {
            key.item = Some(item);
            Ok(())
        }
        // 事业收入 of an expenditure is a part of 单位资金 that the funds do not tell apart.
        (Flow::Expenditure, _) if is_unit_s_own(item) => Err(Reason::UnknownColumn),
        (Flow::Expenditure, _) => Ok(()),
    }
}

/// Whether a source is one of several that 单位资金 holds.
fn is_unit_s_own(item: Item) -> bool {
    !matches!(item, Item::GeneralPublicBudget | Item::GovernmentFund | Item::StateCapital | Item::SpecialAccount)
}

/// Totals of projects' forms.
fn of_forms(reconciliation: &Reconciliation, names: &Names, sightings: &mut Vec<Sighting>) {
    let disclosure = &reconciliation.disclosure;
    for (form, trust) in disclosure.forms.iter().zip(&reconciliation.fund_trust) {
        let Some(project) = form.project_name.as_deref().filter(|_| form.kind == FormKind::Project) else { continue };
        for (fund, trust) in form.funds.iter().zip(trust) {
            let Some(amount) = fund.amount_yuan.filter(|amount| amount.normalize().scale() <= 2) else { continue };
            if fund.source != FundSource::Total || fund.horizon != Horizon::Annual {
                continue;
            }
            let page =
                if fund.provenance.page > 0 { fund.provenance.page } else { form.pages.first().copied().unwrap_or(1) };
            sightings.push(Sighting {
                key: Key {
                    year: form.fiscal_year.or(disclosure.filing.fiscal_year),
                    stage: Stage::Budget,
                    flow: Flow::Expenditure,
                    subject: Subject::Project,
                    functional_code: None,
                    functional_name: None,
                    economic_code: None,
                    economic_name: None,
                    paired_code: None,
                    economic_system: None,
                    project: Some(bare(project)),
                    unit: form.implementing_unit.as_deref().and_then(|unit| names.unit(unit)),
                    item: None,
                    nature: Nature::Project,
                    fund: Fund::All,
                    year_part: YearPart::All,
                },
                functional_name: None,
                economic_name: None,
                amount,
                step: Decimal::new(1, 2),
                trust: trust.unwrap_or(Trust::Unchecked),
                place: Place::Fund { form: form.id.clone(), page },
                cell: None,
                part: None,
            });
        }
    }
}

/// Amounts that sentences state, of the money of the tables' figures where they name none.
fn of_narrative(disclosure: &Disclosure, sightings: &mut Vec<Sighting>) {
    let mut stated = narrative::statements(disclosure);
    for statement in stated.iter_mut().filter(|statement| !statement.names_fund) {
        let like = |sighting: &&Sighting| Key { fund: statement.key.fund, ..sighting.key.clone() } == statement.key;
        let close = |sighting: &&Sighting| (sighting.amount - statement.amount).abs() <= statement.step;
        let printed = sightings.iter().filter(like).find(close).or(sightings.iter().find(like));
        if let Some(fund) = printed.map(|sighting| sighting.key.fund) {
            statement.key.fund = fund;
        }
    }
    sightings.extend(stated.into_iter().map(|statement| Sighting {
        key: statement.key,
        functional_name: None,
        economic_name: None,
        amount: statement.amount,
        step: statement.step,
        trust: Trust::Unchecked,
        place: Place::Sentence { section: statement.section, page: statement.page },
        cell: None,
        part: None,
    }));
}
