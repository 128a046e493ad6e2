//! A file is opened: by hayro, or where that refuses it, by hayro after lopdf has written it anew.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use memchr::memmem;

use super::limits::Ledger;
use super::stream::{inflated_length, lzw_length};
use crate::error::Error;

/// How long lopdf may take over a file; after that it counts as one that cannot be read.
const REWRITE_TIME: Duration = Duration::from_secs(10);
/// Larger files are not written anew: the objects of a file take many times its size in memory.
const MAX_REWRITTEN: usize = 32 << 20;
/// No dictionary of an object stream is longer.
const MAX_DICTIONARY: usize = 2_048;
/// How many times its size the tightest packed data inflates to.
const MAX_RATIO: usize = 1_032;

/// A file that was opened.
pub(super) struct Opened {
    pub(super) pdf: Pdf,
    /// False where an object stream breaks off or has a wrong checksum: what it holds is missing or wrong.
    pub(super) has_whole_objects: bool,
}

/// Opens a file that shows at least one page.
///
/// # Errors
/// Where a password is needed, nothing can be found in it, or its object streams are too large.
pub(super) fn open(bytes: &[u8], ledger: &Ledger) -> Result<Opened, Error> {
    let has_whole_objects = check_object_streams(bytes, ledger)?;
    let opened = |pdf| Opened { pdf, has_whole_objects };
    let refused = match open_once(bytes.to_vec()) {
        Ok(pdf) => return Ok(opened(pdf)),
        Err(Error::Encrypted) => {
            return attachments_enciphered(bytes).map_or(Err(Error::Encrypted), open_once).map(opened);
        }
        Err(refused) => refused,
    };
    let Some(rewritten) = rewrite(bytes) else { return Err(refused) };
    check_object_streams(&rewritten, ledger)?;
    open_once(rewritten).map(opened).map_err(|_| refused)
}

/// The file as if it were not enciphered, where that is true of all that its pages show: only attachments are.
fn attachments_enciphered(bytes: &[u8]) -> Option<Vec<u8>> {
    // ISO 32000-2, 7.6.6: crypt filters of streams and of strings; the dictionary itself always stands in the clear.
    let is_plain = |filter: &[u8]| {
        let mut named = memmem::find_iter(bytes, filter).map(|at| bytes[at + filter.len()..].trim_ascii_start());
        named.next().is_some_and(|name| name.starts_with(b"/Identity"))
            && named.all(|name| name.starts_with(b"/Identity"))
    };
    if !(is_plain(b"/StmF") && is_plain(b"/StrF")) {
        return None;
    }
    let mut plain = bytes.to_vec();
    for at in memmem::find_iter(bytes, b"/Encrypt") {
        // A key that means nothing, of the same length: every offset stays true.
        if bytes.get(at + b"/Encrypt".len()).is_some_and(|next| !next.is_ascii_alphanumeric()) {
            plain[at + 1..at + b"/Encrypt".len()].fill(b'-');
        }
    }
    Some(plain)
}

/// The object layer is guarded as a whole: a panic in it must cost one file and never the run.
fn open_once(bytes: Vec<u8>) -> Result<Pdf, Error> {
    let damaged = |what: &str| Err(Error::DamagedPdf(what.to_owned()));
    match catch_unwind(|| Pdf::new(bytes)) {
        Ok(Ok(pdf)) if pdf.pages().is_empty() => damaged("it has no pages"),
        Ok(Ok(pdf)) => Ok(pdf),
        Ok(Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected))) => Err(Error::Encrypted),
        Ok(Err(LoadPdfError::Decryption(_))) => damaged("its encryption is damaged or not known"),
        Ok(Err(LoadPdfError::Invalid)) => damaged("no page can be found in it"),
        Err(_) => damaged("its objects cannot be read"),
    }
}

/// The file as lopdf understands and writes it, if it finds a page.
fn rewrite(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.len() > MAX_REWRITTEN {
        return None;
    }
    let bytes = bytes.to_vec();
    let (sender, receiver) = mpsc::channel();
    // A thread of its own, so that a file that lopdf never gets done with costs no more than the time.
    let worker = thread::Builder::new().spawn(move || {
        let written = catch_unwind(AssertUnwindSafe(|| {
            let mut document = lopdf::Document::load_mem(&bytes).ok()?;
            if document.get_pages().is_empty() {
                return None;
            }
            let mut out = Vec::new();
            document.save_to(&mut out).ok()?;
            Some(out)
        }));
        // Nobody listens after the time is over.
        let _ = sender.send(written.ok().flatten());
    });
    worker.ok()?;
    receiver.recv_timeout(REWRITE_TIME).ok().flatten()
}

/// Object streams and cross-reference streams are inflated while a file is opened, whatever their size: they are
/// measured before. Whether those of objects are whole, where that can be told.
fn check_object_streams(bytes: &[u8], ledger: &Ledger) -> Result<bool, Error> {
    let too_large = || Error::Limit("its object streams inflate to more than they may".to_owned());
    let is_encrypted = memmem::find(bytes, b"/Encrypt").is_some();
    let mut is_whole = true;
    let mut at = 0;
    while let Some(found) = memmem::find(bytes.get(at..).unwrap_or_default(), b"stream") {
        let keyword = at + found;
        at = keyword + b"stream".len();
        let before = bytes.get(keyword.saturating_sub(MAX_DICTIONARY)..keyword).unwrap_or_default();
        let dictionary = before.get(memmem::rfind(before, b"obj").unwrap_or(0)..).unwrap_or_default();
        let has = |name: &[u8]| memmem::find(dictionary, name).is_some();
        if before.ends_with(b"end") || !(has(b"ObjStm") || has(b"XRef")) {
            continue;
        }
        let data = bytes.get(at..).unwrap_or_default().trim_ascii_start();
        let data = data.get(..memmem::find(data, b"endstream").unwrap_or(data.len())).unwrap_or_default();
        at += data.len();
        let limit = ledger.bytes_of(data.len());
        let n_filters = [&b"/Fl"[..], b"/LZW"].iter().map(|name| memmem::find_iter(dictionary, name).count()).sum();
        let length = match n_filters {
            0 => data.len(),
            // What is enciphered cannot be measured: only that it cannot become too large.
            1 if is_encrypted && has(b"ObjStm") && data.len() <= ledger.stream_bytes() / MAX_RATIO => data.len(),
            1 if is_encrypted && has(b"ObjStm") => return Err(too_large()),
            1 if has(b"/LZW") => lzw_length(data, limit),
            1 => {
                let (length, is_sound) = inflated_length(data, limit);
                is_whole &= is_sound || !has(b"ObjStm") || is_encrypted;
                length
            }
            _ => data.len().saturating_mul(MAX_RATIO * MAX_RATIO),
        };
        ledger.inflated(length);
        if length > limit || !ledger.keep(length) || ledger.reached().is_some() {
            return Err(too_large());
        }
    }
    Ok(is_whole)
}
