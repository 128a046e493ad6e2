//! Header cells in the order of drawing become a tree: rows are found, and parents given their children.

use std::collections::BTreeMap;

use super::cells::{HeaderCell, Reading};
use super::division::{division_cost, divisions};
use super::{Expected, Header, Role};
use crate::terms::header::HeaderWord;

/// How costs are counted: tenths of a small oddity.
pub(super) type Cost = u32;

/// The trees of a reading: how rows share their cells is found once for all divisions and numbers of columns.
pub(super) struct Trees<'a> {
    cells: &'a [HeaderCell],
    divisions: Vec<Vec<usize>>,
    shared: BTreeMap<(usize, usize, usize), Vec<Shared>>,
}

impl<'a> Trees<'a> {
    pub(super) fn of(reading: &'a Reading) -> Self {
        Self { cells: &reading.cells, divisions: divisions(&reading.cells), shared: BTreeMap::new() }
    }

    /// The cheapest tree with the wanted number of leaves, if it costs less than `limit`; `budget` is the work left.
    pub(super) fn build(&mut self, expected: &Expected, limit: Cost, budget: &mut u64) -> Option<(Cost, Header)> {
        let mut best: Option<(Cost, Vec<usize>, Vec<Vec<usize>>)> = None;
        let divisions = std::mem::take(&mut self.divisions);
        for division in &divisions {
            let limit = best.as_ref().map_or(limit, |(cost, _, _)| *cost);
            if *budget == 0 {
                break;
            }
            if let Some((cost, children)) = self.assign(division, expected, limit, budget) {
                best = Some((cost, division.clone(), children));
            }
        }
        self.divisions = divisions;
        let (cost, division, children) = best?;
        let leaves = leaves(&division, &children);
        let paths =
            leaves.iter().map(|path| path.iter().map(|cell| text(self.cells, *cell).to_owned()).collect()).collect();
        let roles =
            leaves.iter().map(|path| path.last().map_or(Role::Amount, |cell| role(self.cells, *cell))).collect();
        Some((cost, Header { paths, roles, rivalled: false }))
    }

    /// The children of each cell, row by row, at the least cost.
    ///
    /// Each cell of a row either ends there, as a column, or has the next cells of the row below as its children.
    fn assign(
        &mut self,
        division: &[usize],
        expected: &Expected,
        limit: Cost,
        budget: &mut u64,
    ) -> Option<(Cost, Vec<Vec<usize>>)> {
        let cells = self.cells;
        let ends = division.iter().skip(1).copied().chain(std::iter::once(cells.len()));
        let rows: Vec<(usize, usize)> = division.iter().copied().zip(ends).collect();
        if rows.iter().any(|(start, end)| end - start > expected.n_columns) {
            return None;
        }
        // How many cells above the last row are columns by themselves.
        let n_last = rows.last().map(|(start, end)| end - start)?;
        let n_upper = expected.n_columns.checked_sub(n_last)?;
        let n_above = cells.len() - n_last;
        if n_upper > n_above {
            return None;
        }
        let odd = division_cost(cells, division);
        let mut options: Vec<(Cost, usize, Vec<Vec<usize>>)> = vec![(0, 0, vec![Vec::new(); cells.len()])];
        for pair in rows.windows(2) {
            let [upper, lower] = pair else { continue };
            let key = (upper.0, upper.1, lower.1);
            let shared = self.shared.entry(key).or_insert_with(|| share(cells, *upper, *lower, budget));
            let mut next = Vec::new();
            for (cost, n_leaves, children) in &options {
                let fits = |(more, leaves, _): &&Shared| n_leaves + leaves <= n_upper && cost + more < limit;
                for (more, leaves, of_row) in shared.iter().filter(fits) {
                    next.push((cost + more, n_leaves + leaves, children, of_row));
                }
            }
            next.sort_by_key(|(cost, ..)| *cost);
            next.truncate(16);
            *budget = budget.saturating_sub((next.len() * cells.len()) as u64);
            let mut longer = Vec::with_capacity(next.len());
            for (cost, n_leaves, children, of_row) in next {
                let mut children = children.clone();
                for (cell, kids) in of_row.iter().filter(|(cell, _)| *cell < cells.len()) {
                    children[*cell].clone_from(kids);
                }
                longer.push((cost, n_leaves, children));
            }
            options = longer;
        }
        options
            .into_iter()
            .filter(|(_, n_leaves, _)| *n_leaves == n_upper)
            .map(|(cost, _, children)| (cost + odd + leaf_cost(cells, division, &children, expected), children))
            .filter(|(cost, _)| *cost < limit)
            .min_by_key(|(cost, _)| *cost)
    }
}

fn text(cells: &[HeaderCell], idx: usize) -> &str {
    cells.get(idx).map_or("", |cell| cell.text.as_str())
}

fn word(cells: &[HeaderCell], idx: usize) -> Option<HeaderWord> {
    cells.get(idx).and_then(|cell| cell.word)
}

fn role(cells: &[HeaderCell], idx: usize) -> Role {
    match word(cells, idx) {
        Some(HeaderWord::Code) => Role::Code,
        Some(HeaderWord::Label) => Role::Label,
        Some(HeaderWord::Text) => Role::Text,
        _ => Role::Amount,
    }
}

/// The cheapest ways to share the cells of a row among those of the row above, one for each number of columns that
/// end in the upper row.
fn share(cells: &[HeaderCell], upper: (usize, usize), lower: (usize, usize), budget: &mut u64) -> Vec<Shared> {
    let (n_upper, n_lower) = (upper.1 - upper.0, lower.1 - lower.0);
    let width = n_upper + 1;
    let slot = |taken: usize, leaves: usize| taken * width + leaves;
    // For each upper cell and each (cells taken, columns ended) so far: cost, its children, the columns ended before.
    let mut stages: Vec<Vec<Option<(Cost, usize, usize)>>> = vec![vec![None; (n_lower + 1) * width]];
    if let Some(start) = stages.first_mut().and_then(|stage| stage.first_mut()) {
        *start = Some((0, 0, 0));
    }
    for parent in upper.0..upper.1 {
        let mut next: Vec<Option<(Cost, usize, usize)>> = vec![None; (n_lower + 1) * width];
        for taken in 0..=n_lower {
            let from = lower.0 + taken;
            for n_kids in 0..=n_lower - taken {
                *budget = budget.saturating_sub(1 + n_kids as u64);
                if *budget == 0 {
                    return Vec::new();
                }
                let more = if n_kids == 0 { 0 } else { parent_cost(cells, parent, from, from + n_kids) };
                for leaves in 0..=parent - upper.0 {
                    let before = stages.last().and_then(|stage| stage.get(slot(taken, leaves))).copied().flatten();
                    let Some((cost, ..)) = before else { continue };
                    let place = slot(taken + n_kids, leaves + usize::from(n_kids == 0));
                    if let Some(known) = next.get_mut(place)
                        && known.is_none_or(|(known, ..)| cost + more < known)
                    {
                        *known = Some((cost + more, n_kids, leaves));
                    }
                }
            }
        }
        stages.push(next);
    }
    let mut found = Vec::new();
    for leaves in 0..=n_upper {
        let Some((cost, ..)) = stages.last().and_then(|stage| stage.get(slot(n_lower, leaves))).copied().flatten()
        else {
            continue;
        };
        let mut of_row = Vec::with_capacity(n_upper);
        let (mut taken, mut ended) = (n_lower, leaves);
        for parent in (upper.0..upper.1).rev() {
            let stage = stages.get(parent - upper.0 + 1);
            let Some((_, n_kids, before)) = stage.and_then(|stage| stage.get(slot(taken, ended))).copied().flatten()
            else {
                break;
            };
            of_row.push((parent, (lower.0 + taken - n_kids..lower.0 + taken).collect()));
            taken -= n_kids;
            ended = before;
        }
        found.push((cost, leaves, of_row));
    }
    found
}

/// Cost, columns that end in the upper row, and the children of each upper cell.
type Shared = (Cost, usize, Vec<(usize, Vec<usize>)>);

/// How odd it is that `parent` stands over the cells from `from` to `to`.
fn parent_cost(cells: &[HeaderCell], parent: usize, from: usize, to: usize) -> Cost {
    use HeaderWord::{Amount, Code, Label, Side, Text, Total};
    let kids: Vec<Option<HeaderWord>> = (from..to).map(|kid| word(cells, kid)).collect();
    let is_name = |kid: &Option<HeaderWord>| matches!(kid, Some(Code | Label));
    let mut cost = if kids.len() == 1 { 20 } else { 0 };
    // 合计 and 小计 come before what they sum up, and a name begins a side of its own.
    let n_names = kids.iter().take_while(|kid| is_name(kid)).count();
    let later = kids.iter().skip(n_names);
    cost += 30 * u32::try_from(later.clone().filter(|kid| is_name(kid)).count()).unwrap_or(u32::MAX / 60);
    let late_totals = later.skip(1).filter(|kid| **kid == Some(Total)).count();
    cost += 30 * u32::try_from(late_totals).unwrap_or(u32::MAX / 60);
    // 编码 comes before 名称, and both once.
    if n_names > 2 && !kids.iter().all(|kid| *kid == Some(Code)) {
        cost += 15;
    }
    cost += 15 * strangers(cells, parent, from + n_names, to);
    // 类, 款 and 项 are the columns of one code; two codes side by side have levels of their own.
    let is_level = |cell: &usize| CODE_LEVELS.contains(&text(cells, *cell));
    let (all, own) = ((0..cells.len()).filter(is_level).count(), (from..to).filter(is_level).count());
    cost += if own > 0 && own != all && all <= CODE_LEVELS.len() { 60 } else { 0 };
    cost += 20 * changes(cells, parent, from, to);
    cost += match word(cells, parent) {
        Some(Label) if n_names == kids.len() && !text(cells, parent).ends_with("名称") => 0,
        Some(Label) => 40,
        // 功能分类科目编码 over 类 款 项.
        Some(Code) if kids.iter().all(|kid| *kid == Some(Code)) => 0,
        Some(Code | Total | Text) => 60,
        Some(Side) if n_names > 0 || kids.first() == Some(&Some(Total)) => 0,
        Some(Side) => 20,
        Some(Amount) | None if n_names > 0 => 30,
        Some(Amount) if is_general(text(cells, parent)) => 5,
        Some(Amount) => 25,
        None => 7,
    };
    if kids.first() == Some(&Some(Total)) { cost.saturating_sub(4) } else { cost }
}

/// The parts of a code, each in a column of its own.
const CODE_LEVELS: [&str; 3] = ["类", "款", "项"];

/// How many changes (增减额, 增减%) do not stand under the cell over changes, where there is one.
fn changes(cells: &[HeaderCell], parent: usize, from: usize, to: usize) -> Cost {
    let is_change = |cell: usize| text(cells, cell).contains("增减");
    let over = |cell: usize| is_change(cell) && !text(cells, cell).ends_with(['额', '%', '％', '率']);
    if !(0..cells.len()).any(|cell| over(cell) && !(from..to).contains(&cell)) {
        return 0;
    }
    u32::try_from((from..to).filter(|kid| is_change(*kid) != over(parent)).count()).unwrap_or(u32::MAX / 60)
}

/// How many cells of money do not belong where they stand: 财政拨款 has only budget money below it, and of the kinds of
/// budget money 一般公共预算 comes first.
fn strangers(cells: &[HeaderCell], parent: usize, from: usize, to: usize) -> Cost {
    const OTHER_MONEY: &[&str] =
        &["财政专户", "单位资金", "事业收入", "其他收入", "经营收入", "上级补助", "附属单位", "结转"];
    let fiscal = text(cells, parent).ends_with("财政拨款");
    let strange = (from..to).zip(0u32..).filter(|(kid, place)| {
        let kid_text = text(cells, *kid);
        let late =
            *place > 0 && kid_text.starts_with("一般公共预算") && word(cells, kid - 1) != Some(HeaderWord::Total);
        late || (fiscal && OTHER_MONEY.iter().any(|word| kid_text.contains(word)))
    });
    u32::try_from(strange.count()).unwrap_or(u32::MAX / 60)
}

/// Whether money of this name is commonly divided in a header, by source or by use.
fn is_general(text: &str) -> bool {
    const GENERAL: &[&str] = &["预算数", "决算数", "金额", "财政拨款", "执行数", "预算", "资金来源"];
    const SOURCES: &[&str] = &["一般公共", "基金", "国有资本"];
    GENERAL.iter().any(|word| text.ends_with(word)) && !SOURCES.iter().any(|word| text.contains(word))
}

/// What the cells that end as columns cost, by their words and by what the columns hold.
fn leaf_cost(cells: &[HeaderCell], division: &[usize], children: &[Vec<usize>], expected: &Expected) -> Cost {
    let mut cost = 0;
    let leaves = leaves(division, children);
    for (column, path) in leaves.iter().enumerate() {
        let Some(cell) = path.last() else { continue };
        // Money of a general name beside its own parts is the cell over them.
        let parent = path.get(..path.len() - 1).unwrap_or_default();
        let divided = |other: &&Vec<usize>| {
            other.get(..other.len() - 1) == Some(parent)
                && other.last().is_some_and(|other| {
                    word(cells, *other) == Some(HeaderWord::Total) || text(cells, *other).starts_with("一般公共预算")
                })
        };
        if is_general(text(cells, *cell)) && leaves.iter().skip(column + 1).any(|other| divided(&other)) {
            cost += 15;
        }
        cost += match word(cells, *cell) {
            Some(HeaderWord::Side) if text(cells, *cell).chars().count() == 2 => 30,
            Some(HeaderWord::Side) => 10,
            _ => 0,
        };
        if let Some(Some(held)) = expected.roles.get(column) {
            let said = role(cells, *cell);
            let numbers_as_names = *held == Role::Code && said == Role::Label;
            cost += match () {
                () if said == *held || said == Role::Text => 0,
                () if numbers_as_names => 5,
                () => 30,
            };
        }
    }
    cost
}

/// The path of each column, left to right.
fn leaves(division: &[usize], children: &[Vec<usize>]) -> Vec<Vec<usize>> {
    fn descend(cell: usize, path: &mut Vec<usize>, children: &[Vec<usize>], out: &mut Vec<Vec<usize>>) {
        path.push(cell);
        match children.get(cell) {
            Some(kids) if !kids.is_empty() => kids.iter().for_each(|kid| descend(*kid, path, children, out)),
            _ => out.push(path.clone()),
        }
        path.pop();
    }
    let mut out = Vec::new();
    let first_row_end = division.get(1).copied().unwrap_or(children.len());
    for cell in 0..first_row_end {
        descend(cell, &mut Vec::new(), children, &mut out);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Expected, Role, header};
    use crate::segment::text::line::Line;

    /// The paths of a header drawn in lines; `roles`: c code, l label, a amount, ? unknown.
    fn paths(text: &str, roles: &str) -> Vec<String> {
        let lines: Vec<Line> =
            text.lines().map(|text| Line { page: 1, text: text.into(), heads_page: false }).collect();
        let roles: Vec<Option<Role>> = roles
            .chars()
            .map(|ch| match ch {
                'c' => Some(Role::Code),
                'l' => Some(Role::Label),
                'a' => Some(Role::Amount),
                _ => None,
            })
            .collect();
        let expected = [Expected { n_columns: roles.len(), roles, doubt: 0 }];
        let (_, header) = header(&lines, &expected).expect("a header");
        header.paths.iter().map(|path| path.join("/")).collect()
    }

    #[test]
    fn two_sides_are_parted_where_the_names_stand() {
        let found = paths("收入 支出\n项目 2031年 项目 2031年合计 当年预算安排\n上年结转安\n排", "lalaaa");
        assert_eq!(
            found,
            ["收入/项目", "收入/2031年", "支出/项目", "支出/2031年合计", "支出/当年预算安排", "支出/上年结转安排"]
        );
    }

    #[test]
    fn a_cell_that_spans_the_rows_is_a_column_by_itself() {
        let found = paths("项目 本年收入\n上年结转\n科目编码 科目名称 合计 一般公共预算\n单位资金", "claaaa");
        assert_eq!(
            found,
            [
                "项目/科目编码",
                "项目/科目名称",
                "本年收入/合计",
                "本年收入/一般公共预算",
                "本年收入/单位资金",
                "上年结转"
            ]
        );
    }

    #[test]
    fn one_amount_of_a_side_is_divided_further() {
        let found = paths("收入 支出\n项目 金额 项目\n金额\n小计 一般公共预算\n政府性基\n金预算", "lalaaa");
        assert_eq!(
            found,
            [
                "收入/项目",
                "收入/金额",
                "支出/项目",
                "支出/金额/小计",
                "支出/金额/一般公共预算",
                "支出/金额/政府性基金预算"
            ]
        );
    }

    #[test]
    fn money_is_divided_by_source_under_the_general_word() {
        let found = paths(
            "项目名称 合计\n2031年财政拨款\n财政专户管\n理资金\n单位资金\n一般公共预算\n政府性基金预算",
            "laaaaa",
        );
        assert_eq!(
            found,
            [
                "项目名称",
                "合计",
                "2031年财政拨款/一般公共预算",
                "2031年财政拨款/政府性基金预算",
                "财政专户管理资金",
                "单位资金"
            ]
        );
    }

    #[test]
    fn a_flat_header_stays_flat() {
        assert_eq!(
            paths("科目编码 科目名称 合计 基本支出 项目支出", "?????"),
            ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
        );
    }
}
