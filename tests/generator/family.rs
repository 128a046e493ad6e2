//! Families of reports: a department with its units over three years, renamed once, with budgets and accounts.
//!
//! Only the `facts` of each report are made, in the published form: relations need no more.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::rng::Rng;
use super::words::CITIES;

/// What is wrong with a family, and how it is to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A budget misprints one figure of the year before.
    PriorYear,
    /// Accounts misprint one figure of the budget.
    BudgetOfAccounts,
    /// A department misprints a figure of one of its units.
    UnitFigure,
    /// A department's total is not the sum of its units.
    SumOfUnits,
    /// A part of a department's total is less than its units', where the whole is their sum.
    PartOfUnits,
    /// A department's accounts leave out what its units paid each other.
    Eliminated,
    /// … and print of that one total alone.
    EliminatedAlone,
    /// A figure of the year before is printed in another unit of account.
    Unit,
    /// One is off by the last printed place.
    Rounding,
    /// A class of the year before is printed anew, with all the sums above it.
    Restated,
    /// A second version of a budget has another figure.
    Version,
}

impl Fault {
    pub(crate) const ALL: [Self; 11] = [
        Self::PriorYear,
        Self::BudgetOfAccounts,
        Self::UnitFigure,
        Self::SumOfUnits,
        Self::PartOfUnits,
        Self::Eliminated,
        Self::EliminatedAlone,
        Self::Unit,
        Self::Rounding,
        Self::Restated,
        Self::Version,
    ];
}

/// One report of a family.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// The file that it is published as.
    pub(crate) name: String,
    pub(crate) report: Value,
}

/// A check that must come out so: name of the report, rule, class, and what the figure is of.
pub(crate) type Expected = (String, &'static str, &'static str, String);

/// A family and what must be found in it; everything else agrees.
#[derive(Clone, Debug)]
pub(crate) struct Family {
    pub(crate) members: Vec<Member>,
    pub(crate) expected: Vec<Expected>,
}

const FIRST_YEAR: i64 = 2031;
const N_YEARS: i64 = 3;
const FUNCTIONS: [&str; 6] = ["2130301", "2130306", "2130399", "2080505", "2101101", "2210201"];
const ITEMS: [&str; 3] = ["abroad", "vehicle_running", "reception"];

/// What a report prints of a purse: flow, subject, function, item, nature, and the amount in hundreds of yuan.
type Line = (&'static str, &'static str, Option<&'static str>, Option<&'static str>, &'static str, i64);

/// One unit's money in one year and stage, in hundreds of yuan.
#[derive(Clone, Debug)]
struct Purse {
    /// By function: basic, project.
    functions: Vec<[i64; 2]>,
    items: Vec<i64>,
}

impl Purse {
    fn draw(rng: &mut Rng) -> Self {
        let functions = FUNCTIONS.iter().map(|_| [rng.between(20_001, 99_999), rng.between(20_001, 99_999)]).collect();
        Self { functions, items: ITEMS.iter().map(|_| rng.between(101, 999)).collect() }
    }

    fn sum(purses: &[&Self]) -> Self {
        let add = |at: usize, part: usize| purses.iter().map(|purse| purse.functions[at][part]).sum();
        Self {
            functions: (0..FUNCTIONS.len()).map(|at| [add(at, 0), add(at, 1)]).collect(),
            items: (0..ITEMS.len()).map(|at| purses.iter().map(|purse| purse.items[at]).sum()).collect(),
        }
    }

    /// What a report prints of it.
    fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for (nature, parts) in [("all", &[0, 1][..]), ("basic", &[0]), ("project", &[1])] {
            let of = |row: &[i64; 2]| parts.iter().map(|part| row[*part]).sum::<i64>();
            for (code, row) in FUNCTIONS.iter().zip(&self.functions) {
                lines.push(("expenditure", "function", Some(*code), None, nature, of(row)));
            }
            lines.push(("expenditure", "total", None, None, nature, self.functions.iter().map(of).sum()));
        }
        let total = self.functions.iter().flatten().sum();
        lines.push(("revenue", "total", None, None, "all", total));
        for (item, amount) in ITEMS.iter().zip(&self.items) {
            lines.push(("expenditure", "three_public", None, Some(*item), "all", *amount));
        }
        lines.push(("expenditure", "three_public", None, Some("total"), "all", self.items.iter().sum()));
        lines
    }
}

/// One fact as it is published.
fn fact(n: usize, year: i64, stage: &str, unit: Option<&str>, line: &Line) -> Value {
    let (flow, subject, function, item, nature, amount) = line;
    let mut fact = json!({
        "fact_id": format!("{n:016x}"),
        "year": year,
        "stage": stage,
        "flow": flow,
        "subject": if unit.is_some() && *subject == "total" { "unit" } else { subject },
        "nature": nature,
        "fund": "all",
        "year_part": "all",
        "amount_yuan": (amount * 100).to_string(),
        "trust": "confirmed",
        "disputed": false,
        "places": [{"table_id": format!("table-{year}-{stage}-{subject}"), "row_index": n, "column_index": 1, "page": 3}],
    });
    let texts = [("functional_code", *function), ("item", *item), ("unit", unit)];
    for (name, text) in texts.into_iter().filter_map(|(name, text)| Some((name, text?))) {
        fact[name] = text.into();
    }
    if let Some(code) = function {
        fact["functional_name"] = format!("科目{code}").into();
    }
    fact
}

/// What a fact is of, as checks are told apart here.
pub(crate) fn told(fact: &Value) -> String {
    let names = ["year", "stage", "flow", "subject", "functional_code", "item", "unit", "nature"];
    let text = |name: &str| match &fact[name] {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    names.map(text).join(" ")
}

/// A family of a department and its units, with one fault or none.
pub(crate) fn family(seed: u64, n_units: usize, fault: Option<Fault>) -> Family {
    let mut rng = Rng::new(seed).fork(71);
    let city = CITIES[seed as usize % CITIES.len()];
    let field = format!("{}水务", ["", "东", "南", "西", "北", "新"][rng.below(6)]);
    let names = [format!("{city}{field}局"), format!("{city}{field}管理委员会")];
    let units: Vec<String> = (1..n_units).map(|i| format!("{city}{field}第{i}服务中心")).collect();
    let name_in = |year: i64| &names[usize::from(year == FIRST_YEAR + N_YEARS - 1)];
    let mut members = Vec::new();
    // By stage, year and unit; the first unit is the department itself (本级).
    let draw = |rng: &mut Rng| {
        (0..=N_YEARS).map(|_| (0..n_units).map(|_| Purse::draw(rng)).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    let purses = [draw(&mut rng), draw(&mut rng)];
    for (i, year) in (FIRST_YEAR..FIRST_YEAR + N_YEARS).enumerate() {
        for (kind, stage) in [("budget", 0), ("final_accounts", 1)] {
            for owner in 0..=n_units {
                // The last owner is the department with all of its units.
                let of = |stage: usize, at: usize| match owner {
                    all if all == n_units => Purse::sum(&purses[stage][at].iter().collect::<Vec<_>>()),
                    unit => purses[stage][at][unit].clone(),
                };
                let words = ["budget", "actual"];
                let mut facts = Vec::new();
                let mut put = |year: i64, stage: usize, unit: Option<&str>, purse: &Purse| {
                    for line in purse.lines().iter().filter(|line| unit.is_none() || line.1 == "total") {
                        facts.push(fact(facts.len(), year, words[stage], unit, line));
                    }
                };
                put(year, stage, None, &of(stage, i + 1));
                if kind == "final_accounts" {
                    put(year, 0, None, &of(0, i + 1));
                }
                put(year - 1, stage, None, &of(stage, i));
                if owner == n_units {
                    for (unit, purse) in units.iter().zip(&purses[stage][i + 1][1..]) {
                        put(year, stage, Some(unit), purse);
                    }
                }
                let (department, level) = match owner {
                    0 => (format!("{}（本级）", name_in(year)), "unit"),
                    all if all == n_units => (name_in(year).clone(), "department"),
                    unit => (units[unit - 1].clone(), "unit"),
                };
                let mut sections = Vec::new();
                if year == FIRST_YEAR + N_YEARS - 1 && (owner == 0 || owner == n_units) {
                    sections.push(json!({"level": 1, "heading": "概况", "text": format!("原{}更名为{}。", names[0], names[1]), "page": 2}));
                }
                let name = format!("{seed}-{year}-{kind}-{owner}.pdf");
                members.push(member(&name, &department, level, year, kind, facts, sections));
            }
        }
    }
    let expected = fault.map_or_else(Vec::new, |fault| plant(&mut members, seed, n_units, fault));
    Family { members, expected }
}

fn member(
    name: &str,
    department: &str,
    level: &str,
    year: i64,
    kind: &str,
    facts: Vec<Value>,
    sections: Vec<Value>,
) -> Member {
    let report = json!({
        "schema_version": "1",
        "source": {"name": name, "sha256": sha256(name), "bytes": 1, "media_type": "application/pdf", "pages": 9, "producer": null},
        "report": {"level": level, "department": department, "department_code": null, "fiscal_year": year, "kind": kind, "title": null},
        "tables": [],
        "forms": [],
        "sections": sections,
        "facts": facts,
        "checks": [],
        "diagnostics": [],
    });
    Member { name: format!("{name}.json"), report }
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Plants a fault in the last year's reports, which no later report looks back on.
fn plant(members: &mut Vec<Member>, seed: u64, n_units: usize, fault: Fault) -> Vec<Expected> {
    let last = FIRST_YEAR + N_YEARS - 1;
    let source = |kind: &str, owner: usize| format!("{seed}-{last}-{kind}-{owner}.pdf");
    let before = last - 1;
    let (name, rule, class, wanted, change): (_, _, _, &[String], fn(i64) -> i64) = match fault {
        Fault::PriorYear => (
            source("budget", 0),
            "prior-year",
            "error",
            &[format!("{before} budget expenditure three_public - reception - all")],
            |yuan| yuan + 70_000,
        ),
        Fault::BudgetOfAccounts => (
            source("final_accounts", 1),
            "budget-of-accounts",
            "error",
            &[format!("{last} budget expenditure function 2130306 - - all")],
            |yuan| yuan + 123_400,
        ),
        Fault::UnitFigure => (
            source("budget", n_units),
            "unit-figure",
            "error",
            &[format!("{last} budget expenditure unit - - UNIT basic")],
            |yuan| yuan - 90_000,
        ),
        Fault::SumOfUnits => (
            source("final_accounts", n_units),
            "sum-of-units",
            "error",
            &[format!("{last} actual expenditure total - - - project")],
            |yuan| yuan + 500_000,
        ),
        Fault::PartOfUnits => (
            source("final_accounts", n_units),
            "sum-of-units",
            "error",
            &[format!("{last} actual expenditure total - - - project")],
            |yuan| yuan - 500_000,
        ),
        Fault::Eliminated => (
            source("final_accounts", n_units),
            "sum-of-units",
            "eliminated",
            &[
                format!("{last} actual expenditure total - - - all"),
                format!("{last} actual expenditure total - - - project"),
                format!("{last} actual revenue total - - - all"),
            ],
            |yuan| yuan - 500_000,
        ),
        Fault::EliminatedAlone => (
            source("final_accounts", n_units),
            "sum-of-units",
            "eliminated",
            &[format!("{last} actual revenue total - - - all")],
            |yuan| yuan - 500_000,
        ),
        Fault::Unit => (
            source("budget", 1),
            "prior-year",
            "unit",
            &[format!("{before} budget expenditure three_public - total - all")],
            |yuan| yuan * 10_000,
        ),
        Fault::Rounding => (
            source("budget", 1),
            "prior-year",
            "rounding",
            &[format!("{before} budget expenditure total - - - basic")],
            |yuan| yuan + 100,
        ),
        Fault::Restated => (
            source("final_accounts", 1),
            "prior-year",
            "restated",
            &[
                format!("{before} actual expenditure function 2130399 - - all"),
                format!("{before} actual expenditure function 2130399 - - project"),
                format!("{before} actual expenditure total - - - all"),
                format!("{before} actual expenditure total - - - project"),
                format!("{before} actual revenue total - - - all"),
            ],
            |yuan| yuan + 3_330_000,
        ),
        Fault::Version => {
            let name = source("budget", 1);
            let mut second = members.iter().find(|member| member.report["source"]["name"] == name.as_str()).cloned();
            if let Some(second) = &mut second {
                let name = format!("again-{name}");
                second.name = format!("{name}.json");
                second.report["source"]["name"] = name.clone().into();
                second.report["source"]["sha256"] = sha256(&name).into();
                members.push(second.clone());
            }
            let told = format!("{last} budget expenditure three_public - abroad - all");
            let changed = change_facts(members, &format!("again-{name}"), &[told], |yuan| yuan + 40_000);
            // The two are in the order of their hashes.
            let report = [name.clone(), format!("again-{name}")].into_iter().max_by_key(|name| sha256(name));
            return changed
                .into_iter()
                .map(|told| (report.clone().unwrap_or_default(), "version", "error", told))
                .collect();
        }
    };
    let wanted: Vec<String> = wanted.iter().map(|told| told.replace("UNIT", &unit_of(members, &name))).collect();
    let changed = change_facts(members, &name, &wanted, change);
    changed.into_iter().map(|told| (name.clone(), rule, class, told)).collect()
}

/// The first unit that a report prints figures of.
fn unit_of(members: &[Member], name: &str) -> String {
    let member = members.iter().find(|member| member.report["source"]["name"] == name);
    let facts = member.and_then(|member| member.report["facts"].as_array()).into_iter().flatten();
    facts.filter_map(|fact| fact["unit"].as_str()).next().unwrap_or_default().to_owned()
}

/// Changes the facts of one report that are told so; gives those that were.
fn change_facts(members: &mut [Member], name: &str, wanted: &[String], change: fn(i64) -> i64) -> Vec<String> {
    let mut changed = Vec::new();
    for member in members.iter_mut().filter(|member| member.report["source"]["name"] == name) {
        for fact in member.report["facts"].as_array_mut().into_iter().flatten() {
            let told = told(fact);
            if wanted.contains(&told) {
                let yuan: i64 = fact["amount_yuan"].as_str().and_then(|yuan| yuan.parse().ok()).unwrap_or_default();
                fact["amount_yuan"] = change(yuan).to_string().into();
                changed.push(told);
            }
        }
    }
    changed
}
