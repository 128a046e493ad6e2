//! One page: its box and rotation, its content, and what must be said about it.

use std::collections::BTreeMap;

use hayro_syntax::object::{Object, Stream};
use hayro_syntax::page::{A4, Page, Rotation};

use super::annotation;
use super::canvas::Drawn;
use super::content::Interpreter;
use super::damage::{Loss, lacks_resources};
use super::document::Document;
use super::limits::{Budget, MAX_HELD};
use super::matrix::Matrix;
use super::operators::Content;
use super::turn::{self, Composed};
#[cfg(feature = "pictures")]
use super::{scanned, text_layer};
use crate::geom::Rect;
use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
#[cfg(feature = "pictures")]
use crate::read::scan::{Ocr, Scan};
use crate::read::{Glyph, RawPage, UnicodeSource, Visibility};

/// An image of at least this part of the page's area can be a scan of it.
const SCAN_AREA: f32 = 0.5;
/// Fewer characters than this on an image are a stamp or a page number laid over a scan.
const FEW_ON_IMAGE: usize = 30;
/// And around a scan there is at most a running head: a page with more text has a picture in it.
const FEW_GLYPHS: usize = 100;
/// A page with no more than a page number and this many curved shapes has its text drawn as outlines.
const MANY_SHAPES: usize = 200;
/// What a page number and a running mark come to.
const NO_GLYPHS: usize = 20;
/// Where at least this part of a page's glyphs has no Unicode, the page as a whole cannot be read.
const MOSTLY: f32 = 0.5;

/// The page's box and the way from user space to the page as seen.
pub(super) struct Frame {
    pub(super) rect: Rect,
    pub(super) base: Matrix,
}

impl Frame {
    /// Of a page: crop box, rotation and user unit.
    pub(super) fn new(page: &Page<'_>) -> Self {
        let crop = page.intersected_crop_box();
        let media = page.media_box();
        let usable = [crop, media, A4].into_iter().find(|b| {
            let (w, h) = (b.width(), b.height());
            w.is_finite() && h.is_finite() && (1.0..1.0e6).contains(&w) && (1.0..1.0e6).contains(&h)
        });
        let b = usable.unwrap_or(A4);
        let base = match page.rotation() {
            Rotation::None => Matrix::new(1.0, 0.0, 0.0, -1.0, -b.x0, b.y1),
            Rotation::Horizontal => Matrix::new(0.0, 1.0, 1.0, 0.0, -b.y0, -b.x0),
            Rotation::Flipped => Matrix::new(-1.0, 0.0, 0.0, 1.0, b.x1, -b.y0),
            Rotation::FlippedHorizontal => Matrix::new(0.0, -1.0, -1.0, 0.0, b.y1, b.x1),
        };
        let (width, height) = match page.rotation() {
            Rotation::None | Rotation::Flipped => (b.width(), b.height()),
            Rotation::Horizontal | Rotation::FlippedHorizontal => (b.height(), b.width()),
        };
        let unit = page.raw().get::<f32>("UserUnit").filter(|u| u.is_finite() && *u > 0.0).map_or(1.0, f64::from);
        let base = base.then(&Matrix::new(unit, 0.0, 0.0, unit, 0.0, 0.0));
        let rect = Rect { x0: 0.0, y0: 0.0, x1: (width * unit) as f32, y1: (height * unit) as f32 };
        Self { rect, base }
    }
}

/// Reads a page.
pub(super) fn read<'a>(document: &Document<'a>, page: &Page<'a>, number: u32, notes: &mut Vec<Note>) -> RawPage {
    let frame = Frame::new(page);
    document.damage.take();
    let mut drawn = draw(document, page, &frame);
    let place = Provenance::at(number, frame.rect);
    if let Some(lost) = document.damage.take() {
        notes.push(Note::new(NoteKind::DamagedPage, lost, place));
    }
    if let Some(limit) = drawn.limit {
        notes.push(Note::new(NoteKind::LimitReached, format!("the rest of the page is missing: {limit}"), place));
    }
    #[cfg_attr(not(feature = "pictures"), allow(unused_mut))]
    let mut failure = None;
    #[cfg(feature = "pictures")]
    if let (Some(ocr), true) = (document.ocr.filter(|ocr| ocr.asks_for(number)), is_scan(&drawn, place)) {
        match by_ocr(document, ocr, &mut drawn, place, notes) {
            Ok(page) => return page,
            Err(error) => failure = Some(error),
        }
    }
    note_glyphs(document, &drawn, place, failure, notes);
    let (hidden, images) = (std::mem::take(&mut drawn.hidden), std::mem::take(&mut drawn.images));
    let Some(turn) = turn::turn(&drawn, &frame) else {
        if let Some((n, area)) = turn::unread(&drawn) {
            let message = format!("{n} characters that stand turned among others were not read");
            notes.push(Note::new(NoteKind::TurnedText, message, Provenance::at(number, area)));
        }
        let (width, height) = (frame.rect.width(), frame.rect.height());
        let Drawn { glyphs, rulings, .. } = drawn;
        return RawPage {
            number,
            width,
            height,
            glyphs,
            hidden,
            rulings,
            images,
            seen: Vec::new(),
            pieces: Vec::new(),
        };
    };
    let turned = draw(document, page, turn.frame());
    // What is lost was said of the page as seen.
    document.damage.take();
    let Composed { width, height, glyphs, rulings, seen } = turn::compose(&turn, drawn, turned, frame.rect);
    RawPage { number, width, height, glyphs, hidden, rulings, images, seen, pieces: Vec::new() }
}

/// Draws a page's content and what lies over it.
fn draw<'a>(document: &Document<'a>, page: &Page<'a>, frame: &Frame) -> Drawn {
    #[cfg(feature = "pictures")]
    document.drawings.take();
    let mut interpreter = Interpreter::new(document, frame.rect, frame.base, page.resources().fonts.clone());
    let content = content(page, document, &mut interpreter.canvas.budget);
    interpreter.run(&content, page.resources(), 0);
    annotation::draw(&mut interpreter, page, frame);
    let (drawn, glyphs) = interpreter.canvas.finish();
    document.spare_glyphs.set(glyphs);
    drawn
}

/// The page's content streams as one.
fn content<'a>(page: &Page<'a>, document: &Document<'a>, budget: &mut Budget) -> Content {
    let mut out = Vec::new();
    if lacks_resources(page.raw()) {
        document.damage.lose(Loss::Resources);
    }
    match page.raw().get::<Object<'a>>("Contents") {
        Some(Object::Stream(stream)) => out = document.unpack(&stream, budget).unwrap_or_default().into_owned(),
        Some(Object::Array(array)) => {
            let (mut n_lost, mut n_named) = (0, 0);
            let mut streams = array.flex_iter();
            for _ in array.raw_iter() {
                n_named += 1;
                let Some(stream) = streams.next::<Stream<'a>>() else {
                    n_lost += 1;
                    continue;
                };
                let Some(data) = document.unpack(&stream, budget) else { continue };
                // A stream may be named any number of times.
                if out.len().saturating_add(data.len()) > MAX_HELD {
                    budget.cut("more content than a page may have");
                    break;
                }
                out.extend_from_slice(&data);
                // A token never runs on into the next stream.
                out.push(b'\n');
            }
            if n_lost > 0 {
                document.damage.lose(if n_lost == n_named { Loss::Content } else { Loss::PartOfContent });
            }
        }
        Some(Object::Null(_)) => {}
        Some(_) => document.damage.lose(Loss::Content),
        None if page.raw().contains_key("Contents") => document.damage.lose(Loss::Content),
        None => {}
    }
    Content::new(out)
}

/// Whether the page is an image with next to no text.
fn is_scan(drawn: &Drawn, place: Provenance) -> bool {
    let has_ink = |g: &&Glyph| !g.ch.is_whitespace();
    let page_area = place.rect.map_or(0.0, |r| r.width() * r.height());
    let image_area: f32 = drawn.images.iter().map(|r| r.width() * r.height()).sum();
    let on_image = |g: &&Glyph| drawn.images.iter().any(|r| r.contains_middle(&g.rect));
    drawn.glyphs.iter().filter(has_ink).count() < FEW_GLYPHS
        && image_area >= page_area * SCAN_AREA
        && drawn.glyphs.iter().filter(has_ink).filter(on_image).count() < FEW_ON_IMAGE
}

/// Reads the page's picture.
///
/// # Errors
/// Says why nothing comes of it.
#[cfg(feature = "pictures")]
fn by_ocr(
    document: &Document<'_>,
    ocr: &Ocr,
    drawn: &mut Drawn,
    place: Provenance,
    notes: &mut Vec<Note>,
) -> Result<RawPage, String> {
    let begun = std::time::Instant::now();
    let picture = place.rect.and_then(|rect| scanned::picture(&document.drawings.take(), rect));
    let (raster, scale) = picture.ok_or_else(|| {
        format!("expected a picture that can be decoded, of at most {} million pixels", scanned::MAX_PIXELS / 1_000_000)
    })?;
    let font = document.fonts.of_scans();
    let scan = Scan { raster, scale, font, deadline: document.ledger.scan_deadline() };
    let read = ocr.read(&scan, place.page);
    document.ledger.pardon(begun.elapsed());
    let mut scanned = read?;
    if let Some(differing) = text_layer::compare(&drawn.hidden, &mut scanned.pieces, &scanned.seen) {
        notes.push(Note::new(NoteKind::ReadingUnsure, differing, place));
    }
    let mut message = "the page is an image and was read by text recognition: it may be misread".to_owned();
    if scanned.glyphs.is_empty() {
        message = "the page is an image, and text recognition found no text on it".to_owned();
    }
    if !scanned.seals.is_empty() {
        message.push_str("; what a seal covers may be missing");
    }
    notes.push(Note::new(NoteKind::ReadByOcr, message, place));
    for dark in &scanned.dark {
        let message = "the page is dark here: what is printed in it is not read";
        notes.push(Note::new(NoteKind::ReadingUnsure, message, Provenance::at(place.page, *dark)));
    }
    // A page number that was set over the picture is none of it, and where the page was turned it has no place any more.
    let n_set = drawn.glyphs.iter().filter(|glyph| !glyph.ch.is_whitespace()).count();
    if n_set > 0 {
        let message = format!("{n_set} characters set over the picture of the page were left out");
        notes.push(Note::new(NoteKind::HiddenText, message, place));
    }
    Ok(RawPage {
        number: place.page,
        width: scanned.width,
        height: scanned.height,
        glyphs: scanned.glyphs,
        hidden: std::mem::take(&mut drawn.hidden),
        rulings: scanned.rulings,
        images: std::mem::take(&mut drawn.images),
        seen: scanned.seen,
        pieces: scanned.pieces,
    })
}

fn note_glyphs(
    document: &Document<'_>,
    drawn: &Drawn,
    place: Provenance,
    failure: Option<String>,
    notes: &mut Vec<Note>,
) {
    let has_ink = |g: &&Glyph| !g.ch.is_whitespace();
    let n_visible = drawn.glyphs.iter().filter(has_ink).count();
    note_unknown(document, &drawn.glyphs, n_visible, place, notes);

    let mut hidden: Option<Rect> = None;
    let mut n_hidden = 0;
    let mut ways = [0_usize; 4];
    for glyph in drawn.hidden.iter().filter(has_ink) {
        n_hidden += 1;
        hidden = Some(hidden.map_or(glyph.rect, |r| r.union(&glyph.rect)));
        match glyph.visibility {
            Visibility::White => ways[0] += 1,
            Visibility::Invisible => ways[1] += 1,
            Visibility::Clipped => ways[2] += 1,
            Visibility::Covered | Visibility::Visible => ways[3] += 1,
        }
    }
    if let Some(rect) = hidden {
        let names = ["in the colour of its ground", "drawn invisibly", "outside what is shown", "covered"];
        let ways: Vec<String> =
            names.iter().zip(ways).filter(|(_, n)| *n > 0).map(|(name, n)| format!("{n} {name}")).collect();
        let message = format!("{n_hidden} characters that a reader cannot see were left out: {}", ways.join(", "));
        notes.push(Note::new(NoteKind::HiddenText, message, Provenance::at(place.page, rect)));
    }

    let is_scan = is_scan(drawn, place);
    if !is_scan && n_visible < NO_GLYPHS && drawn.n_shapes >= MANY_SHAPES {
        notes.push(Note::new(NoteKind::NoTextLayer, "the page's text is drawn as shapes", place));
    }
    if is_scan {
        // What text recognition laid invisibly over a scan is a guess of another program, not the document.
        let mut message = match n_hidden {
            0 => "the page is an image without text".to_owned(),
            n => format!("the page is an image; {n} characters behind or invisibly over it were not read"),
        };
        if let Some(failure) = failure {
            message.push_str("; reading it failed: ");
            message.push_str(&failure);
        }
        notes.push(Note::new(NoteKind::NoTextLayer, message, place));
    }
}

/// One note per font with glyphs that nothing names, and one for the page if that is most of it.
fn note_unknown(document: &Document<'_>, glyphs: &[Glyph], n_visible: usize, place: Provenance, notes: &mut Vec<Note>) {
    let mut fonts: BTreeMap<u16, (usize, Rect)> = BTreeMap::new();
    for glyph in glyphs.iter().filter(|g| g.unicode_source == UnicodeSource::Unknown) {
        let (n, rect) = fonts.entry(glyph.font).or_insert((0, glyph.rect));
        *n += 1;
        *rect = rect.union(&glyph.rect);
    }
    let n_unknown: usize = fonts.values().map(|(n, _)| n).sum();
    if n_unknown > 0 && n_unknown as f32 >= n_visible as f32 * MOSTLY {
        let message = format!("{n_unknown} of the page's {n_visible} characters have no unicode");
        notes.push(Note::new(NoteKind::NoUnicode, message, place));
    }
    for (font, (n, rect)) in fonts {
        let message = format!("{n} characters of the font {} have no unicode", document.fonts.name(font));
        notes.push(Note::new(NoteKind::NoUnicode, message, Provenance::at(place.page, rect)));
    }
}
