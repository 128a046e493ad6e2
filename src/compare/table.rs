//! Two versions of one table: columns by their header paths, rows by code and label, then cell by cell.

use serde_json::Value;

use super::align::{Pair, align};
use super::{Class, Difference, list, text};

/// Appends what differs between the columns, rows and cells of two tables.
pub(super) fn table(part: &str, old: &Value, new: &Value, out: &mut Vec<Difference>) {
    let (old_columns, new_columns) = (list(old, "columns"), list(new, "columns"));
    let key = |columns: &[Value]| columns.iter().map(path).collect::<Vec<_>>();
    let role = |column: &Value| text(column.get("role"));
    let columns = align(&[(key(old_columns), key(new_columns))], |i, j| {
        // The same cells under another header are the same column.
        role(&old_columns[i]) == role(&new_columns[j]) && same_cells(list(old, "rows"), i, list(new, "rows"), j)
    });
    let mut shared = Vec::new();
    for pair in &columns {
        let (old, new) = match *pair {
            Pair::Both(i, j) => {
                let (old, new) = (&old_columns[i], &new_columns[j]);
                shared.push(Column { old: i, new: j, path: path(new), role: role(new).unwrap_or_default() });
                if path(old) != path(new) {
                    out.push(header(part, &path(new), Class::Text, Some(path(old)), Some(path(new))));
                }
                if role(old) != role(new) {
                    out.push(header(part, &path(new), Class::Text, role(old), role(new)));
                }
                continue;
            }
            Pair::Old(i) => (Some(path(&old_columns[i])), None),
            Pair::New(j) => (None, Some(path(&new_columns[j]))),
        };
        let name = old.clone().or_else(|| new.clone()).unwrap_or_default();
        out.push(header(part, &name, Class::Structure, old, new));
    }
    rows(part, list(old, "rows"), list(new, "rows"), &shared, out);
}

/// A column that both tables have.
struct Column {
    old: usize,
    new: usize,
    path: String,
    role: String,
}

fn header(part: &str, column: &str, class: Class, old: Option<String>, new: Option<String>) -> Difference {
    Difference { class, part: part.into(), row: "column".into(), column: column.into(), old, new }
}

fn path(column: &Value) -> String {
    list(column, "path").iter().filter_map(Value::as_str).collect::<Vec<_>>().join("/")
}

/// Rows that are looked at to tell whether two columns hold the same.
const PROBED_ROWS: usize = 20;

fn same_cells(old: &[Value], i: usize, new: &[Value], j: usize) -> bool {
    let cells = |rows: &[Value], column: usize| {
        let cells = rows.iter().filter_map(|row| cell(row, column)).take(PROBED_ROWS);
        cells.map(str::to_owned).collect::<Vec<_>>()
    };
    cells(old, i) == cells(new, j)
}

fn cell(row: &Value, column: usize) -> Option<&str> {
    row.get("cells")?.get(column)?.as_str()
}

fn trust(row: &Value, column: usize) -> Option<&str> {
    row.get("trust")?.get(column)?.as_str()
}

fn rows(part: &str, old: &[Value], new: &[Value], columns: &[Column], out: &mut Vec<Difference>) {
    let side: [fn(&Column) -> usize; 2] = [|column| column.old, |column| column.new];
    let whole = |rows: &[Value], at: fn(&Column) -> usize| -> Vec<String> {
        rows.iter().map(|row| key(row, columns.iter(), at)).collect()
    };
    let named = |rows: &[Value], at: fn(&Column) -> usize| -> Vec<String> {
        let names = |column: &&Column| matches!(column.role.as_str(), "label" | "code");
        rows.iter().map(|row| key(row, columns.iter().filter(names), at)).collect()
    };
    let keys = [(whole(old, side[0]), whole(new, side[1])), (named(old, side[0]), named(new, side[1]))];
    let pairs = align(&keys, |i, j| similar(&old[i], &new[j], columns));
    for pair in pairs {
        match pair {
            Pair::Both(i, j) => cells(part, (i, &old[i]), (j, &new[j]), columns, out),
            Pair::Old(i) => out.push(Difference {
                class: Class::Structure,
                part: part.into(),
                row: name(i, &old[i], columns, side[0]),
                column: String::new(),
                old: Some(all_cells(&old[i])),
                new: None,
            }),
            Pair::New(j) => out.push(Difference {
                class: Class::Structure,
                part: part.into(),
                row: name(j, &new[j], columns, side[1]),
                column: String::new(),
                old: None,
                new: Some(all_cells(&new[j])),
            }),
        }
    }
}

/// The cells of some columns as one text.
fn key<'c>(row: &Value, columns: impl Iterator<Item = &'c Column>, at: fn(&Column) -> usize) -> String {
    columns.map(|column| cell(row, at(column)).unwrap_or_default()).collect::<Vec<_>>().join("\u{1f}")
}

/// Whether most of the filled cells of two rows are equal: then one of them changed, and the row is the same.
fn similar(old: &Value, new: &Value, columns: &[Column]) -> bool {
    let cells = columns.iter().map(|column| (cell(old, column.old), cell(new, column.new)));
    let filled: Vec<_> = cells.filter(|(old, new)| old.is_some() || new.is_some()).collect();
    let n_equal = filled.iter().filter(|(old, new)| old == new).count();
    n_equal * 2 >= filled.len() && n_equal > 0
}

/// A row for people: its number from 1, code and label.
fn name(idx: usize, row: &Value, columns: &[Column], at: fn(&Column) -> usize) -> String {
    let names = columns.iter().filter(|column| matches!(column.role.as_str(), "label" | "code"));
    let words: Vec<_> = names.filter_map(|column| cell(row, at(column))).collect();
    format!("{} {}", idx + 1, words.join(" ")).trim_end().to_owned()
}

fn all_cells(row: &Value) -> String {
    let cells = list(row, "cells").iter().map(|cell| cell.as_str().unwrap_or_default());
    cells.collect::<Vec<_>>().join(" | ")
}

fn cells(
    part: &str,
    (_, old): (usize, &Value),
    (j, new): (usize, &Value),
    columns: &[Column],
    out: &mut Vec<Difference>,
) {
    if old == new {
        return;
    }
    let row = name(j, new, columns, |column| column.new);
    let mut tell = |class: Class, column: &str, old: Option<String>, new: Option<String>| {
        out.push(Difference { class, part: part.into(), row: row.clone(), column: column.into(), old, new });
    };
    for column in columns {
        let (before, after) = (cell(old, column.old), cell(new, column.new));
        let (old_trust, new_trust) = (trust(old, column.old), trust(new, column.new));
        if before != after {
            let is_amount = old_trust.is_some() || new_trust.is_some() || column.role == "amount";
            let class = if is_amount { Class::Amount } else { Class::Text };
            tell(class, &column.path, before.map(str::to_owned), after.map(str::to_owned));
        }
        // An amount that is new or gone brings its trust with it.
        if old_trust != new_trust && old_trust.is_some() && new_trust.is_some() {
            tell(Class::Trust, &column.path, old_trust.map(str::to_owned), new_trust.map(str::to_owned));
        }
    }
    for (field, class) in [("level", Class::Text), ("page", Class::Place), ("bbox", Class::Place)] {
        if old.get(field) != new.get(field) {
            tell(class, field, text(old.get(field)), text(new.get(field)));
        }
    }
}
