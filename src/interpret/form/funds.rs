//! The funds of a form: totals and their sources, beside their labels or below them.

use rust_decimal::Decimal;

use crate::interpret::{Fund, FundSource, Horizon};
use crate::note::{Note, NoteKind};
use crate::terms::Unit;
use crate::terms::form::{FormLabel, FundColumn, FundLine, IndicatorColumn, TaskColumn};

use super::amount;
use super::grid::{FormGrid, GridCell, unit_in};
use super::horizon::horizon_in;

/// What the funds block says.
#[derive(Default)]
pub(super) struct Funds {
    pub(super) funds: Vec<Fund>,
    pub(super) texts: Vec<(String, Option<String>)>,
}

/// A fund line as found, its horizon still open.
struct Line<'a> {
    label: &'a GridCell,
    line: FundLine,
    /// The group that the line is a part of: 基本支出 under 财政拨款.
    group: Option<FundLine>,
    horizon: Option<Horizon>,
    amount: &'a GridCell,
    columns: Vec<(&'static str, &'a GridCell)>,
}

/// Reads the fund lines of the given rows.
pub(super) fn read(
    grid: &FormGrid,
    rows: &[usize],
    form_horizon: Horizon,
    form_unit: Option<Unit>,
    notes: &mut Vec<Note>,
) -> Funds {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for row in rows {
        for cell in grid.starting(*row) {
            match cell.label {
                Some(FormLabel::Fund(line, horizon)) => lines.extend(line_at(grid, cell, line, horizon)),
                Some(FormLabel::Task(TaskColumn::Total)) => {
                    lines.extend(line_at(grid, cell, FundLine::Source(FundSource::Total), None));
                }
                Some(FormLabel::FundColumn(FundColumn::Sum)) => {
                    // 小计 under 财政拨款 is the amount of 财政拨款.
                    if let Some((line, horizon)) = group_over(grid, cell) {
                        lines.extend(line_at(grid, cell, line, horizon));
                    }
                }
                Some(FormLabel::FundBlock) => lines.extend(block_amount(grid, cell)),
                _ => {}
            }
        }
    }
    settle_horizons(&mut lines, form_horizon);
    let unit = lines.iter().find_map(|line| unit_beside(grid, line)).or(form_unit);
    if unit.is_none()
        && let Some(line) =
            lines.iter().find(|line| amount::parse(&line.amount.text).is_some_and(|a| !a.value.is_zero()))
    {
        notes.push(Note::new(
            NoteKind::UnitUnknown,
            "no unit is printed at the funds of a form; yuan assumed",
            line.amount.provenance,
        ));
    }
    let mut out = Funds::default();
    for line in &lines {
        publish(line, unit_beside(grid, line).or(unit), &mut out, notes);
    }
    out
}

/// The amount of a label: right of it, under its column of the year's budget, or below it.
fn line_at<'a>(grid: &'a FormGrid, label: &'a GridCell, line: FundLine, horizon: Option<Horizon>) -> Option<Line<'a>> {
    let (line, group, horizon) = match group_over(grid, label) {
        // 合计 under 财政拨款 is the amount of 财政拨款.
        Some((group, over)) if line == FundLine::Source(FundSource::Total) => (group, None, over.or(horizon)),
        Some((group, over)) if matches!(line, FundLine::Basic | FundLine::Project) => {
            (line, Some(group), over.or(horizon))
        }
        _ => (line, None, horizon),
    };
    let columns = budget_columns(grid, label);
    if !columns.is_empty() {
        let amount =
            columns.iter().find(|(key, _)| *key == "amount").or_else(|| columns.first()).map(|(_, cell)| *cell)?;
        let columns = columns.into_iter().filter(|(key, _)| *key != "amount").collect();
        return Some(Line { label, line, group, horizon, amount, columns });
    }
    let right = grid.right_of(label).filter(|cell| is_amount(cell));
    let below = grid.below(label).filter(|cell| is_amount(cell));
    let amount = match (right, below) {
        // A label in a row of labels heads a column; its blank neighbour is the column's own, wider head.
        (Some(right), Some(below)) if right.is_blank() && !below.is_blank() && heads_columns(grid, label) => below,
        (Some(right), _) => right,
        (None, Some(below)) => below,
        (None, None) => return None,
    };
    Some(Line { label, line, group, horizon, amount, columns: Vec::new() })
}

/// A block label with the one amount right of it.
fn block_amount<'a>(grid: &'a FormGrid, label: &'a GridCell) -> Option<Line<'a>> {
    let amount = grid.right_of(label).filter(|cell| amount::parse(&cell.text).is_some())?;
    let line = FundLine::Source(FundSource::Total);
    Some(Line { label, line, group: None, horizon: horizon_in(&label.text), amount, columns: Vec::new() })
}

fn is_amount(cell: &GridCell) -> bool {
    cell.label.is_none() && (cell.is_blank() || amount::is_dash(&cell.text) || amount::parse(&cell.text).is_some())
}

/// Whether another fund label stands in the same row and starts another column.
fn heads_columns(grid: &FormGrid, label: &GridCell) -> bool {
    grid.starting(label.row)
        .filter(|cell| cell.column > label.column)
        .any(|cell| matches!(cell.label, Some(FormLabel::Fund(..))) && grid.below(cell).is_some_and(is_amount))
}

/// The fund label over a header cell, where it covers more columns than that cell.
fn group_over(grid: &FormGrid, cell: &GridCell) -> Option<(FundLine, Option<Horizon>)> {
    let above = grid.above(cell).filter(|above| above.column_end - above.column > cell.column_end - cell.column)?;
    match above.label {
        Some(FormLabel::Fund(line, horizon)) => Some((line, horizon)),
        _ => None,
    }
}

/// How many rows above a fund line its column heads may stand.
const MAX_LINES_UNDER_HEAD: usize = 12;

/// The cells of a self-evaluation's row under 年初预算数, 全年预算数 (key `amount`), 全年执行数 and so on.
fn budget_columns<'a>(grid: &'a FormGrid, label: &GridCell) -> Vec<(&'static str, &'a GridCell)> {
    let nearest = label.row.saturating_sub(MAX_LINES_UNDER_HEAD)..label.row;
    let Some(head) = nearest.rev().find(|row| {
        grid.starting(*row)
            .filter(|cell| matches!(cell.label, Some(FormLabel::FundColumn(column)) if column != FundColumn::Sum))
            .count()
            >= 2
    }) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for header in grid.starting(head) {
        let key = match header.label {
            Some(FormLabel::FundColumn(FundColumn::Initial)) => "initial_yuan",
            Some(FormLabel::FundColumn(FundColumn::Budget)) => "amount",
            Some(FormLabel::FundColumn(FundColumn::Executed)) => "executed_yuan",
            Some(FormLabel::FundColumn(FundColumn::Rate)) => "rate",
            Some(FormLabel::Indicator(IndicatorColumn::Extra(key @ ("weight" | "score")))) => key,
            _ => continue,
        };
        let best = grid
            .row(label.row)
            .filter(|cell| cell.column >= label.column_end && cell.overlap_x(header) > 0.0)
            .max_by(|a, b| a.overlap_x(header).total_cmp(&b.overlap_x(header)));
        out.extend(best.map(|cell| (key, cell)));
    }
    out
}

/// Parts of a total have its horizon: the total above them in the same column, or before them in the same row.
fn settle_horizons(lines: &mut [Line<'_>], form_horizon: Horizon) {
    let annual_total = lines.iter().any(|line| is_total(line) && line.horizon == Some(Horizon::Annual));
    for line in lines.iter_mut().filter(|line| is_total(line) && line.horizon.is_none()) {
        // 资金总额 beside 年度资金总额 is the one of the whole period.
        line.horizon = Some(if annual_total { Horizon::Period } else { form_horizon });
    }
    let totals: Vec<(&GridCell, Horizon)> = lines
        .iter()
        .filter(|line| is_total(line))
        .filter_map(|line| line.horizon.map(|horizon| (line.label, horizon)))
        .collect();
    for line in lines.iter_mut().filter(|line| line.horizon.is_none()) {
        let label = line.label;
        let above = totals
            .iter()
            .filter(|(total, _)| total.row < label.row && total.overlap_x(label) > 0.0)
            .max_by(|(a, _), (b, _)| a.overlap_x(label).total_cmp(&b.overlap_x(label)).then(a.row.cmp(&b.row)));
        let before = || totals.iter().rev().find(|(total, _)| total.row <= label.row && total.column <= label.column);
        line.horizon = Some(above.or_else(before).or(totals.first()).map_or(form_horizon, |(_, horizon)| *horizon));
    }
}

fn is_total(line: &Line<'_>) -> bool {
    line.line == FundLine::Source(FundSource::Total) && line.group.is_none()
}

/// The unit in the line's own label, or in the label of the block at its left.
fn unit_beside(grid: &FormGrid, line: &Line<'_>) -> Option<Unit> {
    unit_in(&line.label.text).or_else(|| {
        grid.row(line.label.row).take_while(|cell| cell.column < line.label.column).find_map(|cell| unit_in(&cell.text))
    })
}

fn publish(line: &Line<'_>, unit: Option<Unit>, out: &mut Funds, notes: &mut Vec<Note>) {
    let horizon = line.horizon.unwrap_or_default();
    let amount = amount::in_yuan(&line.amount.text, unit);
    if amount.is_none() && !line.amount.is_blank() && !amount::is_dash(&line.amount.text) {
        notes.push(Note::new(
            NoteKind::AmountUnreadable,
            format!("funds of a form: {}", line.amount.text),
            line.amount.provenance,
        ));
    }
    if line.amount.guessed && amount.is_some() {
        let message =
            format!("{} is likely the amount of `{}` in a form, or of another", line.amount.text, line.label.text);
        notes.push(Note::new(NoteKind::ColumnGuessed, message, line.amount.provenance));
    }
    let annual = horizon == Horizon::Annual;
    let key = match (line.group, line.line) {
        (None, FundLine::Source(source)) => {
            push_fund(line, source, horizon, amount, unit, out);
            return;
        }
        (_, FundLine::Fiscal) if annual => "fiscal_appropriation_annual",
        (_, FundLine::Fiscal) => "fiscal_funds_period",
        (_, FundLine::Carryover) if annual => "carryover_annual",
        (_, FundLine::Carryover) => "carryover_period",
        (Some(FundLine::Fiscal), FundLine::Basic) => "fiscal_basic_annual",
        (Some(FundLine::Fiscal), FundLine::Project) => "fiscal_project_annual",
        (Some(FundLine::Source(FundSource::Other)), FundLine::Basic) => "other_basic_annual",
        (Some(FundLine::Source(FundSource::Other)), FundLine::Project) => "other_project_annual",
        (_, FundLine::Basic) => "basic_annual",
        (_, FundLine::Project) => "project_annual",
        (_, FundLine::Municipal) if annual => "municipal_expenditure_annual",
        (_, FundLine::Municipal) => "municipal_expenditure_period",
        (_, FundLine::Districts) if annual => "district_subsidy_annual",
        (_, FundLine::Districts) => "district_subsidy_period",
        (Some(_), FundLine::Source(_)) => return,
    };
    if !out.texts.iter().any(|(known, _)| known == key) {
        out.texts.push((key.to_owned(), amount.map(amount::two_decimals)));
    }
}

fn push_fund(
    line: &Line<'_>,
    source: FundSource,
    horizon: Horizon,
    amount_yuan: Option<Decimal>,
    unit: Option<Unit>,
    out: &mut Funds,
) {
    if out.funds.iter().any(|fund| fund.source == source && fund.horizon == horizon) {
        return;
    }
    let extra = line
        .columns
        .iter()
        .map(|(key, cell)| {
            let text = if amount::is_dash(&cell.text) || cell.is_blank() {
                None
            } else if key.ends_with("_yuan") {
                amount::in_yuan(&cell.text, unit).map(amount::two_decimals)
            } else {
                Some(cell.text.clone())
            };
            ((*key).to_owned(), text)
        })
        .collect();
    out.funds.push(Fund {
        source,
        horizon,
        amount_yuan,
        provenance: line.amount.provenance,
        guessed: line.amount.guessed,
        extra,
    });
}
