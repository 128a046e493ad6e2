//! What a dump must show before an amount's column counts as proven; sums alone hold in the wrong columns too.

use std::collections::BTreeSet;

use super::super::item::{Class, Item, class, items};
use super::super::line::Line;
use super::sums::{self, across, value};
use crate::segment::TableRow;
use crate::segment::doubt::Doubt;
use crate::terms::column::ColumnRole;
use crate::terms::header::HeaderWord;
use rust_decimal::Decimal;

/// How the whole dump shows its tables.
pub(in crate::segment::text) struct Shown {
    /// Blank cells leave spaces, so that a row's amounts tell their columns.
    blanks: bool,
    /// Its gaps were shortened, so that nothing tells which lines are of one row.
    shortened: bool,
    /// Rows stand above the first title: an extractor wrote titles after their tables, and each is the next one's.
    titles_follow: bool,
    /// Pages that do not show which title stands over which rows.
    untitled: BTreeSet<u32>,
}

/// One line can be damaged; so many say how an extractor writes.
const LEAST_LINES: usize = 3;

impl Shown {
    /// `n_above` lines stand above the first title; on the `untitled` pages titles and rows are in no order; of `shortened`
    /// gaps nothing tells which lines are of one row.
    pub(in crate::segment::text) fn of(
        lines: &[Line],
        n_above: usize,
        untitled: BTreeSet<u32>,
        shortened: bool,
    ) -> Self {
        let has_blank = |line: &&Line| {
            let items = items(&line.text);
            // Spaces before the first text can be its indent.
            let shown = items.iter().skip_while(|item| **item == Item::Blank);
            let has_amount = items.iter().any(Item::is_amount);
            has_amount && shown.into_iter().any(|item| *item == Item::Blank)
        };
        let above = lines.get(..n_above).unwrap_or_default();
        Self {
            shortened,
            blanks: lines.iter().filter(has_blank).nth(LEAST_LINES - 1).is_some(),
            titles_follow: above.iter().filter(|line| is_row(&line.text)).nth(LEAST_LINES - 1).is_some(),
            untitled,
        }
    }

    /// Whether a table's title may be another's.
    fn is_untitled(&self, rows: &[TableRow]) -> bool {
        self.titles_follow || rows.iter().any(|row| self.untitled.contains(&row.provenance.page))
    }
}

/// Whether a line is a name and amounts, and no part of a sentence.
fn is_row(text: &str) -> bool {
    let last = text.split_whitespace().last();
    last.is_some_and(|last| class(last) == Class::Amount && last.contains('.'))
        && text.split_whitespace().count() > 1
        && !text.contains(['，', '。', '；', '：'])
}

/// Why it is not proven that a table's amounts stand in their columns.
///
/// A header whose words say one thing and whose cells hold another is misread, and so is one where a sum has nothing
/// under its own name to sum up. Where blank cells are lost, only a header of one row tells the order of the columns,
/// and either every row is whole or the named parts must add up, in several rows with more than one part.
pub(super) fn lacking(
    shown: &Shown,
    loses_blanks: bool,
    rows: &[TableRow],
    paths: &[Vec<String>],
    roles: &[ColumnRole],
) -> Option<Doubt> {
    // No table ends with codes or names.
    let ends_with_names =
        matches!(roles.last(), Some(ColumnRole::Code | ColumnRole::Label)) && roles.contains(&ColumnRole::Amount);
    let is_flat = || paths.iter().all(|path| path.len() == 1);
    let shows_blanks = shown.blanks && !loses_blanks;
    match () {
        () if shown.shortened || shown.is_untitled(rows) => Some(Doubt::OrderUnclear),
        () if ends_with_names || holds_other(rows, roles) => Some(Doubt::HeaderMisfit),
        () if lacks_parts(paths, roles) => Some(Doubt::HeaderRivalled),
        () if shows_blanks || (is_flat() && (is_whole(rows, roles) || adds_up(rows, paths, roles))) => None,
        () => Some(Doubt::BlanksLost),
    }
}

/// Whether some rows end with a space, for a blank cell, and others lack their last cells without one: cells that hold a space
/// leave one then, and empty ones nothing. Of a table with names on both sides nothing is said.
pub(super) fn loses_blanks(lines: &[Line], roles: &[ColumnRole]) -> bool {
    let Some(first) = roles.iter().position(|role| *role == ColumnRole::Amount) else { return false };
    let last = roles.get(first..).unwrap_or_default();
    if last.iter().any(|role| matches!(role, ColumnRole::Label | ColumnRole::Code)) {
        return false;
    }
    let (mut n_ending, mut n_short) = (0, 0);
    for line in lines {
        let items = items(&line.text);
        let Some(first) = items.iter().position(Item::is_amount) else { continue };
        if line.text.ends_with(' ') {
            n_ending += 1;
        } else {
            n_short += usize::from(items.len() - first < last.len());
        }
    }
    n_ending > 0 && n_short > 0
}

/// Whether a column's cells are of another kind than its header says.
fn holds_other(rows: &[TableRow], roles: &[ColumnRole]) -> bool {
    roles.iter().enumerate().any(|(column, role)| {
        let texts = || rows.iter().filter_map(|row| row.cell(column)).map(|cell| class(&cell.text));
        let n_other = match role {
            ColumnRole::Code => texts().filter(|class| *class == Class::Amount).count(),
            ColumnRole::Label => texts().filter(|class| *class != Class::Words).count(),
            ColumnRole::Amount | ColumnRole::Text => 0,
        };
        n_other > 1 && n_other * 2 > texts().count()
    })
}

/// Whether a sum stands under a name of its own without anything that it sums up.
fn lacks_parts(paths: &[Vec<String>], roles: &[ColumnRole]) -> bool {
    let sums = across(paths, roles);
    paths.iter().enumerate().any(|(column, path)| {
        let Some((leaf, own)) = path.split_last() else { return false };
        HeaderWord::of(leaf) == Some(HeaderWord::Total)
            && roles.get(column) == Some(&ColumnRole::Amount)
            && !own.is_empty()
            && !sums.iter().any(|sum| sum.total == column)
            && !paths.iter().enumerate().any(|(other, path)| other != column && path.starts_with(own))
    })
}

/// The amount columns of a table.
fn amount_columns(roles: &[ColumnRole]) -> impl Iterator<Item = usize> {
    roles.iter().enumerate().filter(|(_, role)| **role == ColumnRole::Amount).map(|(column, _)| column)
}

/// Whether each row that shows an amount shows one in every column.
fn is_whole(rows: &[TableRow], roles: &[ColumnRole]) -> bool {
    rows.iter().all(|row| {
        let n_shown = amount_columns(roles).filter(|column| value(row, *column).is_some()).count();
        n_shown == 0 || n_shown == amount_columns(roles).count()
    })
}

/// So many rows must add up; one or two may by chance.
const LEAST_SUMS: usize = 3;

/// Whether every amount column is a sum or a part of one that holds in rows with more than one part.
fn adds_up(rows: &[TableRow], paths: &[Vec<String>], roles: &[ColumnRole]) -> bool {
    let holds = |row: &&TableRow, total: usize, parts: &[usize]| {
        let parts: Vec<Decimal> = parts.iter().filter_map(|column| value(row, *column)).collect();
        let n_telling = parts.iter().filter(|part| !part.is_zero()).count();
        value(row, total).is_some_and(|total| n_telling > 1 && sums::adds_up(total, &parts))
    };
    let sums: Vec<_> = across(paths, roles)
        .into_iter()
        .filter(|sum| rows.iter().filter(|row| holds(row, sum.total, &sum.parts)).count() >= LEAST_SUMS)
        .collect();
    amount_columns(roles).all(|column| sums.iter().any(|sum| sum.total == column || sum.parts.contains(&column)))
}

#[cfg(test)]
mod tests {
    use super::super::super::drawn::{self, lines};
    use super::*;

    const NO_BLANKS: Shown = Shown { shortened: false, blanks: false, titles_follow: false, untitled: BTreeSet::new() };
    const BLANKS: Shown = Shown { shortened: false, blanks: true, titles_follow: false, untitled: BTreeSet::new() };

    /// Whether a table that is drawn lacks proof.
    fn lacks(shown: &Shown, header: &str, roles: &str, body: &str) -> bool {
        let rows: Vec<TableRow> = body.lines().map(drawn::row).collect();
        lacking(shown, false, &rows, &drawn::paths(header), &drawn::roles(roles)).is_some()
    }

    const HEADER: &str = "项目|合计|基本支出|项目支出";

    #[test]
    fn blank_cells_that_leave_spaces_prove_the_columns() {
        assert!(!lacks(&BLANKS, HEADER, "laaa", "甲|4.00|4.00|·"));
        assert!(lacks(&NO_BLANKS, HEADER, "laaa", "甲|4.00|4.00|·"));
    }

    #[test]
    fn spaces_at_the_ends_of_some_rows_alone_do_not_show_blank_cells() {
        let loses = |text: &str, roles: &str| loses_blanks(&lines(text), &drawn::roles(roles));
        let whole = "甲 9.00 4.00 5.00  \n乙 9.00 9.00   \n丙 9.00  9.00  \n";
        let short = "丁 9.00 9.00\n戊 9.00 9.00 9.00\n己 9.00 9.00\n";
        assert!(!loses(whole, "laaat"));
        assert!(loses(&format!("{whole}{short}"), "laaat"));
        assert!(!loses(short, "laaat"), "they may be cut off");
        // An amount of the right side stands right of others that are blank.
        assert!(!loses(&format!("{whole}{short}"), "lalaa"));
    }

    #[test]
    fn without_blank_cells_whole_rows_prove_a_flat_header() {
        assert!(!lacks(&NO_BLANKS, HEADER, "laaa", "甲|4.00|4.00|0.00\n乙|3.00|1.00|2.00\n丙|·|·|·"));
        assert!(lacks(&NO_BLANKS, "项目|数/合计|数/基本支出|数/项目支出", "laaa", "甲|4.00|4.00|0.00"));
    }

    #[test]
    fn without_blank_cells_three_sums_of_several_parts_prove_a_flat_header() {
        let two = "甲|9.00|4.00|5.00\n乙|3.00|1.00|2.00\n丙|1.00|1.00|·";
        assert!(lacks(&NO_BLANKS, HEADER, "laaa", two));
        assert!(!lacks(&NO_BLANKS, HEADER, "laaa", &format!("{two}\n丁|7.00|5.00|2.00")));
    }

    #[test]
    fn a_dump_whose_gaps_were_shortened_proves_nothing() {
        assert!(lacks(&Shown { shortened: true, ..BLANKS }, HEADER, "laaa", "甲|4.00|4.00|0.00"));
    }

    #[test]
    fn a_dump_whose_titles_follow_their_tables_proves_nothing() {
        let follow = Shown { titles_follow: true, ..BLANKS };
        assert!(lacks(&follow, HEADER, "laaa", "甲|4.00|4.00|·"));
        let rows = "甲 1.00 1.00\n乙 2.00 2.00\n丙 3.00 3.00\n某某表";
        assert!(
            Shown::of(&lines(rows), 3, BTreeSet::new(), false).titles_follow
                && !Shown::of(&lines(rows), 2, BTreeSet::new(), false).titles_follow
        );
    }

    #[test]
    fn three_rows_with_gaps_show_that_blank_cells_leave_spaces() {
        let gaps = |n: usize| Shown::of(&lines(&"甲 1.00  2.00\n".repeat(n)), 0, BTreeSet::new(), false).blanks;
        assert!(gaps(3) && !gaps(2));
        assert!(
            !Shown::of(&lines(&"  甲 1.00 2.00\n".repeat(5)), 0, BTreeSet::new(), false).blanks,
            "an indent is no blank cell"
        );
    }

    #[test]
    fn no_table_ends_with_names() {
        assert!(lacks(&BLANKS, "合计|项目", "al", "4.00|甲"));
    }

    #[test]
    fn a_column_that_holds_other_things_than_its_header_says_is_misread() {
        assert!(lacks(&BLANKS, "编码|项目|合计", "cla", "1.00|甲|4.00\n2.00|乙|5.00"));
        assert!(lacks(&BLANKS, "编码|项目|合计", "cla", "201|3.00|4.00\n202|2.00|5.00"));
        assert!(!lacks(&BLANKS, "编码|项目|合计", "cla", "201|甲|4.00\n2.00|乙|5.00"), "one cell may be damaged");
    }

    #[test]
    fn a_sum_under_a_name_of_its_own_needs_what_it_sums_up() {
        assert!(lacks(&BLANKS, "项目|收入/合计|上年结转", "laa", "甲|4.00|4.00"));
        assert!(!lacks(&BLANKS, "项目|收入/合计|收入/基本支出", "laa", "甲|4.00|4.00"));
    }
}
