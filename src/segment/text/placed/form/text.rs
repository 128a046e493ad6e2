//! Pieces of lines that wrap become the texts of cells.

use crate::geom::Rect;
use crate::segment::grid::CellLine;
use crate::segment::heights::{Line, WRAP_PITCH};
use crate::terms::form::FormLabel;

/// Texts share at least this part of the narrower one's width with the line that they wrap to.
const WRAP_OVERLAP: f32 = 0.3;

/// The lines of one cell.
#[derive(Clone)]
pub(super) struct Text {
    pub(super) rect: Rect,
    pub(super) lines: Vec<CellLine>,
    pub(super) size: f32,
    pub(super) label: Option<FormLabel>,
}

impl Text {
    pub(super) fn of(line: CellLine) -> Self {
        let mut text = Self { rect: line.rect, lines: Vec::new(), size: line.size, label: None };
        text.push(line);
        text
    }

    fn push(&mut self, line: CellLine) {
        self.rect = self.rect.union(&line.rect);
        self.lines.push(line);
        let whole: String = self.lines.iter().map(|line| line.text.as_str()).collect();
        self.label = FormLabel::of(&whole);
    }

    /// How many of its lines are labels by themselves.
    pub(super) fn n_labels(&self) -> usize {
        self.lines.iter().filter(|line| FormLabel::of(&line.text).is_some()).count()
    }
}

/// Joins pieces that wrap from line to line.
pub(super) fn texts(lines: &[Line]) -> Vec<Text> {
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
fn reaches(text: &Text, piece: &CellLine, pitch: f32) -> bool {
    text.lines.last().is_some_and(|last| piece.rect.y1 - last.rect.y1 < pitch * text.size.max(piece.size))
}
