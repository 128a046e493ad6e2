//! The command: where results go, what a bad file costs, and the exit status.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::shared::DUMP;

fn mingzhang(args: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mingzhang")).args(args).current_dir(folder).output().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// A folder with files of the given content.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// Files below a folder by their path from it, sorted.
fn tree(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

/// Bytes that are neither a PDF nor text.
const BINARY: &[u8] = &[0x7f, b'E', b'L', b'F', 0, 1, 2, 0xff, 0, 0, 0xfe];

#[test]
fn one_report_goes_to_standard_output_as_one_line_of_json() {
    let folder = folder(&[("a.txt", DUMP.as_bytes())]);
    let output = mingzhang(&["extract", "a.txt"], folder.path());
    let report: Json = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(stdout(&output).lines().count(), 1);
    assert_eq!(report["source"]["name"], "a.txt");
    assert_eq!(report["source"]["media_type"], "text/plain");
    assert_eq!((status(&output), stderr(&output)), (0, ""));
}

#[test]
fn pretty_json_is_indented() {
    let folder = folder(&[("a.txt", DUMP.as_bytes())]);
    let output = mingzhang(&["extract", "a.txt", "--pretty"], folder.path());
    assert!(stdout(&output).starts_with("{\n  \"schema_version\": \"1\""), "{}", stdout(&output));
}

#[test]
fn several_reports_go_to_standard_output_one_a_line_in_the_order_given() {
    let folder = folder(&[("b.txt", DUMP.as_bytes()), ("a.txt", DUMP.as_bytes())]);
    let output = mingzhang(&["extract", "b.txt", "a.txt"], folder.path());
    let names: Vec<_> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str::<Json>(line).unwrap()["source"]["name"].clone())
        .collect();
    assert_eq!(names, ["b.txt", "a.txt"]);
}

#[test]
fn with_a_folder_each_report_has_a_file_named_after_its_source() {
    let folder = folder(&[("a.txt", DUMP.as_bytes()), ("sub/b.txt", DUMP.as_bytes())]);
    let output = mingzhang(&["extract", "a.txt", "sub/b.txt", "--out", "out/json"], folder.path());
    assert_eq!((status(&output), stdout(&output)), (0, ""));
    assert_eq!(tree(&folder.path().join("out")), ["json/a.txt.json", "json/b.txt.json"]);
    let report = fs::read_to_string(folder.path().join("out/json/b.txt.json")).unwrap();
    assert_eq!(serde_json::from_str::<Json>(&report).unwrap()["source"]["name"], "b.txt");
}

#[test]
fn records_are_lines_of_json_that_name_their_resource() {
    let folder = folder(&[("a.txt", DUMP.as_bytes())]);
    let output = mingzhang(&["extract", "a.txt", "--format", "jsonl", "--out", "out"], folder.path());
    assert_eq!(status(&output), 0);
    let lines = fs::read_to_string(folder.path().join("out/a.txt.jsonl")).unwrap();
    let first: Json = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(first["record"], "reports");
}

#[test]
fn a_bad_file_costs_one_line_and_the_status_and_the_good_ones_come_out() {
    let folder = folder(&[
        ("good-1.txt", DUMP.as_bytes()),
        ("broken.pdf", b"%PDF-1.7\nnothing behind the header"),
        ("empty.pdf", b""),
        ("good-2.txt", DUMP.as_bytes()),
    ]);
    let args = ["extract", "good-1.txt", "broken.pdf", "empty.pdf", "absent.pdf", "good-2.txt"];
    let output = mingzhang(&args, folder.path());
    assert_eq!(status(&output), 2);
    assert_eq!(stdout(&output).lines().count(), 2);
    let lines: Vec<_> = stderr(&output).lines().collect();
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(lines[0].starts_with("broken.pdf: damaged-pdf: "), "{lines:?}");
    assert!(lines[1].starts_with("empty.pdf: empty-file: "), "{lines:?}");
    assert!(lines[2].starts_with("absent.pdf: io: "), "{lines:?}");
    assert_eq!(lines[3], "mingzhang: 2 published, of these 0 with contradictions; 3 failed, 0 skipped");
}

#[test]
fn what_is_neither_pdf_nor_text_is_no_disclosure_whatever_its_name() {
    let folder = folder(&[("program.pdf", BINARY)]);
    let output = mingzhang(&["extract", "program.pdf"], folder.path());
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).starts_with("program.pdf: not-a-disclosure: "), "{}", stderr(&output));
}

#[test]
fn a_folder_is_walked_in_the_order_of_names_and_foreign_files_are_left_out() {
    let folder = folder(&[
        ("in/b/2.dat", DUMP.as_bytes()),
        ("in/a.txt", DUMP.as_bytes()),
        ("in/b/1.txt", DUMP.as_bytes()),
        ("in/c.txt", DUMP.as_bytes()),
        ("in/picture.txt", BINARY),
        ("in/notes.md", b"# Notes\n\nNothing of a budget.\n"),
        ("in/data.json", b"{\"a\": 1}"),
        ("in/empty.txt", b""),
        ("in/.hidden.txt", DUMP.as_bytes()),
    ]);
    let output = mingzhang(&["extract", "in", "--out", "out"], folder.path());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(tree(&folder.path().join("out")), ["a.txt.json", "b/1.txt.json", "b/2.dat.json", "c.txt.json"]);
    let output = mingzhang(&["extract", "in"], folder.path());
    let names: Vec<_> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str::<Json>(line).unwrap()["source"]["name"].clone())
        .collect();
    assert_eq!(names, ["a.txt", "1.txt", "2.dat", "c.txt"]);
}

#[test]
fn of_several_paths_each_folder_keeps_its_name() {
    let folder = folder(&[("x/a.txt", DUMP.as_bytes()), ("y/a.txt", DUMP.as_bytes()), ("b.txt", DUMP.as_bytes())]);
    let output = mingzhang(&["extract", "x", "y", "b.txt", "--out", "out"], folder.path());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(tree(&folder.path().join("out")), ["b.txt.json", "x/a.txt.json", "y/a.txt.json"]);
}

#[test]
fn the_number_of_jobs_changes_neither_order_nor_bytes() {
    let dumps: Vec<_> =
        (0..40).map(|i| (format!("{i:02}.txt"), DUMP.replace("2031", &format!("{}", 2000 + i)))).collect();
    let files: Vec<_> = dumps.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let folder = folder(&files);
    let one = mingzhang(&["extract", ".", "--jobs", "1"], folder.path());
    let two = mingzhang(&["extract", ".", "--jobs", "2"], folder.path());
    assert_eq!(stdout(&one).lines().count(), 40);
    assert_eq!(one.stdout, two.stdout);
    assert_eq!(one.stderr, two.stderr);
}

#[test]
fn two_sources_of_one_name_are_refused_before_anything_is_written() {
    let folder = folder(&[("x/a.txt", DUMP.as_bytes()), ("y/a.txt", DUMP.as_bytes())]);
    let output = mingzhang(&["extract", "x/a.txt", "y/a.txt", "--out", "out"], folder.path());
    assert_eq!(status(&output), 3);
    assert!(stderr(&output).contains("would both be published"), "{}", stderr(&output));
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_run_that_cannot_start_has_status_3() {
    let folder = folder(&[("a.txt", DUMP.as_bytes()), ("nothing/.keep", b"")]);
    for args in [&["extract"][..], &["extract", "a.txt", "--no-such-flag"], &["extract", "a.txt", "--jobs", "0"]] {
        let output = mingzhang(args, folder.path());
        assert_eq!((status(&output), stdout(&output)), (3, ""), "{args:?}");
    }
    let output = mingzhang(&["extract", "nothing"], folder.path());
    assert_eq!((status(&output), stderr(&output)), (3, "mingzhang: found neither a PDF nor a text dump\n"));
    let output = mingzhang(&["extract", "a.txt", "--out", "a.txt/below"], folder.path());
    assert_eq!(status(&output), 3, "{}", stderr(&output));
}

#[test]
fn help_and_version_go_to_standard_output() {
    let folder = folder(&[]);
    let help = mingzhang(&["extract", "--help"], folder.path());
    assert_eq!(status(&help), 0);
    assert!(stdout(&help).contains("Exit status:"));
    let version = mingzhang(&["--version"], folder.path());
    assert_eq!(stdout(&version), concat!("mingzhang ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn a_reader_that_stops_early_is_no_failure() {
    let folder = folder(&[("a.txt", DUMP.as_bytes())]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_mingzhang"))
        .args(["extract", "a.txt", "--pretty"])
        .current_dir(folder.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((status(&output), stderr(&output)), (0, ""));
}

#[test]
fn every_stage_of_a_dump_can_be_shown_and_one_page_of_it() {
    let two_pages = format!("{DUMP}\u{c}第二页\n");
    let folder = folder(&[("a.txt", two_pages.as_bytes())]);
    for stage in ["read", "repair", "segment", "interpret", "reconcile"] {
        let output = mingzhang(&["dump", "--stage", stage, "a.txt"], folder.path());
        assert_eq!((status(&output), stderr(&output)), (0, ""), "{stage}");
    }
    let all = mingzhang(&["dump", "--stage", "read", "a.txt"], folder.path());
    assert!(stdout(&all).contains("page 1 line 1 \"云岭市林草局2031年部门预算\""), "{}", stdout(&all));
    let second = mingzhang(&["dump", "--stage", "read", "--page", "2", "a.txt"], folder.path());
    assert!(stdout(&second).contains("第二页"));
    assert!(stdout(&second).lines().all(|line| line.starts_with("page 2 ")), "{}", stdout(&second));
}

#[test]
fn a_stage_of_a_bad_file_costs_one_line_and_status_2() {
    let folder = folder(&[("empty.pdf", b"")]);
    let output = mingzhang(&["dump", "--stage", "read", "empty.pdf"], folder.path());
    assert_eq!(status(&output), 2);
    assert_eq!(stderr(&output).lines().count(), 1);
}

#[test]
fn check_shows_contradictions_and_exits_with_one() {
    let wrong = DUMP.replacen("150.00", "151.00", 1);
    let folder = folder(&[("good.txt", DUMP.as_bytes()), ("wrong.txt", wrong.as_bytes())]);
    let good = mingzhang(&["check", "good.txt"], folder.path());
    assert!(stdout(&good).starts_with("good.txt：各项核对都相符"), "{}", stdout(&good));
    assert_eq!((status(&good), stderr(&good)), (0, ""));
    let both = mingzhang(&["check", "--json", "good.txt", "wrong.txt"], folder.path());
    let reports: Vec<Json> = stdout(&both).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&reports[0]["holds"], &reports[1]["holds"]), (&Json::Bool(true), &Json::Bool(false)));
    assert_eq!(status(&both), 1);
}
