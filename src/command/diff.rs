//! `mingzhang diff`: two reports are compared.

use std::fs;
use std::path::Path;

use mingzhang::compare;
use serde_json::Value;

use crate::args::DiffPlan;
use crate::command::{Status, print, stop};

/// Shows where the reports differ.
pub(crate) fn run(plan: &DiffPlan) -> Status {
    let (old, new) = match (read(&plan.old), read(&plan.new)) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(reason), _) | (_, Err(reason)) => return stop(&reason),
    };
    let differences = compare::compare(&old, &new);
    let status = if differences.is_empty() { Status::Clean } else { Status::Findings };
    let shown = match (plan.json, differences.is_empty()) {
        (true, _) => format!("{:#}\n", compare::json(&differences)),
        (false, true) => String::new(),
        (false, false) => compare::people(&differences),
    };
    print(shown.as_bytes(), status)
}

fn read(path: &Path) -> Result<Value, String> {
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let report: Value =
        serde_json::from_slice(&bytes).map_err(|error| format!("{}: expected a report: {error}", path.display()))?;
    match report.get("schema_version") {
        Some(_) => Ok(report),
        None => Err(format!("{}: expected a report, found JSON without schema_version", path.display())),
    }
}
