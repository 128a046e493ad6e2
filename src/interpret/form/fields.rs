//! Labels of a form with the value right of them or below them.

use crate::interpret::prose::{non_empty, without_space};
use crate::interpret::{Form, Horizon};
use crate::note::{Note, NoteKind};
use crate::terms::department::split_code;
use crate::terms::form::{FormField, FormLabel};

use super::caption::labelled_values;
use super::grid::{FormGrid, GridCell};
use super::{signatures, unknown};

/// Fills the form's fields, texts and signatures from the given rows.
///
/// A label that is not known is noted, and its text published under the label as printed.
pub(super) fn read(grid: &FormGrid, rows: &[usize], form_horizon: Horizon, form: &mut Form, notes: &mut Vec<Note>) {
    let mut goals: Vec<(Option<Horizon>, Option<String>)> = Vec::new();
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for cell in rows.iter().flat_map(|row| grid.starting(*row)) {
        // The value of a label may read like a label itself: 项目类别 | 其他.
        if taken.contains(&(cell.row, cell.column)) {
            continue;
        }
        match cell.label {
            Some(label @ (FormLabel::Field(_) | FormLabel::Text(_) | FormLabel::Signature(_) | FormLabel::Goal(_))) => {
                if matches!(label, FormLabel::Goal(_)) && groups_goals(grid, cell) {
                    continue;
                }
                let value = value_of(grid, cell);
                taken.extend(value.map(|value| (value.row, value.column)));
                let text = value.map(|value| whole_text(grid, cell, value)).unwrap_or_default();
                if let FormLabel::Goal(horizon) = label {
                    goals.push((horizon, non_empty(text)));
                } else {
                    set(form, label, text);
                }
            }
            // Label and value in one cell: 填报单位：….
            None if !cell.is_blank() => match leading_label(&cell.text) {
                Some((FormLabel::Goal(horizon), text)) => goals.push((horizon, non_empty(text.to_owned()))),
                Some((label @ FormLabel::Text(_), text)) => set(form, label, text.to_owned()),
                Some(_) => {
                    for (label, value) in labelled_values(&cell.text) {
                        set(form, label, value);
                    }
                }
                None => {
                    let is_taken = |cell: &GridCell| taken.contains(&(cell.row, cell.column));
                    let Some(found) = unknown::read(grid, cell, is_taken) else { continue };
                    taken.extend(found.value.map(|value| (value.row, value.column)));
                    let message = format!("a label of a form is not known: {}", found.label);
                    notes.push(Note::new(NoteKind::LabelUnknown, message, cell.provenance));
                    set_text(form, &found.label, non_empty(found.text));
                }
            },
            _ => {}
        }
    }
    settle_goals(goals, form_horizon, form);
}

/// Sets what a label names; the first printed value stays.
pub(super) fn set(form: &mut Form, label: FormLabel, value: String) {
    match label {
        FormLabel::Field(field) => set_field(form, field, &value),
        FormLabel::Text(key) => set_text(form, key, non_empty(value)),
        FormLabel::Signature(field) => signatures::set(&mut form.signatures, field, &value),
        _ => {}
    }
}

fn set_field(form: &mut Form, field: FormField, value: &str) {
    let value = value.replace('\n', "");
    if value.is_empty() {
        return;
    }
    let slot = match field {
        FormField::ProjectName => &mut form.project_name,
        FormField::Department => {
            let (code, name) = split_code(&value);
            if form.department.is_none() {
                form.department = Some(name.to_owned());
                form.department_code = form.department_code.take().or(code.map(str::to_owned));
            }
            return;
        }
        FormField::DepartmentCode => &mut form.department_code,
        FormField::ImplementingUnit => {
            form.implementing_unit.get_or_insert_with(|| split_code(&value).1.to_owned());
            return;
        }
        FormField::Attribute => &mut form.attribute,
        FormField::Period => &mut form.period,
    };
    slot.get_or_insert(value);
}

fn set_text(form: &mut Form, key: &str, value: Option<String>) {
    match form.texts.iter_mut().find(|(known, _)| known == key) {
        Some((_, known)) if known.is_none() => *known = value,
        Some(_) => {}
        None => form.texts.push((key.to_owned(), value)),
    }
}

/// 总体目标 that names no time is for the form's, unless the year has a goal of its own.
fn settle_goals(goals: Vec<(Option<Horizon>, Option<String>)>, form_horizon: Horizon, form: &mut Form) {
    let annual = goals.iter().any(|(horizon, _)| *horizon == Some(Horizon::Annual));
    for (horizon, text) in goals {
        let horizon = horizon.unwrap_or(if annual { Horizon::Period } else { form_horizon });
        let key = match horizon {
            Horizon::Period => "goal_period",
            Horizon::Annual => "goal_annual",
        };
        set_text(form, key, text);
    }
}

/// A goal label that only stands beside the labels of the goals proper.
fn groups_goals(grid: &FormGrid, cell: &GridCell) -> bool {
    grid.right_of(cell).is_some_and(|right| {
        right.row == cell.row
            && right.row_end < cell.row_end
            && matches!(right.label, Some(FormLabel::Goal(_) | FormLabel::Text("actual_annual")))
    })
}

/// The cell that holds a label's value.
fn value_of<'a>(grid: &'a FormGrid, label: &GridCell) -> Option<&'a GridCell> {
    let right = grid.right_of(label);
    if let Some(first) = right.filter(|cell| !is_strong(cell)) {
        return Some(first);
    }
    let below = grid.below(label).filter(|cell| !is_strong(cell))?;
    // What stands below may be the value of a label at its own left.
    let left = grid.row(below.row).take_while(|cell| cell.column < below.column).last();
    let claimed = left.is_some_and(|left| left.row == below.row && is_strong(left));
    (!claimed).then_some(below)
}

/// The text of a value; a long one may be ruled into several cells beside its label.
fn whole_text(grid: &FormGrid, label: &GridCell, value: &GridCell) -> String {
    let mut text = value.text.clone();
    if value.row != label.row {
        return text;
    }
    let mut row = value.row_end;
    while row < label.row_end {
        let Some(next) = grid.starting(row).find(|cell| cell.column >= label.column_end) else { break };
        let alone = grid.starting(row).filter(|cell| !cell.is_blank()).count() == 1;
        if next.label.is_some() || !alone || next.column != value.column {
            break;
        }
        text.push('\n');
        text.push_str(&next.text);
        row = next.row_end;
    }
    text
}

/// Labels that are hardly ever a value themselves.
fn is_strong(cell: &GridCell) -> bool {
    matches!(
        cell.label,
        Some(
            FormLabel::Field(_)
                | FormLabel::Text(_)
                | FormLabel::Goal(_)
                | FormLabel::FundBlock
                | FormLabel::Signature(_)
                | FormLabel::Block
        )
    )
}

/// The label before a text's first colon, and what follows it.
pub(super) fn leading_label(text: &str) -> Option<(FormLabel, &str)> {
    let (head, rest) = text.split_once(['：', ':'])?;
    FormLabel::of(&without_space(head)).map(|label| (label, rest.trim()))
}
