//! Two reports field by field; tables are compared as tables, lists by what names their elements.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::align::{Pair, align};
use super::{Class, Difference, table, text};

/// Numbers that follow from the order alone.
static ROW_NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r" row \d+").ok());
static ID: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b(table|form)-\d+").ok());

/// Lists of a report whose elements are known by some of their fields, the fields that name them, and what they are.
const NAMED: &[(&str, &[&str])] = &[
    ("tables", &["kind", "title", "number", "department"]),
    ("forms", &["kind", "title", "project_name", "department", "fiscal_year"]),
    ("funds", &["horizon", "source"]),
    ("indicators", &["horizon", "level1", "level2", "level3"]),
    ("tasks", &["name"]),
    ("sections", &["level", "heading"]),
    ("checks", &["rule", "where"]),
    ("diagnostics", &["code", "message"]),
];

/// Appends what differs between two reports.
pub(super) fn report(old: &Value, new: &Value, out: &mut Vec<Difference>) {
    let mut names = Vec::new();
    for (name, old_field, new_field) in fields(old, new) {
        let class = match name {
            "source" => Class::Source,
            "checks" => Class::Check,
            "diagnostics" => Class::Diagnostic,
            _ => Class::Text,
        };
        let scope = Scope { part: name.to_owned(), row: String::new(), class };
        match name {
            // They follow from the tables.
            "facts" => {}
            "tables" | "forms" => names.extend(parts(name, old_field, new_field, out)),
            "checks" => {
                let renamed = old_field.map(|checks| renamed(checks, &names));
                let new = new_field.map(renamed_rows);
                value(&scope, name, renamed.as_ref(), new.as_ref(), out);
            }
            _ => value(&scope, name, old_field, new_field, out),
        }
    }
}

/// Where a value stands.
struct Scope {
    part: String,
    row: String,
    class: Class,
}

impl Scope {
    fn difference(&self, class: Class, column: &str, old: Option<String>, new: Option<String>) -> Difference {
        Difference { class, part: self.part.clone(), row: self.row.clone(), column: column.to_owned(), old, new }
    }
}

/// Fields of two objects by name, those of the new one that the old one has not at the end.
fn fields<'v>(old: &'v Value, new: &'v Value) -> Vec<(&'v str, Option<&'v Value>, Option<&'v Value>)> {
    let keys = |value: &'v Value| value.as_object().map(|object| object.keys()).into_iter().flatten();
    let only_new = keys(new).filter(|key| old.get(key.as_str()).is_none());
    keys(old).chain(only_new).map(|key| (key.as_str(), old.get(key.as_str()), new.get(key.as_str()))).collect()
}

/// Compares tables or forms; the ids of those that are in both, old and new.
fn parts(name: &str, old: Option<&Value>, new: Option<&Value>, out: &mut Vec<Difference>) -> Vec<(String, String)> {
    let elements = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
    let (old, new) = (elements(old), elements(new));
    let mut ids = Vec::new();
    for pair in aligned(name, &old, &new) {
        let (class, scope, old, new) = match pair {
            Pair::Both(i, j) => {
                let (old, new) = (&old[i], &new[j]);
                ids.extend(text(old.get("id")).zip(text(new.get("id"))));
                let part = titled(new);
                let scope = Scope { part, row: String::new(), class: Class::Text };
                for (field, old_field, new_field) in fields(old, new) {
                    if !matches!(field, "id" | "columns" | "rows") {
                        value(&scope, field, old_field, new_field, out);
                    }
                }
                table::table(&scope.part, old, new, out);
                continue;
            }
            Pair::Old(i) => (Class::Structure, titled(&old[i]), Some(summary(&old[i])), None),
            Pair::New(j) => (Class::Structure, titled(&new[j]), None, Some(summary(&new[j]))),
        };
        out.push(Difference { class, part: scope, row: String::new(), column: String::new(), old, new });
    }
    ids
}

/// A table or form for people: id and title.
fn titled(part: &Value) -> String {
    let names = ["id", "title", "project_name"].map(|field| text(part.get(field)));
    names.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A table or form that only one report has.
fn summary(part: &Value) -> String {
    let kind = text(part.get("kind")).unwrap_or_default();
    match part.get("rows").and_then(Value::as_array) {
        Some(rows) => format!("{kind}, {} rows", rows.len()),
        None => kind,
    }
}

/// The pairs of two lists under a name of the report.
fn aligned(name: &str, old: &[Value], new: &[Value]) -> Vec<Pair> {
    let by = NAMED.iter().find(|(list, _)| *list == name).map(|(_, fields)| *fields);
    let whole = |values: &[Value]| values.iter().map(Value::to_string).collect::<Vec<_>>();
    let named = |values: &[Value]| {
        let key = |value: &Value| match by {
            Some(fields) => {
                let words = fields.iter().map(|field| text(value.get(*field)).unwrap_or_default());
                words.collect::<Vec<_>>().join("\u{1f}")
            }
            None => value.to_string(),
        };
        values.iter().map(key).collect::<Vec<_>>()
    };
    let keys = [(whole(old), whole(new)), (named(old), named(new))];
    align(&keys, |i, j| alike(by, &old[i], &new[j]))
}

/// Whether two elements without a common name are one that changed: the field that says what kind it is agrees, and so
/// does more than half of the rest.
fn alike(by: Option<&[&str]>, old: &Value, new: &Value) -> bool {
    let Some(kind) = by.and_then(|fields| fields.first()) else { return false };
    if old.get(*kind) != new.get(*kind) {
        return false;
    }
    let fields = fields(old, new);
    let filled = fields.iter().filter(|(_, old, new)| text(*old).is_some() || text(*new).is_some());
    let (mut n_filled, mut n_equal) = (0, 0);
    for (name, old, new) in filled.filter(|(name, ..)| *name != "id") {
        n_filled += 1;
        n_equal += usize::from(old == new && name != kind);
    }
    n_equal * 2 >= n_filled
}

/// Appends what differs between two values of one name.
fn value(scope: &Scope, name: &str, old: Option<&Value>, new: Option<&Value>, out: &mut Vec<Difference>) {
    if old == new {
        return;
    }
    match (old, new) {
        (Some(old @ Value::Object(_)), Some(new @ Value::Object(_))) => {
            for (field, old, new) in fields(old, new) {
                let inner = Scope { part: scope.part.clone(), row: scope.row.clone(), class: scope.class };
                value(&inner, field, old, new, out);
            }
        }
        (Some(Value::Array(old)), Some(Value::Array(new))) if is_named(old) || is_named(new) => {
            elements(scope, name, old, new, out);
        }
        _ => {
            // null on one side and no field on the other say the same.
            let (old, new) = (text(old), text(new));
            if old != new {
                out.push(scope.difference(class(scope.class, name), name, old, new));
            }
        }
    }
}

/// Whether a list holds objects, which are compared one by one.
fn is_named(list: &[Value]) -> bool {
    list.iter().any(Value::is_object)
}

fn elements(scope: &Scope, name: &str, old: &[Value], new: &[Value], out: &mut Vec<Difference>) {
    for pair in aligned(name, old, new) {
        match pair {
            Pair::Both(i, j) => {
                let row = place(scope, name, j, &new[j]);
                let inner = Scope { part: scope.part.clone(), row, class: scope.class };
                value(&inner, name, Some(&old[i]), Some(&new[j]), out);
            }
            Pair::Old(i) => out.push(alone(scope, name, i, &old[i], true)),
            Pair::New(j) => out.push(alone(scope, name, j, &new[j], false)),
        }
    }
}

/// An element that only one report has.
fn alone(scope: &Scope, name: &str, idx: usize, element: &Value, is_old: bool) -> Difference {
    let class = if scope.class == Class::Text { Class::Structure } else { scope.class };
    let told = Some(element.to_string());
    let (old, new) = if is_old { (told, None) } else { (None, told) };
    let row = place(scope, name, idx, element);
    Difference { class, part: scope.part.clone(), row, column: String::new(), old, new }
}

/// An element for people: the list where it is not the part itself, its number from 1, and what names it.
fn place(scope: &Scope, name: &str, idx: usize, element: &Value) -> String {
    let by = NAMED.iter().find(|(list, _)| *list == name).map(|(_, fields)| *fields).unwrap_or_default();
    let words = by.iter().filter(|field| **field != "level").filter_map(|field| text(element.get(*field)));
    let list = if scope.part == name { String::new() } else { format!("{name} ") };
    format!("{list}{} {}", idx + 1, words.collect::<Vec<_>>().join(" ")).trim_end().to_owned()
}

/// What a field of some name is about; checks, diagnostics and the source stay what they are.
fn class(of_scope: Class, name: &str) -> Class {
    match name {
        _ if of_scope != Class::Text => of_scope,
        "trust" => Class::Trust,
        "page" | "pages" | "bbox" => Class::Place,
        name if name.ends_with("_yuan") => Class::Amount,
        _ => Class::Text,
    }
}

/// Checks of the old report with the ids that their tables and forms have in the new one, and without row numbers.
fn renamed(checks: &Value, ids: &[(String, String)]) -> Value {
    let new_id = |old: &str| ids.iter().find(|(known, _)| known == old).map_or(old, |(_, new)| new.as_str()).to_owned();
    let mut checks = renamed_rows(checks);
    for check in checks.as_array_mut().into_iter().flatten() {
        if let (Some(Value::String(place)), Some(id)) = (check.get_mut("where"), &*ID) {
            *place = id.replace_all(place, |found: &regex::Captures<'_>| new_id(&found[0])).into_owned();
        }
        for table in check.get_mut("tables").and_then(Value::as_array_mut).into_iter().flatten() {
            if let Value::String(id) = table {
                *id = new_id(id);
            }
        }
    }
    checks
}

/// Checks without the row numbers in their places.
fn renamed_rows(checks: &Value) -> Value {
    let mut checks = checks.clone();
    for check in checks.as_array_mut().into_iter().flatten() {
        if let (Some(Value::String(place)), Some(number)) = (check.get_mut("where"), &*ROW_NUMBER) {
            *place = number.replace_all(place, "").into_owned();
        }
    }
    checks
}
