//! The statements of a budget (部门预算), each from the figures.

use super::codes::{CLASSES, functional_name};
use super::knobs::{Options, Size};
use super::model::{Figures, FunctionLine, N_SOURCES};
use super::money::{Unit, Zeros, percent};
use super::table::{Cell, Column, Role, Table};

/// Every statement, in the order of the report.
pub(crate) fn statements(figures: &Figures, options: &Options) -> Vec<Table> {
    let mut tables = vec![summary(figures, options), revenue(figures, options), expenditure(figures, options)];
    tables.push(appropriation(figures, options));
    tables.push(general(figures, options));
    tables.push(basic(figures, options));
    if options.size == Size::Full {
        tables.push(fund_revenue(figures));
    }
    tables.push(fund_expenditure(figures));
    tables.push(three_public(figures));
    if options.size == Size::Full {
        tables.push(state_capital(figures));
        tables.push(operating(figures));
    }
    tables.push(projects(figures, false, options.unit_column));
    if options.size == Size::Full {
        tables.push(projects(figures, true, options.unit_column));
        tables.push(procurement(figures));
    }
    for (i, table) in tables.iter_mut().enumerate() {
        table.number = Some(format!("预算公开表{}", i + 1));
        dress(table, figures, options);
    }
    tables
}

/// Gives a table the manner of its document.
pub(crate) fn dress(table: &mut Table, figures: &Figures, options: &Options) {
    table.department = Some(figures.department.clone());
    table.unit = if options.yuan { Unit::Yuan } else { Unit::TenThousand };
    if options.mixed_units && table.kind == "three_public_expenses" {
        table.unit = if options.yuan { Unit::TenThousand } else { Unit::Yuan };
        table.ascii_colon = true;
    }
    table.separators = options.separators;
    table.zeros = if options.zeros_printed { Zeros::Printed } else { Zeros::Blank };
    if options.column_numbers && table.column_numbers.is_none() {
        let numbers = (1..=table.columns.len()).map(|n| Some(n.to_string())).collect();
        table.column_numbers = Some(numbers);
    }
}

const SOURCES: [&str; N_SOURCES] =
    ["一般公共预算", "政府性基金预算", "国有资本经营预算", "财政专户管理资金", "单位资金"];

/// 一、 to 三十、
pub(crate) fn ordinal(n: usize) -> String {
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (n / 10, n % 10) {
        (0, one) => digits[one].to_owned(),
        (1, one) => format!("十{}", digits[one]),
        (ten, one) => format!("{}十{}", digits[ten], digits[one]),
    }
}

/// The classes that a two-sided table lists: all of them, or in small documents those with money and a few more.
pub(crate) fn listed_classes(figures: &Figures, options: &Options) -> Vec<(&'static str, &'static str)> {
    let used = |class: &str| figures.class_sum(class, FunctionLine::total) != 0;
    let all = options.size == Size::Full;
    CLASSES.into_iter().enumerate().filter(|(i, (code, _))| all || *i < 2 || used(code)).map(|(_, c)| c).collect()
}

fn summary(figures: &Figures, options: &Options) -> Table {
    let columns = vec![
        Column::new("收入/项目", Role::Label, 2.0),
        Column::new(&format!("收入/{}年", figures.year), Role::Amount, 1.0),
        Column::new("支出/项目", Role::Label, 3.0),
        Column::new(&format!("支出/{}年合计", figures.year), Role::Amount, 1.0),
        Column::new("支出/当年预算安排", Role::Amount, 1.0),
        Column::new("支出/上年结转安排", Role::Amount, 1.0),
    ];
    let title = format!("{}年预算收支总表", figures.year);
    let mut table = Table::new("revenue_expenditure_summary", title, columns);
    let classes = listed_classes(figures, options);
    for i in 0..classes.len().max(N_SOURCES) {
        let mut cells = match SOURCES.get(i) {
            Some(name) => {
                vec![Cell::text(format!("{}、{name}", ordinal(i + 1))), Cell::Amount(figures.sum(|l| l.current(i)))]
            }
            None => vec![Cell::Blank, Cell::Blank],
        };
        match classes.get(i) {
            Some((code, name)) => cells.extend([
                Cell::text(format!("{}、{name}", ordinal(i + 1))),
                Cell::Amount(figures.class_sum(code, FunctionLine::total)),
                Cell::Amount(figures.class_sum(code, FunctionLine::current_total)),
                Cell::Amount(figures.class_sum(code, |l| l.carried)),
            ]),
            None => cells.extend([Cell::Blank, Cell::Blank, Cell::Blank, Cell::Blank]),
        }
        table.push(cells);
    }
    let (current, carried) = (figures.sum(FunctionLine::current_total), figures.sum(|l| l.carried));
    let bold = |table: &mut Table, cells| table.push(cells).bold = true;
    bold(
        &mut table,
        vec![
            Cell::text("本年收入合计"),
            Cell::Amount(current),
            Cell::text("本年支出合计"),
            Cell::Amount(current + carried),
            Cell::Amount(current),
            Cell::Amount(carried),
        ],
    );
    let blank = Cell::Blank;
    table.push(vec![
        Cell::text("上年结转"),
        Cell::Amount(carried),
        Cell::text("年终结转"),
        blank.clone(),
        blank.clone(),
        blank,
    ]);
    bold(
        &mut table,
        vec![
            Cell::text("收入总计"),
            Cell::Amount(current + carried),
            Cell::text("支出总计"),
            Cell::Amount(current + carried),
            Cell::Amount(current),
            Cell::Amount(carried),
        ],
    );
    table
}

/// A table of functional codes: 合计, then classes, groups and items.
pub(crate) fn by_function(
    figures: &Figures,
    kind: &'static str,
    title: String,
    code_columns: Vec<Column>,
    amount_columns: Vec<Column>,
    of: &dyn Fn(&FunctionLine) -> Vec<i64>,
) -> Table {
    let n_codes = code_columns.iter().filter(|c| c.role == Role::Code).count();
    let n_names = code_columns.len();
    let columns: Vec<Column> = code_columns.into_iter().chain(amount_columns).collect();
    let n_amounts = columns.len() - n_names;
    let mut table = Table::new(kind, title, columns);
    let rows = figures.tree(of);
    let mut total = vec![0; n_amounts];
    for (_, _, sums) in rows.iter().filter(|(_, level, _)| *level == 0) {
        total.iter_mut().zip(sums).for_each(|(t, s)| *t += s);
    }
    let mut cells = vec![Cell::Blank; n_names];
    cells[0] = Cell::text("合计");
    cells.extend(total.into_iter().map(Cell::Amount));
    let first = table.push(cells);
    first.bold = true;
    first.merged = vec![(0, n_names)];
    for (code, level, sums) in rows {
        let mut cells = match n_codes {
            3 => {
                // The code in parts, each row with the parts of its level filled.
                let part = |from: usize, to: usize| match code.get(from..to) {
                    Some(part) => Cell::text(part),
                    None => Cell::Blank,
                };
                vec![part(0, 3), part(3, 5), part(5, 7)]
            }
            _ => vec![Cell::text(code.clone())],
        };
        cells.push(Cell::text(functional_name(&code)));
        cells.extend(sums.into_iter().map(Cell::Amount));
        let row = table.push(cells);
        row.level = Some(level);
        row.indent = usize::from(level);
    }
    table
}

fn code_columns(options: &Options) -> Vec<Column> {
    if options.split_codes {
        vec![
            Column::new("科目编码/类", Role::Code, 0.3),
            Column::new("科目编码/款", Role::Code, 0.3),
            Column::new("科目编码/项", Role::Code, 0.3),
            Column::new("科目名称", Role::Label, 3.0),
        ]
    } else {
        vec![Column::new("项目/科目编码", Role::Code, 0.6), Column::new("项目/科目名称", Role::Label, 3.0)]
    }
}

fn amounts(paths: &[&str]) -> Vec<Column> {
    paths.iter().map(|p| Column::new(p, Role::Amount, 1.0)).collect()
}

fn revenue(figures: &Figures, options: &Options) -> Table {
    let of = |l: &FunctionLine| {
        let mut all = vec![l.current_total()];
        all.extend((0..N_SOURCES).map(|s| l.current(s)));
        all.push(l.carried);
        all
    };
    let columns = amounts(&[
        "本年收入/合计",
        "本年收入/一般公共预算",
        "本年收入/政府性基金",
        "本年收入/国有资本经营预算",
        "本年收入/财政专户管理资金",
        "本年收入/单位资金",
        "上年结转",
    ]);
    let title = format!("{}年预算收入总表", figures.year);
    let mut table = by_function(figures, "revenue_summary", title, code_columns(options), columns, &of);
    table.landscape = true;
    table
}

fn basic_and_project(figures: &Figures) -> Vec<Column> {
    let paths = ["合计", "基本支出", "项目支出"].map(|leaf| format!("{}年预算数/{leaf}", figures.year));
    amounts(&paths.each_ref().map(String::as_str))
}

fn expenditure(figures: &Figures, options: &Options) -> Table {
    let of = |l: &FunctionLine| vec![l.total(), l.basic, l.project_total()];
    let title = format!("{}年预算支出总表", figures.year);
    let columns = basic_and_project(figures);
    by_function(figures, "expenditure_summary", title, code_columns(options), columns, &of)
}

fn appropriation(figures: &Figures, options: &Options) -> Table {
    let columns = vec![
        Column::new("收入/项目", Role::Label, 2.0),
        Column::new("收入/金额", Role::Amount, 1.0),
        Column::new("支出/项目", Role::Label, 3.0),
        Column::new("支出/金额/小计", Role::Amount, 1.0),
        Column::new("支出/金额/一般公共预算", Role::Amount, 1.0),
        Column::new("支出/金额/政府性基金预算", Role::Amount, 1.0),
        Column::new("支出/金额/国有资本经营预算", Role::Amount, 1.0),
    ];
    let title = format!("{}年财政拨款收支总表", figures.year);
    let mut table = Table::new("fiscal_appropriation_summary", title, columns);
    let fund = |s: usize| move |l: &FunctionLine| l.current(s) + if s == 0 { l.carried } else { 0 };
    let three = |of: &dyn Fn(usize) -> i64| {
        let parts: Vec<i64> = (0..3).map(of).collect();
        let mut cells = vec![Cell::Amount(parts.iter().sum())];
        cells.extend(parts.into_iter().map(Cell::Amount));
        cells
    };
    let carried = figures.sum(|l| l.carried);
    let current: i64 = (0..3).map(|s| figures.sum(|l| l.current(s))).sum();
    let classes = listed_classes(figures, options);
    let n = classes.len().max(3);
    for i in 0..n {
        let mut cells = match SOURCES.get(i).filter(|_| i < 3) {
            Some(name) => {
                vec![Cell::text(format!("{}、{name}", ordinal(i + 1))), Cell::Amount(figures.sum(|l| l.current(i)))]
            }
            None => vec![Cell::Blank, Cell::Blank],
        };
        match classes.get(i) {
            Some((code, name)) => {
                cells.push(Cell::text(format!("{}、{name}", ordinal(i + 1))));
                cells.extend(three(&|s| figures.class_sum(code, fund(s))));
            }
            None => cells.extend(vec![Cell::Blank; 5]),
        }
        table.push(cells);
    }
    let totals = three(&|s| figures.sum(fund(s)));
    for (left, amount, right, filled) in [
        ("本年收入合计", current, "本年支出合计", true),
        ("上年财政拨款结转", carried, "年终结转", false),
        ("收入总计", current + carried, "支出总计", true),
    ] {
        let mut cells = vec![Cell::text(left), Cell::Amount(amount), Cell::text(right)];
        cells.extend(if filled { totals.clone() } else { vec![Cell::Blank; 4] });
        table.push(cells).bold = filled;
    }
    table
}

fn general(figures: &Figures, options: &Options) -> Table {
    let of = |l: &FunctionLine| vec![l.current(0), l.basic, l.project[0]];
    let title = format!("{}年一般公共预算支出预算表（不含上年结转）", figures.year);
    let (codes, columns) = (code_columns(options), basic_and_project(figures));
    if options.compare_years {
        return compared(figures, title, codes);
    }
    by_function(figures, "general_public_budget_expenditure", title, codes, columns, &of)
}

/// The year beside the one before, with the change in money and in percent.
fn compared(figures: &Figures, title: String, codes: Vec<Column>) -> Table {
    let (year, last) = (figures.year, figures.year - 1);
    let paths = [
        format!("{last}年执行数"),
        format!("{year}年预算数/小计"),
        format!("{year}年预算数/基本支出"),
        format!("{year}年预算数/项目支出"),
        "增减情况/增减额".to_owned(),
        "增减情况/增减%".to_owned(),
    ];
    let of = |l: &FunctionLine| vec![l.last, l.current(0), l.basic, l.project[0], l.current(0) - l.last, 0];
    let columns = amounts(&paths.each_ref().map(String::as_str));
    let mut table = by_function(figures, "general_public_budget_expenditure", title, codes, columns, &of);
    let n = table.columns.len();
    for row in &mut table.rows {
        let (Cell::Amount(last), Cell::Amount(change)) = (&row.cells[n - 6], &row.cells[n - 2]) else { continue };
        row.cells[n - 1] = match (*last, *change) {
            (0, _) => Cell::Blank,
            (last, change) => {
                let sign = if change < 0 { "-" } else { "" };
                Cell::Printed(format!("{sign}{}", percent(change, last).trim_end_matches('%')))
            }
        };
    }
    table.landscape = true;
    table
}

fn basic(figures: &Figures, options: &Options) -> Table {
    let names = if options.split_codes {
        vec![Column::new("经济分类/科目编码", Role::Code, 0.6), Column::new("经济分类/科目名称", Role::Label, 3.0)]
    } else {
        vec![
            Column::new("部门预算支出经济科目名称", Role::Label, 2.0),
            Column::new("政府预算支出经济科目名称", Role::Label, 2.0),
        ]
    };
    let paths = ["合计", "人员经费", "公用经费"].map(|leaf| format!("{}年预算数/{leaf}", figures.year));
    let columns = names.into_iter().chain(amounts(&paths.each_ref().map(String::as_str))).collect();
    let title = format!("{}年一般公共预算安排基本支出分经济科目表（不含上年结转）", figures.year);
    let mut table = Table::new("general_public_budget_basic_expenditure", title, columns);
    let split = |amount: i64, personnel: bool| {
        let (a, b) = if personnel { (amount, 0) } else { (0, amount) };
        [Cell::Amount(amount), Cell::Amount(a), Cell::Amount(b)]
    };
    let (personnel, public) = (figures.personnel(), figures.public());
    let mut cells = vec![Cell::text("合计"), Cell::Blank];
    cells.extend([Cell::Amount(personnel + public), Cell::Amount(personnel), Cell::Amount(public)]);
    let first = table.push(cells);
    first.bold = true;
    first.merged = vec![(0, 2)];
    let mut class = "";
    for line in &figures.economic {
        if line.class != class {
            class = line.class;
            let sum = figures.economic.iter().filter(|e| e.class == class).map(|e| e.amount).sum();
            let mut cells = if options.split_codes {
                vec![Cell::text(class), Cell::text(line.class_name)]
            } else {
                vec![Cell::text(line.class_name), Cell::Blank]
            };
            cells.extend(split(sum, line.is_personnel()));
            table.push(cells);
        }
        let mut cells = if options.split_codes {
            vec![Cell::text(line.code), Cell::text(line.name)]
        } else {
            vec![Cell::text(line.name), Cell::text(line.government)]
        };
        cells.extend(split(line.amount, line.is_personnel()));
        table.push(cells).indent = usize::from(options.split_codes);
    }
    table
}

use super::budget_small::{
    fund_expenditure, fund_revenue, operating, procurement, projects, state_capital, three_public,
};
