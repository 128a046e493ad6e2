//! A page as a viewer shows it, as an SVG fragment, to lay beside what was read.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::read::Limits;

/// A page's picture.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Width of its coordinates; the page's own, before its user unit.
    pub width: f32,
    /// Height of its coordinates.
    pub height: f32,
    /// SVG elements, without the `svg` element around them.
    pub content: String,
    /// Text in fonts that the file does not embed is missing.
    pub lacks_fonts: bool,
}

/// Draws page `number` (from 1) of a PDF.
///
/// # Errors
/// Says why there is no picture, lower case, no final dot.
pub fn draw(bytes: &[u8], number: u32, limits: &Limits) -> Result<Picture, String> {
    // The renderer is not ours, and takes every kind of damage: a panic in it must not cost what was read.
    catch_unwind(AssertUnwindSafe(|| draw_unguarded(bytes, number, limits)))
        .unwrap_or_else(|_| Err("the renderer failed on this page".into()))
}

#[cfg(not(feature = "render"))]
fn draw_unguarded(_: &[u8], _: u32, _: &Limits) -> Result<Picture, String> {
    Err("this program was built without its feature `render`".into())
}

#[cfg(feature = "render")]
fn draw_unguarded(bytes: &[u8], number: u32, limits: &Limits) -> Result<Picture, String> {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::limits::Ledger;
    use super::open::open;
    use super::pages::PageTree;
    use hayro_svg::hayro_interpret::InterpreterSettings;
    use hayro_svg::{RenderCache, SvgRenderSettings, convert};

    let pdf = open(bytes, &Ledger::new(limits)).map_err(|error| error.to_string())?.pdf;
    let page = PageTree::new(&pdf, limits.pages).place(number).and_then(|i| pdf.pages().get(i));
    let page = page.ok_or("the renderer finds no such page")?;
    let (width, height) = page.render_dimensions();
    let asked = Arc::new(AtomicBool::new(false));
    let resolver = Arc::clone(&asked);
    let settings = InterpreterSettings {
        font_resolver: Arc::new(move |_| {
            resolver.store(true, Ordering::Relaxed);
            None
        }),
        ..InterpreterSettings::default()
    };
    let svg = convert(page, &RenderCache::new(), &settings, &SvgRenderSettings::default());
    let content = inner(&svg).ok_or("the renderer gives no picture")?;
    Ok(Picture { width, height, content: content.to_owned(), lacks_fonts: asked.load(Ordering::Relaxed) })
}

#[cfg(feature = "render")]
/// What stands between the tags of the outermost element; empty where it has but one tag.
fn inner(svg: &str) -> Option<&str> {
    let start = svg.find("<svg")?;
    let end = start + svg.get(start..)?.find('>')?;
    if svg.get(..end)?.ends_with('/') {
        return Some("");
    }
    svg.get(end + 1..svg.rfind("</svg>")?)
}
