//! Bytes become a [`RawDocument`]: positioned glyphs and rulings of a PDF, or the lines of a text dump.

pub mod foreign;
mod limits;
pub mod pdf;
pub mod scan;
pub mod text;

use std::collections::BTreeMap;

use crate::error::Error;
use crate::geom::{Placing, Rect};
use crate::names::names;
use crate::note::Note;
pub use limits::Limits;

/// Everything that `read` found in one file.
#[derive(Clone, Debug)]
pub struct RawDocument {
    /// What kind of file it was and who made it.
    pub source: Source,
    /// The fonts that [`Glyph::font`] points to; empty for a dump.
    pub fonts: Vec<Font>,
    /// The pages.
    pub body: RawBody,
    /// What could not be read in the ordinary way.
    pub notes: Vec<Note>,
}

/// The kind and origin of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// PDF or text, told by content.
    pub media_type: MediaType,
    /// How many pages the file has.
    pub n_pages: u32,
    /// The producing software as the PDF names it; of a dump, the kind of extractor that its marks tell.
    pub producer: Option<String>,
}

/// PDF or text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// `application/pdf`
    Pdf,
    /// `text/plain`
    Text,
}

names!(MediaType {
    Pdf = "application/pdf",
    Text = "text/plain",
});

/// The pages of a PDF or of a dump.
#[derive(Clone, Debug)]
pub enum RawBody {
    /// Pages with geometry.
    Pages(Vec<RawPage>),
    /// Pages of plain lines.
    Dump(Vec<DumpPage>),
}

impl RawDocument {
    /// What models read of each page that is a picture, where it is seen.
    pub fn pieces_as_seen(self) -> BTreeMap<u32, Vec<Piece>> {
        let RawBody::Pages(pages) = self.body else { return BTreeMap::new() };
        pieces_as_seen(pages.into_iter().map(|page| (page.number, page.pieces, page.seen)))
    }
}

/// By number the pieces of each page that has some, where they are seen; of a page its number, its pieces and the way back.
pub(crate) fn pieces_as_seen(
    pages: impl Iterator<Item = (u32, Vec<Piece>, Vec<Placing>)>,
) -> BTreeMap<u32, Vec<Piece>> {
    let of_page = |(number, mut pieces, seen): (u32, Vec<Piece>, Vec<Placing>)| {
        pieces.iter_mut().for_each(|piece| piece.rect = Placing::seen(&seen, &piece.rect));
        (number, pieces)
    };
    pages.filter(|(_, pieces, _)| !pieces.is_empty()).map(of_page).collect()
}

/// One page of a PDF: what is drawn on it, as the page is seen.
#[derive(Clone, Debug)]
pub struct RawPage {
    /// From 1.
    pub number: u32,
    /// Width in points, after rotation.
    pub width: f32,
    /// Height in points, after rotation.
    pub height: f32,
    /// Glyphs that a reader can see, in the order of drawing.
    pub glyphs: Vec<Glyph>,
    /// Glyphs that a reader cannot see.
    pub hidden: Vec<Glyph>,
    /// Rulings as drawn, not yet snapped or joined.
    pub rulings: Vec<Ruling>,
    /// Where images stand.
    pub images: Vec<Rect>,
    /// The bands of a page that was turned to be read; empty where it is read as it is seen.
    pub seen: Vec<Placing>,
    /// What models read of the page's picture, piece by piece; empty for a page that needs none.
    pub pieces: Vec<Piece>,
}

/// A piece of text as models read it from a page's picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Where its ink stands, on the page as it is read.
    pub rect: Rect,
    /// What it was taken for; empty where its ink looks like no character.
    pub text: String,
    /// What else it may say by the models' own account, the likeliest first.
    pub rivals: Vec<Rival>,
    /// Some of its ink is in no character that was read.
    pub is_partial: bool,
    /// What lies over it.
    pub cover: Option<Cover>,
}

/// What lies over a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// A red seal, which is told from print by its colour and was taken out of the picture.
    Seal,
    /// Ink that is no print and as dark: a black stamp, a stroke of a pen, a hole, a shadow.
    Ink,
}

/// Another reading of a [`Piece`].
#[derive(Clone, Debug, PartialEq)]
pub struct Rival {
    /// The whole text by it.
    pub text: String,
    /// How likely it is beside the one that was taken: 0 to 1.
    pub share: f32,
}

/// One shown character with box and code.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Its (first) character; U+FFFD where it is not known.
    pub ch: char,
    /// Further characters of a ligature, behind one thin pointer: nearly no glyph has any, there are millions, and reading
    /// is bound by memory.
    pub tail: Option<Box<String>>,
    /// How the character was found.
    pub unicode_source: UnicodeSource,
    /// Where the pen stood: x, and y of the baseline.
    pub origin: (f32, f32),
    /// Advance width by font ascent and descent.
    pub rect: Rect,
    /// How the text runs.
    pub direction: Direction,
    /// Index into [`RawDocument::fonts`].
    pub font: u16,
    /// Size as seen, in points.
    pub size: f32,
    /// Whether a reader sees it, and if not, why.
    pub visibility: Visibility,
    /// How it stands out.
    pub tone: Tone,
    /// What drew it.
    pub layer: Layer,
    /// Order of drawing on the page, from 0.
    pub order: u32,
}

/// A gap wider than this share of the em ends a run: a CJK space is a whole em, letter spacing stays below half.
const RUN_GAP: f32 = 0.6;

/// How far glyphs of one run may overlap, as a share of the em: kerning, and a full stop that is half as wide as its
/// font says.
const RUN_OVERLAP: f32 = 0.75;

/// How far baselines of one run may differ, as a share of the em.
const RUN_BASELINE: f32 = 0.15;

/// Where the ink of a glyph is, above the baseline, in parts of its size: the middle of digits and of ideographs.
const INK_HEIGHT: f32 = 0.35;

/// The middle of a glyph's ink.
fn ink_middle(origin: (f32, f32), rect: &Rect, direction: Direction, size: f32) -> (f32, f32) {
    match direction {
        Direction::Horizontal => (rect.center_x(), origin.1 - INK_HEIGHT * size),
        _ => (rect.center_x(), rect.center_y()),
    }
}

impl Glyph {
    /// The middle of its ink, by which it is told where it stands and whether it is seen.
    pub fn ink_middle(&self) -> (f32, f32) {
        ink_middle(self.origin, &self.rect, self.direction, self.size)
    }

    /// Whether the glyph goes on a run of text from the glyph drawn before it: next to it on its baseline.
    pub fn follows(&self, previous: &Glyph) -> bool {
        let em = previous.size.max(self.size).max(1.0);
        let gap = self.rect.x0 - previous.rect.x1;
        (previous.origin.1 - self.origin.1).abs() < RUN_BASELINE * em && gap < RUN_GAP * em && gap > -RUN_OVERLAP * em
    }

    /// Appends the glyph's characters.
    pub fn push_text(&self, out: &mut String) {
        out.push(self.ch);
        if let Some(tail) = &self.tail {
            out.push_str(tail);
        }
    }
}

/// The step of the ladder that gave a glyph its Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnicodeSource {
    /// The font's ToUnicode CMap.
    ToUnicode,
    /// A predefined or embedded CMap through CID to the collection's Unicode map.
    Cid,
    /// The embedded font's own `cmap` or glyph names, reversed.
    Program,
    /// A simple encoding with its Differences.
    Encoding,
    /// The bytes read as GBK.
    Gbk,
    /// ActualText of marked content.
    ActualText,
    /// Read from the page's picture.
    Ocr,
    /// Nothing known: U+FFFD.
    Unknown,
}

/// How text runs on the page as seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Horizontal,
    /// Turned by a quarter or half, or slanted.
    Rotated,
    /// Top to bottom, upright (WMode 1).
    Vertical,
}

/// Whether a reader sees a glyph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Visibility {
    /// Seen.
    Visible,
    /// White on white.
    White,
    /// Render mode 3 (or 7).
    Invisible,
    /// Outside the clip or the page.
    Clipped,
    /// An opaque area was filled over it.
    Covered,
}

/// What of a page draws: its own content, or what lies over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// The page's content, forms that it draws among it.
    Content,
    /// The appearance of an annotation: a stamp, a note.
    Annotation,
    /// The appearance of a form field: what somebody filled in.
    FormField,
}

/// A font of the document, for telling fonts apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Font {
    /// Name without subset tag.
    pub name: String,
    /// Bold by name, flags or weight.
    pub bold: bool,
    /// Italic by name or flags.
    pub italic: bool,
}

/// A drawn horizontal or vertical line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ruling {
    /// Which way it runs.
    pub orientation: Orientation,
    /// The coordinate that is the same all along: y of a horizontal, x of a vertical one (middle of its thickness).
    pub at: f32,
    /// Start along its direction.
    pub from: f32,
    /// End along its direction.
    pub to: f32,
    /// Thickness in points.
    pub thickness: f32,
    /// How it stands out.
    pub tone: Tone,
    /// What drew it.
    pub layer: Layer,
}

impl Ruling {
    /// A ruling of the page's content in strong ink.
    pub fn new(orientation: Orientation, at: f32, (from, to): (f32, f32), thickness: f32) -> Self {
        Self { orientation, at, from, to, thickness, tone: Tone::Strong, layer: Layer::Content }
    }
}

/// How a glyph or ruling stands out from the ground that it is drawn on; a ruling that does not is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// Its colour or that of its ground is not followed: a pattern, an image, a half transparent area.
    Unknown,
    /// Nearer to its ground than to the full contrast, as the guide lines of spreadsheets and watermarks are.
    Faint,
    /// As printed tables have it.
    Strong,
}

/// The median size of glyphs, 10 where there are none.
pub fn usual_size<'a>(glyphs: impl Iterator<Item = &'a Glyph>) -> f32 {
    let mut sizes: Vec<f32> = glyphs.map(|g| g.size).filter(|s| *s > 0.0).collect();
    if sizes.is_empty() {
        return 10.0;
    }
    let middle = sizes.len() / 2;
    *sizes.select_nth_unstable_by(middle, f32::total_cmp).1
}

/// Horizontal or vertical.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Orientation {
    /// Along x.
    Horizontal,
    /// Along y.
    Vertical,
}

/// One page of a text dump.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DumpPage {
    /// From 1, by the dump's own marks.
    pub number: u32,
    /// Its lines, blank ones among them.
    pub lines: Vec<DumpLine>,
}

/// One line of a text dump.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DumpLine {
    /// Line number in the file, from 1.
    pub number: u32,
    /// Its text without the line end.
    pub text: String,
}

/// Reads a PDF or a text dump, told by content, within the usual limits.
///
/// # Errors
/// Where the bytes are empty, binary, or a PDF that shows no page.
pub fn read(bytes: &[u8]) -> Result<RawDocument, Error> {
    read_within(bytes, &Limits::default())
}

/// Reads a PDF or a text dump, told by content, within limits.
///
/// # Errors
/// As [`read`], and where opening the document alone goes beyond a limit.
pub fn read_within(bytes: &[u8], limits: &Limits) -> Result<RawDocument, Error> {
    read_scans(bytes, limits, None)
}

/// Reads as [`read_within`] does, and pages that are pictures with `ocr`, if there is one.
///
/// # Errors
/// As [`read_within`].
pub fn read_scans(bytes: &[u8], limits: &Limits, ocr: Option<&scan::Ocr>) -> Result<RawDocument, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    if let Some(kind) = foreign::kind(bytes) {
        return Err(Error::NotAPdf(kind.to_owned()));
    }
    if pdf::is_pdf(bytes) { pdf::read(bytes, limits, ocr) } else { text::read(bytes) }
}
