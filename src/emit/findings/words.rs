//! The words of findings in Chinese and English, side by side so that neither is forgotten; those of rules are the rules' own.

use super::Hint;
use crate::lang::Lang;
use crate::reconcile::{Gap, Trust};
use crate::terms::Unit;

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
