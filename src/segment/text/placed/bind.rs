//! Which columns of texts stand under which names of the header, at the least cost.
//!
//! A program that keeps places never lets a text begin left of the end of one that stands wholly left of it, on
//! whatever line that is. Texts that share a place are thus of one column, and what is of one column may well share
//! none: a short amount stands right of the middle of a long name.

use std::ops::Range;

use super::columns::{Column, Holds};
use super::name::{Group, Name};
use super::piece::{Piece, Places, TextRow};
use crate::segment::header::is_figure;
use crate::segment::least_cost;
use crate::terms::header::{HeaderWord, holds_counts};

/// A name without a column of texts: the column is blank.
const BLANK: f32 = 1.0;

/// The same where the column holds what most money is.
const BLANK_GENERAL: f32 = 2.0;

/// The same where it holds the sum of others.
const BLANK_TOTAL: f32 = 3.0;

/// A column of texts without a name of its own.
const NAMELESS: f32 = 8.0;

/// A name that stands between names below it is theirs together.
const GROUP: f32 = 2.0;

/// The same that stands in the header's first line has texts of its own below it.
const NO_GROUP: f32 = 5.0;

/// Texts that share a place with a name that is not theirs.
const CONFLICT: f32 = 5.0;

/// The same where the name follows another at one space: how far right it really stands is not known.
const LOOSE_CONFLICT: f32 = 0.2;

/// Texts that share a place with their own name, where the name's is not known.
const LOOSE: f32 = 0.5;

/// For each place that their middles are apart.
const OFF: f32 = 0.01;

/// Two stretches of texts in one column although a line has both.
pub(super) const BESIDE: f32 = 6.0;

/// Two stretches of one column that hold different things.
pub(super) const STRANGE: f32 = 6.0;

/// A name of money above names or codes, or the other way round.
const UNLIKE: f32 = 3.0;

/// Places of dumps are off by less than so many characters: Chinese ones count as narrow as digits.
const NEAR: usize = 4;

/// Texts of one column part into at most so many stretches.
pub(super) const MAX_PARTS: usize = 6;

/// A column of the table: the stretches of texts in it, and its name.
pub(super) struct Bound {
    pub(super) column: Option<Column>,
    pub(super) name: Option<usize>,
    /// No other column could as well be the one with the texts.
    pub(super) sure: bool,
    /// Texts of the column share no place with others of it.
    parted: bool,
    /// Every reading that has its texts under another name is much worse.
    pub(super) is_far: bool,
}

impl Bound {
    /// A column that something else than its place tells the likeliest name of.
    pub(super) fn guessed(column: Option<Column>, name: usize) -> Self {
        Self { column, name: Some(name), sure: false, parted: false, is_far: false }
    }
}

/// Stretches of texts and names, both left to right, become columns.
pub(super) fn bound(
    shown: &[Column],
    names: &[Name],
    leaves: &[usize],
    body: &[TextRow],
    places: Places,
) -> Vec<Bound> {
    let leaves: Vec<(usize, &Name)> = leaves.iter().filter_map(|id| names.get(*id).map(|name| (*id, name))).collect();
    let beside = beside(shown, body);
    // What it costs that texts share places with names that are not theirs.
    let conflicts = |column: &Column| {
        leaves.iter().filter(|(_, name)| name.group == Group::No).map(|(_, name)| conflict(column, name)).sum()
    };
    let conflicts: Vec<f32> = shown.iter().map(conflicts).collect();
    let cost = |slot: Option<usize>, run: Range<usize>| {
        let name = slot.and_then(|slot| leaves.get(slot)).map(|(_, name)| *name);
        let parts = shown.get(run.clone()).unwrap_or_default();
        let mut cost: f32 = conflicts.get(run.clone()).unwrap_or_default().iter().sum();
        for (left, right) in pairs(&run) {
            let n_lines = beside.get(left * shown.len() + right).copied().unwrap_or(0);
            let holds = |at: usize| shown.get(at).map(|column| column.holds);
            cost += BESIDE * n_lines.min(4) as f32 + if holds(left) == holds(right) { 0.0 } else { STRANGE };
        }
        let (Some(name), Some(last)) = (name, parts.last()) else {
            return cost + name.map_or(NAMELESS, blank);
        };
        let own = |column| if name.group == Group::No { conflict(column, name) } else { 0.0 };
        cost += parts.iter().map(|column| distance(column, name) - own(column)).sum::<f32>();
        cost + match name.group {
            Group::Likely => NO_GROUP,
            Group::May if !touches(last, name) => GROUP,
            _ => 0.0,
        }
    };
    let reading = least_cost::runs(leaves.len(), shown.len(), MAX_PARTS, cost);
    let mut out = Vec::new();
    let (runs, margins) = reading.map(|reading| (reading.runs, reading.margins)).unwrap_or_default();
    let is_crowded = shown.iter().any(|column| is_lump(column, body))
        || runs.iter().any(|(_, run)| is_crowded(run, &beside, shown.len()));
    for (slot, run) in runs {
        let name = slot.and_then(|slot| leaves.get(slot));
        let column = shown.get(run.clone()).and_then(joined);
        // A name of a group that covers nothing is a column where nothing else names one.
        if column.is_none() && name.is_none_or(|(_, name)| name.group != Group::No) {
            continue;
        }
        // On a page amounts are set to the right of their cells, and so never end left of a name in the middle of them.
        let is_right =
            |column: &Column, name: &Name| places == Places::Seen && column.holds_amounts() && column.from >= name.to;
        let is_own = |column: &Column, name: &Name| (touches(column, name) && !name.loose) || is_right(column, name);
        let sure =
            !is_crowded && name.is_some_and(|(_, name)| column.as_ref().is_none_or(|column| is_own(column, name)));
        let is_far = !is_crowded && is_far(&margins, &run);
        out.push(Bound { column, name: name.map(|(id, _)| *id), sure, parted: run.len() > 1, is_far });
    }
    for idx in 0..out.len() {
        let own = out.get(idx).and_then(|bound| bound.column.as_ref());
        let is_blank = |at: Option<usize>| {
            let is_free = |bound: &Bound| {
                let name = bound.name.and_then(|id| names.get(id));
                bound.column.is_none() && name.is_some_and(|name| own.is_none_or(|own| !is_ruled_out(own, name)))
            };
            at.and_then(|at| out.get(at)).is_some_and(is_free)
        };
        // Texts that share no place with their name are its where no neighbour could have them.
        let alone = !is_crowded && !is_blank(idx.checked_sub(1)) && !is_blank(Some(idx + 1));
        if let Some(bound) = out.get_mut(idx) {
            bound.sure |= alone && bound.name.is_some();
        }
    }
    if places != Places::Seen {
        doubt_near_free_names(&mut out, names, body);
    }
    out
}

/// A reading that is worse by so much is no rival.
const FAR: f32 = 3.0;

/// Whether a run shows texts that no rival has in another slot.
pub(super) fn is_far(margins: &[f32], run: &Range<usize>) -> bool {
    !run.is_empty() && margins.get(run.clone()).is_some_and(|own| own.iter().all(|margin| *margin >= FAR))
}

/// Whether a column has two stretches on more than one line: then names and texts do not stand as on the page, and none of
/// them tells the columns.
fn is_crowded(run: &Range<usize>, beside: &[usize], n_shown: usize) -> bool {
    pairs(run).any(|(left, right)| beside.get(left * n_shown + right).is_some_and(|n_lines| *n_lines >= CROWDED))
}

/// Whether texts join two columns of amounts into one stretch: more than one line has two amounts in it.
fn is_lump(column: &Column, body: &[TextRow]) -> bool {
    let is_own = |piece: &&Piece| column.has(piece) && is_figure(&piece.text);
    let has_two = |line: &&TextRow| line.pieces.iter().filter(is_own).nth(1).is_some();
    column.holds_amounts() && body.iter().filter(has_two).nth(CROWDED - 1).is_some()
}

/// One line may be damaged.
const CROWDED: usize = 2;

/// Texts that stand near the name of a neighbour may be its, where that shows none or may itself show another's; so
/// may some of a column whose texts stand apart.
fn doubt_near_free_names(bound: &mut [Bound], names: &[Name], body: &[TextRow]) {
    loop {
        let is_doubtful = |idx: usize| {
            let Some(Bound { column: Some(column), sure: true, parted, name, .. }) = bound.get(idx) else {
                return false;
            };
            let own = name.and_then(|id| names.get(id));
            let is_fixed = !parted && own.is_some_and(|own| shares_places(column, own, body));
            let could_be = |name: &Name| name.loose || !is_fixed || reaches(name, column, 0);
            let beside = [idx.checked_sub(1), idx.checked_add(1)].into_iter().flatten();
            beside.filter_map(|at| bound.get(at)).any(|other| {
                let name = other.name.and_then(|id| names.get(id));
                (other.column.is_none() || !other.sure)
                    && name.is_some_and(|name| *parted || (is_near(column, name) && could_be(name)))
                    && name.is_none_or(|name| !is_ruled_out(column, name))
            })
        };
        let Some(idx) = (0..bound.len()).find(|idx| is_doubtful(*idx)) else { break };
        if let Some(bound) = bound.get_mut(idx) {
            bound.sure = false;
        }
    }
    // Costs know only the places that names take in the dump; on the page a name is twice as wide, and what it reaches may be
    // its own where it shows nothing, or may itself show another's.
    let mut pushed = 0;
    for idx in 1..bound.len() {
        let [left, own] = bound.get(idx - 1..=idx).unwrap_or_default() else { continue };
        let is_free = left.column.is_none() || !left.is_far;
        let of_left = left.name.and_then(|id| names.get(id));
        let is_reached = own.column.as_ref().zip(of_left.filter(|_| is_free)).is_some_and(|(column, name)| {
            let pushed = if name.loose { pushed } else { 0 };
            reaches(name, column, pushed) && is_near(column, name) && !is_ruled_out(column, name)
        });
        // A name at one space behind another stands further right by as much as that is wider on the page.
        pushed = of_left.map_or(0, |name| name.to - name.from + if name.loose { pushed } else { 0 });
        if let Some(own) = bound.get_mut(idx).filter(|_| is_reached) {
            own.is_far = false;
        }
    }
}

/// Whether texts that stand so could be a name's in a dump whose places are off by some characters.
fn is_near(column: &Column, name: &Name) -> bool {
    name.loose || column.from.saturating_sub(name.to) + name.from.saturating_sub(column.to) < NEAR
}

/// Each two of a run.
pub(super) fn pairs(run: &Range<usize>) -> impl Iterator<Item = (usize, usize)> {
    let end = run.end;
    run.clone().flat_map(move |left| (left + 1..end).map(move |right| (left, right)))
}

/// On how many lines two stretches both have texts.
pub(super) fn beside(shown: &[Column], body: &[TextRow]) -> Vec<usize> {
    let n = shown.len();
    let mut counts = vec![0; n * n];
    for line in body {
        let mut on_line: Vec<usize> =
            line.pieces.iter().filter_map(|piece| shown.iter().position(|column| column.has(piece))).collect();
        on_line.dedup();
        for (idx, a) in on_line.iter().enumerate() {
            for b in on_line.get(idx + 1..).unwrap_or_default() {
                counts[a * n + b] += 1;
            }
        }
    }
    counts
}

pub(super) fn joined(parts: &[Column]) -> Option<Column> {
    let (first, last) = (parts.first()?, parts.last()?);
    let holds = parts.iter().max_by_key(|part| part.to - part.from).and_then(|part| part.holds);
    Some(Column { from: first.from, to: last.to, holds })
}

/// A text that stands wholly right of another leaves a place free between them.
fn touches(column: &Column, name: &Name) -> bool {
    column.from <= name.to && name.from <= column.to
}

/// Whether a name that is shown twice as wide, as it is on a page, and so many places further right reaches to texts right of
/// it.
fn reaches(name: &Name, column: &Column, pushed: usize) -> bool {
    name.from < column.from && name.to + (name.to - name.from) + pushed > column.from
}

/// Whether each text of a column shares places with its name: texts of two columns never do, but where one that follows
/// another at one space was pushed to the right.
fn shares_places(column: &Column, name: &Name, body: &[TextRow]) -> bool {
    let is_own = |piece: &&Piece| column.has(piece);
    let is_pushed = |line: &TextRow, piece: &Piece| line.pieces.iter().any(|before| before.to + 1 == piece.from);
    let mut own = body.iter().flat_map(|line| line.pieces.iter().filter(is_own).map(move |piece| (line, piece)));
    !name.loose && own.all(|(line, piece)| piece.from < name.to && name.from < piece.to && !is_pushed(line, piece))
}

fn conflict(column: &Column, name: &Name) -> f32 {
    match (touches(column, name), name.loose) {
        (false, _) => 0.0,
        (true, true) => LOOSE_CONFLICT,
        (true, false) => CONFLICT,
    }
}

/// How unlikely it is that a column of this name shows nothing, or that a group has it.
fn blank(name: &Name) -> f32 {
    match name.group {
        Group::Likely => return 0.0,
        Group::May => return GROUP,
        Group::No => {}
    }
    let word = name.word();
    match HeaderWord::of(&word) {
        Some(HeaderWord::Total) => BLANK_TOTAL,
        _ if word.contains("一般公共预算") || word.starts_with("财政拨款") => BLANK_GENERAL,
        _ => BLANK,
    }
}

/// How unlikely it is that texts belong to a name: amounts are set to the right and names in the middle.
fn distance(column: &Column, name: &Name) -> f32 {
    let right = column.from.saturating_sub(name.to) as f32;
    let left = name.from.saturating_sub(column.to) as f32;
    let is_amounts = column.holds_amounts();
    let unlike = if is_unlike(column, name) { UNLIKE } else { 0.0 };
    let apart = if touches(column, name) {
        // A short amount set to the right begins right of where a name in the middle does.
        let is_short = is_amounts && column.to - column.from < name.to - name.from;
        // Of two names whose places are not known it stands below the nearer.
        let off = OFF * (column.middle() - (name.from + name.to) as f32 / 2.0).abs();
        if name.loose || (is_short && column.from < name.from) { LOOSE + off } else { 0.0 }
    } else if column.from >= name.to {
        if is_amounts { 0.5 + 0.1 * right } else { 1.0 + 0.2 * right }
    } else if is_amounts && !name.loose {
        2.0 + 0.3 * left
    } else {
        0.5 + 0.1 * left
    };
    unlike + apart
}

/// Whether a name says that its column holds something else.
fn is_unlike(column: &Column, name: &Name) -> bool {
    let word = HeaderWord::of(&name.word());
    match column.holds {
        Some(Holds::Amounts) => matches!(word, Some(HeaderWord::Label | HeaderWord::Code)),
        Some(Holds::Names) => matches!(word, Some(HeaderWord::Amount | HeaderWord::Total | HeaderWord::Code)),
        _ => false,
    }
}

/// Whether a name says that no amount stands under it: 备注, 科目名称. A number may stand under 数量.
pub(super) fn is_of_no_money(name: &Name) -> bool {
    let word = name.word();
    let is_text = matches!(HeaderWord::of(&word), Some(HeaderWord::Label | HeaderWord::Code | HeaderWord::Text));
    is_text && !holds_counts(&word)
}

/// Whether texts are amounts and a name is none of money.
fn is_ruled_out(column: &Column, name: &Name) -> bool {
    column.holds_amounts() && is_of_no_money(name)
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;

    #[test]
    fn two_stretches_of_one_column_on_two_lines_are_too_many() {
        let body = text::drawn("甲项支出  9.00   4.00\n乙项支出  7.00   3.00\n丙项支出  7.00");
        let shown = super::super::columns::columns(&body);
        let crowded = |run: &Range<usize>, body: &[TextRow]| is_crowded(run, &beside(&shown, body), shown.len());
        assert!(crowded(&(1..3), &body) && !crowded(&(1..2), &body));
        assert!(!crowded(&(1..3), &body[1..]), "one line may be damaged");
        let all = Column { from: 0, to: 40, holds: Some(Holds::Amounts) };
        assert!(is_lump(&all, &body) && !is_lump(&all, &body[1..]) && !shown.iter().any(|own| is_lump(own, &body)));
    }

    #[test]
    fn a_run_is_far_where_each_of_its_texts_is() {
        let margins = [FAR, FAR + 1.0, FAR - 1.0];
        assert!(is_far(&margins, &(0..2)));
        assert!(!is_far(&margins, &(1..3)) && !is_far(&margins, &(0..0)) && !is_far(&margins, &(2..4)));
    }
}
