//! Bytes in hexadecimal digits, and the hash that documents and files are known by.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// Bytes in hex, two digits each.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// The first sixteen digits of a hash: an id among the few of one run.
pub(crate) fn short(hash: &[u8]) -> String {
    hex(hash.get(..8).unwrap_or(hash))
}

/// The SHA-256 of bytes, in hex: of a source's bytes, the id of its report.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
