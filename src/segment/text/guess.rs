//! Amounts of tables whose walls no rulings show, and which may stand in another column, are marked as guesses.

use super::item::{Class, class, is_code, is_whole_code, most};
use super::run_together::RunTogether;
use super::table::{doubt, uses};
use crate::segment::doubt::Doubt;
use crate::segment::header::bare;
use crate::segment::opening::is_enumerated;
use crate::segment::{Cell, TableRegion, TableRow};
use crate::terms::column::{ColumnRole, role_of};
use crate::terms::header::{HeaderWord, holds_counts, is_subtotal, is_total};

/// Marks the amounts that may stand in another column: in whole tables where names stand among amounts, or amounts in the
/// header, and beside rows that lack a name. So are names in a column of amounts. `by_models` says that models read the table
/// of a picture.
pub(in crate::segment) fn mark(table: &mut TableRegion, by_models: bool) {
    let of_table = of_table(table, by_models);
    // 小计 does not say of what.
    let is_name = |text: &str| class(text) == Class::Words && !is_subtotal(text);
    let named = |row: &TableRow| {
        let texts = || row.cells.iter().flatten().map(|cell| cell.text.trim());
        // 合计 has no code; the one beside it is the next row's.
        let is_mixed = texts().any(is_total) && texts().any(is_whole_code);
        texts().any(is_name) && !texts().any(doubt::is_glued) && !is_mixed
    };
    let pushed: Vec<bool> = table.rows.iter().map(|row| is_pushed(row, &table.columns)).collect();
    // A row without a name is a part of another, and so are the two; or all names went another way.
    let roles = roles(table);
    let paired = paired_names(table, &roles);
    let is_nameless = is_nameless(table);
    let is_torn =
        |row: &TableRow| !named(row) && !is_nameless || doubt::has_torn_name(row, &roles) || lacks_name(row, &paired);
    let above = |idx: usize| idx.checked_sub(1).and_then(|above| table.rows.get(above));
    let is_cut =
        |(idx, row): (usize, &TableRow)| is_torn(row) || above(idx).is_some_and(|above| is_cut_total(above, row));
    let torn: Vec<bool> = table.rows.iter().enumerate().map(is_cut).collect();
    let run_together = RunTogether::of(table);
    let misplaced = uses::misplaced(&table.rows, &table.columns, &roles);
    for (idx, row) in table.rows.iter_mut().enumerate() {
        for (cell, role) in row.cells.iter_mut().zip(&roles) {
            let astray = cell.as_mut().filter(|cell| *role == ColumnRole::Amount && is_name(cell.text.trim()));
            if let Some(cell) = astray
                && cell.text.chars().count() > 1
            {
                cell.doubt.get_or_insert(Doubt::HeaderMisfit);
            }
        }
        let near = torn.get(idx.saturating_sub(1)..(idx + 2).min(torn.len())).unwrap_or_default();
        let of_row = near.contains(&true).then_some(Doubt::NamesTorn);
        let is_run = row.cells.iter().any(|cell| run_together.is_two(cell));
        let of_row = of_row.or(is_run.then_some(Doubt::NumbersTorn));
        let of_row = of_row.or((pushed.get(idx) == Some(&true)).then_some(Doubt::PlacesUnclear));
        let reached = run_together.open(row, &roles);
        let page = row.provenance.page;
        for (column, cell) in row.cells.iter_mut().enumerate() {
            let is_reached = reached.is_some_and(|columns| columns.contains(&column));
            let doubt = of_table.or(of_row).or(is_reached.then_some(Doubt::NumbersTorn));
            let doubt = doubt.or(misplaced.contains(&(page, column)).then_some(Doubt::HeaderMisfit));
            if let (Some(doubt), Some(cell)) = (doubt, cell.as_mut().filter(|cell| class(&cell.text) != Class::Words)) {
                cell.doubt.get_or_insert(doubt);
            }
        }
    }
}

/// Marks all amounts of a table whose header is a row of amounts: it goes on with another table, and what its columns are is
/// said there.
pub(in crate::segment) fn mark_headless(table: &mut TableRegion) {
    if has_amount_in_header(table) {
        let cells = table.rows.iter_mut().flat_map(|row| row.cells.iter_mut().flatten());
        let figures = cells.filter(|cell| class(&cell.text) != Class::Words);
        figures.for_each(|cell| _ = cell.doubt.get_or_insert(Doubt::HeaderUnlikely));
    }
}

/// Marks the names that an amount of their row has run into.
pub(in crate::segment) fn mark_glued(table: &mut TableRegion) {
    let cells = table.rows.iter_mut().flat_map(|row| row.cells.iter_mut().flatten());
    let glued = cells.filter(|cell| doubt::is_glued(cell.text.trim()));
    glued.for_each(|cell| _ = cell.doubt.get_or_insert(Doubt::NumbersTorn));
}

fn has_amount_in_header(table: &TableRegion) -> bool {
    table.columns.iter().flatten().any(|name| class(name) == Class::Amount)
}

/// Whether a table is one row of amounts below names of money alone: it has no column of names that a name could be lost of.
fn is_nameless(table: &TableRegion) -> bool {
    let is_money = |path: &Vec<String>| {
        let official = path.iter().all(|name| HeaderWord::of(&bare(name)).is_some());
        official && path.last().and_then(|leaf| role_of(leaf, path)) == Some(ColumnRole::Amount)
    };
    let is_amount = |cell: &Cell| class(&cell.text) == Class::Amount;
    table.rows.len() == 1
        && table.columns.iter().all(is_money)
        && table.rows.iter().flat_map(|row| row.cells.iter().flatten()).all(is_amount)
}

/// Columns of names with another right of them, each with the characters of its longest name beside one there.
fn paired_names(table: &TableRegion, roles: &[ColumnRole]) -> Vec<(usize, usize)> {
    let is_pair = |left: &usize| roles.get(*left..left + 2) == Some(&[ColumnRole::Label, ColumnRole::Label]);
    let longest = |left: usize| {
        let beside = |row: &TableRow| n_chars(row, left + 1).and(n_chars(row, left));
        Some((left, table.rows.iter().filter_map(beside).max()?))
    };
    (0..roles.len()).filter(is_pair).filter_map(longest).collect()
}

/// Whether a row lacks the name in a column of names, and the one left of it is longer than any beside a name: it may be both.
fn lacks_name(row: &TableRow, paired: &[(usize, usize)]) -> bool {
    let is_longer = |left: usize, longest: usize| n_chars(row, left).is_some_and(|own| own > longest);
    paired.iter().any(|(left, longest)| n_chars(row, left + 1).is_none() && is_longer(*left, *longest))
}

/// Whether money stands under 备注 or the like: the text before it pushed it there.
fn is_pushed(row: &TableRow, columns: &[Vec<String>]) -> bool {
    let is_remark = |leaf: &String| HeaderWord::of(&bare(leaf)) == Some(HeaderWord::Text) && !holds_counts(leaf);
    let of_remarks = row.cells.iter().zip(columns).filter(|(_, path)| path.last().is_some_and(is_remark));
    let mut texts = of_remarks.filter_map(|(cell, _)| cell.as_ref()).map(|cell| cell.text.as_str());
    texts.any(|text| class(text) == Class::Amount && text.contains('.'))
}

/// Whether a row has the end of a total's name whose beginning stands right above it, 本年支⏎出合计, or 合计 below a name
/// without an amount, 本年支出: together they may be one.
fn is_cut_total(above: &TableRow, row: &TableRow) -> bool {
    let is_name = |text: &str| class(text) == Class::Words && !is_total(text) && !is_enumerated(text);
    (0..row.cells.len()).any(|column| {
        let (Some(upper), Some(own)) = (text(above, column), text(row, column)) else { return false };
        let is_bare = own == "合计" && column > 0 && above.cell(column + 1).is_none();
        let rest = own.strip_suffix("合计").filter(|rest| !rest.is_empty() && !doubt::ends_name(rest));
        let is_end = rest.is_some_and(|rest| doubt::ends_name(&format!("{upper}{rest}")));
        is_name(upper) && (is_bare || is_end)
    })
}

/// What a row shows in a column.
fn text(row: &TableRow, column: usize) -> Option<&str> {
    Some(row.cell(column)?.text.trim())
}

/// How many characters a row shows in a column.
fn n_chars(row: &TableRow, column: usize) -> Option<usize> {
    Some(text(row, column)?.chars().count())
}

/// So many names in a column of amounts say that the columns are not told rightly.
const NAMES_IN_AMOUNTS: usize = 2;

/// What says against all columns of a table.
fn of_table(table: &TableRegion, by_models: bool) -> Option<Doubt> {
    let mixed = (0..table.columns.len()).any(|column| {
        let texts = || table.rows.iter().filter_map(|row| row.cell(column));
        let n_amounts = texts().filter(|cell| class(&cell.text) == Class::Amount).count();
        // The header printed once more says that the column is its own.
        let is_own = |text: &str| table.columns.get(column).is_some_and(|path| path.iter().any(|name| name == text));
        let n_names = texts().filter(|cell| class(&cell.text) == Class::Words && !is_own(cell.text.trim())).count();
        n_amounts > n_names && n_names >= NAMES_IN_AMOUNTS
    });
    let roles = roles(table);
    // An amount among the names of its row: the walls of that row are others.
    let is_shifted = |row: &TableRow| {
        let texts =
            || row.cells.iter().zip(&roles).filter_map(|(cell, role)| Some((cell.as_ref()?.text.trim(), *role)));
        texts().any(|(text, _)| class(text) == Class::Words)
            && texts()
                .any(|(text, role)| role == ColumnRole::Label && class(text) == Class::Amount && text.contains('.'))
    };
    match () {
        () if has_amount_in_header(table) => Some(Doubt::HeaderUnlikely),
        () if names_columns_in_caption(table) || names_columns_in_body(table) => Some(Doubt::HeaderMisfit),
        () if mixed || table.rows.iter().any(is_shifted) => Some(Doubt::HeaderMisfit),
        () if is_of_words(&roles) => Some(Doubt::OrderUnclear),
        () => doubt::of_table(&table.rows, &table.columns, &roles, by_models),
    }
}

/// Whether a line of a table's caption is names of columns, or one of money: the header has lost its first line.
fn names_columns_in_caption(table: &TableRegion) -> bool {
    let word = |text: &str| HeaderWord::of(&bare(text));
    let names_all = |line: &str| line.split('\t').all(|text| word(text).is_some());
    let is_header = |line: &str| word(line) == Some(HeaderWord::Amount) || (line.contains('\t') && names_all(line));
    table.caption.iter().any(|line| is_header(&line.text))
}

/// Whether a row above all amounts names columns, some of names and some of money: the header has lost its last line.
fn names_columns_in_body(table: &TableRegion) -> bool {
    let texts = |row: &TableRow| row.cells.iter().flatten().map(|cell| bare(&cell.text)).collect::<Vec<_>>();
    let rows = table.rows.iter().map(texts);
    let mut above = rows.take_while(|texts| texts.iter().all(|text| class(text) == Class::Words));
    above.any(|texts| {
        let has = |wanted| texts.iter().any(|text| HeaderWord::of(text) == Some(wanted));
        has(HeaderWord::Label) && has(HeaderWord::Amount)
    })
}

/// A table of so many columns of words has few amounts, each for several rows; which row it stands in tells nothing.
const WORDY: usize = 4;

/// Words with amounts right of them are the names of a side; four sides have as many.
fn is_of_words(roles: &[ColumnRole]) -> bool {
    let is_label = |role: &ColumnRole| *role == ColumnRole::Label;
    let is_side = |pair: &[ColumnRole]| matches!(pair, [ColumnRole::Label, ColumnRole::Amount]);
    let n_labels = roles.iter().filter(|role| is_label(role)).count();
    n_labels >= WORDY && roles.windows(2).filter(|pair| is_side(pair)).count() < n_labels
}

/// Whether each column holds amounts, by most of its texts.
pub(in crate::segment) fn holds_amounts(table: &TableRegion) -> Vec<bool> {
    roles(table).into_iter().map(|role| role == ColumnRole::Amount).collect()
}

/// Whether each column holds an amount at all.
pub(in crate::segment) fn holds_an_amount(table: &TableRegion) -> Vec<bool> {
    let is_amount = |cell: &Cell| class(&cell.text) == Class::Amount;
    let of_column = |column: usize| table.rows.iter().filter_map(move |row| row.cell(column));
    (0..table.columns.len()).map(|column| of_column(column).any(is_amount)).collect()
}

/// What each column holds, by most of its texts.
pub(super) fn roles(table: &TableRegion) -> Vec<ColumnRole> {
    (0..table.columns.len())
        .map(|column| {
            let cells = table.rows.iter().filter_map(|row| row.cell(column));
            let vote = |cell: &Cell| match class(&cell.text) {
                Class::Words => 2,
                Class::Number if is_code(&cell.text) => 1,
                Class::Number | Class::Amount => 0,
            };
            match most(cells.map(vote)) {
                Some(2) => ColumnRole::Label,
                Some(1) => ColumnRole::Code,
                _ => ColumnRole::Amount,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
