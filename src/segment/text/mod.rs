//! The lines of a text dump become tables, form grids and narrative.

mod caption;
mod form;
mod header;
mod item;
mod line;
mod narrative;
mod placed;
mod spacing;
mod strays;
mod table;

use caption::Caption;
use form::FormPage;
use line::Line;
use strays::strays;

use crate::provenance::Provenance;
use crate::repair::CleanDump;
use crate::segment::{Block, FormRegion, Layout, NarrativeRegion, Region};

/// Adds what stands in the dump to the layout, in reading order.
pub fn segment(dump: CleanDump, layout: &mut Layout) {
    if dump.placed {
        placed::segment(&dump.pages, layout);
        return;
    }
    let (lines, heads) = line::body_lines(&dump.pages);
    let form_pages = form::pages(&lines);
    let forms = form::forms(&lines, &form_pages, &mut layout.notes);
    // A form has no caption of a table; a table within one is its own.
    let captions: Vec<Caption> = caption::captions(&lines)
        .into_iter()
        .filter(|caption| !form_pages.iter().any(|page| page.start < caption.end && caption.start < page.end))
        .collect();
    // A running head often says what the cover of the document says; it stands once, before everything.
    let heads = heads.into_iter().map(|(page, text)| Block { heading: None, text, provenance: Provenance::page(page) });
    push_narrative(layout, heads.collect());
    let mut starts: Vec<Start<'_>> = captions.iter().map(Start::Table).collect();
    starts.extend(forms.into_iter().map(|(place, region)| Start::Form(place, region)));
    starts.sort_by_key(Start::line);
    let lines_of_starts: Vec<usize> =
        starts.iter().map(|start| start.line() - strays(&lines, start.line()).len()).collect();
    let mut at = 0;
    for (idx, start) in starts.into_iter().enumerate() {
        // What slipped up before the next table belongs to that.
        let next = lines_of_starts.get(idx + 1).copied().unwrap_or(lines.len());
        let strays = strays(&lines, start.line());
        push_narrative(layout, narrative::blocks(slice(&lines, at, start.line() - strays.len())));
        match start {
            Start::Form(place, region) => {
                layout.regions.push(Region::Form(region));
                at = place.end;
            }
            Start::Table(caption) => {
                let head = slice(&lines, caption.start, caption.end);
                let mut stretch = table::table(caption, head, slice(&lines, caption.end, next), &mut layout.notes);
                push_narrative(layout, narrative::blocks(&stretch.headings));
                if !strays::complete(&mut stretch.region, strays, &lines, &mut layout.notes) {
                    push_narrative(layout, narrative::blocks(strays));
                }
                layout.regions.push(Region::Table(stretch.region));
                at = caption.end + stretch.n_lines;
            }
        }
    }
    push_narrative(layout, narrative::blocks(slice(&lines, at, lines.len())));
}

/// Where a table or a form begins.
enum Start<'a> {
    Table(&'a Caption),
    Form(FormPage, FormRegion),
}

impl Start<'_> {
    fn line(&self) -> usize {
        match self {
            Start::Table(caption) => caption.start,
            Start::Form(place, _) => place.start,
        }
    }
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
