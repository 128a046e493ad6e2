//! Pages whose places do not tell which columns they show: which ones, told by what the table adds up to.

use std::collections::BTreeSet;

use super::super::guess::roles;
use super::super::item::{Class, class};
use super::super::table::doubt::Balance;
use super::super::table::sums::Sums;
use crate::segment::doubt::Doubt;
use crate::segment::{Cell, TableRegion};
use crate::terms::column::ColumnRole;

/// So many ways to lay out a page's columns are tried, each over every row of the table.
const MAX_WAYS: usize = 2_000;

/// A column stands at most so many columns from its own.
const MAX_MOVED: usize = 4;

/// The rows that are looked at for all of them.
const MAX_ROWS: usize = 400_000;

/// Moves the amounts of unsure pages to the columns that the table's sums bear out best.
///
/// What is blank on a page leaves no room there: the places tell only the order of its columns.
pub(super) fn settle(table: &mut TableRegion, unsure: &BTreeSet<u32>) {
    let roles = roles(table);
    let pages: Vec<u32> = table.pages.iter().copied().filter(|page| unsure.contains(page)).collect();
    if pages.is_empty() {
        return;
    }
    let sums = Sums::of(&table.rows, &table.columns, &roles);
    for page in pages {
        let of_page = |row: &crate::segment::TableRow| row.provenance.page == page;
        let cells =
            |column: usize| table.rows.iter().filter(|row| of_page(row)).filter_map(move |row| row.cell(column));
        let is_shown = |column: usize| cells(column).any(|cell| class(&cell.text) != Class::Words);
        // What stands surely under a header of its own page stays.
        let is_sure = |cell: &Cell| cell.doubt.is_none() && class(&cell.text) == Class::Amount;
        let has_header = table.pages.first() == Some(&page);
        let stays = |column: usize| has_header && cells(column).any(is_sure);
        let columns: Vec<Place> = places(&roles);
        let shown = columns.iter().filter(|place| is_shown(place.column));
        let shown: Vec<Place> = shown.map(|place| Place { stays: stays(place.column), ..*place }).collect();
        let ways = ways(&shown, &columns);
        if ways.len() < 2 || ways.len() > MAX_WAYS || ways.len() * table.rows.len() > MAX_ROWS {
            continue;
        }
        let own: Vec<usize> = shown.iter().map(|place| place.column).collect();
        let mut best = (Balance::of(&table.rows, &sums), table.rows.clone());
        for way in ways.iter().filter(|way| **way != own) {
            let mut rows = table.rows.clone();
            for row in rows.iter_mut().filter(|row| of_page(row)) {
                let texts: Vec<_> =
                    own.iter().map(|column| row.cells.get_mut(*column).and_then(Option::take)).collect();
                for ((column, before), mut text) in way.iter().zip(&own).zip(texts) {
                    // What sums have placed they do not prove.
                    if let Some(cell) = text.as_mut().filter(|_| column != before) {
                        cell.doubt = Some(Doubt::PlacesUnclear);
                    }
                    if let Some(slot) = row.cells.get_mut(*column) {
                        *slot = text;
                    }
                }
            }
            let balance = Balance::of(&rows, &sums);
            if balance.is_better(best.0) {
                best = (balance, rows);
            }
        }
        table.rows = best.1;
    }
}

/// A column of amounts, and how many columns of names and codes stand left of it.
#[derive(Clone, Copy)]
struct Place {
    column: usize,
    side: usize,
    /// Its amounts are not moved.
    stays: bool,
}

fn places(roles: &[ColumnRole]) -> Vec<Place> {
    let mut side = 0;
    let mut places = Vec::new();
    for (column, role) in roles.iter().enumerate() {
        match role {
            ColumnRole::Amount => places.push(Place { column, side, stays: false }),
            _ => side += 1,
        }
    }
    places
}

/// The columns that the shown ones may be, in their order and on their sides of the names, those that move least first.
fn ways(shown: &[Place], columns: &[Place]) -> Vec<Vec<usize>> {
    let mut ways: Vec<Vec<usize>> = vec![Vec::new()];
    for place in shown {
        let mut longer = Vec::new();
        for way in &ways {
            let free = columns
                .iter()
                .filter(|other| other.side == place.side)
                .filter(|other| other.column.abs_diff(place.column) <= if place.stays { 0 } else { MAX_MOVED })
                .filter(|other| way.last().is_none_or(|last| other.column > *last));
            for other in free {
                let mut way = way.clone();
                way.push(other.column);
                longer.push(way);
            }
        }
        if longer.len() > MAX_WAYS {
            return Vec::new();
        }
        ways = longer;
    }
    let moved = |way: &Vec<usize>| way.iter().zip(shown).map(|(at, place)| at.abs_diff(place.column)).sum::<usize>();
    ways.sort_by_key(moved);
    ways
}

#[cfg(test)]
mod tests {
    use super::super::super::drawn;
    use super::*;

    #[test]
    fn a_page_with_fewer_columns_is_laid_out_so_that_the_table_adds_up() {
        let mut table = TableRegion {
            pages: vec![1, 2],
            columns: drawn::paths("编码|名称|合计|甲|乙"),
            rows: ["·|合计|5.00|2.00|3.00", "201|某支出|2.00|2.00|·", "202|别支出|3.00|3.00|·"].map(drawn::row).into(),
            ..TableRegion::default()
        };
        table.rows[2].provenance.page = 2;
        settle(&mut table, &BTreeSet::from([2]));
        assert_eq!(drawn::shown(&table.rows[2]), "202|别支出|3.00|·|3.00?");
    }

    #[test]
    fn what_is_sure_under_its_own_header_stays_and_the_others_move() {
        let mut table = TableRegion {
            pages: vec![1],
            columns: drawn::paths("编码|名称|拨款/小计|拨款/甲|拨款/乙|丙|丁"),
            rows: vec![drawn::row("201|某支出|5.00|3.00|·|2.00|9.00")],
            ..TableRegion::default()
        };
        let doubted = table.rows[0].cells.iter_mut().take(6).flatten();
        doubted.for_each(|cell| cell.doubt = Some(Doubt::PlacesUnclear));
        settle(&mut table, &BTreeSet::from([1]));
        assert_eq!(drawn::shown(&table.rows[0]).replace('?', ""), "201|某支出|5.00|3.00|2.00|·|9.00");
        assert!(table.rows[0].cells[6].as_ref().is_some_and(|cell| cell.doubt.is_none()));
    }

    #[test]
    fn amounts_of_a_page_with_a_header_move_where_more_sums_hold_and_only_if_doubted() {
        let moved = |amount: &str, doubt: Option<Doubt>| {
            let mut table = TableRegion {
                pages: vec![1],
                columns: drawn::paths("编码|名称|拨款/小计|拨款/甲|拨款/乙|丙|丁"),
                rows: vec![drawn::row(&format!("201|某支出|5.00|3.00|·|{amount}|·"))],
                ..TableRegion::default()
            };
            table.rows[0].cells.iter_mut().flatten().for_each(|cell| cell.doubt = doubt);
            settle(&mut table, &BTreeSet::from([1]));
            drawn::shown(&table.rows[0]).replace('?', "")
        };
        assert_eq!(moved("2.00", Some(Doubt::PlacesUnclear)), "201|某支出|5.00|3.00|2.00|·|·");
        assert_eq!(moved("2.00", None), "201|某支出|5.00|3.00|·|2.00|·");
        // To leave a sum that fails is not to make one hold.
        assert_eq!(moved("9.00", Some(Doubt::PlacesUnclear)), "201|某支出|5.00|3.00|·|9.00|·");
    }
}
