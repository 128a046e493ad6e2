//! The formats that data people load, from the same records: what stands in each file, and that it is the same.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use mingzhang::emit::export::Export;
use mingzhang::emit::flat::Resource;
use mingzhang::emit::sink::Content;
use mingzhang::emit::{Encoding, Publication};
use serde_json::Value as Json;
use tempfile::TempDir;

use crate::shared::{DUMP, root};

const CSV: Export = Export::Csv { bom: false };

/// The records of a document as a worker hands them over.
fn records(name: &str, bytes: &[u8]) -> String {
    let reconciliation = mingzhang::extract(bytes).unwrap();
    String::from_utf8(Publication::new(name, bytes, reconciliation).encode(Encoding::JsonLines).unwrap()).unwrap()
}

/// Records of documents of the project, with forms and without, by report id.
fn corpus() -> Vec<String> {
    let mut all: Vec<_> = ["budget-run-twice.pdf", "forms-glyph-twice.pdf", "planted-contradictions.pdf"]
        .iter()
        .map(|name| records(name, &fs::read(root().join("corpus").join(name)).unwrap()))
        .collect();
    all.sort_by_key(|records| id(records));
    all
}

fn id(records: &str) -> String {
    let first: Json = serde_json::from_str(records.lines().next().unwrap()).unwrap();
    first["report_id"].as_str().unwrap().to_owned()
}

fn exported(export: Export, reports: &[String]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let mut sink = export.sink(folder.path(), Content::Reports).unwrap();
    reports.iter().for_each(|records| sink.report(records).unwrap());
    sink.finish().unwrap();
    folder
}

fn package(folder: &Path) -> Json {
    serde_json::from_slice(&fs::read(folder.join("datapackage.json")).unwrap()).unwrap()
}

/// The cells of a CSV file, its header first.
fn cells(folder: &Path, resource: Resource) -> Vec<Vec<String>> {
    let file = folder.join(format!("{}.csv", resource.name()));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(file).unwrap();
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn every_record_has_the_fields_of_its_resource_s_schema_in_their_order() {
    for name in ["budget-run-twice.pdf", "forms-glyph-twice.pdf", "planted-contradictions.pdf", "dump-damaged.txt"] {
        let bytes = fs::read(root().join("corpus").join(name)).unwrap();
        let reconciliation = mingzhang::extract(&bytes).unwrap();
        for row in Publication::new(name, &bytes, reconciliation).rows() {
            let fields: Vec<_> = row.fields.iter().map(|(name, _)| *name).collect();
            let columns: Vec<_> = row.resource.columns().iter().map(|column| column.name).collect();
            assert_eq!(fields, columns, "{name}: {:?}", row.resource);
        }
    }
}

#[test]
fn keys_name_columns_that_always_have_a_value() {
    for resource in Resource::ALL {
        let column = |name: &str| resource.columns().iter().find(|column| column.name == name).unwrap();
        assert!(resource.primary_key().iter().all(|name| column(name).required), "{resource:?}");
        let Some(key) = resource.foreign_key() else { continue };
        assert_eq!(key.columns, key.resource.primary_key(), "{resource:?}");
        assert!(key.columns.iter().all(|name| column(name).required), "{resource:?}");
    }
}

#[test]
fn the_words_that_a_column_allows_are_those_of_the_report_s_schema() {
    let schema: Json = serde_json::from_str(mingzhang::emit::SCHEMA).unwrap();
    let report = |path: &str| -> Vec<String> {
        let words = schema.pointer(path).unwrap().as_array().unwrap();
        // In flat records final accounts are `final`.
        let flat = |word: &str| if word == "final_accounts" { "final".to_owned() } else { word.to_owned() };
        words.iter().filter_map(Json::as_str).map(flat).collect()
    };
    for (resource, name, path) in [
        (Resource::Reports, "kind", "/properties/report/properties/kind/enum"),
        (Resource::Reports, "source_media_type", "/properties/source/properties/media_type/enum"),
        (Resource::Statements, "kind", "/$defs/table/properties/kind/enum"),
        (Resource::Amounts, "table_kind", "/$defs/table/properties/kind/enum"),
        (Resource::Amounts, "trust", "/$defs/table/properties/rows/items/properties/trust/items/enum"),
        (Resource::Forms, "kind", "/$defs/form/properties/kind/enum"),
        (Resource::FormFunds, "source", "/$defs/form/properties/funds/items/properties/source/enum"),
        (Resource::FormFunds, "horizon", "/$defs/form/properties/funds/items/properties/horizon/enum"),
        (Resource::Diagnostics, "severity", "/$defs/diagnostic/properties/severity/enum"),
    ] {
        let column = resource.columns().iter().find(|column| column.name == name).unwrap();
        assert_eq!(column.one_of, report(path), "{resource:?} {name}");
    }
}

#[test]
fn a_package_has_a_csv_file_a_resource_with_its_hash_and_every_source() {
    let reports = corpus();
    let folder = exported(CSV, &reports);
    let package = package(folder.path());
    for (resource, told) in Resource::ALL.iter().zip(package["resources"].as_array().unwrap()) {
        let bytes = fs::read(folder.path().join(told["path"].as_str().unwrap())).unwrap();
        assert_eq!(told["name"], resource.name());
        assert_eq!(told["bytes"], bytes.len());
        let header: Vec<_> = resource.columns().iter().map(|column| column.name).collect();
        assert!(bytes.starts_with(format!("{}\r\n", header.join(",")).as_bytes()), "{resource:?}");
        let n_records = reports
            .iter()
            .flat_map(|r| r.lines())
            .filter(|line| line.starts_with(&format!("{{\"record\":\"{}\",", resource.name())));
        assert_eq!(cells(folder.path(), *resource).len(), n_records.count() + 1, "{resource:?}");
    }
    let sources: Vec<_> =
        package["sources"].as_array().unwrap().iter().map(|source| source["sha256"].clone()).collect();
    assert_eq!(sources, reports.iter().map(|records| id(records)).collect::<Vec<_>>());
}

#[test]
fn csv_says_what_the_lines_say_and_is_sorted_by_its_key() {
    let reports = corpus();
    let folder = exported(CSV, &reports);
    let mut by_resource: BTreeMap<&str, Vec<Json>> = BTreeMap::new();
    for line in reports.iter().flat_map(|records| records.lines()) {
        let record: Json = serde_json::from_str(line).unwrap();
        let resource = Resource::ALL.into_iter().find(|resource| record["record"] == resource.name()).unwrap();
        by_resource.entry(resource.name()).or_default().push(record);
    }
    for resource in Resource::ALL {
        let rows = cells(folder.path(), resource);
        let records = by_resource.get(resource.name()).map(Vec::as_slice).unwrap_or_default();
        assert_eq!(rows.len(), records.len() + 1);
        for (row, record) in rows.iter().skip(1).zip(records) {
            for (column, cell) in resource.columns().iter().zip(row) {
                let told = match &record[column.name] {
                    Json::Null => String::new(),
                    Json::String(text) => text.clone(),
                    other => other.to_string(),
                };
                assert_eq!(*cell, told, "{resource:?} {}", column.name);
                assert!(!column.required || !cell.is_empty(), "{resource:?} {} is empty", column.name);
                assert!(column.one_of.is_empty() || cell.is_empty() || column.one_of.contains(&cell.as_str()));
            }
        }
        let keys: Vec<Vec<String>> = rows[1..]
            .iter()
            .map(|row| {
                let key = resource.columns().iter().zip(row).filter(|(c, _)| resource.primary_key().contains(&c.name));
                // Numbers by their value.
                key.map(|(_, cell)| cell.parse::<u64>().map_or(cell.clone(), |n| format!("{n:09}"))).collect()
            })
            .collect();
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "{resource:?} is not sorted, or a key repeats");
    }
}

#[test]
fn a_package_without_reports_has_headers_and_no_source() {
    let folder = exported(CSV, &[]);
    assert_eq!(package(folder.path())["sources"], Json::Array(Vec::new()));
    assert_eq!(cells(folder.path(), Resource::Amounts).len(), 1);
}

#[test]
fn an_amount_that_is_no_whole_number_of_fen_is_left_to_what_is_printed() {
    let dump = DUMP.replace("100.00", "100.0000001");
    let amounts: Vec<Json> = records("a.txt", dump.as_bytes())
        .lines()
        .map(|line| serde_json::from_str::<Json>(line).unwrap())
        .filter(|record| record["printed"] == "100.0000001")
        .collect();
    assert!(!amounts.is_empty());
    assert!(amounts.iter().all(|record| record["amount"].is_null()), "{amounts:?}");
}

#[test]
fn a_record_of_no_resource_is_an_error_and_no_panic() {
    for export in [
        CSV,
        #[cfg(feature = "parquet")]
        Export::Parquet,
        #[cfg(feature = "sqlite")]
        Export::Sqlite,
        #[cfg(feature = "xlsx")]
        Export::Xlsx,
    ] {
        let folder = TempDir::new().unwrap();
        let mut sink = export.sink(folder.path(), Content::Reports).unwrap();
        assert!(sink.report("{\"record\":\"nothing\"}\n").is_err());
        assert!(sink.report("no JSON\n").is_err());
    }
}

#[test]
fn a_byte_order_mark_is_all_that_excel_is_given_more() {
    let reports = corpus();
    let (plain, marked) = (exported(CSV, &reports), exported(Export::Csv { bom: true }, &reports));
    for resource in Resource::ALL {
        let read =
            |folder: &TempDir| fs::read_to_string(folder.path().join(format!("{}.csv", resource.name()))).unwrap();
        assert_eq!(read(&marked), format!("\u{feff}{}", read(&plain)), "{resource:?}");
    }
}

#[cfg(feature = "sqlite")]
mod sqlite {
    use super::*;
    use rusqlite::Connection;

    fn open(folder: &TempDir) -> Connection {
        Connection::open(folder.path().join("disclosures.sqlite")).unwrap()
    }

    #[test]
    fn every_record_is_a_row_and_keys_lead_to_rows() {
        let reports = corpus();
        let folder = exported(Export::Sqlite, &reports);
        let base = open(&folder);
        for resource in Resource::ALL {
            let count = format!("SELECT count(*) FROM {}", resource.name());
            let n_rows: i64 = base.query_row(&count, [], |row| row.get(0)).unwrap();
            let begins = format!("{{\"record\":\"{}\"", resource.name());
            let n_records =
                reports.iter().flat_map(|records| records.lines()).filter(|l| l.starts_with(&begins)).count();
            assert_eq!(usize::try_from(n_rows).unwrap(), n_records, "{resource:?}");
        }
        let broken = base.prepare("PRAGMA foreign_key_check").unwrap().query([]).unwrap().next().unwrap().is_some();
        assert!(!broken);
    }

    #[test]
    fn money_is_yuan_to_read_and_whole_fen_to_add_up() {
        let folder = exported(Export::Sqlite, &corpus());
        let base = open(&folder);
        let wrong = "SELECT count(*) FROM facts WHERE amount_fen <> CAST(round(amount * 100) AS INTEGER) \
                     OR typeof(amount_fen) <> 'integer' OR typeof(amount) <> 'real'";
        assert_eq!(base.query_row(wrong, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
    }

    #[test]
    fn each_question_is_a_view_that_answers() {
        let mut reports = corpus();
        let years = fs::read(root().join("corpus/budget-years-compared.pdf")).unwrap();
        reports.push(records("budget-years-compared.pdf", &years));
        let folder = exported(Export::Sqlite, &reports);
        let base = open(&folder);
        for question in mingzhang::emit::questions::QUESTIONS {
            let count = format!("SELECT count(*) FROM {}", question.name);
            let n_rows: i64 = base.query_row(&count, [], |row| row.get(0)).unwrap();
            assert!(n_rows > 0, "{}", question.asks());
        }
    }

    #[test]
    fn the_same_reports_give_the_same_bytes() {
        let reports = corpus();
        let read = || fs::read(exported(Export::Sqlite, &reports).path().join("disclosures.sqlite")).unwrap();
        assert!(read() == read());
    }
}

#[cfg(feature = "xlsx")]
#[test]
fn the_same_reports_give_the_same_workbook_to_the_byte() {
    let reports = corpus();
    let read = || fs::read(exported(Export::Xlsx, &reports).path().join("disclosures.xlsx")).unwrap();
    assert!(read() == read());
}

#[cfg(feature = "parquet")]
mod parquet {
    use super::*;

    use ::parquet::file::reader::{FileReader as _, SerializedFileReader};
    use ::parquet::record::Field;

    /// Every row of a file with its fields as JSON would have them.
    fn rows(folder: &Path, resource: Resource) -> Vec<Vec<(String, Json)>> {
        let file = fs::File::open(folder.join(format!("{}.parquet", resource.name()))).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let rows = reader.get_row_iter(None).unwrap();
        rows.map(|row| {
            let row = row.unwrap();
            row.get_column_iter().map(|(name, field)| (name.clone(), told(field))).collect()
        })
        .collect()
    }

    fn told(field: &Field) -> Json {
        match field {
            Field::Null => Json::Null,
            Field::Bool(flag) => (*flag).into(),
            Field::Long(number) => (*number).into(),
            Field::Double(number) => (*number).into(),
            Field::Str(text) => text.clone().into(),
            Field::Decimal(decimal) => {
                let bytes: [u8; 16] = decimal.data().try_into().unwrap();
                let unscaled = i128::from_be_bytes(bytes);
                let decimal =
                    rust_decimal::Decimal::from_i128_with_scale(unscaled, u32::try_from(decimal.scale()).unwrap());
                decimal.to_string().into()
            }
            Field::ListInternal(list) => list.elements().iter().map(told).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn parquet_says_what_the_lines_say() {
        let reports = corpus();
        let folder = exported(Export::Parquet, &reports);
        for resource in Resource::ALL {
            let records = reports
                .iter()
                .flat_map(|records| records.lines())
                .map(|line| serde_json::from_str::<Json>(line).unwrap());
            let records: Vec<_> = records.filter(|record| record["record"] == resource.name()).collect();
            let rows = rows(folder.path(), resource);
            assert_eq!(rows.len(), records.len(), "{resource:?}");
            for (row, record) in rows.iter().zip(&records) {
                for (column, (name, value)) in resource.columns().iter().zip(row) {
                    assert_eq!(column.name, name);
                    let expected = &record[column.name];
                    let same = match (column.kind, expected.as_str(), value.as_str()) {
                        (mingzhang::emit::flat::schema::ColumnType::Decimal { .. }, Some(a), Some(b)) => {
                            let exact = |text: &str| text.parse::<rust_decimal::Decimal>().unwrap();
                            exact(a) == exact(b)
                        }
                        _ => expected == value,
                    };
                    assert!(same, "{resource:?} {name}: {expected} {value}");
                }
            }
        }
    }

    #[test]
    fn many_rows_are_several_row_groups_and_none_is_lost() {
        let reports = vec![records("a.txt", DUMP.as_bytes()); 6000];
        let folder = exported(Export::Parquet, &reports);
        let reader = SerializedFileReader::new(fs::File::open(folder.path().join("amounts.parquet")).unwrap()).unwrap();
        let n_amounts = reports[0].lines().filter(|line| line.starts_with("{\"record\":\"amounts\"")).count();
        assert!(reader.metadata().num_row_groups() > 1);
        assert_eq!(reader.metadata().file_metadata().num_rows(), i64::try_from(6000 * n_amounts).unwrap());
    }

    #[test]
    fn the_versions_stand_in_the_metadata() {
        let folder = exported(Export::Parquet, &[]);
        let reader = SerializedFileReader::new(fs::File::open(folder.path().join("reports.parquet")).unwrap()).unwrap();
        let metadata = reader.metadata().file_metadata().key_value_metadata().unwrap();
        let value = |key: &str| metadata.iter().find(|pair| pair.key == key).and_then(|pair| pair.value.clone());
        assert_eq!(value("mingzhang.version").as_deref(), Some(env!("CARGO_PKG_VERSION")));
        assert_eq!(value("mingzhang.schema_version").as_deref(), Some("1"));
    }
}
