//! The rows of indicators without rulings, and the rows that the cells of their levels span.

use crate::geom::Rect;
use crate::segment::heights;
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
    let holds = |band: &Band, text: &Text| band.text.0 <= text.rect.x0 && text.rect.x1 <= band.text.1;
    let band_of = |text: &Text| bands.iter().position(|band| holds(band, text));
    let columns: Vec<usize> = texts.iter().map(band_of).collect::<Option<_>>()?;
    let kinds: Vec<Option<IndicatorColumn>> =
        columns.iter().map(|column| bands.get(*column).and_then(|band| band.kind)).collect();
    let rows = rows(&texts, &kinds);
    let edges = edges(&rows, rect);
    let first = n_above + 1;
    for (idx, head) in heads.into_iter().enumerate() {
        let band = bands.iter().find(|band| band.head == Some(idx))?;
        placed.push(Placed::new(head, n_above..n_above + 1, band.cell));
    }
    let mut levels: Vec<Vec<Text>> = bands.iter().map(|_| Vec::new()).collect();
    for ((text, column), kind) in texts.into_iter().zip(columns).zip(kinds) {
        if is_level(kind) {
            levels.get_mut(column)?.push(text);
        } else {
            let row = nearest(&rows, text.rect.center_y())?;
            placed.push(Placed::new(text, first + row..first + row + 1, bands.get(column)?.cell));
        }
    }
    for (band, texts) in bands.iter().zip(levels) {
        for (text, (from, to)) in spans(texts, &edges) {
            placed.push(Placed::new(text, first + from..first + to, band.cell));
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
    head.label.and_then(FormLabel::indicator)
}

/// Whether the cells of a column span rows.
fn is_level(kind: Option<IndicatorColumn>) -> bool {
    matches!(kind, None | Some(IndicatorColumn::Level1 | IndicatorColumn::Level2))
}

/// The rows: by names and values, and by second levels that have neither.
fn rows(texts: &[Text], kinds: &[Option<IndicatorColumn>]) -> Vec<Rect> {
    let mut rows: Vec<Rect> = Vec::new();
    let of = |is_wanted: fn(Option<IndicatorColumn>) -> bool| {
        texts.iter().zip(kinds).filter(move |(_, kind)| is_wanted(**kind))
    };
    for (text, _) in of(|kind| !is_level(kind)) {
        match rows.iter_mut().find(|row| (row.center_y() - text.rect.center_y()).abs() < SAME_ROW * text.size) {
            Some(row) => *row = row.union(&text.rect),
            None => rows.push(text.rect),
        }
    }
    for (text, _) in of(|kind| kind == Some(IndicatorColumn::Level2)) {
        if rows.iter().all(|row| text.rect.y1 <= row.y0 || text.rect.y0 >= row.y1) {
            rows.push(text.rect);
        }
    }
    rows.sort_by(|a, b| a.y0.total_cmp(&b.y0));
    rows
}

/// Where rows meet, with the form's bottom last; the first row reaches up as far as to the next one.
fn edges(rows: &[Rect], rect: Rect) -> Vec<f32> {
    let mut edges = heights::walls(rows);
    if let Some(first) = rows.first() {
        let half = edges.first().map_or(0.0, |wall| (wall - first.y1).max(0.0));
        edges.insert(0, first.y0 - half);
    }
    edges.push(rect.y1);
    edges
}

fn nearest(rows: &[Rect], y: f32) -> Option<usize> {
    let distance = |row: &usize| rows.get(*row).map_or(f32::INFINITY, |row| (row.center_y() - y).abs());
    (0..rows.len()).min_by(|a, b| distance(a).total_cmp(&distance(b)))
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
