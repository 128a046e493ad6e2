//! What definitions say against groups of a header, whatever the places are.

use std::ops::Range;

use crate::terms::within::Meaning;

/// A group that is worse by less than this may as well be the one over a column where names of columns stand off their texts:
/// a line of Chinese text is twice as wide as the places it takes.
pub(super) const MARGIN_ADRIFT: f32 = 16.0;

/// What definitions rule out is never a near rival, also where names stand off their texts.
const RULED_OUT: f32 = 1.5 * MARGIN_ADRIFT;

/// Which definitions a reading of groups is held to.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Definitions {
    None,
    /// What each group and each column means on its own.
    Own,
    /// The same, and what is never parted. Where names are torn that may draw what is well read along with what is not.
    All,
}

/// What definitions rule out of the groups of a level: it costs as often as a reading has it.
pub(super) struct RuledOut<'a> {
    /// What the groups mean, and what stands right below them.
    pub(super) overs: &'a [Meaning],
    pub(super) kids: &'a [Meaning],
    /// For each column what stands on top of it.
    pub(super) kid_of: &'a [usize],
    pub(super) is_highest: bool,
}

impl RuledOut<'_> {
    fn kid(&self, column: usize) -> Option<&Meaning> {
        self.kid_of.get(column).and_then(|kid| self.kids.get(*kid))
    }

    /// That a group stands over a run of columns: over what is never within it, over what is of another group alone, over a
    /// sum amid its parts, or over one of two that are never parted.
    pub(super) fn within(&self, definitions: Definitions, nth: usize, run: Range<usize>) -> f32 {
        let Some(over) = self.overs.get(nth).filter(|_| definitions != Definitions::None) else { return 0.0 };
        let is_of_other =
            |kid: &Meaning| !kid.is_only_within(over) && self.overs.iter().any(|other| kid.is_only_within(other));
        let kids: Vec<&Meaning> = self.kids_of(run.clone()).collect();
        let n_strange = kids.iter().filter(|kid| kid.is_never_within(over) || is_of_other(kid)).count();
        let parts = kids.get(kids.iter().take_while(|kid| kid.is_name()).count()..).unwrap_or_default();
        let n_amid = parts.iter().skip(1).rev().skip(1).filter(|kid| kid.is_total()).count();
        let n_sums = parts.windows(2).filter(|pair| pair.iter().all(|kid| kid.is_total())).count();
        let is_parted = |right: usize| {
            let left = right.checked_sub(1).and_then(|left| self.kid(left));
            left.zip(self.kid(right)).is_some_and(|(left, right)| left.is_never_without(right))
        };
        let ends = [run.start, run.end].into_iter().filter(|_| definitions == Definitions::All);
        let n_parted = ends.filter(|at| is_parted(*at)).count();
        RULED_OUT * (n_strange + n_amid + n_sums + n_parted) as f32
    }

    /// What stands right below a group over a run of columns, from left to right.
    fn kids_of(&self, run: Range<usize>) -> impl Iterator<Item = &Meaning> {
        let own = self.kid_of.get(run).unwrap_or_default();
        own.chunk_by(|a, b| a == b).filter_map(|kid| self.kids.get(*kid.first()?))
    }

    /// That no group stands over a column: over a part of one of them, or over 小计, where no group stands higher.
    pub(super) fn bare(&self, definitions: Definitions, column: usize, is_lower: bool) -> f32 {
        let is_held = is_lower && definitions != Definitions::None;
        let Some(kid) = self.kid(column).filter(|_| is_held) else { return 0.0 };
        let is_part = self.overs.iter().any(|over| kid.is_within(over)) || (self.is_highest && kid.is_subtotal());
        if is_part { RULED_OUT } else { 0.0 }
    }
}
