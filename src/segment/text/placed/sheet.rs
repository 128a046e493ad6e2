//! A page's lines are divided into tables, each a grid whose walls are guessed, and the lines between them.

use std::collections::BTreeSet;

use super::super::narrative::is_part_heading;
use super::bands::Bands;
use super::blocks::Placed;
use super::body::Rows;
use super::columns::{self, Column};
use super::head::{self, is_like, names_columns, numbers_columns, words};
use super::header::Headed;
use super::name::Name;
use super::piece::{Places, TextRow};
use super::{EM, PITCH, continued, form, groups, header, scale, seen, spans};
use crate::geom::Rect;
use crate::segment::caption::{self, CaptionPart};
use crate::segment::continuation::without_mark;
use crate::segment::doubt::Doubt;
use crate::segment::grid::{Grid, GridCell};
use crate::segment::header::is_figure;
use crate::segment::{heights, table};

/// A line this wide, as a share of its page, is a paragraph.
const PARAGRAPH: f32 = 0.7;

/// Columns of all grids are this wide: pages of one table then have the same edges.
pub(in crate::segment::text) const COLUMN: f32 = 100.0;

/// A header that is printed again has at most so many lines.
const MAX_HEADER: usize = 12;

/// A sentence that begins left of this share of the page's width is no part of a cell.
const LEFT: f32 = 0.25;

/// A header has at most so many texts; finding the groups among them takes time by their square.
const MAX_NAMES: usize = 300;

/// What stands on a page, top to bottom.
pub(super) enum Stretch {
    Grid(Grid),
    /// A line, by its index.
    Line(usize),
}

/// The columns of a table that ended the page before, and whether another page may go on with it.
#[derive(Default)]
pub(in crate::segment) struct Before {
    columns: Vec<Column>,
    /// The characters of its header, and how many columns stand under it.
    words: Vec<char>,
    n_columns: usize,
    /// Its header names the levels and values of indicators.
    lists_indicators: bool,
    /// For each of its columns whether another group over it is about as likely.
    rivalled: Vec<bool>,
    /// For each of its columns whether its texts surely stand under their own name.
    sure: Vec<bool>,
    /// The last title: the same header under another is another table's.
    title: String,
    /// A table on the page at hand has texts that may belong to another column.
    pub(super) unsure: bool,
    /// What places are, on all pages.
    pub(super) places: Places,
    /// The walls between its columns, where places are those of glyphs.
    walls: Vec<f32>,
    /// The horizontal rulings of the page at hand.
    pub(super) bands: Bands,
    /// How many places a point of its page is; 0 where it has none.
    scale: f32,
}

impl Before {
    /// Puts all places where they are on a page that has so many of them a point.
    pub(super) fn rescale(&mut self, scale: f32) {
        let by = scale / std::mem::replace(&mut self.scale, scale);
        if by.is_finite() && by != 1.0 {
            let moved = |place: usize| (place as f32 * by).round() as usize;
            self.walls.iter_mut().for_each(|wall| *wall *= by);
            self.columns.iter_mut().for_each(|column| {
                (column.from, column.to) = (moved(column.from), moved(column.to));
            });
        }
    }
}

/// Divides the lines of a page.
pub(super) fn stretches(rows: &[TextRow], width: f32, before: &mut Before) -> Vec<Stretch> {
    if let Some((grid, taken)) = form::form(rows, before.places) {
        before.columns.clear();
        let (above, below) = (0..taken.start, taken.end..rows.len());
        return above.map(Stretch::Line).chain([Stretch::Grid(grid)]).chain(below.map(Stretch::Line)).collect();
    }
    let is_seen = before.places == Places::Seen;
    let mut out: Vec<Stretch> = Vec::new();
    let mut is_open = !before.columns.is_empty();
    // The columns of the table above a caption, which that of the same title goes on with.
    let mut above: Vec<Column> = Vec::new();
    let mut start = 0;
    while let Some(row) = rows.get(start) {
        if let Some(part) = caption::part(&row.text()) {
            is_open = true;
            if !before.columns.is_empty() {
                above = std::mem::take(&mut before.columns);
            }
            let title = row.text();
            if part == CaptionPart::Title && without_mark(&before.title) != without_mark(&title) {
                before.title = title;
                before.words.clear();
                above.clear();
            }
            out.push(Stretch::Line(start));
            start += 1;
            continue;
        }
        let rest = rows.get(start..).unwrap_or_default();
        let (n_above, n) = if is_seen {
            seen::run(rest, width, &before.bands)
        } else {
            let n = rest.iter().take_while(|row| is_row(row, width)).count();
            // A header that leaves no doubt opens a table without a caption.
            let header = rest.iter().take(n).position(names_columns).filter(|_| !is_open);
            is_open |= header.is_some();
            let n_above = header.unwrap_or(0);
            (n_above, n - n_above)
        };
        out.extend((start..start + n_above).map(Stretch::Line));
        start += n_above;
        let lines = rows.get(start..start + n).unwrap_or_default();
        before.columns.append(&mut above);
        let is_table = lines.iter().any(|line| line.pieces.len() > 1);
        match grid(lines, before).filter(|_| is_open && is_table) {
            Some((grid, known)) => {
                let unsure = before.unsure || known.unsure;
                let bands = std::mem::take(&mut before.bands);
                *before = Before { unsure, places: before.places, bands, ..known };
                out.push(Stretch::Grid(grid));
                is_open = false;
                start += n;
            }
            None => {
                let n = n.max(1);
                out.extend((start..start + n).map(Stretch::Line));
                start += n;
            }
        }
        // Page numbers and notes below a table end no table of a page with glyphs.
        if start < rows.len() && !is_seen {
            before.columns.clear();
        }
    }
    out
}

/// Moves a grid down.
pub(in crate::segment::text) fn lower(grid: &mut Grid, by: f32) {
    let lower = |rect: &mut Rect| {
        rect.y0 += by;
        rect.y1 += by;
    };
    lower(&mut grid.rect);
    grid.ys.iter_mut().for_each(|y| *y += by);
    for cell in &mut grid.cells {
        lower(&mut cell.rect);
        cell.lines.iter_mut().for_each(|line| lower(&mut line.rect));
    }
}

/// Whether a line can belong to a table: no caption, no note, no paragraph.
fn is_row(row: &TextRow, width: f32) -> bool {
    let text = row.text();
    let is_paragraph = row.pieces.len() == 1 && row.rect().width() > PARAGRAPH * width;
    let is_caption =
        matches!(caption::part(&text), Some(CaptionPart::Title | CaptionPart::Number | CaptionPart::Particulars));
    let is_sentence = text.contains('。')
        && row.pieces.first().is_some_and(|piece| (piece.from as f32) * EM < LEFT * width)
        && row.pieces.windows(2).all(|pair| matches!(pair, [_, b] if b.gap <= 1));
    !is_paragraph && !is_caption && !table::is_note(&text) && !is_sentence && !is_part_heading(&text)
}

/// How many lines are the header's. Under no title of its own a page goes on with a table; what it begins with is the same
/// header again, or rows.
fn n_header(lines: &[TextRow], before: &Before) -> Option<usize> {
    let n_header = if before.places == Places::Seen { seen::n_header(lines)? } else { head::n_header(lines)? };
    if before.columns.is_empty() || before.words.is_empty() {
        return Some(n_header);
    }
    let words = |n: usize| words(lines.get(..n).unwrap_or_default());
    let repeated = (1..=lines.len().min(MAX_HEADER)).find(|n| words(*n) == before.words);
    Some(repeated.unwrap_or_else(|| if is_like(&words(n_header), &before.words) { n_header } else { 0 }))
}

/// The columns under a header, or those of the page before where the page has none.
fn headed(head: &[TextRow], names: &[Name], body: &[TextRow], before: &Before) -> Headed {
    let shown = || columns::columns(body);
    if !head.is_empty() {
        return header::columns(&shown(), names, body, before.places);
    }
    let (columns, sure, far) = if before.places == Places::Seen && before.walls.len() > 2 {
        let known = vec![true; before.columns.len()];
        (seen::between(&before.walls, &before.columns), known.clone(), known)
    } else {
        continued::continued(shown(), (&before.columns, &before.sure), body, before.places)
    };
    Headed { columns, paths: Vec::new(), rivalled: before.rivalled.clone(), sure, far, is_unsure: false }
}

/// Reads lines as a table.
///
/// Also gives what a page that goes on with it has to know.
fn grid(lines: &[TextRow], before: &Before) -> Option<(Grid, Before)> {
    let is_seen = before.places == Places::Seen;
    // A row that numbers the columns says nothing of where they stand.
    let unnumbered =
        |lines: &[TextRow]| -> Vec<TextRow> { lines.iter().filter(|line| !numbers_columns(line)).cloned().collect() };
    let (head, body) = lines.split_at_checked(n_header(lines, before)?)?;
    let (head, mut body) = (unnumbered(head), unnumbered(body));
    scale::pull(&mut body);
    if head.iter().map(|line| line.pieces.len()).sum::<usize>() > MAX_NAMES {
        return None;
    }
    let names = header::names(&head);
    let words = if head.is_empty() { before.words.clone() } else { words(&head) };
    let Headed { columns, paths, rivalled, sure, far, is_unsure } = headed(&head, &names, &body, before);
    let n_columns = columns.len();
    if n_columns < 2 {
        return None;
    }
    let leaf = |path: &Vec<usize>| path.last().and_then(|id| names.get(*id)).map(|name| name.rect.center_x());
    let middles: Vec<Option<f32>> = paths.iter().map(leaf).collect();
    let top = lines.first()?.rect().y0;
    let body_top = body.first()?.rect().y0 - (PITCH - EM) / 2.0;
    // A header that is printed again says nothing new, so that its columns are those of the page before.
    let is_new = !paths.is_empty() && (before.words != words || before.n_columns != n_columns);
    let (head_cells, depth) = if is_new { groups::cells(&names, &paths, top, body_top) } else { (Vec::new(), 0) };
    let lists_indicators =
        if head.is_empty() { before.lists_indicators } else { header::lists_indicators(names.iter().map(Name::word)) };
    let spanned = lists_indicators.then(|| spans::rows(&body, &columns)).flatten();
    let Rows { placed, tops, doubts } = match spanned {
        Some((placed, tops)) => Rows { placed, tops, doubts: Vec::new() },
        None if is_seen => {
            let all = lines.iter().map(TextRow::rect).reduce(|a, b| a.union(&b));
            let rulings = all.map_or_else(Vec::new, |all| before.bands.across(&all));
            let (placed, doubts) = seen::rows(&body, &columns, &middles, &rulings);
            Rows { placed, tops: Vec::new(), doubts }
        }
        None => Rows::of(&body, &columns),
    };
    // Columns are told together: one that is unsure leaves none of the page sure but those that no near rival has. Where
    // places were worked out of filled lines, a row that stands alone has none to be compared with.
    let is = |of: &[bool], column: usize| of.get(column) == Some(&true);
    let holds_amounts: Vec<bool> = columns.iter().map(Column::holds_amounts).collect();
    let shared = amounts_share_places(&body, &columns);
    let own: Vec<bool> = (0..n_columns).map(|column| is(&shared, column) && is(&sure, column)).collect();
    let is_shaken = holds_amounts.iter().zip(&own).any(|(holds, own)| *holds && !own);
    let sure: Vec<bool> = (0..n_columns).map(|column| is(&own, column) && (!is_shaken || is(&far, column))).collect();
    let with_amounts = placed.iter().filter(|text| is(&holds_amounts, text.column));
    let rows_with_amounts: BTreeSet<usize> = with_amounts.map(|text| text.row).collect();
    let is_guessed = before.places == Places::WorkedOut && rows_with_amounts.len() < 2;
    let doubt = |row: usize, column: usize| match () {
        () if !is(&holds_amounts, column) => None,
        () if is_guessed || !is(&sure, column) => Some(Doubt::PlacesUnclear),
        () => {
            let of_row = doubts.get(row).copied().flatten();
            of_row.or_else(|| is(&rivalled, column).then_some(Doubt::HeaderRivalled))
        }
    };
    let n_rows = tops.len().max(placed.iter().map(|text| text.row + 1).max().unwrap_or(0));
    let mut ys: Vec<f32> = (0..=depth).map(|row| top + (body_top - top) * row as f32 / depth.max(1) as f32).collect();
    if tops.is_empty() {
        ys.extend(heights::walls(&heights::boxes(placed.iter().map(|text| (text.row, text.line.rect)), n_rows)));
    } else {
        ys.extend(tops.iter().skip(1).map(|top| top - (PITCH - EM) / 2.0));
    }
    ys.push(lines.last()?.rect().y1);
    let walls: Vec<f32> = match () {
        () if !is_seen => (0..=n_columns).map(|column| column as f32 * COLUMN).collect(),
        () if !is_new && before.walls.len() == n_columns + 1 => before.walls.clone(),
        () => seen::walls(&placed, &columns, lines),
    };
    let cells = cells(head_cells, (depth, n_rows), placed, (&walls, &ys), doubt)?;
    let rect = Rect { x0: *walls.first()?, y0: top, x1: *walls.last()?, y1: *ys.last()? };
    let unsure = is_unsure || doubts.contains(&Some(Doubt::OrderUnclear)) || own.contains(&false);
    let known = Before {
        columns,
        words,
        n_columns,
        title: before.title.clone(),
        lists_indicators,
        rivalled,
        sure,
        unsure,
        places: before.places,
        walls: walls.clone(),
        bands: Bands::default(),
        scale: before.scale,
    };
    Some((Grid::of_cells(rect, walls, ys, cells, vec![false; n_columns]), known))
}

/// The cells of a header of some depth, and below them those of so many rows with their texts and doubts.
fn cells(
    head: Vec<GridCell>,
    (depth, n_rows): (usize, usize),
    placed: Vec<Placed>,
    (walls, ys): (&[f32], &[f32]),
    doubt: impl Fn(usize, usize) -> Option<Doubt>,
) -> Option<Vec<GridCell>> {
    let (n_head, n_columns) = (head.len(), walls.len() - 1);
    let mut cells = head;
    for row in 0..n_rows {
        let (y0, y1) = (*ys.get(depth + row)?, *ys.get(depth + row + 1)?);
        cells.extend((0..n_columns).map(|column| GridCell {
            row: depth + row,
            column,
            n_rows: 1,
            n_columns: 1,
            rect: Rect { x0: 0.0, y0, x1: 0.0, y1 },
            lines: Vec::new(),
            doubt: doubt(row, column),
        }));
    }
    for text in placed {
        if let Some(cell) = cells.get_mut(n_head + text.row * n_columns + text.column) {
            cell.lines.push(text.line);
        }
    }
    let wall = |column: usize| walls.get(column).copied().unwrap_or(0.0);
    for cell in &mut cells {
        (cell.rect.x0, cell.rect.x1) = (wall(cell.column), wall(cell.column + cell.n_columns));
    }
    Some(cells)
}

/// For each column whether all its amounts share a place; where they do not, two columns are taken for one.
fn amounts_share_places(body: &[TextRow], columns: &[Column]) -> Vec<bool> {
    let mut shared: Vec<(usize, usize)> = vec![(0, usize::MAX); columns.len()];
    for line in body {
        for (column, piece) in columns::placed(line, columns).filter(|(_, piece)| is_figure(&piece.text)) {
            let (from, to) = shared[column];
            shared[column] = (from.max(piece.from), to.min(piece.to));
        }
    }
    shared.iter().map(|(from, to)| from < to).collect()
}
