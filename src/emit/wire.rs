//! The published schema of one report: the only types that are serializable. What was published is read back the same.

mod about;
mod closed;
mod decimal;
mod fact;
mod form;
mod row;

use serde::{Deserialize, Serialize};

use crate::facts::Level;
use crate::interpret::ColumnRole;
use crate::names::names;
use crate::note::{NoteKind, Severity};
use crate::read::MediaType;
use crate::reconcile::Rule;
use crate::terms::{ReportKind, StatementKind};

pub use about::{ColumnAbout, RowAbout};
pub use decimal::{Decimal, NotPlain};
pub use fact::{Fact, Place};
pub use form::{Form, Fund, Indicator, Signatures, Task};
pub use row::{Cell, Row, RowSource};

/// The version of the schema that a [`Report`] follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SchemaVersion {
    /// `report.schema.json` with this version.
    #[default]
    V1,
}

names!(SchemaVersion {
    V1 = "1",
});

/// The name of the version of the schema that reports follow now.
pub const SCHEMA_VERSION: &str = SchemaVersion::V1.name();

/// `x0, y0, x1, y1` in points as the page is seen, origin top left, two decimals.
pub type Bbox = [f64; 4];

/// One disclosure as it is published; fields stand in the order of the schema.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Report {
    /// Which schema the report follows.
    pub schema_version: SchemaVersion,
    /// The file that it came from.
    pub source: Source,
    /// Who discloses what.
    pub report: Filing,
    /// Official tables in reading order.
    pub tables: Vec<Table>,
    /// Declaration forms in reading order.
    pub forms: Vec<Form>,
    /// Narrative headings with their own text.
    pub sections: Vec<Section>,
    /// Every figure once, under names that mean the same everywhere.
    pub facts: Vec<Fact>,
    /// Every identity tried.
    pub checks: Vec<Check>,
    /// What the stages had to say.
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// How many identities fail: findings about the report, each with both sides.
    pub fn n_contradictions(&self) -> usize {
        self.checks.iter().filter(|check| !check.holds).count()
    }

    /// Whether every identity tried holds.
    pub fn is_clean(&self) -> bool {
        self.n_contradictions() == 0
    }
}

/// A source file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Source {
    /// File name without its folder.
    pub name: String,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// `application/pdf` or `text/plain`.
    pub media_type: MediaType,
    /// How many pages it has.
    pub pages: u32,
    /// The producing software as the file names it.
    pub producer: Option<String>,
}

/// Who discloses what, for which year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Filing {
    /// `department`, `unit` or `unknown`: what the report calls itself.
    pub level: Level,
    /// The department's name.
    pub department: Option<String>,
    /// The code beside its name.
    pub department_code: Option<String>,
    /// The year that the money is for.
    pub fiscal_year: Option<i32>,
    /// `budget`, `final_accounts` or `unknown`.
    pub kind: ReportKind,
    /// The report's title.
    pub title: Option<String>,
}

/// One official table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Table {
    /// `table-01`, …
    pub id: String,
    /// The number printed at the table.
    pub number: Option<String>,
    /// The stable name of the statement's kind.
    pub kind: StatementKind,
    /// Title without number and enumerator.
    pub title: Option<String>,
    /// Department as printed at the table.
    pub department: Option<String>,
    /// The bare unit word as printed.
    pub unit: Option<String>,
    /// Pages, ascending.
    pub pages: Vec<u32>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Whether no amount cell is filled.
    pub no_data: bool,
    /// Explaining lines under it.
    pub notes: Vec<String>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Column {
    /// Header cells from the top down to the leaf; never empty.
    pub path: Vec<String>,
    /// `label`, `code`, `amount` or `text`.
    pub role: ColumnRole,
    /// What its figures or names are.
    #[serde(flatten)]
    pub about: ColumnAbout,
}

/// One narrative heading with its own text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Section {
    /// 1 第一部分, 2 一、, 3 （一）.
    pub level: u8,
    /// The heading.
    pub heading: String,
    /// Its own paragraphs, one a line.
    pub text: String,
    /// Page of the heading.
    pub page: u32,
}

/// One identity tried on the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Check {
    /// Stable name of the rule.
    pub rule: Rule,
    /// Whether it holds.
    pub holds: bool,
    /// In yuan.
    pub left: Decimal,
    /// In yuan.
    pub right: Decimal,
    /// Where, for people.
    #[serde(rename = "where")]
    pub place: String,
    /// Ids of the tables and forms that take part.
    pub tables: Vec<String>,
    /// Pages that take part, ascending.
    pub pages: Vec<u32>,
    /// How far rounding may move the sides apart, in yuan.
    pub allowance: Decimal,
}

/// One thing that a stage had to say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Diagnostic {
    /// `error`, `warning` or `info`.
    pub severity: Severity,
    /// Stable kebab-case code.
    pub code: NoteKind,
    /// One sentence for people.
    pub message: String,
    /// Page; `None` where it concerns the whole document.
    pub page: Option<u32>,
    /// Rectangle on the page.
    pub bbox: Option<Bbox>,
}
