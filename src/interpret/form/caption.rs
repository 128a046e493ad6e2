//! Lines around a form's grid: title, year, unit, and labels that print their value after a colon.

use crate::interpret::prose::{tighten, without_space};
use crate::terms::Unit;
use crate::terms::form::{FormLabel, IndicatorColumn};
use crate::terms::year;

use super::grid::unit_in;

/// What stands above the grid.
#[derive(Debug, Default)]
pub(super) struct Caption {
    pub(super) title: Option<String>,
    pub(super) fiscal_year: Option<i32>,
    /// Whether a line of its own names the year that the form is for.
    pub(super) names_year: bool,
    pub(super) unit: Option<Unit>,
    /// Labels with the value printed after them.
    pub(super) labelled: Vec<(FormLabel, String)>,
}

/// Reads the lines above the grid, from the top.
pub(super) fn read<'a>(lines: impl IntoIterator<Item = &'a str>) -> Caption {
    let mut caption = Caption::default();
    let mut heading = None;
    for line in lines {
        let text = without_space(line);
        if let Some(title) = title_of(&text) {
            // A narrative heading over the form names it too; the form's own title has no enumerator.
            if crate::interpret::prose::starts_with_enumerator(&text) {
                heading = Some(title);
            } else {
                caption.title = Some(title);
            }
        }
        caption.unit = caption.unit.or_else(|| unit_in(&text));
        for (label, value) in labelled_values(line) {
            if label == FormLabel::Indicator(IndicatorColumn::Extra("measure_unit")) {
                caption.unit = caption.unit.or_else(|| Unit::from_word(&value));
            } else {
                caption.labelled.push((label, value));
            }
        }
        if let Some(year) = year::alone(&text) {
            caption.fiscal_year = Some(year);
            caption.names_year = true;
        }
    }
    caption.title = caption.title.or(heading);
    if caption.fiscal_year.is_none() {
        caption.fiscal_year = caption.title.as_deref().and_then(year::year_in);
    }
    caption
}

/// The title in a line: what ends in 表 and is about performance, without the table's number before it.
fn title_of(text: &str) -> Option<String> {
    let text = text.trim_end_matches(['：', ':']);
    let bare = text.split(['（', '(']).next_back().filter(|tail| tail.ends_with(['）', ')'])).map_or(text, |tail| {
        // （一级项目） behind the title is a part of it; a year or unit there was its own line.
        text.strip_suffix(tail).map_or(text, |head| head.trim_end_matches(['（', '(']))
    });
    let about = ["绩效", "自评", "申报表", "目标表", "填报表"].iter().any(|word| bare.contains(word));
    if !about || !bare.ends_with('表') || text.chars().count() > MAX_TITLE_CHARS {
        return None;
    }
    let title = without_number(text);
    let keep = |tail: &str| year::year_in(tail).is_none() && unit_in(tail).is_none();
    let title = match title.find(['（', '(']).filter(|at| *at >= bare.len().saturating_sub(text.len() - title.len())) {
        Some(at) if !keep(&title[at..]) => title[..at].to_owned(),
        _ => title.to_owned(),
    };
    Some(strip_enumerator(&title).to_owned()).filter(|title| title.chars().count() > 3)
}

/// The project that a form's title names: 某某补助资金 of 2031年某某补助资金项目绩效目标表.
pub(super) fn project_in_title(title: &str) -> Option<String> {
    let end = PROJECT_FORMS.iter().filter_map(|form| title.find(form)).min()?;
    let name = title.get(..end)?;
    let is_code = |ch: char| ch.is_ascii_alphanumeric() || matches!(ch, '-' | '_');
    let name = match name.trim_start_matches(is_code) {
        rest if rest.len() == name.len() => name,
        rest => ["年度", "年"].iter().find_map(|year| rest.strip_prefix(year)).unwrap_or(rest),
    };
    // 市级专项资金项目绩效目标表 names no project, and the form of a unit names the unit.
    let told = GENERAL.iter().fold(name.to_owned(), |told, word| told.replace(word, ""));
    (told.chars().count() >= 2 && !name.ends_with(BODIES)).then(|| name.to_owned())
}

/// What follows the project's name in a title.
const PROJECT_FORMS: [&str; 4] = ["项目绩效目标", "项目支出绩效目标", "项目绩效自评", "项目支出绩效自评"];

/// Words that titles of forms have in common, whatever the project.
const GENERAL: [&str; 24] = [
    "转移支付",
    "部门",
    "单位",
    "整体",
    "预算",
    "财政",
    "重点",
    "专项",
    "资金",
    "支出",
    "经费",
    "业务",
    "项目",
    "政策",
    "年度",
    "申报",
    "公开",
    "中央",
    "本级",
    "一级",
    "二级",
    "市级",
    "区级",
    "县级",
];

/// What names of departments and units end with.
const BODIES: [char; 13] = ['局', '委', '厅', '院', '校', '会', '办', '站', '所', '队', '部', '馆', '位'];

/// Titles of forms have at most this many characters.
const MAX_TITLE_CHARS: usize = 50;

/// The title behind the number that some bureaus print on the same line: 预算13表 …, 附表3 …, 表14-1 ….
fn without_number(text: &str) -> &str {
    for prefix in ["预算公开", "公开", "预算", "附", ""] {
        let Some(rest) = text.strip_prefix(prefix) else { continue };
        let rest = match rest.strip_prefix('表') {
            Some(rest) => digits(rest),
            None => digits(rest).and_then(|rest| rest.strip_prefix('表')),
        };
        if let Some(rest) = rest {
            return rest.trim_start_matches(['：', ':', '、', '.', '-']);
        }
    }
    text
}

/// What follows a number like 13, 14-1 or 十三.
fn digits(text: &str) -> Option<&str> {
    let rest = text
        .trim_start_matches(|ch: char| ch.is_ascii_digit() || ch == '-' || crate::terms::enumerator::is_numeral(ch));
    (rest.len() < text.len()).then_some(rest)
}

fn strip_enumerator(text: &str) -> &str {
    if !crate::interpret::prose::starts_with_enumerator(text) {
        return text;
    }
    text.find(['）', ')', '、', '.', '．'])
        .map_or(text, |at| text[at..].chars().next().map_or(text, |mark| &text[at + mark.len_utf8()..]))
}

/// Pieces `label：value` of one line; a value may be empty.
pub(super) fn labelled_values(line: &str) -> Vec<(FormLabel, String)> {
    let mut out: Vec<(FormLabel, String)> = Vec::new();
    let mut pieces = line.split(['：', ':', '︰', '∶']).peekable();
    while let Some(piece) = pieces.next() {
        let label = if pieces.peek().is_some() { label_at_end(piece) } else { None };
        let value = label.map_or(piece, |(_, at)| &piece[..at]);
        if let Some((_, before)) = out.last_mut() {
            before.push_str(value);
            if label.is_none() && pieces.peek().is_some() {
                // A colon within the value: 09:30:00.
                before.push(':');
            }
        }
        if let Some((label, _)) = label {
            out.push((label, String::new()));
        }
    }
    for (_, value) in &mut out {
        *value = tighten(value.trim());
    }
    out
}

/// The longest label at the end of a piece of text, and where it begins.
fn label_at_end(piece: &str) -> Option<(FormLabel, usize)> {
    // What stands right of a tab or a wide gap is a field of its own.
    piece
        .char_indices()
        .rev()
        .take(MAX_LABEL_SPAN)
        // An enumerator may open a label in a cell; within a line the digits before it are the value of another.
        .filter(|(_, ch)| !ch.is_ascii_digit() && !matches!(ch, '.' | '、' | '-'))
        .filter(|(at, ch)| !ch.is_whitespace() && piece[*at..].chars().filter(|ch| !ch.is_whitespace()).count() >= 2)
        .filter_map(|(at, _)| FormLabel::of(&piece[at..]).map(|label| (label, at)))
        .last()
}

/// A label with the spaces and the bracketed remark that may stand within it.
const MAX_LABEL_SPAN: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::form::{FormField, SignatureField};

    #[test]
    fn the_title_loses_the_number_of_its_table() {
        assert_eq!(title_of("预算13表部门整体支出绩效目标表").as_deref(), Some("部门整体支出绩效目标表"));
        assert_eq!(title_of("表14"), None);
    }

    #[test]
    fn a_remark_behind_the_title_stays_and_a_year_goes() {
        assert_eq!(title_of("专项资金绩效目标表（一级项目）").as_deref(), Some("专项资金绩效目标表（一级项目）"));
        assert_eq!(title_of("专项资金绩效目标表（2031年度）").as_deref(), Some("专项资金绩效目标表"));
    }

    #[test]
    fn the_year_below_the_title_is_read_apart() {
        let caption = read(["项目支出绩效目标表", "（2031 年度）", "单位：万元"]);
        assert_eq!(caption.title.as_deref(), Some("项目支出绩效目标表"));
        assert_eq!(caption.fiscal_year, Some(2031));
        assert_eq!(caption.unit, Some(Unit::TenThousandYuan));
    }

    #[test]
    fn a_title_may_name_the_project() {
        let project = |title| project_in_title(title);
        assert_eq!(project("2031年河道保洁资金项目绩效目标表").as_deref(), Some("河道保洁资金"));
        assert_eq!(project("河道保洁经费项目支出绩效目标表").as_deref(), Some("河道保洁经费"));
        assert_eq!(project("31000021T-河道保洁经费项目绩效目标表").as_deref(), Some("河道保洁经费"));
        assert_eq!(project("2031年市级重点专项资金项目绩效目标表"), None);
        assert_eq!(project("部门预算项目支出绩效目标表"), None);
        assert_eq!(project("某市某局项目绩效目标表"), None);
        assert_eq!(project("部门整体支出绩效目标表"), None);
    }

    #[test]
    fn a_heading_over_the_form_is_not_its_title() {
        let caption = read(["（二）项目绩效目标表", "政策绩效目标表"]);
        assert_eq!(caption.title.as_deref(), Some("政策绩效目标表"));
    }

    #[test]
    fn signatures_on_one_line_are_told_apart_even_without_gaps() {
        let found = labelled_values("负责人：   经办人：甲某联系电话：000-1 填报日期：2031-01-02 09:30:00");
        assert_eq!(
            found,
            vec![
                (FormLabel::Signature(SignatureField::Responsible), String::new()),
                (FormLabel::Signature(SignatureField::Handler), "甲某".to_owned()),
                (FormLabel::Signature(SignatureField::Phone), "000-1".to_owned()),
                (FormLabel::Signature(SignatureField::FilledAt), "2031-01-02 09:30:00".to_owned()),
            ]
        );
    }

    #[test]
    fn a_department_above_the_grid_is_found() {
        assert_eq!(
            labelled_values("单位名称：某市某局"),
            vec![(FormLabel::Field(FormField::Department), "某市某局".to_owned())]
        );
    }
}
