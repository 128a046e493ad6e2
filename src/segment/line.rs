//! Glyphs that share a baseline become lines of text, left to right, top to bottom.

use crate::geom::Rect;
use crate::provenance::Provenance;
use crate::read::{Font, Glyph};
use crate::segment::TextLine;

/// Baselines nearer than this share of the em are one line; fonts mixed in a line sit a little apart.
const SAME_BASELINE: f32 = 0.45;

/// A gap wider than this many ems separates two parts of a line (department on the left, unit on the right).
const PART_GAP: f32 = 1.6;

/// A gap wider than this share of the em is a space between words of Latin text.
const WORD_GAP: f32 = 0.3;

/// How far the middle of a centred line may lie from the middle of the page, as a share of the page's width.
const CENTERED: f32 = 0.04;

/// Groups glyph indices into lines: ascending baseline, then ascending x.
pub fn group(glyphs: &[Glyph], mut idx: Vec<u32>) -> Vec<Vec<u32>> {
    let glyph = |i: u32| &glyphs[i as usize];
    idx.sort_by(|&a, &b| glyph(a).origin.1.total_cmp(&glyph(b).origin.1).then(a.cmp(&b)));
    let mut lines: Vec<(f32, f32, Vec<u32>)> = Vec::new();
    for i in idx {
        let g = glyph(i);
        match lines.last_mut() {
            Some((baseline, em, line)) if g.origin.1 - *baseline < SAME_BASELINE * em.min(g.size.max(1.0)) => {
                line.push(i);
            }
            _ => lines.push((g.origin.1, g.size.max(1.0), vec![i])),
        }
    }
    lines
        .into_iter()
        .map(|(_, _, mut line)| {
            line.sort_by(|&a, &b| glyph(a).rect.x0.total_cmp(&glyph(b).rect.x0).then(a.cmp(&b)));
            line
        })
        .collect()
}

/// The text of one line: parts far apart separated by a tab, words of Latin text by a space.
pub fn text(glyphs: &[Glyph], line: &[u32]) -> String {
    let mut out = String::with_capacity(line.len() * 3);
    let mut previous: Option<&Glyph> = None;
    for &i in line {
        let g = &glyphs[i as usize];
        if let Some(p) = previous {
            let em = p.size.max(g.size).max(1.0);
            let gap = g.rect.x0 - p.rect.x1;
            if gap > PART_GAP * em {
                out.push('\t');
            } else if gap > WORD_GAP * em && p.ch.is_ascii_graphic() && g.ch.is_ascii_graphic() {
                out.push(' ');
            }
        }
        g.push_text(&mut out);
        previous = Some(g);
    }
    out
}

/// Puts the rest of a wrapped text behind it: two Latin words keep a space between them, everything else is set solid.
pub fn push_wrapped(text: &mut String, rest: &str) {
    let letter = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_alphabetic());
    if letter(text.chars().next_back()) && letter(rest.chars().next()) {
        text.push(' ');
    }
    text.push_str(rest);
}

/// The box around glyphs; `None` for none.
pub fn bounds(glyphs: &[Glyph], line: &[u32]) -> Option<Rect> {
    line.iter().map(|&i| glyphs[i as usize].rect).reduce(|a, b| a.union(&b))
}

/// The lines of glyphs that stand outside of grids.
pub fn lines(glyphs: &[Glyph], fonts: &[Font], idx: Vec<u32>, page: u32, page_width: f32) -> Vec<TextLine> {
    group(glyphs, idx)
        .into_iter()
        .filter_map(|line| {
            let rect = bounds(glyphs, &line)?;
            let mut sizes: Vec<f32> = line.iter().map(|&i| glyphs[i as usize].size).collect();
            sizes.sort_by(f32::total_cmp);
            let n_bold =
                line.iter().filter(|&&i| fonts.get(glyphs[i as usize].font as usize).is_some_and(|f| f.bold)).count();
            Some(TextLine {
                text: text(glyphs, &line),
                provenance: Provenance::at(page, rect),
                size: sizes[sizes.len() / 2],
                centered: (rect.center_x() - page_width / 2.0).abs() < CENTERED * page_width,
                bold: n_bold * 2 > line.len(),
            })
        })
        .collect()
}
