//! Tables drawn in text for tests: `|` between cells, `·` where one is blank, `/` between the cells of a header path.

use super::line::Line;
use crate::provenance::Provenance;
use crate::segment::{Cell, TableRow};
use crate::terms::column::ColumnRole;

/// Lines of page 1.
pub(super) fn lines(text: &str) -> Vec<Line> {
    text.lines().map(|text| Line { page: 1, text: text.into(), heads_page: false }).collect()
}

/// Lines, parted by `/`, as a step of the reader leaves them.
pub(super) fn after(step: impl Fn(Vec<Line>) -> Vec<Line>, text: &str) -> String {
    step(lines(&text.replace('/', "\n"))).into_iter().map(|line| line.text).collect::<Vec<_>>().join("/")
}

/// A row of page 1.
pub(super) fn row(line: &str) -> TableRow {
    let provenance = Provenance::page(1);
    let cell = |text: &str| Cell { text: text.into(), provenance, n_columns: 1, n_rows: 1, doubt: None, inset: None };
    TableRow { cells: line.split('|').map(|text| (text != "·").then(|| cell(text))).collect(), provenance }
}

/// Header paths.
pub(super) fn paths(line: &str) -> Vec<Vec<String>> {
    line.split('|').map(|path| path.split('/').map(str::to_owned).collect()).collect()
}

/// A letter a column: `c` code, `l` label, `t` text, `a` amount.
pub(super) fn roles(letters: &str) -> Vec<ColumnRole> {
    let role = |letter| match letter {
        'c' => ColumnRole::Code,
        'l' => ColumnRole::Label,
        't' => ColumnRole::Text,
        _ => ColumnRole::Amount,
    };
    letters.chars().map(role).collect()
}

/// A drawing: its header paths on the first line, its roles on the second, then its rows.
pub(super) fn table(text: &str) -> (Vec<TableRow>, Vec<Vec<String>>, Vec<ColumnRole>) {
    let mut lines = text.lines();
    let paths = paths(lines.next().unwrap_or_default());
    let roles = roles(lines.next().unwrap_or_default());
    (lines.map(row).collect(), paths, roles)
}

/// A row as it is drawn, `?` behind each guess.
pub(super) fn shown(row: &TableRow) -> String {
    let cell = |cell: &Option<Cell>| match cell {
        Some(cell) => format!("{}{}", cell.text, if cell.doubt.is_some() { "?" } else { "" }),
        None => "·".to_owned(),
    };
    row.cells.iter().map(cell).collect::<Vec<_>>().join("|")
}
