//! The names that font dictionaries give fonts.

use hayro_syntax::object::{Dict, Name, Number};

use crate::read::Font;

/// `ForceBold` in the font descriptor's flags.
const FORCE_BOLD: i64 = 1 << 18;
/// `Italic` in the font descriptor's flags.
const ITALIC: i64 = 1 << 6;
/// `FontWeight` from which a font is bold.
const BOLD_WEIGHT: f32 = 600.0;

/// The name bytes without the six letters of a subset.
pub(super) fn untagged(name: &[u8]) -> &[u8] {
    match name {
        [tag @ .., _] if tag.len() >= 6 && name.get(6) == Some(&b'+') => {
            let (tag, rest) = name.split_at(7);
            if tag.iter().take(6).all(u8::is_ascii_uppercase) { rest } else { name }
        }
        _ => name,
    }
}

/// Whether a name says that the font is a subset, which is of no use without its program.
pub(super) fn is_subset(name: &[u8]) -> bool {
    untagged(name).len() < name.len()
}

/// Reads a name that is UTF-8 or, from older Chinese programs, GBK.
pub(super) fn decode(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GBK.decode_without_bom_handling(name).0.into_owned(),
    }
}

/// What tells a font from others.
pub(super) fn describe(font: &Dict<'_>, descriptor: Option<&Dict<'_>>) -> Font {
    let name = font.get::<Name<'_>>("BaseFont").or_else(|| font.get::<Name<'_>>("Name"));
    let name = name.map(|name| decode(untagged(&name))).unwrap_or_default();
    let flags = flags(descriptor);
    let weight = descriptor.and_then(|d| d.get::<f32>("FontWeight")).unwrap_or(0.0);
    let lower = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    Font {
        bold: has(&["bold", "black", "heavy"]) || flags & FORCE_BOLD != 0 || weight >= BOLD_WEIGHT,
        italic: has(&["italic", "oblique"]) || flags & ITALIC != 0,
        name,
    }
}

/// The flags of a font descriptor.
pub(super) fn flags(descriptor: Option<&Dict<'_>>) -> i64 {
    descriptor.and_then(|d| d.get::<Number>("Flags")).map_or(0, |n| n.as_i64())
}
