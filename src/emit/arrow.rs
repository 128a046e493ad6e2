//! Flat records as Arrow: one row a document, and in it a list of records for each resource, with the types of the
//! Parquet files.

use std::io::Write;
use std::sync::Arc;

use arrow_array::builder::{Int64Builder, ListBuilder, StringBuilder};
use arrow_array::{
    Array as _, ArrayRef, BooleanArray, Decimal128Array, Float64Array, Int64Array, ListArray, RecordBatch, StringArray,
    StructArray,
};
use arrow_buffer::OffsetBuffer;
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{ArrowError, DataType, Field as ArrowField, FieldRef, Schema, SchemaRef};

use crate::emit::flat::schema::{Column, ColumnType, unscaled};
use crate::emit::flat::{Field, Resource, Row};
use crate::error::Error;

/// What became of a document: the columns beside its records.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The name that it came under.
    pub name: &'a str,
    /// The hash of its bytes.
    pub sha256: &'a str,
    /// `published` or `failed`.
    pub status: &'a str,
    /// Why it failed: a stable code, and a sentence.
    pub trouble: Option<(&'a str, &'a str)>,
}

/// The columns of documents: `name, sha256, status, code, message`, then one a resource.
pub fn schema() -> SchemaRef {
    let text = |name: &str, nullable| Arc::new(ArrowField::new(name, DataType::Utf8, nullable));
    let told = [("name", false), ("sha256", false), ("status", false), ("code", true), ("message", true)];
    let told = told.map(|(name, nullable)| text(name, nullable));
    let resources = Resource::extracted().map(|resource| {
        let columns = resource.columns().iter().map(field).collect();
        Arc::new(list(resource.name(), DataType::Struct(columns)))
    });
    Arc::new(Schema::new(told.into_iter().chain(resources).collect::<Vec<FieldRef>>()))
}

/// The one row of a document with all its records; none where it failed.
///
/// # Errors
/// Where a record is not as its resource says: a defect of this crate.
pub fn document(told: Told<'_>, rows: Vec<Row>) -> Result<RecordBatch, Error> {
    let (code, message) = told.trouble.unzip();
    let told = [Some(told.name), Some(told.sha256), Some(told.status), code, message];
    let mut arrays: Vec<ArrayRef> =
        told.into_iter().map(|text| Arc::new(StringArray::from(vec![text])) as ArrayRef).collect();
    let records = |resource: Resource| Records { resource, n: 0, columns: vec![Vec::new(); resource.columns().len()] };
    let mut by_resource: Vec<Records> = Resource::extracted().map(records).collect();
    for row in rows {
        let Some(records) = by_resource.iter_mut().find(|records| records.resource == row.resource) else { continue };
        for (column, (_, field)) in records.columns.iter_mut().zip(row.fields) {
            column.push(field);
        }
        records.n += 1;
    }
    for records in by_resource {
        arrays.push(Arc::new(records.list()?));
    }
    RecordBatch::try_new(schema(), arrays).map_err(defect)
}

/// Writes rows of documents as a stream of Arrow IPC.
///
/// # Errors
/// Where the writer fails.
pub fn write(batch: &RecordBatch, out: &mut impl Write) -> Result<(), Error> {
    let written = StreamWriter::try_new(out, batch.schema_ref()).and_then(|mut writer| {
        writer.write(batch)?;
        writer.finish()
    });
    written.map_err(defect)
}

/// Rows that [`write()`] wrote.
///
/// # Errors
/// Where the bytes are none, or have other columns.
pub fn read(bytes: &[u8]) -> Result<RecordBatch, Error> {
    let batches =
        StreamReader::try_new(bytes, None).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(defect)?;
    together(&batches)
}

/// Rows of several batches as one.
///
/// # Errors
/// Where they have other columns than [`schema`] says.
pub fn together(batches: &[RecordBatch]) -> Result<RecordBatch, Error> {
    arrow_select::concat::concat_batches(&schema(), batches).map_err(defect)
}

/// The records of one resource, column by column.
struct Records {
    resource: Resource,
    n: usize,
    columns: Vec<Vec<Field>>,
}

impl Records {
    /// A list of all of them, as one value.
    fn list(self) -> Result<ListArray, Error> {
        let columns = self.resource.columns();
        let fields: Vec<_> = columns.iter().map(field).collect();
        let arrays = columns.iter().zip(self.columns).map(|(column, fields)| array(column, &fields));
        let arrays = arrays.collect::<Result<Vec<_>, Error>>()?;
        let records = StructArray::try_new_with_length(fields.into(), arrays, None, self.n).map_err(defect)?;
        let element = element(records.data_type().clone());
        ListArray::try_new(element, OffsetBuffer::from_lengths([self.n]), Arc::new(records), None).map_err(defect)
    }
}

/// The values of one column.
fn array(column: &Column, fields: &[Field]) -> Result<ArrayRef, Error> {
    let wrong = |field: &Field| Error::Internal(format!("{} is no {:?}: {field:?}", column.name, column.kind));
    /// The values of one kind of field.
    macro_rules! values {
        ($pattern:pat => $value:expr) => {
            fields.iter().map(|field| match field {
                $pattern => Ok($value),
                other => Err(wrong(other)),
            })
        };
    }
    Ok(match column.kind {
        ColumnType::Text | ColumnType::Object => {
            Arc::new(values!(Field::Text(text) => text.as_deref()).collect::<Result<StringArray, _>>()?)
        }
        ColumnType::Integer => Arc::new(values!(Field::Integer(number) => *number).collect::<Result<Int64Array, _>>()?),
        ColumnType::Number => Arc::new(values!(Field::Points(length) => *length).collect::<Result<Float64Array, _>>()?),
        ColumnType::Flag => Arc::new(values!(Field::Flag(flag) => Some(*flag)).collect::<Result<BooleanArray, _>>()?),
        ColumnType::Decimal { precision, scale } => {
            let amounts = fields.iter().map(|field| match field {
                Field::Yuan(None) => Ok(None),
                // What has more places than the column is not rounded in silence.
                Field::Yuan(Some(yuan)) => unscaled(*yuan, scale).map(Some).ok_or_else(|| wrong(field)),
                other => Err(wrong(other)),
            });
            let amounts: Decimal128Array = amounts.collect::<Result<_, _>>()?;
            Arc::new(amounts.with_precision_and_scale(precision, scale.cast_signed()).map_err(defect)?)
        }
        ColumnType::Integers => {
            let mut lists = ListBuilder::new(Int64Builder::new()).with_field(element(DataType::Int64));
            for numbers in values!(Field::Integers(numbers) => numbers) {
                lists.append_value(numbers?.iter().map(|number| Some(i64::from(*number))));
            }
            Arc::new(lists.finish())
        }
        ColumnType::Texts => {
            let mut lists = ListBuilder::new(StringBuilder::new()).with_field(element(DataType::Utf8));
            for texts in values!(Field::Texts(texts) => texts) {
                lists.append_value(texts?.iter().map(Some));
            }
            Arc::new(lists.finish())
        }
    })
}

fn field(column: &Column) -> ArrowField {
    let kind = match column.kind {
        ColumnType::Text | ColumnType::Object => DataType::Utf8,
        ColumnType::Integer => DataType::Int64,
        ColumnType::Number => DataType::Float64,
        ColumnType::Flag => DataType::Boolean,
        ColumnType::Decimal { precision, scale } => DataType::Decimal128(precision, scale.cast_signed()),
        ColumnType::Integers => return list(column.name, DataType::Int64),
        ColumnType::Texts => return list(column.name, DataType::Utf8),
    };
    ArrowField::new(column.name, kind, !column.required)
}

/// A list that is always there, perhaps empty.
fn list(name: &str, kind: DataType) -> ArrowField {
    ArrowField::new(name, DataType::List(element(kind)), false)
}

/// What a list is of, named as Parquet names it.
fn element(kind: DataType) -> FieldRef {
    Arc::new(ArrowField::new("element", kind, false))
}

fn defect(error: ArrowError) -> Error {
    match error {
        ArrowError::IoError(_, error) => Error::Io(error),
        error => Error::Internal(error.to_string()),
    }
}
