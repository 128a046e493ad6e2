//! Whether a table's own sums say that its columns are misread: then where its amounts stand is a guess.

use rust_decimal::Decimal;

use super::super::header::has_lone_amount;
use super::super::item::{Class, class, is_code};
use super::header_names::{has_parted_word, has_unlikely_name, is_basic_beside_parts, is_blend};
use super::sums::{Sums, across, adds_up, down, is_named_sum, value};
use super::{sides, texts};
use crate::arithmetic::down::Sum;
use crate::segment::TableRow;
use crate::segment::doubt::Doubt;
use crate::segment::opening::is_enumerated;
use crate::terms::column::ColumnRole;
use crate::terms::header::{HeaderWord, is_total};
use crate::terms::header_traits::{CODE_LEVELS, ENDS_OF_MONEY, HeaderTraits};

/// One sum that fails is an error of the report; so many, and this many times as many as hold, say that columns have
/// changed places.
const FAILING: usize = 2;

/// What a table's names and figures say against the reading of its columns; `by_models` where models read them of a picture.
pub(in crate::segment::text) fn of_table(
    rows: &[TableRow],
    paths: &[Vec<String>],
    roles: &[ColumnRole],
    by_models: bool,
) -> Option<Doubt> {
    match () {
        () if has_unlikely_name(paths) || has_parted_word(paths) => Some(Doubt::HeaderUnlikely),
        () if is_misfit(rows, paths) || sides::has_twins(paths, roles) || sides::has_lone_side(paths, roles) => {
            Some(Doubt::HeaderMisfit)
        }
        () if has_lone_amount(paths) => Some(Doubt::HeaderMisfit),
        () if sides::has_sides_for_columns(paths, roles) => Some(Doubt::HeaderMisfit),
        () if sides::is_zipped(rows, roles) => Some(Doubt::OrderUnclear),
        () if sides::has_lone_names(rows, roles) || sides::has_parted_code(rows, roles) => Some(Doubt::NamesTorn),
        () if has_lonely_group(paths, roles) => Some(Doubt::HeaderRivalled),
        () if is_contradicted(rows, paths, roles, by_models) => Some(Doubt::SumsBroken),
        () if has_stray_total(rows, paths, roles) => Some(Doubt::HeaderRivalled),
        () => None,
    }
}

/// Whether most rows break a sum that the header promises, or most sums down a column break.
fn is_contradicted(rows: &[TableRow], paths: &[Vec<String>], roles: &[ColumnRole], by_models: bool) -> bool {
    let across = across(paths, roles).into_iter();
    let mut down = down(rows, paths, roles);
    // A row whose code was misread looks like the head of those below it.
    down.retain(|sum| !by_models || is_named_sum(rows, roles, sum));
    let of_column = |column: usize| {
        let own = down.iter().filter(|sum| sum.columns.contains(&column)).cloned();
        own.map(|sum| Sum { columns: vec![column], ..sum }).collect()
    };
    let of_rows = across.map(|sum| Sums { across: vec![sum], down: Vec::new() });
    let of_columns = (0..paths.len()).map(|column| Sums { across: Vec::new(), down: of_column(column) });
    of_rows.chain(of_columns).any(|sums| Balance::of(rows, &sums).is_broken())
}

/// Whether a total has nothing to sum up while a column that is no total sums up those right of it: their names have
/// changed places.
fn has_stray_total(rows: &[TableRow], paths: &[Vec<String>], roles: &[ColumnRole]) -> bool {
    let is_total = |column: usize| {
        let leaf = paths.get(column).and_then(|path| path.last());
        leaf.is_some_and(|leaf| HeaderWord::of(leaf) == Some(HeaderWord::Total))
    };
    let promised = across(paths, roles);
    let is_amount = |column: usize| roles.get(column) == Some(&ColumnRole::Amount);
    let is_idle = |column: usize| is_total(column) && promised.iter().all(|sum| sum.total != column);
    if !(0..roles.len()).any(|column| is_amount(column) && is_idle(column)) {
        return false;
    }
    (0..roles.len()).filter(|column| is_amount(*column) && !is_total(*column)).any(|column| {
        let right: Vec<usize> = (column + 1..roles.len()).take_while(|other| is_amount(*other)).collect();
        let (mut n_telling, mut n_holding, mut n_failing) = (0, 0, 0);
        for row in rows {
            let parts: Vec<Decimal> = right.iter().filter_map(|other| value(row, *other)).collect();
            let Some(total) = value(row, column).filter(|_| !parts.is_empty()) else { continue };
            let holds = adds_up(total, &parts);
            *(if holds { &mut n_holding } else { &mut n_failing }) += 1;
            n_telling += usize::from(holds && parts.iter().filter(|part| !part.is_zero()).count() > 1);
        }
        n_telling >= FAILING && n_holding > FAILING * n_failing
    })
}

/// Whether a name may well end here.
pub(in crate::segment::text) fn ends_name(text: &str) -> bool {
    ENDS_OF_MONEY.iter().any(|end| text.ends_with(end))
}

/// Whether a group of the header stands over one column of amounts alone, beside others of its row that stand over several:
/// a group is printed for the columns that it has, so that this one has lost some to its neighbours, or is no group.
fn has_lonely_group(paths: &[Vec<String>], roles: &[ColumnRole]) -> bool {
    (0..paths.len()).filter(|column| roles.get(*column) == Some(&ColumnRole::Amount)).any(|column| {
        let Some(path) = paths.get(column) else { return false };
        (1..path.len()).any(|depth| {
            let own = path.get(..depth);
            let is_own = |other: usize| paths.get(other).is_some_and(|path| path.get(..depth) == own);
            (column == 0 || !is_own(column - 1)) && !is_own(column + 1)
        })
    })
}

/// What says against a table whose rows and columns are told by their order alone: one row that is damaged may have pushed
/// all others, and numbers under 编码 that are no codes of a classification may be money.
pub(in crate::segment::text) fn of_order(
    rows: &[TableRow],
    paths: &[Vec<String>],
    roles: &[ColumnRole],
) -> Option<Doubt> {
    let texts = || rows.iter().flat_map(|row| row.cells.iter().flatten()).map(|cell| cell.text.trim());
    let is_odd = |text: &str| class(text) != Class::Words && !is_code(text);
    match () {
        () if rows.iter().any(|row| has_torn_name(row, roles)) => Some(Doubt::NamesTorn),
        () if texts().any(is_two_amounts) || holds_money(rows, paths, is_odd) => Some(Doubt::HeaderMisfit),
        () => None,
    }
}

/// Whether a column that is none of money holds more texts of such a kind than words.
fn holds_money(rows: &[TableRow], paths: &[Vec<String>], is_money: impl Fn(&str) -> bool) -> bool {
    (0..paths.len()).any(|column| {
        let word = paths.get(column).and_then(|path| path.last()).and_then(|leaf| HeaderWord::of(leaf));
        let is_of_money = !matches!(word, Some(HeaderWord::Code | HeaderWord::Label | HeaderWord::Text));
        let texts = || of_column(rows, column);
        let n_money = texts().filter(|text| is_money(text)).count();
        !is_of_money && n_money >= FAILING && n_money > texts().filter(|text| class(text) == Class::Words).count()
    })
}

/// The texts of a column.
fn of_column(rows: &[TableRow], column: usize) -> impl Iterator<Item = &str> {
    let cells = rows.iter().filter_map(move |row| row.cell(column));
    cells.map(|cell| cell.text.trim()).filter(|text| !text.is_empty())
}

/// Whether a row's name is one character, the end of another, or begins with what only goes on: 、人员经费.
pub(in crate::segment::text) fn has_torn_name(row: &TableRow, roles: &[ColumnRole]) -> bool {
    let mut names = texts(row, roles, |role| role == ColumnRole::Label);
    let goes_on = |text: &str| text.starts_with(['、', '，', '）', ')', '》', '”']);
    // （本级） without whose it is.
    let is_bracket = |text: &str| {
        text.starts_with(['（', '(']) && text.find(['）', ')']).is_some_and(|at| text[at..].chars().count() == 1)
    };
    names.any(|text| class(text) == Class::Words && (text.chars().count() == 1 || goes_on(text) || is_bracket(text)))
}

/// Whether the header does not fit what stands below it: a row's name among its own, two columns' names in one, a column of words or codes under
/// the name of an amount or the other way round.
fn is_misfit(rows: &[TableRow], paths: &[Vec<String>]) -> bool {
    let is_general = |column: usize| {
        let leaf = paths.get(column).and_then(|path| path.last());
        leaf.is_some_and(|leaf| HeaderTraits::of(leaf).is_general)
    };
    let has_decimals = prints_decimals(rows);
    let is_money = |text: &str| match class(text) {
        Class::Amount => true,
        // Beside money with decimals 149001 is the code of a unit and 12 a line number.
        Class::Number => !has_decimals && !is_code(text),
        Class::Words => false,
    };
    // 合 and 计 apart are pieces of one name.
    let is_piece = |name: &String| name.chars().count() == 1 && HeaderWord::of(name).is_none();
    paths.iter().flatten().any(|name| is_enumerated(name) || is_piece(name) || is_blend(name))
        || holds_money(rows, paths, is_money)
        || has_blank_sum(rows, paths)
        || (0..paths.len()).any(|column| {
            let word = paths.get(column).and_then(|path| path.last()).and_then(|leaf| HeaderWord::of(leaf));
            let n_words = of_column(rows, column).filter(|text| class(text) == Class::Words).count();
            let n_amounts = of_column(rows, column).count() - n_words;
            // A column of names that is blank from top to bottom has lost them to the one beside it.
            let is_blank = rows.len() > FAILING && n_words + n_amounts == 0;
            match word {
                // 基本支出 over next to nothing, where what it is divided into is named beside it, is the group over that.
                _ if n_words + n_amounts < FAILING && is_basic_beside_parts(paths, column) => true,
                Some(HeaderWord::Label) if is_blank => true,
                // And 金额 over nothing is a group whose columns are named beside it.
                Some(HeaderWord::Amount) if is_blank && is_general(column) => true,
                Some(HeaderWord::Amount | HeaderWord::Total) => n_words >= FAILING && n_words > n_amounts,
                _ => false,
            }
        })
}

/// Whether a sum is blank on all of a page where the column right of it under the same names shows amounts: it has lost its own
/// to its parts.
fn has_blank_sum(rows: &[TableRow], paths: &[Vec<String>]) -> bool {
    let split = |column: usize| paths.get(column).and_then(|path| path.split_last());
    let is_sum = |column: &usize| {
        let (own, part) = (split(*column), split(column + 1));
        own.is_some_and(|(leaf, above)| is_total(leaf) && part.is_some_and(|(_, other)| other == above))
    };
    (0..paths.len()).filter(is_sum).any(|sum| {
        rows.chunk_by(|a, b| a.provenance.page == b.provenance.page).any(|page| {
            let n_parts = of_column(page, sum + 1).filter(|text| class(text) == Class::Amount).count();
            n_parts >= FAILING && of_column(page, sum).next().is_none()
        })
    })
}

/// Whether a table prints most of its money with decimals.
fn prints_decimals(rows: &[TableRow]) -> bool {
    let (mut n_with, mut n_without) = (0usize, 0usize);
    for text in rows.iter().flat_map(|row| row.cells.iter().flatten()).map(|cell| cell.text.trim()) {
        match class(text) {
            Class::Amount if text.contains('.') => n_with += 1,
            Class::Amount => n_without += 1,
            Class::Number | Class::Words => {}
        }
    }
    n_with > n_without
}

/// A list has no number of so many digits.
const LEAST_RUN: usize = 4;

/// Whether an amount stands within a name, or a number before its enumerator: cells have run together in its row.
pub(in crate::segment::text) fn is_glued(text: &str) -> bool {
    let is_amount = |bytes: &[u8]| match bytes {
        [before, b'.', a, b] | [before, b',', a, b] => [before, a, b].iter().all(|byte| byte.is_ascii_digit()),
        _ => false,
    };
    let is_before_enumerator = || {
        let rest = text.trim_start_matches(|ch: char| ch.is_ascii_digit());
        let n_digits = text.len() - rest.len();
        n_digits > 0 && is_enumerated(rest) && (n_digits >= LEAST_RUN || rest.starts_with(['（', '(']))
    };
    // 项合计: a name of the header and the total below it.
    let is_bare_total = |rest: &str| rest.chars().count() == 2 && is_total(rest);
    let has_level = || CODE_LEVELS.iter().any(|level| text.strip_prefix(level).is_some_and(is_bare_total));
    // 1,803.8-19103 is no name, but a figure misread.
    let has_name = || text.contains(char::is_alphabetic);
    let is_behind_amount = || has_name() && text.as_bytes().windows(4).any(is_amount);
    class(text) == Class::Words && (is_behind_amount() || is_before_enumerator() || has_level())
}

/// 829.162858.39: two amounts with two decimals each and nothing between.
pub(in crate::segment::text) fn is_two_amounts(text: &str) -> bool {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-'));
    is_number && text.matches('.').count() == 2 && text.find('.').is_some_and(|dot| text.len() > dot + 3)
}

/// How well a table's sums bear its columns out.
#[derive(Clone, Copy)]
pub(in crate::segment::text) struct Balance {
    n_held: usize,
    n_failed: usize,
}

impl Balance {
    /// Of the sums of a table, over its rows.
    pub(in crate::segment::text) fn of(rows: &[TableRow], sums: &Sums) -> Self {
        let value = |row: usize, column: usize| value(rows.get(row)?, column);
        let mut balance = Self { n_held: 0, n_failed: 0 };
        let mut weigh = |total: Option<Decimal>, parts: Vec<Decimal>| match total {
            Some(total) if !parts.is_empty() && adds_up(total, &parts) => balance.n_held += 1,
            // A zero may sum up blank cells.
            None if parts.is_empty() => {}
            Some(total) if parts.is_empty() && total.is_zero() => {}
            _ => balance.n_failed += 1,
        };
        for sum in &sums.across {
            for row in 0..rows.len() {
                weigh(value(row, sum.total), sum.parts.iter().filter_map(|column| value(row, *column)).collect());
            }
        }
        for sum in &sums.down {
            for column in &sum.columns {
                weigh(value(sum.total, *column), sum.parts.iter().filter_map(|row| value(*row, *column)).collect());
            }
        }
        balance
    }

    /// Whether so many sums fail, beside those that hold, that it is no error of the report.
    fn is_broken(self) -> bool {
        self.n_failed >= FAILING && self.n_failed > FAILING * self.n_held
    }

    /// Whether more sums hold than in another reading, and not at the price of as many that fail, which count for more.
    pub(in crate::segment::text) fn is_better(self, than: Self) -> bool {
        let score = |balance: Self| balance.n_held as i64 - (FAILING * balance.n_failed) as i64;
        self.n_held > than.n_held && score(self) > score(than)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::drawn::{self, table};
    use super::*;

    /// Whether the header of a drawing does not fit its columns.
    fn misfit(text: &str) -> bool {
        let (rows, paths, _) = table(text);
        is_misfit(&rows, &paths)
    }

    #[test]
    fn a_total_apart_from_what_another_column_sums_up_is_misread() {
        let misread = "收入/项目|收入/合计|支出/项目|预算数/一般|预算数/基金|预算数/国资
lalaaa
本年收入|9|本年支出|9|6|3
收入总计|12|支出总计|12|8|4";
        let (rows, paths, roles) = table(misread);
        assert!(has_stray_total(&rows, &paths, &roles));
        let (rows, paths, roles) = table(&misread.replace("合计", "预算数").replace("预算数/一般", "合计"));
        assert!(!has_stray_total(&rows, &paths, &roles));
    }

    #[test]
    fn a_header_that_does_not_fit_its_columns_is_told() {
        assert!(!misfit("科目编码|项目|合计\nlla\n201|甲|9.00\n20101|乙|9.00"));
        assert!(misfit("科目编码|合计|项目\nlla\n201|甲|9.00\n20101|乙|9.00"));
        assert!(misfit("项目/一、甲|合计\nla\n二、乙|9.00"));
        assert!(misfit("项目|总|计\nlaa\n甲|9.00|·"));
        assert!(misfit("财政拨款财政专户管理项目名称|合计|资金\nlaa\n甲|9.00|9.00"));
        assert!(misfit("本年政府性基金支出科目编码|项目|合计\nlla\n201|甲|9.00"));
        assert!(!misfit("支出科目编码|项目|合计\nlla\n201|甲|9.00"));
        assert!(!has_lonely_group(&table("项目|支出/基本|支出/项目|收入\nlaaa").1, &[ColumnRole::Amount; 4]));
    }

    #[test]
    fn a_sum_that_is_blank_beside_its_parts_has_lost_its_amounts_to_them() {
        let rows = "laaa\n甲项|·|9.00|9.00\n乙项|·|8.00|8.00\n丙项|·|7.00|7.00";
        assert!(misfit(&format!("项目|合计|一般公共预算|政府性基金\n{rows}")));
        assert!(!misfit(&format!("项目|收入/合计|支出/一般公共预算|支出/政府性基金\n{rows}")));
        assert!(!misfit("项目|合计|一般公共预算\nlaa\n甲项|·|·\n乙项|·|·\n丙项|·|·"), "a table may be blank");
    }

    #[test]
    fn most_rows_that_break_a_promised_sum_are_misread() {
        let (rows, paths, roles) =
            table("项目|合计|基本|项目支出\nlaaa\n甲|9.00|6.00|4.00\n乙|9.00|5.00|1.00\n丙|8.00|5.00|1.00");
        assert!(is_contradicted(&rows, &paths, &roles, false));
        let (rows, paths, roles) =
            table("项目|合计|基本|项目支出\nlaaa\n甲|9.00|6.00|3.00\n乙|9.00|5.00|1.00\n丙|8.00|5.00|3.00");
        assert!(!is_contradicted(&rows, &paths, &roles, false));
    }

    #[test]
    fn beside_money_with_decimals_numbers_without_are_codes_and_counts() {
        let codes = "单位编码|项目|合计\ncla\n149001|甲|9.50\n149002|乙|8.50";
        assert!(!misfit(codes));
        assert!(misfit(&codes.replace("149001", "149.10").replace("149002", "149.20")), "they are money");
        assert!(misfit(&codes.replace(".50", "")), "money may have no decimals either");
    }

    #[test]
    fn a_name_that_only_goes_on_is_torn_and_one_with_a_word_of_the_header_is_glued() {
        let torn = |name: &str| has_torn_name(&drawn::row(&format!("{name}|9.00")), &drawn::roles("la"));
        assert!(torn("、人员经费") && torn("）支出") && torn("费") && !torn("（一）人员经费"));
        assert!(torn("（本级）") && !torn("（本级）某某") && !torn("某某（本级）"));
        assert!(is_glued("甲项12.50") && !is_glued("1,803.8-19103"));
        assert!(is_glued("66716064二、甲项") && is_glued("1（二）甲项") && !is_glued("20二、甲项"));
        assert!(is_glued("项合计") && !is_glued("项目合计") && !is_glued("合计"));
    }

    #[test]
    fn zeros_that_sum_up_blank_cells_break_no_sum() {
        let zeros: String =
            (1..=5).map(|n| format!("\n20{n}|甲{n}类支出|9.00|0.00\n20{n}01|乙{n}款支出|9.00|·")).collect();
        let (rows, paths, roles) = table(&format!("编码|名称|基本支出|项目支出\nclaa{zeros}"));
        assert_eq!(of_table(&rows, &paths, &roles, false), None);
        let (rows, paths, roles) = table(&format!(
            "编码|名称|基本支出|项目支出\nclaa{}",
            zeros.replace("0.00\n", "1.50\n").replace("9.00|0", "9.00|1")
        ));
        for by_models in [false, true] {
            assert_eq!(of_table(&rows, &paths, &roles, by_models), Some(Doubt::SumsBroken));
        }
    }

    #[test]
    fn what_says_against_the_order_of_a_table_says_nothing_against_its_places() {
        let (rows, paths, roles) = table("项目|甲费|乙费\nlaa\n甲项|9.00|6.003.00\n费|9.00|6.00");
        assert_eq!(of_table(&rows, &paths, &roles, false), None);
        assert_eq!(of_order(&rows, &paths, &roles), Some(Doubt::NamesTorn));
        assert_eq!(of_order(&rows[..1], &paths, &roles), Some(Doubt::HeaderMisfit));
        let (rows, paths, roles) = table("单位编码|项目|甲费\ncla\n149001|甲项|9.50\n149002|乙项|8.50");
        assert_eq!(of_table(&rows, &paths, &roles, false), None);
        assert_eq!(of_order(&rows, &paths, &roles), Some(Doubt::HeaderMisfit));
    }
}
