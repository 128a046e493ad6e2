//! Where a value was printed: made once, in `read`, and carried to the output unchanged.

use crate::geom::Rect;

/// The page and rectangle that a value was printed in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Provenance {
    /// Page number, from 1.
    pub page: u32,
    /// Rectangle on the page as it is seen; `None` where the source has no geometry.
    pub rect: Option<Rect>,
}

impl Provenance {
    /// A place on a page with geometry.
    pub fn at(page: u32, rect: Rect) -> Self {
        Self { page, rect: Some(rect) }
    }

    /// A page of a text dump.
    pub fn page(page: u32) -> Self {
        Self { page, rect: None }
    }

    /// The smallest place that covers both; the first one's page where they lie on two pages.
    pub fn join(&self, other: &Self) -> Self {
        if self.page != other.page {
            return *self;
        }
        let rect = match (self.rect, other.rect) {
            (Some(a), Some(b)) => Some(a.union(&b)),
            (a, b) => a.or(b),
        };
        Self { page: self.page, rect }
    }
}
