//! PDF files become positioned glyphs and rulings.

mod annotation;
mod ascii;
mod backdrop;
mod canvas;
mod color;
mod content;
mod damage;
mod document;
mod ending;
mod erased;
mod font;
mod known;
mod limits;
mod marked;
mod matrix;
mod open;
mod operators;
mod page;
mod pages;
mod path;
pub mod picture;
#[cfg(feature = "pictures")]
mod picture_size;
#[cfg(feature = "pictures")]
mod scanned;
mod show;
mod state;
mod stream;
#[cfg(feature = "pictures")]
mod text_layer;
mod turn;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use hayro_syntax::Pdf;

use crate::error::Error;
use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::read::scan::Ocr;
use crate::read::{Limits, MediaType, RawBody, RawDocument, RawPage, Source};
use document::Document;
use ending::Ending;
use font::Distrusted;
use limits::Ledger;
use pages::PageTree;

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
pub fn read(bytes: &[u8], limits: &Limits, ocr: Option<&Ocr>) -> Result<RawDocument, Error> {
    let ledger = Rc::new(Ledger::new(limits));
    let open::Opened { pdf, has_whole_objects } = open::open(bytes, &ledger)?;
    let tree = PageTree::new(&pdf, limits.pages);
    let n_pages = tree.is_there.len();
    if n_pages as u64 > limits.pages {
        return Err(Error::Limit(format!("at most {} pages, found {n_pages}", limits.pages)));
    }
    let mut reading = read_pages(&pdf, &tree, ledger.clone(), Distrusted::default(), ocr);
    let gibberish = reading.0.fonts.gibberish();
    if !gibberish.is_empty() {
        drop(reading);
        reading = read_pages(&pdf, &tree, Rc::new(ledger.anew()), gibberish, ocr);
    }
    let (document, pages, of_pages) = reading;
    let mut notes = damage_of_file(&tree, Ending::of(bytes));
    if !has_whole_objects {
        let message =
            "a stream of the file's objects is damaged: pages, fonts or text may be missing or wrong".to_owned();
        notes.push(Note { kind: NoteKind::DamagedFile, message, provenance: None });
    }
    notes.extend(of_pages);
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

/// What must be said of the file as a whole.
fn damage_of_file(tree: &PageTree, ending: Ending) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut note = |kind, message: String| notes.push(Note { kind, message, provenance: None });
    let (n, n_lost) = (tree.is_there.len(), tree.is_there.iter().filter(|there| !**there).count());
    if n_lost > 0 {
        let message = format!("{n_lost} of the file's {n} pages are not in it: {}", tree.lost());
        note(NoteKind::DamagedFile, message);
    }
    if tree.n_unnamed > 0 {
        let message =
            format!("the file says that it has {} pages, {} can be found", n as u64 + tree.n_unnamed, n - n_lost);
        note(NoteKind::DamagedFile, message);
    }
    if !tree.is_known {
        let message = format!(
            "the list of the file's pages is not in it: {n} pages were found by searching, others may be missing"
        );
        note(NoteKind::DamagedFile, message);
    }
    match ending {
        Ending::Sound => {}
        Ending::Misplaced => {
            note(NoteKind::RebuiltFile, "the file's cross references are wrong and were rebuilt".to_owned())
        }
        Ending::CutOff => {
            note(NoteKind::RebuiltFile, "the file's end is missing, its cross references were rebuilt".to_owned());
        }
        Ending::UpdateCutOff => {
            note(NoteKind::DamagedFile, "the file breaks off: what was written to it last is not read".to_owned());
        }
    }
    notes
}

/// Reads the pages one after the other, those that cannot be read as empty ones.
fn read_pages<'p>(
    pdf: &'p Pdf,
    tree: &PageTree,
    ledger: Rc<Ledger>,
    distrusted: Distrusted,
    ocr: Option<&'p Ocr>,
) -> (Document<'p>, Vec<RawPage>, Vec<Note>) {
    let document = Document::new(pdf, ledger.clone(), distrusted, ocr);
    let mut notes = Vec::new();
    let mut pages = Vec::with_capacity(tree.is_there.len());
    let mut there = pdf.pages().iter();
    for (is_there, number) in tree.is_there.iter().zip(1_u32..) {
        if let Some(limit) = ledger.reached() {
            let message = format!("this page and all after it are missing: {limit}");
            notes.push(Note::new(NoteKind::LimitReached, message, Provenance::page(number)));
            break;
        }
        let mut lose = |message: &str| {
            notes.push(Note::new(NoteKind::DamagedPage, message, Provenance::page(number)));
            pages.push(empty_page(number));
        };
        let Some(page) = is_there.then(|| there.next()).flatten() else {
            lose("the page is not in the file");
            continue;
        };
        let read = catch_unwind(AssertUnwindSafe(|| {
            let mut notes = Vec::new();
            (page::read(&document, page, number, &mut notes), notes)
        }));
        match read {
            Ok((page, page_notes)) => {
                pages.push(page);
                notes.extend(page_notes);
            }
            Err(_) => lose("the page could not be read"),
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
        seen: Vec::new(),
        pieces: Vec::new(),
    }
}
