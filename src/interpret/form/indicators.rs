//! The indicator table of a form.

use crate::interpret::Indicator;
use crate::interpret::prose::{non_empty, without_space};
use crate::note::{Note, NoteKind};
use crate::terms::form::{Horizon, IndicatorColumn};

use super::columns::{Column, columns};
use super::grid::{FormGrid, GridCell};
use super::horizon::horizon_in;
use super::zone::IndicatorZone;

/// Columns that make up one indicator; side by side there may be two groups.
#[derive(Default)]
struct Group<'a> {
    level1: Option<&'a GridCell>,
    level2: Option<&'a GridCell>,
    level3: Option<&'a GridCell>,
    value: Option<&'a GridCell>,
    extra: Vec<(&'static str, &'a GridCell)>,
    horizon: Horizon,
}

/// Splits the columns where one comes again; what stands once at the left serves every group.
fn groups<'a>(grid: &FormGrid, zone: &IndicatorZone, columns: &[Column<'a>], form_horizon: Horizon) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = vec![Group::default()];
    for column in columns {
        let Some(last) = groups.last() else { break };
        let taken = match column.kind {
            IndicatorColumn::Level1 => last.level1.is_some(),
            IndicatorColumn::Level2 => last.level2.is_some(),
            IndicatorColumn::Level3 => last.level3.is_some(),
            IndicatorColumn::Value => last.value.is_some(),
            IndicatorColumn::Extra(_) => false,
        } && last.value.is_some();
        if taken {
            groups.push(Group::default());
        }
        let Some(last) = groups.last_mut() else { break };
        let cell = Some(column.cell);
        match column.kind {
            IndicatorColumn::Level1 => last.level1 = cell,
            IndicatorColumn::Level2 => last.level2 = cell,
            IndicatorColumn::Level3 => last.level3 = cell,
            IndicatorColumn::Value => last.value = cell,
            IndicatorColumn::Extra(key) => last.extra.push((key, column.cell)),
        }
    }
    for idx in 1..groups.len() {
        let (before, after) = groups.split_at_mut(idx);
        if let (Some(before), Some(after)) = (before.last(), after.first_mut()) {
            // 一级指标 printed once at the left stands for both groups; 三级指标 too where only the values differ.
            after.level1 = after.level1.or(before.level1);
            if after.level3.is_none() {
                after.level3 = before.level3;
                after.level2 = after.level2.or(before.level2);
            }
        }
    }
    let n_groups = groups.len();
    for (idx, group) in groups.iter_mut().enumerate() {
        let told = [group.value, group.level3].into_iter().flatten().find_map(|cell| horizon_over(grid, zone, cell));
        let by_place = if n_groups > 1 && idx == 0 { Horizon::Period } else { form_horizon };
        group.horizon = told.unwrap_or(by_place);
    }
    groups
}

/// The time that a column header names itself, or that the cell over it names.
fn horizon_over(grid: &FormGrid, zone: &IndicatorZone, cell: &GridCell) -> Option<Horizon> {
    if zone.start == zone.body {
        return None;
    }
    horizon_in(&cell.text)
        .or_else(|| grid.above(cell).filter(|above| above.row >= zone.start).and_then(|above| horizon_in(&above.text)))
}

/// Reads the indicators of every zone.
pub(super) fn read(
    grid: &FormGrid,
    zones: &[IndicatorZone],
    form_horizon: Horizon,
    notes: &mut Vec<Note>,
) -> Vec<Indicator> {
    let mut out = Vec::new();
    let mut carried: Vec<[Level; 2]> = Vec::new();
    for zone in zones {
        let columns = columns(grid, zone.start, zone.body);
        let groups = groups(grid, zone, &columns, form_horizon);
        // A header that only opens the next page does not end the cells that run over the page break.
        let repeated = grid.opens_page(zone.start) && carried.len() == groups.len();
        if !repeated {
            note_unknown(grid, zone, &columns, notes);
            carried = groups.iter().map(|_| <[Level; 2]>::default()).collect();
        }
        for row in zone.body..zone.end {
            let after_break = grid.opens_page(row) || (repeated && row == zone.body);
            let cells = RowCells::new(grid, &columns, row);
            for (group, [first, second]) in groups.iter().zip(&mut carried) {
                let level1 = first.read(&cells, group.level1, after_break, &mut out, group.horizon, |i| &mut i.level1);
                let level2 = second.read(&cells, group.level2, after_break, &mut out, group.horizon, |i| &mut i.level2);
                if !(cells.starts(group.level3) || cells.starts(group.value)) {
                    continue;
                }
                let (level3, value) = (cells.text(group.level3), cells.text(group.value));
                if level3.is_none() && value.is_none() {
                    continue;
                }
                out.push(Indicator {
                    horizon: group.horizon,
                    level1,
                    level2,
                    level3,
                    value: value.map(|value| without_space(&value)),
                    extra: group
                        .extra
                        .iter()
                        .map(|(key, header)| ((*key).to_owned(), cells.text(Some(header))))
                        .collect(),
                });
            }
        }
    }
    out
}

/// Says which column headers of the indicators are not known; what stands below them is not published.
fn note_unknown(grid: &FormGrid, zone: &IndicatorZone, columns: &[Column<'_>], notes: &mut Vec<Note>) {
    let first = columns.first().map_or(0, |column| column.cell.column);
    let unknown =
        grid.starting(zone.start).filter(|cell| cell.column > first && cell.label.is_none() && !cell.is_blank());
    for cell in unknown.filter(|cell| cell.row_end >= zone.body) {
        let message = format!("a column of indicators is not known and left out: {}", cell.text);
        notes.push(Note::new(NoteKind::LabelUnknown, message, cell.provenance));
    }
}

/// What a level says down the rows; a page break makes two cells of one that spans rows, and prints its text in one of
/// them.
#[derive(Default)]
struct Level {
    text: Option<String>,
    /// The text is the one of the page before, and the cell at hand the blank rest of its cell.
    carried: bool,
    /// The page's first row has no cell for the level: the blank cell below it is still the rest of the one before.
    cell_to_come: bool,
    /// How many indicators there were when a blank cell began.
    blank_since: usize,
}

impl Level {
    fn read(
        &mut self,
        cells: &RowCells<'_>,
        header: Option<&GridCell>,
        after_break: bool,
        out: &mut [Indicator],
        horizon: Horizon,
        slot: impl Fn(&mut Indicator) -> &mut Option<String>,
    ) -> Option<String> {
        let text = cells.text(header);
        let starts = cells.starts(header);
        let is_drawn = cells.under(header).next().is_some();
        let cell_comes = std::mem::take(&mut self.cell_to_come);
        match &text {
            None if header.is_some() && self.text.is_some() && after_break && (starts || !is_drawn) => {
                self.carried = true;
                self.cell_to_come = !is_drawn;
                return self.text.clone();
            }
            None if starts && cell_comes => return self.text.clone(),
            None if !starts && self.carried => return self.text.clone(),
            // Its text may stand on a third page.
            None if after_break && starts => {}
            None if starts => self.blank_since = out.len(),
            Some(text) if after_break && starts && self.text.is_none() => {
                let above = out.get_mut(self.blank_since..).unwrap_or_default();
                for indicator in above.iter_mut().filter(|indicator| indicator.horizon == horizon) {
                    slot(indicator).get_or_insert_with(|| text.clone());
                }
            }
            _ => {}
        }
        self.carried = false;
        self.text.clone_from(&text);
        text
    }
}

/// The cells of one row, each with the column that it belongs to.
struct RowCells<'a> {
    row: usize,
    columns: &'a [Column<'a>],
    owners: Vec<(&'a GridCell, usize)>,
}

impl<'a> RowCells<'a> {
    fn new(grid: &'a FormGrid, columns: &'a [Column<'a>], row: usize) -> Self {
        let owners = grid.row(row).filter_map(|cell| owner(columns, cell).map(|idx| (cell, idx))).collect();
        Self { row, columns, owners }
    }

    fn under(&self, header: Option<&GridCell>) -> impl Iterator<Item = &'a GridCell> {
        let idx = header.and_then(|header| self.columns.iter().position(|column| std::ptr::eq(column.cell, header)));
        self.owners.iter().filter(move |(_, owner)| Some(*owner) == idx).map(|(cell, _)| *cell)
    }

    /// Whether a cell under the header begins in this row.
    fn starts(&self, header: Option<&GridCell>) -> bool {
        self.under(header).any(|cell| cell.row == self.row)
    }

    /// What is printed under the header; ruled parts of one value (≥ | 95 | %) are joined.
    fn text(&self, header: Option<&GridCell>) -> Option<String> {
        non_empty(self.under(header).map(|cell| cell.text.as_str()).collect())
    }
}

/// The column that shares most with a cell.
fn owner(columns: &[Column<'_>], cell: &GridCell) -> Option<usize> {
    let mut best: Option<(usize, f32)> = None;
    for (idx, column) in columns.iter().enumerate() {
        let common = column.cell.overlap_x(cell);
        if common > best.map_or(0.0, |(_, common)| common) {
            best = Some((idx, common));
        }
    }
    best.map(|(idx, _)| idx)
}
