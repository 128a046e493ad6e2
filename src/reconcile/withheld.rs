//! Rows that the source withholds and says so: sums that are short of them are told, and accuse nobody.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::interpret::{Disclosure, Statement};
use crate::note::{Note, NoteKind};
use crate::reconcile::{Check, FigureRef, Gap, Rule, Trust, absolve};
use crate::terms::statement::withholds;

/// Turns failed sums over rows that are short of their total into notes, where a note of the report says that rows are
/// withheld.
///
/// A report says so once, below the table that lists its projects, and the rows are missing from several of its tables.
pub(super) fn excuse(
    disclosure: &mut Disclosure,
    checks: &mut Vec<Check>,
    trust: &mut [Vec<Vec<Option<Trust>>>],
    names: &BTreeMap<FigureRef, String>,
) {
    let says_so = |statement: &Statement| statement.notes.iter().any(|note| withholds(note));
    if !disclosure.statements.iter().any(says_so) {
        return;
    }
    let is_without = |check: &Check| matches!(check.gap, Some(Gap::Row(_) | Gap::RowsBelow(_)));
    let is_short =
        |check: &Check| !check.holds && check.right < check.left && (check.rule == Rule::RowSum || is_without(check));
    // The table says so itself, or the same row is short of its rows in another table too.
    let row = |check: &Check| check.figures.first().and_then(|at| names.get(at)).filter(|name| !name.is_empty());
    let holders = |check: &Check| check.participants.first().cloned();
    let short: Vec<(Option<&String>, Option<String>)> =
        checks.iter().filter(|check| is_short(check)).map(|check| (row(check), holders(check))).collect();
    let is_excused = |check: &Check| {
        let own = holders(check);
        let told = disclosure.statements.iter().any(|s| says_so(s) && Some(&s.id) == own.as_ref());
        let again = || short.iter().any(|(name, other)| *name == row(check) && name.is_some() && *other != own);
        is_short(check) && (told || again())
    };
    let excused: Vec<bool> = checks.iter().map(is_excused).collect();
    let mut taken = excused.iter();
    let short: Vec<Check> = checks.extract_if(.., |_| taken.next().copied().unwrap_or(false)).collect();
    for check in short {
        absolve(disclosure, checks, trust, |id| check.participants.contains(id));
        let missing: Decimal = check.left - check.right;
        let message = format!(
            "{}: rows are withheld, as the source says; those printed are {} yuan short",
            check.place,
            missing.normalize()
        );
        let statement = disclosure.statements.iter().find(|statement| check.participants.contains(&statement.id));
        let provenance = statement.and_then(|statement| {
            let pages = statement.records.iter().map(|record| record.provenance);
            pages.into_iter().find(|place| check.pages.contains(&place.page))
        });
        disclosure.notes.push(Note { kind: NoteKind::RowsWithheld, message, provenance });
    }
}
