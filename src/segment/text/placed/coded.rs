//! A code has one name throughout a report: where tables give it others, a name is torn or has run into another text.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::item::{Class, class, is_code};
use crate::segment::doubt::Doubt;
use crate::segment::header::bare;
use crate::segment::{Region, TableRow};

/// The digits of the shortest code that is read: a class of functions.
const LEAST_DIGITS: usize = 3;

/// A code with more names is none of a classification.
const MAX_NAMES: usize = 16;

/// How many tables give a code each of its names.
type Names<'a> = HashMap<&'a str, usize>;

/// Doubts rows whose name tells of another name of their code that as many tables give or more: the same characters in
/// another order, or a part of it, or more than it.
pub(super) fn doubt(regions: &mut [Region]) {
    let of_region = |region: &Region| {
        let mut levels = BTreeMap::new();
        let rows = if let Region::Table(table) = region { table.rows.as_slice() } else { &[] };
        rows.iter().map(|row| named(row, &mut levels)).collect()
    };
    let named: Vec<Vec<Vec<(String, String)>>> = regions.iter().map(of_region).collect();
    let mut known: HashMap<&str, Names<'_>> = HashMap::new();
    for table in &named {
        let own: BTreeSet<&(String, String)> = table.iter().flatten().collect();
        for (code, name) in own {
            *known.entry(code).or_default().entry(name).or_default() += 1;
        }
    }
    let is_torn = |(code, name): &(String, String)| known.get(code.as_str()).is_some_and(|names| is_torn(name, names));
    for (region, named) in regions.iter_mut().zip(&named) {
        let Region::Table(table) = region else { continue };
        for (row, _) in table.rows.iter_mut().zip(named).filter(|(_, named)| named.iter().any(is_torn)) {
            let figures = row.cells.iter_mut().flatten().filter(|cell| class(&cell.text) == Class::Amount);
            figures.for_each(|cell| _ = cell.doubt.get_or_insert(Doubt::NamesTorn));
        }
    }
}

/// The codes of a row, each with the name right of it; of a code in several columns, which rows below share, each level is
/// known from the last row that shows it.
fn named(row: &TableRow, levels: &mut BTreeMap<usize, String>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut is_named = true;
    for (column, cell) in row.cells.iter().enumerate() {
        let Some(text) = cell.as_ref().map(|cell| bare(&cell.text)) else { continue };
        if is_code(&text) {
            levels.split_off(&column);
            levels.insert(column, text);
            is_named = false;
        } else if class(&text) == Class::Words && !std::mem::replace(&mut is_named, true) {
            let class = levels.iter().rfind(|(_, level)| level.len() >= LEAST_DIGITS).map_or(0, |(column, _)| *column);
            let code: String = levels.range(class..).map(|(_, level)| level.as_str()).collect();
            found.push((code, text));
        }
    }
    found.retain(|(code, _)| code.len() >= LEAST_DIGITS);
    found
}

/// Whether a name is a mangled form of another that as many tables give.
fn is_torn(name: &str, names: &Names<'_>) -> bool {
    let n_own = names.get(name).copied().unwrap_or(0);
    let sorted = |text: &str| {
        let mut chars: Vec<char> = text.chars().collect();
        chars.sort_unstable();
        chars
    };
    let own = sorted(name);
    let is_like = |other: &str| other.contains(name) || name.contains(other) || sorted(other) == own;
    names.len() <= MAX_NAMES && names.iter().any(|(other, n)| *other != name && *n >= n_own && is_like(other))
}

#[cfg(test)]
mod tests {
    use super::super::super::drawn;
    use super::*;
    use crate::segment::TableRegion;

    /// The last row of the last of some tables, after the doubt.
    fn last(tables: &[&str]) -> String {
        let table = |text: &&str| {
            Region::Table(TableRegion { rows: text.lines().map(drawn::row).collect(), ..TableRegion::default() })
        };
        let mut regions: Vec<Region> = tables.iter().map(table).collect();
        doubt(&mut regions);
        match regions.last() {
            Some(Region::Table(table)) => table.rows.last().map(drawn::shown).unwrap_or_default(),
            _ => String::new(),
        }
    }

    #[test]
    fn a_name_with_more_or_less_than_its_code_has_elsewhere_is_torn() {
        let other = "2100799|其他计划生育事务支出|1.00";
        assert_eq!(last(&[other, "2100799|某某其他计划生育事务支出|1.00"]), "2100799|某某其他计划生育事务支出|1.00?");
        assert_eq!(
            last(&[other, "21007|99|其他计划生育|1.00"]),
            "21007|99|其他计划生育|1.00?",
            "a code in two columns"
        );
        assert_eq!(last(&[other, "2100799|其他计划生育事务支出|1.00"]), "2100799|其他计划生育事务支出|1.00");
    }

    #[test]
    fn a_name_whose_lines_changed_places_is_torn() {
        let other = "2296002|用于社会福利的彩票公益金支出|1.00";
        assert_eq!(
            last(&[other, "2296002|金支出用于社会福利的彩票公益|1.00"]),
            "2296002|金支出用于社会福利的彩票公益|1.00?"
        );
    }

    #[test]
    fn a_name_that_more_tables_give_and_one_of_another_year_are_no_torn_ones() {
        let torn = "20802|管理事务|1.00";
        let own = "20802|民政管理事务|1.00";
        assert_eq!(last(&[torn, own, own]), own);
        assert_eq!(last(&["21203|城乡社区公共设施|1.00", "21203|市政设施建设|1.00"]), "21203|市政设施建设|1.00");
    }
}
