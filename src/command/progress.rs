//! How far a run is: a bar where somebody watches, a line every few seconds elsewhere.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressStyle};
use mingzhang::batch::record::Status;
use mingzhang::batch::{Stop, Turn};

/// Between two lines; a run that ends sooner needs none.
const BETWEEN_LINES: Duration = Duration::from_secs(5);

/// Between two looks of the bar while no document is done.
const BETWEEN_TICKS: Duration = Duration::from_millis(500);

/// Tells how far a run is.
pub(super) struct Progress {
    bar: ProgressBar,
    state: Arc<Mutex<State>>,
    lines: Option<(Sender<()>, JoinHandle<()>)>,
}

struct State {
    begun: Instant,
    n_documents: u64,
    n_done: u64,
    n_failed: u64,
    n_pages: u64,
    n_pages_by_ocr: u64,
}

impl Progress {
    /// Says nothing.
    pub(super) fn silent() -> Self {
        let state =
            State { begun: Instant::now(), n_documents: 0, n_done: 0, n_failed: 0, n_pages: 0, n_pages_by_ocr: 0 };
        Self { bar: ProgressBar::hidden(), state: Arc::new(Mutex::new(state)), lines: None }
    }

    /// Begins to tell, where there is more than one document.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub(super) fn begin(&mut self, n_documents: usize) -> Result<(), Stop> {
        if n_documents < 2 {
            return Ok(());
        }
        let mut state = self.state();
        state.begun = Instant::now();
        state.n_documents = n_documents as u64;
        drop(state);
        let bar = ProgressBar::new(n_documents as u64);
        if bar.is_hidden() {
            self.lines = Some(self.lines().map_err(|error| Stop::Machinery(error.to_string()))?);
        } else {
            let style = ProgressStyle::with_template("{bar:24} {pos}/{len} documents, {msg}, {eta} left");
            self.bar = style.map_or_else(|_| bar.clone(), |style| bar.clone().with_style(style));
            self.bar.set_message(self.state().told());
            self.bar.enable_steady_tick(BETWEEN_TICKS);
        }
        Ok(())
    }

    /// One more document is done.
    pub(super) fn done(&self, turn: &Turn) {
        let mut state = self.state();
        state.n_done += 1;
        state.n_failed += u64::from(turn.record.status == Status::Failed);
        // What an earlier run did tells nothing of this one's speed.
        if !turn.before {
            state.n_pages += turn.record.n_pages;
            state.n_pages_by_ocr += turn.record.n_pages_by_ocr;
        }
        self.bar.set_message(state.told());
        self.bar.inc(1);
    }

    /// Does something that prints.
    pub(super) fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }

    /// Nothing more is told.
    pub(super) fn end(self) {
        self.bar.finish_and_clear();
        if let Some((sender, thread)) = self.lines {
            drop(sender);
            let _ = thread.join();
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lines(&self) -> std::io::Result<(Sender<()>, JoinHandle<()>)> {
        let (sender, receiver) = mpsc::channel::<()>();
        let state = Arc::clone(&self.state);
        let tell = move || {
            while receiver.recv_timeout(BETWEEN_LINES) == Err(RecvTimeoutError::Timeout) {
                let line = state.lock().unwrap_or_else(PoisonError::into_inner).line();
                crate::say(&line);
            }
        };
        Ok((sender, thread::Builder::new().name("progress".to_owned()).spawn(tell)?))
    }
}

impl State {
    fn told(&self) -> String {
        let rate = self.n_pages * 1000 / u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        // A page that models read takes as long as hundreds of others.
        let by_ocr = match self.n_pages_by_ocr {
            0 => String::new(),
            n => format!(" ({n} of them read by models)"),
        };
        format!("{} pages{by_ocr}, {rate} pages a second, {} failed", self.n_pages, self.n_failed)
    }

    fn line(&self) -> String {
        let left = match u32::try_from(self.n_done) {
            Ok(n_done @ 1..) => {
                let n_left = u32::try_from(self.n_documents.saturating_sub(self.n_done)).unwrap_or(u32::MAX);
                format!(", {} left", HumanDuration((self.begun.elapsed() / n_done).saturating_mul(n_left)))
            }
            _ => String::new(),
        };
        format!("mingzhang: {} of {} documents, {}{left}", self.n_done, self.n_documents, self.told())
    }
}
