//! What a fact is the figure of: the fields that tell one fact from another.

use crate::names::names;
use crate::terms::measure::{Fund, YearPart};
use crate::terms::subject::{Flow, Item, Nature, Stage};

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Subject {
    /// The flow's grand total.
    Total,
    /// A 类, 款 or 项 of 支出功能分类.
    Function,
    /// A class of 支出经济分类.
    Economic,
    /// A part that several classifications name together: function by economic class, one economic system by the other;
    /// or one of several rows that a table prints under one name.
    Cross,
    /// A revenue by where it comes from.
    Source,
    /// A project.
    Project,
    /// A subordinate unit.
    Unit,
    /// 三公 and what stands beside it.
    ThreePublic,
    /// 政府采购
    Procurement,
    /// 机关运行经费
    OperatingCost,
}

names!(Subject {
    Total = "total",
    Function = "function",
    Economic = "economic",
    Cross = "cross",
    Source = "source",
    Project = "project",
    Unit = "unit",
    ThreePublic = "three_public",
    Procurement = "procurement",
    OperatingCost = "operating_cost",
});

/// Whose classification an economic code belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EconomicSystem {
    /// 部门预算支出经济分类: 301, 30101.
    Department,
    /// 政府预算支出经济分类: 501, 50101.
    Government,
}

names!(EconomicSystem {
    Department = "department",
    Government = "government",
});

impl EconomicSystem {
    /// The system that a code belongs to by its first digit.
    pub(super) fn of(code: &str) -> Option<Self> {
        match code.as_bytes().first() {
            Some(b'3') => Some(Self::Department),
            Some(b'5') => Some(Self::Government),
            _ => None,
        }
    }
}

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
