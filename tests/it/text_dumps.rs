//! Dumps of the documents of `corpus/`, held against the PDFs themselves: no amount is vouched for that the page does not show.

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
        }
    }
}
