//! Pages with glyphs: what stands outside of ruled grids becomes rows of texts with places, and grids go back to the page.

use super::bands::Bands;
use super::piece::{Piece, Places, TextRow};
use super::sheet::{self, Before, Stretch};
use super::{EM, PITCH, text};
use crate::geom::Rect;
use crate::read::{Glyph, UnicodeSource, usual_size};
use crate::repair::CleanPage;
use crate::segment::grid::{CellLine, Grid};
use crate::segment::header::bare;
use crate::segment::line;

/// A gap of this many ems parts the texts of two columns.
const COLUMN_GAP: f32 = 0.6;

/// A figure and the words beside it are two texts even this near, in ems.
const FIGURE_GAP: f32 = 0.1;

/// And so are two figures this near, in ems, the first of which has so many characters: none has a space within.
const BETWEEN_FIGURES: f32 = 0.3;
const MIN_FIGURE: usize = 4;

/// And the mark behind the number of an item goes on with it over so many ems.
const MARK_GAP: f32 = 1.6;

/// A code has at least so many characters, with the dash behind it.
const MIN_CODE: usize = 4;

/// From line to line of one text, in ems.
const LINE: f32 = 1.25;

/// A text has a place that it covers by more than this share of it.
const COVERED: f32 = 0.75;

/// How a page's points become places: a digit is a place wide, half an em.
pub(super) struct Scale {
    x: f32,
    y: f32,
}

impl Scale {
    fn of(em: f32) -> Self {
        let em = if em > 0.0 { em } else { EM };
        Self { x: 2.0 * EM / em, y: PITCH / (LINE * em) }
    }

    fn to_places(&self, rect: &Rect) -> Rect {
        Rect { x0: rect.x0 * self.x, y0: rect.y0 * self.y, x1: rect.x1 * self.x, y1: rect.y1 * self.y }
    }

    fn to_page(&self, rect: &mut Rect) {
        *rect = Rect { x0: rect.x0 / self.x, y0: rect.y0 / self.y, x1: rect.x1 / self.x, y1: rect.y1 / self.y };
    }

    /// Puts a grid back to where it stands on the page.
    pub(super) fn restore(&self, grid: &mut Grid) {
        self.to_page(&mut grid.rect);
        grid.xs.iter_mut().for_each(|x| *x /= self.x);
        grid.ys.iter_mut().for_each(|y| *y /= self.y);
        for cell in &mut grid.cells {
            self.to_page(&mut cell.rect);
            for line in &mut cell.lines {
                self.to_page(&mut line.rect);
                line.size /= self.y;
            }
        }
    }
}

/// The lines of a page, each with its glyphs, and how they were scaled.
pub(super) fn rows(glyphs: &[Glyph], outside: &[u32]) -> (Vec<(TextRow, Vec<u32>)>, Scale) {
    let mut lines: Vec<Vec<Vec<u32>>> =
        line::group(glyphs, outside.to_vec()).iter().map(|line| parts(glyphs, line)).collect();
    part_codes(glyphs, &mut lines);
    // Tables may be set smaller than the text around them.
    let of_tables = || lines.iter().filter(|parts| parts.len() > 1).flatten().flatten();
    let em = usual_size(of_tables().filter_map(|idx| glyphs.get(*idx as usize)));
    let scale = Scale::of(em);
    let mut rows: Vec<(TextRow, Vec<u32>)> = Vec::new();
    let mut before: Option<(f32, usize)> = None;
    for parts in lines {
        let line = parts.concat();
        let pieces = text::whole(pieces(glyphs, parts, &scale));
        let boxes = pieces.iter().filter_map(|piece| piece.seen.as_ref()).map(|seen| seen.rect);
        let Some(rect) = boxes.reduce(|a, b| a.union(&b)) else { continue };
        let middle = rect.center_y();
        // Lines that are nearer than those of one text are two lines all the same.
        let n_above = before.map_or(0, |(above, n)| n + ((middle - above) / PITCH).round().max(1.0) as usize);
        before = Some((middle, n_above));
        rows.push((TextRow { pieces, n_above }, line));
    }
    (rows, scale)
}

/// The texts of a line, by the gaps between its glyphs.
fn parts(glyphs: &[Glyph], line: &[u32]) -> Vec<Vec<u32>> {
    let mut parts: Vec<Vec<u32>> = Vec::new();
    for &idx in line {
        match parts.last_mut() {
            Some(part) if goes_on(glyphs, part, idx) => part.push(idx),
            _ => parts.push(vec![idx]),
        }
    }
    parts
}

/// Parts codes from the names that they touch: 205教育支出, where codes of other lines end as far right.
fn part_codes(glyphs: &[Glyph], lines: &mut [Vec<Vec<u32>>]) {
    let end = |part: &[u32]| part.last().and_then(|idx| glyphs.get(*idx as usize)).map(|glyph| glyph.rect.x1);
    let is_digit = |idx: &&u32| glyphs.get(**idx as usize).is_some_and(|glyph| glyph.ch.is_ascii_digit());
    let code = |part: &[u32]| Some(part.iter().take_while(is_digit).count()).filter(|n| CODES.contains(n));
    let whole = |part: &&Vec<u32>| code(part) == Some(part.len());
    let ends: Vec<f32> = lines.iter().flatten().filter(whole).filter_map(|part| end(part)).collect();
    for parts in lines {
        let is_joined = |part: &Vec<u32>| {
            let n = code(part).filter(|n| *n < part.len())?;
            let (before, next) = (glyphs.get(*part.get(n - 1)? as usize)?, glyphs.get(*part.get(n)? as usize)?);
            let is_name = next.ch.is_alphabetic() && !next.ch.is_ascii();
            let is_end = |other: &&f32| (before.rect.x1 - **other).abs() < SAME_END * before.size;
            (is_name && ends.iter().filter(is_end).count() >= CODES_ABOVE).then_some(n)
        };
        let joined = parts.iter().enumerate().find_map(|(at, part)| Some((at, is_joined(part)?)));
        if let Some((at, n)) = joined
            && let Some(name) = parts.get_mut(at).map(|part| part.split_off(n))
        {
            parts.insert(at + 1, name);
        }
    }
}

/// Codes of functions and of economic purposes have so many digits.
const CODES: [usize; 3] = [3, 5, 7];

/// So many codes of other lines end where a column of codes does.
const CODES_ABOVE: usize = 2;

/// Texts that end together do so within so many ems.
const SAME_END: f32 = 0.2;

fn pieces(glyphs: &[Glyph], parts: Vec<Vec<u32>>, scale: &Scale) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for part in parts {
        let Some(rect) = line::bounds(glyphs, &part) else { continue };
        let size = part.first().and_then(|idx| glyphs.get(*idx as usize)).map_or(EM, |glyph| glyph.size);
        let rect = scale.to_places(&rect);
        let seen = CellLine { text: line::text(glyphs, &part), rect, size: size * scale.y };
        let text = bare(&seen.text);
        if text.is_empty() {
            continue;
        }
        let from = (rect.x0.max(0.0) / EM - (1.0 - COVERED)).ceil() as usize;
        let to = ((rect.x1.max(0.0) / EM + (1.0 - COVERED)).floor() as usize).max(from + 1);
        let gap = from.saturating_sub(pieces.last().map_or(0, |piece| piece.to));
        pieces.push(Piece { from, to, text, gap, pushed: 0, seen: Some(seen) });
    }
    pieces
}

/// Whether a text goes on with a glyph: words follow the number of an item as near as words.
fn goes_on(glyphs: &[Glyph], part: &[u32], next: u32) -> bool {
    let Some(next) = glyphs.get(next as usize) else { return false };
    let mut last = part.iter().rev().filter_map(|idx| glyphs.get(*idx as usize));
    let Some(before) = last.next() else { return false };
    let em = before.size.max(next.size).max(1.0);
    let gap = next.rect.x0 - before.rect.x1;
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '-');
    let changes = is_figure(before.ch) != is_figure(next.ch) && (!before.ch.is_ascii() || !next.ch.is_ascii());
    let is_number = last.all(|glyph| glyph.ch.is_ascii_digit());
    let numbers_item = before.ch == '.' && part.len() <= 3 && is_number;
    // No text begins with the mark behind its number, of which little may have been read.
    let marks_item = next.ch == '、' && before.ch.is_ascii_digit() && part.len() <= 2 && is_number;
    // 2010301-某某: a code with its name.
    let is_code = before.ch == '-' && part.len() >= MIN_CODE && is_number;
    let is_figure_so_far = || part.iter().all(|idx| glyphs.get(*idx as usize).is_some_and(|glyph| is_figure(glyph.ch)));
    // Models place characters by and by, so that a figure may seem to have gaps.
    let is_placed = before.unicode_source != UnicodeSource::Ocr;
    let are_figures = is_placed && next.ch.is_ascii_digit() && part.len() >= MIN_FIGURE && is_figure_so_far();
    let widest = match () {
        () if marks_item => MARK_GAP,
        () if are_figures => BETWEEN_FIGURES,
        () if changes && !numbers_item && !is_code => FIGURE_GAP,
        () => COLUMN_GAP,
    };
    gap < widest * em
}

/// The tables of a page, or its form; what of `outside` is theirs is taken out of it.
pub(in crate::segment) fn grids(page: &CleanPage, outside: &mut Vec<u32>, before: &mut Before) -> Vec<Grid> {
    before.places = Places::Seen;
    let (rows, scale) = rows(&page.glyphs, outside);
    before.bands = Bands::of(&page.rulings, |rect| scale.to_places(rect));
    // Pages of one table may be of texts of other sizes, as those of a scan are read.
    before.rescale(scale.x);
    let (rows, lines): (Vec<TextRow>, Vec<Vec<u32>>) = rows.into_iter().unzip();
    let mut left: Vec<u32> = Vec::new();
    let mut grids = Vec::new();
    for stretch in sheet::stretches(&rows, page.width * scale.x, before) {
        match stretch {
            Stretch::Grid(mut grid) => {
                scale.restore(&mut grid);
                grids.push(grid);
            }
            Stretch::Line(at) => left.extend(lines.get(at).into_iter().flatten()),
        }
    }
    left.sort_unstable();
    outside.retain(|idx| left.binary_search(idx).is_ok());
    grids
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Direction, Layer, Tone, Visibility};

    /// The glyphs of a line, which touch; `_` is a third of an em of room.
    fn glyphs(line: &str, unicode_source: UnicodeSource) -> Vec<Glyph> {
        let (mut x, mut glyphs) = (0.0, Vec::new());
        for ch in line.chars() {
            let width = if ch == '_' { 10.0 / 3.0 } else { 5.0 * ch.len_utf8().min(2) as f32 };
            if ch != '_' {
                glyphs.push(Glyph {
                    ch,
                    tail: None,
                    unicode_source,
                    origin: (x, 10.0),
                    rect: Rect { x0: x, y0: 1.0, x1: x + width, y1: 11.0 },
                    direction: Direction::Horizontal,
                    font: 0,
                    size: 10.0,
                    visibility: Visibility::Visible,
                    tone: Tone::Strong,
                    layer: Layer::Content,
                    order: glyphs.len() as u32,
                });
            }
            x += width;
        }
        glyphs
    }

    /// The texts of a line.
    fn texts(line: &str) -> Vec<String> {
        texts_of(glyphs(line, UnicodeSource::ToUnicode))
    }

    fn texts_of(glyphs: Vec<Glyph>) -> Vec<String> {
        let all: Vec<u32> = (0..glyphs.len() as u32).collect();
        parts(&glyphs, &all).iter().map(|part| line::text(&glyphs, part)).collect()
    }

    #[test]
    fn a_name_goes_on_with_its_code_and_an_item_with_what_was_read_of_its_number() {
        assert_eq!(texts("2010301-_教育"), ["2010301-教育"]);
        assert_eq!(texts("1____、教育"), ["1、教育"]);
        assert_eq!(texts("71441335_49878543"), ["71441335", "49878543"]);
        assert_eq!(texts("1_234"), ["1 234"]);
        assert_eq!(texts_of(glyphs("71441335_49878543", UnicodeSource::Ocr)).len(), 1);
    }

    #[test]
    fn a_name_right_of_a_figure_is_another_text() {
        assert_eq!(texts("119.00_教育"), ["119.00", "教育"]);
        assert_eq!(texts("119.00____、教育"), ["119.00", "、教育"]);
        assert_eq!(texts("-_教育"), ["-", "教育"]);
    }

    #[test]
    fn a_name_that_touches_its_code_is_parted_where_other_codes_end_there() {
        let parted = |others: [&str; 2]| {
            let glyphs: Vec<Glyph> = [others[0], others[1], "__205教育"]
                .iter()
                .flat_map(|line| glyphs(line, UnicodeSource::ToUnicode))
                .collect();
            let mut lines: Vec<Vec<Vec<u32>>> = vec![vec![]; 3];
            let mut start = 0;
            for (line, text) in lines.iter_mut().zip([others[0], others[1], "__205教育"]) {
                let end = start + text.chars().filter(|ch| *ch != '_').count() as u32;
                *line = parts(&glyphs, &(start..end).collect::<Vec<u32>>());
                start = end;
            }
            part_codes(&glyphs, &mut lines);
            lines.last().map(|line| line.iter().map(|part| line::text(&glyphs, part)).collect::<Vec<_>>())
        };
        let (parts, whole) = (vec!["205".to_owned(), "教育".to_owned()], vec!["205教育".to_owned()]);
        // Three digits of 5 points behind two thirds of an em end where those of two others do.
        assert_eq!(parted(["__206", "__208"]), Some(parts));
        assert_eq!(parted(["206", "208"]), Some(whole));
    }
}
