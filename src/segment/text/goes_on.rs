//! Tables that print their caption and header anew on each page are one.

use crate::segment::continuation::without_mark;
use crate::segment::header::bare;
use crate::segment::{Layout, Region, TableRegion, TableRow};
use crate::terms::header::is_total;

/// Joins tables that follow right on the one that they go on with.
pub(super) fn join(layout: &mut Layout) {
    let mut regions: Vec<Region> = Vec::with_capacity(layout.regions.len());
    for region in layout.regions.drain(..) {
        match (regions.last_mut(), region) {
            (Some(Region::Table(above)), Region::Table(mut table)) if goes_on(above, &table) => {
                above.pages.extend(table.pages.drain(..).filter(|page| !above.pages.contains(page)).collect::<Vec<_>>());
                above.rows.append(&mut table.rows);
                above.notes.append(&mut table.notes);
            }
            (_, region) => regions.push(region),
        }
    }
    layout.regions = regions;
}

/// Whether a table goes on with the one above it, on a later page: under the same caption and the same header, without a
/// total of its own at its head.
fn goes_on(above: &TableRegion, table: &TableRegion) -> bool {
    let is_later = above.pages.last() < table.pages.first();
    is_later && !table.caption.is_empty() && caption(above) == caption(table) && above.columns == table.columns && {
        let is_of_total = |row: &TableRow| row.cells.iter().flatten().any(|cell| is_total(&bare(&cell.text)));
        !table.rows.first().is_some_and(is_of_total)
    }
}

/// All that a caption says.
fn caption(table: &TableRegion) -> String {
    table.caption.iter().map(|line| without_mark(&bare(&line.text)).to_owned()).collect()
}
