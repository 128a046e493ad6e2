//! Whose reports belong together: the same body under its names, over the years, with its units.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Basis, Book, Library, Relation, Tie};
use crate::facts::Level;
use crate::terms::{ReportKind, department};

/// The body that each report of a library is of; `None` where that is not certain.
pub(super) struct Bodies {
    /// By report: the number of its body.
    of: Vec<Option<usize>>,
    /// Names that may mean a body each: no report of the first is matched with one of the second.
    doubtful: BTreeSet<(String, String)>,
}

impl Bodies {
    /// The body of a report.
    pub(super) fn of(&self, report: usize) -> Option<usize> {
        self.of[report]
    }
}

/// Names that mean one body, as a forest: each points to another name of its body, or to itself.
struct Names {
    numbers: BTreeMap<String, usize>,
    parents: Vec<usize>,
}

impl Names {
    fn root(&self, mut name: usize) -> usize {
        while self.parents[name] != name {
            name = self.parents[name];
        }
        name
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        // The smaller number is the root, whatever the order of joining.
        self.parents[a.max(b)] = a.min(b);
    }
}

/// The name by which a report is filed. One without a place, or with that of a district alone, may be any city's: two
/// reports of it are not known to be of one body.
fn filed_as(book: &Book) -> Option<String> {
    let body = book.body.as_deref()?;
    let (places, _) = department::split_places(body);
    places.iter().any(|place| !place.ends_with('区')).then(|| body.to_owned())
}

/// Tells whose report each one is.
pub(super) fn bodies(library: &Library) -> Bodies {
    let filed: Vec<_> = library.reports.iter().map(filed_as).collect();
    let all: BTreeSet<&String> = filed.iter().flatten().collect();
    let numbers: BTreeMap<String, usize> = all.into_iter().cloned().zip(0..).collect();
    let mut names = Names { parents: (0..numbers.len()).collect(), numbers };
    let doubtful = join_places(&mut names);
    for (old, new) in library.reports.iter().flat_map(|book| &book.renamings) {
        if let (Some(old), Some(new)) = (names.numbers.get(old), names.numbers.get(new)) {
            let (old, new) = (*old, *new);
            names.join(old, new);
        }
    }
    let of = filed.iter().map(|name| name.as_ref().map(|name| names.root(names.numbers[name]))).collect();
    Bodies { of, doubtful }
}

/// Joins names that differ in the places before them alone, where one body alone can be meant; gives the others.
fn join_places(names: &mut Names) -> BTreeSet<(String, String)> {
    let mut tails: BTreeMap<&str, Vec<(&String, usize)>> = BTreeMap::new();
    let numbers = names.numbers.clone();
    for (name, number) in &numbers {
        tails.entry(department::split_places(name).1).or_default().push((name, *number));
    }
    let mut doubtful = BTreeSet::new();
    for alike in tails.values().filter(|alike| alike.len() > 1) {
        for (short, number) in alike {
            let longer: Vec<_> =
                alike.iter().filter(|(long, _)| long != short && long.ends_with(short.as_str())).collect();
            // Of several longer names all must be one another's: 某省某市某局 of two provinces are two bodies.
            let longest = longer.iter().max_by_key(|(long, _)| long.len());
            let is_one =
                longest.is_some_and(|(longest, _)| longer.iter().all(|(long, _)| longest.ends_with(long.as_str())));
            for (long, other) in longer {
                if is_one {
                    names.join(*number, *other);
                } else {
                    doubtful.insert(((*short).clone(), (*long).clone()));
                }
            }
        }
    }
    doubtful
}

/// The reports of one body, by year and kind.
type Shelf = BTreeMap<(i32, ReportKind), Vec<usize>>;

/// Every two reports that belong together, and those that may.
pub(super) fn relations(library: &Library, bodies: &Bodies) -> Vec<Relation> {
    let reports = &library.reports;
    let mut shelves: BTreeMap<(usize, Level), Shelf> = BTreeMap::new();
    for (at, book) in reports.iter().enumerate() {
        if let (Some(body), Some(year), true) = (bodies.of(at), book.year, book.kind != ReportKind::Unknown) {
            shelves.entry((body, book.level)).or_default().entry((year, book.kind)).or_default().push(at);
        }
    }
    let mut found = Vec::new();
    let relation = |tie, report: usize, other: usize| {
        let basis = basis(&reports[report], &reports[other]);
        Relation { tie, report, other, basis, is_ambiguous: false }
    };
    for shelf in shelves.values() {
        for ((year, kind), here) in shelf {
            let of = |year: i32, kind: ReportKind| shelf.get(&(year, kind)).into_iter().flatten();
            for report in here {
                let before = of(year - 1, ReportKind::Budget).chain(of(year - 1, ReportKind::FinalAccounts));
                found.extend(before.map(|other| relation(Tie::PriorYear, *report, *other)));
                if *kind == ReportKind::FinalAccounts {
                    found.extend(
                        of(*year, ReportKind::Budget).map(|other| relation(Tie::BudgetOfAccounts, *report, *other)),
                    );
                }
            }
            let versions = here.windows(2).filter(|pair| reports[pair[0]].body == reports[pair[1]].body);
            found.extend(versions.map(|pair| relation(Tie::Version, pair[1], pair[0])));
        }
    }
    found.extend(units(library, bodies));
    found.extend(doubtful(library, bodies));
    found.sort_by_key(|relation| (relation.report, relation.other, relation.tie));
    found.dedup_by_key(|relation| (relation.report, relation.other, relation.tie));
    found
}

/// By what two reports are known to be of one body.
fn basis(report: &Book, other: &Book) -> Basis {
    let places = |book: &Book| book.body.as_deref().map(|body| department::split_places(body).1.to_owned());
    if report.body == other.body {
        match (&report.code, &other.code) {
            (Some(a), Some(b)) if a == b => Basis::NameAndCode,
            _ => Basis::Name,
        }
    } else if places(report) == places(other) {
        Basis::Place
    } else {
        Basis::Renaming
    }
}

/// The reports of a department's units, and of the department itself as one unit (本级).
fn units(library: &Library, bodies: &Bodies) -> Vec<Relation> {
    let reports = &library.reports;
    let mut by_name: HashMap<(String, i32, ReportKind), Vec<usize>> = HashMap::new();
    for (at, book) in
        reports.iter().enumerate().filter(|(at, book)| book.level == Level::Unit && bodies.of(*at).is_some())
    {
        if let (Some(body), Some(year)) = (&book.body, book.year) {
            by_name.entry((body.clone(), year, book.kind)).or_default().push(at);
        }
    }
    let mut found = Vec::new();
    for (at, book) in reports.iter().enumerate().filter(|(_, book)| book.level == Level::Department) {
        let (Some(body), Some(year)) = (&book.body, book.year) else { continue };
        if book.kind == ReportKind::Unknown {
            continue;
        }
        let printed = named_units(library, book);
        for unit in printed.iter().map(String::as_str).chain([body.as_str()]) {
            let others = unit_names(body, unit).into_iter().find_map(|name| by_name.get(&(name, year, book.kind)));
            for other in others.into_iter().flatten().filter(|other| **other != at) {
                let basis = basis(book, &reports[*other]);
                let basis = if unit == body { basis } else { Basis::Name };
                let is_ambiguous = others.is_some_and(|others| others.len() > 1);
                found.push(Relation { tie: Tie::UnitOf, report: at, other: *other, basis, is_ambiguous });
            }
        }
    }
    found
}

/// The units that a report prints figures of, for its own year.
pub(super) fn named_units(library: &Library, book: &Book) -> BTreeSet<String> {
    let symbols = book.figures.iter().filter(|figure| Some(figure.year) == book.year).map(|figure| figure.key.unit);
    let symbols: BTreeSet<_> = symbols.filter(|unit| unit.is_some()).collect();
    symbols.into_iter().filter_map(|unit| library.symbols.text(unit)).map(str::to_owned).collect()
}

/// The names that a unit's own report may have: as the department prints it, or behind the department's place.
pub(super) fn unit_names(department: &str, unit: &str) -> Vec<String> {
    let (places, tail) = department::split_places(department);
    let place = department.strip_suffix(tail).unwrap_or_default();
    let mut names = vec![unit.to_owned()];
    if !places.is_empty() && department::split_places(unit).0.is_empty() {
        names.push(format!("{place}{unit}"));
    }
    names
}

/// Reports of names that may mean one body or two: listed, and not compared.
fn doubtful(library: &Library, bodies: &Bodies) -> Vec<Relation> {
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, book) in library.reports.iter().enumerate() {
        by_name.entry(book.body.as_deref().unwrap_or_default()).or_default().push(at);
    }
    let of = |name: &str| by_name.get(name).into_iter().flatten().copied();
    let mut found = Vec::new();
    let mut list = |report: usize, other: usize| {
        let (a, b) = (&library.reports[report], &library.reports[other]);
        let (Some(year), Some(before)) = (a.year, b.year) else { return };
        let tie = match (year - before, a.kind == b.kind) {
            (1, true) => Tie::PriorYear,
            // Of two versions the second one is told of the first.
            (0, true) if report > other => Tie::Version,
            (0, false) if a.kind == ReportKind::FinalAccounts => Tie::BudgetOfAccounts,
            _ => return,
        };
        if a.level == b.level && a.kind != ReportKind::Unknown && b.kind != ReportKind::Unknown {
            found.push(Relation { tie, report, other, basis: Basis::Name, is_ambiguous: true });
        }
    };
    for (short, long) in &bodies.doubtful {
        for (a, b) in of(short).flat_map(|a| of(long).map(move |b| (a, b))) {
            list(a, b);
            list(b, a);
        }
    }
    for alike in by_name.iter().filter(|(name, _)| !name.is_empty()).map(|(_, alike)| alike) {
        for (a, b) in alike.iter().flat_map(|a| alike.iter().map(move |b| (*a, *b))) {
            if a != b && bodies.of(a).is_none() {
                list(a, b);
            }
        }
    }
    found
}
