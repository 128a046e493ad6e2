//! What the arithmetic makes of the shared documents, whose truth holds exactly what they print.

use std::collections::BTreeMap;

use mingzhang::reconcile::{Reconciliation, Trust, reconcile};

use crate::mutate::{Fault, Score, Subject, measure, share};
use crate::shared::shared;
use crate::truth;

/// Counts of non-zero amounts by trust.
fn counts(result: &Reconciliation) -> [usize; 5] {
    let mut counts = [0; 5];
    for (statement, trust) in result.disclosure.statements.iter().zip(&result.trust) {
        for (record, trust) in statement.records.iter().zip(trust) {
            for (value, trust) in record.values.iter().zip(trust) {
                if value.as_ref().and_then(|v| v.amount).is_some_and(|a| !a.is_zero()) {
                    counts[trust.unwrap() as usize] += 1;
                }
            }
        }
    }
    counts
}

#[test]
fn nearly_all_amounts_of_the_real_documents_are_confirmed() {
    let Some(folder) = shared("corpus/real") else { return };
    let (mut confirmed, mut all) = (0, 0);
    for (name, path) in truth::files(&folder) {
        let counts = counts(&reconcile(truth::disclosure(&truth::json(&path))));
        let n: usize = counts.iter().sum();
        let good = counts[Trust::Confirmed as usize] + counts[Trust::Corroborated as usize];
        let near = good + counts[Trust::Rounded as usize];
        println!("{name} {n} amounts, confirmed {:.1} %, with rounded {:.1} %", share(good, n), share(near, n));
        // FIXME: 75 on each is the aim; one document's sums hold only within rounding, which confirms nothing.
        assert!(share(good, n) >= 64.0, "{name}");
        assert!(share(near, n) >= 90.0, "{name}");
        confirmed += good;
        all += n;
    }
    println!("together {:.2} % of {all}", share(confirmed, all));
    // FIXME: 93 is the aim.
    assert!(share(confirmed, all) >= 91.0);
}

/// What the tables and forms of the real documents contradict, told by a fragment of the check; the narrative's
/// contradictions stand in sections that the truth does not hold.
const PRINTED_WRONG: [(&str, &str); 6] = [
    ("sh-street-2023-budget", "form-05"),
    ("sh-finance-2024-final", "四、财政拨款收入支出决算总体情况说明"),
    // 2106.66 of 2940.05 is 71.65 %, and 71.73 % is printed; the shares of the list add up to 100.07 %.
    ("sh-finance-2024-final", "（二）一般公共预算财政拨款支出决算结构情况"),
    ("xa-xinfang-2026-budget", "form-08"),
    // Items withheld as secret.
    ("yt-xinfang-2026-budget", "table-"),
    ("cs-xinfang-2026-budget", "table-09"),
];

#[test]
fn only_what_the_sources_print_wrongly_fails() {
    let Some(folder) = shared("corpus/real") else { return };
    for (name, path) in truth::files(&folder) {
        let result = reconcile(truth::disclosure(&truth::json(&path)));
        let known: Vec<&str> = PRINTED_WRONG.iter().filter(|(n, _)| *n == name).map(|(_, place)| *place).collect();
        let failed: Vec<&str> = result.checks.iter().filter(|c| !c.holds).map(|c| c.place.as_str()).collect();
        for place in &failed {
            assert!(known.iter().any(|k| place.contains(k)), "{name}: {place}");
        }
        let must = known.iter().filter(|k| !k.starts_with("table-"));
        for place in must {
            assert!(failed.iter().any(|f| f.contains(place)), "{name}: nothing at {place}");
        }
    }
}

#[test]
fn every_planted_contradiction_is_found_and_nothing_else() {
    let Some(folder) = shared("corpus/facsimile") else { return };
    for (name, path) in truth::files(&folder) {
        let json = truth::json(&path);
        let result = reconcile(truth::disclosure(&json));
        let planted = json["x_truth"]["planted"].as_array().cloned().unwrap_or_default();
        let failed: Vec<_> = result.checks.iter().filter(|c| !c.holds).collect();
        let pages = |plant: &serde_json::Value| -> Vec<u32> {
            let id = plant["table"].as_str().or(plant["form"].as_str()).unwrap_or_default();
            let holders = json["tables"].as_array().into_iter().chain(json["forms"].as_array()).flatten();
            let holder = holders.into_iter().find(|holder| holder["id"] == id);
            let pages = holder.filter(|_| plant["kind"] != "total_off").map(|h| h["pages"].clone());
            let pages = pages.unwrap_or_else(|| vec![plant["page"].clone()].into());
            pages.as_array().unwrap().iter().map(|p| p.as_u64().unwrap().try_into().unwrap()).collect()
        };
        let names = |check: &mingzhang::reconcile::Check, plant: &serde_json::Value| {
            pages(plant).iter().any(|page| check.pages.contains(page))
        };
        for plant in &planted {
            assert!(failed.iter().any(|check| names(check, plant)), "{name}: {plant}");
        }
        for check in &failed {
            assert!(planted.iter().any(|plant| names(check, plant)), "{name}: {} {}", check.rule, check.place);
        }
    }
}

/// Plants so many faults of each kind into a document.
const FAULTS_OF_A_KIND: usize = 40;

/// Every truth file of a folder with so many faults of each kind.
fn mutate(folder: &std::path::Path, n_of_a_kind: usize) -> (Score, Vec<(String, Score)>) {
    let mut all = Score::default();
    let mut documents = Vec::new();
    let mut kinds: BTreeMap<Fault, Score> = BTreeMap::new();
    for (name, path) in truth::files(folder) {
        let subject = Subject::new(truth::disclosure(&truth::json(&path)));
        let mut own = Score::default();
        let mut missed = Vec::new();
        for (fault, score) in measure(&name, &subject, n_of_a_kind, &mut missed) {
            own.add(&score);
            kinds.entry(fault).or_default().add(&score);
        }
        missed.iter().for_each(|line| println!("    {line}"));
        println!("{name} {}", own.line());
        all.add(&own);
        documents.push((name, own));
    }
    for (fault, score) in &kinds {
        println!("{fault:?} {}", score.line());
    }
    println!("together {}", all.line());
    (all, documents)
}

#[test]
fn mutation_of_the_real_documents_is_noticed_and_blamed_right() {
    let Some(folder) = shared("corpus/real") else { return };
    let (all, documents) = mutate(&folder, FAULTS_OF_A_KIND);
    assert!(share(all.noticed, all.planted) >= 97.0);
    assert!(share(all.named, all.found) >= 93.0);
    assert!(share(all.first, all.found) >= 88.0);
    assert!(share(all.digits_confirmed, all.digits) <= 0.3);
    assert_eq!(all.swaps_corroborated, 0, "two families of identity leave no swap");
    for (name, own) in documents {
        assert!(share(own.noticed, own.planted) >= 90.0, "{name}");
    }
}

#[test]
fn mutation_of_the_facsimiles_is_noticed_and_blamed_right() {
    let Some(folder) = shared("corpus/facsimile") else { return };
    let (all, documents) = mutate(&folder, FAULTS_OF_A_KIND / 4);
    assert!(share(all.noticed, all.planted) >= 97.0);
    assert!(share(all.named, all.found) >= 93.0);
    assert!(share(all.first, all.found) >= 88.0);
    assert!(share(all.digits_confirmed, all.digits) <= 0.3);
    assert_eq!(all.swaps_corroborated, 0, "two families of identity leave no swap");
    for (name, own) in documents {
        assert!(share(own.noticed, own.planted) >= 88.0, "{name}");
    }
}
