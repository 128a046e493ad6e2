//! The names that reports print beside classification codes, year by year.

use std::collections::{BTreeMap, BTreeSet};

use super::Library;
use super::symbols::Symbol;

/// A name of a code in one year.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// `function`, or the economic system.
    pub(super) system: Symbol,
    pub(super) code: Symbol,
    pub(super) year: i32,
    pub(super) name: Symbol,
    pub(super) n_reports: usize,
    /// One report alone prints it, where others agree on another name.
    pub(super) is_odd: bool,
}

/// Others agree on a name where at least this many reports print it.
const MIN_AGREED: usize = 2;

/// Which reports print a name in which year.
type Printed = BTreeMap<(i32, Symbol), BTreeSet<usize>>;

/// Every name of every code, by code, year and name.
pub(super) fn names(library: &Library) -> Vec<Name> {
    let is_code =
        |symbol: Symbol| library.symbols.text(symbol).is_some_and(|text| text.bytes().all(|b| b.is_ascii_digit()));
    let mut printed: BTreeMap<(Symbol, Symbol), Printed> = BTreeMap::new();
    for (at, book) in library.reports.iter().enumerate() {
        let Some(year) = book.year else { continue };
        for figure in &book.figures {
            let key = &figure.key;
            let pairs = [
                (Symbol::NONE, key.function, figure.function_name),
                (key.economic_system, key.economic, figure.economic_name),
            ];
            for (system, code, name) in pairs {
                if name.is_some() && code.is_some() && is_code(code) {
                    printed.entry((system, code)).or_default().entry((year, name)).or_default().insert(at);
                }
            }
        }
    }
    let mut found = Vec::new();
    for ((system, code), names) in printed {
        let mut all: BTreeMap<Symbol, BTreeSet<usize>> = BTreeMap::new();
        for ((_, name), reports) in &names {
            all.entry(*name).or_default().extend(reports);
        }
        for ((year, name), reports) in names {
            let agreed = all.iter().any(|(other, reports)| *other != name && reports.len() >= MIN_AGREED);
            let is_odd = agreed && all.get(&name).is_some_and(|reports| reports.len() == 1);
            found.push(Name { system, code, year, name, n_reports: reports.len(), is_odd });
        }
    }
    found
}
