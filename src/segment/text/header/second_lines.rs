//! The further lines of the cells of a header row, which some extractors write below the first lines of all its cells.

use crate::segment::least_cost::States;
use crate::terms::header::{HeaderWord, without_year};

/// A cell has at most so many lines after its first.
const MAX_FURTHER: usize = 3;

/// The lines of pieces with the further lines of cells put to the first: 国有资本经营预 财政专户管理资⏎算 金.
pub(super) fn joined(lines: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let mut out = Vec::with_capacity(lines.len());
    let mut rest = lines.as_slice();
    while let Some((first, below)) = rest.split_first() {
        let (row, n_further) = with_further(first, below);
        out.push(row);
        rest = below.get(n_further..).unwrap_or_default();
    }
    out
}

/// The first lines of a row with as many of the lines below as complete its cells to words of headers.
fn with_further(first: &[String], below: &[Vec<String>]) -> (Vec<String>, usize) {
    let mut best = (first.to_vec(), 0);
    let mut row: Vec<Cell> = first.iter().map(|text| Cell { text: text.clone(), joined: false }).collect();
    for (n_further, line) in (1..=MAX_FURTHER).zip(below) {
        // Two single lines are one cell or two, which the reading of the cells decides.
        if row.len() < 2 && line.len() < 2 {
            break;
        }
        let Some(longer) = attached(&row, line) else { break };
        row = longer;
        if row.iter().filter(|cell| cell.joined).all(|cell| HeaderWord::of(&cell.text).is_some()) {
            best = (row.iter().map(|cell| cell.text.clone()).collect(), n_further);
        }
    }
    best
}

/// A cell of the row, and whether it has more than its first line.
#[derive(Clone)]
struct Cell {
    text: String,
    joined: bool,
}

/// The cells with every piece of the line put to one, in order, so that as many words as possible are whole.
fn attached(row: &[Cell], line: &[String]) -> Option<Vec<Cell>> {
    let width = line.len() + 1;
    let is_whole = |text: &str| HeaderWord::of(text).is_some();
    // Two words that are whole by themselves are two cells, unless their line goes on with others.
    let is_row = line.iter().all(|piece| is_whole(piece));
    // So many cells are done, and so many pieces used; a step tells whether the cell takes one.
    let mut states: States<u32, bool> = States::new((row.len() + 1) * width);
    for (idx, cell) in row.iter().enumerate() {
        for used in 0..width {
            let at = idx * width + used;
            if states.cost(at).is_none() {
                continue;
            }
            states.offer(at, at + width, WHOLE - wholeness(&cell.text), false);
            let Some(piece) = line.get(used) else { continue };
            let text = format!("{}{piece}", cell.text);
            // A year is a cell by itself before what it does not begin.
            let apart = is_row && is_whole(piece) && is_whole(&cell.text) || without_year(&cell.text).is_empty();
            if wholeness(&text) > 0 && !apart {
                states.offer(at, at + width + 1, WHOLE - wholeness(&text), true);
            }
        }
    }
    let end = row.len() * width + line.len();
    states.cost(end)?;
    let mut out = row.to_vec();
    let mut pieces = line.iter();
    for (cell, (_, _, takes)) in out.iter_mut().zip(states.way(end)) {
        if let Some(piece) = takes.then(|| pieces.next()).flatten() {
            cell.text.push_str(piece);
            cell.joined = true;
        }
    }
    Some(out)
}

/// How whole a word is that is one of headers.
const WHOLE: u32 = 2;

/// A whole word is better than the beginning of one.
fn wholeness(text: &str) -> u32 {
    if HeaderWord::of(text).is_some() { WHOLE } else { u32::from(HeaderWord::begins(text)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(lines: &[&str]) -> Vec<String> {
        let lines = lines.iter().map(|line| line.split(' ').map(str::to_owned).collect()).collect();
        joined(lines).iter().map(|line: &Vec<String>| line.join(" ")).collect()
    }

    #[test]
    fn second_and_third_lines_go_to_the_cells_whose_words_they_complete() {
        assert_eq!(
            shown(&["合计 一般公共预 政府性基 国有资本", "算财政拨款 金预算财 经营预算", "政拨款 财政拨款", "甲 乙"]),
            ["合计 一般公共预算财政拨款 政府性基金预算财政拨款 国有资本经营预算财政拨款", "甲 乙"]
        );
    }

    #[test]
    fn a_piece_goes_where_it_leaves_more_words_whole() {
        assert_eq!(
            shown(&["政府性基金 国有资本经营 财政专户管理 单位资金", "预算 资金"]),
            ["政府性基金 国有资本经营预算 财政专户管理资金 单位资金"]
        );
    }

    #[test]
    fn words_that_are_whole_stay_apart() {
        let lines = ["项目 本年收入", "编码 名称 合计"];
        assert_eq!(shown(&lines), lines);
        assert_eq!(shown(&["国有资本", "经营预算"]), ["国有资本", "经营预算"]);
    }
}
