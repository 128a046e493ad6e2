//! A panic costs one document, never the run.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

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
    fn what_does_not_panic_passes() {
        assert_eq!(guard(|| 7).unwrap(), 7);
    }
}
