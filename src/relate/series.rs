//! Comparable series: one figure of one body, year by year, with word of where it is not comparable.

use std::collections::{BTreeMap, BTreeSet};

use super::symbols::Symbol;
use super::{Class, CrossCheck, Key, Library, Rule, family};

/// One year of a series.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    /// The report that prints it, and which of its figures it is.
    pub(super) figure: (usize, usize),
    /// The latest report of the body, by whose name the series goes.
    pub(super) latest: usize,
    /// Why it is not comparable with the year before.
    pub(super) break_: Option<Break>,
}

/// Why a year is not comparable with the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// The body has another name.
    Renamed,
    /// Several bodies of the year before became one.
    Merged,
    /// Another unit of account.
    UnitOfAccount,
    /// A later report prints the year before anew.
    Restated,
}

impl Break {
    /// The stable name that is published.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Renamed => "renamed",
            Self::Merged => "merged",
            Self::UnitOfAccount => "unit-of-account",
            Self::Restated => "restated",
        }
    }
}

/// Every figure that a body's reports give for two years or more; units' and projects' own figures are left out.
pub(super) fn series(library: &Library, bodies: &family::Bodies, checks: &[CrossCheck]) -> Vec<Point> {
    let mut shelves: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, book) in library.reports.iter().enumerate() {
        if let (Some(body), Some(_)) = (bodies.of(at), book.year) {
            shelves.entry((body, book.level)).or_default().push(at);
        }
    }
    let mut spoilt: BTreeMap<(usize, usize), Class> = BTreeMap::new();
    // Sums and figures of units are of one year: they tell nothing of the years beside it.
    let over_time = |check: &&CrossCheck| !matches!(check.rule, Rule::SumOfUnits | Rule::UnitFigure);
    let is_break = |check: &&CrossCheck| matches!(check.class, Class::Unit | Class::Restated);
    for check in checks.iter().filter(over_time).filter(is_break) {
        spoilt.insert(check.figure, check.class);
        spoilt.extend(check.others.iter().map(|other| (*other, check.class)));
    }
    let mut points = Vec::new();
    for reports in shelves.values() {
        of_body(library, reports, &spoilt, &mut points);
    }
    points
}

/// Which figures, by report and index, are of which year.
type ByYear = BTreeMap<i32, Vec<(usize, usize)>>;

fn of_body(library: &Library, reports: &[usize], spoilt: &BTreeMap<(usize, usize), Class>, points: &mut Vec<Point>) {
    let book = |at: usize| &library.reports[at];
    let mut years: BTreeMap<(Key, Symbol), ByYear> = BTreeMap::new();
    for at in reports {
        for (i, figure) in book(*at).figures.iter().enumerate() {
            if !figure.key.unit.is_some() && !figure.key.project.is_some() {
                let places = years.entry((figure.key, figure.stage)).or_default().entry(figure.year).or_default();
                places.push((*at, i));
            }
        }
    }
    let Some(latest) = reports.iter().copied().max_by_key(|at| (book(*at).year, *at)) else { return };
    let mut names: BTreeMap<Option<i32>, BTreeSet<&str>> = BTreeMap::new();
    for at in reports {
        names.entry(book(*at).year).or_default().extend(book(*at).body.as_deref());
    }
    for by_year in years.values() {
        let chosen: Vec<_> =
            by_year.iter().filter_map(|(year, places)| Some((*year, choice(library, *year, places)?))).collect();
        if chosen.len() < 2 {
            continue;
        }
        let mut before: Option<(usize, usize)> = None;
        for (year, figure) in chosen {
            let n_before = names.get(&Some(year - 1)).map_or(0, BTreeSet::len);
            let break_ = before.and_then(|before| {
                let class = spoilt.get(&before).or_else(|| spoilt.get(&figure));
                if book(before.0).body == book(figure.0).body {
                    class.map(|class| if *class == Class::Unit { Break::UnitOfAccount } else { Break::Restated })
                } else {
                    Some(if n_before > 1 { Break::Merged } else { Break::Renamed })
                }
            });
            points.push(Point { figure, latest, break_ });
            before = Some(figure);
        }
    }
}

/// The figure of a year: of that year's own report, else of a later one; `None` where a report gives two.
fn choice(library: &Library, year: i32, places: &[(usize, usize)]) -> Option<(usize, usize)> {
    let distance = |at: usize| library.reports[at].year.map_or(i32::MAX, |own| (own - year).abs());
    let nearest = places.iter().map(|(at, _)| distance(*at)).min()?;
    let mut near = places.iter().filter(|(at, _)| distance(*at) == nearest);
    let first = near.next()?;
    near.all(|(at, i)| library.reports[*at].figures[*i].amount == library.reports[first.0].figures[first.1].amount)
        .then_some(*first)
}
