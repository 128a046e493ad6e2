//! Whether a table's own sums say that its columns are misread: then where its amounts stand is a guess.

use rust_decimal::Decimal;

use super::super::header::has_lone_amount;
use super::super::item::{Class, class, is_code};
use super::sides;
use super::sums::{Sums, across, adds_up, down, value};
use crate::segment::TableRow;
use crate::segment::doubt::Doubt;
use crate::segment::opening::is_enumerated;
use crate::terms::column::ColumnRole;
use crate::terms::department;
use crate::terms::header::{HeaderWord, is_total};
use crate::terms::header_traits::{ENDS_OF_MONEY, HeaderTraits, names_two_sources};

/// One sum that fails is an error of the report; so many, and this many times as many as hold, say that columns have
/// changed places.
const FAILING: usize = 2;

/// What a table's names and figures say against the reading of its columns.
pub(in crate::segment::text) fn of_table(
    rows: &[TableRow],
    paths: &[Vec<String>],
    roles: &[ColumnRole],
) -> Option<Doubt> {
    match () {
        () if has_unlikely_name(paths) => Some(Doubt::HeaderUnlikely),
        () if has_torn_name(rows, roles) || has_parted_code(rows, roles) => Some(Doubt::NamesTorn),
        () if is_misfit(rows, paths) || has_twins(paths, roles) || has_lone_side(paths) => Some(Doubt::HeaderMisfit),
        () if has_lone_amount(paths) => Some(Doubt::HeaderMisfit),
        () if sides::has_sides_for_columns(paths, roles) => Some(Doubt::HeaderMisfit),
        () if sides::is_zipped(rows, roles) => Some(Doubt::OrderUnclear),
        () if sides::has_lone_names(rows, roles) => Some(Doubt::NamesTorn),
        () if has_lonely_group(paths, roles) => Some(Doubt::HeaderRivalled),
        () if is_contradicted(rows, paths, roles) => Some(Doubt::SumsBroken),
        () if has_stray_total(rows, paths, roles) => Some(Doubt::HeaderRivalled),
        () => None,
    }
}

/// Whether most rows break a sum that the header promises, or most sums down a column break.
fn is_contradicted(rows: &[TableRow], paths: &[Vec<String>], roles: &[ColumnRole]) -> bool {
    let value = |row: usize, column: usize| value(rows.get(row)?, column);
    let breaks = |n_holding: usize, n_failing: usize| n_failing >= FAILING && n_failing > FAILING * n_holding;
    for sum in across(paths, roles) {
        let (mut n_holding, mut n_failing) = (0, 0);
        for row in 0..rows.len() {
            let parts: Vec<Decimal> = sum.parts.iter().filter_map(|column| value(row, *column)).collect();
            match (value(row, sum.total), parts.is_empty()) {
                (Some(total), false) if adds_up(total, &parts) => n_holding += 1,
                (None, true) => {}
                _ => n_failing += 1,
            }
        }
        if breaks(n_holding, n_failing) {
            return true;
        }
    }
    let sums = down(rows, paths, roles);
    (0..paths.len()).any(|column| {
        let (mut n_holding, mut n_failing) = (0, 0);
        for sum in sums.iter().filter(|sum| sum.columns.contains(&column)) {
            let parts: Vec<Decimal> = sum.parts.iter().filter_map(|row| value(*row, column)).collect();
            match value(sum.total, column) {
                Some(total) if adds_up(total, &parts) => n_holding += 1,
                None if parts.is_empty() => {}
                _ => n_failing += 1,
            }
        }
        breaks(n_holding, n_failing)
    })
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

/// Whether a name of a header is none that a report prints: a sentence, or the names of two columns in one.
fn has_unlikely_name(paths: &[Vec<String>]) -> bool {
    let is_joined = |name: &str| ENDS_OF_MONEY.iter().any(|end| name.matches(end).count() > 1);
    let is_unlikely = |name: &String| {
        name.contains(['，', '。', '；'])
            || name.ends_with('、')
            || is_joined(name)
            || names_two_sources(name)
            || is_two_names(name)
    };
    let is_number = |name: &String| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    // A year without 年 is a piece of a name, and whose money it is stands above the header.
    let is_no_group = |name: &String| is_number(name) || department::is_name(name);
    let groups = |path: &Vec<String>| path.split_last().is_some_and(|(_, groups)| groups.iter().any(is_no_group));
    paths.iter().flatten().any(|name| HeaderWord::of(name).is_none() && is_unlikely(name)) || paths.iter().any(groups)
}

/// Endings of a whole name of a column of names or codes.
const ENDS_OF_NAMES: [&str; 7] = ["单位", "部门", "大类", "类别", "名称", "编码", "代码"];

/// 预算单位科目编码, 采购项目其中：2031年, 公用经费支出备注: a name goes on where it has ended.
fn is_two_names(name: &str) -> bool {
    let is_within = name.find("其中").is_some_and(|at| {
        let before = name.get(..at).unwrap_or_default();
        !before.is_empty() && !before.ends_with(['（', '(', '，', '—', '-'])
    });
    let starts: Vec<usize> = name.char_indices().map(|(at, _)| at).chain([name.len()]).collect();
    let parts = starts.get(MIN_NAME_CHARS..starts.len().saturating_sub(MIN_NAME_CHARS + 1)).unwrap_or_default();
    let is_end = |text: &str, ends: &[&str]| ends.iter().any(|end| text.ends_with(end));
    let is_remark = |(left, right): (&str, &str)| {
        HeaderWord::of(right) == Some(HeaderWord::Text)
            && matches!(HeaderWord::of(left), Some(HeaderWord::Amount | HeaderWord::Total))
    };
    is_within
        || starts.iter().any(|at| is_remark(name.split_at(*at)))
        || parts.iter().any(|at| {
            let (left, right) = name.split_at(*at);
            is_end(left, &ENDS_OF_NAMES) && is_end(right, &["名称", "编码", "代码"])
        })
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

/// Whether a row's name is one character, the end of another: where wrapped names are torn apart, more of them may be.
fn has_torn_name(rows: &[TableRow], roles: &[ColumnRole]) -> bool {
    rows.iter().any(|row| {
        let names = row.cells.iter().zip(roles).filter(|(_, role)| **role == ColumnRole::Label);
        let mut texts = names.filter_map(|(cell, _)| cell.as_ref()).map(|cell| cell.text.trim());
        texts.any(|text| text.chars().count() == 1 && class(text) == Class::Words)
    })
}

/// Whether amounts without a code stand in the row before or behind a code without amounts, where most rows have a code: what
/// a row is of stands in another, and may in more of them.
fn has_parted_code(rows: &[TableRow], roles: &[ColumnRole]) -> bool {
    let texts = |row: &TableRow, role: ColumnRole| {
        let cells = row.cells.iter().zip(roles).filter(|(_, of)| **of == role);
        cells.filter_map(|(cell, _)| cell.as_ref().map(|cell| cell.text.trim().to_owned())).collect::<Vec<_>>()
    };
    let is_coded = |row: &TableRow| texts(row, ColumnRole::Code).iter().any(|text| is_code(text));
    let has_amount = |row: &TableRow| !texts(row, ColumnRole::Amount).is_empty();
    let is_named = |row: &TableRow| {
        let names = [texts(row, ColumnRole::Code), texts(row, ColumnRole::Label)].concat();
        !names.is_empty() && !names.iter().any(|text| is_total(text))
    };
    let has_lost = |row: &TableRow| !is_coded(row) && is_named(row) && has_amount(row);
    let has_gained = |row: &TableRow| is_coded(row) && !has_amount(row);
    let is_parted = |pair: &[TableRow]| match pair {
        [above, below] => has_lost(above) && has_gained(below) || has_gained(above) && has_lost(below),
        _ => false,
    };
    rows.windows(2).any(is_parted) && rows.iter().filter(|row| is_coded(row)).count() * 2 >= rows.len()
}

/// Whether the header does not fit what stands below it: a row's name among its own, two columns' names in one, a column of words or codes under
/// the name of an amount or the other way round, two amounts run together in one column.
fn is_misfit(rows: &[TableRow], paths: &[Vec<String>]) -> bool {
    let texts = |column: usize| {
        let cells = rows.iter().filter_map(move |row| row.cells.get(column).and_then(Option::as_ref));
        cells.map(|cell| cell.text.trim()).filter(|text| !text.is_empty())
    };
    let is_general = |column: usize| {
        let leaf = paths.get(column).and_then(|path| path.last());
        leaf.is_some_and(|leaf| HeaderTraits::of(leaf).is_general)
    };
    // 合 and 计 apart are pieces of one name.
    let is_piece = |name: &String| name.chars().count() == 1 && HeaderWord::of(name).is_none();
    paths.iter().flatten().any(|name| is_enumerated(name) || is_piece(name) || is_blend(name))
        || (0..paths.len()).any(|column| {
            let word = paths.get(column).and_then(|path| path.last()).and_then(|leaf| HeaderWord::of(leaf));
            let n_amounts = texts(column).filter(|text| class(text) != Class::Words).count();
            let is_money = |text: &&str| class(text) != Class::Words && !is_code(text);
            let n_money = texts(column).filter(is_money).count();
            let n_words = texts(column).count() - n_amounts;
            // A column of names that is blank from top to bottom has lost them to the one beside it.
            let is_blank = rows.len() > FAILING && n_words + n_amounts == 0;
            match word {
                Some(HeaderWord::Label) if is_blank => true,
                // And 金额 over nothing is a group whose columns are named beside it.
                Some(HeaderWord::Amount) if is_blank && is_general(column) => true,
                Some(HeaderWord::Amount | HeaderWord::Total) => n_words >= FAILING && n_words > n_amounts,
                Some(HeaderWord::Code | HeaderWord::Label | HeaderWord::Text) => {
                    n_money >= FAILING && n_money > n_words
                }
                _ => false,
            }
        })
        || rows.iter().flat_map(|row| row.cells.iter().flatten()).any(|cell| is_two_amounts(cell.text.trim()))
}

/// Whether 本年收入 stands over nothing beside a 本年支出 that is a group: the columns below it have gone elsewhere.
fn has_lone_side(paths: &[Vec<String>]) -> bool {
    let is_side = |name: &String| HeaderWord::of(name) == Some(HeaderWord::Side);
    let is_lone = |path: &Vec<String>| path.len() == 1 && path.iter().all(is_side);
    let is_group = |path: &Vec<String>| path.len() > 1 && path.first().is_some_and(is_side);
    paths.iter().any(is_lone) && paths.iter().any(is_group)
}

/// Whether two amounts side by side stand under the same names: the names of one have gone elsewhere.
fn has_twins(paths: &[Vec<String>], roles: &[ColumnRole]) -> bool {
    let columns: Vec<(&Vec<String>, &ColumnRole)> = paths.iter().zip(roles).collect();
    columns.windows(2).any(|pair| match pair {
        [(left, ColumnRole::Amount), (right, ColumnRole::Amount)] => !left.is_empty() && left == right,
        _ => false,
    })
}

/// 财政拨款财政专户管理项目名称: the name of a column of amounts goes on into that of a column of names.
fn is_blend(name: &str) -> bool {
    // 部门预算支出经济科目名称 begins with the name of amounts, and is one name all the same.
    if HeaderWord::of(name).is_some() {
        return false;
    }
    let ends = |from: usize| name.char_indices().map(|(at, _)| at).skip(MIN_NAME_CHARS).filter(move |at| *at >= from);
    let first = ends(0).find(|at| name.get(..*at).and_then(HeaderWord::of) == Some(HeaderWord::Amount));
    first.is_some_and(|end| ends(end).any(|at| name.get(at..).and_then(HeaderWord::of) == Some(HeaderWord::Label)))
        || goes_on_with_code(name)
}

/// 本年某支出科目编码: the name of a group goes on into that of the first column beside it.
fn goes_on_with_code(name: &str) -> bool {
    let group = name.strip_suffix("科目编码").unwrap_or_default();
    let is_money = ["收入", "支出", "结余"].iter().any(|end| group.ends_with(end));
    is_money && group.chars().count() > MIN_NAME_CHARS + 1 && HeaderWord::of(name).is_none()
}

/// A column's name of fewer characters may be a part of another.
const MIN_NAME_CHARS: usize = 3;

/// Whether an amount stands within a name, or a number before its enumerator: cells have run together in its row.
pub(in crate::segment::text) fn is_glued(text: &str) -> bool {
    let is_amount = |bytes: &[u8]| match bytes {
        [before, b'.', a, b] | [before, b',', a, b] => [before, a, b].iter().all(|byte| byte.is_ascii_digit()),
        _ => false,
    };
    let is_before_enumerator = || {
        let rest = text.trim_start_matches(|ch: char| ch.is_ascii_digit());
        rest.len() < text.len() && is_enumerated(rest) && rest.starts_with(['（', '('])
    };
    class(text) == Class::Words && (text.as_bytes().windows(4).any(is_amount) || is_before_enumerator())
}

/// 829.162858.39: two amounts with two decimals each and nothing between.
fn is_two_amounts(text: &str) -> bool {
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
            None if parts.is_empty() => {}
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

    /// Whether more sums hold than in another reading, and not at the price of as many that fail, which count for more.
    pub(in crate::segment::text) fn is_better(self, than: Self) -> bool {
        let score = |balance: Self| balance.n_held as i64 - (FAILING * balance.n_failed) as i64;
        self.n_held > than.n_held && score(self) > score(than)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::drawn::table;
    use super::*;

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
        let misfit = |text: &str| {
            let (rows, paths, _) = table(text);
            is_misfit(&rows, &paths)
        };
        assert!(!misfit("科目编码|项目|合计\nlla\n201|甲|9.00\n20101|乙|9.00"));
        assert!(misfit("科目编码|合计|项目\nlla\n201|甲|9.00\n20101|乙|9.00"));
        assert!(misfit("项目/一、甲|合计\nla\n二、乙|9.00"));
        assert!(misfit("项目|总|计\nlaa\n甲|9.00|·"));
        assert!(misfit("财政拨款财政专户管理项目名称|合计|资金\nlaa\n甲|9.00|9.00"));
        assert!(misfit("本年政府性基金支出科目编码|项目|合计\nlla\n201|甲|9.00"));
        assert!(!misfit("支出科目编码|项目|合计\nlla\n201|甲|9.00"));
        assert!(!has_lonely_group(&table("项目|支出/基本|支出/项目|收入\nlaaa").1, &[ColumnRole::Amount; 4]));
        assert!(misfit("项目|合计|基本支出\nlaa\n甲|9.00|6.003.00"));
    }

    #[test]
    fn codes_that_have_parted_from_their_amounts_are_told() {
        let told = |text: &str| {
            let (rows, _, roles) = table(text);
            has_parted_code(&rows, &roles)
        };
        let parted = "编码|名称|合计\nlla\n201|甲|9.00\n·|乙|5.00\n20101|丙|·\n20102|丁|4.00";
        let codes = |text: &str| text.replacen("lla", "cla", 1);
        assert!(told(&codes(parted)));
        assert!(!told(&codes(&parted.replace("·|乙", "·|合计"))));
        assert!(!told(&codes(&parted.replace("丙|·", "丙|1.00"))));
    }

    #[test]
    fn a_remark_behind_money_is_another_name() {
        assert!(is_two_names("公用经费支出备注"));
        assert!(!is_two_names("公用经费支出"));
    }

    #[test]
    fn most_rows_that_break_a_promised_sum_are_misread() {
        let (rows, paths, roles) =
            table("项目|合计|基本|项目支出\nlaaa\n甲|9.00|6.00|4.00\n乙|9.00|5.00|1.00\n丙|8.00|5.00|1.00");
        assert!(is_contradicted(&rows, &paths, &roles));
        let (rows, paths, roles) =
            table("项目|合计|基本|项目支出\nlaaa\n甲|9.00|6.00|3.00\n乙|9.00|5.00|1.00\n丙|8.00|5.00|3.00");
        assert!(!is_contradicted(&rows, &paths, &roles));
    }
}
