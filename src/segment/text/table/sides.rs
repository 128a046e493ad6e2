//! What says that names stand on the wrong side of a table, or beside rows that they are not of.

use super::super::item::is_code;
use super::texts;
use crate::segment::TableRow;
use crate::terms::column::ColumnRole;
use crate::terms::enumerator::number;
use crate::terms::header::{HeaderWord, is_total};

/// Whether 财政拨款收入 and 财政拨款支出 are columns of amounts in a table of two sides: they are the sides, and what they stand
/// over has gone elsewhere.
pub(super) fn has_sides_for_columns(paths: &[Vec<String>], roles: &[ColumnRole]) -> bool {
    let leaves = |is_wanted: fn(&ColumnRole) -> bool| {
        paths.iter().zip(roles).filter(move |(_, role)| is_wanted(role)).filter_map(|(path, _)| path.last())
    };
    let n_names = leaves(|role| *role == ColumnRole::Label).count();
    let is_other_side = |name: &String, other: &String| {
        let stem = name.strip_suffix("收入");
        stem.is_some() && stem == other.strip_suffix("支出")
    };
    let amounts = || leaves(|role| *role == ColumnRole::Amount);
    n_names > 1 && amounts().any(|name| amounts().any(|other| is_other_side(name, other)))
}

/// Whether 本年收入 stands over nothing, or over names alone, beside a 本年支出 that is a group: columns below it have gone
/// elsewhere.
pub(super) fn has_lone_side(paths: &[Vec<String>], roles: &[ColumnRole]) -> bool {
    let is_side = |name: &String| HeaderWord::of(name) == Some(HeaderWord::Side);
    let is_lone = |path: &Vec<String>| path.len() == 1 && path.iter().all(is_side);
    let sides = || paths.iter().zip(roles).filter(|(path, _)| path.len() > 1 && path.first().is_some_and(is_side));
    let has_amount =
        |side: &Vec<String>| sides().any(|(path, role)| path.first() == side.first() && *role == ColumnRole::Amount);
    let is_of_names = |(path, _): (&Vec<String>, &ColumnRole)| !has_amount(path);
    (paths.iter().any(is_lone) && sides().next().is_some()) || sides().any(is_of_names)
}

/// Whether two amounts side by side stand under the same names: the names of one have gone elsewhere.
pub(super) fn has_twins(paths: &[Vec<String>], roles: &[ColumnRole]) -> bool {
    let columns: Vec<(&Vec<String>, &ColumnRole)> = paths.iter().zip(roles).collect();
    columns.windows(2).any(|pair| match pair {
        [(left, ColumnRole::Amount), (right, ColumnRole::Amount)] => !left.is_empty() && left == right,
        _ => false,
    })
}

/// Whether a column of names goes on with the numbers of another one: 四、 and 六、 on the right, 五、 and 七、 left of it. Rows
/// of one side have then been taken for both.
pub(super) fn is_zipped(rows: &[TableRow], roles: &[ColumnRole]) -> bool {
    let sides: Vec<usize> = (0..roles.len()).filter(|column| roles.get(*column) == Some(&ColumnRole::Label)).collect();
    let mut last: Vec<Option<u32>> = vec![None; sides.len()];
    for row in rows {
        let number = |column: &usize| row.cell(*column).and_then(|cell| number(&cell.text));
        let own: Vec<Option<u32>> = sides.iter().map(number).collect();
        let follows = |last: Option<u32>, own: Option<u32>| last.zip(own).is_some_and(|(last, own)| last + 1 == own);
        for (side, own) in own.iter().enumerate() {
            let of_other = last.iter().enumerate().any(|(other, last)| other != side && follows(*last, *own));
            let own_last = last.get(side).copied().flatten();
            if of_other && own_last != *own && !follows(own_last, *own) && *own != Some(1) {
                return true;
            }
        }
        last.iter_mut().zip(own).for_each(|(last, own)| *last = own.or(*last));
    }
    false
}

/// Whether names of a column right left of another one stand alone in their rows: they are printed amid the rows that they
/// are of, and which these are is not told.
pub(super) fn has_lone_names(rows: &[TableRow], roles: &[ColumnRole]) -> bool {
    let has_text = |row: &TableRow, column: usize| row.cell(column).is_some();
    let is_left = |column: &usize| matches!(roles.get(*column..), Some([ColumnRole::Label, ColumnRole::Label, ..]));
    (0..roles.len()).filter(is_left).any(|column| {
        let of_column = || rows.iter().filter(|row| has_text(row, column));
        let is_lone = |row: &&TableRow| row.cells.iter().flatten().count() == 1;
        let (n_lone, n_all) = (of_column().filter(is_lone).count(), of_column().count());
        n_lone > 0 && n_all * 2 <= rows.len() && n_lone < n_all
    })
}

/// Whether amounts without a code stand in the row before or behind a code without amounts, where most rows have a code: what
/// a row is of stands in another, and may in more of them.
pub(super) fn has_parted_code(rows: &[TableRow], roles: &[ColumnRole]) -> bool {
    use ColumnRole::{Amount, Code, Label};
    let is_coded = |row: &TableRow| texts(row, roles, |role| role == Code).any(is_code);
    let has_amount = |row: &TableRow| texts(row, roles, |role| role == Amount).next().is_some();
    let is_named = |row: &TableRow| {
        let mut names = texts(row, roles, |role| matches!(role, Code | Label)).peekable();
        names.peek().is_some() && !names.any(is_total)
    };
    let has_lost = |row: &TableRow| !is_coded(row) && is_named(row) && has_amount(row);
    let has_gained = |row: &TableRow| is_coded(row) && !has_amount(row);
    let is_parted = |pair: &[TableRow]| match pair {
        [above, below] => has_lost(above) && has_gained(below) || has_gained(above) && has_lost(below),
        _ => false,
    };
    rows.windows(2).any(is_parted) && rows.iter().filter(|row| is_coded(row)).count() * 2 >= rows.len()
}

#[cfg(test)]
mod tests {
    use super::super::super::drawn::{self, table};
    use super::*;

    #[test]
    fn sides_that_have_become_columns_are_told() {
        let told = |text: &str| {
            let (_, paths, roles) = table(text);
            has_sides_for_columns(&paths, &roles)
        };
        assert!(told("项目|预算数|项目|合计|拨款收入|拨款支出\nlalaaa"));
        assert!(!told("拨款收入/项目|拨款收入/预算数|拨款支出/项目|拨款支出/合计\nlala"));
        assert!(!told("项目|本年收入|本年支出\nlaa"));
    }

    #[test]
    fn rows_of_one_side_that_stand_on_both_are_told() {
        let told = |text: &str| {
            let (rows, _, roles) = table(text);
            is_zipped(&rows, &roles)
        };
        let sound =
            "项目|预算数|项目|预算数\nlala\n一、甲|9.00|一、乙|3.00\n二、丙|9.00|四、丁|3.00\n三、戊|9.00|五、己|3.00";
        assert!(!told(sound));
        assert!(!told(&format!("{sound}\n四、庚|1.00|·|·\n·|·|八、辛|1.00")));
        assert!(told(&format!("{sound}\n六、庚|1.00|七、辛|1.00")));
    }

    #[test]
    fn a_side_over_names_alone_has_lost_its_amounts() {
        let is_lone = |header: &str| has_lone_side(&drawn::paths(header), &drawn::roles("lala"));
        assert!(is_lone("收入/项目|支出/预算数|支出/项目|支出/预算数") && is_lone("收入|预算数|支出/项目|支出/预算数"));
        assert!(!is_lone("收入/项目|收入/预算数|支出/项目|支出/预算数"));
        assert!(!is_lone("项目|预算数|项目|预算数"));
    }

    #[test]
    fn names_amid_the_rows_that_they_are_of_are_told() {
        let told = |text: &str| {
            let (rows, _, roles) = table(text);
            has_lone_names(&rows, &roles)
        };
        let sound = "单位|项目|合计\nlla\n甲|乙|9.00\n·|丙|9.00\n·|丁|9.00\n戊|己|9.00\n·|庚|9.00\n·|辛|9.00";
        assert!(!told(sound));
        assert!(told(&sound.replace("戊|己|9.00", "戊|·|·\n壬|己|9.00")));
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
}
