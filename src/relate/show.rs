//! What reports say of each other, as text for people.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::{Class, CrossCheck, Related, Rule, Tie};
use crate::emit::findings::Lang;

/// The relations by kind, those that are not certain, and every figure that does not agree.
pub fn people(related: &Related, lang: Lang) -> String {
    let mut out = String::new();
    let reports = &related.library.reports;
    let _ = writeln!(out, "{}", words(lang, "报告", "reports").join(&reports.len().to_string()));
    let mut counts: BTreeMap<Tie, (usize, usize)> = BTreeMap::new();
    for relation in &related.relations {
        let count = counts.entry(relation.tie).or_default();
        if relation.is_ambiguous { count.1 += 1 } else { count.0 += 1 }
    }
    for (tie, (n_sure, n_doubtful)) in counts {
        let doubtful = match (n_doubtful, lang) {
            (0, _) => String::new(),
            (n, Lang::Zh) => format!("，另有 {n} 对不能确定，未作核对"),
            (n, Lang::En) => format!(", and {n} more that are not certain and were not compared"),
        };
        let _ = writeln!(out, "  {}{n_sure}{doubtful}", tie_words(tie, lang));
    }
    for relation in related.relations.iter().filter(|relation| relation.is_ambiguous) {
        let (a, b) = (&reports[relation.report], &reports[relation.other]);
        let names = [a, b].map(|book| format!("{}（{}）", book.department.as_deref().unwrap_or("?"), book.name));
        let _ = match lang {
            Lang::Zh => writeln!(out, "不能确定是否同一部门：{}、{}", names[0], names[1]),
            Lang::En => writeln!(out, "may be one body or two: {} and {}", names[0], names[1]),
        };
    }
    let n_holds = related.checks.iter().filter(|check| check.class.holds()).count();
    let _ = match lang {
        Lang::Zh => writeln!(out, "核对 {} 个数，相符 {n_holds} 个", related.checks.len()),
        Lang::En => writeln!(out, "{} figures compared, {n_holds} agree", related.checks.len()),
    };
    for check in related.checks.iter().filter(|check| !check.class.holds()) {
        out.push_str(&finding(related, check, lang));
    }
    out
}

fn words(lang: Lang, zh: &str, en: &str) -> [String; 2] {
    match lang {
        Lang::Zh => [format!("{zh}：共 "), " 份".to_owned()],
        Lang::En => [String::new(), format!(" {en}")],
    }
}

fn tie_words(tie: Tie, lang: Lang) -> &'static str {
    match (tie, lang) {
        (Tie::PriorYear, Lang::Zh) => "与上年报告：",
        (Tie::PriorYear, Lang::En) => "with the year before: ",
        (Tie::BudgetOfAccounts, Lang::Zh) => "决算与当年预算：",
        (Tie::BudgetOfAccounts, Lang::En) => "accounts with their budget: ",
        (Tie::Version, Lang::Zh) => "同一报告的不同版本：",
        (Tie::Version, Lang::En) => "versions of one report: ",
        (Tie::UnitOf, Lang::Zh) => "部门与所属单位：",
        (Tie::UnitOf, Lang::En) => "departments with their units: ",
    }
}

fn class_words(class: Class, lang: Lang) -> &'static str {
    match (class, lang) {
        (Class::Equal, Lang::Zh) => "相等",
        (Class::Equal, Lang::En) => "equal",
        (Class::Rounding, Lang::Zh) => "四舍五入",
        (Class::Rounding, Lang::En) => "rounding",
        (Class::Unit, Lang::Zh) => "单位不同",
        (Class::Unit, Lang::En) => "another unit of account",
        (Class::Restated, Lang::Zh) => "口径调整",
        (Class::Restated, Lang::En) => "restated",
        (Class::Eliminated, Lang::Zh) => "小于各单位之和（可能已抵销）",
        (Class::Eliminated, Lang::En) => "less than its units, perhaps by elimination",
        (Class::Error, Lang::Zh) => "不符",
        (Class::Error, Lang::En) => "contradiction",
    }
}

fn rule_words(rule: Rule, lang: Lang) -> &'static str {
    match (rule, lang) {
        (Rule::PriorYear, Lang::Zh) => "上年数与上年报告",
        (Rule::PriorYear, Lang::En) => "the prior year's figure and that year's report",
        (Rule::BudgetOfAccounts, Lang::Zh) => "年初预算数与预算",
        (Rule::BudgetOfAccounts, Lang::En) => "the accounts' budget figure and the budget",
        (Rule::Version, Lang::Zh) => "两个版本",
        (Rule::Version, Lang::En) => "two versions",
        (Rule::UnitFigure, Lang::Zh) => "部门表中的单位数与单位报告",
        (Rule::UnitFigure, Lang::En) => "the department's figure of a unit and the unit's report",
        (Rule::SumOfUnits, Lang::Zh) => "部门数与各单位之和",
        (Rule::SumOfUnits, Lang::En) => "the department's figure and the sum of its units",
    }
}

/// One figure that does not agree: rule, what it is of, both sides with their places.
fn finding(related: &Related, check: &CrossCheck, lang: Lang) -> String {
    let figure = related.figure(check.figure);
    let key = &figure.key;
    let parts = [
        figure.stage,
        key.flow,
        key.subject,
        key.function,
        figure.function_name,
        key.economic,
        figure.economic_name,
        key.item,
        key.project,
        key.unit,
        key.nature,
        key.fund,
    ];
    let mut what: Vec<&str> =
        parts.iter().filter_map(|part| related.word(*part)).filter(|word| *word != "all").collect();
    what.dedup();
    let source = |at: (usize, usize)| {
        let book = &related.library.reports[at.0];
        let place = related.place(at).map(|place| format!(", {place}")).unwrap_or_default();
        format!("{}{place}", book.name)
    };
    let department = related.library.reports[check.figure.0].department.as_deref().unwrap_or("?");
    let others: Vec<_> = check.others.iter().map(|at| source(*at)).collect();
    format!(
        "\n[{}] {department}, {}: {}\n  {} {}\n    {}: {}\n    {}: {}\n    {}\n",
        class_words(check.class, lang),
        figure.year,
        rule_words(check.rule, lang),
        figure.year,
        what.join(" "),
        source(check.figure),
        shown(figure.amount),
        others.join(" + "),
        shown(figure.amount - check.difference),
        shown(check.difference),
    )
}

/// An amount in yuan with two decimals, or with those that it takes to be exact.
fn shown(amount: Decimal) -> String {
    let mut amount = amount.normalize();
    amount.rescale(amount.scale().max(2));
    amount.to_string()
}
