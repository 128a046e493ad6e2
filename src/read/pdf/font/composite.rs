//! Type 0 fonts: codes of one to four bytes, CIDs, and what they mean.

use std::borrow::Cow;
use std::rc::Rc;

use hayro_cmap::{CMap, CidFamily, WritingMode, load_embedded};
use hayro_syntax::object::{Dict, Name, Object, Stream};

use super::Shown;
use super::form::Form;
use super::metrics::{CidWidths, Extent, VerticalMetrics};
use super::names;
use super::program::{Program, ProgramText};
use super::store::{FontStore, descendant};
use super::symbol::{SymbolFont, private_code};
use super::unicode::{Text, ToUnicode};
use crate::read::UnicodeSource;

/// A Type 0 font with its CID font.
pub(super) struct CompositeFont<'a> {
    pub(super) vertical: bool,
    pub(super) extent: Extent,
    encoding: Encoding,
    to_unicode: Option<ToUnicode>,
    /// CID to Unicode of the character collection.
    collection: Option<Rc<CMap>>,
    widths: CidWidths,
    vertical_metrics: Option<VerticalMetrics>,
    /// Two bytes a CID.
    cid_to_gid: Option<Vec<u8>>,
    /// Whether the program is a TrueType file, in the file or not.
    has_glyph_numbers: bool,
    program: Program<'a>,
    symbols: Option<SymbolFont>,
}

/// How codes become CIDs.
enum Encoding {
    /// Two bytes, which are the CID.
    Identity,
    /// A predefined CMap whose codes are Unicode: the form, and the map of the same collection for UTF-16.
    Unicode(Form, Rc<CMap>),
    /// Any other CMap.
    Map(Rc<CMap>),
}

impl<'a> CompositeFont<'a> {
    /// Reads the font; its ToUnicode map only where that is to be trusted.
    pub(super) fn new(font: &Dict<'a>, store: &FontStore<'a>, trusts_map: bool) -> Self {
        let cid_font = descendant(font).unwrap_or_default();
        let descriptor = cid_font.get::<Dict<'a>>("FontDescriptor");
        let (encoding, named_vertical) = Encoding::new(font, store);
        let map = match &encoding {
            Encoding::Identity => None,
            Encoding::Unicode(_, map) | Encoding::Map(map) => Some(map),
        };
        let vertical =
            named_vertical || map.is_some_and(|map| map.metadata().writing_mode == Some(WritingMode::Vertical));
        let family = family(&cid_font)
            .or_else(|| map.and_then(|map| map.metadata().character_collection.as_ref()).map(|c| c.family.clone()));
        let collection =
            family.and_then(|family| family.ucs2_cmap()).and_then(|name| store.predefined(name.to_bytes()));
        let cid_to_gid =
            cid_font.get::<Stream<'_>>("CIDToGIDMap").and_then(|s| store.unpack_map(&s)).map(Cow::into_owned);
        Self {
            vertical,
            extent: Extent::new(descriptor.as_ref()),
            encoding,
            to_unicode: trusts_map.then(|| ToUnicode::new(font, store)).flatten(),
            collection,
            widths: CidWidths::new(&cid_font),
            vertical_metrics: vertical.then(|| VerticalMetrics::new(&cid_font)),
            cid_to_gid,
            has_glyph_numbers: cid_font.get::<Name<'_>>("Subtype").as_deref() == Some(b"CIDFontType2"),
            program: Program::new(&cid_font, descriptor.as_ref(), store),
            symbols: SymbolFont::of(&names::describe(font, descriptor.as_ref()).name),
        }
    }

    /// The next code and its length in bytes.
    pub(super) fn next_code(&self, bytes: &[u8]) -> Option<(u32, usize)> {
        let first = *bytes.first()?;
        let two = bytes.get(1).map(|second| u32::from(first) << 8 | u32::from(*second));
        let map = match (&self.encoding, two) {
            (Encoding::Identity, two) => return Some(two.map_or((u32::from(first), 1), |code| (code, 2))),
            (Encoding::Unicode(form, _), _) => return form.next_code(bytes),
            (Encoding::Map(map), _) => map,
        };
        let mut code = 0;
        for (i, byte) in bytes.iter().take(4).enumerate() {
            code = code << 8 | u32::from(*byte);
            if map.lookup_cid_code(code, i as u8 + 1).is_some() {
                return Some((code, i + 1));
            }
        }
        // Not in the map: all multi-byte sets in use have two bytes there.
        Some((two.unwrap_or(u32::from(first)), bytes.len().min(2)))
    }

    /// Whether bytes that begin with this code always begin with it, whatever follows.
    pub(super) fn is_settled(&self, code: u32, len: u8) -> bool {
        match &self.encoding {
            Encoding::Identity => len == 2,
            Encoding::Unicode(form, _) => form.is_settled(code, len),
            Encoding::Map(map) => match len {
                1 => map.lookup_cid_code(code, 1).is_some(),
                2 => map.lookup_cid_code(code >> 8, 1).is_none() && map.lookup_cid_code(code, 2).is_some(),
                _ => false,
            },
        }
    }

    /// What a code shows.
    pub(super) fn show(&self, code: u32, len: u8) -> Shown {
        let cid = match &self.encoding {
            Encoding::Identity => code,
            Encoding::Unicode(form, map) => form.char(code, len).and_then(|ch| cid_of(map, ch)).unwrap_or(0),
            Encoding::Map(map) => map.lookup_cid_code(code, len).unwrap_or(0),
        };
        let width = self.widths.width(cid);
        let (advance, vertical_origin) = match &self.vertical_metrics {
            Some(metrics) => metrics.of(cid, width),
            None => (width, (0.0, 0.0)),
        };
        Shown { text: self.text(code, len, cid).unwrap_or(Text::UNKNOWN), advance, width, vertical_origin }
    }

    fn text(&self, code: u32, len: u8, cid: u32) -> Option<Text> {
        self.mapped_text(code, len, cid).or_else(|| {
            let own = private_code(code, self.to_unicode.as_ref(), self.gid(cid), &self.program)?;
            self.symbols?.text(own)
        })
    }

    fn mapped_text(&self, code: u32, len: u8, cid: u32) -> Option<Text> {
        if let Some(text) = self.to_unicode.as_ref().and_then(|map| map.text(code)) {
            return Some(text);
        }
        let by_code = || match &self.encoding {
            Encoding::Unicode(form, _) => Text::from_char(form.char(code, len)?, UnicodeSource::Cid),
            _ => None,
        };
        let by_collection = || Text::from_cmap(self.collection.as_deref()?, cid, UnicodeSource::Cid);
        let by_program = || self.program_text(cid);
        // With Identity and an embedded program, the collection is often a lie (Adobe-GB1 over a TrueType
        // subset whose CIDs are glyph numbers); the program's own map cannot be, but it can be lost.
        match self.encoding {
            Encoding::Identity if self.has_glyph_numbers && self.program.is_lost() => None,
            Encoding::Identity if self.program.is_truetype() => by_program().or_else(by_collection),
            _ => by_code().or_else(by_collection).or_else(by_program),
        }
    }

    /// The glyph number of a CID.
    fn gid(&self, cid: u32) -> Option<u32> {
        match &self.cid_to_gid {
            Some(map) => {
                let at = (cid as usize).checked_mul(2)?;
                match map.get(at..at.checked_add(2)?)? {
                    [hi, lo] => Some(u32::from(*hi) << 8 | u32::from(*lo)),
                    _ => None,
                }
            }
            None => self.program.gid_of_cid(cid),
        }
    }

    fn program_text(&self, cid: u32) -> Option<Text> {
        match self.program.glyph(self.gid(cid)?)? {
            ProgramText::Char(ch) => Text::from_char(ch, UnicodeSource::Program),
            ProgramText::Text(text) => Text::from_chars(text.chars(), UnicodeSource::Program),
        }
    }
}

impl Encoding {
    /// The encoding, and whether its name says that it is vertical.
    fn new<'a>(font: &Dict<'a>, store: &FontStore<'a>) -> (Self, bool) {
        match font.get::<Object<'_>>("Encoding") {
            Some(Object::Name(name)) => {
                let vertical = name.ends_with(b"-V") || name.as_ref() == b"V";
                if name.starts_with(b"Identity") {
                    return (Self::Identity, vertical);
                }
                let encoding = match Form::of(&name) {
                    Some((form, by_utf16)) => store.predefined(&by_utf16).map(|map| Self::Unicode(form, map)),
                    None => store.predefined(&name).map(Self::Map),
                };
                (encoding.unwrap_or(Self::Identity), vertical)
            }
            Some(Object::Stream(stream)) => {
                let vertical = stream.dict().get::<i32>("WMode") == Some(1);
                let map = store.unpack_map(&stream).and_then(|data| CMap::parse(&data, load_embedded));
                (map.map_or(Self::Identity, |map| Self::Map(Rc::new(map))), vertical)
            }
            _ => (Self::Identity, false),
        }
    }
}

/// The CID of a character by a map for UTF-16.
fn cid_of(map: &CMap, ch: char) -> Option<u32> {
    let mut units = [0; 2];
    match *ch.encode_utf16(&mut units) {
        [unit] => map.lookup_cid_code(u32::from(unit), 2),
        [high, low] => map.lookup_cid_code(u32::from(high) << 16 | u32::from(low), 4),
        _ => None,
    }
}

/// The character collection that a CID font names.
fn family(cid_font: &Dict<'_>) -> Option<CidFamily> {
    let info = cid_font.get::<Dict<'_>>("CIDSystemInfo")?;
    let text = |key: &str| match info.get::<Object<'_>>(key) {
        Some(Object::String(s)) => Some(s.as_bytes().to_vec()),
        Some(Object::Name(n)) => Some(n.to_vec()),
        _ => None,
    };
    let family = CidFamily::from_registry_ordering(&text("Registry")?, &text("Ordering")?);
    family.ucs2_cmap().is_some().then_some(family)
}
