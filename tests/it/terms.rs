//! Titles, numbers and units as official tables print them, against the shared truth files.

use std::path::PathBuf;

use mingzhang::terms::statement;
use serde_json::Value;

/// The truth files of `../shared/corpus`, or nothing where it is absent.
fn truths() -> Vec<(PathBuf, Value)> {
    let mut out = Vec::new();
    for folder in ["real", "facsimile"] {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus").join(folder);
        let Ok(entries) = std::fs::read_dir(&folder) else {
            eprintln!("skipped: expected {}", folder.display());
            continue;
        };
        for path in entries.map(|e| e.unwrap().path()).filter(|p| p.to_string_lossy().ends_with(".truth.json")) {
            let text = std::fs::read_to_string(&path).unwrap();
            out.push((path, serde_json::from_str(&text).unwrap()));
        }
    }
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out
}

#[test]
fn the_kind_of_every_known_statement_follows_from_its_title() {
    let mut wrong = Vec::new();
    for (path, truth) in truths() {
        for table in truth["tables"].as_array().unwrap() {
            let Some(title) = table["title"].as_str() else { continue };
            let kind = statement::kind(title).name();
            if kind != table["kind"] {
                wrong.push(format!("{}: {title}: {kind}, expected {}", path.display(), table["kind"]));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_known_title_and_number_is_read_as_one() {
    let mut wrong = Vec::new();
    for (_, truth) in truths() {
        for table in truth["tables"].as_array().unwrap() {
            if let Some(title) = table["title"].as_str()
                && (!statement::is_title(title) || statement::without_enumerator(title) != title)
            {
                wrong.push(title.to_owned());
            }
            if let Some(number) = table["number"].as_str()
                && statement::split_number(number) != Some((number, ""))
            {
                wrong.push(number.to_owned());
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn enumerators_are_taken_off_titles_and_nothing_else() {
    for (printed, want) in [
        ("一、收入总表", "收入总表"),
        ("（三）支出总表", "支出总表"),
        ("1.收入总表", "收入总表"),
        ("2023年收入总表", "2023年收入总表"),
        ("一般公共预算支出表", "一般公共预算支出表"),
    ] {
        assert_eq!(statement::without_enumerator(printed), want);
    }
}

#[test]
fn a_unit_is_read_with_either_colon_and_spaces() {
    for (line, want) in [
        ("单位：万元", Some("万元")),
        ("编制部门：某局\t单位:元", Some("元")),
        ("金额单位： 人民币元", Some("元")),
        ("单 位：千元", Some("千元")),
        ("编制单位：某局", None),
    ] {
        assert_eq!(statement::unit(line), want, "{line}");
    }
}
