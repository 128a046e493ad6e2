//! What each resource of the flat records is made of: columns with their types, keys and constraints.

mod columns;
mod related;
mod reviewed;

use rust_decimal::Decimal;

use crate::emit::flat::Resource;

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// An exact decimal of at most `precision` digits, `scale` of them behind the point.
    Decimal {
        /// Digits in all.
        precision: u8,
        /// Digits behind the point.
        scale: u8,
    },
    /// A number that is no money.
    Number,
    /// Yes or no.
    Flag,
    /// Whole numbers in their order.
    Integers,
    /// Texts in their order.
    Texts,
    /// A JSON object, as text: its keys differ from record to record.
    Object,
}

/// Money: decimal128(20, 2) holds more yuan than there are.
pub const YUAN: ColumnType = ColumnType::Decimal { precision: 20, scale: 2 };

/// Money in checks: the allowance of rounding has half units of the last printed place, and a sum may be absurd.
pub const FINE_YUAN: ColumnType = ColumnType::Decimal { precision: 38, scale: 6 };

/// The digits of an amount of money with `scale` of them behind the point; `None` where it has more.
pub fn unscaled(amount: Decimal, scale: u8) -> Option<i128> {
    let amount = amount.normalize();
    let n_missing = u32::from(scale).checked_sub(amount.scale())?;
    amount.mantissa().checked_mul(10_i128.checked_pow(n_missing)?)
}

/// One column of a resource.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What its values are.
    pub kind: ColumnType,
    /// Whether every record has a value.
    pub required: bool,
    /// The only values that there are; empty where any is allowed.
    pub one_of: &'static [&'static str],
    /// The regular expression that every value matches.
    pub pattern: Option<&'static str>,
    /// What it says, for people, with its unit.
    pub about: &'static str,
}

impl Column {
    const fn new(name: &'static str, kind: ColumnType, about: &'static str) -> Self {
        Self { name, kind, required: false, one_of: &[], pattern: None, about }
    }

    const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    const fn one_of(self, one_of: &'static [&'static str]) -> Self {
        Self { one_of, ..self }
    }

    const fn pattern(self, pattern: &'static str) -> Self {
        Self { pattern: Some(pattern), ..self }
    }
}

/// Columns that name a record of another resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForeignKey {
    /// The other resource.
    pub resource: Resource,
    /// Columns of the same names in both.
    pub columns: &'static [&'static str],
}

impl Resource {
    /// Every resource of reports in the order of publication.
    pub const ALL: [Self; 11] = [
        Self::Reports,
        Self::Statements,
        Self::Facts,
        Self::Amounts,
        Self::Forms,
        Self::FormFunds,
        Self::FormIndicators,
        Self::Sections,
        Self::Checks,
        Self::Diagnostics,
        Self::Decisions,
    ];

    /// What extraction alone makes of a document: all but what people decide later.
    pub fn extracted() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|resource| *resource != Self::Decisions)
    }

    /// Every resource of what reports say of each other.
    pub const RELATED: [Self; 5] =
        [Self::Relations, Self::RelatedFacts, Self::CrossChecks, Self::Series, Self::Vocabulary];

    /// Its columns in the order of publication.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Reports => columns::REPORTS,
            Self::Statements => columns::STATEMENTS,
            Self::Facts => columns::FACTS,
            Self::Amounts => columns::AMOUNTS,
            Self::Forms => columns::FORMS,
            Self::FormFunds => columns::FORM_FUNDS,
            Self::FormIndicators => columns::FORM_INDICATORS,
            Self::Sections => columns::SECTIONS,
            Self::Checks => columns::CHECKS,
            Self::Diagnostics => columns::DIAGNOSTICS,
            Self::Decisions => reviewed::DECISIONS,
            Self::Relations => related::RELATIONS,
            Self::CrossChecks => related::CROSS_CHECKS,
            Self::RelatedFacts => related::RELATED_FACTS,
            Self::Series => related::SERIES,
            Self::Vocabulary => related::VOCABULARY,
        }
    }

    /// The columns that tell its records apart.
    pub fn primary_key(self) -> &'static [&'static str] {
        match self {
            Self::Reports => &["report_id"],
            Self::Statements => &["report_id", "table_id"],
            Self::Facts | Self::RelatedFacts => &["report_id", "fact_id"],
            Self::Amounts => &["report_id", "table_id", "row_index", "column_index"],
            Self::Forms => &["report_id", "form_id"],
            Self::FormFunds => &["report_id", "form_id", "horizon", "source"],
            Self::FormIndicators => &["report_id", "form_id", "seq"],
            Self::Sections | Self::Checks | Self::Diagnostics | Self::Decisions => &["report_id", "seq"],
            Self::Relations => &["relation_id"],
            Self::CrossChecks => &["check_id"],
            Self::Series => &["series_id", "year"],
            Self::Vocabulary => &["system", "code", "year", "name"],
        }
    }

    /// The record that its records belong to.
    pub fn foreign_key(self) -> Option<ForeignKey> {
        let (resource, columns): (_, &'static [&'static str]) = match self {
            Self::Reports | Self::Relations | Self::RelatedFacts | Self::Series | Self::Vocabulary => return None,
            Self::CrossChecks => (Self::Relations, &["relation_id"]),
            Self::Amounts => (Self::Statements, &["report_id", "table_id"]),
            Self::FormFunds | Self::FormIndicators => (Self::Forms, &["report_id", "form_id"]),
            Self::Statements
            | Self::Facts
            | Self::Forms
            | Self::Sections
            | Self::Checks
            | Self::Diagnostics
            | Self::Decisions => (Self::Reports, &["report_id"]),
        };
        Some(ForeignKey { resource, columns })
    }

    /// What it holds, for people.
    pub fn about(self) -> &'static str {
        match self {
            Self::Reports => "one row a source file",
            Self::Statements => "one row an official table",
            Self::Facts => "one row a figure of a report, once, with every place that prints it",
            Self::Amounts => "one row an amount cell that is not empty, in yuan",
            Self::Forms => "one row a declaration form (绩效目标表, 绩效自评表)",
            Self::FormFunds => "one row a form, horizon and source of funds",
            Self::FormIndicators => "one row an indicator of a form",
            Self::Sections => "one row a heading of the narrative, with its text",
            Self::Checks => "one row an arithmetic identity tried on the report",
            Self::Diagnostics => "one row a thing that the program has to say about a page",
            Self::Decisions => "one row a decision of a reviewer about a figure, a check or a page",
            Self::Relations => "one row two reports that belong together, or that may",
            Self::CrossChecks => "one row a figure held against another report",
            Self::RelatedFacts => {
                "one row a figure of a report, as in its own facts, with the relations that bear it out"
            }
            Self::Series => "one row a figure of a body in one year, where two years or more are known",
            Self::Vocabulary => "one row a name of a classification code in one year",
        }
    }
}
