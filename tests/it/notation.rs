//! Columns in unusual notations are read or said to be unreadable, and an unknown amount counts in no sum.

use mingzhang::interpret::{ColumnRole, Statement, interpret};
use mingzhang::note::{Note, NoteKind};
use mingzhang::reconcile::{Trust, reconcile};
use mingzhang::terms::{StatementKind, Unit};

use crate::page;
use crate::reconcile::{disclosure, failed, statement};

/// A table of items whose last column holds these amounts, and the notes on it.
fn read(unit: &str, amounts: [&str; 3]) -> (Statement, Vec<Note>) {
    let [total, first, second] = amounts;
    let drawing = format!(
        "
                 支出预算表
                                单位：{unit}
        +------------+----------------------+
        |项目名称    |合计                  |
        +------------+----------------------+
        |合计        |{total:<22}|
        +------------+----------------------+
        |林区道路    |{first:<22}|
        +------------+----------------------+
        |病虫防治    |{second:<22}|
        +------------+----------------------+
"
    );
    // CJK characters take two places.
    let fit = |line: &str| match line.rsplit_once('|') {
        Some((cells, "")) => format!("{}|", cells.trim_end_matches(' ').to_owned() + &" ".repeat(room(cells))),
        _ => line.to_owned(),
    };
    let drawing: Vec<String> = drawing.lines().map(fit).collect();
    let disclosure = interpret(page::layout(&[&drawing.join("\n")]));
    (disclosure.statements.into_iter().next().unwrap(), disclosure.notes)
}

/// The spaces that fill a line up to its last wall.
fn room(cells: &str) -> usize {
    let places = |c: char| if c.is_ascii() { 1 } else { 2 };
    let used: usize = cells.trim_end_matches(' ').chars().map(places).sum();
    (8 + 36 - used).max(1)
}

fn amounts(statement: &Statement) -> Vec<String> {
    let last = |values: &[Option<mingzhang::interpret::Value>]| values.last().cloned().flatten();
    let text = |value: Option<mingzhang::interpret::Value>| value.and_then(|v| v.amount).map(|a| a.to_string());
    statement.records.iter().map(|record| text(last(&record.values)).unwrap_or("?".to_owned())).collect()
}

fn n_unreadable(notes: &[Note]) -> usize {
    notes.iter().filter(|note| note.kind == NoteKind::AmountUnreadable).count()
}

#[test]
fn a_unit_in_each_cell_is_read_where_it_is_that_of_the_table() {
    let (table, notes) = read("万元", ["1,120.00万元", "1,000.00万元", "120.00万元"]);
    assert_eq!(amounts(&table), ["1120.00", "1000.00", "120.00"]);
    assert_eq!(n_unreadable(&notes), 0);
}

#[test]
fn another_unit_than_that_of_the_table_is_said_to_be_unreadable_once_for_the_column() {
    let (table, notes) = read("元", ["1,120.00万元", "1,000.00万元", "120.00万元"]);
    assert_eq!(table.columns[1].role, ColumnRole::Amount);
    assert_eq!(amounts(&table), ["?", "?", "?"]);
    assert_eq!(n_unreadable(&notes), 1);
}

#[test]
fn points_between_thousands_are_read_where_the_column_leaves_no_doubt() {
    assert_eq!(amounts(&read("万元", ["1.120,00", "1.000,00", "120,00"]).0), ["1120.00", "1000.00", "120.00"]);
    let (table, notes) = read("万元", ["1,120.00", "1,000.00", "120,00"]);
    assert_eq!(amounts(&table), ["1120.00", "1000.00", "?"]);
    assert_eq!(n_unreadable(&notes), 1);
}

#[test]
fn signs_behind_and_in_words_are_read() {
    assert_eq!(amounts(&read("万元", ["−20.00", "12.46−", "负7.54"]).0), ["-20.00", "-12.46", "-7.54"]);
    assert_eq!(amounts(&read("万元", [".28", "△.12", "0.40"]).0), ["0.28", "-0.12", "0.40"]);
}

#[test]
fn cells_too_narrow_for_their_amounts_are_unreadable() {
    let (table, notes) = read("万元", ["1,120.00", "#####", "***"]);
    assert_eq!(amounts(&table), ["1120.00", "?", "?"]);
    assert_eq!(n_unreadable(&notes), 1);
}

#[test]
fn an_unknown_amount_confirms_and_accuses_nobody() {
    let drawn = "
        #编码 | @科目 | $合计 | $基本支出 | $项目支出
         | 合计 | 160.00 | 110.00 | 50.00
        205 | 教育支出 | 100.00 | 70.00 | 30.00
        20502 | 普通教育 | 100.00 | 70.00 | 30.00
        2050202 | 小学教育 | 100.00 | 70.00 | 30.00*
        208 | 社会保障和就业支出 | 60.00 | 40.00 | 20.00
        20805 | 行政事业单位养老支出 | 60.00 | 40.00 | 20.00
        2080505 | 养老保险缴费支出 | 60.00 | 40.00 | 20.00
    ";
    let table = statement("table-01", StatementKind::ExpenditureSummary, Unit::TenThousandYuan, drawn);
    let result = reconcile(disclosure(vec![table]));
    assert_eq!(failed(&result), Vec::<String>::new());
    let trust = &result.trust[0];
    assert!(!trust.iter().flatten().any(|trust| *trust == Some(Trust::Contradicted)));
    let is_borne_out = matches!(trust[0][4], Some(Trust::Confirmed | Trust::Corroborated));
    assert!(is_borne_out, "the sum of what can be read");
}
