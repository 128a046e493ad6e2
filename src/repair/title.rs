//! Whether a page begins with the title of a table.

use crate::read::{Direction, Glyph, Orientation, RawPage};
use crate::terms::statement::is_title;

/// Glyphs whose baselines differ by less than this share of their size stand on one line.
const SAME_LINE: f32 = 0.3;

/// Whether a line above the first ruling is a table's title.
pub(super) fn has_title(page: &RawPage) -> bool {
    let top =
        page.rulings.iter().filter(|ruling| ruling.orientation == Orientation::Horizontal).map(|ruling| ruling.at);
    let top = top.fold(f32::MAX, f32::min);
    let is_above =
        |glyph: &&Glyph| glyph.origin.1 < top && glyph.direction == Direction::Horizontal && !glyph.ch.is_whitespace();
    let mut above: Vec<&Glyph> = page.glyphs.iter().filter(is_above).collect();
    above.sort_by(|a, b| a.origin.1.total_cmp(&b.origin.1));
    let lines = above.chunk_by(|a, b| b.origin.1 - a.origin.1 < SAME_LINE * a.size);
    lines.into_iter().any(|line| {
        let mut line = line.to_vec();
        line.sort_by(|a, b| a.origin.0.total_cmp(&b.origin.0));
        let mut text = String::new();
        line.iter().for_each(|glyph| glyph.push_text(&mut text));
        is_title(&text)
    })
}
