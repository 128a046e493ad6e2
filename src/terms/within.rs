//! What money has within it by definition, and what it never has: basic expenditure is that for people and operation,
//! 财政拨款 is money of the three budgets, and the sum of all is no selection of it.

use super::header::{HeaderWord, is_selection, is_subtotal};
use super::header_traits::HeaderTraits;
use super::measure::{Fund, YearPart};
use super::saying::{Saying, read};
use super::subject::{Item, Nature};

/// What a cell of a header means for those above and below it.
#[derive(Clone, Debug)]
pub struct Meaning {
    sayings: Vec<Saying>,
    traits: HeaderTraits,
    /// 其中, and nothing of what.
    is_selection: bool,
    is_subtotal: bool,
}

impl Meaning {
    /// What a cell of this text means.
    pub fn of(text: &str) -> Self {
        Self {
            sayings: read(text).0,
            traits: HeaderTraits::of(text),
            is_selection: is_selection(text),
            is_subtotal: is_subtotal(text),
        }
    }

    fn says(&self, saying: Saying) -> bool {
        self.sayings.contains(&saying)
    }

    fn is_of(&self, items: &[Item]) -> bool {
        self.sayings.iter().any(|saying| matches!(saying, Saying::Item(item) if items.contains(item)))
    }

    /// A sum of its neighbours.
    pub fn is_total(&self) -> bool {
        self.traits.word == Some(HeaderWord::Total) || matches!(self.sayings.as_slice(), [Saying::Total])
    }

    fn is_money(&self) -> bool {
        matches!(self.traits.word, Some(HeaderWord::Amount | HeaderWord::Total))
    }

    /// The name of a column of names or codes, or of several.
    pub fn is_name(&self) -> bool {
        matches!(self.traits.word, Some(HeaderWord::Label | HeaderWord::Code))
    }

    /// The sum of a part of the table, which has a name above it.
    pub fn is_subtotal(&self) -> bool {
        self.is_subtotal
    }

    /// 基本支出, and nothing beside it.
    fn is_basic(&self) -> bool {
        self.says(Saying::Nature(Nature::Basic)) && !self.says(Saying::Nature(Nature::Project))
    }

    /// 项目支出, and nothing beside it.
    fn is_project(&self) -> bool {
        self.says(Saying::Nature(Nature::Project)) && !self.says(Saying::Nature(Nature::Basic))
    }

    fn is_part_of_basic(&self) -> bool {
        [Nature::Personnel, Nature::Operating].into_iter().any(|nature| self.says(Saying::Nature(nature)))
    }

    /// Money of one of the three budgets.
    fn is_budget(&self) -> bool {
        let is_budget = |fund| matches!(fund, Fund::GeneralPublicBudget | Fund::GovernmentFund | Fund::StateCapital);
        self.sayings.iter().any(|saying| matches!(saying, Saying::Fund(fund, _) if is_budget(*fund)))
    }

    /// 财政拨款 of this year.
    fn is_fiscal(&self) -> bool {
        self.traits.is_fiscal && !self.is_budget() && !self.says(Saying::Part(YearPart::CarryOver))
    }

    /// Money that is none of 财政拨款.
    fn is_no_budget(&self) -> bool {
        let is_other = |fund| matches!(fund, Fund::SpecialAccount | Fund::Unit | Fund::Other);
        self.sayings.iter().any(|saying| matches!(saying, Saying::Fund(fund, _) if is_other(*fund)))
            || self.is_of(&[
                Item::BusinessIncome,
                Item::OperatingIncome,
                Item::SuperiorSubsidy,
                Item::AffiliatedPayment,
                Item::UseOfSurplus,
                Item::Other,
            ])
    }

    /// Whether one stands under no cell that does not stand over both: 基本支出 and 项目支出 are all expenditure, and the three
    /// budgets all budget money.
    pub fn is_never_without(&self, other: &Self) -> bool {
        let are_uses = (self.is_basic() && other.is_project()) || (self.is_project() && other.is_basic());
        let order = |it: &Self| it.traits.source.filter(|_| it.is_budget());
        let follows = |(own, other): (usize, usize)| own + 1 == other;
        are_uses || order(self).zip(order(other)).is_some_and(follows)
    }

    /// Whether money of this name never stands under that of another.
    pub fn is_never_within(&self, over: &Self) -> bool {
        let carried = Saying::Part(YearPart::CarryOver);
        let current = Saying::Part(YearPart::Current);
        let is_other_use = (over.is_basic() && self.says(Saying::Nature(Nature::Project)))
            || (over.says(Saying::Nature(Nature::Project)) && self.is_part_of_basic());
        let is_other_year = (over.says(current) && self.says(carried)) || (over.says(carried) && self.says(current));
        let is_other_expense = over.is_of(&[Item::Vehicle])
            && (self.says(Saying::ThreePublic)
                || self.is_of(&[Item::Abroad, Item::Reception, Item::Meeting, Item::Training]));
        is_other_use
            || is_other_year
            || is_other_expense
            || (over.is_fiscal() && self.is_no_budget())
            || (over.is_selection && self.is_total())
            || (over.is_name() && self.is_money())
    }

    /// Whether money of this name stands under that of another wherever a header has both.
    pub fn is_within(&self, over: &Self) -> bool {
        (over.is_fiscal() && self.is_budget()) || self.is_only_within(over)
    }

    /// The same where it stands under nothing else beside it.
    pub fn is_only_within(&self, over: &Self) -> bool {
        (over.is_basic() && self.is_part_of_basic())
            || (over.is_of(&[Item::Vehicle]) && self.is_of(&[Item::VehiclePurchase, Item::VehicleRunning]))
            || (over.traits.is_over_changes && self.traits.is_change && !self.traits.is_over_changes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_never_within(name: &str, over: &str) -> bool {
        Meaning::of(name).is_never_within(&Meaning::of(over))
    }

    #[test]
    fn what_is_other_money_by_definition_stands_under_no_money() {
        assert!(is_never_within("项目支出", "2031年基本支出"));
        assert!(is_never_within("人员经费", "项目支出"));
        assert!(is_never_within("单位资金", "财政拨款"));
        assert!(is_never_within("上年结转", "本年收入"));
        assert!(is_never_within("公务接待费", "公务用车购置及运行费"));
        assert!(is_never_within("项目总额", "其中："));
    }

    #[test]
    fn what_forms_print_under_it_is_not_ruled_out() {
        assert!(!is_never_within("小计", "其中：政府采购项目"));
        assert!(!is_never_within("合计", "本年收入"));
        assert!(!is_never_within("上年结转", "收入"));
        assert!(!is_never_within("项目支出", "2031年预算数"));
        assert!(!is_never_within("一般公共预算", "上年结转"));
    }

    #[test]
    fn both_uses_and_neighbours_among_the_budgets_are_never_parted() {
        let is_never_without = |name: &str, other: &str| Meaning::of(name).is_never_without(&Meaning::of(other));
        assert!(is_never_without("2031年基本支出", "项目支出") && is_never_without("项目支出", "基本支出"));
        assert!(is_never_without("一般公共预算拨款", "政府性基金预算拨款"));
        assert!(is_never_without("政府性基金预算", "国有资本经营预算"));
        // Out of their order, with one left out, or of other money they may well stand under two cells.
        assert!(!is_never_without("政府性基金预算", "一般公共预算"));
        assert!(!is_never_without("一般公共预算", "国有资本经营预算"));
        assert!(!is_never_without("基本支出", "人员经费") && !is_never_without("一般公共预算", "单位资金"));
    }

    #[test]
    fn parts_by_definition_are_told() {
        let is_within = |name: &str, over: &str| Meaning::of(name).is_within(&Meaning::of(over));
        assert!(is_within("日常公用支出", "基本支出"));
        assert!(is_within("政府性基金预算", "财政拨款收入"));
        assert!(is_within("公务用车购置费", "公务用车购置及运行维护费"));
        assert!(is_within("增减额", "2031年预算数比2030年执行数"));
        assert!(!is_within("项目支出", "2031年预算数") && !is_within("单位资金", "财政拨款"));
    }
}
