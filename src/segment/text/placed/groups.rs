//! Which columns each name of a group stands over, and the cells of the header that this makes.

use std::rc::Rc;

use super::super::header::{Cells, HeaderCell, Rows, parent_costs};
use super::columns::{Column, Holds};
use super::name::Name;
use super::ruled_out::{Definitions, RuledOut};
use super::{EM, PITCH};
use crate::geom::Rect;
use crate::segment::grid::GridCell;
use crate::segment::least_cost::{self, Reading};
use crate::terms::header::{HeaderWord, holds_counts, is_subtotal, without_year};
use crate::terms::within::Meaning;

/// A column whose name stands as low as those of groups' columns has a group above it, as a rule.
const UNCOVERED: f32 = 6.0;

/// The same where names that have no group stand on that line too, so that heights tell nothing.
const UNCOVERED_FLAT: f32 = 1.0;

/// The same where the groups are the two sides of the table.
const SIDELESS: f32 = 12.0;

/// A column whose name stands higher reaches up to where the group stands, and has none.
const COVERED: f32 = 1.0;

/// The same where it stands a whole line higher: half a line may be the rounding of two lines beside one.
const COVERED_HIGH: f32 = 4.0;

/// The same where the name stands in the middle of the whole header.
const WHOLE: f32 = 4.0;

/// The same where groups stand below that group, and the name stands in the middle of the whole header.
const COVERED_UPPER: f32 = 2.0;

/// It has none, and stands in the middle of what is below the group.
const UNCOVERED_UPPER: f32 = 4.0;

/// A column that holds what the group's name does not say: amounts under 项目, names under 一般公共预算支出.
const STRANGE: f32 = 12.0;

/// For each tenth of an oddity that the words of a group and of the columns under it have.
const WORDS: f32 = 0.1;

/// Middles of names that differ by this share of the pitch are not of one row of the header.
const HIGHER: f32 = 0.4;

/// A group that is worse by less than this may as well be the one over a column.
pub(super) const MARGIN: f32 = 2.0;

/// Those that differ by this share are of two rows, whatever the lines of wrapped names were rounded to.
const MUCH_HIGHER: f32 = 0.8;

/// A run of more columns has its groups share it evenly.
const MAX_RUN: usize = 64;

/// What stands on top of a column: its own name, or a group above it.
#[derive(Clone, Copy, PartialEq)]
enum Top {
    None,
    Name { y0: f32, middle: f32 },
    Group { id: usize, y0: f32 },
}

impl Top {
    fn is_below(self, y: f32) -> bool {
        match self {
            Top::None => true,
            Top::Name { y0, .. } | Top::Group { y0, .. } => y0 >= y,
        }
    }
}

/// For each column the names above it, from the top down: the groups, and its own; and by how much no other group, or
/// none, is worse.
pub(super) fn paths(texts: &[Name], columns: &[Column], named: &[Option<usize>]) -> (Vec<Vec<usize>>, Vec<f32>) {
    let mut groups: Vec<usize> = (0..texts.len()).filter(|id| !named.contains(&Some(*id))).collect();
    let key = |id: &usize| texts.get(*id).map_or((0.0, 0.0), |text| (text.rect.y0, text.rect.center_x()));
    groups.sort_by(|a, b| key(a).0.total_cmp(&key(b).0).then(key(a).1.total_cmp(&key(b).1)));
    let text_of = |name: &Option<usize>| name.and_then(|id| texts.get(id));
    let mut paths: Vec<Vec<usize>> = named.iter().map(|name| name.iter().copied().collect()).collect();
    let middles: Vec<f32> = columns
        .iter()
        .zip(named)
        .map(|(column, name)| text_of(name).map_or(column.middle(), |text| text.rect.center_x() / EM))
        .collect();
    let mut tops: Vec<Top> = named
        .iter()
        .map(|name| {
            text_of(name).map_or(Top::None, |text| Top::Name { y0: text.rect.y0, middle: text.rect.center_y() })
        })
        .collect();
    let mut levels: Vec<&[usize]> = Vec::new();
    let mut rest = groups.as_mut_slice();
    while let Some(first) = rest.first().and_then(|id| texts.get(*id)) {
        let n = rest.iter().take_while(|id| texts.get(**id).is_some_and(|text| text.rect.y0 < first.rect.y1)).count();
        let (level, after) = rest.split_at_mut(n.max(1));
        // Columns are shared out from left to right, and texts of one line of a scan differ a little in height.
        let lines = level.chunk_by_mut(|a, b| key(b).0 - key(a).0 < PITCH / 2.0);
        lines.for_each(|line| line.sort_by(|a, b| key(a).1.total_cmp(&key(b).1)));
        rest = after;
        levels.push(level);
    }
    let groups = levels.concat();
    let n_above = |level: &[usize]| groups.iter().position(|id| level.first() == Some(id)).unwrap_or(0);
    let mut margins = vec![f32::INFINITY; columns.len()];
    for level in levels.into_iter().rev() {
        let above = groups.get(..n_above(level)).unwrap_or_default();
        let Some(reading) = spans(texts, level, above, columns, &middles, &tops, named) else { continue };
        for (nth, run) in reading.slots() {
            let Some(id) = level.get(nth).copied() else { continue };
            for path in paths.get_mut(run.clone()).unwrap_or_default() {
                path.insert(0, id);
            }
            let y0 = texts.get(id).map_or(0.0, |text| text.rect.y0);
            tops.get_mut(run).unwrap_or_default().fill(Top::Group { id, y0 });
        }
        for (margin, more) in margins.iter_mut().zip(&reading.margins) {
            *margin = margin.min(*more);
        }
    }
    (paths, margins)
}

/// The columns of each group of a level, so that each stands over the middle of its own.
fn spans(
    texts: &[Name],
    level: &[usize],
    above: &[usize],
    columns: &[Column],
    middles: &[f32],
    tops: &[Top],
    named: &[Option<usize>],
) -> Option<Reading> {
    let bottom = level.iter().filter_map(|id| texts.get(*id)).map(|text| text.rect.y1).fold(0.0, f32::max);
    let is_lower = |column: usize| tops.get(column).is_some_and(|top| top.is_below(bottom));
    let lowest = tops.iter().filter(|top| top.is_below(bottom)).fold(f32::NEG_INFINITY, |lowest, top| match top {
        Top::Name { middle, .. } => lowest.max(*middle),
        _ => lowest,
    });
    let (shallowest, deepest) = tops.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(least, most), top| match top {
        Top::Group { y0, .. } if *y0 >= bottom => (least.min(*y0), most.max(*y0)),
        _ => (least, most),
    });
    let head = texts.iter().map(|text| text.rect).reduce(|a, b| a.union(&b));
    // A name in the middle of the whole header reaches up beside the groups, and one in the middle of what is below
    // them stands under one.
    let is_whole = |middle: f32| {
        head.is_some_and(|head| {
            let under = (bottom + head.y1) / 2.0;
            (middle - head.center_y()).abs() + HIGHER * EM < (middle - under).abs()
        })
    };
    // A group higher up may stand right over columns of its own.
    let distance = |ids: &[usize], column: usize| {
        let own = middles.get(column).copied().unwrap_or(0.0);
        let off = |id: &usize| texts.get(*id).map_or(f32::INFINITY, |text| (text.rect.center_x() / EM - own).abs());
        ids.iter().map(off).fold(f32::INFINITY, f32::min)
    };
    let is_near = |column: usize| distance(level, column) <= distance(above, column);
    // Two sides share the whole table.
    let word = |id: usize| -> String {
        texts.get(id).into_iter().flat_map(|text| &text.lines).map(|line| line.text.as_str()).collect()
    };
    let n_sides = level.iter().filter(|id| HeaderWord::of(&word(**id)) == Some(HeaderWord::Side)).count();
    let flat = named.iter().flatten().filter(|id| says(&word(**id)) == Some(HeaderWord::Label)).any(|id| {
        let middle = texts.get(*id).map_or(0.0, |text| text.rect.center_y());
        (middle - lowest).abs() <= HIGHER * PITCH
    });
    let is_money = |id: &usize| says(&word(*id)) == Some(HeaderWord::Amount);
    let uncovered = match () {
        () if n_sides > 1 => SIDELESS,
        () if flat && level.iter().all(is_money) => UNCOVERED_FLAT,
        () => UNCOVERED,
    };
    // What adds up a part of the table stands under the name of that part.
    let is_part_total = |column: usize| named.get(column).copied().flatten().is_some_and(|id| is_subtotal(&word(id)));
    let is_number = |column: usize| named.get(column).copied().flatten().is_some_and(|id| holds_counts(&word(id)));
    // Above other groups names stand at all heights: in the middle of all that is below the group over them, or of the
    // whole header.
    let is_of_names = |id: usize| matches!(says(&word(id)), Some(HeaderWord::Label | HeaderWord::Code));
    let is_highest =
        above.is_empty() && tops.iter().any(|top| matches!(top, Top::Group { id, .. } if !is_of_names(*id)));
    let nearer = |middle: f32| {
        head.map_or(0.0, |head| {
            let (whole, under) = (head.center_y(), (bottom + head.y1) / 2.0);
            ((whole - middle).abs() - (under - middle).abs()) / (under - whole).max(1.0)
        })
    };
    // Lines are whole: what is nearer by less than half of one may be so by rounding.
    let is_rounded = head.is_some_and(|head| bottom + head.y1 - 2.0 * head.center_y() <= PITCH);
    // What it costs that a column has a group of this level above it, and that it has none.
    let cost = |column: usize, rounds: bool| match tops.get(column) {
        Some(Top::Name { .. }) if is_part_total(column) && is_lower(column) => (0.0, UNCOVERED),
        // Two sides share the whole table, whatever stands higher in them.
        Some(Top::Name { .. }) if n_sides > 1 && is_lower(column) && !is_number(column) => (0.0, uncovered),
        Some(Top::Name { middle, .. }) if is_highest && is_lower(column) => {
            let nearer = if rounds && is_rounded { 0.0 } else { nearer(*middle) };
            (COVERED_UPPER * (-nearer).clamp(0.0, 1.0), UNCOVERED_UPPER * nearer.clamp(0.0, 1.0))
        }
        Some(Top::Name { middle, .. }) if is_whole(*middle) && is_lower(column) => (WHOLE, 0.0),
        Some(Top::Name { middle, .. }) if *middle < lowest - MUCH_HIGHER * PITCH => (COVERED_HIGH, 0.0),
        Some(Top::Name { middle, .. }) if *middle < lowest - HIGHER * PITCH => (COVERED, 0.0),
        Some(Top::Name { .. }) if is_lower(column) && is_near(column) => (0.0, uncovered),
        // Of groups at different heights the lower ones stand under another.
        Some(Top::Group { y0, .. }) if *y0 < deepest - HIGHER * PITCH => (COVERED, 0.0),
        Some(Top::Group { .. }) if shallowest < deepest - HIGHER * PITCH && is_near(column) => (0.0, uncovered),
        _ => (0.0, 0.0),
    };
    let says: Vec<Option<HeaderWord>> = (0..texts.len()).map(|id| says(&word(id))).collect();
    let says = |id: usize| says.get(id).copied().flatten();
    let holds: Vec<Option<HeaderWord>> = columns
        .iter()
        .zip(named)
        .map(|(column, name)| match (name.and_then(says), column.holds) {
            (Some(HeaderWord::Amount | HeaderWord::Total), _) => Some(HeaderWord::Amount),
            (Some(HeaderWord::Label | HeaderWord::Code), _) => Some(HeaderWord::Label),
            (_, Some(Holds::Amounts)) => Some(HeaderWord::Amount),
            (_, Some(Holds::Names | Holds::Codes)) => Some(HeaderWord::Label),
            (word, None) => word,
        })
        .collect();
    let is_named = |column: usize| holds.get(column) == Some(&Some(HeaderWord::Label));
    let is_money = |column: usize| holds.get(column) == Some(&Some(HeaderWord::Amount));
    let strange = |id: usize, column: usize| match says(id) {
        Some(HeaderWord::Label | HeaderWord::Code) if is_money(column) => STRANGE,
        Some(HeaderWord::Amount) if is_named(column) => STRANGE,
        _ => 0.0,
    };
    // A group never ends between a name and its amounts, unless it is the names' own.
    let torn = |id: usize, from: usize, to: usize| match says(id) {
        Some(HeaderWord::Label | HeaderWord::Code) => 0.0,
        Some(HeaderWord::Side) if is_named(to - 1) && is_money(to) => STRANGE,
        _ if to - from == 1 && is_named(from) && is_money(to) => STRANGE,
        _ => 0.0,
    };
    // What the names say of each other.
    let mut kids: Vec<Option<usize>> = Vec::new();
    let mut kid_of = Vec::with_capacity(tops.len());
    for (top, name) in tops.iter().zip(named) {
        let id = match top {
            Top::Group { id, .. } => Some(*id),
            _ => *name,
        };
        if id.is_none() || kids.last() != Some(&id) {
            kids.push(id);
        }
        kid_of.push(kids.len() - 1);
    }
    let cells: Vec<Rc<HeaderCell>> = level
        .iter()
        .map(|id| Some(*id))
        .chain(kids.iter().copied())
        .map(|id| Rc::new(HeaderCell::of(id.map(word).unwrap_or_default())))
        .collect();
    let all = Cells::of(&cells);
    let rows = Rows::of(&all, (0, level.len()), (level.len(), cells.len()));
    let unlike = |nth: usize, from: usize, to: usize| match (kid_of.get(from), kid_of.get(to - 1)) {
        (Some(first), Some(last)) => parent_costs(&rows, nth, (level.len() + first, level.len() + last + 1)).0 as f32,
        _ => 0.0,
    };
    // Groups below are never divided.
    let parts = |at: usize| match (at.checked_sub(1).and_then(|left| tops.get(left)), tops.get(at)) {
        (Some(Top::Group { id: left, .. }), Some(Top::Group { id: right, .. })) => left != right,
        _ => true,
    };
    let meanings: Vec<Meaning> = level
        .iter()
        .copied()
        .map(Some)
        .chain(kids.iter().copied())
        .map(|id| Meaning::of(&id.map(word).unwrap_or_default()))
        .collect();
    let (overs, kids) = meanings.split_at(level.len());
    let ruled_out = RuledOut { overs, kids, kid_of: &kid_of, is_highest: above.is_empty() };
    let read = |words: f32, definitions: Definitions, rounds: bool| {
        least_cost::runs(level.len(), middles.len(), MAX_RUN, |slot, run| {
            let Some((nth, id)) = slot.and_then(|nth| Some((nth, *level.get(nth)?))) else {
                let own = |column: usize| ruled_out.bare(definitions, column, is_lower(column));
                return if run.len() == 1 { cost(run.start, rounds).1 + own(run.start) } else { f32::INFINITY };
            };
            if run.is_empty() || !run.clone().all(is_lower) || !parts(run.start) || !parts(run.end) {
                return f32::INFINITY;
            }
            let own = middles.get(run.clone()).unwrap_or_default();
            let (Some(a), Some(b)) = (own.first(), own.last()) else { return f32::INFINITY };
            let middle = texts.get(id).map_or(0.0, |text| text.rect.center_x() / EM);
            let covered: f32 = run.clone().map(|column| cost(column, rounds).0 + strange(id, column)).sum();
            let off = ((a + b) / 2.0 - middle).abs();
            let said = words * unlike(nth, run.start, run.end) + ruled_out.within(definitions, nth, run.clone());
            covered + off + torn(id, run.start, run.end) + said
        })
    };
    let mut best = read(WORDS, Definitions::Own, false)?;
    // Words choose, and leave no doubt only where places bear them out; what definitions rule out is no rival of either.
    let by_places = read(0.0, Definitions::None, false)?;
    let (by_words, by_all_places) = (read(WORDS, Definitions::All, false)?, read(0.0, Definitions::All, false)?);
    let by_rounded = if is_rounded { Some(read(WORDS, Definitions::All, true)?) } else { None };
    let slots = |reading: &Reading| slot_of_each(reading, middles.len());
    let others: Vec<_> = [&by_places, &by_words].into_iter().chain(&by_rounded).map(slots).collect();
    let own = slots(&best);
    for (column, margin) in best.margins.iter_mut().enumerate() {
        let is_same = others.iter().all(|other| own.get(column) == other.get(column));
        let rivals = [&by_words, &by_all_places].into_iter().chain(&by_rounded);
        let margins = rivals.filter_map(|rival| rival.margins.get(column).copied());
        *margin = if is_same { margins.fold(f32::INFINITY, f32::min) } else { 0.0 };
    }
    Some(best)
}

/// The group of each column, if it has one.
fn slot_of_each(reading: &Reading, n_columns: usize) -> Vec<Option<usize>> {
    let mut slots = vec![None; n_columns];
    for (slot, run) in reading.slots() {
        slots.get_mut(run).unwrap_or_default().fill(Some(slot));
    }
    slots
}

/// What a name of a group says of the columns under it, where it says anything.
pub(super) fn says(word: &str) -> Option<HeaderWord> {
    let bare = word.split(['（', '(']).next().unwrap_or(word);
    let ends = ["科目", "编码", "名称", "类别"];
    // A year alone names the money of that year.
    if !bare.is_empty() && without_year(bare).is_empty() {
        return Some(HeaderWord::Amount);
    }
    HeaderWord::of(bare).or_else(|| ends.iter().any(|end| bare.ends_with(end)).then_some(HeaderWord::Label))
}

/// The cells of a header, and how many rows it has.
pub(super) fn cells(texts: &[Name], paths: &[Vec<usize>], top: f32, bottom: f32) -> (Vec<GridCell>, usize) {
    let depth = paths.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let y = |row: usize| top + (bottom - top) * row as f32 / depth as f32;
    let at = |column: usize, row: usize| paths.get(column).and_then(|path| path.get(row)).copied();
    let is_last = |column: usize, row: usize| paths.get(column).is_none_or(|path| row + 1 >= path.len());
    let mut cells = Vec::new();
    for row in 0..depth {
        let mut column = 0;
        while column < paths.len() {
            let id = at(column, row);
            if id.is_none() && row > 0 {
                column += 1;
                continue;
            }
            let mut end = column + 1;
            while end < paths.len() && id.is_some() && at(end, row) == id && !is_last(end, row) && !is_last(column, row)
            {
                end += 1;
            }
            let n_rows = if is_last(column, row) { depth - row } else { 1 };
            cells.push(GridCell {
                row,
                column,
                n_rows,
                n_columns: end - column,
                rect: Rect { x0: 0.0, y0: y(row), x1: 0.0, y1: y(row + n_rows) },
                lines: id.and_then(|id| texts.get(id)).map_or_else(Vec::new, |text| text.lines.clone()),
                doubt: None,
            });
            column = end;
        }
    }
    (cells, depth)
}
