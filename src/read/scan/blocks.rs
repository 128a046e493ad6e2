//! Parts of characters become lines of text: cut at lines that are drawn, at rows without ink, and at wide gaps.

use std::collections::BTreeMap;

use super::faces::Faces;
use super::gray::Gray;
use super::ink::{Part, TEXT_INK};

/// What stands alone and is smaller than this, in ems, is no text.
const DIRT: f32 = 0.25;
/// A gap of so many ems parts two texts on one row.
const WIDE_GAP: f32 = 1.6;
/// And through several lines one of so many ems of their own: there, characters seldom part at one place.
const NARROW_GAP: f32 = 0.45;
/// Headers that are told apart by it are all at least so many ems wide.
const NARROWEST: f32 = 1.9;
/// Every fourth part of a row is as high as an ideograph, which is a little lower than its em.
const LARGE: f32 = 1.05;
/// No text of a page is smaller than this share of its usual size.
const SMALLEST: f32 = 0.75;
/// What is lower than this, in ems, is a stroke of a character, or a mark.
const LOW: f32 = 0.42;
/// A low part belongs to what is so near above or below it, in ems.
const NEAR: f32 = 0.4;
/// Text that is higher than this, in ems, may be two lines that touch.
const TWO_LINES: f32 = 1.55;
/// Between two lines there is at most this share of the ink of a line.
const VALLEY: f32 = 0.35;

/// Pale strokes are darker than this …
const PALE_INK: u8 = 205;
/// … and no farther from the next one than this, in ems.
const PALE_GAP: f32 = 0.45;
/// The edge of a wall is this thick at most, in ems.
const PALE_EDGE: f32 = 0.15;

/// Cuts a page's parts into lines of text.
pub(super) fn blocks(page: &Gray, parts: &[Part], faces: &Faces, em: f32) -> Vec<Part> {
    let mut by_face: BTreeMap<usize, Vec<Part>> = BTreeMap::new();
    for part in parts {
        let (x, y) = part.center();
        by_face.entry(faces.at(x, y)).or_default().push(*part);
    }
    let mut out = Vec::new();
    for parts in by_face.into_values() {
        cut(page, parts, em, &mut out, 0);
    }
    // A dot that stands alone is dirt.
    out.retain(|block| block.width().max(block.height()) as f32 >= DIRT * em);
    let mut out: Vec<Part> = (0..out.len()).map(|i| grown(page, &out, i, faces, em)).collect();
    out.sort_by_key(|b| (b.y0, b.x0));
    out
}

/// A block with the pale strokes that stand before and behind it: thin print is darker than text has to be in places only.
fn grown(page: &Gray, blocks: &[Part], idx: usize, faces: &Faces, em: f32) -> Part {
    let block = blocks[idx];
    let (x, y) = block.center();
    let [x0, _, x1, _] = faces.room(x, y);
    // The edge of a wall is pale, too.
    let edge = PALE_EDGE * em;
    let (mut left, mut right) = ((x0 + edge).max(0.0) as u32, (x1 - edge).clamp(0.0, page.width as f32) as u32);
    for other in blocks.iter().filter(|other| other.y0 < block.y1 && block.y0 < other.y1) {
        if other.x1 <= block.x0 {
            left = left.max(other.x1 + 1);
        } else if other.x0 >= block.x1 {
            right = right.min(other.x0.saturating_sub(1));
        }
    }
    let (top, bottom) = (block.y0 as usize, block.y1 as usize);
    let is_pale = |x: u32| (top..bottom).any(|y| page.row(y).get(x as usize).is_some_and(|p| *p < PALE_INK));
    let reach = (PALE_GAP * em) as u32;
    let (mut from, mut to) = (block.x0, block.x1);
    let mut at = from;
    while at > left && from - at < reach {
        at -= 1;
        if is_pale(at) {
            from = at;
        }
    }
    at = to;
    while at < right && at - to < reach {
        if is_pale(at) {
            to = at + 1;
        }
        at += 1;
    }
    Part { x0: from, x1: to, ..block }
}

/// So often a block is cut anew at most.
const MAX_CUTS: usize = 24;

fn cut(page: &Gray, parts: Vec<Part>, em: f32, out: &mut Vec<Part>, depth: usize) {
    let bands = bands(parts, em);
    let is_one_band = bands.len() == 1;
    for band in bands {
        // Headers may be set smaller than the page's text.
        let small = own_em(&band, SMALLEST * em);
        let em = own_em(&band, em);
        let mut columns = columns(band, em, WIDE_GAP);
        // Headers beside each other, whose lines lie at other heights: no row is empty, but what is between them is.
        if let [band] = columns.as_slice()
            && is_one_band
            && is_of_lines(band, em, small)
        {
            let parted = self::columns(band.clone(), small, NARROW_GAP);
            if parted.iter().all(|column| high_and_wide(column).1 >= NARROWEST * small) {
                columns = parted;
            }
        }
        let is_whole = is_one_band && columns.len() == 1;
        for column in columns {
            if is_whole || depth >= MAX_CUTS {
                leaf(page, &column, em, out);
            } else {
                cut(page, column, em, out, depth + 1);
            }
        }
    }
}

/// Whether a band is as high as two lines of a page's text, or of small text, none of whose characters is nearly as high.
fn is_of_lines(band: &[Part], em: f32, small: f32) -> bool {
    let (height, _) = high_and_wide(band);
    let highest = band.iter().map(Part::height).max().unwrap_or(0) as f32;
    height >= TWO_LINES * em || height >= TWO_LINES * small.max(highest)
}

/// The size of a row's text: titles are larger than the page's.
fn own_em(band: &[Part], em: f32) -> f32 {
    let mut heights: Vec<u32> = band.iter().map(Part::height).collect();
    heights.sort_unstable();
    heights.get(heights.len() * 3 / 4).map_or(em, |high| em.max(*high as f32 * LARGE))
}

/// Parts by the rows of ink that they make.
fn bands(mut parts: Vec<Part>, em: f32) -> Vec<Vec<Part>> {
    parts.sort_by_key(|part| (part.y0, part.x0));
    let mut bands: Vec<(Part, Vec<Part>)> = Vec::new();
    for part in parts {
        match bands.last_mut() {
            Some((all, band)) if part.y0 <= all.y1 => {
                *all = all.union(&part);
                band.push(part);
            }
            _ => bands.push((part, vec![part])),
        }
    }
    // 二 has two strokes, and no row of ink between them.
    let mut out: Vec<(Part, Vec<Part>)> = Vec::new();
    for (all, band) in bands {
        match out.last_mut() {
            Some((before, parts))
                if ((all.height() as f32) < LOW * em || (before.height() as f32) < LOW * em)
                    && ((all.y0 - before.y1) as f32) < NEAR * em
                    && before.union(&all).height() as f32 <= 1.2 * em
                    && all.x0 < before.x1
                    && before.x0 < all.x1 =>
            {
                *before = before.union(&all);
                parts.extend(band);
            }
            _ => out.push((all, band)),
        }
    }
    out.into_iter().map(|(_, band)| band).collect()
}

/// How high and how wide parts are together.
fn high_and_wide(parts: &[Part]) -> (f32, f32) {
    let all = parts.iter().copied().reduce(|a, b| a.union(&b));
    all.map_or((0.0, 0.0), |all| (all.height() as f32, all.width() as f32))
}

/// Parts of one band by the gaps between them that are wider than so many ems.
fn columns(mut parts: Vec<Part>, em: f32, gap: f32) -> Vec<Vec<Part>> {
    parts.sort_by_key(|part| (part.x0, part.y0));
    let mut out: Vec<(u32, Vec<Part>)> = Vec::new();
    for part in parts {
        match out.last_mut() {
            Some((end, column)) if part.x0 as f32 <= *end as f32 + gap * em => {
                *end = (*end).max(part.x1);
                column.push(part);
            }
            _ => out.push((part.x1, vec![part])),
        }
    }
    out.into_iter().map(|(_, column)| column).collect()
}

/// What has neither an empty row nor a wide gap: a line, or lines that touch.
fn leaf(page: &Gray, parts: &[Part], em: f32, out: &mut Vec<Part>) {
    let Some(all) = parts.iter().copied().reduce(|a, b| a.union(&b)) else { return };
    let height = all.height() as f32;
    let highest = parts.iter().map(Part::height).max().unwrap_or(0) as f32;
    if height < TWO_LINES * em || highest > 0.75 * height {
        out.push(all);
        return;
    }
    let ink: Vec<u32> = (all.y0..all.y1)
        .map(|y| {
            let row = page.row(y as usize);
            row.get(all.x0 as usize..all.x1 as usize).map_or(0, |row| row.iter().filter(|p| **p < TEXT_INK).count())
                as u32
        })
        .collect();
    let mut sorted = ink.clone();
    sorted.sort_unstable();
    let full = sorted.get(sorted.len() * 3 / 4).copied().unwrap_or(0) as f32;
    let n = ((height / (1.25 * em)).round() as usize).max(2);
    let pitch = height / n as f32;
    let mut cuts = vec![all.y0];
    for i in 1..n {
        let (from, to) = ((i as f32 - 0.3) * pitch, (i as f32 + 0.3) * pitch);
        let rows = (from as usize..(to as usize).min(ink.len())).filter_map(|y| Some((*ink.get(y)?, y)));
        if let Some((least, y)) = rows.min()
            && least as f32 <= VALLEY * full
        {
            cuts.push(all.y0 + y as u32);
        }
    }
    cuts.push(all.y1);
    for pair in cuts.windows(2) {
        let [y0, y1] = *pair else { continue };
        // Tight around the ink of the line's own parts.
        let own = parts.iter().filter(|part| {
            let middle = part.center().1;
            middle >= y0 as f32 && middle < y1 as f32
        });
        if let Some(line) = own.copied().reduce(|a, b| a.union(&b)) {
            out.push(Part { y0: line.y0.max(y0), y1: line.y1.min(y1), ..line });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_beside_each_other_at_other_heights_are_not_one_line() {
        let mut page = Gray::blank(300, 60);
        // Two lines, one line between their heights, two lines; no row is empty.
        let lines = [(10, 10), (10, 25), (90, 17), (170, 10), (170, 25)];
        let parts: Vec<Part> = lines
            .iter()
            .flat_map(|(x, y)| (0..4).map(move |i| Part { x0: x + i * 16, y0: *y, x1: x + i * 16 + 14, y1: y + 14 }))
            .collect();
        for part in &parts {
            (part.y0..part.y1).for_each(|y| page.row_mut(y as usize)[part.x0 as usize..part.x1 as usize].fill(0));
        }
        let blocks = blocks(&page, &parts, &Faces::new(&[], &[], 2.0), 14.0);
        assert_eq!(
            blocks.iter().map(|b| (b.x0, b.y0)).collect::<Vec<_>>(),
            [(10, 10), (170, 10), (90, 17), (10, 25), (170, 25)]
        );
    }

    /// A page with parts in ink, and strokes of some grey besides.
    fn cut_into(parts: &[Part], strokes: &[(Part, u8)], em: f32) -> Vec<Part> {
        let mut page = Gray::blank(600, 80);
        for (part, grey) in parts.iter().map(|part| (part, 0)).chain(strokes.iter().map(|(part, grey)| (part, *grey))) {
            (part.y0..part.y1).for_each(|y| page.row_mut(y as usize)[part.x0 as usize..part.x1 as usize].fill(grey));
        }
        blocks(&page, parts, &Faces::new(&[], &[], 2.0), em)
    }

    #[test]
    fn headers_smaller_than_the_pages_text_are_parted_by_gaps_of_their_own() {
        // Twelve pixels an ideograph, and seven between the headers, on a page of eighteen.
        let lines = [(10, 10), (10, 23), (64, 16), (118, 10), (118, 23)];
        let parts: Vec<Part> = lines
            .iter()
            .flat_map(|(x, y)| (0..4).map(move |i| Part { x0: x + i * 12, y0: *y, x1: x + i * 12 + 11, y1: y + 11 }))
            .collect();
        let blocks = cut_into(&parts, &[], 18.0);
        assert_eq!(
            blocks.iter().map(|b| (b.x0, b.y0)).collect::<Vec<_>>(),
            [(10, 10), (118, 10), (64, 16), (10, 23), (118, 23)]
        );
    }

    #[test]
    fn a_title_larger_than_the_pages_text_is_one_line() {
        // Its marks of quotation stand apart, and a stroke below another one.
        let mut parts: Vec<Part> = (0..6).map(|i| Part { x0: 10 + i * 24, y0: 10, x1: 31 + i * 24, y1: 32 }).collect();
        let quoted = (0..3).map(|i| Part { x0: 170 + i * 24, y0: 10, x1: 191 + i * 24, y1: 31 });
        parts.extend(
            quoted.chain([Part { x0: 260, y0: 10, x1: 266, y1: 15 }, Part { x0: 282, y0: 10, x1: 304, y1: 32 }]),
        );
        assert_eq!(cut_into(&parts, &[], 13.0).len(), 1);
    }

    #[test]
    fn a_pale_stroke_before_a_figure_belongs_to_it() {
        let figure: Vec<Part> = (0..4).map(|i| Part { x0: 60 + i * 9, y0: 20, x1: 67 + i * 9, y1: 30 }).collect();
        let dash = |grey: u8| cut_into(&figure, &[(Part { x0: 52, y0: 25, x1: 57, y1: 26 }, grey)], 14.0)[0].x0;
        assert_eq!((dash(195), dash(235)), (52, 60));
        // What is farther off does not.
        let far = (Part { x0: 30, y0: 25, x1: 40, y1: 26 }, 195);
        assert_eq!(cut_into(&figure, &[far], 14.0)[0].x0, 60);
    }
}
