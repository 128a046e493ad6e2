//! SARIF 2.1.0: a result a problem, with its document, and its page as a property.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Case, Problem};

/// The whole report.
pub(super) fn write(suite: &str, cases: &[Case]) -> String {
    let rules: BTreeSet<&str> = cases.iter().flat_map(|case| &case.problems).map(|p| p.rule.as_str()).collect();
    let rules: Vec<Value> = rules.into_iter().map(|rule| json!({"id": rule})).collect();
    let results: Vec<Value> = cases.iter().flat_map(|case| case.problems.iter().map(|p| result(case, p))).collect();
    let sarif = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "mingzhang", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "automationDetails": {"id": format!("{suite}/")},
            "results": results,
        }],
    });
    format!("{sarif:#}\n")
}

fn result(case: &Case, problem: &Problem) -> Value {
    let message = match problem.page {
        Some(page) => format!("page {page}: {}", problem.message),
        None => problem.message.clone(),
    };
    json!({
        "ruleId": problem.rule,
        "level": "error",
        "message": {"text": message},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(&case.path)}}}],
        "properties": {"page": problem.page},
    })
}

/// A path as a reference: with slashes, everything else that is not plain in percent signs.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(byte.into()),
            b'\\' if cfg!(windows) => uri.push('/'),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
