//! Rulings drawn between the rows of a table that has none between its columns: what stands between two of them is one row.

use super::blocks::Placed;
use super::columns::{Column, Holds};
use crate::geom::Rect;
use crate::read::{Orientation, Ruling};
use crate::segment::header::is_figure;

/// A ruling parts the rows of a table where it covers this share of its width.
const WIDE: f32 = 0.9;

/// The horizontal rulings of a page, as boxes without height.
#[derive(Clone, Debug, Default)]
pub(super) struct Bands(Vec<Rect>);

impl Bands {
    /// Those of rulings, put where `place` puts a box.
    pub(super) fn of(rulings: &[Ruling], place: impl Fn(&Rect) -> Rect) -> Self {
        let horizontal = rulings.iter().filter(|ruling| ruling.orientation == Orientation::Horizontal);
        let as_box = |ruling: &Ruling| Rect { x0: ruling.from, y0: ruling.at, x1: ruling.to, y1: ruling.at };
        let mut own: Vec<Rect> = horizontal.map(|ruling| place(&as_box(ruling))).collect();
        own.sort_by(|a, b| a.y0.total_cmp(&b.y0));
        Self(own)
    }

    /// The heights of those that cover the width of a box, from the top down.
    pub(super) fn across(&self, table: &Rect) -> Vec<f32> {
        let covers = |ruling: &&Rect| ruling.overlap_x(table) >= WIDE * table.width();
        self.0.iter().filter(covers).map(|ruling| ruling.y0).collect()
    }
}

/// For the texts of a table's body the row of each, where rulings at such heights part them so that each row has no more than
/// one amount in a column and more than one row has any.
pub(super) fn rows(texts: &[Placed], columns: &[Column], rulings: &[f32]) -> Option<Vec<usize>> {
    let band = |text: &Placed| rulings.partition_point(|at| *at < text.line.rect.center_y());
    let mut bands: Vec<usize> = texts.iter().map(band).collect();
    bands.sort_unstable();
    bands.dedup();
    let holds_amounts = |column: usize| columns.get(column).is_some_and(|column| column.holds == Some(Holds::Amounts));
    let of_amounts = texts.iter().filter(|text| holds_amounts(text.column) && is_figure(&text.line.text));
    let mut amounts: Vec<(usize, usize)> = of_amounts.map(|text| (band(text), text.column)).collect();
    let n_amounts = amounts.len();
    amounts.sort_unstable();
    amounts.dedup();
    let has_several = amounts.first().zip(amounts.last()).is_some_and(|(first, last)| first.0 != last.0);
    let row = |text: &Placed| bands.binary_search(&band(text)).ok();
    (amounts.len() == n_amounts && has_several).then(|| texts.iter().map(row).collect()).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::columns;
    use super::super::text;
    use super::*;

    #[test]
    fn rulings_that_do_not_cover_a_table_part_no_rows_of_it() {
        let bands =
            Bands(vec![Rect { x0: 0.0, y0: 10.0, x1: 99.0, y1: 10.0 }, Rect { x0: 0.0, y0: 20.0, x1: 60.0, y1: 20.0 }]);
        assert_eq!(bands.across(&Rect { x0: 0.0, y0: 0.0, x1: 100.0, y1: 50.0 }), [10.0]);
    }

    /// The row of each text of a drawing whose lines are sixteen points apart, with rulings below some lines.
    fn rows_of(page: &str, below: &[usize]) -> Option<Vec<usize>> {
        let body = text::drawn(page);
        let columns = columns::columns(&body);
        let texts = body.iter().flat_map(|line| {
            columns::placed(line, &columns).map(|(column, piece)| Placed {
                row: 0,
                column,
                line: line.cell_line(piece),
            })
        });
        let rulings: Vec<f32> = below.iter().map(|line| *line as f32 * super::super::PITCH + 13.0).collect();
        rows(&texts.collect::<Vec<_>>(), &columns, &rulings)
    }

    const PAGE: &str = "甲项很长的名
称          1.00
乙项        2.00";

    #[test]
    fn texts_between_two_rulings_are_one_row() {
        assert_eq!(rows_of(PAGE, &[1]), Some(vec![0, 0, 0, 1, 1]));
    }

    #[test]
    fn rulings_that_leave_two_amounts_in_a_row_part_no_rows() {
        assert_eq!(rows_of(PAGE, &[0]), None);
        assert_eq!(rows_of(PAGE, &[]), None);
    }
}
