//! Figures of two reports with one key are held against each other, and what a department prints against its units.

use std::collections::{BTreeMap, HashSet};

use rust_decimal::Decimal;

use super::symbols::Symbol;
use super::{Basis, Book, Class, CrossCheck, Figure, Key, Library, Relation, Rule, Tie, family};

/// A relation has at least this many figures in common before one of them is told to be the one that is wrong.
const MIN_ALIKE: usize = 3;

/// Powers of ten between units of account: 千元, 万元 and 亿元 in 元.
const UNITS: &[u32] = &[3, 4, 8];

/// Every figure that stands in two reports that belong together.
pub(super) fn checks(library: &Library, relations: &[Relation]) -> Vec<CrossCheck> {
    let words = Words::of(library);
    let mut all = Vec::new();
    for (at, relation) in relations.iter().enumerate().filter(|(_, relation)| !relation.is_ambiguous) {
        let mut found = pairs(library, relation, &words);
        for check in &mut found {
            check.relation = at;
        }
        settle(&mut found);
        all.append(&mut found);
    }
    all.extend(sums(library, relations, &words));
    all.sort_by_key(|check| (check.relation, check.rule, check.figure));
    tell_once(&mut all);
    all
}

/// Where a name may be two bodies', so many different figures must agree to the fen for the reports to be of one.
const MIN_AGREEING: usize = 3;

/// Figures that tell bodies apart have at least this many yuan: small ones agree by chance.
const MIN_TELLING: Decimal = Decimal::from_parts(100_000, 0, 0, false, 0);

/// Settles relations that the names leave open: by figures that agree, or because none of several does.
pub(super) fn settle_doubt(library: &Library, relations: &mut Vec<Relation>) {
    let words = Words::of(library);
    relations.retain_mut(|relation| {
        if !relation.is_ambiguous || relation.tie == Tie::UnitOf {
            return true;
        }
        let found = pairs(library, relation, &words);
        let telling =
            |check: &&CrossCheck| library.reports[check.figure.0].figures[check.figure.1].amount.abs() >= MIN_TELLING;
        let amount = |check: &CrossCheck| library.reports[check.figure.0].figures[check.figure.1].amount;
        let equal = found.iter().filter(telling).filter(|check| check.class == Class::Equal);
        let agreeing: HashSet<Decimal> = equal.map(amount).collect();
        if agreeing.len() >= MIN_AGREEING {
            relation.is_ambiguous = false;
            relation.basis = Basis::Figures;
        }
        !relation.is_ambiguous || !agreeing.is_empty() || found.iter().filter(telling).count() < MIN_AGREEING
    });
}

/// Texts of keys that rules look for.
struct Words {
    total: Option<Symbol>,
    unit: Option<Symbol>,
    budget: Option<Symbol>,
    unchecked: Option<Symbol>,
}

impl Words {
    fn of(library: &Library) -> Self {
        let known = |text| library.symbols.known(text);
        Self { total: known("total"), unit: known("unit"), budget: known("budget"), unchecked: known("unchecked") }
    }
}

/// The figures of a relation's two reports that say the same thing.
fn pairs(library: &Library, relation: &Relation, words: &Words) -> Vec<CrossCheck> {
    let (report, other) = (&library.reports[relation.report], &library.reports[relation.other]);
    let unit = unit_of(library, relation);
    let mut found = Vec::new();
    let mut i = 0;
    while let Some(first) = report.figures.get(i) {
        // Figures of one key stand together: more than one where the report disputes it.
        let n = report.figures[i..].iter().take_while(|figure| same(figure, first)).count();
        let here = i..i + n;
        i += n;
        let Some((rule, key)) = asked(relation.tie, first, report, other, unit, words) else { continue };
        let there = range(&other.figures, &key, first.year, first.stage);
        let sound = |book: &Book, figure: &Figure| !book.is_dump || Some(figure.trust) != words.unchecked;
        let candidates = here.flat_map(|a| there.clone().map(move |b| (a, b)));
        let best = candidates
            .filter(|(a, b)| sound(report, &report.figures[*a]) && sound(other, &other.figures[*b]))
            .map(|(a, b)| {
                let (x, y) = (&report.figures[a], &other.figures[b]);
                let difference = x.amount - y.amount;
                (class_of(x.amount, y.amount, allowance(x.grain, y.grain, 2)), a, b, difference)
            })
            .min_by_key(|(class, a, b, difference)| (*class, difference.abs(), *a, *b));
        if let Some((class, a, b, difference)) = best {
            let (figure, others) = ((relation.report, a), vec![(relation.other, b)]);
            found.push(CrossCheck { relation: 0, rule, figure, others, class, difference });
        }
    }
    found
}

fn same(a: &Figure, b: &Figure) -> bool {
    (a.key, a.year, a.stage) == (b.key, b.year, b.stage)
}

/// Where the figures of a key stand; they are sorted by it.
fn range(figures: &[Figure], key: &Key, year: i32, stage: Symbol) -> std::ops::Range<usize> {
    let of = |figure: &Figure| (figure.key, figure.year, figure.stage);
    let start = figures.partition_point(|figure| of(figure) < (*key, year, stage));
    let n = figures[start..].iter().take_while(|figure| of(figure) == (*key, year, stage)).count();
    start..start + n
}

/// The symbol under which a department prints the unit of a relation; none for the department's own 本级.
fn unit_of(library: &Library, relation: &Relation) -> Option<Symbol> {
    let (department, unit) = (&library.reports[relation.report], &library.reports[relation.other]);
    let (department, unit) = (department.body.as_deref()?, unit.body.as_deref()?);
    if relation.tie != Tie::UnitOf || department == unit {
        return None;
    }
    let printed = family::named_units(library, &library.reports[relation.report]);
    let name = printed.iter().find(|name| family::unit_names(department, name).iter().any(|name| name == unit))?;
    library.symbols.known(name)
}

/// The key under which the other report prints a figure, where the relation asks for it.
fn asked(
    tie: Tie,
    figure: &Figure,
    report: &Book,
    other: &Book,
    unit: Option<Symbol>,
    words: &Words,
) -> Option<(Rule, Key)> {
    let key = figure.key;
    match tie {
        Tie::PriorYear => (Some(figure.year) == other.year).then_some((Rule::PriorYear, key)),
        Tie::BudgetOfAccounts => {
            let is_budget = Some(figure.year) == report.year && Some(figure.stage) == words.budget;
            is_budget.then_some((Rule::BudgetOfAccounts, key))
        }
        Tie::Version => Some((Rule::Version, key)),
        Tie::UnitOf => {
            let is_own = key.unit.is_some() && Some(key.unit) == unit && Some(figure.year) == report.year;
            let subject = if Some(key.subject) == words.unit { words.total? } else { key.subject };
            is_own.then_some((Rule::UnitFigure, Key { unit: Symbol::NONE, subject, ..key }))
        }
    }
}

/// By how much figures may differ for rounding alone: half of the last printed place of each, in yuan.
fn allowance(a: u8, b: u8, n: usize) -> Decimal {
    let place = |grain: u8| Decimal::new(10_i64.pow(grain.into()), 2);
    let larger = place(a.max(b));
    if n > 2 { larger * Decimal::from(n) / Decimal::TWO } else { (place(a) + place(b)) / Decimal::TWO }
}

fn class_of(a: Decimal, b: Decimal, allowance: Decimal) -> Class {
    let difference = (a - b).abs();
    if difference.is_zero() {
        return Class::Equal;
    }
    if difference <= allowance {
        return Class::Rounding;
    }
    let (large, small) = if a.abs() > b.abs() { (a, b) } else { (b, a) };
    let slipped = |power: &u32| {
        let factor = Decimal::from(10_i64.pow(*power));
        (large - small * factor).abs() <= allowance.max(Decimal::new(1, 2) * factor / Decimal::TWO)
    };
    // Until the other figures of the two reports are looked at.
    if !small.is_zero() && UNITS.iter().any(slipped) { Class::Unit } else { Class::Error }
}

/// Tells figures that the later report prints anew from one that is wrong: that one stands alone.
///
/// What is restated moves the sums that it is a part of as well, or comes with much else.
fn settle(found: &mut [CrossCheck]) {
    let wrong: Vec<Decimal> =
        found.iter().filter(|check| check.class == Class::Error).map(|check| check.difference.abs()).collect();
    let n_right = found.iter().filter(|check| check.class.holds()).count();
    for check in found.iter_mut().filter(|check| check.class == Class::Error) {
        let moved_alike = wrong.iter().filter(|other| (**other - check.difference.abs()).abs() <= Decimal::ONE).count();
        let is_alone = moved_alike == 1 && n_right >= MIN_ALIKE && wrong.len() * 3 <= n_right;
        if !is_alone {
            check.class = Class::Restated;
        }
    }
}

/// A figure of the past may stand in several reports of that past: in two versions, in the budget and in its accounts.
/// Where one of them bears it out, it is right; where none does, that is one finding.
fn tell_once(all: &mut Vec<CrossCheck>) {
    let looks_back = |check: &CrossCheck| matches!(check.rule, Rule::PriorYear | Rule::BudgetOfAccounts);
    let held: HashSet<(Rule, (usize, usize))> =
        all.iter().filter(|check| check.class.holds()).map(|check| (check.rule, check.figure)).collect();
    let mut told = HashSet::new();
    all.retain(|check| {
        let what = (check.rule, check.figure);
        check.class.holds() || !looks_back(check) || (!held.contains(&what) && told.insert(what))
    });
}

/// What departments print of themselves against the sums over their units, where the reports of all of them are there.
fn sums(library: &Library, relations: &[Relation], words: &Words) -> Vec<CrossCheck> {
    let mut units: BTreeMap<usize, Vec<(usize, &Relation)>> = BTreeMap::new();
    for (at, relation) in relations.iter().enumerate().filter(|(_, relation)| relation.tie == Tie::UnitOf) {
        units.entry(relation.report).or_default().push((at, relation));
    }
    let mut all = Vec::new();
    for (at, related) in units {
        let book = &library.reports[at];
        let Some(body) = book.body.as_deref() else { continue };
        let is_of = |name: &str| {
            let names = family::unit_names(body, name);
            related.iter().any(|(_, relation)| {
                !relation.is_ambiguous
                    && library.reports[relation.other].body.as_ref().is_some_and(|b| names.contains(b))
            })
        };
        let printed = family::named_units(library, book);
        // A department is one of its own units: 本级.
        let is_whole = is_of(body) && printed.iter().all(|name| is_of(name));
        let is_plain = related.iter().all(|(_, relation)| !relation.is_ambiguous);
        if !is_whole || !is_plain || related.len() < 2 {
            continue;
        }
        let mut found: Vec<_> = book
            .figures
            .iter()
            .enumerate()
            .filter(|(_, figure)| !figure.key.unit.is_some() && Some(figure.key.subject) == words.total)
            .filter(|(_, figure)| Some(figure.year) == book.year)
            .filter_map(|(i, figure)| sum(library, &related, (at, i), figure))
            .collect();
        settle(&mut found);
        excuse(library, &mut found);
        all.append(&mut found);
    }
    all
}

/// What units pay each other is left out of a department's own totals: a total that is less than the sum of its units
/// accuses nobody, unless the whole that it is a part of proves that nothing was left out.
fn excuse(library: &Library, found: &mut [CrossCheck]) {
    let key = |check: &CrossCheck| {
        let figure = library.reports[check.figure.0].figures[check.figure.1];
        let Key { nature, fund, year_part, .. } = figure.key;
        (figure.stage, figure.key.flow, [nature, fund, year_part])
    };
    let Some(all) = library.symbols.known("all") else { return };
    let is_whole = |check: &CrossCheck| key(check).2 == [all; 3];
    let proven: Vec<_> = found.iter().filter(|check| is_whole(check) && check.class == Class::Equal).map(key).collect();
    for check in found.iter_mut().filter(|check| matches!(check.class, Class::Error | Class::Restated)) {
        let (stage, flow, _) = key(check);
        let is_proven = proven.iter().any(|whole| (whole.0, whole.1) == (stage, flow));
        if check.difference.is_sign_negative() && !is_proven {
            check.class = Class::Eliminated;
        }
    }
}

/// A figure of a department against the sum of its units' figures; `None` where one of them prints none, or two.
fn sum(
    library: &Library,
    related: &[(usize, &Relation)],
    place: (usize, usize),
    figure: &Figure,
) -> Option<CrossCheck> {
    let mut others = Vec::new();
    for (_, relation) in related {
        let there = range(&library.reports[relation.other].figures, &figure.key, figure.year, figure.stage);
        if there.len() != 1 {
            return None;
        }
        others.push((relation.other, there.start));
    }
    let addends = others.iter().map(|(report, i)| &library.reports[*report].figures[*i]);
    let grain = addends.clone().map(|addend| addend.grain).max()?;
    let total: Decimal = addends.map(|addend| addend.amount).sum();
    let class = class_of(figure.amount, total, allowance(figure.grain, grain, others.len() + 1));
    let relation = related.first()?.0;
    let difference = figure.amount - total;
    Some(CrossCheck { relation, rule: Rule::SumOfUnits, figure: place, others, class, difference })
}
