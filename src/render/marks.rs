//! What `read` and `repair` found on the page: glyphs, hidden and doubled ones, rulings, images.

use std::collections::BTreeSet;

use crate::dump::pages::{direction, unicode_source, visibility};
use crate::read::{Font, Glyph, Orientation, RawPage, Ruling, UnicodeSource};
use crate::render::svg::Svg;
use crate::repair::CleanPage;

/// A ruling thinner than this would not be seen.
const MIN_STROKE: f32 = 0.3;

/// The characters as read, at their places, where there is no picture to show them.
pub(super) fn text(page: &RawPage, svg: &mut Svg) {
    svg.group("text", |svg| {
        for glyph in &page.glyphs {
            svg.label(glyph.origin.0, glyph.origin.1, Some(glyph.size), &characters(glyph));
        }
    });
}

/// Layers of what was read, and of what repair made of it where it ran; gives lines for the legend.
pub(super) fn marks(raw: &RawPage, clean: Option<&CleanPage>, fonts: &[Font], svg: &mut Svg) -> Vec<String> {
    // A glyph keeps its order of drawing: what repair no longer has was drawn again over another.
    let kept: Option<BTreeSet<u32>> = clean.map(|page| page.glyphs.iter().map(|g| g.order).collect());
    let is_doubled = |glyph: &&Glyph| kept.as_ref().is_some_and(|kept| !kept.contains(&glyph.order));
    let (doubled, single): (Vec<&Glyph>, Vec<&Glyph>) = raw.glyphs.iter().partition(is_doubled);
    svg.group("images", |svg| raw.images.iter().for_each(|image| svg.rect(image, None, "image")));
    svg.group("rulings", |svg| rulings(&raw.rulings, true, svg));
    if let Some(clean) = clean {
        svg.group("joined", |svg| rulings(&clean.rulings, false, svg));
    }
    for (class, glyphs) in [("glyphs", single.as_slice()), ("doubled", doubled.as_slice())] {
        svg.group(class, |svg| glyphs.iter().for_each(|glyph| boxed(glyph, fonts, svg)));
    }
    svg.group("hidden", |svg| raw.hidden.iter().for_each(|glyph| boxed(glyph, fonts, svg)));
    let mut said = vec![format!(
        "{} glyphs (blue), {} hidden (pink), {} rulings as drawn (red), {} images (dashed grey)",
        raw.glyphs.len(),
        raw.hidden.len(),
        raw.rulings.len(),
        raw.images.len()
    )];
    if let Some(clean) = clean {
        said.push(format!(
            "{} glyphs drawn again (orange), {} rulings joined (green)",
            doubled.len(),
            clean.rulings.len()
        ));
    }
    said
}

fn characters(glyph: &Glyph) -> String {
    let mut text = String::new();
    glyph.push_text(&mut text);
    text
}

/// One glyph's box, with what is known of it as its title.
fn boxed(glyph: &Glyph, fonts: &[Font], svg: &mut Svg) {
    let font = fonts.get(usize::from(glyph.font)).map_or("", |font| font.name.as_str());
    let title = format!(
        "{} {:.1} {font}{}{}{}",
        characters(glyph),
        glyph.size,
        direction(glyph.direction),
        unicode_source(glyph.unicode_source),
        visibility(glyph.visibility)
    );
    let class = (glyph.unicode_source == UnicodeSource::Unknown).then_some("unknown");
    svg.rect(&glyph.rect, class, &title);
}

/// Rulings in their own thickness where it matters.
fn rulings(rulings: &[Ruling], thick: bool, svg: &mut Svg) {
    for ruling in rulings {
        let (from, to) = match ruling.orientation {
            Orientation::Horizontal => ((ruling.from, ruling.at), (ruling.to, ruling.at)),
            Orientation::Vertical => ((ruling.at, ruling.from), (ruling.at, ruling.to)),
        };
        let width = thick.then(|| ruling.thickness.max(MIN_STROKE));
        svg.line(from, to, width, &format!("ruling {:.2} thick", ruling.thickness));
    }
}
