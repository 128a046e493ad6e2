//! Lines between tables and forms become headings and paragraphs.

use super::line::Line;
use super::spacing::{join, width};
use crate::segment::Block;
use crate::segment::opening::{enumerated, is_enumerated, is_list_item, is_numeral};

/// A heading of more characters is a sentence.
const MAX_HEADING_CHARS: usize = 45;

/// A line of this share of the full width (in tenths) goes on in the next.
const FULL_LINE_TENTHS: usize = 9;

/// A sentence has at least this many characters, or it may be a cell.
const MIN_SENTENCE_CHARS: usize = 12;

/// 第一部分, 第二部分 某某.
pub(super) fn is_part_heading(text: &str) -> bool {
    let bare = text.trim();
    let Some(rest) = bare.strip_prefix('第') else { return false };
    let Some((number, rest)) = rest.split_once("部分") else { return false };
    let number = number.trim();
    !number.is_empty()
        && number.chars().count() <= 3
        && number.chars().all(is_numeral)
        && rest.chars().count() <= MAX_HEADING_CHARS
        && !rest.contains(['，', '。', '；'])
}

/// Whether a line is of running text: it has the punctuation of sentences.
pub(super) fn is_sentence(text: &str) -> bool {
    let bare = text.trim();
    let long = bare.chars().count() >= MIN_SENTENCE_CHARS;
    long && (bare.contains('，') || bare.contains('。') || bare.contains('；'))
}

/// The level of a heading that stands alone on its line.
fn heading_level(text: &str) -> Option<u8> {
    let bare = text.trim();
    if is_part_heading(bare) {
        return Some(1);
    }
    let (level, rest) = enumerated(bare)?;
    let n_chars = rest.chars().count();
    let ends_open = bare.ends_with(['。', '，', '；', '：', ':', '、', ';', ',']);
    let fits = (1..=MAX_HEADING_CHARS).contains(&n_chars) && !ends_open && !rest.contains(['。', '；', '：']);
    fits.then_some(level)
}

/// Whether a line of contents leads to its page number: 一、某某……3.
fn is_leader(text: &str) -> bool {
    text.contains("......") || text.contains("……")
}

/// Headings and paragraphs of some lines.
pub(super) fn blocks(lines: &[Line]) -> Vec<Block> {
    let texts: Vec<&Line> = lines.iter().filter(|line| !line.is_blank()).collect();
    let full = full_width(&texts);
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Vec<&Line> = Vec::new();
    for (idx, line) in texts.iter().enumerate() {
        let continues = !is_part_heading(&line.text)
            && open.last().is_some_and(|above| !is_leader(&above.text) && goes_on(above, line, full));
        let level = heading_level(&line.text).filter(|_| !continues);
        // A heading that fills its line goes on in the next: then it is the start of a paragraph.
        let runs_in = texts.get(idx + 1).is_some_and(|below| goes_on(line, below, full));
        if let Some(level) = level.filter(|level| *level == 1 || !runs_in) {
            close(&mut blocks, &mut open);
            blocks.push(Block { heading: Some(level), text: heading_text(&line.text), provenance: line.provenance() });
            continue;
        }
        if !continues {
            close(&mut blocks, &mut open);
        }
        open.push(line);
    }
    close(&mut blocks, &mut open);
    blocks
}

/// Whether a line is the wrapped rest of the one above: that one is full, and this one is not indented.
fn goes_on(above: &Line, line: &Line, full: usize) -> bool {
    let indented = line.text.starts_with(['\u{3000}', '\t']) || line.text.starts_with("  ");
    let indent = above.text.trim_end().len() - above.text.trim().len();
    // An ideographic space is three bytes and two columns wide; plain ones are a column each.
    let indent = if above.text.starts_with('\u{3000}') { indent / 3 * 2 } else { indent };
    let ends = above.text.trim_end().ends_with(['。', '；']);
    if indented || (ends && (is_enumerated(&line.text) || is_list_item(line.text.trim_start()))) {
        return false;
    }
    // A number is not broken: the line before it is as full as it can be.
    let unbroken = line.text.trim_start().chars().take_while(|ch| ch.is_ascii_digit() || matches!(ch, ',' | '.' | '%'));
    let n_unbroken = if ends { 0 } else { unbroken.count() };
    (width(&above.text) + indent + n_unbroken) * 10 >= full * FULL_LINE_TENTHS
}

/// The width that full lines have: that of the widest tenth.
fn full_width(texts: &[&Line]) -> usize {
    let mut widths: Vec<usize> = texts.iter().map(|line| width(&line.text)).collect();
    widths.sort_unstable();
    widths.get(widths.len().saturating_sub(1 + widths.len() / 10)).copied().unwrap_or(0).max(40)
}

/// Ends a paragraph.
fn close(blocks: &mut Vec<Block>, open: &mut Vec<&Line>) {
    if let Some(first) = open.first() {
        let text = join(open.iter().map(|line| line.text.as_str()));
        blocks.push(Block { heading: None, text, provenance: first.provenance() });
    }
    open.clear();
}

/// A heading's text: the space after 第一部分 is printed and stays.
pub(super) fn heading_text(text: &str) -> String {
    let bare = text.trim();
    match bare.split_once("部分") {
        Some((number, rest)) if is_part_heading(bare) && !rest.trim().is_empty() => {
            format!("{number}部分 {}", join([rest]))
        }
        _ => join([bare]),
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawn;
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let lines = drawn::lines(text);
        blocks(&lines).iter().map(|block| format!("{:?} {}", block.heading.unwrap_or(0), block.text)).collect()
    }

    #[test]
    fn headings_stand_alone_and_wrapped_paragraphs_are_joined() {
        let found = shown(
            "第三部分 某某说明\n一、收入情况\n2031年收入合计一百二十三万元，比上年增加四万元，增加的主要原因是人员增\n加和项目增加。\n（一）规模\n其中甲。",
        );
        assert_eq!(
            found,
            [
                "1 第三部分 某某说明",
                "2 一、收入情况",
                "0 2031年收入合计一百二十三万元，比上年增加四万元，增加的主要原因是人员增加和项目增加。",
                "3 （一）规模",
                "0 其中甲。"
            ]
        );
    }

    #[test]
    fn a_number_that_did_not_fit_goes_on_with_its_line() {
        assert_eq!(
            shown(
                "2031年收入为一般公共预算拨款和其他各种收入合计，一共是人民币五百万元，其中\n2031年收入为一般公共预算拨款以及其他收入\n6,066.04万元。"
            ),
            [
                "0 2031年收入为一般公共预算拨款和其他各种收入合计，一共是人民币五百万元，其中2031年收入为一般公共预算拨款以及其他收入",
                "0 6,066.04万元。"
            ]
        );
        assert_eq!(
            shown(
                "2031年收入为一般公共预算拨款和其他各种收入合计，一共是人民币五百万元，其中\n2031年收入为一般公共预算拨款以及其他收入以及别的，一共是\n10,126,066.04万元。"
            ),
            [
                "0 2031年收入为一般公共预算拨款和其他各种收入合计，一共是人民币五百万元，其中2031年收入为一般公共预算拨款以及其他收入以及别的，一共是10,126,066.04万元。"
            ]
        );
    }

    #[test]
    fn items_of_a_list_are_paragraphs_where_a_full_line_ends_with_a_sentence() {
        let full = "公共安全支出（类）司法（款）公共法律服务（项）15.00万元，主要用于公共法律服务，比上年持平。";
        let amount = "10.00万元是结转的。";
        assert_eq!(shown(&format!("9. {full}\n10. {full}")), [format!("0 9.{full}"), format!("0 10.{full}")]);
        assert_eq!(shown(&format!("9. {full}\n{amount}")), [format!("0 9.{full}{amount}")]);
    }

    #[test]
    fn an_enumerated_paragraph_is_no_heading() {
        assert_eq!(shown("一、基本支出：指为保障运转的支出。"), ["0 一、基本支出：指为保障运转的支出。"]);
        assert_eq!(
            shown("　　（二）统筹指导、协调、监督、推进全市某某服务、某某工作体系建设和\n管理工作"),
            ["0 （二）统筹指导、协调、监督、推进全市某某服务、某某工作体系建设和管理工作"]
        );
    }
}
