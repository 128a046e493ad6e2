//! What the product makes of each document of `corpus/` is what was blessed, to the letter.

#[path = "../golden/mod.rs"]
mod set;

use std::fs;

use rayon::prelude::*;

use crate::shared::root;

fn documents() -> Vec<set::Document> {
    let documents = set::documents(root()).unwrap();
    assert!(documents.iter().any(|document| document.is_own), "corpus/ holds no document");
    documents
}

#[test]
fn goldens_are_what_is_made_now() {
    let golden = root().join("golden");
    let differences: Vec<_> =
        documents().par_iter().flat_map_iter(|document| set::differences(&golden, document).unwrap()).collect();
    let told: Vec<_> = differences.iter().map(|d| format!("golden/{}:\n{}", d.file, d.text)).collect();
    assert!(told.is_empty(), "{}\nif that is right: just bless ID", told.join("\n"));
}

#[test]
fn every_golden_has_its_document() {
    let orphans = set::orphans(&root().join("golden"), &documents()).unwrap();
    assert!(orphans.is_empty(), "golden/ holds {orphans:?}, and corpus/ no such document");
}

#[test]
fn an_amount_changed_by_hand_a_missing_and_a_left_over_file_are_differences() {
    let folder = tempfile::TempDir::new().unwrap();
    let document =
        documents().into_iter().find(|d| d.is_own && d.path.extension().is_some_and(|e| e == "pdf")).unwrap();
    set::bless(folder.path(), &document).unwrap();
    assert_eq!(set::differences(folder.path(), &document).unwrap().len(), 0);

    let report = folder.path().join(&document.id).join("report.json");
    let blessed = fs::read_to_string(&report).unwrap();
    let amount = first_amount(&blessed);
    fs::write(&report, blessed.replacen(&format!("\"{amount}\""), &format!("\"{amount}1\""), 1)).unwrap();
    let found = set::differences(folder.path(), &document).unwrap();
    assert_eq!(found.len(), 1);
    assert!(found[0].text.contains(&format!("\"{amount}\"")), "{}", found[0].text);

    fs::remove_file(&report).unwrap();
    assert_eq!(set::differences(folder.path(), &document).unwrap()[0].text, "is missing");
    set::bless(folder.path(), &document).unwrap();
    fs::write(folder.path().join(&document.id).join("left-over.txt"), "").unwrap();
    assert_eq!(set::differences(folder.path(), &document).unwrap()[0].text, "is of no stage");
    assert_eq!(set::orphans(folder.path(), &[]).unwrap(), [document.id]);
}

/// An amount with decimals as the report publishes it.
fn first_amount(report: &str) -> &str {
    let cells = report.split('"').filter(|text| text.contains('.'));
    let mut amounts = cells.filter(|text| text.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    amounts.next().unwrap()
}

#[test]
fn a_difference_shows_the_lines_that_are_gone_and_new_alone() {
    let shown = set::diff::diff("a\nb\nc\nd\n", "a\nx\nc\nd\ne\n");
    assert_eq!(shown, "-     2 b\n+     2 x\n+     5 e");
}
