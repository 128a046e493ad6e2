//! The lines of a dump without page numbers and running heads, and what stands in a line.

use std::collections::{BTreeMap, BTreeSet};

use super::item::{Class, class, is_number};
use crate::provenance::Provenance;
use crate::read::DumpPage;
use crate::read::text::page_number;
use crate::segment::TextLine;

/// A running head stands within this many text lines of the edge of its page.
const EDGE_LINES: usize = 2;

/// A line of the dump; blank ones keep their spaces, each of which stands for a blank cell.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) page: u32,
    pub(super) text: String,
    /// First line with text on its page: what stood before it may have gone with the page's mark.
    pub(super) heads_page: bool,
}

impl Line {
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Its words, parted by spaces.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.text.split_whitespace()
    }

    pub(super) fn has_amount(&self) -> bool {
        self.words().any(|word| class(word) == Class::Amount)
    }

    pub(super) fn provenance(&self) -> Provenance {
        Provenance::page(self.page)
    }
}

/// A line of a caption, a note or a footer as a region holds it.
pub(super) fn text_line(text: impl Into<String>, page: u32) -> TextLine {
    TextLine { text: text.into(), provenance: Provenance::page(page), size: 0.0, centered: false, bold: false }
}

/// The lines of all pages, and the running heads that were taken out, each once.
pub(super) fn body_lines(pages: &[DumpPage]) -> (Vec<Line>, Vec<(u32, String)>) {
    let heads = running_heads(pages);
    let counting = counting(pages);
    let mut lines = Vec::new();
    let mut taken: BTreeMap<String, u32> = BTreeMap::new();
    for page in pages {
        let texts = text_indices(page);
        let mut headed = false;
        for (idx, line) in page.lines.iter().enumerate() {
            let edge =
                texts.iter().take(EDGE_LINES).chain(texts.iter().rev().take(EDGE_LINES)).any(|edge| *edge == idx);
            if page_number(&line.text).is_some() || counting.contains(&(page.number, idx)) {
                continue;
            }
            // Where the mark of a page is lost its head stands anywhere; the first line of all may be the title itself.
            let is_head = (edge || !lines.is_empty()) && heads.iter().any(|head| is_masked(&line.text, head));
            if is_head {
                taken.entry(line.text.trim().to_owned()).or_insert(page.number);
                continue;
            }
            let blank = line.text.trim().is_empty();
            let is_last = texts.last() == Some(&idx);
            let text = if is_last { without_page_number(&line.text) } else { &line.text };
            lines.push(Line { page: page.number, text: text.to_owned(), heads_page: !blank && !headed });
            headed |= !blank;
        }
    }
    let mut taken: Vec<(u32, String)> = taken.into_iter().map(|(text, page)| (page, text)).collect();
    taken.sort();
    drop_own_spaces(&mut lines);
    (lines, taken)
}

/// The numbers without any sign that stand alone at the edges of pages and count with them, by page and line.
fn counting(pages: &[DumpPage]) -> BTreeSet<(u32, usize)> {
    let mut by_distance: BTreeMap<(bool, i64), Vec<(u32, usize)>> = BTreeMap::new();
    for page in pages {
        let texts = text_indices(page);
        for (is_foot, at) in [(false, texts.first()), (true, texts.last())] {
            let Some((at, line)) = at.and_then(|at| Some((*at, page.lines.get(*at)?))) else { continue };
            let text = line.text.trim();
            let is_plain = text.len() <= PAGE_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
            if let Some(number) = text.parse::<i64>().ok().filter(|_| is_plain) {
                let distance = number - i64::from(page.number);
                by_distance.entry((is_foot, distance)).or_default().push((page.number, at));
            }
        }
    }
    by_distance.into_values().filter(|lines| lines.len() >= LEAST_COUNTING).flatten().collect()
}

/// No document has more pages than these digits tell.
const PAGE_DIGITS: usize = 4;

/// A number alone on a line may be anything; so many that are as far from the numbers of their pages count them.
const LEAST_COUNTING: usize = 3;

/// A page number has at most so many words: — 15 —.
const NUMBER_WORDS: usize = 3;

/// The last line of a page without the page number that stands behind its last amount.
fn without_page_number(text: &str) -> &str {
    let words: Vec<&str> = text.split_whitespace().collect();
    for n in 1..=NUMBER_WORDS.min(words.len().saturating_sub(1)) {
        let (row, number) = words.split_at(words.len() - n);
        let Some(last) = row.last().filter(|last| class(last) == Class::Amount) else { continue };
        if page_number(&number.concat()).is_some() {
            let end = last.as_ptr() as usize - text.as_ptr() as usize + last.len();
            return text.get(..end).unwrap_or(text);
        }
    }
    text
}

/// Takes away the space behind each amount where amounts bring one of their own: with that which parts cells it looks like
/// a blank cell.
fn drop_own_spaces(lines: &mut [Line]) {
    let (mut n_own, mut n_other) = (0, 0);
    let ends = |text: &str| -> Vec<usize> {
        // 2. numbers a sentence.
        let words = text.split_whitespace().filter(|word| class(word) == Class::Amount && !word.ends_with('.'));
        words.map(|word| word.as_ptr() as usize - text.as_ptr() as usize + word.len()).collect()
    };
    for line in lines.iter() {
        for end in ends(&line.text) {
            let rest = line.text.get(end..).unwrap_or_default();
            // Wide gaps show places.
            let has_own = rest == " " || (rest.starts_with("  ") && !rest.starts_with("    "));
            *(if has_own { &mut n_own } else { &mut n_other }) += 1;
        }
    }
    if n_own < LEAST_OWN || n_other * OTHERS > n_own {
        return;
    }
    for line in lines {
        for end in ends(&line.text).into_iter().rev() {
            if line.text.get(end..).is_some_and(|rest| rest.starts_with(' ')) {
                line.text.remove(end);
            }
        }
    }
}

/// Fewer amounts with a space behind say nothing of the others, and so do amounts of which one in so many has none.
const LEAST_OWN: usize = 20;
const OTHERS: usize = 10;

/// Texts that stand beside most page numbers, on two pages or more.
///
/// The page number is what parts a running head from the title of a form, which heads every page as well. A row that
/// ends several pages is none: it has amounts.
fn running_heads(pages: &[DumpPage]) -> BTreeSet<String> {
    let mut beside: BTreeMap<String, usize> = BTreeMap::new();
    let mut n_numbered = 0;
    let mut after_number = false;
    for page in pages {
        let texts = text_indices(page);
        let text = |idx: Option<&usize>| idx.and_then(|idx| page.lines.get(*idx)).map(|line| line.text.as_str());
        if after_number && let Some(first) = text(texts.first()).filter(|text| page_number(text).is_none()) {
            *beside.entry(masked(first)).or_default() += 1;
        }
        after_number = text(texts.last()).is_some_and(|text| page_number(text).is_some());
        // A layout program may write the head of a page after all else, the page's number too.
        let below = texts.len().checked_sub(2).and_then(|above| texts.get(above)).map(Some).and_then(text);
        if below.is_some_and(|text| page_number(text).is_some())
            && let Some(last) = text(texts.last())
        {
            n_numbered += 1;
            *beside.entry(masked(last)).or_default() += 1;
        }
        n_numbered += usize::from(after_number);
        if after_number
            && texts.len() > 2
            && let Some(above) = text(texts.get(texts.len() - 2))
        {
            *beside.entry(masked(above)).or_default() += 1;
        }
    }
    let fits = |text: &str| text.chars().count() > 3 && class(text) == Class::Words && !is_number(text);
    beside
        .into_iter()
        .filter(|(text, count)| *count > 1 && count * 2 >= n_numbered && fits(text))
        .map(|(text, _)| text)
        .collect()
}

/// The indices of a page's lines with text.
fn text_indices(page: &DumpPage) -> Vec<usize> {
    page.lines.iter().enumerate().filter(|(_, line)| !line.text.trim().is_empty()).map(|(idx, _)| idx).collect()
}

/// A text with every digit alike, because running heads may count pages, and without spaces, which extractors strew.
fn masked(text: &str) -> String {
    mask(text).collect()
}

/// Whether a text is another when it is masked.
fn is_masked(text: &str, other: &str) -> bool {
    mask(text).eq(other.chars())
}

fn mask(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|ch| !ch.is_whitespace()).map(|ch| if ch.is_ascii_digit() { '0' } else { ch })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_number_behind_the_last_amount_is_none_of_its_row() {
        assert_eq!(without_page_number("212 甲 9.00 9.00 — 15 —"), "212 甲 9.00 9.00");
        assert_eq!(without_page_number("212 甲 9.00 -3.00"), "212 甲 9.00 -3.00");
    }

    #[test]
    fn numbers_alone_that_count_with_the_pages_are_those_of_the_pages() {
        let kept = |feet: [&str; 3]| {
            let line = |text: &str| crate::read::DumpLine { number: 1, text: text.into() };
            let page = |(at, foot): (usize, &&str)| DumpPage {
                number: at as u32 + 1,
                lines: vec![line("甲 9.00"), line(foot)],
            };
            body_lines(&feet.iter().enumerate().map(page).collect::<Vec<_>>()).0.len()
        };
        assert_eq!(kept(["  35", "36", "37"]), 3);
        assert_eq!(kept(["35", "36", "36"]), 6, "two may count by chance");
        assert_eq!(kept(["35.00", "36.00", "37.00"]), 6);
    }

    #[test]
    fn a_space_that_each_amount_brings_is_no_blank_cell() {
        let lines = |row: &str| -> Vec<Line> {
            (0..LEAST_OWN).map(|_| Line { page: 1, text: row.into(), heads_page: false }).collect()
        };
        let read = |row: &str| {
            let mut lines = lines(row);
            drop_own_spaces(&mut lines);
            lines.first().map(|line| line.text.clone()).unwrap_or_default()
        };
        assert_eq!(read("201 甲 9.00  8.00   "), "201 甲 9.00 8.00  ");
        assert_eq!(read("201 甲 9.00 8.00  "), "201 甲 9.00 8.00  ");
    }
}
