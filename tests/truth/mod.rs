//! Test support: a truth file of the shared corpus as the `Disclosure` that a perfect extraction would give.

use std::path::{Path, PathBuf};

use mingzhang::interpret::{
    Column, ColumnRole, Disclosure, Filing, Form, FormKind, Fund, FundSource, Horizon, Indicator, Record, Section,
    Statement, Value,
};
use mingzhang::provenance::Provenance;
use mingzhang::read::{MediaType, Source};
use mingzhang::terms::{ReportKind, StatementKind, Unit};
use rust_decimal::Decimal;
use serde_json::Value as Json;

/// The truth files of a folder by name, in order.
pub fn files(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut files: Vec<(String, PathBuf)> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let name = path.file_name()?.to_str()?.strip_suffix(".truth.json")?.to_owned();
            Some((name, path))
        })
        .collect();
    files.sort();
    files
}

/// The whole JSON of a truth file.
pub fn json(path: &Path) -> Json {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_slice(&bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The disclosure that a truth file describes.
pub fn disclosure(json: &Json) -> Disclosure {
    let report = &json["report"];
    Disclosure {
        source: Source { media_type: MediaType::Pdf, n_pages: 0, producer: None },
        filing: Filing {
            department: text(&report["department"]),
            department_code: text(&report["department_code"]),
            fiscal_year: report["fiscal_year"].as_i64().and_then(|y| i32::try_from(y).ok()),
            kind: match report["kind"].as_str() {
                Some("budget") => ReportKind::Budget,
                Some("final_accounts") => ReportKind::FinalAccounts,
                _ => ReportKind::Unknown,
            },
            title: text(&report["title"]),
        },
        statements: list(&json["tables"]).iter().map(statement).collect(),
        forms: list(&json["forms"]).iter().map(form).collect(),
        sections: list(&json["sections"]).iter().map(section).collect(),
        rivals: Vec::new(),
        notes: Vec::new(),
    }
}

fn list(json: &Json) -> &[Json] {
    json.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(json: &Json) -> Option<String> {
    json.as_str().map(str::to_owned)
}

fn page(json: &Json) -> u32 {
    json.as_u64().and_then(|p| u32::try_from(p).ok()).unwrap_or(1)
}

fn pages(json: &Json) -> Vec<u32> {
    list(json).iter().map(page).collect()
}

fn statement(json: &Json) -> Statement {
    let columns: Vec<Column> = list(&json["columns"])
        .iter()
        .map(|column| Column {
            path: list(&column["path"]).iter().filter_map(text).collect(),
            role: match column["role"].as_str() {
                Some("label") => ColumnRole::Label,
                Some("code") => ColumnRole::Code,
                Some("amount") => ColumnRole::Amount,
                _ => ColumnRole::Text,
            },
        })
        .collect();
    let records = list(&json["rows"])
        .iter()
        .map(|row| {
            let provenance = Provenance::page(page(&row["page"]));
            let values = list(&row["cells"])
                .iter()
                .zip(&columns)
                .map(|(cell, column)| {
                    let text = cell.as_str()?;
                    let amount = (column.role == ColumnRole::Amount).then(|| text.parse::<Decimal>().ok()).flatten();
                    Some(Value { text: text.to_owned(), amount, guessed: false, inset: None, provenance })
                })
                .collect();
            let level = row["level"].as_u64().and_then(|l| u8::try_from(l).ok());
            Record { values, level, provenance }
        })
        .collect();
    Statement {
        id: text(&json["id"]).unwrap_or_default(),
        number: text(&json["number"]),
        kind: json["kind"].as_str().and_then(StatementKind::from_name).unwrap_or(StatementKind::Other),
        title: text(&json["title"]),
        department: text(&json["department"]),
        department_code: None,
        fiscal_year: None,
        unit_printed: text(&json["unit"]),
        unit: json["unit"].as_str().and_then(Unit::from_word),
        pages: pages(&json["pages"]),
        columns,
        records,
        notes: list(&json["notes"]).iter().filter_map(text).collect(),
    }
}

fn horizon(json: &Json) -> Horizon {
    if json.as_str() == Some("period") { Horizon::Period } else { Horizon::Annual }
}

fn form(json: &Json) -> Form {
    let pages = pages(&json["pages"]);
    let provenance = Provenance::page(pages.first().copied().unwrap_or(1));
    let funds = list(&json["funds"])
        .iter()
        .map(|fund| Fund {
            source: match fund["source"].as_str() {
                Some("central") => FundSource::Central,
                Some("provincial") => FundSource::Provincial,
                Some("local") => FundSource::Local,
                Some("self_raised") => FundSource::SelfRaised,
                Some("other") => FundSource::Other,
                _ => FundSource::Total,
            },
            horizon: horizon(&fund["horizon"]),
            amount_yuan: fund["amount_yuan"].as_str().and_then(|a| a.parse().ok()),
            guessed: false,
            extra: extra(fund),
            provenance,
        })
        .collect();
    let texts =
        json["texts"].as_object().into_iter().flatten().map(|(key, value)| (key.clone(), text(value))).collect();
    let indicators = list(&json["indicators"])
        .iter()
        .map(|indicator| Indicator {
            horizon: horizon(&indicator["horizon"]),
            level1: text(&indicator["level1"]),
            level2: text(&indicator["level2"]),
            level3: text(&indicator["level3"]),
            value: text(&indicator["value"]),
            extra: Vec::new(),
        })
        .collect();
    Form {
        id: text(&json["id"]).unwrap_or_default(),
        kind: match json["kind"].as_str() {
            Some("project_performance_target") => FormKind::Project,
            Some("department_performance_target") => FormKind::Department,
            Some("performance_self_evaluation") => FormKind::SelfEvaluation,
            _ => FormKind::Other,
        },
        title: text(&json["title"]),
        fiscal_year: json["fiscal_year"].as_i64().and_then(|y| i32::try_from(y).ok()),
        pages,
        project_name: text(&json["project_name"]),
        department: text(&json["department"]),
        department_code: text(&json["department_code"]),
        implementing_unit: text(&json["implementing_unit"]),
        attribute: text(&json["attribute"]),
        period: text(&json["period"]),
        funds,
        texts,
        indicators,
        ..Form::default()
    }
}

fn section(json: &Json) -> Section {
    Section {
        level: json["level"].as_u64().and_then(|l| u8::try_from(l).ok()).unwrap_or(1),
        heading: text(&json["heading"]).unwrap_or_default(),
        text: text(&json["text"]).unwrap_or_default(),
        provenance: Provenance::page(page(&json["page"])),
    }
}

/// What a fund line prints beside its amount (全年执行数, 执行率).
fn extra(json: &Json) -> Vec<(String, Option<String>)> {
    let known = ["source", "horizon", "amount_yuan"];
    let fields = json.as_object().into_iter().flatten().filter(|(key, _)| !known.contains(&key.as_str()));
    fields.map(|(key, value)| (key.clone(), text(value))).collect()
}
