//! Amounts in cents, and how they are printed.

/// The unit that a table prints its amounts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// 元
    Yuan,
    /// 万元
    TenThousand,
}

impl Unit {
    /// The word on the page.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::TenThousand => "万元",
        }
    }

    /// How many cents of the currency make one unit of the last printed place.
    fn step(self) -> i64 {
        match self {
            Self::Yuan => 1,
            Self::TenThousand => 10_000,
        }
    }
}

/// Whether an amount of nothing is left out or printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zeros {
    /// The cell stays empty.
    Blank,
    /// `0.00`
    Printed,
}

/// An amount in a unit with two decimals, rounded half away from zero, without separators.
pub(crate) fn plain(cents: i64, unit: Unit) -> String {
    let step = unit.step();
    let hundredths = (cents.abs() + step / 2) / step;
    let sign = if cents < 0 && hundredths != 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100)
}

/// The same with a comma after each third digit of the whole part.
pub(crate) fn separated(plain: &str) -> String {
    let (sign, rest) = plain.strip_prefix('-').map_or(("", plain), |r| ("-", r));
    let (whole, part) = rest.split_once('.').map_or((rest, None), |(w, p)| (w, Some(p)));
    let mut out = String::from(sign);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    if let Some(part) = part {
        out.push('.');
        out.push_str(part);
    }
    out
}

/// A share in percent with two decimals.
pub(crate) fn percent(part: i64, whole: i64) -> String {
    if whole == 0 {
        return "0.00%".to_owned();
    }
    let n = (i128::from(part.abs()) * 100_000 / i128::from(whole.abs()) + 5) / 10;
    format!("{}.{:02}%", n / 100, n % 100)
}

/// Whole yuan, as forms print them: without decimals where there are none.
pub(crate) fn yuan(cents: i64) -> String {
    if cents % 100 == 0 { (cents / 100).to_string() } else { plain(cents, Unit::Yuan) }
}
