//! The rows of indicators without rulings, and the rows that the cells of their levels span.

use crate::geom::Rect;
use crate::terms::form::{FormLabel, IndicatorColumn};

use super::text::Text;
use super::{Placed, SAME_ROW};

/// A column below its head.
struct Band {
    /// The stretch of its texts.
    text: (f32, f32),
    /// The stretch of its cells.
    cell: (f32, f32),
    kind: Option<IndicatorColumn>,
    /// The head's place among the heads.
    head: Option<usize>,
}

/// Places the heads in row `n_above` and the indicators below it; returns the number of all rows.
pub(super) fn place(
    heads: Vec<Text>,
    texts: Vec<Text>,
    n_above: usize,
    rect: Rect,
    placed: &mut Vec<Placed>,
) -> Option<usize> {
    let bands = bands(&heads, &texts, rect)?;
    let column_of: Vec<Option<usize>> = texts.iter().map(|text| band_of(&bands, text)).collect();
    let is_level = |column: Option<usize>| {
        column
            .and_then(|column| bands.get(column))
            .is_some_and(|band| matches!(band.kind, None | Some(IndicatorColumn::Level1 | IndicatorColumn::Level2)))
    };
    let rows = rows(
        &texts,
        |idx| is_level(column_of.get(idx).copied().flatten()),
        |idx| {
            column_of.get(idx).copied().flatten().and_then(|column| bands.get(column)).and_then(|band| band.kind)
                == Some(IndicatorColumn::Level2)
        },
    );
    let edges = edges(&rows, rect);
    let first = n_above + 1;
    for (idx, head) in heads.into_iter().enumerate() {
        let band = bands.iter().find(|band| band.head == Some(idx))?;
        placed.push(Placed {
            guessed: false,
            text: head,
            row: n_above,
            row_end: n_above + 1,
            x0: band.cell.0,
            x1: band.cell.1,
        });
    }
    let mut levels: Vec<Vec<Text>> = bands.iter().map(|_| Vec::new()).collect();
    for (text, column) in texts.into_iter().zip(column_of) {
        let band = bands.get(column?)?;
        if is_level(column) {
            levels.get_mut(column?)?.push(text);
        } else {
            let row = nearest(&rows, text.rect.center_y())?;
            placed.push(Placed {
                guessed: false,
                text,
                row: first + row,
                row_end: first + row + 1,
                x0: band.cell.0,
                x1: band.cell.1,
            });
        }
    }
    for (band, texts) in bands.iter().zip(levels) {
        for (text, (from, to)) in spans(texts, &edges) {
            placed.push(Placed {
                guessed: false,
                text,
                row: first + from,
                row_end: first + to,
                x0: band.cell.0,
                x1: band.cell.1,
            });
        }
    }
    Some(first + rows.len())
}

/// The columns: stretches that the texts cover together, one under each head.
fn bands(heads: &[Text], texts: &[Text], rect: Rect) -> Option<Vec<Band>> {
    let mut stretches: Vec<(f32, f32)> = heads.iter().chain(texts).map(|text| (text.rect.x0, text.rect.x1)).collect();
    stretches.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut joined: Vec<(f32, f32)> = Vec::new();
    for (from, to) in stretches {
        match joined.last_mut() {
            Some(last) if from < last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    // 绩效指标 names the indicators where no other column does.
    let has_names = heads.iter().any(|head| kind(head) == Some(IndicatorColumn::Level3));
    let mut bands = Vec::new();
    for (idx, text) in joined.iter().enumerate() {
        let before = idx.checked_sub(1).and_then(|before| joined.get(before));
        let after = joined.get(idx + 1);
        let under: Vec<usize> = (0..heads.len())
            .filter(|head| heads.get(*head).is_some_and(|head| (text.0..=text.1).contains(&head.rect.center_x())))
            .collect();
        let head = match under[..] {
            [] => None,
            [head] => Some(head),
            // Two columns that run into each other.
            _ => return None,
        };
        bands.push(Band {
            text: *text,
            cell: (
                before.map_or(rect.x0, |before| (before.1 + text.0) / 2.0),
                after.map_or(rect.x1, |after| (text.1 + after.0) / 2.0),
            ),
            kind: head.and_then(|head| heads.get(head)).and_then(|head| {
                let is_name = head.label == Some(FormLabel::Block) && !has_names;
                if is_name { Some(IndicatorColumn::Level3) } else { kind(head) }
            }),
            head,
        });
    }
    Some(bands)
}

fn kind(head: &Text) -> Option<IndicatorColumn> {
    match head.label {
        Some(FormLabel::Indicator(kind)) => Some(kind),
        _ => None,
    }
}

fn band_of(bands: &[Band], text: &Text) -> Option<usize> {
    bands.iter().position(|band| band.text.0 <= text.rect.x0 && text.rect.x1 <= band.text.1)
}

/// Top and bottom of each row: by names and values, and by second levels that have neither.
fn rows(texts: &[Text], is_level: impl Fn(usize) -> bool, is_level2: impl Fn(usize) -> bool) -> Vec<(f32, f32)> {
    let mut rows: Vec<(f32, f32)> = Vec::new();
    for (_, text) in texts.iter().enumerate().filter(|(idx, _)| !is_level(*idx)) {
        let (top, bottom, middle) = (text.rect.y0, text.rect.y1, text.rect.center_y());
        match rows.iter_mut().find(|row| ((row.0 + row.1) / 2.0 - middle).abs() < SAME_ROW * text.size) {
            Some(row) => *row = (row.0.min(top), row.1.max(bottom)),
            None => rows.push((top, bottom)),
        }
    }
    for (_, text) in texts.iter().enumerate().filter(|(idx, _)| is_level2(*idx)) {
        if rows.iter().all(|row| text.rect.y1 <= row.0 || text.rect.y0 >= row.1) {
            rows.push((text.rect.y0, text.rect.y1));
        }
    }
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows
}

/// Where rows meet, with the form's bottom last.
fn edges(rows: &[(f32, f32)], rect: Rect) -> Vec<f32> {
    let mut edges = Vec::with_capacity(rows.len() + 1);
    for (idx, row) in rows.iter().enumerate() {
        let above = idx.checked_sub(1).and_then(|above| rows.get(above));
        // The first row reaches up as far as to the next one.
        let half = rows.get(idx + 1).map_or(0.0, |next| (next.0 - row.1) / 2.0);
        edges.push(above.map_or(row.0 - half.max(0.0), |above| (above.1 + row.0) / 2.0));
    }
    edges.push(rect.y1);
    edges
}

fn nearest(rows: &[(f32, f32)], y: f32) -> Option<usize> {
    let distance = |row: &(f32, f32)| ((row.0 + row.1) / 2.0 - y).abs();
    (0..rows.len()).min_by(|a, b| match (rows.get(*a), rows.get(*b)) {
        (Some(a), Some(b)) => distance(a).total_cmp(&distance(b)),
        _ => std::cmp::Ordering::Equal,
    })
}

/// How much a row left blank above a cell weighs against a better centred span, as a share of the row.
const BLANK_ROW: f32 = 0.45;

/// The rows that each cell of a column spans: its text stands in their middle, and the spans follow each other.
fn spans(texts: Vec<Text>, edges: &[f32]) -> Vec<(Text, (usize, usize))> {
    let n_rows = edges.len().saturating_sub(1);
    let mut out = Vec::new();
    let mut start = 0;
    let n_texts = texts.len();
    for (idx, text) in texts.into_iter().enumerate() {
        let last = n_rows.saturating_sub(n_texts - 1 - idx);
        let mut best: Option<(f32, usize, usize)> = None;
        for from in start..last {
            for to in from + 1..=last {
                let (Some(top), Some(bottom)) = (edges.get(from), edges.get(to)) else { continue };
                let pitch = (bottom - top) / (to - from) as f32;
                let off = ((top + bottom) / 2.0 - text.rect.center_y()).abs();
                let cost = off + BLANK_ROW * pitch * (from - start) as f32;
                if best.is_none_or(|(least, ..)| cost < least) {
                    best = Some((cost, from, to));
                }
            }
        }
        let Some((_, from, to)) = best else { break };
        out.push((text, (from, to)));
        start = to;
    }
    out
}
