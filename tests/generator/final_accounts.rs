//! The statements of final accounts (部门决算), each from the figures.

use super::budget::{by_function, dress, listed_classes, ordinal};
use super::knobs::{Options, Size};
use super::model::{Figures, FunctionLine};
use super::table::{Cell, Column, Role, Table};

/// Every statement, in the order of the report.
pub(crate) fn statements(figures: &Figures, options: &Options) -> Vec<Table> {
    let mut tables = vec![
        summary(figures, options),
        revenue(figures),
        expenditure(figures),
        appropriation(figures, options),
        general(figures),
        basic(figures),
        fund(figures),
        three_public(figures),
    ];
    if options.size == Size::Full {
        tables.push(state_capital());
    }
    for (i, table) in tables.iter_mut().enumerate() {
        table.number = Some(format!("公开{:02}表", i + 1));
        dress(table, figures, options);
        if options.column_numbers && !matches!(table.kind, "general_public_budget_basic_expenditure") {
            table.column_numbers = Some(lanes(table));
        }
    }
    tables
}

/// 本年收入: what was spent, less what was there before, and what is left.
pub(crate) fn income(line: &FunctionLine) -> i64 {
    line.current_total() + line.left
}

fn own(line: &FunctionLine) -> i64 {
    line.project[4]
}

fn fiscal_income(line: &FunctionLine) -> i64 {
    income(line) - own(line)
}

fn fiscal_spent(line: &FunctionLine) -> i64 {
    line.total() - own(line)
}

/// The 栏次 row: its word under the labels, then the numbers of the amount columns.
fn lanes(table: &Table) -> Vec<Option<String>> {
    let (mut n, mut previous) = (0, None);
    let mut lanes = Vec::new();
    for column in &table.columns {
        lanes.push(match column.role {
            Role::Amount => {
                n += 1;
                Some(n.to_string())
            }
            Role::Text => None,
            _ if previous == Some(Role::Amount) || previous.is_none() => Some("栏次".to_owned()),
            _ => None,
        });
        previous = Some(column.role);
    }
    lanes
}

fn two_sided(title: &str, kind: &'static str, left: &[LeftRow], right: &[RightRow], amounts: &[&str]) -> Table {
    let mut columns = vec![
        Column::new("收入/项目", Role::Label, 2.5),
        Column::new("收入/行次", Role::Text, 0.2),
        Column::new("收入/金额", Role::Amount, 1.0),
        Column::new("支出/项目", Role::Label, 3.0),
        Column::new("支出/行次", Role::Text, 0.2),
    ];
    columns.extend(amounts.iter().map(|a| Column::new(&format!("支出/{a}"), Role::Amount, 1.0)));
    let mut table = Table::new(kind, title.to_owned(), columns);
    let n = left.len().max(right.len());
    // The sums stand in the last three rows of both sides.
    let (left_items, left_sums) = left.split_at(left.len() - 3);
    let (right_items, right_sums) = right.split_at(right.len() - 3);
    for i in 0..n {
        let at = |len: usize| if i + 3 >= n { None } else { (i < len).then_some(i) };
        let sum = (i + 3).checked_sub(n);
        let l = at(left_items.len()).map(|i| &left_items[i]).or(sum.map(|s| &left_sums[s]));
        let r = at(right_items.len()).map(|i| &right_items[i]).or(sum.map(|s| &right_sums[s]));
        let mut cells = vec![
            l.map_or(Cell::Blank, |l| Cell::text(l.0.clone())),
            Cell::text((i + 1).to_string()),
            l.map_or(Cell::Blank, |l| Cell::Amount(l.1)),
            r.map_or(Cell::Blank, |r| Cell::text(r.0.clone())),
            Cell::text((n + i + 1).to_string()),
        ];
        match r {
            Some(r) => cells.extend(r.1.iter().map(|a| Cell::Amount(*a))),
            None => cells.extend(vec![Cell::Blank; amounts.len()]),
        }
        table.push(cells).bold = sum.is_some_and(|s| s != 1);
    }
    table.notes.push("注：本表以收付实现制反映，金额为零的项目不填列。".to_owned());
    table
}

/// A row of the left side: name and amount.
type LeftRow = (String, i64);

/// A row of the right side: name and amounts.
type RightRow = (String, Vec<i64>);

fn summary(figures: &Figures, options: &Options) -> Table {
    let source = |s: usize| figures.sum(|l| l.current(s) + if s == 0 { l.left } else { 0 });
    let (income, spent) = (figures.sum(income), figures.sum(FunctionLine::total));
    let (carried, left) = (figures.sum(|l| l.carried), figures.sum(|l| l.left));
    let names = [
        ("一般公共预算财政拨款收入", source(0)),
        ("政府性基金预算财政拨款收入", source(1)),
        ("国有资本经营预算财政拨款收入", 0),
        ("上级补助收入", 0),
        ("事业收入", 0),
        ("经营收入", 0),
        ("附属单位上缴收入", 0),
        ("其他收入", source(4)),
    ];
    let mut lefts: Vec<LeftRow> =
        names.iter().enumerate().map(|(i, (n, a))| (format!("{}、{n}", ordinal(i + 1)), *a)).collect();
    lefts.extend([
        ("本年收入合计".to_owned(), income),
        ("年初结转和结余".to_owned(), carried),
        ("总计".to_owned(), income + carried),
    ]);
    let mut rights: Vec<RightRow> = listed_classes(figures, options)
        .iter()
        .enumerate()
        .map(|(i, (c, n))| (format!("{}、{n}", ordinal(i + 1)), vec![figures.class_sum(c, FunctionLine::total)]))
        .collect();
    rights.extend([
        ("本年支出合计".to_owned(), vec![spent]),
        ("年末结转和结余".to_owned(), vec![left]),
        ("总计".to_owned(), vec![spent + left]),
    ]);
    two_sided("收入支出决算总表", "revenue_expenditure_summary", &lefts, &rights, &["金额"])
}

fn appropriation(figures: &Figures, options: &Options) -> Table {
    let source = |s: usize| figures.sum(|l| l.current(s) + if s == 0 { l.left } else { 0 });
    let (carried, left) = (figures.sum(|l| l.carried), figures.sum(|l| l.left));
    let income = figures.sum(fiscal_income);
    let lefts: Vec<LeftRow> = vec![
        ("一、一般公共预算财政拨款".to_owned(), source(0)),
        ("二、政府性基金预算财政拨款".to_owned(), source(1)),
        ("三、国有资本经营预算财政拨款".to_owned(), 0),
        ("本年收入合计".to_owned(), income),
        ("年初财政拨款结转和结余".to_owned(), carried),
        ("总计".to_owned(), income + carried),
    ];
    let split = |general: i64, fund: i64| vec![general + fund, general, fund, 0];
    let general = |l: &FunctionLine| l.current(0) + l.carried;
    let fund = |l: &FunctionLine| l.current(1);
    let mut rights: Vec<RightRow> = listed_classes(figures, options)
        .iter()
        .enumerate()
        .map(|(i, (c, n))| {
            let parts = split(figures.class_sum(c, general), figures.class_sum(c, fund));
            (format!("{}、{n}", ordinal(i + 1)), parts)
        })
        .collect();
    let (g, f) = (figures.sum(general), figures.sum(fund));
    rights.extend([
        ("本年支出合计".to_owned(), split(g, f)),
        ("年末财政拨款结转和结余".to_owned(), split(left, 0)),
        ("总计".to_owned(), split(g + left, f)),
    ]);
    let columns = ["合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"];
    two_sided("财政拨款收入支出决算总表", "fiscal_appropriation_summary", &lefts, &rights, &columns)
}

fn names() -> Vec<Column> {
    vec![Column::new("项目/科目代码", Role::Code, 0.6), Column::new("项目/科目名称", Role::Label, 3.0)]
}

fn amounts(paths: &[&str]) -> Vec<Column> {
    paths.iter().map(|p| Column::new(p, Role::Amount, 1.0)).collect()
}

fn revenue(figures: &Figures) -> Table {
    let columns = amounts(&[
        "本年收入合计",
        "财政拨款收入",
        "上级补助收入",
        "事业收入",
        "经营收入",
        "附属单位上缴收入",
        "其他收入",
    ]);
    let of = |l: &FunctionLine| vec![income(l), fiscal_income(l), 0, 0, 0, 0, own(l)];
    let mut table = by_function(figures, "revenue_summary", "收入决算表".to_owned(), names(), columns, &of);
    table.notes.push("注：本表反映本年度取得的各项收入。".to_owned());
    table.landscape = true;
    table
}

fn expenditure(figures: &Figures) -> Table {
    let columns = amounts(&["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"]);
    let of = |l: &FunctionLine| vec![l.total(), l.basic, l.project_total(), 0, 0, 0];
    let mut table = by_function(figures, "expenditure_summary", "支出决算表".to_owned(), names(), columns, &of);
    table.landscape = true;
    table
}

fn general(figures: &Figures) -> Table {
    let columns = amounts(&["本年支出/合计", "本年支出/基本支出", "本年支出/项目支出"]);
    let of = |l: &FunctionLine| vec![l.current(0) + l.carried, l.basic, l.project[0] + l.carried];
    let title = "一般公共预算财政拨款支出决算表".to_owned();
    by_function(figures, "general_public_budget_expenditure", title, names(), columns, &of)
}

fn basic(figures: &Figures) -> Table {
    let block = ["科目编码", "科目名称", "决算数"];
    let mut columns = Vec::new();
    for _ in 0..2 {
        for (path, role) in block.iter().zip([Role::Code, Role::Label, Role::Amount]) {
            columns.push(Column::new(path, role, if role == Role::Label { 3.0 } else { 0.8 }));
        }
    }
    let title = "一般公共预算财政拨款基本支出决算明细表".to_owned();
    let mut table = Table::new("general_public_budget_basic_expenditure", title, columns);
    let side = |personnel: bool| {
        let mut rows: Vec<(String, String, i64)> = Vec::new();
        let mut class = "";
        for e in figures.economic.iter().filter(|e| e.is_personnel() == personnel) {
            if e.class != class {
                class = e.class;
                let sum = figures.economic.iter().filter(|x| x.class == class).map(|x| x.amount).sum();
                rows.push((e.class.to_owned(), e.class_name.to_owned(), sum));
            }
            rows.push((e.code.to_owned(), e.name.to_owned(), e.amount));
        }
        rows
    };
    let (left, right) = (side(true), side(false));
    for i in 0..left.len().max(right.len()) {
        let mut cells = Vec::new();
        for row in [left.get(i), right.get(i)] {
            match row {
                Some((code, name, amount)) => {
                    cells.extend([Cell::text(code.clone()), Cell::text(name.clone()), Cell::Amount(*amount)]);
                }
                None => cells.extend([Cell::Blank, Cell::Blank, Cell::Blank]),
            }
        }
        table.push(cells);
    }
    let last = table.push(vec![
        Cell::text("人员经费合计"),
        Cell::Blank,
        Cell::Amount(figures.personnel()),
        Cell::text("公用经费合计"),
        Cell::Blank,
        Cell::Amount(figures.public()),
    ]);
    last.bold = true;
    last.merged = vec![(0, 2), (3, 2)];
    table
}

fn fund(figures: &Figures) -> Table {
    let columns = amounts(&[
        "年初结转和结余",
        "本年收入",
        "本年支出/小计",
        "本年支出/基本支出",
        "本年支出/项目支出",
        "年末结转和结余",
    ]);
    let of = |l: &FunctionLine| {
        let a = l.current(1);
        if a == 0 { vec![0; 6] } else { vec![0, a, a, 0, a, 0] }
    };
    let title = "政府性基金预算财政拨款收入支出决算表".to_owned();
    let mut table = by_function(figures, "government_fund_expenditure", title, names(), columns, &of);
    if table.rows.len() == 1 {
        empty(&mut table, "说明：本部门本年度没有政府性基金收支，本表为空。");
    }
    table.landscape = true;
    table
}

fn state_capital() -> Table {
    let mut columns = names();
    columns.extend(amounts(&["本年支出/合计", "本年支出/基本支出", "本年支出/项目支出"]));
    let title = "国有资本经营预算财政拨款支出决算表".to_owned();
    let mut table = Table::new("state_capital_budget", title, columns);
    let mut cells = vec![Cell::Blank; 5];
    cells[0] = Cell::text("合计");
    table.push(cells).merged = vec![(0, 2)];
    empty(&mut table, "说明：本部门本年度没有使用国有资本经营预算安排的支出，本表为空。");
    table
}

fn empty(table: &mut Table, note: &str) {
    for cell in &mut table.rows[0].cells {
        if matches!(cell, Cell::Amount(_)) {
            *cell = Cell::Blank;
        }
    }
    table.n_empty = 3;
    table.notes.push(note.to_owned());
}

fn three_public(figures: &Figures) -> Table {
    let mut columns = Vec::new();
    for side in ["预算数", "决算数"] {
        for leaf in [
            "合计",
            "因公出国（境）费",
            "公务用车购置及运行维护费/小计",
            "公务用车购置及运行维护费/公务用车购置费",
            "公务用车购置及运行维护费/公务用车运行维护费",
            "公务接待费",
        ] {
            columns.push(Column::new(&format!("{side}/{leaf}"), Role::Amount, 1.0));
        }
    }
    let title = "财政拨款“三公”经费支出决算表".to_owned();
    let mut table = Table::new("three_public_expenses", title, columns);
    let (reception, running) = figures.three_public();
    let row = |reception: i64, running: i64| [reception + running, 0, running, 0, running, reception].map(Cell::Amount);
    // The budget allowed a little more than was spent; whole hundreds keep 万元 exact.
    let allowed = figures.allowed.unwrap_or((reception + 500_000, running + 1_200_000));
    let allowed = row(allowed.0, allowed.1);
    table.push(allowed.into_iter().chain(row(reception, running)).collect());
    table.landscape = true;
    table
}
