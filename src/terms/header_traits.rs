//! What the text of a header cell tells of the place that it has among the other cells of the header.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::header::{HeaderWord, without_year};

/// What the text of a header cell tells, read once: the search for the tree of a header asks for it again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeaderTraits {
    /// The word that the cell is, or what its end tells.
    pub word: Option<HeaderWord>,
    /// How many bytes a year before its name takes: 2031年预算数.
    pub n_of_year: usize,
    /// 类, 款 or 项: a part of a code, in a column of its own.
    pub is_code_level: bool,
    /// Code of a unit, which has no parts: 单位编码.
    pub is_code_of_unit: bool,
    /// 一级, 二级 or 三级: names side by side under what they are levels of.
    pub is_level: bool,
    /// The name of a side of a table by its end: 财政拨款收入, 财政拨款支出.
    pub side: Option<Side>,
    /// 某某名称
    pub is_name_of_something: bool,
    /// 增减额, 增减%, or what stands over both.
    pub is_change: bool,
    /// 增减, 比上年增减, 2031年预算数比2030年执行数: changes stand below it.
    pub is_over_changes: bool,
    /// 某某财政拨款, 财政拨款收入: nothing but budget money stands below it.
    pub is_fiscal: bool,
    /// Money that is no budget money of this year: 单位资金, 上年结转.
    pub is_other_money: bool,
    /// Money that a unit has of its own: 单位资金, and what it is divided into.
    pub is_of_unit: bool,
    /// The name of all money that a unit has of its own, or of its kinds.
    pub is_over_unit: bool,
    /// The place of a source of budget money in the order that all tables have; 一般公共预算 is the first.
    pub source: Option<usize>,
    /// The place of a column of money in each of the orders that official forms print.
    pub places: Places,
    /// Money that is commonly divided in a header, by source or by use: 预算数, 金额.
    pub is_general: bool,
    /// Expenditure, which is commonly divided by its use: 一般公共预算基本支出.
    pub is_expenditure: bool,
    /// A use of money: 人员经费, 项目支出.
    pub is_use: bool,
    /// 项目支出 and its like.
    pub is_project: bool,
    /// Basic expenditure: 基本支出, 一般公共预算基本支出.
    pub is_basic: bool,
    /// What basic expenditure is divided into: 人员经费, 公用经费.
    pub is_of_basic: bool,
}

/// The sides of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// 收入
    Revenue,
    /// 支出
    Expenditure,
}

impl HeaderTraits {
    /// What a cell of this text tells.
    pub fn of(text: &str) -> Self {
        let is_change = text.contains("增减");
        Self {
            word: HeaderWord::of(text).or_else(|| by_end(text)),
            n_of_year: text.len() - without_year(text).len(),
            is_code_of_unit: ["单位编码", "单位代码", "部门编码", "部门代码"].iter().any(|end| text.ends_with(end)),
            is_level: is_level(text),
            side: if text.ends_with("收入") {
                Some(Side::Revenue)
            } else if text.ends_with("支出") {
                Some(Side::Expenditure)
            } else {
                None
            },
            is_code_level: CODE_LEVELS.contains(&text),
            is_name_of_something: text.ends_with("名称"),
            is_change,
            is_over_changes: (is_change && !text.ends_with(['额', '%', '％', '率'])) || compares_years(text),
            is_fiscal: ["财政拨款", "财政拨款收入"].iter().any(|end| text.ends_with(end)),
            is_other_money: OTHER_MONEY.iter().any(|word| text.contains(word)),
            is_of_unit: OF_UNIT.iter().any(|word| text.contains(word)),
            is_over_unit: OVER_UNIT.iter().any(|word| text.contains(word)),
            source: SOURCES.iter().position(|source| text.starts_with(source)),
            places: places_of_money(text),
            is_general: is_general(text),
            is_expenditure: text.contains("支出"),
            is_project: text.contains("项目支出"),
            is_basic: text.ends_with("基本支出"),
            is_of_basic: text.contains("人员") || text.contains("公用"),
            is_use: USES.iter().any(|word| text.contains(word)),
        }
    }
}

/// Whether a name holds a year against another.
fn compares_years(text: &str) -> bool {
    let others = || text.match_indices(['比', '较']).filter_map(|(at, word)| text.get(at + word.len()..));
    others().any(|other| other.starts_with("上年") || without_year(other) != other)
}

/// The parts of a code.
pub const CODE_LEVELS: [&str; 3] = ["类", "款", "项"];

/// Endings of names of money: a name with the same one twice is two names.
pub const ENDS_OF_MONEY: [&str; 5] = ["收入", "支出", "结余", "资金", "经费"];

/// The levels of a directory of names: 一级, 二级, 三级.
pub fn is_level(text: &str) -> bool {
    matches!(text, "一级" | "二级" | "三级")
}

/// The sources of budget money, in the order that all tables have.
const SOURCES: [&str; 3] = ["一般公共预算", "政府性基金", "国有资本经营"];

/// How the sources of budget money begin, whatever a line break has put into them.
const SOURCE_STEMS: [&str; 4] = ["一般公共", "政府性基金", "国有资本", "教育收费"];

/// Whether a name says two sources of money with nothing between: it is two columns' names.
pub fn names_two_sources(name: &str) -> bool {
    let n_sources = SOURCE_STEMS.iter().filter(|stem| name.contains(**stem)).count();
    n_sources > 1 && !name.contains(['、', '和', '及', '与', '，'])
}

/// A place in each of the orders that official forms print.
pub type Places = [Option<u8>; N_ORDERS];

/// So many orders of columns are known.
pub const N_ORDERS: usize = 4;

/// The columns of money in the orders that official forms print: budgets (部门收入总表, 部门支出总表) as most have them,
/// final accounts (收入决算表, 支出决算表), and two orders that provinces have for their budgets.
const ORDERS_OF_MONEY: [&[&str]; N_ORDERS] = [
    &[
        "财政拨款",
        "一般公共预算",
        "政府性基金",
        "国有资本经营",
        "财政专户",
        "单位资金",
        "事业收入",
        "经营收入",
        "上级补助",
        "附属单位上缴",
        "其他收入",
        "其它收入",
        "使用非财政拨款结余",
        "上年结",
        "基本支出",
        "人员",
        "公用",
        "项目支出",
        "经营支出",
        "上缴上级",
        "对附属单位补助",
        "因公出国",
        "公务用车",
        "公务接待",
    ],
    &[
        "财政拨款",
        "一般公共预算",
        "政府性基金",
        "国有资本经营",
        "上级补助",
        "事业收入",
        "经营收入",
        "附属单位上缴",
        "其他收入",
        "其它收入",
        "基本支出",
        "人员",
        "公用",
        "项目支出",
        "上缴上级",
        "经营支出",
        "对附属单位补助",
        "因公出国",
        "公务接待",
        "公务用车",
    ],
    &[
        "财政拨款",
        "一般公共预算",
        "政府性基金",
        "国有资本经营",
        "财政专户",
        "事业收入",
        "上级补助",
        "附属单位上缴",
        "经营收入",
        "其他收入",
        "其它收入",
        "使用非财政拨款结余",
        "上年结",
        "基本支出",
        "人员",
        "公用",
        "项目支出",
        "经营支出",
        "对附属单位补助",
        "上缴上级",
    ],
    &[
        "财政拨款",
        "一般公共预算",
        "政府性基金",
        "国有资本经营",
        "财政专户",
        "单位资金",
        "事业收入",
        "经营收入",
        "其他收入",
        "其它收入",
        "上级补助",
        "附属单位上缴",
        "使用非财政拨款结余",
        "上年结",
        "基本支出",
        "人员",
        "公用",
        "项目支出",
    ],
];

/// The place of a column of money in each of the orders of the official forms: that of the word that comes first in its name.
fn places_of_money(text: &str) -> Places {
    // Each word with its places: most stand in all of the orders.
    static WORDS: LazyLock<Vec<(&str, Places)>> = LazyLock::new(|| {
        let words: BTreeSet<&str> = ORDERS_OF_MONEY.into_iter().flatten().copied().collect();
        let place = |order: &[&str], word: &str| (0..).zip(order).find(|(_, other)| **other == word).map(|(at, _)| at);
        words.into_iter().map(|word| (word, ORDERS_OF_MONEY.map(|order| place(order, word)))).collect()
    });
    let mut first = [None; N_ORDERS];
    for (word, places) in WORDS.iter() {
        // Of such short texts this finds words the fastest.
        let Some(at) = memchr::memmem::find(text.as_bytes(), word.as_bytes()) else { continue };
        for (first, place) in first.iter_mut().zip(places) {
            let own = place.map(|place| (at, place));
            *first = [*first, own].into_iter().flatten().min();
        }
    }
    first.map(|first| first.map(|(_, place)| place))
}

/// Money of other sources, or of another year.
const OTHER_MONEY: [&str; 12] = [
    "财政专户",
    "单位资金",
    "事业收入",
    "其他收入",
    "经营收入",
    "上级补助",
    "附属单位",
    "结转",
    "其他资金",
    "事业单位经营",
    "上缴上级",
    "公务接待",
];

/// Money that a unit has of its own, and what it is divided into.
const OF_UNIT: [&str; 7] =
    ["单位资金", "其他资金收入", "事业收入", "经营收入", "上级补助收入", "附属单位上缴收入", "其他收入"];

/// Money, and what official forms select of it: 事业收入, 其中：教育收费.
const SELECTIONS: [(&str, &str); 1] = [("事业收入", "教育收费")];

/// Whether official forms select what has one name of what has another.
pub fn has_within(name: &str, selected: &str) -> bool {
    SELECTIONS.iter().any(|(whole, part)| name == *whole && selected.starts_with(part))
}

/// Names of all money that a unit has of its own.
const OVER_UNIT: [&str; 2] = ["单位资金", "其他资金收入"];

/// What expenditure is divided into by its use.
const USES: [&str; 5] = ["人员", "公用", "基本支出", "项目支出", "经营支出"];

/// What the end of a text tells, but for a remark in brackets, that is no word of headers.
fn by_end(text: &str) -> Option<HeaderWord> {
    let text = match text.strip_suffix(['）', ')']).and_then(|inner| inner.rfind(['（', '('])) {
        Some(at) if at > 0 => text.get(..at).unwrap_or(text),
        _ => text,
    };
    if text.ends_with("编码") || text.ends_with("代码") {
        Some(HeaderWord::Code)
    } else if ["名称", "科目", "类别"].iter().any(|end| text.ends_with(end)) {
        Some(HeaderWord::Label)
    } else {
        None
    }
}

/// Whether money of this name is commonly divided in a header.
fn is_general(text: &str) -> bool {
    const GENERAL: &[&str] = &["预算数", "决算数", "金额", "财政拨款", "财政拨款收入", "执行数", "预算", "资金来源"];
    const OF_SOURCE: &[&str] = &["一般公共", "基金", "国有资本"];
    GENERAL.iter().any(|word| text.ends_with(word)) && !OF_SOURCE.iter().any(|word| text.contains(word))
}
