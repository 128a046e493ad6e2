//! The words under one second level become rows of indicators, the period's on the left, the year's on the right.

use super::gaps::Gaps;
use super::groups::{Group, Piece};
use super::likely::{Side, Widths, looks_like_value, name_cost, seam_cost, value_cost};
use crate::segment::least_cost::States;
use crate::segment::text::spacing::{has_cut_words, tidy, width};

/// A third-level indicator with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) name: Vec<String>,
    pub(super) value: Vec<String>,
    /// The name as the dump has it, where words were cut out of it.
    pub(super) cut: Option<String>,
}

impl Pair {
    fn of(name: &[Piece], value: &[Piece]) -> Self {
        let printed = printed_lines(name);
        let is_cut = printed.iter().any(|line| has_cut_words(line));
        Self { name: tidied(&printed), value: tidied(&printed_lines(value)), cut: is_cut.then(|| printed.join(" ")) }
    }
}

/// One row of indicators.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) left: Option<Pair>,
    pub(super) right: Option<Pair>,
    /// The one side that is filled could be the other.
    pub(super) doubtful: bool,
}

/// What the document's forms show of their indicator tables.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) widths: Widths,
    pub(super) gaps: Gaps,
}

/// The rows of a group; one without indicators has one blank row.
pub(super) fn rows_of(group: &Group, known: &Known, two_sided: bool) -> Vec<Row> {
    let mut rows = Vec::new();
    if two_sided && group.has_twin {
        let left = pair(&group.left, Side::Left, known);
        rows = share(&group.right, known);
        if rows.first().is_none_or(|row| row.left.is_some()) {
            rows.insert(0, Row::default());
        }
        if let Some(row) = rows.first_mut() {
            row.left = left;
            row.doubtful = false;
        }
    } else {
        // One side alone: each value ends an indicator.
        let pieces = [group.left.as_slice(), group.right.as_slice()].concat();
        for (pair, _) in best_pairs(&pieces, known, &[Side::Left]) {
            rows.push(Row { left: Some(pair), ..Row::default() });
        }
    }
    if rows.is_empty() {
        rows.push(Row::default());
    }
    rows
}

/// All pieces as one indicator.
fn pair(pieces: &[Piece], side: Side, known: &Known) -> Option<Pair> {
    let (first, rest) = pieces.split_first()?;
    let cut = (1..=rest.len()).min_by_key(|cut| {
        let (name, value) = pieces.split_at(*cut);
        name_cost(name, side, &known.widths) + value_cost(value) + seam_cost(name, value)
    });
    match cut {
        Some(cut) => {
            let (name, value) = pieces.split_at(cut);
            Some(Pair::of(name, value))
        }
        None if looks_like_value(&first.text) => Some(Pair::of(&[], pieces)),
        None => Some(Pair::of(pieces, &[])),
    }
}

/// A second-level group has at most this many words; more is running text that has slipped in.
const MAX_PIECES: usize = 400;

/// An indicator goes over at most so many words, and so does its value.
const MAX_NAME_PIECES: usize = 7;
const MAX_VALUE_PIECES: usize = 3;

/// A blank cell on one side of a row, in the costs below.
const ONE_SIDED: u32 = 15;

/// The words after the twin as rows: the right side of the first row, then both sides of the others.
fn share(pieces: &[Piece], known: &Known) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (pair, side) in best_pairs(pieces, known, &[Side::Left, Side::Right]) {
        match (side, rows.last_mut()) {
            (Side::Right, Some(row)) if row.right.is_none() => row.right = Some(pair),
            (Side::Right, _) => rows.push(Row { right: Some(pair), ..Row::default() }),
            (Side::Left, _) => rows.push(Row { left: Some(pair), ..Row::default() }),
        }
    }
    for row in &mut rows {
        let lone = match (&row.left, &row.right) {
            (Some(pair), None) | (None, Some(pair)) => pair,
            _ => continue,
        };
        let narrow = known.widths.left.min(known.widths.right);
        row.doubtful = lone.name.len() == 1 && lone.name.iter().all(|line| width(line) <= narrow);
    }
    rows
}

/// The likeliest sequence of indicators, each with its side.
fn best_pairs(pieces: &[Piece], known: &Known, sides: &[Side]) -> Vec<(Pair, Side)> {
    let pieces = pieces.get(..MAX_PIECES.min(pieces.len())).unwrap_or_default();
    let n = pieces.len();
    // So many pieces are in indicators, the last of which is of no side, the left or the right; a step tells where the
    // value of its indicator begins.
    let state = |n_pieces: usize, side: usize| n_pieces * 3 + side;
    let mut states: States<u32, usize> = States::new(state(n, 2) + 1);
    for from in 0..n {
        if (0..3).all(|side| states.cost(state(from, side)).is_none()) {
            continue;
        }
        let found = beginning_at(pieces, from, sides, &known.widths);
        for before in 0..3 {
            for Found { cut, end, side, cost } in &found {
                let order = match (before, side) {
                    _ if sides.len() == 1 => 0,
                    (0, Side::Right) | (1, Side::Right) | (2, Side::Left) => 0,
                    (2, Side::Right) => ONE_SIDED,
                    _ => ONE_SIDED + 1,
                };
                let beside = before == 1 && *side == Side::Right;
                let apart = if sides.len() == 1 { 0 } else { known.gaps.cost(pieces, from, *cut, beside) };
                let own = if *side == Side::Left { 1 } else { 2 };
                states.offer(state(from, before), state(*end, own), order + apart + cost, *cut);
            }
        }
    }
    // A left one without its right twin in the last row leaves that blank.
    let ends = [1usize, 2].into_iter().filter_map(|side| {
        let cost = states.cost(state(n, side))?;
        Some((cost + if side == 1 && sides.len() == 2 { ONE_SIDED + 1 } else { 0 }, side))
    });
    let Some((_, side)) = ends.min() else { return leftover(pieces, sides) };
    let steps = states.way(state(n, side)).into_iter();
    let pair = |(from, to, cut): (usize, usize, &usize)| {
        let (from, end) = (from / 3, to / 3);
        let pair = Pair::of(pieces.get(from..*cut).unwrap_or_default(), pieces.get(*cut..end).unwrap_or_default());
        (pair, if to % 3 == 1 { Side::Left } else { Side::Right })
    };
    steps.map(pair).collect()
}

/// Pieces that may be an indicator with its value on one side.
struct Found {
    /// Where its value begins.
    cut: usize,
    end: usize,
    side: Side,
    /// How unlikely its words are, wherever it stands.
    cost: u32,
}

/// The indicators that may begin at a piece.
fn beginning_at(pieces: &[Piece], from: usize, sides: &[Side], widths: &Widths) -> Vec<Found> {
    let n = pieces.len();
    let mut found = Vec::new();
    for cut in from + 1..=(from + MAX_NAME_PIECES).min(n) {
        let name = pieces.get(from..cut).unwrap_or_default();
        let names: Vec<(Side, u32)> = sides.iter().map(|side| (*side, name_cost(name, *side, widths))).collect();
        for end in cut + 1..=(cut + MAX_VALUE_PIECES).min(n) {
            let value = pieces.get(cut..end).unwrap_or_default();
            let shared = value_cost(value) + seam_cost(name, value);
            found.extend(names.iter().map(|(side, cost)| Found { cut, end, side: *side, cost: cost + shared }));
        }
    }
    found
}

/// Words that cannot be paired: one indicator without a value.
fn leftover(pieces: &[Piece], sides: &[Side]) -> Vec<(Pair, Side)> {
    let side = sides.last().copied().unwrap_or(Side::Right);
    if pieces.is_empty() { Vec::new() } else { vec![(Pair::of(pieces, &[]), side)] }
}

/// The lines of a cell as the dump has them.
pub(super) fn printed_lines(pieces: &[Piece]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (idx, piece) in pieces.iter().enumerate() {
        match lines.last_mut().filter(|_| idx > 0 && !piece.first) {
            Some(line) => {
                line.push(' ');
                line.push_str(&piece.text);
            }
            None => lines.push(piece.text.clone()),
        }
    }
    lines
}

/// The lines without the spaces that an extractor put into them.
pub(super) fn tidied(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| tidy(line)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Printed, groups};
    use super::*;

    /// Rows of the one group drawn, with columns of 22 and 14 half characters.
    fn rows(text: &str) -> Vec<String> {
        let lines: Vec<Printed<'_>> = text.lines().map(|text| Printed { text, apart: true }).collect();
        shown(&groups::read(&lines), Gaps::default())
    }

    fn shown(groups: &[Group], gaps: Gaps) -> Vec<String> {
        let known = Known { widths: Widths { left: 22, right: 14 }, gaps };
        let shown = |pair: &Option<Pair>| match pair {
            Some(pair) => format!("{}={}", pair.name.concat(), pair.value.concat()),
            None => "·".to_owned(),
        };
        let rows = rows_of(groups.last().expect("a group"), &known, true);
        rows.iter()
            .map(|row| format!("{}|{}{}", shown(&row.left), shown(&row.right), if row.doubtful { "?" } else { "" }))
            .collect()
    }

    #[test]
    fn wrapped_names_find_their_values_on_both_sides() {
        assert_eq!(
            rows(
                "数量指标\n完成项目款项支付数 9个\n数量指标\n完成项目款项支\n付数\n9个\n一二三四五六七八九十一\n数量\n89台\n一二三四五六七\n八九十一数量\n89台"
            ),
            [
                "完成项目款项支付数=9个|完成项目款项支付数=9个",
                "一二三四五六七八九十一数量=89台|一二三四五六七八九十一数量=89台"
            ]
        );
    }

    #[test]
    fn a_gap_between_two_lines_says_that_they_are_of_two_rows() {
        let twin = "\n设备采购的总台数 3台\n^设备采购的总台\n^数\n3台\n";
        let start = "数量指标\n人数 5人\n数量指标\n人数 5人\n";
        let close = "质量指标\n合格率 9%\n质量指标\n合格率 9%\n宣传总数 3次\n^专班宣传采用媒\n^介种类\n3种";
        let read = |text: &str| {
            let lines: Vec<Printed<'_>> = text
                .lines()
                .filter(|line| !line.is_empty())
                .map(|line| Printed { text: line.trim_start_matches('^'), apart: !line.starts_with('^') })
                .collect();
            let groups = groups::read(&lines);
            shown(&groups, Gaps::learn(groups.iter()))
        };
        let taught = format!("{start}{}", twin.repeat(3));
        assert_eq!(read(&format!("{taught}{close}")), ["合格率=9%|合格率=9%", "宣传总数=3次|专班宣传采用媒介种类=3种"]);
        let apart = close.replace("^专", "专");
        assert_eq!(
            read(&format!("{taught}{apart}")),
            ["合格率=9%|合格率=9%", "·|宣传总数=3次?", "·|专班宣传采用媒介种类=3种"]
        );
        // Where the forms do not show what a gap means, it means nothing.
        assert_eq!(read(&apart), ["合格率=9%|合格率=9%", "宣传总数=3次|专班宣传采用媒介种类=3种"]);
    }

    #[test]
    fn the_name_of_an_indicator_with_words_cut_out_is_kept_as_printed() {
        let lines = ["改造 业务", "系统  台 数", "3台"].map(|text| Printed { text, apart: false });
        let pieces = groups::pieces(&lines);
        let (name, value) = pieces.split_at(pieces.len() - 1);
        let pair = Pair::of(name, value);
        assert_eq!(pair.name, ["改造业务", "系统台数"]);
        assert_eq!(pair.cut.as_deref(), Some("改造 业务 系统 台 数"));
        // One gap on each line may be the extractor's.
        assert_eq!(Pair::of(&name[..4], value).cut, None);
    }

    #[test]
    fn a_blank_second_level_has_one_blank_row() {
        assert_eq!(rows("成本指标 成本指标"), ["·|·"]);
    }

    #[test]
    fn an_indicator_that_wraps_in_the_narrow_column_is_of_the_year() {
        assert_eq!(
            rows("数量指标\n订阅类型 3类\n数量指标\n订阅类型 3类\n培训班的参加人\n数\n23人"),
            ["订阅类型=3类|订阅类型=3类", "·|培训班的参加人数=23人"]
        );
    }

    #[test]
    fn a_lone_short_indicator_is_taken_for_the_year_and_doubted() {
        assert_eq!(
            rows("质量指标\n满意程度 好\n质量指标\n满意程度 好\n群众满意度 ≥90%"),
            ["满意程度=好|满意程度=好", "·|群众满意度=≥90%?"]
        );
    }

    #[test]
    fn a_blank_left_side_of_the_first_row_is_known_by_the_twin() {
        assert_eq!(rows("质量指标 质量指标\n完成率 100%"), ["·|完成率=100%"]);
    }

    #[test]
    fn a_value_with_a_space_before_its_measure_is_one_value() {
        assert_eq!(
            rows("数量指标\n资料数量 ≥1000 份\n数量指标\n资料数量 ≥1000份"),
            ["资料数量=≥1000份|资料数量=≥1000份"]
        );
    }
}
