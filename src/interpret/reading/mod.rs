//! The sides of every statement, read once: what names their rows, which codes these have, and where their money stands.

mod borrowed;
mod units;

use super::{Disclosure, Statement};
use crate::arithmetic::code;
use crate::arithmetic::side::{self, Side};

/// The sides of every statement, from left to right; the figures of their lines are the columns that print them.
#[derive(Clone, Debug, Default)]
pub struct Sides(pub(crate) Vec<Vec<Side>>);

/// Reads the sides of every statement of a disclosure.
pub(crate) fn sides(disclosure: &Disclosure) -> Sides {
    let mut sides: Vec<Vec<Side>> = disclosure.statements.iter().map(of_statement).collect();
    borrowed::lend(&mut sides);
    for (statement, side) in
        disclosure.statements.iter().zip(&mut sides).flat_map(|(s, sides)| sides.iter_mut().map(move |side| (s, side)))
    {
        note_lent(statement, side);
    }
    units::rank(&disclosure.statements, &mut sides);
    Sides(sides)
}

fn of_statement(statement: &Statement) -> Vec<Side> {
    let prints = |row: usize, column: usize| {
        let value = statement.records.get(row)?.values.get(column)?.as_ref()?;
        (value.amount.is_some() || statement.is_unread(column, value)).then_some(column)
    };
    side::sides(&statement.columns, &statement.records, prints)
}

/// Tells the lines of a side that prints no classes which ones it was lent; codes of units are printed for what is none.
fn note_lent(statement: &Statement, side: &mut Side) {
    let codes_others = |column: &usize| statement.columns.get(*column).is_none_or(code::codes_others);
    if side.lines.iter().any(|line| !line.printed.is_empty()) || side.head.iter().any(codes_others) {
        return;
    }
    for (index, line) in side.lines.iter_mut().enumerate() {
        let codes = side.systems.iter().filter_map(|system| *system.get(index)?);
        line.lent = codes.filter(|code| code.is_class()).collect();
    }
}
