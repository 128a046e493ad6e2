//! The column headers of a table in a dump: pieces of cells in the order of drawing become a tree over the columns.

mod candidates;
mod cells;
mod division;
mod leaf;
mod nested;
mod one_by_one;
mod over;
mod parent;
#[cfg(test)]
mod readings;
mod search;
mod second_lines;
mod staggered;
mod together;
mod tree;
mod way;
mod within;

use std::collections::{HashMap, HashSet};

use super::line::Line;
use super::spaces;
use crate::segment::cost::Cost;
use crate::segment::cost::header::IMPOSSIBLE;
use crate::segment::cost::leaf::RIVAL;
use crate::segment::cost::parent::MONEY_OVER_PARTS;
use crate::segment::cost::staggered::{MUCH_BETTER, NOT_BY_HEIGHT, UNLIKELY};
use crate::terms::column::ColumnRole;
use crate::terms::header::HeaderWord::{self, Code, Label, Text};
use crate::terms::header_traits::HeaderTraits;

pub(super) use cells::HeaderCell;
pub(super) use leaf::{has_general_beside_parts, has_lone_amount};
use one_by_one::OneByOne;
pub(super) use over::parent_costs;
pub(super) use parent::{Cells, Rows};
use together::Together;

/// A header of more pieces is no header.
const MAX_PIECES: usize = 80;

/// What the rows below tell of the columns.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Expected {
    /// How many columns there are.
    pub(super) n_columns: usize,
    /// What each column holds, as far as known.
    pub(super) roles: Vec<Option<ColumnRole>>,
    /// How much speaks against this number: 0 where a column-number row or most rows show it.
    pub(super) doubt: Cost,
}

/// The columns of a table.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// Header cells from the top to the leaf, one path a column.
    pub(super) paths: Vec<Vec<String>>,
    /// What each column holds by its header.
    pub(super) roles: Vec<ColumnRole>,
    /// Whether another number of columns is about as likely.
    pub(super) rivalled: bool,
}

/// The headers of a dump: how their lines are ordered, and those that were read already, as one that is printed again on
/// each page is searched for once.
#[derive(Default)]
pub(super) struct Headers {
    /// Whether the lines of a header are in the order of their heights, and not cell by cell.
    pub(super) by_height: bool,
    /// Those read cell by cell.
    read: HashMap<Asked, OneByOne>,
    /// How those read by height can be put together, by their lines.
    put_together: HashMap<Vec<Vec<String>>, Together>,
    /// Those that were taken, by their lines.
    taken: HashMap<Vec<Vec<String>>, Header>,
}

/// How the lines of a header are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// Cell by cell.
    Cells,
    /// Sorted by their heights.
    Heights,
}

/// The words of a header, line by line, and what the rows below tell.
type Asked = (Vec<Vec<String>>, Vec<Expected>);

/// So many headers tell how the lines of all are ordered.
const MAX_ASKED: usize = 12;

/// An extractor orders all text alike. One in so many headers that reads much better by height tells that it sorts lines
/// so: headers that are drawn cell by cell hardly ever do.
const TELLING: usize = 10;

impl Headers {
    /// Finds out how the lines of headers are ordered, from those of the first tables of a dump.
    pub(super) fn weigh<'a>(&mut self, headers: impl Iterator<Item = (&'a [Line], Vec<Expected>)>) {
        let mut seen: HashSet<Vec<Vec<String>>> = HashSet::new();
        let several = headers.filter(|(lines, _)| lines.len() > 1 && seen.insert(words(lines)));
        let (mut n_asked, mut n_by_height) = (0, 0);
        for (lines, expected) in several.take(MAX_ASKED) {
            let cost = |found: Option<(Cost, Header)>| found.map_or(Cost::MAX, |(cost, _)| cost);
            let by_cell = cost(self.whole(lines, &expected, Order::Cells, Cost::MAX));
            n_asked += 1;
            if let Some(limit) = by_cell.checked_sub(MUCH_BETTER) {
                // With their rivals, as all that is left to do where lines are sorted by height.
                let by_height = cost(self.whole(lines, &expected, Order::Heights, limit.saturating_add(RIVAL)));
                n_by_height += usize::from(by_height <= limit);
            }
        }
        self.by_height = n_by_height * TELLING >= n_asked && n_by_height > 0;
    }

    /// The tree of header cells that fits what the rows tell best; which one costs `limit` or more does not matter.
    ///
    /// The cells come row by row, a cell that spans rows in its first; a wrapped cell goes over several lines. Which lines
    /// are one cell, where a header row ends and which cells lie below which is not printed: of all readings the one with
    /// the most likely words and shape is taken. The first of the pair says how unlikely it is.
    pub(super) fn header(&mut self, lines: &[Line], expected: &[Expected], limit: Cost) -> Option<(Cost, Header)> {
        let plain = self.likeliest(lines, expected, limit.saturating_add(RIVAL));
        let limit = plain.as_ref().map_or(limit, |(cost, _)| limit.min(*cost));
        match self.under_one(lines, expected, limit) {
            Some((cost, header)) if plain.as_ref().is_none_or(|(other, _)| cost < *other) => {
                let rival = plain.filter(|(other, plain)| *other < cost + RIVAL && plain.paths != header.paths);
                let rivalled = header.rivalled || rival.is_some();
                Some((cost, Header { rivalled, ..header }))
            }
            _ => plain,
        }
    }

    /// The tree of cells one after the other that fits least badly where none is a header, as so much speaks against each. Of
    /// words that stand one a line nothing tells the rows.
    pub(super) fn unlikely(&mut self, lines: &[Line], expected: &[Expected]) -> Option<Header> {
        let by_line = by_line(lines).filter(|lines| lines.iter().any(|line| line.len() > 1))?;
        let header = self.one_by_one(by_line, expected).unlikely(expected)?;
        Some(Header { rivalled: true, ..header })
    }

    /// Notes what these lines were read as.
    pub(super) fn know(&mut self, lines: &[Line], header: &Header) {
        self.taken.entry(words(lines)).or_insert_with(|| header.clone());
    }

    /// The header that the first lines were above another table or part of one, and how many they are.
    pub(super) fn again(&self, lines: &[Line]) -> Option<(usize, Header)> {
        let words = words(lines);
        (1..=words.len()).rev().find_map(|n_lines| Some((n_lines, self.taken.get(&words[..n_lines])?.clone())))
    }

    /// The same where the first line is a general name of money that stands over all columns but those of names: 2031年预算.
    fn under_one(&mut self, lines: &[Line], expected: &[Expected], limit: Cost) -> Option<(Cost, Header)> {
        let (first, rest) = lines.split_first()?;
        let mut words = first.words();
        let over = words.next().filter(|_| words.next().is_none())?;
        if rest.len() < 2 || !HeaderTraits::of(over).is_general {
            return None;
        }
        let (cost, mut header) = self.likeliest(rest, expected, limit.saturating_sub(MONEY_OVER_PARTS))?;
        let is_money = |path: &[String]| {
            path.last().is_some_and(|leaf| !matches!(HeaderTraits::of(leaf).word, Some(Code | Label | Text)))
        };
        for path in header.paths.iter_mut().skip_while(|path| !is_money(path)).take_while(|path| is_money(path)) {
            path.insert(0, over.to_owned());
        }
        let stands_over = |path: &Vec<String>| path.first().is_some_and(|first| first == over);
        let is_over_all = header.paths.iter().all(|path| !is_money(path) || stands_over(path));
        let is_divided = header.paths.iter().any(|path| path.len() > 2);
        (is_over_all && is_divided).then_some((cost + MONEY_OVER_PARTS, header))
    }

    /// The tree of all the lines, in the order that they have in this dump; which one costs `most` or more does not matter.
    fn likeliest(&mut self, lines: &[Line], expected: &[Expected], most: Cost) -> Option<(Cost, Header)> {
        let cost_of = |found: &Option<(Cost, Header)>| found.as_ref().map_or(Cost::MAX, |(cost, _)| *cost);
        let with_rivals = most.saturating_add(RIVAL);
        if !self.by_height {
            let by_cell = self.whole(lines, expected, Order::Cells, most.saturating_add(MUCH_BETTER));
            let cost = cost_of(&by_cell);
            let limit = cost.saturating_sub(MUCH_BETTER);
            let within = limit.min(with_rivals);
            let by_height = if cost < UNLIKELY { None } else { self.whole(lines, expected, Order::Heights, within) };
            return by_height.filter(|(other, _)| *other <= limit).or(by_cell);
        }
        let by_height = self.whole(lines, expected, Order::Heights, with_rivals.min(UNLIKELY + RIVAL));
        if cost_of(&by_height) < UNLIKELY || most <= UNLIKELY {
            return by_height;
        }
        let by_cell = self.whole(lines, expected, Order::Cells, with_rivals.saturating_sub(NOT_BY_HEIGHT));
        let by_cell = by_cell.map(|(cost, header)| (cost + NOT_BY_HEIGHT, header));
        let within = with_rivals.min(cost_of(&by_cell).saturating_add(RIVAL));
        let by_height = self.whole(lines, expected, Order::Heights, within);
        [by_height, by_cell].into_iter().flatten().min_by_key(|(cost, _)| *cost)
    }

    /// The tree of all the lines, as cells one after the other or sorted by their heights; which one costs `limit` or more
    /// does not matter.
    fn whole(&mut self, lines: &[Line], expected: &[Expected], order: Order, limit: Cost) -> Option<(Cost, Header)> {
        let by_line = by_line(lines)?;
        let mut likeliest = |limit: Cost| match order {
            Order::Cells => self.one_by_one(by_line.clone(), expected).likeliest(expected, limit),
            Order::Heights => {
                let together = self.put_together.entry(by_line.clone());
                together.or_insert_with_key(|lines| Together::of(lines)).likeliest(expected, limit)
            }
        };
        let found = likeliest(limit.min(IMPOSSIBLE)).filter(|(cost, _)| *cost < IMPOSSIBLE)?;
        // Rivals of the costliest header that there may be cost a little more.
        if limit > IMPOSSIBLE { likeliest(limit.min(IMPOSSIBLE + RIVAL)) } else { Some(found) }
    }

    fn one_by_one(&mut self, lines: Vec<Vec<String>>, expected: &[Expected]) -> &mut OneByOne {
        let one_by_one = self.read.entry((lines, expected.to_vec()));
        one_by_one.or_insert_with_key(|(lines, _)| OneByOne::of(lines))
    }
}

/// The pieces of cells, line by line, where they are not too many for a header.
fn by_line(lines: &[Line]) -> Option<Vec<Vec<String>>> {
    let by_line: Vec<Vec<String>> = words(lines).into_iter().map(respaced).filter(|line| !line.is_empty()).collect();
    let n_pieces: usize = by_line.iter().map(Vec::len).sum();
    (1..=MAX_PIECES).contains(&n_pieces).then_some(by_line)
}

fn words(lines: &[Line]) -> Vec<Vec<String>> {
    lines.iter().map(|line| line.words().map(str::to_owned).collect()).collect()
}

/// A word of headers is spread over so many pieces: 本 年 收 入.
const MAX_SPREAD: usize = 4;

/// The words of a line, with those that spaces were set into whole again: 收 入, 项 目, 2031 年预算数.
pub(super) fn respaced(words: Vec<String>) -> Vec<String> {
    let is_spread = |words: &[String]| {
        let is_year = words.first().is_some_and(|first| first.len() == 4 && first.bytes().all(|b| b.is_ascii_digit()));
        let dated = is_year && words.len() == 2 && words.get(1).is_some_and(|word| word.starts_with('年'));
        let has_single = words.iter().any(|word| word.chars().count() == 1);
        dated || has_single && !spaces::begin_with_level(words) && HeaderWord::of(&words.concat()).is_some()
    };
    let mut out = Vec::with_capacity(words.len());
    let mut rest = words.as_slice();
    while !rest.is_empty() {
        let n = (2..=MAX_SPREAD.min(rest.len())).rev().find(|n| rest.get(..*n).is_some_and(is_spread)).unwrap_or(1);
        let (word, after) = rest.split_at(n);
        out.push(word.concat());
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::drawn;
    use super::*;

    #[test]
    fn words_of_headers_that_are_spread_are_whole_again() {
        let shown = |line: &str| respaced(line.split(' ').map(str::to_owned).collect()).join("|");
        assert_eq!(shown("项 目 2031 年预算数 合 计"), "项目|2031年预算数|合计");
        assert_eq!(shown("类 款 项"), "类|款|项");
        assert_eq!(shown("类 款 项 小 计"), "类|款|项|小计");
        assert_eq!(shown("本 年 收 入 支 出"), "本年收入|支出");
    }

    #[test]
    fn scraps_that_no_report_prints_are_no_header() {
        let header = |text: &str, n_columns: usize| {
            let expected = [Expected { n_columns, roles: vec![None; n_columns], doubt: 0 }];
            Headers::default().header(&drawn::lines(text), &expected, Cost::MAX).map(|(_, header)| header.paths.len())
        };
        assert_eq!(header(&"甲 乙 丙 丁 戊 己 庚 辛 壬\n".repeat(3), 9), None);
        assert_eq!(header("项目 合计 基本支出\n人员经费 公用经费\n项目支出", 6), Some(6));
    }

    #[test]
    fn scraps_beside_names_leave_the_names_in_their_columns_and_in_doubt() {
        let upper = "项目 合计 基本支出 项目支出 事 经 业 营 单 支 位 出 对 补 附 助 属 支 单 出 位 上缴上级支出";
        let lines = drawn::lines(&format!("{upper}\n型、微型企\n中小的项\n的项目\n目规\n模"));
        let expected = [Expected { n_columns: 9, roles: vec![None; 9], doubt: 0 }];
        let mut headers = Headers::default();
        assert!(headers.header(&lines, &expected, Cost::MAX).is_none());
        let header = headers.unlikely(&lines, &expected).expect("columns");
        let first: Vec<&str> = header.paths.iter().map(|path| path[0].as_str()).take(4).collect();
        assert_eq!((first, header.rivalled), (vec!["项目", "合计", "基本支出", "项目支出"], true));
        let one_a_line = drawn::lines(&upper.replace(' ', "\n"));
        assert!(headers.unlikely(&one_a_line, &expected).is_none());
    }
}
