//! The journal of an output folder: one line a document done, appended when its results are in their places.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::batch::discover::path_of;
use crate::batch::publish::Written;
use crate::batch::watchdog::lock;
use crate::hex::hex;

/// Where a line stands in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct At {
    offset: u64,
    length: usize,
}

/// The journal of a folder, which one run at a time may have open.
pub(super) struct Journal {
    file: Mutex<(File, u64)>,
    before: BTreeMap<String, At>,
}

/// Why a journal cannot be had.
pub(super) enum Unavailable {
    /// Another run has it.
    Busy,
    /// It cannot be read or written.
    Io(io::Error),
}

impl From<io::Error> for Unavailable {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Journal {
    /// Opens the journal at a path, and cuts off a last line that was not written to its end.
    pub(super) fn open(path: &Path) -> Result<Self, Unavailable> {
        let file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Unavailable::Busy),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        let mut before = BTreeMap::new();
        let mut end = 0;
        let mut line = Vec::new();
        let mut lines = BufReader::new(&file);
        while lines.read_until(b'\n', &mut line)? > 0 && line.ends_with(b"\n") {
            let at = At { offset: end, length: line.len() };
            end += line.len() as u64;
            // A line that is none of ours changes nothing: its document is done anew.
            let json: Option<Value> = serde_json::from_slice(&line).ok();
            if let Some(hash) = json.as_ref().and_then(|json| json.get("sha256")?.as_str()) {
                before.insert(hash.to_owned(), at);
            }
            line.clear();
        }
        if file.metadata()?.len() > end {
            file.set_len(end)?;
        }
        Ok(Self { file: Mutex::new((file, end)), before })
    }

    /// The last line about a document from before this run.
    pub(super) fn before(&self, sha256: &str) -> Option<(At, Value)> {
        let at = *self.before.get(sha256)?;
        Some((at, self.read(at).ok()?))
    }

    /// Appends a line, with the time.
    pub(super) fn append(&self, mut entry: Value) -> io::Result<At> {
        entry["at"] = Value::String(utc(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs())));
        let line = format!("{entry}\n");
        let mut file = lock(&self.file);
        let (file, end) = &mut *file;
        if let Err(error) = file.write_all(line.as_bytes()) {
            // Half a line would be cut off by the next run; better now.
            let _ = file.set_len(*end);
            return Err(error);
        }
        let at = At { offset: *end, length: line.len() };
        *end += line.len() as u64;
        Ok(at)
    }

    /// The line at a place.
    pub(super) fn read(&self, at: At) -> io::Result<Value> {
        let mut line = vec![0; at.length];
        let mut file = lock(&self.file);
        file.0.seek(SeekFrom::Start(at.offset))?;
        file.0.read_exact(&mut line)?;
        Ok(serde_json::from_slice(&line)?)
    }

    /// Every output that it names, from the first line to the last.
    pub(super) fn each_output(&self, each: impl FnMut(PathBuf, Written)) -> io::Result<()> {
        let mut file = lock(&self.file);
        file.0.seek(SeekFrom::Start(0))?;
        each_output(&file.0, each)
    }

    /// Writes everything to the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        lock(&self.file).0.sync_all()
    }
}

/// What is about to be put in its place: the last word of a run that is killed before its journal knows.
pub(super) struct Intents {
    path: PathBuf,
    file: Mutex<Option<File>>,
}

impl Intents {
    /// Those at a path, with what runs that were killed left there.
    pub(super) fn at(path: PathBuf) -> Self {
        Self { path, file: Mutex::new(None) }
    }

    /// Notes outputs that come next.
    pub(super) fn note(&self, outputs: Value) -> io::Result<()> {
        let mut file = lock(&self.file);
        let file = match file.take() {
            Some(open) => file.insert(open),
            None => {
                std::fs::create_dir_all(self.path.parent().unwrap_or(Path::new(".")))?;
                let mut open = OpenOptions::new().append(true).create(true).open(&self.path)?;
                // A line that breaks off ends here.
                open.write_all(b"\n")?;
                file.insert(open)
            }
        };
        file.write_all(format!("{}\n", json!({"outputs": outputs})).as_bytes())
    }

    /// Every output that was noted.
    pub(super) fn each_output(&self, each: impl FnMut(PathBuf, Written)) -> io::Result<()> {
        match File::open(&self.path) {
            Ok(file) => each_output(&file, each),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Forgets them, where all that they name is in the journal or gone.
    pub(super) fn forget(&self) -> io::Result<()> {
        *lock(&self.file) = None;
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

fn each_output(file: &File, mut each: impl FnMut(PathBuf, Written)) -> io::Result<()> {
    for line in BufReader::new(file).split(b'\n') {
        let Ok(entry) = serde_json::from_slice::<Value>(&line?) else { continue };
        for output in entry["outputs"].as_array().into_iter().flatten() {
            if let Some((path, output)) = output_of(output) {
                each(path, output);
            }
        }
    }
    Ok(())
}

/// An output as a line names it.
pub(super) fn output(path: &Path, written: &Written) -> Value {
    let mut output = json!({"path": path.to_string_lossy(), "bytes": written.n_bytes, "sha256": written.sha256});
    if path.to_str().is_none() {
        // A name that is no Unicode, by which the file can be found again.
        output["name"] = hex(path.as_os_str().as_encoded_bytes()).into();
    }
    output
}

fn output_of(output: &Value) -> Option<(PathBuf, Written)> {
    let written = Written { n_bytes: output["bytes"].as_u64()?, sha256: output["sha256"].as_str()?.to_owned() };
    let path = match output["name"].as_str() {
        Some(name) => {
            let byte = |at: usize| u8::from_str_radix(name.get(at..at + 2)?, 16).ok();
            path_of(&(0..name.len()).step_by(2).map(byte).collect::<Option<Vec<u8>>>()?)
        }
        None => output["path"].as_str()?.into(),
    };
    Some((path, written))
}

/// Seconds since 1970 as people write a time: `2026-11-25T01:32:41Z`.
pub(crate) fn utc(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Years that begin in March have their leap day at the end; 400 of them are 146,097 days.
    let from_march = days + 719_468;
    let (era, day_of_era) = (from_march / 146_097, from_march % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_a_time_people_read() {
        assert_eq!(utc(0), "1970-01-01T00:00:00Z");
        assert_eq!(utc(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(utc(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(utc(4_107_542_399), "2100-02-28T23:59:59Z");
        assert_eq!(utc(4_107_542_400), "2100-03-01T00:00:00Z");
    }

    #[test]
    fn a_last_line_that_breaks_off_is_cut_off_and_the_next_one_stands_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.jsonl");
        std::fs::write(&path, "{\"sha256\":\"a\",\"n\":1}\nno json\n{\"sha256\":\"b\"").unwrap();
        let journal = Journal::open(&path).ok().unwrap();
        assert_eq!(journal.before("a").unwrap().1["n"], 1);
        assert!(journal.before("b").is_none());
        let at = journal.append(serde_json::json!({"sha256": "b"})).unwrap();
        assert_eq!(journal.read(at).unwrap()["sha256"], "b");
        assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 3);
    }

    #[test]
    fn outputs_come_back_as_they_were() {
        let written = Written { n_bytes: 7, sha256: "ab".to_owned() };
        for name in [&b"a/b.pdf.json"[..], b"in-\xd4\xa4.txt.json"] {
            let path = path_of(name);
            assert_eq!(output_of(&output(&path, &written)), Some((path, written.clone())));
        }
        assert_eq!(output_of(&json!({"path": "a", "bytes": 7})), None);
    }

    #[test]
    fn a_journal_is_open_once_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.jsonl");
        let first = Journal::open(&path);
        assert!(matches!(Journal::open(&path), Err(Unavailable::Busy)));
        drop(first);
        assert!(Journal::open(&path).is_ok());
    }
}
