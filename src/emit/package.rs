//! The CSV data package: a CSV file a resource, and `datapackage.json` with their types, keys and hashes.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use crate::emit::flat::Resource;
use crate::emit::flat::schema::{Column, ColumnType};
use crate::emit::sink::{Content, Remarks, Sink, record};
use crate::emit::wire::SCHEMA_VERSION;
use crate::error::Error;
use crate::hex::hex;

/// The description that tools open.
const DESCRIPTION: &str = "datapackage.json";

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A package that is being written.
pub(super) struct Package {
    folder: PathBuf,
    content: Content,
    tables: Vec<Table>,
    /// What each report came from, for the description.
    sources: Vec<Value>,
}

struct Table {
    resource: Resource,
    out: csv::Writer<Hashing>,
}

impl Package {
    /// Every table with its header alone, and before it, where asked for, a byte order mark.
    pub(super) fn new(folder: &Path, bom: bool, content: Content) -> Result<Self, Error> {
        let tables = content.resources().iter().map(|resource| {
            let file = File::create(folder.join(file_name(*resource)))?;
            let mut hashing = Hashing { out: BufWriter::new(file), hash: Sha256::new(), n_bytes: 0 };
            if bom {
                hashing.write_all(BYTE_ORDER_MARK.as_bytes())?;
            }
            // RFC 4180 ends a line by CR LF.
            let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(hashing);
            out.write_record(resource.columns().iter().map(|column| column.name)).map_err(io::Error::from)?;
            Ok(Table { resource: *resource, out })
        });
        let tables = tables.collect::<Result<_, Error>>()?;
        Ok(Self { folder: folder.to_owned(), content, tables, sources: Vec::new() })
    }
}

impl Sink for Package {
    fn report(&mut self, records: &str) -> Result<(), Error> {
        for line in records.lines() {
            let (resource, fields) = record(line, self.content)?;
            if resource == Resource::Reports {
                self.sources.push(source(&fields));
            }
            let Some(table) = self.tables.iter_mut().find(|table| table.resource == resource) else { continue };
            let cells = resource.columns().iter().map(|column| cell(fields.get(column.name)));
            table.out.write_record(cells).map_err(io::Error::from)?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Remarks, Error> {
        let mut resources = Vec::with_capacity(self.tables.len());
        for table in self.tables {
            let hashing = table.out.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
            let file = hashing.out.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.sync_all()?;
            resources.push(resource(table.resource, hashing.n_bytes, &hex(&hashing.hash.finalize())));
        }
        let description = json!({
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": self.content.name(),
            "title": "Departmental budgets and final accounts (部门预算公开, 部门决算公开)",
            "description": "What mingzhang read in the sources; every amount with what the report's own arithmetic says of it",
            "mingzhang": {"version": env!("CARGO_PKG_VERSION"), "schema_version": SCHEMA_VERSION},
            "sources": self.sources,
            "resources": resources,
        });
        let mut file = File::create(self.folder.join(DESCRIPTION))?;
        serde_json::to_writer_pretty(&mut file, &description).map_err(io::Error::from)?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        Ok(Remarks::new())
    }
}

fn file_name(resource: Resource) -> String {
    format!("{}.csv", resource.name())
}

/// A field as CSV prints it: nothing for null, lists and objects as JSON.
fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// A source file for the description.
fn source(fields: &Map<String, Value>) -> Value {
    let name = fields.get("source_name").and_then(Value::as_str).unwrap_or_default();
    json!({"title": name, "sha256": fields.get("report_id")})
}

/// The description of one table.
fn resource(resource: Resource, n_bytes: u64, sha256: &str) -> Value {
    let mut schema = Map::new();
    schema.insert("fields".into(), resource.columns().iter().map(field).collect());
    schema.insert("primaryKey".into(), resource.primary_key().into());
    if let Some(key) = resource.foreign_key() {
        let reference = json!({"resource": key.resource.name(), "fields": key.columns});
        schema.insert("foreignKeys".into(), json!([{"fields": key.columns, "reference": reference}]));
    }
    schema.insert("missingValues".into(), json!([""]));
    json!({
        "name": resource.name(),
        "description": resource.about(),
        "type": "table",
        "path": file_name(resource),
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": n_bytes,
        "hash": format!("sha256:{sha256}"),
        "schema": schema,
    })
}

/// The description of one column.
fn field(column: &Column) -> Value {
    let kind = match column.kind {
        ColumnType::Text => "string",
        ColumnType::Integer => "integer",
        ColumnType::Decimal { .. } | ColumnType::Number => "number",
        ColumnType::Flag => "boolean",
        ColumnType::Integers | ColumnType::Texts => "array",
        ColumnType::Object => "object",
    };
    let mut constraints = Map::new();
    if column.required {
        constraints.insert("required".into(), true.into());
    }
    if !column.one_of.is_empty() {
        constraints.insert("enum".into(), column.one_of.into());
    }
    if let Some(pattern) = column.pattern {
        constraints.insert("pattern".into(), pattern.into());
    }
    let mut field = Map::new();
    field.insert("name".into(), column.name.into());
    field.insert("type".into(), kind.into());
    field.insert("description".into(), column.about.into());
    if matches!(column.kind, ColumnType::Decimal { .. }) {
        field.insert("unit".into(), "CNY".into());
    }
    if !constraints.is_empty() {
        field.insert("constraints".into(), constraints.into());
    }
    field.into()
}

/// A file with the hash and the number of the bytes written to it.
struct Hashing {
    out: BufWriter<File>,
    hash: Sha256,
    n_bytes: u64,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n_written = self.out.write(bytes)?;
        self.hash.update(bytes.get(..n_written).unwrap_or_default());
        self.n_bytes += n_written as u64;
        Ok(n_written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
