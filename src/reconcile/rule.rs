//! The rules of the report's arithmetic, each under its published name.

use crate::lang::Lang;
use crate::names::names;

pub use super::words::Words;

/// Which identity a check tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// A total and the rows below it.
    RowSum,
    /// A total column and the other columns of its row.
    ColumnSum,
    /// One item in several tables.
    SameItem,
    /// Revenue and expenditure.
    TwoSides,
    /// An item and its rows by unit, by project or by another class.
    GroupSum,
    /// A form's total and its sources.
    FormFunds,
    /// A form and the row of its project.
    FormProject,
    /// A list without a total and the amount that its title names.
    ProjectList,
    /// A row of changes and the two rows above it.
    YearChange,
    /// An amount of the text and the list that it heads.
    NarrativeList,
    /// An item of the text and the tables.
    NarrativeItem,
    /// A total of the text and the tables.
    NarrativeTotal,
    /// The text's money of all projects and the forms.
    NarrativeProjects,
    /// One item told twice in a paragraph.
    NarrativeRepeat,
    /// A share in the text and its amount.
    NarrativeShare,
    /// A change in the text and its rate.
    NarrativeChange,
    /// The unit that a table names and the amounts elsewhere.
    UnitFactor,
    /// A row that must be there.
    MissingRow,
}

names!(Rule {
    RowSum = "row-sum",
    ColumnSum = "column-sum",
    SameItem = "same-item",
    TwoSides = "two-sides",
    GroupSum = "group-sum",
    FormFunds = "form-funds",
    FormProject = "form-project",
    ProjectList = "project-list",
    YearChange = "year-change",
    NarrativeList = "narrative-list",
    NarrativeItem = "narrative-item",
    NarrativeTotal = "narrative-total",
    NarrativeProjects = "narrative-projects",
    NarrativeRepeat = "narrative-repeat",
    NarrativeShare = "narrative-share",
    NarrativeChange = "narrative-change",
    UnitFactor = "unit-factor",
    MissingRow = "missing-row",
});

impl Rule {
    /// Whether it holds the text against something.
    pub fn is_of_text(self) -> bool {
        matches!(
            self,
            Self::NarrativeList
                | Self::NarrativeItem
                | Self::NarrativeTotal
                | Self::NarrativeProjects
                | Self::NarrativeRepeat
                | Self::NarrativeShare
                | Self::NarrativeChange
        )
    }

    /// What it says to people.
    pub fn words(self, lang: Lang) -> Words {
        let [zh, en] = super::words::of(self);
        lang.pick(zh, en)
    }
}
