//! What a column of money measures, whose money it is and of which year: told by the words of its header path.

use crate::names::names;

/// What a column measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Measure {
    /// 合计, 小计, 总计
    Total,
    /// 基本支出
    Basic,
    /// 项目支出
    Project,
    /// 人员经费
    Personnel,
    /// 公用经费
    Operating,
    /// 预算数
    Budget,
    /// 决算数
    Actual,
    /// 上年执行数
    PriorYear,
    /// 年初结转
    Opening,
    /// 年末结转
    Closing,
    /// 增减额
    Change,
    /// 增减%
    ChangePercent,
}

names!(Measure {
    Total = "total",
    Basic = "basic",
    Project = "project",
    Personnel = "personnel",
    Operating = "operating",
    Budget = "budget",
    Actual = "actual",
    PriorYear = "prior_year",
    Opening = "opening",
    Closing = "closing",
    Change = "change",
    ChangePercent = "change_percent",
});

impl Measure {
    /// What one header cell says, the first that fits: 预算数比执行数增减额 is a change, not a budget.
    const WORDS: [(Self, &'static [&'static str]); 11] = [
        (Self::ChangePercent, &["%", "％", "增减率", "增长率", "变动率", "比例"]),
        (Self::Change, &["增减", "增加额", "变动额"]),
        (Self::Opening, &["年初", "期初"]),
        (Self::Closing, &["年末", "期末", "结转下年"]),
        (Self::Personnel, &["人员经费", "人员支出"]),
        (Self::Operating, &["公用经费", "公用支出"]),
        (Self::Basic, &["基本支出"]),
        (Self::Project, &["项目支出"]),
        (Self::PriorYear, &["执行数", "上年决算", "上年预算", "上年数"]),
        (Self::Actual, &["决算"]),
        (Self::Budget, &["预算"]),
    ];

    fn of_cell(cell: &str) -> Option<Self> {
        let (measure, _) = Self::WORDS.iter().find(|(_, words)| words.iter().any(|word| cell.contains(word)))?;
        // 一般公共预算 names money, not a figure that was budgeted.
        (*measure != Self::Budget || !names_money(cell)).then_some(*measure)
    }

    /// What a column measures by its path; `paths` are those of its whole table.
    pub fn of(path: &[String], paths: &[&[String]]) -> Option<Self> {
        let (leaf, above) = path.split_last()?;
        if !is_total(leaf) {
            return path.iter().rev().find_map(|cell| Self::of_cell(cell));
        }
        match above.iter().rev().find_map(|cell| Self::of_cell(cell)) {
            // 2025年预算数/合计 is the total of its neighbours, unless another column holds what came of the budget.
            Some(Self::Budget) if !tells_outcome(paths) => Some(Self::Total),
            Some(measure) => Some(measure),
            None => Some(Self::Total),
        }
    }
}

/// Whether a table sets figures of another time beside the budget.
fn tells_outcome(paths: &[&[String]]) -> bool {
    paths.iter().any(|path| {
        path.iter().any(|cell| matches!(Measure::of_cell(cell), Some(Measure::Actual | Measure::PriorYear)))
    })
}

/// Whether a header cell names money by the budget that it belongs to.
fn names_money(cell: &str) -> bool {
    ["一般公共预算", "政府性基金", "国有资本", "财政专户"].iter().any(|word| cell.contains(word))
}

/// Whether a leaf stands for the sum of its neighbours.
fn is_total(leaf: &str) -> bool {
    ["合计", "小计", "总计", "总额"].iter().any(|word| leaf.ends_with(word))
}

/// The source of a column's money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fund {
    /// All sources that the table names together.
    All,
    /// 财政拨款: the three budgets of the treasury together; of facts only.
    Fiscal,
    /// 一般公共预算
    GeneralPublicBudget,
    /// 政府性基金预算
    GovernmentFund,
    /// 国有资本经营预算
    StateCapital,
    /// 财政专户管理资金
    SpecialAccount,
    /// 单位资金: 事业收入, 经营收入, 上级补助收入, 附属单位上缴收入, 其他收入
    Unit,
    /// 其他资金
    Other,
}

names!(Fund {
    All = "all",
    Fiscal = "fiscal",
    GeneralPublicBudget = "general_public_budget",
    GovernmentFund = "government_fund",
    StateCapital = "state_capital",
    SpecialAccount = "special_account",
    Unit = "unit",
    Other = "other",
});

/// The year that a column's money was granted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum YearPart {
    /// 本年
    Current,
    /// 上年结转
    CarryOver,
    /// Both together.
    All,
}

names!(YearPart {
    Current = "current",
    CarryOver = "carry_over",
    All = "all",
});

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Vec<String> {
        text.split('/').map(str::to_owned).collect()
    }

    fn measure(text: &str, others: &[&str]) -> Option<&'static str> {
        let (own, others): (_, Vec<_>) = (path(text), others.iter().map(|o| path(o)).collect());
        let paths: Vec<_> = others.iter().map(Vec::as_slice).chain([own.as_slice()]).collect();
        Measure::of(&own, &paths).map(Measure::name)
    }

    #[test]
    fn the_leaf_decides_before_what_stands_above_it() {
        assert_eq!(measure("2031年预算数/项目支出", &[]), Some("project"));
        assert_eq!(measure("基本支出/人员经费", &[]), Some("personnel"));
        assert_eq!(measure("2031年预算数比2030年执行数/增减%", &[]), Some("change_percent"));
    }

    #[test]
    fn a_total_below_a_named_column_measures_what_that_one_does() {
        assert_eq!(measure("基本支出/小计", &[]), Some("basic"));
        assert_eq!(measure("2031年预算数/合计", &[]), Some("total"));
        assert_eq!(measure("预算数/合计", &["决算数/合计"]), Some("budget"));
    }

    #[test]
    fn the_name_of_a_fund_is_no_budgeted_figure() {
        assert_eq!(measure("支出/一般公共预算", &[]), None);
    }
}
