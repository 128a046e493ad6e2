//! The flat records that workers made of each document become exports, one after the other, by report id.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::batch::folder::Folder;
use crate::batch::{journal, sweep};
use crate::emit::decisions::{self, Decisions};
use crate::emit::export::Export;
use crate::emit::sink::{Content, Remarks};
use crate::emit::staging::Staging;
use crate::error::Error;

/// Writes an export of the reports with these hashes, which are sorted; it appears whole or not at all. Gives its files,
/// by their paths from the folder, and what people must know of it.
pub(super) fn collect(folder: &Folder, hashes: &[&str], export: Export) -> Result<(Vec<PathBuf>, Remarks), Error> {
    let staging = Staging::new(export, folder.root(), |name| folder.private(name));
    // What people decided about figures stands beside them.
    let decisions = Decisions::read(folder.root())?;
    let mut n_stale = 0;
    let (written, mut remarks) = staging.write(Content::Reports, |sink| {
        hashes.iter().try_for_each(|hash| {
            let records = fs::read_to_string(folder.records(hash))?;
            let applied = decisions::apply(&records, decisions.of(hash))?;
            n_stale += applied.n_stale;
            sink.report(&applied.records)
        })
    })?;
    remarks.extend(decisions::stale_remark(n_stale));
    let place = |path: &PathBuf| Path::new(export.name()).join(path.file_name().unwrap_or_default());
    let output = |path: &PathBuf| Ok(journal::output(&place(path), &sweep::written(path)?));
    let outputs = written.iter().map(output).collect::<io::Result<Value>>()?;
    folder.intents.note(outputs.clone())?;
    staging.put()?;
    folder.enter_export(export, &outputs)?;
    Ok((written.iter().map(place).collect(), remarks))
}
