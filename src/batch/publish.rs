//! A result appears under its name whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::error::Error;

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

/// A file that is written beside its place, and renamed when it is whole.
#[derive(Debug)]
pub(super) struct Draft {
    target: PathBuf,
    beside: PathBuf,
    file: Option<File>,
    n_bytes: u64,
}

impl Draft {
    /// A draft of a file; nothing is created before the first byte.
    pub(super) fn new(target: PathBuf) -> Self {
        let name = target.file_name().unwrap_or_default();
        // The same name each time, so that what a killed run left behind is written over by the run that goes on; and
        // short, for names of files can be as long as they are allowed to be.
        let hash: String = Sha256::digest(name.as_encoded_bytes()).iter().take(8).map(|b| format!("{b:02x}")).collect();
        let beside = target.with_file_name(format!(".{hash}.part"));
        Self { target, beside, file: None, n_bytes: 0 }
    }

    /// A draft that is created at once, so that even one without any bytes becomes a file.
    pub(super) fn begin(target: PathBuf) -> io::Result<Self> {
        let mut draft = Self::new(target);
        draft.file()?;
        Ok(draft)
    }

    /// Puts the file in its place, synced. Gives its size.
    pub(super) fn publish(mut self) -> io::Result<u64> {
        if let Some(file) = self.file.take() {
            let renamed = file.sync_all().and_then(|()| fs::rename(&self.beside, &self.target));
            if renamed.is_err() {
                self.file = Some(file);
            }
            renamed?;
        }
        Ok(self.n_bytes)
    }

    /// Removes what stands in its place from before.
    pub(super) fn retract(&self) -> io::Result<()> {
        match fs::remove_file(&self.target) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
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

    /// Puts files in their places. Gives the size of each, and what stayed in memory.
    pub(super) fn publish(self) -> io::Result<([u64; 2], Vec<u8>)> {
        let mut sizes = [0; 2];
        let mut memory = Vec::new();
        for (size, destination) in sizes.iter_mut().zip(self.0) {
            match destination {
                Destination::Memory(mut bytes) => memory.append(&mut bytes),
                Destination::File(draft) => *size = draft.publish()?,
            }
        }
        Ok((sizes, memory))
    }

    /// Gives up what was written, and removes what stands in its place from before.
    pub(super) fn retract(self) -> io::Result<()> {
        for destination in &self.0 {
            if let Destination::File(draft) = destination {
                draft.retract()?;
            }
        }
        Ok(())
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
