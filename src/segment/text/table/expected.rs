//! What the rows of a table in a dump tell of its columns: how many there are, and what each holds.

use super::super::header::{Expected, Role};
use super::super::item::{Class, Item, class, is_code, items};
use super::super::line::Line;
use crate::terms::header::is_total;

/// Rows of more columns are none.
const MAX_COLUMNS: usize = 64;

/// What the rows tell of the columns, the likeliest first.
pub(super) fn expected(lines: &[Line], n_numbered: Option<usize>) -> Vec<Expected> {
    let rows: Vec<Vec<Item>> = lines.iter().filter(|line| !line.is_blank()).map(|line| items(&line.text)).collect();
    let mut counts = [0usize; MAX_COLUMNS + 1];
    let mut halved = [0usize; MAX_COLUMNS + 1];
    for row in &rows {
        // A line without amount and without blank cell is a piece of a row.
        let whole = row.iter().any(|item| match item {
            Item::Text(text) => class(text) == Class::Amount,
            Item::Blank => true,
        });
        if let Some(count) = counts.get_mut(row.len()).filter(|_| whole) {
            *count += 1;
        }
        // Blank cells of bold rows are printed twice.
        if let Some(count) = halved_len(row).filter(|_| whole).and_then(|len| halved.get_mut(len)) {
            *count += 1;
        }
    }
    let mut widths: Vec<(usize, usize)> = counts
        .iter()
        .copied()
        .enumerate()
        .filter(|(n, count)| *n > 1 && *count > 0)
        .map(|(n, count)| (count, n))
        .collect();
    widths.sort_by(|a, b| b.cmp(a));
    let total: usize = widths.iter().map(|(count, _)| count).sum();
    let mut found: Vec<(usize, u32)> = Vec::new();
    if let Some(n_numbered) = n_numbered {
        found.push((n_numbered, 0));
    }
    let doubt_of_others = if n_numbered.is_some() { 60 } else { 0 };
    for (count, n) in widths.iter().take(6) {
        let share = u32::try_from(count * 20 / total.max(1)).unwrap_or(0);
        found.push((*n, doubt_of_others + 3 * (20 - share.min(20))));
        // The label of a total covers the columns of codes and names.
        let totals = rows
            .iter()
            .filter(|row| row.len() == *n)
            .all(|row| row.iter().any(|item| matches!(item, Item::Text(text) if is_total(text))));
        if *n < MAX_COLUMNS && totals {
            found.push((n + 1, doubt_of_others + 3 * (20 - share.min(20)) + 4));
        }
    }
    for (n, _) in halved.iter().enumerate().filter(|(n, count)| *n > 1 && *n < MAX_COLUMNS && **count > 0) {
        found.push((n, doubt_of_others + HALVED));
        found.push((n + 1, doubt_of_others + HALVED + 4));
    }
    if found.is_empty() {
        // No row at all: any number that the header bears out.
        found.extend((1..=12).map(|n| (n, 0)));
    }
    let mut expected: Vec<Expected> = Vec::new();
    for (n_columns, doubt) in found {
        if !expected.iter().any(|known| known.n_columns == n_columns) {
            expected.push(Expected { n_columns, roles: roles(&rows, n_columns), doubt });
        }
    }
    let gaps =
        lines.iter().any(|line| line.text.contains("  ") || line.text.starts_with(' ') || line.text.contains('\t'));
    if !gaps && !rows.is_empty() && n_numbered.is_none() {
        expected.extend(without_gaps(&rows));
    }
    expected
}

/// A dump that shows no blank cell tells only how many columns there are at least; the header tells the rest.
fn without_gaps(rows: &[Vec<Item>]) -> Vec<Expected> {
    let texts = |row: &Vec<Item>| -> Vec<Class> {
        let class_of = |item: &Item| match item {
            Item::Text(text) => Some(class(text)),
            Item::Blank => None,
        };
        row.iter().filter_map(class_of).collect()
    };
    let widths: Vec<usize> =
        rows.iter().map(texts).filter(|row| row.contains(&Class::Amount)).map(|row| row.len()).collect();
    let widest = widths.iter().copied().max().unwrap_or(2);
    let least = widest.clamp(2, MAX_COLUMNS);
    // Where most rows are as wide as the widest nothing is lost: zeros are printed. The more amounts they have the less
    // likely it is that all have lost as many.
    let n_widest = widths.iter().filter(|width| **width == widest).count();
    let n_amounts = rows.iter().map(texts).filter(|row| row.len() == widest);
    let n_amounts = n_amounts.map(|row| row.iter().filter(|class| **class == Class::Amount).count()).max().unwrap_or(0);
    let whole = u32::try_from(n_widest * n_amounts * 6 / widths.len().max(1)).unwrap_or(0);
    let first = roles_at(rows, 0);
    (least..=(least + MAX_LOST).min(MAX_COLUMNS))
        .map(|n_columns| {
            let mut roles = vec![None; n_columns];
            if let Some(slot) = roles.first_mut() {
                *slot = first;
            }
            Expected { n_columns, roles, doubt: LOST + if n_columns == least { 0 } else { whole } }
        })
        .collect()
}

/// That blank cells are lost is rarer than that the rows are as they stand.
const LOST: u32 = 6;

/// So many columns may be blank in every row.
const MAX_LOST: usize = 12;

/// What most rows have at a place.
fn roles_at(rows: &[Vec<Item>], column: usize) -> Option<Role> {
    let mut votes = [0usize; 3];
    for row in rows {
        let Some(Item::Text(text)) = row.get(column) else { continue };
        let role = match class(text) {
            // The label of a total covers codes too.
            Class::Words if is_total(text) => continue,
            Class::Words => 1,
            Class::Number if is_code(text) => 0,
            Class::Number | Class::Amount => 2,
        };
        if let Some(vote) = votes.get_mut(role) {
            *vote += 1;
        }
    }
    let most = votes.iter().max().copied().filter(|most| *most > 0)?;
    [Role::Code, Role::Label, Role::Amount].into_iter().zip(votes).find(|(_, vote)| *vote == most).map(|(role, _)| role)
}

/// That blank cells are doubled is rarer than that they are not.
const HALVED: u32 = 10;

/// How many cells a row has where its blank cells are printed twice, if they can be.
fn halved_len(row: &[Item]) -> Option<usize> {
    let mut n_cells = 0;
    let mut n_blank = 0;
    for (idx, item) in row.iter().enumerate() {
        if *item != Item::Blank {
            n_cells += 1;
            continue;
        }
        n_blank += 1;
        if row.get(idx + 1) != Some(&Item::Blank) {
            if n_blank % 2 != 0 {
                return None;
            }
            n_cells += n_blank / 2;
            n_blank = 0;
        }
    }
    (n_cells < row.len()).then_some(n_cells)
}

/// What each column holds in the rows of exactly so many cells.
fn roles(rows: &[Vec<Item>], n_columns: usize) -> Vec<Option<Role>> {
    let whole: Vec<Vec<Item>> = rows.iter().filter(|row| row.len() == n_columns).cloned().collect();
    (0..n_columns).map(|column| roles_at(&whole, column)).collect()
}
