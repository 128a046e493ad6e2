//! Tables without rulings: columns from the alignment of their text, given as a grid whose walls are guessed.

use crate::geom::Rect;
use crate::read::Glyph;
use crate::segment::aligned_header::{self, HeaderText};
use crate::segment::caption::{self, CaptionPart};
use crate::segment::grid::{CellLine, Grid, GridCell};
use crate::segment::header::is_figure;
use crate::segment::{line, table};

/// A gap of this many ems parts the texts of two columns.
const COLUMN_GAP: f32 = 0.6;

/// A figure and the words beside it are two texts even this near, in ems.
const FIGURE_GAP: f32 = 0.1;

/// Lines further apart than this many ems are not of one table.
const APART: f32 = 1.5;

/// A line this many times as large as a table's is no row.
const LARGER: f32 = 1.25;

/// A line this wide, as a share of the table's page, is a paragraph.
const PARAGRAPH: f32 = 0.7;

/// Lines of one row's wrapped cells follow each other within this many ems; rows stand further apart.
const WRAP_PITCH: f32 = 1.35;

/// Labels that are centred over columns and say nothing of where columns are.
const TOTALS: [&str; 3] = ["合计", "总计", "小计"];

/// A text of a line, apart from its neighbours.
#[derive(Clone, Debug)]
struct Piece {
    rect: Rect,
    text: String,
    size: f32,
}

impl Piece {
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
        let is_heading = |line: &Pieces| line.pieces.len() == 1 && line.size() > LARGER * em;
        while end < lines.len() && is_row_line(&lines[end], page_width) && !is_heading(&lines[end]) {
            end += 1;
        }
        // A running head stands alone above what goes on from the page before.
        while start + 1 < end && lines[start].pieces.len() == 1 && stands_apart(&lines[start], &lines[start + 1]) {
            start += 1;
        }
        let n_parted = lines[start..end].iter().filter(|l| l.pieces.len() > 1).count();
        let has_data = lines[start..end].iter().any(is_data);
        if is_open && has_data && n_parted >= 1 {
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

/// Whether a line holds a figure, or a total and nothing else.
fn is_data(line: &Pieces) -> bool {
    let is_total = |p: &Piece| TOTALS.contains(&p.text.trim());
    line.pieces.iter().any(|p| is_figure(&p.text)) || line.pieces.iter().all(is_total)
}

/// Whether a line can belong to a table: no caption, no note, no page number, no paragraph.
fn is_row_line(line: &Pieces, page_width: f32) -> bool {
    let is_paragraph = line.pieces.len() == 1 && line.rect.width() > PARAGRAPH * page_width;
    let is_number = line.text.trim_matches(['-', '—', '－', '–', '―', ' ', '\t']).bytes().all(|b| b.is_ascii_digit());
    let is_caption =
        matches!(caption::part(&line.text), Some(CaptionPart::Title | CaptionPart::Number | CaptionPart::Particulars));
    !is_paragraph && !is_caption && !table::is_note(&line.text) && !is_number && !line.text.contains('。')
}

fn pieces(glyphs: &[Glyph], idx: Vec<u32>) -> Option<Pieces> {
    let mut parts: Vec<Vec<u32>> = Vec::new();
    for &i in &idx {
        let g = &glyphs[i as usize];
        match parts.last_mut() {
            Some(part) if part.last().is_some_and(|&p| goes_on(&glyphs[p as usize], g)) => part.push(i),
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

fn goes_on(before: &Glyph, next: &Glyph) -> bool {
    let em = before.size.max(next.size).max(1.0);
    let gap = next.rect.x0 - before.rect.x1;
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '-');
    let changes = is_figure(before.ch) != is_figure(next.ch) && (!before.ch.is_ascii() || !next.ch.is_ascii());
    gap < if changes { FIGURE_GAP } else { COLUMN_GAP } * em
}

/// The columns' stretches: where the texts of body lines stand, and the headers of blank columns.
fn stretches(lines: &[Pieces], header: &[HeaderText]) -> Vec<(f32, f32)> {
    let is_total = |p: &Piece| TOTALS.iter().any(|t| p.text.ends_with(t));
    let body = lines.iter().flat_map(|l| &l.pieces).filter(|p| !is_total(p));
    let mut columns = join(body.map(|p| (p.rect.x0, p.rect.x1)).collect());
    for text in header.iter().filter(|text| aligned_header::is_leaf(text, header)) {
        let stretch = (text.rect.x0, text.rect.x1);
        if columns.iter().all(|c| c.1 <= stretch.0 || c.0 >= stretch.1) {
            columns.push(stretch);
            columns.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
    }
    columns
}

fn join(mut stretches: Vec<(f32, f32)>) -> Vec<(f32, f32)> {
    stretches.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut out: Vec<(f32, f32)> = Vec::new();
    for (from, to) in stretches {
        match out.last_mut() {
            Some(last) if from < last.1 => last.1 = last.1.max(to),
            _ => out.push((from, to)),
        }
    }
    out
}

/// Reads lines as a table; `before` has the column edges of a table that goes on here.
fn grid(lines: &[Pieces], before: Option<&[f32]>) -> Option<Grid> {
    // Without a figure or a total it is a list or a table of contents.
    let mut n_header = lines.iter().position(is_data)?;
    // Labels without figures before the first figure are rows: they stand alone and apart from the header.
    while n_header > 1
        && let [.., before, last] = &lines[..n_header]
        && let [piece] = &last.pieces[..]
        && piece.rect.center_y() - before.rect.center_y() > WRAP_PITCH * piece.size
        && lines[n_header].pieces.first().is_some_and(|first| first.rect.x0 >= piece.rect.x0 - piece.size)
    {
        n_header -= 1;
    }
    let (head, body) = lines.split_at(n_header);
    let pieces = head.iter().flat_map(|l| &l.pieces).map(|p| p.line());
    let header = aligned_header::texts(pieces.collect());
    let rect = lines.iter().map(|l| l.rect).reduce(|a, b| a.union(&b))?;
    let xs: Vec<f32> = match before.filter(|_| head.is_empty()) {
        Some(xs) => xs.to_vec(),
        None => edges(&stretches(body, &header), &rect),
    };
    if xs.len() < 3 {
        return None;
    }
    let n_columns = xs.len() - 1;
    let body_top = head.last().map_or(rect.y0, |l| (l.rect.y1 + body[0].rect.y0) / 2.0);
    let (mut cells, depth) =
        if head.is_empty() { (Vec::new(), 0) } else { aligned_header::cells(&header, &xs, rect.y0, body_top) };
    let rows = rows(body);
    let mut ys: Vec<f32> =
        (0..=depth).map(|row| rect.y0 + (body_top - rect.y0) * row as f32 / depth.max(1) as f32).collect();
    ys.extend(
        rows.windows(2)
            .filter_map(|pair| Some((body[*pair[0].last()?].rect.y1 + body[*pair[1].first()?].rect.y0) / 2.0)),
    );
    ys.push(rect.y1);
    for (row, members) in rows.iter().enumerate() {
        let first = cells.len();
        cells.extend((0..n_columns).map(|column| GridCell {
            row: depth + row,
            column,
            n_rows: 1,
            n_columns: 1,
            rect: Rect { x0: xs[column], y0: ys[depth + row], x1: xs[column + 1], y1: ys[depth + row + 1] },
            lines: Vec::new(),
        }));
        for piece in members.iter().flat_map(|&l| &body[l].pieces) {
            cells[first + nearest(&xs, &piece.rect)].lines.push(piece.line());
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

/// The middles of the gaps between columns, with the outer edges.
fn edges(columns: &[(f32, f32)], rect: &Rect) -> Vec<f32> {
    let mut xs = vec![rect.x0];
    xs.extend(columns.windows(2).map(|pair| (pair[0].1 + pair[1].0) / 2.0));
    xs.push(rect.x1);
    xs
}

/// The column that a text lies over most.
fn nearest(xs: &[f32], rect: &Rect) -> usize {
    let reach = |c: usize| xs[c + 1].min(rect.x1) - xs[c].max(rect.x0);
    (0..xs.len() - 1).fold(0, |best, c| if reach(c) > reach(best) { c } else { best })
}

/// Lines of each row: a line with a figure or a code begins one, wrapped words go to the nearer.
fn rows(lines: &[Pieces]) -> Vec<Vec<usize>> {
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for i in 0..lines.len() {
        let wraps = i > 0 && {
            let pitch = lines[i].rect.center_y() - lines[i - 1].rect.center_y();
            let em = lines[i].pieces.first().map_or(10.0, |p| p.size);
            let has_figure = |l: &Pieces| l.pieces.iter().any(|p| is_figure(&p.text));
            pitch < WRAP_PITCH * em && !(has_figure(&lines[i]) && has_figure(&lines[i - 1]))
        };
        match rows.last_mut() {
            Some(row) if wraps => row.push(i),
            _ => rows.push(vec![i]),
        }
    }
    rows
}
