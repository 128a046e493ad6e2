//! The sums down the rows of a side that its outline promises.

use super::money::Micro;
use super::outline::{Outline, Source, structural};
use super::side::Side;

/// A row that sums up others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sum {
    /// Its record.
    pub(crate) total: usize,
    /// The records of its parts.
    pub(crate) parts: Vec<usize>,
    /// The columns that the sum holds in.
    pub(crate) columns: Vec<usize>,
}

/// The sums down the rows of a side by what is printed alone, each before those of its parts: codes that nest, indentation,
/// or two columns of names of which the first heads rows; and the first total, of the rows above it or, where none are, below it.
pub(crate) fn sums(side: &Side, micro: &impl Fn(usize) -> Micro) -> Vec<Sum> {
    let heads_several = |outline: &Outline| outline.children().iter().filter(|parts| !parts.is_empty()).count() > 1;
    let is_printed = |outline: &Outline| match outline.source {
        Source::Codes | Source::Indents => outline.nests(),
        Source::Filled => side.systems.is_empty() && side.head.len() == 2 && heads_several(outline),
        Source::Enumerators | Source::Units | Source::Figures => false,
    };
    let outline = structural(side, micro).into_iter().find(is_printed);
    let outline = outline.unwrap_or_else(|| Outline::flat(&side.lines));
    let record = |line: &usize| side.lines.get(*line).map(|line| line.record);
    let sum = |total: usize, parts: Vec<usize>| {
        let parts: Vec<usize> = parts.iter().filter_map(record).collect();
        let total = record(&total).filter(|_| !parts.is_empty())?;
        Some(Sum { total, parts, columns: side.amounts.clone() })
    };
    let mut sums = Vec::new();
    let mut totals = (0..side.lines.len()).filter(|line| side.lines.get(*line).is_some_and(|line| line.total));
    if let Some(total) = totals.next() {
        let (above, below): (Vec<usize>, Vec<usize>) = outline.roots().into_iter().partition(|root| *root < total);
        let next = totals.next().unwrap_or(side.lines.len());
        let below = below.into_iter().filter(|root| *root < next).collect();
        sums.extend(sum(total, if above.is_empty() { below } else { above }));
    }
    sums.extend(outline.children().into_iter().enumerate().filter_map(|(line, parts)| sum(line, parts)));
    sums
}
