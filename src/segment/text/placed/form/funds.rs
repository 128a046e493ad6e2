//! Funds: an amount stands in the column of its head, and beside a label that has none there is a blank cell.

use super::Placed;
use crate::segment::header::is_figure;
use crate::segment::least_cost;
use crate::terms::form::{FormLabel, FundColumn, IndicatorColumn};

/// Puts amounts under their heads, and blank cells beside labels.
pub(super) fn place(placed: &mut [Placed], n_rows: usize) {
    for row in 0..n_rows {
        let heads = in_row(placed, row, heads_column);
        let funds = in_row(placed, row, is_fund);
        if heads.len() >= 2 {
            place_lines(placed, &heads, row + 1..n_rows);
        } else if funds.len() >= 2 && !values(placed, row + 1).is_empty() {
            let values = values(placed, row + 1);
            bind(placed, &funds, &values);
        } else {
            leave_blanks(placed, row);
        }
    }
}

/// The lines of a self-evaluation below 年初预算数, 全年执行数: a label and its amounts.
fn place_lines(placed: &mut [Placed], heads: &[usize], rows: std::ops::Range<usize>) {
    let lines: Vec<(usize, Vec<usize>)> = rows
        .map_while(|row| {
            let cells = in_row(placed, row, |cell| cell.n_rows() == 1);
            let (label, values) = cells.split_first()?;
            let is_line = placed.get(*label).is_some_and(is_fund) && values.len() <= heads.len();
            (is_line && are_amounts(placed, values)).then(|| (*label, values.to_vec()))
        })
        .collect();
    let labels_end = lines.iter().filter_map(|(label, _)| placed.get(*label)).map(|cell| cell.text.rect.x1);
    let Some(left) = labels_end.reduce(f32::max) else { return };
    let Some(first) = heads.first().and_then(|idx| placed.get_mut(*idx)) else { return };
    if left >= first.text.rect.x1 {
        return;
    }
    first.x0 = first.x0.max(left);
    let left = first.x0;
    for (label, values) in lines {
        if let Some(label) = placed.get_mut(label) {
            label.x1 = left;
        }
        bind(placed, heads, &values);
    }
}

/// Gives amounts the columns of heads. Where there are fewer of them than heads, the nearest are taken in their order,
/// and each that does not stand clearly below its own is a guess.
fn bind(placed: &mut [Placed], heads: &[usize], amounts: &[usize]) {
    let middles = |cells: &[usize]| -> Vec<f32> {
        cells.iter().filter_map(|idx| placed.get(*idx)).map(|cell| cell.text.rect.center_x()).collect()
    };
    let (of_amounts, of_heads) = (middles(amounts), middles(heads));
    let chosen = least_cost::places(of_amounts.len(), of_heads.len(), |amount, head| {
        (of_amounts[amount] - of_heads[head]).abs()
    });
    let is_complete = amounts.len() == heads.len();
    for (amount, head) in amounts.iter().zip(chosen.unwrap_or_default()) {
        let Some((x0, x1, rect)) =
            heads.get(head).and_then(|idx| placed.get(*idx)).map(|head| (head.x0, head.x1, head.text.rect))
        else {
            continue;
        };
        if let Some(cell) = placed.get_mut(*amount) {
            (cell.x0, cell.x1) = (x0, x1);
            cell.guessed = !is_complete && cell.text.rect.overlap_x(&rect) <= 0.0;
        }
    }
}

/// A label without an amount beside it does not cover the place of that amount.
fn leave_blanks(placed: &mut [Placed], row: usize) {
    let cells = in_row(placed, row, |_| true);
    for (at, idx) in cells.iter().enumerate() {
        let has_amount = cells.get(at + 1).is_some_and(|next| are_amounts(placed, &[*next]));
        if let Some(cell) = placed.get_mut(*idx).filter(|cell| is_fund(cell) && cell.n_rows() == 1 && !has_amount) {
            cell.x1 = cell.text.rect.x1;
        }
    }
}

/// The cells of a row that holds nothing but amounts; else none.
fn values(placed: &[Placed], row: usize) -> Vec<usize> {
    let cells = in_row(placed, row, |cell| cell.n_rows() == 1);
    if are_amounts(placed, &cells) { cells } else { Vec::new() }
}

/// The cells that begin in a row, from left to right.
fn in_row(placed: &[Placed], row: usize, is_wanted: impl Fn(&Placed) -> bool) -> Vec<usize> {
    let mut out: Vec<usize> = (0..placed.len())
        .filter(|idx| placed.get(*idx).is_some_and(|cell| cell.row == row && is_wanted(cell)))
        .collect();
    let x0 = |idx: &usize| placed.get(*idx).map_or(0.0, |cell| cell.text.rect.x0);
    out.sort_by(|a, b| x0(a).total_cmp(&x0(b)));
    out
}

fn is_fund(cell: &Placed) -> bool {
    matches!(cell.text.label, Some(FormLabel::Fund(..)))
}

fn heads_column(cell: &Placed) -> bool {
    match cell.text.label {
        Some(FormLabel::FundColumn(column)) => column != FundColumn::Sum,
        Some(FormLabel::Indicator(IndicatorColumn::Extra(key))) => matches!(key, "weight" | "score"),
        _ => false,
    }
}

fn are_amounts(placed: &[Placed], cells: &[usize]) -> bool {
    cells.iter().filter_map(|idx| placed.get(*idx)).all(|cell| {
        let whole: String = cell.text.lines.iter().map(|line| line.text.as_str()).collect();
        is_figure(&whole) || whole.chars().all(|ch| matches!(ch, '—' | '-' | '－' | '–'))
    })
}
