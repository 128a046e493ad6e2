//! The generator's font: widths, and subsets with the glyphs of one document.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// The font file.
pub(super) static BYTES: &[u8] = include_bytes!("font/generator.ttf");

/// A TrueType font without composite glyphs.
#[derive(Debug)]
pub(crate) struct Font {
    glyphs: Vec<&'static [u8]>,
    /// Advance and left side bearing of each glyph.
    metrics: Vec<(u16, [u8; 2])>,
    cmap: BTreeMap<char, u16>,
}

/// The glyphs of one document as a font of its own, numbered from 1 in the order of their characters.
#[derive(Debug)]
pub(crate) struct Subset {
    /// The font file.
    pub(crate) bytes: Vec<u8>,
    /// Glyph of each character.
    pub(crate) glyph_of: BTreeMap<char, u16>,
    /// Advance of each glyph in thousandths of the em.
    pub(crate) advances: Vec<u16>,
}

/// The one font there is.
pub(crate) fn font() -> &'static Font {
    static FONT: OnceLock<Font> = OnceLock::new();
    FONT.get_or_init(|| parse(BYTES))
}

impl Font {
    /// Whether there is a glyph for a character.
    pub(crate) fn has(&self, ch: char) -> bool {
        self.cmap.contains_key(&ch)
    }

    /// Width of a character at size 1.
    pub(crate) fn advance(&self, ch: char) -> f32 {
        f32::from(self.metrics[usize::from(self.cmap.get(&ch).copied().unwrap_or(0))].0) / 1000.0
    }

    /// Width of a text at size 1.
    pub(crate) fn width(&self, text: &str) -> f32 {
        text.chars().map(|c| self.advance(c)).sum()
    }

    /// A font of the given characters; `with_cmap` tells whether it says which glyph is which character.
    pub(crate) fn subset(&self, chars: &BTreeSet<char>, with_cmap: bool) -> Subset {
        let kept: Vec<(char, u16)> = chars.iter().filter_map(|c| self.cmap.get(c).map(|g| (*c, *g))).collect();
        let old = || std::iter::once(0).chain(kept.iter().map(|(_, g)| *g));
        let (mut glyf, mut loca) = (Vec::new(), vec![0u32]);
        for glyph in old() {
            glyf.extend_from_slice(self.glyphs[usize::from(glyph)]);
            glyf.resize(glyf.len().next_multiple_of(4), 0);
            loca.push(glyf.len() as u32);
        }
        let metrics: Vec<(u16, [u8; 2])> = old().map(|g| self.metrics[usize::from(g)]).collect();
        let advances: Vec<u16> = metrics.iter().map(|(advance, _)| *advance).collect();
        let n_glyphs = advances.len() as u16;
        let mut hhea = table(BYTES, b"hhea").to_vec();
        hhea[34..36].copy_from_slice(&n_glyphs.to_be_bytes());
        let mut maxp = table(BYTES, b"maxp").to_vec();
        maxp[4..6].copy_from_slice(&n_glyphs.to_be_bytes());
        let mut head = table(BYTES, b"head").to_vec();
        head[50..52].copy_from_slice(&1u16.to_be_bytes()); // long offsets in loca
        let hmtx = metrics.iter().flat_map(|(advance, bearing)| [advance.to_be_bytes(), *bearing].concat()).collect();
        let mut tables: Vec<(&[u8; 4], Vec<u8>)> = vec![
            (b"glyf", glyf),
            (b"head", head),
            (b"hhea", hhea),
            (b"hmtx", hmtx),
            (b"loca", loca.iter().flat_map(|o| o.to_be_bytes()).collect()),
            (b"maxp", maxp),
        ];
        if with_cmap {
            tables.insert(0, (b"cmap", cmap_table(&kept)));
        }
        let glyph_of = kept.iter().enumerate().map(|(i, (c, _))| (*c, i as u16 + 1)).collect();
        Subset { bytes: assemble(&tables), glyph_of, advances }
    }
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_be_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> usize {
    usize::from(u16_at(bytes, at)) << 16 | usize::from(u16_at(bytes, at + 2))
}

fn table(bytes: &'static [u8], tag: &[u8; 4]) -> &'static [u8] {
    (0..usize::from(u16_at(bytes, 4)))
        .map(|i| 12 + 16 * i)
        .find(|at| bytes[*at..*at + 4] == tag[..])
        .map_or(&[], |at| &bytes[u32_at(bytes, at + 8)..u32_at(bytes, at + 8) + u32_at(bytes, at + 12)])
}

fn parse(bytes: &'static [u8]) -> Font {
    let n_glyphs = usize::from(u16_at(table(bytes, b"maxp"), 4));
    let (loca, glyf) = (table(bytes, b"loca"), table(bytes, b"glyf"));
    let long = u16_at(table(bytes, b"head"), 50) == 1;
    let offset = |i: usize| if long { u32_at(loca, 4 * i) } else { 2 * usize::from(u16_at(loca, 2 * i)) };
    let n_metrics = usize::from(u16_at(table(bytes, b"hhea"), 34));
    let hmtx = table(bytes, b"hmtx");
    Font {
        glyphs: (0..n_glyphs).map(|i| &glyf[offset(i)..offset(i + 1)]).collect(),
        metrics: (0..n_glyphs)
            .map(|i| {
                let bearing = if i < n_metrics { 4 * i + 2 } else { 4 * n_metrics + 2 * (i - n_metrics) };
                (u16_at(hmtx, 4 * i.min(n_metrics - 1)), [hmtx[bearing], hmtx[bearing + 1]])
            })
            .collect(),
        cmap: parse_cmap(table(bytes, b"cmap")),
    }
}

/// Reads the first subtable of format 4; the font has only characters of the basic plane.
fn parse_cmap(cmap: &[u8]) -> BTreeMap<char, u16> {
    let mut map = BTreeMap::new();
    let subtables = (0..usize::from(u16_at(cmap, 2))).map(|i| u32_at(cmap, 4 + 8 * i + 4));
    for at in subtables.filter(|at| u16_at(cmap, *at) == 4).take(1) {
        let n = usize::from(u16_at(cmap, at + 6)) / 2;
        let (ends, starts) = (at + 14, at + 16 + 2 * n);
        for i in 0..n {
            let (start, end) = (u16_at(cmap, starts + 2 * i), u16_at(cmap, ends + 2 * i));
            let delta = u16_at(cmap, starts + 2 * (n + i));
            let range_at = starts + 2 * (2 * n + i);
            let range = usize::from(u16_at(cmap, range_at));
            for code in start..=end {
                let glyph = match range {
                    0 => code.wrapping_add(delta),
                    _ => match range_at + range + 2 * usize::from(code - start) {
                        slot if slot + 1 < cmap.len() => u16_at(cmap, slot).wrapping_add(delta),
                        _ => 0,
                    },
                };
                if let (Some(ch), 1..) = (char::from_u32(u32::from(code)), glyph) {
                    map.insert(ch, glyph);
                }
                if code == u16::MAX {
                    break;
                }
            }
        }
    }
    map
}

/// A `cmap` of format 12: one group a character.
fn cmap_table(kept: &[(char, u16)]) -> Vec<u8> {
    let mut out = Vec::new();
    for n in [0u16, 1, 3, 10] {
        out.extend(n.to_be_bytes());
    }
    out.extend(12u32.to_be_bytes());
    out.extend(12u16.to_be_bytes());
    out.extend(0u16.to_be_bytes());
    for n in [16 + 12 * kept.len(), 0, kept.len()] {
        out.extend((n as u32).to_be_bytes());
    }
    for (i, (ch, _)) in kept.iter().enumerate() {
        for n in [*ch as u32, *ch as u32, i as u32 + 1] {
            out.extend(n.to_be_bytes());
        }
    }
    out
}

fn assemble(tables: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let n = tables.len() as u16;
    let power = n.ilog2() as u16;
    let mut out = vec![0, 1, 0, 0];
    for v in [n, 16 << power, power, 16 * n - (16 << power)] {
        out.extend(v.to_be_bytes());
    }
    let mut at = 12 + 16 * tables.len();
    for (tag, bytes) in tables {
        out.extend_from_slice(*tag);
        for v in [checksum(bytes), at as u32, bytes.len() as u32] {
            out.extend(v.to_be_bytes());
        }
        at += bytes.len().next_multiple_of(4);
    }
    for (_, bytes) in tables {
        out.extend(bytes);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    out
}

fn checksum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0, |sum: u32, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}
