//! Marked content: optional content that is switched off, and ActualText for glyphs without Unicode.

use super::canvas::Canvas;
use super::font::Text;
use crate::read::UnicodeSource;

/// The marked-content sequences that are open.
#[derive(Default)]
pub(super) struct MarkedContent {
    open: Vec<Sequence>,
    n_off: usize,
}

struct Sequence {
    actual_text: Option<Vec<u8>>,
    off: bool,
    /// How many glyphs there were at its start.
    start: usize,
}

impl MarkedContent {
    /// How many sequences are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether what is drawn now is shown.
    pub(super) fn is_shown(&self) -> bool {
        self.n_off == 0
    }

    /// Opens a sequence.
    pub(super) fn begin(&mut self, actual_text: Option<Vec<u8>>, shown: bool, canvas: &Canvas) {
        self.n_off += usize::from(!shown);
        self.open.push(Sequence { actual_text, off: !shown, start: canvas.glyphs.len() });
    }

    /// Closes the innermost sequence; its ActualText names glyphs that nothing else names.
    pub(super) fn end(&mut self, canvas: &mut Canvas) {
        let Some(sequence) = self.open.pop() else { return };
        self.n_off -= usize::from(sequence.off);
        let Some(bytes) = sequence.actual_text else { return };
        let glyphs = canvas.glyphs.get_mut(sequence.start..).unwrap_or_default();
        let unknown = |source| source == UnicodeSource::Unknown;
        if !glyphs.iter().any(|g| unknown(g.unicode_source)) {
            return;
        }
        let text = decode_text_string(&bytes);
        let chars: Vec<char> = text.chars().collect();
        if chars.len() == glyphs.len() {
            for (glyph, ch) in glyphs.iter_mut().zip(chars) {
                if let (true, Some(text)) =
                    (unknown(glyph.unicode_source), Text::from_char(ch, UnicodeSource::ActualText))
                {
                    glyph.ch = text.ch;
                    glyph.unicode_source = text.source;
                }
            }
        } else if let ([glyph], Some(text)) = (&mut *glyphs, Text::from_chars(chars, UnicodeSource::ActualText)) {
            glyph.ch = text.ch;
            glyph.tail = text.tail;
            glyph.unicode_source = text.source;
        }
    }
}

/// Reads a PDF text string: UTF-16 or UTF-8 by its mark, else Latin; GBK where that is what it must be.
pub(super) fn decode_text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => match encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(bytes) {
                // Latin letters with accents rarely come in pairs; ideographs always do.
                Some(text) if text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) => text.into_owned(),
                _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
            },
        },
    }
}
