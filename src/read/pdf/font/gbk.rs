//! Simple fonts of old Chinese programs: the bytes are GBK, two of them a character, and no table says so.

use hayro_syntax::object::{Dict, Name};

use super::names;
use super::unicode::Text;
use crate::read::UnicodeSource;

/// How sure it is that a font's strings are GBK.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GbkLikelihood {
    /// Not at all.
    No,
    /// The strings must show it: nothing but pairs of the range of GB 2312.
    ByBytes,
    /// The font's name is that of a Chinese typeface.
    ByName,
}

/// Parts of the names of Chinese typefaces, in lower case.
const TYPEFACES: [&str; 22] = [
    "simsun",
    "simhei",
    "simkai",
    "simfang",
    "fangsong",
    "kaiti",
    "stsong",
    "stheiti",
    "stkaiti",
    "stfang",
    "stzhongsong",
    "msyh",
    "yahei",
    "dengxian",
    "youyuan",
    "lisu",
    "gb2312",
    "gbk",
    "heiti",
    "songti",
    "fzxbs",
    "fzsong",
];

impl GbkLikelihood {
    /// Judges a simple font that is not embedded and has no ToUnicode.
    pub(super) fn of(font: &Dict<'_>) -> Self {
        let Some(name) = font.get::<Name<'_>>("BaseFont") else { return Self::ByBytes };
        let text = names::decode(names::untagged(&name)).to_lowercase();
        let ideographs = text.chars().any(|ch| ('\u{4e00}'..='\u{9fff}').contains(&ch));
        if ideographs || TYPEFACES.iter().any(|part| text.contains(part)) { Self::ByName } else { Self::ByBytes }
    }

    /// Whether a string is to be read as GBK.
    pub(super) fn accepts(self, bytes: &[u8]) -> bool {
        match self {
            Self::No => false,
            Self::ByName => true,
            Self::ByBytes => is_gb2312(bytes),
        }
    }
}

/// Whether every byte above ASCII is half of a pair of GB 2312, and there is one.
fn is_gb2312(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    let mut pairs = 0;
    loop {
        rest = match rest {
            [0xa1..=0xf7, 0xa1..=0xfe, tail @ ..] => {
                pairs += 1;
                tail
            }
            [0..=0x7f, tail @ ..] => tail,
            [] => return pairs > 0,
            _ => return false,
        };
    }
}

/// The character of the first two bytes, if they are a GBK pair.
pub(super) fn pair(bytes: &[u8]) -> Option<Text> {
    let pair = bytes.get(..2)?;
    if !(0x81..=0xfe).contains(pair.first()?) {
        return None;
    }
    let text = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(pair)?;
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(ch), None) => Text::from_char(ch, UnicodeSource::Gbk),
        _ => None,
    }
}
