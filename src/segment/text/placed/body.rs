//! The rows of a table's body: the texts in them, and whether others are about as likely.

use super::blocks::{self, Placed};
use super::centred;
use super::columns::{self, Column};
use super::piece::{Piece, TextRow};
use super::rows::rows_of;
use super::torn::{self, Told};
use crate::segment::doubt::Doubt;

/// The texts of a table's body in rows.
pub(super) struct Rows {
    pub(super) placed: Vec<Placed>,
    /// Where each row's line begins; nothing where rows meet half way between their texts.
    pub(super) tops: Vec<f32>,
    /// What is doubtful of each row: which lines are its own, or whose name it has.
    pub(super) doubts: Vec<Option<Doubt>>,
}

impl Rows {
    /// Those of a table that lists no indicators.
    pub(super) fn of(body: &[TextRow], columns: &[Column]) -> Self {
        let (of_texts, of_rows, doubts) = match centred::rows(body, columns) {
            Some(centred) => {
                let line = |idx: &usize| body.get(*idx).map_or(0.0, |line| line.rect().y0);
                let doubts = centred.sure.iter().map(|sure| (!sure).then_some(Doubt::OrderUnclear)).collect();
                (centred.rows, centred.figures.iter().map(line).collect(), doubts)
            }
            None => Self::of_lines(body, columns),
        };
        let mut placed: Vec<Placed> = Vec::new();
        for (line, rows) in body.iter().zip(&of_texts) {
            for ((column, piece), row) in columns::placed(line, columns).zip(rows) {
                placed.push(Placed { row: *row, column, line: line.cell_line(piece) });
            }
        }
        let numbers = blocks::lift(&mut placed, of_rows.len());
        let number = |row: usize| numbers.get(row).copied().unwrap_or(0);
        placed.iter_mut().for_each(|text| text.row = number(text.row));
        let mut own = Self { placed, tops: Vec::new(), doubts: Vec::new() };
        for (row, (top, doubt)) in of_rows.iter().zip(doubts).enumerate() {
            if number(row) == own.tops.len() {
                own.tops.push(*top);
                own.doubts.push(None);
            }
            if let Some(slot) = own.doubts.get_mut(number(row)) {
                *slot = slot.or(doubt);
            }
        }
        own
    }

    /// For each line the row of each of its texts, where each row begins, and what is doubtful of it, where
    /// each line is of one row.
    fn of_lines(body: &[TextRow], columns: &[Column]) -> (Vec<Vec<usize>>, Vec<f32>, Vec<Option<Doubt>>) {
        let rows = rows_of(body);
        let mut tops: Vec<f32> = Vec::new();
        for (line, row) in body.iter().zip(&rows) {
            if *row == tops.len() {
                tops.push(line.rect().y0);
            }
        }
        let Told { torn, whole } = torn::told(body, &rows, columns);
        let parted = parted_rows(body, &rows, tops.len());
        let is = |of: &[bool], row: usize| of.get(row) == Some(&true);
        let near = |row: usize| row.saturating_sub(1)..(row + 2).min(tops.len());
        // A name that is cut off may belong to the row above or below; the rest of a first or last row may be on another page.
        // A row of several lines is not in doubt where its names fill all but the last of theirs, and one beside such a row
        // where its own name ends.
        let is_open = |row: usize| is(&torn, row) || (is(&parted, row) && !is(&whole, row));
        let is_at_edge = |row: usize| row == 0 || row + 1 == tops.len();
        let is_doubtful = |row: usize| {
            near(row).any(is_open) || (!is(&whole, row) && (is_at_edge(row) || near(row).any(|row| is(&parted, row))))
        };
        let has_torn = torn.contains(&true);
        let is_about = centred::has_lone_amounts(body);
        let doubts = (0..tops.len()).map(|row| match () {
            () if has_torn && is_doubtful(row) => Some(Doubt::PlacesUnclear),
            () => (is_about && is_doubtful(row)).then_some(Doubt::OrderUnclear),
        });
        let doubts = doubts.collect();
        let of_texts = body.iter().zip(&rows).map(|(line, row)| vec![*row; line.pieces.len()]).collect();
        (of_texts, tops, doubts)
    }
}

/// For each row whether it is more than one line with a name left of an amount: a line of it may be another row's.
fn parted_rows(body: &[TextRow], rows: &[usize], n_rows: usize) -> Vec<bool> {
    let mut parted = vec![None; n_rows];
    for (line, row) in body.iter().zip(rows) {
        let Some(slot) = parted.get_mut(*row) else { continue };
        let has_amount = line.pieces.iter().any(Piece::is_amount);
        *slot = Some(slot.is_some() || !has_amount || centred::has_no_name(line));
    }
    parted.into_iter().map(|parted| parted != Some(false)).collect()
}
