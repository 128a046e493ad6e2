//! How far rounding alone may move a printed total from the sum of its printed parts.

use rust_decimal::Decimal;

use super::money::Micro;

/// Each of n addends and the total may be off by half a unit of its last printed place: (n + 1) / 2 units together.
///
/// A single addend is a repetition of the figure. Where a producer rounds once and prints the figure twice both agree;
/// half a unit each is allowed because some tables are rounded from yuan and others from tables already rounded.
pub(crate) fn allowance(n_addends: usize, step: Micro) -> Micro {
    let n = Micro::try_from(n_addends).unwrap_or(Micro::MAX / 4).min(Micro::MAX / 4);
    step.saturating_mul(n + 1) / 2
}

/// The same where the last printed place is so many decimals.
pub(crate) fn of_decimals(n_addends: usize, scale: u32) -> Decimal {
    // Of a step of ten, a half is whole.
    Decimal::try_from_i128_with_scale(allowance(n_addends, 10), scale.min(20) + 1).unwrap_or_default()
}

/// The same where each figure has a last place of its own: half of the sum of one unit of each.
pub(crate) fn together(steps: Micro) -> Micro {
    steps / 2
}

/// The nearest multiple of a step, halves away from zero.
pub(crate) fn round_to(micro: Micro, step: Micro) -> Micro {
    if step <= 0 {
        return micro;
    }
    let half = step / 2;
    (micro + if micro < 0 { -half } else { half }) / step * step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_allowance_grows_with_the_addends() {
        assert_eq!(allowance(1, 10_000), 10_000);
        assert_eq!(allowance(3, 10_000), 20_000);
        assert_eq!(allowance(4, 10_000), 25_000);
        assert_eq!(of_decimals(4, 2), Decimal::new(25, 3));
    }
}
