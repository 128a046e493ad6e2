//! Whether a dump has lost the order of its tables: an extractor wrote column after column, so that no line shows a row.

use super::line::Line;
use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::read::DumpPage;
use crate::segment::Layout;
use crate::segment::unread::{self, is_amount};

/// How a dump writes its tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// A row on a line, as a rule.
    Rows,
    /// A cell on a line.
    Cells,
    /// Column after column.
    Columns,
}

/// No row has so many amounts one after another, with nothing between; a column has as many as it has rows.
const LONG_RUN: usize = 20;

/// Where this share of a text's amounts, in hundredths, stands in such runs, the text is written by columns.
const LEAST_SHARE: usize = 10;

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
        n_amounts += unread::n_amounts(&line.text);
        if is_lone_amount(line) {
            n_lone += 1;
            run.push(line);
        } else {
            close(&mut run);
        }
    }
    close(&mut run);
    first.filter(|_| n_lone * 2 > n_amounts && n_in_runs * 100 >= n_amounts * LEAST_SHARE)
}

/// Whether a line is an amount and nothing else.
fn is_lone_amount(line: &Line) -> bool {
    is_amount(line.text.trim()) && line.words().count() == 1
}

/// Whether most amounts of these lines stand alone.
pub(super) fn is_of_cells(lines: &[Line]) -> bool {
    let n_amounts: usize = lines.iter().map(|line| unread::n_amounts(&line.text)).sum();
    lines.iter().filter(|line| is_lone_amount(line)).count() * 2 > n_amounts
}

/// Says that what stands in a table cannot be put together.
pub(super) fn note(page: u32, notes: &mut Vec<Note>) {
    let message = "the text is written column by column: which amounts stand in one row cannot be told";
    notes.push(Note::new(NoteKind::TextOrderLost, message, Provenance::page(page)));
}

/// Says which pages between others have no text.
pub(super) fn note_blank(pages: &[DumpPage], layout: &mut Layout) {
    let is_blank = |page: &DumpPage| page.lines.iter().all(|line| line.text.trim().is_empty());
    let n_blank_at_end = pages.iter().rev().take_while(|page| is_blank(page)).count();
    let inner = pages.iter().take(pages.len() - n_blank_at_end).skip_while(|page| is_blank(page));
    for page in inner.filter(|page| is_blank(page)) {
        let message = "the dump has no text of the page: it is blank, or a picture that the PDF alone shows";
        layout.notes.push(Note::new(NoteKind::NoTextLayer, message, Provenance::page(page.number)));
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawn::lines;
    use super::*;

    #[test]
    fn a_long_column_of_amounts_is_no_row() {
        let column = |n: usize| "甲\n".repeat(n) + &"1.00\n".repeat(n);
        assert_eq!(lost(&lines(&column(30))), Some(1));
        assert_eq!(lost(&lines(&column(12))), None);
        assert_eq!(lost(&lines(&"甲\n1.00\n2.00\n".repeat(30))), None);
        assert_eq!(lost(&lines(&(column(30) + &"乙 1.00 2.00\n".repeat(60)))), None);
    }
}
