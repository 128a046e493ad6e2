//! Annotations and form fields: their appearance streams are part of what a reader sees.

use hayro_syntax::object::{Array, Dict, Name, Rect as PdfRect, Stream};
use hayro_syntax::page::Page;

use super::content::Interpreter;
use super::matrix::Matrix;
use super::page::Frame;
use crate::read::Layer;

/// `Hidden` and `NoView` in an annotation's flags.
const UNSEEN: i32 = 1 << 1 | 1 << 5;
/// Annotations of one page that are looked at.
const MAX_ANNOTATIONS: usize = 10_000;

/// Draws the page's annotations over its content.
pub(super) fn draw<'a>(interpreter: &mut Interpreter<'_, 'a>, page: &Page<'a>, frame: &Frame) {
    let Some(annotations) = page.raw().get::<Array<'a>>("Annots") else { return };
    for annotation in annotations.iter::<Dict<'a>>().take(MAX_ANNOTATIONS) {
        draw_one(interpreter, page, frame, &annotation);
    }
}

fn draw_one<'a>(
    interpreter: &mut Interpreter<'_, 'a>,
    page: &Page<'a>,
    frame: &Frame,
    annotation: &Dict<'a>,
) -> Option<()> {
    let unseen = annotation.get::<i32>("F").is_some_and(|flags| flags & UNSEEN != 0);
    let subtype = annotation.get::<Name<'_>>("Subtype");
    if unseen || subtype.as_deref() == Some(b"Popup") || !interpreter.document.is_content_shown(annotation, "OC") {
        return None;
    }
    let form = appearance(annotation)?;
    let rect = annotation.get::<PdfRect>("Rect")?;
    let bounds = form.dict().get::<PdfRect>("BBox")?;
    let (x0, y0, x1, y1) =
        Matrix::of_form(form.dict()).unwrap_or(Matrix::IDENTITY).bounds(bounds.x0, bounds.y0, bounds.x1, bounds.y1);
    // The transformed bounding box of the appearance fills the annotation's rectangle.
    let (w, h) = (x1 - x0, y1 - y0);
    if !(w > 0.0 && h > 0.0) {
        return None;
    }
    let (sx, sy) = (rect.width() / w, rect.height() / h);
    let fit = Matrix::new(sx, 0.0, 0.0, sy, rect.x0 - x0 * sx, rect.y0 - y0 * sy);
    let is_field = subtype.as_deref() == Some(b"Widget");
    interpreter.canvas.layer = if is_field { Layer::FormField } else { Layer::Annotation };
    interpreter.restart(frame.rect, fit.then(&frame.base));
    interpreter.form(&form, page.resources(), 0);
    Some(())
}

/// The normal appearance, in the state that the annotation is in.
fn appearance<'a>(annotation: &Dict<'a>) -> Option<Stream<'a>> {
    let appearances = annotation.get::<Dict<'a>>("AP")?;
    if let Some(stream) = appearances.get::<Stream<'a>>("N") {
        return Some(stream);
    }
    let states = appearances.get::<Dict<'a>>("N")?;
    let state = annotation.get::<Name<'_>>("AS")?;
    states.get::<Stream<'a>>(state.as_ref())
}
