//! Single characters that an extractor got wrong: odd spaces, compatibility forms, spaces beside punctuation.

use unicode_normalization::UnicodeNormalization;

use super::{Ledger, Lines, is_cjk};
use crate::repair::unicode::unified;

/// Spaces beside punctuation, where justified text had none.
pub(super) const SPACE: &str = "spurious-space";

/// Characters of another form: 　⼀ for 一, １２．３４ for 12.34.
const FORM: &str = "character-form";

/// Closes or separates: no space is ever printed before it.
const CLOSING: &[char] =
    &['，', '、', '。', '；', '：', '！', '？', '）', '》', '】', '〉', '」', '』', '〕', '”', '’'];

/// Opens: no space is ever printed after it.
const OPENING: &[char] = &['（', '《', '【', '〈', '「', '『', '〔', '“', '‘'];

/// Repairs each line by itself.
pub(super) fn repair(lines: &mut Lines<'_>, ledger: &mut Ledger) {
    for line in &mut lines.0 {
        if line.text.is_ascii() {
            continue;
        }
        if let Some(text) = with_plain_forms(line.text) {
            ledger.set(FORM, line, text);
        }
        if line.text.contains(' ') {
            ledger.set(SPACE, line, without_spurious_spaces(line.text));
        }
    }
}

/// Radicals and compatibility ideographs as the characters that they stand for, odd spaces as plain ones, full-width
/// digits and letters in ASCII; `None` where there is nothing of that.
fn with_plain_forms(text: &str) -> Option<String> {
    if !text.contains(|ch| is_odd(ch) || is_wide(ch)) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' => out.extend(std::iter::once(unified(ch)).nfkc()),
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' => out.push(' '),
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            _ => out.push(ch),
        }
    }
    Some(if out.contains(is_wide) { narrow(&out) } else { out })
}

/// A radical, a compatibility ideograph, an odd space or a character without width.
fn is_odd(ch: char) -> bool {
    matches!(ch,
        '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}'
        | '\u{a0}' | '\u{2000}'..='\u{200f}' | '\u{202f}' | '\u{2060}' | '\u{feff}')
}

/// A full-width digit or letter.
fn is_wide(ch: char) -> bool {
    matches!(ch, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// Full-width digits and letters become ASCII; so do the marks between digits, and all of a word that is a number.
fn narrow(text: &str) -> String {
    let of_number = |ch: char| {
        is_wide(ch) || ch.is_ascii_digit() || matches!(ch, '．' | '，' | '－' | '％' | '.' | ',' | '-' | '%')
    };
    let plain = |ch: char| char::from_u32(u32::from(ch).wrapping_sub(0xfee0)).filter(char::is_ascii).unwrap_or(ch);
    let is_digit = |ch: Option<&char>| ch.is_some_and(|ch| plain(*ch).is_ascii_digit());
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(' ') {
        let is_number = word.contains(is_wide) && word.trim_end().chars().all(of_number);
        let chars: Vec<char> = word.chars().collect();
        for (idx, ch) in chars.iter().enumerate() {
            let between =
                is_digit(idx.checked_sub(1).and_then(|before| chars.get(before))) && is_digit(chars.get(idx + 1));
            let narrowed = is_wide(*ch) || is_number || (between && matches!(ch, '．' | '，'));
            out.push(if narrowed { plain(*ch) } else { *ch });
        }
    }
    out
}

/// The line without the single spaces before closing and after opening punctuation.
///
/// A gap of two and more is the sign of a blank cell and stays.
fn without_spurious_spaces(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = |idx: Option<usize>| idx.and_then(|idx| chars.get(idx)).copied();
    let mut out = String::with_capacity(text.len());
    for (idx, ch) in chars.iter().enumerate() {
        let (before, after) = (at(idx.checked_sub(1)), at(idx.checked_add(1)));
        let single = *ch == ' ' && before.is_some_and(|ch| ch != ' ') && after.is_some_and(|ch| ch != ' ');
        let spurious = single
            && (after.is_some_and(|ch| CLOSING.contains(&ch)) || before.is_some_and(|ch| OPENING.contains(&ch)))
            && (before.is_some_and(is_cjk_or_mark) || after.is_some_and(is_cjk_or_mark));
        if !spurious {
            out.push(*ch);
        }
    }
    out
}

fn is_cjk_or_mark(ch: char) -> bool {
    is_cjk(ch) || ch.is_alphanumeric() || CLOSING.contains(&ch) || OPENING.contains(&ch)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        with_plain_forms(text).unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn spaces_beside_punctuation_go_and_gaps_of_blank_cells_stay() {
        assert_eq!(without_spurious_spaces("概况 ，（ 一 ）某项 、其他  。"), "概况，（一）某项、其他  。");
        assert_eq!(without_spurious_spaces("甲 12.00  乙"), "甲 12.00  乙");
    }

    #[test]
    fn full_width_digits_and_letters_become_plain_and_punctuation_stays() {
        assert_eq!(plain("合计 １２．３４ －５ ９５％ 第６条"), "合计 12.34 -5 95% 第6条");
        assert_eq!(plain("（２０３１年）ＩＴ１．５万元，２．某某－某"), "（2031年）IT1.5万元，2．某某－某");
    }

    #[test]
    fn radicals_become_characters() {
        assert_eq!(plain("⼀般公共预算⽀出"), "一般公共预算支出");
    }
}
