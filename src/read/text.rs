//! Text dumps become pages of lines.

use crate::error::Error;
use crate::read::RawDocument;

/// Reads a text dump: UTF-8, GB18030 or UTF-16, with form feeds or its own page marks.
///
/// # Errors
/// Where the bytes are no text.
pub fn read(bytes: &[u8]) -> Result<RawDocument, Error> {
    let _ = bytes;
    Err(Error::NotADisclosure("not read yet".into()))
}
