//! What `mingzhang check` tells a person: place, both figures, the difference, and what they suggest.

use mingzhang::emit::findings::{Lang, findings, json, write_text};
use mingzhang::reconcile::{Reconciliation, reconcile};
use mingzhang::terms::{StatementKind, Unit};

use crate::reconcile::{EXPENDITURE, disclosure, statement};

fn expenditure(drawn: &str) -> Reconciliation {
    let mut statement = statement("table-01", StatementKind::ExpenditureSummary, Unit::TenThousandYuan, drawn);
    statement.title = Some("支出预算总表".to_owned());
    reconcile(disclosure(vec![statement]))
}

fn misprinted() -> Reconciliation {
    expenditure(&EXPENDITURE.replace("205 | 教育支出 | 91.50 | 60.00", "205 | 教育支出 | 91.50 | 90.00"))
}

#[test]
fn a_contradiction_is_told_in_chinese_with_place_figures_and_difference() {
    let text = write_text(&findings("a.pdf", &misprinted()), Lang::Zh);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    assert!(lines[0].starts_with("a.pdf：1 处不符"), "{text}");
    assert_eq!(lines[1], "1. 第 1 页 《支出预算总表》（table-01），第 2 行 205 教育支出 · 基本支出");
    assert!(text.contains("合计与下级各行之和不等：印作 90.00，各行之和 60.00，相差 30.00（万元）"), "{text}");
    assert!(text.contains("提示：两数只差一位数字，可能是误植"), "{text}");
}

#[test]
fn the_same_is_told_in_english() {
    let text = write_text(&findings("a.pdf", &misprinted()), Lang::En);
    assert!(text.starts_with("a.pdf: 1 place disagrees"), "{text}");
    assert!(text.contains("page 1, table-01 “支出预算总表”, row 2 205 教育支出, column 基本支出"), "{text}");
    assert!(text.contains("printed 90.00, its rows add up to 60.00, difference 30.00 (x10,000 yuan)"), "{text}");
}

#[test]
fn a_report_without_contradictions_says_so_and_counts_its_amounts() {
    let found = findings("a.pdf", &expenditure(EXPENDITURE));
    assert_eq!(found.statements.n_amounts(), found.statements.counts.iter().sum::<usize>());
    let text = write_text(&found, Lang::Zh);
    assert!(text.starts_with("a.pdf：各项核对都相符\n"), "{text}");
    assert!(text.contains(&format!("表内金额 {} 个", found.statements.n_amounts())), "{text}");
}

#[test]
fn columns_of_one_row_that_say_the_same_are_told_once() {
    let drawn = "
        #科目编码 | @科目名称 | $合计 | $财政拨款/小计 | $财政拨款/一般公共预算
         | 合计 | 39.00 | 39.00 | 39.00
        205 | 教育支出 | 10.00 | 10.00 | 10.00
        20501 | 教育管理事务 | 4.00 | 4.00 | 4.00
        20502 | 普通教育 | 6.00 | 6.00 | 6.00
        206 | 科学技术支出 | 9.00 | 9.00 | 9.00
        20601 | 科学技术管理事务 | 5.00 | 5.00 | 5.00
        20602 | 基础研究 | 4.00 | 4.00 | 4.00
        208 | 社会保障和就业支出 | 20.00 | 20.00 | 20.00
        20805 | 养老支出 | 8.00 | 8.00 | 8.00
        20899 | 其他社会保障支出 | 2.00 | 2.00 | 2.00";
    let found = findings("a.pdf", &expenditure(drawn));
    assert_eq!(found.findings.len(), 1);
    assert_eq!(found.findings[0].failures.len(), 1, "{:?}", found.findings[0].failures);
    assert_eq!(found.findings[0].failures[0].columns, ["财政拨款/小计", "财政拨款/一般公共预算"]);
}

#[test]
fn json_has_one_object_a_report_with_pages_and_yuan() {
    let json = json(&findings("a.pdf", &misprinted()), Lang::En);
    assert_eq!(json["source"], "a.pdf");
    assert_eq!(json["holds"], false);
    let finding = &json["findings"][0];
    assert_eq!((&finding["subject"]["table"], &finding["subject"]["row"]), (&"table-01".into(), &2.into()));
    assert_eq!(finding["checks"][0]["difference"].as_str().map(|d| d.parse::<f64>().unwrap().abs()), Some(300_000.0));
    assert_eq!(finding["suggestions"][0]["code"], "one-digit");
}

#[test]
fn a_lone_inexact_sum_among_exact_ones_is_a_warning_and_no_contradiction() {
    let mut drawn = "#科目编码 | @科目名称 | $合计 | $基本支出 | $项目支出\n".to_owned();
    let mut total = 0;
    for i in 1..=20 {
        drawn += &format!("{} | 类 | {}.00 | {}.00 | 1.00\n", 200 + i, i + 1, i);
        drawn += &format!("{}01 | 款一 | {}.00 | {}.00 | \n", 200 + i, i, i);
        drawn += &format!("{}02 | 款二 | 1.00 | | 1.00\n", 200 + i);
        total += i + 1;
    }
    let whole = |cents: &str| drawn.clone() + &format!(" | 合计 | {total}.{cents} | {}.00 | 20.00\n", total - 20);
    let found = |cents: &str| findings("a.pdf", &expenditure(&whole(cents)));
    assert!(found("00").warnings.is_empty());
    let off = found("01");
    assert!(off.findings.is_empty() && !off.warnings.is_empty());
    assert!(write_text(&off, Lang::Zh).contains("宜核对末位"));
}
