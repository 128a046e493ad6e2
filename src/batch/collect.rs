//! The flat records that workers made of each document become exports, one after the other, by report id.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::batch::folder::Folder;
use crate::batch::{journal, sweep};
use crate::emit::decisions::{self, Decisions};
use crate::emit::sink::{Content, Export, Remarks};
use crate::error::Error;

/// Writes an export of the reports with these hashes, which are sorted; it appears whole or not at all. Gives its files,
/// by their paths from the folder, and what people must know of it.
pub(super) fn collect(folder: &Folder, hashes: &[&str], export: Export) -> Result<(Vec<PathBuf>, Remarks), Error> {
    let staging = folder.private(&format!("{}.part", export.name()));
    remove(&staging)?;
    fs::create_dir_all(&staging)?;
    let mut sink = export.sink(&staging, Content::Reports)?;
    // What people decided about figures stands beside them.
    let decisions = Decisions::read(folder.root())?;
    let mut n_stale = 0;
    for hash in hashes {
        let records = fs::read_to_string(folder.records(hash))?;
        let applied = decisions::apply(&records, decisions.of(hash))?;
        n_stale += applied.n_stale;
        sink.report(&applied.records)?;
    }
    let mut remarks = sink.finish()?;
    remarks.extend(decisions::stale_remark(n_stale));
    let mut files = Vec::new();
    for entry in fs::read_dir(&staging)? {
        files.push(Path::new(export.name()).join(entry?.file_name()));
    }
    files.sort();
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_owned();
    let output = |path: &PathBuf| Ok(journal::output(path, &sweep::written(&staging.join(name(path)))?));
    let outputs = files.iter().map(output).collect::<io::Result<Value>>()?;
    folder.intents.note(outputs.clone())?;
    // A folder cannot take the place of one that is not empty: the old one steps aside first.
    let place = folder.root().join(export.name());
    let old = folder.private(&format!("{}.old", export.name()));
    // A run that was killed between the two renames left it aside.
    if !place.exists() && old.exists() {
        fs::rename(&old, &place)?;
    }
    remove(&old)?;
    match fs::rename(&place, &old) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    fs::rename(&staging, &place)?;
    bring_back(&old, &place)?;
    remove(&old)?;
    folder.enter_export(export, &outputs)?;
    Ok((files, remarks))
}

/// What lay in the old folder and is no file of the export is not ours to remove.
fn bring_back(old: &Path, place: &Path) -> io::Result<()> {
    let Ok(entries) = fs::read_dir(old) else { return Ok(()) };
    for entry in entries {
        let entry = entry?;
        let target = place.join(entry.file_name());
        if !target.exists() {
            fs::rename(entry.path(), target)?;
        }
    }
    Ok(())
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
