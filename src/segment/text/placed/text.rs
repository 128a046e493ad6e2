//! A line's texts and where they stand: each character is one place wide.

use super::super::line::Line;
use super::{EM, PITCH};
use crate::geom::Rect;
use crate::repair::unicode::unified;
use crate::segment::grid::CellLine;
use crate::terms::header::{HeaderWord, is_total};

/// A text of a line, apart from its neighbours; places are characters from the left edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::segment::text) struct Piece {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) text: String,
}

impl Piece {
    pub(super) fn middle(&self) -> f32 {
        (self.from + self.to) as f32 / 2.0
    }
}

/// A line with text.
#[derive(Clone, Debug)]
pub(in crate::segment::text) struct TextRow {
    pub(super) pieces: Vec<Piece>,
    /// How many lines of the page stand above it.
    pub(super) n_above: usize,
}

impl TextRow {
    pub(super) fn y0(&self) -> f32 {
        self.n_above as f32 * PITCH
    }

    pub(super) fn y1(&self) -> f32 {
        self.y0() + EM
    }

    pub(super) fn right(&self) -> f32 {
        self.pieces.last().map_or(0.0, |piece| piece.to as f32 * EM)
    }

    pub(super) fn rect(&self) -> Rect {
        let left = self.pieces.first().map_or(0.0, |piece| piece.from as f32 * EM);
        Rect { x0: left, y0: self.y0(), x1: self.right(), y1: self.y1() }
    }

    /// The texts, a tab between those far apart.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        let mut end = None;
        for piece in &self.pieces {
            match end {
                Some(end) if piece.from > end + 1 => out.push('\t'),
                Some(_) if latin(out.chars().last()) && latin(piece.text.chars().next()) => out.push(' '),
                _ => {}
            }
            out.push_str(&piece.text);
            end = Some(piece.to);
        }
        out
    }

    /// A piece as a grid's cell has it.
    pub(super) fn cell_line(&self, piece: &Piece) -> CellLine {
        let rect = Rect { x0: piece.from as f32 * EM, y0: self.y0(), x1: piece.to as f32 * EM, y1: self.y1() };
        CellLine { text: piece.text.clone(), rect, size: EM }
    }
}

fn latin(ch: Option<char>) -> bool {
    ch.is_some_and(|ch| ch.is_ascii_graphic())
}

/// The lines with text, their places counted.
pub(in crate::segment::text) fn rows(lines: &[Line]) -> Vec<TextRow> {
    let mut rows: Vec<TextRow> = Vec::new();
    for (n_above, line) in lines.iter().enumerate() {
        if line.is_blank() {
            continue;
        }
        rows.push(TextRow {
            pieces: with_numbers(with_years(without_gaps(pieces(&line.text).into_iter().flat_map(apart).collect()))),
            n_above,
        });
    }
    join_decimals(&mut rows);
    rows
}

/// Puts decimals that wrapped in a narrow cell to the figure on the line above whose end they stand below.
fn join_decimals(rows: &mut Vec<TextRow>) {
    let is_decimals = |text: &str| {
        text.strip_prefix('.').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let is_whole = |text: &str| {
        let bare = text.strip_prefix('-').unwrap_or(text);
        !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')
    };
    for at in 1..rows.len() {
        let (before, rest) = rows.split_at_mut(at);
        let (Some(above), Some(row)) = (before.last_mut(), rest.first_mut()) else { continue };
        if row.n_above != above.n_above + 1 {
            continue;
        }
        row.pieces.retain(|piece| {
            let is_own = |figure: &&mut Piece| {
                is_whole(&figure.text) && (piece.from..=piece.to).contains(&figure.to) && figure.from < piece.from
            };
            match above.pieces.iter_mut().find(is_own).filter(|_| is_decimals(&piece.text)) {
                Some(figure) => {
                    figure.text.push_str(&piece.text);
                    figure.to = piece.to;
                    false
                }
                None => true,
            }
        });
    }
    rows.retain(|row| !row.pieces.is_empty());
}

/// The texts of a line, parted by spaces.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut is_open = false;
    for (at, ch) in text.chars().enumerate() {
        let ch = narrow(unified(ch));
        if ch.is_whitespace() {
            is_open = false;
            continue;
        }
        match pieces.last_mut().filter(|_| is_open) {
            Some(piece) => {
                piece.text.push(ch);
                piece.to = at + 1;
            }
            None => pieces.push(Piece { from: at, to: at + 1, text: ch.to_string() }),
        }
        is_open = true;
    }
    for piece in &mut pieces {
        let wide = |ch: char| matches!(ch, '．' | '，' | '－' | '％' | '＋');
        if piece.text.contains(wide)
            && piece.text.chars().all(|ch| wide(ch) || ch.is_ascii_digit() || ch.is_ascii_punctuation())
        {
            piece.text = piece.text.chars().map(|ch| if wide(ch) { ascii(ch) } else { ch }).collect();
        }
    }
    pieces
}

/// Full-width digits and letters as the plain ones; punctuation is full-width by right, but for that of numbers.
fn narrow(ch: char) -> char {
    if matches!(ch, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ') { ascii(ch) } else { ch }
}

/// The plain form of a full-width character.
fn ascii(ch: char) -> char {
    u32::from(ch).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(ch)
}

/// An amount and a name that run into each other are two texts.
fn apart(piece: Piece) -> Vec<Piece> {
    let figure = |ch: char| ch.is_ascii_digit() || matches!(ch, ',' | '.' | '-');
    let n_figures = piece.text.chars().take_while(|ch| figure(*ch)).count();
    let n_chars = piece.to - piece.from;
    let n_last = piece.text.chars().rev().take_while(|ch| figure(*ch)).count();
    let at = if n_figures > 0 && n_figures < n_chars { n_figures } else { n_chars - n_last };
    let (left, right): (String, String) =
        (piece.text.chars().take(at).collect(), piece.text.chars().skip(at).collect());
    let amount = if n_figures > 0 { &left } else { &right };
    let has_decimals = amount.rsplit_once('.').is_some_and(|(_, decimals)| decimals.len() == 2);
    let name = if n_figures > 0 { &right } else { &left };
    let begins = name.chars().next().is_some_and(|ch| !ch.is_ascii());
    // A sentence has amounts within.
    if !has_decimals
        || !begins
        || name.chars().any(|ch| ch.is_ascii_digit())
        || name.starts_with(['万', '元', '亿', '%'])
    {
        return vec![piece];
    }
    let middle = piece.from + at;
    vec![Piece { from: piece.from, to: middle, text: left }, Piece { from: middle, to: piece.to, text: right }]
}

/// A year set apart from its 年 by one space, as layout programs do between scripts, is one text with the words beside it.
fn with_years(pieces: Vec<Piece>) -> Vec<Piece> {
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        match out.last_mut() {
            Some(last)
                if piece.from == last.to + 1
                    && is_year(&last.text)
                    && (piece.text.starts_with('年') || HeaderWord::of(&piece.text) == Some(HeaderWord::Amount)) =>
            {
                last.text.push_str(&piece.text);
                last.to = piece.to;
                let year = out.pop();
                match (out.last_mut(), year) {
                    (Some(before), Some(year)) if year.from == before.to + 1 && ends_in_words(&before.text) => {
                        before.text.push_str(&year.text);
                        before.to = year.to;
                    }
                    (_, year) => out.extend(year),
                }
            }
            _ => out.push(piece),
        }
    }
    out
}

fn ends_in_words(text: &str) -> bool {
    text.chars().last().is_some_and(|ch| !ch.is_ascii())
}

/// A number that begins a name — 1. or （1） — is one text with it.
fn with_numbers(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        match out.last_mut() {
            Some(last) if piece.from - last.to <= 2 && is_number(&last.text) && !piece.text.is_ascii() => {
                last.text.push_str(&piece.text);
                last.to = piece.to;
            }
            _ => out.push(piece),
        }
    }
    out
}

fn is_number(text: &str) -> bool {
    let bare = text.trim_start_matches(['（', '(']);
    let rest = bare.trim_start_matches(|ch: char| ch.is_ascii_digit() || "一二三四五六七八九十".contains(ch));
    rest.len() < bare.len() && matches!(rest, "." | "、" | "．" | "）" | ")")
}

/// A word set with gaps between its characters has at most so many.
const MAX_SPACED: usize = 6;

/// The gaps within such a word differ by at most so many places: those of two words side by side differ by more.
const UNEVEN: usize = 1;

/// Words set with gaps between their characters — 合   计 — are one text, wherever its characters make a known word.
fn without_gaps(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let singles = pieces.get(at..).unwrap_or_default().iter().take(MAX_SPACED);
        let n_single = singles.take_while(|piece| piece.to == piece.from + 1 && !piece.text.is_ascii()).count();
        let word = |n: usize| -> String {
            pieces.get(at..at + n).unwrap_or_default().iter().map(|piece| piece.text.as_str()).collect()
        };
        let is_even = |n: usize| {
            let gaps = || {
                pieces.get(at..at + n).unwrap_or_default().windows(2).map(|pair| match pair {
                    [a, b] => b.from.saturating_sub(a.to),
                    _ => 0,
                })
            };
            gaps().max().unwrap_or(0) - gaps().min().unwrap_or(0) <= UNEVEN
        };
        let known = (2..=n_single).rev().find(|n| is_even(*n) && is_word(&word(*n)));
        let n = known.unwrap_or(1);
        if let (Some(first), Some(last)) = (pieces.get(at), pieces.get(at + n - 1)) {
            out.push(Piece { from: first.from, to: last.to, text: word(n) });
        }
        at += n;
    }
    out
}

fn is_word(word: &str) -> bool {
    HeaderWord::of(word).is_some() || is_total(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        without_gaps(pieces(text)).iter().map(|piece| format!("{}-{} {}", piece.from, piece.to, piece.text)).collect()
    }

    #[test]
    fn places_are_counted_in_characters() {
        assert_eq!(shown("  甲乙   1.00 丙"), ["2-4 甲乙", "7-11 1.00", "12-13 丙"]);
    }

    #[test]
    fn a_year_apart_from_its_word_is_one_text_with_it() {
        let shown =
            |text: &str| -> Vec<String> { with_years(pieces(text)).into_iter().map(|piece| piece.text).collect() };
        assert_eq!(shown("项目  2031 年预算数   某局 2031 年报告"), ["项目", "2031年预算数", "某局2031年报告"]);
        assert_eq!(shown("项目  2031 预算数   2031 某项"), ["项目", "2031预算数", "2031", "某项"]);
        assert_eq!(shown("201 一般支出"), ["201", "一般支出"]);
    }

    #[test]
    fn decimals_that_wrapped_go_to_the_figure_above() {
        let text = "合计     244,895            合计     190\n              .02                  .63\n甲       1    5\n            .12";
        let lines: Vec<Line> =
            text.lines().map(|text| Line { page: 1, text: text.to_owned(), heads_page: false }).collect();
        let shown: Vec<String> = rows(&lines).iter().map(TextRow::text).collect();
        assert_eq!(shown, ["合计\t244,895.02\t合计\t190.63", "甲\t1\t5", ".12"]);
    }

    #[test]
    fn words_set_with_gaps_are_one_text() {
        assert_eq!(shown("合   计  收 入 总 计"), ["0-5 合计", "7-14 收入总计"]);
        assert_eq!(shown("类  款  项"), ["0-1 类", "3-4 款", "6-7 项"]);
    }
}
