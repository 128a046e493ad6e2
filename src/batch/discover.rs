//! Paths given become the files to work on: files as they are, folders walked in a fixed order, patterns expanded.

use std::ffi::OsStr;
use std::fs;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};

use crate::read::pdf;

/// How much of a file tells whether it can be a PDF or a text dump.
const SNIFFED_BYTES: u64 = 4096;

/// A file to work on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it lies.
    pub path: PathBuf,
    /// What its result is named after: its path below the folder that was walked or before the pattern's first wildcard,
    /// the bare name of a file that was given, a file's path as a list has it. Where several paths are given, a folder's
    /// own name comes first.
    pub relative: PathBuf,
    /// Whether a folder walk found it, so that it may turn out to be something else.
    pub walked: bool,
}

/// Something met on the way that gives no file to work on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Where.
    pub path: PathBuf,
    /// What, for people.
    pub reason: &'static str,
}

/// What paths mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Discovery {
    /// The files to work on, in order.
    pub found: Vec<Found>,
    /// What else there is to say.
    pub remarks: Vec<Remark>,
}

/// The files that the paths mean, in the order given, folders recursively in the order of names; what lies in `except`,
/// the folder of the results, is left out.
///
/// A path that does not exist and has a wildcard (`*`, `?`, `[`) is a pattern, also with `**` for any depth. In folders,
/// names that begin with a dot are left out, and files that can be neither a PDF nor a text dump; no list of ignored
/// names is read. Links to folders are not followed, so that no walk goes round in a loop; each is a remark, and so is a
/// path that gives no file. What cannot be looked at is kept: it fails when its turn comes, so that nothing is lost
/// without a word.
pub fn discover(paths: &[PathBuf], except: Option<&Path>) -> Discovery {
    let mut walk = Walk { discovery: Discovery::default(), except: except.and_then(|path| path.canonicalize().ok()) };
    for path in paths {
        if path.is_dir() {
            // The files of several folders may have equal names: each folder keeps its own.
            let above = if paths.len() > 1 { path.file_name().map(PathBuf::from) } else { None };
            walk.folder(path, &above.unwrap_or_default());
        } else if let Some(pattern) = path.to_str().filter(|_| is_pattern(path)) {
            walk.pattern(path, pattern);
        } else {
            let relative = path.file_name().map_or_else(|| path.clone(), PathBuf::from);
            walk.file(path, relative, false);
        }
    }
    walk.discovery
}

/// As [`discover`], for a list of paths, one a line: each result is named after the path as it stands in the list,
/// because a list may have many folders with files of equal names.
pub fn discover_listed(list: &[u8], except: Option<&Path>) -> Discovery {
    let mut walk = Walk { discovery: Discovery::default(), except: except.and_then(|path| path.canonicalize().ok()) };
    for line in list.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            continue;
        }
        let path = path_of(line);
        let named: PathBuf = path.components().filter(|part| matches!(part, Component::Normal(_))).collect();
        if path.is_dir() { walk.folder(&path, &named) } else { walk.file(&path, named, false) }
    }
    walk.discovery
}

#[cfg(unix)]
fn path_of(line: &[u8]) -> PathBuf {
    <OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(line).into()
}

#[cfg(not(unix))]
fn path_of(line: &[u8]) -> PathBuf {
    String::from_utf8_lossy(line).into_owned().into()
}

fn has_wildcard(name: &OsStr) -> bool {
    name.as_encoded_bytes().iter().any(|byte| matches!(byte, b'*' | b'?' | b'['))
}

fn is_pattern(path: &Path) -> bool {
    has_wildcard(path.as_os_str()) && path.symlink_metadata().is_err()
}

struct Walk {
    discovery: Discovery,
    except: Option<PathBuf>,
}

impl Walk {
    fn remark(&mut self, path: &Path, reason: &'static str) {
        self.discovery.remarks.push(Remark { path: path.to_path_buf(), reason });
    }

    fn file(&mut self, path: &Path, relative: PathBuf, walked: bool) {
        self.discovery.found.push(Found { path: path.to_path_buf(), relative, walked });
    }

    /// The matches of a pattern in the order of names.
    fn pattern(&mut self, path: &Path, pattern: &str) {
        let fixed: PathBuf = path.components().take_while(|part| !has_wildcard(part.as_os_str())).collect();
        let Ok(matches) = glob::glob(pattern) else {
            // Fails as a file that is not there.
            return self.file(path, path.to_path_buf(), false);
        };
        let mut is_empty = true;
        for found in matches {
            is_empty = false;
            let found = found.unwrap_or_else(|error| error.path().to_path_buf());
            let relative = found.strip_prefix(&fixed).unwrap_or(&found).to_path_buf();
            if found.is_dir() { self.folder(&found, &relative) } else { self.file(&found, relative, false) }
        }
        if is_empty {
            self.remark(path, "the pattern matches no file");
        }
    }

    fn folder(&mut self, root: &Path, above: &Path) {
        let n_before = self.discovery.found.len();
        let mut stack = vec![(root.to_path_buf(), true)];
        while let Some((path, is_folder)) = stack.pop() {
            if !is_folder {
                if can_be_a_document(&path) {
                    let relative = above.join(path.strip_prefix(root).unwrap_or(&path));
                    self.file(&path, relative, true);
                }
            } else if self.except.is_none() || path.canonicalize().ok() != self.except {
                match self.below(&path) {
                    Some(mut below) => stack.append(&mut below),
                    None => {
                        let relative = above.join(path.strip_prefix(root).unwrap_or(&path));
                        self.file(&path, relative, false);
                    }
                }
            }
        }
        if self.discovery.found.len() == n_before {
            self.remark(root, "the folder holds neither a PDF nor a text dump");
        }
    }

    /// What a folder holds, each with whether it is a folder, the last by name first; `None` where it cannot be read.
    fn below(&mut self, folder: &Path) -> Option<Vec<(PathBuf, bool)>> {
        let mut below = Vec::new();
        for entry in fs::read_dir(folder).ok()? {
            let entry = entry.ok()?;
            let path = entry.path();
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => below.push((path, true)),
                Ok(kind) if kind.is_symlink() && path.is_dir() => {
                    self.remark(&path, "a link to a folder is not followed");
                }
                // A link that leads nowhere or to itself fails in its turn; pipes, sockets and devices are no files.
                Ok(kind) if kind.is_file() || (kind.is_symlink() && (path.is_file() || !path.exists())) => {
                    below.push((path, false));
                }
                Ok(_) => {}
                Err(_) => below.push((path, false)),
            }
        }
        below.sort_by(|a, b| b.0.as_os_str().as_encoded_bytes().cmp(a.0.as_os_str().as_encoded_bytes()));
        Some(below)
    }
}

/// Whether the first bytes are those of a PDF or of plain text, which JSON, XML and HTML are not.
fn can_be_a_document(path: &Path) -> bool {
    let mut head = Vec::new();
    let Ok(file) = fs::File::open(path) else { return true };
    if file.take(SNIFFED_BYTES).read_to_end(&mut head).is_err() {
        return true;
    }
    // One that is empty is no disclosure, but may have been meant to be one: that is worth a line.
    if head.is_empty() || pdf::is_pdf(&head) {
        return true;
    }
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return true;
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
    !text.contains(&0) && !matches!(text.first(), None | Some(b'{' | b'[' | b'<'))
}
