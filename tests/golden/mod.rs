//! Goldens: what each stage makes of each document of `corpus/`, compared to the letter.

pub(crate) mod diff;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use mingzhang::dump::{Stage, dump};
use mingzhang::emit::json;
use mingzhang::extract_report;

/// The files of one document's golden: stages as plain text, the report as indented JSON.
const FILES: [(&str, Option<Stage>); 4] = [
    ("segment.txt", Some(Stage::Segment)),
    ("interpret.txt", Some(Stage::Interpret)),
    ("reconcile.txt", Some(Stage::Reconcile)),
    ("report.json", None),
];

/// A document with a golden.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// Its file name without extension; the name of its golden's folder.
    pub(crate) id: String,
    /// Where it lies.
    pub(crate) path: PathBuf,
}

/// One file of a golden that is not what the product makes now.
#[derive(Debug)]
pub(crate) struct Difference {
    /// `ID/FILE`.
    pub(crate) file: String,
    /// What differs, for people.
    pub(crate) text: String,
}

/// The documents of a folder, sorted; every PDF and text dump is one.
pub(crate) fn documents(corpus: &Path) -> io::Result<Vec<Document>> {
    let mut documents = Vec::new();
    for entry in fs::read_dir(corpus)? {
        let path = entry?.path();
        let is_document = path.extension().is_some_and(|e| e == "pdf" || e == "txt");
        if let Some(id) = path.file_stem().and_then(|stem| stem.to_str()).filter(|_| is_document) {
            documents.push(Document { id: id.to_owned(), path: path.clone() });
        }
    }
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(documents)
}

/// What the product makes of a document now: names of files and their text.
pub(crate) fn made(document: &Document) -> io::Result<Vec<(&'static str, String)>> {
    let bytes = fs::read(&document.path)?;
    let name = document.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let text = |stage: Option<Stage>| match stage {
        Some(stage) => dump(&bytes, stage, None),
        None => {
            let report = extract_report(name, &bytes)?;
            json::to_string(&report, json::Layout::Pretty).map(|json| json + "\n")
        }
    };
    FILES.iter().map(|(file, stage)| Ok((*file, text(*stage).map_err(io::Error::other)?))).collect()
}

/// Where a document's golden is not what is made of it now, a missing or a left-over file included.
pub(crate) fn differences(golden: &Path, document: &Document) -> io::Result<Vec<Difference>> {
    let folder = golden.join(&document.id);
    let mut found = Vec::new();
    for (file, now) in made(document)? {
        let text = match fs::read_to_string(folder.join(file)) {
            Ok(blessed) if blessed == now => continue,
            Ok(blessed) => diff::diff(&blessed, &now),
            Err(error) if error.kind() == io::ErrorKind::NotFound => "is missing".to_owned(),
            Err(error) => return Err(error),
        };
        found.push(Difference { file: format!("{}/{file}", document.id), text });
    }
    for name in names(&folder)? {
        if !FILES.iter().any(|(file, _)| *file == name) {
            let text = "is of no stage".to_owned();
            found.push(Difference { file: format!("{}/{name}", document.id), text });
        }
    }
    Ok(found)
}

/// Goldens whose document is gone.
pub(crate) fn orphans(golden: &Path, documents: &[Document]) -> io::Result<Vec<String>> {
    let mut names = names(golden)?;
    names.retain(|name| !documents.iter().any(|document| document.id == *name));
    Ok(names)
}

/// Names in a folder, sorted; none where there is no folder.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names =
        entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect::<io::Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}

/// Writes what is made of a document now as its golden.
pub(crate) fn bless(golden: &Path, document: &Document) -> io::Result<()> {
    let made = made(document)?;
    let folder = golden.join(&document.id);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    made.iter().try_for_each(|(file, text)| fs::write(folder.join(file), text))
}
