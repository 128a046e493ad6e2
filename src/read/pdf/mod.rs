//! PDF files become positioned glyphs and rulings.

mod annotation;
mod ascii;
mod backdrop;
mod canvas;
mod color;
mod content;
mod document;
mod erased;
mod font;
mod known;
mod limits;
mod marked;
mod matrix;
mod open;
mod operators;
mod page;
mod path;
pub mod picture;
mod show;
mod state;
mod stream;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use hayro_syntax::Pdf;

use crate::error::Error;
use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::read::{Limits, MediaType, RawBody, RawDocument, RawPage, Source};
use document::Document;
use font::Distrusted;
use limits::Ledger;

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
/// Where no page can be found, a password is needed, or opening the file goes beyond a limit.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<RawDocument, Error> {
    let ledger = Rc::new(Ledger::new(limits));
    let pdf = open::open(bytes, &ledger)?;
    let n_pages = pdf.pages().len();
    if n_pages as u64 > limits.pages {
        return Err(Error::Limit(format!("at most {} pages, found {n_pages}", limits.pages)));
    }
    let mut reading = read_pages(&pdf, ledger.clone(), Distrusted::default());
    let gibberish = reading.0.fonts.gibberish();
    if !gibberish.is_empty() {
        drop(reading);
        reading = read_pages(&pdf, Rc::new(ledger.anew()), gibberish);
    }
    let (document, pages, notes) = reading;
    let producer = pdf.metadata().producer.as_deref().map(marked::decode_text_string);
    let producer = producer.map(|p| p.trim_matches(|c: char| c.is_whitespace() || c.is_control()).to_owned());
    Ok(RawDocument {
        source: Source {
            media_type: MediaType::Pdf,
            n_pages: n_pages as u32,
            producer: producer.filter(|p| !p.is_empty()),
        },
        fonts: document.fonts.into_listed(),
        body: RawBody::Pages(pages),
        notes,
    })
}

/// Reads the pages one after the other, those that cannot be read as empty ones.
fn read_pages(pdf: &Pdf, ledger: Rc<Ledger>, distrusted: Distrusted) -> (Document<'_>, Vec<RawPage>, Vec<Note>) {
    let document = Document::new(pdf, ledger.clone(), distrusted);
    let mut notes = Vec::new();
    let mut pages = Vec::with_capacity(pdf.pages().len());
    for (page, number) in pdf.pages().iter().zip(1_u32..) {
        if let Some(limit) = ledger.reached() {
            let message = format!("this page and all after it are missing: {limit}");
            notes.push(Note::new(NoteKind::LimitReached, message, Provenance::page(number)));
            break;
        }
        let read = catch_unwind(AssertUnwindSafe(|| {
            let mut notes = Vec::new();
            (page::read(&document, page, number, &mut notes), notes)
        }));
        match read {
            Ok((page, page_notes)) => {
                pages.push(page);
                notes.extend(page_notes);
            }
            Err(_) => {
                let message = "the page could not be read";
                notes.push(Note::new(NoteKind::DamagedPage, message, Provenance::page(number)));
                pages.push(empty_page(number));
            }
        }
    }
    (document, pages, notes)
}

fn empty_page(number: u32) -> RawPage {
    RawPage {
        number,
        width: 0.0,
        height: 0.0,
        glyphs: Vec::new(),
        hidden: Vec::new(),
        rulings: Vec::new(),
        images: Vec::new(),
    }
}
