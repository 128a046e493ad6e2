//! A header whose cells come one after the other: what was found of it so far.

use super::cells::{self, Reading};
use super::search::Search;
use super::within::growing;
use super::{Expected, Header, second_lines};
use crate::segment::cost::Cost;

/// Of words that fit nothing so many readings are looked at.
const MAX_UNLIKELY: usize = 2;

/// A header whose cells come one after the other.
pub(super) struct OneByOne {
    readings: Vec<Reading>,
    /// The likeliest of those that cost less than this, but for what the rows tell.
    within: Cost,
    found: Option<(Cost, Header)>,
}

impl OneByOne {
    pub(super) fn of(lines: &[Vec<String>]) -> Self {
        let pieces = second_lines::joined(lines.to_vec());
        let pieces: Vec<Vec<&str>> = pieces.iter().map(|line| line.iter().map(String::as_str).collect()).collect();
        let readings = cells::readings(&pieces);
        let least = readings.iter().map(|reading| reading.cost).min().unwrap_or_default();
        Self { readings, within: least, found: None }
    }

    /// The likeliest tree of those that cost less than `limit`, always for the same rows.
    pub(super) fn likeliest(&mut self, expected: &[Expected], limit: Cost) -> Option<(Cost, Header)> {
        let doubt = expected.iter().map(|wanted| wanted.doubt).min().unwrap_or_default();
        let readings = &self.readings;
        self.found = growing(&mut self.within, self.found.take(), (limit.saturating_sub(doubt), doubt), |within| {
            Search::through(readings, expected, within.saturating_add(doubt))
        });
        self.found.clone()
    }

    /// The one that fits least badly, whatever it costs, of the likeliest readings of the words.
    pub(super) fn unlikely(&self, expected: &[Expected]) -> Option<Header> {
        let readings = self.readings.get(..MAX_UNLIKELY).unwrap_or(&self.readings);
        Search::through(readings, expected, Cost::MAX).map(|(_, header)| header)
    }
}
