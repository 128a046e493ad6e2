//! Tables that print their caption and header anew on each page are one.

use std::collections::HashSet;

use super::item::{Class, class, is_whole_code};
use crate::segment::continuation::without_mark;
use crate::segment::header::bare;
use crate::segment::{Region, TableRegion, TableRow};
use crate::terms::header::is_total;

/// Joins tables that follow right on the one that they go on with.
pub(super) fn joined(regions: Vec<Region>) -> Vec<Region> {
    let mut joined: Vec<Region> = Vec::with_capacity(regions.len());
    for region in regions {
        match (joined.last_mut(), region) {
            (Some(Region::Table(above)), Region::Table(table)) if goes_on(above, &table) => {
                above.pages.extend(table.pages);
                above.rows.extend(table.rows);
                above.notes.extend(table.notes);
            }
            (_, region) => joined.push(region),
        }
    }
    joined
}

/// Whether a table goes on with the one above it on the page before: under the same caption and the same header, with no
/// second total, and no code or name that the table has already.
fn goes_on(above: &TableRegion, table: &TableRegion) -> bool {
    let is_next = above.pages.last().zip(table.pages.first()).is_some_and(|(last, first)| last + 1 == *first);
    if !is_next || table.caption.is_empty() || caption(above) != caption(table) || above.columns != table.columns {
        return false;
    }
    let known: HashSet<String> = above.rows.iter().filter_map(key).collect();
    let has_total = |table: &TableRegion| {
        table.rows.iter().flat_map(|row| row.cells.iter().flatten()).any(|cell| is_total(&bare(&cell.text)))
    };
    let begins_anew = has_total(above) && has_total(table);
    !begins_anew && !table.rows.iter().filter_map(key).any(|key| known.contains(&key))
}

/// What tells a row from others: its code, or else its name.
fn key(row: &TableRow) -> Option<String> {
    let texts = || row.cells.iter().flatten().map(|cell| bare(&cell.text));
    let code = texts().find(|text| is_whole_code(text));
    code.or_else(|| texts().find(|text| class(text) == Class::Words))
}

/// All that a caption says.
fn caption(table: &TableRegion) -> String {
    table.caption.iter().map(|line| without_mark(&bare(&line.text)).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::drawn;
    use super::super::line::text_line;
    use super::*;

    /// How many tables are left of two on pages that follow each other, of these captions, headers and rows.
    fn n_left(tables: [(&str, &str, &str); 2]) -> usize {
        let table = |(page, (caption, header, row)): (u32, &(&str, &str, &str))| {
            let caption = vec![text_line(*caption, page)];
            let rows = vec![drawn::row(row)];
            Region::Table(TableRegion {
                pages: vec![page],
                caption,
                columns: drawn::paths(header),
                rows,
                notes: Vec::new(),
            })
        };
        joined((1..).zip(&tables).map(table).collect()).len()
    }

    #[test]
    fn a_table_under_the_same_caption_and_header_goes_on_with_the_one_above() {
        let first = ("支出预算表", "项目|合计", "合计|9.00");
        assert_eq!(n_left([first, ("支出预算表（续）", "项目|合计", "甲项|9.00")]), 1);
        assert_eq!(n_left([first, ("收入预算表", "项目|合计", "甲项|9.00")]), 2, "another caption");
        assert_eq!(n_left([first, ("支出预算表", "项目|金额", "甲项|9.00")]), 2, "another header");
        assert_eq!(n_left([first, ("支出预算表", "项目|合计", "合计|8.00")]), 2, "a total of its own");
        let coded = ("支出预算表", "编码|项目|合计", "205|教育支出|9.00");
        assert_eq!(n_left([coded, ("支出预算表", "编码|项目|合计", "20502|普通教育|9.00")]), 1);
        assert_eq!(n_left([coded, ("支出预算表", "编码|项目|合计", "205|教育支出|8.00")]), 2, "codes begin anew");
    }
}
