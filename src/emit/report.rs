//! A [`Reconciliation`] becomes the published [`Report`], field by field.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::emit::about;
use crate::emit::wire::{self, Cell, Decimal, SchemaVersion};
use crate::facts::{Fact, Facts, Place, Tie};
use crate::geom::Rect;
use crate::hex::sha256;
use crate::interpret::{Form, Statement};
use crate::note::Note;
use crate::reconcile::{Check, Reconciliation, Trust};

/// The report that is published for a document: `name` without folder, `bytes` as they were read.
pub(super) fn report(name: &str, bytes: &[u8], reconciliation: &Reconciliation, gathered: &Facts) -> wire::Report {
    let disclosure = &reconciliation.disclosure;
    let filing = &disclosure.filing;
    let by_models = disclosure.pages_read_by_models();
    let statements = disclosure.statements.iter().enumerate();
    wire::Report {
        schema_version: SchemaVersion::default(),
        source: wire::Source {
            name: name.to_owned(),
            sha256: sha256(bytes),
            bytes: bytes.len() as u64,
            media_type: disclosure.source.media_type,
            pages: disclosure.source.n_pages,
            producer: filled(disclosure.source.producer.as_deref()),
        },
        report: wire::Filing {
            level: crate::facts::level(disclosure),
            department: filled(filing.department.as_deref()),
            department_code: filled(filing.department_code.as_deref()),
            fiscal_year: filing.fiscal_year,
            kind: filing.kind,
            title: filled(filing.title.as_deref()),
        },
        tables: statements.map(|(i, s)| table(s, reconciliation, gathered, i, &by_models)).collect(),
        forms: disclosure
            .forms
            .iter()
            .enumerate()
            .map(|(i, f)| form(f, reconciliation.fund_trust.get(i).map_or(&[][..], Vec::as_slice)))
            .collect(),
        sections: disclosure
            .sections
            .iter()
            .map(|s| wire::Section {
                level: s.level.max(1),
                heading: s.heading.clone(),
                text: s.text.clone(),
                page: s.provenance.page.max(1),
            })
            .collect(),
        facts: gathered.facts.iter().map(fact).collect(),
        checks: reconciliation.checks.iter().map(check).collect(),
        diagnostics: disclosure.notes.iter().map(diagnostic).collect(),
    }
}

/// A fact field by field.
fn fact(fact: &Fact) -> wire::Fact {
    let key = &fact.key;
    wire::Fact {
        fact_id: fact.id.clone(),
        year: key.year,
        stage: key.stage,
        flow: key.flow,
        subject: key.subject,
        functional_code: key.functional_code.clone(),
        functional_name: fact.functional_name.clone().or_else(|| key.functional_name.clone()),
        economic_code: key.economic_code.clone(),
        economic_name: fact.economic_name.clone().or_else(|| key.economic_name.clone()),
        economic_system: key.economic_system,
        paired_code: key.paired_code.clone(),
        part: fact.part,
        project: key.project.clone(),
        unit: key.unit.clone(),
        item: key.item,
        nature: key.nature,
        fund: key.fund,
        year_part: key.year_part,
        amount_yuan: Decimal::yuan(fact.amount),
        trust: fact.trust,
        disputed: fact.disputed,
        places: fact.places.iter().map(place).collect(),
    }
}

/// A place as it is published.
fn place(place: &Place) -> wire::Place {
    match place {
        Place::Cell { table, row, column, page } => {
            wire::Place::Cell { table_id: table.clone(), row_index: *row, column_index: *column, page: *page }
        }
        Place::Sentence { section, page } => wire::Place::Sentence { section: *section, page: *page },
        Place::Fund { form, page } => wire::Place::Fund { form_id: form.clone(), page: *page },
    }
}

fn table(
    statement: &Statement,
    reconciliation: &Reconciliation,
    gathered: &Facts,
    index: usize,
    by_models: &BTreeSet<u32>,
) -> wire::Table {
    let trust = reconciliation.trust.get(index).map_or(&[][..], Vec::as_slice);
    let read = reconciliation.reading.tables.get(index);
    let about = read.map(|read| about::columns(statement, read)).unwrap_or_default();
    let columns = statement
        .columns
        .iter()
        .enumerate()
        .map(|(index, c)| wire::Column {
            // A column without any header cell still has a path, so that its place can be named.
            path: if c.path.is_empty() { vec![String::new()] } else { c.path.clone() },
            role: c.role,
            about: about.get(index).copied().unwrap_or_default(),
        })
        .collect();
    let mut no_data = true;
    let mut rows = Vec::with_capacity(statement.records.len());
    for (row_idx, record) in statement.records.iter().enumerate() {
        let mut cells = Vec::with_capacity(statement.columns.len());
        let mut marks = Vec::with_capacity(statement.columns.len());
        for column_idx in 0..statement.columns.len() {
            let value = record.values.get(column_idx).and_then(Option::as_ref);
            let amount = value.and_then(|v| v.amount);
            no_data &= amount.is_none() && !value.is_some_and(|value| statement.is_unread(column_idx, value));
            cells.push(match amount {
                Some(amount) => Some(Cell::Amount(Decimal::printed(amount))),
                None => filled(value.map(|v| v.text.as_str())).map(Cell::Text),
            });
            marks.push(amount.map(|_| {
                let trust = trust.get(row_idx).and_then(|row| row.get(column_idx)).copied().flatten();
                trust.unwrap_or(Trust::Unchecked)
            }));
        }
        let ties = gathered.ties.get(index).and_then(|ties| ties.get(row_idx)).map_or(&[][..], Vec::as_slice);
        let fact_id = each(ties, |tie| gathered.facts.get(tie.ok()?).map(|fact| fact.id.clone()));
        let no_fact = each(ties, |tie| tie.err());
        rows.push(wire::Row {
            cells,
            level: record.level,
            about: read.map(|read| about::row(read, row_idx)).unwrap_or_default(),
            page: record.provenance.page.max(1),
            bbox: record.provenance.rect.and_then(bbox),
            source: by_models.contains(&record.provenance.page).then_some(wire::RowSource::Ocr),
            trust: marks,
            fact_id,
            no_fact,
        });
    }
    wire::Table {
        id: statement.id.clone(),
        number: filled(statement.number.as_deref()),
        kind: statement.kind,
        title: filled(statement.title.as_deref()),
        department: filled(statement.department.as_deref()),
        unit: filled(statement.unit_printed.as_deref()),
        pages: statement.pages.clone(),
        columns,
        rows,
        no_data,
        notes: statement.notes.clone(),
    }
}

fn form(form: &Form, trust: &[Option<Trust>]) -> wire::Form {
    wire::Form {
        id: form.id.clone(),
        kind: form.kind,
        title: filled(form.title.as_deref()),
        fiscal_year: form.fiscal_year,
        pages: form.pages.clone(),
        project_name: filled(form.project_name.as_deref()),
        department: filled(form.department.as_deref()),
        department_code: filled(form.department_code.as_deref()),
        implementing_unit: filled(form.implementing_unit.as_deref()),
        attribute: filled(form.attribute.as_deref()),
        period: filled(form.period.as_deref()),
        funds: form
            .funds
            .iter()
            .enumerate()
            .map(|(i, fund)| wire::Fund {
                source: fund.source,
                horizon: fund.horizon,
                amount_yuan: fund.amount_yuan.map(Decimal::yuan),
                trust: fund.amount_yuan.map(|_| trust.get(i).copied().flatten().unwrap_or(Trust::Unchecked)),
                extra: object(&fund.extra),
            })
            .collect(),
        texts: object(&form.texts),
        indicators: form
            .indicators
            .iter()
            .map(|indicator| wire::Indicator {
                horizon: indicator.horizon,
                level1: filled(indicator.level1.as_deref()),
                level2: filled(indicator.level2.as_deref()),
                level3: filled(indicator.level3.as_deref()),
                value: filled(indicator.value.as_deref()),
                extra: further(&indicator.extra),
            })
            .collect(),
        signatures: wire::Signatures {
            responsible: filled(form.signatures.responsible.as_deref()),
            handler: filled(form.signatures.handler.as_deref()),
            phone: filled(form.signatures.phone.as_deref()),
            filled_at: filled(form.signatures.filled_at.as_deref()),
        },
        tasks: form
            .tasks
            .iter()
            .map(|task| wire::Task {
                name: filled(task.name.as_deref()),
                content: filled(task.content.as_deref()),
                total_yuan: task.total_yuan.map(Decimal::yuan),
                fiscal_yuan: task.fiscal_yuan.map(Decimal::yuan),
                other_yuan: task.other_yuan.map(Decimal::yuan),
            })
            .collect(),
    }
}

fn check(check: &Check) -> wire::Check {
    wire::Check {
        rule: check.rule,
        holds: check.holds,
        left: Decimal::yuan(check.left),
        right: Decimal::yuan(check.right),
        place: check.place.clone(),
        tables: check.participants.clone(),
        pages: check.pages.clone(),
        allowance: Decimal::yuan(check.allowance),
    }
}

fn diagnostic(note: &Note) -> wire::Diagnostic {
    wire::Diagnostic {
        severity: note.kind.severity(),
        code: note.kind.published(),
        message: note.message.clone(),
        page: note.provenance.map(|p| p.page),
        bbox: note.provenance.and_then(|p| p.rect).and_then(bbox),
    }
}

/// A JSON object of texts in their order; of equal keys the first filled one counts.
fn object(texts: &[(String, Option<String>)]) -> Map<String, Value> {
    let mut map = Map::new();
    for (key, text) in texts {
        let text = filled(text.as_deref()).map_or(Value::Null, Value::String);
        let slot = map.entry(key.clone()).or_insert(Value::Null);
        if slot.is_null() {
            *slot = text;
        }
    }
    map
}

/// The keys of an indicator that have a place of their own in the schema.
const INDICATOR_KEYS: [&str; 5] = ["horizon", "level1", "level2", "level3", "value"];

/// Further columns of an indicator: never a second value for a key that has its own place.
fn further(extra: &[(String, Option<String>)]) -> Map<String, Value> {
    let mut map = object(extra);
    map.retain(|key, _| !INDICATOR_KEYS.contains(&key.as_str()));
    map
}

/// An empty text says no more than none.
fn filled(text: Option<&str>) -> Option<String> {
    text.filter(|t| !t.is_empty()).map(str::to_owned)
}

/// One entry a cell; none where no cell of the row has one.
fn each<T>(ties: &[Option<Tie>], read: impl Fn(Tie) -> Option<T>) -> Vec<Option<T>> {
    let entries: Vec<Option<T>> = ties.iter().map(|tie| tie.and_then(&read)).collect();
    if entries.iter().any(Option::is_some) { entries } else { Vec::new() }
}

/// Two decimals are a hundredth of a point; what is not finite is no place.
pub(crate) fn bbox(rect: Rect) -> Option<wire::Bbox> {
    let corners = [rect.x0, rect.y0, rect.x1, rect.y1];
    // Adding zero turns the negative zero of rounding into zero.
    corners.iter().all(|c| c.is_finite()).then(|| corners.map(|c| (f64::from(c) * 100.0).round() / 100.0 + 0.0))
}
