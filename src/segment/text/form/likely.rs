//! How likely words are the name or the value of an indicator on one side of a form.

use super::groups::{Group, Piece};
use crate::segment::text::spacing::width;

/// The columns of third-level indicators in half characters, as the document's forms show them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Widths {
    /// Of the period, or of the one side that there is.
    pub(super) left: usize,
    /// Of the year.
    pub(super) right: usize,
}

impl Widths {
    /// The widest first line of each side: it is always that of a third-level indicator.
    pub(super) fn learn<'a>(groups: impl Iterator<Item = &'a Group>) -> Self {
        let mut widths = Self { left: 0, right: 0 };
        for group in groups.filter(|group| group.has_twin) {
            let first = |pieces: &[Piece]| pieces.first().map_or(0, |piece| width(&piece.text));
            widths.left = widths.left.max(first(&group.left));
            widths.right = widths.right.max(first(&group.right));
        }
        widths
    }

    /// The widest word that begins a line where a form has one side alone.
    pub(super) fn of_one_side<'a>(groups: impl Iterator<Item = &'a Group>) -> Self {
        let lines = groups.flat_map(|group| &group.left).filter(|piece| piece.first);
        Self { left: lines.map(|piece| width(&piece.text)).max().unwrap_or(0), right: 0 }
    }

    fn of(&self, side: Side) -> usize {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// How unlikely the pieces are as the name of an indicator on a side.
pub(super) fn name_cost(pieces: &[Piece], side: Side, widths: &Widths) -> u32 {
    let column = widths.of(side);
    let mut cost = 0;
    // How wide the line is so far.
    let mut filled = 0;
    // Glyphs cut out of a name leave gaps: such a line is wider than its text.
    let mut n_gaps = 0;
    for (idx, piece) in pieces.iter().enumerate() {
        filled += width(&piece.text);
        if filled > column {
            cost += 100;
        }
        let Some(next) = pieces.get(idx + 1) else { break };
        // A line is full where the next character would not fit.
        let step = next.text.chars().next().map_or(2, |ch| if ch.is_ascii() { 1 } else { 2 });
        // A mark that may not begin a line takes the character before it along.
        let hangs = next.text.chars().take(2).any(|ch| matches!(ch, '，' | '、' | '。' | '）' | ')'));
        let full = filled + step > column || hangs;
        if piece.last && next.first {
            if !full && n_gaps < 2 {
                cost += 50;
            }
            filled = 0;
            n_gaps = 0;
        } else if full {
            // Some extractors write the lines of a cell into one.
            cost += 3;
            filled = 0;
        } else {
            let joined = next.text.starts_with(['/', '、', '(', '（', '）', ')'])
                || piece.text.ends_with(['/', '、', '(', '（']);
            n_gaps += 1;
            cost += if joined { 4 } else { 15 };
        }
    }
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    if is_comparison(&text) {
        cost += 60;
    } else if (looks_like_value(&text) && width(&text) <= 8) || text.chars().count() <= 2 {
        cost += 30;
    }
    cost
}

/// How unlikely the pieces are as a value.
pub(super) fn value_cost(pieces: &[Piece]) -> u32 {
    let Some(first) = pieces.first() else { return 0 };
    let mut cost = if is_comparison(&first.text) || looks_like_value(&first.text) {
        0
    } else {
        match first.text.chars().count() {
            0..=4 => 3,
            5..=8 => 15,
            _ => 30,
        }
    };
    for pair in pieces.windows(2) {
        let [before, after] = pair else { continue };
        let digits = |text: &str| text.chars().any(|ch| ch.is_ascii_digit());
        cost += if before.last && after.first {
            if width(&before.text) >= 10 { 15 } else { 40 }
        } else if digits(&before.text) && !digits(&after.text) && after.text.chars().count() <= 4 {
            3
        } else {
            25
        };
    }
    cost
}

/// A name on one line has its value beside it; one of several lines has it on a line of its own.
pub(super) fn seam_cost(name: &[Piece], value: &[Piece]) -> u32 {
    let several = name.iter().any(|piece| piece.last) && name.len() > 1 && name.iter().skip(1).any(|piece| piece.first);
    let beside = value.first().is_some_and(|piece| !piece.first);
    match (several, beside) {
        (false, true) | (true, false) => 0,
        (false, false) => 4,
        (true, true) => 6,
    }
}

/// ≥95%, ≤5, ＞3个
pub(super) fn is_comparison(text: &str) -> bool {
    text.starts_with(['≥', '≤', '＞', '＜', '>', '<', '＝', '=', '≧', '≦'])
}

/// A number with its measure: 95%, 3台, 12月前, 1500平方米.
pub(super) fn looks_like_value(text: &str) -> bool {
    let number = text.chars().take_while(|ch| ch.is_ascii_digit() || matches!(ch, '.' | ',' | '-' | '%')).count();
    is_comparison(text)
        || (number > 0 && text.chars().count() - number <= 6 && !text.contains("年度") && !text.contains('项'))
        || (number > 0 && text.chars().count() - number <= 2)
}
