//! Paths given become the documents to work on: files as they are, folders walked in a fixed order.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::read::pdf;

/// How much of a file tells whether it can be a PDF or a text dump.
const SNIFFED_BYTES: u64 = 4096;

/// A file to work on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it lies.
    pub path: PathBuf,
    /// What its result is named after: its path below the folder that was walked, or the bare name of a file that was
    /// given. Where several paths are given, a folder's own name comes first.
    pub relative: PathBuf,
    /// Whether a folder walk found it, so that it may turn out to be something else.
    pub walked: bool,
}

/// The files that the paths mean, in the order given, folders recursively in the order of names.
///
/// Links to folders are not followed, names that begin with a dot are left out, and of the files found in
/// folders those that can be neither a PDF nor a text dump. What cannot be looked at is kept: it fails when
/// its turn comes, so that nothing is lost without a word.
pub fn discover(paths: &[PathBuf]) -> Vec<Found> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            // The files of several folders may have equal names: each folder keeps its own.
            let above = if paths.len() > 1 { path.file_name().map(PathBuf::from) } else { None };
            walk(path, &above.unwrap_or_default(), &mut found);
        } else {
            let relative = path.file_name().map_or_else(|| path.clone(), PathBuf::from);
            found.push(Found { path: path.clone(), relative, walked: false });
        }
    }
    found
}

fn walk(root: &Path, above: &Path, found: &mut Vec<Found>) {
    let mut stack = vec![(root.to_path_buf(), true)];
    while let Some((path, is_folder)) = stack.pop() {
        let relative = above.join(path.strip_prefix(root).unwrap_or(&path));
        if !is_folder {
            if can_be_a_document(&path) {
                found.push(Found { path, relative, walked: true });
            }
            continue;
        }
        let Ok(entries) = fs::read_dir(&path) else {
            found.push(Found { path, relative, walked: false });
            continue;
        };
        let mut below: Vec<_> = entries
            .flatten()
            .filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."))
            .filter_map(|entry| {
                let kind = entry.file_type().ok()?;
                let is_file = kind.is_file() || (kind.is_symlink() && entry.path().is_file());
                (kind.is_dir() || is_file).then(|| (entry.path(), kind.is_dir()))
            })
            .collect();
        // The stack gives back the last first.
        below.sort_by(|a, b| b.0.as_os_str().as_encoded_bytes().cmp(a.0.as_os_str().as_encoded_bytes()));
        stack.append(&mut below);
    }
}

/// Whether the first bytes are those of a PDF or of plain text, which JSON, XML and HTML are not.
fn can_be_a_document(path: &Path) -> bool {
    let mut head = Vec::new();
    let Ok(file) = fs::File::open(path) else { return true };
    if file.take(SNIFFED_BYTES).read_to_end(&mut head).is_err() {
        return true;
    }
    if pdf::is_pdf(&head) {
        return true;
    }
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return true;
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
    !text.contains(&0) && !matches!(text.first(), None | Some(b'{' | b'[' | b'<'))
}
