//! How likely a header cell stands over some cells of the row below it, by what they say.

use super::cells::HeaderCell;
use super::tree::Cost;
use crate::terms::header::{HeaderWord, without_year};

/// How odd it is that `parent`, one of the cells `upper`, stands over the cells from `from` to `to`.
pub(super) fn parent_cost(
    cells: &[HeaderCell],
    parent: usize,
    upper: (usize, usize),
    (from, to): (usize, usize),
) -> Cost {
    use HeaderWord::{Amount, Code, Label, Side, Text, Total};
    let kids: Vec<Option<HeaderWord>> = (from..to).map(|kid| word(cells, kid)).collect();
    let is_name = |kid: &Option<HeaderWord>| matches!(kid, Some(Code | Label));
    let mut cost = if kids.len() == 1 { 20 } else { 0 };
    // 合计 and 小计 come before what they sum up, and a name begins a side of its own.
    let n_names = kids.iter().take_while(|kid| is_name(kid)).count();
    // Line numbers stand behind the names.
    let n_texts = kids.iter().skip(n_names).take_while(|kid| n_names > 0 && **kid == Some(Text)).count();
    let later = kids.iter().skip(n_names + n_texts);
    cost += 30 * u32::try_from(later.clone().filter(|kid| is_name(kid)).count()).unwrap_or(u32::MAX / 60);
    let late_totals = later.skip(1).filter(|kid| **kid == Some(Total)).count();
    cost += 30 * u32::try_from(late_totals).unwrap_or(u32::MAX / 60);
    // 编码 comes before 名称, and both once.
    if n_names > 2 && !kids.iter().all(|kid| *kid == Some(Code)) {
        cost += 15;
    }
    cost += 15 * strangers(cells, parent, from + n_names + n_texts, to);
    cost += if from > upper.1 && goes_on_with_sources(cells, from) { 20 } else { 0 };
    cost += 20 * named_after_others(cells, parent, upper, (from, to));
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
        // The names of a table of one side stand under the cell of names.
        Some(Side) if n_names > 0 && (upper.0..upper.1).any(|cell| word(cells, cell) == Some(Label)) => 30,
        Some(Side) if n_names > 0 || kids.first() == Some(&Some(Total)) => 0,
        Some(Side) => 20,
        Some(Amount) | None if n_names > 0 => 30,
        Some(Amount) if is_general(text(cells, parent)) || names_its_parts(cells, parent, (from, to)) => 5,
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

/// So many characters at their beginnings say that one cell is a part of what another names.
const COMMON_CHARS: usize = 3;

/// Whether a cell is a source of money in the order that all tables have, and the source before it stands before it: both
/// stand under one cell.
fn goes_on_with_sources(cells: &[HeaderCell], cell: usize) -> bool {
    const SOURCES: [&str; 3] = ["一般公共预算", "政府性基金", "国有资本经营"];
    let source = |cell: usize| SOURCES.iter().position(|source| text(cells, cell).starts_with(source));
    let before = cell.checked_sub(1).and_then(source);
    before.zip(source(cell)).is_some_and(|(before, source)| before + 1 == source)
}

/// Whether all cells but a sum begin like the one over them.
fn names_its_parts(cells: &[HeaderCell], parent: usize, (from, to): (usize, usize)) -> bool {
    let mut parts = (from..to).filter(|kid| word(cells, *kid) != Some(HeaderWord::Total)).peekable();
    parts.peek().is_some() && parts.all(|kid| n_common(cells, kid, parent) >= COMMON_CHARS)
}

/// How many characters two cells have in common at their beginnings.
fn n_common(cells: &[HeaderCell], cell: usize, other: usize) -> usize {
    let (cell, other) = (without_year(text(cells, cell)), without_year(text(cells, other)));
    cell.chars().zip(other.chars()).take_while(|(a, b)| a == b).count()
}

/// How many cells begin like another of the cells above them, rather than like the one that they stand under:
/// 公务用车购置费 is of 公务用车购置及运行维护费.
fn named_after_others(cells: &[HeaderCell], parent: usize, upper: (usize, usize), (from, to): (usize, usize)) -> Cost {
    let strays = (from..to).filter(|kid| {
        let own = n_common(cells, *kid, parent).max(COMMON_CHARS - 1);
        (upper.0..upper.1).any(|other| n_common(cells, *kid, other) > own)
    });
    u32::try_from(strays.count()).unwrap_or(u32::MAX / 60)
}

/// Whether money of this name is commonly divided in a header, by source or by use.
pub(super) fn is_general(text: &str) -> bool {
    const GENERAL: &[&str] = &["预算数", "决算数", "金额", "财政拨款", "执行数", "预算", "资金来源"];
    const SOURCES: &[&str] = &["一般公共", "基金", "国有资本"];
    GENERAL.iter().any(|word| text.ends_with(word)) && !SOURCES.iter().any(|word| text.contains(word))
}

/// What a cell says.
pub(super) fn text(cells: &[HeaderCell], idx: usize) -> &str {
    cells.get(idx).map_or("", |cell| cell.text.as_str())
}

/// The word that a cell is, or what its end tells.
pub(super) fn word(cells: &[HeaderCell], idx: usize) -> Option<HeaderWord> {
    cells.get(idx).and_then(|cell| cell.word)
}
