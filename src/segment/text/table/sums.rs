//! The sums that a table promises: totals of columns within a row, and of rows below each other.

use rust_decimal::Decimal;

use super::super::header::Role;
use super::super::item::is_code;
use super::super::spacing::squeezed;
use crate::arithmetic::amount;
use crate::segment::TableRow;
use crate::terms::header::{HeaderWord, is_total};

/// A column that sums up others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RowSum {
    pub(super) total: usize,
    pub(super) parts: Vec<usize>,
}

/// A row that sums up others in some columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ColumnSum {
    pub(super) total: usize,
    pub(super) parts: Vec<usize>,
    pub(super) columns: Vec<usize>,
}

/// The amount in a row's cell.
pub(super) fn value(row: &TableRow, column: usize) -> Option<Decimal> {
    row.cells.get(column)?.as_ref().and_then(|cell| amount::parse(&cell.text))
}

/// Sums within a row by the header: 合计 and 小计 sum up what stands right of them under the same cell.
pub(super) fn row_sums(paths: &[Vec<String>], roles: &[Role]) -> Vec<RowSum> {
    let is_sum = |column: usize| {
        paths
            .get(column)
            .and_then(|path| path.last())
            .is_some_and(|leaf| HeaderWord::of(leaf) == Some(HeaderWord::Total))
    };
    let group =
        |column: usize| paths.get(column).map(|path| path.get(..path.len().saturating_sub(1)).unwrap_or_default());
    let mut sums = Vec::new();
    for total in (0..paths.len()).filter(|column| is_sum(*column)) {
        let Some(own) = group(total) else { continue };
        let mut parts = Vec::new();
        let mut inner: Option<&[String]> = None;
        for column in total + 1..paths.len() {
            let Some(of_column) = group(column) else { break };
            if !of_column.starts_with(own) || roles.get(column) != Some(&Role::Amount) {
                break;
            }
            // A group with a sum of its own counts by that.
            if inner.is_some_and(|inner| of_column.starts_with(inner) && of_column.len() > own.len()) {
                continue;
            }
            if is_sum(column) {
                if of_column.len() <= own.len() {
                    break;
                }
                inner = Some(of_column);
            }
            parts.push(column);
        }
        // A sum at the end is that of what stands left of it.
        if parts.is_empty() && total + 1 == paths.len() && own.is_empty() {
            let is_part = |column: &usize| roles.get(*column) == Some(&Role::Amount) && !is_sum(*column);
            parts = (0..total).rev().take_while(is_part).collect();
            parts.reverse();
        }
        if !parts.is_empty() {
            sums.push(RowSum { total, parts });
        }
    }
    sums
}

/// The amount of one year as that of the year before and the change between them, where the header has all three.
pub(super) fn change_sums(paths: &[Vec<String>], roles: &[Role]) -> Vec<RowSum> {
    let year = |path: &Vec<String>| path.iter().find_map(|cell| cell.get(..4)?.parse::<u32>().ok());
    let is_amount = |column: &usize| roles.get(*column) == Some(&Role::Amount);
    let change = (0..paths.len()).filter(is_amount).find(|column| {
        paths.get(*column).and_then(|path| path.last()).is_some_and(|leaf| matches!(leaf.as_str(), "增减额" | "增减"))
    });
    let dated = (0..paths.len()).filter(is_amount).filter_map(|column| Some((column, year(paths.get(column)?)?)));
    let mut dated = dated.peekable();
    let Some((before, first_year)) = dated.next() else { return Vec::new() };
    // The first column of a year is its sum.
    let after = dated.find(|(_, year)| *year == first_year + 1).map(|(column, _)| column);
    match (after, change) {
        (Some(total), Some(change)) if change > total => vec![RowSum { total, parts: vec![before, change] }],
        _ => Vec::new(),
    }
}

/// Sums down the rows, by codes, by indents, or by the total that ends a list.
pub(super) fn column_sums(rows: &[TableRow], roles: &[Role]) -> Vec<ColumnSum> {
    let mut sums = Vec::new();
    for side in sides(roles) {
        sums.extend(sums_of_side(rows, &side));
    }
    sums
}

/// The label columns and the amount columns of one side.
struct Side {
    labels: Vec<usize>,
    amounts: Vec<usize>,
}

fn sides(roles: &[Role]) -> Vec<Side> {
    let mut sides: Vec<Side> = Vec::new();
    for (column, role) in roles.iter().enumerate() {
        let opens = *role != Role::Amount && sides.last().is_none_or(|side| !side.amounts.is_empty());
        if opens {
            sides.push(Side { labels: Vec::new(), amounts: Vec::new() });
        }
        if let Some(side) = sides.last_mut() {
            match role {
                Role::Amount => side.amounts.push(column),
                Role::Code | Role::Label => side.labels.push(column),
                Role::Text => {}
            }
        }
    }
    sides
}

/// The depth of each row, where codes or indents show it.
fn depths(rows: &[TableRow], side: &Side) -> Option<Vec<Option<usize>>> {
    let text =
        |row: &TableRow, column: usize| row.cells.get(column).and_then(Option::as_ref).map(|cell| cell.text.clone());
    // 201 05 06 is a code in three columns; where the classes above are not printed again, the column tells the level.
    let code = |row: &TableRow| {
        let texts = side.labels.iter().enumerate().filter_map(|(place, column)| Some((place, text(row, *column)?)));
        let codes: Vec<(usize, usize)> =
            texts.filter(|(_, text)| is_code(text)).map(|(place, text)| (place, text.trim().len())).collect();
        match codes.as_slice() {
            [] => None,
            [(place, 2)] => Some(3 + 2 * place),
            [(_, 3), rest @ ..] if rest.iter().all(|(_, len)| *len == 2) => Some(3 + 2 * rest.len()),
            [(_, len), ..] => Some(*len),
        }
    };
    let indent = |row: &TableRow| {
        let label = side.labels.iter().find_map(|column| text(row, *column))?;
        Some(label.chars().take_while(|ch| *ch == '\u{3000}').count())
    };
    let of_total =
        |row: &TableRow| side.labels.iter().any(|column| text(row, *column).is_some_and(|text| is_total(&text)));
    if rows.iter().any(|row| code(row).is_some()) {
        return Some(rows.iter().map(|row| code(row).or(of_total(row).then_some(0))).collect());
    }
    let indents: Vec<Option<usize>> = rows.iter().map(indent).collect();
    if indents.iter().flatten().any(|indent| *indent > 0) {
        return Some(indents);
    }
    // With two names a row, one with the first name alone heads those below it.
    let [first, second] = side.labels.as_slice() else { return None };
    let depth = |row: &TableRow| match (text(row, *first), text(row, *second)) {
        _ if of_total(row) => Some(0),
        (Some(_), None) => Some(1),
        (Some(_), Some(_)) => Some(2),
        (None, _) => None,
    };
    let depths: Vec<Option<usize>> = rows.iter().map(depth).collect();
    let heads = depths.windows(2).filter(|pair| matches!(pair, [Some(1), Some(2)])).count();
    (heads > 1 && depths.iter().all(Option::is_some)).then_some(depths)
}

fn sums_of_side(rows: &[TableRow], side: &Side) -> Vec<ColumnSum> {
    let columns = side.amounts.clone();
    let mut sums: Vec<ColumnSum> = Vec::new();
    if let Some(depths) = depths(rows, side) {
        // The rows that are open, from the top down to the last, with the sum that each has so far.
        let mut above: Vec<(usize, usize, Option<usize>)> = Vec::new();
        for (row, depth) in depths.iter().enumerate() {
            let Some(depth) = *depth else { continue };
            while above.last().is_some_and(|(_, open, _)| *open >= depth) {
                above.pop();
            }
            if let Some((parent, _, sum)) = above.last_mut() {
                match sum.and_then(|sum| sums.get_mut(sum)) {
                    Some(sum) => sum.parts.push(row),
                    None => {
                        *sum = Some(sums.len());
                        sums.push(ColumnSum { total: *parent, parts: vec![row], columns: columns.clone() });
                    }
                }
            }
            above.push((row, depth, None));
        }
        return sums;
    }
    // The first total after a list sums it up.
    let label = |row: &TableRow| {
        side.labels
            .iter()
            .find_map(|column| row.cells.get(*column).and_then(Option::as_ref))
            .map(|cell| squeezed(&cell.text))
    };
    let first_total = rows.iter().position(|row| label(row).is_some_and(|label| is_total(&label)));
    if let Some(total) = first_total.filter(|total| *total > 0) {
        sums.push(ColumnSum { total, parts: (0..total).collect(), columns });
    } else if first_total == Some(0) && rows.len() > 1 {
        sums.push(ColumnSum { total: 0, parts: (1..rows.len()).collect(), columns });
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_with_a_sum_of_its_own_counts_by_that() {
        let paths: Vec<Vec<String>> = ["项目", "合计", "拨款/小计", "拨款/甲", "拨款/乙", "其他"]
            .iter()
            .map(|path| path.split('/').map(str::to_owned).collect())
            .collect();
        let roles = [Role::Label, Role::Amount, Role::Amount, Role::Amount, Role::Amount, Role::Amount];
        assert_eq!(
            row_sums(&paths, &roles),
            [RowSum { total: 1, parts: vec![2, 5] }, RowSum { total: 2, parts: vec![3, 4] }]
        );
    }

    #[test]
    fn the_change_between_two_years_is_what_one_has_more_than_the_other() {
        let paths: Vec<Vec<String>> =
            ["项目", "2030年执行数", "2031年预算数/小计", "2031年预算数/基本支出", "增减/增减额"]
                .iter()
                .map(|path| path.split('/').map(str::to_owned).collect())
                .collect();
        let roles = [Role::Label, Role::Amount, Role::Amount, Role::Amount, Role::Amount];
        assert_eq!(change_sums(&paths, &roles), [RowSum { total: 2, parts: vec![1, 4] }]);
    }
}
