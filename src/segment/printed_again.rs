//! The header of a scanned table that its next page prints again: models read it there a second time, and not always alike.

use std::collections::BTreeSet;

use super::header::{bare, is_figure};
use super::{TableRegion, TableRow};

/// A header has at most so many rows.
const MAX_ROWS: usize = 5;
/// A row of names is a header printed again where it has so many of them at least …
const MIN_NAMES: usize = 3;
/// … and where at least this share of them are the names of their columns.
const MIN_OWN: f32 = 0.7;

/// Takes rows out of a table that are its header printed again; returns the columns whose names were read otherwise there.
pub(super) fn take(table: &mut TableRegion) -> BTreeSet<usize> {
    let mut otherwise = BTreeSet::new();
    let mut again = BTreeSet::new();
    let starts = (1..table.rows.len()).filter(|row| {
        let page = |row: usize| table.rows.get(row).map(|row| row.provenance.page);
        page(row - 1) != page(*row)
    });
    for start in starts {
        let rows = || table.rows.iter().enumerate().skip(start).take(MAX_ROWS);
        let of_names: Vec<(usize, &TableRow)> =
            rows().take_while(|(_, row)| is_of_names(row, &table.columns)).collect();
        let names: Vec<(usize, bool)> = of_names.iter().flat_map(|(_, row)| own_names(row, &table.columns)).collect();
        let n_own = names.iter().filter(|(_, is_own)| *is_own).count();
        if names.len() >= MIN_NAMES && n_own as f32 >= MIN_OWN * names.len() as f32 {
            again.extend(of_names.iter().map(|(row, _)| *row));
            otherwise.extend(names.iter().filter(|(_, is_own)| !is_own).map(|(column, _)| *column));
        }
    }
    let mut row = 0;
    table.rows.retain(|_| {
        row += 1;
        !again.contains(&(row - 1))
    });
    otherwise
}

/// Whether a row has no figures, and a name of one of its columns.
fn is_of_names(row: &TableRow, columns: &[Vec<String>]) -> bool {
    row.cells.iter().flatten().all(|cell| !is_figure(&cell.text))
        && own_names(row, columns).iter().any(|(_, is_own)| *is_own)
}

/// The columns over which a row has names, each with whether that is a name of the column.
fn own_names(row: &TableRow, columns: &[Vec<String>]) -> Vec<(usize, bool)> {
    let mut names = Vec::new();
    for (column, cell) in row.cells.iter().enumerate() {
        let Some(cell) = cell else { continue };
        let text = bare(&cell.text);
        for column in column..column + usize::from(cell.n_columns.max(1)) {
            let Some(path) = columns.get(column).filter(|_| !text.is_empty()) else { continue };
            names.push((column, path.contains(&text)));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provenance::Provenance;
    use crate::segment::Cell;

    fn row(page: u32, texts: &[&str]) -> TableRow {
        let provenance = Provenance::page(page);
        let cell = |text: &&str| {
            let text = (*text).to_owned();
            (!text.is_empty()).then_some(Cell { text, provenance, n_columns: 1, n_rows: 1, doubt: None, inset: None })
        };
        TableRow { cells: texts.iter().map(cell).collect(), provenance }
    }

    fn table(second: &[&str]) -> TableRegion {
        let columns = ["科目名称", "合计", "基本支出", "项目支出"].map(|name| vec![name.to_owned()]);
        let rows = vec![row(1, &["教育", "3", "2", "1"]), row(2, second), row(2, &["体育", "5", "3", "2"])];
        TableRegion { pages: vec![1, 2], columns: columns.to_vec(), rows, ..TableRegion::default() }
    }

    #[test]
    fn a_header_that_is_read_otherwise_in_one_name_goes_and_that_column_is_told() {
        let mut found = table(&["科目名称", "合计", "墓本支出", "项目支出"]);
        assert_eq!(take(&mut found).into_iter().collect::<Vec<_>>(), [2]);
        assert_eq!(found.rows.len(), 2);
        let mut found = table(&["科目名称", "合计", "基本支出", "项目支出"]);
        found.rows.insert(2, row(2, &["文化", "", "", ""]));
        assert!(take(&mut found).is_empty());
        assert_eq!(found.rows.len(), 3, "a row whose amounts are blank stays");
    }

    #[test]
    fn a_row_without_figures_and_a_header_of_other_columns_stay() {
        for names in [["文化", "", "", ""], ["科目名称", "上年", "本年", "增减"], ["合计", "8", "5", "3"]]
        {
            let mut found = table(&names);
            assert!(take(&mut found).is_empty());
            assert_eq!(found.rows.len(), 3, "{names:?}");
        }
    }
}
