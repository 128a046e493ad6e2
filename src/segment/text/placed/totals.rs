//! A total that adds up the group beside it and leaves out what stands beyond belongs under that group.

use std::ops::Range;

use rust_decimal::Decimal;

use super::super::table::sums::value;
use crate::segment::TableRegion;
use crate::segment::doubt::Doubt;
use crate::terms::header::is_total;

/// Doubts the column of a total right before a group without a total of its own, where rows say that it is of the group:
/// 合计 beside 本年收入 (一般公共预算, 政府性基金) and 上年结转 that adds up 本年收入 alone.
pub(super) fn doubt(table: &mut TableRegion) {
    let outside: Vec<usize> = (0..table.columns.len()).filter(|column| is_of_group(table, *column)).collect();
    for row in &mut table.rows {
        for column in &outside {
            if let Some(cell) = row.cells.get_mut(*column).and_then(Option::as_mut) {
                cell.doubt.get_or_insert(Doubt::HeaderRivalled);
            }
        }
    }
}

fn is_of_group(table: &TableRegion, column: usize) -> bool {
    let Some(group) = group_beside(&table.columns, column) else { return false };
    let beyond = group.end..table.columns.len();
    let mut leaves_out = false;
    for row in &table.rows {
        let sum = |columns: Range<usize>| columns.filter_map(|column| value(row, column)).sum::<Decimal>();
        let (Some(total), own, rest) = (value(row, column), sum(group.clone()), sum(beyond.clone())) else { continue };
        if rest.is_zero() {
            continue;
        }
        if total != own {
            return false;
        }
        leaves_out = true;
    }
    leaves_out
}

/// The columns under the group right of a total that stands under none.
fn group_beside(columns: &[Vec<String>], column: usize) -> Option<Range<usize>> {
    let [total] = columns.get(column)?.as_slice() else { return None };
    let first = columns.get(column + 1).filter(|path| path.len() > 1)?.first()?;
    let rest = columns.get(column + 1..)?;
    let n = rest.iter().take_while(|path| path.len() > 1 && path.first() == Some(first)).count();
    let has_total = rest.iter().take(n).any(|path| path.last().is_some_and(|leaf| is_total(leaf)));
    (is_total(total) && !has_total).then_some(column + 1..column + 1 + n)
}

#[cfg(test)]
mod tests {
    use super::super::super::drawn;
    use super::*;

    #[test]
    fn a_total_that_leaves_out_what_stands_beyond_the_group_is_of_the_group() {
        let rows = |header: &str, row: &str| {
            let rows = vec![drawn::row("甲项|3.00|3.00|·|·"), drawn::row(row)];
            let mut table = TableRegion { columns: drawn::paths(header), rows, ..TableRegion::default() };
            doubt(&mut table);
            table.rows.iter().map(drawn::shown).collect::<Vec<_>>()
        };
        let header = "项目|合计|本年/甲|本年/乙|上年";
        assert_eq!(rows(header, "乙项|7.00|4.00|3.00|2.00"), ["甲项|3.00?|3.00|·|·", "乙项|7.00?|4.00|3.00|2.00"]);
        assert_eq!(rows(header, "乙项|9.00|4.00|3.00|2.00")[1], "乙项|9.00|4.00|3.00|2.00", "it is of all");
        assert_eq!(rows(header, "乙项|7.00|4.00|3.00|·")[1], "乙项|7.00|4.00|3.00|·", "nothing tells");
        let header = "项目|合计|本年/小计|本年/乙|上年";
        assert_eq!(rows(header, "乙项|3.00|3.00|·|2.00")[1], "乙项|3.00|3.00|·|2.00", "a total of its own");
    }
}
