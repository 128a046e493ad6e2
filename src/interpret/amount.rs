//! Printed figures become exact amounts, and nothing else does.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::terms::compatibility::nfkc;

/// The amount that a cell prints, with its decimals as printed; `None` where the text is no plain amount.
///
/// Thousands separators, a sign before or behind brackets, a currency sign and full-width digits are read.
/// A percentage, a code with leading zeros, a year with 年 are no amounts.
pub fn parse(text: &str) -> Option<Decimal> {
    // Most cells of a list are names; no form of an ideograph is a digit or a sign.
    if text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
        return None;
    }
    // ASCII is its own plain form.
    let plain: Cow<'_, str> = match text.bytes().all(|b| b.is_ascii_graphic()) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(nfkc(text).split_whitespace().collect()),
    };
    let plain = plain.trim_start_matches(['¥', '￥']);
    let (body, negative) = match plain.strip_prefix('(').and_then(|p| p.strip_suffix(')')) {
        Some(inner) => (inner, true),
        None => match plain.strip_prefix(['-', '−', '—', '–']) {
            Some(inner) => (inner, true),
            None => (plain, false),
        },
    };
    let (whole, decimals) = match body.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (body, None),
    };
    if !is_whole(whole) || decimals.is_some_and(|d| d.is_empty() || !d.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let mut digits = whole.replace([',', '，'], "");
    if let Some(decimals) = decimals {
        digits.push('.');
        digits.push_str(decimals);
    }
    let mut amount: Decimal = digits.parse().ok()?;
    // A bracketed figure without decimals is an enumerator: (3).
    if negative && body.len() < plain.len() - 1 && decimals.is_none() && digits.len() <= 2 {
        return None;
    }
    amount.set_sign_negative(negative && !amount.is_zero());
    Some(amount)
}

/// Digits in groups of three behind the first separator, or without separators.
fn is_whole(text: &str) -> bool {
    let mut groups = text.split([',', '，']);
    let Some(first) = groups.next() else { return false };
    let all_digits = |g: &str| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit());
    let rest: Vec<&str> = groups.collect();
    // Some spreadsheets' formats part only the last three digits: 120258,600.
    let has_leading_zero = first.len() > 1 && first.starts_with('0');
    all_digits(first) && !has_leading_zero && rest.iter().all(|g| g.len() == 3 && all_digits(g))
}

#[cfg(test)]
mod tests {
    use super::parse;

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
        ] {
            assert_eq!(parse(text).map(|a| a.to_string()).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn codes_shares_and_words_are_no_amounts() {
        for text in ["05", "2023年", "38%", "", "-", "1,23", "12,34.5", "（3）", "合计", "1.2.3"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
