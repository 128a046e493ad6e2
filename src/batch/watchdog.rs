//! Kills worker processes that are still at a document when its time is over.

use std::collections::BTreeMap;
use std::io;
use std::process::Child;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Instant;

/// A child process that its own thread and the watchdog share.
pub(super) type Shared = Arc<Mutex<Child>>;

/// One thread that watches over all deadlines of a run.
pub(super) struct Watchdog {
    state: Arc<(Mutex<State>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct State {
    watched: BTreeMap<(Instant, u64), Shared>,
    n_watched: u64,
    is_over: bool,
}

/// Who is watched until when.
pub(super) struct Watch((Instant, u64));

impl Watchdog {
    /// Starts the thread.
    pub(super) fn start() -> io::Result<Self> {
        let state = Arc::new((Mutex::default(), Condvar::new()));
        let seen = Arc::clone(&state);
        let thread = thread::Builder::new().name("watchdog".to_owned()).spawn(move || guard(&seen))?;
        Ok(Self { state, thread: Some(thread) })
    }

    /// From now on the child is killed at the deadline.
    pub(super) fn watch(&self, child: &Shared, deadline: Instant) -> Watch {
        let mut state = lock(&self.state.0);
        state.n_watched += 1;
        let key = (deadline, state.n_watched);
        state.watched.insert(key, Arc::clone(child));
        self.state.1.notify_one();
        Watch(key)
    }

    /// Ends a watch; whether the child was killed.
    pub(super) fn end(&self, watch: &Watch) -> bool {
        lock(&self.state.0).watched.remove(&watch.0).is_none()
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        lock(&self.state.0).is_over = true;
        self.state.1.notify_one();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn guard(shared: &(Mutex<State>, Condvar)) {
    let mut state = lock(&shared.0);
    while !state.is_over {
        let Some(((deadline, _), _)) = state.watched.first_key_value() else {
            state = shared.1.wait(state).unwrap_or_else(PoisonError::into_inner);
            continue;
        };
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            if let Some((_, child)) = state.watched.pop_first() {
                // One that is gone already cannot be killed, and need not.
                let _ = lock(&child).kill();
            }
        } else {
            state = shared.1.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// A lock; a thread that panicked holding it leaves nothing half done here.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
