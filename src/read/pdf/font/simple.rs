//! Type 1, TrueType and Type 3 fonts: one byte a code.

use encoding_rs::{MACINTOSH, WINDOWS_1252};
use hayro_syntax::object::{Array, Dict, Name, Object};
use skrifa::raw::ps::PredefinedEncoding;

use super::Shown;
use super::gbk::{self, GbkLikelihood};
use super::metrics::Extent;
use super::names;
use super::program::{Program, ProgramText, named};
use super::standard14;
use super::store::FontStore;
use super::symbol::{SymbolFont, private_code};
use super::unicode::{Text, ToUnicode};
use crate::read::UnicodeSource;

/// `Symbolic` in the font descriptor's flags.
const SYMBOLIC: i64 = 1 << 2;
/// Width of a code that nothing describes: half an em.
const DEFAULT_WIDTH: f32 = 0.5;

/// A font of single-byte codes.
pub(super) struct SimpleFont {
    pub(super) extent: Extent,
    codes: Vec<Shown>,
    gbk: GbkLikelihood,
}

#[derive(Clone, Copy, PartialEq)]
enum BaseEncoding {
    WinAnsi,
    MacRoman,
    Standard,
    /// The program's own.
    BuiltIn,
}

impl SimpleFont {
    pub(super) fn new<'a>(font: &Dict<'a>, store: &FontStore<'a>) -> Self {
        let descriptor = font.get::<Dict<'a>>("FontDescriptor");
        let subtype = font.get::<Name<'_>>("Subtype");
        let type3 = subtype.as_deref() == Some(b"Type3");
        let program = Program::new(font, descriptor.as_ref(), store);
        let to_unicode = ToUnicode::new(font, store);
        let symbolic = names::flags(descriptor.as_ref()) & SYMBOLIC != 0;
        let (base, differences) = read_encoding(font);
        let is_subset = font.get::<Name<'_>>("BaseFont").is_some_and(|name| names::is_subset(&name));
        let is_gone = !type3 && (program.is_gone() || is_subset && !program.is_embedded());
        let is_told = to_unicode.is_some()
            || base.is_some() && differences.iter().all(|(_, name)| named(name).is_some() || name == ".notdef");
        if is_gone && !is_told {
            store.is_whole.set(false);
        }
        // Codes of a subset mean what its program says, and nothing without it.
        let base = base.unwrap_or(if type3 || program.is_embedded() || symbolic || is_gone && is_subset {
            BaseEncoding::BuiltIn
        } else if subtype.as_deref() == Some(b"TrueType") {
            BaseEncoding::WinAnsi
        } else {
            BaseEncoding::Standard
        });
        let unmapped = !type3 && !program.is_embedded() && to_unicode.is_none() && differences.is_empty();
        let gbk = if unmapped { GbkLikelihood::of(font) } else { GbkLikelihood::No };

        let symbols =
            font.get::<Name<'_>>("BaseFont").and_then(|n| SymbolFont::of(&names::decode(names::untagged(&n))));
        let text = |code: u8| {
            to_unicode.as_ref().and_then(|map| map.text(u32::from(code))).or_else(|| {
                let name = differences.iter().rev().find(|(c, _)| *c == code).map(|(_, name)| name.as_str());
                if let Some(number) = name.filter(|_| type3).and_then(of_bitmap) {
                    return if number == code { by_ascii(code) } else { None };
                }
                match (name, symbols) {
                    (Some(name), _) => by_name(name, &program),
                    (None, Some(symbols)) => {
                        let own = private_code(u32::from(code), to_unicode.as_ref(), None, &program);
                        symbols.text(own.unwrap_or(code))
                    }
                    (None, None) => by_base(base, code).or_else(|| {
                        // Codes of a symbolic font are its own, whatever a Macintosh map calls them.
                        let means_nothing = symbolic && program.is_macintosh();
                        if means_nothing { None } else { by_program(&program, code) }
                    }),
                }
            })
        };
        let widths = SimpleWidths::new(font, descriptor.as_ref(), type3);
        let codes = (0..=u8::MAX)
            .map(|code| {
                let width = widths.width(code);
                Shown { text: text(code).unwrap_or(Text::UNKNOWN), advance: width, width, vertical_origin: (0.0, 0.0) }
            })
            .collect();
        let extent = if type3 { type3_extent(font) } else { Extent::new(descriptor.as_ref()) };
        Self { extent, codes, gbk }
    }

    /// Decodes a string.
    pub(super) fn decode(&self, bytes: &[u8], mut each: impl FnMut(&Shown, bool)) {
        let gbk = self.gbk.accepts(bytes);
        let mut rest = bytes;
        while let [code, tail @ ..] = rest {
            let Some(shown) = self.codes.get(usize::from(*code)) else { break };
            match gbk.then(|| gbk::pair(rest)).flatten() {
                Some(text) => {
                    let second = tail.first().and_then(|b| self.codes.get(usize::from(*b)));
                    let width = shown.width + second.map_or(0.0, |s| s.width);
                    each(&Shown { text, advance: width, width, vertical_origin: (0.0, 0.0) }, false);
                    rest = tail.get(1..).unwrap_or_default();
                }
                None => {
                    each(shown, *code == 32);
                    rest = tail;
                }
            }
        }
    }
}

fn by_name(name: &str, program: &Program<'_>) -> Option<Text> {
    match named(name) {
        Some(text) => from_program_text(text, UnicodeSource::Encoding),
        // Names made up by a producer mean whatever the program's own map says of their glyph.
        None => from_program_text(program.glyph(program.gid_of_name(name)?)?, UnicodeSource::Program),
    }
}

/// The code that a glyph of a bitmap font is named after: pdfTeX and dvips call it `a84`, as ZapfDingbats calls a dingbat.
fn of_bitmap(name: &str) -> Option<u8> {
    name.strip_prefix('a').filter(|number| number.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
}

/// What a code means in ASCII and in both encodings of TeX's text fonts, OT1 and T1.
fn by_ascii(code: u8) -> Option<Text> {
    let differs = matches!(code, b'"' | b'<' | b'>' | b'\\' | b'^' | b'_' | b'`' | b'{' | b'|' | b'}' | b'~');
    let is_same = code.is_ascii_graphic() && !differs;
    is_same.then(|| Text::from_char(char::from(code), UnicodeSource::Encoding)).flatten()
}

fn by_base(base: BaseEncoding, code: u8) -> Option<Text> {
    let decode = |encoding: &'static encoding_rs::Encoding| {
        let bytes = [code];
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes)?;
        Text::from_char(text.chars().next()?, UnicodeSource::Encoding)
    };
    match base {
        // Below the space, no encoding has a glyph.
        _ if code < 32 => None,
        // Codes that no character has are bullets (ISO 32000-1, annex D.2, note 3).
        BaseEncoding::WinAnsi if matches!(code, 0x7f | 0x81 | 0x8d | 0x8f | 0x90 | 0x9d) => {
            Text::from_char('•', UnicodeSource::Encoding)
        }
        BaseEncoding::WinAnsi => decode(WINDOWS_1252),
        BaseEncoding::MacRoman => decode(MACINTOSH),
        BaseEncoding::Standard => {
            from_program_text(named(PredefinedEncoding::Standard.name(code))?, UnicodeSource::Encoding)
        }
        BaseEncoding::BuiltIn => None,
    }
}

fn by_program(program: &Program<'_>, code: u8) -> Option<Text> {
    from_program_text(program.glyph(program.gid_of_code(code)?)?, UnicodeSource::Program)
}

fn from_program_text(text: ProgramText, source: UnicodeSource) -> Option<Text> {
    match text {
        ProgramText::Char(ch) => Text::from_char(ch, source),
        ProgramText::Text(text) => Text::from_chars(text.chars(), source),
    }
}

/// Base encoding and Differences.
fn read_encoding(font: &Dict<'_>) -> (Option<BaseEncoding>, Vec<(u8, String)>) {
    let base = |name: &[u8]| match name {
        b"WinAnsiEncoding" => Some(BaseEncoding::WinAnsi),
        b"MacRomanEncoding" => Some(BaseEncoding::MacRoman),
        b"StandardEncoding" => Some(BaseEncoding::Standard),
        _ => None,
    };
    match font.get::<Object<'_>>("Encoding") {
        Some(Object::Name(name)) => (base(&name), Vec::new()),
        Some(Object::Dict(dict)) => {
            let named = dict.get::<Name<'_>>("BaseEncoding").and_then(|name| base(&name));
            let differences = dict.get::<Array<'_>>("Differences").map(|array| read_differences(&array));
            (named, differences.unwrap_or_default())
        }
        _ => (None, Vec::new()),
    }
}

fn read_differences(array: &Array<'_>) -> Vec<(u8, String)> {
    let mut out = Vec::new();
    let mut code = 0_i64;
    for item in array.iter::<Object<'_>>() {
        match item {
            Object::Number(n) => code = n.as_i64(),
            Object::Name(name) => {
                if let (Ok(code), Ok(name)) = (u8::try_from(code), std::str::from_utf8(&name)) {
                    out.push((code, name.to_owned()));
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    out
}

/// The widths of a simple font, in ems.
struct SimpleWidths {
    first: i64,
    widths: Vec<f32>,
    missing: f32,
    standard: Option<&'static standard14::Widths>,
}

impl SimpleWidths {
    fn new(font: &Dict<'_>, descriptor: Option<&Dict<'_>>, type3: bool) -> Self {
        let unit = if type3 { font_matrix(font).0 } else { 0.001 };
        let widths: Vec<f32> = font
            .get::<Array<'_>>("Widths")
            .map(|array| array.iter::<Object<'_>>().take(256).map(|o| o.into_f32().unwrap_or(0.0) * unit).collect())
            .unwrap_or_default();
        let missing = descriptor.and_then(|d| d.get::<f32>("MissingWidth")).map(|w| w / 1000.0);
        let (missing, standard) = if widths.is_empty() {
            let name = font.get::<Name<'_>>("BaseFont").map(|n| names::decode(names::untagged(&n)));
            (missing.unwrap_or(DEFAULT_WIDTH), standard14::widths(&name.unwrap_or_default()))
        } else {
            (missing.unwrap_or(0.0), None)
        };
        Self { first: font.get::<i32>("FirstChar").map_or(0, i64::from), widths, missing, standard }
    }

    fn width(&self, code: u8) -> f32 {
        if let Some(standard) = self.standard {
            let known = usize::from(code).checked_sub(32).and_then(|i| standard.get(i));
            return known.map_or(self.missing, |w| f32::from(*w) / 1000.0);
        }
        let at = usize::try_from(i64::from(code) - self.first).ok();
        at.and_then(|at| self.widths.get(at)).copied().unwrap_or(self.missing)
    }
}

/// The horizontal and vertical unit of a Type 3 font's glyph space, in ems.
fn font_matrix(font: &Dict<'_>) -> (f32, f32) {
    let numbers: Vec<f32> = font
        .get::<Array<'_>>("FontMatrix")
        .map(|array| array.iter::<Object<'_>>().map(|o| o.into_f32().unwrap_or(0.0)).collect())
        .unwrap_or_default();
    match numbers.as_slice() {
        [a, _, _, d, ..] if *a != 0.0 && *d != 0.0 => (*a, *d),
        _ => (0.001, 0.001),
    }
}

/// Top and bottom of a Type 3 font by its bounding box, where that makes sense.
fn type3_extent(font: &Dict<'_>) -> Extent {
    let unit = font_matrix(font).1;
    let bounds: Vec<f32> = font
        .get::<Array<'_>>("FontBBox")
        .map(|array| array.iter::<Object<'_>>().map(|o| o.into_f32().unwrap_or(0.0)).collect())
        .unwrap_or_default();
    let [_, y0, _, y1] = bounds.as_slice() else { return Extent::EM_BOX };
    let (ascent, descent) = (y0.max(*y1) * unit.abs(), y0.min(*y1) * unit.abs());
    if (0.5..=1.3).contains(&ascent) && (-0.5..=0.0).contains(&descent) {
        Extent { ascent, descent }
    } else {
        Extent::EM_BOX
    }
}
