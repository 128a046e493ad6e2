//! An exact decimal number, shown as it is published.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal as Exact;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An exact number as it is published: what it displays is the published text, with its own decimals, without separators
/// and without an exponent.
///
/// Numbers are compared by their value: 1.0 and 1.00 are equal, though they are shown differently.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(Exact);

/// A text that is no number as it is published.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a plain decimal number, found {0:?}")]
pub struct NotPlain(String);

impl Decimal {
    /// As printed: the number's own decimals, no sign on zero.
    pub(crate) fn printed(number: Exact) -> Self {
        Self(if number.is_zero() { number.abs() } else { number })
    }

    /// Yuan as a person writes them: whole, or with at least two decimals.
    pub(crate) fn yuan(yuan: Exact) -> Self {
        let mut yuan = yuan.normalize();
        if yuan.scale() == 1 {
            yuan.rescale(2);
        }
        Self::printed(yuan)
    }

    /// The digits without a point: 12.50 has 1250.
    pub fn mantissa(self) -> i128 {
        self.0.mantissa()
    }

    /// How many of the digits stand behind the point: 12.50 has 2.
    pub fn scale(self) -> u32 {
        self.0.scale()
    }

    /// Whether it is nought.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// The sum; `None` where it has more digits than can be held.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self::printed)
    }

    /// The difference; `None` where it has more digits than can be held.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self::printed)
    }
}

impl From<Decimal> for Exact {
    fn from(number: Decimal) -> Self {
        number.0
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Decimal {
    type Err = NotPlain;

    /// Reads what was published, and nothing else: the same text comes out again.
    fn from_str(text: &str) -> Result<Self, NotPlain> {
        let number = Exact::from_str_exact(text).ok().map(Self);
        number.filter(|number| number.to_string() == text).ok_or_else(|| NotPlain(text.to_owned()))
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A string, because readers of JSON make floats of numbers.
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_are_whole_or_have_two_decimals_at_least() {
        let shown = |yuan: &str| Decimal::yuan(yuan.parse().unwrap()).to_string();
        assert_eq!(shown("1200.00"), "1200");
        assert_eq!(shown("1200.50"), "1200.50");
        assert_eq!(shown("1200.125"), "1200.125");
        assert_eq!(shown("-0.0"), "0");
    }

    #[test]
    fn only_what_is_published_is_read() {
        for text in ["0", "0.00", "-12.50", "1200", "79228162514264337593543950335"] {
            assert_eq!(text.parse::<Decimal>().map(|number| number.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "-0", "+1", "1,200", "1_000", "1e3", ".5", "01", "79228162514264337593543950336"] {
            assert_eq!(text.parse::<Decimal>(), Err(NotPlain(text.to_owned())), "{text}");
        }
    }
}
