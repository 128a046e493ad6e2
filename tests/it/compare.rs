//! Two reports side by side: one difference for one change, of the right class, at its place.

use mingzhang::compare::{self, Class, Difference};
use mingzhang::extract_report;
use serde_json::{Value as Json, json};

use crate::shared::DUMP;

fn report() -> Json {
    serde_json::to_value(extract_report("a.txt", DUMP.as_bytes()).unwrap()).unwrap()
}

fn compared(change: impl FnOnce(&mut Json)) -> Vec<Difference> {
    let old = report();
    let mut new = old.clone();
    change(&mut new);
    compare::compare(&old, &new)
}

/// The position of a row by its label.
fn row(report: &Json, label: &str) -> usize {
    let rows = report["tables"][0]["rows"].as_array().unwrap();
    rows.iter().position(|row| row["cells"].as_array().unwrap().contains(&label.into())).unwrap()
}

#[test]
fn equal_reports_do_not_differ() {
    assert_eq!(compare::compare(&report(), &report()), []);
}

#[test]
fn an_amount_is_named_by_statement_row_and_column() {
    let found = compared(|new| {
        let at = row(new, "行政运行");
        new["tables"][0]["rows"][at]["cells"][2] = "101.00".into();
    });
    let [difference] = &found[..] else { panic!("{found:?}") };
    assert_eq!(difference.class, Class::Amount);
    assert_eq!(difference.part, "table-01 2031年收入预算总表");
    assert!(difference.row.ends_with("2130201 行政运行"), "{difference:?}");
    assert_eq!(difference.column, "合计");
    assert_eq!((difference.old.as_deref(), difference.new.as_deref()), (Some("100.00"), Some("101.00")));
}

#[test]
fn a_blank_and_a_zero_are_different_amounts() {
    let found = compared(|new| {
        let at = row(new, "行政运行");
        let blank = new["tables"][0]["rows"][at]["cells"].as_array().unwrap().iter().position(Json::is_null).unwrap();
        new["tables"][0]["rows"][at]["cells"][blank] = "0.00".into();
        new["tables"][0]["rows"][at]["trust"][blank] = "unchecked".into();
    });
    let [difference] = &found[..] else { panic!("{found:?}") };
    assert_eq!((difference.class, difference.old.as_deref()), (Class::Amount, None));
}

#[test]
fn an_inserted_row_is_one_difference_and_shifts_none() {
    let found = compared(|new| {
        let at = row(new, "行政运行");
        let mut inserted = new["tables"][0]["rows"][at].clone();
        inserted["cells"][0] = "2130202".into();
        inserted["cells"][1] = "一般行政管理事务".into();
        new["tables"][0]["rows"].as_array_mut().unwrap().insert(at + 1, inserted);
    });
    let [difference] = &found[..] else { panic!("{found:?}") };
    assert_eq!((difference.class, difference.old.as_deref()), (Class::Structure, None));
    assert!(difference.row.contains("2130202 一般行政管理事务"));
    assert!(difference.new.as_deref().unwrap().contains("100.00"));
}

#[test]
fn a_row_with_another_label_is_a_changed_text() {
    let found = compared(|new| {
        let at = row(new, "行政运行");
        new["tables"][0]["rows"][at]["cells"][1] = "行政运转".into();
    });
    let [difference] = &found[..] else { panic!("{found:?}") };
    assert_eq!((difference.class, difference.column.as_str()), (Class::Text, "科目名称"));
}

#[test]
fn trust_is_told_apart_from_the_amount() {
    let found = compared(|new| {
        let at = row(new, "行政运行");
        new["tables"][0]["rows"][at]["trust"][2] = "contradicted".into();
    });
    assert!(matches!(&found[..], [Difference { class: Class::Trust, .. }]), "{found:?}");
}

#[test]
fn a_column_that_is_gone_is_one_difference() {
    let found = compared(|new| {
        new["tables"][0]["columns"].as_array_mut().unwrap().pop();
        for row in new["tables"][0]["rows"].as_array_mut().unwrap() {
            row["cells"].as_array_mut().unwrap().pop();
            row["trust"].as_array_mut().unwrap().pop();
        }
    });
    let [difference] = &found[..] else { panic!("{found:?}") };
    assert_eq!((difference.class, difference.new.as_deref()), (Class::Structure, None));
    assert_eq!(difference.column, "政府性基金");
}

#[test]
fn a_table_put_in_front_is_one_difference_though_every_id_changes() {
    let found = compared(|new| {
        let mut first = new["tables"][0].clone();
        first["kind"] = "other".into();
        first["title"] = "新表".into();
        first["rows"] = json!([]);
        let tables = new["tables"].as_array_mut().unwrap();
        tables.insert(0, first);
        tables[1]["id"] = "table-02".into();
        for check in new["checks"].as_array_mut().unwrap() {
            check["tables"] = json!(["table-02"]);
            check["where"] = check["where"].as_str().unwrap().replace("table-01", "table-02").into();
        }
    });
    let [difference] = &found[..] else { panic!("{found:?}") };
    assert_eq!((difference.class, difference.part.as_str()), (Class::Structure, "table-01 新表"));
}

#[test]
fn whatever_else_differs_is_found() {
    for (pointer, class) in [
        ("/source/sha256", Class::Source),
        ("/report/department", Class::Text),
        ("/tables/0/unit", Class::Text),
        ("/tables/0/rows/0/page", Class::Place),
        ("/sections/0/text", Class::Text),
        ("/sections/0/heading", Class::Text),
        ("/checks/0/left", Class::Check),
    ] {
        let found = compared(|new| *new.pointer_mut(pointer).unwrap() = "other".into());
        assert!(found.iter().any(|difference| difference.class == class), "{pointer}: {found:?}");
    }
}

#[test]
fn reports_that_differ_in_an_id_alone_differ() {
    let mut old = report();
    old["checks"] = json!([]);
    let mut new = old.clone();
    new["tables"][0]["id"] = "table-07".into();
    assert_eq!(compare::compare(&old, &new).len(), 1);
}

#[test]
fn differences_are_a_table_for_people_and_json_for_programs() {
    let found = compared(|new| {
        let at = row(new, "行政运行");
        new["tables"][0]["rows"][at]["cells"][2] = "101.00".into();
    });
    let table = compare::people(&found);
    assert!(table.contains("table-01 2031年收入预算总表\n"), "{table}");
    assert!(table.lines().any(|line| line.trim_start().starts_with("amount") && line.ends_with("101.00")), "{table}");
    assert!(table.ends_with("1 difference: 1 amount\n"), "{table}");
    let json = compare::json(&found);
    assert_eq!(json["counts"], json!({"amount": 1}));
    assert_eq!(json["differences"][0]["new"], "101.00");
}

#[test]
fn what_is_no_report_is_compared_without_a_panic() {
    for odd in
        [json!(null), json!([]), json!({"tables": 3}), json!({"tables": [{"rows": [{"cells": 1}], "columns": [1]}]})]
    {
        assert_ne!(compare::compare(&report(), &odd), []);
        assert_ne!(compare::compare(&odd, &report()), []);
    }
}

#[test]
fn a_large_table_is_compared_in_time_that_does_not_grow_with_its_square() {
    let mut old = report();
    let model = old["tables"][0]["rows"][row(&old, "行政运行")].clone();
    let rows: Vec<Json> = (0..30_000)
        .map(|i| {
            let mut row = model.clone();
            row["cells"][1] = format!("项目{}", i % 11).into();
            row["cells"][2] = format!("{}.00", i % 7).into();
            row
        })
        .collect();
    old["tables"][0]["rows"] = rows.into();
    let mut new = old.clone();
    let rows = new["tables"][0]["rows"].as_array_mut().unwrap();
    rows.remove(20_000);
    rows.insert(100, model);
    let begun = std::time::Instant::now();
    let found = compare::compare(&old, &new);
    assert!(!found.is_empty());
    // Its square would take minutes.
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
}
