//! A run: every document in its turn, in this process or in workers, and what is left behind at its end.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crate::batch::discover::Found;
use crate::batch::folder::{self, Entry, Folder};
use crate::batch::journal::At;
use crate::batch::options::Options;
use crate::batch::pool::{Lost, Pool};
use crate::batch::publish::{Results, Written};
use crate::batch::record::{Record, Status};
use crate::batch::source::{self, READ_TIME, Source};
use crate::batch::summary::Summary;
use crate::batch::survey::{self, Document};
use crate::batch::work::{self, Part, Task};
use crate::batch::{Input, collect, index, order, sweep};
use crate::emit::export::Export;
use crate::error::Error;
use crate::read::scan::Ocr;

/// What a run is to do.
#[derive(Debug)]
pub struct Batch {
    /// The files, in the order of the results.
    pub found: Vec<Found>,
    /// The folder to publish in; without one, results are handed over.
    pub out: Option<PathBuf>,
    /// What is made of each document.
    pub options: Options,
    /// Reads scanned pages, where the work is done in this process.
    pub ocr: Option<Arc<Ocr>>,
    /// What is made of all of them; wants a folder, and `options.records`.
    pub exports: Vec<Export>,
    /// How many documents are worked on at once; 0 is one a processor.
    pub n_jobs: usize,
    /// Whether what an earlier run did in the folder stands.
    pub resume: bool,
    /// Where the work is done.
    pub isolation: Isolation,
}

/// Where documents are worked on.
#[derive(Debug)]
pub enum Isolation {
    /// In this process: the guard against panics and the reader's own limits are all there is.
    InProcess,
    /// In worker processes.
    Workers {
        /// The command line of a process that calls [`worker::serve`](crate::batch::worker::serve).
        command: Vec<OsString>,
        /// How long a document may take.
        timeout: Duration,
    },
}

/// A document whose turn has come.
#[derive(Debug)]
pub struct Turn {
    /// What became of it.
    pub record: Record,
    /// Its results, where there is no folder to publish in.
    pub bytes: Vec<u8>,
    /// Whether an earlier run did it.
    pub before: bool,
    at: Option<At>,
}

/// Why a run could not start or go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Stop {
    /// Another run is at work.
    #[error("{path}: another run is at work in this folder", path = .0.display())]
    Busy(PathBuf),
    /// Results cannot be written.
    #[error("{path}: {error}", path = .0.display(), error = .1)]
    Folder(PathBuf, io::Error),
    /// Two results would take one place.
    #[error("{0}")]
    Clash(String),
    /// Whoever takes the results wants no more of them.
    #[error("standard output: {0}")]
    Output(io::Error),
    /// Threads or processes cannot be had.
    #[error("expected to start {0}")]
    Machinery(String),
}

/// Who is told how a run goes.
pub trait Watch: Sync {
    /// So many documents will have their turn.
    ///
    /// # Errors
    /// Where the run shall not start.
    fn begin(&mut self, n_documents: usize) -> Result<(), Stop>;

    /// A document is done; called at once, in the thread that did it.
    fn done(&self, turn: &Turn);

    /// Takes a document's result; called in the order of the documents, whatever the number of jobs.
    ///
    /// # Errors
    /// Where no more results are wanted: the run ends.
    fn take(&self, document: &Document, turn: Turn) -> io::Result<()>;
}

/// Does what a batch says.
///
/// # Errors
/// Where the run cannot start, or cannot go on because nothing can be written. What was published stays, and a run with
/// `resume` goes on from there.
pub fn run(batch: Batch, watch: &mut impl Watch) -> Result<Summary, Stop> {
    let Batch { mut found, out, options, ocr, exports, n_jobs, resume, isolation } = batch;
    let begun = Instant::now();
    let n_jobs = if n_jobs == 0 { thread::available_parallelism().map_or(1, usize::from) } else { n_jobs };
    let time = match &isolation {
        Isolation::InProcess => READ_TIME,
        Isolation::Workers { timeout, .. } => *timeout,
    };
    let documents = match (&out, found.pop()) {
        (None, Some(only)) if found.is_empty() => vec![survey::alone(only)],
        (_, last) => {
            found.extend(last);
            survey::survey(found, n_jobs, time).map_err(|error| Stop::Machinery(error.to_string()))?
        }
    };
    let folder = match &out {
        Some(root) => {
            if let Some(clash) = folder::clash(&documents, options, &exports) {
                return Err(Stop::Clash(clash));
            }
            Some(Folder::open(root)?)
        }
        None => None,
    };
    // Threads for workers mostly wait: with twice as many, none waits for another's results to be on the disk.
    let (pool, n_threads) = match isolation {
        Isolation::InProcess => (None, n_jobs),
        Isolation::Workers { command, timeout } => {
            let pool = Pool::new(command, timeout, n_jobs).map_err(|error| Stop::Machinery(error.to_string()))?;
            (Some(pool), 2 * n_jobs)
        }
    };
    watch.begin(documents.len())?;
    let watch = &*watch;
    let at_work = AtWork { folder: folder.as_ref(), pool, time, options, ocr, resume };
    let mut summary = Summary::default();
    let mut lines = Vec::new();
    let mut hashes = Vec::new();
    let (mut wanted, mut unpublished) = (BTreeSet::new(), BTreeSet::new());
    let mut stopped = None;
    let turn = |document: &Document| {
        let turn = at_work.turn(document)?;
        watch.done(&turn);
        Ok(turn)
    };
    let settle = |idx: usize, turn: Result<Result<Turn, Stop>, Error>| {
        let Some(document) = documents.get(idx) else { return ControlFlow::Break(()) };
        let turn = turn.unwrap_or_else(|error| Err(Stop::Machinery(error.to_string())));
        let taken = turn.and_then(|turn| {
            summary.add(document, &turn.record, turn.before);
            lines.extend(turn.at);
            if let Some(folder) = &folder {
                let outputs = Part::ALL.into_iter().zip(folder.targets(document)).filter(|(p, _)| p.is_wanted(options));
                let outputs = outputs.map(|(_, target)| folder.below(&target).to_path_buf());
                if turn.record.status == Status::Published {
                    hashes.extend(document.sha256.as_deref());
                    wanted.extend(outputs);
                } else {
                    unpublished.extend(outputs);
                }
            }
            watch.take(document, turn).map_err(Stop::Output)
        });
        match taken {
            Ok(()) => ControlFlow::Continue(()),
            Err(stop) => {
                stopped = Some(stop);
                ControlFlow::Break(())
            }
        }
    };
    // Results in a folder leave numbers behind; results to be handed over are held until their turn.
    let ran = match &folder {
        Some(_) => order::in_order_far_ahead(&documents, n_threads, turn, settle),
        None => order::in_order(&documents, n_threads, turn, settle),
    };
    ran.map_err(|error| Stop::Machinery(error.to_string()))?;
    if let Some(stop) = stopped {
        return Err(stop);
    }
    if let Some(folder) = &folder {
        let unwritable = |error| Stop::Folder(folder.root().to_path_buf(), error);
        hashes.sort_unstable();
        for export in exports {
            let (files, remarks) = collect::collect(folder, &hashes, export).map_err(|error| match error {
                Error::Io(error) => unwritable(error),
                other => unwritable(io::Error::other(other)),
            })?;
            wanted.extend(files);
            summary.remarks.extend(remarks.into_iter().map(|remark| format!("{}: {remark}", export.name())));
        }
        index::write(folder, &documents, &lines, options).map_err(unwritable)?;
        summary.changed = sweep::sweep(folder, &wanted, unpublished.into_iter()).map_err(unwritable)?;
        folder.journal.sync().map_err(unwritable)?;
        folder.intents.forget().map_err(unwritable)?;
        folder.tidy();
    }
    summary.seconds = begun.elapsed().as_secs_f64();
    Ok(summary)
}

/// What every turn needs.
struct AtWork<'a> {
    folder: Option<&'a Folder>,
    pool: Option<Pool>,
    /// How long a document may take to be read.
    time: Duration,
    options: Options,
    ocr: Option<Arc<Ocr>>,
    resume: bool,
}

impl AtWork<'_> {
    fn turn(&self, document: &Document) -> Result<Turn, Stop> {
        let Some(folder) = self.folder else {
            let mut results = Results::in_memory();
            let record = self.make(document, &mut results)?;
            let (_, bytes) = results.publish().map_err(Stop::Output)?;
            return Ok(Turn { record, bytes, before: false, at: None });
        };
        if self.resume
            && let Some((record, at)) = folder.done_before(document, self.options)
        {
            return Ok(Turn { record, bytes: Vec::new(), before: true, at: Some(at) });
        }
        let begun = Instant::now();
        let mut results = Results::in_files(folder.targets(document));
        let mut record = self.make(document, &mut results)?;
        let unwritable = |error| Stop::Folder(folder.root().to_path_buf(), error);
        let mut written = [Written::default(), Written::default()];
        if record.status == Status::Published {
            folder.intend(document, self.options, &results.written()).map_err(unwritable)?;
            match results.publish() {
                Ok((files, _)) => written = files,
                Err(error) => record = unpublished(error).map_err(unwritable)?,
            }
        }
        let milliseconds = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let entry = Entry { document, options: self.options, record: &record, written, milliseconds };
        let at = folder.enter(&entry).map_err(unwritable)?;
        tracing::info!(path = %document.path.display(), status = record.status.name(), milliseconds, "done");
        Ok(Turn { record, bytes: Vec::new(), before: false, at: Some(at) })
    }

    /// Makes of a document what is wanted; only what concerns more than this document is an error.
    fn make(&self, document: &Document, results: &mut Results) -> Result<Record, Stop> {
        let input = Input::File(document.path.clone());
        let task = Task { name: input.name(), walked: document.walked, options: self.options };
        let made = match &self.pool {
            Some(pool) => Source::open(&document.path, self.time)
                .map_err(|error| Lost::Document(error.into()))
                .and_then(|mut source| pool.make(&task, &mut source, results)),
            None => self.in_process(&task, document, results),
        };
        match made {
            Ok((record, hash)) if hash.is_none() || document.sha256.is_none() || hash == document.sha256 => Ok(record),
            Ok(_) => Ok(Record::failed(&io::Error::other("expected a file that stays the same during the run").into())),
            Err(Lost::Document(Error::Io(error))) => Ok(Record::failed(&source::failure(error, self.time))),
            Err(Lost::Document(error)) => Ok(Record::failed(&error)),
            Err(Lost::Results(error)) => unpublished(error).map_err(|error| match self.folder {
                Some(folder) => Stop::Folder(folder.root().to_path_buf(), error),
                None => Stop::Output(error),
            }),
            Err(Lost::Workers(error)) => Err(Stop::Machinery(format!("a worker process: {error}"))),
        }
    }

    fn in_process(
        &self,
        task: &Task,
        document: &Document,
        results: &mut Results,
    ) -> Result<(Record, Option<String>), Lost> {
        let bytes = Source::all(&document.path, self.time).map_err(Lost::Document)?;
        let made = work::make(task, &bytes, self.ocr.as_deref());
        for (part, bytes) in results.parts().iter_mut().zip(&made.parts) {
            // No bytes make no file.
            if !bytes.is_empty() {
                io::Write::write_all(part, bytes).map_err(Lost::Results)?;
            }
        }
        Ok((made.record, made.sha256))
    }
}

/// What it means that a result cannot be written: a name that cannot be had costs its document, all else the run.
fn unpublished(error: io::Error) -> Result<Record, io::Error> {
    match error.kind() {
        ErrorKind::InvalidFilename | ErrorKind::IsADirectory | ErrorKind::NotADirectory => {
            Ok(Record::failed(&io::Error::new(error.kind(), format!("the result: {error}")).into()))
        }
        _ => Err(error),
    }
}
