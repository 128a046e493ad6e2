//! Reports held against each other: years, departments and their units, budgets and accounts.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::invented::family::{self, Expected, Family, Fault};
use crate::invented::family_print;

fn write(families: &[Family], folder: &Path) {
    let mut index = String::new();
    for member in families.iter().flat_map(|family| &family.members) {
        fs::write(folder.join(&member.name), member.report.to_string()).unwrap();
        index.push_str(&format!("{{\"report\":\"{}\"}}\n", member.name));
    }
    fs::write(folder.join("index.jsonl"), index).unwrap();
}

fn n_facts(report: &Value) -> usize {
    report["facts"].as_array().unwrap().len()
}

fn relate(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mingzhang")).arg("relate").arg(folder).args(args).output().unwrap()
}

fn records(output: &Output, resource: &str) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    let all = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    all.filter(|record| record["record"] == resource).collect()
}

/// The checks that do not agree to the fen, as the family tells them.
fn found(output: &Output, families: &[Family]) -> BTreeSet<Expected> {
    let reports: Vec<&Value> =
        families.iter().flat_map(|family| &family.members).map(|member| &member.report).collect();
    let name = |id: &Value| {
        let report = reports.iter().find(|report| &report["source"]["sha256"] == id).unwrap();
        report["source"]["name"].as_str().unwrap().to_owned()
    };
    let word = |record: &Value, field: &str, known: &[&'static str]| {
        *known.iter().find(|word| record[field] == **word).unwrap()
    };
    let rules = ["prior-year", "budget-of-accounts", "version", "unit-figure", "sum-of-units"];
    records(output, "cross_checks")
        .iter()
        .filter(|check| check["class"] != "equal")
        .map(|check| {
            let class = word(check, "class", &["rounding", "unit", "restated", "eliminated", "error"]);
            (name(&check["report_id"]), word(check, "rule", &rules), class, family::told(check))
        })
        .collect()
}

#[test]
fn a_sound_family_is_related_whole_and_nothing_is_accused() {
    let folder = tempfile::tempdir().unwrap();
    let families = [family::family(1, 3, None), family::family(2, 4, None)];
    write(&families, folder.path());
    let output = relate(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(found(&output, &families), BTreeSet::new());
    let relations = records(&output, "relations");
    assert!(relations.iter().all(|relation| relation["ambiguous"] == false));
    let count = |tie: &str| relations.iter().filter(|relation| relation["tie"] == tie).count();
    // Of each of 3 + 1 and 4 + 1 bodies: two steps between years, each report with both of the year before.
    assert_eq!(count("prior-year"), 9 * 2 * 4);
    assert_eq!(count("budget-of-accounts"), 9 * 3);
    // Each unit, 本级 among them, in each year with budget and accounts.
    assert_eq!(count("unit-of"), 7 * 3 * 2);
    assert_eq!(count("version"), 0);
    let checks = records(&output, "cross_checks");
    for rule in ["prior-year", "budget-of-accounts", "unit-figure", "sum-of-units"] {
        assert!(checks.iter().any(|check| check["rule"] == rule), "{rule}");
    }
    let facts = records(&output, "facts");
    let n_facts: usize = families.iter().flat_map(|family| &family.members).map(|member| n_facts(&member.report)).sum();
    assert_eq!(facts.len(), n_facts, "each fact of each report once");
    let known: BTreeSet<_> = relations.iter().map(|relation| relation["relation_id"].to_string()).collect();
    let by = |fact: &Value| fact["borne_out_by"].as_array().unwrap().iter().map(Value::to_string).collect::<Vec<_>>();
    assert!(facts.iter().flat_map(by).all(|relation| known.contains(&relation)));
    assert!(facts.iter().filter(|fact| !by(fact).is_empty()).count() > 100);
    let renamed = records(&output, "series").iter().filter(|point| point["break_reason"] == "renamed").count();
    assert!(renamed > 0);
}

#[test]
fn every_planted_disagreement_is_found_with_its_class_and_no_other() {
    for (seed, fault) in (11..).zip(Fault::ALL.into_iter().cycle().take(33)) {
        let folder = tempfile::tempdir().unwrap();
        let families = [family::family(seed, 3, Some(fault)), family::family(seed + 100, 2, None)];
        write(&families, folder.path());
        let output = relate(folder.path(), &[]);
        let expected: BTreeSet<_> = families[0].expected.iter().cloned().collect();
        assert!(!expected.is_empty(), "{fault:?}");
        assert_eq!(found(&output, &families), expected, "{fault:?} of seed {seed}");
        let is_error = expected.iter().any(|(_, _, class, _)| *class == "error");
        assert_eq!(output.status.code(), Some(i32::from(is_error)), "{fault:?}");
    }
}

/// A family whose names lost their place: they may be any city's.
fn without_places(seed: u64) -> Family {
    let mut family = family::family(seed, 2, None);
    for member in &mut family.members {
        let department: String = member.report["report"]["department"].as_str().unwrap().chars().skip(3).collect();
        member.report["report"]["department"] = department.into();
        member.report["sections"] = Value::Array(Vec::new());
    }
    family
}

#[test]
fn a_name_that_may_mean_two_bodies_is_matched_by_its_figures_alone() {
    let folder = tempfile::tempdir().unwrap();
    // Of two cities; the names are alike, the figures are not.
    let families: Vec<_> = (1..60).map(without_places).collect();
    let name = |family: &Family| family.members[0].report["report"]["department"].clone();
    let twin = families[1..].iter().find(|family| name(family) == name(&families[0])).unwrap();
    write(&[families[0].clone(), twin.clone()], folder.path());
    let output = relate(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    let relations = records(&output, "relations");
    assert!(!relations.is_empty() && relations.iter().all(|relation| relation["basis"] == "figures"));
    let family =
        |relation: &Value, field: &str| relation[field].as_str().unwrap().split('-').next().unwrap().to_owned();
    assert!(relations.iter().all(|r| family(r, "source_name") == family(r, "other_source_name")));
    assert!(records(&output, "facts").iter().all(|fact| fact["borne_out_by"] == Value::Array(Vec::new())));
}

#[test]
fn a_name_that_may_mean_two_bodies_is_listed_where_figures_do_not_tell() {
    let folder = tempfile::tempdir().unwrap();
    let mut family = without_places(1);
    for member in &mut family.members {
        member.report["facts"] = Value::Array(Vec::new());
    }
    write(&[family], folder.path());
    let relations = records(&relate(folder.path(), &[]), "relations");
    assert!(!relations.is_empty() && relations.iter().all(|relation| relation["ambiguous"] == true));
}

#[test]
fn relations_come_in_every_format_and_for_people() {
    let folder = tempfile::tempdir().unwrap();
    let families = [family::family(5, 3, Some(Fault::PriorYear))];
    write(&families, folder.path());
    let out = folder.path().join("out");
    let mut formats = vec!["csv", "jsonl"];
    for (format, is_built) in
        [("parquet", cfg!(feature = "parquet")), ("sqlite", cfg!(feature = "sqlite")), ("xlsx", cfg!(feature = "xlsx"))]
    {
        formats.extend(is_built.then_some(format));
    }
    let output = relate(folder.path(), &["--format", &formats.join(","), "--out", out.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let checks = fs::read_to_string(out.join("csv/cross_checks.csv")).unwrap();
    assert_eq!(checks.lines().filter(|line| line.ends_with(",error")).count(), 1);
    assert!(formats.iter().all(|format| fs::read_dir(out.join(format)).unwrap().count() > 0));
    assert!(out.join("csv/datapackage.json").exists() && out.join("jsonl/records.jsonl").exists());
    let text = |lang| {
        let output = relate(folder.path(), &["--text", "--lang", lang]);
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(text("zh").matches("[不符]").count(), 1);
    assert_eq!(text("en").matches("[contradiction]").count(), 1);
}

#[cfg(feature = "sqlite")]
#[test]
fn each_question_to_related_reports_is_a_view_that_answers() {
    let folder = tempfile::tempdir().unwrap();
    write(&[family::family(5, 3, Some(Fault::PriorYear))], folder.path());
    let out = folder.path().join("out");
    relate(folder.path(), &["--format", "sqlite", "--out", out.to_str().unwrap()]);
    let base = rusqlite::Connection::open(out.join("sqlite/relations.sqlite")).unwrap();
    let number = |sql: &str| base.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    for question in mingzhang::emit::questions::RELATED {
        assert!(number(&format!("SELECT count(*) FROM {}", question.name)) > 0, "{}", question.asks());
    }
    assert_eq!(number("SELECT count(*) FROM contradicted_elsewhere"), 1);
    // A break says why, and gives no change; every other year after another one gives its change.
    let told = "break_reason IS NOT NULL AND year_before IS NOT NULL";
    assert!(number(&format!("SELECT count(*) FROM series_with_breaks WHERE {told}")) > 0);
    let odd = "(break_reason IS NULL AND year_before = year - 1) <> (change IS NOT NULL)";
    assert_eq!(number(&format!("SELECT count(*) FROM series_with_breaks WHERE {odd}")), 0);
    assert!(number("SELECT sum(n_borne_out) FROM borne_out_share") > 100);
}

#[test]
fn what_is_no_filled_folder_stops_the_run_and_a_spoilt_report_is_told() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(relate(folder.path(), &[]).status.code(), Some(3));
    write(&[family::family(1, 2, None)], folder.path());
    fs::write(folder.path().join("1-2031-budget-0.pdf.json"), "{").unwrap();
    let output = relate(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("1-2031-budget-0.pdf.json: "));
    assert!(!records(&output, "relations").is_empty());
}

/// The reports of a family that was printed, read and published.
fn extracted(reports: &[family_print::Printed], folder: &Path) -> std::path::PathBuf {
    let (documents, done) = (folder.join("documents"), folder.join("done"));
    fs::create_dir(&documents).unwrap();
    reports.iter().for_each(|report| fs::write(documents.join(&report.name), &report.pdf).unwrap());
    let mut command = Command::new(env!("CARGO_BIN_EXE_mingzhang"));
    command.args(["extract", "--jobs", "2", "--in-process", "--out"]).args([&done, &documents]);
    let output = command.output().unwrap();
    assert!(output.status.code() < Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    done
}

#[test]
fn a_printed_family_is_read_and_related_and_its_misprint_found() {
    for misprinted in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let done = extracted(&family_print::print(7, misprinted), folder.path());
        let output = relate(&done, &[]);
        assert_eq!(output.status.code(), Some(i32::from(misprinted)), "{}", String::from_utf8_lossy(&output.stderr));
        let relations = records(&output, "relations");
        assert!(relations.iter().all(|relation| relation["basis"] == "name" && relation["ambiguous"] == false));
        let checks = records(&output, "cross_checks");
        for (rule, least) in [("prior-year", 50), ("budget-of-accounts", 20), ("unit-figure", 5), ("sum-of-units", 10)]
        {
            let n = checks.iter().filter(|check| check["rule"] == rule).count();
            assert!(n >= least, "{rule}: {n}");
        }
        let off: Vec<_> = checks.iter().filter(|check| check["class"] != "equal").collect();
        assert_eq!(off.len(), usize::from(misprinted), "{off:?}");
        for check in off {
            let of =
                |name: &str| relations.iter().find(|r| r["relation_id"] == check["relation_id"]).unwrap()[name].clone();
            assert_eq!(of("source_name"), "2032-budget-unit-1.pdf");
            assert_eq!(of("other_source_name"), "2031-accounts-unit-1.pdf");
            let told = ["rule", "class", "year", "stage", "difference"].map(|name| check[name].to_string());
            assert_eq!(told, ["\"prior-year\"", "\"error\"", "2031", "\"actual\"", "\"70000.00\""]);
        }
    }
}
