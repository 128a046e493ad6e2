//! Worker processes: each serves one document after another, and is replaced when it dies.

use std::ffi::OsString;
use std::io::{self, BufReader, BufWriter, Read};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::batch::protocol::{self, Broken};
use crate::batch::publish::Results;
use crate::batch::record::Record;
use crate::batch::watchdog::{Shared, Watchdog, lock};
use crate::batch::work::Task;
use crate::error::Error;

/// What Rust's runtime says before it aborts a process that gets no more memory, with the number of bytes wanted.
const LAST_WORDS_WITHOUT_MEMORY: &str = "memory allocation of ";

/// How much of a worker's last words is kept.
const LAST_WORDS_BYTES: usize = 4096;

/// The workers of a run, a limited number; whoever wants one more waits.
pub(super) struct Pool {
    command: Vec<OsString>,
    timeout: Duration,
    workers: Mutex<Workers>,
    free: Condvar,
    watchdog: Watchdog,
}

struct Workers {
    idle: Vec<Worker>,
    /// How many more may be at work.
    n_free: usize,
}

struct Worker {
    child: Shared,
    input: BufWriter<ChildStdin>,
    output: BufReader<ChildStdout>,
    last_words: Option<JoinHandle<Vec<u8>>>,
    /// Whether it said which protocol it speaks.
    is_known: bool,
}

/// Why a document has no result.
#[derive(Debug)]
pub(super) enum Lost {
    /// It is the document's own fault, or that of the machinery at this document.
    Document(Error),
    /// The results could not be written.
    Results(io::Error),
    /// No worker can be started, or it is of another version.
    Workers(io::Error),
}

impl Pool {
    /// A pool without workers yet, for at most `n_workers`; `command` starts one.
    pub(super) fn new(command: Vec<OsString>, timeout: Duration, n_workers: usize) -> io::Result<Self> {
        let workers = Mutex::new(Workers { idle: Vec::new(), n_free: n_workers });
        Ok(Self { command, timeout, workers, free: Condvar::new(), watchdog: Watchdog::start()? })
    }

    /// Has a worker make of a document what the task wants. Gives the record and the hash of the bytes it read.
    pub(super) fn make(
        &self,
        task: &Task,
        document: &mut impl Read,
        results: &mut Results,
    ) -> Result<(Record, Option<String>), Lost> {
        let mut place = self.place();
        let mut worker = place.idle.take().map_or_else(|| self.start(), Ok).map_err(Lost::Workers)?;
        let watch = self.watchdog.watch(&worker.child, Instant::now() + self.timeout);
        let answer = worker.ask(task, document, results);
        let timed_out = self.watchdog.end(&watch);
        match answer {
            Ok(answer) => {
                if !timed_out {
                    place.idle = Some(worker);
                }
                Ok(answer)
            }
            Err(Asked::Unanswered) if timed_out => Err(Lost::Document(Error::Timeout(self.timeout.as_secs()))),
            Err(Asked::Unanswered) => Err(Lost::Document(worker.cause_of_death())),
            Err(Asked::Strange(_)) if timed_out => Err(Lost::Document(Error::Timeout(self.timeout.as_secs()))),
            Err(Asked::Strange(error)) if error.kind() == io::ErrorKind::InvalidData => Err(Lost::Workers(error)),
            Err(Asked::Strange(_)) => Err(Lost::Workers(io::Error::other(worker.cause_of_death()))),
            Err(Asked::Unreadable(error)) => Err(Lost::Document(error.into())),
            Err(Asked::Unwritable(error)) => Err(Lost::Results(error)),
        }
    }

    /// Waits for a place among those at work, with a worker that is idle if there is one.
    fn place(&self) -> Place<'_> {
        let mut workers = lock(&self.workers);
        while workers.n_free == 0 {
            workers = self.free.wait(workers).unwrap_or_else(PoisonError::into_inner);
        }
        workers.n_free -= 1;
        Place { pool: self, idle: workers.idle.pop() }
    }

    fn start(&self) -> io::Result<Worker> {
        let (program, args) = self.command.split_first().ok_or(io::ErrorKind::InvalidInput)?;
        let mut child = Command::new(program)
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        tracing::debug!(process = child.id(), "worker started");
        let (Some(input), Some(output), Some(error)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        Ok(Worker {
            child: Arc::new(Mutex::new(child)),
            input: BufWriter::new(input),
            output: BufReader::new(output),
            is_known: false,
            last_words: Some(thread::Builder::new().name("last-words".to_owned()).spawn(|| listen(error))?),
        })
    }
}

/// A place among the workers at work; when it is given back, so is the worker in it.
struct Place<'a> {
    pool: &'a Pool,
    idle: Option<Worker>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut workers = lock(&self.pool.workers);
        workers.idle.extend(self.idle.take());
        workers.n_free += 1;
        self.pool.free.notify_one();
    }
}

/// Why a worker gave no answer.
enum Asked {
    Unanswered,
    /// It did not begin as a worker does.
    Strange(io::Error),
    Unreadable(io::Error),
    Unwritable(io::Error),
}

impl Worker {
    fn ask(
        &mut self,
        task: &Task,
        document: &mut impl Read,
        results: &mut Results,
    ) -> Result<(Record, Option<String>), Asked> {
        if !self.is_known {
            protocol::receive_hello(&mut self.output).map_err(Asked::Strange)?;
            self.is_known = true;
        }
        protocol::send_task(task, document, &mut self.input).map_err(|broken| match broken {
            Broken::Source(error) => Asked::Unreadable(error),
            Broken::Sink(_) => Asked::Unanswered,
        })?;
        let (record, sha256, lengths) = protocol::receive_head(&mut self.output).map_err(|_| Asked::Unanswered)?;
        for (part, length) in results.parts().iter_mut().zip(lengths) {
            protocol::hand_on(length, &mut self.output, part).map_err(|broken| match broken {
                Broken::Source(_) => Asked::Unanswered,
                Broken::Sink(error) => Asked::Unwritable(error),
            })?;
        }
        Ok((record, sha256))
    }

    fn cause_of_death(mut self) -> Error {
        let status = {
            let mut child = lock(&self.child);
            // It has closed its output, so that it is dead or as good as dead.
            let _ = child.kill();
            child.wait()
        };
        let last_words = self.last_words.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
        let last_words = String::from_utf8_lossy(&last_words);
        tracing::debug!(?status, %last_words, "worker died");
        match status {
            _ if last_words.contains(LAST_WORDS_WITHOUT_MEMORY) => Error::OutOfMemory,
            Ok(status) => Error::Crashed(status.to_string()),
            Err(error) => Error::Crashed(error.to_string()),
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // An idle one would end with its input; one that is lost at a document would not.
        let mut child: std::sync::MutexGuard<'_, Child> = lock(&self.child);
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// The end of what a worker says.
fn listen(mut error: ChildStderr) -> Vec<u8> {
    let mut last = Vec::new();
    let mut chunk = [0; LAST_WORDS_BYTES];
    while let Ok(n @ 1..) = error.read(&mut chunk) {
        last.extend_from_slice(chunk.get(..n).unwrap_or_default());
        let excess = last.len().saturating_sub(LAST_WORDS_BYTES);
        last.drain(..excess);
    }
    last
}
