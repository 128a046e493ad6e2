//! One record a fact: each figure of a report once, under names that mean the same everywhere.

use crate::emit::Publication;
use crate::emit::flat::rows::{report_kind, row};
use crate::emit::flat::{Field, Resource, Row};
use crate::emit::report::place;
use crate::emit::wire::Report;
use crate::facts::Fact;

/// The facts of a report.
pub(super) fn facts(publication: &Publication, rows: &mut Vec<Row>) {
    rows.extend(publication.facts().facts.iter().map(|fact| record(publication.report(), fact)));
}

fn record(report: &Report, fact: &Fact) -> Row {
    let filing = &report.report;
    let key = &fact.key;
    let name = |code: &Option<String>, name: &Option<String>| Field::Text(code.clone().or_else(|| name.clone()));
    let fields = [
        ("fact_id", Field::text(&fact.id)),
        ("department", Field::Text(filing.department.clone())),
        ("department_code", Field::Text(filing.department_code.clone())),
        ("report_kind", Field::text(report_kind(report))),
        ("report_year", Field::Integer(filing.fiscal_year.map(Into::into))),
        ("report_level", Field::text(report.report.level.name())),
        ("year", Field::Integer(key.year.map(Into::into))),
        ("stage", Field::text(key.stage.name())),
        ("flow", Field::text(key.flow.name())),
        ("subject", Field::text(key.subject.name())),
        ("functional_code", Field::Text(key.functional_code.clone())),
        ("functional_name", name(&fact.functional_name, &key.functional_name)),
        ("economic_code", Field::Text(key.economic_code.clone())),
        ("economic_name", name(&fact.economic_name, &key.economic_name)),
        ("paired_code", Field::Text(key.paired_code.clone())),
        ("part", Field::Integer(fact.part.map(Into::into))),
        ("economic_system", Field::Text(key.economic_system.map(|system| system.name().to_owned()))),
        ("project", Field::Text(key.project.clone())),
        ("unit", Field::Text(key.unit.clone())),
        ("item", Field::Text(key.item.map(|item| item.name().to_owned()))),
        ("nature", Field::text(key.nature.name())),
        ("fund", Field::text(key.fund.name())),
        ("year_part", Field::text(key.year_part.name())),
        ("amount", Field::Yuan(Some(fact.amount))),
        ("trust", Field::text(fact.trust.name())),
        ("n_places", Field::index(fact.places.len())),
        (
            "places",
            Field::Texts(fact.places.iter().map(|at| serde_json::to_string(&place(at)).unwrap_or_default()).collect()),
        ),
        ("disputed", Field::Flag(fact.disputed)),
    ];
    row(report, Resource::Facts, fields)
}
