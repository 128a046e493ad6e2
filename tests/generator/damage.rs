//! What extractors do to characters of a dump.

use super::rng::Rng;

/// Puts blanks inside a number, as justified text of Excel comes out: 13     4.70.
pub(crate) fn cut_number(text: &mut String, rng: &mut Rng) {
    let is_amount = text.contains('.') && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'));
    let whole = text.find('.').unwrap_or(0);
    if is_amount && whole >= 2 && rng.chance(15) {
        let at = 1 + rng.below(whole - 1);
        if text.as_bytes().get(at - 1).is_some_and(u8::is_ascii_digit) {
            text.insert_str(at, &" ".repeat(5));
        }
    }
}

/// 2023 becomes ２０２３.
pub(crate) fn full_width_digits(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '0'..='9' => char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// Blanks before CJK punctuation, and between digits and CJK.
pub(crate) fn punctuation_spaces(text: &str, rng: &mut Rng) -> String {
    let mut out = String::new();
    let mut previous: Option<char> = None;
    for ch in text.chars() {
        let cjk = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        let boundary = previous.is_some_and(|p| (p.is_ascii_digit() && cjk(ch)) || (cjk(p) && ch.is_ascii_digit()));
        let chance = if "，。、：；".contains(ch) && !out.is_empty() {
            50
        } else if boundary {
            15
        } else {
            0
        };
        if rng.chance(chance) {
            out.push(' ');
        }
        out.push(ch);
        previous = Some(ch);
    }
    out
}

/// Whether two cells may come out as one word: an amount before a name, or a code before its name.
pub(crate) fn may_join(left: &str, right: &str) -> bool {
    let digit = left.chars().last().is_some_and(|c| c.is_ascii_digit());
    digit && right.chars().next().is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}
