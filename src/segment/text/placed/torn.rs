//! Rows of a page with places whose names may be another row's: they stand beside no amount, or as far apart as rows do.

use super::columns::{self, Column, Holds};
use super::piece::TextRow;
use crate::segment::text::table::doubt;
use crate::terms::header::{is_subtotal, is_total};

/// For each row whether its name may be another's; `rows` tells the row of each line.
pub(super) fn rows(body: &[TextRow], rows: &[usize], columns: &[Column]) -> Vec<bool> {
    let n_rows = rows.last().map_or(0, |last| last + 1);
    let mut shown: Vec<Shown> = vec![Shown::default(); n_rows];
    for (line, row) in body.iter().zip(rows) {
        let Some(shown) = shown.get_mut(*row) else { continue };
        for (column, piece) in columns::place(line, columns).into_iter().zip(&line.pieces) {
            match columns.get(column).and_then(|column| column.holds) {
                Some(Holds::Amounts) => shown.amounts.push(line.n_above),
                Some(Holds::Names) => shown.names.push((column, line.n_above, piece.text.as_str())),
                _ => {}
            }
        }
    }
    let pitch = pitch(&shown);
    let lacks_name = |row: usize| {
        let above = row.checked_sub(1).and_then(|above| shown.get(above));
        above.into_iter().chain(shown.get(row + 1)).any(|beside| shown[row].lacks(beside))
    };
    shown.iter().enumerate().map(|(idx, row)| row.is_torn(pitch) || lacks_name(idx)).collect()
}

/// The lines on which a row has texts.
#[derive(Clone, Default)]
struct Shown<'a> {
    amounts: Vec<usize>,
    /// With the column of each, and its text.
    names: Vec<(usize, usize, &'a str)>,
}

impl Shown<'_> {
    /// Whether a row beside is nothing but a name in a column, right of the names of this one, where this one has none.
    fn lacks(&self, beside: &Self) -> bool {
        let is_missing = |column: usize| self.names.iter().all(|(own, ..)| *own < column) && !self.names.is_empty();
        !self.amounts.is_empty()
            && beside.amounts.is_empty()
            && beside.names.iter().any(|(column, ..)| is_missing(*column))
    }

    fn is_torn(&self, pitch: usize) -> bool {
        let lines = || self.names.iter().map(|(_, line, _)| *line);
        let (Some(first), Some(last)) = (lines().min(), lines().max()) else { return false };
        let is_beside = |line: &usize| (first..=last).contains(line);
        let is_apart = |(column, line, text): &(usize, usize, &str)| {
            let below = self.names.iter().filter(|(other, below, _)| other == column && below > line);
            let next = below.min_by_key(|(_, below, _)| *below);
            next.is_some_and(|(_, below, next)| below - line >= pitch || (doubt::ends_name(text) && is_whole(next)))
        };
        !self.amounts.is_empty() && (!self.amounts.iter().all(is_beside) || self.names.iter().any(is_apart))
    }
}

/// The end of a name that is wrapped is seldom a name of so few characters.
const SHORT: usize = 4;

fn is_whole(text: &str) -> bool {
    is_total(text) || is_subtotal(text) || (text.chars().count() <= SHORT && doubt::ends_name(text))
}

/// How far rows stand apart; without lines between them the lines of one name stand as near.
fn pitch(shown: &[Shown<'_>]) -> usize {
    let mut apart: Vec<usize> = shown
        .windows(2)
        .filter_map(|pair| match pair {
            [above, below] => Some(below.amounts.first()?.abs_diff(*above.amounts.last()?)),
            _ => None,
        })
        .collect();
    apart.sort_unstable();
    apart.get(apart.len() / 2).copied().filter(|pitch| *pitch > 1).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::rows::rows_of;
    use super::super::text;
    use super::*;
    use crate::segment::text::line::Line;

    /// The rows of a drawing whose names may be others'.
    fn torn(table: &str) -> Vec<usize> {
        let lines: Vec<Line> =
            table.lines().map(|text| Line { page: 1, text: text.to_owned(), heads_page: false }).collect();
        let body = text::rows(&lines);
        let of_lines = rows_of(&body);
        let torn = rows(&body, &of_lines, &columns::columns(&body));
        torn.iter().enumerate().filter(|(_, torn)| **torn).map(|(row, _)| row).collect()
    }

    #[test]
    fn a_name_beside_its_amount_is_its_own() {
        assert_eq!(torn("甲项目支出   1.00   2.00\n乙项目支出   3.00   4.00"), Vec::<usize>::new());
        // FIXME: the row below a name that wraps about its figures is doubted with it.
        assert_eq!(torn("甲项目很长的\n         1.00   2.00\n名称\n乙项目支出   3.00   4.00"), [1]);
    }

    #[test]
    fn names_that_all_stand_a_line_above_their_amounts_are_their_own() {
        assert!(torn("甲项目支出\n        1.00   2.00\n乙项目支出\n        3.00   4.00").is_empty());
    }

    #[test]
    fn a_name_of_several_columns_between_two_rows_may_be_of_either() {
        let page = "甲类服务   0209-培训服务   技术业务培训   1.00\n                     其他适合的某某\n甲类服务   0210-信息服务             2.00\n                     信息服务\n甲类服务   0210-信息服务   数据处理       3.00";
        assert!(torn(page).contains(&1));
    }

    #[test]
    fn two_names_below_each_other_are_no_wrapped_one() {
        let is_torn = |below: &str| {
            let shown = Shown { amounts: vec![1], names: vec![(0, 1, "某某拨款资金"), (0, 2, below)] };
            shown.is_torn(usize::MAX)
        };
        assert!(is_torn("专项收入") && is_torn("小计") && !is_torn("安排的支出"));
    }
}
