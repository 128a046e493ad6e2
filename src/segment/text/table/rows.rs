//! Lines of a table become rows: a row may go over several lines, and a line of spaces is cells that are blank.

use super::super::header::{Expected, Role};
use super::super::item::{Class, Item, class, is_code, items};
use super::super::line::Line;
use super::super::spacing::tidy;
use crate::provenance::Provenance;
use crate::segment::{Cell, TableRow};
use crate::terms::header::is_total;

/// A row of a dump goes over at most this many lines.
const MAX_ROW_LINES: usize = 14;

/// Rows of more columns are none.
const MAX_COLUMNS: usize = 64;

/// What the rows tell of the columns, the likeliest first.
pub(super) fn expected(lines: &[Line], n_numbered: Option<usize>) -> Vec<Expected> {
    let rows: Vec<Vec<Item>> = lines.iter().filter(|line| !line.is_blank()).map(|line| items(&line.text)).collect();
    let mut counts = [0usize; MAX_COLUMNS + 1];
    for row in &rows {
        // A line without amount and without blank cell is a piece of a row.
        let whole = row.iter().any(|item| match item {
            Item::Text(text) => class(text) == Class::Amount,
            Item::Blank => true,
        });
        if let Some(count) = counts.get_mut(row.len()).filter(|_| whole) {
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
    expected
}

/// What each column holds in the rows of exactly so many cells.
fn roles(rows: &[Vec<Item>], n_columns: usize) -> Vec<Option<Role>> {
    (0..n_columns)
        .map(|column| {
            let mut votes = [0usize; 3];
            for row in rows.iter().filter(|row| row.len() == n_columns) {
                let Some(Item::Text(text)) = row.get(column) else { continue };
                let role = match class(text) {
                    Class::Words => 1,
                    Class::Number if is_code(text) => 0,
                    Class::Number | Class::Amount => 2,
                };
                if let Some(vote) = votes.get_mut(role) {
                    *vote += 1;
                }
            }
            let most = votes.iter().max().copied().filter(|most| *most > 0)?;
            [Role::Code, Role::Label, Role::Amount]
                .into_iter()
                .zip(votes)
                .find(|(_, vote)| *vote == most)
                .map(|(role, _)| role)
        })
        .collect()
}

/// The rows; wholly blank ones are gone.
pub(super) fn rows(lines: &[Line], roles: &[Role]) -> Vec<TableRow> {
    let cells: Vec<Vec<Item>> = lines.iter().map(|line| items(&line.text)).collect();
    let groups = group(&cells, lines, roles);
    groups.into_iter().filter_map(|(from, to, fit)| row(lines.get(from..to)?, fit)).collect()
}

/// How the items of some lines fit the columns.
#[derive(Clone, Debug)]
struct Fit {
    cost: u32,
    /// For each column its text.
    cells: Vec<Option<String>>,
    /// The place is the likeliest of several.
    guessed: bool,
}

/// Divides the lines into rows so that as many as possible have exactly the table's columns.
fn group(items: &[Vec<Item>], lines: &[Line], roles: &[Role]) -> Vec<(usize, usize, Fit)> {
    // best[end]: least cost of the first lines, and where its last row begins.
    let mut best: Vec<Option<(u32, usize, Option<Fit>)>> = vec![None; items.len() + 1];
    if let Some(slot) = best.first_mut() {
        *slot = Some((0, 0, None));
    }
    for end in 1..=items.len() {
        let mut joined: Vec<(Item, bool)> = Vec::new();
        for from in (end.saturating_sub(MAX_ROW_LINES)..end).rev() {
            let Some(line) = items.get(from) else { continue };
            prepend(&mut joined, line);
            if joined.len() > 2 * roles.len() + 2 {
                break;
            }
            let Some(cost) = best.get(from).and_then(Option::as_ref).map(|(cost, _, _)| *cost) else { continue };
            let heads_page = lines.get(from).is_some_and(|line| line.heads_page);
            let fit = fit(&joined, roles, heads_page);
            let n_lines = u32::try_from(end - from).unwrap_or(u32::MAX);
            let cost = cost.saturating_add(fit.cost).saturating_add(n_lines - 1);
            if let Some(slot) = best.get_mut(end)
                && slot.as_ref().is_none_or(|(known, _, _)| cost < *known)
            {
                *slot = Some((cost, from, Some(fit)));
            }
        }
    }
    let mut groups = Vec::new();
    let mut end = items.len();
    while end > 0 {
        let Some((_, from, Some(fit))) = best.get_mut(end).and_then(Option::take) else { break };
        groups.push((from, end, fit));
        end = from;
    }
    groups.reverse();
    groups
}

/// Puts the items of a line before those of the lines after it; words that a line ends with go on in the next.
fn prepend(joined: &mut Vec<(Item, bool)>, line: &[Item]) {
    let mut front: Vec<(Item, bool)> = line.iter().enumerate().map(|(idx, item)| (item.clone(), idx == 0)).collect();
    let wraps = match (front.last(), joined.first()) {
        (Some((Item::Text(end), _)), Some((Item::Text(start), true))) => {
            class(end) == Class::Words && class(start) == Class::Words
        }
        _ => false,
    };
    if wraps {
        let start = joined.remove(0);
        if let (Some((Item::Text(end), _)), (Item::Text(start), _)) = (front.last_mut(), start) {
            end.push_str(&start);
        }
    }
    front.append(joined);
    *joined = front;
}

/// A cell in a column that holds something else costs this much.
const MISFIT: u32 = 30;

/// A row without all its cells costs this much.
const INCOMPLETE: u32 = 40;

/// Fits items to the columns.
fn fit(items: &[(Item, bool)], roles: &[Role], heads_page: bool) -> Fit {
    let items: Vec<Option<&str>> = items
        .iter()
        .map(|(item, _)| match item {
            Item::Text(text) => Some(text.as_str()),
            Item::Blank => None,
        })
        .collect();
    let merged = with_merged_totals(&items, roles);
    for candidate in [&items, &merged] {
        if candidate.len() == roles.len() {
            return placed(candidate, roles, 0, 0);
        }
    }
    // The bold blank cells at the end of a row with a plain label are printed twice.
    let shown = |items: &[Option<&str>]| items.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    for candidate in [&items, &merged] {
        let n_shown = shown(candidate);
        let n_blank = candidate.len() - n_shown;
        if n_shown > 0 && n_blank % 2 == 0 && n_shown + n_blank / 2 == roles.len() {
            let kept: Vec<Option<&str>> = candidate.iter().copied().take(roles.len()).collect();
            return placed(&kept, roles, 0, 5);
        }
    }
    if items.len() > roles.len() {
        let kept: Vec<Option<&str>> = items.iter().copied().take(roles.len()).collect();
        let lost = u32::try_from(items.len() - roles.len()).unwrap_or(1);
        let mut fit = placed(&kept, roles, 0, 0);
        fit.cost += 20 * INCOMPLETE * lost;
        return fit;
    }
    // Cells are missing: before the row where a page's mark took them, else after it.
    let base = if heads_page { INCOMPLETE / 2 } else { INCOMPLETE };
    let mut best: Option<(u32, usize)> = None;
    let mut ties = false;
    for offset in 0..=roles.len().saturating_sub(items.len()) {
        let cost = placed(&items, roles, offset, base).cost;
        match best {
            Some((known, _)) if cost > known => {}
            Some((known, _)) if cost == known => {
                ties = true;
                if heads_page {
                    best = Some((cost, offset));
                }
            }
            _ => {
                ties = false;
                best = Some((cost, offset));
            }
        }
    }
    let (_, offset) = best.unwrap_or((0, 0));
    let mut fit = placed(&items, roles, offset, base);
    let amounts = items.iter().flatten().any(|text| class(text) == Class::Amount);
    fit.guessed = ties && amounts && heads_page;
    fit
}

/// The items at an offset, and what does not belong where it stands.
fn placed(items: &[Option<&str>], roles: &[Role], offset: usize, base: u32) -> Fit {
    let mut cells: Vec<Option<String>> = vec![None; roles.len()];
    let mut cost = base;
    for (idx, item) in items.iter().enumerate() {
        let (Some(text), Some(role), Some(slot)) = (item, roles.get(idx + offset), cells.get_mut(idx + offset)) else {
            continue;
        };
        let fits = match (class(text), role) {
            (Class::Words, Role::Label) | (Class::Amount, Role::Amount) => true,
            (Class::Words, Role::Code) => is_total(text),
            (Class::Words, Role::Amount) => matches!(text.trim(), "-" | "—" | "－" | "/"),
            (Class::Number, Role::Code | Role::Amount) => true,
            (Class::Number, Role::Label) | (Class::Amount, Role::Code | Role::Label) => false,
        };
        if !fits {
            cost += MISFIT;
        }
        *slot = Some((*text).to_owned());
    }
    if cells.iter().all(Option::is_none) {
        // Blank rows are real, and cost nothing where they are whole.
        cost += 1;
    }
    Fit { cost, cells, guessed: false }
}

/// The items with the columns that the label of a total covers: 合计 over 科目编码 and 科目名称.
fn with_merged_totals<'a>(items: &[Option<&'a str>], roles: &[Role]) -> Vec<Option<&'a str>> {
    let mut out: Vec<Option<&'a str>> = Vec::with_capacity(roles.len());
    for item in items {
        let column = out.len();
        out.push(*item);
        if !item.is_some_and(is_total) {
            continue;
        }
        let n_covered = roles.iter().skip(column).take_while(|role| **role != Role::Amount).count();
        out.extend(std::iter::repeat_n(None, n_covered.saturating_sub(1)));
    }
    out
}

/// A row of the table; `None` for a blank one.
fn row(lines: &[Line], fit: Fit) -> Option<TableRow> {
    let page = lines.iter().find(|line| !line.is_blank()).map(|line| line.page)?;
    let provenance = Provenance::page(page);
    let guessed = fit.guessed;
    let cells: Vec<Option<Cell>> = fit
        .cells
        .into_iter()
        .map(|text| {
            let text = text?;
            let guessed = guessed && class(&text) != Class::Words;
            Some(Cell { text: indented(&text), provenance, n_columns: 1, n_rows: 1, guessed })
        })
        .collect();
    cells.iter().any(Option::is_some).then_some(TableRow { cells, provenance })
}

/// The text with its indent, by which names show their level.
fn indented(text: &str) -> String {
    let indent = text.len() - text.trim_start_matches('\u{3000}').len();
    let (indent, rest) = text.split_at(indent);
    format!("{indent}{}", tidy(rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, roles: &str) -> Vec<String> {
        let lines: Vec<Line> = text
            .lines()
            .map(|text| Line { page: 1, text: text.trim_start_matches('^').into(), heads_page: text.starts_with('^') })
            .collect();
        let roles: Vec<Role> = roles
            .chars()
            .map(|ch| match ch {
                'c' => Role::Code,
                'l' => Role::Label,
                _ => Role::Amount,
            })
            .collect();
        rows(&lines, &roles)
            .iter()
            .map(|row| {
                row.cells
                    .iter()
                    .map(|cell| cell.as_ref().map_or("·", |cell| cell.text.as_str()))
                    .collect::<Vec<_>>()
                    .join("|")
            })
            .collect()
    }

    #[test]
    fn a_row_over_several_lines_is_put_together() {
        assert_eq!(
            drawn("2010399\n其他某办公厅(室)及相关\n支出\n400.00  400.00\n208 某支出 5.00 5.00  ", "claaa"),
            ["2010399|其他某办公厅(室)及相关支出|400.00|·|400.00", "208|某支出|5.00|5.00|·"]
        );
    }

    #[test]
    fn lines_of_spaces_are_blank_cells_around_a_wrapped_name() {
        assert_eq!(
            drawn("一、甲 1.00 一、乙 2.00 2.00\n  \n七、某某与某\n支出\n  \n  八、丁 3.00 3.00", "lalaa"),
            ["一、甲|1.00|一、乙|2.00|2.00", "·|·|七、某某与某支出|·|·", "·|·|八、丁|3.00|3.00"]
        );
    }

    #[test]
    fn the_label_of_a_total_covers_code_and_name() {
        assert_eq!(
            drawn("合计 9.00 4.00 5.00\n201 甲 9.00 4.00 5.00", "claaa"),
            ["合计|·|9.00|4.00|5.00", "201|甲|9.00|4.00|5.00"]
        );
    }

    #[test]
    fn blank_cells_that_a_page_mark_took_are_put_back_before_the_row() {
        assert_eq!(
            drawn("  二十八、甲   \n^二十九、乙\n支出\n  \n  三十、丙   ", "lalaa"),
            ["·|·|二十八、甲|·|·", "·|·|二十九、乙支出|·|·", "·|·|三十、丙|·|·"]
        );
    }

    #[test]
    fn blank_rows_are_gone() {
        assert_eq!(drawn("     \n甲 1.00 乙 2.00 2.00", "lalaa"), ["甲|1.00|乙|2.00|2.00"]);
    }
}
