//! Official Chinese terms, once, as data: kinds of statements, units, labels of forms.

pub(crate) mod class;
pub mod column;
pub mod compatibility;
pub mod contact;
pub mod department;
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
pub mod year;

/// Budget or final accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReportKind {
    /// 部门预算
    Budget,
    /// 部门决算
    FinalAccounts,
    /// Not told.
    #[default]
    Unknown,
}

/// The official tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

impl StatementKind {
    /// The stable name that is published.
    pub fn name(self) -> &'static str {
        match self {
            Self::RevenueExpenditureSummary => "revenue_expenditure_summary",
            Self::RevenueSummary => "revenue_summary",
            Self::ExpenditureSummary => "expenditure_summary",
            Self::FiscalAppropriationSummary => "fiscal_appropriation_summary",
            Self::GeneralPublicBudgetExpenditure => "general_public_budget_expenditure",
            Self::GeneralPublicBudgetBasicExpenditure => "general_public_budget_basic_expenditure",
            Self::GovernmentFundRevenue => "government_fund_revenue",
            Self::GovernmentFundExpenditure => "government_fund_expenditure",
            Self::StateCapitalBudget => "state_capital_budget",
            Self::ThreePublicExpenses => "three_public_expenses",
            Self::AgencyOperatingExpenses => "agency_operating_expenses",
            Self::ProjectExpenditure => "project_expenditure",
            Self::GovernmentProcurement => "government_procurement",
            Self::PerformanceTarget => "performance_target",
            Self::Other => "other",
        }
    }

    /// The kind that is published under a name.
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::RevenueExpenditureSummary,
            Self::RevenueSummary,
            Self::ExpenditureSummary,
            Self::FiscalAppropriationSummary,
            Self::GeneralPublicBudgetExpenditure,
            Self::GeneralPublicBudgetBasicExpenditure,
            Self::GovernmentFundRevenue,
            Self::GovernmentFundExpenditure,
            Self::StateCapitalBudget,
            Self::ThreePublicExpenses,
            Self::AgencyOperatingExpenses,
            Self::ProjectExpenditure,
            Self::GovernmentProcurement,
            Self::PerformanceTarget,
            Self::Other,
        ]
        .into_iter()
        .find(|kind| kind.name() == name)
    }
}

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
