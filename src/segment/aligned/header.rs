//! Column headers without rulings: which texts name a column, and which stand over several.

use crate::geom::Rect;
use crate::segment::grid::{CellLine, GridCell};

/// Lines of one header cell follow each other within this many ems.
const WRAP_PITCH: f32 = 1.35;

/// A group's texts end above its columns' names; boxes of lines may overlap by this share of the em.
const OVERLAP: f32 = 0.2;

/// Middles that differ by less than this share of the em are one.
const ONE_MIDDLE: f32 = 0.5;

/// Names that reach from the header's top to the body stand in its middle, to this share of the em.
const OFF_MIDDLE: f32 = 0.3;

/// The text of one header cell, over one line or more.
#[derive(Clone, Debug)]
pub struct HeaderText {
    /// The box around it.
    pub rect: Rect,
    /// Its lines, top to bottom.
    pub lines: Vec<CellLine>,
}

/// Joins the pieces of header lines, given top to bottom, into the texts of cells.
pub fn texts(pieces: Vec<CellLine>) -> Vec<HeaderText> {
    let mut texts: Vec<HeaderText> = Vec::new();
    for piece in pieces {
        let goes_on = texts.iter_mut().find(|text| {
            let above = text.lines.last().map_or(text.rect, |line| line.rect);
            let pitch = piece.rect.center_y() - above.center_y();
            let is_below = pitch > 0.5 * piece.size && pitch < WRAP_PITCH * piece.size;
            let narrower = piece.rect.width().min(above.width());
            is_below
                && piece.rect.overlap_x(&above) > 0.5 * narrower
                && has_one_center(&piece.rect, &text.rect, piece.size)
        });
        match goes_on {
            Some(text) => {
                text.rect = text.rect.union(&piece.rect);
                text.lines.push(piece);
            }
            None => texts.push(HeaderText { rect: piece.rect, lines: vec![piece] }),
        }
    }
    texts
}

/// Whether no other header text stands below one, and so it names a single column.
pub fn is_leaf(text: &HeaderText, all: &[HeaderText]) -> bool {
    let em = text.lines.first().map_or(10.0, |line| line.size);
    let reach = Rect { x0: text.rect.x0 - em, x1: text.rect.x1 + em, ..text.rect };
    let mut below = all.iter().filter(|other| other.rect.y0 >= text.rect.y1 - OVERLAP * em).peekable();
    if below.peek().is_none() {
        return true;
    }
    // A name reaches down to the body, and so its middle is never above the header's; a group's is.
    off_middle(text, all) >= -OFF_MIDDLE * em && !below.any(|other| other.rect.overlap_x(&reach) > 0.0)
}

/// How far below the middle of the whole header a text's middle lies.
fn off_middle(text: &HeaderText, all: &[HeaderText]) -> f32 {
    let header = all.iter().map(|other| other.rect).reduce(|a, b| a.union(&b)).unwrap_or(text.rect);
    text.rect.center_y() - header.center_y()
}

/// Header cells are centred; their lines have one middle, or one left edge.
fn has_one_center(a: &Rect, b: &Rect, em: f32) -> bool {
    (a.center_x() - b.center_x()).abs() < 0.6 * em || (a.x0 - b.x0).abs() < 0.3 * em
}

/// The cells of the header over columns between `xs`, as a grid whose walls are guessed, and its number of rows.
pub fn cells(texts: &[HeaderText], xs: &[f32], top: f32, bottom: f32) -> (Vec<GridCell>, usize) {
    let n_columns = xs.len() - 1;
    let leaves: Vec<Option<usize>> = (0..n_columns).map(|c| leaf(texts, xs, c)).collect();
    let mut groups: Vec<usize> = (0..texts.len()).filter(|t| !leaves.contains(&Some(*t))).collect();
    groups.sort_by(|&a, &b| {
        texts[a].rect.y0.total_cmp(&texts[b].rect.y0).then(texts[a].rect.x0.total_cmp(&texts[b].rect.x0))
    });
    let mut paths: Vec<Vec<usize>> = vec![Vec::new(); n_columns];
    for (group, columns) in spans(texts, &groups, &leaves, xs) {
        for path in &mut paths[columns.0..columns.1] {
            path.push(group);
        }
    }
    for (path, leaf) in paths.iter_mut().zip(&leaves) {
        path.extend(*leaf);
    }
    let depth = paths.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let y = |row: usize| top + (bottom - top) * row as f32 / depth as f32;
    let mut cells = Vec::new();
    for row in 0..depth {
        let mut column = 0;
        while column < n_columns {
            let id = paths[column].get(row).copied();
            let is_last = row + 1 >= paths[column].len();
            if id.is_none() && row > 0 {
                column += 1;
                continue;
            }
            let same = |c: usize| !is_last && paths[c].get(row).copied() == id && row + 1 < paths[c].len();
            let mut end = column + 1;
            while end < n_columns && id.is_some() && same(end) {
                end += 1;
            }
            let n_rows = if is_last { depth - row } else { 1 };
            cells.push(GridCell {
                row,
                column,
                n_rows,
                n_columns: end - column,
                rect: Rect { x0: xs[column], y0: y(row), x1: xs[end], y1: y(row + n_rows) },
                lines: id.map_or_else(Vec::new, |id| texts[id].lines.clone()),
                doubt: None,
            });
            column = end;
        }
    }
    (cells, depth)
}

/// The lowest text that stands over one column and mostly in it.
fn leaf(texts: &[HeaderText], xs: &[f32], column: usize) -> Option<usize> {
    let (from, to) = (xs[column], xs[column + 1]);
    (0..texts.len())
        .filter(|&t| {
            let rect = &texts[t].rect;
            (rect.x1.min(to) - rect.x0.max(from)) > 0.5 * rect.width()
        })
        .max_by(|&a, &b| texts[a].rect.center_y().total_cmp(&texts[b].rect.center_y()))
}

/// Which columns each group stands over, the upper groups first.
fn spans(texts: &[HeaderText], groups: &[usize], leaves: &[Option<usize>], xs: &[f32]) -> Vec<(usize, (usize, usize))> {
    let mut spans: Vec<(usize, (usize, usize))> = Vec::new();
    let mut done = vec![false; groups.len()];
    for i in 0..groups.len() {
        if done[i] {
            continue;
        }
        let rect = &texts[groups[i]].rect;
        let em = texts[groups[i]].lines.first().map_or(10.0, |l| l.size);
        let column = column_at(xs, rect.center_x());
        let parent = spans.iter().rev().find(|(_, span)| (span.0..span.1).contains(&column));
        let bounds = parent.map_or((0, leaves.len()), |(_, span)| *span);
        let top = parent.map_or(f32::NEG_INFINITY, |(group, _)| texts[*group].rect.y1 - OVERLAP * em);
        let middle = middle_below(texts, top, xs[bounds.0], xs[bounds.1]);
        // A name in the middle of the height below the parent fills it and has no other group above.
        let is_below = |c: usize| {
            let stands_below = |leaf: usize| {
                let leaf = &texts[leaf].rect;
                leaf.y0 >= rect.y1 - OVERLAP * em && (leaf.center_y() - middle).abs() > OFF_MIDDLE * em
            };
            (bounds.0..bounds.1).contains(&c) && leaves[c].is_some_and(stands_below)
        };
        let Some((from, to)) = run(leaves.len(), is_below, xs, rect.center_x()) else {
            done[i] = true;
            continue;
        };
        // The groups on this level over the same run of columns share it.
        let mut peers: Vec<usize> = (i..groups.len())
            .filter(|&p| {
                let other = &texts[groups[p]].rect;
                (other.center_y() - rect.center_y()).abs() < 0.5 * em
                    && other.center_x() > xs[from]
                    && other.center_x() < xs[to]
            })
            .collect();
        // Texts of one line may be drawn a hair apart in height.
        peers.sort_by(|&a, &b| texts[groups[a]].rect.x0.total_cmp(&texts[groups[b]].rect.x0));
        let middles: Vec<f32> = peers.iter().map(|&peer| texts[groups[peer]].rect.center_x()).collect();
        let shares = match apart(xs, (from, to), &middles, em) {
            Some(shares) => shares,
            None if peers.len() == 1 => vec![span_around(xs, (from, to), rect.center_x(), em)],
            None => share(xs, (from, to), &middles),
        };
        for (&peer, span) in peers.iter().zip(shares) {
            done[peer] = true;
            spans.push((groups[peer], span));
        }
    }
    spans
}

/// The middle of the height of all texts between two walls, below `top`.
fn middle_below(texts: &[HeaderText], top: f32, from: f32, to: f32) -> f32 {
    let inside =
        texts.iter().map(|text| text.rect).filter(|rect| rect.y0 >= top && (from..to).contains(&rect.center_x()));
    inside.reduce(|a, b| a.union(&b)).map_or(f32::INFINITY, |rect| rect.center_y())
}

/// The columns around the middle of each of the groups of a run, where all are told and none meets its neighbour.
fn apart(xs: &[f32], (from, to): (usize, usize), middles: &[f32], em: f32) -> Option<Vec<(usize, usize)>> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (n, &middle) in middles.iter().enumerate() {
        let start = spans.last().map_or(from, |before| before.1);
        let end = middles.get(n + 1).map_or(to, |next| column_at(xs, *next));
        let span = span_around(xs, (start, end), middle, em);
        let off = ((xs[span.0] + xs[span.1]) / 2.0 - middle).abs();
        if span.1 < span.0 + 2 || off > ONE_MIDDLE * em {
            return None;
        }
        spans.push(span);
    }
    Some(spans)
}

/// Shares a run of columns out to groups by their middles, every column to one of them.
fn share(xs: &[f32], (from, to): (usize, usize), middles: &[f32]) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut start = from;
    for (n, middle) in middles.iter().enumerate() {
        if start >= to {
            break;
        }
        let n_left = middles.len() - n - 1;
        let end = if n_left == 0 {
            to
        } else {
            let off = |end: usize| ((xs[start] + xs[end]) / 2.0 - middle).abs();
            (start + 1..=to - n_left.min(to - start - 1)).min_by(|&a, &b| off(a).total_cmp(&off(b))).unwrap_or(to)
        };
        spans.push((start, end));
        start = end;
    }
    spans
}

/// The columns of a run whose middle a group alone stands over: the most where several have that middle.
fn span_around(xs: &[f32], (from, to): (usize, usize), middle: f32, em: f32) -> (usize, usize) {
    let off = |(start, end): (usize, usize)| ((xs[start] + xs[end]) / 2.0 - middle).abs();
    let spans = || {
        let spans = (from..to).flat_map(|start| (start + 2..=to).map(move |end| (start, end)));
        spans.filter(|&(start, end)| xs[start] <= middle && middle <= xs[end])
    };
    let nearest = spans().map(off).fold(f32::INFINITY, f32::min);
    let best = spans().filter(|&span| off(span) < nearest + ONE_MIDDLE * em).max_by_key(|&(start, end)| end - start);
    best.unwrap_or((from, to))
}

/// The column that a position lies in, or the nearest.
fn column_at(xs: &[f32], x: f32) -> usize {
    let last = xs.len().saturating_sub(2);
    (0..last).find(|&c| x < xs[c + 1]).unwrap_or(last)
}

/// The run of columns of which `holds` is true and that a position lies over.
fn run(n_columns: usize, holds: impl Fn(usize) -> bool, xs: &[f32], x: f32) -> Option<(usize, usize)> {
    let at = column_at(xs, x);
    // Between two columns the middle of a group may lie over the one that is not its own.
    let at = [Some(at), at.checked_sub(1), Some(at + 1)].into_iter().flatten().find(|&c| c < n_columns && holds(c))?;
    let from = (0..=at).rev().take_while(|&c| holds(c)).last()?;
    let to = (at..n_columns).take_while(|&c| holds(c)).last()? + 1;
    Some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(x: f32, y: f32, text: &str) -> CellLine {
        let width = 9.0 * text.chars().count() as f32;
        CellLine { text: text.into(), rect: Rect { x0: x, y0: y - 8.0, x1: x + width, y1: y + 1.0 }, size: 9.0 }
    }

    #[test]
    fn wrapped_names_are_one_text_each_though_other_names_stand_between_their_lines() {
        let pieces = vec![
            piece(487.0, 128.0, "本年收入"),
            piece(515.0, 145.0, "国有资本经营预"),
            piece(586.0, 145.0, "财政专户管理资"),
            piece(373.0, 151.0, "一般公共预算"),
            piece(542.0, 156.0, "算"),
            piece(613.0, 156.0, "金"),
        ];
        let texts: Vec<String> =
            texts(pieces).iter().map(|t| t.lines.iter().map(|l| l.text.as_str()).collect()).collect();
        assert_eq!(texts, ["本年收入", "国有资本经营预算", "财政专户管理资金", "一般公共预算"]);
    }

    #[test]
    fn groups_of_one_line_drawn_a_hair_apart_in_height_keep_their_order() {
        let pieces = vec![
            piece(231.0, 99.8, "支出"),
            piece(71.0, 100.0, "收入"),
            piece(31.0, 120.0, "项目"),
            piece(111.0, 120.0, "金额"),
            piece(191.0, 120.0, "项目"),
            piece(271.0, 120.0, "金额"),
        ];
        let (cells, depth) = cells(&texts(pieces), &[0.0, 80.0, 160.0, 240.0, 320.0], 90.0, 125.0);
        let groups: Vec<(&str, usize, usize)> =
            cells.iter().filter(|c| c.row == 0).map(|c| (c.lines[0].text.as_str(), c.column, c.n_columns)).collect();
        assert_eq!((groups, depth), (vec![("收入", 0, 2), ("支出", 2, 2)], 2));
    }
}
