//! Enumerators of official prose: 第一部分, 一、, （一）, 1、.

use super::compatibility::nfkc;

/// What a line is numbered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Enumerator {
    /// 第一部分
    Part,
    /// 一、
    Chapter,
    /// （一）
    Section,
    /// 1、 1. （1） ①: never a heading of its own.
    Item,
}

/// The enumerator that a text begins with, and what follows it.
pub fn split(text: &str) -> Option<(Enumerator, String)> {
    if let Some(rest) = text.trim_start().strip_prefix(|ch| ('\u{2460}'..='\u{2473}').contains(&ch)) {
        return Some((Enumerator::Item, rest.to_owned()));
    }
    // Brackets and figures come in either width, and radicals stand for characters in some fonts.
    let plain: Vec<char> = nfkc(text).chars().filter(|ch| !ch.is_whitespace()).take(MAX_CHARS).collect();
    let rest = |n: usize| plain.get(n..).unwrap_or_default().iter().collect::<String>();
    let n_numerals = |from: usize| plain.iter().skip(from).take_while(|ch| is_numeral(**ch)).count();
    let n_digits = |from: usize| plain.iter().skip(from).take_while(|ch| ch.is_ascii_digit()).count();
    match plain.first()? {
        '第' => {
            let n = n_numerals(1).max(n_digits(1));
            let unit: String = plain.iter().skip(1 + n).take(2).collect();
            let found = (1..=3).contains(&n) && unit == "部分";
            found.then(|| (Enumerator::Part, rest(n + 3).trim_start_matches([':', '、', '.', '-']).to_owned()))
        }
        '(' => {
            let (numerals, digits) = (n_numerals(1), n_digits(1));
            let n = numerals.max(digits);
            if !(1..=3).contains(&n) || plain.get(n + 1) != Some(&')') {
                return None;
            }
            let kind = if numerals > 0 { Enumerator::Section } else { Enumerator::Item };
            Some((kind, rest(n + 2).trim_start_matches('、').to_owned()))
        }
        ch if is_numeral(*ch) => {
            let n = n_numerals(0);
            let mark = matches!(plain.get(n), Some('、' | '.'));
            (n <= 3 && mark).then(|| (Enumerator::Chapter, rest(n + 1)))
        }
        ch if ch.is_ascii_digit() => {
            let n = n_digits(0);
            // 3.5 is a figure, 3. opens an item.
            let mark = match plain.get(n) {
                Some('、' | ')') => true,
                Some('.') => plain.get(n + 1).is_some_and(|ch| !ch.is_ascii_digit()),
                _ => false,
            };
            (n <= 3 && mark).then(|| (Enumerator::Item, rest(n + 1)))
        }
        _ => None,
    }
}

/// The number of a part or a chapter: 第十二部分 and 十二、 are both 12.
pub fn number(text: &str) -> Option<u32> {
    let (kind, _) = split(text)?;
    if kind > Enumerator::Chapter {
        return None;
    }
    let text = nfkc(text);
    let plain = text.chars().filter(|ch| !ch.is_whitespace()).skip_while(|ch| *ch == '第');
    let (mut tens, mut ones) = (0, 0);
    for ch in plain.take_while(|ch| is_numeral(*ch) || ch.is_ascii_digit()).take(3) {
        match ch {
            '十' => (tens, ones) = (ones.max(1), 0),
            '百' => return None,
            _ => {
                let digit = ch
                    .to_digit(10)
                    .or_else(|| "〇一二三四五六七八九".chars().zip(0..).find(|(n, _)| *n == ch).map(|(_, d)| d));
                ones = 10 * if ch.is_ascii_digit() { ones } else { 0 } + digit.unwrap_or(0);
            }
        }
    }
    Some(10 * tens + ones)
}

/// The Chinese numeral of a number below a hundred, as enumerators use it; empty for 0 and for more.
pub fn numeral(number: u32) -> String {
    let digit = |digit: u32| "一二三四五六七八九".chars().zip(1..).find(|(_, n)| *n == digit).map(|(ch, _)| ch);
    let (tens, ones) = (number / 10, number % 10);
    let lead = digit(tens).filter(|_| tens > 1);
    let ten = (1..10).contains(&tens).then_some('十');
    lead.into_iter().chain(ten).chain(digit(ones).filter(|_| tens < 10)).collect()
}

/// More of a line is never looked at.
const MAX_CHARS: usize = 200;

/// A Chinese numeral as enumerators use them.
pub fn is_numeral(ch: char) -> bool {
    matches!(ch, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '〇' | '零' | '百')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<Enumerator> {
        split(text).map(|(kind, _)| kind)
    }

    #[test]
    fn a_number_has_the_numeral_that_says_it() {
        assert_eq!([1, 10, 12, 20, 35].map(numeral), ["一", "十", "十二", "二十", "三十五"]);
        assert!((1..100).all(|n| number(&format!("{}、", numeral(n))) == Some(n)));
        assert_eq!((numeral(0), numeral(100)), (String::new(), String::new()));
    }

    #[test]
    fn each_level_is_told_by_its_enumerator() {
        assert_eq!(split("第一部分：概况"), Some((Enumerator::Part, "概况".to_owned())));
        assert_eq!(split("十一、其他"), Some((Enumerator::Chapter, "其他".to_owned())));
        assert_eq!(split("(二)机构"), Some((Enumerator::Section, "机构".to_owned())));
        assert_eq!(kind("1．办公室"), Some(Enumerator::Item));
        assert_eq!(kind("（3）培训"), Some(Enumerator::Item));
        assert_eq!(kind("①培训"), Some(Enumerator::Item));
    }

    #[test]
    fn figures_and_running_words_are_no_enumerators() {
        assert_eq!(kind("3.5万元"), None);
        assert_eq!(kind("一是加强管理"), None);
        assert_eq!(kind("第一部分工作"), Some(Enumerator::Part));
        assert_eq!(kind("2031年、2032年"), None);
    }

    #[test]
    fn numbers_are_read_in_words_and_figures() {
        assert_eq!(number("第十二部分 概况"), Some(12));
        assert_eq!(number("二十、其他"), Some(20));
        assert_eq!(number("九、其他"), Some(9));
        assert_eq!(number("第11部分"), Some(11));
        assert_eq!(number("（一）机构"), None);
    }

    #[test]
    fn radicals_count_as_the_characters_they_look_like() {
        assert_eq!(kind("⼀、概况"), Some(Enumerator::Chapter));
    }
}
