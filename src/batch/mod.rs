//! Many documents in one process: in parallel, each behind its own guard, results in the order given.

pub mod discover;
pub mod guard;
pub mod publish;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc;

use crate::emit::wire::Report;
use crate::error::Error;
use crate::pipeline;

/// The largest file that is read: ten times the largest real disclosure seen, scans included.
pub const MAX_INPUT_BYTES: u64 = 512 << 20;

/// Deeply nested files are read by recursion up to a limit; this leaves room for every one of them.
const STACK_BYTES: usize = 64 << 20;

/// How many documents may be finished or under way beyond the next one due, a worker: enough that none waits.
const AHEAD_PER_JOB: usize = 4;

/// One document to extract.
#[derive(Clone, Debug)]
pub enum Input {
    /// A file, read when its turn comes.
    File(PathBuf),
    /// Bytes in memory under a name.
    Bytes {
        /// File name without folder.
        name: String,
        /// The PDF or text dump.
        bytes: Vec<u8>,
    },
}

impl Input {
    /// The name that is published: without its folder.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            Self::Bytes { name, .. } => name.clone(),
        }
    }

    /// Its bytes.
    ///
    /// # Errors
    /// Where the file cannot be read or is larger than [`MAX_INPUT_BYTES`].
    pub fn load(&self) -> Result<Cow<'_, [u8]>, Error> {
        let bytes = match self {
            Self::Bytes { bytes, .. } => Cow::Borrowed(bytes.as_slice()),
            Self::File(path) => {
                let file = File::open(path)?;
                let mut bytes = Vec::new();
                // One byte more than allowed tells a file that is too large, also where it has no size.
                file.take(MAX_INPUT_BYTES + 1).read_to_end(&mut bytes)?;
                Cow::Owned(bytes)
            }
        };
        if bytes.len() as u64 > MAX_INPUT_BYTES {
            return Err(Error::Limit(format!("at most {MAX_INPUT_BYTES} bytes")));
        }
        Ok(bytes)
    }
}

/// Extracts one document.
///
/// # Errors
/// Where the input cannot be read or is no disclosure.
pub fn extract_one(input: &Input) -> Result<Report, Error> {
    let bytes = input.load()?;
    pipeline::extract_report(&input.name(), &bytes)
}

/// Extracts documents in parallel; one result an input, in the order given.
///
/// A document that fails, even by a defect of this crate, costs only its own result.
pub fn extract_many(inputs: &[Input]) -> Vec<Result<Report, Error>> {
    let mut reports = Vec::with_capacity(inputs.len());
    let run = in_order(inputs, 0, extract_one, |_, outcome| {
        reports.push(outcome.and_then(|report| report));
        ControlFlow::Continue(())
    });
    if let Err(error) = run {
        let message = error.to_string();
        reports.resize_with(inputs.len(), || Err(Error::Internal(message.clone())));
    }
    reports
}

/// Works on inputs in parallel and hands over each outcome in the order of the inputs.
///
/// `n_jobs` 0 means one a processor. `sink` runs on the calling thread and may end the run early; a bounded
/// number of outcomes waits at any time. A panic in `work` is an [`Error::Internal`].
///
/// # Errors
/// Where the threads cannot be started.
pub fn in_order<I: Sync, T: Send>(
    inputs: &[I],
    n_jobs: usize,
    work: impl Fn(&I) -> T + Sync,
    mut sink: impl FnMut(usize, Result<T, Error>) -> ControlFlow<()>,
) -> Result<(), Error> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(n_jobs)
        .stack_size(STACK_BYTES)
        .thread_name(|i| format!("mingzhang-{i}"))
        .build()
        .map_err(|e| Error::Internal(e.to_string()))?;
    let n_ahead = pool.current_num_threads() * AHEAD_PER_JOB;
    let work = &work;
    pool.in_place_scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        let mut waiting = BTreeMap::new();
        let mut next_start = 0;
        let mut next_due = 0;
        while next_due < inputs.len() {
            while let Some(input) = inputs.get(next_start).filter(|_| next_start < next_due + n_ahead) {
                let (sender, idx) = (sender.clone(), next_start);
                scope.spawn(move |_| {
                    // The run may have ended early; then nobody waits for this outcome.
                    let _ = sender.send((idx, guard::guard(|| work(input))));
                });
                next_start += 1;
            }
            let Ok((idx, outcome)) = receiver.recv() else { return };
            waiting.insert(idx, outcome);
            while let Some(outcome) = waiting.remove(&next_due) {
                if sink(next_due, outcome).is_break() {
                    return;
                }
                next_due += 1;
            }
        }
    });
    Ok(())
}
