//! Goldens: what each stage makes of each document of `corpus/`, compared to the letter.

pub(crate) mod diff;
mod figures;

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

/// The file of a shared document's golden.
const FIGURES: &str = "figures.txt";

/// Documents of the shared corpus with a golden: official ones that are not ours, of four producers; with forms, with
/// codes in three columns, budgets and final accounts, from 8 to 40 pages.
const SHARED: [&str; 4] =
    ["js-shengwei-2018-tables", "sh-finance-2024-final", "cq-xuanchuan-2026-budget", "xa-xinfang-2026-budget"];

/// A document with a golden.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// Whether it is the project's own, so that its golden may hold all that is made of it.
    pub(crate) is_own: bool,
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

/// The documents of a project's folder: every PDF and text dump of `corpus/`, and those of the shared corpus where it
/// stands beside the project.
pub(crate) fn documents(root: &Path) -> io::Result<Vec<Document>> {
    let mut documents = Vec::new();
    for entry in fs::read_dir(root.join("corpus"))? {
        let path = entry?.path();
        let is_document = path.extension().is_some_and(|e| e == "pdf" || e == "txt");
        if let Some(id) = path.file_stem().and_then(|stem| stem.to_str()).filter(|_| is_document) {
            documents.push(Document { is_own: true, id: id.to_owned(), path: path.clone() });
        }
    }
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    for id in SHARED {
        let path = root.join("../shared/corpus/real").join(id).with_extension("pdf");
        if path.exists() {
            documents.push(Document { is_own: false, id: id.to_owned(), path });
        } else {
            eprintln!("skipped: {} is absent", path.display());
        }
    }
    Ok(documents)
}

/// What the product makes of a document now: names of files and their text.
pub(crate) fn made(document: &Document) -> io::Result<Vec<(&'static str, String)>> {
    let bytes = fs::read(&document.path)?;
    let name = document.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if !document.is_own {
        let report = extract_report(name, &bytes).map_err(io::Error::other)?;
        return Ok(vec![(FIGURES, figures::figures(&report))]);
    }
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
    let made = made(document)?;
    for (file, now) in &made {
        let text = match fs::read_to_string(folder.join(file)) {
            Ok(blessed) if blessed == *now => continue,
            Ok(blessed) => diff::diff(&blessed, now),
            Err(error) if error.kind() == io::ErrorKind::NotFound => "is missing".to_owned(),
            Err(error) => return Err(error),
        };
        found.push(Difference { file: format!("{}/{file}", document.id), text });
    }
    for name in names(&folder)? {
        if !made.iter().any(|(file, _)| *file == name) {
            let text = "is of no stage".to_owned();
            found.push(Difference { file: format!("{}/{name}", document.id), text });
        }
    }
    Ok(found)
}

/// Goldens whose document is gone.
pub(crate) fn orphans(golden: &Path, documents: &[Document]) -> io::Result<Vec<String>> {
    let mut names = names(golden)?;
    let is_known = |name: &str| SHARED.contains(&name) || documents.iter().any(|document| document.id == name);
    names.retain(|name| !is_known(name));
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
