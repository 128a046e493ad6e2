//! Glyphs become pieces of lines, and pieces that wrap become the texts of cells.

use crate::geom::Rect;
use crate::read::Glyph;
use crate::segment::grid::CellLine;
use crate::segment::line;
use crate::terms::form::FormLabel;

/// A gap of this many ems parts the texts of two cells: padding on both sides of their common border.
const CELL_GAP: f32 = 0.62;

/// A label is told from an amount before it even this near, in ems.
const LABEL_GAP: f32 = 0.25;

/// Lines of one cell follow each other within this many ems; rows stand further apart.
const WRAP_PITCH: f32 = 1.35;

/// Texts share at least this part of the narrower one's width with the line that they wrap to.
const WRAP_OVERLAP: f32 = 0.3;

/// Glyphs of one line without a gap.
#[derive(Clone)]
pub(super) struct Piece {
    pub(super) rect: Rect,
    pub(super) text: String,
    pub(super) size: f32,
    idx: Vec<u32>,
}

/// The lines of one cell.
#[derive(Clone)]
pub(super) struct Text {
    pub(super) rect: Rect,
    pub(super) lines: Vec<CellLine>,
    pub(super) idx: Vec<u32>,
    pub(super) size: f32,
    pub(super) label: Option<FormLabel>,
}

impl Text {
    pub(super) fn of(piece: Piece) -> Self {
        let mut text = Self { rect: piece.rect, lines: Vec::new(), idx: Vec::new(), size: piece.size, label: None };
        text.push(piece);
        text
    }

    fn push(&mut self, piece: Piece) {
        self.rect = self.rect.union(&piece.rect);
        self.lines.push(CellLine { text: piece.text, rect: piece.rect, size: piece.size });
        self.idx.extend(piece.idx);
        let whole: String = self.lines.iter().map(|line| line.text.as_str()).collect();
        self.label = FormLabel::of(&whole);
    }

    /// How many of its lines are labels by themselves.
    pub(super) fn n_labels(&self) -> usize {
        self.lines.iter().filter(|line| FormLabel::of(&line.text).is_some()).count()
    }
}

/// Splits a line where cells meet.
pub(super) fn pieces(glyphs: &[Glyph], line: &[u32]) -> Vec<Piece> {
    let mut parts: Vec<Vec<u32>> = Vec::new();
    for idx in line {
        let gap = parts.last().and_then(|part| part.last()).and_then(|before| gap(glyphs, *before, *idx));
        match (parts.last_mut(), gap) {
            (Some(part), Some(gap)) if gap < CELL_GAP => part.push(*idx),
            _ => parts.push(vec![*idx]),
        }
    }
    let parts = parts.into_iter().flat_map(|part| part_label(glyphs, part));
    let mut pieces: Vec<Piece> = Vec::new();
    for part in parts {
        let Some(rect) = line::bounds(glyphs, &part) else { continue };
        let text = line::text(glyphs, &part);
        let size = part.first().and_then(|idx| glyphs.get(*idx as usize)).map_or(1.0, |glyph| glyph.size);
        match pieces.last_mut() {
            // A colon behind a wide space belongs to its label.
            Some(before) if text.chars().all(|ch| matches!(ch, '：' | ':' | ' ')) => {
                before.rect = before.rect.union(&rect);
                before.text.push_str(&text);
                before.idx.extend(part);
            }
            _ => pieces.push(Piece { rect, text, size, idx: part }),
        }
    }
    pieces
}

/// The gap before a glyph in ems.
fn gap(glyphs: &[Glyph], before: u32, next: u32) -> Option<f32> {
    let (before, next) = (glyphs.get(before as usize)?, glyphs.get(next as usize)?);
    Some((next.rect.x0 - before.rect.x1) / before.size.max(next.size).max(1.0))
}

/// An amount set to the right of its cell comes near the label in the next.
fn part_label(glyphs: &[Glyph], part: Vec<u32>) -> Vec<Vec<u32>> {
    let cut = (1..part.len()).find(|at| {
        let near = part.get(at - 1).zip(part.get(*at)).and_then(|(before, next)| gap(glyphs, *before, *next));
        let head = part.get(..*at).map(|head| line::text(glyphs, head)).unwrap_or_default();
        near.is_some_and(|gap| gap >= LABEL_GAP)
            && head.chars().all(|ch| ch.is_ascii_digit() || matches!(ch, ',' | '.' | '-'))
            && part.get(*at..).is_some_and(|tail| FormLabel::of(&line::text(glyphs, tail)).is_some())
    });
    match cut {
        Some(at) => {
            let mut head = part;
            let tail = head.split_off(at);
            vec![head, tail]
        }
        None => vec![part],
    }
}

/// Joins pieces that wrap from line to line.
pub(super) fn texts(lines: &[Vec<Piece>]) -> Vec<Text> {
    let mut done: Vec<Text> = Vec::new();
    let mut open: Vec<Text> = Vec::new();
    for piece in lines.iter().flatten() {
        // Baselines of one line differ a little, so that a text stays open somewhat longer than it can go on.
        let (still, closed): (Vec<Text>, Vec<Text>) =
            open.into_iter().partition(|text| reaches(text, piece, 2.0 * WRAP_PITCH));
        open = still;
        done.extend(closed);
        let wraps = open.iter_mut().find(|text| {
            let common = text.rect.overlap_x(&piece.rect);
            common > WRAP_OVERLAP * text.rect.width().min(piece.rect.width())
                && piece.rect.y0 > text.rect.y0
                && reaches(text, piece, WRAP_PITCH)
        });
        match wraps {
            Some(text) => text.push(piece.clone()),
            None => open.push(Text::of(piece.clone())),
        }
    }
    done.extend(open);
    done.sort_by(|a, b| a.rect.center_y().total_cmp(&b.rect.center_y()).then(a.rect.x0.total_cmp(&b.rect.x0)));
    done
}

/// Whether a text's last line is at most so many ems above a piece.
fn reaches(text: &Text, piece: &Piece, pitch: f32) -> bool {
    text.lines.last().is_some_and(|last| piece.rect.y1 - last.rect.y1 < pitch * text.size.max(piece.size))
}
