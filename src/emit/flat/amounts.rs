//! One record an amount cell: the row's names, the column's meaning, the money in yuan.

use rust_decimal::Decimal;
use serde_json::json;

use crate::emit::Publication;
use crate::emit::flat::rows::{corners, report_kind, row, unreviewed};
use crate::emit::flat::{Field, Resource, Row, in_fen};
use crate::emit::report::bbox;
use crate::emit::wire::Report;
use crate::facts::{Facts, Tie};
use crate::interpret::reading::{Meaning, Table};
use crate::interpret::{ColumnRole, Record, Statement, Value};
use crate::reconcile::Trust;
use crate::terms::measure::Measure;

/// The amounts of every statement, by row and column.
pub(super) fn amounts(publication: &Publication, rows: &mut Vec<Row>) {
    let (report, reconciliation) = (publication.report(), publication.reconciliation());
    let statements = reconciliation.disclosure.statements.iter().zip(&reconciliation.reading.tables);
    for (index, ((statement, table), trust)) in statements.zip(&reconciliation.trust).enumerate() {
        of_statement(report, index, statement, table, trust, publication.facts(), rows);
    }
}

fn of_statement(
    report: &Report,
    index: usize,
    statement: &Statement,
    table: &Table,
    trust: &[Vec<Option<Trust>>],
    facts: &Facts,
    rows: &mut Vec<Row>,
) {
    let is_two_sided = table.is_two_sided();
    for (row_idx, record) in statement.records.iter().enumerate() {
        let texts = texts(statement, record);
        // Sides stand from left to right, and so do the columns of each: the records come out by row and column.
        for read in &table.sides {
            let line = read.side.line_of(row_idx);
            let label = |line: usize| read.label(statement, line).map(str::to_owned);
            let parent = line.and_then(|line| *read.parents.get(line)?).and_then(label);
            let [functional, economic] = line.map(|line| read.codes(line)).unwrap_or_default();
            for column_idx in &read.side.amounts {
                let Some(value) = record.values.get(*column_idx).and_then(Option::as_ref) else { continue };
                let Some((column, meaning)) = statement.columns.get(*column_idx).zip(table.columns.get(*column_idx))
                else {
                    continue;
                };
                let trust = trust.get(row_idx).and_then(|row| row.get(*column_idx)).copied().flatten();
                let (year, stage) = value.amount.and(line).map(|line| table.time(read, line, *column_idx)).unzip();
                let side = read.flow_of(meaning).filter(|_| is_two_sided);
                let named = [
                    ("side", Field::Text(side.map(|side| side.name().to_owned()))),
                    ("label", Field::Text(line.and_then(label))),
                    ("parent", Field::Text(parent.clone())),
                    ("functional_code", Field::Text(functional.clone())),
                    ("economic_code", Field::Text(economic.clone())),
                    ("level", Field::Integer(record.level.map(Into::into))),
                    ("column_path", Field::Text(Some(column.path.join("/")))),
                ];
                let fields = place(report, statement, row_idx, *column_idx)
                    .into_iter()
                    .chain(named)
                    .chain(money(statement, value, meaning, trust))
                    .chain([
                        ("year", Field::Integer(year.flatten().map(Into::into))),
                        ("stage", Field::Text(stage.map(|stage| stage.name().to_owned()))),
                        ("texts", Field::Texts(texts.clone())),
                    ])
                    .chain(tied(facts, facts.ties.get(index).and_then(|t| *t.get(row_idx)?.get(*column_idx)?)))
                    .chain([("page", Field::Integer(Some(value.provenance.page.max(1).into())))])
                    .chain(corners(value.provenance.rect.and_then(bbox)))
                    .chain(unreviewed(true));
                rows.push(row(report, Resource::Amounts, fields));
            }
        }
    }
}

/// The texts of a row, each as a JSON object with its column's path: nothing of the row is lost.
fn texts(statement: &Statement, record: &Record) -> Vec<String> {
    let columns = statement.columns.iter().zip(&record.values);
    let texts = columns.filter(|(column, _)| column.role != ColumnRole::Amount);
    texts
        .filter_map(|(column, value)| {
            let text = &value.as_ref()?.text;
            Some(json!({"column_path": column.path.join("/"), "text": text}).to_string())
        })
        .collect()
}

/// The fact that a cell prints, or why there is none.
fn tied(facts: &Facts, tie: Option<Tie>) -> [(&'static str, Field); 2] {
    let fact = tie.and_then(Result::ok).and_then(|position| facts.facts.get(position));
    let reason = tie.and_then(Result::err);
    [
        ("fact_id", Field::Text(fact.map(|fact| fact.id.clone()))),
        ("no_fact", Field::Text(reason.map(|reason| reason.name().to_owned()))),
    ]
}

fn place(report: &Report, statement: &Statement, row_idx: usize, column_idx: usize) -> [(&'static str, Field); 9] {
    let filing = &report.report;
    [
        ("table_id", Field::text(&statement.id)),
        ("row_index", Field::index(row_idx)),
        ("column_index", Field::index(column_idx)),
        ("department", Field::Text(filing.department.clone())),
        ("department_code", Field::Text(filing.department_code.clone())),
        ("fiscal_year", Field::Integer(filing.fiscal_year.map(Into::into))),
        ("report_kind", Field::text(report_kind(filing.kind))),
        ("table_kind", Field::text(statement.kind.name())),
        ("table_title", Field::Text(statement.title.clone())),
    ]
}

fn money(statement: &Statement, value: &Value, meaning: &Meaning, trust: Option<Trust>) -> [(&'static str, Field); 7] {
    // A share has no yuan, and neither has an amount whose unit is not known or that is no whole number of fen.
    let yuan = match (meaning.measure, value.amount, statement.unit) {
        (Some(Measure::ChangePercent), ..) => None,
        (_, Some(amount), Some(unit)) => amount.checked_mul(Decimal::from(unit.in_yuan())).filter(in_fen),
        _ => None,
    };
    let trust = value.amount.map(|_| trust.unwrap_or(Trust::Unchecked));
    [
        ("measure", Field::Text(meaning.measure.map(|measure| measure.name().to_owned()))),
        ("fund", Field::Text(meaning.money.map(|fund| fund.name().to_owned()))),
        ("year_part", Field::Text(meaning.granted.map(|part| part.name().to_owned()))),
        ("amount", Field::Yuan(yuan)),
        ("printed", Field::text(&value.text)),
        ("unit", Field::Text(statement.unit_printed.clone())),
        ("trust", Field::Text(trust.map(|trust| trust.name().to_owned()))),
    ]
}
