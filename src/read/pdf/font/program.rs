//! Embedded font programs, read backwards: from glyph numbers to the characters that they draw.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

use encoding_rs::MACINTOSH;
use hayro_syntax::object::{Dict, Name, Stream};
use skrifa::charmap::Charmap;
use skrifa::raw::TableProvider;
use skrifa::raw::ps::agl;
use skrifa::raw::ps::cff::CffFontRef;
use skrifa::raw::ps::type1::Type1Font;
use skrifa::raw::tables::cmap::PlatformId;
use skrifa::{FontRef, GlyphId, GlyphNames};

use super::store::FontStore;
use super::unicode::is_sound;
use crate::read::pdf::damage::is_dangling;
use crate::read::pdf::limits::Ledger;
use crate::read::pdf::stream::unpack;

/// What a glyph of a program means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ProgramText {
    Char(char),
    Text(Box<str>),
}

/// The program of a font, opened when it is first asked.
pub(super) struct Program<'a> {
    file: Option<(Format, Stream<'a>)>,
    /// Whether the font names a program, or a descriptor that would name one, and the file does not hold it.
    is_gone: bool,
    ledger: Rc<Ledger>,
    loaded: OnceCell<Loaded>,
}

#[derive(Clone, Copy, PartialEq)]
enum Format {
    Type1,
    TrueType,
    /// CFF, bare or in an OpenType wrapper.
    Compact,
}

/// What a program tells.
#[derive(Default)]
struct Loaded {
    /// Whether it could not be read.
    is_damaged: bool,
    /// By glyph number.
    glyphs: Vec<Option<ProgramText>>,
    /// The program's own encoding, by single-byte code.
    codes: HashMap<u8, u32>,
    /// Whether only a Macintosh map tells what glyphs mean.
    is_macintosh: bool,
    /// By CID, where the program is CID-keyed.
    cids: Option<HashMap<u32, u32>>,
    names: HashMap<String, u32>,
}

impl<'a> Program<'a> {
    /// Finds the program of a font in its descriptor.
    pub(super) fn new(font: &Dict<'a>, descriptor: Option<&Dict<'a>>, store: &FontStore<'a>) -> Self {
        let stream = |key: &str| descriptor.and_then(|d| d.get::<Stream<'a>>(key));
        let file = if let Some(file) = stream("FontFile2") {
            Some((Format::TrueType, file))
        } else if let Some(file) = stream("FontFile3") {
            let wrapped = file.dict().get::<Name<'_>>("Subtype").is_some_and(|name| name.as_ref() == b"OpenType");
            let truetype = wrapped && store.unpack(&file).is_some_and(|data| !data.starts_with(b"OTTO"));
            Some((if truetype { Format::TrueType } else { Format::Compact }, file))
        } else {
            stream("FontFile").map(|file| (Format::Type1, file))
        };
        let is_gone = is_dangling(font, "FontDescriptor")
            || descriptor.is_some_and(|d| ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| is_dangling(d, key)));
        Self { file, is_gone, ledger: store.ledger.clone(), loaded: OnceCell::new() }
    }

    /// Whether the font has a program that is not in the file, or damaged: what it would tell nobody knows.
    pub(super) fn is_lost(&self) -> bool {
        self.is_gone || self.loaded().is_damaged
    }

    /// Whether the font has a program that is not in the file.
    pub(super) fn is_gone(&self) -> bool {
        self.is_gone
    }

    /// Whether there is a program at all.
    pub(super) fn is_embedded(&self) -> bool {
        self.file.is_some()
    }

    /// Whether glyph numbers are those of a TrueType file.
    pub(super) fn is_truetype(&self) -> bool {
        matches!(self.file, Some((Format::TrueType, _)))
    }

    fn loaded(&self) -> &Loaded {
        self.loaded.get_or_init(|| {
            let Some((format, stream)) = &self.file else { return Loaded::default() };
            let data = unpack(stream, &self.ledger).filter(|data| !data.is_cut);
            let damaged = || Loaded { is_damaged: true, ..Loaded::default() };
            let Some(data) = data.map(|data| data.bytes) else { return damaged() };
            match format {
                Format::Type1 => Loaded::from_type1(&data),
                Format::TrueType => Loaded::from_sfnt(&data),
                Format::Compact if data.starts_with(b"OTTO") => Loaded::from_sfnt(&data),
                Format::Compact => Loaded::from_cff(&data, None),
            }
            .unwrap_or_else(damaged)
        })
    }

    /// What a glyph means.
    pub(super) fn glyph(&self, gid: u32) -> Option<ProgramText> {
        self.loaded().glyphs.get(gid as usize)?.clone()
    }

    /// The glyph of a CID where no map in the PDF tells it.
    pub(super) fn gid_of_cid(&self, cid: u32) -> Option<u32> {
        self.file.as_ref()?;
        match &self.loaded().cids {
            Some(cids) => cids.get(&cid).copied(),
            None => Some(cid),
        }
    }

    /// The glyph of a single-byte code by the program's own encoding.
    pub(super) fn gid_of_code(&self, code: u8) -> Option<u32> {
        self.loaded().codes.get(&code).copied()
    }

    /// The single-byte code of a glyph.
    pub(super) fn code_of_gid(&self, gid: u32) -> Option<u8> {
        self.loaded().codes.iter().filter(|(_, g)| **g == gid).map(|(code, _)| *code).min()
    }

    /// Whether a Macintosh map is all that the program has: in fonts with codes of their own it means nothing.
    pub(super) fn is_macintosh(&self) -> bool {
        self.loaded().is_macintosh
    }

    /// The glyph of a name.
    pub(super) fn gid_of_name(&self, name: &str) -> Option<u32> {
        self.loaded().names.get(name).copied()
    }
}

impl Loaded {
    fn put(&mut self, gid: GlyphId, text: Option<ProgramText>) {
        let Some(text) = text else { return };
        if let Some(slot) = self.glyphs.get_mut(gid.to_u32() as usize) {
            let better = match (&slot, &text) {
                (None, _) => true,
                (Some(ProgramText::Char(old)), ProgramText::Char(new)) => rank(*new) < rank(*old),
                _ => false,
            };
            if better {
                *slot = Some(text);
            }
        }
    }

    fn put_name(&mut self, gid: GlyphId, name: &str) {
        self.put(gid, named(name));
        self.names.entry(name.to_owned()).or_insert(gid.to_u32());
    }

    fn from_sfnt(data: &[u8]) -> Option<Self> {
        let font = FontRef::from_index(data, 0).ok()?;
        let n_glyphs = font.maxp().map_or(u16::MAX, |maxp| maxp.num_glyphs());
        let mut out = Self { glyphs: vec![None; usize::from(n_glyphs)], ..Self::default() };
        let charmap = Charmap::new(&font);
        if !charmap.is_symbol() {
            for (code, gid) in charmap.mappings() {
                let ch = char::from_u32(code).filter(|ch| is_sound(*ch));
                out.put(gid, ch.map(ProgramText::Char));
            }
        }
        for (gid, name) in GlyphNames::new(&font).iter() {
            // A subset keeps the glyph numbers of the full font and often loses its name table.
            if !name.is_synthesized() && !matches!(out.glyphs.get(gid.to_u32() as usize), Some(Some(_))) {
                out.put_name(gid, name.as_str());
            }
        }
        out.read_codes(&font);
        if !charmap.has_map() && !out.is_numbered() {
            out.is_macintosh = true;
            out.read_macintosh();
        }
        if let Ok(cff) = font.cff()
            && let Some(compact) = Self::from_cff(cff.offset_data().as_bytes(), Some(out.glyphs.len()))
        {
            out.cids = compact.cids;
            if out.codes.is_empty() {
                out.codes = compact.codes;
            }
        }
        Some(out)
    }

    /// Single-byte codes: of a symbol map (at U+F000) or of the Macintosh map.
    fn read_codes(&mut self, font: &FontRef<'_>) {
        let Ok(cmap) = font.cmap() else { return };
        for record in cmap.encoding_records() {
            let Ok(subtable) = record.subtable(cmap.offset_data()) else { continue };
            let bases: &[u32] = match (record.platform_id(), record.encoding_id()) {
                (PlatformId::Windows, 0) => &[0xf000, 0, 0xf100],
                (PlatformId::Macintosh, 0) => &[0],
                _ => continue,
            };
            for code in 0..=u8::MAX {
                let gid = bases
                    .iter()
                    .filter_map(|base| subtable.map_codepoint(base + u32::from(code)))
                    .find(|gid| *gid != GlyphId::NOTDEF);
                if let Some(gid) = gid {
                    self.codes.entry(code).or_insert(gid.to_u32());
                }
            }
        }
    }

    /// Whether the codes do no more than number the glyphs, as makers of subsets do: then they mean nothing.
    fn is_numbered(&self) -> bool {
        let mut codes: Vec<(u8, u32)> = self.codes.iter().map(|(code, gid)| (*code, *gid)).collect();
        codes.sort_unstable();
        codes.windows(2).all(|pair| matches!(pair, [a, b] if b.0 == a.0 + 1 && b.1 == a.1 + 1))
    }

    /// Names glyphs by the characters of the Macintosh's character set.
    fn read_macintosh(&mut self) {
        for code in b' '..=u8::MAX {
            let bytes = [code];
            let text = MACINTOSH.decode_without_bom_handling_and_without_replacement(&bytes);
            let ch = text.and_then(|text| text.chars().next()).filter(|ch| is_sound(*ch));
            if let (Some(ch), Some(gid)) = (ch, self.codes.get(&code).copied()) {
                self.put(GlyphId::new(gid), Some(ProgramText::Char(ch)));
            }
        }
    }

    fn from_cff(data: &[u8], n_glyphs: Option<usize>) -> Option<Self> {
        let font = CffFontRef::new_cff(data, 0, None).ok()?;
        let charset = font.charset()?;
        let n_glyphs = n_glyphs.unwrap_or(font.num_glyphs() as usize).min(usize::from(u16::MAX) + 1);
        let mut out = Self { glyphs: vec![None; n_glyphs], ..Self::default() };
        if font.is_cid() {
            let mut cids = HashMap::new();
            for (gid, cid) in charset.iter() {
                cids.entry(u32::from(cid.to_u16())).or_insert(gid.to_u32());
            }
            out.cids = Some(cids);
            return Some(out);
        }
        for (gid, sid) in charset.iter() {
            if let Some(name) = font.string(sid).and_then(|name| std::str::from_utf8(name).ok()) {
                out.put_name(gid, name);
            }
        }
        if let Some(encoding) = font.encoding() {
            for code in 0..=u8::MAX {
                if let Some(gid) = encoding.map(code).filter(|gid| *gid != GlyphId::NOTDEF) {
                    out.codes.insert(code, gid.to_u32());
                }
            }
        }
        Some(out)
    }

    fn from_type1(data: &[u8]) -> Option<Self> {
        let font = Type1Font::new(data).ok()?;
        let mut out = Self { glyphs: vec![None; font.num_glyphs() as usize], ..Self::default() };
        for (gid, name) in font.glyph_names() {
            out.put_name(gid, name);
        }
        if let Some(encoding) = font.encoding() {
            for code in 0..=u8::MAX {
                if let Some(gid) = encoding.map(code).filter(|gid| *gid != GlyphId::NOTDEF) {
                    out.codes.insert(code, gid.to_u32());
                }
            }
        }
        Some(out)
    }
}

/// What a glyph name means by the Adobe Glyph List and its `uniXXXX` rule.
pub(super) fn named(name: &str) -> Option<ProgramText> {
    if name == ".notdef" {
        return None;
    }
    let chars: Vec<char> = agl::name_to_chars(name).collect();
    match chars.as_slice() {
        [] => None,
        chars if !chars.iter().all(|ch| is_sound(*ch) || *ch == '\u{a0}' || *ch == '\u{ad}') => None,
        [ch] => Some(ProgramText::Char(*ch)),
        chars => Some(ProgramText::Text(chars.iter().collect::<String>().into())),
    }
}

/// Fonts give one glyph to several characters; text means the ordinary one.
fn rank(ch: char) -> u8 {
    match ch {
        // Radicals and compatibility ideographs share glyphs with unified ideographs.
        '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => 2,
        // Presentation forms, and doubles of Latin letters and symbols (Ω, µ, Å, no-break hyphen, …).
        '\u{fe30}'..='\u{fe4f}' | '\u{2126}' | '\u{212a}' | '\u{212b}' | '\u{2010}' | '\u{2011}' => 1,
        _ => 0,
    }
}
