//! The SQLite export: one file with a table a resource, keys, indexes, and a view a question.

mod ddl;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use serde_json::{Value, json};

use crate::emit::double;
use crate::emit::flat::schema::{Column, ColumnType};
use crate::emit::questions::{QUESTIONS, Question, RELATED};
use crate::emit::sink::{Content, Remarks, Sink, record};
use crate::error::Error;

/// An export that is being written.
pub(super) struct Sqlite {
    folder: PathBuf,
    content: Content,
    connection: Connection,
}

impl Sqlite {
    /// Every table without rows.
    pub(super) fn new(folder: &Path, content: Content) -> Result<Self, Error> {
        let connection = Connection::open(path(folder, content)).map_err(error)?;
        // A file that is not whole is thrown away, so that no journal has to mend it.
        connection.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;").map_err(error)?;
        for resource in content.resources() {
            connection.execute_batch(&ddl::table(*resource)).map_err(error)?;
        }
        Ok(Self { folder: folder.to_owned(), content, connection })
    }
}

fn path(folder: &Path, content: Content) -> PathBuf {
    folder.join(format!("{}.sqlite", content.name()))
}

impl Sink for Sqlite {
    fn report(&mut self, records: &str) -> Result<(), Error> {
        // Records of one resource stand together.
        let mut prepared = None;
        for line in records.lines() {
            let (resource, fields) = record(line, self.content)?;
            let (of, mut statement) = match prepared.take() {
                Some((of, statement)) if of == resource => (of, statement),
                _ => (resource, self.connection.prepare(&ddl::insert(resource)).map_err(error)?),
            };
            let values = resource.columns().iter().flat_map(|column| cells(column, fields.get(column.name)));
            statement.execute(params_from_iter(values)).map_err(error)?;
            prepared = Some((of, statement));
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Remarks, Error> {
        let Self { folder, content, connection } = *self;
        connection.execute_batch(ddl::indexes(content)).map_err(error)?;
        for question in questions(content) {
            connection.execute_batch(&ddl::view(question)).map_err(error)?;
        }
        connection.execute_batch("ANALYZE; COMMIT;").map_err(error)?;
        connection.close().map_err(|(_, cause)| error(cause))?;
        fs::write(folder.join("metadata.json"), metadata(content))?;
        File::open(path(&folder, content))?.sync_all()?;
        Ok(Remarks::new())
    }
}

/// The questions that can be asked of the tables.
fn questions(content: Content) -> &'static [Question] {
    match content {
        Content::Reports => &QUESTIONS,
        Content::Related => &RELATED,
    }
}

fn error(cause: rusqlite::Error) -> Error {
    Error::Io(io::Error::other(cause))
}

/// What a field is in the data base: money is two columns, yuan to read and fen that add up exactly.
fn cells(column: &Column, value: Option<&Value>) -> Vec<Sql> {
    let is_money = matches!(column.kind, ColumnType::Decimal { .. });
    let first = match value {
        None | Some(Value::Null) => Sql::Null,
        Some(Value::Bool(flag)) => Sql::Integer((*flag).into()),
        Some(Value::Number(number)) => {
            let whole = number.as_i64().map(Sql::Integer);
            whole.or_else(|| number.as_f64().map(Sql::Real)).unwrap_or(Sql::Null)
        }
        Some(Value::String(text)) if is_money => double::exact(text).map_or_else(|| Sql::Text(text.clone()), Sql::Real),
        Some(Value::String(text)) => Sql::Text(text.clone()),
        Some(list) => Sql::Text(list.to_string()),
    };
    let fen = ddl::has_fen(column).then(|| value.and_then(Value::as_str).map_or(Sql::Null, fen));
    std::iter::once(first).chain(fen).collect()
}

/// Yuan of two decimals as a whole number of fen; as text where SQLite has no whole number so large.
fn fen(yuan: &str) -> Sql {
    let digits = yuan.replace('.', "");
    digits.parse().map_or(Sql::Text(digits), Sql::Integer)
}

/// The descriptions that Datasette shows: `datasette disclosures.sqlite --metadata metadata.json`.
fn metadata(content: Content) -> String {
    let tables = content.resources().iter().map(|resource| {
        let columns = resource.columns().iter().map(|column| (column.name.to_owned(), json!(column.about)));
        let columns: serde_json::Map<_, _> = columns.collect();
        (resource.name().to_owned(), json!({"description": resource.about(), "columns": columns}))
    });
    let views =
        questions(content).iter().map(|question| (question.name.to_owned(), json!({"description": question.asks()})));
    let tables: serde_json::Map<_, _> = tables.chain(views).collect();
    let about = json!({
        "title": "Departmental budgets and final accounts (部门预算公开, 部门决算公开)",
        "databases": {content.name(): {"tables": tables}},
    });
    format!("{about:#}\n")
}
