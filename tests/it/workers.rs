//! Rows of Arrow from worker processes: the flat records of a document, and a failure is a row too.

use std::ffi::OsString;
use std::time::Duration;

use arrow_array::cast::AsArray as _;
use arrow_array::{Array as _, RecordBatch};
use mingzhang::batch::workers::Workers;
use mingzhang::emit::{arrow, flat};
use sha2::{Digest as _, Sha256};

use crate::command::{dump_of, folder, mingzhang, stdout};
use crate::shared::DUMP;

fn sha256(document: &str) -> String {
    Sha256::digest(document).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn workers(plants: &[String], command: &[&str]) -> Workers {
    let mut command: Vec<OsString> = command.iter().map(Into::into).collect();
    command.extend(plants.iter().map(|plant| format!("--plant={plant}").into()));
    Workers::new(command, Duration::from_secs(6), 1, false).unwrap()
}

const WORKER: [&str; 3] = [env!("CARGO_BIN_EXE_mingzhang"), "worker", "--memory=512"];

fn text<'a>(row: &'a RecordBatch, column: &str) -> Option<&'a str> {
    let texts = row.column_by_name(column).unwrap().as_string::<i32>();
    texts.is_valid(0).then(|| texts.value(0))
}

#[test]
fn a_row_holds_every_record_of_its_document() {
    let row = workers(&[], &WORKER).row("a.txt", DUMP.as_bytes()).unwrap();
    assert_eq!(row.schema(), arrow::schema());
    assert_eq!(
        (text(&row, "name"), text(&row, "status"), text(&row, "code")),
        (Some("a.txt"), Some("published"), None)
    );
    assert_eq!(text(&row, "sha256"), Some(sha256(DUMP).as_str()));
    let folder = folder(&[("a.txt", DUMP.as_bytes())]);
    let output = mingzhang(&["extract", "a.txt", "--format", "jsonl"], folder.path());
    let lines = stdout(&output);
    for resource in flat::Resource::extracted() {
        let records = row.column_by_name(resource.name()).unwrap().as_list::<i32>().value(0);
        let marked = format!("{{\"record\":\"{}\",", resource.name());
        assert_eq!(records.len(), lines.lines().filter(|line| line.starts_with(&marked)).count(), "{resource:?}");
    }
}

#[test]
fn what_kills_a_worker_is_a_row_and_the_next_document_has_another() {
    let harms = [
        ("abort", "crashed"),
        ("loop", "timeout"),
        ("eat", "out-of-memory"),
        ("panic", "internal"),
        ("half", "crashed"),
    ];
    let dump = |i: usize| dump_of(2001 + i);
    let plants: Vec<_> =
        harms.iter().enumerate().map(|(i, (harm, _))| format!("{harm}={}", sha256(&dump(i)))).collect();
    let workers = workers(&plants, &WORKER);
    for (i, (_, code)) in harms.into_iter().enumerate() {
        let row = workers.row("bad.txt", dump(i).as_bytes()).unwrap();
        assert_eq!((text(&row, "status"), text(&row, "code")), (Some("failed"), Some(code)));
        assert_eq!(text(&row, "sha256"), Some(sha256(&dump(i)).as_str()));
        assert!(text(&row, "message").is_some());
        let good = workers.row("good.txt", DUMP.as_bytes()).unwrap();
        assert_eq!(text(&good, "status"), Some("published"));
        let both = arrow::together(&[row, good]).unwrap();
        assert_eq!(both.column_by_name("facts").unwrap().as_list::<i32>().value_length(0), 0);
    }
}

#[test]
fn what_is_no_worker_is_nobodys_fault() {
    let told = |command: &[&str]| workers(&[], command).row("a.txt", DUMP.as_bytes()).unwrap_err().to_string();
    assert!(told(&[env!("CARGO_BIN_EXE_mingzhang"), "schema"]).ends_with("found something else"));
    assert!(told(&[env!("CARGO_BIN_EXE_mingzhang"), "worker", "--memory=nothing"]).contains("died"));
    workers(&[], &["no/such/program"]).row("a.txt", DUMP.as_bytes()).unwrap_err();
}
