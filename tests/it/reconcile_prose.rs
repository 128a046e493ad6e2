//! What sentences and notes say of amounts, and what they must not be held against.

use mingzhang::interpret::Disclosure;
use mingzhang::note::NoteKind;
use mingzhang::reconcile::{Reconciliation, Trust, reconcile};
use mingzhang::terms::{StatementKind, Unit};

use crate::reconcile::{EXPENDITURE, disclosure, failed, section, statement};

fn none() -> Vec<String> {
    Vec::new()
}

/// A text beside the statement of expenditure that the other tests draw too.
fn said(text: &str) -> Reconciliation {
    let table = statement("table-01", StatementKind::ExpenditureSummary, Unit::TenThousandYuan, EXPENDITURE);
    reconcile(Disclosure { sections: vec![section(text)], ..disclosure(vec![table]) })
}

#[test]
fn parts_of_a_sentence_may_not_exceed_their_whole() {
    let result = said("培训经费9.00万元，其中：师资费5.00万元，场地费3.00万元，资料费2.50万元。");
    assert_eq!(failed(&result), ["narrative-list: 一、支出说明"]);
    let told = result.checks.iter().find(|check| !check.holds).unwrap();
    assert_eq!((told.left.to_string().as_str(), told.right.to_string().as_str()), ("90000.00", "105000.00"));
    // 其中 need not name all parts.
    assert_eq!(failed(&said("培训经费9.00万元，其中：师资费5.00万元，场地费3.00万元。")), none());
}

#[test]
fn a_whole_told_twice_by_different_parts_is_not_exceeded() {
    let twice = "支出9.00万元，其中：人员经费5.00万元，公用经费4.00万元，上半年6.00万元，下半年3.00万元。";
    assert_eq!(failed(&said(twice)), none());
    let nested = "支出9.00万元，其中：人员经费7.00万元，工资4.00万元，津贴3.00万元，公用经费1.00万元。";
    assert_eq!(failed(&said(nested)), none());
    let bracketed = "支出9.00万元，其中：人员经费7.00万元（含工资4.00万元），公用经费2.00万元。";
    assert_eq!(failed(&said(bracketed)), none());
}

#[test]
fn a_header_that_says_only_year_and_stage_names_no_item() {
    let drawn = "
        @项目 | $2031年预算数
        一、教育支出 | 50.00
        二、卫生健康支出 | 40.00
        本年支出合计 | 90.00";
    let kind = StatementKind::RevenueExpenditureSummary;
    let tables = ["table-01", "table-02"].map(|id| statement(id, kind, Unit::TenThousandYuan, drawn));
    let text = "教育支出50.00万元。教育支出50.00万元。卫生健康支出40.00万元。卫生健康支出40.00万元。\
                公务接待费。2031年预算数5.20万元，与上年持平。";
    let result = reconcile(Disclosure { sections: vec![section(text)], ..disclosure(tables.to_vec()) });
    assert_eq!(failed(&result), none());
}

#[test]
fn an_amount_cut_where_it_should_be_rounded_is_noted_and_not_accused() {
    let drawn = "
        #科目编码 | @科目名称 | $合计
         | 合计 | 632.40
        2080505 | 基本养老保险缴费支出 | 421.60
        2080506 | 职业年金缴费支出 | 210.80";
    let table = statement("table-01", StatementKind::ExpenditureSummary, Unit::TenThousandYuan, drawn);
    let text = "基本养老保险缴费支出421万元，职业年金缴费支出211万元。";
    let result = reconcile(Disclosure { sections: vec![section(text)], ..disclosure(vec![table]) });
    assert_eq!(failed(&result), none());
    let cut: Vec<_> = result.disclosure.notes.iter().filter(|note| note.kind == NoteKind::AmountCut).collect();
    assert_eq!(cut.len(), 1);
    assert_eq!(
        cut[0].message,
        "基本养老保险缴费支出: the text says 4210000.00 yuan for 4216000.00, cut and not rounded"
    );
}

#[test]
fn both_totals_named_together_are_held_against_the_summary() {
    let drawn = "
        @收入/项目 | $收入/预算数 | @支出/项目 | $支出/预算数
        一、财政拨款收入 | 90.00 | 一、教育支出 | 90.00
        收入总计 | 90.00 | 支出总计 | 90.00";
    let told = |total: &str| {
        let table = statement("table-01", StatementKind::RevenueExpenditureSummary, Unit::TenThousandYuan, drawn);
        let sections = vec![section(&format!("2031年收入总计、支出总计均为{total}万元。"))];
        failed(&reconcile(Disclosure { sections, ..disclosure(vec![table]) }))
    };
    assert_eq!(told("90.00"), none());
    assert_eq!(told("99.00").len(), 1);
}

#[test]
fn sums_short_of_rows_that_the_source_withholds_accuse_nobody() {
    let short = EXPENDITURE.replace("2050102 | 一般行政管理事务 | 11.50 | | 11.50", "");
    let told = |note: Option<&str>| {
        let kind = StatementKind::ExpenditureSummary;
        let mut table = statement("table-01", kind, Unit::TenThousandYuan, &short);
        table.notes.extend(note.map(str::to_owned));
        reconcile(disclosure(vec![table]))
    };
    assert!(!failed(&told(None)).is_empty());
    let result = told(Some("注：按照保密规定，部分项目未予公开。"));
    assert_eq!(failed(&result), none());
    assert!(!result.trust.iter().flatten().flatten().any(|trust| *trust == Some(Trust::Contradicted)));
    assert!(result.disclosure.notes.iter().any(|note| note.kind == NoteKind::RowsWithheld));
}
