//! Which time funds, goals and indicators are for: the whole period (实施期) or the year.

use crate::terms::form::{FormLabel, Horizon};

use super::grid::FormGrid;

/// The time that a header's words name.
pub(super) fn horizon_in(text: &str) -> Option<Horizon> {
    const PERIOD: [&str; 6] = ["实施期", "实施周期", "中长期", "全周期", "项目期", "中期"];
    const ANNUAL: [&str; 6] = ["年度", "当年", "本年", "全年", "年初", "今年"];
    if PERIOD.iter().any(|word| text.contains(word)) {
        return Some(Horizon::Period);
    }
    ANNUAL.iter().any(|word| text.contains(word)).then_some(Horizon::Annual)
}

/// The time of what names none itself: the whole period on a form that names no other, else the year.
pub(super) fn of_form(grid: &FormGrid, names_year: bool) -> Horizon {
    let mut told = grid.cells.iter().filter_map(|cell| match cell.label? {
        FormLabel::FundColumn(_) => Some(Horizon::Annual),
        FormLabel::Field(_) | FormLabel::Text(_) | FormLabel::Signature(_) => None,
        FormLabel::Goal(Some(Horizon::Annual)) | FormLabel::Fund(_, Some(Horizon::Annual)) => Some(Horizon::Annual),
        _ => horizon_in(&cell.text),
    });
    match told.next() {
        Some(Horizon::Period) if !names_year && told.all(|horizon| horizon == Horizon::Period) => Horizon::Period,
        _ => Horizon::Annual,
    }
}
