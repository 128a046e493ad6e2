//! What a column of a statement holds is told from its header and its cells.

use std::borrow::Cow;

use crate::arithmetic::amount::{self, Notation};
use crate::interpret::ColumnRole;
use crate::segment::TableRow;
use crate::segment::header::bare;
use crate::terms::column::role_of;
use crate::terms::header::is_total;

/// A column whose header does not tell is money where this share of its filled cells are amounts.
const MOSTLY_AMOUNTS: f32 = 0.7;

/// Each column's role, and how it writes amounts.
pub fn roles(paths: &[Vec<String>], rows: &[TableRow]) -> Vec<(ColumnRole, Notation)> {
    let mut roles: Vec<(ColumnRole, Notation)> = (0..paths.len()).map(|idx| role(&paths[idx], rows, idx)).collect();
    // A table of figures names what they are for: its first text column is the label.
    let has_label = roles.iter().any(|(role, _)| *role == ColumnRole::Label);
    if !has_label && let Some((first, _)) = roles.iter_mut().find(|(role, _)| *role == ColumnRole::Text) {
        *first = ColumnRole::Label;
    }
    roles
}

fn role(path: &[String], rows: &[TableRow], idx: usize) -> (ColumnRole, Notation) {
    let filled = rows.iter().filter_map(|r| r.cells.get(idx)?.as_ref()).map(|cell| cell.text.as_str());
    let filled: Vec<Cow<'_, str>> = filled
        .map(|text| match text.contains(char::is_whitespace) {
            true => Cow::Owned(bare(text)),
            false => Cow::Borrowed(text),
        })
        .collect();
    let notation = Notation::of(filled.iter().map(|text| &**text));
    let n_amounts = filled.iter().filter(|text| notation.parse(text).is_some()).count();
    let n_codes = filled.iter().filter(|text| is_code(text)).count();
    // A sum word stands in the first column, whatever that holds.
    let n_totals = filled.iter().filter(|text| is_total(text)).count();
    let leaf = path.last().map(String::as_str).unwrap_or_default();
    let mostly = |n: usize| n as f32 >= MOSTLY_AMOUNTS * filled.len() as f32;
    // Figures that no notation reads are money all the same where the header says so.
    let is_unread = || n_amounts == 0 && mostly(filled.iter().filter(|text| amount::is_odd_figure(text)).count());
    let role = match role_of(leaf, path) {
        Some(ColumnRole::Code) if filled.is_empty() || mostly(n_codes + n_totals) || n_amounts == 0 => ColumnRole::Code,
        Some(ColumnRole::Text) => ColumnRole::Text,
        Some(ColumnRole::Label) if n_amounts == 0 || !mostly(n_amounts) => ColumnRole::Label,
        Some(ColumnRole::Amount) if filled.is_empty() || n_amounts > 0 || is_unread() => ColumnRole::Amount,
        _ if filled.is_empty() => ColumnRole::Text,
        _ if mostly(n_amounts) => ColumnRole::Amount,
        _ => ColumnRole::Text,
    };
    (role, notation)
}

/// Whether a cell looks like a classification or unit code.
pub fn is_code(text: &str) -> bool {
    (1..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provenance::Provenance;
    use crate::segment::Cell;

    #[test]
    fn a_column_of_codes_may_hold_the_word_of_the_sum() {
        let provenance = Provenance::page(1);
        let cell =
            |text: &str| Cell { text: text.to_owned(), provenance, n_columns: 1, n_rows: 1, doubt: None, inset: None };
        let row = |texts: [&str; 2]| TableRow { cells: texts.iter().map(|t| Some(cell(t))).collect(), provenance };
        let rows = [row(["合计", "90.00"]), row(["121", "90.00"]), row(["121001", "90.00"])];
        let paths = [vec!["单位编码".to_owned()], vec!["合计".to_owned()]];
        assert_eq!(roles(&paths, &rows)[0].0, ColumnRole::Code);
        let rows = [row(["全额", "90.00"]), row(["121", "90.00"]), row(["121001", "90.00"])];
        assert_ne!(roles(&paths, &rows)[0].0, ColumnRole::Code);
    }

    #[test]
    fn what_stands_under_codes_is_a_code_whatever_its_own_name_says() {
        let path = |names: [&str; 2]| names.map(str::to_owned).to_vec();
        assert_eq!(role_of("敬", &path(["科目编码", "敬"])), Some(ColumnRole::Code));
        assert_eq!(role_of("科目名称", &path(["科目编码", "科目名称"])), Some(ColumnRole::Label));
    }
}
