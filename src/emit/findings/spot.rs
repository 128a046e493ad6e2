//! Where a figure stands, as people look for it: page, table, row by number and name, column.

use rust_decimal::Decimal;

use crate::interpret::{ColumnRole, Form, Statement};
use crate::provenance::Provenance;
use crate::reconcile::{FigureRef, Reconciliation};
use crate::terms::Unit;

/// A printed figure with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Where it stands in the report.
    pub at: FigureRef,
    /// The id of the table or form; empty for the narrative.
    pub holder: String,
    /// Number and title of the table, name of the form's project, heading of the section.
    pub title: String,
    /// Page and rectangle.
    pub provenance: Provenance,
    /// The row from 1, in a table.
    pub row: Option<usize>,
    /// The row's code and name, the words before an amount in the text; empty in a form.
    pub name: String,
    /// The header path of the column, or the key of the form's line.
    pub column: String,
    /// In yuan; `None` for an amount of the text.
    pub yuan: Option<Decimal>,
    /// Its column is the likeliest of several.
    pub guessed: bool,
}

/// A reconciliation in which figures are looked up.
#[derive(Clone, Copy)]
pub(super) struct Places<'r> {
    pub(super) reconciliation: &'r Reconciliation,
}

impl Places<'_> {
    /// The place of a figure.
    pub(super) fn spot(&self, at: FigureRef) -> Spot {
        let disclosure = &self.reconciliation.disclosure;
        let mut spot = Spot {
            at,
            holder: String::new(),
            title: String::new(),
            provenance: Provenance::page(0),
            row: None,
            name: self.reconciliation.names.get(&at).cloned().unwrap_or_default(),
            column: String::new(),
            yuan: None,
            guessed: false,
        };
        match at {
            FigureRef::Cell { statement, record, column } => {
                let Some(printed) = disclosure.statements.get(statement) else { return spot };
                spot.holder.clone_from(&printed.id);
                spot.title = statement_title(printed);
                spot.row = Some(record + 1);
                spot.column = printed.columns.get(column).map(|c| c.path.join("/")).unwrap_or_default();
                let Some(record) = printed.records.get(record) else { return spot };
                if spot.name.is_empty() {
                    let is_name = |c: usize| {
                        printed.columns.get(c).is_some_and(|c| matches!(c.role, ColumnRole::Label | ColumnRole::Code))
                    };
                    let texts = record.values.iter().enumerate().filter(|(c, _)| *c < column && is_name(*c));
                    let texts: Vec<&str> = texts.filter_map(|(_, v)| Some(v.as_ref()?.text.as_str())).collect();
                    spot.name = texts.join(" ");
                }
                spot.provenance = record.provenance;
                let Some(value) = record.values.get(column).and_then(Option::as_ref) else { return spot };
                if value.provenance.page != 0 {
                    spot.provenance = value.provenance;
                }
                let factor = Decimal::from(self.unit(at).in_yuan());
                spot.yuan = value.amount.and_then(|amount| amount.checked_mul(factor));
                spot.guessed = value.guessed;
            }
            FigureRef::Fund { form, fund } => {
                let Some(form) = disclosure.forms.get(form) else { return spot };
                spot.form(form);
                let Some(fund) = form.funds.get(fund) else { return spot };
                spot.column = format!("{}/{}", fund.horizon.name(), fund.source.name());
                spot.yuan = fund.amount_yuan;
                spot.guessed = fund.guessed;
                if fund.provenance.page != 0 {
                    spot.provenance = fund.provenance;
                }
            }
            FigureRef::Text { form, text } => {
                let Some(form) = disclosure.forms.get(form) else { return spot };
                spot.form(form);
                let Some((key, value)) = form.texts.get(text) else { return spot };
                spot.column.clone_from(key);
                spot.yuan = value.as_ref().and_then(|value| value.parse().ok());
            }
            FigureRef::Prose { section, .. } => {
                let Some(section) = disclosure.sections.get(section) else { return spot };
                spot.title.clone_from(&section.heading);
                spot.provenance = section.provenance;
            }
        }
        spot
    }

    /// The unit that a figure is printed in; forms and texts are shown in 万元, as texts write it.
    pub(super) fn unit(&self, at: FigureRef) -> Unit {
        match at {
            FigureRef::Cell { statement, .. } => {
                self.reconciliation.disclosure.statements.get(statement).and_then(|s| s.unit).unwrap_or(Unit::Yuan)
            }
            FigureRef::Prose { .. } => Unit::TenThousandYuan,
            FigureRef::Fund { .. } | FigureRef::Text { .. } => Unit::Yuan,
        }
    }
}

impl Spot {
    fn form(&mut self, form: &Form) {
        self.holder.clone_from(&form.id);
        self.title = form_title(form);
        self.provenance = Provenance::page(form.pages.first().copied().unwrap_or(0));
    }
}

/// Whether two figures stand in one row, one form or one place of the text.
pub(super) fn same_row(a: FigureRef, b: FigureRef) -> bool {
    match (a, b) {
        (
            FigureRef::Cell { statement, record, .. },
            FigureRef::Cell { statement: other_statement, record: other_record, .. },
        ) => statement == other_statement && record == other_record,
        _ => a == b,
    }
}

/// 预算公开表1 部门收支总表
pub(super) fn statement_title(statement: &Statement) -> String {
    let words = [statement.number.as_deref(), statement.title.as_deref()];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The project's name, else the form's title.
pub(super) fn form_title(form: &Form) -> String {
    form.project_name.clone().or_else(|| form.title.clone()).unwrap_or_default()
}
