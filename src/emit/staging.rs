//! An export appears in its place whole or not at all: it is written beside, and then takes the place of the old one.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::emit::export::Export;
use crate::emit::sink::{Content, Remarks, Sink};
use crate::error::Error;

/// Where an export is written, where it goes, and where the old one steps aside.
#[derive(Clone, Debug)]
pub struct Staging {
    export: Export,
    written: PathBuf,
    place: PathBuf,
    old: PathBuf,
}

impl Staging {
    /// Of an export below `root`; what is not yet or no longer in its place is at `private` with an ending of its own.
    pub fn new(export: Export, root: &Path, private: impl Fn(&str) -> PathBuf) -> Self {
        let name = export.name();
        let [written, old] = ["part", "old"].map(|ending| private(&format!("{name}.{ending}")));
        Self { export, written, place: root.join(name), old }
    }

    /// Writes the export that `fill` puts records into. Gives its files, sorted, and what people must know of it.
    ///
    /// # Errors
    /// Where it cannot be written, or `fill` fails.
    pub fn write(
        &self,
        content: Content,
        fill: impl FnOnce(&mut dyn Sink) -> Result<(), Error>,
    ) -> Result<(Vec<PathBuf>, Remarks), Error> {
        remove(&self.written)?;
        fs::create_dir_all(&self.written)?;
        let mut sink = self.export.sink(&self.written, content)?;
        fill(sink.as_mut())?;
        let remarks = sink.finish()?;
        let files = fs::read_dir(&self.written)?.map(|entry| Ok(entry?.path()));
        let mut files: Vec<PathBuf> = files.collect::<io::Result<_>>()?;
        files.sort();
        Ok((files, remarks))
    }

    /// Puts what was written into its place.
    ///
    /// # Errors
    /// Where a folder cannot be moved.
    pub fn put(&self) -> Result<(), Error> {
        let Self { written, place, old, .. } = self;
        // A folder cannot take the place of one that is not empty: the old one steps aside first.
        // A run that was killed between the two renames left it aside.
        if !place.exists() && old.exists() {
            fs::rename(old, place)?;
        }
        remove(old)?;
        match fs::rename(place, old) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        fs::rename(written, place)?;
        bring_back(old, place)?;
        Ok(remove(old)?)
    }
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
