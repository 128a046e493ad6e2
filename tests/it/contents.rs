//! Contents that no title or only part of a page tells from headings.

use mingzhang::segment::TextLine;

use crate::narrative::{first, next, read, title};

#[test]
fn the_last_entries_of_contents_may_stand_alone_on_their_page() {
    let text = |page| [first(page, 0, "第一部分 概况"), first(page, 1, "好。")];
    let mut lines = vec![
        title(2, 0, 22.0, "目录"),
        next(2, 1, "第一部分 概况"),
        next(2, 2, "一、主要职责"),
        next(3, 0, "第二部分 名词解释"),
    ];
    lines.extend(text(4));
    assert_eq!(read(lines), ["1 第一部分 概况", "- 好。"]);
    let mut wrapped = vec![
        title(2, 0, 22.0, "目录"),
        next(2, 1, "第一部分 概况"),
        next(2, 2, "一、会议费、培训费支"),
        next(3, 0, "出预算表"),
        next(3, 1, "二、收入总表"),
    ];
    wrapped.extend(text(4));
    assert_eq!(read(wrapped), ["1 第一部分 概况", "- 好。"]);
}

#[test]
fn contents_without_a_title_are_known_by_their_entries_that_come_again() {
    let entries = ["第一部分 概况", "一、主要职责", "二、机构设置", "第二部分 说明", "一、收支情况"];
    let mut lines: Vec<TextLine> = (0..).zip(entries).map(|(row, text)| next(2, row, text)).collect();
    let text = [
        first(3, 0, "第一部分 概况"),
        first(3, 1, "一、主要职责"),
        first(3, 2, "好。"),
        first(3, 3, "二、机构设置"),
        first(3, 4, "好。"),
    ];
    lines.extend(text.clone());
    assert_eq!(read(lines), ["1 第一部分 概况", "2 一、主要职责", "- 好。", "2 二、机构设置", "- 好。"]);
    let mut below_title = vec![title(2, 0, 22.0, "某市某局2031年预算公开目录")];
    below_title.extend((1..).zip(entries).map(|(row, text)| next(2, row, text)));
    below_title.extend(text);
    assert_eq!(read(below_title), ["1 第一部分 概况", "2 一、主要职责", "- 好。", "2 二、机构设置", "- 好。"]);
    // Headings without text that come once are the text's own.
    let once: Vec<TextLine> = (0..).zip(entries).map(|(row, text)| next(2, row, text)).collect();
    assert_eq!(read(once).len(), entries.len());
}
