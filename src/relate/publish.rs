//! What reports say of each other as flat records, a resource after the other, each by its primary key.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use super::series::{Break, Point};
use super::symbols::Symbol;
use super::vocabulary::Name;
use super::{Basis, CrossCheck, Figure, Related, Relation, wire};
use crate::emit::flat::{self, Field, Resource, Row};
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
    put(Resource::Relations, relations(related), &mut out, take)?;
    facts(related, &mut out, take)?;
    put(Resource::CrossChecks, cross_checks(related), &mut out, take)?;
    put(Resource::Series, series(related), &mut out, take)?;
    put(Resource::Vocabulary, vocabulary(related), &mut out, take)
}

/// The records of a resource: in the order of their primary key, each made when it is written.
type Records<'r> = Box<dyn Iterator<Item = Fields> + 'r>;

fn put(
    resource: Resource,
    records: Records<'_>,
    out: &mut Vec<u8>,
    take: &mut dyn FnMut(&str) -> Result<(), Error>,
) -> Result<(), Error> {
    for fields in records {
        jsonl::write_row(Row { resource, fields }, out)?;
        if out.len() > CHUNK {
            hand_over(out, take)?;
        }
    }
    hand_over(out, take)
}

/// Items by a key, and each with its key.
fn sorted<'r, T, K: Ord + 'r>(items: &'r [T], key: impl Fn(&T) -> K) -> impl Iterator<Item = (K, &'r T)> + 'r {
    let mut keyed: Vec<(K, &T)> = items.iter().map(|item| (key(item), item)).collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0));
    keyed.into_iter()
}

fn hand_over(out: &mut Vec<u8>, take: &mut dyn FnMut(&str) -> Result<(), Error>) -> Result<(), Error> {
    let text = std::str::from_utf8(out).map_err(|error| Error::Internal(error.to_string()))?;
    take(text)?;
    out.clear();
    Ok(())
}

/// The first 16 hex digits of the hash of several texts.
fn id(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    crate::hex::short(&hash.finalize())
}

/// The id of a fact as it is published.
fn hex(fact_id: u64) -> String {
    format!("{fact_id:016x}")
}

fn text(text: Option<&str>) -> Field {
    Field::Text(text.map(str::to_owned))
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
        hex(self.figure(at).fact_id)
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

fn relations(related: &Related) -> Records<'_> {
    let reports = &related.library.reports;
    let mut counts = vec![(0, 0); related.relations.len()];
    for check in &related.checks {
        counts[check.relation].0 += 1;
        counts[check.relation].1 += usize::from(check.class.holds());
    }
    let mut numbers: Vec<_> = related.relations.iter().map(|relation| related.relation_id(relation)).zip(0..).collect();
    numbers.sort();
    Box::new(numbers.into_iter().map(move |(id, i): (String, usize)| {
        let relation = &related.relations[i];
        let (n_checks, n_holds) = counts[i];
        let (report, other) = (&reports[relation.report], &reports[relation.other]);
        vec![
            ("relation_id", Field::text(&id)),
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
    }))
}

fn cross_checks(related: &Related) -> Records<'_> {
    let reports = &related.library.reports;
    let relations: Vec<String> = related.relations.iter().map(|relation| related.relation_id(relation)).collect();
    let check_id =
        |check: &CrossCheck| id(&[&relations[check.relation], check.rule.name(), &related.fact_id(check.figure)]);
    let checks: Vec<_> = sorted(&related.checks, check_id).collect();
    Box::new(checks.into_iter().map(move |(check_id, check)| {
        let figure = related.figure(check.figure);
        let texts =
            |of: &dyn Fn((usize, usize)) -> String| Field::Texts(check.others.iter().map(|at| of(*at)).collect());
        let mut fields = vec![
            ("check_id", Field::text(&check_id)),
            ("relation_id", Field::text(&relations[check.relation])),
            ("rule", Field::text(check.rule.name())),
            ("report_id", Field::text(&reports[check.figure.0].id)),
            ("fact_id", Field::text(&related.fact_id(check.figure))),
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
    }))
}

/// Writes every fact of the reports, as their own records have it, with the relations by which another report agrees.
///
/// The facts are read again, a report at a time: all that is known of all of them is too much to hold.
fn facts(related: &Related, out: &mut Vec<u8>, take: &mut dyn FnMut(&str) -> Result<(), Error>) -> Result<(), Error> {
    let mut rest = borne_out(related).into_iter().peekable();
    // Reports stand in the order of their ids, and facts in that of theirs.
    for (at, book) in related.library.reports.iter().enumerate() {
        let mut relations: HashMap<u64, Vec<String>> = HashMap::new();
        while let Some(((_, fact), relation)) = rest.next_if(|((report, _), _)| *report == at) {
            relations.entry(fact).or_default().push(related.relation_id(&related.relations[relation]));
        }
        let mut report = wire::parse(&std::fs::read(&book.path)?)?;
        report.facts.sort_by(|a, b| a.fact_id.cmp(&b.fact_id));
        for fact in &report.facts {
            let number = u64::from_str_radix(&fact.fact_id, 16).ok();
            let mut borne_out_by = number.and_then(|number| relations.remove(&number)).unwrap_or_default();
            borne_out_by.sort();
            let first = ("report_id", Field::text(&book.id));
            let last = ("borne_out_by", Field::Texts(borne_out_by));
            let fields = flat::facts::fields(&report.report, fact);
            let fields = std::iter::once(first).chain(fields).chain([last]).collect();
            jsonl::write_row(Row { resource: Resource::RelatedFacts, fields }, out)?;
            if out.len() > CHUNK {
                hand_over(out, take)?;
            }
        }
    }
    hand_over(out, take)
}

/// Which facts checks hold for, by report and id, with the relation of each.
fn borne_out(related: &Related) -> Vec<((usize, u64), usize)> {
    // Figures by which the reports were found to belong together bear nothing out.
    let is_independent = |check: &&CrossCheck| related.relations[check.relation].basis != Basis::Figures;
    let mut pairs: Vec<((usize, u64), usize)> = Vec::new();
    for check in related.checks.iter().filter(|check| check.class.holds()).filter(is_independent) {
        let places = std::iter::once(check.figure).chain(check.others.iter().copied());
        pairs.extend(places.map(|at| ((at.0, related.figure(at).fact_id), check.relation)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn series(related: &Related) -> Records<'_> {
    let reports = &related.library.reports;
    let series_id = |point: &Point| {
        let figure = related.figure(point.figure);
        let latest = &reports[point.latest];
        // Names of classes change from year to year; the codes make the series.
        let key = related.key_fields(figure, true);
        let parts: Vec<_> = key
            .iter()
            .filter(|(name, _)| !name.ends_with("_name"))
            .map(|(_, field)| if let Field::Text(Some(text)) = field { text.as_str() } else { "" })
            .collect();
        let names = [figure.key.function, figure.key.economic].map(|symbol| related.word(symbol).unwrap_or_default());
        let level = latest.level.name();
        let body = [latest.body.as_deref().unwrap_or_default(), latest.code.as_deref().unwrap_or_default(), level];
        (id(&[&body[..], &parts, &names].concat()), figure.year)
    };
    Box::new(sorted(&related.series, series_id).map(move |((series_id, year), point)| {
        let figure = related.figure(point.figure);
        let latest = &reports[point.latest];
        let mut fields = vec![
            ("series_id", Field::text(&series_id)),
            ("year", Field::Integer(Some(year.into()))),
            ("department", Field::text(latest.department.as_deref().unwrap_or_default())),
            ("report_level", Field::text(latest.level.name())),
        ];
        fields.extend(related.key_fields(figure, true));
        fields.extend([
            ("amount", Field::Yuan(Some(figure.amount))),
            ("trust", text(related.word(figure.trust))),
            ("report_id", Field::text(&reports[point.figure.0].id)),
            ("fact_id", Field::text(&related.fact_id(point.figure))),
            ("break_reason", text(point.break_.map(Break::name))),
        ]);
        fields
    }))
}

fn vocabulary(related: &Related) -> Records<'_> {
    let key = |name: &Name| {
        let words = [name.system, name.code].map(|symbol| related.word(symbol).unwrap_or("function").to_owned());
        (words, name.year, related.word(name.name).map(str::to_owned))
    };
    Box::new(sorted(&related.vocabulary, key).map(|(([system, code], year, text), name)| {
        vec![
            ("system", Field::Text(Some(system))),
            ("code", Field::Text(Some(code))),
            ("year", Field::Integer(Some(year.into()))),
            ("name", Field::Text(text)),
            ("n_reports", Field::index(name.n_reports)),
            ("odd", Field::Flag(name.is_odd)),
        ]
    }))
}
