//! Forms of Unicode that codes of predefined CMaps are written in.

/// How many bytes a character has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Utf8,
    Utf16,
    Utf32,
}

impl Form {
    /// The form that the name of a CMap tells, and the name of the map of the same characters for UTF-16.
    pub(super) fn of(name: &[u8]) -> Option<(Self, Vec<u8>)> {
        let text = std::str::from_utf8(name).ok().filter(|text| text.starts_with("Uni"))?;
        if text.contains("UCS2") || text.contains("UTF16") {
            return Some((Self::Utf16, name.to_vec()));
        }
        let forms = [("UTF8", Self::Utf8), ("UTF32", Self::Utf32)];
        let (word, form) = forms.into_iter().find(|(word, _)| text.contains(word))?;
        Some((form, text.replace(word, "UTF16").into_bytes()))
    }

    /// The next code of a string and its length in bytes.
    pub(super) fn next_code(self, bytes: &[u8]) -> Option<(u32, usize)> {
        let first = *bytes.first()?;
        let len = match (self, first) {
            (Self::Utf32, _) => 4,
            (Self::Utf16, 0xd8..=0xdb) if bytes.len() >= 4 => 4,
            (Self::Utf16, _) => 2,
            (Self::Utf8, 0xc2..=0xdf) => 2,
            (Self::Utf8, 0xe0..=0xef) => 3,
            (Self::Utf8, 0xf0..=0xf4) => 4,
            (Self::Utf8, _) => 1,
        };
        let code = bytes.get(..len).unwrap_or(bytes);
        Some((code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte)), code.len()))
    }

    /// Whether bytes that begin with this code always begin with it.
    pub(super) fn is_settled(self, code: u32, len: u8) -> bool {
        match self {
            Self::Utf8 => len == 1 && code < 0x80,
            Self::Utf16 => len == 2 && !(0xd800..=0xdbff).contains(&code),
            Self::Utf32 => false,
        }
    }

    /// The character of a code.
    pub(super) fn char(self, code: u32, len: u8) -> Option<char> {
        match (self, len) {
            (Self::Utf32, 4) | (Self::Utf16, 2) => char::from_u32(code),
            (Self::Utf16, 4) => char::decode_utf16([(code >> 16) as u16, code as u16]).next()?.ok(),
            (Self::Utf8, 1..=4) => {
                let bytes = code.to_be_bytes();
                std::str::from_utf8(bytes.get(4 - usize::from(len)..)?).ok()?.chars().next()
            }
            _ => None,
        }
    }
}
