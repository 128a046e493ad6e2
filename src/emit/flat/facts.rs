//! One record a fact: each figure of a report once, under names that mean the same everywhere.

use crate::emit::Publication;
use crate::emit::flat::rows::{report_kind, row};
use crate::emit::flat::{Field, Resource, Row};
use crate::emit::wire::{Fact, Filing};
use crate::facts::EconomicSystem;
use crate::terms::subject::Item;

/// The facts of a report.
pub(super) fn facts(publication: &Publication, rows: &mut Vec<Row>) {
    let report = publication.report();
    rows.extend(report.facts.iter().map(|fact| row(report, Resource::Facts, fields(&report.report, fact))));
}

/// What is told of a fact, but for the id of its report.
pub(crate) fn fields(filing: &Filing, fact: &Fact) -> [(&'static str, Field); 28] {
    let places = fact.places.iter().map(|place| serde_json::to_string(place).unwrap_or_default()).collect();
    [
        ("fact_id", Field::text(&fact.fact_id)),
        ("department", Field::Text(filing.department.clone())),
        ("department_code", Field::Text(filing.department_code.clone())),
        ("report_kind", Field::text(report_kind(filing.kind))),
        ("report_year", Field::Integer(filing.fiscal_year.map(Into::into))),
        ("report_level", Field::text(filing.level.name())),
        ("year", Field::Integer(fact.year.map(Into::into))),
        ("stage", Field::text(fact.stage.name())),
        ("flow", Field::text(fact.flow.name())),
        ("subject", Field::text(fact.subject.name())),
        ("functional_code", Field::Text(fact.functional_code.clone())),
        ("functional_name", Field::Text(fact.functional_name.clone())),
        ("economic_code", Field::Text(fact.economic_code.clone())),
        ("economic_name", Field::Text(fact.economic_name.clone())),
        ("paired_code", Field::Text(fact.paired_code.clone())),
        ("part", Field::Integer(fact.part.map(Into::into))),
        ("economic_system", Field::name(fact.economic_system.map(EconomicSystem::name))),
        ("project", Field::Text(fact.project.clone())),
        ("unit", Field::Text(fact.unit.clone())),
        ("item", Field::name(fact.item.map(Item::name))),
        ("nature", Field::text(fact.nature.name())),
        ("fund", Field::text(fact.fund.name())),
        ("year_part", Field::text(fact.year_part.name())),
        ("amount", Field::Yuan(Some(fact.amount_yuan.into()))),
        ("trust", Field::text(fact.trust.name())),
        ("n_places", Field::index(fact.places.len())),
        ("places", Field::Texts(places)),
        ("disputed", Field::Flag(fact.disputed)),
    ]
}
