//! A letter, a figure or a stroke where an official word has an ideograph: what a fax left of one looks like it.

use std::collections::BTreeSet;

use super::recognise::{Reading, is_ideograph};
use crate::terms::header::official_words;

/// A figure stands for an ideograph in words of so many characters at least: in shorter ones it may count something.
const COUNTED: usize = 4;

/// Puts an ideograph in the place of the one character of a name that is none, where a single official word has it there:
/// 合ù, H常公用支出. The name begins at `start`. Returns whether one was put.
pub(super) fn replace(line: &mut [Reading], start: usize) -> bool {
    let name = || line.iter().skip(start).map(|reading| reading.text.as_str());
    let aliens: Vec<usize> = name().enumerate().filter(|(_, text)| !is_ideograph(text)).map(|(at, _)| at).collect();
    let n_chars = name().count();
    let [at] = aliens[..] else { return false };
    let is_letter = |text: &str| text.chars().all(char::is_alphabetic) && !text.is_empty();
    let is_figure = |text: &str| text.chars().all(|ch| ch.is_ascii_digit()) && n_chars >= COUNTED;
    // 货物A and 项目1 are names.
    let is_last_sign = at + 1 == n_chars && name().next_back().is_some_and(str::is_ascii);
    if n_chars < 2 || is_last_sign || !name().nth(at).is_some_and(|text| is_letter(text) || is_figure(text)) {
        return false;
    }
    let fits = |word: &&str| {
        word.chars().count() == n_chars
            && word.chars().zip(name()).enumerate().all(|(i, (ch, text))| {
                if i == at { is_ideograph(ch.encode_utf8(&mut [0; 4])) } else { text.chars().eq([ch]) }
            })
    };
    let words: BTreeSet<&str> = official_words().filter(fits).collect();
    let mut words = words.into_iter();
    let (Some(word), None) = (words.next(), words.next()) else { return false };
    if let (Some(reading), Some(ch)) = (line.get_mut(start + at), word.chars().nth(at)) {
        reading.rival = Some(std::mem::replace(&mut reading.text, ch.to_string()));
        reading.share = 1.0;
    }
    true
}

/// Drops a dash before 一 that was nearly read as 一 itself: the two are pieces of one stroke.
pub(super) fn drop_piece(line: &mut Vec<Reading>) {
    if let [piece, stroke, word, ..] = line.as_slice()
        && piece.text == "-"
        && piece.rival.as_deref() == Some("一")
        && stroke.text == "一"
        && is_ideograph(&word.text)
    {
        line.remove(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Vec<Reading> {
        text.chars().map(|ch| Reading::of(&ch.to_string())).collect()
    }

    fn said(line: &[Reading]) -> String {
        line.iter().map(|reading| reading.text.as_str()).collect()
    }

    #[test]
    fn a_letter_in_an_official_word_is_the_ideograph_that_it_has_there() {
        let replaced = |text: &str| {
            let mut line = line(text);
            replace(&mut line, 0);
            said(&line)
        };
        assert_eq!((replaced("合ù"), replaced("H常公用支出")), ("合计".to_owned(), "日常公用支出".to_owned()));
        // 小计, 总计 and 合计; what may count; what is no official word; more than one letter.
        for text in ["H计", "项1", "项A", "甲乙H", "H常公用支T", "H"] {
            assert_eq!(replaced(text), text);
        }
        let mut word = line("合ù");
        replace(&mut word, 0);
        assert_eq!((word[1].rival.as_deref(), word[1].share), (Some("ù"), 1.0), "that it was read otherwise is known");
    }

    #[test]
    fn a_dash_before_a_stroke_is_a_piece_of_it_where_it_was_nearly_read_so() {
        let dropped = |rival: Option<&str>| {
            let mut line = line("-一般公共服务支出");
            line[0].rival = rival.map(str::to_owned);
            drop_piece(&mut line);
            said(&line)
        };
        assert_eq!(dropped(Some("一")), "一般公共服务支出");
        assert_eq!(dropped(None), "-一般公共服务支出");
    }
}
