//! What reports say of each other as flat records, a resource after the other, each by its primary key.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use sha2::{Digest as _, Sha256};

use super::symbols::Symbol;
use super::{Basis, Figure, Level, Related, Relation};
use crate::emit::flat::{Field, Resource, Row};
use crate::emit::jsonl;
use crate::error::Error;

type Fields = Vec<(&'static str, Field)>;

/// Records that are handed over at once, in bytes.
const CHUNK: usize = 1 << 20;

/// Gives every record, as JSON Lines, a part at a time.
///
/// # Errors
/// Where `take` fails.
pub fn records(related: &Related, take: &mut dyn FnMut(&str) -> Result<(), Error>) -> Result<(), Error> {
    let mut out = Vec::new();
    let mut put = |resource: Resource, mut rows: Vec<Fields>| {
        // Keys are texts and numbers at the front of each record.
        let n_key = resource.primary_key().len();
        rows.sort_by(|a, b| key(a, n_key).cmp(&key(b, n_key)));
        for fields in rows {
            jsonl::write_row(Row { resource, fields }, &mut out)?;
            if out.len() > CHUNK {
                hand_over(&mut out, take)?;
            }
        }
        hand_over(&mut out, take)
    };
    put(Resource::Relations, relations(related))?;
    put(Resource::CrossChecks, cross_checks(related))?;
    put(Resource::BorneOut, borne_out(related))?;
    put(Resource::Series, series(related))?;
    put(Resource::Vocabulary, vocabulary(related))
}

fn hand_over(out: &mut Vec<u8>, take: &mut dyn FnMut(&str) -> Result<(), Error>) -> Result<(), Error> {
    let text = std::str::from_utf8(out).map_err(|error| Error::Internal(error.to_string()))?;
    take(text)?;
    out.clear();
    Ok(())
}

/// The primary key of a record, as it sorts.
fn key(fields: &Fields, n: usize) -> Vec<(Option<i64>, Option<&str>)> {
    let part = |(_, field): &'_ (&'static str, Field)| match field {
        Field::Integer(number) => *number,
        _ => None,
    };
    fields
        .iter()
        .take(n)
        .map(|field| (part(field), if let Field::Text(text) = &field.1 { text.as_deref() } else { None }))
        .collect()
}

/// The first 16 hex digits of the hash of several texts.
fn id(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn text(text: Option<&str>) -> Field {
    Field::Text(text.map(str::to_owned))
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::Department => "department",
        Level::Unit => "unit",
        Level::Unknown => "unknown",
    }
}

impl Related {
    fn relation_id(&self, relation: &Relation) -> String {
        let reports = &self.library.reports;
        id(&[relation.tie.name(), &reports[relation.report].id, &reports[relation.other].id])
    }

    /// The text of a symbol.
    pub(super) fn word(&self, symbol: Symbol) -> Option<&str> {
        self.library.symbols.text(symbol)
    }

    /// A figure by the indices of its report and itself.
    pub(super) fn figure(&self, at: (usize, usize)) -> &Figure {
        &self.library.reports[at.0].figures[at.1]
    }

    fn fact_id(&self, at: (usize, usize)) -> String {
        self.word(self.figure(at).fact_id).unwrap_or_default().to_owned()
    }

    /// Page and table of the first place that prints a figure.
    pub(super) fn place(&self, at: (usize, usize)) -> Option<String> {
        let figure = self.figure(at);
        let page = (figure.page > 0).then(|| format!("page {}", figure.page));
        let parts: Vec<_> = page.into_iter().chain(self.word(figure.table).map(str::to_owned)).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// What a figure is of, up to its fund.
    fn key_fields(&self, figure: &Figure, for_series: bool) -> Fields {
        let key = &figure.key;
        let word = |symbol| text(self.word(symbol));
        let code = |symbol| text(self.word(symbol).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit())));
        let name = |named: Symbol, symbol| {
            let own = self.word(symbol).filter(|text| !text.bytes().all(|byte| byte.is_ascii_digit()));
            text(self.word(named).or(own))
        };
        let mut fields = vec![
            ("stage", word(figure.stage)),
            ("flow", word(key.flow)),
            ("subject", word(key.subject)),
            ("functional_code", code(key.function)),
            ("functional_name", name(figure.function_name, key.function)),
            ("economic_code", code(key.economic)),
            ("economic_name", name(figure.economic_name, key.economic)),
            ("economic_system", word(key.economic_system)),
            ("paired_code", word(key.paired_code)),
            ("item", word(key.item)),
        ];
        if !for_series {
            fields.push(("project", word(key.project)));
            fields.push(("unit", word(key.unit)));
        }
        fields.extend([("nature", word(key.nature)), ("fund", word(key.fund)), ("year_part", word(key.year_part))]);
        fields
    }
}

fn relations(related: &Related) -> Vec<Fields> {
    let reports = &related.library.reports;
    let mut counts = vec![(0, 0); related.relations.len()];
    for check in &related.checks {
        counts[check.relation].0 += 1;
        counts[check.relation].1 += usize::from(check.class.holds());
    }
    let record = |(relation, (n_checks, n_holds)): (&Relation, (usize, usize))| {
        let (report, other) = (&reports[relation.report], &reports[relation.other]);
        vec![
            ("relation_id", Field::text(&related.relation_id(relation))),
            ("tie", Field::text(relation.tie.name())),
            ("report_id", Field::text(&report.id)),
            ("other_report_id", Field::text(&other.id)),
            ("source_name", Field::text(&report.name)),
            ("other_source_name", Field::text(&other.name)),
            ("department", text(report.department.as_deref())),
            ("other_department", text(other.department.as_deref())),
            ("basis", Field::text(relation.basis.name())),
            ("ambiguous", Field::Flag(relation.is_ambiguous)),
            ("n_checks", Field::index(n_checks)),
            ("n_holds", Field::index(n_holds)),
        ]
    };
    related.relations.iter().zip(counts).map(record).collect()
}

fn cross_checks(related: &Related) -> Vec<Fields> {
    let reports = &related.library.reports;
    let record = |check: &super::CrossCheck| {
        let relation = related.relation_id(&related.relations[check.relation]);
        let figure = related.figure(check.figure);
        let fact_id = related.fact_id(check.figure);
        let texts =
            |of: &dyn Fn((usize, usize)) -> String| Field::Texts(check.others.iter().map(|at| of(*at)).collect());
        let mut fields = vec![
            ("check_id", Field::text(&id(&[&relation, check.rule.name(), &fact_id]))),
            ("relation_id", Field::text(&relation)),
            ("rule", Field::text(check.rule.name())),
            ("report_id", Field::text(&reports[check.figure.0].id)),
            ("fact_id", Field::text(&fact_id)),
            ("place", Field::Text(related.place(check.figure))),
            ("other_report_ids", texts(&|at| reports[at.0].id.clone())),
            ("other_fact_ids", texts(&|at| related.fact_id(at))),
            ("other_places", texts(&|at| related.place(at).unwrap_or_default())),
            ("year", Field::Integer(Some(figure.year.into()))),
        ];
        fields.extend(related.key_fields(figure, false));
        fields.extend([
            ("amount", Field::Yuan(Some(figure.amount))),
            ("other_amount", Field::Yuan(Some(figure.amount - check.difference))),
            ("difference", Field::Yuan(Some(check.difference))),
            ("holds", Field::Flag(check.class.holds())),
            ("class", Field::text(check.class.name())),
        ]);
        fields
    };
    related.checks.iter().map(record).collect()
}

/// Every fact that a check holds for, with the relations that it holds by.
fn borne_out(related: &Related) -> Vec<Fields> {
    let mut by_fact: BTreeMap<(usize, String), Vec<String>> = BTreeMap::new();
    // Figures by which the reports were found to belong together bear nothing out.
    let is_independent = |check: &&super::CrossCheck| related.relations[check.relation].basis != Basis::Figures;
    for check in related.checks.iter().filter(|check| check.class.holds()).filter(is_independent) {
        let relation = related.relation_id(&related.relations[check.relation]);
        for at in std::iter::once(check.figure).chain(check.others.iter().copied()) {
            let relations = by_fact.entry((at.0, related.fact_id(at))).or_default();
            if !relations.contains(&relation) {
                relations.push(relation.clone());
            }
        }
    }
    let record = |((report, fact_id), mut relations): ((usize, String), Vec<String>)| {
        relations.sort();
        vec![
            ("report_id", Field::text(&related.library.reports[report].id)),
            ("fact_id", Field::text(&fact_id)),
            ("borne_out_by", Field::Texts(relations)),
        ]
    };
    by_fact.into_iter().map(record).collect()
}

fn series(related: &Related) -> Vec<Fields> {
    let reports = &related.library.reports;
    let record = |point: &super::series::Point| {
        let figure = related.figure(point.figure);
        let latest = &reports[point.latest];
        let key = related.key_fields(figure, true);
        // Names of classes change from year to year; the codes make the series.
        let parts: Vec<_> = key
            .iter()
            .filter(|(name, _)| !name.ends_with("_name"))
            .map(|(_, field)| if let Field::Text(Some(text)) = field { text.as_str() } else { "" })
            .collect();
        let names = [figure.key.function, figure.key.economic].map(|symbol| related.word(symbol).unwrap_or_default());
        let level = level_name(latest.level);
        let body = [latest.body.as_deref().unwrap_or_default(), latest.code.as_deref().unwrap_or_default(), level];
        let mut fields = vec![
            ("series_id", Field::text(&id(&[&body[..], &parts, &names].concat()))),
            ("year", Field::Integer(Some(figure.year.into()))),
            ("department", Field::text(latest.department.as_deref().unwrap_or_default())),
            ("report_level", Field::text(level)),
        ];
        fields.extend(key);
        fields.extend([
            ("amount", Field::Yuan(Some(figure.amount))),
            ("trust", text(related.word(figure.trust))),
            ("report_id", Field::text(&reports[point.figure.0].id)),
            ("fact_id", Field::text(&related.fact_id(point.figure))),
            ("break_reason", text(point.break_.map(super::series::Break::name))),
        ]);
        fields
    };
    related.series.iter().map(record).collect()
}

fn vocabulary(related: &Related) -> Vec<Fields> {
    let record = |name: &super::vocabulary::Name| {
        vec![
            ("system", Field::text(related.word(name.system).unwrap_or("function"))),
            ("code", text(related.word(name.code))),
            ("year", Field::Integer(Some(name.year.into()))),
            ("name", text(related.word(name.name))),
            ("n_reports", Field::index(name.n_reports)),
            ("odd", Field::Flag(name.is_odd)),
        ]
    };
    related.vocabulary.iter().map(record).collect()
}

/// The sum of what figures differ by, for people.
pub(super) fn shown(amount: Decimal) -> String {
    let mut amount = amount.normalize();
    amount.rescale(amount.scale().max(2));
    amount.to_string()
}
