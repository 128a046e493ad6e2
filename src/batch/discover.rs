//! Paths given become the files to work on: files as they are, folders walked in a fixed order, patterns expanded.

use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::batch::source::Source;
use crate::read::{foreign, pdf};

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
    /// Whether a folder walk found it and its name does not end in `.pdf` or `.txt`, so that it may turn out to be
    /// something else.
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
    /// What lies in folders and is no file to work on.
    pub left_out: Vec<Remark>,
}

impl Discovery {
    /// Takes in what further paths mean.
    pub fn extend(&mut self, mut other: Self) {
        self.found.append(&mut other.found);
        self.remarks.append(&mut other.remarks);
        self.left_out.append(&mut other.left_out);
    }
}

/// The files that the paths mean, in the order given, folders recursively in the order of names; what lies in `except`,
/// the folder of the results, is left out.
///
/// `-` is standard input. A path that does not exist and has a wildcard (`*`, `?`, `[`) is a pattern, also with `**` for any depth. In folders,
/// every file whose name ends in `.pdf` or `.txt` is one to work on, whatever is in it; of the others, those that can be a
/// PDF or a text dump. Names that begin with a dot are left out; no list of ignored names is read. What is left out is
/// told. Links to folders are not followed, so that no walk goes round in a loop; each is a remark, and so is a
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

/// As [`discover`], for a list of paths, one a line, or each ended by a NUL, which is asked for or seen in the list: each
/// result is named after the path as it stands in the list, because a list may have many folders with files of equal names.
pub fn discover_listed(list: &[u8], null: bool, except: Option<&Path>) -> Discovery {
    let mut walk = Walk { discovery: Discovery::default(), except: except.and_then(|path| path.canonicalize().ok()) };
    let has_nul = null || list.contains(&0);
    for line in list.split(|byte| *byte == if has_nul { 0 } else { b'\n' }) {
        let line = if has_nul { line } else { line.strip_suffix(b"\r").unwrap_or(line) };
        if line.is_empty() {
            continue;
        }
        let path = path_of(line);
        let named: PathBuf = path.components().filter(|part| matches!(part, Component::Normal(_))).collect();
        if path.is_dir() { walk.folder(&path, &named) } else { walk.file(&path, named, false) }
    }
    walk.discovery
}

/// A path by its bytes.
#[cfg(unix)]
pub(super) fn path_of(line: &[u8]) -> PathBuf {
    <OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(line).into()
}

/// A path by its bytes.
#[cfg(not(unix))]
pub(super) fn path_of(line: &[u8]) -> PathBuf {
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

    fn leave_out(&mut self, path: PathBuf, reason: &'static str) {
        self.discovery.left_out.push(Remark { path, reason });
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
                let is_named = named_as_a_document(&path);
                match if is_named { None } else { something_else(&path) } {
                    Some(reason) => self.leave_out(path, reason),
                    None => {
                        let relative = above.join(path.strip_prefix(root).unwrap_or(&path));
                        self.file(&path, relative, !is_named);
                    }
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
        let (mut below, mut hidden) = (Vec::new(), Vec::new());
        for entry in fs::read_dir(folder).ok()? {
            let entry = entry.ok()?;
            let path = entry.path();
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                hidden.push(path);
                continue;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => below.push((path, true)),
                Ok(kind) if kind.is_symlink() && path.is_dir() => {
                    self.remark(&path, "a link to a folder is not followed");
                }
                // A link that leads nowhere or to itself fails in its turn.
                _ => below.push((path, false)),
            }
        }
        hidden.sort();
        for path in hidden {
            self.leave_out(path, "its name begins with a dot");
        }
        below.sort_by(|a, b| b.0.as_os_str().as_encoded_bytes().cmp(a.0.as_os_str().as_encoded_bytes()));
        Some(below)
    }
}

/// Whether the name says that it is a PDF or a text.
fn named_as_a_document(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("pdf") || end.eq_ignore_ascii_case("txt"))
}

/// What a file of a folder is where its first bytes are neither those of a PDF nor of plain text, which JSON, XML and
/// HTML are not. What cannot be looked at fails in its turn.
fn something_else(path: &Path) -> Option<&'static str> {
    if path.metadata().is_ok_and(|kind| !kind.is_file()) {
        return Some("a pipe, a socket or a device");
    }
    let head = Source::head(path, SNIFFED_BYTES).ok()?;
    if let Some(kind) = foreign::kind(&head) {
        return Some(kind);
    }
    // One that is empty is no disclosure, but may have been meant to be one: that is worth a line.
    if head.is_empty() || pdf::is_pdf(&head) || head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return None;
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
    match text.first() {
        _ if text.contains(&0) => Some("neither a PDF nor text"),
        None => Some("white space"),
        Some(b'{' | b'[') => Some("JSON"),
        Some(b'<') => Some(foreign::markup(&head).unwrap_or("markup")),
        Some(_) => None,
    }
}
