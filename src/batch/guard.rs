//! A panic costs one document, never the run.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Deeply nested files are read by recursion up to a limit; this leaves room for every one of them.
pub(crate) const STACK_BYTES: usize = 64 << 20;
use crate::error::Error;

thread_local! {
    static LAST_PANIC_AT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work`; a panic becomes an [`Error::Internal`] that names what it said, and where if it is known.
///
/// # Errors
/// Where `work` panics.
pub fn guard<T>(work: impl FnOnce() -> T) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let said = message(panic.as_ref());
        let at = LAST_PANIC_AT.with(RefCell::take);
        Error::Internal(at.map_or(said.clone(), |at| format!("{said}, at {at}")))
    })
}

/// Does work under the [`guard`] in a thread of its own, and gives it up after a time: then it goes on unheeded.
///
/// # Errors
/// As [`guard`], [`Error::Timeout`] when the time is over, and where no thread can be started.
pub fn within<T: Send + 'static>(time: Duration, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let (sender, receiver) = mpsc::channel();
    // That nobody waits any more is no matter.
    let work = move || drop(sender.send(guard(work)));
    thread::Builder::new().name("document".to_owned()).stack_size(STACK_BYTES).spawn(work)?;
    receiver.recv_timeout(time).unwrap_or_else(|_| Err(Error::Timeout(time.as_secs())))
}

/// Replaces the process's panic report by a note of its place, which [`guard`] adds to its error.
///
/// For a command, which reports each failure itself; a library's user keeps their own hook.
pub fn report_panics_as_errors() {
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(|l| format!("{}:{}", l.file(), l.line()));
        LAST_PANIC_AT.with(|last| last.replace(at));
    }));
}

fn message(panic: &(dyn Any + Send)) -> String {
    let said = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    let said = said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".into());
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_that_says_what_it_said() {
        let error = guard(|| -> u8 { panic!("three\nis odd") }).unwrap_err();
        assert_eq!(error.code(), "internal");
        assert!(error.to_string().contains("three is odd"), "{error}");
    }

    #[test]
    fn work_that_goes_on_is_given_up() {
        let goes_on = || loop {
            thread::park();
        };
        assert!(matches!(within::<()>(Duration::from_millis(10), goes_on), Err(Error::Timeout(0))));
        assert_eq!(within(Duration::from_secs(60), || 7).unwrap(), 7);
    }

    #[test]
    fn what_does_not_panic_passes() {
        assert_eq!(guard(|| 7).unwrap(), 7);
    }
}
