//! Files found become documents: the same bytes under several names are one.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest as _, Sha256};

use crate::batch::discover::Found;
use crate::batch::order;
use crate::batch::source::Source;
use crate::error::Error;
use crate::hex::hex;

/// One document, under one or more names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Where it was found first.
    pub path: PathBuf,
    /// Other files of the same bytes, in the order of the inputs.
    pub same: Vec<PathBuf>,
    /// What its result is named after.
    pub relative: PathBuf,
    /// Whether it was only ever found by a folder walk, so that it may turn out to be something else.
    pub walked: bool,
    /// SHA-256 of its bytes in hex; `None` where they cannot be read, or were not read yet.
    pub sha256: Option<String>,
}

impl Document {
    /// Every name it was found under.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        std::iter::once(self.path.as_path()).chain(self.same.iter().map(PathBuf::as_path))
    }

    fn new(found: Found, sha256: Option<String>) -> Self {
        let Found { path, relative, walked } = found;
        Self { path, same: Vec::new(), relative, walked, sha256 }
    }
}

/// Hashes files in parallel, each within a time, and gives the documents in the order of their first names.
///
/// # Errors
/// Where no thread can be started.
pub(super) fn survey(found: Vec<Found>, n_jobs: usize, time: Duration) -> Result<Vec<Document>, Error> {
    let mut hashes = Vec::with_capacity(found.len());
    order::in_order(
        &found,
        n_jobs,
        |found| sha256(&found.path, time),
        |_, hash| {
            hashes.push(hash.unwrap_or_default());
            ControlFlow::Continue(())
        },
    )?;
    let mut documents: Vec<Document> = Vec::with_capacity(found.len());
    let mut by_hash = BTreeMap::new();
    for (found, hash) in found.into_iter().zip(hashes) {
        let first = hash.as_ref().and_then(|hash| by_hash.get(hash)).copied();
        match first.and_then(|idx: usize| documents.get_mut(idx)) {
            // One file that two PATHs reach is one name.
            Some(first) if first.paths().any(|path| path == found.path) => first.walked &= found.walked,
            Some(first) => {
                first.walked &= found.walked;
                first.same.push(found.path);
            }
            None => {
                if let Some(hash) = &hash {
                    by_hash.insert(hash.clone(), documents.len());
                }
                documents.push(Document::new(found, hash));
            }
        }
    }
    Ok(documents)
}

/// The document that is alone in its run: nothing to compare it with.
pub(super) fn alone(found: Found) -> Document {
    Document::new(found, None)
}

/// The hash of a file; `None` where it cannot be read.
fn sha256(path: &Path, time: Duration) -> Option<String> {
    let mut source = Source::open(path, time).ok()?;
    let mut hash = Sha256::new();
    let mut chunk = vec![0; 64 << 10];
    loop {
        match source.read(&mut chunk).ok()? {
            0 => return Some(hex(&hash.finalize())),
            n => hash.update(chunk.get(..n)?),
        }
    }
}
