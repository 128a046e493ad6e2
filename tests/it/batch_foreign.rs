//! What lies in folders beside disclosures: files of other kinds under names of documents, and what is left out.

use std::io::Write as _;

use crate::command::{dump_of, field, folder, lines, mingzhang, reports, status, stderr};
use crate::pdf::PdfFile;
use crate::shared::DUMP;

const LOST_PAGE: &[u8] = b"<!DOCTYPE html>\n<html><head><title>404</title></head><body>Not Found</body></html>\n";
const OLD_OFFICE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0\0\0\0\0";

/// A ZIP archive with one member that is stored as it is.
fn stored_zip(name: &str, member: &[u8]) -> Vec<u8> {
    let mut zip = b"PK\x03\x04\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
    let length = u32::try_from(member.len()).unwrap().to_le_bytes();
    zip.extend([length, length].concat());
    zip.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
    zip.extend(b"\0\0");
    zip.extend(name.as_bytes());
    zip.extend(member);
    zip
}

#[test]
fn a_file_of_a_folder_that_is_named_as_a_document_fails_where_it_is_none() {
    let archive = stored_zip("a.pdf", PdfFile::new().helvetica().content("BT /F 10 Tf (1) Tj ET").as_slice());
    let folder = folder(&[
        ("in/a-noise.pdf", &[0x81, 0xff, 0, 1, 2, 0xfe].repeat(90)),
        ("in/b-page.PDF", LOST_PAGE),
        ("in/c-letter.pdf", &stored_zip("word/document.xml", b"<w:document/>")),
        ("in/d-old.pdf", OLD_OFFICE),
        ("in/e-empty.pdf", b""),
        ("in/f-archive.pdf", &archive),
        ("in/g-note.Txt", b"Nothing of a budget.\n"),
        ("in/good.txt", DUMP.as_bytes()),
    ]);
    let output = mingzhang(&["extract", "in", "--out", "out"], folder.path());
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    assert_eq!(reports(&folder.path().join("out")), ["good.txt.json"]);
    let errors = lines(&folder.path().join("out/errors.jsonl"));
    let codes = field(&errors, "code");
    assert_eq!(codes[..4], ["not-a-pdf", "not-a-pdf", "not-a-pdf", "not-a-pdf"]);
    assert_eq!(codes[4..], ["empty-file", "not-a-pdf", "not-a-disclosure"]);
    let said = field(&errors, "message");
    for (message, kind) in said.iter().zip(["binary data", "HTML page", "Word document", "doc, xls"]) {
        assert!(message.contains(kind), "{said:?}");
    }
    assert!(said[5].ends_with("found a ZIP archive"), "{said:?}");
    assert_eq!(status(&mingzhang(&["check", "in"], folder.path())), 2);
    assert_eq!(status(&mingzhang(&["golden", "check", "in", "--golden", "kept"], folder.path())), 2);
}

#[test]
fn what_else_lies_in_a_folder_is_counted_and_named_where_asked_for() {
    let folder = folder(&[
        ("in/a.txt", DUMP.as_bytes()),
        ("in/list.json", b"[1]"),
        ("in/letter.docx", &stored_zip("word/document.xml", b"")),
        ("in/saved.html", LOST_PAGE),
        ("in/.hidden.pdf", b"%PDF-1.7"),
    ]);
    let output = mingzhang(&["extract", "in", "--out", "out"], folder.path());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let words: Vec<_> = stderr(&output).split_whitespace().collect();
    assert!(words.windows(3).any(|shown| shown == ["left", "out", "4"]), "{}", stderr(&output));
    assert!(!stderr(&output).contains("list.json"), "{}", stderr(&output));
    let output = mingzhang(&["extract", "in", "--out", "out", "-v"], folder.path());
    for line in ["in/list.json: left out: JSON", "in/letter.docx: left out: a ZIP archive: a Word document"] {
        assert!(stderr(&output).lines().any(|said| said == line), "{line}: {}", stderr(&output));
    }
    let output = mingzhang(&["check", "in"], folder.path());
    assert_eq!(stderr(&output), "mingzhang: 4 other files were left out\n");
}

#[test]
fn a_saved_page_that_shows_a_statement_is_a_text_like_any() {
    let rows: String = DUMP.lines().map(|line| format!("<p>{line}</p>\n")).collect();
    let folder = folder(&[
        ("page.txt", format!("<html><body>\n{DUMP}</body></html>\n").as_bytes()),
        ("lost.txt", LOST_PAGE),
        ("rows.txt", rows.as_bytes()),
    ]);
    let output = mingzhang(&["extract", "page.txt"], folder.path());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let output = mingzhang(&["extract", "lost.txt"], folder.path());
    assert_eq!(stderr(&output), "lost.txt: not-a-pdf: expected a PDF or a text dump, found an HTML page\n");
}

#[test]
fn a_header_far_behind_the_start_makes_no_pdf() {
    let pdf = PdfFile::new().helvetica().content("BT /F 10 Tf 10 70 Td (12.00) Tj ET");
    let behind = |n: usize| [&vec![0; n], pdf.as_slice()].concat();
    let folder = folder(&[("near.pdf", &behind(1000)), ("far.pdf", &behind(1100))]);
    assert_eq!(stderr(&mingzhang(&["extract", "near.pdf"], folder.path())), "near.pdf: no amount was found\n");
    let far = mingzhang(&["extract", "far.pdf"], folder.path());
    assert!(stderr(&far).starts_with("far.pdf: not-a-pdf: "), "{}", stderr(&far));
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_refused_at_once() {
    let folder = folder(&[("in/a.txt", dump_of(2031).as_bytes())]);
    for name in ["in/pipe.pdf", "in/pipe"] {
        let made = std::process::Command::new("mkfifo").arg(folder.path().join(name)).status().unwrap();
        assert!(made.success());
    }
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("in/zero.pdf")).unwrap();
    let begun = std::time::Instant::now();
    let output = mingzhang(&["extract", "in", "/dev/null", "--out", "out", "-v"], folder.path());
    assert!(begun.elapsed().as_secs() < 30);
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    for line in [
        "in/pipe.pdf: io: expected a regular file, found a pipe",
        "in/zero.pdf: io: expected a regular file, found a device",
        "/dev/null: io: expected a regular file, found a device",
        "in/pipe: left out: a pipe, a socket or a device",
    ] {
        assert!(stderr(&output).lines().any(|said| said == line), "{line}: {}", stderr(&output));
    }
    for args in [&["check", "in/pipe.pdf"][..], &["dump", "--stage", "read", "in/pipe"]] {
        let output = mingzhang(args, folder.path());
        assert_eq!(status(&output), 2, "{}", stderr(&output));
    }
}

#[test]
fn a_file_larger_than_any_disclosure_is_beyond_the_limit() {
    let folder = folder(&[]);
    let mut file = std::fs::File::create(folder.path().join("large.pdf")).unwrap();
    file.write_all(b"%PDF-1.7\n").unwrap();
    file.set_len(mingzhang::batch::MAX_INPUT_BYTES + 1).unwrap();
    let output = mingzhang(&["extract", "large.pdf"], folder.path());
    assert!(stderr(&output).starts_with("large.pdf: limit-reached: "), "{}", stderr(&output));
}
