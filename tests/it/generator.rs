//! The document generator itself: its figures add up, its files are what it says of them.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_json::Value;

use crate::invented::font::font;
use crate::invented::knobs::{Damage, FakeBold, Kind, Options, Plant, Size};
use crate::invented::scale::{self, Filling};
use crate::invented::{self, corpus, strategy};

fn small(seed: u64) -> Options {
    Options { size: Size::Small, seed, ..Options::default() }
}

/// The amount of a cell in hundredths of the unit; nothing for a blank.
fn hundredths(cell: &Value) -> i64 {
    cell.as_str().map_or(0, |text| text.replace('.', "").parse().expect("an amount has two decimals"))
}

/// Row numbers of the rows right below a class or group, up to the next of the same level or above.
fn parts(rows: &[Value], row: usize, level: u64) -> Vec<usize> {
    let own = rows[row]["level"].as_u64();
    let below = (row + 1..rows.len()).take_while(|i| match own {
        Some(own) => rows[*i]["level"].as_u64().is_some_and(|l| l > own),
        None => true,
    });
    below.filter(|i| rows[*i]["level"].as_u64() == Some(level)).collect()
}

#[test]
fn the_corpus_is_what_the_generator_makes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let made = corpus::files();
    for file in &made {
        let stored = fs::read(folder.join(&file.name)).unwrap_or_default();
        assert!(stored == file.bytes, "{}: run `cargo run --example generate -- corpus`", file.name);
    }
    let known = |name: &str| made.iter().any(|f| f.name == name) || [corpus::SCANS, "README.md"].contains(&name);
    for (within, part) in [("", folder.clone()), ("scans/", folder.join(corpus::SCANS))] {
        for entry in fs::read_dir(part).expect("corpus/ is part of the project") {
            let name = format!("{within}{}", entry.expect("entry").file_name().into_string().expect("name"));
            assert!(known(&name), "{name}: the generator does not make it");
        }
    }
}

#[test]
fn every_character_that_is_printed_is_in_the_font() {
    for seed in 0..60 {
        let options = Options { n_forms: 3, plants: Plant::ALL.map(|(p, _)| p).to_vec(), ..Options::mixed(seed) };
        let document = invented::generate(&options);
        for text in document.pages.iter().flat_map(|p| &p.texts) {
            for ch in text.text.chars() {
                assert!(font().has(ch), "U+{:04X} in {}: run tests/generator/font/subset.py", ch as u32, text.text);
            }
        }
    }
}

#[test]
fn truth_has_the_published_shape() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/schema/report.schema.json");
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("skipped: {} is absent", path.display());
        return;
    };
    let schema: Value = serde_json::from_str(&text).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    for seed in 0..20 {
        let document = invented::generate(&Options::mixed(seed));
        let (_, dumped) = document.dump("dump", &[Damage::DoubledRuns], seed);
        for truth in [&document.truth, &dumped] {
            let errors: Vec<String> = validator.iter_errors(truth).map(|e| e.to_string()).collect();
            assert!(errors.is_empty(), "{errors:?}");
        }
    }
}

#[test]
fn a_planted_contradiction_stands_in_the_truth_as_printed() {
    for seed in 0..20 {
        let options = Options { plants: Plant::ALL.map(|(p, _)| p).to_vec(), ..small(seed) };
        let truth = invented::generate(&options).truth;
        let planted = truth["x_truth"]["planted"].as_array().expect("a list");
        assert_eq!(planted.len(), 4);
        let total = &planted[0];
        let tables = truth["tables"].as_array().expect("a list");
        let table = tables.iter().find(|t| t["id"] == total["table"]).expect("the table");
        let index = |key: &str| total[key].as_u64().expect("a number") as usize;
        assert_eq!(table["rows"][index("row")]["cells"][index("column_index")], total["printed"]);
        assert_ne!(total["printed"], total["should_be"]);
    }
}

#[test]
fn fake_bold_moves_no_text_and_changes_no_figure() {
    let plain = invented::generate(&small(5));
    for (bold, name) in FakeBold::ALL {
        let mut options = small(5);
        options.drawing.bold = bold;
        let made = invented::generate(&options);
        assert_eq!(made.truth["tables"], plain.truth["tables"], "{name}");
        assert_eq!(made.pages.len(), plain.pages.len(), "{name}");
    }
}

#[test]
fn bold_text_has_repeats_that_are_meant() {
    let document = invented::generate(&Options { kind: Kind::Budget, ..Options::default() });
    let bold: String =
        document.pages.iter().flat_map(|p| &p.texts).filter(|t| t.bold).map(|t| t.text.as_str()).collect();
    assert!(bold.contains("人人") && bold.contains("2222"), "{bold}");
}

#[test]
fn a_document_has_as_many_pages_as_are_asked_for() {
    for filling in [Filling::Tables, Filling::Forms] {
        let options = scale::to_pages(small(3), 60, filling);
        let n_pages = invented::generate(&options).pages.len();
        assert!((60..75).contains(&n_pages), "{filling:?}: {n_pages}");
    }
}

#[test]
fn a_clean_dump_has_each_row_on_a_line() {
    let document = invented::generate(&small(8));
    let (text, truth) = document.dump("dump", &[], 8);
    for table in truth["tables"].as_array().expect("a list") {
        for row in table["rows"].as_array().expect("a list") {
            let cells = row["cells"].as_array().expect("a list").iter().filter_map(Value::as_str);
            let has = |line: &str, cells: &[&str]| {
                let words: Vec<&str> = line.split(' ').filter(|w| !w.is_empty()).collect();
                words == cells
            };
            let cells: Vec<&str> = cells.collect();
            assert!(text.lines().any(|line| has(line, &cells)), "{cells:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_options_make_the_same_bytes(options in strategy::options()) {
        let (a, b) = (invented::generate(&options), invented::generate(&options));
        prop_assert!(a.pdf == b.pdf && a.truth == b.truth);
    }

    #[test]
    fn totals_are_the_sums_of_their_parts(options in strategy::options()) {
        let truth = invented::generate(&options).truth;
        // Amounts in 万元 are exact: nothing that is drawn is below a hundred yuan then.
        for table in truth["tables"].as_array().expect("a list") {
            let rows = table["rows"].as_array().expect("a list");
            let columns = table["columns"].as_array().expect("a list");
            if !rows.iter().any(|r| r["level"].is_u64()) {
                continue;
            }
            for (i, row) in rows.iter().enumerate() {
                let level = row["level"].as_u64();
                let below = parts(rows, i, level.map_or(0, |l| l + 1));
                for (c, _) in columns.iter().enumerate().filter(|(_, c)| c["role"] == "amount" && !c["path"].to_string().contains('%')) {
                    let sum: i64 = below.iter().map(|p| hundredths(&rows[*p]["cells"][c])).sum();
                    prop_assert!(level == Some(2) || sum == hundredths(&row["cells"][c]), "{} row {i}", table["title"]);
                }
            }
        }
    }

    #[test]
    fn the_two_sides_of_a_summary_balance(options in strategy::options()) {
        let truth = invented::generate(&options).truth;
        let tables = truth["tables"].as_array().expect("a list");
        for table in tables.iter().filter(|t| t["kind"] == "revenue_expenditure_summary") {
            let rows = table["rows"].as_array().expect("a list");
            let last = rows.last().expect("rows")["cells"].as_array().expect("a list");
            let budget = options.kind == Kind::Budget;
            let (left, right) = if budget { (&last[1], &last[3]) } else { (&last[2], &last[5]) };
            prop_assert_eq!(left, right);
            prop_assert!(hundredths(left) > 0);
        }
    }

    #[test]
    fn a_pdf_opens_with_as_many_pages_as_its_truth_says(options in strategy::options()) {
        let document = invented::generate(&options);
        let opened = lopdf::Document::load_mem(&document.pdf).expect("a PDF");
        prop_assert_eq!(Some(opened.get_pages().len() as u64), document.truth["source"]["pages"].as_u64());
    }

    #[test]
    fn damage_takes_no_digit_from_a_dump(options in strategy::options()) {
        let document = invented::generate(&options);
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        let (clean, _) = document.dump("dump", &[], options.seed);
        for damage in [Damage::CutNumbers, Damage::JoinedCells, Damage::WrappedCells, Damage::InterleavedHeaders] {
            let (text, _) = document.dump("dump", &[damage], options.seed);
            prop_assert_eq!(digits(&clean), digits(&text));
        }
    }
}
