//! Words of titles, headers, labels and sentences that tell what a figure is: its money, nature, item, stage and year.

use super::compatibility::nfkc;
use super::measure::{Fund, YearPart};
use super::subject::{Flow, Item, Nature, Stage};

/// What one word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saying {
    /// Whose money, and of which source of revenue.
    Fund(Fund, Option<Item>),
    /// A source of revenue, or another official item.
    Item(Item),
    /// Which expenditure.
    Nature(Nature),
    /// How far the money has come.
    Stage(Stage),
    /// Of which year's grant.
    Part(YearPart),
    /// Of this fiscal year.
    Year(i32),
    /// Of the year before.
    LastYear,
    /// Revenue or expenditure.
    Flow(Flow),
    /// The sum of its neighbours.
    Total,
    /// “三公”经费
    ThreePublic,
    /// 机关运行经费
    OperatingCost,
    /// 政府采购
    Procurement,
    /// The difference of two figures.
    Change,
    /// A share or a rate.
    Percent,
    /// What is left at a point of time.
    Balance,
    /// Something that no fact is made of.
    Strange,
}

use Saying as S;

/// Words with what they say; where several fit at one place the longest counts.
const WORDS: &[(&str, Saying)] = &[
    ("一般公共预算", S::Fund(Fund::GeneralPublicBudget, Some(Item::GeneralPublicBudget))),
    ("公共财政预算", S::Fund(Fund::GeneralPublicBudget, Some(Item::GeneralPublicBudget))),
    ("公共预算拨款", S::Fund(Fund::GeneralPublicBudget, Some(Item::GeneralPublicBudget))),
    ("政府性基金预算", S::Fund(Fund::GovernmentFund, Some(Item::GovernmentFund))),
    ("政府性基金", S::Fund(Fund::GovernmentFund, Some(Item::GovernmentFund))),
    ("基金预算", S::Fund(Fund::GovernmentFund, Some(Item::GovernmentFund))),
    ("国有资本经营预算", S::Fund(Fund::StateCapital, Some(Item::StateCapital))),
    ("国有资本经营", S::Fund(Fund::StateCapital, Some(Item::StateCapital))),
    ("国有资本预算", S::Fund(Fund::StateCapital, Some(Item::StateCapital))),
    ("财政专户管理", S::Fund(Fund::SpecialAccount, Some(Item::SpecialAccount))),
    ("财政专户", S::Fund(Fund::SpecialAccount, Some(Item::SpecialAccount))),
    ("财政拨款", S::Fund(Fund::Fiscal, None)),
    ("财政资金", S::Fund(Fund::Fiscal, None)),
    ("预算拨款", S::Fund(Fund::Fiscal, None)),
    ("单位资金", S::Fund(Fund::Unit, None)),
    ("其他资金", S::Fund(Fund::Other, None)),
    ("非财政拨款", S::Strange),
    ("一般公共预算财政拨款", S::Fund(Fund::GeneralPublicBudget, Some(Item::GeneralPublicBudget))),
    ("政府性基金预算财政拨款", S::Fund(Fund::GovernmentFund, Some(Item::GovernmentFund))),
    ("国有资本经营预算财政拨款", S::Fund(Fund::StateCapital, Some(Item::StateCapital))),
    ("国有资本经营财政拨款", S::Fund(Fund::StateCapital, Some(Item::StateCapital))),
    ("经营收入", S::Item(Item::OperatingIncome)),
    ("事业单位经营收入", S::Item(Item::OperatingIncome)),
    ("事业收入", S::Item(Item::BusinessIncome)),
    ("上级补助收入", S::Item(Item::SuperiorSubsidy)),
    ("附属单位上缴收入", S::Item(Item::AffiliatedPayment)),
    ("对附属单位上缴收入", S::Item(Item::AffiliatedPayment)),
    ("其他收入", S::Item(Item::Other)),
    ("使用非财政拨款结余", S::Item(Item::UseOfSurplus)),
    ("动用非财政拨款结余", S::Item(Item::UseOfSurplus)),
    ("用事业基金弥补收支差额", S::Item(Item::UseOfSurplus)),
    ("基本支出", S::Nature(Nature::Basic)),
    ("人员经费和公用经费", S::Nature(Nature::Basic)),
    ("人员经费和公用经费支出", S::Nature(Nature::Basic)),
    ("项目支出", S::Nature(Nature::Project)),
    ("专项业务经费", S::Nature(Nature::Project)),
    ("人员经费", S::Nature(Nature::Personnel)),
    ("人员支出", S::Nature(Nature::Personnel)),
    ("人员类", S::Nature(Nature::Personnel)),
    ("日常公用", S::Nature(Nature::Operating)),
    ("公用经费", S::Nature(Nature::Operating)),
    ("公用支出", S::Nature(Nature::Operating)),
    ("公用类", S::Nature(Nature::Operating)),
    ("预算", S::Stage(Stage::Budget)),
    ("年初预算", S::Stage(Stage::Budget)),
    ("全年预算", S::Stage(Stage::AdjustedBudget)),
    ("调整预算", S::Stage(Stage::AdjustedBudget)),
    ("调整后预算", S::Stage(Stage::AdjustedBudget)),
    ("决算", S::Stage(Stage::Actual)),
    ("执行", S::Stage(Stage::Actual)),
    ("预算执行", S::Stage(Stage::Actual)),
    ("预计执行", S::Stage(Stage::Estimate)),
    ("上年结转", S::Part(YearPart::CarryOver)),
    ("上年结余", S::Part(YearPart::CarryOver)),
    ("上年结转结余", S::Part(YearPart::CarryOver)),
    ("上年结转和结余", S::Part(YearPart::CarryOver)),
    ("上年结余、结转", S::Part(YearPart::CarryOver)),
    ("上年结余结转", S::Part(YearPart::CarryOver)),
    ("结转", S::Part(YearPart::CarryOver)),
    ("结余", S::Part(YearPart::CarryOver)),
    ("本年", S::Part(YearPart::Current)),
    ("当年", S::Part(YearPart::Current)),
    ("上年", S::LastYear),
    ("上年度", S::LastYear),
    ("收入", S::Flow(Flow::Revenue)),
    ("支出", S::Flow(Flow::Expenditure)),
    ("合计", S::Total),
    ("小计", S::Total),
    ("总计", S::Total),
    ("总额", S::Total),
    ("总数", S::Total),
    ("共计", S::Total),
    ("“三公”经费", S::ThreePublic),
    ("三公", S::ThreePublic),
    ("机关运行经费", S::OperatingCost),
    ("机关运行费", S::OperatingCost),
    ("政府采购", S::Procurement),
    ("因公出国", S::Item(Item::Abroad)),
    ("出国(境)", S::Item(Item::Abroad)),
    ("公务接待", S::Item(Item::Reception)),
    ("公务用车购置及运行", S::Item(Item::Vehicle)),
    ("公务用车购置和运行", S::Item(Item::Vehicle)),
    ("公务用车购置", S::Item(Item::VehiclePurchase)),
    ("公务用车运行", S::Item(Item::VehicleRunning)),
    ("购置及运行", S::Item(Item::Vehicle)),
    ("车辆购置", S::Item(Item::VehiclePurchase)),
    ("车辆运行", S::Item(Item::VehicleRunning)),
    ("购置费", S::Item(Item::VehiclePurchase)),
    ("运行费", S::Item(Item::VehicleRunning)),
    ("运行维护费", S::Item(Item::VehicleRunning)),
    ("公务用车", S::Item(Item::Vehicle)),
    ("会议费", S::Item(Item::Meeting)),
    ("培训费", S::Item(Item::Training)),
    ("货物", S::Item(Item::Goods)),
    ("工程", S::Item(Item::Works)),
    ("服务", S::Item(Item::Services)),
    ("增减", S::Change),
    ("增加", S::Change),
    ("减少", S::Change),
    ("变动", S::Change),
    ("变化", S::Change),
    ("差额", S::Change),
    ("比上年", S::Change),
    ("%", S::Percent),
    ("占比", S::Percent),
    ("比例", S::Percent),
    ("比重", S::Percent),
    ("增长率", S::Percent),
    ("年初", S::Balance),
    ("年初结转", S::Balance),
    ("年初结转和结余", S::Balance),
    ("年初结余", S::Balance),
    ("年末", S::Balance),
    ("年终", S::Balance),
    ("期初", S::Balance),
    ("期末", S::Balance),
    ("结转下年", S::Balance),
    ("结转至下年", S::Balance),
    ("数量", S::Strange),
    ("人数", S::Strange),
    ("上缴上级", S::Strange),
    ("经营支出", S::Strange),
    ("事业单位经营支出", S::Strange),
    ("对附属单位补助", S::Strange),
    ("专项资金", S::Strange),
];

/// Parts of headers that change nothing of what they say.
const NEUTRAL: &[&str] = &[
    // Whose budget it is, not a figure that was budgeted.
    "部门预算",
    "预算单位",
    "政府预算",
    // Of sentences.
    "本部门",
    "本单位",
    "共计",
    "共有",
    "共",
    "为",
    "计划",
    "总",
    "其中",
    "年度",
    "维护",
    "费用",
    "经费",
    "资金",
    "拨款",
    "金额",
    "数额",
    "情况",
    "安排",
    "用于",
    "方式",
    "部门",
    "单位",
    "综合",
    "通过",
    "和",
    "及",
    "的",
    "数",
    "额",
    "费",
    "款",
    "年",
    "元",
    "万",
    "项目",
    "境",
    "教育收费",
];

/// Every word that says something, or changes nothing of what others say.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|(word, _)| *word).chain(NEUTRAL.iter().copied())
}

/// What a text says, word by word, with whether every word of it was understood.
///
/// Brackets are left out but for 因公出国（境）, and so are enumerators' signs and white space.
pub fn read(text: &str) -> (Vec<Saying>, bool) {
    let plain: String = nfkc(text).chars().filter(|ch| !ch.is_whitespace()).collect();
    let plain = without_brackets(&plain);
    let mut sayings = Vec::new();
    let mut understood = true;
    let mut rest = plain.as_str();
    while let Some(first) = rest.chars().next() {
        if let Some((year, tail)) = year(rest) {
            sayings.push(S::Year(year));
            rest = tail;
            continue;
        }
        let word = WORDS.iter().filter(|(word, _)| rest.starts_with(word)).max_by_key(|(word, _)| word.len());
        let neutral = NEUTRAL.iter().find(|word| rest.starts_with(**word));
        if let Some((word, saying)) = word.filter(|(word, _)| neutral.is_none_or(|other| other.len() <= word.len())) {
            sayings.push(*saying);
            rest = rest.get(word.len()..).unwrap_or_default();
        } else if let Some(word) = neutral {
            rest = rest.get(word.len()..).unwrap_or_default();
        } else {
            understood &= !first.is_alphanumeric();
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    (sayings, understood)
}

/// Whether a text names one of the expenses that are never divided further.
pub(super) fn is_undivided(text: &str) -> bool {
    let (sayings, understood) = read(text);
    let is_one = |saying: &Saying| {
        matches!(
            saying,
            S::Item(
                Item::Abroad
                    | Item::Reception
                    | Item::VehiclePurchase
                    | Item::VehicleRunning
                    | Item::Meeting
                    | Item::Training
            )
        )
    };
    understood && matches!(sayings.as_slice(), [saying] if is_one(saying))
}

/// Whether a text says of which year figures are, or that they are the change from year to year, and nothing else: 2031年,
/// 上年, 本年预算数, 增减变化情况.
pub fn is_period(text: &str) -> bool {
    let (sayings, understood) = read(text);
    let of_time = |saying: &Saying| matches!(saying, S::Year(_) | S::LastYear | S::Part(YearPart::Current) | S::Change);
    let all = sayings.iter().all(|saying| of_time(saying) || matches!(saying, S::Stage(_)));
    understood && all && sayings.iter().any(of_time)
}

/// A fiscal year at the beginning of a text: 2031年, 2031年度.
fn year(text: &str) -> Option<(i32, &str)> {
    let digits = text.get(..4).filter(|digits| digits.starts_with("20"))?;
    let year = digits.parse().ok()?;
    let rest = text.get(4..)?.strip_prefix('年')?;
    Some((year, rest.strip_prefix('度').unwrap_or(rest)))
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    let mut result = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 => result.push(ch),
            _ => {}
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_counts() {
        assert_eq!(read("公务用车购置及运行维护费").0, [S::Item(Item::Vehicle)]);
        assert_eq!(
            read("2031年一般公共预算支出预算数").0[..2],
            [S::Year(2031), S::Fund(Fund::GeneralPublicBudget, Some(Item::GeneralPublicBudget))]
        );
        assert_eq!(read("上年执行数").0, [S::LastYear, S::Stage(Stage::Actual)]);
    }

    #[test]
    fn a_word_that_is_not_known_is_told() {
        assert!(read("基本支出/小计").1);
        assert!(!read("扣除基建项目后预算数").1);
        assert!(!read("其中：预留给中小企业的项目资金规模").1);
    }

    #[test]
    fn a_period_says_when_and_nothing_else() {
        assert!(["2031年", "上年", "本年预算数", "增减变化情况"].into_iter().all(is_period));
        assert!(["2031年公务接待费", "预算数", "合计", "2031年某某"].into_iter().all(|text| !is_period(text)));
    }
}
