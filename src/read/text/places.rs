//! Whether a dump keeps the places of the text: extractors with a layout mode fill the gaps of a page with spaces.

use crate::read::DumpPage;

/// Blank cells and cut numbers leave smaller gaps than this in dumps that follow the cells.
const WIDE: usize = 8;

/// At least this share of the lines, in hundredths, has a wide gap where places are kept.
const LEAST_SHARE: usize = 3;

/// With so many, in hundredths, no spaces between amounts are needed for a proof.
const SURE_SHARE: usize = 15;

/// So many pairs of amounts side by side tell how an extractor parts them.
const LEAST_PAIRS: usize = 20;

/// Whether enough lines have a gap that only a place on the page explains.
///
/// Spread titles and names have wide gaps in any dump. Amounts side by side are one space apart where cells are written
/// one after the other, and as far as on the page where places are kept.
pub fn keeps_places(pages: &[DumpPage]) -> bool {
    let (mut n_lines, mut n_wide, mut n_pairs, mut n_close) = (0, 0, 0, 0);
    for line in pages.iter().flat_map(|page| &page.lines).filter(|line| !line.text.trim().is_empty()) {
        n_lines += 1;
        n_wide += usize::from(has_wide_gap(line.text.trim()));
        for n_spaces in between_amounts(&line.text) {
            n_pairs += 1;
            n_close += usize::from(n_spaces == 1);
        }
    }
    let is_close = n_pairs >= LEAST_PAIRS && n_close * 10 >= n_pairs * 9;
    let least = if is_close { SURE_SHARE } else { LEAST_SHARE };
    n_wide > 1 && n_wide * 100 >= n_lines * least
}

/// How many spaces part each two amounts with cents that stand side by side.
fn between_amounts(text: &str) -> impl Iterator<Item = usize> {
    let is_amount = |word: &str| {
        let is_cents = |cents: &str| cents.len() == 2 && cents.bytes().all(|byte| byte.is_ascii_digit());
        word.rsplit_once('.').is_some_and(|(_, cents)| is_cents(cents))
    };
    // Words and, for each two spaces that follow each other, an empty one between them.
    let (mut after_amount, mut n_spaces) = (false, 0);
    text.split(' ').filter_map(move |word| {
        n_spaces += 1;
        if word.is_empty() {
            return None;
        }
        let found = (after_amount && is_amount(word)).then_some(n_spaces);
        (after_amount, n_spaces) = (is_amount(word), 0);
        found
    })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::DumpLine;

    fn keeps(line: &str) -> bool {
        let lines = std::iter::repeat_n(line, 30).chain(["收           入"; 4]);
        let lines = (1..).zip(lines).map(|(number, text)| DumpLine { number, text: text.to_owned() }).collect();
        keeps_places(&[DumpPage { number: 1, lines }])
    }

    #[test]
    fn spread_words_keep_no_places_where_amounts_are_one_space_apart() {
        assert!(!keeps("某支出 1.00 2.00 3.00"));
        assert!(keeps("某支出 1.00   2.00    3.00"));
        assert!(keeps("某支出          1.00 2.00 3.00"));
    }
}
