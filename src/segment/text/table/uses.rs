//! What the money of a row is for, by the definition of its item: basic or project expenditure, for people or for operating.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::names;
use super::sums::value;
use crate::segment::TableRow;
use crate::segment::header::bare;
use crate::terms::column::ColumnRole;
use crate::terms::economic::{Economic, economic};
use crate::terms::function::nature;
use crate::terms::measure::Measure;
use crate::terms::subject::Nature;

/// What the money of a row is for, as far as its item tells.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Use {
    nature: Option<Nature>,
    economic: Option<Economic>,
}

/// What the money of each row is for; rows of the same amounts are an item and what it is alone in.
pub(super) fn of_rows(rows: &[TableRow], roles: &[ColumnRole]) -> Vec<Use> {
    let own: Vec<Use> = rows.iter().map(|row| of_row(row, roles)).collect();
    let amounts = |row: &TableRow| -> Vec<Decimal> {
        let columns = (0..roles.len()).filter(|column| roles.get(*column) == Some(&ColumnRole::Amount));
        columns.filter_map(|column| value(row, column)).collect()
    };
    let figures: Vec<Vec<Decimal>> = rows.iter().map(amounts).collect();
    let known: BTreeMap<&[Decimal], Nature> =
        figures.iter().zip(&own).filter_map(|(figures, own)| Some((figures.as_slice(), own.nature?))).collect();
    let nature = |own: &Use, figures: &Vec<Decimal>| own.nature.or_else(|| known.get(figures.as_slice()).copied());
    own.iter().zip(&figures).map(|(own, figures)| Use { nature: nature(own, figures), ..*own }).collect()
}

/// The digits of an item (项) of the functional classification.
const ITEM_DIGITS: usize = 7;

fn of_row(row: &TableRow, roles: &[ColumnRole]) -> Use {
    let mut found = Use::default();
    let mut is_item = false;
    for text in names(row, roles) {
        // 2013801-某某, [2013801]某某
        let text = bare(text);
        let text = text.trim_start_matches(['[', '［', '【']);
        let name = text.trim_start_matches(|ch: char| ch.is_ascii_digit());
        let code = text.get(..text.len() - name.len()).unwrap_or_default();
        let name = name.trim_start_matches(['-', '－', '_', ']', '］', '】']);
        found.economic = found.economic.or_else(|| economic(code));
        found.nature = found.nature.or_else(|| nature(name));
        is_item |= code.len() == ITEM_DIGITS && code.starts_with('2');
    }
    // Most items that are none of running are for projects alone, which pay no wages.
    let nature = if found.economic == Some(Economic::Personnel) { Nature::Basic } else { Nature::Project };
    found.nature = found.nature.or(is_item.then_some(nature));
    found
}

impl Use {
    /// How many amounts stand in columns of other money, when they are placed so.
    pub(super) fn n_against(self, way: &[usize], paths: &[Vec<String>]) -> usize {
        let measure = |column: &usize| {
            let leaf = paths.get(*column).and_then(|path| path.last())?;
            Measure::of(std::slice::from_ref(leaf), &[]).or((leaf == "人员类").then_some(Measure::Personnel))
        };
        let is_against = |measure: &Measure| {
            matches!(
                (measure, self.nature, self.economic),
                (Measure::Project, Some(Nature::Basic), _)
                    | (Measure::Basic | Measure::Personnel | Measure::Operating, Some(Nature::Project), _)
                    | (Measure::Personnel, _, Some(Economic::Operating))
                    | (Measure::Operating, _, Some(Economic::Personnel))
            )
        };
        way.iter().filter_map(measure).filter(is_against).count()
    }
}

/// The columns of each page that pay for people or for operating, where the page has all amounts of one of the two uses
/// under the other: 302 under 人员经费. Some of them may well stand there.
pub(in crate::segment::text) fn misplaced(
    rows: &[TableRow],
    columns: &[Vec<String>],
    roles: &[ColumnRole],
) -> BTreeSet<(u32, usize)> {
    let measure = |column: &usize| Measure::of(columns.get(*column)?.last().map(std::slice::from_ref)?, &[]);
    let of_use = |column: &usize| matches!(measure(column), Some(Measure::Personnel | Measure::Operating));
    let columns_of_use: Vec<usize> = (0..columns.len()).filter(of_use).collect();
    // For each page and use whether all its amounts stand under the other.
    let mut pages: BTreeMap<(u32, bool), bool> = BTreeMap::new();
    for row in rows {
        let own = Use { nature: None, ..of_row(row, roles) };
        let Some(economic) = own.economic else { continue };
        for column in &columns_of_use {
            if value(row, *column).is_some_and(|value| !value.is_zero()) {
                let key = (row.provenance.page, economic == Economic::Personnel);
                *pages.entry(key).or_insert(true) &= own.n_against(&[*column], columns) > 0;
            }
        }
    }
    let pages: BTreeSet<u32> = pages.into_iter().filter(|(_, against)| *against).map(|((page, _), _)| page).collect();
    pages.into_iter().flat_map(|page| columns_of_use.iter().map(move |column| (page, *column))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::drawn;
    use super::*;

    #[test]
    fn an_item_tells_what_its_money_is_for() {
        let against = |row: &str, header: &str| {
            let of_row = of_row(&drawn::row(row), &drawn::roles("laaa"));
            [1, 2, 3].map(|column| of_row.n_against(&[column], &drawn::paths(header)))
        };
        assert_eq!(against("2013801-行政运行|1.00|·|·", "项目|合计|基本支出|项目支出"), [0, 0, 1]);
        assert_eq!(against("[30101]基本工资|1.00|·|·", "项目|合计|人员经费|公用经费"), [0, 0, 1]);
        assert_eq!(against("302某某支出|1.00|·|·", "项目|合计|人员经费|公用经费"), [0, 1, 0]);
    }

    #[test]
    fn a_page_with_all_goods_under_people_has_misplaced_them() {
        let misplaced = |rows: &[&str]| {
            let rows: Vec<TableRow> = rows.iter().map(|row| drawn::row(row)).collect();
            misplaced(&rows, &drawn::paths("编码|项目|合计|人员经费|公用经费"), &drawn::roles("claaa"))
        };
        assert_eq!(misplaced(&["30229|福利费|1.00|1.00|·", "30301|离休费|1.00|1.00|·"]), [(1, 3), (1, 4)].into());
        assert_eq!(misplaced(&["30229|福利费|1.00|1.00|·", "30201|办公费|1.00|·|1.00"]), [].into(), "some of them may");
        assert_eq!(misplaced(&["30201|办公费|1.00|0.00|1.00"]), [].into());
    }

    #[test]
    fn wages_are_basic_expenditure_whatever_the_item() {
        let paths = drawn::paths("项目|科目|合计|基本支出|项目支出");
        let against = |row: &str| {
            [3, 4].map(|column| of_row(&drawn::row(row), &drawn::roles("llaaa")).n_against(&[column], &paths))
        };
        assert_eq!(against("2070205-某某馆|30102-津贴补贴|1.00|·|·"), [0, 1]);
        assert_eq!(against("2070205-某某馆|30201-办公费|1.00|·|·"), [1, 0]);
    }
}
