//! The flat records that workers made of each document become exports, one after the other, by report id.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::batch::folder::Folder;
use crate::emit::sink::Export;
use crate::error::Error;

/// Writes an export of the reports with these hashes, which are sorted; it appears whole or not at all.
pub(super) fn collect(folder: &Folder, hashes: &[&str], export: Export) -> Result<(), Error> {
    let staging = folder.private(&format!("{}.part", export.name()));
    remove(&staging)?;
    fs::create_dir_all(&staging)?;
    let mut sink = export.sink(&staging)?;
    for hash in hashes {
        sink.report(&fs::read_to_string(folder.records(hash))?)?;
    }
    sink.finish()?;
    // A folder cannot take the place of one that is not empty: the old one steps aside first.
    let place = folder.root().join(export.name());
    let old = folder.private(&format!("{}.old", export.name()));
    remove(&old)?;
    match fs::rename(&place, &old) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    fs::rename(&staging, &place)?;
    Ok(remove(&old)?)
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
