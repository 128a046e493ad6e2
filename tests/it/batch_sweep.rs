//! What a run leaves in its folder is what its index names, and nothing that somebody else wrote is ever removed.

use std::fs;
use std::path::Path;

use crate::command::{dump_of, field, files, folder, folder_of_dumps, lines, mingzhang, reports, status, stderr};
use crate::shared::DUMP;

/// Runs in the folder `out` and gives what it says.
fn run(folder: &Path, more: &[&str], expected: i32) -> String {
    let output = mingzhang(&[&["extract", "in", "--out", "out"], more].concat(), folder);
    assert_eq!(status(&output), expected, "{}", stderr(&output));
    stderr(&output).to_owned()
}

#[test]
fn results_of_inputs_that_are_gone_go_with_them() {
    let folder = folder(&[("in/a.txt", dump_of(2001).as_bytes()), ("in/sub/b.txt", dump_of(2002).as_bytes())]);
    let out = folder.path().join("out");
    run(folder.path(), &["--format", "json,jsonl"], 0);
    fs::remove_dir_all(folder.path().join("in/sub")).unwrap();
    for more in [&["--format", "json,jsonl"][..], &["--format", "json,jsonl", "--resume"]] {
        run(folder.path(), more, 0);
        assert_eq!(reports(&out), ["a.txt.json"]);
        assert!(!out.join("sub").exists());
        assert_eq!(fs::read_dir(out.join(".mingzhang/records")).unwrap().count(), 1);
    }
}

#[test]
fn a_document_that_fails_now_keeps_no_result_of_before() {
    let folder = folder_of_dumps(2);
    run(folder.path(), &[], 0);
    fs::write(folder.path().join("in/01.txt"), b"\0\x01\x02\xff").unwrap();
    run(folder.path(), &[], 2);
    assert_eq!(reports(&folder.path().join("out")), ["00.txt.json"]);
}

#[test]
fn formats_that_were_not_asked_for_go() {
    let folder = folder_of_dumps(2);
    let out = folder.path().join("out");
    run(folder.path(), &["--format", "json,csv,jsonl"], 0);
    run(folder.path(), &["--format", "jsonl", "--resume"], 0);
    let left: Vec<_> = files(&out).into_keys().filter(|name| !name.starts_with(".mingzhang")).collect();
    assert_eq!(left, ["errors.jsonl", "index.jsonl", "journal.jsonl", "jsonl/records.jsonl"]);
    run(folder.path(), &[], 0);
    let left: Vec<_> = files(&out).into_keys().collect();
    assert_eq!(left, ["00.txt.json", "01.txt.json", "errors.jsonl", "index.jsonl", "journal.jsonl"]);
}

#[test]
fn no_contact_stays_in_a_folder_that_was_made_anew_without_contacts() {
    const PHONE: &str = "55120039";
    let signed = |year| format!("{}填报人：某某某  联系电话：{PHONE}\n", dump_of(year));
    let folder = folder(&[("in/a.txt", signed(2001).as_bytes()), ("in/b.txt", signed(2002).as_bytes())]);
    let holds = || {
        let found = files(&folder.path().join("out"));
        found.into_iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(PHONE)).count()
    };
    run(folder.path(), &["--format", "json,csv,jsonl"], 0);
    assert!(holds() >= 4);
    // As a killed run leaves it.
    fs::write(folder.path().join("out/.0123456789abcdef.part"), PHONE).unwrap();
    fs::remove_file(folder.path().join("in/b.txt")).unwrap();
    run(folder.path(), &["--resume", "--redact", "contacts"], 0);
    assert_eq!(holds(), 0, "{:?}", files(&folder.path().join("out")).keys());
}

#[test]
fn what_somebody_changed_or_wrote_stays_and_is_named() {
    let folder = folder_of_dumps(3);
    let out = folder.path().join("out");
    run(folder.path(), &["--format", "json,csv"], 0);
    for name in ["02.txt.json", "csv/amounts.csv"] {
        fs::write(out.join(name), "edited").unwrap();
    }
    for name in ["notes.json", "csv/notes.txt", "03.txt.json"] {
        fs::write(out.join(name), "own").unwrap();
    }
    fs::remove_file(folder.path().join("in/02.txt")).unwrap();
    fs::write(folder.path().join("in/03.txt"), b"\0\x01\x02\xff").unwrap();
    let said = run(folder.path(), &[], 2);
    for name in ["02.txt.json", "csv/amounts.csv", "03.txt.json"] {
        let line = format!("out/{name}: left: ");
        assert!(said.lines().any(|said| said.starts_with(&line)), "{line}{said}");
    }
    assert!(!said.contains("notes"), "{said}");
    assert_eq!(reports(&out), ["00.txt.json", "01.txt.json", "02.txt.json", "03.txt.json", "notes.json"]);
    let csv: Vec<_> = files(&out.join("csv")).into_keys().collect();
    assert_eq!(csv, ["amounts.csv", "notes.txt"]);
    // A new export takes the place of the old one, and not of what lies beside it.
    run(folder.path(), &["--format", "csv"], 2);
    assert!(fs::read_to_string(out.join("csv/notes.txt")).unwrap() == "own");
    assert!(fs::read(out.join("csv/amounts.csv")).unwrap() != b"edited");
}

#[test]
fn goldens_in_the_folder_of_results_are_not_ours_to_remove() {
    let folder = folder(&[("in/a.txt", DUMP.as_bytes())]);
    mingzhang(&["golden", "bless", "in", "--golden", "out/kept"], folder.path());
    run(folder.path(), &[], 0);
    assert_eq!(field(&lines(&folder.path().join("out/index.jsonl")), "report"), ["a.txt.json"]);
    assert_eq!(reports(&folder.path().join("out")), ["a.txt.json", "kept/a.txt.json"]);
}

#[test]
fn what_a_run_had_published_when_it_was_killed_is_known_without_its_line_in_the_journal() {
    let folder = folder_of_dumps(3);
    let out = folder.path().join("out");
    run(folder.path(), &[], 0);
    assert!(!out.join(".mingzhang").exists(), "nothing is left to be known");
    // As a run leaves it that was killed after it put a report in its place.
    let journal = fs::read_to_string(out.join("journal.jsonl")).unwrap();
    let (last, before): (Vec<&str>, Vec<&str>) = journal.lines().partition(|line| line.contains("02.txt"));
    let last = last.concat();
    fs::write(out.join("journal.jsonl"), format!("{}\n", before.join("\n"))).unwrap();
    fs::create_dir(out.join(".mingzhang")).unwrap();
    fs::write(out.join(".mingzhang/intents.jsonl"), format!("{last}\n{{\"outputs\":[{{\"pa")).unwrap();
    fs::remove_file(folder.path().join("in/02.txt")).unwrap();
    run(folder.path(), &["--resume"], 0);
    assert_eq!(reports(&out), ["00.txt.json", "01.txt.json"]);
    assert!(!out.join(".mingzhang").exists());
}
