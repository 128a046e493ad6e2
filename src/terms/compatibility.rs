//! Characters in their compatibility form: full-width letters, digits and marks in ASCII, radicals as ideographs.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

/// The text in normalization form KC.
///
/// Chinese text rarely holds anything but what that leaves as it is and full-width forms, which are read one by one.
pub fn nfkc(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_stable) {
        Cow::Borrowed(text)
    } else if text.chars().all(|ch| is_stable(ch) || ascii(ch).is_some()) {
        Cow::Owned(text.chars().map(|ch| ascii(ch).unwrap_or(ch)).collect())
    } else {
        Cow::Owned(text.nfkc().collect())
    }
}

/// Whether the normalization leaves a character as it is, whatever others of its kind stand beside it.
fn is_stable(ch: char) -> bool {
    ch.is_ascii()
        || matches!(ch, '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{301b}' | '\u{2018}'..='\u{201d}' | '—' | '≤' | '≥')
}

/// What a full-width form stands for.
fn ascii(ch: char) -> Option<char> {
    match ch {
        '\u{3000}' => Some(' '),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(ch) - 0xfee0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_read_as_the_standard_says() {
        let all: Vec<char> = ('\0'..=char::MAX).collect();
        for ch in &all {
            let text = ch.to_string();
            assert_eq!(nfkc(&text), text.nfkc().collect::<String>(), "{ch:?}");
        }
        let stable: String = all.iter().chain(all.iter().rev()).filter(|ch| is_stable(**ch)).collect();
        assert_eq!(stable.nfkc().collect::<String>(), stable);
    }

    #[test]
    fn a_mark_that_combines_with_the_character_before_it_is_combined() {
        assert_eq!(nfkc("单位e\u{301}（元）"), "单位\u{e9}(元)");
    }
}
