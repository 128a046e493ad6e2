//! What earlier runs left in the folder and the index of this one does not name is removed, where it is as they wrote it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Component, Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::batch::folder::Folder;
use crate::batch::publish::{Written, is_draft};
use crate::hex::hex;

/// Removes from the folder what runs before this one wrote, but for `wanted`, paths from the folder. Gives what lies
/// where results would, but is not as a run wrote it: whoever changed it wants to keep it. `unpublished` are places that
/// a result of this run would have taken.
pub(super) fn sweep(
    folder: &Folder,
    wanted: &BTreeSet<PathBuf>,
    unpublished: impl Iterator<Item = PathBuf>,
) -> io::Result<Vec<PathBuf>> {
    let mut written: BTreeMap<PathBuf, Vec<Written>> = unpublished.map(|path| (path, Vec::new())).collect();
    let mut add = |path: PathBuf, output| written.entry(path).or_default().push(output);
    folder.journal.each_output(&mut add)?;
    // A run that was killed between the two has published what the journal does not know.
    folder.intents.each_output(&mut add)?;
    let folders: BTreeSet<&Path> = written.keys().chain(wanted).filter_map(|path| path.parent()).collect();
    for below in folders.into_iter().chain([Path::new("")]).filter(|path| is_below(path)) {
        remove_drafts(&folder.root().join(below))?;
    }
    // Where names that differ by case are one file, the new one must not go with the old one.
    let alike: BTreeMap<String, &PathBuf> = wanted.iter().map(|path| (folded(path), path)).collect();
    let mut changed = Vec::new();
    for (path, outputs) in written {
        let target = folder.root().join(&path);
        if wanted.contains(&path) || !is_below(&path) || is_one_file(folder, &path, alike.get(&folded(&path)).copied())
        {
            continue;
        }
        match fs::symlink_metadata(&target) {
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
            Err(error) => return Err(error),
            Ok(kind) if kind.is_file() && is_any(&target, kind.len(), &outputs)? => {
                fs::remove_file(&target)?;
                remove_empty(folder.root(), &path);
            }
            Ok(_) => changed.push(target),
        }
    }
    remove_private(folder, wanted)?;
    Ok(changed)
}

/// What a file is now.
pub(super) fn written(path: &Path) -> io::Result<Written> {
    let (mut file, mut hash, mut n_bytes) = (File::open(path)?, Sha256::new(), 0);
    let mut chunk = vec![0; 64 << 10];
    loop {
        let n = match file.read(&mut chunk) {
            Ok(0) => break,
            Ok(n) => n,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        n_bytes += n as u64;
        hash.update(chunk.get(..n).unwrap_or_default());
    }
    Ok(Written { n_bytes, sha256: hex(&hash.finalize()) })
}

fn is_any(path: &Path, n_bytes: u64, outputs: &[Written]) -> io::Result<bool> {
    Ok(outputs.iter().any(|output| output.n_bytes == n_bytes) && outputs.contains(&written(path)?))
}

/// Whether a path leads nowhere but below the folder.
fn is_below(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_)))
}

fn folded(path: &Path) -> String {
    path.to_string_lossy().to_lowercase()
}

fn is_one_file(folder: &Folder, path: &Path, other: Option<&PathBuf>) -> bool {
    let place = |path: &Path| folder.root().join(path).canonicalize().ok();
    other.is_some_and(|other| place(path).is_some_and(|here| Some(here) == place(other)))
}

/// Half-written files that killed runs left.
fn remove_drafts(folder: &Path) -> io::Result<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let entry = entry?;
        if is_draft(&entry.file_name()) && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Removes the folders of a file that is gone, as far as nothing else is in them.
fn remove_empty(root: &Path, path: &Path) {
    for above in path.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty()) {
        // One that is not empty stays.
        if fs::remove_dir(root.join(above)).is_err() {
            return;
        }
    }
}

/// Removes flat records of documents that this run does not have, whoever changed them.
fn remove_private(folder: &Folder, wanted: &BTreeSet<PathBuf>) -> io::Result<()> {
    let records = folder.private("records");
    let Ok(entries) = fs::read_dir(&records) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        if path.strip_prefix(folder.root()).is_ok_and(|below| !wanted.contains(below)) {
            fs::remove_file(path)?;
        }
    }
    // Not empty where this run wants flat records.
    let _ = fs::remove_dir(&records);
    Ok(())
}
