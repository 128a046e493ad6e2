//! What comes of decisions: in the flat records, in the facts, in `check`, and in a later run.

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::command::{folder, mingzhang, status, stderr, stdout};
use crate::review_server::{Server, decisions, reviewed_dump};
use crate::shared::root;

/// The records of an export as JSON Lines.
fn records(path: &Path) -> Vec<Json> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn of<'r>(records: &'r [Json], resource: &str) -> Vec<&'r Json> {
    records.iter().filter(|record| record["record"] == resource).collect()
}

fn export(folder: &Path) -> Vec<Json> {
    let output = mingzhang(&["export", "done", "--format", "jsonl", "--out", "published"], folder);
    assert!(status(&output) <= 1, "{}", stderr(&output));
    records(&folder.join("published/jsonl/records.jsonl"))
}

/// The planted document, extracted to `done`, and its id.
fn planted() -> (TempDir, String) {
    let bytes = fs::read(root().join("corpus/planted-contradictions.pdf")).unwrap();
    let folder = folder(&[("in/a.pdf", &bytes)]);
    let output = mingzhang(&["extract", "in", "--out", "done", "--quiet"], folder.path());
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    let index: Json =
        serde_json::from_str(&fs::read_to_string(folder.path().join("done/index.jsonl")).unwrap()).unwrap();
    (folder, index["sha256"].as_str().unwrap().to_owned())
}

/// What a record says without what reviewers said.
fn as_printed(record: &Json) -> Json {
    let mut record = record.clone();
    for name in ["review", "reviewed_amount", "reviewer", "reviewed_at"] {
        record.as_object_mut().unwrap().remove(name);
    }
    record
}

#[test]
fn a_correction_stands_beside_what_is_printed_which_stays() {
    let (folder, id) = reviewed_dump();
    let before = export(folder.path());
    assert!(of(&before, "amounts").iter().all(|amount| amount["review"] == "none" && amount["reviewer"].is_null()));
    let server = Server::start(folder.path(), "甲");
    let wish = json!({"decision": "corrected", "cell": "t0-4-2", "value": "51.50"});
    assert_eq!(server.decide(&id, &wish).unwrap().0, 200);
    let after = export(folder.path());
    let (old, new) = (of(&before, "amounts"), of(&after, "amounts"));
    let corrected: Vec<_> = new.iter().filter(|amount| amount["review"] == "corrected").collect();
    let [amount] = corrected[..] else { panic!("{corrected:?}") };
    assert_eq!((&amount["printed"], &amount["amount"]), (&json!("50.00"), &json!("500000.00")));
    assert_eq!((&amount["reviewed_amount"], &amount["reviewer"]), (&json!("515000.00"), &json!("甲")));
    assert!(amount["reviewed_at"].as_str().unwrap().ends_with('Z'));
    let other = |amount: &&&Json| amount["row_index"] != 4 || amount["column_index"] != 2;
    let unchanged = |amounts: &[&Json]| amounts.iter().filter(other).map(|a| as_printed(a)).collect::<Vec<_>>();
    assert_eq!(unchanged(&old), unchanged(&new));
    // The fact of the cell has the corrected amount.
    let facts = of(&after, "facts");
    let fact = facts.iter().find(|fact| fact["fact_id"] == amount["fact_id"]).unwrap();
    assert_eq!((&fact["amount"], &fact["trust"]), (&json!("515000.00"), &json!("reviewed")));
    assert_eq!(facts.iter().filter(|fact| fact["trust"] == "reviewed").count(), 1);
    let decision = of(&after, "decisions")[0];
    assert_eq!((&decision["value"], &decision["stale"]), (&json!("51.50"), &json!(false)));
    // A run that goes on puts the same into its exports.
    let output =
        mingzhang(&["extract", "in", "--out", "done", "--resume", "--format", "json,jsonl", "--quiet"], folder.path());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(records(&folder.path().join("done/jsonl/records.jsonl")), after);
    assert_eq!(decisions(folder.path()).len(), 1);
}

#[test]
fn a_place_that_is_corrected_leaves_the_fact_that_others_still_print() {
    let bytes = fs::read(root().join("corpus/budget-run-twice.pdf")).unwrap();
    let folder = folder(&[("in/a.pdf", &bytes)]);
    mingzhang(&["extract", "in", "--out", "done", "--format", "json,jsonl", "--quiet"], folder.path());
    let before = records(&folder.path().join("done/jsonl/records.jsonl"));
    let facts = of(&before, "facts");
    let of_cells = |fact: &&&Json| {
        let places = fact["places"].as_array().unwrap();
        places.len() > 2 && places.iter().all(|place| place.as_str().unwrap().contains("table_id"))
    };
    let fact = facts.iter().find(of_cells).unwrap();
    let place: Json = serde_json::from_str(fact["places"][0].as_str().unwrap()).unwrap();
    let id = fact["report_id"].as_str().unwrap();
    let server = Server::start(folder.path(), "甲");
    let table: usize = place["table_id"].as_str().unwrap()[6..].parse().unwrap();
    let cell = format!("t{}-{}-{}", table - 1, place["row_index"], place["column_index"]);
    let wish = json!({"decision": "corrected", "cell": cell, "value": "7.77"});
    assert_eq!(server.decide(id, &wish).unwrap().0, 200);
    let after = export(folder.path());
    let facts = of(&after, "facts");
    let stays = facts.iter().find(|other| other["fact_id"] == fact["fact_id"]).unwrap();
    assert_eq!((&stays["amount"], &stays["disputed"]), (&fact["amount"], &json!(true)));
    assert_eq!(stays["n_places"].as_u64().unwrap() + 1, fact["n_places"].as_u64().unwrap());
    let apart = facts.iter().find(|other| other["trust"] == "reviewed").unwrap();
    assert_eq!((&apart["n_places"], &apart["subject"]), (&json!(1), &fact["subject"]));
    let amount = of(&after, "amounts").into_iter().find(|amount| amount["review"] == "corrected").unwrap();
    assert_eq!((&amount["fact_id"], &amount["reviewed_amount"]), (&apart["fact_id"], &apart["amount"]));
    let ids: Vec<_> = facts.iter().map(|fact| fact["fact_id"].as_str().unwrap()).collect();
    assert!(ids.is_sorted());
}

#[test]
fn accepted_contradictions_are_left_out_of_check_and_counted() {
    let (folder, id) = planted();
    let review = ["check", "in/a.pdf", "--lang", "en"];
    let reviewed = ["check", "in/a.pdf", "--lang", "en", "--review", "done"];
    let before = mingzhang(&review, folder.path());
    let absent = mingzhang(&["check", "in/a.pdf", "--review", "absent.jsonl"], folder.path());
    assert_eq!((status(&absent), stderr(&absent).contains("absent.jsonl")), (3, true));
    // Nothing is decided yet.
    assert_eq!(stdout(&mingzhang(&reviewed, folder.path())), stdout(&before));
    let server = Server::start(folder.path(), "甲");
    let document = server.get(&format!("data/{id}/document.json"));
    let items: Vec<&Json> = document["items"].as_array().unwrap().iter().collect();
    let n_contradicted = items.iter().filter(|item| item["kind"] == "contradicted").count();
    assert!(n_contradicted >= 3, "{n_contradicted}");
    for item in &items {
        let wish = json!({"decision": "accepted", "item": item["key"], "reason": "source-error", "mark": ""});
        assert_eq!(server.decide(&id, &wish).unwrap().0, 200);
    }
    let after = mingzhang(&reviewed, folder.path());
    assert_eq!((status(&before), status(&after)), (1, 0));
    assert!(stdout(&after).contains("every check holds"), "{}", stdout(&after));
    assert!(
        stdout(&after).contains("decided by a reviewer and left out here: 5 checks, 80 amounts"),
        "{}",
        stdout(&after)
    );
    let json = mingzhang(&[&reviewed[..], &["--json"]].concat(), folder.path());
    let told: Json = serde_json::from_str(stdout(&json)).unwrap();
    assert_eq!(told["settled"], json!({"checks": 5, "amounts": 80}));
    // Nothing of it is open in the list.
    let line = server.get("data/list.json")["documents"][0].clone();
    assert_eq!(line["all"], line["done"]);
    // And each is in the records.
    let after = export(folder.path());
    let failing = of(&after, "checks").into_iter().filter(|check| check["holds"] == false);
    assert!(failing.clone().count() == 5 && failing.clone().all(|check| check["review"] == "accepted"));
    assert!(of(&after, "amounts").iter().any(|a| a["trust"] == "contradicted" && a["review"] == "accepted"));
}

#[test]
fn a_correction_settles_the_checks_that_hold_with_it() {
    let (folder, id) = planted();
    let server = Server::start(folder.path(), "甲");
    let document = server.get(&format!("data/{id}/document.json"));
    let item = &document["items"][0];
    let cell = &item["figures"][0]["cell"];
    let sides = &item["en"]["failures"][0];
    assert_eq!(&sides["figures"][0][0], cell);
    // Another wrong value settles nothing.
    let wish = |value: &str| json!({"decision": "corrected", "item": item["key"], "cell": cell, "value": value});
    let (told, said) = server.decide(&id, &wish("1.00")).unwrap();
    assert_eq!((told, &said["state"]["items"][item["key"].as_str().unwrap()]["state"]), (200, &json!("open")));
    let (told, said) = server.decide(&id, &wish(sides["right"][1].as_str().unwrap())).unwrap();
    assert_eq!((told, &said["state"]["items"][item["key"].as_str().unwrap()]["state"]), (200, &json!("corrected")));
    // Corrected once more, it is open again.
    let (_, said) = server.decide(&id, &wish("1.00")).unwrap();
    assert_eq!(said["state"]["items"][item["key"].as_str().unwrap()]["state"], "open");
}

#[test]
fn a_decision_whose_cell_reads_otherwise_is_stale_and_applied_nowhere() {
    let (folder, id) = reviewed_dump();
    let server = Server::start(folder.path(), "甲");
    let wish = json!({"decision": "corrected", "cell": "t0-4-2", "value": "51.50"});
    assert_eq!(server.decide(&id, &wish).unwrap().0, 200);
    drop(server);
    // As if an earlier version had read another figure there, or another row.
    let path = folder.path().join("done/review.jsonl");
    let line = fs::read_to_string(&path).unwrap();
    for (was, other) in [("\"printed\":\"50.00\"", "\"printed\":\"58.00\""), ("森林资源培育", "森林管护")] {
        assert!(line.contains(was), "{line}");
        fs::write(&path, line.replace(was, other)).unwrap();
        let server = Server::start(folder.path(), "乙");
        let state = server.get(&format!("data/{id}/state.json"));
        assert_eq!((&state["cells"], state["stale"].as_array().unwrap().len()), (&json!({}), 1));
        assert_eq!(state["stale"][0]["now"], "50.00");
        let output = mingzhang(&["export", "done", "--format", "jsonl", "--out", "published"], folder.path());
        assert_eq!(status(&output), 1);
        assert!(stderr(&output).contains("1 decision was not applied"), "{}", stderr(&output));
        let after = records(&folder.path().join("published/jsonl/records.jsonl"));
        assert!(of(&after, "amounts").iter().all(|amount| amount["review"] == "none"));
        assert!(of(&after, "facts").iter().all(|fact| fact["trust"] != "reviewed"));
        assert_eq!(of(&after, "decisions")[0]["stale"], true);
        // It can be taken back.
        let stroke = &state["stale"][0]["stroke"];
        let (told, said) = server.decide(&id, &json!({"decision": "undone", "stroke": stroke})).unwrap();
        assert_eq!((told, &said["state"]["stale"]), (200, &json!([])));
    }
}

#[test]
fn wishes_that_make_no_sense_decide_nothing() {
    let (folder, id) = reviewed_dump();
    let server = Server::start(folder.path(), "甲");
    for wish in [
        json!({}),
        json!({"decision": "blessed", "cell": "t0-0-2"}),
        json!({"decision": "accepted", "cell": "t0-0-2"}),
        json!({"decision": "accepted", "cell": "t9-0-2", "reason": "source-error"}),
        json!({"decision": "corrected", "cell": "t0-0-2", "value": "many"}),
        json!({"decision": "corrected", "cell": "t0-0-9", "value": "1"}),
        json!({"decision": "noted", "cell": "t0-0-2", "note": "  "}),
        json!({"decision": "undone"}),
        json!({"decision": "accepted", "item": "contradicted-7", "reason": "source-error"}),
    ] {
        let (told, said) = server.decide(&id, &wish).unwrap();
        assert_eq!(told, 422, "{wish}: {said}");
    }
    assert!(fs::read_to_string(folder.path().join("done/review.jsonl")).unwrap_or_default().is_empty());
}

#[test]
fn the_site_is_the_same_to_read_and_has_no_pictures_of_what_was_redacted() {
    for (redact, has_pictures) in [(&[][..], true), (&["--redact", "contacts"], false)] {
        let folder = folder(&[("in/a.txt", crate::shared::DUMP.as_bytes())]);
        let args = [&["extract", "in", "--out", "done", "--quiet"][..], redact].concat();
        assert_eq!(status(&mingzhang(&args, folder.path())), 0);
        let output = mingzhang(&["review", "done", "--site", "site"], folder.path());
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        let site = folder.path().join("site");
        let list: Json = serde_json::from_slice(&fs::read(site.join("data/list.json")).unwrap()).unwrap();
        assert_eq!(list["readonly"], true);
        let below = site.join("data").join(list["documents"][0]["id"].as_str().unwrap());
        assert!(
            site.join("index.html").exists()
                && below.join("document.json").exists()
                && below.join("state.json").exists()
        );
        assert_eq!(below.join("page-1.svg").exists(), has_pictures);
        let page = fs::read_to_string(site.join("index.html")).unwrap();
        assert!(!page.contains("http://") && !page.contains("https://"), "the page fetches nothing from elsewhere");
    }
}
