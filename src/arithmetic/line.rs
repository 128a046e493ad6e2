//! A row of one side of a statement: its names, codes and figures.

use super::code::Code;
use super::label::Label;

/// A row of one side.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// The record that it is a part of.
    pub(crate) record: usize,
    /// The last label of the row that is no sum word, or the sum word where there is no other.
    pub(crate) label: Label,
    /// The row and column of the cell that names it: its own, or one above that is merged over its row.
    pub(crate) named_at: Option<(usize, usize)>,
    /// Every name in the row, codes and sum words apart.
    pub(crate) names: Vec<String>,
    /// Bit i is set where head column i is filled with more than a sum word.
    pub(crate) filled: u64,
    /// The whole row is a sum: its first label is a sum word.
    pub(crate) total: bool,
    /// The side that the label of this sum stands on, where its cell is merged over several sides.
    pub(crate) shared: Option<usize>,
    /// A merged cell that its table prints again on the next page: label, codes and amounts of the row above it.
    pub(crate) reprint: bool,
    /// Its classes as printed, joined: at most one of each coding of the side.
    pub(crate) printed: Vec<Code>,
    /// Of a side that prints no classes, those that rows of the same names have elsewhere in the report.
    pub(crate) lent: Vec<Code>,
    /// Its page.
    pub(crate) page: u32,
    /// The figures in the side's amount columns, each by the number that the reader of the table gives it.
    pub(crate) figures: Vec<Option<usize>>,
}

impl Line {
    /// Whether it is an item by no means: a sum, a row printed again, a sum of a page, a row without a name.
    pub(crate) fn is_apart(&self) -> bool {
        self.total || self.reprint || self.filled == 0 || self.label.page_sum.is_some()
    }

    /// The classes that are known of it.
    pub(crate) fn classes(&self) -> impl Iterator<Item = Code> {
        self.printed.iter().chain(&self.lent).copied()
    }
}
