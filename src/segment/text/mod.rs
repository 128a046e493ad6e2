//! The lines of a text dump become tables, form grids and narrative.

mod caption;
mod header;
mod item;
mod line;
mod narrative;
mod spacing;
mod table;

use line::Line;

use crate::repair::CleanDump;
use crate::segment::{Block, Layout, NarrativeRegion, Region};

/// Adds what stands in the dump to the layout, in reading order.
pub fn segment(dump: CleanDump, layout: &mut Layout) {
    let (lines, heads) = line::body_lines(&dump.pages);
    let captions = caption::captions(&lines);
    // A running head often says what the cover of the document says; it stands once, before everything.
    let heads = heads.into_iter().map(|(page, text)| Block {
        heading: None,
        text,
        provenance: crate::provenance::Provenance::page(page),
    });
    push_narrative(layout, heads.collect());
    let mut at = 0;
    for (idx, caption) in captions.iter().enumerate() {
        let next = captions.get(idx + 1).map_or(lines.len(), |next| next.start);
        push_narrative(layout, narrative::blocks(slice(&lines, at, caption.start)));
        let head = slice(&lines, caption.start, caption.end);
        let stretch = table::table(caption, head, slice(&lines, caption.end, next), &mut layout.notes);
        push_narrative(layout, narrative::blocks(&stretch.headings));
        layout.regions.push(Region::Table(stretch.region));
        at = caption.end + stretch.n_lines;
    }
    push_narrative(layout, narrative::blocks(slice(&lines, at, lines.len())));
}

fn slice(lines: &[Line], from: usize, to: usize) -> &[Line] {
    lines.get(from..to.max(from)).unwrap_or_default()
}

/// Adds blocks to the narrative, in the region that is open if there is one.
fn push_narrative(layout: &mut Layout, blocks: Vec<Block>) {
    if blocks.is_empty() {
        return;
    }
    match layout.regions.last_mut() {
        Some(Region::Narrative(region)) => region.blocks.extend(blocks),
        _ => layout.regions.push(Region::Narrative(NarrativeRegion { blocks })),
    }
}
