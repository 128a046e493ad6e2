//! The lines of a text dump become tables, form grids and narrative.

use crate::repair::CleanDump;
use crate::segment::Layout;

/// Adds what stands in the dump to the layout, in reading order.
pub fn segment(dump: CleanDump, layout: &mut Layout) {
    let _ = (dump, layout);
}
