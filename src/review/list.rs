//! The list of documents: whose they are, how much they print, and what of it is open by kind.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::Review;
use crate::batch::done::Filed;
use crate::batch::folder::PRIVATE;
use crate::batch::publish;
use crate::batch::watchdog::lock;
use crate::emit::decisions::{self, Decisions, Target};
use crate::error::Error;

/// What the list says of each document before any decision, by its id.
pub(super) type Summaries = HashMap<String, Value>;

/// What is open, in the order of its weight.
pub(super) const KINDS: [&str; 5] = ["contradicted", "unchecked", "guessed", "lost", "cut"];

/// The summaries of a folder: as they were kept where a report is still the same, else made of the report.
pub(super) fn read(root: &Path, documents: &[Arc<Filed>]) -> Summaries {
    let path = root.join(PRIVATE).join("review").join("list.jsonl");
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let kept: HashMap<String, Value> = kept
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|line| Some((line["id"].as_str()?.to_owned(), line)))
        .collect();
    let made = |filed: &Arc<Filed>| {
        let stamp = stamp(root, filed);
        match kept.get(&filed.id) {
            Some(line) if line["stamp"] == stamp => (false, line.clone()),
            _ => (true, summary(root, filed, &stamp)),
        }
    };
    let lines: Vec<(bool, Value)> = documents.par_iter().map(made).collect();
    if lines.iter().any(|(is_new, _)| *is_new) {
        let text: String = lines.iter().map(|(_, line)| format!("{line}\n")).collect();
        // A folder that cannot be written is summed up anew each time.
        let _ = publish::publish(&path, text.as_bytes());
    }
    documents.iter().map(|filed| filed.id.clone()).zip(lines.into_iter().map(|(_, line)| line)).collect()
}

/// What tells that a report is the one that was summed up.
fn stamp(root: &Path, filed: &Filed) -> Value {
    let metadata = filed.report.as_ref().and_then(|report| fs::metadata(root.join(report)).ok());
    let time = metadata.as_ref().and_then(|m| m.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok());
    json!([filed.version, metadata.map(|m| m.len()), time.map(|time| time.as_nanos().to_string())])
}

fn summary(root: &Path, filed: &Filed, stamp: &Value) -> Value {
    let bytes = filed.report.as_ref().and_then(|report| fs::read(root.join(report)).ok()).unwrap_or_default();
    let report: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let mut unchecked = 0_usize;
    for row in each(&report, "tables").flat_map(|table| each(table, "rows")) {
        let cells = each(row, "trust").zip(each(row, "cells"));
        unchecked += cells.filter(|(mark, cell)| is_open(mark, cell)).count();
    }
    for fund in each(&report, "forms").flat_map(|form| each(form, "funds")) {
        unchecked += usize::from(is_open(&fund["trust"], &fund["amount_yuan"]));
    }
    let mut notes: HashMap<&str, HashSet<(String, Option<u64>)>> = HashMap::new();
    for note in each(&report, "diagnostics") {
        let code = note["code"].as_str().unwrap_or_default();
        if let Some(kind) = decisions::class(note["severity"].as_str().unwrap_or_default(), code) {
            notes.entry(kind).or_default().insert((code.to_owned(), note["page"].as_u64()));
        }
    }
    // What is accused twice in the same words is decided once.
    let failing: HashSet<String> = each(&report, "checks")
        .filter(|check| check["holds"] == false)
        .map(|check| json!([check["rule"], check["where"], check["left"], check["right"]]).to_string())
        .collect();
    let of = |kind: &str| notes.get(kind).map_or(0, HashSet::len);
    json!({
        "id": filed.id,
        "stamp": stamp,
        "name": filed.name,
        "department": report["report"]["department"],
        "year": report["report"]["fiscal_year"],
        "kind": report["report"]["kind"],
        "pages": filed.record.n_pages,
        "amounts": filed.record.n_amounts + filed.record.n_form_amounts,
        "all": [failing.len(), unchecked, of("guessed"), of("lost"), of("cut")],
    })
}

fn each<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    value[name].as_array().into_iter().flatten()
}

fn is_open(trust: &Value, amount: &Value) -> bool {
    let is_zero = |text: &str| text.bytes().all(|byte| matches!(byte, b'0' | b'.' | b'-'));
    trust == "unchecked" && amount.as_str().is_some_and(|text| !is_zero(text))
}

/// The list as it is by now.
pub(super) fn list(review: &Review, readonly: bool) -> Result<Value, Error> {
    let summaries = lock(&review.summaries);
    let documents = review.log.look(|decisions| {
        let line = |filed: &Arc<Filed>| {
            let mut line = summaries.get(&filed.id).cloned().unwrap_or_default();
            if let Some(line) = line.as_object_mut() {
                line.remove("stamp");
            }
            let (done, is_old) = done(decisions, &filed.id);
            line["done"] = json!(done);
            line["again"] = json!(is_old);
            line
        };
        review.documents.iter().map(line).collect::<Vec<Value>>()
    })?;
    Ok(json!({
        "kinds": KINDS,
        "readonly": readonly,
        "reviewer": if readonly { Value::Null } else { json!(review.reviewer) },
        "folder": review.root.file_name().map(|name| name.to_string_lossy().into_owned()),
        "version": env!("CARGO_PKG_VERSION"),
        "documents": documents,
    }))
}

/// How much of each kind is decided, and whether by what another version of the program showed.
fn done(decisions: &Decisions, id: &str) -> ([usize; 5], bool) {
    let mut done = [0; 5];
    let mut is_old = false;
    let Some(standing) = decisions.of(id) else { return (done, is_old) };
    for target in standing.targets() {
        let Some(line) = standing.of(target) else { continue };
        is_old |= line.version != env!("CARGO_PKG_VERSION");
        // The figures that a contradiction is blamed on are no further contradictions.
        let is_blamed = line.was == "contradicted" && !matches!(target, Target::Check { .. });
        if let Some(slot) = KINDS.iter().position(|kind| *kind == line.was && !is_blamed).and_then(|i| done.get_mut(i))
        {
            *slot += 1;
        }
    }
    (done, is_old)
}
