//! Work in parallel, outcomes in the order of the inputs.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use crate::batch::guard::{self, STACK_BYTES};
use crate::error::Error;

/// How many documents may be finished or under way beyond the next one due, a worker: enough that none waits.
const AHEAD_PER_JOB: usize = 4;

/// How many outcomes may wait for one that takes long where an outcome is a few numbers: two minutes' worth.
const AHEAD_WHERE_OUTCOMES_ARE_SMALL: usize = 4096;

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
    sink: impl FnMut(usize, Result<T, Error>) -> ControlFlow<()>,
) -> Result<(), Error> {
    within(inputs, n_jobs, AHEAD_PER_JOB, work, sink)
}

/// As [`in_order`], for outcomes so small that thousands may wait for a document that takes long.
///
/// # Errors
/// As [`in_order`].
pub(super) fn in_order_far_ahead<I: Sync, T: Send>(
    inputs: &[I],
    n_jobs: usize,
    work: impl Fn(&I) -> T + Sync,
    sink: impl FnMut(usize, Result<T, Error>) -> ControlFlow<()>,
) -> Result<(), Error> {
    within(inputs, n_jobs, AHEAD_WHERE_OUTCOMES_ARE_SMALL, work, sink)
}

fn within<I: Sync, T: Send>(
    inputs: &[I],
    n_jobs: usize,
    n_ahead_per_job: usize,
    work: impl Fn(&I) -> T + Sync,
    mut sink: impl FnMut(usize, Result<T, Error>) -> ControlFlow<()>,
) -> Result<(), Error> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(n_jobs)
        .stack_size(STACK_BYTES)
        .thread_name(|i| format!("mingzhang-{i}"))
        .build()
        .map_err(|e| Error::Internal(e.to_string()))?;
    let n_ahead = pool.current_num_threads() * n_ahead_per_job;
    let work = &work;
    let ended = &AtomicBool::new(false);
    pool.in_place_scope_fifo(|scope| {
        let (sender, receiver) = mpsc::channel();
        let mut waiting = BTreeMap::new();
        let mut next_start = 0;
        let mut next_due = 0;
        while next_due < inputs.len() {
            while let Some(input) = inputs.get(next_start).filter(|_| next_start < next_due + n_ahead) {
                let (sender, idx) = (sender.clone(), next_start);
                scope.spawn_fifo(move |_| {
                    if !ended.load(Ordering::Relaxed) {
                        // The run may end at this moment; then nobody waits for this outcome.
                        let _ = sender.send((idx, guard::guard(|| work(input))));
                    }
                });
                next_start += 1;
            }
            let Ok((idx, outcome)) = receiver.recv() else { return };
            waiting.insert(idx, outcome);
            while let Some(outcome) = waiting.remove(&next_due) {
                if sink(next_due, outcome).is_break() {
                    ended.store(true, Ordering::Relaxed);
                    return;
                }
                next_due += 1;
            }
        }
    });
    Ok(())
}
