//! The sides of a statement: a run of label and code columns with the amount columns that they name.

use super::FigureId;
use super::indent;
use super::label::{self, Label};
use crate::interpret::code::{self, System};
use crate::interpret::{ColumnRole, Statement};

/// One side of a statement (收入 or 支出; most statements have one).
#[derive(Clone, Debug)]
pub(super) struct Side {
    /// Its label and code columns.
    pub(super) head: Vec<usize>,
    /// Its amount columns.
    pub(super) amounts: Vec<usize>,
    /// Its rows that say anything.
    pub(super) lines: Vec<Line>,
    /// Its codings, over `lines`.
    pub(super) systems: Vec<System>,
    /// The levels that the indentation of its labels shows, over `lines`: one entry a column that is set in by steps.
    pub(super) indents: Vec<Vec<u32>>,
    /// The levels that names of units show, over `lines`; empty where they show none.
    pub(super) ranks: Vec<u32>,
    /// The codes are not printed here: other statements print them beside the same names.
    pub(super) lent: bool,
}

impl Line {
    /// Whether it is an item by no means: a sum, a row printed again, a sum of a page, a row without a name.
    pub(super) fn is_apart(&self) -> bool {
        self.total || self.reprint || self.filled == 0 || self.label.page_sum.is_some()
    }
}

impl Side {
    /// The position of a record's line: each record has one at most, and they stand in order.
    pub(super) fn line_of(&self, record: usize) -> Option<usize> {
        self.lines.binary_search_by_key(&record, |line| line.record).ok()
    }
}

/// A row of one side.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The record that it is a part of.
    pub(super) record: usize,
    /// The last label of the row that is no sum word, or the sum word where there is no other.
    pub(super) label: Label,
    /// Every name in the row, codes and sum words apart.
    pub(super) names: Vec<String>,
    /// Bit i is set where head column i is filled with more than a sum word.
    pub(super) filled: u64,
    /// The whole row is a sum: its first label is a sum word.
    pub(super) total: bool,
    /// The side that the label of this sum stands on, where its cell is merged over several sides.
    pub(super) shared: Option<usize>,
    /// A merged cell that its table prints again on the next page: label, codes and amounts of the row above it.
    pub(super) reprint: bool,
    /// Its page.
    pub(super) page: u32,
    /// The figures in the side's amount columns.
    pub(super) figures: Vec<Option<FigureId>>,
}

/// Between amounts, a column of text names its rows where at least one row in so many has words in it.
const NAMED_ROWS: usize = 3;

fn names_rows(statement: &Statement, column: usize) -> bool {
    let texts = statement.records.iter().filter_map(|r| r.values.get(column)?.as_ref()).map(|v| v.text.trim());
    let (mut words, mut others) = (0, 0);
    for text in texts.filter(|text| !text.is_empty()) {
        let opens = text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '(' | '（' | '“'));
        // 50101-工资奖金津补贴, 1、财政拨款; but 12项 is a quantity.
        let coded = text.split_once(['-', '－', '—']).is_some_and(|(digits, name)| {
            digits.len() >= 3 && digits.bytes().all(|b| b.is_ascii_digit()) && name.starts_with(char::is_alphabetic)
        });
        if opens || coded || label::read(text).mark.is_some() { words += 1 } else { others += 1 }
    }
    let leads = !statement.columns.iter().take(column).any(|c| c.role == ColumnRole::Amount);
    words > others && (leads || words * NAMED_ROWS >= statement.records.len())
}

fn is_blank(statement: &Statement, column: usize) -> bool {
    let mut texts = statement.records.iter().filter_map(|r| r.values.get(column)?.as_ref());
    !texts.any(|value| !value.text.trim().is_empty())
}

/// Splits a statement into sides.
pub(super) fn sides(statement: &Statement, cells: &[Vec<Option<FigureId>>]) -> Vec<Side> {
    let mut spans: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
    for (column, header) in statement.columns.iter().enumerate() {
        match header.role {
            // A column between amounts that prints nothing can be one of them.
            ColumnRole::Label | ColumnRole::Code
                if spans.last().is_some_and(|(_, amounts)| !amounts.is_empty()) && is_blank(statement, column) => {}
            ColumnRole::Label | ColumnRole::Code => match spans.last_mut() {
                Some((head, amounts)) if amounts.is_empty() => head.push(column),
                _ => spans.push((vec![column], Vec::new())),
            },
            ColumnRole::Amount => match spans.last_mut() {
                Some((_, amounts)) => amounts.push(column),
                None => spans.push((Vec::new(), vec![column])),
            },
            // A label under a header that is not known as one (采购品目大类) orders the rows all the same.
            ColumnRole::Text if !names_rows(statement, column) => {}
            ColumnRole::Text => match spans.last_mut() {
                Some((head, amounts)) if amounts.is_empty() => head.push(column),
                _ => spans.push((vec![column], Vec::new())),
            },
        }
    }
    spans.retain(|(_, amounts)| !amounts.is_empty());
    let figures = |record: usize, amounts: &[usize]| -> Vec<Option<FigureId>> {
        amounts.iter().map(|c| cells.get(record).and_then(|row| *row.get(*c)?)).collect()
    };
    let mut result: Vec<Side> = Vec::new();
    for (index, (head, amounts)) in spans.iter().enumerate() {
        let mut lines = Vec::new();
        let labelled = has_label(statement, head);
        for record in 0..statement.records.len() {
            let mut line = read_line(statement, head, labelled, record);
            line.figures = figures(record, amounts);
            let named = line.filled != 0 || line.total;
            let valued = line.figures.iter().any(Option::is_some);
            // A sum merged over two sides has its label on the first and its amount on the last of them.
            if line.total && !valued {
                let borrowed = spans.iter().skip(index + 1).find_map(|(other_head, other)| {
                    let theirs = figures(record, other);
                    let other_line = read_line(statement, other_head, has_label(statement, other_head), record);
                    let free = other_line.filled == 0 && !other_line.total;
                    (free && other.len() == amounts.len() && theirs.iter().any(Option::is_some)).then_some(theirs)
                });
                if let Some(theirs) = borrowed {
                    line.figures = theirs;
                    line.shared = Some(index);
                }
            } else if !named && valued && !head.is_empty() {
                let lender = spans.iter().enumerate().take(index).rev().find_map(|(lender, (other_head, other))| {
                    let theirs = read_line(statement, other_head, has_label(statement, other_head), record);
                    let free = figures(record, other).iter().all(Option::is_none);
                    (theirs.total && free).then_some((lender, theirs))
                });
                if let Some((lender, theirs)) = lender {
                    line.label = theirs.label;
                    line.total = true;
                    line.shared = Some(lender);
                }
            }
            if named || valued {
                lines.push(line);
            }
        }
        mark_reprints(statement, head, amounts, &mut lines);
        let records: Vec<_> = lines.iter().filter_map(|line| statement.records.get(line.record)).collect();
        let systems = code::systems(&statement.columns, head, &records);
        let indents = head.iter().filter_map(|column| indent::levels(statement, *column, &lines)).collect();
        result.push(Side {
            head: head.clone(),
            amounts: amounts.clone(),
            lines,
            systems,
            indents,
            ranks: Vec::new(),
            lent: false,
        });
    }
    result
}

fn mark_reprints(statement: &Statement, head: &[usize], amounts: &[usize], lines: &mut [Line]) {
    let text = |record: usize, column: usize| {
        let value = statement.records.get(record).and_then(|r| r.values.get(column)?.as_ref());
        value.map(|v| v.text.trim()).filter(|t| !t.is_empty())
    };
    let page = |record: usize| statement.records.get(record).map(|r| r.provenance.page);
    // 合计 again on the next page, with the figures of the first.
    let mut sums: Vec<(String, usize)> = Vec::new();
    for line in lines.iter_mut().filter(|line| line.total && line.figures.iter().any(Option::is_some)) {
        let same = |(name, record): &&(String, usize)| {
            *name == line.label.name
                && page(*record) != page(line.record)
                && amounts.iter().all(|c| text(*record, *c) == text(line.record, *c))
        };
        if !line.label.name.ends_with("小计") && sums.iter().any(|sum| same(&sum)) {
            (line.total, line.reprint) = (false, true);
            continue;
        }
        sums.push((line.label.name.clone(), line.record));
    }
    let mut last: Option<usize> = None;
    for line in lines.iter_mut().filter(|line| line.figures.iter().any(Option::is_some)) {
        let again = last.is_some_and(|last| {
            let same_label = head.iter().all(|c| match (text(last, *c), text(line.record, *c)) {
                (Some(above), Some(own)) => above == own,
                // The first cell of a merged group is printed at the group's first row only.
                (None, _) => true,
                (Some(_), None) => false,
            });
            page(last) != page(line.record)
                && same_label
                && amounts.iter().all(|c| text(last, *c) == text(line.record, *c))
        });
        line.reprint |= again && line.filled != 0;
        last = Some(line.record);
    }
}

/// Whether a column is known to hold labels: other text beside it gives no name to the row.
fn has_label(statement: &Statement, head: &[usize]) -> bool {
    head.iter().any(|c| statement.columns.get(*c).is_some_and(|c| c.role == ColumnRole::Label))
}

fn read_line(statement: &Statement, head: &[usize], labelled: bool, record: usize) -> Line {
    let mut line = Line {
        record,
        label: Label::default(),
        names: Vec::new(),
        filled: 0,
        total: false,
        shared: None,
        reprint: false,
        page: statement.records.get(record).map_or(0, |record| record.provenance.page),
        figures: Vec::new(),
    };
    let mut first = true;
    for (bit, column) in head.iter().enumerate().take(64) {
        let value = statement.records.get(record).and_then(|r| r.values.get(*column)?.as_ref());
        let Some(text) = value.map(|v| v.text.trim()).filter(|t| !t.is_empty()) else { continue };
        let label = label::read(text);
        if label.total {
            line.total |= first;
        } else {
            line.filled |= 1 << bit;
        }
        let role = statement.columns.get(*column).map(|c| c.role);
        let coded = role == Some(ColumnRole::Code) || labelled && role == Some(ColumnRole::Text);
        if role != Some(ColumnRole::Code) && !label.total {
            line.names.push(label.name.clone());
        }
        if !coded && (!label.total || line.label.name.is_empty()) || label.total && first {
            line.label = label;
        }
        first = false;
    }
    // 合计 may stand in a column of numbers (单位编码) before the names that its row leaves blank.
    if first
        && let Some(start) = head.first()
        && let Some(label) = (0..*start).rev().find_map(|column| sum_word(statement, record, column))
    {
        line.total = true;
        line.label = label;
    }
    line
}

/// The sum word in a column that holds numbers otherwise.
fn sum_word(statement: &Statement, record: usize, column: usize) -> Option<Label> {
    let is_text = statement.columns.get(column).is_some_and(|c| c.role == ColumnRole::Text);
    let value = statement.records.get(record).filter(|_| is_text)?.values.get(column)?.as_ref()?;
    Some(label::read(value.text.trim())).filter(|label| label.total)
}
