//! What a fact is the figure of: the fields that tell one fact from another.

use crate::terms::measure::{Fund, YearPart};
use crate::terms::subject::{EconomicSystem, Flow, Item, Nature, Stage, Subject};

/// The key of a fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The fiscal year that the figure is for.
    pub year: Option<i32>,
    /// How far the money has come.
    pub stage: Stage,
    /// In or out.
    pub flow: Flow,
    /// What the row is about.
    pub subject: Subject,
    /// Digits alone.
    pub functional_code: Option<String>,
    /// Where no code is known, the name.
    pub functional_name: Option<String>,
    /// Digits alone.
    pub economic_code: Option<String>,
    /// Where no code is known, the name.
    pub economic_name: Option<String>,
    /// The class of the other economic system that the row pairs it with; of parts alone.
    pub paired_code: Option<String>,
    /// Of the economic class.
    pub economic_system: Option<EconomicSystem>,
    /// As printed, without code.
    pub project: Option<String>,
    /// As printed, without code.
    pub unit: Option<String>,
    /// Of lists with official items.
    pub item: Option<Item>,
    /// Which expenditure.
    pub nature: Nature,
    /// Whose money.
    pub fund: Fund,
    /// Of which year's grant.
    pub year_part: YearPart,
}
