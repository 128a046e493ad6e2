//! A published report is read back as it was, and what it names is told in both languages.

use std::collections::BTreeSet;
use std::fs;

use mingzhang::Report;
use mingzhang::emit::json::{self, Layout};
use mingzhang::emit::wire::Cell;
use mingzhang::lang::Lang;
use mingzhang::note::NoteKind;
use mingzhang::reconcile::Rule;

use crate::shared::{files, root};

#[test]
fn every_document_s_report_is_read_back_as_it_was_made() {
    let corpus = root().join("corpus");
    for path in files(&corpus, "pdf").into_iter().chain(files(&corpus, "txt")) {
        let name = path.file_name().unwrap().to_str().unwrap();
        let made = mingzhang::extract_report(name, &fs::read(&path).unwrap()).unwrap();
        for layout in [Layout::Compact, Layout::Pretty] {
            let text = json::to_string(&made, layout).unwrap();
            let read: Report = serde_json::from_str(&text).unwrap();
            assert_eq!(read, made, "{name}");
            assert!(json::to_string(&read, layout).unwrap() == text, "{name}: other bytes");
        }
    }
}

#[test]
fn every_golden_report_comes_out_of_its_types_to_the_byte() {
    let goldens: Vec<_> = fs::read_dir(root().join("golden"))
        .unwrap()
        .map(|entry| entry.unwrap().path().join("report.json"))
        .filter(|path| path.exists())
        .collect();
    assert!(!goldens.is_empty());
    for path in goldens {
        let text = fs::read_to_string(&path).unwrap();
        let report: Report = serde_json::from_str(&text).unwrap();
        assert!(json::to_string(&report, Layout::Pretty).unwrap() + "\n" == text, "{}", path.display());
    }
}

#[test]
fn a_cell_is_read_back_as_an_amount_exactly_where_it_has_a_trust() {
    let text = r#"{"cells":["12.50","12.50",null],"level":null,"page":1,"bbox":null,"trust":[null,"confirmed",null]}"#;
    let row: mingzhang::emit::wire::Row = serde_json::from_str(text).unwrap();
    let [Some(Cell::Text(code)), Some(Cell::Amount(amount)), None] = &row.cells[..] else { panic!("{row:?}") };
    assert_eq!((code.as_str(), amount.to_string().as_str()), ("12.50", "12.50"));
    let odd = text.replace(r#""12.50",null],"l"#, r#""twelve",null],"l"#);
    let error = serde_json::from_str::<mingzhang::emit::wire::Row>(&odd).unwrap_err().to_string();
    assert!(error.contains("expected a plain decimal number"), "{error}");
}

#[test]
fn a_name_that_is_not_known_is_named_in_the_error() {
    let error = serde_json::from_str::<Rule>("\"row-product\"").unwrap_err().to_string();
    assert!(error.contains("row-product") && error.contains("row-sum"), "{error}");
    assert_eq!(serde_json::from_str::<Rule>("\"row-sum\"").unwrap(), Rule::RowSum);
}

#[test]
fn names_of_rules_and_notes_are_told_apart() {
    let rules: BTreeSet<_> = Rule::NAMES.iter().collect();
    assert_eq!(rules.len(), Rule::ALL.len());
    // A rebuilt file has the code of a damaged one, and another severity.
    let notes: BTreeSet<_> = NoteKind::NAMES.iter().collect();
    assert_eq!(notes.len() + 1, NoteKind::ALL.len());
}

#[test]
fn every_rule_has_words_in_both_languages_and_stands_in_both_readmes() {
    for (lang, readme) in [(Lang::Zh, "README.zh-CN.md"), (Lang::En, "README.md")] {
        let readme = fs::read_to_string(root().join(readme)).unwrap();
        let mut told = BTreeSet::new();
        for rule in Rule::ALL {
            let words = rule.words(lang);
            let right = if *rule == Rule::MissingRow { "no figure" } else { words.right };
            for text in [words.holds, words.fails, words.left, right, words.hint, words.look_at] {
                assert!(!text.is_empty(), "{rule}: {words:?}");
                let is_chinese = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) && !"元万".contains(c));
                assert_eq!(is_chinese, lang == Lang::Zh && text != "no figure", "{rule}: {text}");
            }
            assert!(told.insert(words.holds), "{rule}: another rule says the same");
            let line = format!("| `{rule}` | {} | {} |", words.holds, words.look_at);
            assert!(readme.contains(&line), "the readme lacks: {line}");
        }
    }
}
