//! What a column of money measures: told once, by the words of its header path from the leaf up.

use super::Reason;
use super::context::Context;
use super::names::Classification;
use crate::interpret::{ColumnRole, Statement};
use crate::terms::StatementKind;
use crate::terms::measure::{Fund, Measure, YearPart};
use crate::terms::saying::{self, Saying};
use crate::terms::subject::{EconomicSystem, Flow, Item, Nature, Stage};

/// What the header of a column settles.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Meaning {
    pub(crate) flow: Option<Flow>,
    pub(crate) nature: Option<Nature>,
    pub(crate) fund: Option<Fund>,
    /// An item of 三公, or a class of purchases.
    pub(crate) item: Option<Item>,
    /// A source of revenue.
    pub(crate) source: Option<Item>,
    pub(crate) stage: Option<Stage>,
    pub(crate) year: Option<i32>,
    pub(crate) year_part: Option<YearPart>,
    /// “三公”经费 is named.
    pub(crate) three_public: bool,
    /// 机关运行经费 is named.
    pub(crate) operating_cost: bool,
    /// 政府采购 is named.
    pub(crate) procurement: bool,
    /// It is the sum of its neighbours, by its leaf or above the leaves of its funds.
    pub(crate) total: bool,
    /// Whose economic classes a column of names or codes lists.
    pub(crate) system: Option<EconomicSystem>,
    /// What it measures, as records say it.
    pub(crate) measure: Option<Measure>,
    /// Whose money it is, also by the title; all of it where it sums up columns of several funds.
    pub(crate) money: Option<Fund>,
    /// Of which year's grant it is; of both where it sums up columns of each.
    pub(crate) granted: Option<YearPart>,
    /// Why no figure of the column is a fact.
    pub(crate) reason: Option<Reason>,
}

/// The meaning of each column of a statement; of columns that hold no money too, which nobody asks for.
pub(super) fn meanings(statement: &Statement, context: &Context) -> Vec<Meaning> {
    let mut meanings: Vec<Meaning> = statement.columns.iter().map(|column| meaning(&column.path, context)).collect();
    // 其中:经费拨款 beside 金额 is a part of it by a name that says no more.
    for index in 0..meanings.len() {
        let leaf = |index: usize| statement.columns.get(index).and_then(|column| column.path.last()?.chars().next());
        let part = leaf(index) == Some('其');
        let like = |other: &usize| *other != index && leaf(*other) != Some('其') && meanings[*other] == meanings[index];
        if part && meanings[index].reason.is_none() && (0..meanings.len()).any(|other| like(&other)) {
            meanings[index].reason = Some(Reason::UnknownColumn);
        }
    }
    let carries = meanings.iter().any(|m| m.year_part == Some(YearPart::CarryOver));
    // Beside a column of all that was carried over, those of funds hold this year's money.
    let apart = meanings.iter().any(|m| m.year_part == Some(YearPart::CarryOver) && m.fund.is_none());
    for meaning in meanings.iter_mut().filter(|m| apart && m.fund.is_some()) {
        meaning.year_part = meaning.year_part.or(Some(YearPart::Current));
    }
    let names_three_public = meanings.iter().any(|m| m.three_public && m.item.is_none());
    for meaning in &mut meanings {
        meaning.granted = meaning.year_part;
        // 本年 tells apart only where what was carried over stands beside it.
        if meaning.year_part == Some(YearPart::Current) && !carries {
            meaning.year_part = None;
        }
        // 合计 over 三公, 会议费 and 培训费 is no total of 三公.
        let bare = meaning.item.is_none() && !meaning.three_public && !meaning.operating_cost;
        if context.kind == StatementKind::ThreePublicExpenses && bare && meaning.total && names_three_public {
            meaning.reason.get_or_insert(Reason::UnknownColumn);
        }
    }
    let paths: Vec<&[String]> = statement
        .columns
        .iter()
        .filter(|column| column.role == ColumnRole::Amount)
        .map(|column| column.path.as_slice())
        .collect();
    let sums_funds = meanings.iter().any(|m| m.fund.is_some());
    for (meaning, column) in meanings.iter_mut().zip(&statement.columns) {
        meaning.system = match Classification::of_column(column) {
            Some(Classification::Economic(system)) => system,
            _ => None,
        };
        meaning.measure = Measure::of(&column.path, &paths);
        let all = Fund::All;
        meaning.money = meaning.fund.or(context.fund).or((meaning.total && sums_funds).then_some(all));
        meaning.granted = meaning.granted.or(context.year_part).or((meaning.total && carries).then_some(YearPart::All));
    }
    meanings
}

fn meaning(path: &[String], context: &Context) -> Meaning {
    let mut meaning = Meaning::default();
    let mut prior = false;
    for (depth, cell) in path.iter().rev().enumerate() {
        let (sayings, understood) = saying::read(cell);
        // A name that is not known may change what the figure is; above the leaf, it names a group of columns.
        if !understood && meaning.reason.is_none() && depth == 0 {
            meaning.reason = Some(Reason::UnknownColumn);
        }
        let mut flows = Vec::new();
        for saying in sayings {
            match saying {
                Saying::Fund(fund, item) => {
                    if meaning.fund.is_none() {
                        meaning.fund = Some(fund);
                        meaning.source = meaning.source.or(item);
                    }
                }
                Saying::Item(item) if item.is_source() => meaning.source = meaning.source.or(Some(item)),
                Saying::Item(item) => meaning.item = meaning.item.or(Some(item)),
                Saying::Nature(nature) => meaning.nature = meaning.nature.or(Some(nature)),
                Saying::Stage(stage) => meaning.stage = meaning.stage.or(Some(stage)),
                Saying::Part(part) => meaning.year_part = meaning.year_part.or(Some(part)),
                Saying::Year(year) => meaning.year = meaning.year.or(Some(year)),
                Saying::LastYear => prior = true,
                Saying::Flow(flow) => flows.push(flow),
                Saying::Total => meaning.total |= depth == 0 || meaning.source.is_some(),
                Saying::ThreePublic => meaning.three_public = true,
                Saying::OperatingCost => meaning.operating_cost = true,
                Saying::Procurement => meaning.procurement = true,
                Saying::Change => meaning.reason = Some(Reason::Change),
                Saying::Percent => meaning.reason = Some(Reason::Percent),
                Saying::Balance => meaning.reason = Some(Reason::Balance),
                Saying::Strange => meaning.reason = Some(Reason::UnknownColumn),
            }
        }
        if let [flow] = flows[..] {
            meaning.flow = Some(flow);
        }
    }
    if prior && meaning.year.is_none() {
        meaning.year = context.year.map(|year| year - 1);
    }
    // Income of a unit's own is a part of 单位资金, which has no name as money of an expenditure.
    if meaning.source.is_some() && meaning.fund.is_none() {
        meaning.fund = Some(Fund::Unit);
    }
    meaning
}
