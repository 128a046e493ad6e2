//! What names and telephone numbers look like.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::terms::contact::{DOUBLE_SURNAMES, OFFICE_ENDS, SURNAMES};

/// Digits of a telephone number at least: 12345 is one behind a label.
pub(super) const MIN_PHONE_DIGITS: usize = 5;

/// Digits of a number without its area code at least.
pub(super) const MIN_LOCAL_DIGITS: usize = 7;

/// Characters of a name, but for those with a dot in the middle.
const NAME_CHARS: std::ops::RangeInclusive<usize> = 2..=4;

/// Characters of a name with a dot in the middle at most.
const MAX_DOTTED_CHARS: usize = 16;

/// A number with the signs that telephone numbers have between their digits.
pub(super) static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[+＋]?[(（]?[0-9０-９](?:[ \-－—–‐()（）]{0,2}[0-9０-９]){4,19}(?:[ (（]?转[0-9０-９]{1,6}[)）]?)?")
        .ok()
});

/// Whether a character may stand in a name.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{3fffd}' | '·' | '〇')
}

/// Whether a word is somebody's name.
pub(super) fn is_name(word: &str) -> bool {
    let n_chars = word.chars().count();
    let is_dotted = word.contains('·') && !word.starts_with('·') && n_chars <= MAX_DOTTED_CHARS;
    (is_dotted || NAME_CHARS.contains(&n_chars) && begins_with_surname(word))
        && word.chars().all(is_han)
        && !OFFICE_ENDS.iter().any(|end| word.ends_with(end))
}

pub(super) fn begins_with_surname(word: &str) -> bool {
    let is_double = DOUBLE_SURNAMES.iter().any(|surname| word.starts_with(surname) && word.len() > surname.len());
    is_double
        || word.chars().next().is_some_and(|c| SURNAMES.contains(c)) && word.chars().count() <= 3
        || word.chars().count() == 4 && word.chars().take(2).all(|c| SURNAMES.contains(c))
}

/// Where numbers of enough digits stand that are no part of a decimal or a grouped figure.
pub(super) fn numbers(text: &str) -> Vec<Range<usize>> {
    let Some(number) = &*NUMBER else { return Vec::new() };
    let is_figure = |c: char| matches!(c, '.' | ',' | '，' | '%' | '．') || c.is_numeric();
    number
        .find_iter(text)
        .map(|found| found.range())
        .filter(|range| {
            let before = text[..range.start].chars().next_back();
            let mut after = text[range.end..].chars();
            let figure_after = matches!(after.next(), Some('.' | ',')) && after.next().is_some_and(|c| c.is_numeric());
            !before.is_some_and(|c| is_figure(c) && c != '，') && !figure_after
        })
        .collect()
}

/// The digits of a number in ASCII.
pub(super) fn digits(number: &str) -> String {
    number
        .chars()
        .filter_map(|c| match c {
            '0'..='9' => Some(c),
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32),
            _ => None,
        })
        .collect()
}
