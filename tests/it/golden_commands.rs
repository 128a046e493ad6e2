//! `mingzhang golden`, `diff`, `schema`, `completions` and `man`: what they print, write and return.

use std::fs;

use serde_json::Value as Json;

use crate::command::{dump_of, files, folder, folder_of_dumps, mingzhang, status, stderr, stdout};
use crate::pdf::PdfFile;
use crate::shared::{DUMP, shared};

const CHECK: [&str; 5] = ["golden", "check", "in", "--golden", "kept"];
const BLESS: [&str; 5] = ["golden", "bless", "in", "--golden", "kept"];

#[test]
fn what_was_blessed_is_the_same_until_a_document_changes() {
    let folder = folder_of_dumps(3);
    assert_eq!(status(&mingzhang(&BLESS, folder.path())), 0);
    let kept: Vec<_> = files(&folder.path().join("kept")).into_keys().collect();
    assert_eq!(kept, ["00.txt.json", "01.txt.json", "02.txt.json"]);
    let same = mingzhang(&CHECK, folder.path());
    assert_eq!((status(&same), stdout(&same)), (0, ""), "{}", stderr(&same));
    // Both sums change with the part, so that the report does not contradict itself.
    let changed = dump_of(2001).replace("100.00", "101.00").replace("150.00", "151.00").replace("120.00", "121.00");
    fs::write(folder.path().join("in/01.txt"), changed).unwrap();
    let found = mingzhang(&CHECK, folder.path());
    assert_eq!(status(&found), 1);
    assert!(stdout(&found).starts_with("01.txt.json: differs\n"), "{}", stdout(&found));
    assert!(
        stdout(&found)
            .lines()
            .any(|line| line.contains("amount") && line.contains("2130201 行政运行") && line.contains("101.00"))
    );
    assert!(stderr(&found).contains("2 the same, 1 different, 0 failed"), "{}", stderr(&found));
}

#[test]
fn checking_never_writes_and_blessing_shows_what_it_changes() {
    let folder = folder_of_dumps(1);
    let missing = mingzhang(&CHECK, folder.path());
    assert_eq!((status(&missing), stdout(&missing)), (1, "00.txt.json: has no golden\n"));
    assert!(!folder.path().join("kept").exists());
    let blessed = mingzhang(&BLESS, folder.path());
    assert_eq!((status(&blessed), stdout(&blessed)), (0, "00.txt.json: has no golden\n"));
    fs::write(folder.path().join("in/00.txt"), dump_of(2000).replace("行政运行", "行政运转")).unwrap();
    let blessed = mingzhang(&BLESS, folder.path());
    assert!(stdout(&blessed).contains("行政运转"), "{}", stdout(&blessed));
    assert_eq!(status(&mingzhang(&CHECK, folder.path())), 0);
}

#[test]
fn a_golden_that_extract_wrote_is_a_golden_too() {
    let folder = folder_of_dumps(2);
    assert_eq!(status(&mingzhang(&["extract", "in", "--out", "kept"], folder.path())), 0);
    let checked = mingzhang(&CHECK, folder.path());
    assert_eq!(status(&checked), 0, "{}{}", stdout(&checked), stderr(&checked));
}

#[test]
fn a_golden_whose_document_is_gone_fails_and_stays_where_it_is() {
    let folder = folder_of_dumps(2);
    mingzhang(&BLESS, folder.path());
    fs::remove_file(folder.path().join("in/01.txt")).unwrap();
    let checked = mingzhang(&CHECK, folder.path());
    assert_eq!((status(&checked), stdout(&checked)), (1, "01.txt.json: its document is gone\n"));
    mingzhang(&BLESS, folder.path());
    assert!(folder.path().join("kept/01.txt.json").exists());
    let one = mingzhang(&["golden", "check", "in/00.txt", "--golden", "kept"], folder.path());
    assert_eq!(status(&one), 0, "{}", stdout(&one));
}

#[test]
fn goldens_are_retired_of_what_is_gone_and_of_what_is_named() {
    let folder = folder_of_dumps(3);
    mingzhang(&BLESS, folder.path());
    fs::remove_file(folder.path().join("in/01.txt")).unwrap();
    let retired = mingzhang(&["golden", "retire", "in", "--golden", "kept"], folder.path());
    assert_eq!((status(&retired), stdout(&retired)), (0, "01.txt.json: retired\n"), "{}", stderr(&retired));
    let kept = || files(&folder.path().join("kept")).into_keys().collect::<Vec<_>>();
    assert_eq!(kept(), ["00.txt.json", "02.txt.json"]);
    let retired = mingzhang(&["golden", "retire", "in/05.txt", "--golden", "kept"], folder.path());
    assert_eq!((status(&retired), stderr(&retired)), (2, "05.txt.json: has no golden\n"));
    let retired = mingzhang(&["golden", "retire", "in/02.txt", "--golden", "kept"], folder.path());
    assert_eq!((status(&retired), kept()), (0, vec!["00.txt.json".to_owned()]));
}

#[test]
fn a_class_of_differences_can_count_for_nothing() {
    let folder = folder_of_dumps(1);
    mingzhang(&BLESS, folder.path());
    fs::write(folder.path().join("in/00.txt"), dump_of(2000).replace("行政运行", "行政运转")).unwrap();
    let checked = mingzhang(&[&CHECK[..], &["--ignore", "text,source,structure"]].concat(), folder.path());
    assert_eq!((status(&checked), stdout(&checked)), (0, ""), "{}", stderr(&checked));
    assert!(stderr(&checked).contains(" differences of ignored classes"), "{}", stderr(&checked));
    let checked = mingzhang(&[&CHECK[..], &["--ignore", "place"]].concat(), folder.path());
    assert_eq!(status(&checked), 1);
    assert_eq!(status(&mingzhang(&[&CHECK[..], &["--ignore", "weather"]].concat(), folder.path())), 3);
}

#[test]
fn build_servers_are_told_in_their_own_forms() {
    let folder = folder_of_dumps(2);
    mingzhang(&BLESS, folder.path());
    fs::write(folder.path().join("in/00.txt"), dump_of(2000).replace("行政运行", "行政运转")).unwrap();
    fs::write(folder.path().join("in/02.pdf"), b"%PDF-1.7\nnothing").unwrap();
    for args in [&CHECK[..], &["check", "in"]] {
        let junit = mingzhang(&[args, &["--format", "junit"]].concat(), folder.path());
        let xml = roxmltree::Document::parse(stdout(&junit)).unwrap();
        assert_eq!(xml.descendants().filter(|node| node.has_tag_name("testcase")).count(), 3, "{}", stdout(&junit));
        assert_eq!(xml.descendants().filter(|node| node.has_tag_name("error")).count(), 1, "{}", stdout(&junit));
        let sarif = mingzhang(&[args, &["--format", "sarif"]].concat(), folder.path());
        assert_eq!((status(&junit), status(&sarif)), (2, 2));
        let sarif: Json = serde_json::from_str(stdout(&sarif)).unwrap();
        let results = sarif["runs"][0]["results"].as_array().unwrap();
        assert!(results.iter().any(|result| result["ruleId"] == "damaged"), "{results:?}");
    }
    let out = mingzhang(&["check", "in", "--format", "junit", "--out", "said.xml"], folder.path());
    assert_eq!(stdout(&out), "");
    assert!(fs::read_to_string(folder.path().join("said.xml")).unwrap().starts_with("<?xml"));
}

#[test]
fn a_document_that_gives_no_report_has_status_2() {
    let folder = folder(&[("in/a.pdf", b"%PDF-1.7\nnothing behind the header")]);
    let checked = mingzhang(&CHECK, folder.path());
    assert_eq!(status(&checked), 2);
    assert!(stderr(&checked).starts_with("in/a.pdf: damaged: "), "{}", stderr(&checked));
}

#[test]
fn a_golden_check_as_json_names_documents_and_differences() {
    let folder = folder_of_dumps(2);
    mingzhang(&BLESS, folder.path());
    fs::write(folder.path().join("in/00.txt"), dump_of(2000).replace("行政运行", "行政运转")).unwrap();
    fs::write(folder.path().join("in/02.txt"), dump_of(2002)).unwrap();
    let checked = mingzhang(&[&CHECK[..], &["--json"]].concat(), folder.path());
    let json: Json = serde_json::from_str(stdout(&checked)).unwrap();
    assert_eq!(status(&checked), 1);
    assert_eq!(json["counts"], serde_json::json!({"same": 1, "different": 2, "failed": 0, "incomplete": 0}));
    let documents = json["documents"].as_array().unwrap();
    let told: Vec<_> = documents.iter().map(|d| (d["golden"].clone(), d["status"].clone())).collect();
    assert_eq!(told, [("00.txt.json".into(), "different".into()), ("02.txt.json".into(), "missing".into())]);
    let texts = documents[0]["differences"].as_array().unwrap().iter().filter(|d| d["class"] == "text");
    assert_eq!(texts.filter(|d| d["new"] == "行政运转").count(), 1);
}

#[test]
fn a_golden_never_says_that_all_is_well_where_a_part_is_lost_or_no_amount_was_found() {
    let damaged = PdfFile::new().helvetica().content("BT /F 10 Tf 10 70 Td (1) Tj (2345 Tj ET");
    let empty = PdfFile::new().helvetica().content("BT /F 10 Tf 10 70 Td (no table) Tj ET");
    let folder = folder(&[("in/a.pdf", damaged.as_slice()), ("in/b.pdf", empty.as_slice())]);
    assert_eq!(status(&mingzhang(&BLESS, folder.path())), 0);
    let checked = mingzhang(&CHECK, folder.path());
    assert_eq!(status(&checked), 1);
    let lines: Vec<_> = stdout(&checked).lines().collect();
    assert!(lines[0].starts_with("a.pdf.json: 1 page could not be read whole: 1 (damaged-page)"), "{lines:?}");
    assert_eq!(lines[1..], ["a.pdf.json: the same", "b.pdf.json: no amount was found", "b.pdf.json: the same"]);
    assert!(stderr(&checked).contains("2 not read whole or without amounts"), "{}", stderr(&checked));
    let json = mingzhang(&[&CHECK[..], &["--json"]].concat(), folder.path());
    let json: Json = serde_json::from_str(stdout(&json)).unwrap();
    assert_eq!(json["counts"]["incomplete"], 2);
    assert_eq!(json["documents"][0]["lost"], serde_json::json!([{"code": "damaged-page", "page": 1}]));
    assert_eq!(json["documents"][1]["has_amounts"], false);
}

#[test]
fn two_reports_are_compared_and_equal_ones_say_nothing() {
    let folder = folder(&[("a.txt", DUMP.as_bytes()), ("b.txt", DUMP.replace("30.00", "31.00").as_bytes())]);
    mingzhang(&["extract", "a.txt", "b.txt", "--out", "."], folder.path());
    let same = mingzhang(&["diff", "a.txt.json", "a.txt.json"], folder.path());
    assert_eq!((status(&same), stdout(&same)), (0, ""));
    let differ = mingzhang(&["diff", "a.txt.json", "b.txt.json"], folder.path());
    assert_eq!(status(&differ), 1);
    assert!(stdout(&differ).contains("31.00"), "{}", stdout(&differ));
    let json = mingzhang(&["diff", "a.txt.json", "b.txt.json", "--json"], folder.path());
    let json: Json = serde_json::from_str(stdout(&json)).unwrap();
    assert!(json["counts"]["amount"].as_u64().unwrap() >= 4, "{json}");
}

#[test]
fn what_is_no_report_stops_a_comparison() {
    let folder = folder(&[("a.json", b"{}"), ("b.json", b"no JSON")]);
    for (old, new) in [("a.json", "b.json"), ("absent.json", "a.json"), ("b.json", "a.json")] {
        let output = mingzhang(&["diff", old, new], folder.path());
        assert_eq!((status(&output), stdout(&output)), (3, ""), "{old} {new}");
    }
}

#[test]
fn the_schema_is_the_shared_one_with_fields_added_at_most() {
    let folder = folder(&[]);
    let output = mingzhang(&["schema"], folder.path());
    let own: Json = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(own["properties"]["schema_version"]["const"], mingzhang::emit::wire::SCHEMA_VERSION);
    let Some(path) = shared("schema/report.schema.json") else { return };
    let shared: Json = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let mut lost = Vec::new();
    missing("", &shared, &own, &mut lost);
    assert_eq!(lost, Vec::<String>::new());
}

/// Where `own` does not say what `shared` says; objects may say more.
fn missing(at: &str, shared: &Json, own: &Json, lost: &mut Vec<String>) {
    match (shared, own) {
        (Json::Object(shared), Json::Object(own)) => {
            for (name, value) in shared {
                match own.get(name) {
                    Some(own) => missing(&format!("{at}/{name}"), value, own, lost),
                    None => lost.push(format!("{at}/{name}")),
                }
            }
        }
        _ if shared == own => {}
        _ => lost.push(at.to_owned()),
    }
}

#[test]
fn the_version_names_the_schema_s_version() {
    let output = mingzhang(&["--version"], folder(&[]).path());
    let expected =
        format!("mingzhang {} (schema {})\n", env!("CARGO_PKG_VERSION"), mingzhang::emit::wire::SCHEMA_VERSION);
    assert_eq!(stdout(&output), expected);
}

#[test]
fn completions_and_manual_pages_are_printed() {
    let folder = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = mingzhang(&["completions", shell], folder.path());
        assert_eq!(status(&output), 0);
        assert!(stdout(&output).contains("golden"), "{shell}");
    }
    let man = mingzhang(&["man"], folder.path());
    assert!(stdout(&man).contains(".TH mingzhang 1") && stdout(&man).contains("golden"), "{}", stdout(&man));
    let man = mingzhang(&["man", "extract"], folder.path());
    assert!(stdout(&man).contains("redact"), "{}", stdout(&man));
    assert_eq!(status(&mingzhang(&["man", "nothing"], folder.path())), 3);
}
