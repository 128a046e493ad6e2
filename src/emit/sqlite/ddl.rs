//! What the data base is made of, as SQL: tables with the columns of the flat records, indexes, views.

use crate::emit::flat::Resource;
use crate::emit::flat::schema::{Column, ColumnType, YUAN};
use crate::emit::questions::Question;
use crate::emit::sink::Content;

/// What the questions look for, and the ways from one resource to another that no key paves.
const INDEXES: &str = "
CREATE INDEX facts_by_department ON facts (department, year);
CREATE INDEX facts_by_subject ON facts (subject, item, year);
CREATE INDEX facts_by_function ON facts (functional_code, year);
CREATE INDEX facts_by_economic ON facts (economic_code, year);
CREATE INDEX amounts_by_fact ON amounts (report_id, fact_id);
CREATE INDEX amounts_by_department ON amounts (department, fiscal_year);
CREATE INDEX reports_by_department ON reports (department, fiscal_year);
CREATE INDEX checks_by_rule ON checks (holds, rule);
";

/// The same for what reports say of each other.
const RELATED_INDEXES: &str = "
CREATE INDEX facts_by_department ON facts (department, year);
CREATE INDEX facts_by_subject ON facts (subject, item, year);
CREATE INDEX cross_checks_by_class ON cross_checks (class, rule);
CREATE INDEX cross_checks_by_fact ON cross_checks (report_id, fact_id);
CREATE INDEX relations_by_report ON relations (report_id);
CREATE INDEX relations_by_other ON relations (other_report_id);
CREATE INDEX series_by_department ON series (department, subject, year);
CREATE INDEX vocabulary_by_code ON vocabulary (code, year);
";

/// The statements that make the indexes.
pub(super) fn indexes(content: Content) -> &'static str {
    match content {
        Content::Reports => INDEXES,
        Content::Related => RELATED_INDEXES,
    }
}

/// Whether a column of money is followed by one with the same in fen.
pub(super) fn has_fen(column: &Column) -> bool {
    column.kind == YUAN
}

/// The statement that makes the table of a resource; SQLite keeps it with its comments.
pub(super) fn table(resource: Resource) -> String {
    let mut lines = Vec::new();
    for column in resource.columns() {
        let not_null = if column.required { " NOT NULL" } else { "" };
        lines.push((format!("{}{}{not_null}", quoted(column.name), affinity(column)), column.about));
        if has_fen(column) {
            lines.push((format!("{} INTEGER{not_null}", quoted(&fen_name(column))), "the same in fen, for exact sums"));
        }
    }
    let key = format!("PRIMARY KEY ({})", list(resource.primary_key()));
    let reference = resource.foreign_key().map(|key| {
        let columns = list(key.columns);
        format!("FOREIGN KEY ({columns}) REFERENCES {} ({columns})", quoted(key.resource.name()))
    });
    let columns: String = lines.iter().map(|(line, about)| format!("  {line}, -- {about}\n")).collect();
    let keys: Vec<_> = std::iter::once(key).chain(reference).map(|key| format!("  {key}")).collect();
    format!("CREATE TABLE {} ( -- {}\n{columns}{}\n);", quoted(resource.name()), resource.about(), keys.join(",\n"))
}

/// The statement that puts a record into the table of its resource.
pub(super) fn insert(resource: Resource) -> String {
    let n_columns: usize = resource.columns().iter().map(|column| 1 + usize::from(has_fen(column))).sum();
    format!("INSERT INTO {} VALUES ({})", quoted(resource.name()), vec!["?"; n_columns].join(", "))
}

/// The statement that makes the view of a question.
pub(super) fn view(question: &Question) -> String {
    format!("CREATE VIEW {} AS\n{}", quoted(question.name), question.sql)
}

fn fen_name(column: &Column) -> String {
    format!("{}_fen", column.name)
}

/// Money has none, so that what is too long for a double stays the text that it is.
fn affinity(column: &Column) -> &'static str {
    match column.kind {
        ColumnType::Integer | ColumnType::Flag => " INTEGER",
        ColumnType::Number => " REAL",
        ColumnType::Decimal { .. } => "",
        ColumnType::Text | ColumnType::Integers | ColumnType::Texts | ColumnType::Object => " TEXT",
    }
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
}

/// `left` and `right` are words of SQL.
fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}
