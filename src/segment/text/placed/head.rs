//! Which lines of a table are its header's, and which lines name or number its columns.

use super::name::says;
use super::piece::{Piece, TextRow};
use super::{EM, centred, joined};
use crate::segment::header::is_figure;
use crate::segment::opening::is_enumerated;
use crate::segment::table;
use crate::terms::form::FormLabel;
use crate::terms::header::{HeaderWord, is_total};

/// Whether a line names the columns of a table: one of them amounts, one the names of rows, and at least one more.
pub(super) fn names_columns(line: &TextRow) -> bool {
    let has = |wanted| line.pieces.iter().any(|piece| says(&piece.text) == Some(wanted));
    let is_plain = || line.pieces.iter().all(|piece| !is_figure(&piece.text) && !is_prose(piece));
    line.pieces.len() > 2 && has(HeaderWord::Amount) && has(HeaderWord::Label) && is_plain()
}

/// Whether a text is a piece of a long text, such as a goal.
fn is_prose(piece: &Piece) -> bool {
    piece.text.contains(['，', '。', '；']) && piece.text.chars().count() >= PROSE
}

/// A line of a long text has so many characters.
const PROSE: usize = 8;

/// How many of the lines above one, the last of some, are the beginning of its long text.
fn n_prose_above(lines: &[TextRow]) -> usize {
    let Some((last, above)) = lines.split_last() else { return 0 };
    let prose = last.pieces.iter().find(|piece| is_prose(piece));
    let goes_on = |line: &&TextRow| match (line.pieces.as_slice(), prose) {
        ([text], Some(prose)) => {
            text.from.abs_diff(prose.from) <= SAME_PLACE
                && text.text.chars().count() >= PROSE
                && HeaderWord::of(&text.text).is_none()
        }
        _ => false,
    };
    above.iter().rev().take_while(goes_on).count()
}

/// The lines of a long text begin within this many places of each other, but for the first, which is indented.
const SAME_PLACE: usize = 4;

/// Whether a line only numbers the columns: 栏次 1 2 3, ** 1 2. Two numbers may be a row's.
pub(super) fn numbers_columns(line: &TextRow) -> bool {
    let texts: Vec<String> = line.pieces.iter().map(|piece| piece.text.clone()).collect();
    let has_mark = texts.iter().any(|text| !text.contains(|ch: char| ch.is_ascii_digit()));
    (texts.len() > 2 || has_mark) && table::is_number_row(&texts)
}

/// The characters of a header, in no order: its lines may wrap otherwise on another page.
pub(super) fn words(head: &[TextRow]) -> Vec<char> {
    let named = head.iter().filter(|line| !numbers_columns(line));
    let mut chars: Vec<char> = named.flat_map(|line| &line.pieces).flat_map(|piece| piece.text.chars()).collect();
    chars.sort_unstable();
    chars
}

/// Whether two headers, given by their sorted characters, have most of them in common.
pub(super) fn is_like(a: &[char], b: &[char]) -> bool {
    joined::n_common(a, b) * 2 > a.len().max(b.len())
}

/// Whether a text is long enough for the name of a row, and no word of headers begins or ends with it.
fn names_nothing(text: &str) -> bool {
    let is_part = |word: &str| word.starts_with(text) || word.ends_with(text);
    text.chars().count() >= LEVEL && !HeaderWord::all().any(is_part)
}

/// The name of a level has so many characters; 效指标 is a piece of 绩效指标.
const LEVEL: usize = 4;

/// How many lines are the header's: those above the first figure, or above a total right above that.
pub(super) fn n_header(lines: &[TextRow]) -> Option<usize> {
    let middle = lines.iter().map(|row| row.rect().x1).fold(0.0, f32::max) / 2.0;
    let is_total =
        |line: &TextRow| line.pieces.iter().all(|piece| is_total(&piece.text) && piece.middle() * EM < middle);
    // An item of a list is a row's name, though the first rows have no figures.
    let is_numbered = |text: &str| text.trim_start_matches(|ch: char| ch.is_ascii_digit()).starts_with('、');
    let is_item =
        |line: &TextRow| line.pieces.iter().any(|piece| is_enumerated(&piece.text) || is_numbered(&piece.text));
    // 产出指标 is a level's name in a row, 一级指标 a column's.
    let is_level =
        |text: &str| text.ends_with("指标") && text.chars().count() >= LEVEL && FormLabel::of(text).is_none();
    let names_level = |line: &TextRow| line.pieces.iter().any(|piece| is_level(&piece.text));
    let is_body = |line: &TextRow| line.has_figure() || is_item(line) || names_level(line);
    let end = lines.iter().position(is_body).unwrap_or(lines.len());
    // Long texts begin above the figures beside them.
    let prose = lines.iter().take(end).position(|line| line.pieces.iter().any(is_prose));
    let end = prose.map_or(end, |prose| prose - n_prose_above(lines.get(..=prose).unwrap_or_default()));
    let n_totals = lines.get(..end)?.iter().rev().take_while(|line| is_total(line)).count();
    let lone = end.checked_sub(1).filter(|above| {
        let is_bare = lines.get(end).is_some_and(centred::has_no_name);
        let name = lines.get(*above).and_then(lone_name).filter(|name| names_nothing(&name.text));
        *above > 0 && name.is_some_and(|name| is_bare || is_upper_line(name, lines, end))
    });
    let end = lone.filter(|_| n_totals == 0).unwrap_or(end);
    (end < lines.len() || n_totals > 0).then_some(end - n_totals)
}

/// The text of a line with no other.
fn lone_name(line: &TextRow) -> Option<&Piece> {
    match line.pieces.as_slice() {
        [name] => Some(name),
        _ => None,
    }
}

/// Whether a name right above the first figures is the upper line of their row's: it begins where that name does, and stands
/// below no name of a column or one that is whole without it, or as many lines of the name follow below.
fn is_upper_line(name: &Piece, lines: &[TextRow], figures: usize) -> bool {
    let begins_there = |piece: &Piece| piece.from.abs_diff(name.from) <= SAME_EDGE;
    let goes_on = lines.get(figures).and_then(|line| line.pieces.first()).is_some_and(begins_there);
    let above = figures.checked_sub(2).and_then(|at| lines.get(at));
    let over = above.and_then(|line| line.pieces.iter().find(|piece| piece.from < name.to && piece.to > name.from));
    let is_whole = |over: &Piece| {
        HeaderWord::of(&over.text).is_some() && HeaderWord::of(&format!("{}{}", over.text, name.text)).is_none()
    };
    let has_lower_line = || lines.get(figures + 1).and_then(lone_name).is_some_and(begins_there);
    goes_on && (over.is_none_or(is_whole) || has_lower_line())
}

/// Names of one column that are set left begin within so many places of each other, but for their indent.
pub(super) const SAME_EDGE: usize = 1;

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;

    #[test]
    fn a_long_text_that_begins_above_its_figures_is_none_of_the_header() {
        let page = "项目        预算数    绩效目标\n                          通过组织实施某某专项资金会展\n                        专题，加大扶持，\n某专题      3000      培育项目";
        assert_eq!(n_header(&text::drawn(page)), Some(1));
    }

    #[test]
    fn the_upper_line_of_the_first_row_s_name_is_none_of_the_header() {
        let below = |header: &str| {
            let page = format!("{header}\n某某市财\n政局（本   11.00   11.00\n级）\n工资福利    8.00    8.00");
            n_header(&text::drawn(&page))
        };
        assert_eq!(below("项目       总计    基本支出\n                    预算数"), Some(2));
        assert_eq!(below("项目       总计    基本支出\n类别                预算数"), Some(2));
        let page = "预算单位   总计    基本支出\n某某市财\n政局       11.00   11.00\n工资福利    8.00    8.00";
        assert_eq!(n_header(&text::drawn(page)), Some(1));
        // A name of a column in three lines.
        let page =
            "预算单位   总计    基本支出\n或者其他\n预算部门\n某某局     11.00   11.00\n某某所      8.00    8.00";
        assert_eq!(n_header(&text::drawn(page)), Some(3));
    }

    #[test]
    fn a_name_right_above_figures_without_one_is_none_of_the_header() {
        let page = "编码      名称      合计\n        某某事业单位\n                  5.00\n2080505   养老缴费";
        assert_eq!(n_header(&text::drawn(page)), Some(1));
        let wrapped =
            "编码      名称     一般公共\n                   预算拨款\n                  5.00\n2080505   养老缴费";
        assert_eq!(n_header(&text::drawn(wrapped)), Some(2));
    }

    #[test]
    fn a_line_that_names_amounts_and_their_rows_names_columns() {
        let names = |line: &str| text::drawn(line).first().is_some_and(names_columns);
        assert!(names("二级预算单位名称   项目   预算数（万元）   绩效目标"));
        assert!(!names("某局   项目管理   目标") && !names("项目名称   预算数") && !names("项目   预算数   3.00"));
    }
}
