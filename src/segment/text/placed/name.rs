//! A name of a header by where it stands, and whether it may be that of a group.

use super::piece::Piece;
use crate::geom::Rect;
use crate::segment::grid::CellLine;
use crate::terms::header::{HeaderWord, without_year};

/// A name of the header, over one line or more.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// The box around it.
    pub(super) rect: Rect,
    /// Its lines, top to bottom.
    pub(super) lines: Vec<CellLine>,
    /// The places of the lines whose place is known.
    pub(super) from: usize,
    pub(super) to: usize,
    /// It follows another name at one space on each of its lines: it may really stand further right.
    pub(super) loose: bool,
    /// What speaks for it being the name of a group.
    pub(super) group: Group,
    /// The last of its lines, by its place in the header.
    pub(super) last: usize,
    /// The names above it, from the top down, and itself, where words tell them; empty where places have to.
    pub(super) path: Vec<usize>,
}

impl Name {
    /// A name of one line, the `last` of the header.
    pub(super) fn of(line: CellLine, piece: &Piece, last: usize, loose: bool) -> Self {
        let (from, to, rect) = (piece.from, piece.to, line.rect);
        Self { rect, lines: vec![line], from, to, loose, group: Group::No, last, path: Vec::new() }
    }

    /// Its lines as one word.
    pub(super) fn word(&self) -> String {
        self.lines.iter().map(|line| line.text.as_str()).collect()
    }

    /// Takes one more line, the `idx`th of the header.
    pub(super) fn add(&mut self, idx: usize, line: CellLine, piece: &Piece, loose: bool) {
        // What stands below a text whose place is not known has its place from that.
        let loose = loose || (self.loose && piece.from < self.to && self.from < piece.to);
        self.last = idx;
        self.rect = self.rect.union(&line.rect);
        self.lines.push(line);
        (self.from, self.to, self.loose) = match (self.loose, loose) {
            (true, false) => (piece.from, piece.to, false),
            (false, true) => (self.from, self.to, false),
            _ => (self.from.min(piece.from), self.to.max(piece.to), loose),
        };
    }
}

/// What a name of a group says of the columns under it, where it says anything.
pub(super) fn says(word: &str) -> Option<HeaderWord> {
    let bare = word.split(['（', '(']).next().unwrap_or(word);
    let ends = ["科目", "编码", "名称", "类别"];
    // A year alone names the money of that year.
    if !bare.is_empty() && without_year(bare).is_empty() {
        return Some(HeaderWord::Amount);
    }
    HeaderWord::of(bare).or_else(|| ends.iter().any(|end| bare.ends_with(end)).then_some(HeaderWord::Label))
}

/// Whether a name may stand over several columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// No: nothing stands below it.
    No,
    /// Names stand below it on both of its sides.
    May,
    /// It stands wholly in the header's first line too, where no name does that reaches down to the texts.
    Likely,
}
