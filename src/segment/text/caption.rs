//! The head of a table in a dump: lines of number, title, department and unit.

use super::item::is_number;
use super::line::Line;
use super::narrative::is_part_heading;
use crate::segment::header::bare;
use crate::terms::enumerator::{self, Enumerator};
use crate::terms::statement::{department, split_number};
use crate::terms::year;

/// A title of more characters is a sentence.
const MAX_TITLE_CHARS: usize = 60;

/// Tables have one head; more titles in a row are a list of contents.
const MAX_TITLES: usize = 3;

/// A head has five parts, each drawn four times at most, with room to spare; more in a row are a list of something else.
const MAX_PARTS: usize = 64;

/// What a part of a caption says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// 某某表, 某某表（本年预算）
    Title(String),
    /// 表1, 公开01表
    Number(String),
    /// 部门名称：…
    Department(String),
    /// 单位：万元
    Unit(String),
    /// （2031年度）
    Year(String),
}

/// The head of a table: its lines and what they say.
#[derive(Clone, Debug)]
pub(super) struct Caption {
    /// Index of the first line.
    pub(super) start: usize,
    /// Index after the last line.
    pub(super) end: usize,
    /// The parts in order, the title once.
    pub(super) parts: Vec<Part>,
}

/// Every head of a table: a run of caption lines with a title, and a number or a unit.
pub(super) fn captions(lines: &[Line]) -> Vec<Caption> {
    let mut found: Vec<Caption> = Vec::new();
    let mut idx = 0;
    while idx < lines.len() {
        let start = idx;
        let mut end = start;
        let mut parts = Vec::new();
        while let Some(line) = lines.get(idx) {
            let is_next_page = idx > start && lines.get(idx - 1).is_some_and(|before| before.page != line.page);
            if is_next_page && parts.iter().filter(|part| matches!(part, Part::Title(_))).count() > MAX_TITLES {
                // A page of contents ends before the first table.
                break;
            }
            if !line.is_blank() {
                if let Some(of_line) = parts_of_line(&line.text) {
                    parts.extend(of_line);
                } else if let Some(title) = lines.get(idx + 1).and_then(|next| wrapped_title(line, next)) {
                    parts.push(Part::Title(title));
                    idx += 1;
                } else {
                    break;
                }
                end = idx + 1;
            } else if end == start {
                break;
            }
            idx += 1;
        }
        if end > start {
            let previous = (0..start).rev().find(|idx| lines.get(*idx).is_some_and(|line| !line.is_blank()));
            let above = previous.and_then(|idx| lines.get(idx)).map(|line| line.text.trim());
            if let Some((parts, takes_above)) = settle(parts, above) {
                let start = if takes_above { previous.unwrap_or(start) } else { start };
                found.push(Caption { start, end, parts });
            }
        }
        idx = idx.max(start + 1);
    }
    found
}

/// A title that goes on in the next line within its remark: 某某表（按支出功能分类科⏎目-不含上年结转）.
fn wrapped_title(line: &Line, next: &Line) -> Option<String> {
    let opens = |text: &str| text.matches(['（', '(']).count() > text.matches(['）', ')']).count();
    let text = line.text.trim();
    if next.page != line.page || !text.contains("表（") && !text.contains("表(") || !opens(text) {
        return None;
    }
    let whole = format!("{text}{}", next.text.trim());
    (!opens(&whole) && is_title(&bare(&whole))).then_some(whole)
}

/// One title of those printed, and whether the line above the head is the first piece of its plain twin.
///
/// A dump has a title twice where the page has it once as a bookmark, once as a heading: the plain one may be wrapped.
fn settle(parts: Vec<Part>, above: Option<&str>) -> Option<(Vec<Part>, bool)> {
    if parts.len() > MAX_PARTS {
        return None;
    }
    let titles: Vec<String> = parts
        .iter()
        .filter_map(|part| match part {
            Part::Title(title) => Some(bare(title)),
            _ => None,
        })
        .collect();
    let anchored = parts.iter().any(|part| matches!(part, Part::Number(_) | Part::Unit(_)));
    let longest = titles.iter().max_by_key(|title| title.chars().count())?.clone();
    let distinct = titles.iter().filter(|title| !longest.contains(title.as_str())).count();
    if !anchored || distinct + 1 > MAX_TITLES {
        return None;
    }
    let takes_above = above.is_some_and(|above| {
        let above = bare(above);
        !above.is_empty() && titles.iter().any(|title| *title != longest && format!("{above}{title}") == longest)
    });
    let mut seen = false;
    let mut kept: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts {
        let keep = match &part {
            Part::Title(title) if longest.contains(&bare(title)) => {
                let first = !seen && bare(title) == longest;
                seen |= first;
                first
            }
            _ => !kept.contains(&part),
        };
        if keep {
            kept.push(part);
        }
    }
    Some((kept, takes_above))
}

/// What the line says, where all of it is caption.
pub(super) fn parts_of_line(text: &str) -> Option<Vec<Part>> {
    let whole = text.trim();
    // Most lines of a dump end here.
    if !whole.contains(TELLING)
        || whole.is_empty()
        || whole.chars().count() > 2 * MAX_TITLE_CHARS
        || whole.contains(['，', '。', '；', '!'])
    {
        return None;
    }
    if let Some(part) = part(whole) {
        return Some(vec![part]);
    }
    if let Some(parts) = numbered_title(&bare(whole)) {
        return Some(parts);
    }
    // Parts that stand far apart on one line; a name may have a space in it.
    let words: Vec<&str> = whole.split_whitespace().collect();
    let mut parts = Vec::new();
    let mut from = 0;
    while from < words.len() {
        let found = (from + 1..=words.len()).rev().find_map(|to| {
            let joined = words.get(from..to)?.join(" ");
            part(&joined).map(|part| (to, part))
        });
        let (to, part) = found?;
        parts.push(part);
        from = to;
    }
    Some(parts)
}

/// 表1：某某表, 一、某某表: a title behind its number, or behind that of its chapter, which is none of a table.
fn numbered_title(bare: &str) -> Option<Vec<Part>> {
    if let Some((number, rest)) = split_number(bare).filter(|(number, rest)| bare.len() > number.len() + rest.len()) {
        return is_title(rest).then(|| vec![Part::Number(number.to_owned()), Part::Title(rest.to_owned())]);
    }
    let (kind, rest) = enumerator::split(bare)?;
    (kind != Enumerator::Part && is_title(&rest)).then_some(vec![Part::Title(rest)])
}

/// Every part of a caption has one of these: titles and numbers of tables, what stands behind a label, and years.
const TELLING: [char; 6] = ['表', '：', ':', '︰', '∶', '年'];

/// What one part of a caption says.
fn part(text: &str) -> Option<Part> {
    if !text.contains(TELLING) {
        return None;
    }
    let whole = bare(text);
    if let Some(unit) = labelled(&whole, &["金额单位", "货币单位", "计量单位", "单位"]) {
        let unit = unit.trim_start_matches("人民币");
        if matches!(unit, "元" | "千元" | "万元" | "百万元" | "亿元") {
            return Some(Part::Unit(text.to_owned()));
        }
    }
    if department(&whole).is_some_and(|name| name.chars().count() <= 40 && !name.contains(['：', ':', '，'])) {
        return Some(Part::Department(text.to_owned()));
    }
    if is_number(&whole) {
        return Some(Part::Number(text.to_owned()));
    }
    if year::alone(&whole).is_some() {
        return Some(Part::Year(text.to_owned()));
    }
    is_title(&whole).then(|| Part::Title(text.to_owned()))
}

/// What follows one of the labels and a colon.
fn labelled<'a>(text: &'a str, labels: &[&str]) -> Option<&'a str> {
    labels.iter().find_map(|label| text.strip_prefix(label)?.strip_prefix(['：', ':', '︰', '∶']))
}

/// A line that ends with 表, with or without a remark in brackets.
pub(super) fn is_title(text: &str) -> bool {
    let whole = bare(text);
    let n_chars = whole.chars().count();
    let core = match whole.strip_suffix(['）', ')']) {
        Some(inner) => inner.rfind(['（', '(']).and_then(|at| inner.get(..at)).unwrap_or(inner),
        None => &whole,
    };
    // The shortest are 收支总表 and its like; 报表 and 附表 alone are words of sentences.
    (4..=MAX_TITLE_CHARS).contains(&n_chars)
        && core.ends_with('表')
        && !is_part_heading(text)
        && !["下表", "上表", "本表", "此表", "该表", "附表", "各表"].iter().any(|word| core.ends_with(word))
        && !whole.contains(['，', '。', '；', '：', ':', '《', '》', '.'])
        && (!whole.contains('、') || lists_expenses(&whole))
        && !["注", "见", "详见", "附", "报", "说明"].iter().any(|word| whole.starts_with(word))
}

/// “三公”经费、会议费、培训费支出表: whether a title lists the expenses that its table is of.
fn lists_expenses(title: &str) -> bool {
    let mut parts = title.split('、').rev();
    parts.next().is_some_and(|last| last.contains('费')) && parts.all(|part| part.ends_with('费'))
}

#[cfg(test)]
mod tests {
    use super::super::drawn::lines;
    use super::*;

    fn title(head: &Caption) -> Option<&str> {
        head.parts.iter().find_map(|part| match part {
            Part::Title(title) => Some(title.as_str()),
            _ => None,
        })
    }

    #[test]
    fn number_title_department_and_unit_make_a_head() {
        let found = captions(&lines(
            "正文。\n2031年收支总表\n\n公开表1\n2031年收支总表\n部门名称：某市某局 单位：万元\n收入 支出",
        ));
        assert_eq!(found.len(), 1);
        let head = found.first().expect("one");
        assert_eq!((head.start, head.end), (1, 6));
        assert_eq!(title(head), Some("2031年收支总表"));
        assert_eq!(head.parts.len(), 4);
    }

    #[test]
    fn the_pieces_of_a_wrapped_plain_title_go_with_it() {
        let found =
            captions(&lines("2031年项目支\n\n出表（本年）\n表12\n2031年项目支出表（本年）\n单位：元\n项目 合计"));
        let head = found.first().expect("one");
        assert_eq!((head.start, title(head)), (0, Some("2031年项目支出表（本年）")));
    }

    #[test]
    fn a_remark_can_go_on_in_the_next_line() {
        let found = captions(&lines("表5\n2031年支出明细表（按功能分类科\n目-不含结转）\n单位：元\n项目 合计"));
        let head = found.first().expect("one");
        assert_eq!((head.end, title(head)), (4, Some("2031年支出明细表（按功能分类科目-不含结转）")));
    }

    #[test]
    fn a_list_of_contents_is_no_head() {
        assert!(
            captions(&lines("表1 收支总表\n表2 收入总表\n表3 支出总表\n表4 项目支出表\n表5 采购支出表")).is_empty()
        );
    }

    #[test]
    fn numbers_are_told_from_titles() {
        assert!(is_number("预算公开表10") && is_number("公开01表") && is_number("附表一"));
        assert!(!is_number("收支总表1") && !is_title("公开表"));
        assert!(is_title("2031年某支出表（不含结转）") && !is_title("以上数据见下表"));
        assert!(is_title("“三公”经费、会议费、培训费支出预算表") && !is_title("收入、支出总表"));
    }
}
