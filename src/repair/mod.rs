//! A [`RawDocument`] becomes a [`CleanDocument`]: each glyph once, rulings joined, dumps readable.

pub mod overprint;
pub mod repeated;
pub mod rulings;
pub mod text;
mod title;
pub mod two_up;
pub mod unicode;
pub mod watermark;

use crate::geom::Placing;
use crate::note::Note;
use crate::read::text::DumpShape;
use crate::read::{DumpPage, Font, Glyph, Piece, RawBody, RawDocument, Ruling, Source};

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
    /// The bands of a page that was turned to be read.
    pub seen: Vec<Placing>,
    /// What models read of the page's picture, piece by piece.
    pub pieces: Vec<Piece>,
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
        RawBody::Pages(mut pages) => {
            for page in &mut pages {
                unicode::repair(&mut page.glyphs);
                two_up::repair(page);
            }
            repeated::drop_pages(&mut pages, &mut notes);
            watermark::repair(&mut pages, &mut notes);
            let pages = pages.into_iter().map(|page| CleanPage {
                number: page.number,
                width: page.width,
                height: page.height,
                glyphs: overprint::repair(page.number, page.glyphs, &mut notes),
                rulings: rulings::repair(page.rulings),
                seen: page.seen,
                pieces: page.pieces,
            });
            CleanBody::Pages(pages.collect())
        }
        RawBody::Dump(mut pages) => {
            repeated::drop_dump_pages(&mut pages, &mut notes);
            CleanBody::Dump(text::repair(pages, &mut notes))
        }
    };
    CleanDocument { source, fonts, body, notes }
}
