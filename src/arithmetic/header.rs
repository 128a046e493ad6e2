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
        Self { name: name.to_owned(), column, children, is_total: label::is_header_total(&bare), is_selection }
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
