//! A line's texts and where they stand: each character is one place wide.

use super::super::line::Line;
use super::decimals;
use super::piece::{Piece, TextRow};
use crate::repair::unicode::unified;
use crate::segment::opening::is_enumerated;
use crate::terms::header::{HeaderWord, is_total};

/// The lines with text, their places counted.
pub(in crate::segment::text) fn rows(lines: &[Line]) -> Vec<TextRow> {
    let mut rows: Vec<TextRow> = Vec::new();
    for (n_above, line) in lines.iter().enumerate() {
        if line.is_blank() {
            continue;
        }
        let parted = pieces(&line.text).into_iter().flat_map(parted).flat_map(apart).collect();
        rows.push(TextRow { pieces: whole(parted), n_above });
    }
    decimals::join(&mut rows);
    rows
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
            None => {
                let gap = at - pieces.last().map_or(0, |piece| piece.to);
                pieces.push(Piece { from: at, to: at + 1, text: ch.to_string(), gap, pushed: 0, seen: None });
            }
        }
        is_open = true;
    }
    for piece in &mut pieces {
        without_level(piece);
        let wide = |ch: char| matches!(ch, '．' | '，' | '－' | '％' | '＋');
        if piece.text.contains(wide)
            && piece.text.chars().all(|ch| wide(ch) || ch.is_ascii_digit() || ch.is_ascii_punctuation())
        {
            piece.text = piece.text.chars().map(|ch| if wide(ch) { ascii(ch) } else { ch }).collect();
        }
    }
    pieces
}

/// Takes away a level that is written, unseen, before an enumerator: 1（一）.
fn without_level(piece: &mut Piece) {
    if let Some(rest) = piece.text.strip_prefix(|ch: char| ch.is_ascii_digit())
        && rest.starts_with(['（', '('])
        && is_enumerated(rest)
    {
        piece.text = rest.to_owned();
        piece.from += 1;
    }
}

/// Full-width digits and letters as the plain ones; punctuation is full-width by right, but for that of numbers.
fn narrow(ch: char) -> char {
    if matches!(ch, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ') { ascii(ch) } else { ch }
}

/// The plain form of a full-width character.
fn ascii(ch: char) -> char {
    u32::from(ch).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(ch)
}

/// Amounts of two decimals that run into each other are as many texts.
fn parted(piece: Piece) -> Vec<Piece> {
    let n_points = piece.text.matches('.').count();
    let is_of_amounts = piece.text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-'));
    if n_points < 2 || !is_of_amounts {
        return vec![piece];
    }
    let mut ends: Vec<usize> = piece.text.match_indices('.').map(|(at, _)| at + 3).collect();
    ends.insert(0, 0);
    let texts: Option<Vec<&str>> = ends.windows(2).map(|pair| piece.text.get(*pair.first()?..*pair.last()?)).collect();
    match texts {
        Some(texts) if ends.last() == Some(&piece.text.len()) && texts.iter().all(|text| is_amount(text)) => {
            let own = |(text, from): (&str, usize)| Piece {
                from: piece.from + from,
                to: piece.from + from + text.len(),
                text: text.to_owned(),
                gap: if from == 0 { piece.gap } else { 0 },
                pushed: 0,
                seen: None,
            };
            texts.into_iter().zip(ends).map(own).collect()
        }
        _ => vec![piece],
    }
}

/// 1,234.50, with all of its commas or none.
fn is_amount(text: &str) -> bool {
    let Some((whole, decimals)) = text.strip_prefix('-').unwrap_or(text).split_once('.') else { return false };
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let has_commas = whole.contains(',');
    is_number(decimals)
        && is_number(first)
        && (first.len() <= 3 || !has_commas)
        && groups.all(|group| group.len() == 3 && is_number(group))
}

/// An amount and a name that run into each other are two texts.
fn apart(mut piece: Piece) -> Vec<Piece> {
    let figure = |ch: char| ch.is_ascii_digit() || matches!(ch, ',' | '.' | '-');
    let n_figures = piece.text.chars().take_while(|ch| figure(*ch)).count();
    let n_chars = piece.width();
    let n_last = piece.text.chars().rev().take_while(|ch| figure(*ch)).count();
    let at = if n_figures > 0 && n_figures < n_chars { n_figures } else { n_chars - n_last };
    let (left, right): (String, String) =
        (piece.text.chars().take(at).collect(), piece.text.chars().skip(at).collect());
    let amount = if n_figures > 0 { &left } else { &right };
    let has_decimals = amount.rsplit_once('.').is_some_and(|(_, decimals)| (2..=6).contains(&decimals.len()));
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
    let to = std::mem::replace(&mut piece.to, middle);
    piece.text = left;
    vec![piece, Piece { from: middle, to, text: right, gap: 0, pushed: 0, seen: None }]
}

/// Joins the texts of a line that only look like several.
pub(super) fn whole(pieces: Vec<Piece>) -> Vec<Piece> {
    with_numbers(with_quotes(with_years(without_gaps(pieces))))
}

/// Joins each text with those before it that go on with it.
fn joined(pieces: Vec<Piece>, goes_on: impl Fn(&Piece, &Piece) -> bool) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        match out.last_mut().filter(|last| goes_on(last, &piece)) {
            Some(last) => last.take(&piece),
            None => out.push(piece),
        }
    }
    out
}

/// What is quoted and set apart by one space, as layout programs do between scripts, goes on with a text that ends in 的.
fn with_quotes(pieces: Vec<Piece>) -> Vec<Piece> {
    joined(pieces, |last, piece| {
        piece.from == last.to + 1 && last.text.ends_with('的') && piece.text.starts_with(['“', '"'])
    })
}

/// A year set apart from its 年 by one space, as layout programs do between scripts, is one text with the words beside it.
fn with_years(pieces: Vec<Piece>) -> Vec<Piece> {
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    // 其中：2031 年
    let ends_in_year = |text: &str| {
        let words = text.trim_end_matches(|ch: char| ch.is_ascii_digit());
        ends_in_words(words) && text.len() - words.len() == 4
    };
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        match out.last_mut() {
            Some(last) if piece.from == last.to + 1 && ends_in_year(&last.text) && piece.text.starts_with('年') => {
                last.take(&piece);
            }
            Some(last)
                if piece.from.saturating_sub(last.to) <= 1
                    && is_year(&last.text)
                    && (piece.text.starts_with('年') || HeaderWord::of(&piece.text) == Some(HeaderWord::Amount)) =>
            {
                last.take(&piece);
                let year = out.pop();
                match (out.last_mut(), year) {
                    (Some(before), Some(year))
                        if year.from.saturating_sub(before.to) <= 1 && ends_in_words(&before.text) =>
                    {
                        before.take(&year);
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
    joined(pieces, |last, piece| {
        piece.from.saturating_sub(last.to) <= 2 && is_number(&last.text) && !piece.text.is_ascii()
    })
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
        let is_single = |piece: &&Piece| piece.text.chars().count() == 1 && !piece.text.is_ascii();
        let n_single = singles.take_while(is_single).count();
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
        let is_word = |word: &str| HeaderWord::of(word).is_some() || is_total(word);
        let n = (2..=n_single).rev().find(|n| is_even(*n) && is_word(&word(*n))).unwrap_or(1);
        let own = pieces.get(at..at + n).unwrap_or_default().iter().cloned();
        out.extend(own.reduce(|mut whole, next| {
            whole.take(&next);
            whole
        }));
        at += n;
    }
    out
}

/// The rows of a page that is drawn in text, for tests.
#[cfg(test)]
pub(super) fn drawn(page: &str) -> Vec<TextRow> {
    rows(&super::super::drawn::lines(page))
}

#[cfg(test)]
mod tests;
