//! Dumps of the documents of `corpus/`, held against the PDFs themselves: no amount is vouched for that the page does not show,
//! and no sum said to fail that holds there.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::shared::{files, root};

/// The report of a file; `None` where it gives none, as the dump of a page without text.
fn report(path: &Path) -> Option<Value> {
    let ran = Command::new(env!("CARGO_BIN_EXE_mingzhang")).args(["extract", "--quiet"]).arg(path).output().unwrap();
    (ran.status.code() != Some(2)).then(|| serde_json::from_slice(&ran.stdout).unwrap())
}

/// (name of the row, figure, header path) of each amount that is no zero; of those vouched for, or of all.
fn amounts(report: &Value, is_wanted: impl Fn(&str) -> bool) -> BTreeSet<(String, String, String)> {
    let mut found = BTreeSet::new();
    for table in report["tables"].as_array().unwrap() {
        let columns = table["columns"].as_array().unwrap();
        for row in table["rows"].as_array().unwrap() {
            let text = |at: usize| row["cells"][at].as_str().unwrap_or_default();
            let of_role = |is_amount: bool| {
                let role = move |column: &Value| (column["role"] == "amount") == is_amount;
                (0..columns.len()).filter(move |at| columns.get(*at).is_some_and(role))
            };
            for at in of_role(true).filter(|at| is_wanted(row["trust"][*at].as_str().unwrap_or_default())) {
                let figure = text(at).replace(',', "");
                if figure.trim_matches(['0', '.', '-']).is_empty() {
                    continue;
                }
                let path: Vec<&str> =
                    columns[at]["path"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
                for name in of_role(false).map(text).filter(|name| !name.is_empty()) {
                    let name = name.split_whitespace().collect();
                    found.insert((name, figure.clone(), path.join("/")));
                }
            }
        }
    }
    found
}

/// (rule, left side, right side) of each check that fails.
fn failures(report: &Value) -> BTreeSet<[String; 3]> {
    let checks = report["checks"].as_array().unwrap().iter().filter(|check| check["holds"] == false);
    checks.map(|check| ["rule", "left", "right"].map(|key| check[key].as_str().unwrap().to_owned())).collect()
}

#[test]
fn nothing_is_vouched_for_in_a_dump_that_the_pdf_does_not_show() {
    let folder = tempfile::tempdir().unwrap();
    for pdf in files(&root().join("corpus"), "pdf") {
        let Some(of_pdf) = report(&pdf) else { continue };
        let shown = amounts(&of_pdf, |_| true);
        for option in ["-layout", "-raw", "-nopgbrk"] {
            let dump = folder.path().join("dump.txt");
            let Ok(ran) = Command::new("pdftotext").arg(option).arg(&pdf).arg(&dump).output() else {
                eprintln!("skipped: pdftotext is absent");
                return;
            };
            assert!(ran.status.success());
            let Some(of_dump) = report(&dump) else { continue };
            let vouched = amounts(&of_dump, |trust| matches!(trust, "confirmed" | "corroborated"));
            let unborne: Vec<_> = vouched.difference(&shown).collect();
            assert!(unborne.is_empty(), "{} {option}: {unborne:?}", pdf.display());
            let accused: Vec<_> = failures(&of_dump).difference(&failures(&of_pdf)).cloned().collect();
            assert!(accused.is_empty(), "{} {option}: {accused:?}", pdf.display());
        }
    }
}

#[test]
fn sums_that_fail_where_order_alone_tells_the_columns_accuse_nobody() {
    // The blank cells are lost: what stands in the second column of amounts is put into the third of some rows.
    let text = "表6：2031年一般公共预算基本支出表\n部门名称：某市某局 单位：万元\n科目名称 合计 人员经费 公用经费\n\
                合计 70,724.29 58,486.35 12,237.94\n工资福利支出 55,121.30 55,121.30\n　基本工资 6,878.71 6,878.71\n　\
                津贴补贴 48,242.59 48,242.59\n商品和服务支出 12,237.94 12,237.94\n　办公费 12,237.94 12,237.94\n\
                对个人和家庭的补助 3,365.05 3,365.05\n　退休费 3,365.05 3,365.05\n";
    let folder = tempfile::tempdir().unwrap();
    let dump = folder.path().join("dump.txt");
    std::fs::write(&dump, text).unwrap();
    let report = report(&dump).unwrap();
    assert!(amounts(&report, |_| true).len() > 16);
    assert_eq!(amounts(&report, |trust| trust == "contradicted"), BTreeSet::new());
    assert_eq!(failures(&report), BTreeSet::new());
}

#[test]
fn a_page_of_a_dump_without_text_between_others_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let dump = folder.path().join("dump.txt");
    std::fs::write(
        &dump,
        "某市某局2031年部门预算\n一、主要职责\n负责某某。\n\u{c}\n\u{c}二、机构设置\n设某某科。\n\u{c}",
    )
    .unwrap();
    let report = report(&dump).unwrap();
    let diagnostics = report["diagnostics"].as_array().unwrap();
    let told = diagnostics.iter().filter(|told| told["code"] == "no-text-layer").map(|told| &told["page"]);
    assert_eq!(told.collect::<Vec<_>>(), [2]);
}
