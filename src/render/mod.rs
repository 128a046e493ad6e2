//! A page as the program saw it, drawn over the page's picture, as one SVG file for people who debug a document.

mod layout;
mod marks;
mod svg;

use crate::error::Error;
use crate::note::Note;
use crate::read::pdf::picture::{self, Picture};
use crate::read::{self, Font, Limits, RawBody, RawPage};
use crate::repair::{self, CleanBody, CleanDocument, CleanPage};
use crate::segment::page::{self, PageParts};
use crate::segment::{self, Layout};

use svg::{Svg, escaped, number as number_text};

/// The last stage whose work is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Glyphs, hidden glyphs, rulings and images.
    Read,
    /// Also which glyphs count once, and rulings joined.
    Repair,
    /// Also cells, headers, forms, lines and their order.
    Segment,
}

impl Stage {
    /// Every stage in the order of the flow.
    pub const ALL: [Self; 3] = [Self::Read, Self::Repair, Self::Segment];

    /// The stage's name, that of its folder.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Repair => "repair",
            Self::Segment => "segment",
        }
    }

    /// The stage of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }
}

/// What a page shows and what the stages made of it.
struct Seen {
    raw: RawPage,
    fonts: Vec<Font>,
    clean: Option<CleanPage>,
    parts: Option<(PageParts, Layout)>,
    notes: Vec<Note>,
}

/// Draws page `number` (from 1) of a PDF with what the stages up to `stage` made of it.
///
/// The picture below is that of a PDF renderer; where it fails on the page, the drawing comes without and says so.
///
/// # Errors
/// As [`extract`](crate::extract); where the document is a text dump, or has no such page.
pub fn render(bytes: &[u8], number: u32, stage: Stage, limits: &Limits) -> Result<String, Error> {
    let seen = see(bytes, number, stage, limits)?;
    Ok(draw(&seen, &picture::draw(bytes, number, limits)))
}

/// Page `number` (from 1) of a PDF as its readers see it, with nothing drawn over it: an SVG in points of the page, as
/// `width` and `height` of the page say.
///
/// # Errors
/// As [`render`].
pub fn picture(bytes: &[u8], number: u32, limits: &Limits) -> Result<String, Error> {
    let drawn = picture::draw(bytes, number, limits);
    let mut svg = Svg::default();
    let (width, height) = match drawn {
        Ok(picture) if !picture.lacks_fonts => {
            svg.push(&picture.content);
            (picture.width, picture.height)
        }
        // Characters stand as read where the file does not embed their font, or nothing else can be shown.
        drawn => {
            let seen = see(bytes, number, Stage::Read, limits)?;
            if let Ok(picture) = drawn {
                svg.push(&framed(&picture, seen.raw.width, seen.raw.height, ""));
            }
            marks::text(&seen.raw, &mut svg);
            (seen.raw.width, seen.raw.height)
        }
    };
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"{w}\" height=\"{h}\" \
         viewBox=\"0 0 {w} {h}\">\n<rect width=\"{w}\" height=\"{h}\" fill=\"#fff\"/>\n{}</svg>\n",
        svg.finish(),
        w = number_text(width),
        h = number_text(height),
    ))
}

/// Lines of text as a picture, for a document that has no pages to be drawn.
pub fn lines(lines: &[String]) -> String {
    let mut svg = Svg::default();
    let mut width = 0.0_f32;
    for (line, i) in lines.iter().zip(1_u16..) {
        let text = line.replace('\t', "    ");
        let wide = text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum::<f32>();
        width = width.max(wide * LINE_SIZE);
        svg.push(&format!(
            "<text x=\"8\" y=\"{}\" xml:space=\"preserve\">{}</text>\n",
            number_text(f32::from(i) * LINE_SIZE * 1.5 + 4.0),
            escaped(&text)
        ));
    }
    let height = f32::from(u16::try_from(lines.len()).unwrap_or(u16::MAX)) * LINE_SIZE * 1.5 + 16.0;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\">\n\
         <rect width=\"{w}\" height=\"{h}\" fill=\"#fff\"/>\n<g font-family=\"monospace\" font-size=\"{LINE_SIZE}\">\n{}</g></svg>\n",
        svg.finish(),
        w = number_text(width + 16.0),
        h = number_text(height),
    )
}

/// The size of lines of text, in points.
const LINE_SIZE: f32 = 9.0;

/// A picture in a frame of the page's own size.
fn framed(picture: &Picture, width: f32, height: f32, class: &str) -> String {
    format!(
        "<svg{class} x=\"0\" y=\"0\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\" \
         preserveAspectRatio=\"none\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">{}</svg>\n",
        number_text(width),
        number_text(height),
        number_text(picture.width),
        number_text(picture.height),
        picture.content
    )
}

fn see(bytes: &[u8], number: u32, stage: Stage, limits: &Limits) -> Result<Seen, Error> {
    let raw = read::read_within(bytes, limits)?;
    let RawBody::Pages(pages) = &raw.body else { return Err(Error::NoGeometry) };
    let page = pages.iter().find(|page| page.number == number).cloned();
    let page = page.ok_or(Error::NoSuchPage { page: number, n_pages: raw.source.n_pages })?;
    let fonts = raw.fonts.clone();
    let mut seen = Seen { raw: page, fonts, clean: None, parts: None, notes: Vec::new() };
    if stage == Stage::Read {
        seen.notes = raw.notes;
    } else {
        let clean = repair::repair(raw);
        seen.clean = clean_page(&clean, number).cloned();
        if stage == Stage::Repair {
            seen.notes = clean.notes;
        } else {
            let parts = parts(&clean, number);
            let layout = segment::segment(clean);
            seen.notes = layout.notes.clone();
            seen.parts = parts.map(|parts| (parts, layout));
        }
    }
    seen.notes.retain(|note| note.provenance.is_some_and(|at| at.page == number));
    Ok(seen)
}

fn clean_page(clean: &CleanDocument, number: u32) -> Option<&CleanPage> {
    let CleanBody::Pages(pages) = &clean.body else { return None };
    pages.iter().find(|page| page.number == number)
}

/// The grids and lines of a page, as the segmentation has them: a table without rulings may begin pages before.
fn parts(clean: &CleanDocument, number: u32) -> Option<PageParts> {
    let CleanBody::Pages(pages) = &clean.body else { return None };
    let n_pages = pages.iter().position(|page| page.number == number)? + 1;
    page::parts(&pages[..n_pages], &clean.fonts).pop()
}

const STYLE: &str = "\
.paper{fill:#fff}.picture{opacity:.55}rect,line{vector-effect:non-scaling-stroke}
.glyphs rect{fill:none;stroke:#0072b2;stroke-width:.4}.glyphs .unknown{fill:#d00;fill-opacity:.5}
.doubled rect{fill:#e69f00;fill-opacity:.35;stroke:#d55e00;stroke-width:.6}
.hidden rect{fill:#cc79a7;fill-opacity:.3;stroke:#a0307a;stroke-width:.6;stroke-dasharray:1.5 1}
.text text{fill:#333}.images rect{fill:none;stroke:#777;stroke-dasharray:4 2}
.rulings line{stroke:#c22;stroke-opacity:.6;vector-effect:none}
.joined line{stroke:#080;stroke-width:.7;stroke-dasharray:3 1.5}
.cells rect{fill:#009e73;fill-opacity:.12;stroke:#009e73;stroke-width:.8}.cells .spans{fill-opacity:.28}
.headers rect{fill:#f0e442;fill-opacity:.35;stroke:#a59a00;stroke-width:.8}
.forms rect{fill:#7a5cc8;fill-opacity:.12;stroke:#7a5cc8;stroke-width:.8}.forms .spans{fill-opacity:.26}
.left-out rect{fill:#888;fill-opacity:.18;stroke:#888;stroke-width:.6;stroke-dasharray:3 2}
.lines rect{fill:none;stroke-width:.7}.lines .caption{stroke:#a59a00}.lines .heading{stroke:#d55e00}
.lines .paragraph{stroke:#0072b2}.lines .form{stroke:#7a5cc8}.lines .unused{stroke:#888;stroke-dasharray:2 1}
.order circle{fill:#222;fill-opacity:.8}.order text{fill:#fff;font:7px sans-serif;text-anchor:middle}
.legend text{font:9px sans-serif;fill:#222}
";

/// Points a line of the legend takes.
const LEGEND_LINE: f32 = 12.0;

fn draw(seen: &Seen, picture: &Result<Picture, String>) -> String {
    let (width, height) = (seen.raw.width, seen.raw.height);
    let mut svg = Svg::default();
    let mut legend = Vec::new();
    match picture {
        Ok(picture) => svg.push(&framed(picture, width, height, " class=\"picture\"")),
        Err(reason) => {
            legend.push(format!("no picture of the page: {reason}"));
            marks::text(&seen.raw, &mut svg);
        }
    }
    if picture.as_ref().is_ok_and(|picture| picture.lacks_fonts) {
        legend
            .push("fonts that the file does not embed are missing in the picture: characters stand as read".to_owned());
        marks::text(&seen.raw, &mut svg);
    }
    legend.extend(marks::marks(&seen.raw, seen.clean.as_ref(), &seen.fonts, &mut svg));
    if let Some((parts, layout)) = &seen.parts {
        legend.extend(layout::layout(parts, layout, &mut svg));
    }
    legend.extend(seen.notes.iter().map(|note| format!("note {}: {}", note.kind.name(), note.message)));
    svg.group("legend", |svg| {
        for (line, i) in legend.iter().zip(1_u16..) {
            svg.label(2.0, height + f32::from(i) * LEGEND_LINE - 3.0, None, line);
        }
    });
    let whole = height + legend.len() as f32 * LEGEND_LINE;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n<rect class=\"paper\" width=\"{w}\" height=\"{h}\"/>\n{}</svg>\n",
        escaped(&format!("page {}", seen.raw.number)),
        svg.finish(),
        w = number_text(width),
        h = number_text(whole),
    )
}
