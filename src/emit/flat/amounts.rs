//! One record an amount cell: the row's names, the column's meaning, the money in yuan.

use rust_decimal::Decimal;
use serde_json::json;

use crate::emit::Publication;
use crate::emit::flat::block::blocks;
use crate::emit::flat::rows::{corners, report_kind, row};
use crate::emit::flat::{Field, Resource, Row, in_fen};
use crate::emit::report::bbox;
use crate::emit::wire::Report;
use crate::facts::{Facts, Tie};
use crate::interpret::{ColumnRole, Record, Statement, Value};
use crate::reconcile::Trust;
use crate::terms::measure::{Fund, Measure, YearPart};

/// The amounts of every statement, by row and column.
pub(super) fn amounts(publication: &Publication, rows: &mut Vec<Row>) {
    let (report, reconciliation) = (publication.report(), publication.reconciliation());
    let statements = reconciliation.disclosure.statements.iter().zip(&reconciliation.trust);
    for (index, (statement, trust)) in statements.enumerate() {
        of_statement(report, index, statement, trust, publication.facts(), rows);
    }
}

/// What a column says of each of its amounts.
#[derive(Clone, Copy)]
struct Meaning {
    measure: Option<Measure>,
    fund: Option<Fund>,
    year_part: Option<YearPart>,
}

fn of_statement(
    report: &Report,
    index: usize,
    statement: &Statement,
    trust: &[Vec<Option<Trust>>],
    facts: &Facts,
    rows: &mut Vec<Row>,
) {
    let paths: Vec<&[String]> = statement
        .columns
        .iter()
        .filter(|column| column.role == ColumnRole::Amount)
        .map(|column| column.path.as_slice())
        .collect();
    let blocks = blocks(statement);
    // For each block the labels of the last rows by level: the one above of a lower level is the parent.
    let mut above: Vec<Vec<(u8, Option<&str>)>> = vec![Vec::new(); blocks.len()];
    let mut spanning: Vec<Option<&str>> = vec![None; blocks.len()];
    for (row_idx, record) in statement.records.iter().enumerate() {
        let texts = texts(statement, record);
        // Blocks stand from left to right, and so do the columns of each: the records come out by row and column.
        for ((block, spanning), above) in blocks.iter().zip(&mut spanning).zip(&mut above) {
            let label = block.label(&statement.columns, record, spanning);
            if let Some(level) = record.level {
                above.retain(|(above, _)| *above < level);
            }
            let parent = record.level.and_then(|_| above.last().copied()).and_then(|(_, label)| label);
            for column_idx in &block.amounts {
                let Some(value) = record.values.get(*column_idx).and_then(Option::as_ref) else { continue };
                let Some(column) = statement.columns.get(*column_idx) else { continue };
                let meaning = Meaning {
                    measure: Measure::of(&column.path, &paths),
                    fund: Fund::of(&column.path, &paths, statement.title.as_deref()),
                    year_part: YearPart::of(&column.path, &paths),
                };
                let (functional, economic) = codes(facts, index, row_idx, *column_idx);
                let (year, stage) = facts.times.get(index).and_then(|t| *t.get(row_idx)?.get(*column_idx)?).unzip();
                let trust = trust.get(row_idx).and_then(|row| row.get(*column_idx)).copied().flatten();
                let named = [
                    ("side", Field::Text(block.side.map(|side| side.name().to_owned()))),
                    ("label", Field::Text(label.map(str::to_owned))),
                    ("parent", Field::Text(parent.map(str::to_owned))),
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
                    .chain(corners(value.provenance.rect.and_then(bbox)));
                rows.push(row(report, Resource::Amounts, fields));
            }
            if let Some(level) = record.level {
                above.push((level, label));
            }
        }
    }
}

/// The functional and the economic code of an amount, as its row prints them.
fn codes(facts: &Facts, statement: usize, row: usize, column: usize) -> (Option<String>, Option<String>) {
    let sides = facts.codes.get(statement).map_or(&[][..], Vec::as_slice);
    let side = sides.iter().find(|side| side.amounts.contains(&column));
    let codes = side.and_then(|side| side.codes.get(row)).map_or(&[][..], Vec::as_slice);
    let first = |digit: char| codes.iter().find(|code| code.starts_with(digit)).cloned();
    (first('2'), first('3').or_else(|| first('5')))
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

fn money(statement: &Statement, value: &Value, meaning: Meaning, trust: Option<Trust>) -> [(&'static str, Field); 7] {
    // A share has no yuan, and neither has an amount whose unit is not known or that is no whole number of fen.
    let yuan = match (meaning.measure, value.amount, statement.unit) {
        (Some(Measure::ChangePercent), ..) => None,
        (_, Some(amount), Some(unit)) => amount.checked_mul(Decimal::from(unit.in_yuan())).filter(in_fen),
        _ => None,
    };
    let trust = value.amount.map(|_| trust.unwrap_or(Trust::Unchecked));
    [
        ("measure", Field::Text(meaning.measure.map(|measure| measure.name().to_owned()))),
        ("fund", Field::Text(meaning.fund.map(|fund| fund.name().to_owned()))),
        ("year_part", Field::Text(meaning.year_part.map(|part| part.name().to_owned()))),
        ("amount", Field::Yuan(yuan)),
        ("printed", Field::text(&value.text)),
        ("unit", Field::Text(statement.unit_printed.clone())),
        ("trust", Field::Text(trust.map(|trust| trust.name().to_owned()))),
    ]
}
