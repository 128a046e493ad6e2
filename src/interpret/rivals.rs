//! What models read of an amount as well as what was taken: the sums of the report may choose among their readings.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{ColumnRole, Disclosure, Statement, Value};
use crate::arithmetic::amount::Notation;
use crate::read::Piece;
use crate::segment::header::bare;

/// Another reading of one amount.
#[derive(Clone, Debug, PartialEq)]
pub struct AmountRival {
    /// Index of the statement.
    pub statement: usize,
    /// Index of the record.
    pub record: usize,
    /// Index of the column.
    pub column: usize,
    /// The text by it.
    pub text: String,
    /// The amount by it.
    pub amount: Decimal,
    /// The picture was read a second time for it.
    pub is_second: bool,
}

/// The other readings of all amounts, each amount's likeliest first.
pub(super) fn rivals(statements: &[Statement], pieces: &BTreeMap<u32, Vec<Piece>>) -> Vec<AmountRival> {
    let mut out = Vec::new();
    if pieces.is_empty() {
        return out;
    }
    each_amount(statements, |place, value, notation| {
        let Some(piece) = lone_piece(value, pieces, |piece| bare(&piece.text) == value.text) else { return };
        add(&mut out, place, value, notation, piece.rivals.iter().map(|rival| &rival.text), false);
    });
    out
}

/// Adds what was read a second time of amounts, where it is another amount than all that was read before.
pub fn add_second(disclosure: &mut Disclosure, pieces: &BTreeMap<u32, Vec<Piece>>) {
    let rivals = &mut disclosure.rivals;
    each_amount(&disclosure.statements, |place, value, notation| {
        let Some(piece) = lone_piece(value, pieces, |_| true) else { return };
        let texts = std::iter::once(&piece.text).chain(piece.rivals.iter().map(|rival| &rival.text));
        add(rivals, place, value, notation, texts, true);
    });
}

/// Statement, record and column of an amount.
type At = (usize, usize, usize);

/// Adds other readings of the amount at a place, each amount once and not the one that was taken.
fn add<'t>(
    rivals: &mut Vec<AmountRival>,
    (statement, record, column): At,
    value: &Value,
    notation: &Notation,
    texts: impl Iterator<Item = &'t String>,
    is_second: bool,
) {
    let is_here = |rival: &&AmountRival| (rival.statement, rival.record, rival.column) == (statement, record, column);
    let known = rivals.iter().filter(is_here).map(|rival| rival.amount);
    let mut amounts: Vec<Decimal> = known.chain(value.amount).collect();
    for text in texts {
        let text = bare(text);
        let Some(amount) = notation.parse(&text).filter(|amount| !amounts.contains(amount)) else { continue };
        amounts.push(amount);
        rivals.push(AmountRival { statement, record, column, text, amount, is_second });
    }
}

/// Calls for each value of columns of amounts: its place, itself and how the column writes amounts.
fn each_amount(statements: &[Statement], mut call: impl FnMut(At, &Value, &Notation)) {
    for (statement, printed) in statements.iter().enumerate() {
        for (column, _) in printed.columns.iter().enumerate().filter(|(_, c)| c.role == ColumnRole::Amount) {
            let texts = printed.records.iter().filter_map(|record| record.values.get(column)?.as_ref());
            let notation = Notation::of(texts.map(|value| value.text.as_str()));
            for (record, values) in printed.records.iter().enumerate() {
                if let Some(value) = values.values.get(column).and_then(Option::as_ref) {
                    call((statement, record, column), value, &notation);
                }
            }
        }
    }
}

/// The piece of text that stands where a value does, if one alone is wanted of those that do.
fn lone_piece<'p>(
    value: &Value,
    pieces: &'p BTreeMap<u32, Vec<Piece>>,
    is_wanted: impl Fn(&Piece) -> bool,
) -> Option<&'p Piece> {
    let rect = value.provenance.rect?;
    let of_page = pieces.get(&value.provenance.page)?;
    let mut inside = of_page.iter().filter(|piece| rect.contains_middle(&piece.rect) && is_wanted(piece));
    inside.next().filter(|_| inside.next().is_none())
}
