//! A family's reports as PDFs: a department of two units over two years, budgets and accounts, with one figure misprinted.

use super::knobs::{Drawing, Kind, Options, Size};
use super::layout::Block;
use super::model::{Figures, FunctionLine};
use super::table::Cell;

/// One report as it is published.
#[derive(Clone, Debug)]
pub(crate) struct Printed {
    /// `2031-budget-unit-1.pdf`, …
    pub(crate) name: String,
    /// The file.
    pub(crate) pdf: Vec<u8>,
}

const FIRST_YEAR: i32 = 2031;
const OWNERS: [&str; 3] = ["head", "unit-1", "department"];

/// By how much the misprint is off, in cents.
const MISPRINT: i64 = 7_000_000;

/// Every report of the family; `misprinted` has one figure of the year before wrong.
pub(crate) fn print(seed: u64, misprinted: bool) -> Vec<Printed> {
    let names = Figures::draw(&options(seed, Kind::Budget));
    let body = names.department.clone();
    let unit = format!("{}水文监测中心", names.city);
    let mut printed = Vec::new();
    let mut before: Option<[Figures; 2]> = None;
    for i in 0..2 {
        let [mut budgets, mut accounts] = [Kind::Budget, Kind::FinalAccounts].map(|kind| {
            [0, 1].map(|owner| {
                let kind_seed = u64::from(kind == Kind::FinalAccounts);
                let mut figures = Figures::draw(&options(seed * 100 + owner * 10 + i * 2 + kind_seed, kind));
                let own = if owner == 0 { format!("{body}（本级）") } else { unit.clone() };
                figures.city.clone_from(&names.city);
                figures.year = FIRST_YEAR + i as i32;
                figures.operating = vec![figures.operating.iter().sum()];
                figures.projects.iter_mut().for_each(|project| project.unit = 0);
                figures.is_unit = true;
                figures.units = vec![own.clone()];
                figures.department = own;
                figures
            })
        });
        for (budget, accounts) in budgets.iter_mut().zip(&mut accounts) {
            accounts.allowed = Some(budget.three_public());
        }
        if let Some(before) = &before {
            budgets.iter_mut().zip(before).for_each(|(budget, accounts)| look_back(budget, accounts));
        }
        for (kind, units) in [(Kind::Budget, &budgets), (Kind::FinalAccounts, &accounts)] {
            let whole = together(units, &body, &unit);
            for (owner, figures) in OWNERS.iter().zip([&units[0], &units[1], &whole]) {
                let word = if kind == Kind::Budget { "budget" } else { "accounts" };
                let name = format!("{}-{word}-{owner}.pdf", figures.year);
                let is_wrong = misprinted && name == "2032-budget-unit-1.pdf";
                let change = |blocks: &mut Vec<Block>| {
                    name_funds(blocks);
                    if is_wrong {
                        misprint(blocks);
                    }
                };
                let document = super::generate_of(figures, &options(seed, kind), change);
                printed.push(Printed { name, pdf: document.pdf });
            }
        }
        before = Some(accounts);
    }
    printed
}

fn options(seed: u64, kind: Kind) -> Options {
    Options {
        seed,
        kind,
        size: Size::Small,
        yuan: true,
        compare_years: true,
        unit_column: true,
        n_projects: 3,
        n_forms: 0,
        drawing: Drawing::default(),
        ..Options::default()
    }
}

/// A budget's figures of the year before are what the accounts of that year say.
fn look_back(budget: &mut Figures, accounts: &Figures) {
    let spent = |line: &FunctionLine| line.current(0) + line.carried;
    budget.lines.iter_mut().for_each(|line| line.last = 0);
    for line in &accounts.lines {
        budget.line_of(line.code).last = spent(line);
    }
    budget.lines.sort_by_key(|line| line.code);
}

/// The department with its units: every figure is the sum of theirs.
fn together(units: &[Figures; 2], department: &str, unit: &str) -> Figures {
    let [mut whole, other] = units.clone();
    for line in &other.lines {
        let sum = whole.line_of(line.code);
        sum.basic += line.basic;
        sum.project.iter_mut().zip(line.project).for_each(|(sum, amount)| *sum += amount);
        sum.carried += line.carried;
        sum.last += line.last;
        sum.left += line.left;
    }
    whole.lines.sort_by_key(|line| line.code);
    for line in other.economic {
        match whole.economic.iter_mut().find(|known| known.code == line.code) {
            Some(known) => known.amount += line.amount,
            None => whole.economic.push(line),
        }
    }
    whole.economic.sort_by_key(|line| line.code);
    whole.projects.extend(other.projects.into_iter().map(|project| super::model::Project { unit: 1, ..project }));
    whole.operating.extend(other.operating);
    whole.purchases.clear();
    whole.last_total += other.last_total;
    whole.allowed = whole.allowed.zip(other.allowed).map(|(a, b)| (a.0 + b.0, a.1 + b.1));
    whole.units = vec![department.to_owned(), unit.to_owned()];
    whole.department = department.to_owned();
    whole.is_unit = false;
    whole
}

/// The accounts' 三公 table names the same money as the budget's.
fn name_funds(blocks: &mut [Block]) {
    for block in blocks {
        if let Block::Table(table) = block
            && table.kind == "three_public_expenses"
            && table.title.starts_with("财政拨款")
        {
            table.title.insert_str(0, "一般公共预算");
        }
    }
}

/// One item of the year before is printed with another digit; the sums above it stay.
fn misprint(blocks: &mut [Block]) {
    for block in blocks {
        let Block::Table(table) = block else { continue };
        if table.kind != "general_public_budget_expenditure" {
            continue;
        }
        let last = table.columns.iter().position(|column| column.path.iter().any(|cell| cell.contains("执行数")));
        let item = table.rows.iter_mut().rfind(|row| row.level == Some(2));
        if let Some(Cell::Amount(amount)) = last.zip(item).map(|(last, row)| &mut row.cells[last]) {
            *amount += MISPRINT;
        }
    }
}
