//! Amounts of forms that models have read are doubted where the label beside or above them may be another one.

use super::FormRegion;
use super::as_read::{Read, is_overlaid, unsure_note};
use super::header::bare;
use crate::note::Note;
use crate::terms::form::FormLabel;
use crate::terms::statement::unit_in_header;

/// What is not certain of a label.
struct Unsure {
    label: usize,
    /// What it may say; `None` where it has more characters.
    other: Option<String>,
    /// Its unit may be another one: that of all amounts.
    of_unit: bool,
}

/// Marks the amounts of a form whose labels may say something else, and tells which those are.
pub(super) fn doubt(form: &mut FormRegion, read: &Read<'_>, notes: &mut Vec<Note>) {
    let unit_is_sure = read.unit_is_sure(&form.pages);
    let unsure: Vec<Unsure> = (0..form.cells.len()).filter_map(|label| unsure(form, label, read)).collect();
    let mut amounts = vec![0_usize; unsure.len()];
    for i in 0..form.cells.len() {
        let Some(cell) = form.cells.get(i) else { continue };
        let text = bare(&cell.lines.concat());
        if !text.contains(|ch: char| ch.is_ascii_digit()) || FormLabel::of(&text).is_some() {
            continue;
        }
        let (rows, columns) =
            (cell.row..cell.row + cell.n_rows.max(1), cell.column..cell.column + cell.n_columns.max(1));
        let is_overlaid = is_overlaid(&text, cell.provenance, read, notes);
        let mut is_doubtful = is_overlaid || !unit_is_sure;
        for (unsure, n_amounts) in unsure.iter().zip(&mut amounts) {
            let Some(label) = form.cells.get(unsure.label) else { continue };
            let is_beside = label.row < rows.end && rows.start < label.row + label.n_rows.max(1);
            let is_above = label.column < columns.end && columns.start < label.column + label.n_columns.max(1);
            if unsure.of_unit || is_beside || is_above {
                is_doubtful = true;
                *n_amounts += 1;
            }
        }
        if is_doubtful && let Some(cell) = form.cells.get_mut(i) {
            cell.guessed = true;
        }
    }
    for (unsure, _) in unsure.iter().zip(amounts).filter(|(_, n_amounts)| *n_amounts > 0) {
        let Some(label) = form.cells.get(unsure.label) else { continue };
        let name = bare(&label.lines.concat());
        notes.push(unsure_note(&name, unsure.other.as_deref(), "its amounts stay unchecked", label.provenance));
    }
}

/// A label of a form that was read in part, or that another reading of it makes another label or another unit.
fn unsure(form: &FormRegion, label: usize, read: &Read<'_>) -> Option<Unsure> {
    let cell = form.cells.get(label)?;
    let text = bare(&cell.lines.concat());
    let taken = FormLabel::of(&text)?;
    for piece in read.inside(&cell.provenance) {
        if piece.is_partial {
            return Some(Unsure { label, other: None, of_unit: false });
        }
        let read_as = bare(&piece.text);
        for rival in &piece.rivals {
            let other = text.replacen(&read_as, &bare(&rival.text), 1);
            let of_unit = unit_in_header(&other).is_some_and(|unit| Some(unit) != unit_in_header(&text));
            if of_unit || FormLabel::of(&other).is_some_and(|other| other != taken) {
                return Some(Unsure { label, other: Some(other), of_unit });
            }
        }
    }
    None
}
