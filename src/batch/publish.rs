//! A result appears under its name whole or not at all.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The file that a result is published in: `report.pdf` becomes `report.pdf.json`.
pub fn target(folder: &Path, relative: &Path, extension: &str) -> PathBuf {
    let mut name = folder.join(relative).into_os_string();
    name.push(".");
    name.push(extension);
    name.into()
}

/// Writes a file beside its place and renames it, so that no reader ever sees a part of it.
///
/// # Errors
/// Where a folder or the file cannot be made.
pub fn publish(target: &Path, bytes: &[u8]) -> Result<(), Error> {
    let folder = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut name = std::ffi::OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(format!(".{}", std::process::id()));
    let beside = folder.join(name);
    let written = fs::File::create(&beside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&beside, target));
    if written.is_err() {
        // What is left half-written is of no use; that it cannot be removed changes nothing.
        let _ = fs::remove_file(&beside);
    }
    Ok(written?)
}
