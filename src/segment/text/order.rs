//! Whether a dump has lost the order of its tables: an extractor wrote column after column, so that no line shows a row.

use super::item::{Class, class};
use super::line::Line;
use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::segment::{Layout, Region};

/// No row has so many amounts one after another, with nothing between; a column has as many as it has rows.
const LONG_RUN: usize = 20;

/// Where this share of a text's amounts, in hundredths, stands in such runs, the text is written by columns.
const LEAST_SHARE: usize = 10;

/// Amounts of fewer lines may be of sentences.
const LEAST_AMOUNTS: usize = 10;

/// The first page with a column written down, where the lines are.
pub(super) fn lost(lines: &[Line]) -> Option<u32> {
    let (mut n_amounts, mut n_lone, mut n_in_runs) = (0, 0, 0);
    let mut first = None;
    let mut run: Vec<&Line> = Vec::new();
    let mut close = |run: &mut Vec<&Line>| {
        if run.len() > LONG_RUN {
            n_in_runs += run.len();
            first = first.or(run.first().map(|line| line.page));
        }
        run.clear();
    };
    for line in lines.iter().filter(|line| !line.is_blank()) {
        let n = n_amounts_of(line);
        n_amounts += n;
        if n == 1 && line.words().count() == 1 {
            n_lone += 1;
            run.push(line);
        } else {
            close(&mut run);
        }
    }
    close(&mut run);
    first.filter(|_| n_lone * 2 > n_amounts && n_in_runs * 100 >= n_amounts * LEAST_SHARE)
}

fn n_amounts_of(line: &Line) -> usize {
    line.words().filter(|word| class(word) == Class::Amount && word.contains('.')).count()
}

/// Whether most amounts of these lines stand alone.
pub(super) fn is_of_cells(lines: &[Line]) -> bool {
    let (mut n_amounts, mut n_lone) = (0, 0);
    for line in lines {
        let n = n_amounts_of(line);
        n_amounts += n;
        n_lone += usize::from(n == 1 && line.words().count() == 1);
    }
    n_lone * 2 > n_amounts
}

/// Says that what stands in a table cannot be put together.
pub(super) fn note(page: u32, notes: &mut Vec<Note>) {
    let message = "the text is written column by column: which amounts stand in one row cannot be told";
    notes.push(Note::new(NoteKind::TextOrderLost, message, Provenance::page(page)));
}

/// Says that rows were not recognised as a table, where a dump shows some and none came of it.
pub(super) fn note_unread(lines: &[Line], layout: &mut Layout) {
    let is_read = |region: &Region| match region {
        Region::Table(table) => !table.rows.is_empty(),
        Region::Form(_) => true,
        Region::Narrative(_) => false,
    };
    if layout.regions.iter().any(is_read) || layout.notes.iter().any(|note| note.kind == NoteKind::TextOrderLost) {
        return;
    }
    let mut rows = lines.iter().filter(|line| n_amounts_of(line) > 0);
    if let (Some(first), Some(_)) = (rows.next(), rows.nth(LEAST_AMOUNTS - 2)) {
        let message = "amounts stand in rows, and no table is recognised above them: none is published";
        layout.notes.push(Note::new(NoteKind::TableUnread, message, Provenance::page(first.page)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Line> {
        text.lines().map(|text| Line { page: 2, text: text.into(), heads_page: false }).collect()
    }

    #[test]
    fn a_long_column_of_amounts_is_no_row() {
        let column = |n: usize| "甲\n".repeat(n) + &"1.00\n".repeat(n);
        assert_eq!(lost(&lines(&column(30))), Some(2));
        assert_eq!(lost(&lines(&column(12))), None);
        assert_eq!(lost(&lines(&"甲\n1.00\n2.00\n".repeat(30))), None);
        assert_eq!(lost(&lines(&(column(30) + &"乙 1.00 2.00\n".repeat(60)))), None);
    }
}
