//! Classification codes joined from one column or three: 201, 05 and 02 are 2010502.

use crate::emit::flat::block::Block;
use crate::interpret::{Column, ColumnRole, Record};

/// Joins the classification codes of one part, row after row.
pub(super) struct Codes {
    /// Code columns with their depth where 类, 款 and 项 have a column each.
    columns: Vec<(usize, Option<usize>)>,
    /// The last code of each depth.
    last: [String; 3],
}

/// 类, 款, 项 as the heads of three columns.
const DEPTHS: [&str; 3] = ["类", "款", "项"];

/// Digits of a code at each depth, as they are joined.
const DIGITS: [usize; 3] = [3, 2, 2];

impl Codes {
    pub(super) fn new(block: &Block, columns: &[Column]) -> Self {
        let codes = block.names.iter().filter_map(|idx| {
            let column = columns.get(*idx).filter(|column| column.role == ColumnRole::Code)?;
            let of_others = column.path.iter().any(|cell| {
                ["单位", "部门", "项目"]
                    .iter()
                    .any(|whose| ["编码", "代码"].iter().any(|code| cell.contains(&format!("{whose}{code}"))))
            });
            let depth = column.path.last().and_then(|leaf| DEPTHS.iter().position(|depth| leaf == depth));
            (!of_others).then_some((*idx, depth))
        });
        Self { columns: codes.collect(), last: Default::default() }
    }

    /// The functional and the economic code of a row; rows are given in their order.
    pub(super) fn of(&mut self, record: &Record) -> (Option<String>, Option<String>) {
        let (mut functional, mut economic) = (None, None);
        let mut joined = None;
        for (idx, depth) in &self.columns {
            let Some(text) = record.values.get(*idx).and_then(Option::as_ref).map(|value| value.text.trim()) else {
                continue;
            };
            if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
                continue;
            }
            match depth {
                Some(depth) => joined = join(&mut self.last, *depth, text).or(joined),
                None => keep(text.to_owned(), &mut functional, &mut economic),
            }
        }
        if let Some(code) = joined {
            keep(code, &mut functional, &mut economic);
        }
        (functional, economic)
    }
}

/// The whole code down to `depth`, with the parents that an earlier row or column printed.
fn join(last: &mut [String; 3], depth: usize, text: &str) -> Option<String> {
    let whole: usize = DIGITS.iter().take(depth + 1).sum();
    let digits = *DIGITS.get(depth)?;
    let parents: String = last.get(..depth)?.concat();
    // Some columns print the whole code so far, some only its last part, with or without its zero.
    let own = if text.len() == whole && depth > 0 {
        text.get(whole - digits..)?.to_owned()
    } else {
        format!("{text:0>digits$}")
    };
    let above = if text.len() == whole { text.get(..whole - digits)? } else { &parents };
    if own.len() != digits || above.len() != whole - digits {
        return None;
    }
    let code = format!("{above}{own}");
    let mut rest = code.as_str();
    for (slot, digits) in last.iter_mut().zip(DIGITS) {
        let (part, tail) = rest.split_at_checked(digits).unwrap_or((rest, ""));
        *slot = part.to_owned();
        rest = tail;
    }
    Some(code)
}

/// Files a code under its classification: 2… is functional, 3… and 5… economic.
fn keep(code: String, functional: &mut Option<String>, economic: &mut Option<String>) {
    match (code.len(), code.as_bytes().first()) {
        (3 | 5 | 7, Some(b'2')) => *functional = Some(code),
        (3 | 5, Some(b'3' | b'5')) => *economic = Some(code),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the rows of three columns 类, 款 and 项 join to.
    fn joined(rows: &[[&str; 3]]) -> Vec<Option<String>> {
        let mut last = Default::default();
        let mut code = |row: &[&str; 3]| {
            let filled = row.iter().enumerate().filter(|(_, text)| !text.is_empty());
            filled.fold(None, |code, (depth, text)| join(&mut last, depth, text).or(code))
        };
        rows.iter().map(&mut code).collect()
    }

    fn some(codes: &[&str]) -> Vec<Option<String>> {
        codes.iter().map(|code| Some((*code).to_owned())).collect()
    }

    #[test]
    fn three_columns_join_to_one_code() {
        assert_eq!(joined(&[["205", "02", "01"]]), some(&["2050201"]));
    }

    #[test]
    fn a_code_printed_alone_takes_the_parents_of_the_rows_above() {
        assert_eq!(joined(&[["205", "", ""], ["", "02", ""], ["", "", "1"]]), some(&["205", "20502", "2050201"]));
    }

    #[test]
    fn a_column_may_print_the_whole_code_so_far() {
        assert_eq!(joined(&[["205", "20502", "2050201"], ["", "20508", ""]]), some(&["2050201", "20508"]));
    }

    #[test]
    fn a_code_without_its_parents_is_none() {
        assert_eq!(joined(&[["", "", "01"]]), [None]);
    }
}
