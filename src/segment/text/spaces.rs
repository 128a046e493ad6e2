//! Spaces of a dump that are no blank cells: those within a word that is spread over its cell, and the indents of names.

use super::item::{Class, class};
use super::line::Line;
use crate::terms::header::{HeaderWord, is_total};
use crate::terms::header_traits::CODE_LEVELS;

/// The lines with spread words whole and indents told from blank cells.
pub(super) fn told(lines: Vec<Line>) -> Vec<Line> {
    let whole = |mut line: Line| {
        if let Some(text) = with_whole_words(&line.text) {
            line.text = text;
        }
        line
    };
    with_indents(lines.into_iter().map(whole).collect())
}

/// A word is spread over at most so many characters: 本 年 支 出 合 计.
const MAX_SPREAD: usize = 6;

/// The line with the words of headers and totals that are spread over their cells whole again: 收    入 支    出, 合  计 9.00.
fn with_whole_words(text: &str) -> Option<String> {
    let words = words(text);
    let is_single = |(_, word): &(usize, &str)| {
        let mut chars = word.chars();
        chars.next().is_some_and(|ch| !ch.is_ascii()) && chars.next().is_none()
    };
    let mut out = String::new();
    let mut is_changed = false;
    let mut rest = words.as_slice();
    while let Some((n_spaces, _)) = rest.first() {
        let spread = |n: &usize| {
            let run = rest.get(..*n).unwrap_or_default();
            let pieces: Vec<&str> = run.iter().map(|(_, word)| *word).collect();
            let word = pieces.concat();
            run.iter().all(is_single)
                && !begin_with_level(&pieces)
                && (HeaderWord::of(&word).is_some() || is_total(&word))
        };
        let is_dated = || matches!(rest, [(_, year), (_, word), ..] if is_year(year) && word.starts_with('年'));
        let n = (2..=MAX_SPREAD.min(rest.len())).rev().find(spread).unwrap_or(if is_dated() { 2 } else { 1 });
        out.extend(std::iter::repeat_n(' ', *n_spaces));
        let (word, after) = rest.split_at(n);
        out.extend(word.iter().map(|(_, word)| *word));
        is_changed |= n > 1;
        rest = after;
    }
    let n_behind = text.len() - text.trim_end_matches(' ').len();
    out.extend(std::iter::repeat_n(' ', n_behind));
    is_changed.then_some(out)
}

/// Whether pieces that could be a spread word are the levels of a code and what stands beside them: 款 项, 项 小 计.
pub(super) fn begin_with_level<P: AsRef<str>>(pieces: &[P]) -> bool {
    let is_level = |piece: &P| CODE_LEVELS.contains(&piece.as_ref());
    let Some((first, rest)) = pieces.split_first() else { return false };
    let is_word = || HeaderWord::of(&rest.iter().map(P::as_ref).collect::<String>()).is_some();
    is_level(first) && (rest.first().is_some_and(is_level) || is_word())
}

/// Takes one of each two spaces where runs of them were shortened to two, which part cells as one does elsewhere; returns
/// whether they were. What the page set in one row may stand in several lines then, which nothing tells from rows.
pub(super) fn are_shortened(lines: &mut [Line]) -> bool {
    let are_so = have_two(lines);
    if are_so {
        for line in lines {
            line.text = words(&line.text).iter().map(|(_, word)| *word).collect::<Vec<_>>().join(" ");
        }
    }
    are_so
}

/// Whether every gap of a dump is two spaces at most, and nearly all amounts side by side are so far apart.
fn have_two(lines: &[Line]) -> bool {
    let (mut n_pairs, mut n_two) = (0, 0);
    for line in lines {
        if line.text.contains("   ") {
            return false;
        }
        let words = words(&line.text);
        let is_amount = |idx: usize| words.get(idx).is_some_and(|(_, word)| class(word) == Class::Amount);
        for (idx, (n_spaces, _)) in words.iter().enumerate().skip(1) {
            if is_amount(idx - 1) && is_amount(idx) {
                n_pairs += 1;
                n_two += usize::from(*n_spaces == 2);
            }
        }
    }
    n_pairs >= LEAST_PAIRS && n_two * 10 >= n_pairs * 8
}

/// So many pairs of amounts tell how far apart cells are.
const LEAST_PAIRS: usize = 20;

/// One line can be damaged; so many say how an extractor writes.
const LEAST_LINES: usize = 3;

/// The lines with the spaces before names as an indent that is no blank cell, where spaces stand before names alone: a dump
/// that shows blank cells has them among its amounts too.
fn with_indents(lines: Vec<Line>) -> Vec<Line> {
    let gaps: Vec<(bool, bool)> = lines.iter().map(|line| gaps(&line.text)).collect();
    let n_before = gaps.iter().filter(|(before, _)| *before).count();
    let n_within = gaps.iter().filter(|(_, within)| *within).count();
    if n_within >= LEAST_LINES && n_within * LEAST_LINES > n_before {
        return lines;
    }
    let told = |(mut line, (before, _)): (Line, &(bool, bool))| {
        if *before {
            line.text = with_indent(&line.text);
        } else if line.text.starts_with(' ') && !line.is_blank() {
            // Spaces before the pieces of a header or a name are none of either.
            line.text = line.text.trim_start_matches(' ').to_owned();
        }
        line
    };
    lines.into_iter().zip(&gaps).map(told).collect()
}

/// Whether a word is a year without its 年.
fn is_year(word: &str) -> bool {
    word.len() == 4 && word.starts_with("20") && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a row has spaces before its names, and whether it has a gap at one of its amounts or at its end.
fn gaps(text: &str) -> (bool, bool) {
    let words: Vec<(usize, &str)> = words(text);
    let is_amount = |word: &str| class(word) == Class::Amount;
    let n_behind = text.len() - text.trim_end_matches(' ').len();
    if !words.iter().skip(1).any(|(_, word)| is_amount(word)) {
        return (false, !words.is_empty() && n_behind > 1);
    }
    let is_gap = |(idx, (n_spaces, _)): (usize, &(usize, &str))| *n_spaces > usize::from(idx > 0);
    let before = words.iter().enumerate().filter(|(_, (_, word))| !is_amount(word)).any(is_gap);
    let within = words.iter().enumerate().filter(|(_, (_, word))| is_amount(word)).any(is_gap);
    (before, within || n_behind > 1)
}

/// The words of a line, each with the number of spaces before it.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut n_spaces = 0;
    let mut words = Vec::new();
    for word in text.split(' ') {
        if word.is_empty() {
            n_spaces += 1;
        } else {
            words.push((n_spaces, word));
            n_spaces = 1;
        }
    }
    words
}

/// The line with each gap before a name as wide spaces, and none before anything else.
fn with_indent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (idx, (n_spaces, word)) in words(text).into_iter().enumerate() {
        let gap = n_spaces - usize::from(idx > 0);
        out.push_str(if idx > 0 { " " } else { "" });
        if class(word) == Class::Words {
            out.extend(std::iter::repeat_n('\u{3000}', gap));
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::drawn;
    use super::*;

    fn shown(text: &str) -> String {
        drawn::after(told, text)
    }

    #[test]
    fn gaps_that_were_shortened_to_two_spaces_are_one() {
        let rows = |n: usize| "甲 项  9.00  9.00  0.00\n".repeat(n);
        let mut lines = drawn::lines(&rows(12));
        assert!(are_shortened(&mut lines));
        assert_eq!(&*lines[0].text, "甲 项 9.00 9.00 0.00");
        assert!(!are_shortened(&mut drawn::lines(&(rows(12) + "乙   9.00  9.00"))), "a wider gap is left");
        assert!(!are_shortened(&mut drawn::lines(&rows(5))), "few");
    }

    #[test]
    fn spread_words_are_whole_and_other_gaps_stay() {
        assert_eq!(
            shown("收      入 支     出/ 项    目 预算数  合   计/收  入  总  计 9.00  9.00 "),
            "收入 支出/项目 预算数  合计/收入总计 9.00  9.00 "
        );
        assert_eq!(with_whole_words("甲  乙 9.00"), None);
    }

    #[test]
    fn spaces_before_names_alone_are_indents() {
        assert_eq!(
            shown("205 甲 9.00 9.00/ 20508  乙 9.00 9.00/  2050803   丙 4.00 4.00/  丁 5.00 5.00"),
            "205 甲 9.00 9.00/20508 \u{3000}乙 9.00 9.00/2050803 \u{3000}\u{3000}丙 4.00 4.00/\u{3000}\u{3000}丁 5.00 5.00"
        );
    }

    #[test]
    fn spaces_before_the_pieces_of_a_header_are_none() {
        assert_eq!(shown("项目/ 科目编/码 科目名称/205 甲 9.00"), "项目/科目编/码 科目名称/205 甲 9.00");
    }

    #[test]
    fn names_of_both_sides_can_be_indented_and_a_year_can_stand_apart() {
        assert_eq!(
            shown("项 目 2031 年预算数/一、甲 9.00 一、乙 9.00/  1.丙 9.00   丁 9.00"),
            "项目 2031年预算数/一、甲 9.00 一、乙 9.00/\u{3000}\u{3000}1.丙 9.00 \u{3000}\u{3000}丁 9.00"
        );
    }

    #[test]
    fn where_amounts_have_gaps_too_spaces_are_blank_cells() {
        let text = "205  甲 9.00  9.00/205  乙 9.00  9.00/205  丙 4.00  4.00";
        assert_eq!(shown(text), text);
    }
}
