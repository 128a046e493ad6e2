//! What a run leaves beside its results: `index.jsonl` of every document, `errors.jsonl` of all that is wrong.

use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use serde_json::{Value, json};

use crate::batch::Document;
use crate::batch::folder::{Folder, report_path};
use crate::batch::journal::At;
use crate::batch::options::Options;
use crate::batch::publish::Draft;
use crate::batch::record::{Record, Status};

/// Writes both files; `lines` says where the journal speaks of each document, in the order of the documents.
pub(super) fn write(folder: &Folder, documents: &[Document], lines: &[At], options: Options) -> io::Result<()> {
    let begin = |name: &str| Ok::<_, io::Error>(BufWriter::new(Draft::begin(folder.root().join(name))?));
    let mut index = begin("index.jsonl")?;
    let mut errors = begin("errors.jsonl")?;
    for (document, at) in documents.iter().zip(lines) {
        let entry = folder.journal.read(*at)?;
        let Some(record) = Record::from_json(&entry) else { continue };
        writeln!(index, "{}", line(document, &record, options))?;
        if record.status == Status::Skipped {
            continue;
        }
        for path in document.paths().map(Path::to_string_lossy) {
            for trouble in &record.troubles {
                let error = json!({
                    "path": path,
                    "sha256": document.sha256,
                    "code": trouble.code,
                    "message": trouble.message,
                    "page": trouble.page,
                });
                writeln!(errors, "{error}")?;
            }
        }
    }
    for file in [index, errors] {
        file.into_inner().map_err(io::IntoInnerError::into_error)?.publish()?;
    }
    Ok(())
}

fn line(document: &Document, record: &Record, options: Options) -> Value {
    let is_published = record.status == Status::Published && options.report.is_some();
    let report = is_published.then(|| report_path(document).to_string_lossy().into_owned());
    let mut line = json!({
        "path": document.path.to_string_lossy(),
        "same": document.same.iter().map(|path| path.to_string_lossy()).collect::<Vec<_>>(),
        "sha256": document.sha256,
        "report": report,
    });
    if let (Value::Object(line), Value::Object(fields)) = (&mut line, record.to_json()) {
        line.extend(fields.into_iter().filter(|(name, _)| name != "errors"));
    }
    line
}
