//! What a figure is: its flow, nature, stage and item, as official tables tell them apart.

use crate::names::names;

/// Money that comes in or goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flow {
    /// 收入
    Revenue,
    /// 支出
    Expenditure,
}

/// Which expenditure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nature {
    /// All of it.
    All,
    /// 基本支出
    Basic,
    /// 项目支出
    Project,
    /// 人员经费, a part of basic expenditure
    Personnel,
    /// 公用经费, a part of basic expenditure
    Operating,
}

/// How far the money has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// 预算数, 年初预算
    Budget,
    /// 调整预算数, 全年预算数
    AdjustedBudget,
    /// 决算数, 执行数
    Actual,
    /// 预计执行数
    Estimate,
}

/// What a figure of a list with its own official items is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Item {
    /// All items of the list together.
    Total,
    /// 因公出国（境）
    Abroad,
    /// 公务用车购置及运行
    Vehicle,
    /// 公务用车购置
    VehiclePurchase,
    /// 公务用车运行维护
    VehicleRunning,
    /// 公务接待
    Reception,
    /// 会议费
    Meeting,
    /// 培训费
    Training,
    /// 一般公共预算
    GeneralPublicBudget,
    /// 政府性基金
    GovernmentFund,
    /// 国有资本经营
    StateCapital,
    /// 财政专户
    SpecialAccount,
    /// 经营收入
    OperatingIncome,
    /// 上级补助收入
    SuperiorSubsidy,
    /// 附属单位上缴收入
    AffiliatedPayment,
    /// 事业收入
    BusinessIncome,
    /// 其他收入
    Other,
    /// 上年结转
    CarryOver,
    /// 使用非财政拨款结余
    UseOfSurplus,
    /// 货物
    Goods,
    /// 工程
    Works,
    /// 服务
    Services,
}

names!(Flow {
    Revenue = "revenue",
    Expenditure = "expenditure",
});

names!(Nature {
    All = "all",
    Basic = "basic",
    Project = "project",
    Personnel = "personnel",
    Operating = "operating",
});

names!(Stage {
    Budget = "budget",
    AdjustedBudget = "adjusted_budget",
    Actual = "actual",
    Estimate = "estimate",
});

names!(Item {
    Total = "total",
    Abroad = "abroad",
    Vehicle = "vehicle",
    VehiclePurchase = "vehicle_purchase",
    VehicleRunning = "vehicle_running",
    Reception = "reception",
    Meeting = "meeting",
    Training = "training",
    GeneralPublicBudget = "general_public_budget",
    GovernmentFund = "government_fund",
    StateCapital = "state_capital",
    SpecialAccount = "special_account",
    OperatingIncome = "operating_income",
    SuperiorSubsidy = "superior_subsidy",
    AffiliatedPayment = "affiliated_payment",
    BusinessIncome = "business_income",
    Other = "other",
    CarryOver = "carry_over",
    UseOfSurplus = "use_of_surplus",
    Goods = "goods",
    Works = "works",
    Services = "services",
});

impl Item {
    /// Whether it is one of 三公 and what stands beside it, not a source or a class of purchases.
    pub fn is_three_public(self) -> bool {
        use Item as I;
        matches!(
            self,
            I::Abroad | I::Vehicle | I::VehiclePurchase | I::VehicleRunning | I::Reception | I::Meeting | I::Training
        )
    }

    /// Whether it is a class of purchases.
    pub fn is_procurement(self) -> bool {
        matches!(self, Self::Goods | Self::Works | Self::Services)
    }

    /// Whether it is a source of revenue.
    pub fn is_source(self) -> bool {
        self != Self::Total && !self.is_three_public() && !self.is_procurement()
    }
}

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Subject {
    /// The flow's grand total.
    Total,
    /// A 类, 款 or 项 of 支出功能分类.
    Function,
    /// A class of 支出经济分类.
    Economic,
    /// A part that several classifications name together: function by economic class, one economic system by the other;
    /// or one of several rows that a table prints under one name.
    Cross,
    /// A revenue by where it comes from.
    Source,
    /// A project.
    Project,
    /// A subordinate unit.
    Unit,
    /// 三公 and what stands beside it.
    ThreePublic,
    /// 政府采购
    Procurement,
    /// 机关运行经费
    OperatingCost,
}

names!(Subject {
    Total = "total",
    Function = "function",
    Economic = "economic",
    Cross = "cross",
    Source = "source",
    Project = "project",
    Unit = "unit",
    ThreePublic = "three_public",
    Procurement = "procurement",
    OperatingCost = "operating_cost",
});

/// Whose classification an economic code belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EconomicSystem {
    /// 部门预算支出经济分类: 301, 30101.
    Department,
    /// 政府预算支出经济分类: 501, 50101.
    Government,
}

names!(EconomicSystem {
    Department = "department",
    Government = "government",
});
