//! A document and what is decided about it, as JSON for the page.

use serde_json::{Map, Value, json};

use super::document::{Document, Item, State};
use crate::emit::decisions::{Decision, Standing, Target, Verdict};
use crate::emit::findings::{self, FailureTold, FindingTold, Lang, Shares};
use crate::interpret::{Form, Statement};
use crate::provenance::Provenance;
use crate::reconcile::{FigureRef, Trust};

/// The name of a figure on the page: `t0-3-2` is table, row and column, `f0-1` form and line.
pub(super) fn figure_name(at: FigureRef) -> Option<String> {
    match at {
        FigureRef::Cell { statement, record, column } => Some(format!("t{statement}-{record}-{column}")),
        FigureRef::Fund { form, fund } => Some(format!("f{form}-{fund}")),
        FigureRef::Text { .. } | FigureRef::Prose { .. } => None,
    }
}

/// The figure of a name.
pub(super) fn figure_of(name: &str) -> Option<FigureRef> {
    let numbers = |rest: &str| rest.split('-').map(|number| number.parse().ok()).collect::<Option<Vec<usize>>>();
    if let Some(rest) = name.strip_prefix('t') {
        let [statement, record, column] = numbers(rest)?[..] else { return None };
        return Some(FigureRef::Cell { statement, record, column });
    }
    let [form, fund] = numbers(name.strip_prefix('f')?)?[..] else { return None };
    Some(FigureRef::Fund { form, fund })
}

/// The last strokes about some targets: who has seen another mark has not seen what is decided by now.
pub(super) fn mark(targets: &[Target], standing: &Standing) -> String {
    let mut strokes: Vec<&str> =
        targets.iter().filter_map(|target| standing.last(target)).map(|line| line.stroke.as_str()).collect();
    strokes.sort_unstable();
    strokes.dedup();
    strokes.join(",")
}

/// A document without what is decided about it.
pub(super) fn document(document: &Document) -> Value {
    let disclosure = &document.reconciliation.disclosure;
    let filing = &disclosure.filing;
    let trust = |lang| Shares::LEVELS.map(|level| findings::trust_name(level, lang));
    json!({
        "id": document.filed.id,
        "name": document.filed.name,
        "department": filing.department,
        "year": filing.fiscal_year,
        "kind": filing.kind.name(),
        "title": filing.title,
        "dump": document.is_dump(),
        "made_by": document.filed.version,
        "version": env!("CARGO_PKG_VERSION"),
        "redacted": document.filed.options.redact_contacts,
        "trust": {"zh": trust(Lang::Zh), "en": trust(Lang::En), "code": Shares::LEVELS.map(Trust::name)},
        "n_pages": document.n_pages,
        "pages": document.pages.iter().map(|(n, w, h)| json!([n, w, h])).collect::<Vec<_>>(),
        "tables": disclosure.statements.iter().enumerate().map(|(i, s)| table(document, i, s)).collect::<Vec<_>>(),
        "forms": disclosure.forms.iter().enumerate().map(|(i, f)| form(document, i, f)).collect::<Vec<_>>(),
        "items": document.items.iter().map(|item| self::item(document, item)).collect::<Vec<_>>(),
    })
}

fn level(trust: Trust) -> Option<usize> {
    Shares::LEVELS.iter().position(|level| *level == trust)
}

/// `page, x0, y0, x1, y1`, or the page alone.
fn place(at: Provenance) -> Vec<Value> {
    let tenths = |length: f32| json!((f64::from(length) * 10.0).round() / 10.0);
    let corners = at.rect.map(|r| [r.x0, r.y0, r.x1, r.y1].map(tenths));
    std::iter::once(json!(at.page)).chain(corners.into_iter().flatten()).collect()
}

fn table(document: &Document, index: usize, statement: &Statement) -> Value {
    let rows = statement.records.iter().enumerate().map(|(r, record)| {
        let cells = (0..statement.columns.len()).map(|c| {
            let Some(value) = record.values.get(c).and_then(Option::as_ref) else { return Value::Null };
            let at = FigureRef::Cell { statement: index, record: r, column: c };
            let trust = value.amount.and_then(|_| level(document.trust(at).unwrap_or(Trust::Unchecked)));
            let mut cell = vec![json!(value.text)];
            if let Some(trust) = trust {
                cell.extend([json!(trust), json!(u8::from(value.guessed))]);
                cell.extend(place(value.provenance));
            }
            Value::Array(cell)
        });
        json!({"page": record.provenance.page, "level": record.level, "cells": cells.collect::<Vec<_>>()})
    });
    json!({
        "id": statement.id,
        "number": statement.number,
        "title": statement.title,
        "unit": statement.unit_printed,
        "pages": statement.pages,
        "columns": statement.columns.iter().map(|column| {
            json!({"path": column.path, "role": column.role.name()})
        }).collect::<Vec<_>>(),
        "rows": rows.collect::<Vec<_>>(),
    })
}

fn form(document: &Document, index: usize, form: &Form) -> Value {
    let lines = form.funds.iter().enumerate().map(|(i, fund)| {
        let at = FigureRef::Fund { form: index, fund: i };
        let key = format!("{}/{}", fund.horizon.name(), fund.source.name());
        let trust = fund.amount_yuan.and_then(|_| level(document.trust(at).unwrap_or(Trust::Unchecked)));
        json!({
            "zh": findings::form_line(&key, Lang::Zh),
            "en": findings::form_line(&key, Lang::En),
            "amount": fund.amount_yuan.map(|yuan| findings::money(yuan, crate::terms::Unit::Yuan)),
            "trust": trust,
            "guessed": fund.guessed,
            "place": place(document.place(at)),
        })
    });
    json!({
        "id": form.id,
        "title": form.project_name.as_ref().or(form.title.as_ref()),
        "pages": form.pages,
        "lines": lines.collect::<Vec<_>>(),
    })
}

fn item(document: &Document, item: &Item) -> Value {
    let figures: Vec<Value> =
        item.figures.iter().map(|at| json!({"cell": figure_name(*at), "place": place(document.place(*at))})).collect();
    let [zh, en] = match &item.told {
        Some(told) => told.each_ref().map(finding),
        None => [Value::Null, Value::Null],
    };
    json!({
        "key": item.key,
        "kind": item.kind,
        "page": item.page,
        "figures": figures,
        "zh": zh,
        "en": en,
        "note": item.note.as_ref().map(|(code, message)| json!({"code": code, "message": message})),
    })
}

fn finding(told: &FindingTold) -> Value {
    let failure = |failure: &FailureTold| {
        json!({
            "what": failure.what,
            "left": failure.left,
            "right": failure.right,
            "difference": failure.difference,
            "unit": failure.unit,
            "missing": failure.missing,
            "figures": failure
                .figures
                .iter()
                .map(|(at, place, amount)| json!([figure_name(*at), place, amount]))
                .collect::<Vec<_>>(),
        })
    };
    json!({
        "place": told.place,
        "failures": told.failures.iter().map(failure).collect::<Vec<_>>(),
        "hints": told.hints,
    })
}

/// What is decided about a document.
pub(super) fn state(document: &Document, standing: &Standing) -> Value {
    let mut items = Map::new();
    for item in &document.items {
        let last = item.targets.iter().filter_map(|target| standing.of(target)).max_by_key(|line| line.at.as_str());
        let state = match document.state(item, standing) {
            State::Open => "open",
            State::Accepted => "accepted",
            State::Corrected => "corrected",
        };
        let mut notes: Vec<&Decision> = Vec::new();
        for note in item.targets.iter().flat_map(|target| standing.notes(target)) {
            if !notes.iter().any(|other| other.stroke == note.stroke) {
                notes.push(note);
            }
        }
        let decided = last.filter(|_| state != "open").map(said);
        items.insert(
            item.key.clone(),
            json!({
                "state": state,
                "mark": mark(&item.targets, standing),
                "decided": decided,
                "notes": notes.into_iter().map(said).collect::<Vec<_>>(),
            }),
        );
    }
    let mut cells = Map::new();
    let mut stale = Vec::new();
    for line in standing.each() {
        let fresh = document.is_fresh(line);
        match document.figure(&line.target).and_then(figure_name) {
            Some(name) if fresh && line.verdict != Verdict::Noted => {
                cells.insert(name, said(line));
            }
            cell if !fresh => {
                let mut said = said(line);
                said["cell"] = json!(cell);
                said["about"] = line.to_json();
                said["now"] = json!(document.printed(&line.target).map(|(printed, _)| printed));
                stale.push(said);
            }
            _ => {}
        }
    }
    json!({"items": items, "cells": cells, "stale": stale})
}

fn said(line: &Decision) -> Value {
    json!({
        "decision": line.verdict.name(),
        "value": line.value.map(|value| value.to_string()),
        "reason": line.reason,
        "note": line.note,
        "by": line.reviewer,
        "at": line.at,
        "stroke": line.stroke,
        "printed": line.printed,
    })
}
