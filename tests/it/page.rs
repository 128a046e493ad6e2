//! Pages drawn in text, so that a test of segmentation shows what it is about.
//!
//! A character is 6 points wide (CJK 12) and 12 high, lines are 18 points apart; `|`, `-` and `+` are rulings.

use mingzhang::geom::Rect;
use mingzhang::read::{
    Direction, Font, Glyph, Layer, MediaType, Orientation, Ruling, Source, Tone, UnicodeSource, Visibility,
};
use mingzhang::repair::{CleanBody, CleanDocument, CleanPage};
use mingzhang::segment::{Layout, Region, TableRegion, segment};

const CHAR: f32 = 6.0;
const LINE: f32 = 18.0;
const SIZE: f32 = 12.0;

/// A document of pages as drawn.
pub fn document(drawings: &[&str]) -> CleanDocument {
    let pages: Vec<CleanPage> = drawings.iter().enumerate().map(|(i, d)| page(i as u32 + 1, d)).collect();
    CleanDocument {
        source: Source { media_type: MediaType::Pdf, n_pages: pages.len() as u32, producer: None },
        fonts: vec![Font { name: "SimSun".into(), bold: false, italic: false }],
        body: CleanBody::Pages(pages),
        notes: Vec::new(),
    }
}

/// The layout of pages as drawn.
pub fn layout(drawings: &[&str]) -> Layout {
    segment(document(drawings))
}

/// The tables of pages as drawn.
pub fn tables(drawings: &[&str]) -> Vec<TableRegion> {
    tables_of(document(drawings))
}

/// The tables of a document.
pub fn tables_of(document: CleanDocument) -> Vec<TableRegion> {
    let table = |region| match region {
        Region::Table(table) => Some(table),
        Region::Form(_) | Region::Narrative(_) => None,
    };
    segment(document).regions.into_iter().filter_map(table).collect()
}

/// A table's rows in text: cells joined by ` | `, `.` where a cell is blank.
pub fn rows(table: &TableRegion) -> Vec<String> {
    table
        .rows
        .iter()
        .map(|row| {
            let cells: Vec<&str> = row.cells.iter().map(|c| c.as_ref().map_or(".", |c| c.text.as_str())).collect();
            cells.join(" | ")
        })
        .collect()
}

/// A table's header paths in text: elements joined by `/`.
pub fn paths(table: &TableRegion) -> Vec<String> {
    table.columns.iter().map(|path| path.join("/")).collect()
}

fn page(number: u32, drawing: &str) -> CleanPage {
    let lines: Vec<Vec<(usize, char)>> = drawing.lines().map(placed).collect();
    let mut glyphs = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        for &(at, ch) in line.iter().filter(|(_, ch)| !matches!(ch, ' ' | '|' | '-' | '+')) {
            glyphs.push(glyph(at, row, ch, glyphs.len() as u32));
        }
    }
    // As every producer places titles: well below the margin where running heads stand.
    let height = (lines.len() as f32 * LINE).max(842.0);
    let width = lines.iter().flatten().map(|(at, _)| *at as f32 * CHAR + 24.0).fold(595.0, f32::max);
    let mut page =
        CleanPage { number, width, height, glyphs, rulings: rulings(&lines), seen: Vec::new(), pieces: Vec::new() };
    shift(&mut page, 0.15 * height);
    page
}

fn shift(page: &mut CleanPage, down: f32) {
    page.height += down;
    for glyph in &mut page.glyphs {
        glyph.origin.1 += down;
        glyph.rect.y0 += down;
        glyph.rect.y1 += down;
    }
    for ruling in &mut page.rulings {
        match ruling.orientation {
            Orientation::Horizontal => ruling.at += down,
            Orientation::Vertical => {
                ruling.from += down;
                ruling.to += down;
            }
        }
    }
}

fn placed(line: &str) -> Vec<(usize, char)> {
    let mut at = 0;
    line.chars()
        .map(|ch| {
            let here = at;
            at += if ch.is_ascii() { 1 } else { 2 };
            (here, ch)
        })
        .collect()
}

fn glyph(at: usize, row: usize, ch: char, order: u32) -> Glyph {
    let (x, y) = (at as f32 * CHAR, row as f32 * LINE);
    let width = if ch.is_ascii() { CHAR } else { 2.0 * CHAR };
    Glyph {
        ch,
        tail: None,
        unicode_source: UnicodeSource::ToUnicode,
        origin: (x, y + 13.0),
        rect: Rect { x0: x, y0: y + 3.0, x1: x + width, y1: y + 3.0 + SIZE },
        direction: Direction::Horizontal,
        font: 0,
        size: SIZE,
        visibility: Visibility::Visible,
        tone: Tone::Strong,
        layer: Layer::Content,
        order,
    }
}

fn rulings(lines: &[Vec<(usize, char)>]) -> Vec<Ruling> {
    let mut out = Vec::new();
    let mut push = |orientation, at, from: f32, to: f32| {
        if to > from {
            out.push(Ruling::new(orientation, at, (from, to), 0.5));
        }
    };
    let width = lines.iter().flatten().map(|(at, _)| at + 1).max().unwrap_or(0);
    let at = |row: usize, column: usize| {
        lines.get(row).and_then(|l| l.iter().find(|(c, _)| *c == column)).map_or(' ', |(_, ch)| *ch)
    };
    let center = |i: usize, pitch: f32| (i as f32 + 0.5) * pitch;
    for row in 0..lines.len() {
        let mut column = 0;
        while column < width {
            let start = column;
            while matches!(at(row, column), '-' | '+') {
                column += 1;
            }
            if column > start + 1 {
                push(Orientation::Horizontal, center(row, LINE), center(start, CHAR), center(column - 1, CHAR));
            }
            column += 1;
        }
    }
    for column in 0..width {
        let mut row = 0;
        while row < lines.len() {
            let start = row;
            while matches!(at(row, column), '|' | '+') {
                row += 1;
            }
            if row > start + 1 {
                push(Orientation::Vertical, center(column, CHAR), center(start, LINE), center(row - 1, LINE));
            }
            row += 1;
        }
    }
    out
}
