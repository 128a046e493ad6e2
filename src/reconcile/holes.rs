//! Statements with a page that could not be read, or whose rows were not all read: sums over rows accuse nobody.

use crate::interpret::{Disclosure, Statement};
use crate::note::NoteKind;
use crate::read::MediaType;
use crate::reconcile::{Check, Rule, Trust, absolve};

/// Takes back what sums over rows say against statements with missing pages: the failed checks, and their blame.
pub(super) fn excuse(disclosure: &Disclosure, checks: &mut Vec<Check>, trust: &mut [Vec<Vec<Option<Trust>>>]) {
    // What tells the end of a table may be lost in a dump and in a picture.
    let is_loose = disclosure.source.media_type == MediaType::Text || !disclosure.pages_read_by_models().is_empty();
    let n_titled = disclosure.statements.iter().filter(|statement| statement.title.is_some()).count();
    // A page whose table has no title, where others have one, goes on with the table before it.
    let tells_parts = is_loose || n_titled * 2 > disclosure.statements.len();
    for (at, statement) in disclosure.statements.iter().enumerate() {
        let hole = match hole(disclosure, statement) {
            Hole::None if tells_parts && is_part(&disclosure.statements, at, is_loose) => Hole::Beside,
            hole => hole,
        };
        if hole == Hole::None {
            continue;
        }
        let n_before = checks.len();
        checks.retain(|check| {
            let is_of_rows =
                matches!(check.rule, Rule::RowSum | Rule::MissingRow) && check.participants.contains(&statement.id);
            // Rows that stand on a page beyond add to the parts only.
            let is_explained = hole == Hole::Within || check.left.abs() > check.right.abs();
            check.holds || !is_of_rows || !is_explained
        });
        if checks.len() < n_before {
            absolve(disclosure, checks, trust, |id| *id == statement.id);
        }
    }
}

/// Whether a statement stands on the page before, or after, another that has no title, or in a dump or a scan the same one:
/// the two may be one that was not joined.
fn is_part(statements: &[Statement], at: usize, is_loose: bool) -> bool {
    let goes_on = |above: Option<&Statement>, below: Option<&Statement>| {
        let (Some(above), Some(below)) = (above, below) else { return false };
        let next_page = above.pages.last().zip(below.pages.first()).is_some_and(|(last, first)| last + 1 == *first);
        next_page && (below.title.is_none() || (is_loose && below.title == above.title))
    };
    let own = statements.get(at);
    goes_on(at.checked_sub(1).and_then(|above| statements.get(above)), own) || goes_on(own, statements.get(at + 1))
}

/// Where a statement may lack rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hole {
    /// It is whole.
    None,
    /// On a page before its first or after its last one, of which nothing could be read.
    Beside,
    /// On its own pages.
    Within,
}

fn hole(disclosure: &Disclosure, statement: &Statement) -> Hole {
    let (Some(first), Some(last)) = (statement.pages.first(), statement.pages.last()) else { return Hole::None };
    let pages = |kinds: &'static [NoteKind]| {
        let notes = disclosure.notes.iter().filter(|note| kinds.contains(&note.kind));
        notes.filter_map(|note| note.provenance.map(|p| p.page))
    };
    let lost = || pages(&[NoteKind::NoTextLayer, NoteKind::LimitReached, NoteKind::DamagedPage, NoteKind::TableUnread]);
    let within = |page: u32| (*first..=*last).contains(&page);
    // Characters without Unicode hide no row where they stand in none.
    let mut texts = statement.records.iter().flat_map(|record| record.values.iter().flatten()).map(|value| &value.text);
    if lost().any(within)
        || pages(&[NoteKind::NoUnicode]).any(within) && texts.any(|text| text.contains(char::REPLACEMENT_CHARACTER))
    {
        Hole::Within
    } else if lost().any(|page| page + 1 == *first || page == last + 1) {
        Hole::Beside
    } else {
        Hole::None
    }
}
