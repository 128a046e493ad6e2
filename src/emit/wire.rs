//! The published schema of one report: the only types that are serializable.

use serde::Serialize;
use serde_json::{Map, Value};

/// The version of the schema that [`Report`] follows.
pub const SCHEMA_VERSION: &str = "1";

/// `x0, y0, x1, y1` in points as the page is seen, origin top left, two decimals.
pub type Bbox = [f64; 4];

/// One disclosure as it is published; fields stand in the order of the schema.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// [`SCHEMA_VERSION`].
    pub schema_version: &'static str,
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
    /// The facts as they were gathered, for the flat records.
    #[serde(skip)]
    pub(crate) gathered: crate::facts::Facts,
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
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Source {
    /// File name without its folder.
    pub name: String,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// `application/pdf` or `text/plain`.
    pub media_type: &'static str,
    /// How many pages it has.
    pub pages: u32,
    /// The producing software as the file names it.
    pub producer: Option<String>,
}

/// Who discloses what, for which year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Filing {
    /// `department`, `unit` or `unknown`: what the report calls itself.
    pub level: &'static str,
    /// The department's name.
    pub department: Option<String>,
    /// The code beside its name.
    pub department_code: Option<String>,
    /// The year that the money is for.
    pub fiscal_year: Option<i32>,
    /// `budget`, `final_accounts` or `unknown`.
    pub kind: &'static str,
    /// The report's title.
    pub title: Option<String>,
}

/// One official table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// `table-01`, …
    pub id: String,
    /// The number printed at the table.
    pub number: Option<String>,
    /// The stable name of the statement's kind.
    pub kind: &'static str,
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
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    /// Header cells from the top down to the leaf; never empty.
    pub path: Vec<String>,
    /// `label`, `code`, `amount` or `text`.
    pub role: &'static str,
}

/// One printed row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// One entry a column; amounts as plain decimal strings.
    pub cells: Vec<Option<String>>,
    /// Depth of a row that carries a classification code.
    pub level: Option<u8>,
    /// Page that it stands on.
    pub page: u32,
    /// Its rectangle.
    pub bbox: Option<Bbox>,
    /// One entry a column: what the report's arithmetic says of the amount.
    pub trust: Vec<Option<&'static str>>,
    /// One entry a column: the fact that the amount is a place of; left out where no cell of the row is one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fact_id: Vec<Option<String>>,
    /// One entry a column: why the amount belongs to no fact; left out where each does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub no_fact: Vec<Option<&'static str>>,
}

/// One figure of the report, with every place that prints it. Names and codes that it has not are left out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fact {
    /// The same in every run of the same bytes.
    pub fact_id: String,
    /// The fiscal year that it is for.
    pub year: Option<i32>,
    /// `budget`, `adjusted_budget`, `actual` or `estimate`.
    pub stage: &'static str,
    /// `revenue` or `expenditure`.
    pub flow: &'static str,
    /// What it is about: `total`, `function`, …
    pub subject: &'static str,
    /// Digits alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub functional_code: Option<String>,
    /// As the row names the function.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub functional_name: Option<String>,
    /// Digits alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub economic_code: Option<String>,
    /// As the row names the economic class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub economic_name: Option<String>,
    /// `department` or `government`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub economic_system: Option<&'static str>,
    /// Of `cross`: the class of the other economic system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paired_code: Option<String>,
    /// Of `cross`: which of the rows that a table prints under one name, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<u32>,
    /// Without its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// Without its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// One of an official list: `total`, `abroad`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<&'static str>,
    /// `all`, `basic`, `project`, `personnel` or `operating`.
    pub nature: &'static str,
    /// Whose money.
    pub fund: &'static str,
    /// `all`, `current` or `carry_over`.
    pub year_part: &'static str,
    /// Decimal string in yuan.
    pub amount_yuan: String,
    /// Of its places together.
    pub trust: &'static str,
    /// The report prints another amount for the same names.
    pub disputed: bool,
    /// Where it is printed: cells, sentences and fund lines, each with its page.
    pub places: Vec<Place>,
}

/// A place that prints a fact; each kind has keys of its own.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Place {
    /// A cell of a table.
    Cell {
        /// `table-01`, …
        table_id: String,
        /// From 0.
        row_index: usize,
        /// From 0.
        column_index: usize,
        /// Its page.
        page: u32,
    },
    /// A sentence of the narrative.
    Sentence {
        /// Position of its section, from 0.
        section: usize,
        /// Its page.
        page: u32,
    },
    /// A fund line of a form.
    Fund {
        /// `form-01`, …
        form_id: String,
        /// Its page.
        page: u32,
    },
}

/// One declaration form.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Form {
    /// `form-01`, …
    pub id: String,
    /// The stable name of the form's kind.
    pub kind: &'static str,
    /// The title line alone.
    pub title: Option<String>,
    /// The year below the title.
    pub fiscal_year: Option<i32>,
    /// Pages, ascending.
    pub pages: Vec<u32>,
    /// 项目名称
    pub project_name: Option<String>,
    /// 主管部门 without its code.
    pub department: Option<String>,
    /// The code beside 主管部门.
    pub department_code: Option<String>,
    /// 实施单位
    pub implementing_unit: Option<String>,
    /// 项目属性
    pub attribute: Option<String>,
    /// 项目期
    pub period: Option<String>,
    /// Totals and their sources.
    pub funds: Vec<Fund>,
    /// Free-text fields by their stable key.
    pub texts: Map<String, Value>,
    /// Indicator rows.
    pub indicators: Vec<Indicator>,
    /// Who filled it in.
    pub signatures: Signatures,
    /// 年度主要任务; absent where the form has none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<Task>,
}

/// One line of a form's funds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fund {
    /// Whose money.
    pub source: &'static str,
    /// `period` or `annual`.
    pub horizon: &'static str,
    /// Plain decimal string in yuan.
    pub amount_yuan: Option<String>,
    /// What the report's arithmetic says of it.
    pub trust: Option<&'static str>,
    /// Further columns of a self-evaluation's funds.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// One indicator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Indicator {
    /// `period` or `annual`.
    pub horizon: &'static str,
    /// 一级指标
    pub level1: Option<String>,
    /// 二级指标
    pub level2: Option<String>,
    /// 三级指标
    pub level3: Option<String>,
    /// 指标值 as printed, white space removed.
    pub value: Option<String>,
    /// Further columns by the schema's key.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Who signed a form.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Signatures {
    /// 负责人
    pub responsible: Option<String>,
    /// 经办人
    pub handler: Option<String>,
    /// 联系电话
    pub phone: Option<String>,
    /// 填报日期, ISO 8601 where it parses.
    pub filled_at: Option<String>,
}

/// One of a department's main tasks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Task {
    /// 任务名称
    pub name: Option<String>,
    /// 主要内容
    pub content: Option<String>,
    /// 总额, plain decimal string in yuan.
    pub total_yuan: Option<String>,
    /// 财政拨款, plain decimal string in yuan.
    pub fiscal_yuan: Option<String>,
    /// 其他资金, plain decimal string in yuan.
    pub other_yuan: Option<String>,
}

/// One narrative heading with its own text.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// Stable name of the rule.
    pub rule: &'static str,
    /// Whether it holds.
    pub holds: bool,
    /// Plain decimal string in yuan.
    pub left: String,
    /// Plain decimal string in yuan.
    pub right: String,
    /// Where, for people.
    #[serde(rename = "where")]
    pub place: String,
    /// Ids of the tables and forms that take part.
    pub tables: Vec<String>,
    /// Pages that take part, ascending.
    pub pages: Vec<u32>,
    /// How far rounding may move the sides apart, plain decimal string in yuan.
    pub allowance: String,
}

/// One thing that a stage had to say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Diagnostic {
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    /// Stable kebab-case code.
    pub code: &'static str,
    /// One sentence for people.
    pub message: String,
    /// Page; `None` where it concerns the whole document.
    pub page: Option<u32>,
    /// Rectangle on the page.
    pub bbox: Option<Bbox>,
}
