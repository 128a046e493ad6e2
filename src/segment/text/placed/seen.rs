//! What the true heights and edges of texts tell of tables: where they end, their header, their rows and their walls.

use super::EM;
use super::bands::{self, Bands};
use super::blocks::Placed;
use super::columns::{self, Column, Holds};
use super::head::SAME_EDGE;
use super::piece::{Piece, TextRow};
use crate::segment::caption::{self, CaptionPart};
use crate::segment::doubt::Doubt;
use crate::segment::grid::CellLine;
use crate::segment::header::is_figure;
use crate::segment::opening::begins;
use crate::segment::{heights, table};
use crate::terms::header::{is_selection, is_total};

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

fn size(row: &TextRow) -> f32 {
    row.pieces.first().and_then(|piece| piece.seen.as_ref()).map_or(0.0, |seen| seen.size)
}

/// How many lines stand above the first table's from the first on, and how many can be the table's.
pub(super) fn run(rows: &[TextRow], width: f32, bands: &Bands) -> (usize, usize) {
    // A heading right below a table is larger than its rows.
    let em = rows.iter().find(|row| row.pieces.len() > 1).map_or(f32::INFINITY, size);
    let is_heading = |row: &TextRow| !row.has_figure() && size(row) > LARGER * em;
    let is_own = |(at, row): (usize, &TextRow)| {
        // A lone number is the page's, but for one that rows follow: what is left of a line that its cell cuts off.
        let goes_on = |next: &TextRow| next.pieces.len() > 1 && next.has_figure() && is_row(next, width);
        let is_within = || at > 0 && is_page_number(row) && rows.get(at + 1).is_some_and(goes_on);
        (is_row(row, width) || is_within()) && !is_heading(row)
    };
    let mut end = rows.iter().enumerate().take_while(|item| is_own(*item)).count();
    let mut start = 0;
    let all = rows.get(..end).unwrap_or_default().iter().map(TextRow::rect).reduce(|a, b| a.union(&b));
    let rulings = all.map_or_else(Vec::new, |all| bands.across(&all));
    // What stands below a table's upper ruling, and above no other, is of its header.
    let is_framed = |row: &TextRow, next: &TextRow| {
        let (own, below) = (row.rect(), next.rect().center_y());
        let is_above = |at: &&f32| (0.0..APART * size(row)).contains(&(own.y0 - **at));
        rulings.iter().any(|at| is_above(&at)) && !rulings.iter().any(|at| (own.center_y()..below).contains(at))
    };
    // A running head stands alone above what goes on from the page before; a year in it parts no columns. A bare 其中 is the
    // name of a group, however high it stands above its columns.
    while start + 1 < end
        && let Some([row, next]) = rows.get(start..start + 2)
        && !row.pieces.iter().all(|piece| is_selection(&piece.text))
        && !is_framed(row, next)
        && (row.pieces.len() == 1 || is_tight(row) && !row.has_figure())
        && next.rect().y0 - row.rect().y1 > APART * size(row)
    {
        start += 1;
    }
    let lines = rows.get(start..end).unwrap_or_default();
    if lines.iter().any(|row| row.pieces.len() > 1) {
        end = start + table_end(lines);
    }
    (start, end - start)
}

/// How many of the lines from the first on are the table's: what follows the last figure at a greater distance, is not.
fn table_end(lines: &[TextRow]) -> usize {
    let (Some(first), Some(last)) =
        (lines.iter().position(TextRow::has_figure), lines.iter().rposition(TextRow::has_figure))
    else {
        return lines.len();
    };
    let pitch = |pair: &[TextRow]| match pair {
        [above, below] => below.rect().center_y() - above.rect().center_y(),
        _ => 0.0,
    };
    let widest = lines.get(first..=last).unwrap_or_default().windows(2).map(pitch).fold(0.0, f32::max);
    if widest == 0.0 {
        return lines.len();
    }
    let below = lines.get(last..).unwrap_or_default();
    last + 1 + below.windows(2).take_while(|pair| pitch(pair) < WIDER_PITCH * widest).count()
}

/// Whether a line can belong to a table: no caption, no note, no page number, no paragraph.
fn is_row(row: &TextRow, width: f32) -> bool {
    let text = row.text();
    let is_paragraph = (row.pieces.len() == 1 || is_tight(row)) && row.rect().width() > PARAGRAPH * width;
    let is_caption =
        matches!(caption::part(&text), Some(CaptionPart::Title | CaptionPart::Number | CaptionPart::Particulars));
    !is_paragraph
        && !is_prose(row)
        && !is_caption
        && !table::is_note(&text)
        && !is_page_number(row)
        && !text.contains('。')
}

/// Whether a line is nothing but a number, with or without strokes beside it.
fn is_page_number(row: &TextRow) -> bool {
    row.text().trim_matches(['-', '—', '－', '–', '―', ' ', '\t']).bytes().all(|b| b.is_ascii_digit())
}

/// Whether nothing in a line stands further apart than justified text sets figures off from words.
fn is_tight(row: &TextRow) -> bool {
    row.pieces.windows(2).all(|pair| match pair {
        [a, b] => b.from.saturating_sub(a.to) < (2.0 * PROSE_GAP) as usize,
        _ => true,
    })
}

/// Whether a line is running text with figures in it: words close on both sides of a figure, or a comma between words.
fn is_prose(row: &TextRow) -> bool {
    let is_word = |piece: &Piece| !is_figure(&piece.text) && !piece.text.is_ascii();
    let is_enclosed = |three: &[Piece]| match three {
        [a, b, c] => is_word(a) && is_figure(&b.text) && is_word(c),
        _ => false,
    };
    row.pieces.len() > 1 && is_tight(row) && (row.pieces.windows(3).any(is_enclosed) || row.text().contains('，'))
}

/// The texts of a table's body in rows, and what is doubtful of each; `middles` are those of the names over its columns, where
/// these are known, and `rulings` the heights of rulings across it.
pub(super) fn rows(
    body: &[TextRow],
    columns: &[Column],
    middles: &[Option<f32>],
    rulings: &[f32],
) -> (Vec<Placed>, Vec<Option<Doubt>>) {
    let mut lines: Vec<Vec<Placed>> = Vec::with_capacity(body.len());
    for row in body {
        let placed = |(column, piece)| Placed { row: 0, column, line: row.cell_line(piece) };
        lines.push(columns::placed(row, columns).map(placed).collect());
    }
    let others = lines.iter().flatten().filter(|text| !is_total(&text.line.text));
    let mut lefts: Vec<(usize, f32)> = others.map(|text| (text.column, text.line.rect.x0)).collect();
    lefts.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    // A total that leads its row, and stands neither below the name of its column nor where others of it begin, is in the
    // middle of several columns, and belongs to the first.
    for total in lines.iter_mut().filter_map(|line| line.first_mut()).filter(|text| is_total(&text.line.text)) {
        let (column, left) = (total.column, total.line.rect.x0);
        let from = lefts.partition_point(|other| *other < (column, left - OFF_MIDDLE));
        let is_alone = lefts.get(from).is_none_or(|other| *other > (column, left + OFF_MIDDLE));
        let is_left = |middle: &f32| total.line.rect.center_x() < middle - OFF_MIDDLE;
        if middles.get(total.column).copied().flatten().as_ref().is_some_and(is_left) && is_alone {
            total.column = 0;
        }
    }
    let mut all = lines.concat();
    if let Some(rows) = bands::rows(&all, columns, rulings) {
        all.iter_mut().zip(rows).for_each(|(text, row)| text.row = row);
        return (all, Vec::new());
    }
    let placed = spanned(&lines).unwrap_or_else(|| in_rows(lines));
    let doubts = doubts(&placed, columns);
    (placed, doubts)
}

/// What is doubtful of each row: where a name leaves no room for another character, one below it may be its rest if either
/// stands alone.
fn doubts(placed: &[Placed], columns: &[Column]) -> Vec<Option<Doubt>> {
    let n_rows = placed.iter().map(|text| text.row + 1).max().unwrap_or(0);
    let is_of_names = |column: usize| columns.get(column).is_some_and(|column| column.holds == Some(Holds::Names));
    let mut furthest = vec![0.0f32; columns.len()];
    let mut names: Vec<Vec<&Placed>> = vec![Vec::new(); n_rows];
    let mut is_alone = vec![true; n_rows];
    for text in placed {
        let (Some(far), Some(own)) = (furthest.get_mut(text.column), names.get_mut(text.row)) else { continue };
        *far = far.max(text.line.rect.x1);
        if is_of_names(text.column) && !is_figure(&text.line.text) {
            own.push(text);
        } else if let Some(is_alone) = is_alone.get_mut(text.row) {
            *is_alone = false;
        }
    }
    let is_full =
        |text: &Placed| furthest.get(text.column).is_some_and(|far| text.line.rect.x1 + text.line.size > *far);
    let may_go_on = |above: &[&Placed], below: &[&Placed]| {
        below.iter().any(|rest| {
            let last = above.iter().filter(|text| text.column == rest.column);
            let last = last.max_by(|a, b| a.line.rect.y0.total_cmp(&b.line.rect.y0));
            last.is_some_and(|last| is_full(last)) && !is_total(&rest.line.text) && !begins(&rest.line.text)
        })
    };
    let mut doubts = vec![None; n_rows];
    for (at, pair) in names.windows(2).enumerate() {
        if let [above, below] = pair
            && is_alone.get(at..at + 2).unwrap_or_default().contains(&true)
            && may_go_on(above, below)
        {
            doubts.get_mut(at..at + 2).unwrap_or_default().fill(Some(Doubt::NamesTorn));
        }
    }
    doubts
}

fn in_rows(mut lines: Vec<Vec<Placed>>) -> Vec<Placed> {
    lines.retain(|line| !line.is_empty());
    let shown: Vec<heights::Line> =
        lines.iter().map(|line| line.iter().map(|text| text.line.clone()).collect()).collect();
    let rows = heights::rows(&shown);
    let of_row = |(line, row): (Vec<Placed>, usize)| line.into_iter().map(move |text| Placed { row, ..text });
    lines.into_iter().zip(rows).flat_map(of_row).collect()
}

/// A text that stands this far off the middle of a column, or off where its others begin, does not stand there.
const OFF_MIDDLE: f32 = 0.8 * EM;

/// No page has more rows; what claims to is not tried for spans, whose search grows with the square.
const MAX_ROWS: usize = 500;

/// Rows whose first column spans several of them: the name of a unit beside its projects.
///
/// Such a name stands in the middle of its rows, wherever their lines are, and belongs to the first. The spans follow
/// each other to the last row; where they do not come out so, the column has one text a row.
fn spanned(lines: &[Vec<Placed>]) -> Option<Vec<Placed>> {
    let is_first = |text: &&Placed| text.column == 0;
    let mut names: Vec<Vec<&CellLine>> = Vec::new();
    for text in lines.iter().flatten().filter(is_first).map(|text| &text.line) {
        let above = names.last().and_then(|name| name.last());
        // No code and no total is of two lines.
        let is_whole = |line: &CellLine| is_figure(&line.text) || is_total(&line.text);
        let goes_on = above.is_some_and(|above| {
            let is_near = text.rect.center_y() - above.rect.center_y() < heights::WRAP_PITCH * text.size;
            is_near && !is_whole(above) && !is_whole(text)
        });
        match names.last_mut().filter(|_| goes_on) {
            Some(name) => name.push(text),
            None => names.push(vec![text]),
        }
    }
    let others = lines.iter().map(|line| line.iter().filter(|text| !is_first(text)).cloned().collect()).collect();
    let mut placed = in_rows(others);
    let n_rows = placed.last().map_or(0, |text| text.row + 1);
    if names.is_empty() || names.len() >= n_rows || n_rows > MAX_ROWS {
        return None;
    }
    let boxes = heights::boxes(placed.iter().map(|text| (text.row, text.line.rect)), n_rows);
    let mut walls = heights::walls(&boxes);
    // The outer walls are as far out as the inner ones.
    let (below_first, above_last) = (*walls.first()?, *walls.last()?);
    walls.insert(0, boxes.first().map(|rect| rect.y0 + rect.y1 - below_first)?);
    walls.push(boxes.last().map(|rect| rect.y0 + rect.y1 - above_last)?);
    let starts = (0..n_rows).find_map(|start| tile(&names, &walls, start))?;
    for (name, row) in names.iter().zip(starts) {
        placed.extend(name.iter().map(|line| Placed { row, column: 0, line: (*line).clone() }));
    }
    Some(placed)
}

/// The first row of each name, if their spans from `start` on follow each other to the last row.
fn tile(names: &[Vec<&CellLine>], walls: &[f32], start: usize) -> Option<Vec<usize>> {
    let mut starts = Vec::with_capacity(names.len());
    let mut row = start;
    for name in names {
        let (first, last) = (name.first()?, name.last()?);
        let middle = (first.rect.y0 + last.rect.y1) / 2.0;
        let top = *walls.get(row)?;
        let is_middle = |end: &usize| {
            walls.get(*end).is_some_and(|end| (top + end - 2.0 * middle).abs() < 2.0 * heights::OFF_MIDDLE * first.size)
        };
        starts.push(row);
        row = (row + 1..walls.len()).find(is_middle)?;
    }
    (row + 1 == walls.len()).then_some(starts)
}

/// Half way between the texts of columns, the outer ones at the table's edges.
pub(super) fn walls(placed: &[Placed], columns: &[Column], lines: &[TextRow]) -> Vec<f32> {
    let mut extents: Vec<(f32, f32)> =
        columns.iter().map(|column| (column.from as f32 * EM, column.to as f32 * EM)).collect();
    for text in placed.iter().filter(|text| !is_total(&text.line.text)) {
        if let Some(extent) = extents.get_mut(text.column) {
            *extent = (extent.0.min(text.line.rect.x0), extent.1.max(text.line.rect.x1));
        }
    }
    let all = lines.iter().map(TextRow::rect).reduce(|a, b| a.union(&b));
    let (left, right) = all.map_or((0.0, 0.0), |rect| (rect.x0, rect.x1));
    let mut walls = vec![left];
    for pair in extents.windows(2) {
        let [before, after] = pair else { continue };
        let last = walls.last().copied().unwrap_or(left);
        walls.push(((before.1 + after.0) / 2.0).max(last));
    }
    walls.push(right.max(walls.last().copied().unwrap_or(right)));
    walls
}

/// The lines of a name in two stand this near above and below the figure beside it, in ems.
const HALF_PITCH: f32 = 0.9;

/// How many lines are the header's: those above the first with a figure, and above labels without figures that stand right
/// above that; a blank table may end with a total and nothing else.
///
/// Such labels stand apart from what is above them and begin where the labels of the data begin, as names in a header do
/// not. Without a figure or a total it is a list or a table of contents.
pub(super) fn n_header(lines: &[TextRow]) -> Option<usize> {
    let ends_in_total = lines.last().is_some_and(|line| line.pieces.iter().all(|piece| is_total(&piece.text)));
    let data = lines.iter().position(TextRow::has_figure).or_else(|| ends_in_total.then(|| lines.len() - 1))?;
    let pitch = |at: usize| match (at.checked_sub(1).and_then(|above| lines.get(above)), lines.get(at)) {
        (Some(above), Some(line)) => (line.rect().center_y() - above.rect().center_y()) / size(line).max(1.0),
        _ => f32::INFINITY,
    };
    let labels: Vec<usize> =
        lines.get(data)?.pieces.iter().filter(|piece| !is_figure(&piece.text)).map(|piece| piece.from).collect();
    let is_label = |piece: &Piece| labels.iter().any(|from| from.abs_diff(piece.from) <= SAME_EDGE);
    let mut start = data;
    while let Some(first) = (1..start).rev().find(|at| pitch(*at) > heights::WRAP_PITCH) {
        // The upper half of a wrapped name stands right above the figure beside it.
        let is_wrapped = pitch(start) < HALF_PITCH;
        let mut pieces = lines.get(first..start).unwrap_or_default().iter().flat_map(|line| &line.pieces);
        if !is_wrapped && !pieces.all(|piece| is_total(&piece.text) || is_label(piece)) {
            break;
        }
        start = first;
    }
    Some(start)
}

/// Columns whose walls are known, each as wide as it is between them.
pub(super) fn between(walls: &[f32], columns: &[Column]) -> Vec<Column> {
    let place = |x: &f32| (x / EM).round() as usize;
    walls
        .windows(2)
        .zip(columns)
        .filter_map(|(pair, column)| {
            Some(Column { from: place(pair.first()?), to: place(pair.last()?), ..column.clone() })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;

    #[test]
    fn a_bare_其中_above_a_table_is_no_running_head() {
        let n_above = |first: &str| {
            let page = format!("{first}\n\n项目      合计\n甲项支出   9.00\n乙项支出   8.00");
            run(&text::drawn(&page), 1000.0, &Bands::default()).0
        };
        assert_eq!(n_above("某某局部门预算"), 1);
        assert_eq!(n_above("           其中："), 0);
    }
}
