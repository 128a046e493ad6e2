//! The flow for one document.

use crate::emit::Publication;
use crate::emit::wire::Report;
use crate::error::Error;
use crate::interpret::Disclosure;
use crate::read::scan::Ocr;
use crate::read::{Limits, MediaType, RawDocument};
use crate::reconcile::Reconciliation;
use crate::{interpret, read, reconcile, repair, segment};

/// Extracts one disclosure from the bytes of a PDF or a text dump.
///
/// # Errors
/// Where the bytes are empty, binary, or a PDF that shows no page; a strange page is a note.
pub fn extract(bytes: &[u8]) -> Result<Reconciliation, Error> {
    extract_within(bytes, &Limits::default())
}

/// Extracts one disclosure as [`extract`] does, reading it within other limits.
///
/// # Errors
/// As [`extract`], and where opening the document alone goes beyond a limit.
pub fn extract_within(bytes: &[u8], limits: &Limits) -> Result<Reconciliation, Error> {
    extract_scans(bytes, limits, None)
}

/// Extracts one disclosure as [`extract_within`] does, and reads pages that are pictures with `ocr`, if there is one.
///
/// # Errors
/// As [`extract_within`].
pub fn extract_scans(bytes: &[u8], limits: &Limits, ocr: Option<&Ocr>) -> Result<Reconciliation, Error> {
    // Bytes become glyphs and rulings with their places, or the lines of a dump.
    Ok(reconcile_raw(read::read_scans(bytes, limits, ocr)?, bytes, limits, ocr))
}

/// What follows on reading these bytes within these limits.
pub(crate) fn reconcile_raw(raw: RawDocument, bytes: &[u8], limits: &Limits, ocr: Option<&Ocr>) -> Reconciliation {
    // What was drawn twice counts once; rulings drawn in pieces are joined.
    let clean = repair::repair(raw);
    // Glyphs and rulings become tables, forms and narrative.
    let layout = segment::segment(clean);
    // Text becomes kinds, columns, codes and exact amounts.
    let disclosure = interpret::interpret(layout);
    // The report's own arithmetic says which amounts can be trusted.
    reconcile_scans(disclosure, bytes, limits, ocr)
}

/// Reconciles a disclosure; amounts of pictures that sums contradict are read a second time, and then it is done anew.
pub(crate) fn reconcile_scans(
    mut disclosure: Disclosure,
    bytes: &[u8],
    limits: &Limits,
    ocr: Option<&Ocr>,
) -> Reconciliation {
    let ocr = ocr.filter(|_| !disclosure.pages_read_by_models().is_empty());
    let Some(ocr) = ocr else { return reconcile::reconcile(disclosure) };
    let found = reconcile::reconcile(disclosure.clone());
    let places = reconcile::to_read_again(&found);
    if places.is_empty() {
        return found;
    }
    let Ok(again) = read::read_scans(bytes, limits, Some(&ocr.again(places))) else { return found };
    let n_before = disclosure.rivals.len();
    interpret::add_second(&mut disclosure, &again.pieces_as_seen());
    if disclosure.rivals.len() == n_before { found } else { reconcile::reconcile(disclosure) }
}

/// Extracts one disclosure and gives it the published shape; `name` is the file's, without folder.
///
/// # Errors
/// Where the bytes are empty, binary, a PDF that shows no page or a text that shows no disclosure.
pub fn extract_report(name: &str, bytes: &[u8]) -> Result<Report, Error> {
    extract_publication(name, bytes).map(Publication::into_report)
}

/// Extracts one disclosure with all that can be published of it: the report, its flat records and its findings.
///
/// # Errors
/// As [`extract_report`].
pub fn extract_publication(name: &str, bytes: &[u8]) -> Result<Publication, Error> {
    Ok(Publication::new(name, bytes, extract_disclosure(bytes, &Limits::default(), None, false)?))
}

/// Extracts as [`extract_scans`] does what is to be published or checked, and so must be a disclosure: any file can be
/// read as text, and many decode in a wrong encoding.
///
/// A text that a folder merely holds (`walked`: a note, a list, a manifest) has to show a statement or a form; one that
/// was named, a section's heading at least.
///
/// # Errors
/// As [`extract_within`], and [`Error::NotADisclosure`] for a text that shows none, [`Error::NotAPdf`] for one in a markup
/// that shows neither statement nor form.
pub fn extract_disclosure(
    bytes: &[u8],
    limits: &Limits,
    ocr: Option<&Ocr>,
    walked: bool,
) -> Result<Reconciliation, Error> {
    let reconciliation = extract_scans(bytes, limits, ocr)?;
    let disclosure = &reconciliation.disclosure;
    let is_text = disclosure.source.media_type == MediaType::Text;
    if is_text && disclosure.statements.is_empty() && disclosure.forms.is_empty() {
        if let Some(kind) = read::foreign::markup(bytes) {
            return Err(Error::NotAPdf(kind.to_owned()));
        }
        if walked {
            return Err(Error::NotADisclosure("statement or form"));
        }
        if disclosure.sections.iter().all(|section| section.heading.is_empty()) {
            return Err(Error::NotADisclosure("statement, form or heading; in UTF-8, UTF-16 or GB18030?"));
        }
    }
    Ok(reconciliation)
}
