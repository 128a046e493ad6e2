//! A result appears under its name whole or not at all.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::error::Error;
use crate::hex::hex;

/// Publishes one file: its folder is made where it is absent.
///
/// # Errors
/// Where the folder or the file cannot be written.
pub fn publish(target: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut draft = Draft::begin(target.to_path_buf())?;
    draft.write_all(bytes)?;
    draft.publish()?;
    Ok(())
}

/// Size and hash of a file that was published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) n_bytes: u64,
    /// SHA-256 in hex.
    pub(super) sha256: String,
}

/// Whether a file is named as drafts are.
pub(super) fn is_draft(name: &OsStr) -> bool {
    let hash = name.to_str().and_then(|name| name.strip_prefix('.')?.strip_suffix(".part"));
    hash.is_some_and(|hash| hash.len() == 2 * HASH_BYTES && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Bytes of a name's hash in the name of its draft.
const HASH_BYTES: usize = 8;

/// A file that is written beside its place, and renamed when it is whole.
#[derive(Debug)]
pub(super) struct Draft {
    target: PathBuf,
    beside: PathBuf,
    file: Option<File>,
    n_bytes: u64,
    hash: Sha256,
}

impl Draft {
    /// A draft of a file; nothing is created before the first byte.
    pub(super) fn new(target: PathBuf) -> Self {
        let name = target.file_name().unwrap_or_default();
        // The same name each time, so that what a killed run left behind is written over by the run that goes on; and
        // short, for names of files can be as long as they are allowed to be.
        let hash = Sha256::digest(name.as_encoded_bytes());
        let hash = hex(hash.get(..HASH_BYTES).unwrap_or(&hash));
        let beside = target.with_file_name(format!(".{hash}.part"));
        Self { target, beside, file: None, n_bytes: 0, hash: Sha256::new() }
    }

    /// A draft that is created at once, so that even one without any bytes becomes a file.
    pub(super) fn begin(target: PathBuf) -> io::Result<Self> {
        let mut draft = Self::new(target);
        draft.file()?;
        Ok(draft)
    }

    /// What the file is once it is whole.
    fn written(&self) -> Written {
        let hash = self.hash.clone().finalize();
        Written { n_bytes: self.n_bytes, sha256: hex(&hash) }
    }

    /// Puts the file in its place, synced.
    pub(super) fn publish(mut self) -> io::Result<Written> {
        if let Some(file) = self.file.take() {
            let renamed = file.sync_all().and_then(|()| fs::rename(&self.beside, &self.target));
            if renamed.is_err() {
                self.file = Some(file);
            }
            renamed?;
        }
        Ok(self.written())
    }

    fn file(&mut self) -> io::Result<&mut File> {
        let file = match self.file.take() {
            Some(file) => file,
            None => {
                fs::create_dir_all(self.target.parent().unwrap_or(Path::new(".")))?;
                File::create(&self.beside)?
            }
        };
        Ok(self.file.insert(file))
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.file()?.write(bytes)?;
        self.n_bytes += n as u64;
        self.hash.update(bytes.get(..n).unwrap_or_default());
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            // What is left half-written is of no use; that it cannot be removed changes nothing.
            let _ = fs::remove_file(&self.beside);
        }
    }
}

/// Where the parts of one document's result go.
#[derive(Debug)]
pub(super) struct Results([Destination; 2]);

#[derive(Debug)]
pub(super) enum Destination {
    /// To be printed.
    Memory(Vec<u8>),
    /// To be published.
    File(Draft),
}

impl Results {
    /// Results that stay in memory.
    pub(super) fn in_memory() -> Self {
        Self([Destination::Memory(Vec::new()), Destination::Memory(Vec::new())])
    }

    /// Results that become files.
    pub(super) fn in_files(targets: [PathBuf; 2]) -> Self {
        Self(targets.map(|target| Destination::File(Draft::new(target))))
    }

    /// What to write to, a part.
    pub(super) fn parts(&mut self) -> &mut [Destination; 2] {
        &mut self.0
    }

    /// What each file is once it is in its place.
    pub(super) fn written(&self) -> [Written; 2] {
        self.0.each_ref().map(|destination| match destination {
            Destination::Memory(_) => Written::default(),
            Destination::File(draft) => draft.written(),
        })
    }

    /// Puts files in their places. Gives what each is, and what stayed in memory.
    pub(super) fn publish(self) -> io::Result<([Written; 2], Vec<u8>)> {
        let mut files = [Written::default(), Written::default()];
        let mut memory = Vec::new();
        for (file, destination) in files.iter_mut().zip(self.0) {
            match destination {
                Destination::Memory(mut bytes) => memory.append(&mut bytes),
                Destination::File(draft) => *file = draft.publish()?,
            }
        }
        Ok((files, memory))
    }
}

impl Write for Destination {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Memory(memory) => memory.write(bytes),
            Self::File(draft) => draft.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
