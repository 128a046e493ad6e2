//! Dumps that keep the places of the text: columns are told by where characters stand, as on a page without rulings.

mod bands;
mod bind;
mod blocks;
mod body;
mod centred;
mod coded;
mod codes;
mod columns;
mod continued;
mod decimals;
mod form;
pub(in crate::segment) mod glyphs;
mod groups;
mod head;
mod header;
mod joined;
mod level;
mod name;
mod piece;
mod rows;
mod ruled_out;
mod scale;
mod seen;
mod set;
mod settle;
mod shadow;
pub(in crate::segment) mod sheet;
mod siblings;
mod spans;
pub(super) mod text;
mod torn;
mod totals;

use std::collections::BTreeSet;

use crate::provenance::Provenance;
use crate::repair::{CleanDump, TextRepair};
use crate::segment::header::bare;
use crate::segment::page::{PageParts, Part};
use crate::segment::{Layout, NarrativeRegion, Region, TextLine, assemble, doubt, narrative, unread};

use super::{guess, line};
use piece::{Places, TextRow};

pub(super) use sheet::{COLUMN, lower};

/// One character is as wide as it is high.
pub(super) const EM: f32 = 10.0;

/// From line to line, in points.
pub(super) const PITCH: f32 = 16.0;

/// A page's first and last line stand this many of its heights from its edges: nothing stands in the margins.
pub(super) const MARGIN: f32 = 0.15;

/// Reads the pages into the layout.
pub(super) fn segment(dump: &CleanDump, layout: &mut Layout) {
    let pages = &dump.pages;
    let (lines, heads) = line::body_lines(pages);
    let doubled: Vec<&TextRepair> = dump.repairs.iter().filter(|repair| repair.kind.starts_with("doubled")).collect();
    let mut parts = Vec::new();
    let mut open = sheet::Before::default();
    if scale::is_filled(&lines) {
        open.places = Places::WorkedOut;
    }
    let mut unsure = BTreeSet::new();
    let mut at = 0;
    for page in pages {
        let n_lines = lines.get(at..).unwrap_or_default().iter().take_while(|line| line.page == page.number).count();
        let of_page = lines.get(at..at + n_lines).unwrap_or_default();
        at += n_lines;
        let mut rows = text::rows(of_page);
        scale::know_pushed(&mut rows, of_page, &doubled);
        parts.push(page_parts(page.number, rows, &mut open));
        if std::mem::take(&mut open.unsure) {
            unsure.insert(page.number);
        }
    }
    lay_out(parts, heads, layout);
    for region in &mut layout.regions {
        if let Region::Table(region) = region {
            settle::settle(region, &unsure);
            spans::drop_repeated(region);
            codes::part(region);
            guess::mark(region, false);
            totals::doubt(region);
        }
    }
    coded::doubt(&mut layout.regions);
    for region in &layout.regions {
        if let Region::Table(region) = region {
            doubt::note(&region.rows, &mut layout.notes);
        }
    }
}

/// Joins what stands on the pages; `heads` are the running heads that were taken out of them.
pub(super) fn lay_out(parts: Vec<PageParts>, heads: Vec<(u32, String)>, layout: &mut Layout) {
    let assembled = assemble::assemble(parts);
    let outside = assembled.lines.iter().map(|line| (line.provenance, line.text.as_str()));
    unread::note(outside, &mut layout.notes);
    let narrative = narrative::narrative(assembled.lines);
    layout.regions = assembled.regions;
    layout.cover = narrative.cover;
    layout.running_heads = heads.iter().map(|(_, text)| bare(text)).collect();
    if !narrative.blocks.is_empty() {
        layout.regions.push(Region::Narrative(NarrativeRegion { blocks: narrative.blocks }));
    }
    // The places served to find tables; what is published of a dump is its pages.
    layout.change_places(|place| place.rect = None);
}

/// A page as the grids of its tables and forms and the lines between them.
fn page_parts(number: u32, rows: Vec<TextRow>, before: &mut sheet::Before) -> PageParts {
    let mut rows = shadow::without(rows);
    if before.places == Places::WorkedOut {
        scale::to_page(&mut rows);
    }
    let height = rows.last().map_or(PITCH, |row| row.rect().y1) / (1.0 - 2.0 * MARGIN);
    let top = MARGIN * height;
    let width = rows.iter().map(|row| row.rect().x1).fold(0.0, f32::max) + EM;
    let mut parts: Vec<Part> = Vec::new();
    for stretch in sheet::stretches(&rows, width, before) {
        match stretch {
            sheet::Stretch::Grid(mut grid) => {
                sheet::lower(&mut grid, top);
                parts.push(Part::Grid(grid));
            }
            sheet::Stretch::Line(at) => {
                parts.extend(rows.get(at).map(|row| Part::Line(text_line(row, number, top, width))));
            }
        }
    }
    PageParts { number, width, height, parts, is_unruled: false, by_models: false, laid_over: Vec::new() }
}

/// A line outside of tables.
pub(super) fn text_line(row: &TextRow, page: u32, top: f32, width: f32) -> TextLine {
    let mut rect = row.rect();
    rect.y0 += top;
    rect.y1 += top;
    TextLine {
        text: row.text(),
        provenance: Provenance::at(page, rect),
        size: EM,
        centered: (rect.center_x() - width / 2.0).abs() < 0.05 * width && rect.x0 > 3.0 * EM,
        bold: false,
    }
}
