//! Money as the checks count it: exact, in millionths of a yuan.

use rust_decimal::Decimal;

/// An exact sum of money in millionths of a yuan: wide enough that no sum of a report overflows.
pub(crate) type Micro = i128;

/// Decimal places of [`Micro`].
pub(crate) const MICRO_SCALE: u32 = 6;

/// Larger amounts are misread text: the whole country's budget is below.
const MAX_YUAN: i64 = 1_000_000_000_000_000;

/// The digits of an amount without the zeros on either end.
pub(crate) fn significant_digits(micro: Micro) -> u32 {
    let magnitude = micro.unsigned_abs();
    // Nearly all amounts fit, and dividing them is many times faster.
    match u64::try_from(magnitude) {
        Ok(0) => 0,
        Ok(mut rest) => {
            while rest.is_multiple_of(10) {
                rest /= 10;
            }
            rest.ilog10() + 1
        }
        Err(_) => {
            let mut rest = magnitude;
            while rest.is_multiple_of(10) {
                rest /= 10;
            }
            rest.ilog10() + 1
        }
    }
}

/// A decimal amount in a unit of so many yuan; `None` where it is out of range or finer than a millionth.
pub(crate) fn to_micro(amount: Decimal, factor: i64) -> Option<Micro> {
    let amount = amount.normalize();
    if amount.abs() > Decimal::from(MAX_YUAN / factor.max(1)) {
        return None;
    }
    let scaled = amount.mantissa().checked_mul(i128::from(factor))?;
    if amount.scale() <= MICRO_SCALE {
        return scaled.checked_mul(10i128.checked_pow(MICRO_SCALE - amount.scale())?);
    }
    let cut = 10i128.checked_pow(amount.scale() - MICRO_SCALE)?;
    (scaled % cut == 0).then(|| scaled / cut)
}

/// Back to a decimal in yuan, with no more places than needed but at least the two of 元角分.
pub(crate) fn to_decimal(micro: Micro) -> Decimal {
    let mut decimal = Decimal::try_from_i128_with_scale(micro, MICRO_SCALE).unwrap_or_default().normalize();
    if decimal.scale() < 2 {
        decimal.rescale(2);
    }
    decimal
}
