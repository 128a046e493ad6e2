//! A [`RawDocument`] becomes a [`CleanDocument`]: each glyph once, rulings joined, dumps readable.

pub mod overprint;
pub mod rulings;
pub mod text;
pub mod unicode;

use crate::note::Note;
use crate::read::text::DumpShape;
use crate::read::{DumpPage, Font, Glyph, RawBody, RawDocument, Ruling, Source};

/// A document whose damage is repaired; nothing is interpreted yet.
#[derive(Clone, Debug)]
pub struct CleanDocument {
    /// What kind of file it was.
    pub source: Source,
    /// The fonts that glyphs point to.
    pub fonts: Vec<Font>,
    /// The pages.
    pub body: CleanBody,
    /// Notes of this stage and the earlier ones.
    pub notes: Vec<Note>,
}

/// The pages of a PDF or of a dump.
#[derive(Clone, Debug)]
pub enum CleanBody {
    /// Pages with geometry.
    Pages(Vec<CleanPage>),
    /// Pages of plain lines.
    Dump(CleanDump),
}

/// One page of a PDF with each glyph once and joined rulings.
#[derive(Clone, Debug)]
pub struct CleanPage {
    /// From 1.
    pub number: u32,
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// Visible glyphs, each once, in the order of drawing.
    pub glyphs: Vec<Glyph>,
    /// Rulings, snapped and joined.
    pub rulings: Vec<Ruling>,
}

/// A text dump after repair.
#[derive(Clone, Debug, Default)]
pub struct CleanDump {
    /// Its pages, with repaired lines.
    pub pages: Vec<DumpPage>,
    /// What was repaired, in order of place.
    pub repairs: Vec<TextRepair>,
    /// How it shows where cells are.
    pub shape: DumpShape,
}

/// One repair of a text dump.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRepair {
    /// Stable name of the damage: `doubled-run`, `doubled-glyph`, `interleaved`, …
    pub kind: &'static str,
    /// The text as it stood.
    pub before: String,
    /// The text as repaired.
    pub after: String,
    /// Page, from 1.
    pub page: u32,
    /// Line in the file, from 1.
    pub line: u32,
}

/// Repairs doubled glyphs and rulings of pages, and the characters of dumps.
pub fn repair(raw: RawDocument) -> CleanDocument {
    let RawDocument { source, fonts, body, mut notes } = raw;
    let body = match body {
        RawBody::Pages(pages) => CleanBody::Pages(
            pages
                .into_iter()
                .map(|mut page| {
                    unicode::repair(&mut page.glyphs);
                    page
                })
                .map(|page| CleanPage {
                    number: page.number,
                    width: page.width,
                    height: page.height,
                    glyphs: overprint::repair(page.number, page.glyphs, &mut notes),
                    rulings: rulings::repair(page.rulings),
                })
                .collect(),
        ),
        RawBody::Dump(pages) => CleanBody::Dump(text::repair(pages, &mut notes)),
    };
    CleanDocument { source, fonts, body, notes }
}
