//! Money as a double, for programs that know no decimals: only where no digit is lost.

/// So many significant digits come back from a double as they went in.
const MAX_DIGITS: usize = 15;

/// The double that prints as this decimal; `None` where it has too many digits for one.
pub(super) fn exact(decimal: &str) -> Option<f64> {
    let digits = decimal.chars().filter(char::is_ascii_digit).collect::<String>();
    let digits = digits.trim_start_matches('0');
    let digits = if decimal.contains('.') { digits.trim_end_matches('0') } else { digits };
    (digits.len() <= MAX_DIGITS).then(|| decimal.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifteen_digits_are_a_double_and_sixteen_are_none() {
        assert_eq!(exact("-1234567890123.45"), Some(-1_234_567_890_123.45));
        assert_eq!(exact("0.00"), Some(0.0));
        assert_eq!(exact("12345678901234.56"), None);
        assert_eq!(exact("1234567890123456"), None);
        assert_eq!(exact("no figure"), None);
    }
}
