//! Classification codes of a record: 类, 款 and 项 in one column or split over three.

use crate::interpret::{Column, ColumnRole, Value};

/// The level of a record's functional code: 类 (3 digits) 0, 款 (5) 1, 项 (7) 2; economic codes 3 and 5 digits.
///
/// Split columns are joined from the left; where only 款 or 项 is printed the level is the column's.
pub fn level(columns: &[Column], values: &[Option<Value>]) -> Option<u8> {
    let mut split = 0u8;
    let mut level = None;
    for (column, value) in columns.iter().zip(values) {
        if column.role != ColumnRole::Code {
            continue;
        }
        let leaf = column.path.last().map(String::as_str).unwrap_or_default();
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
