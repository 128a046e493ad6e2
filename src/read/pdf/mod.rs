//! PDF files become positioned glyphs and rulings.

use crate::error::Error;
use crate::read::RawDocument;

/// How far from its start a file may carry `%PDF-`.
const HEADER_WINDOW: usize = 1024;

/// Whether the bytes carry a PDF header near their start.
pub fn is_pdf(bytes: &[u8]) -> bool {
    let window = &bytes[..bytes.len().min(HEADER_WINDOW)];
    window.windows(5).any(|w| w == b"%PDF-")
}

/// Reads every page of a PDF.
///
/// # Errors
/// Where no page can be found, or a password is needed.
pub fn read(bytes: &[u8]) -> Result<RawDocument, Error> {
    let _ = bytes;
    Err(Error::DamagedPdf("not read yet".into()))
}
