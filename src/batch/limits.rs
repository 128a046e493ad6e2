//! What the operating system holds a worker to.

use std::io;

/// Limits the address space of this process to `n_bytes`, and lets it leave no core file when it dies.
///
/// Where the system has no such limit, as on Windows and macOS, nothing happens.
#[cfg(all(unix, not(target_os = "macos")))]
pub(super) fn limit_memory(n_bytes: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let at_most = |n| Rlimit { current: Some(n), maximum: Some(n) };
    setrlimit(Resource::Core, at_most(0))?;
    Ok(setrlimit(Resource::As, at_most(n_bytes))?)
}

/// Limits nothing: this system has no limit of address space for a process.
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub(super) fn limit_memory(_n_bytes: u64) -> io::Result<()> {
    Ok(())
}
