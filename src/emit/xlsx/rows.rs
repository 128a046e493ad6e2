//! The records of one report become rows of sheets, with the links between them.

use std::collections::HashMap;

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::Sheets;
use super::sheet::Column;
use super::sheet::{Cell, Place};
use crate::emit::flat::Resource;
use crate::emit::flat::schema::ColumnType;
use crate::emit::sink::{Content, record};
use crate::error::Error;
use crate::lang::Lang;
use crate::reconcile::Rule;

type Fields = Map<String, Value>;

/// The rows of one report.
pub(super) struct Rows {
    pub(super) reports: Vec<Vec<Cell>>,
    pub(super) facts: Vec<Vec<Cell>>,
    pub(super) amounts: Vec<Vec<Cell>>,
    pub(super) findings: Vec<Vec<Cell>>,
}

impl Rows {
    /// Reads the records of one report, which the sheets get next.
    pub(super) fn read(records: &str, sheets: &Sheets) -> Result<Self, Error> {
        let mut by_resource: HashMap<Resource, Vec<Fields>> = HashMap::new();
        for line in records.lines() {
            let (resource, fields) = record(line, Content::Reports)?;
            by_resource.entry(resource).or_default().push(fields);
        }
        let mut take = |resource: Resource| by_resource.remove(&resource).unwrap_or_default();
        let (reports, facts, amounts) = (take(Resource::Reports), take(Resource::Facts), take(Resource::Amounts));
        let findings = findings(&reports, take(Resource::Checks), take(Resource::Diagnostics));
        let Some(source) = reports.first() else { return Err(Error::Internal("records of no report".to_owned())) };

        let report = Cell::Link(text(source, "source_name"), sheets.reports.place(0));
        let cell_places = amounts.iter().enumerate().map(|(i, fields)| (cell_key(fields), sheets.amounts.place(i)));
        let cell_places: HashMap<_, _> = cell_places.collect();
        let fact_places = facts.iter().enumerate().map(|(i, fields)| (text(fields, "fact_id"), sheets.facts.place(i)));
        let fact_places: HashMap<_, _> = fact_places.collect();
        let mut tables: HashMap<String, Place> = HashMap::new();
        for (i, fields) in amounts.iter().enumerate() {
            tables.entry(text(fields, "table_id")).or_insert_with(|| sheets.amounts.place(i));
        }

        let count = |n: usize, place: Place| match n {
            0 => Cell::Number(0.0),
            n => Cell::Link(n.to_string(), place),
        };
        let counts = [
            ("facts", count(facts.len(), sheets.facts.place(0))),
            ("amounts", count(amounts.len(), sheets.amounts.place(0))),
            ("findings", count(findings.len(), sheets.findings.place(0))),
        ];
        let row = |columns: &[Column], fields: &Fields, links: &[(&str, Cell)]| {
            let cell = |column: &Column| {
                let link = links.iter().find(|(name, _)| *name == column.name).map(|(_, link)| link.clone());
                link.unwrap_or_else(|| plain(column, fields.get(column.name)))
            };
            columns.iter().map(cell).collect::<Vec<_>>()
        };
        let fact = |fields: &Fields| {
            let links = [("report", report.clone()), ("place", place(fields, &cell_places))];
            row(sheets.facts.columns(), fields, &links)
        };
        let amount = |fields: &Fields| {
            let id = text(fields, "fact_id");
            let fact = fact_places.get(&id).map_or(Cell::Blank, |place| Cell::Link(id, place.clone()));
            row(sheets.amounts.columns(), fields, &[("report", report.clone()), ("fact_id", fact)])
        };
        let finding = |fields: &Fields| {
            let of_table = texts(fields.get("tables")).into_iter().find_map(|id| tables.get(&id).cloned());
            let place = match of_table {
                Some(place) => Cell::Link(text(fields, "place"), place),
                None => Cell::Text(text(fields, "place")),
            };
            row(sheets.findings.columns(), fields, &[("report", report.clone()), ("place", place)])
        };
        Ok(Self {
            reports: reports.iter().map(|fields| row(sheets.reports.columns(), fields, &counts)).collect(),
            facts: facts.iter().map(fact).collect(),
            amounts: amounts.iter().map(amount).collect(),
            findings: findings.iter().map(finding).collect(),
        })
    }
}

/// Which amount a record of a cell, or a place of a fact, names.
fn cell_key(fields: &Fields) -> (String, Option<i64>, Option<i64>) {
    let number = |name: &str| fields.get(name).and_then(Value::as_i64);
    (text(fields, "table_id"), number("row_index"), number("column_index"))
}

/// The first place of a fact, in words; one in a table leads to its amount.
fn place(fact: &Fields, amounts: &HashMap<(String, Option<i64>, Option<i64>), Place>) -> Cell {
    let places = texts(fact.get("places"));
    let first = places.first().and_then(|place| serde_json::from_str::<Fields>(place).ok());
    let Some(first) = first else { return Cell::Blank };
    let page = first.get("page").map_or_else(String::new, |page| format!("page {page}"));
    let holder = ["table_id", "form_id"].iter().find_map(|name| first.get(*name)?.as_str());
    let words = holder.map_or(page.clone(), |holder| format!("{page}, {holder}"));
    match amounts.get(&cell_key(&first)) {
        Some(place) => Cell::Link(words, place.clone()),
        None => Cell::Text(words),
    }
}

/// The checks that fail and the diagnostics that matter, in the fields of the sheet.
fn findings(reports: &[Fields], checks: Vec<Fields>, diagnostics: Vec<Fields>) -> Vec<Fields> {
    let mut findings = Vec::new();
    for mut fields in checks {
        if fields.get("holds") != Some(&Value::Bool(false)) {
            continue;
        }
        let amount = |name: &str| text(&fields, name).parse::<Decimal>().ok();
        let difference = amount("left").zip(amount("right")).and_then(|(left, right)| left.checked_sub(right));
        let what = Rule::from_name(&text(&fields, "rule")).map_or("", |rule| rule.words(Lang::Zh).fails);
        fields.insert("difference".to_owned(), difference.map_or(Value::Null, |d| json!(d.to_string())));
        fields.insert("what".to_owned(), what.into());
        fields.insert("severity".to_owned(), "contradiction".into());
        findings.push(fields);
    }
    for mut fields in diagnostics {
        if fields.get("severity") == Some(&Value::from("info")) {
            continue;
        }
        for (name, from) in [("what", "message"), ("rule", "code")] {
            let value = fields.get(from).cloned().unwrap_or_default();
            fields.insert(name.to_owned(), value);
        }
        let page = fields.get("page").filter(|page| !page.is_null()).cloned();
        fields.insert("place".to_owned(), page.as_ref().map_or(Value::Null, |page| format!("page {page}").into()));
        fields.insert("pages".to_owned(), page.into_iter().collect());
        findings.push(fields);
    }
    for (fields, name) in findings.iter_mut().flat_map(|f| [(f, ["department", "fiscal_year"])]) {
        for name in name {
            let value = reports.first().and_then(|report| report.get(name)).cloned().unwrap_or_default();
            fields.insert(name.to_owned(), value);
        }
    }
    findings
}

/// A field as the cell that shows it.
pub(super) fn plain(column: &Column, value: Option<&Value>) -> Cell {
    match (column.kind, value) {
        (_, None | Some(Value::Null)) => Cell::Blank,
        (ColumnType::Decimal { .. }, Some(Value::String(yuan))) => Cell::Money(yuan.clone()),
        (_, Some(Value::String(level))) if column.name == "trust" => Cell::Trust(level.clone()),
        (_, Some(Value::String(text))) => Cell::Text(text.clone()),
        (_, Some(Value::Bool(flag))) => Cell::Flag(*flag),
        (_, Some(Value::Number(number))) => number.as_f64().map_or(Cell::Blank, Cell::Number),
        (_, Some(list @ Value::Array(items))) => {
            let short = items.iter().all(|item| item.is_number() || item.as_str().is_some_and(|s| !s.starts_with('{')));
            if short { Cell::Text(texts(Some(list)).join(", ")) } else { Cell::Text(list.to_string()) }
        }
        (_, Some(other)) => Cell::Text(other.to_string()),
    }
}

fn text(fields: &Fields, name: &str) -> String {
    fields.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The items of a list as texts.
fn texts(list: Option<&Value>) -> Vec<String> {
    let items = list.and_then(Value::as_array).into_iter().flatten();
    items.map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned)).collect()
}
