//! The values of one column that wait for their row group.

use std::collections::HashMap;

use parquet::column::writer::{ColumnWriter, ColumnWriterImpl};
use parquet::data_type::{ByteArray, DataType, FixedLenByteArray};
use parquet::errors::{ParquetError, Result as ParquetResult};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::emit::flat::schema::{Column, ColumnType, unscaled};
use crate::error::Error;

/// A decimal128.
pub(super) const DECIMAL_BYTES: usize = 16;

/// Values of a column with their definition levels, and for lists the repetition levels.
pub(super) struct Buffer {
    values: Values,
    /// 1 where there is a value; empty for columns that always have one.
    defined: Vec<i16>,
    /// 0 where a list begins; empty for columns that are no list.
    repeated: Vec<i16>,
    is_list: bool,
    required: bool,
}

enum Values {
    Texts(Distinct),
    Integers(Vec<i64>),
    Numbers(Vec<f64>),
    Flags(Vec<bool>),
    /// Unscaled, with the column's scale.
    Decimals(Vec<i128>, u8),
}

impl Buffer {
    pub(super) fn new(column: &Column) -> Self {
        let values = match column.kind {
            ColumnType::Text | ColumnType::Object | ColumnType::Texts => Values::Texts(Distinct::default()),
            ColumnType::Integer | ColumnType::Integers => Values::Integers(Vec::new()),
            ColumnType::Number => Values::Numbers(Vec::new()),
            ColumnType::Flag => Values::Flags(Vec::new()),
            ColumnType::Decimal { scale, .. } => Values::Decimals(Vec::new(), scale),
        };
        let is_list = matches!(column.kind, ColumnType::Integers | ColumnType::Texts);
        Self { values, defined: Vec::new(), repeated: Vec::new(), is_list, required: column.required }
    }

    /// How many bytes its texts take.
    pub(super) fn n_bytes(&self) -> usize {
        match &self.values {
            Values::Texts(texts) => texts.n_bytes,
            _ => 0,
        }
    }

    /// Takes the field of one record.
    ///
    /// # Errors
    /// Where it is not of the column's type.
    pub(super) fn push(&mut self, column: &Column, value: Option<&Value>) -> Result<(), Error> {
        let wrong = || Error::Internal(format!("{} is no {:?}: {value:?}", column.name, column.kind));
        if self.is_list {
            let elements = value.and_then(Value::as_array).ok_or_else(wrong)?;
            for (i, element) in elements.iter().enumerate() {
                self.repeated.push(i16::from(i > 0));
                self.defined.push(1);
                self.values.push(element).ok_or_else(wrong)?;
            }
            if elements.is_empty() {
                self.repeated.push(0);
                self.defined.push(0);
            }
            return Ok(());
        }
        let value = value.filter(|value| !value.is_null());
        if !self.required {
            self.defined.push(i16::from(value.is_some()));
        }
        match value {
            Some(value) => self.values.push(value).ok_or_else(wrong),
            None if self.required => Err(wrong()),
            None => Ok(()),
        }
    }

    /// Writes what waits into a row group, and forgets it.
    pub(super) fn write(&mut self, out: &mut ColumnWriter<'_>) -> ParquetResult<()> {
        let defined = (self.is_list || !self.required).then_some(self.defined.as_slice());
        let levels = (defined, self.is_list.then_some(self.repeated.as_slice()));
        match (&mut self.values, out) {
            (Values::Integers(values), ColumnWriter::Int64ColumnWriter(out)) => batch(out, values, levels)?,
            (Values::Numbers(values), ColumnWriter::DoubleColumnWriter(out)) => batch(out, values, levels)?,
            (Values::Flags(values), ColumnWriter::BoolColumnWriter(out)) => batch(out, values, levels)?,
            (Values::Texts(texts), ColumnWriter::ByteArrayColumnWriter(out)) => {
                batch(out, &mut texts.take(), levels)?;
            }
            (Values::Decimals(values, _), ColumnWriter::FixedLenByteArrayColumnWriter(out)) => {
                // Parquet wants big-endian two's complement.
                let bytes = values.drain(..).map(|value| FixedLenByteArray::from(value.to_be_bytes().to_vec()));
                batch(out, &mut bytes.collect(), levels)?;
            }
            _ => return Err(ParquetError::General("a column of another type".to_owned())),
        }
        self.defined.clear();
        self.repeated.clear();
        Ok(())
    }
}

/// Definition and repetition levels.
type Levels<'a> = (Option<&'a [i16]>, Option<&'a [i16]>);

fn batch<T: DataType>(
    out: &mut ColumnWriterImpl<'_, T>,
    values: &mut Vec<T::T>,
    (defined, repeated): Levels<'_>,
) -> ParquetResult<()> {
    out.write_batch(values, defined, repeated)?;
    values.clear();
    Ok(())
}

impl Values {
    /// Takes one value; nothing where it is of another type.
    fn push(&mut self, value: &Value) -> Option<()> {
        match self {
            Self::Texts(texts) => texts.push(value.as_str()?),
            Self::Integers(values) => values.push(value.as_i64()?),
            Self::Numbers(values) => values.push(value.as_f64()?),
            Self::Flags(values) => values.push(value.as_bool()?),
            Self::Decimals(values, scale) => {
                // What has more places than the column is not rounded in silence.
                values.push(unscaled(Decimal::from_str_exact(value.as_str()?).ok()?, *scale)?);
            }
        }
        Some(())
    }
}

/// Texts of which most repeat: each kept once, with its number for every value.
#[derive(Default)]
struct Distinct {
    texts: Vec<ByteArray>,
    numbers: HashMap<String, usize>,
    values: Vec<usize>,
    n_bytes: usize,
}

impl Distinct {
    fn push(&mut self, text: &str) {
        let number = match self.numbers.get(text) {
            Some(number) => *number,
            None => {
                let number = self.texts.len();
                self.texts.push(ByteArray::from(text));
                self.numbers.insert(text.to_owned(), number);
                self.n_bytes += text.len();
                number
            }
        };
        self.values.push(number);
    }

    /// The values in their order; nothing waits any more.
    fn take(&mut self) -> Vec<ByteArray> {
        let Self { texts, values, .. } = std::mem::take(self);
        values.iter().filter_map(|number| texts.get(*number).cloned()).collect()
    }
}
