//! Damaged and encrypted files open where a person's viewer opens them, and else say what was expected.

use lopdf::encryption::crypt_filters::{Aes128CryptFilter, Aes256CryptFilter, CryptFilter};
use lopdf::{Document, EncryptionState, EncryptionVersion, Object, Permissions, StringFormat};
use std::collections::BTreeMap;
use std::sync::Arc;

use mingzhang::Error;
use mingzhang::note::NoteKind;
use mingzhang::read::read;

use crate::pdf::{PdfFile, deflate, document, kinds, page, text};

const CONTENT: &str = "BT /F 10 Tf 10 70 Td (1234.56) Tj ET";

fn plain() -> Vec<u8> {
    PdfFile::new().helvetica().content(CONTENT)
}

fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    assert!(text.contains(from), "{from}");
    text.replace(from, to).chars().map(|ch| ch as u8).collect()
}

fn assert_recovered(bytes: &[u8], what: &str) {
    let (_, page) = document(bytes);
    assert_eq!(text(&page.glyphs), "1234.56", "{what}");
}

#[test]
fn damage_that_a_viewer_mends_is_mended() {
    let file = plain();
    let xref = String::from_utf8_lossy(&file).rfind("xref\n0").unwrap();
    assert_recovered(&file[..xref], "without table and trailer");
    assert_recovered(&file[..file.len() - 20], "without its end");
    assert_recovered(&replaced(&file, "endobj", ""), "without endobj");
    assert_recovered(&replaced(&file, "startxref\n", "startxref\n9"), "a wrong startxref");
    assert_recovered(&[b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), file.clone()].concat(), "something before the header");
    assert_recovered(&[file.clone(), vec![b'x'; 3000]].concat(), "something behind the end");
    assert_recovered(&replaced(&file, "00000 n", "00007 n"), "wrong generations");
    for length in ["/Length 1 ", "/Length 99999 ", "/Length -5 ", "/Length 4 0 R ", ""] {
        let wrong = replaced(&file, &format!("/Length {} ", CONTENT.len()), length);
        assert_recovered(&wrong, length);
    }
}

#[test]
fn offsets_that_point_elsewhere_are_found_again() {
    let file = plain();
    let text = String::from_utf8(file.clone()).unwrap();
    let table = text.rfind("xref\n0").unwrap();
    let shifted: String = text[table..]
        .lines()
        .map(|l| if l.ends_with(" n ") { format!("{:010} 00000 n \n", 17) } else { format!("{l}\n") })
        .collect();
    assert_recovered(format!("{}{shifted}", &text[..table]).as_bytes(), "all offsets the same");
}

#[test]
fn a_sound_file_says_nothing_and_one_without_its_end_says_so() {
    let file = plain();
    assert_eq!(kinds(&read(&file).unwrap()), []);
    let xref = String::from_utf8_lossy(&file).rfind("xref\n0").unwrap();
    assert_eq!(kinds(&read(&file[..xref]).unwrap()), [NoteKind::RebuiltFile]);
    assert_eq!(kinds(&read(&replaced(&file, "startxref\n", "startxref\n9")).unwrap()), [NoteKind::RebuiltFile]);
    let cut_update = [file, b"\n4 0 obj\n<< /Length 900 >> stream\nBT /F".to_vec()].concat();
    assert_eq!(kinds(&read(&cut_update).unwrap()), [NoteKind::DamagedFile]);
}

#[test]
fn a_page_that_is_not_in_the_file_keeps_its_number() {
    let file = replaced(&plain(), "/Kids [3 0 R] /Count 1", "/Kids [9 0 R 3 0 R] /Count 4");
    let raw = read(&file).unwrap();
    assert_eq!(raw.source.n_pages, 4);
    assert!(
        raw.notes.iter().any(|note| note.message.contains("3 of the file's 4 pages are not in it: 1 to 3")),
        "{:?}",
        raw.notes
    );
    let lost: Vec<_> =
        raw.notes.iter().filter(|n| n.kind == NoteKind::DamagedPage).map(|n| n.provenance.unwrap().page).collect();
    assert_eq!(lost, [1, 2, 3]);
    let promised = read(&replaced(&plain(), "/Count 1", "/Count 7")).unwrap();
    assert!(
        promised.notes.iter().any(|n| n.kind == NoteKind::DamagedFile && n.message.contains("7 pages, 1 can be")),
        "{:?}",
        promised.notes
    );
}

#[test]
fn a_page_whose_content_or_font_is_not_in_the_file_says_so() {
    let content = replaced(&plain(), "/Contents 4 0 R", "/Contents 8 0 R");
    assert_eq!(kinds(&read(&content).unwrap()), [NoteKind::DamagedPage]);
    let part = replaced(&plain(), "/Contents 4 0 R", "/Contents [8 0 R 4 0 R]");
    let (raw, page) = document(&part);
    // The longer entry moves what stands behind it, so that the cross references are wrong too.
    let both = vec![NoteKind::RebuiltFile, NoteKind::DamagedPage];
    assert_eq!((text(&page.glyphs), kinds(&raw)), ("1234.56".into(), both));
    let font = replaced(&plain(), "/F 5 0 R", "/F 8 0 R");
    assert_eq!(kinds(&read(&font).unwrap()), [NoteKind::DamagedPage]);
}

#[test]
fn cycles_come_to_an_end() {
    let file = plain();
    assert_recovered(&replaced(&file, "/Kids [3 0 R]", "/Kids [3 0 R 2 0 R]"), "a tree that holds itself");
    assert_recovered(&replaced(&file, "/Parent 2 0 R", "/Parent 3 0 R"), "a page that is its own parent");
    let cycle = replaced(
        &file,
        "/Root 1 0 R",
        &format!("/Root 1 0 R /Prev {}", String::from_utf8_lossy(&file).rfind("xref\n0").unwrap()),
    );
    assert_recovered(&cycle, "a table before itself");
    // Its content is a reference to itself: there is nothing to see, and an end.
    let lost = replaced(&file, "/Contents 4 0 R", "/Contents 3 0 R");
    let _ = read(&lost);
}

#[test]
fn objects_in_object_streams_are_found_without_a_table() {
    let mut file = PdfFile::new();
    let members = "20 0 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
    let packed = deflate(members.as_bytes());
    file.add_stream("/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode", &packed);
    let file =
        file.resources("/ExtGState << /E << /Font [20 0 R 10] >> >>").content("BT /E gs 10 70 Td (1234.56) Tj ET");
    let xref = file.windows(6).rposition(|w| w == b"xref\n0").unwrap();
    assert_recovered(&file[..xref], "object streams");
}

#[test]
fn a_file_without_pages_says_what_was_expected() {
    for bytes in [&b"%PDF-1.7\nnothing here"[..], b"%PDF-", b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"] {
        let Err(Error::DamagedPdf(what)) = read(bytes) else { panic!("expected damage") };
        assert!(what.contains("page"), "{what}");
    }
}

/// The file encrypted in some way; the user's password is the first.
fn encrypted(user: &str, kind: &str) -> Vec<u8> {
    let mut document = Document::load_mem(&plain()).unwrap();
    let id = Object::String(b"0123456789abcdef".to_vec(), StringFormat::Literal);
    document.trailer.set("ID", vec![id.clone(), id]);
    let permissions = Permissions::all();
    let filters = |filter: Arc<dyn CryptFilter>| BTreeMap::from([(b"StdCF".to_vec(), filter)]);
    let (owner_password, user_password) = ("owner", user);
    let of_pages: &[u8] = if kind == "attachments alone" { b"Identity" } else { b"StdCF" };
    let key: [u8; 32] = std::array::from_fn(|i| i as u8);
    let state = {
        let document = &document;
        let version = match kind {
            "RC4 40" => EncryptionVersion::V1 { document, owner_password, user_password, permissions },
            "RC4 128" => {
                EncryptionVersion::V2 { document, owner_password, user_password, key_length: 128, permissions }
            }
            "AES 128" => EncryptionVersion::V4 {
                document,
                encrypt_metadata: true,
                crypt_filters: filters(Arc::new(Aes128CryptFilter)),
                stream_filter: b"StdCF".to_vec(),
                string_filter: b"StdCF".to_vec(),
                owner_password,
                user_password,
                permissions,
            },
            _ => EncryptionVersion::V5 {
                encrypt_metadata: true,
                crypt_filters: filters(Arc::new(Aes256CryptFilter)),
                file_encryption_key: &key,
                stream_filter: of_pages.to_vec(),
                string_filter: of_pages.to_vec(),
                owner_password,
                user_password,
                permissions,
            },
        };
        EncryptionState::try_from(version).unwrap()
    };
    document.encrypt(&state).unwrap();
    let mut out = Vec::new();
    document.save_to(&mut out).unwrap();
    out
}

#[test]
fn every_kind_of_encryption_opens_without_a_password_or_asks_for_one() {
    for kind in ["RC4 40", "RC4 128", "AES 128", "AES 256"] {
        assert_eq!(text(&page(&encrypted("", kind)).glyphs), "1234.56", "{kind}");
        assert!(matches!(read(&encrypted("user", kind)), Err(Error::Encrypted)), "{kind}");
    }
}

#[test]
fn a_file_whose_attachments_alone_are_encrypted_needs_no_password() {
    assert_recovered(&encrypted("user", "attachments alone"), "attachments alone");
}
