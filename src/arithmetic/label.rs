//! What the label of a row or the leaf of a column header says of its place among the others.

use std::borrow::Cow;

use super::code;

/// A label taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Label {
    /// The bare name: enumerator, 其中 and closing colon gone, brackets in one form.
    pub(crate) name: String,
    /// The enumerator before the name.
    pub(crate) mark: Option<Mark>,
    /// It opens a selection (其中：), which need not be complete.
    pub(crate) partial: bool,
    /// It names a sum (合计, 小计, 总计).
    pub(crate) total: bool,
    /// It names a sum for the page's sake (本页小计, 过次页, 承前页), which is none of the addends.
    pub(crate) page_sum: Option<PageSum>,
}

/// What a sum for the page's sake adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageSum {
    /// All rows above it, on all pages: 过次页 at the foot, 承前页 on the head of the next page.
    Running,
    /// The rows of its page.
    Page,
}

/// An enumerator: 一、 has style 0, （一） 1, 1. 2, （1） 3, ① 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Which way of counting.
    pub(crate) style: u8,
    /// The number, from 1.
    pub(crate) ordinal: u32,
}

/// Words that end the name of a sum.
const TOTAL_WORDS: [&str; 5] = ["合计", "总计", "小计", "共计", "总和"];

/// Words that a running sum is carried over pages by.
const CARRIED_WORDS: [&str; 8] = ["过次页", "转次页", "过下页", "转下页", "承前页", "承上页", "接前页", "接上页"];
/// Beginnings and ends of the sum of a page.
const PAGE_WORDS: [&str; 3] = ["本页", "此页", "页面"];

fn page_sum(name: &str) -> Option<PageSum> {
    if CARRIED_WORDS.iter().any(|word| name.starts_with(word)) {
        return Some(PageSum::Running);
    }
    let is_page = PAGE_WORDS.iter().any(|word| name.starts_with(word)) && TOTAL_WORDS.iter().any(|w| name.ends_with(w));
    is_page.then_some(PageSum::Page)
}

/// Takes a label apart.
pub(crate) fn read(text: &str) -> Label {
    let text = in_one_form(text);
    let mut rest = without_code(&text);
    let mut partial = strip_selection(&mut rest);
    let mark = strip_mark(&mut rest);
    partial |= strip_selection(&mut rest);
    let name = rest.trim_matches([':', ';', ',', '、']);
    let page_sum = page_sum(name);
    let total = page_sum.is_none() && TOTAL_WORDS.iter().any(|word| name.ends_with(word));
    Label { name: name.to_owned(), mark, partial, total, page_sum }
}

/// A label without white space and with each sign in one form; most are printed so.
fn in_one_form(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| !c.is_whitespace() && plain(c) == c) {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len());
    result.extend(text.chars().filter(|c| !c.is_whitespace()).map(plain));
    Cow::Owned(result)
}

/// Whether a header leaf names the sum of its neighbours; 总额, 总数 and 金额 do so in headers only.
pub(crate) fn is_header_total(label: &Label) -> bool {
    label.total || label.name.ends_with("总额") || label.name.ends_with("总数") || label.name == "金额"
}

/// Whether a header names a ratio and not money.
pub(crate) fn header_is_ratio(leaf: &str) -> bool {
    let ends = |word: &&str| leaf.ends_with(*word);
    leaf.contains(['%', '％']) || ["率", "占比", "比例", "比重", "幅度"].iter().any(ends)
}

/// One form for the signs that producers print in several.
fn plain(c: char) -> char {
    match c {
        '（' | '﹙' => '(',
        '）' | '﹚' => ')',
        '：' => ':',
        '；' => ';',
        '，' => ',',
        '．' => '.',
        '％' => '%',
        '\u{ff10}'..='\u{ff19}' => char::from_u32(u32::from(c) - 0xff10 + 0x30).unwrap_or(c),
        _ => c,
    }
}

/// What stands behind a class in front of a name: [30108] or 30108-.
fn without_code(text: &str) -> &str {
    let is_class = |digits: &str| matches!(digits.len(), 3 | 5 | 7) && digits.bytes().all(|b| b.is_ascii_digit());
    code::in_front(text).filter(|(digits, _)| is_class(digits)).map_or(text, |(_, name)| name)
}

fn strip_selection(rest: &mut &str) -> bool {
    for word in ["其中:", "其中"] {
        if let Some(tail) = rest.strip_prefix(word) {
            if tail.is_empty() {
                return false;
            }
            *rest = tail;
            return true;
        }
    }
    false
}

fn strip_mark(rest: &mut &str) -> Option<Mark> {
    let text = *rest;
    let first = text.chars().next()?;
    if ('\u{2460}'..='\u{2473}').contains(&first) {
        *rest = text.get(first.len_utf8()..)?;
        return Some(Mark { style: 4, ordinal: u32::from(first) - 0x2460 + 1 });
    }
    if first == '(' {
        let (inner, tail) = text.get(1..)?.split_once(')')?;
        let (style, ordinal) = number(inner)?;
        if tail.is_empty() {
            return None;
        }
        *rest = tail.trim_start_matches(['、', '.']);
        return Some(Mark { style: if style == 0 { 1 } else { 3 }, ordinal });
    }
    let (before, tail) = text.split_once(['、', '.'])?;
    let (style, ordinal) = number(before)?;
    // 一. is rare but counts; 3.5 is a number and no enumerator.
    if tail.is_empty() || (style == 2 && tail.starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    *rest = tail;
    Some(Mark { style, ordinal })
}

/// Style and value of a Chinese or Arabic number below a thousand.
fn number(text: &str) -> Option<(u8, u32)> {
    if text.is_empty() || text.chars().count() > 3 {
        return None;
    }
    if text.chars().all(|c| c.is_ascii_digit()) {
        return text.parse().ok().filter(|n| *n > 0).map(|n| (2, n));
    }
    chinese(text).map(|n| (0, n))
}

fn chinese(text: &str) -> Option<u32> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).and_then(|p| u32::try_from(p + 1).ok());
    match text.split_once('十') {
        None => {
            let mut chars = text.chars();
            let value = digit(chars.next()?)?;
            chars.next().is_none().then_some(value)
        }
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { chinese(tens).filter(|n| *n < 10)? };
            let ones = if ones.is_empty() { 0 } else { chinese(ones).filter(|n| *n < 10)? };
            Some(tens * 10 + ones)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_enumerator_is_read_in_each_style() {
        for (text, style, ordinal, name) in [
            ("二十一、其他支出", 0, 21, "其他支出"),
            ("（三）卫生健康支出", 1, 3, "卫生健康支出"),
            ("1．办公费", 2, 1, "办公费"),
            ("(2)水费", 3, 2, "水费"),
            ("②电费", 4, 2, "电费"),
        ] {
            let label = read(text);
            assert_eq!(label.mark, Some(Mark { style, ordinal }), "{text}");
            assert_eq!(label.name, name);
        }
    }

    #[test]
    fn a_selection_and_a_sum_are_told_from_items() {
        assert!(read("其中：（1）购置费").partial);
        assert_eq!(read("其中：（1）购置费").name, "购置费");
        assert!(read("本年收入 合计").total);
        assert!(!read("计划生育事务").total);
        assert!(read("上年结转").mark.is_none());
        assert_eq!(read("[30108]机关事业单位基本养老保险缴费").name, "机关事业单位基本养老保险缴费");
        assert_eq!(read("2010301-行政运行").name, "行政运行");
    }
}
