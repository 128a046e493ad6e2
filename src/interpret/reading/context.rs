//! What a statement settles for all its figures: by its kind, its title, and the report that it stands in.

use crate::interpret::{Disclosure, Statement};
use crate::terms::measure::{Fund, YearPart};
use crate::terms::saying::{self, Saying};
use crate::terms::subject::{Flow, Nature, Stage};
use crate::terms::{ReportKind, StatementKind};

/// What a statement says of all its figures.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    /// Which official table.
    pub(crate) kind: StatementKind,
    /// The report's year.
    pub(crate) year: Option<i32>,
    /// What figures are where nothing says otherwise: 决算 in final accounts, 预算 in budgets.
    pub(crate) stage: Stage,
    /// In or out; `None` where the table has both sides, or says neither.
    pub(crate) flow: Option<Flow>,
    /// Whose money, where the columns leave it open.
    pub(crate) fund: Option<Fund>,
    /// Which expenditure, where the columns leave it open.
    pub(crate) nature: Option<Nature>,
    /// Of which year's grant, where the title says so: 不含上年结转.
    pub(crate) year_part: Option<YearPart>,
    /// The title says that the table lists the costs of running the agency.
    pub(crate) operating_cost: bool,
    /// The title names purchases.
    pub(crate) procurement: bool,
    /// Nothing says what the table lists.
    pub(crate) other: bool,
}

/// Reads the context of a statement.
pub(super) fn context(disclosure: &Disclosure, statement: &Statement) -> Context {
    use StatementKind as K;
    let title = statement.title.as_deref().unwrap_or_default();
    let (sayings, _) = saying::read(title);
    let fund = sayings.iter().find_map(|saying| match saying {
        Saying::Fund(fund, _) => Some(*fund),
        _ => None,
    });
    let nature = sayings.iter().find_map(|saying| match saying {
        Saying::Nature(nature) => Some(*nature),
        _ => None,
    });
    let names = |flow: Flow| sayings.contains(&Saying::Flow(flow));
    let both = title.contains("收支") || names(Flow::Revenue) && names(Flow::Expenditure);
    let flow = match statement.kind {
        K::RevenueExpenditureSummary | K::FiscalAppropriationSummary => None,
        K::RevenueSummary | K::GovernmentFundRevenue => Some(Flow::Revenue),
        K::ExpenditureSummary
        | K::GeneralPublicBudgetExpenditure
        | K::GeneralPublicBudgetBasicExpenditure
        | K::ThreePublicExpenses
        | K::AgencyOperatingExpenses
        | K::ProjectExpenditure
        | K::GovernmentProcurement
        | K::PerformanceTarget => Some(Flow::Expenditure),
        _ if both => None,
        _ if names(Flow::Revenue) => Some(Flow::Revenue),
        _ if names(Flow::Expenditure) || nature.is_some() => Some(Flow::Expenditure),
        _ => None,
    };
    let fund = fund.or(match statement.kind {
        K::GovernmentFundExpenditure | K::GovernmentFundRevenue => Some(Fund::GovernmentFund),
        K::StateCapitalBudget => Some(Fund::StateCapital),
        K::GeneralPublicBudgetExpenditure | K::GeneralPublicBudgetBasicExpenditure => Some(Fund::GeneralPublicBudget),
        K::FiscalAppropriationSummary => Some(Fund::Fiscal),
        _ => None,
    });
    let nature = nature.or(match statement.kind {
        K::ProjectExpenditure => Some(Nature::Project),
        // 部门整体支出绩效目标表 is of everything.
        K::PerformanceTarget if !title.contains("整体") => Some(Nature::Project),
        _ => None,
    });
    let plain: String = title.chars().filter(|ch| !ch.is_whitespace()).collect();
    let says = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    let year_part = if says(&["不含上年结转", "不含结转", "（本年预算）", "(本年预算)"]) {
        Some(YearPart::Current)
    } else if says(&["（上年结转）", "(上年结转)"]) {
        Some(YearPart::CarryOver)
    } else {
        None
    };
    let listed = statement.kind != K::Other || flow.is_some() || both;
    Context {
        kind: statement.kind,
        year: disclosure.filing.fiscal_year,
        stage: match disclosure.filing.kind {
            ReportKind::FinalAccounts => Stage::Actual,
            _ => Stage::Budget,
        },
        flow,
        fund,
        nature,
        year_part,
        operating_cost: statement.kind == K::AgencyOperatingExpenses,
        procurement: statement.kind == K::GovernmentProcurement,
        other: !listed || title.contains("购买服务") && !title.contains("政府采购"),
    }
}
