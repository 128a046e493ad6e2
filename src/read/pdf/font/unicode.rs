//! What a code means: sound characters only, and ToUnicode maps.

use hayro_cmap::{BfString, CMap, CMapName, load_embedded};
use hayro_syntax::object::{Dict, Object};

use super::store::FontStore;
use crate::read::UnicodeSource;

/// The characters of a glyph and the step of the ladder that gave them.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::read::pdf) struct Text {
    pub(in crate::read::pdf) ch: char,
    #[expect(clippy::box_collection, reason = "as in a glyph")]
    pub(in crate::read::pdf) tail: Option<Box<String>>,
    pub(in crate::read::pdf) source: UnicodeSource,
}

impl Text {
    /// A glyph whose meaning nothing tells.
    pub(in crate::read::pdf) const UNKNOWN: Self =
        Self { ch: char::REPLACEMENT_CHARACTER, tail: None, source: UnicodeSource::Unknown };

    /// A single character, if it is sound.
    pub(in crate::read::pdf) fn from_char(ch: char, source: UnicodeSource) -> Option<Self> {
        let ch = match ch {
            // No-break space and the white space controls print like a space.
            '\u{a0}' | '\t' | '\n' | '\r' => ' ',
            // A soft hyphen that is drawn is a hyphen.
            '\u{ad}' => '-',
            ch => ch,
        };
        is_sound(ch).then_some(Self { ch, tail: None, source })
    }

    /// Several characters, if all are sound.
    pub(in crate::read::pdf) fn from_chars(
        chars: impl IntoIterator<Item = char>,
        source: UnicodeSource,
    ) -> Option<Self> {
        let mut chars = chars.into_iter();
        let mut text = Self::from_char(chars.next()?, source)?;
        let mut tail = String::new();
        for ch in chars {
            tail.push(Self::from_char(ch, source)?.ch);
        }
        if !tail.is_empty() {
            text.tail = Some(Box::new(tail));
        }
        Some(text)
    }

    /// What a CMap gives for a code or a CID.
    pub(super) fn from_cmap(cmap: &CMap, code: u32, source: UnicodeSource) -> Option<Self> {
        match cmap.lookup_bf_string(code)? {
            BfString::Char(ch) => Self::from_char(ch, source),
            BfString::String(text) => Self::from_chars(text.chars().filter(|c| !is_variation_selector(*c)), source),
        }
    }
}

/// The collections' Unicode maps tell variant glyphs by selectors, which no reader of text expects.
fn is_variation_selector(ch: char) -> bool {
    matches!(ch, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a character can be what a glyph means: controls, private use and non-characters cannot.
pub(super) fn is_sound(ch: char) -> bool {
    !(ch.is_control() || is_private_use(ch) || ch == char::REPLACEMENT_CHARACTER || ch as u32 & 0xfffe == 0xfffe)
}

/// Whether a character is of a private use area.
fn is_private_use(ch: char) -> bool {
    matches!(ch, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// A font's ToUnicode entry.
pub(super) enum ToUnicode {
    /// A CMap of its own, or one known by name.
    Map(Box<CMap>),
    /// `Identity-H`: codes are UTF-16 already.
    Identity,
}

impl ToUnicode {
    /// Reads the entry; `None` where it is absent or broken.
    pub(super) fn new(font: &Dict<'_>, store: &FontStore<'_>) -> Option<Self> {
        match font.get::<Object<'_>>("ToUnicode")? {
            Object::Stream(stream) => {
                let data = store.unpack_map(&stream)?;
                CMap::parse(&data, load_embedded).map(|map| Self::Map(Box::new(map)))
            }
            Object::Name(name) if name.starts_with(b"Identity") => Some(Self::Identity),
            Object::Name(name) => {
                let data = load_embedded(CMapName::from_bytes(&name))?;
                CMap::parse(data, load_embedded).map(|map| Self::Map(Box::new(map)))
            }
            _ => None,
        }
    }

    /// The character of private use that the map gives for a code.
    pub(super) fn private_use(&self, code: u32) -> Option<char> {
        match self {
            Self::Map(map) => match map.lookup_bf_string(code)? {
                BfString::Char(ch) if is_private_use(ch) => Some(ch),
                _ => None,
            },
            Self::Identity => char::from_u32(code).filter(|ch| is_private_use(*ch)),
        }
    }

    /// The characters of a code, if they are sound.
    pub(super) fn text(&self, code: u32) -> Option<Text> {
        match self {
            Self::Map(map) => Text::from_cmap(map, code, UnicodeSource::ToUnicode),
            Self::Identity => Text::from_char(char::from_u32(code)?, UnicodeSource::ToUnicode),
        }
    }
}
