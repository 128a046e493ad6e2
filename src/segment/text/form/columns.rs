//! Headers of a form's tables, whose cells may be wrapped over lines.

use super::label_of;
use crate::terms::form::{FormLabel, IndicatorColumn};

/// A wrapped cell of a header goes over at most this many lines.
const MAX_CELL_LINES: usize = 4;

/// The first line of a header has at least so many cells.
const MIN_COLUMNS: usize = 3;

/// The cells of a header whose first line is `lines`' first, and how many lines it takes.
///
/// What follows the first line goes on with the header where its lines make another cell of the same kind.
pub(super) fn header<'a>(
    lines: impl Iterator<Item = &'a str> + Clone,
    is_cell: impl Fn(FormLabel) -> bool,
) -> Option<(usize, Vec<String>)> {
    let fits = |word: &str| label_of(word).is_some_and(&is_cell);
    let mut cells: Vec<String> = Vec::new();
    let mut rest = lines;
    let mut n_lines = 0;
    loop {
        let next: Vec<&str> = rest.clone().take(MAX_CELL_LINES).collect();
        let Some(first) = next.first() else { break };
        if first.split_whitespace().all(fits) {
            cells.extend(first.split_whitespace().map(str::to_owned));
            n_lines += 1;
            rest.next();
            continue;
        }
        let whole = |n: &usize| fits(&next.get(..*n).unwrap_or_default().concat());
        let Some(n) = (2..=next.len()).find(whole) else { break };
        cells.push(next.get(..n).unwrap_or_default().concat());
        n_lines += n;
        rest.nth(n - 1);
    }
    (n_lines > 0).then_some((n_lines, cells))
}

/// The columns of a form's indicators.
#[derive(Clone, Debug, Default)]
pub(super) struct IndicatorColumns {
    pub(super) words: Vec<String>,
    pub(super) kinds: Vec<IndicatorColumn>,
}

impl IndicatorColumns {
    /// 一级指标 二级指标 三级指标 指标值 …: reads the header that begins with the first of the lines, if one does; the
    /// label of the whole block may stand before it. How many lines it takes comes first.
    pub(super) fn read<'a>(mut lines: impl Iterator<Item = &'a str> + Clone) -> Option<(usize, Self)> {
        let first = lines.next()?;
        let has_columns = |text: &str| text.split_whitespace().nth(MIN_COLUMNS - 1).is_some();
        if !has_columns(first) {
            return None;
        }
        let is_block = |word: &str| label_of(word) == Some(FormLabel::Block);
        let block = first.split_whitespace().next().filter(|word| is_block(word)).unwrap_or_default();
        let first = first.trim_start().strip_prefix(block)?.trim_start();
        let is_column = |label: FormLabel| label.indicator().is_some();
        if !has_columns(first) || !first.split_whitespace().all(|word| label_of(word).is_some_and(is_column)) {
            return None;
        }
        let (n_lines, words) = header(std::iter::once(first).chain(lines), is_column)?;
        let kinds: Vec<IndicatorColumn> = words.iter().filter_map(|word| label_of(word)?.indicator()).collect();
        kinds.contains(&IndicatorColumn::Level2).then_some((n_lines, Self { words, kinds }))
    }

    /// Whether the period's indicators stand beside the year's.
    pub(super) fn two_sided(&self) -> bool {
        self.kinds.iter().filter(|kind| **kind == IndicatorColumn::Value).count() > 1
    }

    /// Whether there is more than a name and a value.
    pub(super) fn has_more(&self) -> bool {
        self.kinds.iter().any(|kind| matches!(kind, IndicatorColumn::Extra(_)))
    }

    /// What stands right of the levels, from left to right.
    pub(super) fn of_rows(&self) -> Vec<IndicatorColumn> {
        let of_level = |kind: &&IndicatorColumn| matches!(kind, IndicatorColumn::Level1 | IndicatorColumn::Level2);
        self.kinds.iter().filter(|kind| !of_level(kind)).copied().collect()
    }

    /// The column of the sheet that a kind of column has; the block's label stands in the first.
    pub(super) fn place(&self, kind: IndicatorColumn) -> Option<u16> {
        let at = self.kinds.iter().position(|known| *known == kind)?;
        u16::try_from(at + 1).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_takes_the_cells_that_are_wrapped_below_it() {
        let lines = ["绩效指标 一级指标 二级指标 三级指标 年度指标值", "实际完", "成值", "分值 得分", "产出指标"];
        let (n_lines, columns) = IndicatorColumns::read(lines.into_iter()).expect("a header");
        assert_eq!(n_lines, 4);
        assert_eq!(columns.words[3..], ["年度指标值", "实际完成值", "分值", "得分"]);
        assert!(columns.has_more() && !columns.two_sided());
    }
}
