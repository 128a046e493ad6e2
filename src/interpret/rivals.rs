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
    each_amount(statements, |statement, record, column, value, notation| {
        let Some(piece) = piece_of(value, pieces) else { return };
        let mut amounts: Vec<Decimal> = value.amount.into_iter().collect();
        for rival in &piece.rivals {
            let text = bare(&rival.text);
            let Some(amount) = notation.parse(&text).filter(|amount| !amounts.contains(amount)) else { continue };
            amounts.push(amount);
            out.push(AmountRival { statement, record, column, text, amount, is_second: false });
        }
    });
    out
}

/// Adds what was read a second time of amounts, where it is another amount than all that was read before.
pub fn add_second(disclosure: &mut Disclosure, pieces: &BTreeMap<u32, Vec<Piece>>) {
    let mut rivals = std::mem::take(&mut disclosure.rivals);
    each_amount(&disclosure.statements, |statement, record, column, value, notation| {
        let of_page = pieces.get(&value.provenance.page).map_or(&[][..], Vec::as_slice);
        let Some(rect) = value.provenance.rect else { return };
        let mut inside = of_page.iter().filter(|piece| rect.contains_middle(&piece.rect));
        let (Some(piece), None) = (inside.next(), inside.next()) else { return };
        let is_here =
            |rival: &AmountRival| (rival.statement, rival.record, rival.column) == (statement, record, column);
        let known = rivals.iter().filter(|rival| is_here(rival)).map(|rival| rival.amount);
        let mut amounts: Vec<Decimal> = known.chain(value.amount).collect();
        for text in std::iter::once(&piece.text).chain(piece.rivals.iter().map(|rival| &rival.text)) {
            let text = bare(text);
            let Some(amount) = notation.parse(&text).filter(|amount| !amounts.contains(amount)) else { continue };
            amounts.push(amount);
            rivals.push(AmountRival { statement, record, column, text, amount, is_second: true });
        }
    });
    disclosure.rivals = rivals;
}

/// Calls for each value of columns of amounts: statement, record, column, the value and how the column writes amounts.
fn each_amount(statements: &[Statement], mut call: impl FnMut(usize, usize, usize, &Value, &Notation)) {
    for (statement, printed) in statements.iter().enumerate() {
        for (column, _) in printed.columns.iter().enumerate().filter(|(_, c)| c.role == ColumnRole::Amount) {
            let texts = printed.records.iter().filter_map(|record| record.values.get(column)?.as_ref());
            let notation = Notation::of(texts.map(|value| value.text.as_str()));
            for (record, values) in printed.records.iter().enumerate() {
                if let Some(value) = values.values.get(column).and_then(Option::as_ref) {
                    call(statement, record, column, value, &notation);
                }
            }
        }
    }
}

/// The piece of text that a value is, where it is one and nothing else.
fn piece_of<'p>(value: &Value, pieces: &'p BTreeMap<u32, Vec<Piece>>) -> Option<&'p Piece> {
    let rect = value.provenance.rect?;
    let mut inside = pieces
        .get(&value.provenance.page)?
        .iter()
        .filter(|piece| rect.contains_middle(&piece.rect) && bare(&piece.text) == value.text);
    inside.next().filter(|_| inside.next().is_none())
}
