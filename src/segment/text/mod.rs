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
use crate::segment::opening::is_enumerated;
use crate::segment::{Block, FormRegion, Layout, NarrativeRegion, Region, TextLine};

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
    // Which cells are one row is then counted out, and stays in doubt.
    let is_of_cells = lost.is_none() && order::is_of_cells(&lines);
    let lines = if is_of_cells { in_rows::joined(lines) } else { lines };
    layout.cover = cover;
    layout.running_heads = heads.iter().map(|(_, text)| text.split_whitespace().collect()).collect();
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
    let n_above = lines_of_starts.first().copied().unwrap_or(lines.len());
    let mut shown = Shown::of(&lines, n_above, unsure);
    shown.shortened = shortened;
    let mut evidence = Evidence::of(&lines);
    let mut headers = header::Headers::default();
    let end_of = |idx: usize| lines_of_starts.get(idx + 1).copied().unwrap_or(lines.len());
    let mut bodies: Vec<Option<table::Body>> = starts
        .iter()
        .enumerate()
        .map(|(idx, start)| match start {
            Start::Table(caption) => Some(table::body(slice(&lines, caption.end, end_of(idx)))),
            Start::Form(..) => None,
        })
        .collect();
    table::weigh(bodies.iter().flatten(), &mut headers);
    if let Some(page) = lost {
        order::note(page, &mut layout.notes);
    }
    let written = match () {
        () if lost.is_some() => order::Written::Columns,
        () if is_of_cells => order::Written::Cells,
        () => order::Written::Rows,
    };
    let document = LazyCell::new(|| strays::document(&lines));
    let mut at = 0;
    for (idx, start) in starts.into_iter().enumerate() {
        let strays = strays(&lines, start.line());
        push_narrative(layout, narrative::blocks(slice(&lines, at, start.line() - strays.len())));
        match start {
            Start::Form(place, region) => {
                layout.regions.push(Region::Form(region));
                at = place.end;
            }
            Start::Table(caption) => {
                let head = slice(&lines, caption.start, caption.end);
                let body = bodies.get_mut(idx).and_then(Option::take).unwrap_or_default();
                let mut stretch = table::table(
                    caption,
                    head,
                    body,
                    (&shown, &mut evidence, &mut headers),
                    written,
                    &mut layout.notes,
                );
                push_narrative(layout, narrative::blocks(&stretch.headings));
                if !strays::complete(&mut stretch.region, strays, &document, &mut layout.notes) {
                    push_narrative(layout, narrative::blocks(strays));
                }
                layout.regions.push(Region::Table(stretch.region));
                at = caption.end + stretch.n_lines;
            }
        }
    }
    push_narrative(layout, narrative::blocks(slice(&lines, at, lines.len())));
    order::note_unread(&lines, layout);
    layout.regions = goes_on::joined(std::mem::take(&mut layout.regions));
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
