//! Where the names of groups are set over their columns: over the middle of all, or where the first begins.

use super::EM;
use super::columns::Column;
use crate::geom::Rect;

/// Where the names of groups stand over their columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Set {
    /// Over the middle of all of them.
    Centred,
    /// Where the first of them begins.
    Left,
}

impl Set {
    /// The place of a name that tells, in places.
    pub(super) fn of(self, rect: Rect) -> f32 {
        match self {
            Self::Centred => rect.center_x() / EM,
            Self::Left => rect.x0 / EM,
        }
    }

    /// The place of a column without a name.
    pub(super) fn of_column(self, column: &Column) -> f32 {
        match self {
            Self::Centred => column.middle(),
            Self::Left => column.from as f32,
        }
    }

    /// Where a group over columns at these places stands.
    pub(super) fn over(self, columns: &[f32]) -> Option<f32> {
        let (first, last) = columns.first().zip(columns.last())?;
        Some(match self {
            Self::Centred => (first + last) / 2.0,
            Self::Left => *first,
        })
    }
}
