//! Pages whose title and column headers were drawn after their rows are put into the order of reading.

use std::collections::BTreeSet;

use super::caption::{Part, parts_of_line};
use super::header::respaced;
use super::item::{Class, class};
use super::line::Line;
use crate::terms::header::{HeaderWord, is_total};
use crate::terms::header_traits::{CODE_LEVELS, HeaderTraits};

/// A page with fewer rows shows no order.
const MIN_ROWS: usize = 3;

/// A dump with fewer such pages is in the order of reading.
const MIN_PAGES: usize = 3;

/// The share of its pages with a table, in tenths, whose titles stand after rows, in a dump that is not in that order.
const MIN_LATE_TENTHS: usize = 7;

/// The lines in the order of reading, and the pages of which they do not show which title stands over which rows. Where tables
/// begin in the middle of pages their titles stand after rows too, but not that of the first table.
pub(super) fn in_order(lines: Vec<Line>) -> (Vec<Line>, BTreeSet<u32>) {
    let pages: Vec<&[Line]> = lines.chunk_by(|line, next| line.page == next.page).collect();
    let late: Vec<bool> = pages.iter().filter_map(|page| is_late(page)).collect();
    let n_late = late.iter().filter(|late| **late).count();
    let all = || pages.iter().filter_map(|page| page.first()).map(|line| line.page);
    if late.first() != Some(&true) {
        return (lines, BTreeSet::new());
    }
    if n_late < MIN_PAGES || n_late * 10 < late.len() * MIN_LATE_TENTHS {
        let unsure = all().collect();
        return (lines, unsure);
    }
    let has_title = |page: &&[Line]| n_titles(page) == 1;
    let unsure = pages.iter().filter(|page| !has_title(page)).filter_map(|page| page.first()).map(|line| line.page);
    let unsure = unsure.collect();
    let ordered = pages.iter().flat_map(|page| if has_title(page) { headed(page) } else { page.to_vec() }).collect();
    (ordered, unsure)
}

fn is_title(line: &Line) -> bool {
    parts_of_line(&line.text).is_some_and(|parts| parts.iter().any(|part| matches!(part, Part::Title(_))))
}

fn n_titles(page: &[Line]) -> usize {
    page.iter().filter(|line| is_title(line)).count()
}

/// Whether rows stand before the title of a page that has one title and some rows.
fn is_late(page: &[Line]) -> Option<bool> {
    let title = page.iter().position(is_title)?;
    let n_rows = page.iter().filter(|line| is_row(line)).count();
    if n_titles(page) > 1 || n_rows < MIN_ROWS {
        return None;
    }
    Some(page.iter().take(title).any(is_row))
}

/// Whether a line has a name and an amount, or two amounts.
fn is_row(line: &Line) -> bool {
    line.words().count() > 1 && line.has_amount() && !is_caption(line)
}

fn is_caption(line: &Line) -> bool {
    parts_of_line(&line.text).is_some()
}

/// The lines of a page: title, number and unit, then the column headers, then all else.
fn headed(page: &[Line]) -> Vec<Line> {
    let mut captions: Vec<Line> = Vec::new();
    // What was drawn later stands above what was drawn before.
    let mut blocks: Vec<Vec<Line>> = Vec::new();
    let mut rows: Vec<Line> = Vec::new();
    let mut in_block = false;
    let mut before: Option<&Line> = None;
    for line in page.iter().filter(|line| !line.is_blank()) {
        let above = before.replace(line);
        let of_total = is_total(&line.text) && rows.last().is_some_and(is_nameless) && line.words().count() <= 2;
        if of_total && let Some(amounts) = rows.last_mut() {
            amounts.text = format!("{} {}", line.words().collect::<String>(), amounts.text.trim());
        } else if is_caption(line) {
            captions.push(line.clone());
        } else if is_header(line) && !above.is_some_and(|above| goes_on(above, line)) {
            match blocks.last_mut().filter(|_| in_block) {
                Some(block) => block.push(line.clone()),
                None => blocks.push(vec![line.clone()]),
            }
            in_block = true;
            continue;
        } else {
            rows.push(line.clone());
        }
        in_block = false;
    }
    let mut headers: Vec<Line> = blocks.into_iter().rev().flatten().collect();
    // Of one row of headers the names stand first. Below one name for all of them are those of the next row.
    let is_named = |line: &Line| respaced_words(line).iter().any(|word| is_name(word));
    let mut at = 1;
    while let Some([before, line]) = headers.get_mut(at - 1..=at) {
        let is_late = is_named(line) && !is_named(before);
        let is_over_names = is_late && stands_over_names(line);
        if is_late {
            std::mem::swap(before, line);
        }
        at += if is_over_names { 2 } else { 1 };
    }
    // The sides stand above all else.
    headers.sort_by_key(|line| !is_of_sides(line));
    let mut out: Vec<Line> = captions.into_iter().chain(headers).chain(rows).collect();
    for (idx, line) in out.iter_mut().enumerate() {
        line.heads_page = idx == 0;
    }
    out
}

/// Whether a line is the names of sides: 收入 支出.
fn is_of_sides(line: &Line) -> bool {
    let words = respaced_words(line);
    words.len() > 1 && words.iter().all(|word| HeaderWord::of(word) == Some(HeaderWord::Side))
}

/// Whether a line has amounts alone.
fn is_nameless(line: &Line) -> bool {
    line.words().all(|word| class(word) != Class::Words)
}

/// Whether a line is the rest of the name above it: 机关事业单位基本养老保险缴费⏎支出.
fn goes_on(above: &Line, line: &Line) -> bool {
    line.words().count() == 1 && !above.has_amount() && !is_header(above) && !is_caption(above)
}

/// Whether all words of a line are of headers, or pieces of such words.
fn is_header(line: &Line) -> bool {
    respaced_words(line).iter().all(|word| {
        class(word) == Class::Words
            && (word.starts_with("其中")
                || HeaderWord::begins(word)
                || HeaderWord::all().any(|known| known.contains(word.as_str())))
    })
}

fn respaced_words(line: &Line) -> Vec<String> {
    respaced(line.words().map(str::to_owned).collect())
}

/// Whether a line is one name that stands over others: 项目, 功能分类科目.
fn stands_over_names(line: &Line) -> bool {
    let words = respaced_words(line);
    let [word] = words.as_slice() else { return false };
    let traits = HeaderTraits::of(word);
    traits.word == Some(HeaderWord::Label) && !traits.is_name_of_something
}

fn is_name(word: &str) -> bool {
    matches!(HeaderWord::of(word), Some(HeaderWord::Code | HeaderWord::Label)) && !CODE_LEVELS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Line> {
        let pages = text.split('|').enumerate();
        pages
            .flat_map(|(idx, page)| {
                let page =
                    page.lines().map(move |text| Line { page: idx as u32, text: text.into(), heads_page: false });
                page.collect::<Vec<_>>()
            })
            .collect()
    }

    fn shown(text: &str) -> String {
        in_order(lines(text)).0.iter().map(|line| line.text.clone()).collect::<Vec<_>>().join("/")
    }

    #[test]
    fn a_head_drawn_after_its_rows_comes_first() {
        let page = "类 款 项\n201 甲 9.00\n20101 乙 9.00\n科目名称 合计 事业\n收入\n2031年收入总表\n项目 收入预算\n科目编码\n20102 丙 1.00\n10.00\n合计\n单位：元";
        let found = shown(&[page; 3].join("|"));
        let whole = "2031年收入总表/单位：元/项目 收入预算/科目编码/科目名称 合计 事业/收入/类 款 项/201 甲 9.00/20101 乙 9.00/20102 丙 1.00/合计 10.00";
        assert_eq!(found, [whole; 3].join("/"));
    }

    #[test]
    fn names_stand_first_in_their_own_row() {
        let page = "项目\n科目编码 科目名称 合计 基本支出\n201 甲 9.00\n20101 乙 9.00\n2010101 丙 9.00\n2031年支出总表\n2031年预算数";
        let found = shown(&[page; 3].join("|"));
        assert!(
            found.starts_with("2031年支出总表/项目/2031年预算数/科目编码 科目名称 合计 基本支出/201 甲 9.00/"),
            "{found}"
        );
    }

    #[test]
    fn rests_of_names_are_no_heads_and_the_sides_come_first() {
        let rows = "2010301 甲事务\n支出\n9.00\n201 乙 9.00\n20101 丙 9.00\n20102 丁 1.00";
        let page = format!("{rows}\n项目 预算数 项目 预算数\n收入 支出\n2031年收支总表\n单位：元");
        let found = shown(&[page.as_str(); 3].join("|"));
        let whole = format!("2031年收支总表/单位：元/收入 支出/项目 预算数 项目 预算数/{}", rows.replace('\n', "/"));
        assert_eq!(found, [whole.as_str(); 3].join("/"));
    }

    #[test]
    fn tables_that_begin_within_pages_stay() {
        let first = "收支总表\n单位：元\n项目 合计\n甲 1.00\n乙 1.00\n丙 1.00";
        let later = "丁 1.00\n戊 1.00\n己 1.00\n收入总表\n单位：元\n项目 合计\n庚 1.00";
        let text = [first, later, later, later, later].join("|");
        assert_eq!(shown(&text), text.replace(['\n', '|'], "/"));
    }

    #[test]
    fn pages_without_a_title_of_their_own_among_such_do_not_tell_whose_rows_theirs_are() {
        let page = "201 甲 9.00\n20101 乙 9.00\n2010101 丙 9.00\n2031年支出表";
        let empty = "合计\n2031年基金支出表";
        let two = format!("{page}\n{}", page.replace("支出表", "收入表"));
        let (found, unsure) = in_order(lines(&[page, page, page, empty, &two, "201 甲 9.00"].join("|")));
        assert_eq!(unsure, BTreeSet::from([4, 5]));
        let of_empty: Vec<&str> = found.iter().filter(|line| line.page == 3).map(|line| line.text.as_str()).collect();
        assert_eq!(of_empty, ["2031年基金支出表", "合计"]);
    }
}
