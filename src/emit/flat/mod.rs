//! A report as flat records: the same rows for every encoding that data people load.

mod amounts;
mod facts;
mod rows;
pub mod schema;

use rust_decimal::Decimal;

use crate::emit::Publication;

/// The kinds of record, in the order of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resource {
    /// One row a source file.
    Reports,
    /// One row a table.
    Statements,
    /// One row a figure of a report, whatever number of places print it.
    Facts,
    /// One row an amount cell that is not empty.
    Amounts,
    /// One row a declaration form.
    Forms,
    /// One row a form, horizon and source.
    FormFunds,
    /// One row an indicator.
    FormIndicators,
    /// One row a narrative heading.
    Sections,
    /// One row an identity tried.
    Checks,
    /// One row a diagnostic.
    Diagnostics,
    /// One row two reports that belong together.
    Relations,
    /// One row a figure held against another report.
    CrossChecks,
    /// One row a fact that other reports bear out.
    BorneOut,
    /// One row a figure of a body in one year.
    Series,
    /// One row a name of a classification code in one year.
    Vocabulary,
}

impl Resource {
    /// The stable name that is published.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reports => "reports",
            Self::Statements => "statements",
            Self::Facts => "facts",
            Self::Amounts => "amounts",
            Self::Forms => "forms",
            Self::FormFunds => "form_funds",
            Self::FormIndicators => "form_indicators",
            Self::Sections => "sections",
            Self::Checks => "checks",
            Self::Diagnostics => "diagnostics",
            Self::Relations => "relations",
            Self::CrossChecks => "cross_checks",
            Self::BorneOut => "borne_out",
            Self::Series => "series",
            Self::Vocabulary => "vocabulary",
        }
    }
}

/// The value of one field.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// A text.
    Text(Option<String>),
    /// A whole number.
    Integer(Option<i64>),
    /// Money in yuan, exact.
    Yuan(Option<Decimal>),
    /// A length in points.
    Points(Option<f64>),
    /// Yes or no.
    Flag(bool),
    /// Whole numbers in their order.
    Integers(Vec<u32>),
    /// Texts in their order.
    Texts(Vec<String>),
}

impl Field {
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }

    pub(crate) fn index(number: usize) -> Self {
        Self::Integer(i64::try_from(number).ok())
    }
}

/// One record: its resource, and its fields in the order of the resource's columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which kind of record it is.
    pub resource: Resource,
    /// Names and values; every row of a resource has the same names in the same order.
    pub fields: Vec<(&'static str, Field)>,
}

/// Every record of a report, by resource and primary key.
pub(super) fn rows(publication: &Publication) -> Vec<Row> {
    let mut rows = rows::head(publication.report());
    facts::facts(publication, &mut rows);
    amounts::amounts(publication, &mut rows);
    rows::tail(publication, &mut rows);
    // Keys are texts: table-100 stands before table-99.
    rows.sort_by(|a, b| (a.resource, a.holder()).cmp(&(b.resource, b.holder())));
    rows
}

impl Row {
    /// The id of the table or form that it belongs to.
    fn holder(&self) -> Option<&str> {
        match self.fields.get(1) {
            Some(("table_id" | "form_id" | "fact_id", Field::Text(id))) => id.as_deref(),
            _ => None,
        }
    }
}

/// Whether an amount in yuan is a whole number of fen of at most twenty digits: what its column holds exactly.
fn in_fen(yuan: &Decimal) -> bool {
    yuan.normalize().scale() <= 2 && yuan.abs() < Decimal::from(1_000_000_000_000_000_000_i64)
}
