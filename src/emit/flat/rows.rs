//! Every resource but the amounts, field by field.

use crate::emit::Publication;
use crate::emit::flat::Resource::{
    Checks, Diagnostics, FormFunds, FormIndicators, Forms, Reports, Sections, Statements,
};
use crate::emit::flat::{Field, Resource, Row, in_fen};
use crate::emit::wire::{Bbox, Form, Report};
use crate::reconcile::Reconciliation;
use crate::terms::ReportKind;

/// Columns of indicators that forms may have beside those that every form has.
const INDICATOR_EXTRAS: [&str; 7] = ["nature", "measure_unit", "weight", "actual", "score", "deviation", "activity"];

/// The report and its statements.
pub(super) fn head(report: &Report) -> Vec<Row> {
    let mut rows = vec![source(report)];
    for table in &report.tables {
        rows.push(row(
            report,
            Statements,
            [
                ("table_id", Field::text(&table.id)),
                ("number", Field::Text(table.number.clone())),
                ("kind", Field::text(table.kind.name())),
                ("title", Field::Text(table.title.clone())),
                ("department", Field::Text(table.department.clone())),
                ("unit", Field::Text(table.unit.clone())),
                ("pages", Field::Integers(table.pages.clone())),
                ("n_columns", Field::index(table.columns.len())),
                ("n_rows", Field::index(table.rows.len())),
                ("no_data", Field::Flag(table.no_data)),
                ("notes", Field::Texts(table.notes.clone())),
            ],
        ));
    }
    rows
}

/// `final` for final accounts: the flat records' word, also in the facts' stages and questions.
pub(super) fn report_kind(report: &Report) -> &'static str {
    match report.report.kind {
        ReportKind::FinalAccounts => "final",
        kind => kind.name(),
    }
}

fn source(report: &Report) -> Row {
    let (source, filing) = (&report.source, &report.report);
    row(
        report,
        Reports,
        [
            ("schema_version", Field::text(report.schema_version.name())),
            ("source_name", Field::text(&source.name)),
            ("source_bytes", Field::Integer(i64::try_from(source.bytes).ok())),
            ("source_media_type", Field::text(source.media_type.name())),
            ("source_pages", Field::Integer(Some(source.pages.into()))),
            ("source_producer", Field::Text(source.producer.clone())),
            ("department", Field::Text(filing.department.clone())),
            ("department_code", Field::Text(filing.department_code.clone())),
            ("fiscal_year", Field::Integer(filing.fiscal_year.map(Into::into))),
            ("kind", Field::text(report_kind(report))),
            ("title", Field::Text(filing.title.clone())),
            ("report_level", Field::text(report.report.level.name())),
            ("program_version", Field::text(env!("CARGO_PKG_VERSION"))),
        ],
    )
}

/// Forms, sections, checks and diagnostics.
pub(super) fn tail(publication: &Publication, rows: &mut Vec<Row>) {
    let (report, reconciliation) = (publication.report(), publication.reconciliation());
    rows.extend(report.forms.iter().map(|form| self::form(report, form)));
    funds(report, reconciliation, rows);
    indicators(report, rows);
    for (seq, section) in report.sections.iter().enumerate() {
        rows.push(row(
            report,
            Sections,
            [
                ("seq", Field::index(seq)),
                ("level", Field::Integer(Some(section.level.into()))),
                ("heading", Field::text(&section.heading)),
                ("text", Field::text(&section.text)),
                ("page", Field::Integer(Some(section.page.into()))),
            ],
        ));
    }
    for (seq, check) in reconciliation.checks.iter().enumerate() {
        rows.push(row(
            report,
            Checks,
            [
                ("seq", Field::index(seq)),
                ("rule", Field::text(check.rule.name())),
                ("holds", Field::Flag(check.holds)),
                ("left", Field::Yuan(Some(check.left))),
                ("right", Field::Yuan(Some(check.right))),
                ("place", Field::text(&check.place)),
                ("tables", Field::Texts(check.participants.clone())),
                ("pages", Field::Integers(check.pages.clone())),
                ("allowance", Field::Yuan(Some(check.allowance))),
            ],
        ));
    }
    for (seq, diagnostic) in report.diagnostics.iter().enumerate() {
        let fields = [
            ("seq", Field::index(seq)),
            ("severity", Field::text(diagnostic.severity.name())),
            ("code", Field::text(diagnostic.code.name())),
            ("message", Field::text(&diagnostic.message)),
            ("page", Field::Integer(diagnostic.page.map(Into::into))),
        ];
        rows.push(row(report, Diagnostics, fields.into_iter().chain(corners(diagnostic.bbox))));
    }
}

fn form(report: &Report, form: &Form) -> Row {
    let signatures = &form.signatures;
    row(
        report,
        Forms,
        [
            ("form_id", Field::text(&form.id)),
            ("kind", Field::text(form.kind.name())),
            ("title", Field::Text(form.title.clone())),
            ("fiscal_year", Field::Integer(form.fiscal_year.map(Into::into))),
            ("pages", Field::Integers(form.pages.clone())),
            ("project_name", Field::Text(form.project_name.clone())),
            ("department", Field::Text(form.department.clone())),
            ("department_code", Field::Text(form.department_code.clone())),
            ("implementing_unit", Field::Text(form.implementing_unit.clone())),
            ("attribute", Field::Text(form.attribute.clone())),
            ("period", Field::Text(form.period.clone())),
            // Every form has keys of its own; one column holds them all, so that each form has the same columns.
            ("texts", Field::Text(serde_json::to_string(&form.texts).ok())),
            ("signatures_responsible", Field::Text(signatures.responsible.clone())),
            ("signatures_handler", Field::Text(signatures.handler.clone())),
            ("signatures_phone", Field::Text(signatures.phone.clone())),
            ("signatures_filled_at", Field::Text(signatures.filled_at.clone())),
        ],
    )
}

fn funds(report: &Report, reconciliation: &Reconciliation, rows: &mut Vec<Row>) {
    for (form, trust) in reconciliation.disclosure.forms.iter().zip(&reconciliation.fund_trust) {
        let mut funds: Vec<_> = form
            .funds
            .iter()
            .zip(trust)
            .map(|(fund, trust)| (fund.horizon.name(), fund.source.name(), fund, trust))
            .collect();
        funds.sort_by_key(|(horizon, source, ..)| (*horizon, *source));
        for (horizon, source, fund, trust) in funds {
            rows.push(row(
                report,
                FormFunds,
                [
                    ("form_id", Field::text(&form.id)),
                    ("horizon", Field::text(horizon)),
                    ("source", Field::text(source)),
                    ("amount_yuan", Field::Yuan(fund.amount_yuan.filter(in_fen))),
                    ("trust", Field::Text(trust.map(|trust| trust.name().to_owned()))),
                ],
            ));
        }
    }
}

fn indicators(report: &Report, rows: &mut Vec<Row>) {
    for form in &report.forms {
        for (seq, indicator) in form.indicators.iter().enumerate() {
            let fields = [
                ("form_id", Field::text(&form.id)),
                ("seq", Field::index(seq)),
                ("horizon", Field::text(indicator.horizon.name())),
                ("level1", Field::Text(indicator.level1.clone())),
                ("level2", Field::Text(indicator.level2.clone())),
                ("level3", Field::Text(indicator.level3.clone())),
                ("value", Field::Text(indicator.value.clone())),
            ];
            let extras = INDICATOR_EXTRAS.map(|key| {
                let text = indicator.extra.get(key).and_then(|value| value.as_str());
                (key, Field::Text(text.map(str::to_owned)))
            });
            rows.push(row(report, FormIndicators, fields.into_iter().chain(extras)));
        }
    }
}

/// A row, which always begins with the report's key: the same file gives the same rows wherever it lies.
pub(super) fn row(report: &Report, resource: Resource, fields: impl IntoIterator<Item = (&'static str, Field)>) -> Row {
    let key = ("report_id", Field::text(&report.source.sha256));
    Row { resource, fields: std::iter::once(key).chain(fields).collect() }
}

/// The corners of a rectangle.
pub(super) fn corners(bbox: Option<Bbox>) -> [(&'static str, Field); 4] {
    let corner = |i: usize| Field::Points(bbox.and_then(|bbox| bbox.get(i).copied()));
    [("x0", corner(0)), ("y0", corner(1)), ("x1", corner(2)), ("y1", corner(3))]
}
