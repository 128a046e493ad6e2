//! Golden reports that users keep of their own documents: what was made once, against what is made now.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::batch::Input;
use crate::batch::discover::Found;
use crate::batch::options::Options;
use crate::compare::{self, Difference};
use crate::emit::Publication;
use crate::emit::findings::Tally;
use crate::emit::json::{self, Layout};
use crate::error::Error;

/// What became of a document since its golden was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It gives the golden.
    Same,
    /// It gives something else.
    Different(Vec<Difference>),
    /// It has no golden.
    Missing,
    /// Its golden is no JSON.
    Damaged,
}

/// A document beside its golden.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The file of the golden.
    pub golden: PathBuf,
    /// What the document gives now, as a golden is written.
    pub made: String,
    /// How that compares.
    pub verdict: Verdict,
    /// What there is to look at in what it gives now, whatever the golden says.
    pub tally: Tally,
}

/// The file of a document's golden.
pub fn target(folder: &Path, found: &Found) -> PathBuf {
    let mut name = folder.join(&found.relative).into_os_string();
    name.push(".json");
    name.into()
}

/// Extracts a document and compares what it gives with its golden; of the options only limits and redaction count.
///
/// # Errors
/// Where the document gives no report, or its golden is there and cannot be read.
pub fn check(found: &Found, folder: &Path, options: &Options) -> Result<Checked, Error> {
    let input = Input::File(found.path.clone());
    let bytes = input.load()?;
    let publication = Publication::new(&input.name(), &bytes, options.extract(&bytes, found.walked)?);
    let made = json::to_string(publication.report(), Layout::Pretty)? + "\n";
    let golden = target(folder, found);
    let verdict = match fs::read(&golden) {
        Err(error) if error.kind() == ErrorKind::NotFound => Verdict::Missing,
        Err(error) => return Err(error.into()),
        Ok(kept) if kept == made.as_bytes() => Verdict::Same,
        Ok(kept) => {
            let now: Value = serde_json::from_str(&made).map_err(std::io::Error::from)?;
            match serde_json::from_slice(&kept) {
                Err(_) => Verdict::Damaged,
                Ok(kept) => match compare::compare(&kept, &now) {
                    // Another layout of the same report.
                    differences if differences.is_empty() => Verdict::Same,
                    differences => Verdict::Different(differences),
                },
            }
        }
    };
    Ok(Checked { golden, made, verdict, tally: publication.tally() })
}

/// Makes what a document gives now its golden.
///
/// # Errors
/// Where it cannot be written.
pub fn bless(checked: &Checked) -> Result<(), Error> {
    let folder = checked.golden.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut name = std::ffi::OsString::from(".");
    name.push(checked.golden.file_name().unwrap_or_default());
    let beside = folder.join(name);
    // No reader ever sees a part of it.
    let written = fs::write(&beside, &checked.made).and_then(|()| fs::rename(&beside, &checked.golden));
    if written.is_err() {
        // What is left half-written is of no use; that it cannot be removed changes nothing.
        let _ = fs::remove_file(&beside);
    }
    Ok(written?)
}

/// Goldens of folders that were walked whose documents are gone; none where only files were named.
///
/// # Errors
/// Where a folder of goldens cannot be read.
pub fn orphans(paths: &[PathBuf], folder: &Path, found: &[Found]) -> Result<Vec<PathBuf>, Error> {
    let known: BTreeSet<PathBuf> = found.iter().map(|found| target(folder, found)).collect();
    let mut orphans = Vec::new();
    for path in paths.iter().filter(|path| path.is_dir()) {
        // As documents are named: of several folders each has its own.
        let root = match path.file_name().filter(|_| paths.len() > 1) {
            Some(name) => folder.join(name),
            None => folder.to_path_buf(),
        };
        let mut stack = vec![root];
        while let Some(below) = stack.pop() {
            let entries = match fs::read_dir(&below) {
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                entries => entries?,
            };
            for entry in entries {
                let entry = entry?;
                let path = entry.path();
                if entry.file_name().as_encoded_bytes().starts_with(b".") {
                    continue;
                }
                if entry.file_type()?.is_dir() {
                    stack.push(path);
                } else if is_golden(&path) && !known.contains(&path) {
                    orphans.push(path);
                }
            }
        }
    }
    orphans.sort();
    orphans.dedup();
    Ok(orphans)
}

/// Whether a file of the folder is a golden by its name; the description of a data package beside them is none.
fn is_golden(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "json") && path.file_name().is_none_or(|name| name != "datapackage.json")
}
