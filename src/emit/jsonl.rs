//! A report becomes flat records as JSON Lines, each with a `record` field that names its resource.

use std::io::Write;

use rust_decimal::Decimal;
use serde_json::{Map, Number, Value};

use crate::emit::Publication;
use crate::emit::flat::{Field, Row};
use crate::error::Error;

/// Decimals of yuan: a fen is the smallest that is ever paid.
const YUAN_DECIMALS: u32 = 2;

/// Writes every record of a report, one a line.
///
/// # Errors
/// Where the writer fails.
pub fn write(publication: &Publication, out: &mut impl Write) -> Result<(), Error> {
    for row in publication.rows() {
        write_row(row, out)?;
    }
    Ok(())
}

/// Writes one record and the end of its line.
///
/// # Errors
/// Where the writer fails.
pub(crate) fn write_row(row: Row, out: &mut impl Write) -> Result<(), Error> {
    let mut object = Map::new();
    object.insert("record".to_owned(), row.resource.name().into());
    for (name, field) in row.fields {
        object.insert(name.to_owned(), value(field));
    }
    serde_json::to_writer(&mut *out, &object).map_err(std::io::Error::from)?;
    Ok(out.write_all(b"\n")?)
}

fn value(field: Field) -> Value {
    match field {
        Field::Text(text) => text.map_or(Value::Null, Value::String),
        Field::Integer(number) => number.map_or(Value::Null, Value::from),
        // A string, because readers of JSON make floats of numbers.
        Field::Yuan(amount) => amount.map_or(Value::Null, |amount| Value::String(yuan(amount))),
        Field::Points(length) => length.and_then(Number::from_f64).map_or(Value::Null, Value::Number),
        Field::Flag(flag) => Value::Bool(flag),
        Field::Integers(numbers) => numbers.into(),
        Field::Texts(texts) => texts.into(),
    }
}

/// Yuan with two decimals, or with those that it takes to be exact.
fn yuan(amount: Decimal) -> String {
    let mut amount = amount.normalize();
    if amount.scale() < YUAN_DECIMALS {
        amount.rescale(YUAN_DECIMALS);
    }
    if amount.is_zero() { amount.abs() } else { amount }.to_string()
}
