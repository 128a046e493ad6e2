//! Many documents in worker processes, as an iterator, and the command itself.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use mingzhang::batch::discover::discover;
use mingzhang::batch::guard::guard;
use mingzhang::batch::options::Options;
use mingzhang::batch::{self, Batch, Document, Isolation, Stop, Turn, Watch};
use mingzhang::emit::json::Layout;
use pyo3::prelude::*;

use crate::{Command, Paths, failure};

/// Outcomes that may wait for whoever iterates.
const N_WAITING: usize = 16;

/// How often it is looked whether Python was interrupted.
const HEED: Duration = Duration::from_millis(100);

/// What became of one document: paths of the same bytes, status, report as JSON, code and message of what is wrong.
type Outcome = (Vec<PathBuf>, &'static str, Option<String>, Option<String>, Option<String>);

/// A run over many documents; an iterator of outcomes in the order of the paths.
#[pyclass]
pub(crate) struct Run {
    outcomes: Mutex<Receiver<Told>>,
    n_documents: usize,
}

enum Told {
    Begun(usize),
    Done(Box<Outcome>),
    Ended,
    Stopped(String),
}

#[pymethods]
impl Run {
    /// Starts it; `command` starts a worker.
    #[new]
    #[pyo3(signature = (paths, command, jobs, timeout, redact_contacts))]
    fn new(
        python: Python<'_>,
        paths: Paths,
        command: Command,
        jobs: usize,
        timeout: u64,
        redact_contacts: bool,
    ) -> PyResult<Self> {
        let (sender, outcomes) = mpsc::sync_channel(N_WAITING);
        let batch = Batch {
            ocr: None,
            found: discover(&paths, None).found,
            out: None,
            options: Options { report: Some(Layout::Compact), redact_contacts, ..Options::default() },
            exports: Vec::new(),
            n_jobs: jobs,
            resume: false,
            isolation: Isolation::Workers { command, timeout: Duration::from_secs(timeout) },
        };
        let ended = sender.clone();
        let work = move || {
            let told = match guard(|| batch::run(batch, &mut Telling(sender))) {
                Ok(Ok(_)) => Told::Ended,
                Ok(Err(stop)) => Told::Stopped(stop.to_string()),
                Err(error) => Told::Stopped(error.to_string()),
            };
            // Where nobody listens any more, that is why it stopped.
            let _ = ended.send(told);
        };
        thread::Builder::new().name("mingzhang".to_owned()).spawn(work)?;
        let mut run = Self { outcomes: Mutex::new(outcomes), n_documents: 0 };
        if let Told::Begun(n_documents) = run.next(python)? {
            run.n_documents = n_documents;
        }
        Ok(run)
    }

    /// How many documents there are.
    #[getter]
    fn n_documents(&self) -> usize {
        self.n_documents
    }

    fn __iter__(run: PyRef<'_, Self>) -> PyRef<'_, Self> {
        run
    }

    fn __next__(&self, python: Python<'_>) -> PyResult<Option<Outcome>> {
        match self.next(python)? {
            Told::Done(outcome) => Ok(Some(*outcome)),
            Told::Begun(_) | Told::Ended | Told::Stopped(_) => Ok(None),
        }
    }
}

impl Run {
    /// What comes next; an interrupt of Python's is heeded meanwhile.
    fn next(&self, python: Python<'_>) -> PyResult<Told> {
        loop {
            let told = python.detach(|| {
                let outcomes = self.outcomes.lock().unwrap_or_else(PoisonError::into_inner);
                outcomes.recv_timeout(HEED)
            });
            match told {
                Ok(Told::Stopped(reason)) => return Err(failure(python, "io", &reason)),
                Ok(told) => return Ok(told),
                Err(RecvTimeoutError::Timeout) => python.check_signals()?,
                // Whoever asks once more after the end is told of the end.
                Err(RecvTimeoutError::Disconnected) => return Ok(Told::Ended),
            }
        }
    }
}

/// Hands outcomes on to whoever iterates.
struct Telling(SyncSender<Told>);

impl Watch for Telling {
    fn begin(&mut self, n_documents: usize) -> Result<(), Stop> {
        self.0.send(Told::Begun(n_documents)).map_err(|_| Stop::Output(nobody()))
    }

    fn done(&self, _: &Turn) {}

    fn take(&self, document: &Document, turn: Turn) -> io::Result<()> {
        let trouble = turn.record.troubles.first().filter(|_| turn.bytes.is_empty());
        let outcome = (
            document.paths().map(PathBuf::from).collect(),
            turn.record.status.name(),
            (!turn.bytes.is_empty()).then(|| String::from_utf8_lossy(&turn.bytes).trim_end().to_owned()),
            trouble.map(|trouble| trouble.code.clone()),
            trouble.map(|trouble| trouble.message.clone()),
        );
        self.0.send(Told::Done(Box::new(outcome))).map_err(|_| nobody())
    }
}

fn nobody() -> io::Error {
    io::ErrorKind::BrokenPipe.into()
}

/// Runs the command with these arguments, the program's name first; `itself` starts it. Gives the exit status.
#[pyfunction]
pub(crate) fn command(python: Python<'_>, arguments: Vec<OsString>, itself: Command) -> u8 {
    python.detach(|| mingzhang::command_line(arguments, itself))
}
