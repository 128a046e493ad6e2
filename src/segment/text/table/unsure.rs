//! Rows of a dump's table whose amounts may stand in other columns are marked, and each has its note.

use super::super::item::{Class, Item, class, is_code, items};
use super::super::line::Line;
use super::{doubt, names, texts};
use crate::segment::TableRow;
use crate::segment::doubt::Doubt;
use crate::segment::header::n_decimals;
use crate::terms::column::ColumnRole;
use crate::terms::header::{is_subtotal, is_total};

/// Marks the amounts of rows that may stand in other columns: all of them where the table is misread, else those of rows
/// that have lost their names or show pieces of numbers.
pub(super) fn mark(
    rows: &mut [TableRow],
    lines: &[Line],
    paths: &[Vec<String>],
    roles: &[ColumnRole],
    known: Option<Doubt>,
) {
    let of_table =
        known.or_else(|| of_lines(lines, rows, paths, roles)).or_else(|| doubt::of_table(rows, paths, roles, false));
    let of_table = of_table.or_else(|| doubt::of_order(rows, paths, roles));
    let has_decimals = has_decimals(rows, roles);
    let usual = usual_decimals(rows, roles);
    let are_named = are_named(rows, roles);
    // Fewer names than columns of them, where no blank cell is shown: whose column each stands in is not told.
    let has_blanks = lines.iter().any(|line| items(&line.text).contains(&Item::Blank));
    let may_be_other = !has_blanks && roles.iter().filter(|role| **role == ColumnRole::Label).count() > 1;
    for row in rows {
        let is_other = may_be_other && lacks_names(row, roles);
        let is_nameless = is_other || !is_identified(row, roles) || (are_named && !is_named(row, roles));
        let has_other =
            usual.is_some_and(|usual| amounts(row, roles).any(|text| n_decimals(text).is_some_and(|n| n != usual)));
        let is_torn = has_code_for_amount(row, roles) || has_other || (has_decimals && has_piece(row, roles));
        let of_row = is_nameless.then_some(Doubt::NamesTorn).or(is_torn.then_some(Doubt::NumbersTorn));
        if let Some(doubt) = of_table.or(of_row) {
            doubt_amounts(row, roles, doubt);
        }
    }
}

/// What the lines that the rows were read from say against all of them.
fn of_lines(lines: &[Line], rows: &[TableRow], paths: &[Vec<String>], roles: &[ColumnRole]) -> Option<Doubt> {
    match () {
        () if is_short(lines, paths.len()) => Some(Doubt::HeaderMisfit),
        () if shows_no_rows(lines) => Some(Doubt::OrderUnclear),
        () if shows_no_blanks(lines, rows, roles) => Some(Doubt::BlanksLost),
        () if words_in_amounts(rows, roles) || has_amount_for_name(rows, roles) => Some(Doubt::HeaderMisfit),
        () => None,
    }
}

/// Whether rows show more cells than the header has columns: then the header is misread, and where amounts stand too.
fn is_short(rows: &[Line], n_columns: usize) -> bool {
    let n_longer = rows
        .iter()
        .map(|line| items(&line.text))
        .filter(|items| {
            // Blank cells at the end of a line are told by its last spaces alone, and say nothing.
            let n_shown = items.iter().rposition(|item| matches!(item, Item::Text(_))).map_or(0, |last| last + 1);
            let has_amount = items.iter().any(Item::is_amount);
            has_amount && n_shown > n_columns
        })
        .count();
    n_longer >= LONGER_ROWS
}

/// One row too long may be damaged; so many say that the header is misread.
const LONGER_ROWS: usize = 2;

/// Whether blank cells are lost and few rows show a text in every column: then the header alone tells the columns, and
/// sums that place the amounts cannot confirm them.
fn shows_no_blanks(lines: &[Line], rows: &[TableRow], roles: &[ColumnRole]) -> bool {
    let has_blanks = lines.iter().any(|line| items(&line.text).contains(&Item::Blank));
    let is_full =
        |row: &TableRow| row.cells.iter().zip(roles).all(|(cell, role)| cell.is_some() || *role != ColumnRole::Amount);
    !has_blanks && rows.iter().filter(|row| is_full(row)).count() * 2 < rows.len()
}

/// Whether most amounts stand alone on a line: then the dump parts cells and not rows, and what belongs together is
/// counted out.
fn shows_no_rows(lines: &[Line]) -> bool {
    let (mut n_alone, mut n_beside) = (0, 0);
    for line in lines {
        let items = items(&line.text);
        let n_amounts = items.iter().filter(|item| item.is_amount()).count();
        *(if items.len() == 1 { &mut n_alone } else { &mut n_beside }) += n_amounts;
    }
    n_alone > n_beside
}

/// Whether words stand in columns of amounts: columns have changed places.
fn words_in_amounts(rows: &[TableRow], roles: &[ColumnRole]) -> bool {
    let has_words = |row: &&TableRow| amounts(row, roles).any(|text| class(text) == Class::Words);
    rows.iter().any(|row| has_words(&row))
}

/// The texts of a row's amount cells.
fn amounts<'a>(row: &'a TableRow, roles: &'a [ColumnRole]) -> impl Iterator<Item = &'a str> {
    texts(row, roles, |role| role == ColumnRole::Amount)
}

/// Whether a table prints its amounts with decimals.
fn has_decimals(rows: &[TableRow], roles: &[ColumnRole]) -> bool {
    let (mut n_all, mut n_with) = (0usize, 0usize);
    for text in rows.iter().flat_map(|row| amounts(row, roles)) {
        n_all += 1;
        n_with += usize::from(text.contains('.'));
    }
    n_with * 10 > n_all * 8
}

/// The number of decimals that nearly all amounts of a table have: where one has another, a digit has gone to its neighbour.
fn usual_decimals(rows: &[TableRow], roles: &[ColumnRole]) -> Option<usize> {
    let mut counts = [0usize; 3];
    let mut n_all = 0;
    for n in rows.iter().flat_map(|row| amounts(row, roles)).filter_map(n_decimals) {
        n_all += 1;
        if let Some(count) = counts.get_mut(n) {
            *count += 1;
        }
    }
    (1..counts.len()).find(|n| counts.get(*n).is_some_and(|count| count * 10 > n_all * 8))
}

/// Whether a row among amounts with decimals has one without: a piece of a number that was cut in two.
fn has_piece(row: &TableRow, roles: &[ColumnRole]) -> bool {
    amounts(row, roles).any(|text| !text.contains('.') && text.bytes().any(|b| matches!(b, b'1'..=b'9')))
}

/// Whether an amount stands where names do, beside a word: the header lacks a column.
fn has_amount_for_name(rows: &[TableRow], roles: &[ColumnRole]) -> bool {
    let is_shifted = |row: &TableRow| {
        let texts = || row.cells.iter().zip(roles).filter_map(|(cell, role)| Some((cell.as_ref()?.text.trim(), *role)));
        let is_amount = |text: &str| (class(text) == Class::Amount && text.contains('.')) || text == "0";
        texts().any(|(text, role)| role != ColumnRole::Amount && is_amount(text))
            && texts().any(|(text, _)| is_word(text))
    };
    rows.iter().any(is_shifted)
}

fn is_word(text: &str) -> bool {
    class(text) == Class::Words
}

/// Whether a row has a number among its amounts that reads as a part of a code or a place: 201, 04.
fn has_code_for_amount(row: &TableRow, roles: &[ColumnRole]) -> bool {
    amounts(row, roles).any(|text| class(text) == Class::Number && matches!(text.len(), 2 | 3))
}

/// Whether a row says what its amounts are for; one that does not has lost its name to another line, and 小计 does not
/// say of what.
fn is_identified(row: &TableRow, roles: &[ColumnRole]) -> bool {
    names(row, roles).any(|text| class(text) != Class::Amount && !is_subtotal(text))
        && !names(row, roles).any(doubt::is_glued)
}

/// Whether a row has no text in some column of names left of its amounts, no code, and is no total.
fn lacks_names(row: &TableRow, roles: &[ColumnRole]) -> bool {
    let first = roles.iter().position(|role| *role == ColumnRole::Amount).unwrap_or(roles.len());
    let lacks = |column: usize| row.cell(column).is_none() && roles.get(column) != Some(&ColumnRole::Code);
    let has_code = names(row, roles).any(is_code);
    (0..first).any(lacks) && !has_code && names(row, roles).next().is_some_and(|name| !is_total(name))
}

/// Whether a row says so in words, and not by a code alone.
fn is_named(row: &TableRow, roles: &[ColumnRole]) -> bool {
    names(row, roles).any(is_word)
}

/// Whether nearly all rows of a table are named.
fn are_named(rows: &[TableRow], roles: &[ColumnRole]) -> bool {
    rows.iter().filter(|row| is_named(row, roles)).count() * 10 > rows.len() * NAMED_TENTHS
}

/// Where so many of ten rows are named, the others have lost their names.
const NAMED_TENTHS: usize = 7;

/// Marks the columns of a row's amounts as doubtful, those among names too: the header may be what is misread.
fn doubt_amounts(row: &mut TableRow, roles: &[ColumnRole], doubt: Doubt) {
    for (cell, role) in row.cells.iter_mut().zip(roles) {
        let Some(cell) = cell else { continue };
        let is_doubtful = match role {
            ColumnRole::Amount => true,
            ColumnRole::Code => class(&cell.text) == Class::Amount,
            ColumnRole::Label | ColumnRole::Text => class(&cell.text) != Class::Words,
        };
        if is_doubtful {
            cell.doubt.get_or_insert(doubt);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::drawn;
    use super::*;

    #[test]
    fn fewer_names_than_columns_of_names_may_stand_in_any_of_these() {
        let lacks = |row: &str, roles: &str| lacks_names(&drawn::row(row), &drawn::roles(roles));
        assert!(lacks("·|台式计算机|9.00", "lla") && lacks("·|甲|乙|9.00", "ltla"));
        assert!(!lacks("某某局|台式计算机|9.00", "lla"));
        assert!(!lacks("·|合计|9.00", "lla"), "a total covers columns of names");
        assert!(!lacks("20101|·|甲|9.00", "clla"), "its code says which item it is");
        assert!(!lacks("某某局|甲|9.00|·", "llat"), "a remark names nothing");
    }
}
