//! The main tasks (年度主要任务) of a department's form, with the sum below them.

use rust_decimal::Decimal;

use crate::interpret::prose::non_empty;
use crate::interpret::{Fund, FundSource, Horizon, Task};
use crate::terms::Unit;
use crate::terms::form::{FormLabel, FundColumn, FundLine, TaskColumn};

use super::amount;
use super::funds::Funds;
use super::grid::{FormGrid, GridCell, unit_in};

/// The rows of the tasks, their header and their sum.
pub(super) struct TaskZone {
    pub(super) start: usize,
    body: usize,
    /// The row of 金额合计, where there is one.
    sum: Option<usize>,
    pub(super) end: usize,
}

/// Finds the block of tasks: a header row with a task's name and its content.
pub(super) fn zone(grid: &FormGrid) -> Option<TaskZone> {
    let start = (0..grid.n_rows()).find(|row| {
        let has = |wanted| grid.starting(*row).any(|cell| cell.label == Some(FormLabel::Task(wanted)));
        has(TaskColumn::Name) && has(TaskColumn::Content)
    })?;
    // The label of the whole block may read like the header of the names: 主要任务.
    let name = grid.starting(start).rfind(|cell| cell.label == Some(FormLabel::Task(TaskColumn::Name)))?;
    let body = name.row_end;
    let mut end = body;
    let mut sum = None;
    while end < grid.n_rows() {
        // A cell at or left of the names that is a label closes the block, or adds it up.
        let first = grid.starting(end).find(|cell| cell.column <= name.column && !cell.is_blank());
        match first.and_then(|cell| cell.label) {
            Some(FormLabel::Fund(FundLine::Source(FundSource::Total), _) | FormLabel::FundColumn(FundColumn::Sum)) => {
                sum = Some(end);
                end += 1;
                break;
            }
            // A task may be called like a fund line: 项目支出, 其他.
            Some(FormLabel::Fund(..)) | None => end += 1,
            Some(_) => break,
        }
    }
    Some(TaskZone { start, body, sum, end })
}

/// Reads the tasks; the sum row fills the funds that the form does not print elsewhere.
pub(super) fn read(grid: &FormGrid, zone: &TaskZone, form_unit: Option<Unit>, funds: &mut Funds) -> Vec<Task> {
    let headers: Vec<&GridCell> = (zone.start..zone.body).flat_map(|row| grid.starting(row)).collect();
    let header = |wanted: &[FormLabel]| {
        headers.iter().copied().rev().find(|cell| cell.label.is_some_and(|label| wanted.contains(&label)))
    };
    let name = header(&[FormLabel::Task(TaskColumn::Name)]);
    let content = header(&[FormLabel::Task(TaskColumn::Content)]);
    let total = header(&[
        FormLabel::Task(TaskColumn::Total),
        FormLabel::Fund(FundLine::Source(FundSource::Total), None),
        FormLabel::FundColumn(FundColumn::Sum),
    ])
    .or_else(|| header(&[FormLabel::Task(TaskColumn::Amounts), FormLabel::FundBlock]));
    let fiscal = header(&[FormLabel::Fund(FundLine::Fiscal, None)]);
    let other = header(&[FormLabel::Fund(FundLine::Source(FundSource::Other), None)]);
    let unit = headers.iter().find_map(|cell| unit_in(&cell.text)).or(form_unit);
    let text = |row: usize, header: Option<&GridCell>| {
        under(grid, row, header).filter(|cell| cell.row == row).and_then(|cell| non_empty(cell.text.clone()))
    };
    let yuan = |row: usize, header: Option<&GridCell>| {
        under(grid, row, header).and_then(|cell| amount::in_yuan(&cell.text, unit))
    };

    let mut tasks = Vec::new();
    for row in (zone.body..zone.end).filter(|row| Some(*row) != zone.sum) {
        let task = Task {
            name: text(row, name),
            content: text(row, content),
            total_yuan: yuan(row, total),
            fiscal_yuan: yuan(row, fiscal),
            other_yuan: yuan(row, other),
        };
        if task != Task::default() {
            tasks.push(task);
        }
    }
    if let Some(row) = zone.sum {
        for (header, source) in [(total, FundSource::Total), (other, FundSource::Other)] {
            let Some(cell) = under(grid, row, header) else { continue };
            let known = funds.funds.iter().any(|fund| fund.source == source && fund.horizon == Horizon::Annual);
            if !known {
                let amount_yuan: Option<Decimal> = amount::in_yuan(&cell.text, unit);
                funds.funds.push(Fund {
                    source,
                    horizon: Horizon::Annual,
                    amount_yuan,
                    provenance: cell.provenance,
                    guessed: cell.guessed,
                    extra: Vec::new(),
                });
            }
        }
        const KEY: &str = "fiscal_appropriation_annual";
        if let Some(cell) = under(grid, row, fiscal).filter(|_| !funds.texts.iter().any(|(key, _)| key == KEY)) {
            funds.texts.push((KEY.to_owned(), amount::in_yuan(&cell.text, unit).map(amount::two_decimals)));
        }
    }
    tasks
}

/// The cell of a row that shares most with a header.
fn under<'a>(grid: &'a FormGrid, row: usize, header: Option<&GridCell>) -> Option<&'a GridCell> {
    let header = header?;
    grid.row(row)
        .filter(|cell| cell.overlap_x(header) > 0.0)
        .max_by(|a, b| a.overlap_x(header).total_cmp(&b.overlap_x(header)))
}
