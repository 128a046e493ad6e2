//! What columns and rows were read to be about becomes what is published of it.

use crate::emit::wire::{ColumnAbout, RowAbout};
use crate::interpret::reading::{ReadSide, Table};
use crate::interpret::{ColumnRole, Statement};

/// What each column of a statement is about.
pub(super) fn columns(statement: &Statement, table: &Table) -> Vec<ColumnAbout> {
    let is_two_sided = table.is_two_sided();
    let of_column = |index: usize| {
        let mut about = ColumnAbout::default();
        let Some((column, meaning)) = statement.columns.get(index).zip(table.columns.get(index)) else { return about };
        if column.role != ColumnRole::Amount {
            about.economic_system = meaning.system;
            return about;
        }
        let read = table.sides.iter().find(|read| read.side.amounts.contains(&index));
        about.side = read.and_then(|read| read.flow_of(meaning)).filter(|_| is_two_sided);
        about.measure = meaning.measure;
        about.nature = meaning.nature.or(table.context.nature);
        about.fund = meaning.money;
        about.year = meaning.year.or(table.context.year);
        about.stage = Some(meaning.stage.unwrap_or(table.context.stage));
        about.year_part = meaning.granted;
        about
    };
    (0..statement.columns.len()).map(of_column).collect()
}

/// What a row is about, on each side that says anything of it.
pub(super) fn row(table: &Table, record: usize) -> Vec<RowAbout> {
    let of_side = |read: &ReadSide| {
        let line = read.side.line_of(record)?;
        let [functional_code, economic_code] = read.codes(line);
        let parent = read.parents.get(line).copied().flatten().and_then(|line| read.side.lines.get(line));
        let row = read.rows.get(line).and_then(|row| row.as_ref().ok());
        let about = RowAbout {
            columns: Vec::new(),
            subject: row.map(|row| row.subject),
            functional_code,
            economic_code,
            parent: parent.map(|line| line.record),
            project: row.and_then(|row| row.project.clone()),
            unit: row.and_then(|row| row.unit.clone()),
            item: row.and_then(|row| row.item),
            year: read.years.get(line).copied().flatten(),
        };
        let columns = if table.sides.len() > 1 { read.side.amounts.clone() } else { Vec::new() };
        (about != RowAbout::default()).then_some(RowAbout { columns, ..about })
    };
    table.sides.iter().filter_map(of_side).collect()
}
