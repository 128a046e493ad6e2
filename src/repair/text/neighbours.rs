//! How many cells the rows of a dump have near each of its lines.

use super::{is_decimal, is_whole};

/// Further rows may be laid out otherwise.
const NEAR: usize = 12;

/// So many lines that are no rows part two tables: head and column headers. A row's own lines are fewer.
const PARTING_LINES: usize = 3;

/// What a line tells of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// It is a row of so many cells.
    Cells(usize),
    /// It may be a row, but how many cells it has is in doubt.
    Unsure,
    /// It is none.
    Nothing,
}

/// What each line shows.
pub(super) struct Neighbours(Vec<Shown>);

impl Neighbours {
    pub(super) fn of(shown: impl Iterator<Item = Shown>) -> Self {
        Self(shown.collect())
    }

    /// How many rows near a line, of the same table as far as can be told, show so many cells.
    pub(super) fn showing(&self, idx: usize, n_cells: usize) -> usize {
        let (above, below) = (self.0.get(..idx).unwrap_or_default(), self.0.get(idx + 1..).unwrap_or_default());
        count(above.iter().rev(), n_cells) + count(below.iter(), n_cells)
    }
}

fn count<'a>(lines: impl Iterator<Item = &'a Shown>, n_cells: usize) -> usize {
    let mut n_others = 0;
    let of_table = lines.take(NEAR).take_while(|shown| {
        n_others = if **shown == Shown::Nothing { n_others + 1 } else { 0 };
        n_others < PARTING_LINES
    });
    of_table.filter(|shown| **shown == Shown::Cells(n_cells)).count()
}

/// How many cells a line with a number or blank cells shows: each space after the first between two texts is a blank one,
/// and each before the first text and after the last.
pub(super) fn n_cells(text: &str) -> Option<usize> {
    let is_row = text.contains("  ") || text.split(' ').any(|word| is_decimal(word) || is_whole(word));
    let n_texts = text.split(' ').filter(|word| !word.is_empty()).count();
    let n_spaces = text.bytes().filter(|byte| *byte == b' ').count();
    // One space parts each text from the next.
    is_row.then(|| n_texts + n_spaces - n_texts.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_beyond_one_are_cells() {
        assert_eq!(n_cells("甲 1.00  2.00"), Some(4));
        assert_eq!(n_cells(" 甲 1.00   "), Some(6));
        assert_eq!(n_cells("甲 1.00 "), Some(3));
        assert_eq!(n_cells("甲 乙"), None);
    }

    #[test]
    fn rows_far_away_and_rows_of_another_table_do_not_count() {
        let mut shown = vec![Shown::Cells(3); 2];
        shown.resize(40, Shown::Unsure);
        assert_eq!(Neighbours::of(shown.clone().into_iter()).showing(5, 3), 2);
        assert_eq!(Neighbours::of(shown.clone().into_iter()).showing(30, 3), 0);
        shown.splice(2..5, [Shown::Nothing; 3]);
        assert_eq!(Neighbours::of(shown.into_iter()).showing(5, 3), 0);
    }
}
