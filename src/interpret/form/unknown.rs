//! Labels that no table of labels knows: their text is kept under the label as printed.

use crate::interpret::prose::without_space;
use crate::terms::form::FormLabel;

use super::amount;
use super::grid::{FormGrid, GridCell, is_unit};

/// A label has at most this many characters; labels that run into their text are shorter than sentences too.
const MAX_CHARS: usize = 14;

/// A label that is not known, with its text.
pub(super) struct Unknown<'a> {
    /// As printed, without white space.
    pub(super) label: String,
    pub(super) text: String,
    /// The cell that holds the text, where it is another.
    pub(super) value: Option<&'a GridCell>,
}

/// Reads a cell as a label that is not known: before a colon, or with an unlabelled text right of it.
pub(super) fn read<'a>(
    grid: &'a FormGrid,
    cell: &GridCell,
    is_taken: impl Fn(&GridCell) -> bool,
) -> Option<Unknown<'a>> {
    let left = grid.row(cell.row).take_while(|other| other.column < cell.column).last();
    let opens_field = left.is_none_or(|left| {
        is_taken(left) || matches!(left.label, Some(FormLabel::Block | FormLabel::FundBlock)) || left.row < cell.row
    });
    if !opens_field {
        return None;
    }
    if let Some((head, rest)) = cell.text.split_once(['：', ':']) {
        let label = without_space(head);
        if !rest.trim().is_empty() && is_label(&label) {
            return Some(Unknown { label, text: rest.trim().to_owned(), value: None });
        }
    }
    let label = without_space(cell.text.trim_end_matches(['：', ':']));
    let value = grid.right_of(cell).filter(|value| value.row == cell.row)?;
    let is_value = value.label.is_none() && !value.is_blank() && !is_taken(value);
    // A row of heads over amounts has no values of its own.
    let heads_amounts = grid.below(cell).is_some_and(|below| amount::parse(&below.text).is_some());
    (is_value && !heads_amounts && is_label(&label)).then(|| Unknown {
        label,
        text: value.text.clone(),
        value: Some(value),
    })
}

/// A few words without figures and without the marks of a sentence.
fn is_label(text: &str) -> bool {
    let n = text.chars().count();
    (2..=MAX_CHARS).contains(&n)
        && !text
            .chars()
            .any(|ch| ch.is_ascii_digit() || matches!(ch, '，' | '。' | '；' | ',' | ';' | '%' | '《' | '“'))
        && !text.is_ascii()
        && !is_unit(text)
}
