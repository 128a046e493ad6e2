//! What `read` and `repair` found on each page.

use crate::dump::fact::{Area, Facts, Pt, Quoted};
use crate::read::{
    Direction, DumpPage, Font, Glyph, Layer, Orientation, RawBody, RawDocument, Ruling, Tone, UnicodeSource, Visibility,
};
use crate::repair::{CleanBody, CleanDocument};

/// How far glyphs of one run may lie apart, in sizes: a space, or letter spacing, but not the next column.
const RUN_GAP: f32 = 1.0;

/// How far the baselines of one run may differ, in sizes: nothing but rounding.
const RUN_BASELINE: f32 = 0.01;

/// The raw pages.
pub(super) fn raw(document: &RawDocument, facts: &mut Facts) {
    facts.source(&document.source);
    fonts(&document.fonts, facts);
    match &document.body {
        RawBody::Pages(pages) => {
            for page in pages {
                size(page.number, page.width, page.height, facts);
                runs(page.number, &page.glyphs, facts);
                runs(page.number, &page.hidden, facts);
                rulings(page.number, &page.rulings, facts);
                for image in &page.images {
                    facts.on(page.number, format_args!("page {} image {}", page.number, Area(*image)));
                }
            }
        }
        RawBody::Dump(pages) => lines(pages, facts),
    }
    facts.notes(&document.notes);
}

/// The repaired pages.
pub(super) fn clean(document: &CleanDocument, facts: &mut Facts) {
    facts.source(&document.source);
    fonts(&document.fonts, facts);
    match &document.body {
        CleanBody::Pages(pages) => {
            for page in pages {
                size(page.number, page.width, page.height, facts);
                runs(page.number, &page.glyphs, facts);
                rulings(page.number, &page.rulings, facts);
            }
        }
        CleanBody::Dump(dump) => {
            lines(&dump.pages, facts);
            for repair in &dump.repairs {
                let (before, after) = (Quoted(&repair.before), Quoted(&repair.after));
                facts.on(
                    repair.page,
                    format_args!(
                        "page {} line {} repair {} {before} -> {after}",
                        repair.page, repair.line, repair.kind
                    ),
                );
            }
        }
    }
    facts.notes(&document.notes);
}

fn fonts(fonts: &[Font], facts: &mut Facts) {
    for (i, font) in fonts.iter().enumerate() {
        let bold = if font.bold { " bold" } else { "" };
        let italic = if font.italic { " italic" } else { "" };
        facts.whole(format_args!("font {i} {}{bold}{italic}", Quoted(&font.name)));
    }
}

fn size(page: u32, width: f32, height: f32, facts: &mut Facts) {
    facts.on(page, format_args!("page {page} size {} {}", Pt(width), Pt(height)));
}

/// One line a text run: where its pen starts, its size and font, and whatever is not ordinary about it.
fn runs(page: u32, glyphs: &[Glyph], facts: &mut Facts) {
    for run in glyphs.chunk_by(same_run) {
        let Some(first) = run.first() else { continue };
        let mut text = String::new();
        for glyph in run {
            glyph.push_text(&mut text);
        }
        let (x, y) = first.origin;
        facts.on(
            page,
            format_args!(
                "page {page} run {} {} {} f{}{}{}{}{} {}",
                Pt(x),
                Pt(y),
                Pt(first.size),
                first.font,
                direction(first.direction),
                unicode_source(first.unicode_source),
                visibility(first.visibility),
                layer(first.layer),
                Quoted(&text)
            ),
        );
    }
}

/// Whether `next` goes on where `glyph` ends.
fn same_run(glyph: &Glyph, next: &Glyph) -> bool {
    let alike = glyph.font == next.font
        && (glyph.size - next.size).abs() <= RUN_BASELINE * glyph.size
        && glyph.direction == next.direction
        && glyph.unicode_source == next.unicode_source
        && glyph.visibility == next.visibility
        && glyph.layer == next.layer;
    let near = |end: f32, start: f32| (start - end).abs() <= RUN_GAP * glyph.size;
    let goes_on = match glyph.direction {
        Direction::Horizontal => {
            (glyph.origin.1 - next.origin.1).abs() <= RUN_BASELINE * glyph.size && near(glyph.rect.x1, next.rect.x0)
        }
        Direction::Vertical => {
            (glyph.origin.0 - next.origin.0).abs() <= RUN_BASELINE * glyph.size && near(glyph.rect.y1, next.rect.y0)
        }
        // Which way it turns is not kept: glyphs that touch belong together.
        Direction::Rotated => {
            near(glyph.rect.center_x(), next.rect.center_x()) && near(glyph.rect.center_y(), next.rect.center_y())
        }
    };
    alike && goes_on
}

/// How text runs, where it is not left to right.
pub(crate) fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Horizontal => "",
        Direction::Rotated => " rotated",
        Direction::Vertical => " vertical",
    }
}

/// How a character was found, where ToUnicode did not say.
pub(crate) fn unicode_source(source: UnicodeSource) -> &'static str {
    match source {
        UnicodeSource::ToUnicode => "",
        UnicodeSource::Cid => " by-cid",
        UnicodeSource::Program => " by-program",
        UnicodeSource::Encoding => " by-encoding",
        UnicodeSource::Gbk => " by-gbk",
        UnicodeSource::ActualText => " by-actual-text",
        UnicodeSource::Ocr => " by-ocr",
        UnicodeSource::Unknown => " unknown",
    }
}

/// Why a glyph cannot be seen.
pub(crate) fn visibility(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Visible => "",
        Visibility::White => " hidden-white",
        Visibility::Invisible => " hidden-invisible",
        Visibility::Clipped => " hidden-clipped",
        Visibility::Covered => " hidden-covered",
    }
}

/// What drew it, where that is not the page's content.
fn layer(layer: Layer) -> &'static str {
    match layer {
        Layer::Content => "",
        Layer::Annotation => " of-annotation",
        Layer::FormField => " of-form-field",
    }
}

/// How a ruling stands out, where that is not strongly.
fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Strong => "",
        Tone::Faint => " faint",
        Tone::Unknown => " tone-unknown",
    }
}

fn rulings(page: u32, rulings: &[Ruling], facts: &mut Facts) {
    for ruling in rulings {
        let way = match ruling.orientation {
            Orientation::Horizontal => "h",
            Orientation::Vertical => "v",
        };
        let Ruling { at, from, to, thickness, .. } = *ruling;
        facts.on(
            page,
            format_args!(
                "page {page} ruling {way} {} {} to {} thickness {}{}{}",
                Pt(at),
                Pt(from),
                Pt(to),
                Pt(thickness),
                tone(ruling.tone),
                layer(ruling.layer)
            ),
        );
    }
}

fn lines(pages: &[DumpPage], facts: &mut Facts) {
    for page in pages {
        for line in &page.lines {
            facts.on(page.number, format_args!("page {} line {} {}", page.number, line.number, Quoted(&line.text)));
        }
    }
}
