//! What a run takes in: lists, patterns, folders with links, and the same bytes under several names.

use std::io::Write as _;
use std::process::Stdio;

use crate::command::{
    command, dump_of, field, folder, folder_of_dumps, lines, mingzhang, reports, status, stderr, stdout,
};
use crate::pdf::PdfFile;
use crate::shared::DUMP;

#[test]
fn a_pattern_that_no_shell_expanded_is_expanded_in_the_order_of_names() {
    let folder = folder(&[
        ("in/a/2.txt", dump_of(1).as_bytes()),
        ("in/a/1.txt", dump_of(2).as_bytes()),
        ("in/b/3.txt", dump_of(3).as_bytes()),
        ("in/b/3.dat", dump_of(4).as_bytes()),
    ]);
    let output = mingzhang(&["extract", "in/**/*.txt", "--out", "out"], folder.path());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(reports(&folder.path().join("out")), ["a/1.txt.json", "a/2.txt.json", "b/3.txt.json"]);
    assert_eq!(
        field(&lines(&folder.path().join("out/index.jsonl")), "path"),
        ["in/a/1.txt", "in/a/2.txt", "in/b/3.txt"]
    );
}

#[test]
fn a_pattern_that_matches_nothing_is_reported() {
    let folder = folder(&[("a.txt", DUMP.as_bytes())]);
    let output = mingzhang(&["extract", "a.txt", "*.pdf"], folder.path());
    assert_eq!(status(&output), 0);
    assert!(stderr(&output).contains("*.pdf: skipped: the pattern matches no file"), "{}", stderr(&output));
}

#[test]
fn a_file_whose_name_looks_like_a_pattern_is_that_file() {
    let folder = folder(&[("budget[1].txt", DUMP.as_bytes())]);
    let output = mingzhang(&["extract", "budget[1].txt"], folder.path());
    assert_eq!((status(&output), stderr(&output)), (0, ""));
}

#[test]
fn a_list_names_files_and_folders_one_a_line_and_keeps_their_folders_apart() {
    let folder = folder(&[
        ("x/a.txt", dump_of(1).as_bytes()),
        ("y/a.txt", dump_of(2).as_bytes()),
        ("z/b.txt", dump_of(3).as_bytes()),
        ("list", b"x/a.txt\r\n\ny/a.txt\nz"),
    ]);
    let output = mingzhang(&["extract", "--list", "list", "--out", "out"], folder.path());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(reports(&folder.path().join("out")), ["x/a.txt.json", "y/a.txt.json", "z/b.txt.json"]);
}

#[test]
fn a_list_comes_from_standard_input_too() {
    let folder = folder(&[("a.txt", DUMP.as_bytes())]);
    let mut child = command(&["extract", "--list", "-"], folder.path());
    let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"a.txt\nabsent.txt\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(status(&output), 2);
    assert_eq!(stdout(&output).lines().count(), 1);
    assert!(stderr(&output).starts_with("absent.txt: io: "), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn a_list_may_end_each_path_with_a_nul() {
    let folder =
        folder(&[("a\nb.txt", DUMP.as_bytes()), ("c.txt", dump_of(2032).as_bytes()), ("list", b"a\nb.txt\0c.txt\0")]);
    let output = mingzhang(&["extract", "--list", "list", "--output", "out"], folder.path());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(reports(&folder.path().join("out")), ["a\nb.txt.json", "c.txt.json"]);
}

#[test]
fn a_document_comes_from_standard_input() {
    let folder = folder(&[("b.txt", dump_of(2032).as_bytes())]);
    let run = |args: &[&str]| {
        let mut child = command(args, folder.path());
        let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A command that is refused ends without reading, so that the pipe may be closed already.
        let written = child.stdin.take().unwrap().write_all(DUMP.as_bytes());
        let output = child.wait_with_output().unwrap();
        assert!(written.is_ok() || status(&output) == 3, "{written:?}: {}", stderr(&output));
        output
    };
    let alone = run(&["extract", "-"]);
    assert_eq!((status(&alone), stderr(&alone)), (0, ""));
    assert!(stdout(&alone).contains("\"name\":\"-\""), "{}", stdout(&alone));
    let kept = run(&["extract", "-", "b.txt", "-o", "out"]);
    assert_eq!(status(&kept), 0, "{}", stderr(&kept));
    assert_eq!(reports(&folder.path().join("out")), ["-.json", "b.txt.json"]);
    assert!(stdout(&run(&["check", "-"])).starts_with("-：各项核对都相符"));
    assert!(stdout(&run(&["dump", "--stage", "read", "-"])).contains("2031"));
    let both = run(&["extract", "-", "--list", "-"]);
    assert_eq!(status(&both), 3);
}

#[test]
fn a_list_that_cannot_be_read_stops_the_run() {
    let folder = folder(&[]);
    let output = mingzhang(&["extract", "--list", "absent"], folder.path());
    assert_eq!(status(&output), 3);
    assert!(stderr(&output).starts_with("mingzhang: absent: "), "{}", stderr(&output));
}

#[test]
fn the_same_bytes_under_two_names_are_done_once_and_both_names_are_recorded() {
    let folder = folder(&[
        ("in/a.txt", DUMP.as_bytes()),
        ("in/b.txt", dump_of(2032).as_bytes()),
        ("in/copy/c.txt", DUMP.as_bytes()),
    ]);
    let output = mingzhang(&["extract", "in", "in/a.txt", "--out", "out"], folder.path());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let out = folder.path().join("out");
    assert_eq!(reports(&out), ["in/a.txt.json", "in/b.txt.json"]);
    let index = lines(&out.join("index.jsonl"));
    assert_eq!(field(&index, "path"), ["in/a.txt", "in/b.txt"]);
    assert_eq!(index[0]["same"], serde_json::json!(["in/copy/c.txt"]));
    let journal = lines(&out.join("journal.jsonl"));
    let both = journal.iter().find(|line| line["sha256"] == index[0]["sha256"]).unwrap();
    assert_eq!(both["paths"], serde_json::json!(["in/a.txt", "in/copy/c.txt"]));
    assert!(stderr(&output).contains("in/copy/c.txt: the same bytes as in/a.txt"), "{}", stderr(&output));
    assert!(stderr(&output).contains("same bytes again"), "{}", stderr(&output));
}

#[test]
fn bytes_that_fail_under_two_names_are_an_error_of_each() {
    let folder = folder(&[("a.pdf", b"%PDF-1.7\nnothing"), ("b.pdf", b"%PDF-1.7\nnothing")]);
    let output = mingzhang(&["extract", "a.pdf", "b.pdf", "--out", "out"], folder.path());
    assert_eq!(status(&output), 2);
    assert_eq!(field(&lines(&folder.path().join("out/errors.jsonl")), "path"), ["a.pdf", "b.pdf"]);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_round_in_a_loop_and_each_is_reported() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("in/a.txt", DUMP.as_bytes()), ("in/sub/b.txt", dump_of(2032).as_bytes())]);
    symlink("..", folder.path().join("in/sub/up")).unwrap();
    symlink("self", folder.path().join("in/self")).unwrap();
    symlink("nowhere", folder.path().join("in/dangling")).unwrap();
    let output = mingzhang(&["extract", "in", "--out", "out"], folder.path());
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("in/sub/up: skipped: a link to a folder is not followed"), "{}", stderr(&output));
    let errors = lines(&folder.path().join("out/errors.jsonl"));
    assert_eq!(field(&errors, "path"), ["in/dangling", "in/self"]);
    assert_eq!(field(&errors, "code"), ["io", "io"]);
    assert_eq!(reports(&folder.path().join("out")).len(), 2);
}

#[test]
fn an_empty_folder_beside_others_is_reported_and_no_failure() {
    let folder = folder(&[("in/a.txt", DUMP.as_bytes()), ("empty/.keep", b"")]);
    let output = mingzhang(&["extract", "in", "empty"], folder.path());
    assert_eq!(status(&output), 0);
    assert!(stderr(&output).contains("empty: skipped: the folder holds neither"), "{}", stderr(&output));
}

#[test]
fn results_of_an_earlier_run_are_no_input_of_the_next() {
    let folder = folder_of_dumps(2);
    for n_before in [0, 2] {
        let output = mingzhang(&["extract", ".", "--out", "out", "--resume"], folder.path());
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        assert_eq!(reports(&folder.path().join("out")).len(), 2);
        assert_eq!(lines(&folder.path().join("out/index.jsonl")).len(), 2);
        assert_eq!(stderr(&output).contains("done before"), n_before > 0);
    }
}

#[test]
fn a_report_that_would_lie_where_an_export_goes_is_refused() {
    let folder = folder(&[("jsonl/a.txt", DUMP.as_bytes()), ("b.txt", dump_of(2032).as_bytes())]);
    let args = ["extract", "jsonl", "b.txt", "--out", "out", "--format", "json,jsonl"];
    let output = mingzhang(&args, folder.path());
    assert_eq!(status(&output), 3);
    assert!(stderr(&output).contains("where the export of that name goes"), "{}", stderr(&output));
}

#[test]
fn what_of_a_published_report_is_lost_is_an_error_of_its_page() {
    let damaged = PdfFile::new().helvetica().content("BT /F 10 Tf 10 70 Td (1) Tj (2345 Tj ET");
    let folder = folder(&[("a.pdf", damaged.as_slice())]);
    let output = mingzhang(&["extract", "a.pdf", "--out", "out"], folder.path());
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    assert!(stderr(&output).starts_with("a.pdf: damaged-page on page 1: "), "{}", stderr(&output));
    let errors = lines(&folder.path().join("out/errors.jsonl"));
    assert!(errors.iter().any(|error| error["code"] == "damaged-page" && error["page"] == 1), "{errors:?}");
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_unicode_is_as_good_as_any() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = folder(&[]);
    let name = std::ffi::OsStr::from_bytes(b"in-\xd4\xa4\xcb\xe3.txt");
    std::fs::write(folder.path().join(name), DUMP).unwrap();
    let output = mingzhang(&["extract", ".", "--out", "out"], folder.path());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(lines(&folder.path().join("out/index.jsonl")).len(), 1);
    let output = mingzhang(&["extract", ".", "--out", "out", "--resume"], folder.path());
    assert!(stderr(&output).is_empty() && lines(&folder.path().join("out/journal.jsonl")).len() == 1);
}

#[test]
fn quiet_leaves_only_what_fails() {
    let folder = folder(&[("a.txt", DUMP.as_bytes()), ("copy.txt", DUMP.as_bytes()), ("empty.pdf", b"")]);
    let output = mingzhang(&["extract", "a.txt", "copy.txt", "empty.pdf", "--quiet"], folder.path());
    assert_eq!(status(&output), 2);
    assert_eq!(stderr(&output).lines().count(), 1);
    assert!(stderr(&output).starts_with("empty.pdf: empty-file: "), "{}", stderr(&output));
}

#[test]
fn verbose_traces_each_document() {
    let folder = folder(&[("a.txt", DUMP.as_bytes())]);
    let output = mingzhang(&["extract", "a.txt", "--out", "out", "-v"], folder.path());
    assert!(stderr(&output).contains("a.txt"), "{}", stderr(&output));
}
