//! Printed lines become clean running text: wrapped lines joined, spaces that typesetting left beside CJK characters gone.

use crate::terms::enumerator;

/// Joins the lines of one cell or paragraph; a paragraph that clearly ends within them becomes a line of its own.
pub fn join_lines<'a>(lines: impl IntoIterator<Item = &'a str>) -> String {
    let lines: Vec<String> =
        lines.into_iter().map(|line| tighten(line.trim())).filter(|line| !line.is_empty()).collect();
    let full = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    let mut out = String::new();
    let mut previous: Option<&String> = None;
    let mut item: Option<u32> = None;
    for line in &lines {
        let number = item_number(line);
        let counts_on = number.is_some() && number == item.map(|item| item + 1);
        item = number.or(item);
        if let Some(previous) = previous {
            if counts_on || (ends_paragraph(previous, full) && opens_paragraph(line, previous, full)) {
                out.push('\n');
            } else if !splits_number(&out, line) && needs_space(out.chars().next_back(), line.chars().next()) {
                out.push(' ');
            }
        }
        out.push_str(line);
        previous = Some(line);
    }
    out
}

/// Removes white space beside CJK characters and punctuation; a run between other characters becomes one space.
pub fn tighten(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if needs_space(out.chars().next_back(), word.chars().next()) {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Removes all white space.
pub fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The text, unless nothing is printed.
pub fn non_empty(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// Whether a character is one of those that are set without spaces between them.
pub fn is_cjk(ch: char) -> bool {
    matches!(ch,
        '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}' | '\u{2010}'..='\u{2027}' | '\u{2460}'..='\u{24ff}')
}

/// Two Latin words keep a space between them; everything else is set solid.
fn needs_space(left: Option<char>, right: Option<char>) -> bool {
    matches!((left, right), (Some(a), Some(b)) if a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric())
}

/// Whether the line break fell within a figure: spreadsheets break where the cell ends.
fn splits_number(head: &str, tail: &str) -> bool {
    head.ends_with(|ch: char| ch.is_ascii_digit()) && tail.starts_with(|ch: char| ch.is_ascii_digit())
}

/// Printed width in half characters.
fn width(line: &str) -> usize {
    line.chars().map(|ch| if is_cjk(ch) { 2 } else { 1 }).sum()
}

/// How many half characters a line may fall short of the widest without having ended a paragraph: punctuation that may
/// not open a line, or a word that did not fit, takes up to three characters to the next line.
const RAGGED_HALF_CHARS: usize = 6;

fn ends_paragraph(line: &str, full: usize) -> bool {
    line.chars().next_back().is_some_and(|ch| matches!(ch, '。' | '；' | ';' | '：' | '！'))
        && (width(line) + RAGGED_HALF_CHARS < full || line.ends_with('。'))
}

fn opens_paragraph(line: &str, previous: &str, full: usize) -> bool {
    width(previous) + RAGGED_HALF_CHARS < full || starts_with_enumerator(line)
}

/// The number of the item that a line begins with: 3 of 3.…, of （3）… and of 目标3：….
fn item_number(line: &str) -> Option<u32> {
    let named = line.strip_prefix("目标");
    let text = named.unwrap_or(line).trim_start_matches(['（', '(']);
    let n_digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(n_digits);
    let is_item = if named.is_some() { rest.starts_with(['：', ':']) } else { starts_with_enumerator(line) };
    is_item.then(|| digits.parse().ok())?
}

/// Whether a line begins with 1、 （1） ① 一、 or the like.
pub fn starts_with_enumerator(line: &str) -> bool {
    enumerator::split(line).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_beside_cjk_go_and_those_between_words_stay() {
        assert_eq!(tighten(" 购置 PC Server 3 台 ，共 12 万元"), "购置PC Server 3台，共12万元");
    }

    #[test]
    fn wrapped_lines_are_joined() {
        assert_eq!(join_lines(["保障平台平稳运", "行，全年不中断。"]), "保障平台平稳运行，全年不中断。");
    }

    #[test]
    fn a_number_wrapped_over_two_lines_is_one_number() {
        assert_eq!(join_lines(["共计1234", "5678元"]), "共计12345678元");
    }

    #[test]
    fn an_item_after_a_short_line_is_a_paragraph_of_its_own() {
        assert_eq!(
            join_lines(["1、完成两次培训。", "2、完成三次检查，并将结果报送有关单位备", "案。"]),
            "1、完成两次培训。\n2、完成三次检查，并将结果报送有关单位备案。"
        );
    }

    #[test]
    fn items_that_count_on_are_paragraphs_however_the_lines_above_them_end() {
        assert_eq!(
            join_lines(["目标1：完成培训", "目标2：完成检查并将结果报", "送", "目标3：检查"]),
            "目标1：完成培训\n目标2：完成检查并将结果报送\n目标3：检查"
        );
        assert_eq!(
            join_lines(["1.做好检查工作，完成培训；", "2.保障运行。"]),
            "1.做好检查工作，完成培训；\n2.保障运行。"
        );
        assert_eq!(join_lines(["按照规定的第", "3.条要求检查"]), "按照规定的第3.条要求检查");
    }

    #[test]
    fn a_decimal_is_no_enumerator() {
        assert!(!starts_with_enumerator("3.5万元"));
        assert!(starts_with_enumerator("3.组织培训"));
        assert!(starts_with_enumerator("（二）组织培训"));
    }
}
