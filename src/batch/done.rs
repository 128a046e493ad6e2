//! A folder that a run filled, for those who come after: its documents, with the options that they were made with.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use crate::batch::Input;
use crate::batch::options::Options;
use crate::batch::record::{Record, Status};
use crate::emit::{self, Publication, jsonl};
use crate::error::Error;
use crate::read::scan::Ocr;

/// Where sources are read again, and with what.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Below this folder they are looked for first.
    pub folder: Option<PathBuf>,
    /// The models that scanned pages are read with.
    pub ocr: Option<Arc<Ocr>>,
}

/// A document whose report stands in the folder.
#[derive(Clone, Debug)]
pub struct Filed {
    /// SHA-256 of the source, in hex: the report's id.
    pub id: String,
    /// The source's name without its folder.
    pub name: String,
    /// Where the run found it.
    path: PathBuf,
    /// Its report, from the folder; `None` where the run published none as JSON.
    pub report: Option<PathBuf>,
    /// What became of it.
    pub record: Record,
    /// What it was made with.
    pub options: Options,
    /// The version of the program that made it.
    pub version: String,
}

/// The documents that a run published in a folder, in the order of its index.
///
/// # Errors
/// Where the folder is none that a run filled.
pub fn documents(root: &Path) -> Result<Vec<Filed>, Error> {
    let index = fs::read_to_string(root.join("index.jsonl")).map_err(|error| {
        let what = "expected a folder that `mingzhang extract --out` filled, with its index.jsonl";
        Error::Io(io::Error::new(error.kind(), format!("{what}: {error}")))
    })?;
    let journal = fs::read_to_string(root.join("journal.jsonl")).unwrap_or_default();
    let mut made: HashMap<String, (Options, String)> = HashMap::new();
    for line in journal.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        if let Some(id) = line["sha256"].as_str() {
            let version = line["version"].as_str().unwrap_or_default().to_owned();
            made.insert(id.to_owned(), (Options::from_json(&line["options"]), version));
        }
    }
    let mut documents = Vec::new();
    for line in index.lines().filter(|line| !line.is_empty()) {
        let line: Value = serde_json::from_str(line).map_err(io::Error::from)?;
        let record = index_record(&line);
        let (Some(id), Some(path)) = (line["sha256"].as_str(), line["path"].as_str()) else { continue };
        if line["status"] != Status::Published.name() || !is_hash(id) {
            continue;
        }
        let (options, version) = made.get(id).cloned().unwrap_or_default();
        let path = PathBuf::from(path);
        let report = line["report"].as_str().map(PathBuf::from).filter(|report| stays_below(report));
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        documents.push(Filed { id: id.to_owned(), name, path, report, record, options, version });
    }
    Ok(documents)
}

/// The record in a line of the index, which leaves out what is wrong.
fn index_record(line: &Value) -> Record {
    let mut line = line.clone();
    line["errors"] = Value::Array(Vec::new());
    Record::from_json(&line).unwrap_or_default()
}

fn is_hash(id: &str) -> bool {
    id.len() == 64 && id.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// Whether a path from a folder stays in it.
pub fn stays_below(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_)))
}

impl Filed {
    /// The models that read its scanned pages, if any did.
    ///
    /// # Errors
    /// Where they are not at hand: without them, or with others, it would read otherwise.
    pub fn models<'a>(&self, sources: &'a Sources) -> Result<Option<&'a Ocr>, Error> {
        let Some(fingerprint) = self.options.ocr else { return Ok(None) };
        let found = sources.ocr.as_deref();
        if let Some(ocr) = found.filter(|ocr| ocr.fingerprint() == fingerprint) {
            return Ok(Some(ocr));
        }
        let lack = if found.is_some() { "these are others" } else { "there are none" };
        let reason = format!("{}: expected --ocr with the models that its run had, {lack}", self.path.display());
        Err(Error::Io(io::Error::new(io::ErrorKind::NotFound, reason)))
    }

    /// The bytes of the source: where the run found it, or below a folder, by its path or by its name.
    ///
    /// # Errors
    /// Where it is not there, or has other bytes by now.
    pub fn load(&self, sources: &Sources) -> Result<Vec<u8>, Error> {
        let below = |folder: &Path| {
            let report = self.report.as_deref().map(|report| folder.join(report.with_extension("")));
            [Some(folder.join(&self.path)), report, Some(folder.join(&self.name))]
        };
        let places = sources.folder.as_deref().map(below).into_iter().flatten().flatten().chain([self.path.clone()]);
        let mut found = None;
        for place in places.filter(|place| place.is_file()) {
            let bytes = Input::File(place.clone()).load()?.into_owned();
            if emit::sha256(&bytes) == self.id {
                return Ok(bytes);
            }
            found = Some(place);
        }
        let reason = match found {
            Some(place) => {
                format!("{}: expected the file that was extracted; its bytes are others now", place.display())
            }
            None => format!("{}: expected the source there, or below --sources", self.path.display()),
        };
        Err(Error::Io(io::Error::new(io::ErrorKind::NotFound, reason)))
    }

    /// Its flat records: as the run left them, where this version made them, else made anew of the source.
    ///
    /// # Errors
    /// Where the source, or what reads it, cannot be had.
    pub fn records(&self, root: &Path, sources: &Sources) -> Result<String, Error> {
        if self.version == env!("CARGO_PKG_VERSION")
            && let Ok(records) = fs::read_to_string(super::folder::records_below(root, &self.id))
        {
            return Ok(records);
        }
        let ocr = self.models(sources)?;
        let bytes = self.load(sources)?;
        let publication = Publication::new(&self.name, &bytes, self.options.extract(&bytes, ocr, false)?);
        let mut records = Vec::new();
        jsonl::write(&publication, &mut records)?;
        String::from_utf8(records).map_err(|error| Error::Internal(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_models_read_is_read_again_with_the_same_models_alone() {
        let mut filed = Filed {
            id: String::new(),
            name: "a.pdf".to_owned(),
            path: PathBuf::from("in/a.pdf"),
            report: None,
            record: Record::default(),
            options: Options::default(),
            version: String::new(),
        };
        assert!(filed.models(&Sources::default()).unwrap().is_none());
        filed.options.ocr = Some(1);
        let said = |sources: &Sources| filed.models(sources).unwrap_err().to_string();
        assert!(said(&Sources::default()).contains("in/a.pdf: expected --ocr"), "{}", said(&Sources::default()));
        if let Ok(ocr) = Ocr::new(Path::new("no-models")) {
            let fingerprint = ocr.fingerprint();
            let sources = Sources { folder: None, ocr: Some(Arc::new(ocr)) };
            assert!(said(&sources).contains("these are others"));
            filed.options.ocr = Some(fingerprint);
            assert!(filed.models(&sources).unwrap().is_some());
        }
    }
}
