//! Groups of columns that a header repeats for each year: 2030年, 2031年 and 增减变化情况 have the same columns in the
//! same order, however each of them was torn to pieces by its narrow cells.

use std::collections::BTreeSet;
use std::ops::Range;

use super::bind::{self, Bound};
use super::columns::{Column, Holds};
use super::name::Name;
use super::piece::{Piece, TextRow};
use super::{EM, groups, joined};
use crate::terms::header::HeaderWord;
use crate::terms::saying::{self, Saying};
use crate::terms::subject::Item;

/// So many ways to divide a header between its years are tried.
const MAX_WAYS: usize = 40_000;

/// The characters of two groups differ by at most one in so many: cells cut their texts off.
const ALIKE: usize = 8;

/// Years with more columns are read by places alone.
const MAX_COLUMNS: usize = 12;

/// Each group has at least so many columns.
const MIN_COLUMNS: usize = 2;

/// The names of a header that repeats its columns for each year; `None` where it does not.
///
/// The group that reads best says what the others are called; their own pieces say only where they stand.
pub(super) fn names(head: &[TextRow]) -> Option<Vec<Name>> {
    let (line, years) = years(head)?;
    let pieces: Vec<(usize, &Piece)> = head
        .iter()
        .enumerate()
        .flat_map(|(at, row)| row.pieces.iter().map(move |piece| (at, piece)))
        .filter(|(at, piece)| *at != line || !years.contains(piece))
        .collect();
    let parts = divided(&pieces, &years)?;
    let part = |range: &Range<usize>| -> Vec<TextRow> {
        let rows = head.iter().enumerate().map(|(at, row)| {
            let own = |piece: &&Piece| range.contains(&twice_middle(piece)) && (at != line || !years.contains(piece));
            TextRow { pieces: row.pieces.iter().filter(own).cloned().collect(), n_above: row.n_above }
        });
        rows.collect()
    };
    let readings: Vec<(Vec<TextRow>, Vec<Name>)> =
        parts.iter().map(part).map(|rows| (rows.clone(), joined::joined(&rows))).collect();
    let (best_rows, best) = readings.iter().min_by_key(|(_, names)| n_unknown(names))?;
    if joined::leaves(best).len() < MIN_COLUMNS {
        return None;
    }
    let first = parts.first()?.start;
    let paths = own_paths(best);
    let mut out = joined::joined(&part(&(0..first)));
    let row = head.get(line)?;
    for (year, (rows, own)) in years.iter().zip(&readings) {
        let of_year = out.len();
        out.push(Name::of(row.cell_line(year), year, line, false));
        let is_same = words(own) == words(best);
        let places = Places::of(best_rows, rows)?;
        // The groups first, and then the columns from left to right.
        let is_leaf = |id: &usize| paths.iter().any(|path| path.last() == Some(id));
        let columns = paths.iter().filter_map(|path| path.last().copied());
        let order: Vec<usize> = (0..best.len()).filter(|id| !is_leaf(id)).chain(columns).collect();
        for id in &order {
            let name = best.get(*id)?;
            let own_name = own.iter().filter(|other| other.word() == name.word()).nth(nth_of_word(best, *id));
            let mut name = own_name.filter(|_| is_same).cloned().unwrap_or_else(|| places.moved(name));
            if let Some(path) = paths.iter().find(|path| path.last() == Some(id)) {
                let at = |id: &usize| order.iter().position(|other| other == id).map(|at| of_year + 1 + at);
                name.path = std::iter::once(of_year).chain(path.iter().filter_map(at)).collect();
            }
            out.push(name);
        }
    }
    Some(out)
}

/// The columns of a page that shows as many for each year, each with its name: what is blank in one year is so in all.
pub(super) fn bound(shown: &[Column], names: &[Name], leaves: &[usize], body: &[TextRow]) -> Option<Vec<Bound>> {
    let is_told = |id: &usize| names.get(*id).is_some_and(|name| !name.path.is_empty());
    let (told, rest): (Vec<usize>, Vec<usize>) = leaves.iter().copied().partition(is_told);
    let years: BTreeSet<usize> = told.iter().filter_map(|id| names.get(*id)?.path.first().copied()).collect();
    // Codes of units may look like amounts, but never stand right of all names.
    let n_labels = shown.iter().rposition(|column| !column.holds_amounts()).map_or(0, |last| last + 1);
    let (labels, amounts) = shown.split_at(n_labels);
    let n_years = Some(years.len()).filter(|n_years| *n_years > 1)?;
    let (n_all, n_shown) = (told.len() / n_years, amounts.len() / n_years);
    let is_even = told.len() == n_all * n_years && amounts.len() == n_shown * n_years;
    if !is_even || n_shown < MIN_COLUMNS || n_shown > n_all || n_all > MAX_COLUMNS {
        return None;
    }
    let middle = |id: usize| names.get(id).map_or(0.0, |name| (name.from + name.to) as f32 / 2.0);
    let at: Vec<f32> = amounts.iter().map(Column::middle).collect();
    let chosen = |pattern: u32| -> Vec<usize> {
        let of_year = told.chunks(n_all).flat_map(|year| year.iter().enumerate());
        of_year.filter(|(nth, _)| pattern & (1 << nth) != 0).map(|(_, id)| *id).collect()
    };
    // Names drift from their amounts along the line: the first and the last stand over theirs.
    let off = |ids: &[usize]| -> f32 {
        let own: Vec<f32> = ids.iter().map(|id| middle(*id)).collect();
        let (Some((a, b)), Some((from, to))) = (own.first().zip(own.last()), at.first().zip(at.last())) else {
            return f32::INFINITY;
        };
        let scale = (to - from) / (b - a).max(1.0);
        own.iter().zip(&at).map(|(own, at)| (from + (own - a) * scale - at).abs()).sum()
    };
    let patterns = (0u32..1 << n_all).filter(|pattern| pattern.count_ones() as usize == n_shown);
    let best = patterns.map(chosen).min_by(|a, b| off(a).total_cmp(&off(b)))?;
    let mut out = bind::bound(labels, names, &rest, body, super::piece::Places::Drifting);
    let mut columns = amounts.iter();
    out.extend(told.iter().map(|id| {
        let column = if best.contains(id) { columns.next().cloned() } else { None };
        Bound::guessed(column, *id)
    }));
    Some(out)
}

/// For each column of one year, from left to right, the names above it and its own, by their places among each other.
fn own_paths(names: &[Name]) -> Vec<Vec<usize>> {
    let leaves = joined::leaves(names);
    let named: Vec<Option<usize>> = leaves.iter().copied().map(Some).collect();
    let of_name = |name: &Name| Column { from: name.from, to: name.to, holds: Some(Holds::Amounts) };
    let columns: Vec<Column> = leaves.iter().filter_map(|id| names.get(*id)).map(of_name).collect();
    let mut paths = groups::paths(names, &columns, &named).0;
    // “三公”经费 stands over all of its expenses.
    let says = |id: usize| names.get(id).map(|name| saying::read(&name.word()).0).unwrap_or_default();
    let sum = (0..names.len()).find(|id| !leaves.contains(id) && says(*id).contains(&Saying::ThreePublic));
    let is_of_sum = |id: &usize| matches!(says(*id).as_slice(), [Saying::Item(item)] if item.is_three_public() && !matches!(item, Item::Meeting | Item::Training));
    if let Some(sum) = sum {
        for path in paths.iter_mut().filter(|path| !path.contains(&sum) && path.iter().any(is_of_sum)) {
            path.insert(0, sum);
        }
    }
    paths
}

/// How many names before one have its word: those of one word follow each other from left to right.
fn nth_of_word(names: &[Name], id: usize) -> usize {
    let word = names.get(id).map(Name::word);
    names.iter().take(id).filter(|name| Some(name.word()) == word).count()
}

/// The first line with the names of several years, and these.
fn years(head: &[TextRow]) -> Option<(usize, Vec<&Piece>)> {
    head.iter().enumerate().find_map(|(at, row)| {
        let years: Vec<&Piece> = row.pieces.iter().filter(|piece| saying::is_period(&piece.text)).collect();
        (years.len() > 1).then_some((at, years))
    })
}

fn twice_middle(piece: &Piece) -> usize {
    piece.from + piece.to
}

/// Where each year's names stand, by twice their middles: so that all years have the same characters.
fn divided(pieces: &[(usize, &Piece)], years: &[&Piece]) -> Option<Vec<Range<usize>>> {
    let mut cuts: Vec<usize> = pieces.iter().map(|(_, piece)| twice_middle(piece)).collect();
    cuts.sort_unstable();
    cuts.dedup();
    // A year begins left of the middle of its name, and right of that of the year before.
    let mut before = 0;
    let choices: Vec<Vec<usize>> = years
        .iter()
        .map(|year| {
            let at = twice_middle(year);
            let own = cuts.iter().copied().filter(|cut| *cut > before && *cut <= at).collect();
            before = at;
            own
        })
        .collect();
    let n_ways = choices.iter().map(Vec::len).try_fold(1usize, usize::checked_mul)?;
    if n_ways == 0 || n_ways > MAX_WAYS {
        return None;
    }
    let chars = |range: Range<usize>| -> Vec<char> {
        let own = pieces.iter().filter(|(_, piece)| range.contains(&twice_middle(piece)));
        let mut chars: Vec<char> = own.flat_map(|(_, piece)| piece.text.chars()).collect();
        chars.sort_unstable();
        chars
    };
    // The ways to the last year's beginning, each with the characters of the years before it.
    let mut best: Option<(usize, Vec<usize>)> = None;
    let mut way: Vec<usize> = Vec::new();
    let mut known: Vec<Vec<char>> = Vec::new();
    try_ways(&choices, &chars, &mut way, &mut known, &mut best);
    let (_, starts) = best?;
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(usize::MAX));
    Some(starts.iter().copied().zip(ends).map(|(from, to)| from..to).collect())
}

/// Tries the beginnings of the years that are left, and keeps the way that makes them most alike.
fn try_ways(
    choices: &[Vec<usize>],
    chars: &dyn Fn(Range<usize>) -> Vec<char>,
    way: &mut Vec<usize>,
    known: &mut Vec<Vec<char>>,
    best: &mut Option<(usize, Vec<usize>)>,
) {
    let fits = |own: &[char], known: &[Vec<char>]| known.first().is_none_or(|first| is_alike(first, own));
    let Some(starts) = choices.get(way.len()) else {
        let Some(from) = way.last() else { return };
        let last = chars(*from..usize::MAX);
        let Some(first) = known.first().filter(|_| fits(&last, known)) else { return };
        let others = known.iter().skip(1).chain(std::iter::once(&last));
        let alike: usize = others.map(|own| likeness(first, own)).sum();
        if best.as_ref().is_none_or(|(most, _)| alike > *most) {
            *best = Some((alike, way.clone()));
        }
        return;
    };
    for start in starts {
        let own = way.last().map(|from| chars(*from..*start));
        if own.as_ref().is_some_and(|own| !fits(own, known)) {
            continue;
        }
        let n_known = known.len();
        known.extend(own);
        way.push(*start);
        try_ways(choices, chars, way, known, best);
        way.pop();
        known.truncate(n_known);
    }
}

/// Whether two years have nearly the same characters, given sorted.
fn is_alike(a: &[char], b: &[char]) -> bool {
    let n_most = a.len().max(b.len());
    n_most > 0 && (n_most - joined::n_common(a, b)) * ALIKE <= n_most
}

/// The more characters two years have in common, and the fewer only one of them has, the more alike they are.
fn likeness(a: &[char], b: &[char]) -> usize {
    (4 * joined::n_common(a, b)).saturating_sub(a.len() + b.len())
}

/// How many characters of some names are of no known word.
fn n_unknown(names: &[Name]) -> usize {
    let unknown = names.iter().map(Name::word).filter(|word| HeaderWord::of(word).is_none());
    unknown.map(|word| word.chars().count()).sum()
}

/// The names of the columns from left to right, and then all names, in any order.
fn words(names: &[Name]) -> (Vec<String>, Vec<String>) {
    let leaves = joined::leaves(names).into_iter().filter_map(|id| names.get(id)).map(Name::word).collect();
    let mut all: Vec<String> = names.iter().map(Name::word).collect();
    all.sort_unstable();
    (leaves, all)
}

/// Where the places of one year's names are among another's.
struct Places {
    /// Places of the two that correspond, from left to right.
    known: Vec<(f32, f32)>,
}

impl Places {
    /// By the texts that each shows once, and by where the first and the last of its names stand.
    fn of(from: &[TextRow], to: &[TextRow]) -> Option<Self> {
        let pieces = |rows: &[TextRow]| -> Vec<Piece> { rows.iter().flat_map(|row| row.pieces.clone()).collect() };
        let (from, to) = (pieces(from), pieces(to));
        let once = |of: &[Piece], text: &str| -> Option<f32> {
            let mut own = of.iter().filter(|piece| piece.text == text);
            own.next().filter(|_| own.next().is_none()).map(Piece::middle)
        };
        let mut pairs: Vec<(f32, f32)> =
            from.iter().filter_map(|piece| Some((once(&from, &piece.text)?, once(&to, &piece.text)?))).collect();
        pairs
            .push((from.iter().map(|piece| piece.from).min()? as f32, to.iter().map(|piece| piece.from).min()? as f32));
        pairs.push((from.iter().map(|piece| piece.to).max()? as f32, to.iter().map(|piece| piece.to).max()? as f32));
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut known: Vec<(f32, f32)> = Vec::new();
        for pair in pairs {
            if known.last().is_none_or(|last| pair.0 > last.0 && pair.1 > last.1) {
                known.push(pair);
            }
        }
        Some(Self { known })
    }

    fn at(&self, place: f32) -> f32 {
        let above = self.known.partition_point(|(from, _)| *from < place);
        let at = |idx: usize| self.known.get(idx).copied();
        match (above.checked_sub(1).and_then(at), at(above)) {
            (Some(a), Some(b)) => a.1 + (place - a.0) * (b.1 - a.1) / (b.0 - a.0),
            (Some(a), None) | (None, Some(a)) => place + a.1 - a.0,
            (None, None) => place,
        }
    }

    /// A name of the other year: where it stands is guessed.
    fn moved(&self, name: &Name) -> Name {
        let mut name = name.clone();
        let by = self.at((name.from + name.to) as f32 / 2.0) - (name.from + name.to) as f32 / 2.0;
        let shift = |place: usize| (place as f32 + by).round().max(0.0) as usize;
        (name.from, name.to) = (shift(name.from), shift(name.to));
        for rect in name.lines.iter_mut().map(|line| &mut line.rect).chain(std::iter::once(&mut name.rect)) {
            rect.x0 += by * EM;
            rect.x1 += by * EM;
        }
        name.loose = true;
        name
    }
}
