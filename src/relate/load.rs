//! Published reports become a [`Library`]: of folders that a run filled, or report by report.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde_json::Value;

use super::symbols::{Symbol, Symbols};
use super::{Book, Figure, Key, Library, wire};
use crate::emit::wire::{Fact, Place};
use crate::error::Error;
use crate::facts::EconomicSystem;
use crate::read::MediaType;
use crate::terms::department;
use crate::terms::subject::Item;

/// A report that could not be had.
#[derive(Debug)]
pub struct Loss {
    /// Which.
    pub path: PathBuf,
    /// Why.
    pub error: Error,
}

/// Reads every report of the folders, each once; what cannot be read is told.
///
/// A folder that a run filled has `index.jsonl`; any other path is taken for a report.
///
/// # Errors
/// Where a path is not there, or a folder is none that a run filled.
pub fn load(paths: &[PathBuf]) -> Result<(Library, Vec<Loss>), Loss> {
    let mut library = Library::default();
    let mut losses = Vec::new();
    for path in paths {
        let reports = reports(path).map_err(|error| Loss { path: path.clone(), error })?;
        for path in reports {
            match fs::read(&path).map_err(Error::from).and_then(|bytes| wire::parse(&bytes)) {
                Ok(report) => {
                    let book = book(report, &mut library.symbols);
                    library.reports.push(book);
                }
                Err(error) => losses.push(Loss { path, error }),
            }
        }
    }
    library.reports.sort_by(|a, b| (&a.id, &a.name).cmp(&(&b.id, &b.name)));
    library.reports.dedup_by(|a, b| a.id == b.id);
    Ok((library, losses))
}

/// The reports that a path means.
fn reports(path: &Path) -> Result<Vec<PathBuf>, Error> {
    if !path.is_dir() {
        fs::metadata(path)?;
        return Ok(vec![path.to_owned()]);
    }
    let index = fs::read_to_string(path.join("index.jsonl")).map_err(|error| {
        let what = "expected a folder that `mingzhang extract --out` filled, with its index.jsonl";
        Error::Io(io::Error::new(error.kind(), format!("{what}: {error}")))
    })?;
    let mut reports = Vec::new();
    for line in index.lines().filter(|line| !line.is_empty()) {
        let line: Value = serde_json::from_str(line).map_err(io::Error::from)?;
        if let Some(name) = line.get("report").and_then(Value::as_str) {
            reports.push(path.join(name));
        }
    }
    Ok(reports)
}

fn book(report: wire::Report, symbols: &mut Symbols) -> Book {
    let mut figures: Vec<Figure> = report.facts.iter().filter_map(|fact| figure(fact, symbols)).collect();
    set_grains(&mut figures);
    figures.sort_by_key(|figure| (figure.key, figure.year, figure.stage, figure.amount));
    let filing = report.report;
    Book {
        id: report.source.sha256,
        name: report.source.name,
        body: filing.department.as_deref().map(department::bare),
        department: filing.department,
        code: filing.department_code,
        level: filing.level,
        kind: filing.kind,
        year: filing.fiscal_year,
        is_dump: report.source.media_type == MediaType::Text,
        renamings: report.sections.iter().flat_map(|section| renamings(&section.text)).collect(),
        figures,
    }
}

/// A fact as relations need it; `None` for a numbered part, whose number means nothing in another report.
fn figure(fact: &Fact, symbols: &mut Symbols) -> Option<Figure> {
    if fact.part.is_some() {
        return None;
    }
    let place = fact.places.first();
    let amount = Decimal::from(fact.amount_yuan);
    let code_or_name = |code: &Option<String>, name: &Option<String>| code.clone().or_else(|| name.clone());
    Some(Figure {
        key: Key {
            flow: symbols.of(fact.flow.name()),
            subject: symbols.of(fact.subject.name()),
            function: symbols.of_some(code_or_name(&fact.functional_code, &fact.functional_name).as_deref()),
            economic: symbols.of_some(code_or_name(&fact.economic_code, &fact.economic_name).as_deref()),
            economic_system: symbols.of_some(fact.economic_system.map(EconomicSystem::name)),
            paired_code: symbols.of_some(fact.paired_code.as_deref()),
            project: symbols.of_some(fact.project.as_deref()),
            unit: symbols.of_some(fact.unit.as_deref().map(department::bare).as_deref()),
            item: symbols.of_some(fact.item.map(Item::name)),
            nature: symbols.of(fact.nature.name()),
            fund: symbols.of(fact.fund.name()),
            year_part: symbols.of(fact.year_part.name()),
        },
        year: fact.year?,
        stage: symbols.of(fact.stage.name()),
        amount,
        grain: 0,
        trust: symbols.of(fact.trust.name()),
        fact_id: u64::from_str_radix(&fact.fact_id, 16).ok()?,
        function_name: symbols.of_some(fact.functional_name.as_deref()),
        economic_name: symbols.of_some(fact.economic_name.as_deref()),
        table: symbols.of_some(place.and_then(Place::holder)),
        page: place.map_or(0, Place::page),
    })
}

/// Of fewer figures than this, all may end in noughts by chance.
const MIN_FIGURES: usize = 8;

/// How finely figures are printed: by the place value that all of their table have; of small tables, all of the report.
fn set_grains(figures: &mut [Figure]) {
    let mut grains: HashMap<Symbol, (u8, usize)> = HashMap::new();
    for figure in figures.iter().filter(|figure| !figure.amount.is_zero()) {
        let grain = grains.entry(figure.table).or_insert((u8::MAX, 0));
        *grain = (grain.0.min(power_of_ten(figure.amount)), grain.1 + 1);
    }
    let finest = grains.values().map(|(grain, _)| *grain).min().unwrap_or(0);
    for figure in figures {
        let own = grains.get(&figure.table).filter(|(_, n)| *n >= MIN_FIGURES).map(|(grain, _)| *grain);
        figure.grain = own.unwrap_or(finest);
    }
}

/// The largest power of ten that an amount, in fen, is a multiple of; at most that of 万元.
fn power_of_ten(yuan: Decimal) -> u8 {
    let Some(mut fen) = (yuan * Decimal::ONE_HUNDRED).to_i128() else { return 0 };
    let mut power = 0;
    while power < 6 && fen != 0 && fen % 10 == 0 {
        fen /= 10;
        power += 1;
    }
    power
}

/// Words between an old name and the new one.
const RENAMED: &[&str] = &["更名为", "改名为", "名称变更为"];

/// The renamings that a text states: 原某局更名为某委员会. Where a name begins or ends is not always plain: each way of
/// reading it is one, and only names of bodies that have a report count in the end.
fn renamings(text: &str) -> Vec<(String, String)> {
    let is_of_name = |ch: &char| matches!(ch, '\u{3400}'..='\u{9fff}' | '“' | '”');
    let mut found = Vec::new();
    for (at, word) in RENAMED.iter().flat_map(|word| text.match_indices(word)) {
        let before: Vec<char> = text[..at].chars().rev().take_while(is_of_name).collect();
        let before: String = before.into_iter().rev().collect();
        let before = before.trim_end_matches("正式").trim_end_matches('已');
        let after: String = text[at + word.len()..].chars().take_while(is_of_name).collect();
        let olds = before.char_indices().filter(|(i, _)| *i == 0 || before[..*i].ends_with(['原', '由', '将']));
        let olds: Vec<_> =
            olds.map(|(i, _)| department::bare(&before[i..])).filter(|old| department::is_name(old)).collect();
        let ends = after.char_indices().map(|(i, ch)| i + ch.len_utf8());
        for new in ends.map(|end| &after[..end]).filter(|new| department::is_name(new)) {
            found.extend(olds.iter().map(|old| (old.clone(), department::bare(new))));
        }
    }
    found
}
