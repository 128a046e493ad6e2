//! What is found where amounts change places, rows stand aside or are lost, and the text tells another amount.

use mingzhang::interpret::{Disclosure, Statement};
use mingzhang::provenance::Provenance;
use mingzhang::reconcile::{Gap, Reconciliation, Trust, reconcile};
use mingzhang::terms::{StatementKind, Unit};

use crate::reconcile::{disclosure, failed, section, statement};

const NOBODY: Vec<String> = Vec::new();

fn wan(id: &str, kind: StatementKind, drawn: &str) -> Statement {
    statement(id, kind, Unit::TenThousandYuan, drawn)
}

fn said(tables: Vec<Statement>, text: &str) -> Vec<String> {
    failed(&reconcile(Disclosure { sections: vec![section(text)], ..disclosure(tables) }))
}

#[test]
fn two_amounts_that_changed_places_in_their_column_are_not_vouched_for_by_its_sums() {
    let drawn = |first: &str, second: &str| {
        let drawn = format!(
            "
            #科目编码 | @科目名称 | $合计 | $人员经费 | $公用经费
             | 合计 | 171.50 | 120.00 | 51.50
            301 | 工资福利支出 | 120.00 | 120.00 |
            30101 | 基本工资 | 60.25 | 60.25 |
            30102 | 津贴补贴 | 40.15 | 40.15 |
            30103 | 奖金 | 19.60 | 19.60 |
            302 | 商品和服务支出 | 51.50 | | 51.50
            30201 | 办公费 | 31.20 | | {first}
            30202 | 印刷费 | 8.10 | | {second}
            30211 | 差旅费 | 12.20 | | 12.20"
        );
        reconcile(disclosure(vec![wan("table-01", StatementKind::GeneralPublicBudgetBasicExpenditure, &drawn)]))
    };
    let sound = drawn("31.20", "8.10");
    assert_eq!(failed(&sound), NOBODY);
    let swapped = drawn("8.10", "31.20");
    assert_eq!(failed(&swapped).len(), 2, "{:?}", failed(&swapped));
    let vouched = |result: &Reconciliation, row: usize| result.trust[0][row][4] >= Some(Trust::Confirmed);
    for row in [6, 7] {
        assert!(vouched(&sound, row) && !vouched(&swapped, row));
    }
    assert!(vouched(&swapped, 8), "the row beside them is right");
}

fn by_units(project: &str) -> Vec<String> {
    let units = "
        @单位名称 | $合计
        合计 | 160.00
        云州市林业局（本级） | 90.00
        云州市林场 | 40.00
        云州市苗圃 | 30.00";
    let list = format!(
        "
        @支出项目类别（资金使用单位） | $总计
        合计 | 130.75
        云州市林业局 | 70.25
        防火宣传 | 30.10
        林区道路 | {project}
        云州市林场 | 35.50
        抚育补助 | 20.30
        护林员经费 | 15.20
        云州市苗圃 | 25.00
        良种繁育 | 14.80
        设备更新 | 10.20"
    );
    let tables = vec![
        wan("table-01", StatementKind::RevenueSummary, units),
        wan("table-02", StatementKind::ProjectExpenditure, &list),
    ];
    failed(&reconcile(disclosure(tables)))
}

#[test]
fn a_unit_that_is_listed_under_another_name_makes_no_project_of_itself() {
    let units = "
        @单位名称 | $合计
        合计 | 260.00
        云州市林业局 | 90.00
        云州市林场 | 40.00
        云州市苗圃 | 30.00
        云州市林科所 | 60.00
        云州市防火站 | 40.00";
    let list = "
        @支出项目类别（资金使用单位） | $总计
        合计 | 204.20
        云州市林业局 | 70.25
        防火宣传 | 30.10
        林区道路 | 40.15
        云州市林场 | 35.50
        抚育补助 | 20.30
        护林员经费 | 15.20
        云州市苗圃管理中心 | 25.00
        良种繁育 | 14.80
        设备更新 | 10.20
        云州市林科所 | 50.20
        课题经费 | 30.10
        样地维护 | 20.10
        云州市防火站 | 23.25
        瞭望塔 | 12.15
        通信 | 11.10";
    let tables = vec![
        wan("table-01", StatementKind::RevenueSummary, units),
        wan("table-02", StatementKind::ProjectExpenditure, list),
    ];
    assert_eq!(failed(&reconcile(disclosure(tables))), NOBODY);
}

#[test]
fn projects_add_up_to_the_unit_above_them_which_another_statement_names() {
    assert_eq!(by_units("40.15"), NOBODY);
    assert_eq!(by_units("45.15"), ["row-sum: table-02 row 4 林区道路 [总计]"]);
}

fn goes_on(last: &str) -> Vec<String> {
    let mut drawn = "@项目名称 | $资金总额 | @一级指标 | @二级指标\n合计 | 900.00 | |\n".to_owned();
    let mut pages = vec![1];
    for (n, name) in ["防火宣传项目", "林区道路项目", "抚育补助项目", "良种繁育项目", "设备更新项目"].iter().enumerate()
    {
        let amount = format!("{}.50", 100 + n);
        let again = if n == 4 { last } else { &amount };
        drawn += &format!("{name} | {amount} | 产出指标 | 数量指标\n{name} | {again} | 效益指标 | 社会效益指标\n");
        pages.extend([n as u32 + 1, n as u32 + 2]);
    }
    let mut list = wan("table-01", StatementKind::PerformanceTarget, &drawn);
    for (record, page) in list.records.iter_mut().zip(pages) {
        record.provenance = Provenance::page(page);
    }
    failed(&reconcile(disclosure(vec![list])))
}

#[test]
fn a_project_that_goes_on_overleaf_has_the_amount_that_it_had() {
    assert_eq!(goes_on("104.50"), NOBODY);
    assert_eq!(goes_on("184.50").len(), 1, "{:?}", goes_on("184.50"));
}

#[test]
fn the_only_row_of_a_table_is_found_one_column_aside() {
    let row = |row: &str| {
        let drawn = format!(
            "
            $合计 | $“三公”经费/小计 | $“三公”经费/因公出国（境）费 | $“三公”经费/公务用车费 | $“三公”经费/公务接待费 | $会议费 | $培训费
            {row}"
        );
        failed(&reconcile(disclosure(vec![wan("table-01", StatementKind::ThreePublicExpenses, &drawn)])))
    };
    assert_eq!(row("85.20 | 50.70 | 12.30 | 20.15 | 18.25 | 24.40 | 10.10"), NOBODY);
    assert_eq!(row(" | 85.20 | 50.70 | 12.30 | 20.15 | 18.25 | 24.40").len(), 1);
    // A sum that is not printed is no fault, and neither is a row that adds up in no place.
    assert_eq!(row(" | 50.70 | 12.30 | 20.15 | 18.25 | 24.40 | 10.10"), NOBODY);
}

#[test]
fn operating_expenses_of_the_text_are_those_of_their_statement() {
    let drawn = "
        #科目编码 | @科目名称 | $金额
         | 合计 | 205.97
        302 | 商品和服务支出 | 205.97
        30201 | 办公费 | 120.85
        30211 | 差旅费 | 85.12";
    let tells = |text: &str| said(vec![wan("table-01", StatementKind::AgencyOperatingExpenses, drawn)], text);
    assert_eq!(tells("2031年本部门一般公共预算机关运行经费预算支出205.97万元，比上年增加3.00万元。"), NOBODY);
    assert_eq!(tells("2031年本部门机关运行经费安排250.97万元，比上年增加3.00万元。").len(), 1);
    // Of another year, of some units, or rounded.
    for text in
        ["2030年本部门机关运行经费预算250.97万元。", "局机关机关运行经费预算150.00万元。", "机关运行经费预算206万元。"]
    {
        assert_eq!(tells(text), NOBODY, "{text}");
    }
}

#[test]
fn procurement_of_the_text_differs_from_its_statement_by_a_digit_only_where_it_is_misprinted() {
    let drawn = "
        @品目 | $金额
        合计 | 386.42
        A-货物 | 120.30
        C-服务 | 266.12";
    let tells = |text: &str| said(vec![wan("table-01", StatementKind::GovernmentProcurement, drawn)], text);
    assert_eq!(tells("2031年政府采购预算总额386.42万元。"), NOBODY);
    assert_eq!(tells("2031年政府采购预算总额336.42万元。").len(), 1);
    assert_eq!(tells("2031年政府采购预算总额512.00万元。"), NOBODY);
}

#[test]
fn expenses_of_the_text_are_held_against_the_row_that_others_of_the_section_agree_with() {
    let drawn = "
        $“三公”经费/小计 | $“三公”经费/因公出国（境）费 | $“三公”经费/公务用车购置费 | $“三公”经费/公务用车运行维护费 | $“三公”经费/公务接待费
        85.70 | 12.30 | 20.15 | 35.00 | 18.25";
    let table = || wan("table-01", StatementKind::ThreePublicExpenses, drawn);
    let text = |hosted: &str| {
        format!(
            "因公出国（境）费12.30万元，与上年持平。公务用车购置费20.15万元，公务用车运行维护费35.00万元。\
             “三公”经费85.70万元。公务接待费{hosted}万元。"
        )
    };
    assert_eq!(said(vec![table()], &text("18.25")), NOBODY);
    assert_eq!(said(vec![table()], &text("28.20")).len(), 1);
    assert_eq!(said(vec![table()], "公务接待费28.20万元。"), NOBODY, "nothing says that the row is spoken of");
}

#[test]
fn a_class_that_one_statement_of_all_money_lacks_is_missing_also_where_it_is_the_only_one() {
    let drawn = "
        #科目编码 | @科目名称 | $合计
         | 合计 | 120.50
        205 | 教育支出 | 120.50
        20502 | 普通教育 | 80.25
        2050201 | 学前教育 | 30.15
        2050202 | 小学教育 | 50.10
        20508 | 进修及培训 | 40.25
        2050803 | 培训支出 | 40.25";
    let kinds = [
        StatementKind::RevenueSummary,
        StatementKind::ExpenditureSummary,
        StatementKind::GeneralPublicBudgetExpenditure,
    ];
    let without: String = drawn.lines().filter(|line| !line.contains("205 |")).collect::<Vec<_>>().join("\n");
    let missing = |drawn: [&str; 3]| {
        let tables = kinds.iter().zip(drawn).zip(["table-01", "table-02", "table-03"]);
        let tables = tables.map(|((kind, drawn), id)| wan(id, *kind, drawn)).collect();
        let result = reconcile(disclosure(tables));
        let gaps = result.checks.into_iter().filter(|check| !check.holds).filter_map(|check| check.gap);
        gaps.collect::<Vec<Gap>>()
    };
    assert_eq!(missing([drawn, drawn, drawn]), []);
    assert_eq!(missing([drawn, drawn, &without]), [Gap::Row("205".to_owned())]);
    assert_eq!(missing([drawn, &without, &without]), [], "where two leave it out, the program may");
}
