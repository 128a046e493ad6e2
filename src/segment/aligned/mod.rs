//! Tables without rulings: columns from the alignment of their text, given as a grid whose walls are guessed.

mod columns;
pub mod header;
pub mod rows;

use crate::geom::Rect;
use crate::read::Glyph;
use crate::segment::caption::{self, CaptionPart};
use crate::segment::grid::{CellLine, Grid, GridCell};
use crate::segment::header::{bare, is_figure};
use crate::segment::{line, table};

/// A gap of this many ems parts the texts of two columns.
const COLUMN_GAP: f32 = 0.6;

/// A figure and the words beside it are two texts even this near, in ems.
const FIGURE_GAP: f32 = 0.1;

/// Lines further apart than this many ems are not of one table.
const APART: f32 = 1.5;

/// Rows stand at most this many times as far apart as the rows before them.
const WIDER_PITCH: f32 = 1.2;

/// A line this many times as large as a table's is no row.
const LARGER: f32 = 1.25;

/// A line this wide, as a share of the table's page, is a paragraph.
const PARAGRAPH: f32 = 0.7;

/// Justified text sets figures off from words by less than this many ems.
const PROSE_GAP: f32 = 1.0;

/// A header of more texts is none; each of them is compared with the others.
const MAX_HEADER: usize = 500;

/// Labels of one column begin within this many ems, but for their indent.
const SAME_EDGE: f32 = 0.3;

/// The lines of a name in two stand this near above and below the figure beside it, in ems.
const HALF_PITCH: f32 = 0.9;

/// Lines of one row's wrapped cells follow each other within this many ems; rows stand further apart.
const WRAP_PITCH: f32 = 1.35;

/// Labels that are centred over columns and say nothing of where columns are.
const TOTALS: [&str; 3] = ["合计", "总计", "小计"];

/// A text of a line, apart from its neighbours.
#[derive(Clone, Debug)]
pub struct Piece {
    rect: Rect,
    text: String,
    size: f32,
}

impl Piece {
    /// Whether it is this line of a cell.
    pub fn is(&self, line: &CellLine) -> bool {
        self.rect == line.rect && self.text == line.text
    }

    fn line(&self) -> CellLine {
        CellLine { text: self.text.clone(), rect: self.rect, size: self.size }
    }
}

/// One line's pieces from left to right.
#[derive(Clone, Debug)]
struct Pieces {
    pieces: Vec<Piece>,
    idx: Vec<u32>,
    rect: Rect,
    text: String,
}

impl Pieces {
    fn size(&self) -> f32 {
        self.pieces.first().map_or(0.0, |p| p.size)
    }
}

/// Finds tables among the glyphs outside of ruled grids; takes theirs out of `outside`.
///
/// `before` has the column edges of such a table that ended the page before and may go on here without a caption.
pub fn grids(glyphs: &[Glyph], outside: &mut Vec<u32>, page_width: f32, before: Option<&[f32]>) -> Vec<Grid> {
    let lines: Vec<Pieces> =
        line::group(glyphs, outside.clone()).into_iter().filter_map(|l| pieces(glyphs, l)).collect();
    let mut grids = Vec::new();
    let mut taken = Vec::new();
    let mut start = 0;
    let mut is_open = before.is_some();
    let mut before = before;
    while start < lines.len() {
        let is_caption = caption::part(&lines[start].text).is_some();
        if is_caption {
            is_open = true;
            before = None;
            start += 1;
            continue;
        }
        let mut end = start;
        // A heading right below a table is larger than its rows.
        let em = lines[start..].iter().find(|l| l.pieces.len() > 1).map_or(f32::INFINITY, Pieces::size);
        let is_heading = |line: &Pieces| !has_figure(line) && line.size() > LARGER * em;
        while end < lines.len() && is_row_line(&lines[end], page_width) && !is_heading(&lines[end]) {
            end += 1;
        }
        // A running head stands alone above what goes on from the page before.
        while start + 1 < end && lines[start].pieces.len() == 1 && stands_apart(&lines[start], &lines[start + 1]) {
            start += 1;
        }
        let n_parted = lines[start..end].iter().filter(|l| l.pieces.len() > 1).count();
        if is_open && n_parted >= 1 {
            end = start + table_end(&lines[start..end]);
            if let Some(grid) = grid(&lines[start..end], before) {
                taken.extend(lines[start..end].iter().flat_map(|l| l.idx.iter().copied()));
                grids.push(grid);
            }
            is_open = false;
        }
        start = end.max(start + 1);
    }
    taken.sort_unstable();
    outside.retain(|i| taken.binary_search(i).is_err());
    grids
}

/// Whether the next line begins something else, by its distance.
fn stands_apart(line: &Pieces, next: &Pieces) -> bool {
    let em = line.pieces.first().map_or(10.0, |p| p.size);
    next.rect.y0 - line.rect.y1 > APART * em
}

/// Whether a text ends with a word for totals.
fn is_total(piece: &Piece) -> bool {
    TOTALS.iter().any(|total| piece.text.trim_end().ends_with(total))
}

fn has_figure(line: &Pieces) -> bool {
    line.pieces.iter().any(|p| is_figure(&p.text))
}

/// The first line below the header: the first with a figure; a blank table may end with a total and nothing else.
fn first_data(lines: &[Pieces]) -> Option<usize> {
    let is_blank_total = |line: &Pieces| line.pieces.iter().all(is_total);
    let blank_total = || lines.last().filter(|line| is_blank_total(line)).map(|_| lines.len() - 1);
    lines.iter().position(has_figure).or_else(blank_total)
}

/// How many of the lines from the first on are the table's: what follows the last figure at a greater distance, is not.
fn table_end(lines: &[Pieces]) -> usize {
    let (Some(first), Some(last)) = (lines.iter().position(has_figure), lines.iter().rposition(has_figure)) else {
        return lines.len();
    };
    let pitch = |pair: &[Pieces]| pair[1].rect.center_y() - pair[0].rect.center_y();
    let widest = lines[first..=last].windows(2).map(pitch).fold(0.0, f32::max);
    if widest == 0.0 {
        return lines.len();
    }
    let goes_on = lines[last..].windows(2).take_while(|pair| pitch(pair) < WIDER_PITCH * widest).count();
    last + 1 + goes_on
}

/// Whether a line can belong to a table: no caption, no note, no page number, no paragraph.
fn is_row_line(line: &Pieces, page_width: f32) -> bool {
    let is_paragraph = (line.pieces.len() == 1 || is_tight(line)) && line.rect.width() > PARAGRAPH * page_width;
    let is_number = line.text.trim_matches(['-', '—', '－', '–', '―', ' ', '\t']).bytes().all(|b| b.is_ascii_digit());
    let is_caption =
        matches!(caption::part(&line.text), Some(CaptionPart::Title | CaptionPart::Number | CaptionPart::Particulars));
    !is_paragraph
        && !is_prose(line)
        && !is_caption
        && !table::is_note(&line.text)
        && !is_number
        && !line.text.contains('。')
}

/// Whether nothing in a line stands further apart than justified text sets figures off from words.
fn is_tight(line: &Pieces) -> bool {
    line.pieces.windows(2).all(|pair| pair[1].rect.x0 - pair[0].rect.x1 < PROSE_GAP * pair[0].size.max(pair[1].size))
}

/// Whether a line is running text with figures in it: words close on both sides of a figure, or a comma between words.
fn is_prose(line: &Pieces) -> bool {
    let is_word = |piece: &Piece| !is_figure(&piece.text) && !piece.text.is_ascii();
    let is_enclosed = |three: &[Piece]| is_word(&three[0]) && is_figure(&three[1].text) && is_word(&three[2]);
    line.pieces.len() > 1 && is_tight(line) && (line.pieces.windows(3).any(is_enclosed) || line.text.contains('，'))
}

fn pieces(glyphs: &[Glyph], idx: Vec<u32>) -> Option<Pieces> {
    let mut parts: Vec<Vec<u32>> = Vec::new();
    for &i in &idx {
        let g = &glyphs[i as usize];
        match parts.last_mut() {
            Some(part) if goes_on(glyphs, part, g) => part.push(i),
            _ => parts.push(vec![i]),
        }
    }
    let pieces: Vec<Piece> = parts
        .iter()
        .filter_map(|part| {
            Some(Piece {
                rect: line::bounds(glyphs, part)?,
                text: line::text(glyphs, part),
                size: glyphs[*part.first()? as usize].size,
            })
        })
        .collect();
    Some(Pieces { rect: line::bounds(glyphs, &idx)?, text: line::text(glyphs, &idx), pieces, idx })
}

/// Whether a text goes on with a glyph: words follow the number of an item as near as words.
fn goes_on(glyphs: &[Glyph], part: &[u32], next: &Glyph) -> bool {
    let mut last = part.iter().rev().map(|&i| &glyphs[i as usize]);
    let Some(before) = last.next() else { return false };
    let em = before.size.max(next.size).max(1.0);
    let gap = next.rect.x0 - before.rect.x1;
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '-');
    let changes = is_figure(before.ch) != is_figure(next.ch) && (!before.ch.is_ascii() || !next.ch.is_ascii());
    let numbers_item = before.ch == '.' && part.len() <= 3 && last.all(|glyph| glyph.ch.is_ascii_digit());
    gap < if changes && !numbers_item { FIGURE_GAP } else { COLUMN_GAP } * em
}

/// Reads lines as a table; `before` has the column edges of a table that goes on here.
fn grid(lines: &[Pieces], before: Option<&[f32]>) -> Option<Grid> {
    // Without a figure or a total it is a list or a table of contents.
    let n_header = body_start(lines, first_data(lines)?);
    let (head, body) = lines.split_at(n_header);
    if head.iter().map(|line| line.pieces.len()).sum::<usize>() > MAX_HEADER {
        return None;
    }
    let pieces = head.iter().flat_map(|l| &l.pieces).map(|p| p.line());
    let header = header::texts(pieces.collect());
    let rect = lines.iter().map(|l| l.rect).reduce(|a, b| a.union(&b))?;
    let goes_on = |xs: &&[f32]| head.is_empty() || columns::fit(body, xs);
    let xs: Vec<f32> = match before.filter(goes_on) {
        Some(xs) => xs.to_vec(),
        None => {
            let numbered = body.iter().take(table::NUMBER_ROWS).position(is_number_row);
            let numbers: Vec<Rect> =
                numbered.map_or_else(Vec::new, |i| body[i].pieces.iter().map(|p| p.rect).collect());
            let rows: Vec<&Pieces> =
                body.iter().enumerate().filter(|(i, _)| Some(*i) != numbered).map(|(_, l)| l).collect();
            let names = columns::names(&header, &numbers);
            columns::walls(&columns::stretches(&rows, &names), &rows, &names, &rect)
        }
    };
    if xs.len() < 3 {
        return None;
    }
    let n_columns = xs.len() - 1;
    let body_top = head.last().map_or(rect.y0, |l| (l.rect.y1 + body[0].rect.y0) / 2.0);
    let (mut cells, depth) =
        if head.is_empty() { (Vec::new(), 0) } else { header::cells(&header, &xs, rect.y0, body_top) };
    let rows = rows::rows(body, &xs);
    let mut ys: Vec<f32> =
        (0..=depth).map(|row| rect.y0 + (body_top - rect.y0) * row as f32 / depth.max(1) as f32).collect();
    ys.extend(rows.windows(2).map(|pair| (pair[0].y1 + pair[1].y0) / 2.0));
    ys.push(rect.y1);
    for (row, texts) in rows.iter().enumerate() {
        let first = cells.len();
        cells.extend((0..n_columns).map(|column| GridCell {
            row: depth + row,
            column,
            n_rows: 1,
            n_columns: 1,
            rect: Rect { x0: xs[column], y0: ys[depth + row], x1: xs[column + 1], y1: ys[depth + row + 1] },
            lines: Vec::new(),
            doubt: None,
        }));
        for (column, piece) in &texts.pieces {
            cells[first + column].lines.push(piece.line());
        }
    }
    let mut owner = vec![0; n_columns * (ys.len() - 1)];
    for (id, cell) in cells.iter().enumerate() {
        for row in cell.row..cell.row + cell.n_rows {
            owner[row * n_columns + cell.column..row * n_columns + cell.column + cell.n_columns].fill(id as u32);
        }
    }
    let rect = Rect { x0: xs[0], x1: xs[n_columns], ..rect };
    Some(Grid { rect, xs, ys, cells, owner, open_below: vec![false; n_columns] })
}

/// Whether a line numbers the columns; such a row stands right below the header, and again after a page's end.
fn is_number_row(line: &Pieces) -> bool {
    table::is_number_row(&line.pieces.iter().map(|piece| bare(&piece.text)).collect::<Vec<_>>())
}

/// The first line of the body, from the first line of data upwards: labels without figures are rows too.
///
/// They stand apart from what is above them and begin where the labels of the data begin, as names in a header do not.
fn body_start(lines: &[Pieces], data: usize) -> usize {
    let mut start = data;
    let pitch = |i: usize| lines[i].rect.center_y() - lines[i - 1].rect.center_y();
    let labels: Vec<f32> = lines[data].pieces.iter().filter(|p| !is_figure(&p.text)).map(|p| p.rect.x0).collect();
    let is_label = |p: &Piece| labels.iter().any(|x| (p.rect.x0 - x).abs() < SAME_EDGE * p.size);
    while let Some(first) = (1..start).rev().find(|&i| pitch(i) > WRAP_PITCH * lines[i].size()) {
        let block = &lines[first..start];
        // The upper half of a wrapped name stands right above the figure beside it.
        let is_wrapped = pitch(start) < HALF_PITCH * block[block.len() - 1].size();
        let mut pieces = block.iter().flat_map(|line| &line.pieces);
        if !is_wrapped && !pieces.all(|p| is_total(p) || is_label(p)) {
            break;
        }
        start = first;
    }
    start
}
