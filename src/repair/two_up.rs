//! Two pages that are printed side by side on one sheet are read one after the other.

use crate::geom::{Placing, Rect};
use crate::read::{Glyph, Orientation, Piece, RawPage, Ruling};
use crate::repair::repeated::without_number;
use crate::repair::title::has_title;

/// This share of the sheet's width is blank on either side of its middle: the margins of two pages.
const MARGIN: f32 = 0.015;

/// Puts the right one of two pages below the left one. Each has a title and a grid of its own: tables that stand side by
/// side under one title are one page.
pub fn repair(page: &mut RawPage) {
    let middle = page.width / 2.0;
    if page.width <= page.height || page.seen.len() > 1 || !is_parted(page, middle) {
        return;
    }
    let left = half(page, (0.0, middle));
    let right = half(page, (middle, page.width));
    if ![&left, &right].iter().all(|half| has_grid(half) && has_title(half)) {
        return;
    }
    let height = page.height;
    let matrix = page.seen.first().map_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0], |band| band.matrix);
    let [a, b, c, d, e, f] = matrix;
    let moved = [a, b, c, d, a * middle - c * height + e, b * middle - d * height + f];
    page.seen = vec![Placing { from: f32::MIN, matrix }, Placing { from: height, matrix: moved }];
    page.glyphs = without_number(&left).into_iter().cloned().collect();
    page.glyphs.extend(without_number(&right).into_iter().cloned().map(|mut glyph| {
        let Rect { x0, y0, x1, y1 } = glyph.rect;
        glyph.rect = Rect { x0, y0: y0 + height, x1, y1: y1 + height };
        glyph.origin.1 += height;
        glyph
    }));
    page.pieces = left.pieces;
    page.pieces.extend(right.pieces.into_iter().map(|mut piece| {
        (piece.rect.y0, piece.rect.y1) = (piece.rect.y0 + height, piece.rect.y1 + height);
        piece
    }));
    page.rulings = left.rulings;
    page.rulings.extend(right.rulings.into_iter().map(|ruling| match ruling.orientation {
        Orientation::Horizontal => Ruling { at: ruling.at + height, ..ruling },
        Orientation::Vertical => Ruling { from: ruling.from + height, to: ruling.to + height, ..ruling },
    }));
    (page.width, page.height) = (middle, 2.0 * height);
}

/// Whether nothing is printed in the middle of the sheet, from top to bottom.
fn is_parted(page: &RawPage, middle: f32) -> bool {
    let (from, to) = (middle - MARGIN * page.width, middle + MARGIN * page.width);
    let rules = |ruling: &Ruling| match ruling.orientation {
        Orientation::Horizontal => ruling.from < to && ruling.to > from,
        Orientation::Vertical => (from..to).contains(&ruling.at),
    };
    let prints = |glyph: &Glyph| glyph.rect.x0 < to && glyph.rect.x1 > from && !glyph.ch.is_whitespace();
    !page.rulings.iter().any(rules) && !page.glyphs.iter().any(prints)
}

/// One of the two pages, with places of its own.
fn half(page: &RawPage, (from, to): (f32, f32)) -> RawPage {
    let glyphs = page.glyphs.iter().filter(|glyph| (from..to).contains(&glyph.rect.center_x()));
    let glyphs = glyphs.cloned().map(|mut glyph| {
        glyph.origin.0 -= from;
        glyph.rect = Rect { x0: glyph.rect.x0 - from, x1: glyph.rect.x1 - from, ..glyph.rect };
        glyph
    });
    let rulings = page.rulings.iter().filter_map(|ruling| match ruling.orientation {
        Orientation::Horizontal => ((from..to).contains(&ruling.from)).then_some(Ruling {
            from: ruling.from - from,
            to: ruling.to - from,
            ..*ruling
        }),
        Orientation::Vertical => (from..to).contains(&ruling.at).then_some(Ruling { at: ruling.at - from, ..*ruling }),
    });
    let moved = |piece: &Piece| {
        let rect = Rect { x0: piece.rect.x0 - from, x1: piece.rect.x1 - from, ..piece.rect };
        Piece { rect, ..piece.clone() }
    };
    RawPage {
        number: page.number,
        width: to - from,
        height: page.height,
        glyphs: glyphs.collect(),
        hidden: Vec::new(),
        rulings: rulings.collect(),
        images: Vec::new(),
        seen: Vec::new(),
        pieces: page.pieces.iter().filter(|piece| (from..to).contains(&piece.rect.center_x())).map(moved).collect(),
    }
}

fn has_grid(page: &RawPage) -> bool {
    let n = |orientation| page.rulings.iter().filter(|ruling| ruling.orientation == orientation).take(3).count();
    n(Orientation::Horizontal) > 2 && n(Orientation::Vertical) > 2
}
