//! A finding in words, part by part, for a page that lays it out.

use rust_decimal::Decimal;

use super::{Finding, Hint, Spot, text, words};
use crate::lang::Lang;
use crate::reconcile::{FigureRef, Trust};
use crate::terms::Unit;

/// A finding as a page shows it.
#[derive(Clone, Debug)]
pub struct FindingTold {
    /// The place to look at first.
    pub place: String,
    /// The checks that fail.
    pub failures: Vec<FailureTold>,
    /// What the figures suggest.
    pub hints: Vec<String>,
}

/// A failing check as a page shows it.
#[derive(Clone, Debug)]
pub struct FailureTold {
    /// What is wrong.
    pub what: String,
    /// What the left figure is, and the figure.
    pub left: [String; 2],
    /// What the right figure is, and the figure.
    pub right: [String; 2],
    /// Left less right.
    pub difference: String,
    /// The unit of the figures.
    pub unit: String,
    /// What is missing, where no amounts are compared.
    pub missing: Option<String>,
    /// The figures that take part: where each is in the report, as seen from the place, and what it prints.
    pub figures: Vec<(FigureRef, String, String)>,
}

/// A finding in words.
pub fn told(finding: &Finding, lang: Lang) -> FindingTold {
    let subject = &finding.subject;
    let failures = finding.failures.iter().map(|failure| {
        let rule = failure.rule.words(lang);
        let money = |yuan: Decimal| text::money(yuan, failure.unit);
        let figure =
            |spot: &Spot| (spot.at, text::beside(spot, subject, lang), spot.yuan.map(money).unwrap_or_default());
        FailureTold {
            what: rule.fails.to_owned(),
            left: [rule.left.to_owned(), money(failure.left)],
            right: [rule.right.to_owned(), money(failure.right)],
            difference: money(failure.left - failure.right),
            unit: words::unit(failure.unit, lang).to_owned(),
            missing: failure.gap.as_ref().map(|gap| words::gap(gap, lang)),
            figures: failure.figures.iter().map(figure).collect(),
        }
    });
    let hints = finding.hints.iter().map(|hint| {
        let elsewhere = match hint {
            Hint::Equals(spot) => text::beside(spot, subject, lang),
            _ => String::new(),
        };
        words::hint(hint, &elsewhere, lang)
    });
    FindingTold { place: text::place(subject, lang), failures: failures.collect(), hints: hints.collect() }
}

/// The name of a level of trust.
pub fn trust_name(trust: Trust, lang: Lang) -> &'static str {
    words::trust(trust, lang)
}

/// A line of a form by its key.
pub fn form_line(key: &str, lang: Lang) -> String {
    words::form_line(key, lang)
}

/// An amount in yuan as findings show it in a unit.
pub fn money(yuan: Decimal, unit: Unit) -> String {
    text::money(yuan, unit)
}
