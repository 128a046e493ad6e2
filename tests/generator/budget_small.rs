//! The lesser statements of a budget: funds, 三公, operating expenses, projects, procurement.

use super::budget::by_function;
use super::model::{Figures, FunctionLine};
use super::table::{Cell, Column, Role, Table};

/// Line under a table without figures.
const NOTHING: &str = "注：本表无数据";

fn code_and_name(top: &str) -> Vec<Column> {
    vec![
        Column::new(&format!("{top}科目编码"), Role::Code, 0.6),
        Column::new(&format!("{top}科目名称"), Role::Label, 3.0),
    ]
}

fn amounts(paths: &[&str]) -> Vec<Column> {
    paths.iter().map(|p| Column::new(p, Role::Amount, 1.0)).collect()
}

/// Where there is nothing, 合计 stands alone above empty rows.
fn note_nothing(table: &mut Table) {
    if table.rows.len() == 1 {
        for cell in &mut table.rows[0].cells {
            if matches!(cell, Cell::Amount(_)) {
                *cell = Cell::Blank;
            }
        }
        table.n_empty = 2;
        table.notes.push(NOTHING.to_owned());
    }
}

/// 政府性基金预算收入表
pub(crate) fn fund_revenue(figures: &Figures) -> Table {
    let title = format!("{}年政府性基金预算收入表（不含上年结转）", figures.year);
    let columns = vec![
        Column::new("项目/收入科目编码", Role::Code, 0.6),
        Column::new("项目/科目名称", Role::Label, 3.0),
        Column::new("政府性基金收入预算", Role::Amount, 1.0),
    ];
    let mut table = Table::new("government_fund_revenue", title, columns);
    let sum = figures.sum(|l| l.current(1));
    let first = table.push(vec![Cell::text("合计"), Cell::Blank, Cell::Amount(sum)]);
    first.bold = true;
    first.merged = vec![(0, 2)];
    if sum != 0 {
        table.push(vec![Cell::text("10301"), Cell::text("政府性基金收入"), Cell::Amount(sum)]);
        table.push(vec![Cell::text("1030148"), Cell::text("国有土地使用权出让收入"), Cell::Amount(sum)]).indent = 1;
    }
    note_nothing(&mut table);
    table
}

/// 政府性基金预算支出表
pub(crate) fn fund_expenditure(figures: &Figures) -> Table {
    let title = format!("{}年政府性基金预算支出表（不含上年结转）", figures.year);
    let of = |l: &FunctionLine| vec![l.current(1), 0, l.current(1)];
    let columns = amounts(&["合计", "基本支出", "项目支出"]);
    let mut table = by_function(figures, "government_fund_expenditure", title, code_and_name(""), columns, &of);
    note_nothing(&mut table);
    table
}

/// 国有资本经营预算收支预算表: two sides, always empty.
pub(crate) fn state_capital(figures: &Figures) -> Table {
    let mut columns = vec![
        Column::new("国有资本经营预算收入/项目/收入科目编码", Role::Code, 0.6),
        Column::new("国有资本经营预算收入/项目/科目名称", Role::Label, 2.0),
        Column::new("国有资本经营预算收入/国有资本经营收入预算", Role::Amount, 1.0),
    ];
    columns.extend(code_and_name("国有资本经营预算支出/"));
    columns.extend(amounts(&[
        "国有资本经营预算支出/合计",
        "国有资本经营预算支出/基本支出",
        "国有资本经营预算支出/项目支出",
    ]));
    let title = format!("{}年国有资本经营预算收支预算表（不含上年结转）", figures.year);
    let mut table = Table::new("state_capital_budget", title, columns);
    let mut cells = vec![Cell::Blank; 8];
    cells[0] = Cell::text("合计");
    table.push(cells).bold = true;
    table.n_empty = 3;
    table.notes.push(NOTHING.to_owned());
    table
}

/// 一般公共预算“三公”经费支出预算表
pub(crate) fn three_public(figures: &Figures) -> Table {
    let columns = vec![
        Column::new("项目", Role::Label, 3.0),
        Column::new(&format!("{}年预算数/合计", figures.year), Role::Amount, 1.0),
        Column::new(&format!("{}年预算数/一般公共预算", figures.year), Role::Amount, 1.0),
        Column::new(&format!("{}年预算数/政府性基金预算", figures.year), Role::Amount, 1.0),
        Column::new(&format!("{}年预算数/国有资本经营预算", figures.year), Role::Amount, 1.0),
    ];
    let title = format!("{}年一般公共预算“三公”经费支出预算表", figures.year);
    let mut table = Table::new("three_public_expenses", title, columns);
    let (reception, running) = figures.three_public();
    for (name, amount, bold) in [
        ("因公出国（境）费", 0, false),
        ("公务接待费", reception, false),
        ("公务用车购置及运行费", running, false),
        ("1.公务用车购置费", 0, false),
        ("2.公务用车运行维护费", running, false),
        ("合计", reception + running, true),
    ] {
        let cells =
            vec![Cell::text(name), Cell::Amount(amount), Cell::Amount(amount), Cell::Amount(0), Cell::Amount(0)];
        let row = table.push(cells);
        row.bold = bold;
        row.indent = usize::from(name.contains('.'));
    }
    table
}

/// 机关运行经费预算财政拨款情况统计表
pub(crate) fn operating(figures: &Figures) -> Table {
    let columns = vec![
        Column::new("单位名称", Role::Label, 3.0),
        Column::new(&format!("{}年预算数/合计", figures.year), Role::Amount, 1.0),
        Column::new(&format!("{}年预算数/一般公共预算", figures.year), Role::Amount, 1.0),
        Column::new(&format!("{}年预算数/政府性基金预算", figures.year), Role::Amount, 1.0),
    ];
    let title = format!("{}年机关运行经费预算财政拨款情况统计表", figures.year);
    let mut table = Table::new("agency_operating_expenses", title, columns);
    let row =
        |name: &str, amount: i64| vec![Cell::text(name), Cell::Amount(amount), Cell::Amount(amount), Cell::Amount(0)];
    table.push(row("部门合计", figures.public())).bold = true;
    for (unit, amount) in figures.units.iter().zip(&figures.operating) {
        table.push(row(unit, *amount));
    }
    table.landscape = true;
    table
}

/// 项目支出预算表: of the year, or carried over; projects below their unit, or beside it.
pub(crate) fn projects(figures: &Figures, carried: bool, unit_column: bool) -> Table {
    let year = figures.year;
    let mut columns = vec![
        Column::new("项目名称", Role::Label, 4.0),
        Column::new("合计", Role::Amount, 1.0),
        Column::new(&format!("{year}年财政拨款/一般公共预算"), Role::Amount, 1.0),
        Column::new(&format!("{year}年财政拨款/政府性基金预算"), Role::Amount, 1.0),
        Column::new(&format!("{year}年财政拨款/国有资本经营预算"), Role::Amount, 1.0),
    ];
    if !carried {
        columns.extend(amounts(&["财政专户管理资金", "单位资金"]));
    }
    let n_sources = columns.len() - 2;
    if unit_column {
        columns.insert(0, Column::new("单位名称", Role::Label, 1.5));
    }
    let which = if carried { "上年结转" } else { "本年预算" };
    let mut table = Table::new("project_expenditure", format!("{year}年项目支出预算表（{which}）"), columns);
    let row = |unit: Cell, name: Cell, parts: &[i64]| {
        let mut cells = if unit_column { vec![unit, name] } else { vec![name] };
        cells.push(Cell::Amount(parts.iter().sum()));
        cells.extend(parts.iter().map(|p| Cell::Amount(*p)));
        cells
    };
    let sums = |unit: Option<usize>| {
        let mut parts = vec![0; n_sources];
        let chosen = figures.projects.iter().filter(|p| p.carried == carried && unit.is_none_or(|u| p.unit == u));
        chosen.for_each(|p| parts[p.source] += p.amount);
        parts
    };
    let first = match unit_column {
        true => row(Cell::text("合计"), Cell::Blank, &sums(None)),
        false => row(Cell::Blank, Cell::text("合计"), &sums(None)),
    };
    let first = table.push(first);
    first.bold = true;
    if unit_column {
        first.merged = vec![(0, 2)];
    }
    for (i, unit) in figures.units.iter().enumerate() {
        let own: Vec<_> = figures.projects.iter().filter(|p| p.carried == carried && p.unit == i).collect();
        if own.is_empty() {
            continue;
        }
        if unit_column {
            table.row_spans.push((table.rows.len(), 0, own.len()));
        } else {
            table.push(row(Cell::Blank, Cell::text(unit), &sums(Some(i)))).bold = true;
        }
        for (nth, project) in own.iter().enumerate() {
            let mut parts = vec![0; n_sources];
            parts[project.source] = project.amount;
            let name = match project.carried {
                true => format!("接续使用{}年财政拨款资金（{}）", year - 1, project.name),
                false => project.name.clone(),
            };
            let beside = if nth == 0 { Cell::text(unit) } else { Cell::Blank };
            table.push(row(beside, Cell::text(name), &parts)).indent = usize::from(!unit_column);
        }
    }
    // Long lists are printed upright.
    table.landscape = figures.projects.len() < 100;
    note_nothing(&mut table);
    table
}

/// 政府采购预算表
pub(crate) fn procurement(figures: &Figures) -> Table {
    let columns = vec![
        Column::new("序号", Role::Text, 0.2),
        Column::new("项目名称", Role::Label, 3.0),
        Column::new("采购品目", Role::Label, 2.0),
        Column::new("采购数量", Role::Text, 0.4),
        Column::new("计量单位", Role::Text, 0.4),
        Column::new("采购预算/合计", Role::Amount, 1.0),
        Column::new("采购预算/一般公共预算", Role::Amount, 1.0),
        Column::new("采购预算/政府性基金预算", Role::Amount, 1.0),
    ];
    let title = format!("{}年政府采购支出预算表", figures.year);
    let mut table = Table::new("government_procurement", title, columns);
    let total: i64 = figures.purchases.iter().map(|p| p.amount).sum();
    let mut cells = vec![Cell::Blank; 8];
    cells[0] = Cell::text("合计");
    cells[5] = Cell::Amount(total);
    cells[6] = Cell::Amount(total);
    let first = table.push(cells);
    first.bold = true;
    first.merged = vec![(0, 5)];
    for (i, purchase) in figures.purchases.iter().enumerate() {
        table.push(vec![
            Cell::text((i + 1).to_string()),
            Cell::text(figures.projects[purchase.project].name.clone()),
            Cell::text(purchase.item),
            Cell::text(purchase.quantity.to_string()),
            Cell::text(purchase.measure),
            Cell::Amount(purchase.amount),
            Cell::Amount(purchase.amount),
            Cell::Amount(0),
        ]);
    }
    table.landscape = true;
    table
}
