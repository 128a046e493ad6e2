//! The file of decisions: append-only, on the disk before a decision is acknowledged, shared by several reviewers.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::batch::watchdog::lock;
use crate::emit::decisions::{Decision, Decisions, FILE};

/// The decisions of a folder.
pub(super) struct Log {
    path: PathBuf,
    known: Mutex<Known>,
}

/// What was read of the file so far.
#[derive(Default)]
struct Known {
    decisions: Decisions,
    n_bytes: u64,
}

impl Log {
    /// The file of a folder; it is made with the first decision.
    pub(super) fn open(root: &Path) -> Self {
        Self { path: root.join(FILE), known: Mutex::default() }
    }

    /// Does something with what is decided by now, by whomever.
    pub(super) fn look<T>(&self, look: impl FnOnce(&Decisions) -> T) -> io::Result<T> {
        let mut known = lock(&self.known);
        match File::open(&self.path) {
            Ok(mut file) => known.catch_up(&mut file)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        Ok(look(&known.decisions))
    }

    /// Appends what `decide` makes of all that is decided by now; nobody else can decide meanwhile. When this returns, the
    /// lines are on the disk.
    pub(super) fn append<E: From<io::Error>>(
        &self,
        decide: impl FnOnce(&Decisions) -> Result<Vec<Decision>, E>,
    ) -> Result<(), E> {
        let mut known = lock(&self.known);
        let is_new = !self.path.exists();
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(&self.path)?;
        // Another process, or another server, waits here.
        file.lock()?;
        known.catch_up(&mut file)?;
        let decisions = decide(&known.decisions)?;
        let mut lines = String::new();
        if file.metadata()?.len() > known.n_bytes {
            // A writer was killed amid a line: it ends here, and was acknowledged to nobody.
            lines.push('\n');
        }
        for decision in &decisions {
            lines.push_str(&decision.to_json().to_string());
            lines.push('\n');
        }
        file.write_all(lines.as_bytes())?;
        file.sync_data()?;
        if is_new && let Some(folder) = self.path.parent() {
            // The name of the file is on the disk too.
            File::open(folder).and_then(|folder| folder.sync_all()).or_else(unsyncable)?;
        }
        known.catch_up(&mut file)?;
        Ok(file.unlock()?)
    }
}

/// Folders cannot be opened everywhere.
fn unsyncable(error: io::Error) -> io::Result<()> {
    if cfg!(unix) { Err(error) } else { Ok(()) }
}

impl Known {
    fn catch_up(&mut self, file: &mut File) -> io::Result<()> {
        let n_bytes = file.metadata()?.len();
        if n_bytes < self.n_bytes {
            // Somebody put another file in its place.
            *self = Self::default();
        }
        file.seek(SeekFrom::Start(self.n_bytes))?;
        let mut more = Vec::new();
        file.read_to_end(&mut more)?;
        self.n_bytes += self.decisions.extend(&more) as u64;
        Ok(())
    }
}
