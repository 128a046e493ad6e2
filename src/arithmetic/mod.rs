//! What printed tables promise of their figures, told once for every stage: amounts, codes, labels, sides, sums and rounding.
//!
//! It knows columns and rows, their labels and where a figure stands, and no stage: `segment` places the cells of dumps by
//! it, `interpret` types them, `reconcile` checks them.

pub(crate) mod amount;
pub(crate) mod code;
pub(crate) mod down;
pub(crate) mod header;
mod indent;
pub(crate) mod label;
mod line;
pub(crate) mod money;
pub(crate) mod outline;
pub(crate) mod rounding;
pub(crate) mod side;

use crate::geom::Inset;
use crate::terms::column::ColumnRole;

/// A column of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Header cells from the top down to the leaf.
    pub path: Vec<String>,
    /// What its cells hold.
    pub role: ColumnRole,
}

/// A row, as far as its labels and codes go.
pub(crate) trait Row {
    /// What a cell prints, without white space around it; `None` where that is nothing.
    fn text(&self, column: usize) -> Option<&str>;

    /// How the text of a cell stands in it.
    fn inset(&self, column: usize) -> Option<Inset>;

    /// Its page.
    fn page(&self) -> u32;
}

#[cfg(test)]
impl Row for Vec<&str> {
    fn text(&self, column: usize) -> Option<&str> {
        self.get(column).copied().filter(|text| !text.is_empty())
    }

    fn inset(&self, _: usize) -> Option<Inset> {
        None
    }

    fn page(&self) -> u32 {
        1
    }
}
