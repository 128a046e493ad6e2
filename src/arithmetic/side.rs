//! The sides of a statement: a run of label and code columns with the amount columns that they name.

use super::code::{self, System};
use super::label::{self, Label};
pub(crate) use super::line::Line;
use super::{Column, Row, indent};
use crate::terms::column::ColumnRole;

/// One side of a statement (收入 or 支出; most statements have one).
#[derive(Clone, Debug)]
pub(crate) struct Side {
    /// Its label and code columns.
    pub(crate) head: Vec<usize>,
    /// Its amount columns.
    pub(crate) amounts: Vec<usize>,
    /// Its rows that say anything.
    pub(crate) lines: Vec<Line>,
    /// Its codings, over `lines`.
    pub(crate) systems: Vec<System>,
    /// The levels that the indentation of its labels shows, over `lines`: one entry a column that is set in by steps.
    pub(crate) indents: Vec<Vec<u32>>,
    /// The levels that names of units show, over `lines`; empty where they show none.
    pub(crate) ranks: Vec<u32>,
    /// The codes are not printed here: other statements print them beside the same names.
    pub(crate) lent: bool,
}

impl Side {
    /// The position of a record's line: each record has one at most, and they stand in order.
    pub(crate) fn line_of(&self, record: usize) -> Option<usize> {
        self.lines.binary_search_by_key(&record, |line| line.record).ok()
    }
}

/// Between amounts, a column of text names its rows where at least one row in so many has words in it.
const NAMED_ROWS: usize = 3;

fn names_rows<R: Row>(columns: &[Column], rows: &[R], column: usize) -> bool {
    let (mut words, mut others) = (0, 0);
    for text in rows.iter().filter_map(|row| row.text(column)) {
        let opens = text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '(' | '（' | '“'));
        // 50101-工资奖金津补贴, 1、财政拨款; but 12项 is a quantity.
        let coded = text.split_once(['-', '－', '—']).is_some_and(|(digits, name)| {
            digits.len() >= 3 && digits.bytes().all(|b| b.is_ascii_digit()) && name.starts_with(char::is_alphabetic)
        });
        if opens || coded || label::read(text).mark.is_some() { words += 1 } else { others += 1 }
    }
    let leads = !columns.iter().take(column).any(|c| c.role == ColumnRole::Amount);
    words > others && (leads || words * NAMED_ROWS >= rows.len())
}

fn is_blank<R: Row>(rows: &[R], column: usize) -> bool {
    rows.iter().all(|row| row.text(column).is_none())
}

/// Splits a table into sides; `figure` gives the figure of a row and column.
pub(crate) fn sides<R: Row>(
    columns: &[Column],
    rows: &[R],
    figure: impl Fn(usize, usize) -> Option<usize>,
) -> Vec<Side> {
    let table = Table { columns, rows };
    let mut spans: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
    for (column, header) in columns.iter().enumerate() {
        match header.role {
            // A column between amounts that prints nothing can be one of them.
            ColumnRole::Label | ColumnRole::Code
                if spans.last().is_some_and(|(_, amounts)| !amounts.is_empty()) && is_blank(rows, column) => {}
            ColumnRole::Label | ColumnRole::Code => match spans.last_mut() {
                Some((head, amounts)) if amounts.is_empty() => head.push(column),
                _ => spans.push((vec![column], Vec::new())),
            },
            ColumnRole::Amount => match spans.last_mut() {
                Some((_, amounts)) => amounts.push(column),
                None => spans.push((Vec::new(), vec![column])),
            },
            // A label under a header that is not known as one (采购品目大类) orders the rows all the same.
            ColumnRole::Text if !names_rows(columns, rows, column) => {}
            ColumnRole::Text => match spans.last_mut() {
                Some((head, amounts)) if amounts.is_empty() => head.push(column),
                _ => spans.push((vec![column], Vec::new())),
            },
        }
    }
    spans.retain(|(_, amounts)| !amounts.is_empty());
    let figures = |record: usize, amounts: &[usize]| -> Vec<Option<usize>> {
        amounts.iter().map(|column| figure(record, *column)).collect()
    };
    let mut result: Vec<Side> = Vec::new();
    for (index, (head, amounts)) in spans.iter().enumerate() {
        let mut lines = Vec::new();
        let mut spanning = None;
        for record in 0..rows.len() {
            let mut line = table.line(head, record);
            line.figures = figures(record, amounts);
            let named = line.filled != 0 || line.total;
            let valued = line.figures.iter().any(Option::is_some);
            // A sum merged over two sides has its label on the first and its amount on the last of them.
            if line.total && !valued {
                let borrowed = spans.iter().skip(index + 1).find_map(|(other_head, other)| {
                    let theirs = figures(record, other);
                    let other_line = table.line(other_head, record);
                    let free = other_line.filled == 0 && !other_line.total;
                    (free && other.len() == amounts.len() && theirs.iter().any(Option::is_some)).then_some(theirs)
                });
                if let Some(theirs) = borrowed {
                    line.figures = theirs;
                    line.shared = Some(index);
                }
            } else if !named && valued && !head.is_empty() {
                let lender = spans.iter().enumerate().take(index).rev().find_map(|(lender, (other_head, other))| {
                    let theirs = table.line(other_head, record);
                    let free = figures(record, other).iter().all(Option::is_none);
                    (theirs.total && free).then_some((lender, theirs))
                });
                if let Some((lender, theirs)) = lender {
                    line.label = theirs.label;
                    line.total = true;
                    line.shared = Some(lender);
                }
            }
            line.named_at = table.named_at(head, record, &mut spanning);
            if named || valued {
                lines.push(line);
            }
        }
        table.mark_reprints(head, amounts, &mut lines);
        let records: Vec<&R> = lines.iter().filter_map(|line| rows.get(line.record)).collect();
        let systems = code::systems(columns, head, &records);
        // Codes of units are printed for what is no class.
        let classifying: Vec<usize> = head
            .iter()
            .copied()
            .filter(|column| columns.get(*column).is_some_and(|column| !code::codes_others(column)))
            .collect();
        for coding in code::codings(columns, &classifying, &records) {
            for (line, code) in lines.iter_mut().zip(coding) {
                line.printed.extend(code.filter(|code| code.is_class()));
            }
        }
        let indents = head.iter().filter_map(|column| indent::levels(columns, rows, *column, &lines)).collect();
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

/// The columns and rows of one table.
struct Table<'t, R> {
    columns: &'t [Column],
    rows: &'t [R],
}

impl<R: Row> Table<'_, R> {
    fn mark_reprints(&self, head: &[usize], amounts: &[usize], lines: &mut [Line]) {
        let text = |record: usize, column: usize| self.rows.get(record)?.text(column);
        let page = |record: usize| self.rows.get(record).map(Row::page);
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

    /// The cell that names a row: the last label that is filled, or a 合计 that stands over the code columns.
    ///
    /// Where the row is named by other texts alone, its label cell is covered by one that spans rows: by `spanning`, the
    /// last label above.
    fn named_at(&self, head: &[usize], row: usize, spanning: &mut Option<(usize, usize)>) -> Option<(usize, usize)> {
        let text = |column: usize| self.rows.get(row)?.text(column);
        let filled = |column: &&usize| text(**column).is_some();
        let is_code = |column: &&usize| self.role(**column) == Some(ColumnRole::Code);
        // Other text beside a label gives no name to the row.
        let naming = if self.has_label(head) { ColumnRole::Label } else { ColumnRole::Text };
        let last = head.iter().rev().filter(filled).find(|column| self.role(**column) == Some(naming));
        let own = last.map(|last| self.beside_first_class(head, row, *last)).or_else(|| {
            let is_word = |text: &str| text.chars().any(|c| !c.is_ascii_digit());
            head.iter().filter(is_code).find(|column| text(**column).is_some_and(is_word)).copied()
        });
        if let Some(own) = own {
            // 合计 spans nothing.
            let spans = !text(own).is_some_and(|text| label::read(text).total);
            *spanning = spans.then_some((row, own));
            return Some((row, own));
        }
        let is_named = (0..self.columns.len())
            .any(|column| self.role(column) != Some(ColumnRole::Amount) && text(column).is_some());
        spanning.filter(|_| is_named)
    }

    /// Of labels that each stand beside a class of their own (部门经济科目 beside 政府经济科目), the first that is filled,
    /// whose code is the row's; else the last filled one itself.
    fn beside_first_class(&self, head: &[usize], row: usize, last: usize) -> usize {
        let is = |column: &usize, role: ColumnRole| self.role(*column) == Some(role);
        let code_of = |label: usize| {
            let before = head.iter().rev().filter(|c| **c < label).find(|c| is(c, ColumnRole::Code))?;
            Some(*before).filter(|column| self.columns.get(*column).is_some_and(|c| !code::codes_others(c)))
        };
        let filled = |column: &usize| self.rows.get(row).is_some_and(|row| row.text(*column).is_some());
        let Some(own) = code_of(last) else { return last };
        let labels = head.iter().filter(|c| is(c, ColumnRole::Label) && filled(c) && **c < last);
        labels.copied().find(|label| code_of(*label).is_some_and(|code| code != own)).unwrap_or(last)
    }

    fn role(&self, column: usize) -> Option<ColumnRole> {
        self.columns.get(column).map(|column| column.role)
    }

    /// Whether a column is known to hold labels: other text beside it gives no name to the row.
    fn has_label(&self, head: &[usize]) -> bool {
        head.iter().any(|c| self.columns.get(*c).is_some_and(|c| c.role == ColumnRole::Label))
    }

    fn line(&self, head: &[usize], record: usize) -> Line {
        let labelled = self.has_label(head);
        let mut line = Line {
            record,
            label: Label::default(),
            named_at: None,
            names: Vec::new(),
            filled: 0,
            total: false,
            shared: None,
            reprint: false,
            printed: Vec::new(),
            lent: Vec::new(),
            page: self.rows.get(record).map_or(0, Row::page),
            figures: Vec::new(),
        };
        let mut first = true;
        for (bit, column) in head.iter().enumerate().take(64) {
            let Some(text) = self.rows.get(record).and_then(|row| row.text(*column)) else { continue };
            let label = label::read(text);
            if label.total {
                line.total |= first;
            } else {
                line.filled |= 1 << bit;
            }
            let role = self.columns.get(*column).map(|c| c.role);
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
            && let Some(label) = (0..*start).rev().find_map(|column| self.sum_word(record, column))
        {
            line.total = true;
            line.label = label;
        }
        line
    }

    /// The sum word in a column that holds numbers otherwise.
    fn sum_word(&self, record: usize, column: usize) -> Option<Label> {
        let is_text = self.columns.get(column).is_some_and(|c| c.role == ColumnRole::Text);
        let text = self.rows.get(record).filter(|_| is_text)?.text(column)?;
        Some(label::read(text)).filter(|label| label.total)
    }
}
