//! The bytes of a file, read by a thread of its own: a file that gives none costs no more than its time.

use std::fs::{File, FileType};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::Error;

/// The largest file that is read: ten times the largest real disclosure seen, scans included.
pub const MAX_INPUT_BYTES: u64 = 512 << 20;

/// How long a file may take to be read where nobody gives another time.
pub(super) const READ_TIME: Duration = Duration::from_secs(120);

/// The path that means standard input, which is read once and kept.
const STANDARD_INPUT: &str = "-";

/// Bytes handed over at once.
const CHUNK_BYTES: u64 = 256 << 10;

/// A regular file that is being read. Pipes, devices and sockets are refused before they are opened.
pub(super) struct Source {
    chunks: Receiver<io::Result<Vec<u8>>>,
    chunk: io::Cursor<Vec<u8>>,
    time: Duration,
    /// When the time is over; it begins with the first read.
    deadline: Option<Instant>,
    /// How many bytes more may come.
    left: u64,
}

impl Source {
    /// Begins to read a file that may take so long, and gives an error past [`MAX_INPUT_BYTES`].
    ///
    /// # Errors
    /// Where no thread can be started; what is wrong with the file is an error of the first read.
    pub(super) fn open(path: &Path, time: Duration) -> io::Result<Self> {
        // One byte more than allowed tells a file that is too large, also where it has no size.
        Self::begin(path, time, MAX_INPUT_BYTES + 1)
    }

    /// The first bytes of a file.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub(super) fn head(path: &Path, n_bytes: u64) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        Self::begin(path, READ_TIME, n_bytes)?.read_to_end(&mut head)?;
        Ok(head)
    }

    /// All bytes of a file.
    ///
    /// # Errors
    /// Where they cannot be read, are too many or take too long.
    pub(super) fn all(path: &Path, time: Duration) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        Self::open(path, time).and_then(|mut source| source.read_to_end(&mut bytes)).map_err(|e| failure(e, time))?;
        Ok(bytes)
    }

    fn begin(path: &Path, time: Duration, n_bytes: u64) -> io::Result<Self> {
        let (sender, chunks) = mpsc::sync_channel(2);
        let path = path.to_path_buf();
        thread::Builder::new().name("source".to_owned()).spawn(move || hand_over(path, n_bytes, &sender))?;
        Ok(Self { chunks, chunk: io::Cursor::default(), time, deadline: None, left: MAX_INPUT_BYTES })
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let now = Instant::now();
        let deadline = *self.deadline.get_or_insert(now + self.time);
        loop {
            let n = self.chunk.read(buffer)?;
            if n > 0 || buffer.is_empty() {
                return Ok(n);
            }
            let chunk = match self.chunks.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(chunk) => chunk?,
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
                Err(RecvTimeoutError::Timeout) => return Err(ErrorKind::TimedOut.into()),
            };
            let too_large = || io::Error::new(ErrorKind::FileTooLarge, format!("at most {MAX_INPUT_BYTES} bytes"));
            self.left = self.left.checked_sub(chunk.len() as u64).ok_or_else(too_large)?;
            self.chunk = io::Cursor::new(chunk);
        }
    }
}

/// What an error of reading within a time means for the document.
pub(super) fn failure(error: io::Error, time: Duration) -> Error {
    match error.kind() {
        ErrorKind::FileTooLarge => Error::Limit(error.to_string()),
        ErrorKind::TimedOut => Error::Timeout(time.as_secs()),
        _ => error.into(),
    }
}

/// Reads until the end, an error, or nobody wants more.
fn hand_over(path: PathBuf, n_bytes: u64, to: &SyncSender<io::Result<Vec<u8>>>) {
    if path == Path::new(STANDARD_INPUT) {
        let n_bytes = usize::try_from(n_bytes).unwrap_or(usize::MAX);
        let chunks = standard_input().map(|bytes| bytes.get(..n_bytes).unwrap_or(bytes).chunks(CHUNK_BYTES as usize));
        return match chunks {
            // That nobody listens is no matter here and below: the document was given up.
            Ok(mut chunks) => drop(chunks.try_for_each(|chunk| to.send(Ok(chunk.to_vec())))),
            Err(error) => to.send(Err(error)).unwrap_or_default(),
        };
    }
    let mut file = match regular(&path) {
        Ok(file) => file.take(n_bytes),
        Err(error) => return to.send(Err(error)).unwrap_or_default(),
    };
    loop {
        let mut chunk = Vec::new();
        let read = file.by_ref().take(CHUNK_BYTES).read_to_end(&mut chunk);
        let is_end = !matches!(read, Ok(1..));
        let sent = match read {
            Ok(0) => Ok(()),
            Ok(_) => to.send(Ok(chunk)),
            Err(error) => to.send(Err(error)),
        };
        if is_end || sent.is_err() {
            return;
        }
    }
}

fn standard_input() -> io::Result<&'static [u8]> {
    static BYTES: OnceLock<Result<Vec<u8>, String>> = OnceLock::new();
    let read = || {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().take(MAX_INPUT_BYTES + 1).read_to_end(&mut bytes);
        read.map(|_| bytes).map_err(|error| error.to_string())
    };
    BYTES.get_or_init(read).as_deref().map_err(|error| io::Error::other(error.clone()))
}

/// Opens a file that is nothing else: to open a pipe that nobody writes to takes forever.
fn regular(path: &Path) -> io::Result<File> {
    let kind = path.metadata()?.file_type();
    if kind.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if !kind.is_file() {
        return Err(io::Error::other(format!("expected a regular file, found {}", special(kind))));
    }
    File::open(path)
}

#[cfg(unix)]
fn special(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    match () {
        () if kind.is_fifo() => "a pipe",
        () if kind.is_socket() => "a socket",
        () => "a device",
    }
}

#[cfg(not(unix))]
fn special(_kind: FileType) -> &'static str {
    "a device"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_whole_over_many_chunks() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let bytes: Vec<u8> = (0..CHUNK_BYTES * 3 + 7).map(|i| (i % 251) as u8).collect();
        std::fs::write(&path, &bytes).unwrap();
        assert!(Source::all(&path, READ_TIME).unwrap() == bytes);
        assert_eq!(Source::head(&path, 5).unwrap(), bytes[..5]);
    }

    #[test]
    fn a_file_that_gives_nothing_costs_no_more_than_its_time() {
        let (sender, chunks) = mpsc::sync_channel(1);
        let mut source = Source {
            chunks,
            chunk: io::Cursor::default(),
            time: Duration::from_millis(20),
            deadline: None,
            left: MAX_INPUT_BYTES,
        };
        sender.send(Ok(b"begun".to_vec())).unwrap();
        let error = source.read_to_end(&mut Vec::new()).unwrap_err();
        assert!(matches!(failure(error, Duration::from_secs(1)), Error::Timeout(1)));
    }
}
