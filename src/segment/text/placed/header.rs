//! The header of a table by where its texts stand: wrapped names joined, and each column with the name below which it stands.

use super::EM;
use super::columns::{Column, Holds};
use super::groups;
use super::text::TextRow;
use crate::segment::aligned::header::HeaderText;
use crate::segment::grid::CellLine;
use crate::terms::header::HeaderWord;

/// Lines of one name have their middles, or their left edges, this near, in characters.
const SAME_MIDDLE: f32 = 1.6;

/// A name may go on so many lines below: names of one line stand between those of two.
const MAX_APART: usize = 2;

/// A name without a column of texts: the column is blank.
const BLANK: f32 = 4.0;

/// The same where the column holds what most money is.
const BLANK_GENERAL: f32 = 9.0;

/// The same where it holds the sum of others.
const BLANK_TOTAL: f32 = 12.0;

/// A name whose middle stands right of its amounts, which are set to the right.
const LEFT_OF_NAME: f32 = 5.0;

/// A blank column whose name stands this little further away may be the one that holds the texts, in characters.
const AS_NEAR: f32 = 3.0;

/// A name that stands between names below it is theirs together.
const GROUP: f32 = 1.0;

/// A column of texts without a name of its own.
const NAMELESS: f32 = 8.0;

/// A name and its column are never so far apart that both would rather stand alone: what is blank above or below moves
/// the rest.
const FARTHEST: f32 = 9.0;

/// A name further from its column than this may be another's, in characters.
const SURE: f32 = 4.0;

/// The names in the lines of a header.
pub(super) fn texts(head: &[TextRow]) -> Vec<HeaderText> {
    let mut texts: Vec<(usize, HeaderText)> = Vec::new();
    for (idx, line) in head.iter().enumerate() {
        for piece in &line.pieces {
            let next = line.cell_line(piece);
            let goes_on = texts
                .iter_mut()
                .rev()
                .find(|(last, text)| idx > *last && idx - *last <= MAX_APART && wraps(text, &next));
            match goes_on {
                Some((last, text)) => {
                    *last = idx;
                    text.rect = text.rect.union(&next.rect);
                    text.lines.push(next);
                }
                None => texts.push((idx, HeaderText { rect: next.rect, lines: vec![next] })),
            }
        }
    }
    texts.into_iter().map(|(_, text)| text).collect()
}

/// Whether a text is the rest of a name above it: the two make a known word, or neither is one.
fn wraps(text: &HeaderText, next: &CellLine) -> bool {
    let Some(above) = text.lines.last().map(|line| line.rect) else { return false };
    let same_middle = (above.center_x() - next.rect.center_x()).abs() <= SAME_MIDDLE * EM;
    let same_left = (above.x0 - next.rect.x0).abs() <= 0.5 * EM;
    if !same_middle && !same_left {
        return false;
    }
    let whole = text.lines.iter().map(|line| line.text.as_str()).collect::<String>();
    let known = |text: &str| HeaderWord::of(text).is_some();
    known(&format!("{whole}{}", next.text)) || (!known(&whole) && !known(&next.text))
}

/// The columns under a header.
pub(super) struct Headed {
    /// Those that show text and those that only the header shows.
    pub(super) columns: Vec<Column>,
    /// For each column the names above it, from the top down, by their place among the texts.
    pub(super) paths: Vec<Vec<usize>>,
    /// Whether each column that shows text stands under a name of its own.
    pub(super) sure: bool,
}

/// The columns under a header.
pub(super) fn columns(shown: Vec<Column>, texts: &[HeaderText], body: &[TextRow]) -> Headed {
    let leaves = leaves(texts);
    let mut columns: Vec<Column> = Vec::new();
    let mut named: Vec<Option<usize>> = Vec::new();
    let pairs = aligned(shown, &leaves);
    let mut sure = pairs.windows(2).all(|pair| !is_doubtful(pair));
    for (column, leaf) in pairs {
        // A column without a name whose texts never stand beside those of its neighbour is a part of that.
        if let Some(column) = &column
            && (leaf.is_none() || named.last() == Some(&None))
            && let Some(last) = columns.last_mut()
            && is_part(last, column, body)
        {
            last.to = column.to;
            if let Some(named) = named.last_mut() {
                *named = named.or(leaf.map(|leaf| leaf.id));
            }
            continue;
        }
        sure &= match (&column, leaf) {
            (Some(column), Some(leaf)) => apart(column, leaf.text) <= SURE,
            (Some(_), None) => false,
            (None, _) => true,
        };
        named.push(leaf.map(|leaf| leaf.id));
        columns.extend(column.or_else(|| {
            let rect = leaf?.text.rect;
            Some(Column { from: (rect.x0 / EM) as usize, to: (rect.x1 / EM) as usize, holds: None })
        }));
    }
    let paths = groups::paths(texts, &columns, &named);
    Headed { columns, paths, sure }
}

/// Whether of two neighbours one is blank, and its name stands about as near to the other's texts as the other's name.
fn is_doubtful(pair: &[(Option<Column>, Option<Leaf<'_>>)]) -> bool {
    match pair {
        [(Some(column), Some(own)), (None, Some(blank))] | [(None, Some(blank)), (Some(column), Some(own))] => {
            apart(column, blank.text) <= apart(column, own.text) + AS_NEAR
        }
        _ => false,
    }
}

/// Whether two neighbouring columns hold the same and no line has texts in both.
fn is_part(left: &Column, right: &Column, body: &[TextRow]) -> bool {
    let within = |line: &TextRow, column: &Column| {
        line.pieces.iter().any(|piece| piece.middle() >= column.from as f32 && piece.middle() <= column.to as f32)
    };
    // 类 and 款 in columns of their own stand alone on their lines too.
    left.holds == right.holds
        && right.holds != Some(Holds::Codes)
        && left.holds.is_some()
        && !body.iter().any(|line| within(line, left) && within(line, right))
}

/// A name that may stand over one column, and whether it may be the name of a group instead.
#[derive(Clone, Copy)]
struct Leaf<'a> {
    id: usize,
    text: &'a HeaderText,
    groups: bool,
}

/// The names with nothing below them.
fn leaves(texts: &[HeaderText]) -> Vec<Leaf<'_>> {
    let below = |text: &HeaderText, other: &HeaderText| other.rect.y0 >= text.rect.y1;
    let mut leaves: Vec<Leaf<'_>> = texts
        .iter()
        .enumerate()
        .filter(|(_, text)| !texts.iter().any(|other| below(text, other) && other.rect.overlap_x(&text.rect) > 0.0))
        .map(|(id, text)| Leaf { id, text, groups: may_group(text, texts) })
        .collect();
    leaves.sort_by(|a, b| a.text.rect.center_x().total_cmp(&b.text.rect.center_x()));
    leaves
}

/// Whether a name has names below it on both of its sides.
fn may_group(text: &HeaderText, texts: &[HeaderText]) -> bool {
    let lower = || texts.iter().filter(|other| other.rect.y0 >= text.rect.y1);
    lower().any(|other| other.rect.x1 <= text.rect.x0) && lower().any(|other| other.rect.x0 >= text.rect.x1)
}

/// Columns and names in order, matched where they stand near each other.
fn aligned<'a>(shown: Vec<Column>, leaves: &[Leaf<'a>]) -> Vec<(Option<Column>, Option<Leaf<'a>>)> {
    let (n, m) = (shown.len(), leaves.len());
    let width = m + 1;
    let mut best: Vec<(f32, u8)> = vec![(f32::INFINITY, 0); (n + 1) * width];
    if let Some(start) = best.first_mut() {
        *start = (0.0, 0);
    }
    for i in 0..=n {
        for j in 0..=m {
            let Some((cost, _)) = best.get(i * width + j).copied() else { continue };
            let mut offer = |i: usize, j: usize, more: f32, step: u8| {
                if let Some(slot) = best.get_mut(i * width + j)
                    && cost + more < slot.0
                {
                    *slot = (cost + more, step);
                }
            };
            if let (Some(column), Some(leaf)) = (shown.get(i), leaves.get(j)) {
                offer(i + 1, j + 1, distance(column, leaf.text), 1);
            }
            if i < n {
                offer(i + 1, j, NAMELESS, 2);
            }
            match leaves.get(j) {
                Some(leaf) if leaf.groups => offer(i, j + 1, GROUP, 4),
                Some(leaf) => offer(i, j + 1, blank(leaf.text), 3),
                None => {}
            }
        }
    }
    let (mut i, mut j) = (n, m);
    let mut out = Vec::new();
    let mut shown: Vec<Option<Column>> = shown.into_iter().map(Some).collect();
    while i > 0 || j > 0 {
        match best.get(i * width + j).map(|(_, step)| *step) {
            Some(1) if i > 0 && j > 0 => {
                i -= 1;
                j -= 1;
                out.push((shown.get_mut(i).and_then(Option::take), leaves.get(j).copied()));
            }
            Some(2) if i > 0 => {
                i -= 1;
                out.push((shown.get_mut(i).and_then(Option::take), None));
            }
            Some(3) if j > 0 => {
                j -= 1;
                out.push((None, leaves.get(j).copied()));
            }
            Some(4) if j > 0 => j -= 1,
            _ => break,
        }
    }
    out.reverse();
    out
}

/// How unlikely it is that a column of this name shows nothing.
fn blank(leaf: &HeaderText) -> f32 {
    let name: String = leaf.lines.iter().map(|line| line.text.as_str()).collect();
    match HeaderWord::of(&name) {
        Some(HeaderWord::Total) => BLANK_TOTAL,
        _ if name.contains("一般公共预算") || name.starts_with("财政拨款") => BLANK_GENERAL,
        _ => BLANK,
    }
}

/// How far a name stands from a column.
fn distance(column: &Column, leaf: &HeaderText) -> f32 {
    let middle = ((column.from + column.to) as f32 * EM / 2.0 - leaf.rect.center_x()).abs() / EM;
    let is_left = column.holds == Some(Holds::Amounts) && leaf.rect.center_x() / EM > column.to as f32 - 0.5;
    let left = if is_left { LEFT_OF_NAME } else { 0.0 };
    (0.5 * apart(column, leaf) + 0.05 * middle + left).min(FARTHEST)
}

/// The gap between a name and a column, in characters.
fn apart(column: &Column, leaf: &HeaderText) -> f32 {
    let (from, to) = (column.from as f32 * EM, column.to as f32 * EM);
    (from - leaf.rect.x1).max(leaf.rect.x0 - to).max(0.0) / EM
}
