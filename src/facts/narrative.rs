//! Sentences that plainly state an amount that tables have or lack: 政府采购, 机关运行经费, “三公”经费 and their parts,
//! 人员经费 and 公用经费 of the basic expenditure.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::{Key, Subject};
use crate::arithmetic::amount;
use crate::interpret::Disclosure;
use crate::terms::measure::{Fund, YearPart};
use crate::terms::saying::{self, Saying};
use crate::terms::subject::{Flow, Item, Nature, Stage};
use crate::terms::{ReportKind, Unit};

/// One amount that a sentence states.
pub(super) struct Statement {
    pub(super) key: Key,
    /// The sentence names the money; otherwise it is that of the tables' figure.
    pub(super) names_fund: bool,
    pub(super) amount: Decimal,
    /// One unit of its last place, in yuan.
    pub(super) step: Decimal,
    pub(super) section: usize,
    pub(super) page: u32,
}

/// Words that make of an item something else: a part set aside, a comparison, a project about it.
const OTHERWISE: [&str; 16] = [
    "预留",
    "中小",
    "小微",
    "小型",
    "面向",
    "比",
    "增",
    "减",
    "业务",
    "管理费",
    "上年",
    "上一年",
    "结转",
    "中标",
    "未",
    "人均",
];

/// The words before an amount of money, the amount and its unit.
static AMOUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"([^，,：:；;。、0-9]*(?:20[0-9]{2}年[^，,：:；;。、0-9]*)*)([0-9][0-9,]*(?:\.[0-9]+)?)(亿元|万元|元)")
        .ok()
});

/// What the sections state.
pub(super) fn statements(disclosure: &Disclosure) -> Vec<Statement> {
    let mut found = Vec::new();
    let Some(pattern) = AMOUNT.as_ref() else { return found };
    for (index, section) in disclosure.sections.iter().enumerate() {
        let text: String = section.text.chars().filter(|ch| *ch == '\n' || !ch.is_whitespace()).collect();
        let mut basic = None;
        for sentence in text.split(['。', '；', ';', '\n']) {
            let mut fund = None;
            for stated in pattern.captures_iter(sentence) {
                let (Some(words), Some(figure), Some(unit)) = (stated.get(1), stated.get(2), stated.get(3)) else {
                    continue;
                };
                let told = match of_basic(words.as_str(), &mut basic) {
                    Some(part) => part,
                    None => match told(words.as_str()) {
                        Some(told) => told,
                        None => continue,
                    },
                };
                // Parts stand behind their whole, and are of its money.
                fund = told.fund.or(fund.filter(|_| told.item.is_some_and(|item| item != Item::Total)));
                let Some((amount, step)) = yuan(figure.as_str(), unit.as_str()) else { continue };
                found.push(Statement {
                    key: key(disclosure, &told, fund.unwrap_or(Fund::All)),
                    names_fund: fund.is_some(),
                    amount,
                    step,
                    section: index,
                    page: section.provenance.page.max(1),
                });
            }
        }
    }
    found
}

/// What the words before an amount tell of it.
struct Told {
    subject: Subject,
    item: Option<Item>,
    nature: Nature,
    fund: Option<Fund>,
    year: Option<i32>,
    stage: Option<Stage>,
}

fn told(words: &str) -> Option<Told> {
    if OTHERWISE.iter().any(|word| words.contains(word)) {
        return None;
    }
    let (sayings, _) = saying::read(words);
    let item = sayings.iter().rev().find_map(|saying| match saying {
        Saying::Item(item) => Some(*item),
        _ => None,
    });
    let names = |saying: Saying| sayings.contains(&saying);
    let (subject, item, last) = if names(Saying::Procurement) {
        (Subject::Procurement, item.filter(|item| item.is_procurement()).unwrap_or(Item::Total), "政府采购")
    } else if names(Saying::OperatingCost) {
        (Subject::OperatingCost, Item::Total, "机关运行")
    } else if names(Saying::ThreePublic) && item.is_none_or(|item| !item.is_three_public()) {
        (Subject::ThreePublic, Item::Total, "三公")
    } else {
        return None;
    };
    // Between the item's name and the amount stand none but words that leave it what it is.
    let tail = words.rsplit_once(last)?.1;
    let tail = tail.trim_start_matches(['”', '"', '类']);
    saying::read(tail).1.then_some(())?;
    Some(Told {
        subject,
        item: (subject != Subject::OperatingCost).then_some(item),
        nature: Nature::All,
        fund: fund(&sayings),
        year: year(&sayings),
        // 部门预算 before the item is the report, not the figure.
        stage: saying::read(tail).0.iter().find_map(|saying| match saying {
            Saying::Stage(stage) => Some(*stage),
            _ => None,
        }),
    })
}

/// The money that is named last.
fn fund(sayings: &[Saying]) -> Option<Fund> {
    sayings.iter().rev().find_map(|saying| match saying {
        Saying::Fund(fund, _) => Some(*fund),
        _ => None,
    })
}

/// The fiscal year that is named first.
fn year(sayings: &[Saying]) -> Option<i32> {
    sayings.iter().find_map(|saying| match saying {
        Saying::Year(year) => Some(*year),
        _ => None,
    })
}

/// 人员经费 or 公用经费 of the basic expenditure that was stated before it in the section: `basic`, with its money and year,
/// which another amount of basic expenditure takes the place of, and one of any other nature ends.
fn of_basic(words: &str, basic: &mut Option<(Fund, Option<i32>)>) -> Option<Told> {
    if OTHERWISE.iter().any(|word| words.contains(word)) {
        return None;
    }
    let (sayings, understood) = saying::read(words);
    let nature = sayings.iter().rev().find_map(|saying| match saying {
        Saying::Nature(nature) => Some(*nature),
        _ => None,
    })?;
    if !matches!(nature, Nature::Personnel | Nature::Operating) {
        *basic = fund(&sayings).filter(|_| nature == Nature::Basic).map(|fund| (fund, year(&sayings)));
        return None;
    }
    let (fund, year) = (*basic).filter(|_| understood && sayings.len() == 1)?;
    Some(Told { subject: Subject::Total, item: None, nature, fund: Some(fund), year, stage: None })
}

fn key(disclosure: &Disclosure, told: &Told, fund: Fund) -> Key {
    let usual = match disclosure.filing.kind {
        ReportKind::FinalAccounts => Stage::Actual,
        _ => Stage::Budget,
    };
    Key {
        year: told.year.or(disclosure.filing.fiscal_year),
        stage: told.stage.unwrap_or(usual),
        flow: Flow::Expenditure,
        subject: told.subject,
        functional_code: None,
        functional_name: None,
        economic_code: None,
        economic_name: None,
        paired_code: None,
        economic_system: None,
        project: None,
        unit: None,
        item: told.item,
        nature: told.nature,
        fund,
        year_part: YearPart::All,
    }
}

fn yuan(figure: &str, unit: &str) -> Option<(Decimal, Decimal)> {
    let amount = amount::parse(figure)?;
    let factor = Decimal::from(Unit::from_word(unit)?.in_yuan());
    let yuan = amount.checked_mul(factor).filter(|yuan| yuan.normalize().scale() <= 2)?;
    Some((yuan, Decimal::new(1, amount.scale()) * factor))
}
