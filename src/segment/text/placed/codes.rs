//! Codes that have run into the names right of them go back to their own column.

use super::super::item::{Class, class};
use crate::segment::doubt::Doubt;
use crate::segment::{Cell, TableRegion};
use crate::terms::header::HeaderWord;
use crate::terms::header_traits::HeaderTraits;

/// The longest code of a unit.
const LONGEST: usize = 12;

/// The shortest number within a name that is a code.
const LEAST_WITHIN: usize = 5;

/// Gives back the codes that stand before names, right of a column of codes where none stands; rows whose names have a code
/// within them are doubted.
pub(super) fn part(table: &mut TableRegion) {
    let word = |path: &Vec<String>| path.last().and_then(|leaf| HeaderTraits::of(leaf).word);
    let words: Vec<Option<HeaderWord>> = table.columns.iter().map(word).collect();
    for (left, pair) in words.windows(2).enumerate() {
        if pair != [Some(HeaderWord::Code), Some(HeaderWord::Label)] {
            continue;
        }
        for row in &mut table.rows {
            let Some([code @ None, Some(name)]) = row.cells.get_mut(left..left + 2) else { continue };
            if let Some((number, words)) = parted(&name.text) {
                *code = Some(Cell { text: number.to_owned(), ..name.clone() });
                name.text = words.to_owned();
            } else if has_code_within(&name.text) {
                let others = row.cells.iter_mut().flatten().filter(|cell| class(&cell.text) != Class::Words);
                others.for_each(|cell| _ = cell.doubt.get_or_insert(Doubt::NamesTorn));
            }
        }
    }
}

/// 302001 and 某某中心 of 302001某某中心; 2030年某某 has no code.
fn parted(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let end = text.find(|ch: char| !ch.is_ascii_digit()).filter(|end| (2..=LONGEST).contains(end))?;
    let (code, name) = (text.get(..end)?, text.get(end..)?);
    let counts = ["年", "月", "日", "个", "级", "项", "名", "号"].iter().any(|unit| name.starts_with(unit));
    (name.starts_with(char::is_alphabetic) && !counts).then_some((code, name))
}

/// Whether digits as many as a code has stand between words.
fn has_code_within(text: &str) -> bool {
    text.trim().split(|ch: char| !ch.is_ascii_digit()).any(|digits| (LEAST_WITHIN..=LONGEST).contains(&digits.len()))
}

#[cfg(test)]
mod tests {
    use super::super::super::drawn;
    use super::*;

    /// The rows of a table under a code and a name, after parting.
    fn parted_rows(header: &str, rows: &[&str]) -> Vec<String> {
        let rows = rows.iter().map(|row| drawn::row(row)).collect();
        let mut table = TableRegion { columns: drawn::paths(header), rows, ..TableRegion::default() };
        part(&mut table);
        table.rows.iter().map(drawn::shown).collect()
    }

    #[test]
    fn a_code_before_a_name_goes_to_the_blank_column_of_codes() {
        assert_eq!(
            parted_rows("部门代码|部门名称|合计", &["·|302001某某中心|9.00", "·|05某某支出|8.00", "302|甲001乙|7.00"]),
            ["302001|某某中心|9.00", "05|某某支出|8.00", "302|甲001乙|7.00"]
        );
    }

    #[test]
    fn years_and_names_beside_no_column_of_codes_are_no_codes() {
        assert_eq!(parted_rows("部门代码|部门名称|合计", &["·|2030年某某支出|9.00"]), ["·|2030年某某支出|9.00"]);
        assert_eq!(parted_rows("部门名称|合计", &["302001某某中心|9.00"]), ["302001某某中心|9.00"]);
    }

    #[test]
    fn a_row_with_a_code_within_its_name_is_doubted() {
        assert_eq!(
            parted_rows("部门代码|部门名称|合计", &["·|某某委员会302001（本级）|9.00"]),
            ["·|某某委员会302001（本级）|9.00?"]
        );
    }
}
