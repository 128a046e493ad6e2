//! A form's grid becomes a [`Form`]: fields, funds in yuan, free text, indicators, signatures.

mod caption;
mod columns;

mod amount;
mod fields;
mod funds;
mod grid;
mod horizon;
mod indicators;
mod signatures;
mod tasks;
mod unknown;
mod unpublished;
mod zone;

use crate::interpret::{Form, FormKind};
use crate::note::{Note, NoteKind};
use crate::segment::FormRegion;
use crate::terms::form::{FormField, FormLabel, IndicatorColumn};

use grid::{FormGrid, is_unit, unit_in};

/// Reads a form; `idx` counts the document's forms from 0.
pub fn interpret(region: FormRegion, idx: usize, notes: &mut Vec<Note>) -> Form {
    let grid = FormGrid::new(&region);
    // Some bureaus rule the title in as the grid's first rows.
    let n_caption_rows = (0..grid.n_rows()).take_while(|row| is_caption_row(&grid, *row)).count();
    let inner = (0..n_caption_rows).flat_map(|row| grid.starting(row)).map(|cell| cell.text.as_str());
    let caption = caption::read(region.caption.iter().map(|line| line.text.as_str()).chain(inner));

    // Indicators and tasks have rows of their own; labels there are columns.
    let zones = zone::zones(&grid);
    let task_zone =
        tasks::zone(&grid).filter(|zone| zones.iter().all(|other| zone.end <= other.start || zone.start >= other.end));
    let in_zone = |row: usize| {
        zones.iter().any(|zone| (zone.start..zone.end).contains(&row))
            || task_zone.as_ref().is_some_and(|zone| (zone.start..zone.end).contains(&row))
    };
    let rows: Vec<usize> = (n_caption_rows..grid.n_rows()).filter(|row| !in_zone(*row)).collect();

    let mut form = Form {
        id: format!("form-{:02}", idx + 1),
        title: caption.title,
        fiscal_year: caption.fiscal_year,
        pages: region.pages.clone(),
        ..Form::default()
    };
    let form_horizon = horizon::of_form(&grid, caption.names_year);
    fields::read(&grid, &rows, form_horizon, &mut form, notes);
    for (label, value) in caption.labelled {
        fields::set(&mut form, label, value);
    }
    for line in &region.footer {
        for (label, value) in caption::labelled_values(&line.text) {
            fields::set(&mut form, label, value);
        }
    }
    let unit = caption.unit.or_else(|| {
        grid.cells
            .iter()
            .filter(|cell| cell.label.is_some() || is_unit(&cell.text))
            .find_map(|cell| unit_in(&cell.text))
    });
    let mut funds = funds::read(&grid, &rows, form_horizon, unit, notes);
    if let Some(zone) = &task_zone {
        form.tasks = tasks::read(&grid, zone, unit, &mut funds);
    }
    form.funds = funds.funds;
    form.texts.extend(funds.texts);
    form.indicators = indicators::read(&grid, &zones, form_horizon, notes);
    if let Some(score) = total_score(&grid, &rows) {
        form.texts.push(("total_score".to_owned(), score));
    }
    if form.project_name.is_none() && !grid.cells.iter().any(|cell| cell.label == Some(PROJECT_NAME)) {
        form.project_name = form.title.as_deref().and_then(caption::project_in_title);
    }
    unpublished::note(&grid, n_caption_rows, &form, notes);
    form.kind = kind(&form, &grid);
    if form.kind == FormKind::Other
        && let Some(cell) = grid.cells.first()
    {
        notes.push(Note::new(
            NoteKind::KindUnknown,
            "a form that names neither project nor department",
            cell.provenance,
        ));
    }
    form
}

const PROJECT_NAME: FormLabel = FormLabel::Field(FormField::ProjectName);

/// A row of one unlabelled cell, as titles have.
fn is_caption_row(grid: &FormGrid, row: usize) -> bool {
    let mut printed = grid.starting(row).filter(|cell| !cell.is_blank());
    let first = printed.next();
    printed.next().is_none()
        && grid.row(row).all(|cell| cell.row == row)
        && first.is_none_or(|cell| cell.label.is_none())
}

/// The sum of the scores, in the row of 总分 under the header 得分; `Some(None)` where it is left blank.
fn total_score(grid: &FormGrid, rows: &[usize]) -> Option<Option<String>> {
    let label =
        rows.iter().flat_map(|row| grid.starting(*row)).find(|cell| cell.label == Some(FormLabel::TotalScore))?;
    let score = FormLabel::Indicator(IndicatorColumn::Extra("score"));
    let header = grid.cells.iter().rev().find(|cell| cell.label == Some(score) && cell.row < label.row);
    let mut right = grid.row(label.row).filter(|cell| cell.column >= label.column_end);
    let cell = match header {
        Some(header) => right
            .filter(|cell| cell.overlap_x(header) > 0.0)
            .max_by(|a, b| a.overlap_x(header).total_cmp(&b.overlap_x(header))),
        None => right.rfind(|cell| !cell.is_blank()),
    };
    Some(cell.filter(|cell| !cell.is_blank()).map(|cell| cell.text.clone()))
}

/// The title decides; without one, what the form asks for.
fn kind(form: &Form, grid: &FormGrid) -> FormKind {
    let title = form.title.as_deref().unwrap_or_default();
    let asks = |wanted: FormLabel| grid.cells.iter().any(|cell| cell.label == Some(wanted));
    let scored = asks(FormLabel::Indicator(IndicatorColumn::Extra("actual"))) || asks(FormLabel::TotalScore);
    let project = asks(PROJECT_NAME);
    if title.contains("自评") || (scored && !title.contains("目标")) {
        FormKind::SelfEvaluation
    } else if title.contains("整体") && !project {
        FormKind::Department
    } else if project || title.contains("项目") || title.contains("专项") || title.contains("政策") {
        FormKind::Project
    } else if asks(FormLabel::Field(FormField::Department)) || title.contains("部门") || title.contains("单位") {
        FormKind::Department
    } else {
        FormKind::Other
    }
}
