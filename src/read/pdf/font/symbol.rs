//! Symbol, Wingdings and ZapfDingbats: fonts whose codes mean the same in every document, though no map says so.

use super::program::Program;
use super::unicode::{Text, ToUnicode};
use crate::read::UnicodeSource;

/// A font of well-known symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SymbolFont {
    Symbol,
    Wingdings,
    Wingdings2,
    Dingbats,
}

/// Greek letters in Symbol, at the Latin capitals and small letters.
const CAPITALS: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
const SMALL: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";

/// Other codes of Symbol that office documents use.
const SYMBOL: [(u8, char); 27] = [
    (0x2d, '−'),
    (0xa3, '≤'),
    (0xa5, '∞'),
    (0xa7, '♣'),
    (0xa8, '♦'),
    (0xa9, '♥'),
    (0xaa, '♠'),
    (0xab, '↔'),
    (0xac, '←'),
    (0xad, '↑'),
    (0xae, '→'),
    (0xaf, '↓'),
    (0xb0, '°'),
    (0xb1, '±'),
    (0xb3, '≥'),
    (0xb4, '×'),
    (0xb7, '•'),
    (0xb8, '÷'),
    (0xb9, '≠'),
    (0xba, '≡'),
    (0xbb, '≈'),
    (0xbc, '…'),
    (0xd6, '√'),
    (0xd7, '⋅'),
    (0xde, '⇒'),
    (0xe5, '∑'),
    (0xf2, '∫'),
];

/// Bullets, boxes and marks of Wingdings.
const WINGDINGS: [(u8, char); 24] = [
    (0x46, '☞'),
    (0x6c, '●'),
    (0x6d, '❍'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x70, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x73, '⬧'),
    (0x74, '⧫'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '⬥'),
    (0x9f, '•'),
    (0xa1, '○'),
    (0xa7, '▪'),
    (0xa8, '□'),
    (0xd8, '➢'),
    (0xdf, '←'),
    (0xe0, '→'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
];

/// Boxes and marks of Wingdings 2.
const WINGDINGS_2: [(u8, char); 6] = [(0x4f, '✗'), (0x50, '✓'), (0x52, '☑'), (0x53, '☒'), (0x97, '●'), (0xa3, '□')];

/// Codes of ZapfDingbats whose characters Unicode had before it took in the others.
const DINGBATS: [(u8, char); 17] = [
    (0x25, '☎'),
    (0x2a, '☛'),
    (0x2b, '☞'),
    (0x48, '★'),
    (0x6c, '●'),
    (0x6e, '■'),
    (0x73, '▲'),
    (0x74, '▼'),
    (0x75, '◆'),
    (0x77, '◗'),
    (0xa8, '♣'),
    (0xa9, '♦'),
    (0xaa, '♥'),
    (0xab, '♠'),
    (0xd5, '→'),
    (0xd6, '↔'),
    (0xd7, '↕'),
];

/// The others, in the order of their codes.
fn dingbat(code: u8) -> Option<char> {
    let first = match code {
        0x21..=0x7e => 0x2701 - 0x21,
        0xa1..=0xa7 => 0x2761 - 0xa1,
        0xac..=0xb5 => 0x2460 - 0xac,
        0xb6..=0xd4 => 0x2776 - 0xb6,
        0xd8..=0xef => 0x2798 - 0xd8,
        0xf1..=0xfe => 0x27b1 - 0xf1,
        _ => return None,
    };
    char::from_u32(first + u32::from(code))
}

impl SymbolFont {
    /// By the font's name.
    pub(super) fn of(name: &str) -> Option<Self> {
        let name: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        if name.starts_with("wingdings2") {
            Some(Self::Wingdings2)
        } else if name.starts_with("wingdings") && !name.starts_with("wingdings3") {
            Some(Self::Wingdings)
        } else if name.starts_with("symbol") {
            Some(Self::Symbol)
        } else if name.starts_with("zapfdingbats") {
            Some(Self::Dingbats)
        } else {
            None
        }
    }

    /// What a code of the font means.
    pub(super) fn text(self, code: u8) -> Option<Text> {
        let table: &[(u8, char)] = match self {
            Self::Symbol => &SYMBOL,
            Self::Wingdings => &WINGDINGS,
            Self::Wingdings2 => &WINGDINGS_2,
            Self::Dingbats => &DINGBATS,
        };
        let listed = table.iter().find(|(c, _)| *c == code).map(|(_, ch)| *ch);
        let greek = |letters: &str, first: u8| letters.chars().nth(usize::from(code - first));
        let ch = match (listed, self, code) {
            (Some(ch), ..) => Some(ch),
            (None, _, b' ') => Some(' '),
            (None, Self::Dingbats, _) => dingbat(code),
            (None, Self::Symbol, b'A'..=b'Z') => greek(CAPITALS, b'A'),
            (None, Self::Symbol, b'a'..=b'z') => greek(SMALL, b'a'),
            (None, Self::Symbol, b'0'..=b'9') => Some(char::from(code)),
            (None, Self::Symbol, b'!' | b'#' | b'%' | b'&' | b'(' | b')' | b'+' | b',' | b'.' | b'/') => {
                Some(char::from(code))
            }
            (None, Self::Symbol, b':'..=b'?' | b'[' | b']' | b'_' | b'{' | b'|' | b'}') => Some(char::from(code)),
            _ => None,
        };
        Text::from_char(ch?, UnicodeSource::Encoding)
    }
}

/// The font's own code of a glyph: where ToUnicode gives a character of private use at U+F000, as Word does for
/// such fonts, or where the program's symbol map has the glyph.
pub(super) fn private_code(
    code: u32,
    to_unicode: Option<&ToUnicode>,
    gid: Option<u32>,
    program: &Program<'_>,
) -> Option<u8> {
    let mapped = to_unicode.and_then(|map| map.private_use(code)).and_then(|ch| match u32::from(ch) {
        ch @ 0xf000..=0xf0ff => u8::try_from(ch - 0xf000).ok(),
        _ => None,
    });
    mapped.or_else(|| program.code_of_gid(gid?))
}
