//! The words of the indicator table, grouped by the second level that stands on both sides.

use super::Printed;
use crate::segment::header::bare;
use crate::terms::indicator::{Level, begins_name, level};

/// A name of a level goes over at most this many lines, which some extractors write into one.
const MAX_NAME_LINES: usize = 4;

/// A word of the table and how it stands on its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    /// First on its line.
    pub(super) first: bool,
    /// Last on its line.
    pub(super) last: bool,
    /// First on its line, and a blank line stands above that.
    pub(super) apart: bool,
}

/// The indicators under one second level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Group {
    /// The first level, where it is printed before this group.
    pub(super) first: Option<String>,
    /// The second level.
    pub(super) second: String,
    /// What stands before the right-hand twin of the second level: the first indicator of the left side.
    pub(super) left: Vec<Piece>,
    /// What stands after it: the first of the right side, then the further rows of both.
    pub(super) right: Vec<Piece>,
    /// Whether the twin is there at all.
    pub(super) has_twin: bool,
}

/// Groups the lines below the header of the indicators.
pub(super) fn read(lines: &[Printed<'_>]) -> Vec<Group> {
    let pieces = pieces(lines);
    let mut groups: Vec<Group> = Vec::new();
    let mut first: Option<String> = None;
    let mut idx = 0;
    while let Some(piece) = pieces.get(idx) {
        let Some((n_pieces, name, kind)) = name_at(&pieces, idx) else {
            if let Some(group) = groups.last_mut().filter(|_| first.is_none()) {
                if group.has_twin { group.right.push(piece.clone()) } else { group.left.push(piece.clone()) }
            }
            idx += 1;
            continue;
        };
        idx += n_pieces;
        let twin = groups.last().is_some_and(|group| first.is_none() && !group.has_twin && group.second == name);
        // 成本指标 heads its own second level only where that follows at once.
        let opens_first = match kind {
            Level::First => true,
            Level::Second => false,
            Level::Either => {
                !twin && name_at(&pieces, idx).is_some_and(|(_, next, _)| next != name && next.ends_with(&name))
            }
        };
        if opens_first {
            first = Some(name);
        } else if let Some(group) = groups.last_mut().filter(|_| twin) {
            group.has_twin = true;
        } else {
            groups.push(Group { first: first.take(), second: name, ..Group::default() });
        }
    }
    if let Some(first) = first {
        groups.push(Group { first: Some(first), ..Group::default() });
    }
    groups
}

/// The words of the lines.
pub(super) fn pieces(lines: &[Printed<'_>]) -> Vec<Piece> {
    let mut out = Vec::new();
    for line in lines {
        let words: Vec<&str> = line.text.split_whitespace().collect();
        for (idx, word) in words.iter().enumerate() {
            let (first, last) = (idx == 0, idx + 1 == words.len());
            out.push(Piece { text: (*word).to_owned(), first, last, apart: first && line.apart });
        }
    }
    out
}

/// The name of a level at a place: how many pieces it takes, the name, its level.
fn name_at(pieces: &[Piece], idx: usize) -> Option<(usize, String, Level)> {
    let mut name = String::new();
    let mut found = None;
    for n_pieces in 1..=MAX_NAME_LINES {
        let Some(piece) = pieces.get(idx + n_pieces - 1) else { break };
        name.push_str(&bare(&piece.text));
        if let Some(level) = level(&name) {
            found = Some((n_pieces, name.clone(), level));
        }
        if !begins_name(&name) {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let lines: Vec<Printed<'_>> = text.lines().map(|text| Printed { text, apart: true }).collect();
        read(&lines)
            .iter()
            .map(|group| {
                let side =
                    |pieces: &[Piece]| pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" ");
                format!("{:?} {}: {} | {}", group.first, group.second, side(&group.left), side(&group.right))
            })
            .collect()
    }

    #[test]
    fn the_twin_of_the_second_level_parts_the_sides() {
        assert_eq!(
            shown("产出指标\n数量指标\n设备数量 3台\n数量指标\n设备数量 3台\n人员数量 5人\n成本指标 成本指标"),
            ["Some(\"产出指标\") 数量指标: 设备数量 3台 | 设备数量 3台 人员数量 5人", "None 成本指标:  | "]
        );
    }

    #[test]
    fn wrapped_names_are_put_together() {
        assert_eq!(
            shown("满意度指标\n服务对象满意\n度指标\n群众满意度 ≥9%\n服务对象满意度\n指标\n群众满意度 ≥9%"),
            ["Some(\"满意度指标\") 服务对象满意度指标: 群众满意度 ≥9% | 群众满意度 ≥9%"]
        );
    }

    #[test]
    fn cost_heads_its_own_second_level_only_where_that_follows() {
        assert_eq!(
            shown("成本指标\n经济成本指标\n总成本 3元\n成本指标 单价 1元"),
            ["Some(\"成本指标\") 经济成本指标: 总成本 3元 | ", "None 成本指标: 单价 1元 | "]
        );
    }
}
