//! A page's content stream: text and lines in one of the ways that producing software draws them.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::font::font;
use super::knobs::{Drawing, FakeBold, Rulings};
use super::page::{Page, Text};
use super::rng::Rng;

/// How far apart the copies of fake bold stand, in points.
const BOLD_STEP: f32 = 0.3;

/// How far a shadow stands off, in ems.
const SHADOW_STEP: f32 = 0.07;

/// Thickness of a table line.
const RULE: f32 = 0.5;

/// Distance between the two strokes of a double line.
const DOUBLE_STEP: f32 = 1.4;

/// The operators of one page.
pub(crate) fn stream(page: &Page, drawing: &Drawing, glyph_of: &BTreeMap<char, u16>, rng: &mut Rng) -> Vec<u8> {
    let mut out = String::new();
    if drawing.rotated && page.width > page.height {
        // The page is a portrait one that viewers turn by 90 degrees: what is seen at x, y from the bottom left
        // lies at height - y, x.
        let _ = writeln!(out, "0 1 -1 0 {} 0 cm", number(page.height));
    }
    rules(page, drawing.rulings, &mut out);
    let mut texts: Vec<&Text> = page.texts.iter().collect();
    if drawing.scrambled {
        rng.shuffle(&mut texts);
    }
    out.push_str("BT\n");
    let mut pen = Pen { height: page.height, glyph_of, out };
    for text in texts {
        pen.run(text, drawing);
    }
    pen.out.push_str("ET\n");
    pen.out.into_bytes()
}

struct Pen<'a> {
    height: f32,
    glyph_of: &'a BTreeMap<char, u16>,
    out: String,
}

impl Pen<'_> {
    fn run(&mut self, text: &Text, drawing: &Drawing) {
        let mut glyphs: Vec<(String, f32)> = Vec::new();
        let mut x = text.x;
        for ch in text.text.chars() {
            glyphs.push((ch.to_string(), x));
            x += font().advance(ch) * text.size;
        }
        let bold = if text.bold { drawing.bold } else { FakeBold::None };
        let whole = vec![(text.text.clone(), text.x)];
        let pieces = if drawing.glyphwise || bold == FakeBold::GlyphTwice { glyphs } else { whole };
        let copies: &[(f32, f32)] = match bold {
            FakeBold::RunTwice | FakeBold::GlyphTwice => &[(0.0, 0.0), (BOLD_STEP, 0.0)],
            FakeBold::FourTimes => &[(0.0, 0.0), (BOLD_STEP, 0.0), (0.0, BOLD_STEP), (BOLD_STEP, BOLD_STEP)],
            _ => &[(0.0, 0.0)],
        };
        match bold {
            FakeBold::GlyphTwice => {
                for (piece, x) in &pieces {
                    copies.iter().for_each(|(dx, dy)| self.show(text, piece, x + dx, *dy));
                }
                return;
            }
            FakeBold::Shadow => {
                let step = SHADOW_STEP * text.size;
                self.out.push_str("0.65 g\n");
                pieces.iter().for_each(|(piece, x)| self.show(text, piece, x + step, -step));
                self.out.push_str("0 g\n");
            }
            FakeBold::Stroked => self.out.push_str("2 Tr 0.3 w\n"),
            _ => {}
        }
        for (dx, dy) in copies {
            pieces.iter().for_each(|(piece, x)| self.show(text, piece, x + dx, *dy));
        }
        if bold == FakeBold::Stroked {
            self.out.push_str("0 Tr\n");
        }
    }

    fn show(&mut self, text: &Text, piece: &str, x: f32, dy: f32) {
        let (size, x, y) = (number(text.size), number(x), number(self.height - text.y + dy));
        let _ = write!(self.out, "/F1 {size} Tf 1 0 0 1 {x} {y} Tm <");
        for ch in piece.chars() {
            let _ = write!(self.out, "{:04X}", self.glyph_of.get(&ch).copied().unwrap_or(0));
        }
        self.out.push_str("> Tj\n");
    }
}

fn rules(page: &Page, rulings: Rulings, out: &mut String) {
    let flip = |y: f32| page.height - y;
    let stroke = |out: &mut String, x0: f32, y0: f32, x1: f32, y1: f32| {
        let _ = writeln!(out, "{} {} m {} {} l S", number(x0), number(flip(y0)), number(x1), number(flip(y1)));
    };
    let _ = writeln!(out, "{} w", number(RULE));
    match rulings {
        Rulings::None => {}
        Rulings::CellOutlines => {
            for [x0, y0, x1, y1] in &page.cells {
                let (x, y) = (number(*x0), number(flip(*y1)));
                let _ = writeln!(out, "{x} {y} {} {} re S", number(x1 - x0), number(y1 - y0));
            }
        }
        Rulings::CellEdges => {
            for [x0, y0, x1, y1] in page.cells.iter().copied() {
                stroke(out, x0, y0, x1, y0);
                stroke(out, x0, y1, x1, y1);
                stroke(out, x0, y0, x0, y1);
                stroke(out, x1, y0, x1, y1);
            }
        }
        Rulings::FilledRects => {
            for [x0, y0, x1, y1] in joined(&page.cells) {
                let half = RULE / 2.0;
                let (x, y) = (number(x0 - half), number(flip(y1) - half));
                let _ = writeln!(out, "{x} {y} {} {} re f", number(x1 - x0 + RULE), number(y1 - y0 + RULE));
            }
        }
        Rulings::Strokes | Rulings::Dashed | Rulings::Doubled => {
            if rulings == Rulings::Dashed {
                out.push_str("[3 2] 0 d\n");
            }
            for [x0, y0, x1, y1] in joined(&page.cells) {
                stroke(out, x0, y0, x1, y1);
                if rulings == Rulings::Doubled {
                    let (dx, dy) = if y0 == y1 { (0.0, DOUBLE_STEP) } else { (DOUBLE_STEP, 0.0) };
                    stroke(out, x0 + dx, y0 + dy, x1 + dx, y1 + dy);
                }
            }
            if rulings == Rulings::Dashed {
                out.push_str("[] 0 d\n");
            }
        }
    }
}

/// Sides by their common coordinate: from and to.
type Sides = BTreeMap<i32, Vec<(i32, i32)>>;

/// The sides of cells joined to lines as long as they go.
fn joined(cells: &[[f32; 4]]) -> Vec<[f32; 4]> {
    // Keyed by hundredths of a point, in which sides of neighbouring cells are equal.
    let key = |v: f32| (v * 100.0).round() as i32;
    let (mut across, mut down) = (Sides::new(), Sides::new());
    for [x0, y0, x1, y1] in cells.iter().map(|c| c.map(key)) {
        for y in [y0, y1] {
            across.entry(y).or_default().push((x0, x1));
        }
        for x in [x0, x1] {
            down.entry(x).or_default().push((y0, y1));
        }
    }
    let back = |v: i32| v as f32 / 100.0;
    let mut lines = Vec::new();
    for (y, parts) in across {
        lines.extend(union(parts).into_iter().map(|(a, b)| [back(a), back(y), back(b), back(y)]));
    }
    for (x, parts) in down {
        lines.extend(union(parts).into_iter().map(|(a, b)| [back(x), back(a), back(x), back(b)]));
    }
    lines
}

fn union(mut parts: Vec<(i32, i32)>) -> Vec<(i32, i32)> {
    parts.sort_unstable();
    let mut joined: Vec<(i32, i32)> = Vec::new();
    for (from, to) in parts {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// A number as PDF writes it, with at most two decimals.
pub(crate) fn number(v: f32) -> String {
    let hundredths = (v * 100.0).round() as i64;
    let (sign, n) = (if hundredths < 0 { "-" } else { "" }, hundredths.abs());
    match n % 100 {
        0 => format!("{sign}{}", n / 100),
        r if r % 10 == 0 => format!("{sign}{}.{}", n / 100, r / 10),
        r => format!("{sign}{}.{r:02}", n / 100),
    }
}
