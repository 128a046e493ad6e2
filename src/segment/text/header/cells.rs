//! Which lines of a header are one wrapped cell: every reading that its words bear out.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::segment::cost::Cost;
use crate::segment::cost::cells::*;
use crate::terms::column::ColumnRole;
use crate::terms::header::{HeaderWord, is_selection, without_year};
use crate::terms::header_traits::{ENDS_OF_MONEY, HeaderTraits, names_two_sources};

/// So many readings are looked at, the cheapest first.
const MAX_READINGS: usize = 16;

/// A wrapped header cell has at most this many lines.
const MAX_WRAPS: usize = 6;

/// A cell of the header.
#[derive(Clone, Debug)]
pub(in crate::segment::text) struct HeaderCell {
    pub(super) text: String,
    /// Whether it begins a line: a new header row begins with such a cell.
    pub(super) begins_line: bool,
    /// What its text tells of its place.
    pub(super) traits: HeaderTraits,
}

impl HeaderCell {
    /// A cell of this text that begins no line.
    pub(in crate::segment::text) fn of(text: String) -> Self {
        Self { traits: HeaderTraits::of(&text), begins_line: false, text }
    }

    /// Whether the column under it is of names or of codes.
    pub(super) fn is_name(&self) -> bool {
        matches!(self.traits.word, Some(HeaderWord::Code | HeaderWord::Label))
    }

    /// What a column under it holds.
    pub(super) fn role(&self) -> ColumnRole {
        match self.traits.word {
            Some(HeaderWord::Code) => ColumnRole::Code,
            Some(HeaderWord::Label) => ColumnRole::Label,
            Some(HeaderWord::Text) => ColumnRole::Text,
            _ => ColumnRole::Amount,
        }
    }

    /// How many characters two cells have in common at their beginnings, whatever years stand before them.
    pub(super) fn n_common(&self, other: &Self) -> usize {
        self.name().chars().zip(other.name().chars()).take_while(|(a, b)| a == b).count()
    }

    /// Its text without a year before it.
    fn name(&self) -> &str {
        self.text.get(self.traits.n_of_year..).unwrap_or_default()
    }
}

/// Cells that stand side by side, from the first to before the last.
pub(super) type Run = (usize, usize);

/// The cells of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Grown {
    /// Those that stand under none, left to right.
    pub(super) roots: Vec<usize>,
    /// What stands under each.
    pub(super) children: Vec<Run>,
}

/// One way to read the pieces as cells.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// In the order of drawing; readings share the cells that they have in common.
    pub(super) cells: Vec<Rc<HeaderCell>>,
    /// How unlikely its words are.
    pub(super) cost: Cost,
    /// Which cells stand under which, where it tells that too; the cost has it then.
    pub(super) grown: Option<Grown>,
    /// Whether nothing tells which of two columns of money is the left one.
    pub(super) is_free: bool,
}

/// A reading of the first pieces as whole cells.
#[derive(Clone, Copy)]
struct Partial {
    cost: Cost,
    n_cells: usize,
    /// Where its last cell begins, and the place among the readings of what stands before that.
    before: (usize, usize),
}

/// The likely readings, the likeliest first: of all that there are, as what a cell costs depends on its own pieces alone.
pub(super) fn readings(lines: &[Vec<&str>]) -> Vec<Reading> {
    let pieces: Vec<&str> = lines.iter().flatten().copied().collect();
    let begins: Vec<bool> = lines.iter().flat_map(|line| (0..line.len()).map(|idx| idx == 0)).collect();
    // The cheapest readings of the pieces before each.
    let mut ends: Vec<Vec<Partial>> = vec![vec![Partial { cost: 0, n_cells: 0, before: (0, 0) }]];
    for end in 1..=pieces.len() {
        let mut found: Vec<Partial> = Vec::new();
        for start in end.saturating_sub(MAX_WRAPS)..end {
            let n_spaces = begins[start + 1..end].iter().filter(|begins| !**begins).count();
            let own = cost_of(&pieces[start..end], n_spaces);
            let longer = ends[start].iter().enumerate();
            found.extend(longer.map(|(rank, partial)| Partial {
                cost: partial.cost + own,
                n_cells: partial.n_cells + 1,
                before: (start, rank),
            }));
        }
        found.sort_by_key(|partial| (partial.cost, partial.n_cells));
        found.truncate(MAX_READINGS);
        ends.push(found);
    }
    let whole = ends.last().map(Vec::as_slice).unwrap_or_default();
    let best = whole.first().map_or(0, |partial| partial.cost);
    // The cell of each pair of its first piece and the first of the next cell.
    let mut known: BTreeMap<(usize, usize), Rc<HeaderCell>> = BTreeMap::new();
    let mut cell = |start: usize, end: usize| {
        let known = known.entry((start, end)).or_insert_with(|| {
            let text = pieces.get(start..end).unwrap_or_default().concat();
            let begins_line = begins.get(start) == Some(&true);
            Rc::new(HeaderCell { traits: HeaderTraits::of(&text), begins_line, text })
        });
        Rc::clone(known)
    };
    let mut reading = |partial: &Partial| {
        let mut cells = Vec::with_capacity(partial.n_cells);
        let (mut end, mut partial_of_end) = (pieces.len(), *partial);
        while end > 0 {
            let (start, rank) = partial_of_end.before;
            cells.push(cell(start, end));
            (end, partial_of_end) = (start, ends[start][rank]);
        }
        cells.reverse();
        Reading { cells, cost: partial.cost, grown: None, is_free: false }
    };
    whole.iter().take_while(|partial| partial.cost <= best + MARGIN).map(&mut reading).collect()
}

/// How unlikely these pieces are as one cell, so many of which stand behind a space.
pub(super) fn cost_of(pieces: &[&str], n_spaces: usize) -> Cost {
    if pieces.is_empty() {
        return 0;
    }
    let text = pieces.concat();
    let n_chars = text.chars().count();
    let mut cost = word_cost(&text);
    if text.starts_with(['（', '(']) {
        cost += BEGINS_WITH_BRACKET;
    }
    if n_chars == 1 && !matches!(text.as_str(), "类" | "款" | "项") {
        cost += SINGLE_CHARACTER;
    }
    let known = |text: &str| HeaderWord::of(text).is_some() || is_selection(text);
    let (line, space) = if known(&text) { (WITHIN_WORD, WITHIN_WORD) } else { (LINE, SPACE) };
    cost += space * Cost::try_from(n_spaces).unwrap_or(Cost::MAX / 60);
    for cut in 1..pieces.len() {
        cost += line;
        let left = pieces.get(..cut).map(<[&str]>::concat).unwrap_or_default();
        let Some(right) = pieces.get(cut) else { continue };
        cost += match (known(&left), known(right)) {
            // A year is one of money: 项目 below it is the next cell.
            _ if without_year(&left).is_empty() && names_rows(right) => TWO_KNOWN,
            (true, true) if known(&text) => KNOWN_OF_KNOWN,
            _ if known(&text) => 0,
            (true, true) => TWO_KNOWN,
            (false, true) => KNOWN_BEHIND,
            (true, false) => KNOWN_BEFORE,
            (false, false) => 0,
        };
        let begins_year = without_year(right) != *right && !left.ends_with(['：', ':']);
        cost += if begins_year { YEAR_WITHIN } else { 0 };
        let widest = pieces.get(..cut).into_iter().flatten().map(|piece| piece.chars().count()).max().unwrap_or(0);
        if right.chars().count() > widest + 1 {
            cost += LONGER_BELOW;
        }
    }
    cost
}

/// Whether a text is the name of a column of names or codes.
fn names_rows(text: &str) -> bool {
    matches!(HeaderWord::of(text), Some(HeaderWord::Code | HeaderWord::Label))
}

/// How unlikely a text is as a header cell.
fn word_cost(text: &str) -> Cost {
    if HeaderWord::of(text).is_some() || is_selection(text) {
        return KNOWN;
    }
    let is_two = names_two_sources(text)
        || text.matches("其中").count() > 1
        || ENDS_OF_MONEY.iter().any(|end| text.matches(end).count() > 1);
    (if ends_like_name(text) { ENDS_LIKE_NAME } else { UNKNOWN }) + if is_two { ENDS_TWICE } else { 0 }
}

/// Whether a text ends like the name of a column.
pub(super) fn ends_like_name(text: &str) -> bool {
    const ENDS: &[&str] = &[
        "预算数",
        "决算数",
        "预算",
        "收入",
        "支出",
        "资金",
        "费",
        "数",
        "结转",
        "结余",
        "安排",
        "金额",
        "名称",
        "编码",
        "代码",
        "项目",
        "拨款",
        "经费",
        "合计",
        "小计",
        "情况",
        "科目",
        "单位",
        "年",
        "基金",
        "）",
        ")",
    ];
    ENDS.iter().any(|end| text.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(lines: &[&str]) -> String {
        let lines: Vec<Vec<&str>> = lines.iter().map(|line| line.split(' ').collect()).collect();
        let readings = readings(&lines);
        let best = readings.first().expect("a reading");
        best.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn a_wrapped_cell_is_joined_by_the_word_that_it_makes() {
        assert_eq!(
            best(&["合计 一般公共预算", "政府性基", "金预算", "国有资本经", "营预算"]),
            "合计|一般公共预算|政府性基金预算|国有资本经营预算"
        );
    }

    #[test]
    fn known_words_on_lines_of_their_own_stay_apart() {
        assert_eq!(
            best(&["项目", "2031年预算数", "合计 基本支出 项目支出"]),
            "项目|2031年预算数|合计|基本支出|项目支出"
        );
    }
}
