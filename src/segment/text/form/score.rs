//! The last row of a self-evaluation: 总分, the sum of the weights and that of the scores.

use super::columns::IndicatorColumns;
use super::label_of;
use super::sheet::Sheet;
use crate::terms::form::{FormLabel, IndicatorColumn};

/// The sum of the scores.
#[derive(Clone, Debug)]
pub(super) struct Score {
    label: String,
    words: Vec<String>,
}

impl Score {
    /// Whether a line is the row of the sum.
    pub(super) fn opens(line: &str) -> bool {
        line.split_whitespace().next().and_then(label_of) == Some(FormLabel::TotalScore)
    }

    pub(super) fn read(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace().map(str::to_owned);
        Some(Self { label: words.next()?, words: words.collect() })
    }

    /// Draws the row: the last number is the score, one before it the weight.
    pub(super) fn draw(&self, sheet: &mut Sheet, columns: &IndicatorColumns, page: u32) {
        let row = sheet.add_row();
        let place = |kind: &'static str| columns.place(IndicatorColumn::Extra(kind));
        let (weight, score) = (place("weight"), place("score"));
        let first = weight.into_iter().chain(score).min().unwrap_or(1);
        sheet.put(row, 0..first, vec![self.label.clone()], page);
        let (last, before) = match self.words.split_last() {
            Some((last, before)) => (Some(last), before.last()),
            None => (None, None),
        };
        let score = score.or(first.checked_add(1)).filter(|score| Some(*score) != weight);
        for (column, word) in [(weight, before), (score, last)] {
            if let (Some(column), Some(word)) = (column, word) {
                sheet.put(row, column..column + 1, vec![word.clone()], page);
            }
        }
    }
}
