//! Wrapped lines become paragraphs, over page breaks too.

use std::collections::BTreeMap;

use crate::provenance::Provenance;
use crate::segment::TextLine;
use crate::segment::line::push_wrapped;
use crate::terms::enumerator::{self, Enumerator};

/// A paragraph, its lines joined.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// Of its first line.
    pub(super) provenance: Provenance,
    pub(super) page: u32,
    pub(super) size: f32,
    pub(super) centered: bool,
    pub(super) bold: bool,
}

/// A line that ends this many ems before the right margin is full: a character and the punctuation that may not open
/// a line did not fit.
const FULL: f32 = 2.2;

/// A line that begins this many ems right of the margin opens a paragraph (the first line is set in by two).
const INDENT: f32 = 1.2;

/// Lines of one paragraph follow each other within this share of the usual pitch.
const PITCH: f32 = 1.6;

/// Lines of at least this many ems tell where the margins are.
const LONG: f32 = 18.0;

/// Sizes within one paragraph differ by less than this factor.
const SAME_SIZE: f32 = 1.13;

/// Titles are set larger than the text at least by this factor (小二 over 三号: 18 over 16).
const LARGER: f32 = 1.05;

/// A line's horizontal extent, in points or, in a text dump, in half characters.
#[derive(Clone, Copy)]
struct Extent {
    left: f32,
    right: f32,
    em: f32,
}

fn extent(line: &TextLine) -> Extent {
    if let Some(rect) = line.provenance.rect {
        return Extent { left: rect.x0, right: rect.x1, em: line.size.max(1.0) };
    }
    let width = |ch: char| if ch.is_ascii() { 1.0 } else { 2.0 };
    let left: f32 = line.text.chars().take_while(|ch| ch.is_whitespace()).map(width).sum();
    Extent { left, right: line.text.trim_end().chars().map(width).sum(), em: 2.0 }
}

/// Left and right margin.
#[derive(Clone, Copy)]
struct Margins {
    left: f32,
    right: f32,
}

/// Joins lines to paragraphs; `size` is the usual size of text.
pub(super) fn paragraphs(lines: &[TextLine], size: f32) -> Vec<Paragraph> {
    let margins = margins(lines);
    let pitch = usual_pitch(lines);
    let mut out: Vec<Paragraph> = Vec::new();
    let mut before: Option<&TextLine> = None;
    for line in lines {
        let joined = before.is_some_and(|before| {
            let of = |line: &TextLine| margins.get(&line.provenance.page).copied();
            continues(before, line, of(before), of(line), pitch) || continues_title(before, line, size, pitch)
        });
        match out.last_mut().filter(|_| joined) {
            Some(paragraph) => push_wrapped(&mut paragraph.text, line.text.trim()),
            None => out.push(Paragraph {
                text: line.text.trim().to_owned(),
                provenance: line.provenance,
                page: line.provenance.page,
                size: line.size,
                centered: line.centered,
                bold: line.bold,
            }),
        }
        before = Some(line);
    }
    out
}

fn continues(before: &TextLine, line: &TextLine, above: Option<Margins>, here: Option<Margins>, pitch: f32) -> bool {
    let (Some(above), Some(here)) = (above, here) else { return false };
    let (a, b) = (extent(before), extent(line));
    let ratio = a.em.max(b.em) / a.em.min(b.em);
    if ratio > SAME_SIZE || a.right < above.right - FULL * a.em || !follows(before, line, pitch) {
        return false;
    }
    let ends_sentence = before.text.trim_end().ends_with(['。', '；', ';', '！', '：', ':']);
    let indented = b.left > here.left + INDENT * b.em;
    let numbered = enumerator::split(&line.text).is_some();
    if indented {
        // A paragraph set in as a whole goes on at the same indent; below a heading its text begins there.
        let numbered = numbered || enumerator::split(&before.text).is_some();
        let same_indent = (b.left - a.left).abs() < 0.6 * b.em && before.provenance.page == line.provenance.page;
        return same_indent && !ends_sentence && !numbered;
    }
    !(numbered && ends_sentence)
}

/// A title over two lines: both centred, of one size and larger than the text, and nothing new begins.
fn continues_title(before: &TextLine, line: &TextLine, size: f32, pitch: f32) -> bool {
    let (a, b) = (before.size, line.size);
    before.centered
        && line.centered
        && before.provenance.page == line.provenance.page
        && a.max(b) < 1.03 * a.min(b)
        && (a > LARGER * size || matches!(enumerator::split(&before.text), Some((Enumerator::Part, _))))
        && follows(before, line, pitch * (a / size.max(1.0)).max(1.0))
        && enumerator::split(&line.text).is_none()
        && !matches!(enumerator::split(&before.text), Some((Enumerator::Item, _)))
}

/// Whether a line stands right below the other, or first on the next page.
fn follows(before: &TextLine, line: &TextLine, pitch: f32) -> bool {
    let (a, b) = (before.provenance, line.provenance);
    if b.page != a.page {
        return b.page == a.page + 1;
    }
    match (a.rect, b.rect) {
        (Some(a), Some(b)) => b.y0 - a.y0 <= PITCH * pitch.max(b.height()),
        _ => true,
    }
}

/// The median distance from line to line.
fn usual_pitch(lines: &[TextLine]) -> f32 {
    let mut steps: Vec<f32> = lines
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] if a.provenance.page == b.provenance.page => {
                let step = b.provenance.rect?.y0 - a.provenance.rect?.y0;
                (step > 1.0).then_some(step)
            }
            _ => None,
        })
        .collect();
    if steps.is_empty() {
        return 0.0;
    }
    let middle = steps.len() / 2;
    *steps.select_nth_unstable_by(middle, f32::total_cmp).1
}

/// The margins of each page by its long lines; a page of few takes those of the document.
fn margins(lines: &[TextLine]) -> BTreeMap<u32, Margins> {
    let mut pages: BTreeMap<u32, Vec<Extent>> = BTreeMap::new();
    for line in lines {
        let extent = extent(line);
        let long = pages.entry(line.provenance.page).or_default();
        if extent.right - extent.left >= LONG * extent.em && !line.text.contains('\t') {
            long.push(extent);
        }
    }
    let all: Vec<Extent> = pages.values().flatten().copied().collect();
    let whole = margins_of(&all);
    pages
        .into_iter()
        .filter_map(|(page, long)| {
            let own = if long.len() >= 4 { margins_of(&long) } else { None };
            let margins = match (own, whole) {
                (Some(own), Some(whole)) => {
                    // Where every paragraph is one line long, all begin at the indent.
                    let em = long.first().map_or(1.0, |extent| extent.em);
                    let near = own.left > whole.left && own.left - whole.left < 3.0 * em;
                    Margins { left: if near { whole.left } else { own.left }, right: own.right }
                }
                (own, whole) => own.or(whole)?,
            };
            Some((page, margins))
        })
        .collect()
}

/// A tenth of the long lines may stick out on either side.
fn margins_of(long: &[Extent]) -> Option<Margins> {
    if long.is_empty() {
        return None;
    }
    let mut lefts: Vec<f32> = long.iter().map(|extent| extent.left).collect();
    let mut rights: Vec<f32> = long.iter().map(|extent| extent.right).collect();
    lefts.sort_by(f32::total_cmp);
    rights.sort_by(f32::total_cmp);
    let tenth = long.len() / 10;
    Some(Margins { left: *lefts.get(tenth)?, right: *rights.get(rights.len() - 1 - tenth)? })
}
