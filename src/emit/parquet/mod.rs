//! The Parquet export: a file a resource, amounts as decimal128, lists as lists.

mod column;

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::emit::flat::Resource;
use crate::emit::flat::schema::{Column, ColumnType};
use crate::emit::sink::{Content, Remarks, Sink, record};
use crate::emit::wire::SCHEMA_VERSION;
use crate::error::Error;
use column::Buffer;

/// Rows of a row group at most: what engines read at once, and little enough to keep in memory.
const MAX_GROUP_ROWS: usize = 1 << 16;

/// Bytes of distinct texts that a row group may hold before it is written: far below the 128 MiB that it may have.
const MAX_GROUP_BYTES: usize = 8 << 20;

/// An export that is being written.
pub(super) struct Parquet {
    content: Content,
    tables: Vec<Table>,
}

struct Table {
    resource: Resource,
    out: SerializedFileWriter<File>,
    columns: Vec<Buffer>,
    n_rows: usize,
}

impl Parquet {
    /// Every file without rows.
    pub(super) fn new(folder: &Path, content: Content) -> Result<Self, Error> {
        let level = ZstdLevel::try_new(ZSTD_LEVEL).map_err(error)?;
        let tables = content.resources().iter().map(|resource| {
            let about = |key: &str, value: &str| KeyValue::new(key.to_owned(), value.to_owned());
            let properties = WriterProperties::builder()
                .set_compression(Compression::ZSTD(level))
                .set_created_by(concat!("mingzhang ", env!("CARGO_PKG_VERSION")).to_owned())
                .set_key_value_metadata(Some(vec![
                    about("mingzhang.version", env!("CARGO_PKG_VERSION")),
                    about("mingzhang.schema_version", SCHEMA_VERSION),
                    about("mingzhang.resource", resource.name()),
                ]))
                .build();
            let schema = Arc::new(parse_message_type(&message(*resource)).map_err(error)?);
            let file = File::create(folder.join(format!("{}.parquet", resource.name())))?;
            Ok(Table {
                resource: *resource,
                out: SerializedFileWriter::new(file, schema, Arc::new(properties)).map_err(error)?,
                columns: resource.columns().iter().map(Buffer::new).collect(),
                n_rows: 0,
            })
        });
        Ok(Self { content, tables: tables.collect::<Result<_, Error>>()? })
    }
}

/// The level from which on higher ones gain little.
const ZSTD_LEVEL: i32 = 3;

impl Sink for Parquet {
    fn report(&mut self, records: &str) -> Result<(), Error> {
        for line in records.lines() {
            let (resource, fields) = record(line, self.content)?;
            let Some(table) = self.tables.iter_mut().find(|table| table.resource == resource) else { continue };
            for (column, buffer) in resource.columns().iter().zip(&mut table.columns) {
                buffer.push(column, fields.get(column.name))?;
            }
            table.n_rows += 1;
            let n_bytes: usize = table.columns.iter().map(Buffer::n_bytes).sum();
            if table.n_rows >= MAX_GROUP_ROWS || n_bytes >= MAX_GROUP_BYTES {
                table.write_group()?;
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Remarks, Error> {
        for mut table in self.tables {
            table.write_group()?;
            table.out.finish().map_err(error)?;
            table.out.inner().sync_all()?;
        }
        Ok(Remarks::new())
    }
}

impl Table {
    /// Writes the rows that are waiting as one row group.
    fn write_group(&mut self) -> Result<(), Error> {
        if self.n_rows == 0 {
            return Ok(());
        }
        let mut group = self.out.next_row_group().map_err(error)?;
        for buffer in &mut self.columns {
            let Some(mut writer) = group.next_column().map_err(error)? else { break };
            buffer.write(writer.untyped()).map_err(error)?;
            writer.close().map_err(error)?;
        }
        group.close().map_err(error)?;
        self.n_rows = 0;
        Ok(())
    }
}

fn error(error: ParquetError) -> Error {
    match error {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(cause) => Error::Io(*cause),
            Err(cause) => Error::Io(io::Error::other(cause)),
        },
        error => Error::Io(io::Error::other(error)),
    }
}

/// The file's schema in Parquet's own notation.
fn message(resource: Resource) -> String {
    let columns: Vec<_> = resource.columns().iter().map(field).collect();
    format!("message {} {{\n{}}}", resource.name(), columns.concat())
}

fn field(column: &Column) -> String {
    let (name, needed) = (column.name, if column.required { "required" } else { "optional" });
    match column.kind {
        ColumnType::Text | ColumnType::Object => format!("{needed} byte_array {name} (utf8);\n"),
        ColumnType::Integer => format!("{needed} int64 {name};\n"),
        ColumnType::Number => format!("{needed} double {name};\n"),
        ColumnType::Flag => format!("{needed} boolean {name};\n"),
        ColumnType::Decimal { precision, scale } => {
            format!(
                "{needed} fixed_len_byte_array ({}) {name} (decimal ({precision}, {scale}));\n",
                column::DECIMAL_BYTES
            )
        }
        ColumnType::Integers => list(name, "int64 element"),
        ColumnType::Texts => list(name, "byte_array element (utf8)"),
    }
}

/// A list that is always there, perhaps empty.
fn list(name: &str, element: &str) -> String {
    format!("required group {name} (list) {{ repeated group list {{ required {element}; }} }}\n")
}
