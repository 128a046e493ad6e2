//! Which rows are parts of which: what is printed goes before what the figures suggest.

use crate::reconcile::{disclosure, failed, statement};
use mingzhang::note::{Note, NoteKind};
use mingzhang::provenance::Provenance;
use mingzhang::reconcile::{Reconciliation, Trust, reconcile};
use mingzhang::terms::{StatementKind, Unit};

fn checked(drawn: &str) -> Reconciliation {
    reconcile(disclosure(vec![statement("table-01", StatementKind::ProjectExpenditure, Unit::TenThousandYuan, drawn)]))
}

/// 900.00 is the sum of the two rows below it by chance.
const PROJECTS: &str = "
    @单位、项目 | $预算数
    合计 | 2345.67
    甲中心 | 1934.56
    >河道清理 | 134.56
    >水草打捞 | 900.00
    >信息平台 | 400.00
    >补植 | 500.00
    乙水库所 | 411.11
    >大坝观测 | 211.11
    >物料 | 200.00";

#[test]
fn units_and_their_projects_are_told_by_indentation() {
    let result = checked(PROJECTS);
    assert_eq!(failed(&result), Vec::<String>::new());
    assert!(result.trust[0].iter().all(|row| row[1] >= Some(Trust::Confirmed)), "{:?}", result.trust);
}

#[test]
fn a_wrong_unit_is_found_where_indentation_shows_its_projects() {
    let result = checked(&PROJECTS.replace("所 | 411.11", "所 | 141.11"));
    assert!(!failed(&result).is_empty());
    let contradicted: Vec<usize> = (0..9).filter(|r| result.trust[0][*r][1] == Some(Trust::Contradicted)).collect();
    assert_eq!(contradicted, [6]);
}

#[test]
fn rows_that_the_figures_alone_arrange_are_accused_of_nothing_and_round_sums_confirm_nothing() {
    let flat = PROJECTS.replace('>', "");
    for drawn in [flat.clone(), flat.replace("所 | 411.11", "所 | 141.11")] {
        assert_eq!(failed(&checked(&drawn)), Vec::<String>::new());
    }
    let chance = checked("@项目 | $预算数\n 河道 | 2000.00\n 水草 | 1000.00\n 平台 | 1000.00");
    assert!(chance.trust[0].iter().all(|row| row[1] == Some(Trust::Unchecked)));
}

#[test]
fn labels_and_amounts_that_are_out_of_step_are_found_by_the_codes() {
    let result = checked(
        "#科目编码 | @科目名称 | $合计
         | 合计 | 1927.74
        201 | 一般公共服务支出 | 1500.55
        20103 | 政府办公厅（室）及相关机构事务 | 1500.55
        2010301 | 行政运行 | 1100.22
        2010302 | 一般行政管理事务 | 400.33
        208 | 社会保障和就业支出 | 188.46
        20805 | 行政事业单位养老支出 | 188.46
        2080505 | 机关事业单位基本养老保险缴费支出 | 188.46
        210 | 卫生健康支出 | 95.13
        21004 | 公共卫生 | 95.13
        21011 | 行政事业单位医疗 | 95.13
        2101101 | 行政单位医疗 | 143.60
        221 | 住房保障支出 | 143.60
        22102 | 住房改革支出 | 143.60
        2210201 | 住房公积金 | ",
    );
    assert!(failed(&result).len() >= 3, "{:?}", failed(&result));
    assert!(result.trust[0][8..].iter().all(|row| row[2] < Some(Trust::Corroborated)));
}

#[test]
fn one_wrong_figure_of_a_small_column_is_found_though_two_sums_fail() {
    let drawn = "#编码 | @科目 | $决算数
        301 | 工资福利支出 | 150.00
        30101 | 基本工资 | 90.00
        30102 | 津贴补贴 | 60.00
        302 | 商品和服务支出 | 290.00
        30201 | 办公费 | 80.00
        30211 | 差旅费 | 120.00
        310 | 资本性支出 | 30.00
        31002 | 办公设备购置 | 10.00
        31003 | 专用设备购置 | 20.00
         | 合计 | 380.00";
    let result = checked(drawn);
    assert_eq!(failed(&result).len(), 2, "{:?}", failed(&result));
    assert_eq!(result.trust[0][3][2], Some(Trust::Contradicted));
    assert_ne!(result.trust[0][9][2], Some(Trust::Contradicted));
}

#[test]
fn levels_are_told_by_the_length_of_unit_codes() {
    let result = checked(
        "#科目编码 | #单位编码 | @采购项目 | $预算金额
         | | 合计 | 479.65
        2130301 | 1 | 全额 | 334.55
        2130301 | 731001 | 甲水务局 | 150.50
        2130301 | | 机房租赁 | 90.25
        2130301 | | 档案整编 | 60.25
        2130301 | 731005 | 乙服务站 | 184.05
        2130301 | | 会务 | 100.05
        2130301 | | 清淤 | 84.00
        2130304 | 1 | 全额 | 145.10
        2130304 | 731002 | 丙管理所 | 145.10
        2130304 | | 泵站 | 100.10
        2130304 | | 电气 | 45.00",
    );
    assert_eq!(failed(&result), Vec::<String>::new());
    assert_eq!(result.trust[0][0][3], Some(Trust::Confirmed));
}

#[test]
fn a_figure_with_fewer_decimals_than_its_parts_is_rounded_to_its_own_last_place() {
    let result = checked(
        "@项目 | $总额 | $财政资金 | $其他资金
        甲 | 678.33 | 400.331422 | 278.000000
        乙 | 120.505050 | 100.404040 | 20.101010
        丙 | 330.303030 | 300.202020 | 30.101010
        丁 | 11.111111 | 10.101010 | 1.010101",
    );
    assert_eq!(failed(&result), Vec::<String>::new());
}

/// A table whose rows from the fourth on stand on the next page.
fn over_pages(drawn: &str) -> Reconciliation {
    let mut statement = statement("table-01", StatementKind::ProjectExpenditure, Unit::TenThousandYuan, drawn);
    statement.pages = vec![1, 2];
    statement.records[3..].iter_mut().for_each(|record| record.provenance = Provenance::page(2));
    reconcile(disclosure(vec![statement]))
}

#[test]
fn sums_that_are_carried_over_pages_are_none_of_the_addends() {
    let result = over_pages(
        "@项目 | $预算数
        河道清理 | 134.56
        水草打捞 | 900.10
        过次页 | 1034.66
        承前页 | 1034.66
        补植 | 500.25
        巡护 | 100.10
        本页小计 | 600.35
        合计 | 1635.01",
    );
    assert_eq!(failed(&result), Vec::<String>::new());
    assert!(result.trust[0].iter().all(|row| row[1] >= Some(Trust::Confirmed)), "{:?}", result.trust);
}

#[test]
fn a_sum_that_is_printed_again_on_the_next_page_is_no_part_of_itself() {
    let result = over_pages(
        "@项目 | $预算数
        合计 | 1534.91
        河道 | 134.56
        水草 | 900.10
        合计 | 1534.91
        补植 | 500.25",
    );
    assert_eq!(failed(&result), Vec::<String>::new());
    assert_eq!(result.trust[0][0][1], Some(Trust::Confirmed));
}

#[test]
fn a_sum_closes_the_blocks_beside_it_that_have_none() {
    let result = checked(
        "#编码 | @科目 | $决算数 | #编码 | @科目 | $决算数
        302 | 商品和服务支出 | 286.50 | 310 | 资本性支出 | 11.70
        30201 | 办公费 | 186.50 | 31002 | 办公设备购置 | 7.10
        30211 | 差旅费 | 100.00 | 31003 | 专用设备购置 | 4.60
         | | | | 公用经费合计 | 298.20",
    );
    assert_eq!(failed(&result), Vec::<String>::new());
    assert_eq!(result.trust[0][3][5], Some(Trust::Confirmed));
}

#[test]
fn characters_without_unicode_on_another_page_silence_no_sum() {
    let wrong = PROJECTS.replace("所 | 411.11", "所 | 141.11");
    let of = |kind: NoteKind| {
        let statement = statement("table-01", StatementKind::ProjectExpenditure, Unit::TenThousandYuan, &wrong);
        let mut disclosure = disclosure(vec![statement]);
        disclosure.notes.push(Note::new(kind, "expected Unicode", Provenance::page(2)));
        failed(&reconcile(disclosure)).len()
    };
    assert_eq!(of(NoteKind::NoUnicode), 2);
    assert_eq!(of(NoteKind::NoTextLayer), 1, "rows on a page beyond explain only a sum that its parts fall short of");
}

#[test]
fn projects_without_a_code_stand_below_the_unit_with_one() {
    let of = |last: &str| {
        checked(&format!(
            "#单位编码 | @单位（项目）名称 | $项目金额
             | 合计 | 205.35
            731 | 甲市水务局 | 205.35
            731001 | 甲市水务局机关 | 125.15
             | 河道巡护 | 80.05
             | 闸门检修 | 45.10
            731002 | 乙水库所 | 80.20
             | 大坝观测 | 60.20
             | 物料 | {last}"
        ))
    };
    assert_eq!(failed(&of("20.00")), Vec::<String>::new());
    assert!(of("20.00").trust[0].iter().all(|row| row[2] == Some(Trust::Confirmed)));
    assert!(of("26.00").trust[0][..3].iter().all(|row| row[2] >= Some(Trust::Confirmed)));
    assert_ne!(of("26.00").trust[0][7][2], Some(Trust::Confirmed));
}
