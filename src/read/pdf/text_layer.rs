//! The text that a scanner laid invisibly under its picture: a second reader, whose figures are kept beside those of the models.

use crate::geom::{Placing, Rect};
use crate::read::{Glyph, Piece, Rival, Visibility};
use crate::terms::compatibility::nfkc;

/// A layer's characters stand this far beside the picture's, in heights of a line, at most.
const BESIDE: f32 = 0.25;
/// So many differences are told of a page.
const TOLD: usize = 5;

/// Adds what the layer reads otherwise to the pieces that models read, and says so of figures; `None` where none differs.
///
/// That both readers agree proves nothing: a blot misleads them alike.
pub(super) fn compare(hidden: &[Glyph], pieces: &mut [Piece], seen: &[Placing]) -> Option<String> {
    let layer: Vec<&Glyph> =
        hidden.iter().filter(|g| g.visibility == Visibility::Invisible && !g.ch.is_whitespace()).collect();
    let mut differing = Vec::new();
    for piece in pieces.iter_mut().filter(|_| !layer.is_empty()) {
        let place = Placing::seen(seen, &piece.rect);
        let room = BESIDE * place.width().min(place.height());
        let around = Rect { x0: place.x0 - room, y0: place.y0 - room, x1: place.x1 + room, y1: place.y1 + room };
        let inside = layer.iter().filter(|g| around.contains_middle(&g.rect));
        let other: String = inside.map(|g| g.ch).collect();
        let (ours, theirs) = (bare(&piece.text), bare(&other));
        // What is no figure is left to the models: a scanner of another language lays nonsense there.
        if !is_figure(&ours) || !is_figure(&theirs) || ours == theirs {
            continue;
        }
        differing.push(format!("{theirs} for {ours}"));
        piece.rivals.insert(0, Rival { text: other, share: 1.0 });
    }
    let n = differing.len();
    differing.truncate(TOLD);
    let more = if n > TOLD { ", …" } else { "" };
    (n > 0).then(|| format!("the text laid invisibly under the page has other figures: {}{more}", differing.join(", ")))
}

fn bare(text: &str) -> String {
    nfkc(text).chars().filter(|ch| !ch.is_whitespace() && *ch != ',').collect()
}

fn is_figure(text: &str) -> bool {
    text.contains(|ch: char| ch.is_ascii_digit())
        && text.chars().all(|ch| ch.is_ascii_digit() || matches!(ch, '.' | '-' | '%' | '(' | ')'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Direction, Layer, Tone, UnicodeSource};

    fn layer(text: &str, x: f32, y: f32) -> Vec<Glyph> {
        let glyph = |(i, ch): (usize, char)| {
            let x0 = x + 5.0 * i as f32;
            Glyph {
                ch,
                tail: None,
                unicode_source: UnicodeSource::Ocr,
                origin: (x0, y + 10.0),
                rect: Rect { x0, y0: y, x1: x0 + 5.0, y1: y + 10.0 },
                direction: Direction::Horizontal,
                font: 0,
                size: 10.0,
                visibility: Visibility::Invisible,
                tone: Tone::Strong,
                layer: Layer::Content,
                order: i as u32,
            }
        };
        text.chars().enumerate().map(glyph).collect()
    }

    fn piece(text: &str, x: f32, y: f32) -> Piece {
        let rect = Rect { x0: x, y0: y, x1: x + 5.0 * text.chars().count() as f32, y1: y + 10.0 };
        Piece { rect, text: text.to_owned(), rivals: Vec::new(), is_partial: false, cover: None }
    }

    #[test]
    fn another_figure_is_kept_and_told_and_an_equal_one_is_not() {
        let hidden = [layer("1,234.50", 50.0, 20.0), layer("88", 50.0, 40.0), layer("lt6", 50.0, 60.0)].concat();
        let mut pieces = [piece("1234.60", 50.0, 20.0), piece("88", 50.0, 40.0), piece("合计", 50.0, 60.0)];
        let told = compare(&hidden, &mut pieces, &[]).unwrap();
        assert!(told.ends_with("other figures: 1234.50 for 1234.60"), "{told}");
        let rivals: Vec<Vec<&str>> =
            pieces.iter().map(|piece| piece.rivals.iter().map(|rival| rival.text.as_str()).collect()).collect();
        assert_eq!(rivals, [vec!["1,234.50"], vec![], vec![]]);
    }

    #[test]
    fn a_turned_page_is_compared_as_it_is_seen() {
        // The page was turned upside down to be read.
        let seen = [Placing { from: f32::MIN, matrix: [-1.0, 0.0, 0.0, -1.0, 200.0, 100.0] }];
        let hidden = layer("77", 140.0, 70.0);
        let mut pieces = [piece("11", 50.0, 20.0)];
        assert!(compare(&hidden, &mut pieces, &seen).is_some());
        assert!(compare(&hidden, &mut pieces, &[]).is_none());
    }
}
