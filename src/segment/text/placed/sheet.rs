//! A page's lines are divided into tables, each a grid whose walls are guessed, and the lines between them.

use std::collections::BTreeSet;

use super::super::narrative::is_part_heading;
use super::body::Rows;
use super::columns::{self, Column, Holds};
use super::head::{self, is_like, names_columns, numbers_columns, words};
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
        let mut out: Vec<Stretch> = Vec::new();
        let mut grid = Some(grid);
        for idx in 0..rows.len() {
            if taken.contains(&idx) {
                out.extend(grid.take().map(Stretch::Grid));
            } else {
                out.push(Stretch::Line(idx));
            }
        }
        return out;
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
            seen::run(rest, width)
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
                *before = Before { unsure, places: before.places, ..known };
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

/// Reads lines as a table.
///
/// Also gives what a page that goes on with it has to know.
fn grid(lines: &[TextRow], before: &Before) -> Option<(Grid, Before)> {
    let is_seen = before.places == Places::Seen;
    let n_header = if is_seen { seen::n_header(lines)? } else { head::n_header(lines)? };
    // Under no title of its own a page goes on with a table; what it begins with is the same header again, or rows.
    let goes_on = !before.columns.is_empty() && !before.words.is_empty();
    let repeated =
        (1..=lines.len().min(MAX_HEADER)).find(|n| words(lines.get(..*n).unwrap_or_default()) == before.words);
    let n_header = match repeated.filter(|_| goes_on) {
        Some(n) => n,
        None if goes_on && !is_like(&words(lines.get(..n_header)?), &before.words) => 0,
        None => n_header,
    };
    // A row that numbers the columns says nothing of where they stand.
    let rows =
        |lines: &[TextRow]| -> Vec<TextRow> { lines.iter().filter(|line| !numbers_columns(line)).cloned().collect() };
    let (head, mut body) = (&rows(lines.get(..n_header)?)[..], rows(lines.get(n_header..)?));
    scale::pull(&mut body);
    let body = &body[..];
    if head.iter().map(|line| line.pieces.len()).sum::<usize>() > MAX_NAMES {
        return None;
    }
    let names = header::names(head);
    let shown = columns::columns(body);
    let words = words(head);
    let mut paths = Vec::new();
    let mut middles: Vec<Option<f32>> = Vec::new();
    let mut is_unsure = false;
    let (stretches, rivalled, sure, far) = if head.is_empty() && before.places == Places::Seen && before.walls.len() > 2
    {
        let columns = seen::between(&before.walls, &before.columns);
        let known = vec![true; before.columns.len()];
        (columns, before.rivalled.clone(), known.clone(), known)
    } else if head.is_empty() {
        let before_columns = continued::Before { columns: &before.columns, sure: &before.sure };
        let (columns, sure, far) = continued::continued(shown, before_columns, body, before.places);
        (columns, before.rivalled.clone(), sure, far)
    } else {
        let headed = header::columns(&shown, &names, body, before.places);
        let leaf = |path: &Vec<usize>| path.last().and_then(|id| names.get(*id)).map(|name| name.rect.center_x());
        middles = headed.paths.iter().map(leaf).collect();
        is_unsure = headed.is_unsure;
        // A header that is printed again says nothing new, so that its columns are those of the page before.
        if before.words != words || before.n_columns != headed.columns.len() {
            paths = headed.paths;
        }
        (headed.columns, headed.rivalled, headed.sure, headed.far)
    };
    let n_columns = stretches.len();
    if n_columns < 2 {
        return None;
    }
    let top = lines.first()?.y0();
    let body_top = body.first()?.y0() - (PITCH - EM) / 2.0;
    let (mut cells, depth) =
        if paths.is_empty() { (Vec::new(), 0) } else { groups::cells(&names, &paths, top, body_top) };
    let lists_indicators = if head.is_empty() { before.lists_indicators } else { header::lists_indicators(&names) };
    let spanned = lists_indicators.then(|| spans::rows(body, &stretches)).flatten();
    let Rows { placed, tops, doubts } = match spanned {
        Some((placed, tops)) => Rows { placed, doubts: vec![None; tops.len()], tops },
        None if is_seen => {
            Rows { placed: seen::rows(body, &stretches, &middles), tops: Vec::new(), doubts: Vec::new() }
        }
        None => Rows::of(body, &stretches),
    };
    let shared = amounts_share_places(body, &stretches);
    // Columns are told together: one that is unsure leaves none of the page sure but those that no near rival has. Where
    // places were worked out of filled lines, a row that stands alone has none to be compared with.
    let rows_with_amounts: BTreeSet<usize> =
        placed.iter().filter(|text| holds_amounts(stretches.get(text.column))).map(|text| text.row).collect();
    let n_with_amounts = rows_with_amounts.len();
    let is_guessed = before.places == Places::WorkedOut && n_with_amounts < 2;
    let is = |of: &[bool], column: usize| of.get(column) == Some(&true);
    let is_own = |column: usize| is(&shared, column) && is(&sure, column);
    let is_shaken = (0..n_columns).any(|column| holds_amounts(stretches.get(column)) && !is_own(column));
    let doubt = |row: usize, column: usize| match () {
        () if !holds_amounts(stretches.get(column)) => None,
        () if is_guessed || !is_own(column) || (is_shaken && !is(&far, column)) => Some(Doubt::PlacesUnclear),
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
    ys.push(lines.last()?.y1());
    let walls: Vec<f32> = match () {
        () if !is_seen => (0..=n_columns).map(|column| column as f32 * COLUMN).collect(),
        () if paths.is_empty() && before.walls.len() == n_columns + 1 => before.walls.clone(),
        () => seen::walls(&placed, &stretches, lines),
    };
    let first_cell = cells.len();
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
        if let Some(cell) = cells.get_mut(first_cell + text.row * n_columns + text.column) {
            cell.lines.push(text.line);
        }
    }
    let wall = |column: usize| walls.get(column).copied().unwrap_or(0.0);
    for cell in &mut cells {
        (cell.rect.x0, cell.rect.x1) = (wall(cell.column), wall(cell.column + cell.n_columns));
    }
    let rect = Rect { x0: wall(0), y0: top, x1: wall(n_columns), y1: *ys.last()? };
    let is_order_unclear = doubts.contains(&Some(Doubt::OrderUnclear));
    let unsure = is_unsure || is_order_unclear || sure.iter().zip(&shared).any(|(sure, shared)| !sure || !shared);
    let known = Before {
        columns: stretches,
        words: if head.is_empty() { before.words.clone() } else { words },
        n_columns,
        title: before.title.clone(),
        lists_indicators,
        rivalled,
        sure: (0..n_columns).map(|column| is_own(column) && (!is_shaken || is(&far, column))).collect(),
        unsure,
        places: before.places,
        walls: walls.clone(),
        scale: before.scale,
    };
    Some((Grid::of_cells(rect, walls, ys, cells, vec![false; n_columns]), known))
}

fn holds_amounts(column: Option<&Column>) -> bool {
    column.is_some_and(|column| column.holds == Some(Holds::Amounts))
}

/// For each column whether all its amounts share a place; where they do not, two columns are taken for one.
fn amounts_share_places(body: &[TextRow], columns: &[Column]) -> Vec<bool> {
    let mut shared: Vec<(usize, usize)> = vec![(0, usize::MAX); columns.len()];
    for line in body {
        for (column, piece) in columns::place(line, columns).into_iter().zip(&line.pieces) {
            if is_figure(&piece.text)
                && let Some((from, to)) = shared.get_mut(column)
            {
                (*from, *to) = ((*from).max(piece.from), (*to).min(piece.to));
            }
        }
    }
    shared.iter().map(|(from, to)| from < to).collect()
}
