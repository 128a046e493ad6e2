//! The lines of a text dump become tables, form grids and narrative.

mod caption;
#[cfg(test)]
mod drawn;
mod form;
mod goes_on;
pub(super) mod guess;
mod header;
mod heads;
mod in_rows;
pub(super) mod item;
mod line;
mod lumps;
mod marked;
mod narrative;
mod order;
pub(super) mod placed;
mod run_together;
mod spaces;
mod spacing;
mod strays;
mod table;

use std::cell::LazyCell;

use caption::Caption;
use form::FormPage;
use line::Line;
use strays::strays;
use table::evidence::Evidence;
use table::proof::Shown;

use crate::provenance::Provenance;
use crate::read::text::DumpShape;
use crate::repair::CleanDump;
use crate::segment::header::bare;
use crate::segment::opening::is_enumerated;
use crate::segment::{Block, FormRegion, Layout, NarrativeRegion, Region, TextLine, unread};

/// Adds what stands in the dump to the layout, in reading order.
pub fn segment(dump: CleanDump, layout: &mut Layout) {
    order::note_blank(&dump.pages, layout);
    match dump.shape {
        DumpShape::Marked => return marked::segment(&dump.pages, layout),
        DumpShape::Placed => return placed::segment(&dump, layout),
        DumpShape::Lines => {}
    }
    let (mut lines, heads) = line::body_lines(&dump.pages);
    let shortened = spaces::are_shortened(&mut lines);
    let (cover, lines) = cover(lumps::divided(spaces::told(lines)));
    let (lines, unsure) = heads::in_order(lines);
    let lost = order::lost(&lines);
    let written = match () {
        () if lost.is_some() => order::Written::Columns,
        () if order::is_of_cells(&lines) => order::Written::Cells,
        () => order::Written::Rows,
    };
    // Which cells are one row is then counted out, and stays in doubt.
    let lines = if written == order::Written::Cells { in_rows::joined(lines) } else { lines };
    layout.cover = cover;
    layout.running_heads = heads.iter().map(|(_, text)| bare(text)).collect();
    let starts = starts(&lines, layout);
    // A running head often says what the cover of the document says; it stands once, before everything.
    let heads = heads.into_iter().map(|(page, text)| Block { heading: None, text, provenance: Provenance::page(page) });
    push_narrative(layout, heads.collect());
    let strays_of = |start: &Start| strays(&lines, start.line());
    let mut ends: Vec<usize> = starts.iter().map(|start| start.line() - strays_of(start).len()).collect();
    let n_above = ends.first().copied().unwrap_or(lines.len());
    ends.push(lines.len());
    let shown = Shown::of(&lines, n_above, unsure, shortened);
    let mut evidence = Evidence::of(&lines);
    let mut headers = header::Headers::default();
    let body = |(start, end): (&Start, &usize)| match start {
        Start::Table(caption) => Some(table::body(slice(&lines, caption.end, *end))),
        Start::Form(..) => None,
    };
    let bodies: Vec<Option<table::Body>> = starts.iter().zip(ends.iter().skip(1)).map(body).collect();
    table::weigh(bodies.iter().flatten(), &mut headers);
    if let Some(page) = lost {
        order::note(page, &mut layout.notes);
    }
    let document = LazyCell::new(|| strays::document(&lines));
    let mut outside: Vec<Line> = Vec::new();
    let mut narrate = |layout: &mut Layout, lines: &[Line]| {
        push_narrative(layout, narrative::blocks(lines));
        outside.extend_from_slice(lines);
    };
    let mut at = 0;
    for (start, body) in starts.into_iter().zip(bodies) {
        let strays = strays_of(&start);
        narrate(layout, slice(&lines, at, start.line() - strays.len()));
        match start {
            Start::Form(place, region) => {
                layout.regions.push(Region::Form(region));
                at = place.end;
            }
            Start::Table(caption) => {
                let head = slice(&lines, caption.start, caption.end);
                let known = (&shown, &mut evidence, &mut headers);
                let mut stretch =
                    table::table(&caption, head, body.unwrap_or_default(), known, written, &mut layout.notes);
                narrate(layout, &stretch.headings);
                if !strays::complete(&mut stretch.region, strays, &document, &mut layout.notes) {
                    narrate(layout, strays);
                }
                layout.regions.push(Region::Table(stretch.region));
                at = caption.end + stretch.n_lines;
            }
        }
    }
    narrate(layout, slice(&lines, at, lines.len()));
    if lost.is_none() {
        unread::note(outside.iter().map(|line| (line.provenance(), line.text.as_str())), &mut layout.notes);
    }
    layout.regions = goes_on::joined(std::mem::take(&mut layout.regions));
}

/// Where tables and forms begin, in the order of the lines.
fn starts(lines: &[Line], layout: &mut Layout) -> Vec<Start> {
    let form_pages = form::pages(lines);
    let forms = form::forms(lines, &form_pages, &mut layout.notes);
    // A form has no caption of a table; a table within one is its own.
    let is_in_form =
        |caption: &Caption| form_pages.iter().any(|page| page.start < caption.end && caption.start < page.end);
    let captions = caption::captions(lines).into_iter().filter(|caption| !is_in_form(caption));
    let mut starts: Vec<Start> = captions.map(Start::Table).collect();
    starts.extend(forms.into_iter().map(|(place, region)| Start::Form(place, region)));
    starts.sort_by_key(Start::line);
    starts
}

/// A cover has at most so many lines.
const MAX_COVER_LINES: usize = 6;

/// The title of a report has at least so many characters.
const MIN_TITLE_CHARS: usize = 6;

/// The lines of the cover, and the others: the first page up to its first heading, contents, sentence or table.
fn cover(mut lines: Vec<Line>) -> (Vec<TextLine>, Vec<Line>) {
    let first = lines.iter().find(|line| !line.is_blank()).map(|line| line.page);
    let belongs = |line: &&Line| {
        let bare: String = line.words().collect();
        Some(line.page) == first
            && !crate::terms::statement::is_contents_title(&bare)
            && !narrative::is_part_heading(&line.text)
            && !is_enumerated(&line.text)
            && !narrative::is_sentence(&line.text)
            && !crate::terms::statement::is_title(&bare)
            && crate::terms::statement::split_number(&bare).is_none()
            && crate::terms::statement::unit(&line.text).is_none()
    };
    let mut said = String::new();
    let n_lines = lines
        .iter()
        .take_while(|line| {
            let bare: String = line.words().collect();
            // The head of the next page says the title again.
            let again = bare.chars().count() >= MIN_TITLE_CHARS && said.contains(&bare);
            said.push_str(&bare);
            line.is_blank() || (belongs(line) && !again)
        })
        .count();
    let of_cover: Vec<&Line> = lines.iter().take(n_lines).filter(|line| !line.is_blank()).collect();
    // A title can be wrapped within its words.
    let text: String = of_cover.iter().flat_map(|line| line.words()).collect();
    let says_what = text.contains("预算") || text.contains("决算");
    if !says_what || of_cover.len() > MAX_COVER_LINES {
        return (Vec::new(), lines);
    }
    let cover = of_cover.iter().map(|line| line::text_line(line.text.trim(), line.page)).collect();
    lines.drain(..n_lines);
    (cover, lines)
}

/// Where a table or a form begins.
enum Start {
    Table(Caption),
    Form(FormPage, FormRegion),
}

impl Start {
    fn line(&self) -> usize {
        match self {
            Self::Table(caption) => caption.start,
            Self::Form(place, _) => place.start,
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
