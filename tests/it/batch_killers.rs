//! Documents that kill, stop or outgrow their worker cost their own result and nothing else.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use mingzhang::emit::Publication;
use tempfile::TempDir;

use crate::command::{command, dump_of, field, files, folder, lines, mingzhang, reports, status, stderr};
use crate::pdf::PdfFile;
use crate::shared::DUMP;

/// The hash that a plant names a document by.
fn sha256(text: &str) -> String {
    let reconciliation = mingzhang::extract(text.as_bytes()).unwrap();
    Publication::new("", text.as_bytes(), reconciliation).into_report().source.sha256
}

/// The same document, to be opened with a password.
fn encrypted(plain: &[u8], password: &str) -> Vec<u8> {
    use lopdf::{Document, EncryptionState, EncryptionVersion, Object, Permissions, StringFormat};
    let mut document = Document::load_mem(plain).unwrap();
    let id = Object::String(b"0123456789abcdef".to_vec(), StringFormat::Literal);
    document.trailer.set("ID", vec![id.clone(), id]);
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: password,
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let mut out = Vec::new();
    document.save_to(&mut out).unwrap();
    out
}

/// Good documents, and one of each kind that is bad.
fn planted() -> (TempDir, Vec<String>) {
    let mut files: Vec<(String, Vec<u8>)> =
        (0..8).map(|i| (format!("in/good-{i}.txt"), dump_of(2000 + i).into())).collect();
    let mut plants = Vec::new();
    for (i, harm) in ["abort", "loop", "eat", "panic", "half"].into_iter().enumerate() {
        let text = dump_of(3000 + i);
        plants.push(format!("--plant={harm}={}", sha256(&text)));
        files.push((format!("in/bad-{harm}.txt"), text.into()));
    }
    files.push(("in/bad-corrupt.pdf".into(), b"%PDF-1.7\nnothing behind the header".to_vec()));
    files.push((
        "in/bad-encrypted.pdf".into(),
        encrypted(&PdfFile::new().helvetica().content("BT /F 10 Tf 10 70 Td (secret) Tj ET"), "user"),
    ));
    let files: Vec<_> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    (folder(&files), plants)
}

#[test]
fn every_good_document_is_published_and_every_bad_one_reported_with_its_code() {
    let (folder, plants) = planted();
    let mut seen = Vec::new();
    for jobs in ["1", "3"] {
        let out = format!("out-{jobs}");
        let mut args = vec!["extract", "in", "in/absent.pdf", "--out", &out, "--jobs", jobs];
        args.extend(["--timeout", "2", "--memory", "512"]);
        args.extend(plants.iter().map(String::as_str));
        let output = mingzhang(&args, folder.path());
        assert_eq!(status(&output), 2, "{}", stderr(&output));
        let out = folder.path().join(out);
        let good: Vec<_> = (0..8).map(|i| format!("in/good-{i}.txt.json")).collect();
        assert_eq!(reports(&out), good);
        let errors = lines(&out.join("errors.jsonl"));
        let found: Vec<_> = field(&errors, "path").into_iter().zip(field(&errors, "code")).collect();
        let expected = [
            ("in/bad-abort.txt", "crashed"),
            ("in/bad-corrupt.pdf", "damaged"),
            ("in/bad-eat.txt", "out-of-memory"),
            ("in/bad-encrypted.pdf", "password-required"),
            ("in/bad-half.txt", "crashed"),
            ("in/bad-loop.txt", "timeout"),
            ("in/bad-panic.txt", "internal"),
            ("in/absent.pdf", "io"),
        ];
        assert_eq!(found, expected.map(|(path, code)| (path.to_owned(), code.to_owned())));
        let mut left = files(&out);
        left.remove("journal.jsonl");
        seen.push(left);
    }
    assert_eq!(seen[0], seen[1], "the number of jobs changes what is left behind");
}

#[test]
fn a_worker_whose_run_is_gone_ends_whatever_it_is_at() {
    let folder = folder(&[]);
    let plant = format!("loop={}", sha256(DUMP));
    let mut worker = command(&["worker", "--plant", &plant], folder.path());
    let mut worker = worker.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = worker.stdin.take().unwrap();
    let task = r#"{"name":"a.txt","walked":false,"options":{"report":"compact","records":false}}"#;
    writeln!(input, "{task}").unwrap();
    input.write_all(&(DUMP.len() as u32).to_le_bytes()).unwrap();
    input.write_all(DUMP.as_bytes()).unwrap();
    input.write_all(&0_u32.to_le_bytes()).unwrap();
    input.flush().unwrap();
    std::thread::sleep(Duration::from_millis(200));
    assert!(worker.try_wait().unwrap().is_none(), "the worker is at its document");
    drop(input);
    let deadline = Instant::now() + Duration::from_secs(20);
    while worker.try_wait().unwrap().is_none() {
        assert!(Instant::now() < deadline, "the worker goes on");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_document_that_failed_for_want_of_time_is_tried_again_and_one_that_is_damaged_is_not() {
    let files = [("in/slow.txt", DUMP.as_bytes()), ("in/broken.pdf", b"%PDF-1.7\nnothing")];
    let folder = folder(&files);
    let plant = format!("loop={}", sha256(DUMP));
    let output = mingzhang(&["extract", "in", "--out", "out", "--timeout", "1", "--plant", &plant], folder.path());
    assert_eq!(status(&output), 2);
    assert_eq!(reports(&folder.path().join("out")), [""; 0]);
    let output = mingzhang(&["extract", "in", "--out", "out", "--resume"], folder.path());
    assert_eq!(status(&output), 2);
    assert_eq!(reports(&folder.path().join("out")), ["slow.txt.json"]);
    let journal = lines(&folder.path().join("out/journal.jsonl"));
    assert_eq!(journal.iter().filter(|line| line["paths"][0] == "in/broken.pdf").count(), 1);
    assert_eq!(journal.iter().filter(|line| line["paths"][0] == "in/slow.txt").count(), 2);
    let errors = fs::read_to_string(folder.path().join("out/errors.jsonl")).unwrap();
    assert!(!errors.contains("slow.txt"), "{errors}");
}

#[test]
fn a_run_that_takes_long_says_every_few_seconds_how_far_it_is() {
    let last = dump_of(2032);
    let folder = folder(&[("a.txt", DUMP.as_bytes()), ("b.txt", last.as_bytes())]);
    let plant = format!("loop={}", sha256(&last));
    let args = ["extract", "a.txt", "b.txt", "--jobs", "2", "--timeout", "6", "--plant", &plant];
    let output = mingzhang(&args, folder.path());
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("mingzhang: 1 of 2 documents, "), "{}", stderr(&output));
}
