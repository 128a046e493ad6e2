//! Lines of a table become rows: a row may go over several lines, and a line of spaces is cells that are blank.

use super::super::item::{Class, Item, class, items};
use super::super::line::Line;
use super::super::spacing::{tidy, width};
use super::fit::{Columns, Fit, RowItem, fit};
use super::word::{Word, ends_sentence};
use crate::geom::Inset;
use crate::provenance::Provenance;
use crate::segment::cost::rows::{FULL_ALONE, NO_ROW, PAGE_WITHIN, REST_ALONE};
use crate::segment::least_cost::States;
use crate::segment::{Cell, TableRow};

/// A row of a dump goes over at most this many lines.
const MAX_ROW_LINES: usize = 14;

/// A row, and whether blank cells of it are lost.
pub(super) struct Fitted {
    pub(super) row: TableRow,
    /// Amounts may belong further right than they stand.
    pub(super) open: bool,
}

/// The rows; wholly blank ones are gone.
pub(super) fn rows(lines: &[Line], columns: &Columns) -> Vec<Fitted> {
    let cells: Vec<Vec<Item>> = lines.iter().map(|line| items(&line.text)).collect();
    let mut columns = columns.clone();
    columns.decimals = has_decimals(&cells);
    let shows_blank = |line: &Line| line.text.ends_with(' ') || line.text.starts_with(' ');
    columns.no_blanks = !cells.iter().flatten().any(|item| *item == Item::Blank) && !lines.iter().any(shows_blank);
    let groups = group(&cells, lines, &columns);
    groups.into_iter().filter_map(|(from, to, fit)| row(lines.get(from..to)?, fit)).collect()
}

/// Whether nearly all that can only be an amount has decimals.
fn has_decimals(lines: &[Vec<Item>]) -> bool {
    let amounts = || lines.iter().flatten().filter(|item| item.is_amount());
    let n_with = amounts().filter(|item| matches!(item, Item::Text(text) if text.contains('.'))).count();
    n_with > 0 && n_with * 10 >= amounts().count() * 9
}

/// A line of this share of the widest text (in tenths) can go on in the next.
const FULL_TENTHS: usize = 6;

/// A line of this share of the widest text (in tenths) goes on in the next as a rule.
const FULL_NAME_TENTHS: usize = 8;

/// Divides the lines into rows so that as many as possible have exactly the table's columns.
fn group(items: &[Vec<Item>], lines: &[Line], columns: &Columns) -> Vec<(usize, usize, Fit)> {
    // Texts behind as many amounts are of one column, or of columns as wide; one that ends a sentence is whole.
    let ends: Vec<(usize, usize)> = items
        .iter()
        .map(|line| match line.last() {
            Some(Item::Text(text)) if class(text) == Class::Words && !ends_sentence(text) => {
                (line.iter().filter(|item| item.is_amount()).count(), width(text))
            }
            _ => (0, 0),
        })
        .collect();
    let widest = |n_amounts: usize| ends.iter().filter(|end| end.0 == n_amounts).map(|end| end.1).max().unwrap_or(0);
    let widest: Vec<usize> = (0..=columns.roles.len()).map(widest).collect();
    let share =
        |(n_amounts, width): (usize, usize)| 10 * width / widest.get(n_amounts).copied().unwrap_or_default().max(1);
    // A line of a name that fills its column, and nothing else.
    let is_full_name = |at: usize| {
        let is_alone = items.get(at).is_some_and(|line| matches!(line.as_slice(), [Item::Text(_)]));
        is_alone && ends.get(at).is_some_and(|end| share(*end) >= FULL_NAME_TENTHS)
    };
    let words: Vec<Vec<Option<Word<'_>>>> =
        items.iter().map(|line| line.iter().map(|item| item.text().map(Word::of)).collect()).collect();
    // A state for the end of each line; a step for each row.
    let mut states: States<u32, Option<Fit>> = States::new(items.len() + 1);
    for end in 1..=items.len() {
        let mut row: Vec<RowItem<'_>> = Vec::new();
        for from in (end.saturating_sub(MAX_ROW_LINES)..end).rev() {
            let Some(line) = words.get(from) else { continue };
            let full =
                from.checked_sub(1).and_then(|above| ends.get(above)).is_some_and(|end| share(*end) >= FULL_TENTHS);
            let spaced = lines.get(from).is_some_and(|line| line.text.ends_with(' '));
            let front = line.iter().enumerate().map(|(idx, word)| RowItem {
                word: word.as_ref(),
                wraps: idx == 0 && full,
                first: idx == 0,
                spaced: idx + 1 == line.len() && spaced,
            });
            row.splice(0..0, front);
            if row.len() > 2 * columns.roles.len() + MAX_ROW_LINES {
                break;
            }
            let Some(before) = states.cost(from) else { continue };
            let n_lines = u32::try_from(end - from).unwrap_or(u32::MAX);
            let of_row = lines.get(from..end).unwrap_or_default();
            let broken = of_row.first().map(|line| line.page) != of_row.last().map(|line| line.page);
            let mut words_of_row = row.iter().filter_map(|item| item.word);
            let has_amount = words_of_row.any(|word| word.class == Class::Amount);
            let is_cut = columns.no_blanks && is_full_name(end - 1) && !has_amount;
            let is_rest = from > 0 && row.first().and_then(|item| item.word).is_some_and(Word::is_rest);
            let more = n_lines - 1
                + if broken { PAGE_WITHIN } else { 0 }
                + if is_cut { FULL_ALONE } else { 0 }
                + if is_rest { REST_ALONE } else { 0 };
            // However well the lines fit, they cost no less than this.
            if states.cost(end).is_some_and(|known| before.saturating_add(more) >= known) {
                continue;
            }
            let heads_page = lines.get(from).is_some_and(|line| line.heads_page);
            let fit = fit(&row, columns, heads_page);
            // Lines that fit no column cost more than can be added up.
            states.offer(from, end, more.saturating_add(fit.cost).min(u32::MAX - before), Some(fit));
        }
        // A line that no row can take stands alone.
        if states.cost(end).is_none() {
            let before = states.cost(end - 1).unwrap_or_default();
            states.offer(end - 1, end, NO_ROW.min(u32::MAX - before), None);
        }
    }
    let way = states.way(items.len()).into_iter();
    way.filter_map(|(from, end, fit)| Some((from, end, fit.clone()?))).collect()
}

/// A row of the table; `None` for a blank one.
fn row(lines: &[Line], fit: Fit) -> Option<Fitted> {
    let page = lines.iter().find(|line| !line.is_blank()).map(|line| line.page)?;
    let provenance = Provenance::page(page);
    let open = fit.open;
    let cells: Vec<Option<Cell>> = fit
        .cells
        .into_iter()
        .map(|text| {
            let text = text?;
            let text = indented(&text);
            let n_spaces = text.chars().take_while(|ch| ch.is_whitespace()).count();
            let inset = Some(Inset { left: n_spaces as f32, centered: false });
            Some(Cell { text, provenance, n_columns: 1, n_rows: 1, doubt: None, inset })
        })
        .collect();
    cells.iter().any(Option::is_some).then_some(Fitted { row: TableRow { cells, provenance }, open })
}

/// The text with its indent, by which names show their level.
fn indented(text: &str) -> String {
    let indent = text.len() - text.trim_start_matches('\u{3000}').len();
    let (indent, rest) = text.split_at(indent);
    format!("{indent}{}", tidy(rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::super::super::drawn::{roles, shown};
    use super::*;

    fn drawn(text: &str, letters: &str) -> Vec<String> {
        let lines: Vec<Line> = text
            .lines()
            .map(|text| Line { page: 1, text: text.trim_start_matches('^').into(), heads_page: text.starts_with('^') })
            .collect();
        let columns = Columns::new(&roles(letters), &[]);
        rows(&lines, &columns).iter().map(|fitted| shown(&fitted.row)).collect()
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
    fn a_line_within_a_row_can_end_with_a_blank_cell_that_one_space_shows() {
        assert_eq!(
            drawn("七、甲 7 1.00 七、乙 40 5.00\n 8 \n八、丙丁戊己庚辛\n支出\n41 6.00\n 9  九、壬 42 7.00", "ltalta"),
            ["七、甲|7|1.00|七、乙|40|5.00", "·|8|·|八、丙丁戊己庚辛支出|41|6.00", "·|9|·|九、壬|42|7.00"]
        );
    }

    #[test]
    fn rows_without_any_blank_cell_shown_stay_apart() {
        assert_eq!(
            drawn("208 05 甲 5.00\n208 05 01 乙 5.00\n210 丙 6.00", "cccla"),
            ["208|05|·|甲|5.00", "208|05|01|乙|5.00", "210|·|·|丙|6.00"]
        );
        assert_eq!(drawn("30305 甲 4.73\n30309 乙 1.50", "clacla"), ["30305|甲|4.73|·|·|·", "30309|乙|1.50|·|·|·"]);
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
