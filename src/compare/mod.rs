//! Two published reports side by side: what differs, by statement, row and column, amounts apart from text.

mod align;
mod show;
mod table;
mod tree;

use serde_json::Value;

use crate::emit::json::VERSION_FIELD;

pub use show::{json, table as people};

/// What a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A figure is another one, or there on one side only.
    Amount,
    /// What the report's arithmetic says of a figure.
    Trust,
    /// A table, form, row, column or section is there on one side only.
    Structure,
    /// Anything that is read as text.
    Text,
    /// A check, or one of its sides.
    Check,
    /// A page or a rectangle.
    Place,
    /// A diagnostic.
    Diagnostic,
    /// The source file itself.
    Source,
}

impl Class {
    /// Every class in the order of what it matters.
    pub const ALL: [Self; 8] = [
        Self::Amount,
        Self::Trust,
        Self::Structure,
        Self::Text,
        Self::Check,
        Self::Place,
        Self::Diagnostic,
        Self::Source,
    ];

    /// Its stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::Trust => "trust",
            Self::Structure => "structure",
            Self::Text => "text",
            Self::Check => "check",
            Self::Place => "place",
            Self::Diagnostic => "diagnostic",
            Self::Source => "source",
        }
    }
}

/// A report without the version of the program that made it, which is nothing that it says.
fn without_version(report: &Value) -> Value {
    let mut report = report.clone();
    if let Some(fields) = report.as_object_mut() {
        fields.shift_remove(VERSION_FIELD);
    }
    report
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is about.
    pub class: Class,
    /// The statement, form or other part of the report: `table-03 收入总表`.
    pub part: String,
    /// The row with its code and label, or the place within the part; empty for the part as a whole.
    pub row: String,
    /// The column's header path, or the name of the field; empty for a row as a whole.
    pub column: String,
    /// What stands in the old report; `None` where it has nothing there.
    pub old: Option<String>,
    /// What stands in the new report; `None` where it has nothing there.
    pub new: Option<String>,
}

/// Every difference between two reports as published, in reading order; none where they are equal.
///
/// Rows are aligned by code and label: an inserted row is one difference. Ids and row numbers that
/// follow from the order alone are no difference of their own.
pub fn compare(old: &Value, new: &Value) -> Vec<Difference> {
    let mut out = Vec::new();
    let (old, new) = (&without_version(old), &without_version(new));
    if old == new {
        return out;
    }
    tree::report(old, new, &mut out);
    if out.is_empty() {
        out.push(Difference {
            class: Class::Structure,
            part: "report".into(),
            row: String::new(),
            column: "ids and row numbers".into(),
            old: Some("other numbering".into()),
            new: Some("other numbering".into()),
        });
    }
    out
}

/// The elements of a list under a name; none where it is no list.
fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// A value as a text; `None` for null and for what is not there.
fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}
