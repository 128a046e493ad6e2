//! Zeros, marks between digits, brackets, and official words that were misread by one character of which the model itself finds the right one likely: 科日编码.

use std::collections::BTreeSet;

use super::alien;
use super::recognise::{Reading, is_ideograph};
use crate::terms::class::{self, is_item};
use crate::terms::economic;
use crate::terms::enumerator;
use crate::terms::header::HeaderWord;

/// Another reading of a character in the name of an item is taken where it is this likely beside the one that was.
const NEAR: f32 = 0.2;
/// One of two characters differs from another in one: 水费, 电费.
const SHORT: usize = 2;

/// Takes another reading of one character where that alone makes an official word of a whole line, and what else the model
/// makes of thin strokes and small print: marks between digits, brackets, pieces of a first character.
///
/// A letter O that stands alone in a cell, or among digits, is a zero: no table prints one there.
pub(super) fn settle(line: &mut Vec<Reading>) {
    let is_figure =
        |r: &Reading| r.text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '，' | 'O' | 'o'));
    close_up(line);
    if line.iter().all(is_figure) {
        for reading in line.iter_mut().filter(|r| matches!(r.text.as_str(), "O" | "o")) {
            reading.text = "0".to_owned();
        }
        part_thousands(line);
        return;
    }
    line.iter_mut().for_each(Reading::settle_form);
    pair_brackets(line);
    if settle_letter(line) {
        part_thousands(line);
        return;
    }
    restore_general(line);
    alien::drop_piece(line);
    settle_word(line);
}

/// Takes the spaces behind the commas of a figure, which small print is read with: 17, 103, 265, 51.
fn close_up(line: &mut Vec<Reading>) {
    let is_part = |r: &Reading| r.text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '，' | ' '));
    let is_comma = |r: &Reading| matches!(r.text.as_str(), "," | "，");
    let is_space = |r: &Reading| r.text == " ";
    let are_behind_commas = line.windows(2).all(|pair| !is_space(&pair[1]) || is_comma(&pair[0]));
    let n_marks = line.iter().filter(|r| is_comma(r) || r.text == ".").count();
    if n_marks > 1 && line.iter().all(is_part) && are_behind_commas && line.first().is_some_and(|r| !is_space(r)) {
        line.retain(|r| !is_space(r));
    }
}

/// Puts 一 before 般 right behind the number or the mark that a name begins with: no word begins so.
///
/// A line may: the one above it ends with 一.
fn restore_general(line: &mut Vec<Reading>) {
    let Some(idx) = line.iter().position(|r| r.text == "般") else { return };
    let text = |at: usize| line.get(at).map_or("", |r| r.text.as_str());
    let before = idx.checked_sub(1).map(text);
    let begins = before.is_some_and(|before| {
        matches!(before, "、" | "." | "．" | "-" | "·" | "]" | ")" | "）" | "】")
            || before.bytes().all(|b| b.is_ascii_digit())
    });
    if !begins {
        return;
    }
    let place = |at: usize| line.get(at).map_or(0.0, |r| r.at);
    let at = (idx.checked_sub(1).map_or(0.0, place) + place(idx)) / 2.0;
    // Of a stroke may be left what looks like a dot.
    let is_dot = before == Some("·");
    let stroke = Reading { at, ..Reading::of("一") };
    line.splice(idx - usize::from(is_dot)..idx, [stroke]);
}

/// Makes a line an official word by the likeliest other reading of one character, by one mark less (社:会), or by 一 before
/// it: the thinnest of strokes, of which a scan in black and white may keep nothing.
///
/// The number of an item, or a code, may stand before the word.
fn settle_word(line: &mut Vec<Reading>) {
    let start = name_start(line);
    let text = |line: &[Reading]| line.iter().skip(start).map(|r| r.text.as_str()).collect::<String>();
    let taken = text(line);
    if line.len() < start + 2 || is_official(&taken) {
        return;
    }
    if is_official(&format!("一{taken}")) {
        let place = |at: usize| line.get(at).map_or(0.0, |r| r.at);
        let at = (start.checked_sub(1).map_or(0.0, place) + place(start)) / 2.0;
        line.insert(start, Reading { at, ..Reading::of("一") });
        return;
    }
    if take_other(line, start) || alien::replace(line, start) {
        return;
    }
    let is_mark = |at: &usize| match line.get(*at - 1..*at + 2) {
        Some([before, mark, after]) => is_ideograph(&before.text) && is_ideograph(&after.text) && is_mark(mark),
        _ => false,
    };
    let without = |at: usize| -> String {
        line.iter().enumerate().skip(start).filter(|(i, _)| *i != at).map(|(_, r)| r.text.as_str()).collect()
    };
    let stray = (start + 1..line.len()).filter(is_mark).find(|at| is_official(&without(*at)));
    if let Some(stray) = stray {
        line.remove(stray);
        return;
    }
    join_first(line, start);
}

/// Joins a first character that a fax has left in two pieces, which look like a number or a letter with its mark: 1.资, T.会.
fn join_first(line: &mut Vec<Reading>, start: usize) {
    let is_number = start == 2 && line.first().is_some_and(|r| is_figure(&r.text));
    for first in [Some(start), is_number.then_some(0)].into_iter().flatten() {
        if line.get(first + 1).is_some_and(is_mark) {
            let mark = line.remove(first + 1);
            if take_other(line, first) {
                return;
            }
            line.insert(first + 1, mark);
        }
    }
}

/// Takes another reading of one character where the text from `start` on is an official word by it; returns whether one is.
///
/// Names of items are made of what other names are made of, too: one is taken where the code before it has it, where it was
/// nearly read, or where a name would have a letter or a figure in it and no other item fits; but for the code, that it may
/// be another stays known.
fn take_other(line: &mut [Reading], start: usize) -> bool {
    let code: String = line.iter().take(start).map(|r| r.text.as_str()).filter(|text| is_figure(text)).collect();
    let with = |at: usize, other: &str| -> String {
        let texts = line.iter().enumerate().skip(start);
        texts.map(|(i, reading)| if i == at { other } else { reading.text.as_str() }).collect()
    };
    let tries = line.iter().enumerate().skip(start).flat_map(|(i, reading)| {
        let others = reading.rival.iter().chain(&reading.others).enumerate();
        others.filter(|(_, other)| is_ideograph(other)).map(move |(rank, other)| (rank, i, other.clone()))
    });
    let mut tries: Vec<(usize, usize, String)> = tries.collect();
    tries.sort();
    let items: BTreeSet<String> =
        tries.iter().map(|(_, i, other)| with(*i, other)).filter(|text| is_item(text)).collect();
    let is_taken = |(rank, i, other): &&(usize, usize, String)| {
        let Some(reading) = line.get(*i) else { return false };
        let text = with(*i, other);
        let is_near = *rank == 0 && reading.share >= NEAR;
        let is_only = || items.len() == 1 && !is_ideograph(&reading.text) && text.chars().count() > SHORT;
        let is_found = || is_item(&text) && (is_near || is_only());
        economic::is_named(&code, &text) || !is_figure(&reading.text) && is_word(&text) || is_found()
    };
    let Some((_, i, other)) = tries.iter().find(is_taken).cloned() else { return false };
    let is_sure = !is_item(&with(i, &other)) || economic::is_named(&code, &with(i, &other));
    if let Some(reading) = line.get_mut(i) {
        reading.rival = Some(std::mem::replace(&mut reading.text, other));
        reading.share = if is_sure { reading.share } else { 1.0 };
    }
    true
}

fn is_figure(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

fn is_mark(reading: &Reading) -> bool {
    reading.text.chars().all(|c| !c.is_alphanumeric())
}

/// Where the name begins behind the number of an item or a code: 十六、, 2010301-, [208].
fn name_start(line: &[Reading]) -> usize {
    let text = |at: usize| line.get(at).map_or("", |r| r.text.as_str());
    let is_numeral = |text: &str| text.chars().all(enumerator::is_numeral);
    let n = |from: usize, is: &dyn Fn(&str) -> bool| {
        (from..line.len()).take_while(|at| !text(*at).is_empty() && is(text(*at))).count()
    };
    let (n_numerals, n_digits) = (n(0, &is_numeral), n(0, &is_figure));
    let n_bracketed = if text(0) == "[" { n(1, &is_figure) } else { 0 };
    match () {
        () if n_numerals > 0 && text(n_numerals) == "、" => n_numerals + 1,
        () if n_digits > 0 && matches!(text(n_digits), "-" | "、" | ".") => n_digits + 1,
        () if n_bracketed > 0 && text(n_bracketed + 1) == "]" => n_bracketed + 2,
        () => 0,
    }
}

/// Whether a whole cell may say this: a column header, or a class or an item of expenditure.
fn is_official(text: &str) -> bool {
    is_word(text) || is_item(text)
}

fn is_word(text: &str) -> bool {
    HeaderWord::of(text).is_some() || class::functional(text).is_some()
}

/// Brackets of a pair are as wide as each other: where one was read as a wide one, both are.
fn pair_brackets(line: &mut [Reading]) {
    let mut open = Vec::new();
    for idx in 0..line.len() {
        match line.get(idx).map(|reading| reading.text.as_str()) {
            Some("(" | "（") => open.push(idx),
            Some(")" | "）") => {
                let Some(pair) = open.pop() else { continue };
                let is_wide = [pair, idx].iter().any(|i| line.get(*i).is_some_and(|r| r.text.len() > 1));
                for (i, wide) in [(pair, "（"), (idx, "）")].into_iter().filter(|_| is_wide) {
                    if let Some(reading) = line.get_mut(i) {
                        wide.clone_into(&mut reading.text);
                    }
                }
            }
            _ => {}
        }
    }
}

/// A figure with cents has no letter: one that was nearly read as a digit is this digit (1,703,098.0C), and may be the letter.
fn settle_letter(line: &mut [Reading]) -> bool {
    let is_letter = |r: &Reading| r.text.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '€' | '℃'));
    let is_mark = |r: &Reading| r.text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '，' | '-'));
    let n_letters = line.iter().filter(|r| is_letter(r)).count();
    let has_cents = line.iter().rev().skip(2).take(1).any(|r| r.text == ".");
    if n_letters != 1 || !has_cents || !line.iter().all(|r| is_letter(r) || is_mark(r)) {
        return false;
    }
    let is_digit = |text: &String| text.len() == 1 && text.chars().all(|c| c.is_ascii_digit());
    if let Some(letter) = line.iter_mut().find(|r| is_letter(r))
        && let Some(digit) = letter.rival.clone().filter(is_digit)
    {
        letter.rival = Some(std::mem::replace(&mut letter.text, digit));
        letter.share = 1.0;
        return true;
    }
    false
}

/// Points and commas look alike; groups of three digits, and two last ones, or four or six behind a point, tell which is which:
/// 28,381.231.71, 7.045.905745.
fn part_thousands(line: &mut [Reading]) {
    let line = match line {
        [sign, line @ ..] if sign.text == "-" => line,
        line => line,
    };
    let marks: Vec<usize> =
        (0..line.len()).filter(|i| line.get(*i).is_some_and(|r| matches!(r.text.as_str(), "." | "," | "，"))).collect();
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else { return };
    let is_grouped = marks.windows(2).all(|pair| pair[1] - pair[0] == 4);
    // Three more digits may be thousands as well, and five are those of two groups whose mark was lost.
    let n_decimals = line.len() - last - 1;
    let has_point = line.get(*last).is_some_and(|r| r.text == ".");
    let is_digits = || line.iter().enumerate().all(|(i, r)| marks.contains(&i) || is_figure(&r.text));
    let is_told = n_decimals == 2 || matches!(n_decimals, 4 | 6) && has_point && is_digits();
    if marks.len() < 2 || !is_grouped || !(1..=3).contains(first) || !is_told {
        return;
    }
    for mark in &marks {
        if let Some(reading) = line.get_mut(*mark) {
            let text = if mark == last { "." } else { "," };
            if reading.text != text {
                reading.text = text.to_owned();
                reading.rival = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, rivals: &str) -> Vec<Reading> {
        let rival = |c: char| (c != '-').then(|| c.to_string());
        let both = text.chars().zip(rivals.chars());
        both.map(|(c, r)| Reading { score: 0.9, rival: rival(r), share: 0.1, ..Reading::of(&c.to_string()) }).collect()
    }

    fn settled(text: &str, rivals: &str) -> String {
        let mut line = line(text, rivals);
        settle(&mut line);
        line.iter().map(|r| r.text.as_str()).collect()
    }

    #[test]
    fn an_official_word_that_the_model_nearly_read_is_taken() {
        assert_eq!(settled("科日编码", "-目--"), "科目编码");
        assert_eq!(settled("科日编码", "-月--"), "科日编码");
    }

    #[test]
    fn a_reading_that_is_less_likely_still_makes_an_official_word() {
        let mut word = line("科Ⅱ编码", "-日--");
        word[1].others = vec!["目".to_owned(), "月".to_owned()];
        settle(&mut word);
        assert_eq!(word.iter().map(|r| r.text.as_str()).collect::<String>(), "科目编码");
        // Figures are none of it.
        let mut figures = line("12", "--");
        figures[0].others = vec!["项".to_owned()];
        settle(&mut figures);
        assert_eq!(figures[0].text, "1");
    }

    #[test]
    fn a_stroke_that_a_scan_lost_is_known_by_the_word() {
        assert_eq!(settled("般公共服务支出", "-------"), "一般公共服务支出");
        assert_eq!(settled("般人员支出", "-----"), "般人员支出");
        for (read, said) in
            [("1、般性支出", "1、一般性支出"), ("[11302]·般行政", "[11302]一般行政"), ("百般行政", "百般行政")]
        {
            assert_eq!(settled(read, &"-".repeat(read.chars().count())), said);
        }
    }

    #[test]
    fn a_word_behind_a_number_or_a_code_is_settled_as_one_that_stands_alone() {
        assert_eq!(settled("十八、白然资源海洋气象等支出", "---自----------"), "十八、自然资源海洋气象等支出");
        assert_eq!(settled("50501-I资福利支出", "------工------"), "50501-工资福利支出");
        assert_eq!(settled("[208]社:会保障和就业支出", "----------------"), "[208]社会保障和就业支出");
        assert_eq!(settled("十六、自然资源海洋气(象等支出", "----------------"), "十六、自然资源海洋气象等支出");
        assert_eq!(settled("30228-T会经费", "------工---"), "30228-工会经费");
        assert_eq!(settled("T.会经费", "工----"), "工会经费");
        assert_eq!(settled("1.资福利支出", "工------"), "工资福利支出");
        assert_eq!(settled("1.会议费", "工----"), "1.会议费");
        // Of two names one alone is an item, but nothing says that the page shows items; and a code has one name.
        assert_eq!(settled("印制费", "-刷-"), "印制费");
        assert_eq!(settled("30202-印制费", "-------刷-"), "30202-印刷费");
        assert_eq!(
            (settled("30206-屯费", "------电-"), settled("30206-屯费", "------水-")),
            ("30206-电费".to_owned(), "30206-屯费".to_owned())
        );
        assert_eq!(settled("|费", "水-"), "|费");
        // What makes no official word stays.
        assert_eq!(settled("十八、白然", "---自-"), "十八、白然");
        assert_eq!(settled("社:会", "---"), "社:会");
        assert_eq!(settled("项目)", "---"), "项目)");
    }

    #[test]
    fn an_item_that_its_code_does_not_tell_may_be_another_name() {
        let share = |text: &str, rivals: &str, at: usize| {
            let mut line = line(text, rivals);
            line[at].share = 0.3;
            settle(&mut line);
            (line[at].text.clone(), line[at].share)
        };
        assert_eq!(share("资金", "奖-", 0), ("奖".to_owned(), 1.0));
        assert_eq!(share("30103-资金", "------奖-", 6), ("奖".to_owned(), 0.3));
    }

    #[test]
    fn a_letter_in_a_figure_with_cents_is_the_digit_that_it_was_nearly_read_as() {
        assert_eq!(settled("1,703,098.0C", "-----------0"), "1,703,098.00");
        // The model itself has to say which; and what has no cents may be a code.
        assert_eq!(settled("1,703,098.0C", "-----------c"), "1,703,098.0C");
        assert_eq!(settled("C0504030C", "--------0"), "C0504030C");
    }

    #[test]
    fn brackets_of_a_pair_are_alike() {
        assert_eq!(settled("经济科目（按大类)", "---------"), "经济科目（按大类）");
        assert_eq!(settled("a(b（c)d)", "--------"), "a(b（c）d)");
        assert_eq!(settled("收入(不含教育收费）", "----------"), "收入（不含教育收费）");
        assert_eq!(settled("1)甲（", "----"), "1)甲（");
    }

    #[test]
    fn figures_and_official_words_stay() {
        assert_eq!(settled("1748", "4---"), "1748");
        assert_eq!(settled("项目", "--"), "项目");
        assert_eq!(
            (settled("28,381.231.71", "-------------"), settled("1,000,00", "--------")),
            ("28,381,231.71".to_owned(), "1,000.00".to_owned())
        );
        assert_eq!(
            (settled("7.045.905745", "------------"), settled("7.045.905", "---------")),
            ("7,045.905745".to_owned(), "7.045.905".to_owned())
        );
        assert_eq!(
            (settled("17, 103, 265, 51", "----------------"), settled("17 103", "------")),
            ("17,103,265.51".to_owned(), "17 103".to_owned())
        );
        // The number of an item, and its figure.
        assert_eq!(settled("1. 120.50", "---------"), "1. 120.50");
        assert_eq!((settled("1.2.3", "-----"), settled("12.345", "------")), ("1.2.3".to_owned(), "12.345".to_owned()));
        assert_eq!((settled("O", "-"), settled("1O.5", "----")), ("0".to_owned(), "10.5".to_owned()));
    }
}
