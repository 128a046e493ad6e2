//! Text objects: shown strings become glyphs with their places.

use hayro_syntax::object::{Array, Object};

use super::canvas::GlyphPlace;
use super::color::Ink;
use super::content::Interpreter;
use super::damage::Loss;
use super::font::{PdfFont, Shown};
use super::matrix::Matrix;
use super::turn;
use crate::geom::Rect;
use crate::read::Direction;

/// A baseline that leans by less than this part of its length is horizontal to the eye.
const MAX_SLANT: f64 = 0.02;
/// Less opaque text is not seen.
const MIN_ALPHA: f64 = 0.02;

/// The text matrix and the matrix of the line's start.
pub(super) struct TextObject {
    matrix: Matrix,
    line: Matrix,
}

impl Default for TextObject {
    fn default() -> Self {
        Self { matrix: Matrix::IDENTITY, line: Matrix::IDENTITY }
    }
}

impl TextObject {
    pub(super) fn begin(&mut self) {
        *self = Self::default();
    }

    pub(super) fn set(&mut self, matrix: Matrix) {
        self.matrix = matrix;
        self.line = matrix;
    }

    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.set(self.line.shifted(x, y));
    }
}

impl<'a> Interpreter<'_, 'a> {
    /// Shows the strings of a `TJ` array.
    pub(super) fn show_adjusted(&mut self, array: &Array<'_>) {
        for item in array.iter::<Object<'_>>() {
            match item {
                Object::String(string) => self.show(string.as_bytes()),
                Object::Number(n) => {
                    let text = &self.state.text;
                    let shift = -n.as_f64() / 1000.0 * text.size;
                    let vertical = text.font.as_ref().is_some_and(|font| font.is_vertical());
                    self.text.matrix = if vertical {
                        self.text.matrix.shifted(0.0, shift)
                    } else {
                        self.text.matrix.shifted(shift * text.h_scale, 0.0)
                    };
                }
                _ => {}
            }
        }
    }

    /// Shows one string.
    pub(super) fn show(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.text.font.clone() else {
            // Text in a font that the file does not hold cannot be read, nor where it stands.
            if !bytes.is_empty() {
                self.document.damage.lose(Loss::Font);
            }
            return;
        };
        if !font.is_whole && !bytes.is_empty() {
            self.document.damage.lose(Loss::PartOfFont);
        }
        let text = &self.state.text;
        let (size, h_scale) = (text.size, text.h_scale);
        let (char_spacing, word_spacing) = (text.char_spacing, text.word_spacing);
        let em = Matrix::new(size * h_scale, 0.0, 0.0, size, 0.0, text.rise);
        let step = self.text.matrix.then(&self.state.ctm);
        let pen = Pen::new(em.then(&step), &font);
        let ink = if self.marked.is_shown() { self.text_ink() } else { None };
        let clip = self.state.clip;
        let canvas = &mut self.canvas;
        // How far the pen has gone in text space, and what of it shows on the page.
        let mut gone = 0.0;
        let (along_x, along_y) = if pen.vertical { (step.c, step.d) } else { (step.a, step.b) };
        font.decode(bytes, |shown, word_space| {
            let (x, y) = (pen.place.e + gone * along_x, pen.place.f + gone * along_y);
            if pen.is_usable && x.is_finite() && y.is_finite() {
                canvas.glyph(&shown.text, pen.glyph(shown, x, y), ink, &clip);
            }
            let spacing = char_spacing + if word_space { word_spacing } else { 0.0 };
            let advance = f64::from(shown.advance) * size + spacing;
            gone += if pen.vertical { advance } else { advance * h_scale };
        });
        let vertical = pen.vertical;
        self.text.matrix =
            if vertical { self.text.matrix.shifted(0.0, gone) } else { self.text.matrix.shifted(gone, 0.0) };
    }

    /// What text is drawn with; `None` where it leaves no ink.
    fn text_ink(&self) -> Option<Ink> {
        let (fill, stroke) = (&self.state.fill, &self.state.stroke);
        let paint = match self.state.text.mode {
            0 | 4 => fill,
            1 | 5 => stroke,
            // Filled and outlined: what is seen is what stands out.
            2 | 6 if fill.ink.blends_with(Ink::WHITE) => stroke,
            2 | 6 => fill,
            _ => return None,
        };
        (paint.alpha >= MIN_ALPHA).then(|| paint.ink.thinned(paint.alpha))
    }
}

/// What all glyphs of one string have in common.
struct Pen {
    /// Ems to the page as seen, where the string starts.
    place: Matrix,
    vertical: bool,
    is_usable: bool,
    /// Whether the baseline is level and the glyphs upright.
    level: bool,
    direction: Direction,
    /// Size as seen.
    size: f64,
    ascent: f64,
    descent: f64,
    font: u16,
    /// How far the baseline leans, in degrees.
    tilt: f32,
}

impl Pen {
    fn new(place: Matrix, font: &PdfFont<'_>) -> Self {
        let vertical = font.is_vertical();
        // On the page as seen y runs downwards, so that upright text has a > 0 and d < 0.
        let level = place.a > 0.0 && place.b.abs() <= MAX_SLANT * place.a && place.d < 0.0;
        let direction = match (level, vertical) {
            (false, _) => Direction::Rotated,
            (true, true) => Direction::Vertical,
            (true, false) => Direction::Horizontal,
        };
        let (ascent, descent) = (f64::from(font.extent.ascent), f64::from(font.extent.descent));
        let size = place.c.hypot(place.d);
        Self {
            is_usable: place.is_finite(),
            place,
            vertical,
            level,
            direction,
            size,
            ascent,
            descent,
            font: font.index,
            tilt: turn::tilt(&place),
        }
    }

    /// Where the glyph of a code stands, the pen standing at a place of the page.
    fn glyph(&self, shown: &Shown, x: f64, y: f64) -> GlyphPlace {
        let (vx, vy) = (f64::from(shown.vertical_origin.0), f64::from(shown.vertical_origin.1));
        // The horizontal origin lies down and left of a vertical one.
        let x = x - vx * self.place.a - vy * self.place.c;
        let y = y - vx * self.place.b - vy * self.place.d;
        let width = f64::from(shown.width);
        let rect = if self.level {
            // Slanted (fake italic) glyphs keep an upright box, or neighbours would overlap.
            let x1 = x + width * self.place.a;
            let (y0, y1) = (y - self.ascent * self.size, y - self.descent * self.size);
            Rect::from_corners(x as f32, y0 as f32, x1 as f32, y1 as f32)
        } else {
            let place = Matrix { e: x, f: y, ..self.place };
            let (x0, y0, x1, y1) = place.bounds(0.0, self.descent, width, self.ascent);
            Rect { x0: x0 as f32, y0: y0 as f32, x1: x1 as f32, y1: y1 as f32 }
        };
        GlyphPlace {
            origin: (x as f32, y as f32),
            rect,
            direction: self.direction,
            font: self.font,
            size: self.size as f32,
            tilt: self.tilt,
        }
    }
}
