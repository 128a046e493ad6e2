//! Printed figures become exact amounts, and nothing else does.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::terms::Unit;
use crate::terms::compatibility::nfkc;

/// Signs of amounts below zero that stand before the figure.
const NEGATIVE: [char; 7] = ['-', '−', '—', '–', '负', '△', '∆'];

/// Signs between thousands.
const THOUSANDS: [char; 4] = [',', '，', '\'', '’'];

/// How the cells of one column write amounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Notation {
    /// Thousands are parted by points and decimals by a comma: 1.987,84.
    pub decimal_comma: bool,
    /// Some cells are written so and others not: 1.204 may be either.
    pub mixed: bool,
    /// The unit that cells print behind the figure: 1,987.84万元.
    pub unit: Option<Unit>,
}

impl Notation {
    /// The notation of a column: a plain one, unless all its cells that cannot be read so agree on another.
    pub fn of<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut odd = cells.clone().filter(|text| hides_figure(text) && parse(text).is_none()).peekable();
        let Some(first) = odd.peek() else { return Self::default() };
        if let Some((_, unit)) = split_unit(first) {
            let agrees = odd
                .all(|text| split_unit(text).is_some_and(|(figure, other)| other == unit && parse(figure).is_some()));
            return Self { unit: agrees.then_some(unit), ..Self::default() };
        }
        let fits = |text: &str| with_point(text).is_some_and(|plain| parse(&plain).is_some());
        let mut pointed = cells.filter(|text| text.contains('.'));
        let is_evident = pointed.clone().any(fits);
        let agrees = odd.all(fits)
            && if is_evident {
                pointed.all(|text| fits(text) || may_be_thousands(text))
            } else {
                pointed.next().is_none()
            };
        Self { decimal_comma: agrees, mixed: is_evident && !agrees, unit: None }
    }

    /// The amount that a cell of the column prints; `None` where it is none, or leaves a doubt.
    pub fn parse(self, text: &str) -> Option<Decimal> {
        if self.decimal_comma {
            return match with_point(text) {
                Some(plain) => parse(&plain),
                None => parse(text).filter(|_| !text.contains(['.', ',', '，', '．'])),
            };
        }
        parse(text).filter(|_| !self.mixed || !may_be_thousands(text)).or_else(|| {
            let (figure, unit) = split_unit(text)?;
            parse(figure).filter(|_| self.unit == Some(unit))
        })
    }
}

/// An amount with the unit that may be printed behind it.
pub fn with_unit(text: &str) -> Option<(Decimal, Option<Unit>)> {
    match split_unit(text) {
        Some((figure, unit)) => Some((parse(figure)?, Some(unit))),
        None => Some((parse(text)?, None)),
    }
}

/// A figure and the unit behind it.
fn split_unit(text: &str) -> Option<(&str, Unit)> {
    let text = text.trim();
    let at = text.find(['千', '万', '亿', '元', '人'])?;
    Some((text.get(..at)?, Unit::from_word(text.get(at..)?.trim())?))
}

/// 1.987,84 as 1987.84: one or two decimals behind the only comma, groups of three before it.
fn with_point(text: &str) -> Option<String> {
    let plain: String = nfkc(text).split_whitespace().collect();
    let (whole, decimals) = plain.split_once(',')?;
    let ends = decimals.find(|c: char| !c.is_ascii_digit()).unwrap_or(decimals.len());
    let is_rest_sign = matches!(decimals.get(ends..)?, "" | "-" | ")");
    let begins = whole.find(|c: char| c.is_ascii_digit())?;
    let mut groups = whole.get(begins..)?.split('.');
    let is_grouped = groups.next().is_some_and(|group| group.len() <= 3) && groups.all(|group| group.len() == 3);
    let is_bare = !whole.contains('.');
    ((1..=2).contains(&ends) && is_rest_sign && (is_grouped || is_bare))
        .then(|| format!("{}.{decimals}", whole.replace('.', "")))
}

/// Whether the points of a figure part thousands, or one of them three decimals.
fn may_be_thousands(text: &str) -> bool {
    let mut groups = text.trim_start_matches(NEGATIVE).split('.');
    let is_group = |group: &str, most: usize| group.len() <= most && group.bytes().all(|b| b.is_ascii_digit());
    groups.next().is_some_and(|group| is_group(group, 3)) && groups.all(|group| group.len() == 3 && is_group(group, 3))
}

/// Whether a text of nothing but figures' signs prints an amount that cannot be read: no share, no date, no quantity.
pub fn is_odd_figure(text: &str) -> bool {
    let is_sign =
        |c: char| c.is_ascii_digit() || "０１２３４５６７８９.,，．-−－()（）*＊#＃'’+~～△▲▼负千万亿元 ".contains(c);
    hides_figure(text) && text.chars().all(is_sign)
}

/// Whether a text that is no amount prints one that cannot be read: digits among other signs, `#####`, `***`.
pub fn hides_figure(text: &str) -> bool {
    let n_filled = |sign: char| text.chars().filter(|c| *c == sign).count();
    text.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || c == char::REPLACEMENT_CHARACTER)
        || [('#', '＃'), ('*', '＊')].iter().any(|(narrow, wide)| {
            n_filled(*narrow) + n_filled(*wide) > 1 && text.chars().all(|c| c == *narrow || c == *wide || c == ' ')
        })
}

/// The amount that a cell prints, with its decimals as printed; `None` where the text is no plain amount.
///
/// Thousands separators, a sign before the figure or behind it, brackets, a currency sign and full-width digits are
/// read, and decimals without a zero before their point. A percentage, a code with leading zeros, a year with 年 are no
/// amounts.
pub fn parse(text: &str) -> Option<Decimal> {
    // Most cells of a list are names; no form of an ideograph but one is a digit or a sign.
    if text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) && c != '负') {
        return None;
    }
    // ASCII is its own plain form.
    let plain: Cow<'_, str> = match text.bytes().all(|b| b.is_ascii_graphic()) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(nfkc(text).split_whitespace().collect()),
    };
    let plain = plain.trim_start_matches(['¥', '￥']);
    let bracketed = plain.strip_prefix('(').and_then(|p| p.strip_suffix(')'));
    let (body, negative) = match bracketed.or_else(|| plain.strip_prefix(NEGATIVE)) {
        Some(inner) => (inner, true),
        None => match plain.strip_suffix(['-', '−']).filter(|figure| figure.contains(['.', ',', '，'])) {
            // Codes are joined by such a sign: 301-.
            Some(figure) => (figure, true),
            None => (plain.strip_prefix('+').unwrap_or(plain), false),
        },
    };
    let (whole, decimals) = match body.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (body, None),
    };
    if decimals.is_some_and(|d| d.is_empty() || !d.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    if !is_whole(whole) && (decimals.is_none() || !whole.is_empty()) {
        return None;
    }
    let mut digits = if whole.is_empty() { "0".to_owned() } else { whole.replace(THOUSANDS, "") };
    if let Some(decimals) = decimals {
        digits.push('.');
        digits.push_str(decimals);
    }
    let mut amount: Decimal = digits.parse().ok()?;
    // A bracketed figure without decimals is an enumerator: (3).
    if bracketed.is_some() && decimals.is_none() && digits.len() <= 2 {
        return None;
    }
    amount.set_sign_negative(negative && !amount.is_zero());
    Some(amount)
}

/// Digits in groups of three behind the first separator, or without separators.
fn is_whole(text: &str) -> bool {
    let mut groups = text.split(THOUSANDS);
    let Some(first) = groups.next() else { return false };
    let all_digits = |g: &str| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit());
    let rest: Vec<&str> = groups.collect();
    // Some spreadsheets' formats part only the last three digits: 120258,600.
    let has_leading_zero = first.len() > 1 && first.starts_with('0');
    all_digits(first) && !has_leading_zero && rest.iter().all(|g| g.len() == 3 && all_digits(g))
}

#[cfg(test)]
mod tests {
    use super::{Notation, hides_figure, parse};

    #[test]
    fn printed_decimals_and_signs_are_kept() {
        for (text, want) in [
            ("5642.24", "5642.24"),
            ("1,234,567.00", "1234567.00"),
            ("0", "0"),
            ("0.00", "0.00"),
            ("-3.25", "-3.25"),
            ("(12.50)", "-12.50"),
            ("１２．３４", "12.34"),
            ("13 4.70", "134.70"),
            ("120258,600", "120258600"),
            (".28", "0.28"),
            ("-.5", "-0.5"),
            ("12.46-", "-12.46"),
            ("负12.46", "-12.46"),
            ("△12.46", "-12.46"),
            ("+12.46", "12.46"),
            ("1'987.84", "1987.84"),
        ] {
            assert_eq!(parse(text).map(|a| a.to_string()).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn codes_shares_and_words_are_no_amounts() {
        for text in [
            "05", "2023年", "38%", "", "-", "1,23", "12,34.5", "（3）", "合计", "1.2.3", "301-", "356.28*", ".", "负",
            "1'2",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    /// What a column prints, as read.
    fn column(texts: &[&str]) -> Vec<String> {
        let notation = Notation::of(texts.iter().copied());
        texts.iter().map(|text| notation.parse(text).map_or("?".to_owned(), |a| a.to_string())).collect()
    }

    #[test]
    fn a_column_that_agrees_on_another_notation_is_read_by_it() {
        assert_eq!(column(&["1,987.84万元", "0", "12.46 万元"]), ["1987.84", "0", "12.46"]);
        assert_eq!(column(&["1.987,84", "188,46", "0", "-3,5"]), ["1987.84", "188.46", "0", "-3.5"]);
    }

    #[test]
    fn a_column_that_leaves_a_doubt_is_read_plainly() {
        assert_eq!(column(&["1,987.84万元", "12.46元"]), ["?", "?"]);
        assert_eq!(column(&["1,987.84", "188,46"]), ["1987.84", "?"]);
        assert_eq!(column(&["1.987,84", "188.46", "1.204"]), ["?", "188.46", "?"]);
        assert_eq!(column(&["1.987,84", "1.204"]), ["1987.84", "?"]);
        assert_eq!(column(&["356.28*", "12.46"]), ["?", "12.46"]);
    }

    #[test]
    fn figures_that_cannot_be_read_are_told_from_blank_cells() {
        assert!(["356.28*", "#####", "***", "１２．３.４"].iter().all(|text| hides_figure(text)));
        assert!(!["-", "—", "/", "无", "", "*"].iter().any(|text| hides_figure(text)));
    }
}
