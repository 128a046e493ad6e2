//! The tree of column headers over amount columns, and which columns a sum column may be the sum of.

use super::{Column, label};
use crate::terms::column::ColumnRole;

/// A header cell with the columns below it.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    /// Its text.
    pub(crate) name: String,
    /// The column of a leaf.
    pub(crate) column: Option<usize>,
    /// The header cells below it.
    pub(crate) children: Vec<Header>,
    /// It names a sum.
    is_total: bool,
    /// It does so in a word that says nothing else: 合计, and not 总额.
    is_bare_total: bool,
    /// 其中 columns repeat a part of their neighbour.
    is_selection: bool,
}

/// The header cells over the given columns.
pub(crate) fn tree(columns: &[Column], amounts: &[usize]) -> Vec<Header> {
    let amounts: Vec<usize> =
        amounts.iter().copied().filter(|c| columns.get(*c).is_some_and(|c| c.role == ColumnRole::Amount)).collect();
    level(columns, &amounts, 0)
}

/// Header paths are at most a few cells deep; deeper ones are cut.
const MAX_DEPTH: usize = 8;

fn level(columns: &[Column], amounts: &[usize], depth: usize) -> Vec<Header> {
    let name = |column: usize| columns.get(column).and_then(|c| c.path.get(depth));
    let mut result: Vec<Header> = Vec::new();
    let mut i = 0;
    while i < amounts.len() {
        let column = amounts[i];
        let Some(own) = name(column) else {
            i += 1;
            continue;
        };
        let is_leaf = |c: usize| columns.get(c).is_none_or(|c| c.path.len() <= depth + 1) || depth + 1 >= MAX_DEPTH;
        if is_leaf(column) {
            result.push(Header::new(own, Some(column), Vec::new()));
            i += 1;
            continue;
        }
        let n = amounts[i..].iter().take_while(|c| name(**c) == Some(own) && !is_leaf(**c)).count().max(1);
        let children = level(columns, &amounts[i..i + n], depth + 1);
        result.push(Header::new(own, None, children));
        i += n;
    }
    // A header over everything (收入, 2024年预算数) orders nothing.
    if result.len() == 1 && result[0].column.is_none() {
        return result.remove(0).children;
    }
    result
}

impl Header {
    fn new(name: &str, column: Option<usize>, children: Vec<Header>) -> Self {
        let bare = label::read(name);
        let is_selection = bare.partial || bare.name == "其中";
        let is_total = label::is_header_total(&bare);
        Self { name: name.to_owned(), column, children, is_total, is_bare_total: bare.total, is_selection }
    }

    /// The columns that stand for the whole below this header: its own sum column, or all its parts.
    ///
    /// With `first` a header without a sum column is taken for its first one, the others for repetitions of it.
    fn representatives(&self, first: bool, out: &mut Vec<usize>) {
        if let Some(column) = self.column {
            out.push(column);
            return;
        }
        if let Some(total) = self.children.iter().find(|c| c.is_total)
            && let Some(column) = total.column
        {
            out.push(column);
            return;
        }
        for child in self.children.iter().filter(|c| !c.is_selection).take(if first { 1 } else { usize::MAX }) {
            child.representatives(first, out);
        }
    }

    fn leaves(&self, out: &mut Vec<usize>) {
        out.extend(self.column);
        self.children.iter().for_each(|child| child.leaves(out));
    }
}

/// A sum column with the columns that may be its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Proposal {
    /// The sum column.
    pub(crate) total: usize,
    /// Its parts.
    pub(crate) parts: Vec<usize>,
    /// How the header says so.
    pub(crate) ground: Ground,
}

/// Why a proposal is made, the strongest reason first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ground {
    /// All other columns under the same header cell.
    Siblings,
    /// The columns of one header cell beside it: one of several ways to split it.
    Split,
    /// Some neighbours right after or before it.
    Run,
    /// The 其中 columns after it, which may or may not be all of it.
    Selection,
}

/// More columns than this are not tried as a run.
const MAX_RUN: usize = 24;

/// Every reading of the header tree in which one column is the sum of others.
pub(crate) fn proposals(headers: &[Header]) -> Vec<Proposal> {
    let mut out = Vec::new();
    walk(headers, &mut out, 0);
    out
}

fn walk(nodes: &[Header], out: &mut Vec<Proposal>, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    let mut push = |total: usize, parts: Vec<usize>, ground: Ground| {
        let proposal = Proposal { total, parts, ground };
        if proposal.parts.len() >= 2 && !out.iter().any(|p| p.total == total && p.parts == proposal.parts) {
            out.push(proposal);
        }
    };
    for (index, node) in nodes.iter().enumerate() {
        let represent_by = |first: bool, nodes: &mut dyn Iterator<Item = &Header>| {
            let mut parts = Vec::new();
            nodes.filter(|n| !n.is_selection).for_each(|n| n.representatives(first, &mut parts));
            parts
        };
        let represent = |nodes: &mut dyn Iterator<Item = &Header>| represent_by(false, nodes);
        match node.column {
            Some(total) => {
                let others = || nodes.iter().enumerate().filter(move |(i, _)| *i != index).map(|(_, n)| n);
                if node.is_total {
                    push(total, represent(&mut others()), Ground::Siblings);
                    push(total, represent(&mut nodes.iter().skip(index + 1)), Ground::Siblings);
                    push(total, represent_by(true, &mut others()), Ground::Siblings);
                    // 合计 beside 小计, and other sums of the same rank, are no parts of each other.
                    push(
                        total,
                        represent(&mut others().filter(|n| n.column.is_none() || !n.is_total)),
                        Ground::Siblings,
                    );
                    for group in others().filter(|n| n.column.is_none()) {
                        let mut parts = Vec::new();
                        group.representatives(false, &mut parts);
                        if parts.len() == 1 {
                            parts.clear();
                            let rest = group.children.iter().filter(|c| !c.is_total);
                            rest.for_each(|c| c.representatives(false, &mut parts));
                        }
                        push(total, parts, Ground::Split);
                    }
                }
                let selected: Vec<usize> =
                    nodes.iter().skip(index + 1).take_while(|n| n.is_selection).filter_map(|n| n.column).collect();
                push(total, selected, Ground::Selection);
                if node.is_total || index == 0 {
                    for n in 2..=nodes.len().saturating_sub(index + 1).min(MAX_RUN) {
                        push(total, represent(&mut nodes.iter().skip(index + 1).take(n)), Ground::Run);
                    }
                }
                if node.is_total {
                    for n in 2..=index.min(MAX_RUN) {
                        push(total, represent(&mut nodes.iter().take(index).skip(index - n)), Ground::Run);
                    }
                }
            }
            None if node.is_total => {
                // 合计 over 预算数 and 决算数: each is the sum of its namesakes under the other headers.
                for leaf in node.children.iter().filter(|c| c.column.is_some()) {
                    let mut parts = Vec::new();
                    for other in nodes.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, n)| n) {
                        namesakes(other, &leaf.name, &mut parts);
                    }
                    push(leaf.column.unwrap_or_default(), parts, Ground::Siblings);
                }
            }
            None => {}
        }
    }
    for node in nodes {
        walk(&node.children, out, depth + 1);
    }
}

/// The one sum that the order of the columns speaks for, of each sum column: that of what stands right of it in its group,
/// up to the next sum, or where a table ends with it, of what stands left of it.
///
/// `headers` are those of one side. What is marked as a selection counts like its neighbours: whose mark it is that stands
/// over the first of several columns is not told.
pub(crate) fn sums(headers: &[Header]) -> Vec<Proposal> {
    let mut out = Vec::new();
    sums_of_group(headers, true, &mut out);
    out.sort_by_key(|proposal| proposal.total);
    out
}

fn sums_of_group(nodes: &[Header], is_outermost: bool, out: &mut Vec<Proposal>) {
    let is_sum = |node: &&Header| node.is_bare_total && node.column.is_some();
    for (index, node) in nodes.iter().enumerate() {
        sums_of_group(&node.children, false, out);
        let Some(total) = node.column.filter(|_| node.is_bare_total) else { continue };
        let mut parts = Vec::new();
        let mut right = nodes.iter().skip(index + 1).take_while(|node| !is_sum(node)).peekable();
        if right.peek().is_none() && is_outermost && index + 1 == nodes.len() {
            let left = nodes.iter().take(index).rev().take_while(|node| !is_sum(node));
            left.for_each(|node| node.representatives(false, &mut parts));
            parts.sort_unstable();
        }
        right.for_each(|node| node.representatives(false, &mut parts));
        out.extend((!parts.is_empty()).then_some(Proposal { total, parts, ground: Ground::Run }));
    }
}

/// The columns of a year that the column of the year before and the change between them add up to, where a table has all
/// three.
pub(crate) fn change(columns: &[Column]) -> Option<Proposal> {
    let amounts = || columns.iter().enumerate().filter(|(_, column)| column.role == ColumnRole::Amount);
    let is_change = |column: &Column| column.path.last().is_some_and(|leaf| matches!(leaf.as_str(), "增减额" | "增减"));
    let year = |column: &Column| column.path.iter().find_map(|cell| cell.get(..4)?.parse::<u32>().ok());
    let (change, _) = amounts().find(|(_, column)| is_change(column))?;
    let mut dated = amounts().filter_map(|(at, column)| Some((at, year(column)?)));
    let (before, first_year) = dated.next()?;
    // The first column of a year is its sum.
    let (total, _) = dated.find(|(_, year)| *year == first_year + 1)?;
    (change > total).then(|| Proposal { total, parts: vec![before, change], ground: Ground::Run })
}

/// The columns of a given leaf name below a header that stand for the whole of it.
fn namesakes(node: &Header, leaf: &str, out: &mut Vec<usize>) {
    if let Some(own) = node.children.iter().find(|c| c.column.is_some() && c.name == leaf) {
        out.extend(own.column);
        return;
    }
    match node.children.iter().find(|c| c.is_total) {
        Some(total) => namesakes(total, leaf, out),
        None => node.children.iter().filter(|c| c.column.is_none()).for_each(|c| namesakes(c, leaf, out)),
    }
}

/// Blocks of columns with the same leaves in the same order (上年, 当年, 增减), as lists of columns.
pub(crate) fn blocks(headers: &[Header]) -> Vec<(String, Vec<usize>)> {
    headers
        .iter()
        .filter(|h| h.column.is_none())
        .map(|h| {
            let mut leaves = Vec::new();
            h.leaves(&mut leaves);
            (h.name.clone(), leaves)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns of amounts, `/` between the cells of a path.
    fn columns(header: &str) -> Vec<Column> {
        let path = |path: &str| path.split('/').map(str::to_owned).collect();
        header.split('|').map(|of_column| Column { path: path(of_column), role: ColumnRole::Amount }).collect()
    }

    fn sums_of(header: &str) -> Vec<(usize, Vec<usize>)> {
        let columns = columns(header);
        let all: Vec<usize> = (0..columns.len()).collect();
        sums(&tree(&columns, &all)).into_iter().map(|sum| (sum.total, sum.parts)).collect()
    }

    #[test]
    fn a_group_with_a_sum_of_its_own_counts_by_that() {
        assert_eq!(sums_of("合计|拨款/小计|拨款/甲|拨款/乙|其他"), [(0, vec![1, 4]), (1, vec![2, 3])]);
    }

    #[test]
    fn a_sum_ends_before_the_next_and_one_at_the_end_looks_back() {
        assert_eq!(sums_of("合计|甲|乙|合计|丙|丁"), [(0, vec![1, 2]), (3, vec![4, 5])]);
        assert_eq!(sums_of("甲|乙|合计"), [(2, vec![0, 1])]);
        assert_eq!(sums_of("款/甲|款/合计|其他"), []);
    }

    #[test]
    fn a_selection_counts_like_its_neighbours_and_a_word_for_much_else_is_no_sum() {
        assert_eq!(sums_of("小计|其中：甲|乙"), [(0, vec![1, 2])]);
        assert_eq!(sums_of("项目总额|其中：/甲|乙"), []);
    }

    #[test]
    fn the_change_between_two_years_is_what_one_has_more_than_the_other() {
        let header = columns("2030年执行数|2031年预算数/小计|2031年预算数/基本支出|增减/增减额");
        assert_eq!(change(&header), Some(Proposal { total: 1, parts: vec![0, 3], ground: Ground::Run }));
        assert_eq!(change(&columns("2030年执行数|2031年预算数/小计|增减/增减%")), None);
    }
}
