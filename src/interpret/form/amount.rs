//! Amounts as forms print them, in yuan.

use rust_decimal::Decimal;

use crate::arithmetic::amount;
use crate::interpret::prose::without_space;
use crate::terms::Unit;

/// An amount as printed.
pub(super) struct Printed {
    pub(super) value: Decimal,
    /// The unit printed behind it.
    pub(super) unit: Option<Unit>,
}

/// Reads an amount with or without a unit behind it.
pub(super) fn parse(text: &str) -> Option<Printed> {
    let (value, unit) = amount::with_unit(&without_space(text))?;
    Some(Printed { value, unit })
}

/// Whether a cell is crossed out with a dash; *** stands for an amount.
pub(super) fn is_dash(text: &str) -> bool {
    !text.is_empty()
        && !amount::hides_figure(text)
        && text.chars().all(|ch| matches!(ch, '-' | '—' | '－' | '–' | '―' | '─' | '/' | '\\' | '*' | ' '))
}

/// The amount in yuan; printed decimals stay where it is printed in yuan, else there are at least two.
pub(super) fn in_yuan(text: &str, unit: Option<Unit>) -> Option<Decimal> {
    let printed = parse(text)?;
    match printed.unit.or(unit) {
        None | Some(Unit::Yuan) => Some(printed.value),
        Some(unit) => {
            let mut yuan = printed.value.checked_mul(Decimal::from(unit.in_yuan()))?.normalize();
            yuan.rescale(yuan.scale().max(2));
            Some(yuan)
        }
    }
}

/// An amount as the text fields give it.
pub(super) fn two_decimals(mut amount: Decimal) -> String {
    if amount.scale() < 2 {
        amount.rescale(2);
    }
    amount.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yuan(text: &str, unit: Unit) -> Option<String> {
        in_yuan(text, Some(unit)).map(|amount| amount.to_string())
    }

    #[test]
    fn ten_thousands_become_yuan_with_at_least_two_decimals() {
        assert_eq!(yuan("1,234.50", Unit::TenThousandYuan).as_deref(), Some("12345000.00"));
        assert_eq!(yuan("123.456789", Unit::TenThousandYuan).as_deref(), Some("1234567.89"));
        assert_eq!(yuan("0", Unit::TenThousandYuan).as_deref(), Some("0.00"));
    }

    #[test]
    fn yuan_stay_as_printed() {
        assert_eq!(yuan("3,000", Unit::Yuan).as_deref(), Some("3000"));
    }

    #[test]
    fn a_unit_behind_the_amount_wins() {
        assert_eq!(yuan("5万元", Unit::Yuan).as_deref(), Some("50000.00"));
    }

    #[test]
    fn words_and_broken_groups_are_no_amount() {
        assert!(parse("3年").is_none());
        assert!(parse("1,23").is_none());
        assert!(parse("").is_none());
        assert!(is_dash("——"));
    }
}
