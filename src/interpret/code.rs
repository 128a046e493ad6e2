//! Classification codes of a record: 类, 款 and 项 in one column or split over three.

use crate::interpret::{Column, ColumnRole, Value};

/// The level of a record's functional code: 类 (3 digits) 0, 款 (5) 1, 项 (7) 2; economic codes 3 and 5 digits.
///
/// Split columns are joined from the left; where only 款 or 项 is printed the level is the column's. A row of a table
/// with codes on several sides has no level of its own, and the code of a unit (单位编码) says none.
pub fn level(columns: &[Column], values: &[Option<Value>]) -> Option<u8> {
    let on_first_side = columns.iter().take_while(|column| column.role != ColumnRole::Amount).count();
    if columns.iter().skip(on_first_side).any(|column| column.role == ColumnRole::Code) {
        return None;
    }
    let mut split = 0u8;
    let mut level = None;
    for (column, value) in columns.iter().zip(values) {
        if column.role != ColumnRole::Code {
            continue;
        }
        let leaf = column.path.last().map(String::as_str).unwrap_or_default();
        if leaf.contains("单位") || leaf.contains("部门") {
            continue;
        }
        let is_split = matches!(leaf, "类" | "款" | "项");
        let at = match leaf {
            "类" => 0,
            "款" => 1,
            "项" => 2,
            _ => split,
        };
        split = split.saturating_add(u8::from(is_split));
        let Some(value) = value else { continue };
        if !value.text.bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        let by_length = match value.text.len() {
            3 => Some(0),
            5 => Some(1),
            7 => Some(2),
            _ => None,
        };
        if is_split && value.text.len() <= 3 {
            level = Some(at);
        } else if level.is_none() {
            level = by_length;
        }
    }
    level
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provenance::Provenance;

    fn level_of(leaf: &str, roles: &[ColumnRole], texts: &[&str]) -> Option<u8> {
        let columns: Vec<Column> = roles.iter().map(|role| Column { path: vec![leaf.into()], role: *role }).collect();
        let value = |text: &&str| Value {
            text: (*text).into(),
            amount: None,
            guessed: false,
            inset: None,
            provenance: Provenance::page(1),
        };
        level(&columns, &texts.iter().map(|text| Some(value(text))).collect::<Vec<_>>())
    }

    #[test]
    fn a_row_with_codes_on_two_sides_or_of_a_unit_has_no_level() {
        use ColumnRole::{Amount, Code, Label};
        assert_eq!(level_of("科目编码", &[Code, Label, Amount], &["20501", "教育管理事务", "1.00"]), Some(1));
        assert_eq!(level_of("单位编码", &[Code, Label, Amount], &["356", "某某局", "1.00"]), None);
        assert_eq!(
            level_of("科目编码", &[Code, Label, Amount, Code, Amount], &["20501", "甲", "1.00", "223", "1.00"]),
            None
        );
    }
}
