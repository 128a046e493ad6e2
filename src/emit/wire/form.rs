//! A declaration form as it is published.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Decimal;
use crate::interpret::{FormKind, FundSource, Horizon};
use crate::reconcile::Trust;

/// One declaration form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Form {
    /// `form-01`, …
    pub id: String,
    /// The stable name of the form's kind.
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
    /// Totals and their sources.
    pub funds: Vec<Fund>,
    /// Free-text fields by their stable key.
    pub texts: Map<String, Value>,
    /// Indicator rows.
    pub indicators: Vec<Indicator>,
    /// Who filled it in.
    pub signatures: Signatures,
    /// 年度主要任务; absent where the form has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<Task>,
}

/// One line of a form's funds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Fund {
    /// Whose money.
    pub source: FundSource,
    /// `period` or `annual`.
    pub horizon: Horizon,
    /// In yuan.
    pub amount_yuan: Option<Decimal>,
    /// What the report's arithmetic says of it.
    pub trust: Option<Trust>,
    /// Further columns of a self-evaluation's funds.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// One indicator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Indicator {
    /// `period` or `annual`.
    pub horizon: Horizon,
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Task {
    /// 任务名称
    pub name: Option<String>,
    /// 主要内容
    pub content: Option<String>,
    /// 总额, in yuan.
    pub total_yuan: Option<Decimal>,
    /// 财政拨款, in yuan.
    pub fiscal_yuan: Option<Decimal>,
    /// 其他资金, in yuan.
    pub other_yuan: Option<Decimal>,
}
