//! Names and telephone numbers of officials are left out of a [`Reconciliation`] before anything of it is published.

mod contacts;
mod labelled;
mod shape;

use crate::interpret::reading;
use crate::interpret::{Disclosure, Form, Statement};
use crate::note::{Note, NoteKind};
use crate::reconcile::Reconciliation;
use contacts::Contacts;

/// Leaves out what stands behind labels like 填报人, 联系人 and 联系电话, in forms, tables and texts, and then what was
/// found there wherever else it is printed, in notes and checks too. Figures stay as they are.
///
/// What nothing introduces as a contact stays: a name within a sentence is only known where it is introduced elsewhere in
/// the document.
pub fn contacts(mut reconciliation: Reconciliation) -> Reconciliation {
    let mut contacts = Contacts::default();
    let disclosure = &mut reconciliation.disclosure;
    for form in &mut disclosure.forms {
        signatures(form, &mut contacts);
    }
    for (statement, trust) in disclosure.statements.iter_mut().zip(&mut reconciliation.trust) {
        for (record, column) in cells(statement, &mut contacts) {
            // A telephone number that passed for an amount takes its trust with it.
            if let Some(slot) = trust.get_mut(record).and_then(|row| row.get_mut(column)) {
                *slot = None;
            }
        }
    }
    let mut places: Vec<&mut String> = reconciliation.checks.iter_mut().map(|check| &mut check.place).collect();
    texts(disclosure, &mut |text| labelled::redact(text, &mut contacts));
    places.iter_mut().for_each(|place| labelled::redact(place, &mut contacts));
    let known = contacts.known();
    let mut n_known = 0;
    let mut everywhere = |text: &mut String| n_known += known.remove(text);
    texts(disclosure, &mut everywhere);
    places.iter_mut().for_each(|place| everywhere(place));
    // Names of rows are told again by what is left.
    reconciliation.reading = reading::read(disclosure);
    let n_left_out = contacts.n_found + n_known;
    if n_left_out > 0 {
        let message = format!("{n_left_out} names and telephone numbers of contacts are left out");
        disclosure.notes.push(Note { kind: NoteKind::ContactLeftOut, message, provenance: None });
    }
    reconciliation
}

/// Empties the signatures of a form, and the texts under labels of contacts.
fn signatures(form: &mut Form, contacts: &mut Contacts) {
    let signatures = &mut form.signatures;
    for signature in [&mut signatures.responsible, &mut signatures.handler, &mut signatures.phone] {
        if let Some(text) = signature.take() {
            contacts.learn(&text);
        }
    }
    for (key, text) in &mut form.texts {
        if labelled::is_label(key)
            && let Some(text) = text.take()
        {
            contacts.learn(&text);
        }
    }
}

/// Empties the cells under or beside labels of contacts; which ones.
fn cells(statement: &mut Statement, contacts: &mut Contacts) -> Vec<(usize, usize)> {
    let under: Vec<bool> = statement
        .columns
        .iter()
        .map(|column| column.path.last().is_some_and(|leaf| labelled::is_label(leaf)))
        .collect();
    let mut emptied = Vec::new();
    for (record_idx, record) in statement.records.iter_mut().enumerate() {
        let mut is_beside = false;
        for (idx, slot) in record.values.iter_mut().enumerate() {
            let Some(value) = slot.take() else { continue };
            let is_label = labelled::is_label(&value.text);
            let is_under = under.get(idx).copied().unwrap_or_default();
            if (is_under && !is_label) || (is_beside && labelled::is_contact(&value.text)) {
                contacts.learn(&value.text);
                emptied.push((record_idx, idx));
            } else {
                *slot = Some(value);
            }
            is_beside = is_label;
        }
    }
    emptied
}

/// Hands over every text of a disclosure that may hold a contact; amounts are none.
fn texts(disclosure: &mut Disclosure, each: &mut dyn FnMut(&mut String)) {
    let filing = &mut disclosure.filing;
    [&mut filing.department, &mut filing.title].into_iter().flatten().for_each(&mut *each);
    for statement in &mut disclosure.statements {
        [&mut statement.title, &mut statement.department].into_iter().flatten().for_each(&mut *each);
        statement.notes.iter_mut().for_each(&mut *each);
        statement.columns.iter_mut().flat_map(|column| &mut column.path).for_each(&mut *each);
        let values = statement.records.iter_mut().flat_map(|record| &mut record.values).flatten();
        values.filter(|value| value.amount.is_none()).for_each(|value| each(&mut value.text));
    }
    for form in &mut disclosure.forms {
        let fields = [&mut form.title, &mut form.project_name, &mut form.department, &mut form.implementing_unit];
        fields.into_iter().chain([&mut form.attribute, &mut form.period]).flatten().for_each(&mut *each);
        form.texts.iter_mut().filter_map(|(_, text)| text.as_mut()).for_each(&mut *each);
        for indicator in &mut form.indicators {
            let levels = [&mut indicator.level1, &mut indicator.level2, &mut indicator.level3, &mut indicator.value];
            levels.into_iter().flatten().for_each(&mut *each);
            indicator.extra.iter_mut().filter_map(|(_, text)| text.as_mut()).for_each(&mut *each);
        }
        for task in &mut form.tasks {
            [&mut task.name, &mut task.content].into_iter().flatten().for_each(&mut *each);
        }
    }
    for section in &mut disclosure.sections {
        each(&mut section.heading);
        each(&mut section.text);
    }
    disclosure.notes.iter_mut().for_each(|note| each(&mut note.message));
}
