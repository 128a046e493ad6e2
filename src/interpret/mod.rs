//! A [`Layout`] becomes a [`Disclosure`]: statements with typed columns and exact amounts, forms, sections.

pub mod column;
pub mod filing;
pub mod form;
pub mod prose;
pub mod reading;
mod rivals;
pub mod section;
pub mod statement;

use std::collections::BTreeSet;

use rust_decimal::Decimal;

pub use crate::arithmetic::Column;
use crate::arithmetic::{self, amount};
use crate::geom::Inset;
use crate::names::names;
use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::read::Source;
use crate::segment::{Layout, Region};
pub use crate::terms::column::ColumnRole;
pub use crate::terms::form::{FundSource, Horizon};
use crate::terms::{ReportKind, StatementKind, Unit};
pub use rivals::{AmountRival, add_second};

/// One agency's disclosure for one year, typed.
#[derive(Clone, Debug)]
pub struct Disclosure {
    /// What kind of file it was.
    pub source: Source,
    /// Whose it is, and for which year.
    pub filing: Filing,
    /// Official tables in reading order.
    pub statements: Vec<Statement>,
    /// Declaration forms in reading order.
    pub forms: Vec<Form>,
    /// Narrative headings with their own text.
    pub sections: Vec<Section>,
    /// What else models read of the amounts of pages that are pictures.
    pub rivals: Vec<AmountRival>,
    /// Notes of this stage and the earlier ones.
    pub notes: Vec<Note>,
}

/// Who discloses what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filing {
    /// The department's name.
    pub department: Option<String>,
    /// The code printed beside the name in a table or form.
    pub department_code: Option<String>,
    /// The year that the money is for.
    pub fiscal_year: Option<i32>,
    /// Budget or final accounts.
    pub kind: ReportKind,
    /// Title of the report.
    pub title: Option<String>,
}

impl Disclosure {
    /// The pages that are pictures and that models have read.
    pub fn pages_read_by_models(&self) -> BTreeSet<u32> {
        let notes = self.notes.iter().filter(|note| note.kind == NoteKind::ReadByOcr);
        notes.filter_map(|note| Some(note.provenance?.page)).collect()
    }
}

/// One official table.
#[derive(Clone, Debug)]
pub struct Statement {
    /// `table-01`, …
    pub id: String,
    /// The number printed at the table.
    pub number: Option<String>,
    /// Which official table it is.
    pub kind: StatementKind,
    /// Title without number and enumerator.
    pub title: Option<String>,
    /// Department as printed at the table, without its code.
    pub department: Option<String>,
    /// The code printed with the department.
    pub department_code: Option<String>,
    /// The year printed beside or below the title.
    pub fiscal_year: Option<i32>,
    /// The bare unit word as printed.
    pub unit_printed: Option<String>,
    /// The unit understood.
    pub unit: Option<Unit>,
    /// Pages, ascending.
    pub pages: Vec<u32>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub records: Vec<Record>,
    /// Explaining lines under the table.
    pub notes: Vec<String>,
}

impl Statement {
    /// Whether a value stands in an amount column and prints a figure that cannot be read.
    pub fn is_unread(&self, column: usize, value: &Value) -> bool {
        let is_money = self.columns.get(column).is_some_and(|column| column.role == ColumnRole::Amount);
        is_money && value.amount.is_none() && amount::hides_figure(&value.text)
    }
}

/// One typed line of a statement.
#[derive(Clone, Debug)]
pub struct Record {
    /// One entry a column; `None` where nothing is printed.
    pub values: Vec<Option<Value>>,
    /// 类 0, 款 1, 项 2; `None` elsewhere.
    pub level: Option<u8>,
    /// Page and rectangle of the row.
    pub provenance: Provenance,
}

impl arithmetic::Row for Record {
    fn text(&self, column: usize) -> Option<&str> {
        let text = self.values.get(column)?.as_ref()?.text.trim();
        (!text.is_empty()).then_some(text)
    }

    fn inset(&self, column: usize) -> Option<Inset> {
        self.values.get(column)?.as_ref()?.inset
    }

    fn page(&self) -> u32 {
        self.provenance.page
    }
}

/// What one cell of a record says.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// The text as it is published: repaired, white space removed.
    pub text: String,
    /// The amount in the statement's unit with the printed decimals, in amount columns where the text is one.
    pub amount: Option<Decimal>,
    /// The column is the likeliest of several (text dumps only).
    pub guessed: bool,
    /// How the text stands in its cell; `None` where nothing tells.
    pub inset: Option<Inset>,
    /// Page and rectangle of the cell.
    pub provenance: Provenance,
}

/// One declaration form.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// `form-01`, …
    pub id: String,
    /// Which form it is.
    pub kind: FormKind,
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
    /// Totals and their sources, in yuan.
    pub funds: Vec<Fund>,
    /// Free-text fields by their stable key, in order of appearance; `None` where blank.
    pub texts: Vec<(String, Option<String>)>,
    /// Indicator rows.
    pub indicators: Vec<Indicator>,
    /// Who filled it in, and when.
    pub signatures: Signatures,
    /// 年度主要任务 of a department's form.
    pub tasks: Vec<Task>,
}

/// Which declaration form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FormKind {
    /// 项目支出绩效目标表 and its like.
    Project,
    /// 部门整体支出绩效目标表
    Department,
    /// 绩效自评表
    SelfEvaluation,
    /// Anything else.
    #[default]
    Other,
}

names!(FormKind {
    Project = "project_performance_target",
    Department = "department_performance_target",
    SelfEvaluation = "performance_self_evaluation",
    Other = "other",
});

/// One line of a form's funds.
#[derive(Clone, Debug, PartialEq)]
pub struct Fund {
    /// Whose money.
    pub source: FundSource,
    /// For the whole period or the year.
    pub horizon: Horizon,
    /// In yuan; `None` where the form leaves it blank.
    pub amount_yuan: Option<Decimal>,
    /// Page and rectangle of the amount.
    pub provenance: Provenance,
    /// It may be the amount of another line or horizon.
    pub guessed: bool,
    /// Further columns of a self-evaluation (`initial_yuan`, `executed_yuan`, `weight`, `rate`, `score`).
    pub extra: Vec<(String, Option<String>)>,
}

/// One indicator of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Indicator {
    /// 实施期 or 年度.
    pub horizon: Horizon,
    /// 一级指标
    pub level1: Option<String>,
    /// 二级指标
    pub level2: Option<String>,
    /// 三级指标
    pub level3: Option<String>,
    /// 指标值, white space removed.
    pub value: Option<String>,
    /// Further columns by the schema's key (`nature`, `measure_unit`, `weight`, `actual`, `score`, `deviation`, `activity`, …).
    pub extra: Vec<(String, Option<String>)>,
}

/// Who signed a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Task {
    /// 任务名称
    pub name: Option<String>,
    /// 主要内容
    pub content: Option<String>,
    /// 总额 in yuan.
    pub total_yuan: Option<Decimal>,
    /// 财政拨款 in yuan.
    pub fiscal_yuan: Option<Decimal>,
    /// 其他资金 in yuan.
    pub other_yuan: Option<Decimal>,
}

/// One narrative heading with the text up to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// 1 第一部分, 2 一、, 3 （一）.
    pub level: u8,
    /// The heading.
    pub heading: String,
    /// Its own paragraphs, one a line.
    pub text: String,
    /// Where the heading stands.
    pub provenance: Provenance,
}

/// Types what the layout holds.
pub fn interpret(layout: Layout) -> Disclosure {
    let Layout { source, cover, running_heads, regions, pieces, mut notes } = layout;
    let mut statements = Vec::new();
    let mut forms = Vec::new();
    let mut sections = Vec::new();
    for region in regions {
        match region {
            Region::Table(table) => statements.push(statement::interpret(table, statements.len(), &mut notes)),
            Region::Form(region) => forms.push(form::interpret(region, forms.len(), &mut notes)),
            Region::Narrative(region) => sections.append(&mut section::sections(&region.blocks)),
        }
    }
    let filing = filing::filing(&cover, &running_heads, &statements, &forms, &sections);
    // Text above the first heading is text of the report and stands under its title.
    for section in sections.iter_mut().filter(|section| section.heading.is_empty()) {
        section.heading = filing.title.clone().unwrap_or_default();
    }
    for form in &mut forms {
        // A form that names no year is for the year that it is filed for.
        form.fiscal_year = form.fiscal_year.or(filing.fiscal_year);
    }
    let rivals = rivals::rivals(&statements, &pieces);
    Disclosure { source, filing, statements, forms, sections, rivals, notes }
}
