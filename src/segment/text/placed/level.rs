//! One level of the groups of a header: over which columns each stands, by heights, by places and by words.

use std::ops::Range;
use std::rc::Rc;

use super::super::header::{Cells, HeaderCell, Rows, parent_costs};
use super::columns::{Column, Holds};
use super::name::{Name, says};
use super::ruled_out::{Definitions, RuledOut};
use super::set::Set;
use super::{EM, PITCH};
use crate::geom::Rect;
use crate::segment::least_cost::{self, Reading};
use crate::terms::header::{HeaderWord, holds_counts, is_subtotal};
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
pub(super) const HIGHER: f32 = 0.4;

/// Those that differ by this share are of two rows, whatever the lines of wrapped names were rounded to.
const MUCH_HIGHER: f32 = 0.8;

/// A run of more columns has its groups share it evenly.
const MAX_RUN: usize = 64;

/// What stands on top of a column: its own name, or a group above it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Top {
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

/// The names of a header and the columns under it.
pub(super) struct Head<'a> {
    texts: &'a [Name],
    /// The name of each column, if it has one.
    named: &'a [Option<usize>],
    /// Each name as one word, and what it says of the columns under it.
    words: Vec<String>,
    says: Vec<Option<HeaderWord>>,
    /// What each column holds, by its name or else by its texts.
    holds: Vec<Option<HeaderWord>>,
    /// Where groups stand over their columns.
    set: Set,
    /// The place of each column that tells of which group it is: that of its name, if it has one.
    places: Vec<f32>,
}

impl<'a> Head<'a> {
    pub(super) fn of(texts: &'a [Name], columns: &[Column], named: &'a [Option<usize>], set: Set) -> Self {
        let words: Vec<String> = texts.iter().map(Name::word).collect();
        let says: Vec<Option<HeaderWord>> = words.iter().map(|word| says(word)).collect();
        let holds = |(column, name): (&Column, &Option<usize>)| {
            let said = name.and_then(|id| says.get(id).copied().flatten());
            match (said, column.holds) {
                (Some(HeaderWord::Amount | HeaderWord::Total), _) => Some(HeaderWord::Amount),
                (Some(HeaderWord::Label | HeaderWord::Code), _) => Some(HeaderWord::Label),
                (_, Some(Holds::Amounts)) => Some(HeaderWord::Amount),
                (_, Some(Holds::Names | Holds::Codes)) => Some(HeaderWord::Label),
                (word, None) => word,
            }
        };
        let holds = columns.iter().zip(named).map(holds).collect();
        let place = |(column, name): (&Column, &Option<usize>)| {
            name.and_then(|id| texts.get(id)).map_or_else(|| set.of_column(column), |text| set.of(text.rect))
        };
        let places = columns.iter().zip(named).map(place).collect();
        Self { texts, named, words, says, holds, set, places }
    }

    /// What stands on top of each column before any group does.
    pub(super) fn tops(&self) -> Vec<Top> {
        let name = |text: &Name| Top::Name { y0: text.rect.y0, middle: text.rect.center_y() };
        self.named.iter().map(|id| id.and_then(|id| self.texts.get(id)).map_or(Top::None, name)).collect()
    }

    fn texts_of(&self, ids: &[usize]) -> impl Iterator<Item = &'a Name> {
        ids.iter().filter_map(|id| self.texts.get(*id))
    }

    fn word(&self, id: usize) -> &str {
        self.words.get(id).map_or("", String::as_str)
    }

    /// The name of a column as one word.
    fn name_of(&self, column: usize) -> Option<&str> {
        self.named.get(column).copied().flatten().map(|id| self.word(id))
    }

    fn says(&self, id: usize) -> Option<HeaderWord> {
        self.says.get(id).copied().flatten()
    }

    fn holds(&self, column: usize, wanted: HeaderWord) -> bool {
        self.holds.get(column) == Some(&Some(wanted))
    }
}

/// Groups side by side, and what stands above and below them.
pub(super) struct Level<'a> {
    head: &'a Head<'a>,
    groups: &'a [usize],
    /// The groups that stand higher.
    above: &'a [usize],
    tops: &'a [Top],
    /// The box around the whole header.
    rect: Rect,
    bottom: f32,
    /// The middle of the lowest name below the level.
    lowest: f32,
    /// The tops of the highest and of the lowest group below it.
    shallowest: f32,
    deepest: f32,
    /// No group stands above it, and some below it.
    is_highest: bool,
    /// Its groups are the two sides of the table, which share all of it.
    has_sides: bool,
    /// What it costs that a column as low as those of groups has none.
    uncovered: f32,
}

impl<'a> Level<'a> {
    pub(super) fn of(head: &'a Head<'a>, groups: &'a [usize], above: &'a [usize], tops: &'a [Top]) -> Option<Self> {
        let rect = head.texts.iter().map(|text| text.rect).reduce(|a, b| a.union(&b))?;
        let bottom = head.texts_of(groups).map(|text| text.rect.y1).fold(0.0, f32::max);
        let below = || tops.iter().filter(|top| top.is_below(bottom));
        let middles = below().filter_map(|top| if let Top::Name { middle, .. } = top { Some(*middle) } else { None });
        let heights = || below().filter_map(|top| if let Top::Group { y0, .. } = top { Some(*y0) } else { None });
        let is_of_names = |id: usize| matches!(head.says(id), Some(HeaderWord::Label | HeaderWord::Code));
        let is_of_money = |top: &Top| matches!(top, Top::Group { id, .. } if !is_of_names(*id));
        let is_side = |id: &&usize| HeaderWord::of(head.word(**id)) == Some(HeaderWord::Side);
        let has_sides = groups.iter().filter(is_side).count() > 1;
        let lowest = middles.fold(f32::NEG_INFINITY, f32::max);
        let is_money = |id: &usize| head.says(*id) == Some(HeaderWord::Amount);
        let is_low_label = |id: &usize| {
            let middle = head.texts.get(*id).map_or(0.0, |text| text.rect.center_y());
            head.says(*id) == Some(HeaderWord::Label) && (middle - lowest).abs() <= HIGHER * PITCH
        };
        // Nothing but the next name tells where a group that begins with its first column ends.
        let may_end = head.set == Set::Left || groups.iter().all(is_money);
        let uncovered = match () {
            () if has_sides => SIDELESS,
            () if may_end && head.named.iter().flatten().any(is_low_label) => UNCOVERED_FLAT,
            () => UNCOVERED,
        };
        Some(Self {
            head,
            groups,
            above,
            tops,
            rect,
            bottom,
            lowest,
            shallowest: heights().fold(f32::INFINITY, f32::min),
            deepest: heights().fold(f32::NEG_INFINITY, f32::max),
            is_highest: above.is_empty() && tops.iter().any(is_of_money),
            has_sides,
            uncovered,
        })
    }

    fn is_lower(&self, column: usize) -> bool {
        self.tops.get(column).is_some_and(|top| top.is_below(self.bottom))
    }

    /// Whether a column stands no nearer to a group higher up, which may stand right over columns of its own.
    fn is_near(&self, column: usize) -> bool {
        let own = self.head.places.get(column).copied().unwrap_or(0.0);
        let off = |text: &Name| (self.head.set.of(text.rect) - own).abs();
        let distance = |ids: &[usize]| self.head.texts_of(ids).map(off).fold(f32::INFINITY, f32::min);
        distance(self.groups) <= distance(self.above)
    }

    /// The middle of what is below the level.
    fn under(&self) -> f32 {
        (self.bottom + self.rect.y1) / 2.0
    }

    /// Whether a name in the middle of the whole header reaches up beside the groups, and none in the middle of what is below
    /// them, which stands under one.
    fn is_whole(&self, middle: f32) -> bool {
        (middle - self.rect.center_y()).abs() + HIGHER * EM < (middle - self.under()).abs()
    }

    /// By how much a name is nearer to the middle of what is below the level than to that of the whole header.
    fn nearer(&self, middle: f32) -> f32 {
        let (whole, under) = (self.rect.center_y(), self.under());
        ((whole - middle).abs() - (under - middle).abs()) / (under - whole).max(1.0)
    }

    /// Whether what is nearer may be so by rounding: lines are whole, and it is less than half of one.
    fn is_rounded(&self) -> bool {
        self.bottom + self.rect.y1 - 2.0 * self.rect.center_y() <= PITCH
    }

    /// What it costs by heights that a column has a group of this level above it, and that it has none.
    fn heights(&self, column: usize, rounds: bool) -> (f32, f32) {
        let Some(top) = self.tops.get(column) else { return (0.0, 0.0) };
        let is_lower = self.is_lower(column);
        // What adds up a part of the table stands under the name of that part.
        let is_part_total = || self.head.name_of(column).is_some_and(is_subtotal);
        let is_number = || self.head.name_of(column).is_some_and(holds_counts);
        match top {
            Top::Name { .. } if is_lower && is_part_total() => (0.0, UNCOVERED),
            // Two sides share the whole table, whatever stands higher in them.
            Top::Name { .. } if is_lower && self.has_sides && !is_number() => (0.0, self.uncovered),
            // Above other groups names stand at all heights: in the middle of all that is below the group over them, or of
            // the whole header.
            Top::Name { middle, .. } if is_lower && self.is_highest => {
                let nearer = if rounds && self.is_rounded() { 0.0 } else { self.nearer(*middle) };
                (COVERED_UPPER * (-nearer).clamp(0.0, 1.0), UNCOVERED_UPPER * nearer.clamp(0.0, 1.0))
            }
            Top::Name { middle, .. } if is_lower && self.is_whole(*middle) => (WHOLE, 0.0),
            Top::Name { middle, .. } if *middle < self.lowest - MUCH_HIGHER * PITCH => (COVERED_HIGH, 0.0),
            Top::Name { middle, .. } if *middle < self.lowest - HIGHER * PITCH => (COVERED, 0.0),
            Top::Name { .. } if is_lower && self.is_near(column) => (0.0, self.uncovered),
            // Of groups at different heights the lower ones stand under another.
            Top::Group { y0, .. } if *y0 < self.deepest - HIGHER * PITCH => (COVERED, 0.0),
            Top::Group { .. } if self.shallowest < self.deepest - HIGHER * PITCH && self.is_near(column) => {
                (0.0, self.uncovered)
            }
            _ => (0.0, 0.0),
        }
    }

    /// What it costs that a column under a group holds what its name does not say.
    fn strange(&self, id: usize, column: usize) -> f32 {
        let is_strange = match self.head.says(id) {
            Some(HeaderWord::Label | HeaderWord::Code) => self.head.holds(column, HeaderWord::Amount),
            Some(HeaderWord::Amount) => self.head.holds(column, HeaderWord::Label),
            _ => false,
        };
        if is_strange { STRANGE } else { 0.0 }
    }

    /// What it costs that a group ends between a name and its amounts: it never does, unless it is the names' own.
    fn torn(&self, id: usize, run: &Range<usize>) -> f32 {
        let holds = |column: usize, wanted| self.head.holds(column, wanted);
        let ends_at_name = |column: usize| holds(column, HeaderWord::Label) && holds(run.end, HeaderWord::Amount);
        let is_torn = match self.head.says(id) {
            Some(HeaderWord::Label | HeaderWord::Code) => false,
            Some(HeaderWord::Side) => ends_at_name(run.end - 1),
            _ => run.len() == 1 && ends_at_name(run.start),
        };
        if is_torn { STRANGE } else { 0.0 }
    }

    /// Whether a group may begin at a column, or end before it: groups below are never divided.
    fn parts(&self, at: usize) -> bool {
        match (at.checked_sub(1).and_then(|left| self.tops.get(left)), self.tops.get(at)) {
            (Some(Top::Group { id: left, .. }), Some(Top::Group { id: right, .. })) => left != right,
            _ => true,
        }
    }

    /// What stands right below the level, a group or the name of a column, and for each column which of these.
    fn kids(&self) -> (Vec<Option<usize>>, Vec<usize>) {
        let mut kids: Vec<Option<usize>> = Vec::new();
        let mut kid_of = Vec::with_capacity(self.tops.len());
        for (top, name) in self.tops.iter().zip(self.head.named) {
            let id = match top {
                Top::Group { id, .. } => Some(*id),
                _ => *name,
            };
            if id.is_none() || kids.last() != Some(&id) {
                kids.push(id);
            }
            kid_of.push(kids.len() - 1);
        }
        (kids, kid_of)
    }

    /// The columns of each group, so that each stands where its own say; and by how much no other reading is worse.
    pub(super) fn reading(&self) -> Option<Reading> {
        let (n_groups, n_columns) = (self.groups.len(), self.head.places.len());
        let (kids, kid_of) = self.kids();
        let ids = self.groups.iter().copied().map(Some).chain(kids);
        let words: Vec<&str> = ids.map(|id| id.map_or("", |id| self.head.word(id))).collect();
        let cells: Vec<Rc<HeaderCell>> = words.iter().map(|word| Rc::new(HeaderCell::of((*word).to_owned()))).collect();
        let all = Cells::of(&cells);
        let rows = Rows::of(&all, (0, n_groups), (n_groups, cells.len()));
        let meanings: Vec<Meaning> = words.iter().map(|word| Meaning::of(word)).collect();
        let (overs, kids) = meanings.split_at(n_groups);
        let ruled_out = RuledOut { overs, kids, kid_of: &kid_of, is_highest: self.above.is_empty() };
        // What the names say of each other.
        let unlike = |nth: usize, run: &Range<usize>| match (kid_of.get(run.start), kid_of.get(run.end - 1)) {
            (Some(first), Some(last)) => parent_costs(&rows, nth, (n_groups + first, n_groups + last + 1)).0 as f32,
            _ => 0.0,
        };
        let read = |words: f32, definitions: Definitions, rounds: bool| {
            least_cost::runs(n_groups, n_columns, MAX_RUN, |slot, run| {
                let Some((nth, id)) = slot.and_then(|nth| Some((nth, *self.groups.get(nth)?))) else {
                    let own = |column: usize| ruled_out.bare(definitions, column, self.is_lower(column));
                    let bare = |column: usize| self.heights(column, rounds).1 + own(column);
                    return if run.len() == 1 { bare(run.start) } else { f32::INFINITY };
                };
                let may_be = run.clone().all(|column| self.is_lower(column));
                if run.is_empty() || !may_be || !self.parts(run.start) || !self.parts(run.end) {
                    return f32::INFINITY;
                }
                let own = self.head.set.over(self.head.places.get(run.clone()).unwrap_or_default());
                let Some((own, text)) = own.zip(self.head.texts.get(id)) else { return f32::INFINITY };
                let cost = |column: usize| self.heights(column, rounds).0 + self.strange(id, column);
                let covered: f32 = run.clone().map(cost).sum();
                let off = (own - self.head.set.of(text.rect)).abs();
                let said = words * unlike(nth, &run) + ruled_out.within(definitions, nth, run.clone());
                covered + off + self.torn(id, &run) + said
            })
        };
        let mut best = read(WORDS, Definitions::Own, false)?;
        // Words choose, and leave no doubt only where places bear them out; what definitions rule out is no rival of either.
        let by_places = read(0.0, Definitions::None, false)?;
        let (by_words, by_all_places) = (read(WORDS, Definitions::All, false)?, read(0.0, Definitions::All, false)?);
        let by_rounded = if self.is_rounded() { Some(read(WORDS, Definitions::All, true)?) } else { None };
        let slots = |reading: &Reading| slot_of_each(reading, n_columns);
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
}

/// The group of each column, if it has one.
fn slot_of_each(reading: &Reading, n_columns: usize) -> Vec<Option<usize>> {
    let mut slots = vec![None; n_columns];
    for (slot, run) in reading.slots() {
        slots.get_mut(run).unwrap_or_default().fill(Some(slot));
    }
    slots
}
