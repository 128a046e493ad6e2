//! Header cells in the order of drawing become a tree: rows are found, and parents given their children.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::cells::{Cost, HeaderCell, Reading};
use super::division::{division_cost, divisions};
use super::parent::Rows;
use super::{Expected, Header, Role};
use crate::terms::header::HeaderWord;

/// The trees of a reading: how rows share their cells is found once for all divisions and numbers of columns.
pub(super) struct Trees<'a> {
    cells: &'a [Rc<HeaderCell>],
    divisions: Vec<Vec<usize>>,
    shared: BTreeMap<(usize, usize, usize), Vec<Shared>>,
}

impl<'a> Trees<'a> {
    pub(super) fn of(reading: &'a Reading) -> Self {
        Self { cells: &reading.cells, divisions: divisions(&reading.cells), shared: BTreeMap::new() }
    }

    /// The cheapest tree with the wanted number of leaves, if it costs less than `limit`; `budget` is the work left.
    pub(super) fn build(&mut self, expected: &Expected, limit: Cost, budget: &mut u64) -> Option<(Cost, Header)> {
        let mut best: Option<(Cost, Vec<usize>, Vec<Run>)> = None;
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
    ) -> Option<(Cost, Vec<Run>)> {
        let cells = self.cells;
        let ends = division.iter().skip(1).copied().chain(std::iter::once(cells.len()));
        let rows: Vec<Run> = division.iter().copied().zip(ends).collect();
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
        let mut options: Vec<(Cost, usize, Vec<Run>)> = vec![(0, 0, vec![(0, 0); cells.len()])];
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
                    children[*cell] = *kids;
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

/// What a cell says.
fn text(cells: &[Rc<HeaderCell>], idx: usize) -> &str {
    cells.get(idx).map_or("", |cell| cell.text.as_str())
}

/// The word that a cell is, or what its end tells.
fn word(cells: &[Rc<HeaderCell>], idx: usize) -> Option<HeaderWord> {
    cells.get(idx)?.traits.word
}

fn role(cells: &[Rc<HeaderCell>], idx: usize) -> Role {
    match word(cells, idx) {
        Some(HeaderWord::Code) => Role::Code,
        Some(HeaderWord::Label) => Role::Label,
        Some(HeaderWord::Text) => Role::Text,
        _ => Role::Amount,
    }
}

/// Cells that stand side by side, from the first to before the last.
type Run = (usize, usize);

/// Cost, columns that end in the upper row, and the children of each upper cell.
type Shared = (Cost, usize, Vec<(usize, Run)>);

/// The cheapest ways to share the cells of a row among those of the row above, one for each number of columns that
/// end in the upper row.
fn share(cells: &[Rc<HeaderCell>], upper: Run, lower: Run, budget: &mut u64) -> Vec<Shared> {
    let (n_upper, n_lower) = (upper.1 - upper.0, lower.1 - lower.0);
    let width = n_upper + 1;
    let slot = |done: usize, taken: usize, leaves: usize| (done * (n_lower + 1) + taken) * width + leaves;
    // For each number of upper cells done, cells taken and columns ended: cost, the children of the last upper cell, the
    // columns ended before it.
    let mut best: Vec<Option<(Cost, usize, usize)>> = vec![None; slot(n_upper + 1, 0, 0)];
    if let Some(start) = best.first_mut() {
        *start = Some((0, 0, 0));
    }
    let rows = Rows::of(cells, upper, lower);
    for done in 0..n_upper {
        let (before, after) = best.split_at_mut(slot(done + 1, 0, 0));
        for taken in 0..=n_lower {
            let from = lower.0 + taken;
            // The ways to have taken so many cells, by the columns ended.
            let ways = before.get(slot(done, taken, 0)..slot(done, taken + 1, 0)).unwrap_or_default();
            let is_reached = ways.iter().any(Option::is_some);
            for n_kids in 0..=n_lower - taken {
                *budget = budget.saturating_sub(1 + n_kids as u64);
                if *budget == 0 {
                    return Vec::new();
                }
                if !is_reached {
                    continue;
                }
                let kids = (from, from + n_kids);
                let more = if n_kids == 0 { 0 } else { rows.parent_cost(upper.0 + done, kids) };
                for (leaves, way) in ways.iter().enumerate() {
                    let Some((cost, ..)) = *way else { continue };
                    let place = slot(0, taken + n_kids, leaves + usize::from(n_kids == 0));
                    if let Some(known) = after.get_mut(place)
                        && known.is_none_or(|(known, ..)| cost + more < known)
                    {
                        *known = Some((cost + more, n_kids, leaves));
                    }
                }
            }
        }
    }
    let at = |done: usize, taken: usize, leaves: usize| best.get(slot(done, taken, leaves)).copied().flatten();
    let mut found = Vec::new();
    for leaves in 0..=n_upper {
        let Some((cost, ..)) = at(n_upper, n_lower, leaves) else { continue };
        let mut of_row = Vec::with_capacity(n_upper);
        let (mut taken, mut ended) = (n_lower, leaves);
        for done in (1..=n_upper).rev() {
            let Some((_, n_kids, before)) = at(done, taken, ended) else { break };
            of_row.push((upper.0 + done - 1, (lower.0 + taken - n_kids, lower.0 + taken)));
            taken -= n_kids;
            ended = before;
        }
        found.push((cost, leaves, of_row));
    }
    found
}

/// What the cells that end as columns cost, by their words and by what the columns hold.
fn leaf_cost(cells: &[Rc<HeaderCell>], division: &[usize], children: &[Run], expected: &Expected) -> Cost {
    let mut cost = 0;
    let leaves = leaves(division, children);
    for (column, path) in leaves.iter().enumerate() {
        let Some(cell) = path.last() else { continue };
        // Money of a general name beside its own parts is the cell over them.
        let parent = path.get(..path.len() - 1).unwrap_or_default();
        let divided = |other: &&Vec<usize>| {
            other.get(..other.len() - 1) == Some(parent)
                && other.last().is_some_and(|other| {
                    word(cells, *other) == Some(HeaderWord::Total)
                        || cells.get(*other).is_some_and(|other| other.traits.source == Some(0))
                })
        };
        if cells.get(*cell).is_some_and(|cell| cell.traits.is_general)
            && leaves.iter().skip(column + 1).any(|other| divided(&other))
        {
            cost += 15;
        }
        // Two sums under one cell are of two sides, which a name parts.
        let again = || {
            let siblings = leaves.iter().skip(column + 1).take_while(|other| {
                other.get(..other.len() - 1) == Some(parent)
                    && other.last().is_some_and(|other| role(cells, *other) == Role::Amount)
            });
            siblings.filter_map(|other| other.last()).any(|other| text(cells, *other) == text(cells, *cell))
        };
        if word(cells, *cell) == Some(HeaderWord::Total) && again() {
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
fn leaves(division: &[usize], children: &[Run]) -> Vec<Vec<usize>> {
    fn descend(cell: usize, path: &mut Vec<usize>, children: &[Run], out: &mut Vec<Vec<usize>>) {
        path.push(cell);
        match children.get(cell) {
            Some((from, to)) if from < to => (*from..*to).for_each(|kid| descend(kid, path, children, out)),
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
    fn cells_stand_under_the_cell_that_begins_like_them() {
        let found = paths(
            "预算数 决算数\n合计 公务用车购置及运行费 公务接待费 合计 公务用车购置及运行费 公务接待费\n小计 公务用车购置费 公务用车运行费 小计 公务用车购置费 公务用车运行费",
            "aaaaaaaaaa",
        );
        let half = [
            "合计",
            "公务用车购置及运行费/小计",
            "公务用车购置及运行费/公务用车购置费",
            "公务用车购置及运行费/公务用车运行费",
            "公务接待费",
        ];
        let whole: Vec<String> =
            ["预算数", "决算数"].iter().flat_map(|top| half.iter().map(move |path| format!("{top}/{path}"))).collect();
        assert_eq!(found, whole);
    }

    #[test]
    fn line_numbers_stand_between_the_names_and_the_amounts_of_a_side() {
        let found = paths("收入 支出\n项目 行次 金额 项目 行次 合计 一般公共预算 政府性基金预算", "????????");
        assert_eq!(found.iter().filter(|path| path.starts_with("支出")).count(), 5);
    }

    #[test]
    fn the_sources_of_money_stand_under_one_cell() {
        let found =
            paths("收入 支出\n项目 金额 项目 金额\n小计 一般公共预算 政府性基金预算 国有资本经营预算", "lalaaaa");
        assert_eq!(found.iter().filter(|path| path.starts_with("支出/金额")).count(), 4);
    }

    #[test]
    fn names_stand_under_the_cell_of_names() {
        let found = paths("项目 年初结转 本年收入 本年支出\n科目编码 科目名称 合计 基本支出 项目支出", "???????");
        let whole = [
            "项目/科目编码",
            "项目/科目名称",
            "年初结转",
            "本年收入",
            "本年支出/合计",
            "本年支出/基本支出",
            "本年支出/项目支出",
        ];
        assert_eq!(found, whole);
    }

    #[test]
    fn a_flat_header_stays_flat() {
        assert_eq!(
            paths("科目编码 科目名称 合计 基本支出 项目支出", "?????"),
            ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
        );
    }
}
