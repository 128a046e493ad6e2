//! The part of a form above its indicators: fields, funds, free text and goals.

use super::fund_table::FundTable;
use super::goals;
use super::outcome::Outcome;
use super::sheet::{N_COLUMNS, RIGHT, Sheet};
use crate::segment::header::bare;
use crate::segment::text::spacing::has_cut_words;
use crate::terms::form::FormLabel;

/// A label with what is printed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) label: FormLabel,
    pub(super) text: String,
    /// The value line by line.
    pub(super) value: Vec<String>,
}

/// What is printed side by side, or a block of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// Labels with their values on one line.
    Fields(Vec<Field>),
    /// The label of the funds, down to the last of their lines.
    Funds(String),
    /// Funds with several amounts a line.
    FundTable(FundTable),
    /// The goals: the label beside them, what heads each side, and the lines of both sides one after the other.
    Goals { label: String, heads: Vec<String>, lines: Vec<String> },
    /// What was to be reached beside what was.
    Outcome(Outcome),
}

/// The head of a form.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    pub(super) rows: Vec<Row>,
}

impl Head {
    /// Whether both heads name the same project with the same money.
    ///
    /// The free text is left out: extractors damage it differently from page to page.
    pub(super) fn is_same_form(&self, other: &Self) -> bool {
        let key = |head: &Self| -> Vec<(FormLabel, String)> {
            head.fields()
                .filter(|field| matches!(field.label, FormLabel::Field(_) | FormLabel::Fund(..)))
                .map(|field| (field.label, bare(&field.value.concat())))
                .collect()
        };
        let own = key(self);
        !own.is_empty() && own == key(other)
    }

    fn fields(&self) -> impl Iterator<Item = &Field> {
        self.rows.iter().flat_map(|row| if let Row::Fields(fields) = row { fields.as_slice() } else { &[] })
    }

    /// The lines of the goals, where they are for two times.
    pub(super) fn goal_lines(&self) -> &[String] {
        let goals = self.rows.iter().find_map(|row| match row {
            Row::Goals { heads, lines, .. } if heads.len() == 2 => Some(lines.as_slice()),
            _ => None,
        });
        goals.unwrap_or_default()
    }

    /// The names of the project and of those who file the form that have gaps: words were cut out of them.
    pub(super) fn cut_names(&self) -> impl Iterator<Item = &str> {
        let named = self.fields().filter(|field| matches!(field.label, FormLabel::Field(_)));
        named.flat_map(|field| &field.value).map(String::as_str).filter(|line| has_cut_words(line))
    }

    /// What of the head is read as the likelier of several readings.
    pub(super) fn guesses(&self) -> impl Iterator<Item = String> {
        self.rows.iter().filter_map(|row| match row {
            Row::Outcome(outcome) => outcome.guess(),
            _ => None,
        })
    }

    /// Draws the head.
    pub(super) fn draw(&self, sheet: &mut Sheet, page: u32, goal_width: usize) {
        let mut funds: Option<usize> = None;
        for row in &self.rows {
            match row {
                Row::Funds(label) => {
                    let at = sheet.n_rows();
                    funds = Some(sheet.put(at, 0..1, vec![label.clone()], page));
                }
                Row::Fields(fields) => {
                    let money = matches!(fields.first().map(|field| field.label), Some(FormLabel::Fund(..)));
                    let at = sheet.add_row();
                    draw_fields(sheet, at, fields, funds.is_some() && money, page);
                    match funds {
                        Some(label) if money => sheet.span_to_foot(label),
                        _ => funds = None,
                    }
                }
                Row::FundTable(table) => {
                    funds = None;
                    table.draw(sheet, page);
                }
                Row::Outcome(outcome) => {
                    funds = None;
                    outcome.draw(sheet, page);
                }
                Row::Goals { label, heads, lines } => {
                    funds = None;
                    if let [left, right] = heads.as_slice() {
                        sheet.put_sides(label, [left, right], goals::part(lines, goal_width).into(), page);
                    } else {
                        let at = sheet.add_row();
                        sheet.put(at, 0..1, vec![label.clone()], page);
                        sheet.put(at, 1..N_COLUMNS, lines.clone(), page);
                    }
                }
            }
        }
    }
}

/// Draws labels and values side by side.
fn draw_fields(sheet: &mut Sheet, row: u16, fields: &[Field], beside_funds: bool, page: u32) {
    let n_fields = u16::try_from(fields.len()).unwrap_or(u16::MAX).max(1);
    let first = u16::from(beside_funds);
    for (field, idx) in fields.iter().zip(0u16..) {
        // The left half holds the first of two, the right half the second; more share the row evenly.
        let edge = |idx: u16| match (n_fields, idx) {
            (_, 0) => first,
            (2, 1) => RIGHT,
            (n, idx) if idx == n => N_COLUMNS.max(2 * n),
            (_, idx) => first.max(2 * idx),
        };
        let (start, end) = (edge(idx), edge(idx + 1));
        sheet.put(row, start..start + 1, vec![field.text.clone()], page);
        sheet.put(row, start + 1..end.max(start + 2), field.value.clone(), page);
    }
}
