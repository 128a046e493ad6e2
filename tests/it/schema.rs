//! Every report of the shared corpus follows the published schema.

use std::fs;

use jsonschema::Validator;
use mingzhang::emit::{Encoding, Publication, json};
use mingzhang::extract_report;
use rayon::prelude::*;
use serde_json::Value as Json;

use crate::shared::{DUMP, files, root, shared};

/// The embedded schema, which is the shared one with fields added.
fn validator() -> Validator {
    let schema: Json = serde_json::from_str(mingzhang::emit::SCHEMA).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// What the schema has to say against a report, with the place of each.
fn faults(validator: &Validator, name: &str, bytes: &[u8]) -> Vec<String> {
    let report = match extract_report(name, bytes) {
        Ok(report) => report,
        Err(error) => return vec![format!("{name}: {}: {error}", error.code())],
    };
    let json: Json = serde_json::from_str(&json::to_string(&report, json::Layout::Compact).unwrap()).unwrap();
    validator.iter_errors(&json).take(5).map(|error| format!("{name}: {}: {error}", error.instance_path())).collect()
}

#[test]
fn a_report_of_a_dump_follows_the_schema() {
    let validator = validator();
    assert_eq!(faults(&validator, "dump.txt", DUMP.as_bytes()), Vec::<String>::new());
}

#[test]
fn what_is_no_report_does_not_follow_the_schema() {
    let validator = validator();
    let report = extract_report("dump.txt", DUMP.as_bytes()).unwrap();
    let mut json = serde_json::to_value(report).unwrap();
    json["source"]["sha256"] = "short".into();
    assert!(!validator.is_valid(&json));
}

#[test]
fn every_document_of_the_shared_corpus_follows_the_schema() {
    let validator = validator();
    let Some(corpus) = shared("corpus") else { return };
    let mut documents = files(&corpus.join("real"), "pdf");
    documents.extend(files(&corpus.join("facsimile"), "pdf"));
    documents.extend(files(&corpus.join("text"), "txt"));
    let faults: Vec<_> = documents
        .par_iter()
        .flat_map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            faults(&validator, name, &fs::read(path).unwrap())
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_document_of_the_project_follows_the_schema() {
    let validator = validator();
    let corpus = root().join("corpus");
    let documents: Vec<_> = files(&corpus, "pdf").into_iter().chain(files(&corpus, "txt")).collect();
    assert!(!documents.is_empty(), "corpus/ holds no document");
    for path in documents {
        let name = path.file_name().unwrap().to_str().unwrap();
        assert_eq!(faults(&validator, name, &fs::read(&path).unwrap()), Vec::<String>::new());
    }
}

#[test]
fn every_flat_record_is_an_object_with_the_same_fields_as_its_resource() {
    let reconciliation = mingzhang::extract(DUMP.as_bytes()).unwrap();
    let publication = Publication::new("dump.txt", DUMP.as_bytes(), reconciliation);
    let lines = String::from_utf8(publication.encode(Encoding::JsonLines).unwrap()).unwrap();
    let mut fields = std::collections::BTreeMap::new();
    for line in lines.lines() {
        let record: Json = serde_json::from_str(line).unwrap();
        let keys: Vec<_> = record.as_object().unwrap().keys().cloned().collect();
        let known = fields.entry(record["record"].to_string()).or_insert_with(|| keys.clone());
        assert_eq!(*known, keys);
    }
    assert!(fields.contains_key("\"reports\""));
}
