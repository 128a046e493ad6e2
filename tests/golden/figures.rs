//! A report of a document that is not ours: figures, labels, codes and field names as they are, free text as a digest.

use std::collections::BTreeMap;

use mingzhang::emit::wire::{Cell, Form, Report, Table};
use mingzhang::interpret::ColumnRole;
use mingzhang::terms::StatementKind;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// The longest text that is a label; what is longer is a sentence.
const MAX_LABEL: usize = 20;

/// Kinds of table whose rows have official names; those of the others are written freely.
const OFFICIAL: [StatementKind; 9] = [
    StatementKind::RevenueExpenditureSummary,
    StatementKind::RevenueSummary,
    StatementKind::ExpenditureSummary,
    StatementKind::FiscalAppropriationSummary,
    StatementKind::GeneralPublicBudgetExpenditure,
    StatementKind::GeneralPublicBudgetBasicExpenditure,
    StatementKind::GovernmentFundRevenue,
    StatementKind::GovernmentFundExpenditure,
    StatementKind::ThreePublicExpenses,
];

/// One fact a line.
pub(crate) fn figures(report: &Report) -> String {
    let mut out = String::new();
    let filing = &report.report;
    line(&mut out, format_args!("source {} pages {}", report.source.sha256, report.source.pages));
    line(
        &mut out,
        format_args!(
            "report {} {} {} {} {}",
            label(filing.department.as_deref()),
            label(filing.department_code.as_deref()),
            filing.fiscal_year.map_or("-".into(), |year| year.to_string()),
            filing.kind,
            digest(filing.title.as_deref())
        ),
    );
    report.tables.iter().for_each(|it| table(&mut out, it));
    report.forms.iter().for_each(|it| form(&mut out, it));
    for section in &report.sections {
        let (heading, text) = (digest(Some(&section.heading)), digest(Some(&section.text)));
        line(&mut out, format_args!("section {} p{} {heading} {text}", section.level, section.page));
    }
    let mut held: BTreeMap<&str, usize> = BTreeMap::new();
    for check in &report.checks {
        if check.holds {
            *held.entry(check.rule.name()).or_default() += 1;
        } else {
            line(
                &mut out,
                format_args!(
                    "check {} fails {} = {} within {} in {} pages {:?}",
                    check.rule,
                    check.left,
                    check.right,
                    check.allowance,
                    check.tables.join(","),
                    check.pages
                ),
            );
        }
    }
    held.iter().for_each(|(rule, n)| line(&mut out, format_args!("checks {rule} hold {n}")));
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    report.diagnostics.iter().for_each(|diagnostic| *codes.entry(diagnostic.code.name()).or_default() += 1);
    codes.iter().for_each(|(code, n)| line(&mut out, format_args!("diagnostics {code} {n}")));
    out
}

fn table(out: &mut String, table: &Table) {
    let id = &table.id;
    line(out, format_args!("{id} {} pages {:?} no_data {}", table.kind, table.pages, table.no_data));
    line(
        out,
        format_args!(
            "{id} number {} title {} department {} unit {} notes {}",
            label(table.number.as_deref()),
            label(table.title.as_deref()),
            label(table.department.as_deref()),
            label(table.unit.as_deref()),
            digest(Some(&table.notes.join("\n")))
        ),
    );
    for (i, column) in table.columns.iter().enumerate() {
        line(out, format_args!("{id} column {i} {} {}", column.role, label(Some(&column.path.join("/")))));
    }
    for (i, row) in table.rows.iter().enumerate() {
        let cells = table.columns.iter().zip(&row.cells).zip(&row.trust);
        let cells = cells.map(|((column, cell), trust)| match (trust, column.role) {
            (Some(trust), _) => format!("{} {trust}", cell.as_ref().map_or(String::new(), Cell::to_string)),
            (None, ColumnRole::Label | ColumnRole::Code) if OFFICIAL.contains(&table.kind) => {
                label(cell.as_ref().and_then(Cell::text))
            }
            (None, _) => digest(cell.as_ref().and_then(Cell::text)),
        });
        let level = row.level.map_or(String::new(), |level| format!(" level {level}"));
        let cells: Vec<_> = cells.collect();
        line(out, format_args!("{id} row {i} p{}{level} | {}", row.page, cells.join(" | ")));
    }
}

fn form(out: &mut String, form: &Form) {
    let id = &form.id;
    let year = form.fiscal_year.map_or("-".into(), |year| year.to_string());
    line(
        out,
        format_args!("{id} {} pages {:?} year {year} title {}", form.kind, form.pages, digest(form.title.as_deref())),
    );
    let fields = [
        ("project_name", &form.project_name),
        ("department", &form.department),
        ("department_code", &form.department_code),
        ("implementing_unit", &form.implementing_unit),
        ("attribute", &form.attribute),
        ("period", &form.period),
        ("responsible", &form.signatures.responsible),
        ("handler", &form.signatures.handler),
        ("phone", &form.signatures.phone),
        ("filled_at", &form.signatures.filled_at),
    ];
    fields.iter().for_each(|(name, text)| line(out, format_args!("{id} {name} {}", digest(text.as_deref()))));
    for fund in &form.funds {
        let amount = fund.amount_yuan.map_or("-".to_owned(), |yuan| yuan.to_string());
        let trust = fund.trust.map_or("-", |trust| trust.name());
        line(out, format_args!("{id} fund {} {} {amount} {trust}", fund.horizon, fund.source));
    }
    for (key, text) in &form.texts {
        line(out, format_args!("{id} text {key} {}", digest(text.as_str())));
    }
    for (i, it) in form.indicators.iter().enumerate() {
        let extra: Vec<_> =
            it.extra.iter().map(|(key, text)| format!(" {key} {}", digest(Value::as_str(text)))).collect();
        line(
            out,
            format_args!(
                "{id} indicator {i} {} {} / {} / {} = {}{}",
                it.horizon,
                label(it.level1.as_deref()),
                label(it.level2.as_deref()),
                digest(it.level3.as_deref()),
                digest(it.value.as_deref()),
                extra.concat()
            ),
        );
    }
    for (i, it) in form.tasks.iter().enumerate() {
        let sums = [it.total_yuan, it.fiscal_yuan, it.other_yuan];
        let sums = sums.map(|sum| sum.map_or("-".to_owned(), |yuan| yuan.to_string())).join(" ");
        let (name, content) = (digest(it.name.as_deref()), digest(it.content.as_deref()));
        line(out, format_args!("{id} task {i} {sums} {name} {content}"));
    }
}

fn line(out: &mut String, fact: std::fmt::Arguments<'_>) {
    out.push_str(&format!("{fact}\n"));
}

/// A label, a code or a name as it is; a sentence as its digest.
fn label(text: Option<&str>) -> String {
    match text {
        Some(text) if text.chars().count() <= MAX_LABEL => format!("{text:?}"),
        text => digest(text),
    }
}

/// Length and hash of a text.
fn digest(text: Option<&str>) -> String {
    let Some(text) = text else { return "-".to_owned() };
    let hash = Sha256::digest(text.as_bytes());
    let hex: String = hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("#{}:{hex}", text.chars().count())
}
