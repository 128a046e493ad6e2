//! Columns of tables without rulings: where the texts of rows stand, and where the walls between them must have been.

use crate::geom::Rect;
use crate::segment::aligned::header::{self, HeaderText};
use crate::segment::aligned::{Piece, Pieces, is_total};
use crate::segment::header::is_figure;

/// Figures that end within this many ems of each other are set against one wall.
const ONE_EDGE: f32 = 0.15;

/// No cell keeps its text further from its wall than this many ems.
const WIDEST_PADDING: f32 = 2.0;

/// What stands in more columns is no table.
const MAX_COLUMNS: usize = 200;

/// A stretch of a page's width in which the texts of one column stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Where the leftmost text begins.
    pub from: f32,
    /// Where the rightmost text ends.
    pub to: f32,
}

impl Stretch {
    fn of(rect: &Rect) -> Self {
        Stretch { from: rect.x0, to: rect.x1 }
    }

    fn union(&self, other: &Self) -> Self {
        Stretch { from: self.from.min(other.from), to: self.to.max(other.to) }
    }

    fn meets(&self, other: &Self) -> bool {
        self.from < other.to && other.from < self.to
    }
}

/// What names one column: its text in the header, its number in a row of column numbers, or both.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    stretch: Stretch,
    middle: f32,
}

/// The names of columns in the header and in the row of column numbers, left to right.
///
/// Numbers stand in the middle of their cell; so do names, but for those that a page's author set otherwise.
pub fn names(header: &[HeaderText], numbers: &[Rect]) -> Vec<Name> {
    let mut names: Vec<Name> =
        numbers.iter().map(|rect| Name { stretch: Stretch::of(rect), middle: rect.center_x() }).collect();
    for text in header.iter().filter(|text| header::is_leaf(text, header)) {
        let stretch = Stretch::of(&text.rect);
        match names.iter_mut().find(|name| name.stretch.meets(&stretch)) {
            Some(name) => name.stretch = name.stretch.union(&stretch),
            None => names.push(Name { stretch, middle: text.rect.center_x() }),
        }
    }
    names.sort_by(|a, b| a.stretch.from.total_cmp(&b.stretch.from));
    names
}

/// The columns' stretches: where the texts of body lines stand, and the names of blank columns.
///
/// None where there are too many. Figures keep to their column; a name may run over its neighbour where that is blank, and tells no column then.
pub fn stretches(body: &[&Pieces], names: &[Name]) -> Vec<Stretch> {
    let pieces = || body.iter().flat_map(|line| &line.pieces).filter(|piece| !is_total(piece));
    let figures = join(pieces().filter(|p| is_figure(&p.text)).map(|p| Stretch::of(&p.rect)).collect());
    let is_money = |p: &&Piece| is_figure(&p.text) && is_amount(p);
    let amounts = join(pieces().filter(is_money).map(|p| Stretch::of(&p.rect)).collect());
    if figures.len() > MAX_COLUMNS {
        return Vec::new();
    }
    let mut inside = Vec::new();
    let mut overhanging = Vec::new();
    for stretch in pieces().filter(|p| !is_figure(&p.text)).map(|p| Stretch::of(&p.rect)) {
        match figures.iter().filter(|column| column.meets(&stretch)).count() {
            0 => inside.push(stretch),
            1 => overhanging.push(stretch),
            _ => {}
        }
    }
    let inside = join(inside);
    // Words in a column of figures (“无”, a dash) are its own; those that begin in a column of names are not.
    overhanging.retain(|stretch| !inside.iter().any(|column| column.meets(stretch)));
    let columns = join(figures.iter().copied().chain(inside).chain(overhanging).collect());
    if columns.len() > MAX_COLUMNS {
        return Vec::new();
    }
    with_names(columns, names, &amounts)
}

/// Adds the columns that have a name and nothing below it.
///
/// A name that is centred over a wide column can miss all of its texts, which are set against one wall.
fn with_names(mut columns: Vec<Stretch>, names: &[Name], amounts: &[Stretch]) -> Vec<Stretch> {
    let names = names.iter().map(|name| name.stretch);
    let (named, mut free): (Vec<Stretch>, Vec<Stretch>) =
        names.partition(|name| columns.iter().any(|column| column.meets(name)));
    for i in 0..columns.len() {
        let column = columns[i];
        if named.iter().any(|name| name.meets(&column)) {
            continue;
        }
        let before = i.checked_sub(1).map_or(f32::NEG_INFINITY, |i| columns[i].to);
        let after = columns.get(i + 1).map_or(f32::INFINITY, |next| next.from);
        // Amounts stand against the right wall of their cell, words and codes against the left.
        let left = free.iter().rposition(|name| name.to <= column.from && name.from >= before);
        let right = free.iter().position(|name| name.from >= column.to && name.to <= after);
        let is_amounts = amounts.iter().any(|amount| amount.meets(&column));
        // A column of zeros, or of integers, tells neither.
        let name = if is_amounts { left.or(right) } else { right.or(left) };
        if let Some(name) = name {
            columns[i] = column.union(&free.remove(name));
        }
    }
    columns.extend(free);
    columns.sort_by(|a, b| a.from.total_cmp(&b.from));
    columns
}

fn join(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut out: Vec<Stretch> = Vec::new();
    for stretch in stretches {
        match out.last_mut() {
            Some(last) if stretch.from < last.to => last.to = last.to.max(stretch.to),
            _ => out.push(stretch),
        }
    }
    out
}

/// Whether no text of the lines meets a wall between columns, and figures stand in several columns: the lines can be of that table.
pub fn fit(body: &[Pieces], xs: &[f32]) -> bool {
    let [left, inner @ .., right] = xs else { return false };
    let pieces = || body.iter().flat_map(|line| &line.pieces);
    let meets = |piece: &Piece, wall: f32| {
        let slack = ONE_EDGE * piece.size;
        piece.rect.x0 < wall - slack && piece.rect.x1 > wall + slack
    };
    let is_inside = pieces().all(|p| {
        let slack = WIDEST_PADDING * p.size;
        p.rect.x0 > left - slack && p.rect.x1 < right + slack && !inner.iter().any(|wall| meets(p, *wall))
    });
    let mut filled: Vec<usize> = pieces()
        .filter(|p| is_figure(&p.text))
        .map(|p| inner.iter().filter(|wall| **wall < p.rect.center_x()).count())
        .collect();
    filled.sort_unstable();
    filled.dedup();
    is_inside && filled.len() > 1
}

/// The walls of the columns, the outer ones at the table's edges.
///
/// Figures are set against the right wall of their cell and names in the header are centred between both, so the two
/// together tell the padding, and the padding tells the walls; elsewhere a wall is guessed in the middle of its gap.
pub fn walls(columns: &[Stretch], body: &[&Pieces], names: &[Name], rect: &Rect) -> Vec<f32> {
    let ends: Vec<Option<f32>> = columns.iter().map(|column| right_edge(column, body)).collect();
    let middles: Vec<Option<f32>> = columns.iter().map(|column| middle(column, columns, names)).collect();
    let em = body.iter().flat_map(|line| &line.pieces).map(|p| p.size).next().unwrap_or(10.0);
    let padding = padding(&ends, &middles, em);
    let mut xs = vec![rect.x0];
    // The wall left of the column at hand, where it is known and not guessed.
    let mut known: Option<f32> = None;
    for i in 1..columns.len() {
        let (left, right) = (columns[i - 1].to, columns[i].from);
        let exact = padding.and_then(|padding| {
            let by_figures = ends[i - 1].map(|end| end + padding);
            let by_name_before = || Some(2.0 * middles[i - 1]? - known?);
            let by_name_after = || Some(2.0 * middles[i]? - (ends[i]? + padding));
            by_figures.or_else(by_name_before).or_else(by_name_after)
        });
        known = exact.filter(|x| *x >= left - ONE_EDGE * em && *x <= right + ONE_EDGE * em);
        xs.push(known.unwrap_or((left + right) / 2.0));
    }
    // The outer walls stand as far from the middles of their columns as the inner ones.
    if let (Some(wall), Some(Some(middle))) = (xs.get(1), middles.first()) {
        xs[0] = rect.x0.min(2.0 * middle - wall);
    }
    let last = columns.len().wrapping_sub(1);
    let by_name = middles.get(last).and_then(|middle| Some(2.0 * (*middle)? - known?));
    xs.push(by_name.filter(|x| *x > rect.x1).unwrap_or(rect.x1));
    xs
}

/// Whether a figure is money for sure, and no code.
fn is_amount(piece: &Piece) -> bool {
    piece.text.contains(['.', ','])
}

/// Where the figures of a column end, if they all end at one place.
fn right_edge(column: &Stretch, body: &[&Pieces]) -> Option<f32> {
    let figures: Vec<&Piece> = body
        .iter()
        .flat_map(|line| &line.pieces)
        .filter(|p| is_figure(&p.text) && Stretch::of(&p.rect).meets(column))
        .collect();
    let last = figures.iter().map(|p| p.rect.x1).fold(f32::NEG_INFINITY, f32::max);
    let is_flush = figures.iter().all(|p| last - p.rect.x1 < ONE_EDGE * p.size);
    // Codes of one length end at one place too, but stand against the left wall.
    (is_flush && figures.iter().any(|p| is_amount(p))).then_some(last)
}

/// The middle of the name over a column, where one alone stands over it and over no other.
fn middle(column: &Stretch, columns: &[Stretch], names: &[Name]) -> Option<f32> {
    let mut over = names.iter().filter(|name| name.stretch.meets(column));
    let name = over.next()?;
    let is_alone = over.next().is_none() && columns.iter().filter(|c| c.meets(&name.stretch)).count() == 1;
    is_alone.then_some(name.middle)
}

/// How far figures stand from their wall: the median over neighbouring columns of figures.
fn padding(ends: &[Option<f32>], middles: &[Option<f32>], em: f32) -> Option<f32> {
    let mut found: Vec<f32> = (1..ends.len())
        .filter_map(|i| Some((2.0 * middles[i]? - ends[i]? - ends[i - 1]?) / 2.0))
        .filter(|padding| (0.0..WIDEST_PADDING * em).contains(padding))
        .collect();
    found.sort_by(f32::total_cmp);
    found.get(found.len() / 2).copied()
}
