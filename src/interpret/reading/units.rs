//! Rows that bear the name of a unit head the rows below them: the names are printed where other statements list units.

use std::collections::BTreeSet;

use crate::arithmetic::side::{Line, Side};
use crate::interpret::Statement;

/// Ends of headers of columns that name units and nothing else.
const UNIT_HEADERS: [&str; 2] = ["单位名称", "部门名称"];
/// What procurement is divided into, above the units.
const PROCURED: [&str; 3] = ["货物", "工程", "服务"];
/// Fewer units than this order nothing.
const MIN_UNITS: usize = 2;

/// Gives each side with rows of known units the levels that these names show.
///
/// A list of units with their projects, in one column and without a mark: 某局, its projects, 某中心, its projects.
pub(super) fn rank(statements: &[Statement], sides: &mut [Vec<Side>]) {
    let named: BTreeSet<String> = statements.iter().zip(sides.iter()).flat_map(|(s, sides)| names(s, sides)).collect();
    for side in sides.iter_mut().flatten() {
        side.ranks = ranks(&side.lines, &named).unwrap_or_default();
    }
}

/// The names in the columns of units of a statement.
fn names(statement: &Statement, sides: &[Side]) -> Vec<String> {
    let leaf = |column: usize| statement.columns.get(column).and_then(|c| c.path.last()).map(String::as_str);
    let is_unit =
        |column: &usize| leaf(*column).is_some_and(|leaf| UNIT_HEADERS.iter().any(|word| leaf.ends_with(word)));
    let lists = |side: &&Side| side.head.last().is_some_and(is_unit);
    let lines = sides.iter().filter(lists).flat_map(|side| &side.lines).filter(|line| !line.is_apart());
    lines.map(|line| bare(&line.label.name).to_owned()).filter(|name| !name.is_empty()).collect()
}

/// The name of a unit without what says that it is the unit alone: 某局（本级）.
fn bare(name: &str) -> &str {
    ["(本级)", "(机关)", "本级"].iter().find_map(|tail| name.strip_suffix(tail)).unwrap_or(name)
}

fn ranks(lines: &[Line], units: &BTreeSet<String>) -> Option<Vec<u32>> {
    let rank = |line: &Line| match line.label.name.as_str() {
        name if PROCURED.contains(&name) => 0,
        name if units.contains(bare(name)) && line.names.len() == 1 => 1,
        _ => 2,
    };
    let ranks: Vec<u32> = lines.iter().map(rank).collect();
    let items = || lines.iter().zip(&ranks).filter(|(line, _)| !line.is_apart()).map(|(_, rank)| *rank);
    // From the top: a row that no unit heads has its place elsewhere.
    let heads = items().next().is_some_and(|first| first < 2) && items().any(|rank| rank == 2);
    (heads && items().filter(|rank| *rank == 1).count() >= MIN_UNITS).then_some(ranks)
}
