//! The funds of a self-evaluation: each line has the budget, what was spent of it, and its score.

use super::columns::header;
use super::label_of;
use super::sheet::Sheet;
use crate::segment::least_cost;
use crate::segment::text::item::{Class, class};
use crate::terms::form::{FormLabel, FundColumn, IndicatorColumn};

/// Funds with several amounts a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FundTable {
    /// The label of the block.
    label: String,
    columns: Vec<String>,
    lines: Vec<FundLine>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct FundLine {
    label: String,
    words: Vec<String>,
}

/// 项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分: how many lines the header takes that begins with the
/// first of them, the label of the block if it stands there, and the columns.
pub(super) fn columns<'a>(
    mut lines: impl Iterator<Item = &'a str> + Clone,
) -> Option<(usize, Option<String>, Vec<String>)> {
    let first = lines.next()?;
    let is_column = |label| {
        matches!(label, FormLabel::FundColumn(_) | FormLabel::Indicator(IndicatorColumn::Extra("weight" | "score")))
    };
    let is_block = |word: &&str| label_of(word) == Some(FormLabel::FundBlock);
    let block = first.split_whitespace().next().filter(is_block);
    let first = first.trim_start().strip_prefix(block.unwrap_or_default())?.trim_start();
    if first.is_empty() || !first.split_whitespace().all(|word| label_of(word).is_some_and(is_column)) {
        return None;
    }
    let (n_lines, columns) = header(std::iter::once(first).chain(lines), is_column)?;
    let of_fund = |word: &&String| matches!(label_of(word), Some(FormLabel::FundColumn(_)));
    (columns.iter().filter(of_fund).count() > 1).then(|| (n_lines, block.map(str::to_owned), columns))
}

impl FundTable {
    pub(super) fn new(label: String, columns: Vec<String>) -> Self {
        Self { label, columns, lines: Vec::new() }
    }

    /// Begins a line.
    pub(super) fn open(&mut self, label: String, words: &str) {
        self.lines.push(FundLine { label, words: Vec::new() });
        self.go_on(words);
    }

    /// More words of the last line.
    pub(super) fn go_on(&mut self, words: &str) {
        match self.lines.last_mut() {
            Some(line) => line.words.extend(words.split_whitespace().map(str::to_owned)),
            // 项目资金⏎（万元）
            None => self.label.push_str(words),
        }
    }

    /// Whether blank cells are lost, so that the amounts of a line may stand in other columns.
    fn is_guessed(&self, line: &FundLine) -> bool {
        self.fit(line).is_none_or(|places| {
            let is_money = |column: &String| kind(column).is_some_and(|kind| kind != Kind::Rate && kind != Kind::Mark);
            let n_money = self.columns.iter().filter(|column| is_money(column)).count();
            let n_placed = places.iter().filter(|place| self.columns.get(**place).is_some_and(is_money)).count();
            n_placed > 0 && n_placed < n_money
        })
    }

    /// Draws the table.
    pub(super) fn draw(&self, sheet: &mut Sheet, page: u32) {
        let top = sheet.add_row();
        let block = sheet.put(top, 0..1, vec![self.label.clone()], page);
        sheet.put(top, 1..2, Vec::new(), page);
        for (word, column) in self.columns.iter().zip(2u16..) {
            sheet.put(top, column..column + 1, vec![word.clone()], page);
        }
        for line in &self.lines {
            let row = sheet.add_row();
            sheet.put(row, 1..2, vec![line.label.clone()], page);
            let is_guessed = self.is_guessed(line);
            let places = self.fit(line).unwrap_or_else(|| (0..line.words.len()).collect());
            for (idx, column) in (0..self.columns.len()).zip(2u16..) {
                let of_column = places.iter().position(|place| *place == idx);
                let words = of_column.and_then(|at| line.words.get(at)).cloned();
                let cell = sheet.put(row, column..column + 1, words.into_iter().collect(), page);
                if is_guessed {
                    sheet.guess(cell);
                }
            }
        }
        sheet.span_to_foot(block);
    }

    /// The column of each word of a line, in order; `None` where they do not fit at all.
    fn fit(&self, line: &FundLine) -> Option<Vec<usize>> {
        least_cost::places(line.words.len(), self.columns.len(), |word, column| {
            misfit(&line.words[word], kind(&self.columns[column]))
        })
    }
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Money,
    Rate,
    /// 分值, 得分
    Mark,
}

fn kind(column: &str) -> Option<Kind> {
    match label_of(column)? {
        FormLabel::FundColumn(FundColumn::Rate) => Some(Kind::Rate),
        FormLabel::FundColumn(_) => Some(Kind::Money),
        FormLabel::Indicator(_) => Some(Kind::Mark),
        _ => None,
    }
}

/// How unlikely a word is in a column.
fn misfit(word: &str, kind: Option<Kind>) -> u32 {
    let percent = word.ends_with(['%', '％']);
    let number = class(word) != Class::Words;
    match kind {
        Some(Kind::Money) if number && !percent => 0,
        Some(Kind::Rate) if percent => 0,
        Some(Kind::Mark) if number && !percent => 1,
        // A dash says that there is no score more often than that there is no money.
        Some(Kind::Rate | Kind::Mark) if !number => 0,
        Some(Kind::Money) if !number => 3,
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(lines: &[(&str, &str)]) -> FundTable {
        let columns = ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"];
        let mut table = FundTable::new("项目资金".into(), columns.map(str::to_owned).to_vec());
        lines.iter().for_each(|(label, words)| table.open((*label).to_owned(), words));
        table
    }

    #[test]
    fn a_line_without_money_has_its_dashes_in_the_columns_of_scores() {
        let table = table(&[("其他资金", "— — —"), ("年度资金总额", "8.00 8.00 7.00 10 87.50% 8.75")]);
        let places: Vec<_> = table.lines.iter().map(|line| table.fit(line)).collect();
        assert_eq!(places, [Some(vec![3, 4, 5]), Some(vec![0, 1, 2, 3, 4, 5])]);
        assert!(!table.lines.iter().any(|line| table.is_guessed(line)));
    }

    #[test]
    fn money_beside_a_lost_blank_cell_is_a_guess() {
        let table = table(&[("财政拨款", "8.00 7.00 — — —")]);
        assert!(table.lines.iter().all(|line| table.is_guessed(line)));
    }

    #[test]
    fn the_block_label_may_stand_before_the_columns() {
        let (n_lines, block, columns) =
            columns(["项目资金（万元） 年初预算数 全年预算数 全年执", "行数", "分值 执行率"].into_iter())
                .unwrap_or_default();
        assert_eq!((n_lines, block, columns.len()), (0, None, 0));
        let (n_lines, block, columns) =
            super::columns(["项目资金（万元） 年初预算数 全年预算数", "全年执", "行数", "分值 执行率"].into_iter())
                .expect("columns");
        assert_eq!((n_lines, block.as_deref(), columns.len()), (4, Some("项目资金（万元）"), 5));
    }
}
