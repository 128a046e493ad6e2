//! The command: where results go, what a bad file costs, and the exit status.

use std::fs;

use serde_json::Value as Json;

use crate::command::{
    command, dump_of, field, folder, folder_of_dumps, lines, mingzhang, reports, status, stderr, stdout,
};
use crate::shared::DUMP;

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
    let folder = folder(&[("b.txt", DUMP.as_bytes()), ("a.txt", dump_of(2032).as_bytes())]);
    let output = mingzhang(&["extract", "b.txt", "a.txt"], folder.path());
    let names: Vec<_> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str::<Json>(line).unwrap()["source"]["name"].clone())
        .collect();
    assert_eq!(names, ["b.txt", "a.txt"]);
}

#[test]
fn with_a_folder_each_report_has_a_file_named_after_its_source() {
    let folder = folder(&[("a.txt", DUMP.as_bytes()), ("sub/b.txt", dump_of(2032).as_bytes())]);
    let output = mingzhang(&["extract", "a.txt", "sub/b.txt", "--out", "out/json"], folder.path());
    assert_eq!((status(&output), stdout(&output)), (0, ""));
    assert_eq!(reports(&folder.path().join("out")), ["json/a.txt.json", "json/b.txt.json"]);
    let report = fs::read_to_string(folder.path().join("out/json/b.txt.json")).unwrap();
    assert_eq!(serde_json::from_str::<Json>(&report).unwrap()["source"]["name"], "b.txt");
}

#[test]
fn records_are_lines_of_json_that_name_their_resource() {
    let folder = folder(&[("a.txt", DUMP.as_bytes())]);
    let output = mingzhang(&["extract", "a.txt", "--format", "jsonl"], folder.path());
    assert_eq!(status(&output), 0);
    let first: Json = serde_json::from_str(stdout(&output).lines().next().unwrap()).unwrap();
    assert_eq!(first["record"], "reports");
}

#[test]
fn the_records_of_all_reports_go_to_one_file_by_report_id() {
    let folder = folder_of_dumps(5);
    let output = mingzhang(&["extract", "in", "--format", "jsonl,json", "--out", "out"], folder.path());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let records = lines(&folder.path().join("out/jsonl/records.jsonl"));
    let mut ids = field(&records, "report_id");
    assert!(ids.is_sorted());
    ids.dedup();
    assert_eq!(ids.len(), 5);
    assert_eq!(reports(&folder.path().join("out")).len(), 5);
}

#[test]
fn several_formats_want_a_folder() {
    let folder = folder(&[("a.txt", DUMP.as_bytes())]);
    let output = mingzhang(&["extract", "a.txt", "--format", "json,jsonl"], folder.path());
    assert_eq!(status(&output), 3);
    assert!(stderr(&output).contains("--out"), "{}", stderr(&output));
}

#[test]
fn a_bad_file_costs_one_line_and_the_status_and_the_good_ones_come_out() {
    let folder = folder(&[
        ("good-1.txt", DUMP.as_bytes()),
        ("broken.pdf", b"%PDF-1.7\nnothing behind the header"),
        ("empty.pdf", b""),
        ("good-2.txt", dump_of(2032).as_bytes()),
    ]);
    let args = ["extract", "good-1.txt", "broken.pdf", "empty.pdf", "absent.pdf", "good-2.txt"];
    let output = mingzhang(&args, folder.path());
    assert_eq!(status(&output), 2);
    assert_eq!(stdout(&output).lines().count(), 2);
    let lines: Vec<_> = stderr(&output).lines().collect();
    assert!(lines[0].starts_with("broken.pdf: damaged: "), "{lines:?}");
    assert!(lines[1].starts_with("empty.pdf: empty-file: "), "{lines:?}");
    assert!(lines[2].starts_with("absent.pdf: io: "), "{lines:?}");
    let table: Vec<Vec<&str>> = lines[3..].iter().map(|line| line.split_whitespace().collect()).collect();
    for row in [["documents", "5"], ["published", "2"], ["failed", "3"], ["io", "1"], ["empty-file", "1"]] {
        assert!(table.iter().any(|shown| *shown == row), "{row:?}: {table:?}");
    }
}

#[test]
fn what_is_neither_pdf_nor_text_is_no_disclosure_whatever_its_name() {
    let folder = folder(&[("program.pdf", BINARY)]);
    let output = mingzhang(&["extract", "program.pdf"], folder.path());
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).starts_with("program.pdf: not-a-pdf: "), "{}", stderr(&output));
}

#[test]
fn a_folder_is_walked_in_the_order_of_names_and_foreign_files_are_left_out() {
    let folder = folder(&[
        ("in/b/2.dat", dump_of(1).as_bytes()),
        ("in/a.txt", dump_of(2).as_bytes()),
        ("in/b/1.txt", dump_of(3).as_bytes()),
        ("in/c.txt", dump_of(4).as_bytes()),
        ("in/picture.png", BINARY),
        ("in/notes.md", b"# Notes\n\nNothing of a budget.\n"),
        ("in/data.json", b"{\"a\": 1}"),
        ("in/empty.md", b""),
        ("in/.hidden.txt", dump_of(5).as_bytes()),
    ]);
    let output = mingzhang(&["extract", "in", "--out", "out"], folder.path());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(reports(&folder.path().join("out")), ["a.txt.json", "b/1.txt.json", "b/2.dat.json", "c.txt.json"]);
    let output = mingzhang(&["extract", "in"], folder.path());
    let names: Vec<_> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str::<Json>(line).unwrap()["source"]["name"].clone())
        .collect();
    assert_eq!(names, ["a.txt", "1.txt", "2.dat", "c.txt"]);
}

#[test]
fn of_several_paths_each_folder_keeps_its_name() {
    let folder = folder(&[
        ("x/a.txt", DUMP.as_bytes()),
        ("y/a.txt", dump_of(2032).as_bytes()),
        ("b.txt", dump_of(2033).as_bytes()),
    ]);
    let output = mingzhang(&["extract", "x", "y", "b.txt", "--out", "out"], folder.path());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(reports(&folder.path().join("out")), ["b.txt.json", "x/a.txt.json", "y/a.txt.json"]);
}

#[test]
fn the_number_of_jobs_changes_neither_order_nor_bytes() {
    let folder = folder_of_dumps(40);
    let run = |args: &[&str]| mingzhang(&[&["extract", "in"], args].concat(), folder.path());
    let one = run(&["--jobs", "1"]);
    assert_eq!(stdout(&one).lines().count(), 40);
    for other in [run(&["--jobs", "2"]), run(&["--jobs", "3", "--in-process"])] {
        assert_eq!(one.stdout, other.stdout);
        // The rate of pages is the one thing that differs.
        let said = |output| stderr(output).lines().filter(|line| !line.contains("a second")).count();
        assert_eq!(said(&one), said(&other));
    }
}

#[test]
fn two_sources_of_one_name_are_refused_before_anything_is_written() {
    let folder = folder(&[("x/a.txt", DUMP.as_bytes()), ("y/a.txt", dump_of(2032).as_bytes())]);
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
    assert_eq!(status(&output), 3);
    assert_eq!(
        stderr(&output),
        "nothing: skipped: the folder holds neither a PDF nor a text dump\n\
         mingzhang: found neither a PDF nor a text dump (1 other file was left out)\n"
    );
    let output = mingzhang(&["extract", "a.txt", "--out", "a.txt/below"], folder.path());
    assert_eq!(status(&output), 3, "{}", stderr(&output));
}

#[test]
fn help_goes_to_standard_output() {
    let folder = folder(&[]);
    let help = mingzhang(&["extract", "--help"], folder.path());
    assert_eq!(status(&help), 0);
    assert!(stdout(&help).contains("Exit status:"));
}

#[test]
fn a_reader_that_stops_early_is_no_failure() {
    let folder = folder(&[("a.txt", DUMP.as_bytes())]);
    let mut child = command(&["extract", "a.txt", "--pretty"], folder.path())
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

#[test]
fn check_and_extract_count_contradictions_alike() {
    let file = crate::shared::root().join("corpus/planted-contradictions.pdf");
    let (file, folder) = (file.to_str().unwrap(), folder(&[]));
    let shown = mingzhang(&["check", "--lang", "en", file], folder.path());
    let told = stdout(&shown).lines().next().unwrap().strip_prefix(&format!("{file}: ")).unwrap();
    let extracted = mingzhang(&["extract", file, "--out", "out"], folder.path());
    assert_eq!(stderr(&extracted), format!("{file}: contradiction: {told}\n"));
    let counted = mingzhang(&["check", "--json", file], folder.path());
    let counted: Json = serde_json::from_str(stdout(&counted)).unwrap();
    let index = &lines(&folder.path().join("out/index.jsonl"))[0];
    assert_eq!(index["contradictions"], counted["contradictions"]);
    assert_eq!(index["places"], counted["findings"].as_array().unwrap().len());
}

#[test]
fn that_a_report_is_of_text_alone_is_said_and_no_clean_check() {
    let folder = folder(&[("a.txt", "某市某某局2031年部门预算\n第一部分 部门概况\n一、主要职能\n某某。\n".as_bytes())]);
    for args in [&["extract", "a.txt"][..], &["extract", "a.txt", "--out", "out"]] {
        let output = mingzhang(args, folder.path());
        assert_eq!((status(&output), stderr(&output)), (0, "a.txt: no amount was found\n"), "{args:?}");
    }
    let checked = mingzhang(&["check", "a.txt"], folder.path());
    assert_eq!(status(&checked), 1);
    assert!(stdout(&checked).starts_with("a.txt：没有找到金额\n"), "{}", stdout(&checked));
}

#[test]
fn a_text_that_shows_nothing_of_a_disclosure_is_none() {
    let (mojibake, ..) = encoding_rs::BIG5.encode(DUMP);
    let folder =
        folder(&[("note.txt", b"Nothing of a budget.\n"), ("big5.txt", &mojibake), ("good.txt", DUMP.as_bytes())]);
    let output = mingzhang(&["extract", "note.txt", "big5.txt", "good.txt"], folder.path());
    assert_eq!(status(&output), 2);
    assert_eq!(stdout(&output).lines().count(), 1);
    let lines: Vec<_> = stderr(&output).lines().collect();
    assert!(lines[0].starts_with("note.txt: not-a-disclosure: "), "{lines:?}");
    assert!(lines[1].starts_with("big5.txt: not-a-"), "{lines:?}");
}

#[test]
fn a_page_that_a_document_does_not_have_is_an_error_and_pages_have_a_range() {
    let folder = folder(&[("a.txt", format!("{DUMP}\u{c}第二页\n\u{c}第三页\n").as_bytes())]);
    let output = mingzhang(&["dump", "--stage", "read", "--page", "99", "a.txt"], folder.path());
    assert_eq!((status(&output), stdout(&output)), (2, ""));
    assert!(stderr(&output).starts_with("a.txt: no-such-page: "), "{}", stderr(&output));
    let output = mingzhang(&["dump", "--stage", "read", "--pages", "2-3", "a.txt"], folder.path());
    assert!(stdout(&output).contains("第二页") && stdout(&output).contains("第三页"), "{}", stdout(&output));
    assert!(stdout(&output).lines().all(|line| !line.starts_with("page 1 ")), "{}", stdout(&output));
    for range in ["3-2", "0-2", "2-", "x"] {
        assert_eq!(
            status(&mingzhang(&["dump", "--stage", "read", "--pages", range, "a.txt"], folder.path())),
            3,
            "{range}"
        );
    }
}

#[test]
fn a_published_report_says_which_version_made_it() {
    let folder = folder(&[("a.txt", DUMP.as_bytes())]);
    for layout in [&["extract", "a.txt"][..], &["extract", "a.txt", "--pretty"]] {
        let output = mingzhang(layout, folder.path());
        let report: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
        assert_eq!(report["program_version"], env!("CARGO_PKG_VERSION"));
    }
}

#[test]
fn a_list_with_nuls_may_name_paths_with_line_ends() {
    let name = if cfg!(unix) { "a\nb.txt" } else { "ab.txt" };
    let folder = folder(&[(name, DUMP.as_bytes()), ("list", name.as_bytes())]);
    let output = mingzhang(&["check", "--list", "list", "-0"], folder.path());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(status(&mingzhang(&["check", "a.txt", "--null"], folder.path())), 3);
}

#[test]
fn people_are_spoken_to_in_chinese_and_results_are_the_same() {
    let folder = folder(&[("a.txt", DUMP.as_bytes()), ("b.pdf", b"%PDF-1.7\nnothing")]);
    let run = |args: &[&str], locale: &str| command(args, folder.path()).env("LC_ALL", locale).output().unwrap();
    for (help, first) in
        [(&["--help"][..], "把部门预算"), (&["help", "check"], "列出"), (&["golden", "check", "-h"], "显示")]
    {
        assert!(stdout(&run(help, "zh_CN.UTF-8")).starts_with(first), "{help:?}");
        assert!(stdout(&run(&[&["--lang", "zh"], help].concat(), "C")).starts_with(first), "{help:?}");
    }
    let mistyped = run(&["extract", "a.txt", "--jbos", "2"], "zh_CN.UTF-8");
    assert_eq!(status(&mistyped), 3);
    assert!(
        stderr(&mistyped).starts_with("错误：没有 --jbos 这个选项或参数；是不是 --jobs？"),
        "{}",
        stderr(&mistyped)
    );
    for args in
        [&["extract", "a.txt", "b.pdf"][..], &["check", "a.txt", "b.pdf"], &["dump", "--stage", "read", "b.pdf"]]
    {
        let (chinese, english) = (run(args, "zh_CN.UTF-8"), run(args, "C"));
        assert_eq!((status(&chinese), &chinese.stdout), (status(&english), &english.stdout));
        assert!(stderr(&chinese).contains("b.pdf: damaged: PDF 已损坏，一页也读不出（"), "{}", stderr(&chinese));
        assert!(!stderr(&english).contains('（'), "{}", stderr(&english));
    }
}

#[test]
fn what_is_mistyped_is_never_answered_with_what_is_hidden() {
    let folder = folder(&[]);
    for args in [&["extract", "a.txt", "--plan"][..], &["extract", "a.txt", "--plants", "x"], &["workers"]] {
        let output = mingzhang(args, folder.path());
        assert_eq!(status(&output), 3);
        assert!(!stderr(&output).contains("'--plant'") && !stderr(&output).contains("'worker'"), "{}", stderr(&output));
    }
    let output = mingzhang(&["extract", "a.txt", "--jbos", "2"], folder.path());
    assert!(stderr(&output).contains("'--jobs'"), "{}", stderr(&output));
}

#[test]
fn check_takes_lists_writes_a_file_and_leaves_contacts_out() {
    let folder =
        folder(&[("a.txt", DUMP.as_bytes()), ("b.txt", dump_of(2032).as_bytes()), ("list", b"a.txt\0b.txt\0")]);
    let args = ["check", "--list", "list", "-o", "said.txt", "--redact", "contacts", "--timeout", "60"];
    let output = mingzhang(&args, folder.path());
    assert_eq!((status(&output), stdout(&output)), (0, ""), "{}", stderr(&output));
    let said = fs::read_to_string(folder.path().join("said.txt")).unwrap();
    assert!(said.starts_with("a.txt：各项核对都相符\n") && said.contains("\nb.txt：各项核对都相符\n"), "{said}");
}

#[cfg(not(feature = "xlsx"))]
#[test]
fn a_format_that_was_not_built_names_the_feature_that_brings_it() {
    let folder = folder(&[("a.txt", DUMP.as_bytes())]);
    let output = mingzhang(&["extract", "a.txt", "--format", "xlsx", "--out", "out"], folder.path());
    assert_eq!(status(&output), 3);
    assert!(stderr(&output).contains("--features xlsx"), "{}", stderr(&output));
}
