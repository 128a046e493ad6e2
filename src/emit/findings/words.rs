//! The words of findings in Chinese and English, side by side so that neither is forgotten.

use super::Hint;
use crate::reconcile::{Gap, Trust};
use crate::terms::Unit;

/// The language of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The one of two texts that is in this language.
    pub(super) fn pick<'t>(self, zh: &'t str, en: &'t str) -> &'t str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// What a rule says when it fails: what is wrong, what the left figure is, what the right one is.
pub(super) fn rule(rule: &str, lang: Lang) -> [&'static str; 3] {
    let (zh, en) = match rule {
        "row-sum" => (
            ["合计与下级各行之和不等", "印作", "各行之和"],
            ["a total is not the sum of its rows", "printed", "its rows add up to"],
        ),
        "column-sum" => (
            ["本行的合计栏与分栏不等", "印作", "按分栏计算"],
            ["a total column is not what the other columns of its row make", "printed", "the columns make"],
        ),
        "same-item" => (
            ["同一项目在两张表里不一致（与另一项互换）", "此处", "另一处"],
            ["one item differs between two tables (changed places with another)", "here", "there"],
        ),
        "two-sides" => (["左右两边的总计不等", "左边", "右边"], ["the two sides do not balance", "left", "right"]),
        "form-funds" => (
            ["绩效表的资金总额与资金来源之和不等", "总额", "各来源之和"],
            ["a form's total is not the sum of its sources", "total", "sources add up to"],
        ),
        "form-project" => (
            ["绩效表的金额与项目支出表不一致", "绩效表", "项目支出表"],
            ["a form and its row of the project table differ", "form", "table"],
        ),
        "narrative-item" | "narrative-total" => {
            (["文字说明与报表不一致", "文字", "报表"], ["the text and the tables differ", "text", "tables"])
        }
        "narrative-projects" => (
            ["文字说明的项目资金与各绩效表之和不等", "文字", "各绩效表之和"],
            ["the text's project money is not the sum of the forms", "text", "forms add up to"],
        ),
        "narrative-repeat" => (
            ["文字说明同一段里同一项目有两个数", "前文", "后文"],
            ["one paragraph gives two figures for one item", "first", "then"],
        ),
        "narrative-share" => (
            ["文字说明的占比与金额不符", "金额", "按占比推算"],
            ["a share in the text does not fit its amount", "amount", "the share makes"],
        ),
        "narrative-change" => (
            ["文字说明的增减额与增减幅度不符", "增减额", "按百分比推算"],
            ["a change in the text does not fit its rate", "change", "the rate makes"],
        ),
        "unit-factor" => (
            ["金额单位可能标错（元与万元）", "按标注的单位", "别处"],
            ["the unit of the amounts is likely mislabelled (元 or 万元)", "as labelled", "elsewhere"],
        ),
        "missing-row" => (["可能缺少行", "旁边的金额", ""], ["a row seems to be missing", "amount beside the gap", ""]),
        _ => (["两数不等", "左", "右"], ["two figures differ", "left", "right"]),
    };
    if lang == Lang::Zh { zh } else { en }
}

/// What is missing.
pub(super) fn gap(gap: &Gap, lang: Lang) -> String {
    match (gap, lang) {
        (Gap::Row(code), Lang::Zh) => format!("没有科目 {code} 的一行"),
        (Gap::Row(code), Lang::En) => format!("no row for class {code}"),
        (Gap::RowsBelow(name), Lang::Zh) => format!("“{name}”之下没有明细行，其他同级都有"),
        (Gap::RowsBelow(name), Lang::En) => format!("no rows below {name}, where all of its rank have some"),
        (Gap::Enumerator(n), Lang::Zh) => format!("序号不连续，没有第 {n} 项"),
        (Gap::Enumerator(n), Lang::En) => format!("the numbering skips item {n}"),
        (Gap::NextHead, Lang::Zh) => "本项目的指标之后又从头列起，下一个项目的首行（名称、金额）不见了".to_owned(),
        (Gap::NextHead, Lang::En) => {
            "the indicators begin again below this project: the row that opens the next one is missing".to_owned()
        }
        (Gap::Blank(id), Lang::Zh) => format!("{id} 一行也没有，这里却有属于该表的金额"),
        (Gap::Blank(id), Lang::En) => format!("{id} has no rows, and this amount belongs into it"),
        (Gap::Sum, Lang::Zh) => "没有合计行，或合计为空".to_owned(),
        (Gap::Sum, Lang::En) => "no total row, or its amount is blank".to_owned(),
    }
}

/// What a hint says; `place` is where the figure of [`Hint::Equals`] stands.
pub(super) fn hint(hint: &Hint, place: &str, lang: Lang) -> String {
    let fixed = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match hint {
        Hint::Reading(code) => match lang {
            Lang::Zh => format!("本页识读有疑（{code}），请先核对原件"),
            Lang::En => format!("this page was read with doubts ({code}): look at the original first"),
        },
        Hint::OneDigit => fixed("两数只差一位数字，可能是误植", "they differ in a single digit: likely a misprint"),
        Hint::Turned => fixed("两数有相邻两位颠倒", "two neighbouring digits are turned round"),
        Hint::PointMoved(places) => match lang {
            Lang::Zh => format!("两数相差 10 的 {places} 次方倍，请核对单位或小数点"),
            Lang::En => format!("one is the other times 10 to the {places}: check the unit or the point"),
        },
        Hint::Equals(_) => match lang {
            Lang::Zh => format!("差额正好是{place}：可能漏计或重复计入"),
            Lang::En => format!("the difference is exactly {place}: left out, or counted twice"),
        },
        Hint::PartsLess => fixed(
            "各行加起来不足：可能缺行，或有不公开的项目",
            "the rows are less than the total: one is missing, or kept from publication",
        ),
        Hint::PartsMore => fixed(
            "各行加起来超出：可能重复列了行，或合计未随之更新",
            "the rows are more than the total: one counts twice, or the total was not brought up to date",
        ),
        Hint::StaleText => fixed("文字可能沿用了旧稿的数", "the text may still hold the figure of an earlier draft"),
        Hint::OthersConfirmed => fixed(
            "其余各数另有平衡关系印证，问题多半就在这里",
            "the other figures are borne out by further sums, so the fault is most likely here",
        ),
    }
}

/// The name of a level of trust.
pub(super) fn trust(trust: Trust, lang: Lang) -> &'static str {
    match (trust, lang) {
        (Trust::Corroborated, Lang::Zh) => "双重印证",
        (Trust::Confirmed, Lang::Zh) => "已印证",
        (Trust::Rounded, Lang::Zh) => "仅在舍入范围内相符",
        (Trust::Unchecked, Lang::Zh) => "无从核对",
        (Trust::Contradicted, Lang::Zh) => "矛盾",
        (trust, Lang::En) => trust.name(),
    }
}

/// The name of a unit.
pub(super) fn unit(unit: Unit, lang: Lang) -> &'static str {
    match (unit, lang) {
        (Unit::Yuan, Lang::Zh) => "元",
        (Unit::ThousandYuan, Lang::Zh) => "千元",
        (Unit::TenThousandYuan, Lang::Zh) => "万元",
        (Unit::HundredMillionYuan, Lang::Zh) => "亿元",
        (Unit::Yuan, Lang::En) => "yuan",
        (Unit::ThousandYuan, Lang::En) => "thousand yuan",
        (Unit::TenThousandYuan, Lang::En) => "x10,000 yuan",
        (Unit::HundredMillionYuan, Lang::En) => "x100 million yuan",
    }
}

/// A line of a form by its key.
pub(super) fn form_line(key: &str, lang: Lang) -> String {
    let line = match key {
        "annual/total" => "年度资金总额",
        "annual/central" => "年度资金·中央",
        "annual/provincial" => "年度资金·省级",
        "annual/local" => "年度资金·市县",
        "annual/self_raised" => "年度资金·自筹",
        "annual/other" => "年度资金·其他",
        "period/total" => "实施期资金总额",
        "period/central" => "实施期资金·中央",
        "period/provincial" => "实施期资金·省级",
        "period/local" => "实施期资金·市县",
        "period/self_raised" => "实施期资金·自筹",
        "period/other" => "实施期资金·其他",
        "fiscal_funds_period" => "实施期财政资金",
        "fiscal_appropriation_annual" => "年度财政拨款",
        "carryover_annual" => "上年结转",
        "fiscal_basic_annual" => "财政拨款·基本支出",
        "fiscal_project_annual" => "财政拨款·项目支出",
        "other_basic_annual" => "其他资金·基本支出",
        "other_project_annual" => "其他资金·项目支出",
        other => other,
    };
    match lang {
        Lang::Zh => line.to_owned(),
        Lang::En => key.to_owned(),
    }
}
