//! Fonts: bytes of a shown string become characters and widths.

mod composite;
mod decoded;
mod form;
mod gbk;
mod metrics;
mod names;
mod program;
mod simple;
mod standard14;
mod store;
mod symbol;
mod unicode;

use std::cell::RefCell;

use hayro_syntax::object::{Dict, Name};

use super::damage::is_dangling;
use composite::CompositeFont;
use decoded::Decoded;
use metrics::Extent;
use simple::SimpleFont;
pub(super) use store::{Distrusted, FontStore};
pub(super) use unicode::Text;

/// A font as a content stream selects it.
pub(super) struct PdfFont<'a> {
    /// Index into the document's list of fonts.
    pub(super) index: u16,
    /// Top and bottom of its glyphs, in ems from the baseline.
    pub(super) extent: Extent,
    /// False where something that its text depends on is damaged or not in the file.
    pub(super) is_whole: bool,
    kind: Kind<'a>,
    /// What codes of a composite font were found to mean.
    decoded: RefCell<Decoded>,
}

enum Kind<'a> {
    Simple(Box<SimpleFont>),
    Composite(Box<CompositeFont<'a>>),
}

/// One shown code.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// Its characters.
    pub(super) text: Text,
    /// Advance in ems: to the right, or downwards (negative) where the font is vertical.
    pub(super) advance: f32,
    /// Width in ems.
    pub(super) width: f32,
    /// From the horizontal to the vertical origin, in ems; zero for horizontal fonts.
    pub(super) vertical_origin: (f32, f32),
}

impl<'a> PdfFont<'a> {
    fn new(index: u16, dict: &Dict<'a>, store: &FontStore<'a>, trusts_map: bool) -> Self {
        store.is_whole.set(!lacks_maps(dict));
        let subtype = dict.get::<Name<'_>>("Subtype");
        let kind = match subtype.as_deref() {
            Some(b"Type0") => Kind::Composite(Box::new(CompositeFont::new(dict, store, trusts_map))),
            _ => Kind::Simple(Box::new(SimpleFont::new(dict, store))),
        };
        let extent = match &kind {
            Kind::Simple(font) => font.extent,
            Kind::Composite(font) => font.extent,
        };
        Self { index, extent, is_whole: store.is_whole.get(), kind, decoded: RefCell::default() }
    }

    /// Whether its ToUnicode map gave gibberish so far.
    fn is_gibberish(&self) -> bool {
        self.decoded.borrow().is_gibberish()
    }

    /// Whether text runs downwards.
    pub(super) fn is_vertical(&self) -> bool {
        matches!(&self.kind, Kind::Composite(font) if font.vertical)
    }

    /// Decodes a string; `each` also learns whether the code is the single byte 32, which word spacing widens.
    pub(super) fn decode(&self, bytes: &[u8], mut each: impl FnMut(&Shown, bool)) {
        match &self.kind {
            Kind::Simple(font) => font.decode(bytes, each),
            Kind::Composite(font) => {
                let mut decoded = self.decoded.borrow_mut();
                let mut rest = bytes;
                while let Some((shown, code, len)) = decoded.next(rest, font) {
                    rest = rest.get(len..).unwrap_or_default();
                    each(shown, len == 1 && code == 32);
                }
            }
        }
    }
}

/// Whether a font names maps or widths that are not in the file.
fn lacks_maps(font: &Dict<'_>) -> bool {
    let lacks = |dict: &Dict<'_>, keys: &[&str]| keys.iter().any(|key| is_dangling(dict, key));
    lacks(font, &["DescendantFonts", "ToUnicode", "Encoding", "Widths"])
        || match store::descendant(font) {
            Some(descendant) => lacks(&descendant, &["W", "CIDToGIDMap"]),
            None => font.contains_key("DescendantFonts"),
        }
}
