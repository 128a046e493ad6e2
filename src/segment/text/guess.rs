//! Amounts of tables whose walls no rulings show, and which may stand in another column, are marked as guesses.

use super::item::{Class, class, is_code, is_whole_code, most};
use super::run_together::RunTogether;
use super::table::{doubt, uses};
use crate::segment::doubt::Doubt;
use crate::segment::header::bare;
use crate::segment::opening::is_enumerated;
use crate::segment::{Cell, TableRegion, TableRow};
use crate::terms::column::{ColumnRole, role_of};
use crate::terms::header::{HeaderWord, holds_counts, is_subtotal, is_total};

/// Marks the amounts that may stand in another column: in whole tables where names stand among amounts, or amounts in the
/// header, and beside rows that lack a name. So are names in a column of amounts. `by_models` says that models read the table
/// of a picture.
pub(in crate::segment) fn mark(table: &mut TableRegion, by_models: bool) {
    let of_table = of_table(table, by_models);
    // 小计 does not say of what.
    let is_name = |text: &str| class(text) == Class::Words && !is_subtotal(text);
    let named = |row: &TableRow| {
        let texts = || row.cells.iter().flatten().map(|cell| cell.text.trim());
        // 合计 has no code; the one beside it is the next row's.
        let is_mixed = texts().any(is_total) && texts().any(is_whole_code);
        texts().any(is_name) && !texts().any(doubt::is_glued) && !is_mixed
    };
    let pushed: Vec<bool> = table.rows.iter().map(|row| is_pushed(row, &table.columns)).collect();
    // A row without a name is a part of another, and so are the two; or all names went another way.
    let roles = roles(table);
    let paired = paired_names(table, &roles);
    let is_nameless = is_nameless(table);
    let is_torn =
        |row: &TableRow| !named(row) && !is_nameless || doubt::has_torn_name(row, &roles) || lacks_name(row, &paired);
    let above = |idx: usize| idx.checked_sub(1).and_then(|above| table.rows.get(above));
    let is_cut =
        |(idx, row): (usize, &TableRow)| is_torn(row) || above(idx).is_some_and(|above| is_cut_total(above, row));
    let torn: Vec<bool> = table.rows.iter().enumerate().map(is_cut).collect();
    let run_together = RunTogether::of(table);
    let misplaced = uses::misplaced(&table.rows, &table.columns, &roles);
    for (idx, row) in table.rows.iter_mut().enumerate() {
        for (cell, role) in row.cells.iter_mut().zip(&roles) {
            let astray = cell.as_mut().filter(|cell| *role == ColumnRole::Amount && is_name(cell.text.trim()));
            if let Some(cell) = astray
                && cell.text.chars().count() > 1
            {
                cell.doubt.get_or_insert(Doubt::HeaderMisfit);
            }
        }
        let near = torn.get(idx.saturating_sub(1)..(idx + 2).min(torn.len())).unwrap_or_default();
        let of_row = near.contains(&true).then_some(Doubt::NamesTorn);
        let is_run = row.cells.iter().any(|cell| run_together.is_two(cell));
        let of_row = of_row.or(is_run.then_some(Doubt::NumbersTorn));
        let of_row = of_row.or((pushed.get(idx) == Some(&true)).then_some(Doubt::PlacesUnclear));
        let reached = run_together.open(row, &roles);
        let page = row.provenance.page;
        for (column, cell) in row.cells.iter_mut().enumerate() {
            let is_reached = reached.is_some_and(|columns| columns.contains(&column));
            let doubt = of_table.or(of_row).or(is_reached.then_some(Doubt::NumbersTorn));
            let doubt = doubt.or(misplaced.contains(&(page, column)).then_some(Doubt::HeaderMisfit));
            if let (Some(doubt), Some(cell)) = (doubt, cell.as_mut().filter(|cell| class(&cell.text) != Class::Words)) {
                cell.doubt.get_or_insert(doubt);
            }
        }
    }
}

/// Marks all amounts of a table whose header is a row of amounts: it goes on with another table, and what its columns are is
/// said there.
pub(in crate::segment) fn mark_headless(table: &mut TableRegion) {
    if has_amount_in_header(table) {
        let cells = table.rows.iter_mut().flat_map(|row| row.cells.iter_mut().flatten());
        let figures = cells.filter(|cell| class(&cell.text) != Class::Words);
        figures.for_each(|cell| _ = cell.doubt.get_or_insert(Doubt::HeaderUnlikely));
    }
}

/// Marks the names that an amount of their row has run into.
pub(in crate::segment) fn mark_glued(table: &mut TableRegion) {
    let cells = table.rows.iter_mut().flat_map(|row| row.cells.iter_mut().flatten());
    let glued = cells.filter(|cell| doubt::is_glued(cell.text.trim()));
    glued.for_each(|cell| _ = cell.doubt.get_or_insert(Doubt::NumbersTorn));
}

fn has_amount_in_header(table: &TableRegion) -> bool {
    table.columns.iter().flatten().any(|name| class(name) == Class::Amount)
}

/// Whether a table is one row of amounts below names of money alone: it has no column of names that a name could be lost of.
fn is_nameless(table: &TableRegion) -> bool {
    let is_money = |path: &Vec<String>| {
        let official = path.iter().all(|name| HeaderWord::of(&bare(name)).is_some());
        official && path.last().and_then(|leaf| role_of(leaf, path)) == Some(ColumnRole::Amount)
    };
    let is_amount = |cell: &Cell| class(&cell.text) == Class::Amount;
    table.rows.len() == 1
        && table.columns.iter().all(is_money)
        && table.rows.iter().flat_map(|row| row.cells.iter().flatten()).all(is_amount)
}

/// Columns of names with another right of them, each with the characters of its longest name beside one there.
fn paired_names(table: &TableRegion, roles: &[ColumnRole]) -> Vec<(usize, usize)> {
    let is_pair = |left: &usize| roles.get(*left..left + 2) == Some(&[ColumnRole::Label, ColumnRole::Label]);
    let longest = |left: usize| {
        let beside = |row: &TableRow| n_chars(row, left + 1).and(n_chars(row, left));
        Some((left, table.rows.iter().filter_map(beside).max()?))
    };
    (0..roles.len()).filter(is_pair).filter_map(longest).collect()
}

/// Whether a row lacks the name in a column of names, and the one left of it is longer than any beside a name: it may be both.
fn lacks_name(row: &TableRow, paired: &[(usize, usize)]) -> bool {
    let is_longer = |left: usize, longest: usize| n_chars(row, left).is_some_and(|own| own > longest);
    paired.iter().any(|(left, longest)| n_chars(row, left + 1).is_none() && is_longer(*left, *longest))
}

/// Whether money stands under 备注 or the like: the text before it pushed it there.
fn is_pushed(row: &TableRow, columns: &[Vec<String>]) -> bool {
    let is_remark = |leaf: &String| HeaderWord::of(&bare(leaf)) == Some(HeaderWord::Text) && !holds_counts(leaf);
    let of_remarks = row.cells.iter().zip(columns).filter(|(_, path)| path.last().is_some_and(is_remark));
    let mut texts = of_remarks.filter_map(|(cell, _)| cell.as_ref()).map(|cell| cell.text.as_str());
    texts.any(|text| class(text) == Class::Amount && text.contains('.'))
}

/// Whether a row begins with 合计 right below a name without an amount, 本年支出: together they may be one name.
fn is_cut_total(above: &TableRow, row: &TableRow) -> bool {
    let Some(column) = row.cells.iter().position(Option::is_some) else { return false };
    let is_name = |text: &str| class(text) == Class::Words && !is_total(text) && !is_enumerated(text);
    let is_cut = text(row, column) == Some("合计") && text(above, column).is_some_and(is_name);
    column > 0 && is_cut && above.cell(column + 1).is_none()
}

/// What a row shows in a column.
fn text(row: &TableRow, column: usize) -> Option<&str> {
    Some(row.cell(column)?.text.trim())
}

/// How many characters a row shows in a column.
fn n_chars(row: &TableRow, column: usize) -> Option<usize> {
    Some(text(row, column)?.chars().count())
}

/// So many names in a column of amounts say that the columns are not told rightly.
const NAMES_IN_AMOUNTS: usize = 2;

/// What says against all columns of a table.
fn of_table(table: &TableRegion, by_models: bool) -> Option<Doubt> {
    let mixed = (0..table.columns.len()).any(|column| {
        let texts = || table.rows.iter().filter_map(|row| row.cell(column));
        let n_amounts = texts().filter(|cell| class(&cell.text) == Class::Amount).count();
        // The header printed once more says that the column is its own.
        let is_own = |text: &str| table.columns.get(column).is_some_and(|path| path.iter().any(|name| name == text));
        let n_names = texts().filter(|cell| class(&cell.text) == Class::Words && !is_own(cell.text.trim())).count();
        n_amounts > n_names && n_names >= NAMES_IN_AMOUNTS
    });
    let roles = roles(table);
    // An amount among the names of its row: the walls of that row are others.
    let is_shifted = |row: &TableRow| {
        let texts =
            || row.cells.iter().zip(&roles).filter_map(|(cell, role)| Some((cell.as_ref()?.text.trim(), *role)));
        texts().any(|(text, _)| class(text) == Class::Words)
            && texts()
                .any(|(text, role)| role == ColumnRole::Label && class(text) == Class::Amount && text.contains('.'))
    };
    match () {
        () if has_amount_in_header(table) => Some(Doubt::HeaderUnlikely),
        () if names_columns_in_caption(table) => Some(Doubt::HeaderMisfit),
        () if mixed || table.rows.iter().any(is_shifted) => Some(Doubt::HeaderMisfit),
        () if is_of_words(&roles) => Some(Doubt::OrderUnclear),
        () => doubt::of_table(&table.rows, &table.columns, &roles, by_models),
    }
}

/// Whether a line of a table's caption is names of columns, or one of money: the header has lost its first line.
fn names_columns_in_caption(table: &TableRegion) -> bool {
    let word = |text: &str| HeaderWord::of(&bare(text));
    let names_all = |line: &str| line.split('\t').all(|text| word(text).is_some());
    let is_header = |line: &str| word(line) == Some(HeaderWord::Amount) || (line.contains('\t') && names_all(line));
    table.caption.iter().any(|line| is_header(&line.text))
}

/// A table of so many columns of words has few amounts, each for several rows; which row it stands in tells nothing.
const WORDY: usize = 4;

/// Words with amounts right of them are the names of a side; four sides have as many.
fn is_of_words(roles: &[ColumnRole]) -> bool {
    let is_label = |role: &ColumnRole| *role == ColumnRole::Label;
    let is_side = |pair: &[ColumnRole]| matches!(pair, [ColumnRole::Label, ColumnRole::Amount]);
    let n_labels = roles.iter().filter(|role| is_label(role)).count();
    n_labels >= WORDY && roles.windows(2).filter(|pair| is_side(pair)).count() < n_labels
}

/// Whether each column holds amounts, by most of its texts.
pub(in crate::segment) fn holds_amounts(table: &TableRegion) -> Vec<bool> {
    roles(table).into_iter().map(|role| role == ColumnRole::Amount).collect()
}

/// Whether each column holds an amount at all.
pub(in crate::segment) fn holds_an_amount(table: &TableRegion) -> Vec<bool> {
    let is_amount = |cell: &Cell| class(&cell.text) == Class::Amount;
    let of_column = |column: usize| table.rows.iter().filter_map(move |row| row.cell(column));
    (0..table.columns.len()).map(|column| of_column(column).any(is_amount)).collect()
}

/// What each column holds, by most of its texts.
pub(super) fn roles(table: &TableRegion) -> Vec<ColumnRole> {
    (0..table.columns.len())
        .map(|column| {
            let cells = table.rows.iter().filter_map(|row| row.cell(column));
            let vote = |cell: &Cell| match class(&cell.text) {
                Class::Words => 2,
                Class::Number if is_code(&cell.text) => 1,
                Class::Number | Class::Amount => 0,
            };
            match most(cells.map(vote)) {
                Some(2) => ColumnRole::Label,
                Some(1) => ColumnRole::Code,
                _ => ColumnRole::Amount,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::drawn;
    use super::super::line::text_line;
    use super::*;

    /// The rows of a drawing after marking; its first line is the header.
    fn marked(text: &str) -> Vec<String> {
        let mut lines = text.lines();
        let columns = drawn::paths(lines.next().unwrap_or_default());
        let rows = lines.map(drawn::row).collect();
        let mut table = TableRegion { columns, rows, pages: vec![1], ..TableRegion::default() };
        mark(&mut table, false);
        table.rows.iter().map(drawn::shown).collect()
    }

    #[test]
    fn rows_with_names_below_fitting_headers_are_no_guesses() {
        assert_eq!(marked("编码|项目|合计\n·|合计|9.00\n201|甲项|9.00"), ["·|合计|9.00", "201|甲项|9.00"]);
    }

    #[test]
    fn a_name_longer_than_any_beside_another_where_that_is_blank_may_be_both() {
        let rows = "一级|二级|合计\n甲类服务|会议服务|9.00\n甲类服务|监督服务|9.00\n乙类服务|评价服务|9.00\n";
        let last = |row: &str| marked(&format!("{rows}{row}")).pop().unwrap_or_default();
        assert_eq!(last("丙类评价服务评价服务|·|9.00"), "丙类评价服务评价服务|·|9.00?");
        assert_eq!(last("丙类服务|·|9.00"), "丙类服务|·|9.00");
    }

    #[test]
    fn names_of_columns_in_the_caption_are_lost_to_the_header() {
        let caption = |text: &str| TableRegion { caption: vec![text_line(text, 1)], ..TableRegion::default() };
        assert!(names_columns_in_caption(&caption("收入\t支出")));
        assert!(!names_columns_in_caption(&caption("部门：某某局\t单位：万元")));
        assert!(!names_columns_in_caption(&caption("收入支出")));
        assert!(names_columns_in_caption(&caption("公务用车购置及运行维护费")));
    }

    #[test]
    fn a_row_without_a_name_and_those_beside_it_are_guesses() {
        assert_eq!(
            marked("项目|合计\n甲项|9.00\n·|8.00\n乙项|7.00\n丙项|6.00"),
            ["甲项|9.00?", "·|8.00?", "乙项|7.00?", "丙项|6.00"]
        );
    }

    #[test]
    fn a_total_below_a_name_without_an_amount_may_be_the_end_of_it() {
        let rows = |above: &str| {
            marked(&format!(
                "项目|预算数|项目|预算数\n甲项|9.00|乙项|8.00\n丙项|7.00|{above}\n·|·|合计|8.00\n丁项|6.00|戊项|5.00"
            ))
        };
        assert_eq!(rows("本年支出|·")[2], "·|·|合计|8.00?");
        assert_eq!(rows("本年支出|8.00")[2], "·|·|合计|8.00");
    }

    #[test]
    fn money_under_a_remark_was_pushed_there() {
        let row =
            |row: &str| marked(&format!("项目|甲费|乙费|备注\n甲项|9.00|5.00|某某\n乙项|9.00|6.00|某某\n{row}")).pop();
        assert_eq!(row("丙项|9.00|·|4.00").as_deref(), Some("丙项|9.00?|·|4.00?"));
        assert_eq!(row("丙项|9.00|4.00|·").as_deref(), Some("丙项|9.00|4.00|·"));
    }

    #[test]
    fn a_header_of_amounts_is_none() {
        let headed = |header: &str| {
            let mut table = TableRegion {
                columns: drawn::paths(header),
                rows: vec![drawn::row("甲项|9.00")],
                ..TableRegion::default()
            };
            mark_headless(&mut table);
            drawn::shown(&table.rows[0])
        };
        assert_eq!(headed("某某项目|121.41"), "甲项|9.00?");
        assert_eq!(headed("项目|2031年"), "甲项|9.00");
    }

    #[test]
    fn a_name_with_the_amount_of_its_row_is_marked() {
        let mut table = TableRegion {
            rows: vec![drawn::row("甲项9.00|·"), drawn::row("乙项|8.00")],
            ..TableRegion::default()
        };
        mark_glued(&mut table);
        let is_marked = |row: &TableRow| row.cells[0].as_ref().is_some_and(|cell| cell.doubt.is_some());
        assert_eq!(table.rows.iter().map(is_marked).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn one_row_below_names_of_money_alone_has_lost_no_name() {
        assert_eq!(marked("合计|基本支出|项目支出\n9.00|8.00|1.00"), ["9.00|8.00|1.00"]);
        assert_eq!(marked("项目|基本支出|项目支出\n·|8.00|1.00"), ["·|8.00?|1.00?"]);
        assert_eq!(marked("合计|基本支出|项目支出\n9.00|8.00|1.00\n7.00|6.00|1.00")[0], "9.00?|8.00?|1.00?");
    }

    #[test]
    fn a_name_in_a_column_of_amounts_is_a_guess() {
        assert_eq!(marked("项目|合计\n甲项|9.00\n·|结转资金\n乙项|7.00\n丙项|6.00")[1], "·|结转资金?");
    }

    #[test]
    fn a_total_with_a_code_is_a_guess() {
        assert_eq!(
            marked("编码|项目|合计\n201|合计|9.00\n205|甲项|9.00\n206|乙项|9.00"),
            ["201?|合计|9.00?", "205?|甲项|9.00?", "206|乙项|9.00"]
        );
    }

    #[test]
    fn a_table_with_an_amount_among_its_names_is_guessed_whole() {
        assert_eq!(marked("款|项目|合计\n甲项|9.00|9.00\n乙项|丙项|9.00\n丁项|戊项|9.00")[2], "丁项|戊项|9.00?");
    }

    #[test]
    fn a_name_of_one_character_says_that_names_were_torn() {
        assert_eq!(marked("项目|合计\n办公经|9.00\n费|8.00\n印刷费|7.00")[2], "印刷费|7.00?");
    }

    #[test]
    fn sentences_and_two_names_in_one_are_no_header() {
        assert_eq!(marked("项目|事业收入其他收入\n甲项|9.00"), ["甲项|9.00?"]);
        assert_eq!(marked("项目|按进度完成，及时支付\n甲项|9.00"), ["甲项|9.00?"]);
        assert_eq!(marked("项目|财政拨款收入\n甲项|9.00"), ["甲项|9.00"]);
    }

    #[test]
    fn a_torn_name_says_nothing_of_rows_further_off() {
        assert_eq!(marked("项目|合计\n办公经|9.00\n费|8.00\n印刷费|7.00\n水费|6.00")[3], "水费|6.00");
    }

    #[test]
    fn amounts_that_have_run_together_doubt_their_row_and_the_columns_that_they_may_be_of() {
        let rows =
            marked("项目|甲费|乙费|丙费|丁费\n甲项|9.00|6.003.00|·|1.00\n乙项|8.00|5.00|·|2.00\n丙项|8.00|5.00|3.00|·");
        assert_eq!(rows, ["甲项|9.00?|6.003.00?|·|1.00?", "乙项|8.00?|5.00?|·|2.00", "丙项|8.00|5.00|3.00|·"]);
    }

    #[test]
    fn an_amount_and_the_code_beside_it_may_run_together() {
        let rows = marked("项目|决算数|编码|项目\n甲项|5.1230201|·|乙项\n丙项|5.00|30202|丁项\n戊项|5.00|30203|己项");
        assert_eq!(rows[0], "甲项|5.1230201?|·|乙项");
        assert_eq!(marked("项目|比例\n甲项|5.12302\n乙项|5.12304")[0], "甲项|5.12302");
    }

    #[test]
    fn decimals_apart_from_their_amount_doubt_its_row() {
        let rows = marked("项目|甲费|乙费\n甲项|24,500|.35\n乙项|8.00|5.00\n丙项|8.00|5.00");
        assert_eq!(rows, ["甲项|24,500?|.35?", "乙项|8.00|5.00", "丙项|8.00|5.00"]);
    }

    #[test]
    fn the_name_of_a_column_printed_again_in_it_is_no_name_astray() {
        let rows = |names: &str| marked(&format!("项目|总额\n甲项|9.00\n乙项|9.00\n{names}\n丙项|7.00\n丁项|7.00"));
        assert_eq!(rows("项目|总额\n项目|总额").last().map(String::as_str), Some("丁项|7.00"));
        assert_eq!(rows("项目|余款\n项目|余款").last().map(String::as_str), Some("丁项|7.00?"));
    }

    #[test]
    fn four_sides_with_amounts_each_are_no_table_of_words() {
        use ColumnRole::{Amount, Code, Label};
        assert!(!is_of_words(&[Code, Label, Amount, Label, Amount, Label, Amount, Label, Amount]));
        assert!(is_of_words(&[Label, Label, Label, Label, Amount]));
        assert!(is_of_words(&[Label, Amount, Label, Amount, Label, Amount, Label, Label]));
    }
}
