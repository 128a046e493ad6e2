//! Official Chinese terms, once, as data: kinds of statements, units, labels of forms.

pub(crate) mod class;
pub mod column;
pub mod compatibility;
pub mod contact;
pub mod department;
pub(crate) mod economic;
pub mod enumerator;
pub mod form;
pub mod function;
pub mod header;
pub mod header_traits;
pub mod indicator;
pub mod measure;
pub mod saying;
pub mod statement;
pub mod subject;
pub mod within;
pub mod year;

use crate::names::names;

/// Budget or final accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportKind {
    /// 部门预算
    Budget,
    /// 部门决算
    FinalAccounts,
    /// Not told.
    #[default]
    Unknown,
}

names!(ReportKind {
    Budget = "budget",
    FinalAccounts = "final_accounts",
    Unknown = "unknown",
});

/// The official tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum StatementKind {
    /// 收支总表
    RevenueExpenditureSummary,
    /// 收入总表
    RevenueSummary,
    /// 支出总表
    ExpenditureSummary,
    /// 财政拨款收支总表
    FiscalAppropriationSummary,
    /// 一般公共预算支出表
    GeneralPublicBudgetExpenditure,
    /// 一般公共预算基本支出表
    GeneralPublicBudgetBasicExpenditure,
    /// 政府性基金预算收入表
    GovernmentFundRevenue,
    /// 政府性基金预算支出表
    GovernmentFundExpenditure,
    /// 国有资本经营预算表
    StateCapitalBudget,
    /// “三公”经费表
    ThreePublicExpenses,
    /// 机关运行经费表
    AgencyOperatingExpenses,
    /// 项目支出表
    ProjectExpenditure,
    /// 政府采购表
    GovernmentProcurement,
    /// 绩效目标表 of many projects
    PerformanceTarget,
    /// Anything else.
    Other,
}

names!(StatementKind {
    RevenueExpenditureSummary = "revenue_expenditure_summary",
    RevenueSummary = "revenue_summary",
    ExpenditureSummary = "expenditure_summary",
    FiscalAppropriationSummary = "fiscal_appropriation_summary",
    GeneralPublicBudgetExpenditure = "general_public_budget_expenditure",
    GeneralPublicBudgetBasicExpenditure = "general_public_budget_basic_expenditure",
    GovernmentFundRevenue = "government_fund_revenue",
    GovernmentFundExpenditure = "government_fund_expenditure",
    StateCapitalBudget = "state_capital_budget",
    ThreePublicExpenses = "three_public_expenses",
    AgencyOperatingExpenses = "agency_operating_expenses",
    ProjectExpenditure = "project_expenditure",
    GovernmentProcurement = "government_procurement",
    PerformanceTarget = "performance_target",
    Other = "other",
});

/// A unit of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 元
    Yuan,
    /// 千元
    ThousandYuan,
    /// 万元
    TenThousandYuan,
    /// 亿元
    HundredMillionYuan,
}

impl Unit {
    /// The unit that a bare word names.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "元" | "人民币元" => Some(Self::Yuan),
            "千元" => Some(Self::ThousandYuan),
            "万元" | "人民币万元" | "万" => Some(Self::TenThousandYuan),
            "亿元" => Some(Self::HundredMillionYuan),
            _ => None,
        }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::ThousandYuan => "千元",
            Self::TenThousandYuan => "万元",
            Self::HundredMillionYuan => "亿元",
        }
    }

    /// How many yuan one is.
    pub fn in_yuan(self) -> i64 {
        match self {
            Self::Yuan => 1,
            Self::ThousandYuan => 1_000,
            Self::TenThousandYuan => 10_000,
            Self::HundredMillionYuan => 100_000_000,
        }
    }
}
