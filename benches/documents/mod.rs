//! The documents that benchmarks read.

use std::fs;
use std::path::{Path, PathBuf};

/// Every PDF of a folder, in the order of names.
pub fn documents(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "pdf"));
    paths.sort();
    paths
}
