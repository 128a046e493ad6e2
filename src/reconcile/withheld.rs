//! Rows that the source withholds and says so: sums that are short of them are told, and accuse nobody.

use rust_decimal::Decimal;

use crate::interpret::{Disclosure, Statement};
use crate::note::{Note, NoteKind};
use crate::reconcile::{Check, Trust};
use crate::terms::statement::withholds;

/// The check that adds rows up.
const ROW_SUM: &str = "row-sum";

/// Turns failed sums over rows that are short of their total into notes, where a note of the report says that rows are
/// withheld.
///
/// A report says so once, below the table that lists its projects, and the rows are missing from all its tables.
pub(super) fn excuse(disclosure: &mut Disclosure, checks: &mut Vec<Check>, trust: &mut [Vec<Vec<Option<Trust>>>]) {
    let says_so = |statement: &Statement| statement.notes.iter().any(|note| withholds(note));
    if !disclosure.statements.iter().any(says_so) {
        return;
    }
    let is_short = |check: &Check| !check.holds && check.rule == ROW_SUM && check.right < check.left;
    let short: Vec<Check> = checks.iter().filter(|check| is_short(check)).cloned().collect();
    checks.retain(|check| !is_short(check));
    for check in short {
        let accused = |checks: &[Check], id: &String| checks.iter().any(|c| !c.holds && c.participants.contains(id));
        for (statement, trust) in disclosure.statements.iter().zip(&mut *trust) {
            if check.participants.contains(&statement.id) && !accused(checks, &statement.id) {
                for trust in trust.iter_mut().flatten().filter(|trust| **trust == Some(Trust::Contradicted)) {
                    *trust = Some(Trust::Unchecked);
                }
            }
        }
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
