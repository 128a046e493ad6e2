//! The columns of every resource of the flat records, as data.

use super::ColumnType::{Flag, Integer, Integers, Number, Object, Text, Texts};
use super::{Column, FINE_YUAN, YUAN};
use crate::facts::{EconomicSystem, Level, Reason, Subject};
use crate::interpret::{FormKind, FundSource, Horizon};
use crate::note::Severity;
use crate::read::MediaType;
use crate::reconcile::{Rule, Trust};
use crate::terms::StatementKind;
use crate::terms::measure::{Fund, Measure, YearPart};
use crate::terms::subject::{Flow, Item, Nature, Stage};

/// A SHA-256 in hex.
const HASH: &str = "^[0-9a-f]{64}$";

/// A classification code of 类, 款 or 项.
const CODE: &str = "^[0-9]{3}([0-9]{2}([0-9]{2})?)?$";

const TRUST: &[&str] = Trust::NAMES;
/// Also where a person corrected what was read.
const FACT_TRUST: &[&str] = &["corroborated", "confirmed", "rounded", "contradicted", "unchecked", "reviewed"];
const REPORT_KIND: &[&str] = &["budget", "final", "unknown"];
const TABLE_KIND: &[&str] = StatementKind::NAMES;
const FORM_KIND: &[&str] = FormKind::NAMES;
const MEASURE: &[&str] = Measure::NAMES;
pub(super) const FUND: &[&str] = Fund::NAMES;
pub(super) const LEVEL: &[&str] = Level::NAMES;
pub(super) const STAGE: &[&str] = Stage::NAMES;
pub(super) const FLOW: &[&str] = Flow::NAMES;
pub(super) const SUBJECT: &[&str] = Subject::NAMES;
const ITEM: &[&str] = Item::NAMES;
pub(super) const NATURE: &[&str] = Nature::NAMES;
const NO_FACT: &[&str] = Reason::NAMES;
pub(super) const YEAR_PART: &[&str] = YearPart::NAMES;
const SOURCE: &[&str] = FundSource::NAMES;
const HORIZON: &[&str] = Horizon::NAMES;

pub(super) const REPORT_ID: Column =
    Column::new("report_id", Text, "SHA-256 of the source file, in hex").required().pattern(HASH);
/// What was decided about the record.
const REVIEW: Column =
    Column::new("review", Text, "what a reviewer decided").required().one_of(&["accepted", "corrected", "none"]);
const REVIEWED_AMOUNT: Column =
    Column::new("reviewed_amount", YUAN, "what the page prints, in yuan, where it was read wrong and corrected");
const REVIEWER: Column = Column::new("reviewer", Text, "who decided");
pub(super) const REVIEWED_AT: Column = Column::new("reviewed_at", Text, "when, in UTC");

const TABLE_ID: Column = Column::new("table_id", Text, "id of the table within its report").required();
const FORM_ID: Column = Column::new("form_id", Text, "id of the form within its report").required();
pub(super) const SEQ: Column = Column::new("seq", Integer, "position within the report, from 0").required();
const PAGES: Column = Column::new("pages", Integers, "pages, ascending").required();
const X0: Column = Column::new("x0", Number, "left edge in points, origin at the top left");
const Y0: Column = Column::new("y0", Number, "upper edge in points");
const X1: Column = Column::new("x1", Number, "right edge in points");
const Y1: Column = Column::new("y1", Number, "lower edge in points");

pub(super) const REPORTS: &[Column] = &[
    REPORT_ID,
    Column::new("schema_version", Text, "version of the report's schema").required(),
    Column::new("source_name", Text, "file name without folder").required(),
    Column::new("source_bytes", Integer, "size of the file").required(),
    Column::new("source_media_type", Text, "what kind of file").required().one_of(MediaType::NAMES),
    Column::new("source_pages", Integer, "how many pages").required(),
    Column::new(
        "source_producer",
        Text,
        "the producing software as the file names it; of a text dump, the kind of extractor that its marks tell",
    ),
    Column::new("department", Text, "who discloses (部门)"),
    Column::new("department_code", Text, "code printed beside the department's name"),
    Column::new("fiscal_year", Integer, "the year that the money is for"),
    Column::new("kind", Text, "budget or final accounts").required().one_of(REPORT_KIND),
    Column::new("title", Text, "title of the report"),
    Column::new("report_level", Text, "a department with its units, or one unit").required().one_of(LEVEL),
    Column::new("program_version", Text, "version of the program").required(),
];

pub(super) const STATEMENTS: &[Column] = &[
    REPORT_ID,
    TABLE_ID,
    Column::new("number", Text, "number as printed at the table"),
    Column::new("kind", Text, "which official table").required().one_of(TABLE_KIND),
    Column::new("title", Text, "title without number"),
    Column::new("department", Text, "department as printed at the table"),
    Column::new("unit", Text, "unit of money as printed"),
    PAGES,
    Column::new("n_columns", Integer, "how many columns").required(),
    Column::new("n_rows", Integer, "how many rows").required(),
    Column::new("no_data", Flag, "whether no amount cell is filled").required(),
    Column::new("notes", Texts, "explaining lines under the table").required(),
];

pub(super) const FACTS: &[Column] = &[
    REPORT_ID,
    Column::new("fact_id", Text, "made from what the figure is and its amount").required().pattern("^[0-9a-f]{16}$"),
    Column::new("department", Text, "as in reports"),
    Column::new("department_code", Text, "as in reports"),
    Column::new("report_kind", Text, "kind in reports").required().one_of(REPORT_KIND),
    Column::new("report_year", Integer, "fiscal_year in reports"),
    Column::new("report_level", Text, "as in reports").required().one_of(LEVEL),
    Column::new("year", Integer, "the fiscal year that the figure is for"),
    Column::new("stage", Text, "预算数, 调整预算数, 决算数 or 预计执行数").required().one_of(STAGE),
    Column::new("flow", Text, "收入 or 支出").required().one_of(FLOW),
    Column::new("subject", Text, "what the figure is about").required().one_of(SUBJECT),
    Column::new("functional_code", Text, "what the money is for: 类, 款 and 项 joined").pattern(CODE),
    Column::new("functional_name", Text, "the name beside the functional code"),
    Column::new("economic_code", Text, "what the money buys: 类 and 款 joined").pattern(CODE),
    Column::new("economic_name", Text, "the name beside the economic code"),
    Column::new("paired_code", Text, "of cross: the class of the other economic system that the row names too")
        .pattern(CODE),
    Column::new("part", Integer, "of cross: which of the rows that a table prints under one name, from 1"),
    Column::new("economic_system", Text, "301 is of a department's budget, 501 of the government's")
        .one_of(EconomicSystem::NAMES),
    Column::new("project", Text, "name as printed, without code"),
    Column::new("unit", Text, "subordinate unit as printed, without code"),
    Column::new("item", Text, "of 三公, sources of revenue and purchases").one_of(ITEM),
    Column::new("nature", Text, "基本支出, 项目支出, 人员经费, 公用经费 or all").required().one_of(NATURE),
    Column::new("fund", Text, "whose money; fiscal is 财政拨款, all its budgets together").required().one_of(FUND),
    Column::new("year_part", Text, "the year that the money was granted in").required().one_of(YEAR_PART),
    Column::new("amount", YUAN, "exact, in yuan").required(),
    Column::new(
        "trust",
        Text,
        "what the report's own arithmetic says of its places together, or reviewed: a person corrected it",
    )
    .required()
    .one_of(FACT_TRUST),
    Column::new("n_places", Integer, "how many places print it").required(),
    Column::new(
        "places",
        Texts,
        "each place as a JSON object: table_id, row_index, column_index, page; or form_id, page",
    )
    .required(),
    Column::new("disputed", Flag, "whether the report prints another amount for the same figure").required(),
];

pub(super) const AMOUNTS: &[Column] = &[
    REPORT_ID,
    TABLE_ID,
    Column::new("row_index", Integer, "row of the table, from 0").required(),
    Column::new("column_index", Integer, "column of the table, from 0").required(),
    Column::new("department", Text, "as in reports"),
    Column::new("department_code", Text, "as in reports"),
    Column::new("fiscal_year", Integer, "as in reports"),
    Column::new("report_kind", Text, "kind in reports").required().one_of(REPORT_KIND),
    Column::new("table_kind", Text, "kind in statements").required().one_of(TABLE_KIND),
    Column::new("table_title", Text, "title in statements"),
    Column::new("side", Text, "side of a two-sided table").one_of(FLOW),
    Column::new("label", Text, "the row's own label on that side"),
    Column::new("parent", Text, "label of the nearest row above of a lower level"),
    Column::new("functional_code", Text, "what the money is for: 类, 款 and 项 joined").pattern(CODE),
    Column::new("economic_code", Text, "what the money buys: 类 and 款 joined").pattern(CODE),
    Column::new("level", Integer, "depth of the row's code: 类 0, 款 1, 项 2"),
    Column::new("column_path", Text, "header cells from the top down, joined with /"),
    Column::new("measure", Text, "what the column measures").one_of(MEASURE),
    Column::new("fund", Text, "whose money the column is").one_of(FUND),
    Column::new("year_part", Text, "the year that the money was granted in").one_of(YEAR_PART),
    Column::new("amount", YUAN, "exact, in yuan; null where the cell is no money or its unit is not known"),
    Column::new("printed", Text, "as printed").required(),
    Column::new("unit", Text, "unit of money as printed"),
    Column::new("trust", Text, "what the report's own arithmetic says; null where the cell is no amount").one_of(TRUST),
    Column::new("year", Integer, "the fiscal year that row and column name"),
    Column::new("stage", Text, "预算数, 调整预算数, 决算数 or 预计执行数").one_of(STAGE),
    Column::new("texts", Texts, "the row's text cells, each a JSON object: column_path, text").required(),
    Column::new("fact_id", Text, "the fact that the cell prints"),
    Column::new("no_fact", Text, "why the cell prints none").one_of(NO_FACT),
    Column::new("page", Integer, "page of the cell").required(),
    X0,
    Y0,
    X1,
    Y1,
    REVIEW,
    REVIEWED_AMOUNT,
    REVIEWER,
    REVIEWED_AT,
];

pub(super) const FORMS: &[Column] = &[
    REPORT_ID,
    FORM_ID,
    Column::new("kind", Text, "which form").required().one_of(FORM_KIND),
    Column::new("title", Text, "the title line"),
    Column::new("fiscal_year", Integer, "the year below the title"),
    PAGES,
    Column::new("project_name", Text, "项目名称"),
    Column::new("department", Text, "主管部门 without its code"),
    Column::new("department_code", Text, "code of 主管部门"),
    Column::new("implementing_unit", Text, "实施单位"),
    Column::new("attribute", Text, "项目属性"),
    Column::new("period", Text, "项目期"),
    Column::new("texts", Object, "free-text fields by their key").required(),
    Column::new("signatures_responsible", Text, "负责人"),
    Column::new("signatures_handler", Text, "经办人"),
    Column::new("signatures_phone", Text, "联系电话"),
    Column::new("signatures_filled_at", Text, "填报日期, ISO 8601 where it parses"),
];

pub(super) const FORM_FUNDS: &[Column] = &[
    REPORT_ID,
    FORM_ID,
    Column::new("horizon", Text, "实施期 or 年度").required().one_of(HORIZON),
    Column::new("source", Text, "whose money").required().one_of(SOURCE),
    Column::new("amount_yuan", YUAN, "exact, in yuan; null where the form leaves it blank"),
    Column::new("trust", Text, "what the report's own arithmetic says").one_of(TRUST),
    REVIEW,
    REVIEWED_AMOUNT,
    REVIEWER,
    REVIEWED_AT,
];

pub(super) const FORM_INDICATORS: &[Column] = &[
    REPORT_ID,
    FORM_ID,
    Column::new("seq", Integer, "position within the form, from 0").required(),
    Column::new("horizon", Text, "实施期 or 年度").required().one_of(HORIZON),
    Column::new("level1", Text, "一级指标"),
    Column::new("level2", Text, "二级指标"),
    Column::new("level3", Text, "三级指标"),
    Column::new("value", Text, "指标值 as printed"),
    Column::new("nature", Text, "指标性质"),
    Column::new("measure_unit", Text, "度量单位"),
    Column::new("weight", Text, "权重, 分值"),
    Column::new("actual", Text, "实际完成值"),
    Column::new("score", Text, "得分"),
    Column::new("deviation", Text, "偏差原因"),
    Column::new("activity", Text, "活动"),
];

pub(super) const SECTIONS: &[Column] = &[
    REPORT_ID,
    SEQ,
    Column::new("level", Integer, "第一部分 1, 一、 2, （一） 3").required(),
    Column::new("heading", Text, "the heading"),
    Column::new("text", Text, "its own paragraphs, one a line"),
    Column::new("page", Integer, "page of the heading").required(),
];

pub(super) const CHECKS: &[Column] = &[
    REPORT_ID,
    SEQ,
    Column::new("rule", Text, "which identity").required().one_of(Rule::NAMES),
    Column::new("holds", Flag, "whether it holds, to the digit or within the allowance").required(),
    Column::new("left", FINE_YUAN, "left side, in yuan").required(),
    Column::new("right", FINE_YUAN, "right side, in yuan").required(),
    Column::new("place", Text, "the place, for people"),
    Column::new("tables", Texts, "ids of the tables and forms that take part").required(),
    PAGES,
    Column::new("allowance", FINE_YUAN, "how far rounding may move the sides apart, in yuan").required(),
    REVIEW,
    REVIEWER,
    REVIEWED_AT,
];

pub(super) const DIAGNOSTICS: &[Column] = &[
    REPORT_ID,
    SEQ,
    Column::new("severity", Text, "how much it matters").required().one_of(Severity::NAMES),
    Column::new("code", Text, "stable name").required(),
    Column::new("message", Text, "one sentence for people"),
    Column::new("page", Integer, "page, null for the whole document"),
    X0,
    Y0,
    X1,
    Y1,
];
