//! A page that shows again what a page before it shows, figure by figure, leaves the document: its rows count once.

use std::collections::HashMap;

use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::read::{DumpPage, Glyph, RawPage};
use crate::repair::title::has_title;
use crate::terms::statement::is_title;

/// Page numbers stand in this share of the page's height, from the top and from the bottom.
const MARGIN: f32 = 0.1;
/// Glyphs of a page that is there twice stand this near to each other, in points.
const SAME_PLACE: f32 = 1.0;
/// A page number and what is printed around it.
const OF_PAGE_NUMBER: &str = "0123456789-—–－―第页共/·~ \u{3000}";
/// A row of digits of at least this many tells of an amount, where no point or comma does.
const MIN_DIGITS: usize = 5;

/// Takes away pages that are there twice.
pub fn drop_pages(pages: &mut Vec<RawPage>, notes: &mut Vec<Note>) {
    let mut seen: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut repeats = Repeats::default();
    for (at, page) in pages.iter().enumerate() {
        let (key, has_amounts) = key(shown(page));
        if !has_amounts {
            continue;
        }
        let before = seen.entry(key).or_default();
        let same = before.iter().copied().rfind(|before| is_same(&pages[*before], page));
        if !same.is_some_and(|of| repeats.take(at, of, || has_title(page))) {
            before.push(at);
        }
    }
    repeats.drop_from(pages, |page| page.number, notes);
}

/// Pages that are there twice: each with the page that it shows again.
#[derive(Default)]
struct Repeats(Vec<(usize, usize)>);

impl Repeats {
    /// Takes a page for a repeat where it begins with a title, or goes on with what is there twice.
    ///
    /// The last pages of two tables may show the same rows, and nothing says which table's they are.
    fn take(&mut self, at: usize, of: usize, has_title: impl Fn() -> bool) -> bool {
        // The page after it, or the same page once more.
        let goes_on = self.0.last().is_some_and(|last| last.0 + 1 == at && (last.1 + 1 == of || last.1 == of));
        let is_repeat = of + 1 == at || goes_on || has_title();
        if is_repeat {
            self.0.push((at, of));
        }
        is_repeat
    }

    /// Takes the pages away, and says so.
    fn drop_from<T>(&self, pages: &mut Vec<T>, number: impl Fn(&T) -> u32, notes: &mut Vec<Note>) {
        for (at, of) in &self.0 {
            let of = number(&pages[*of]);
            let message = format!("the page shows the same as page {of}, figure by figure, and counts once");
            notes.push(Note::new(NoteKind::PageRepeated, message, Provenance::page(number(&pages[*at]))));
        }
        let mut at = 0..;
        pages.retain(|_| at.next().is_none_or(|at: usize| self.0.binary_search_by_key(&at, |(at, _)| *at).is_err()));
    }
}

/// Takes away pages of a dump that are there twice.
pub fn drop_dump_pages(pages: &mut Vec<DumpPage>, notes: &mut Vec<Note>) {
    let text = |page: &DumpPage| -> Vec<String> {
        let lines = page.lines.iter().map(|line| line.text.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.filter(|line| line.chars().any(|c| !OF_PAGE_NUMBER.contains(c))).collect()
    };
    let mut seen: HashMap<Vec<String>, usize> = HashMap::new();
    let mut repeats = Repeats::default();
    if pages.len() < 2 {
        return;
    }
    for (at, page) in pages.iter().enumerate() {
        let lines = text(page);
        let (_, has_amounts) = key(lines.iter().flat_map(|line| line.chars().chain(Some(' '))));
        if !has_amounts {
            continue;
        }
        let has_title = || lines.iter().any(|line| is_title(&line.replace(' ', "")));
        if !seen.get(&lines).is_some_and(|of| repeats.take(at, *of, has_title)) {
            seen.insert(lines, at);
        }
    }
    repeats.drop_from(pages, |page| page.number, notes);
}

/// The characters of a page's body.
fn shown(page: &RawPage) -> impl Iterator<Item = char> + '_ {
    page.glyphs.iter().filter(|glyph| !in_margin(glyph, page)).map(|glyph| glyph.ch)
}

fn in_margin(glyph: &Glyph, page: &RawPage) -> bool {
    glyph.origin.1 < MARGIN * page.height || glyph.origin.1 > (1.0 - MARGIN) * page.height
}

/// A number for a text, and whether it has amounts other than zero.
fn key(text: impl Iterator<Item = char>) -> (u64, bool) {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let (mut n_digits, mut is_parted, mut is_zero, mut has_amounts) = (0_usize, false, true, false);
    for ch in text {
        hash = (hash ^ u64::from(ch)).wrapping_mul(0x0000_0100_0000_01b3);
        if has_amounts {
            continue;
        }
        match ch {
            '0'..='9' => {
                n_digits += 1;
                is_zero &= ch == '0';
                has_amounts = !is_zero && (n_digits >= MIN_DIGITS || is_parted && n_digits >= 3);
            }
            '.' | ',' if n_digits > 0 => is_parted = true,
            _ => (n_digits, is_parted, is_zero) = (0, false, true),
        }
    }
    (hash, has_amounts)
}

/// Whether two pages show the same in the same places, page numbers apart.
fn is_same(a: &RawPage, b: &RawPage) -> bool {
    let (mine, theirs) = (without_number(a), without_number(b));
    let is_like = |a: &&Glyph, b: &&Glyph| {
        a.ch == b.ch
            && a.tail == b.tail
            && (a.origin.0 - b.origin.0).abs() <= SAME_PLACE
            && (a.origin.1 - b.origin.1).abs() <= SAME_PLACE
    };
    mine.len() == theirs.len() && mine.iter().zip(&theirs).all(|(a, b)| is_like(a, b))
}

/// A page's glyphs without the line of its number.
pub(super) fn without_number(page: &RawPage) -> Vec<&Glyph> {
    let is_text = |glyph: &&Glyph| in_margin(glyph, page) && !OF_PAGE_NUMBER.contains(glyph.ch);
    let lines: Vec<f32> = page.glyphs.iter().filter(is_text).map(|glyph| glyph.origin.1).collect();
    let shares_line = |glyph: &Glyph| lines.iter().any(|y| (y - glyph.origin.1).abs() <= SAME_PLACE);
    let is_number = |glyph: &Glyph| in_margin(glyph, page) && OF_PAGE_NUMBER.contains(glyph.ch) && !shares_line(glyph);
    page.glyphs.iter().filter(|glyph| !is_number(glyph)).collect()
}
