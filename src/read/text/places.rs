//! Whether a dump keeps the places of the text: extractors with a layout mode fill the gaps of a page with spaces.

use crate::read::DumpPage;

/// Blank cells and cut numbers leave smaller gaps than this in dumps that follow the cells.
const WIDE: usize = 8;

/// At least this share of the lines, in hundredths, has a wide gap where places are kept.
const LEAST_SHARE: usize = 3;

/// Whether enough lines have a gap that only a place on the page explains.
pub fn keeps_places(pages: &[DumpPage]) -> bool {
    let mut n_lines = 0;
    let mut n_wide = 0;
    for line in pages.iter().flat_map(|page| &page.lines).filter(|line| !line.text.trim().is_empty()) {
        n_lines += 1;
        n_wide += usize::from(has_wide_gap(line.text.trim()));
    }
    n_wide > 1 && n_wide * 100 >= n_lines * LEAST_SHARE
}

fn has_wide_gap(text: &str) -> bool {
    let mut n_spaces = 0;
    for ch in text.chars() {
        n_spaces = if ch == ' ' { n_spaces + 1 } else { 0 };
        if n_spaces >= WIDE {
            return true;
        }
    }
    false
}
