//! Who discloses what for which year: from the cover, else from the tables and forms.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::interpret::prose::{tighten, without_space};
use crate::interpret::{ColumnRole, Filing, Form, Section, Statement};
use crate::segment::TextLine;
use crate::terms::ReportKind;
use crate::terms::department::{is_name, split_code};
use crate::terms::statement::split_number;
use crate::terms::year::{year_in, year_in_title};

/// Lines of a cover smaller than this share of its largest are no part of the title.
const TITLE_SHARE: f32 = 0.75;

/// Titles of reports have at most this many characters.
const MAX_TITLE_CHARS: usize = 70;

/// Reads department, year, kind and title from the cover, else from what the running heads, tables, forms and headings
/// say.
pub fn filing(
    cover: &[TextLine],
    running_heads: &[String],
    statements: &[Statement],
    forms: &[Form],
    sections: &[Section],
) -> Filing {
    // A document without a cover may still print its title over every page.
    let title = title(cover).or_else(|| running_heads.iter().find(|head| department_in_title(head).is_some()).cloned());
    let department = cover
        .iter()
        .find_map(|line| labelled_department(&line.text))
        .or_else(|| title.as_deref().and_then(department_in_title))
        .or_else(|| most_frequent(statements.iter().filter_map(|statement| statement.department.clone())))
        .or_else(|| cover.iter().find_map(|line| name_alone(&line.text)))
        .or_else(|| most_frequent(forms.iter().filter_map(|form| form.department.clone())));
    let department_code = department.as_deref().and_then(|name| department_code(name, statements, forms));
    Filing {
        department_code,
        fiscal_year: fiscal_year(title.as_deref(), cover, statements, forms, sections),
        kind: kind(title.as_deref(), statements, sections),
        department,
        title,
    }
}

/// The title on the cover as one string: the largest lines up to the one that says 预算 or 决算, and their wrapped end.
fn title(cover: &[TextLine]) -> Option<String> {
    let lines: Vec<&TextLine> = cover.iter().filter(|line| may_be_title(&line.text)).collect();
    let largest = lines.iter().map(|line| line.size).fold(0.0, f32::max);
    let title: String = lines
        .iter()
        .filter(|line| line.size >= TITLE_SHARE * largest)
        .map(|line| tighten(line.text.trim()))
        .collect::<Vec<_>>()
        .concat();
    let title = tighten(&title);
    let says_what = title.contains("预算") || title.contains("决算");
    (says_what && title.chars().count() <= MAX_TITLE_CHARS).then_some(title)
}

/// Whether a line of the cover is neither a date, nor an attachment's number, nor a label with its value.
fn may_be_title(text: &str) -> bool {
    let text = without_space(text);
    let rest: String = text
        .chars()
        .filter(|ch| {
            !ch.is_ascii_digit()
                && !matches!(ch, '年' | '月' | '日' | '.' | '-' | '/')
                && !"〇○零一二三四五六七八九十".contains(*ch)
        })
        .collect();
    // 2031年 alone on its line begins many titles; a month makes it a date.
    let is_year = year_in(&text).is_some() && !text.contains('月');
    let is_date = rest.is_empty() && !is_year;
    let is_imprint = ["印制", "编制", "制"].iter().any(|word| rest.ends_with(word));
    // 预算13表 …表 is a table's or a form's title.
    let is_of_table =
        split_number(&text).is_some() || ["目标表", "自评表", "申报表"].iter().any(|end| text.ends_with(end));
    !(is_date
        || is_imprint
        || is_of_table
        || text.contains(['：', ':'])
        || rest.starts_with("附件")
        || rest == "密级"
        || text.is_empty())
}

/// The department behind a label on the cover: 预算主管部门：…, 部门名称：….
fn labelled_department(text: &str) -> Option<String> {
    text.split('\t').find_map(|part| {
        let part = without_space(part);
        let (label, name) = part.split_once(['：', ':'])?;
        let names_one = ["部门", "单位", "部门名称", "单位名称"].iter().any(|word| label.ends_with(word));
        let name = split_code(name).1;
        (names_one && label.chars().count() <= 10 && !name.is_empty() && crate::terms::Unit::from_word(name).is_none())
            .then(|| name.to_owned())
    })
}

/// The department whose name is a line of the cover, in brackets or not.
fn name_alone(text: &str) -> Option<String> {
    let text = without_space(text);
    let name = text.trim_matches(['（', '）', '(', ')']);
    is_name(name).then(|| name.to_owned())
}

/// The department that a title names, without year and without what is disclosed.
fn department_in_title(title: &str) -> Option<String> {
    static WHAT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:[省市区县]级|本级)?(?:部门|单位|综合|汇总|收支)*(?:预算|预?决算)(?:信息)?(?:公开|公示|及|情况|说明书?|报告|报表|和|“?三公”?经费|编制|文本|草案|材料|目录|表|的|[（(][^（）()]*[）)])*$")
            .ok()
    });
    static YEAR: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?:[0-9０-９]{4}|[一二三四五六七八九〇○零OＯ]{4})年度?|20[0-9]{2}").ok());
    let head = WHAT.as_ref()?.replace(title, "");
    if head.len() == title.len() {
        return None;
    }
    let name = YEAR.as_ref()?.replace_all(&head, "");
    let name = name
        .trim_start_matches("关于")
        .trim_matches(|ch: char| ch.is_whitespace() || matches!(ch, '-' | '—' | '《' | '》'));
    // 某局部门2031年部门预算: the words before the year are of what is disclosed.
    let name = ["部门", "单位", "汇总"].iter().fold(name, |name, word| name.trim_end_matches(word));
    // A region alone is no department: 某省2031年省级部门预算.
    let is_region = name.ends_with(['省', '市', '区', '县', '州', '盟', '旗']);
    (name.chars().count() >= 3 && !is_region).then(|| name.to_owned())
}

/// The year of the money: by title, forms, titles of tables, headings, column headers.
fn fiscal_year(
    title: Option<&str>,
    cover: &[TextLine],
    statements: &[Statement],
    forms: &[Form],
    sections: &[Section],
) -> Option<i32> {
    title
        .and_then(year_in_title)
        .or_else(|| most_frequent(forms.iter().filter_map(|form| form.fiscal_year)))
        .or_else(|| {
            let year = |statement: &Statement| statement.title.as_deref().and_then(year_in).or(statement.fiscal_year);
            most_frequent(statements.iter().filter_map(year))
        })
        .or_else(|| most_frequent(sections.iter().filter_map(|section| year_in(&section.heading))))
        // Columns name the year before as well; the later one is this year's.
        .or_else(|| {
            statements
                .iter()
                .flat_map(|statement| &statement.columns)
                .flat_map(|column| &column.path)
                .filter_map(|cell| year_in(cell))
                .max()
        })
        .or_else(|| cover.iter().find_map(|line| year_in(&line.text)))
}

/// Budget or final accounts: the title, else what more titles of tables and headings say.
fn kind(title: Option<&str>, statements: &[Statement], sections: &[Section]) -> ReportKind {
    let tell = |text: &str| match (text.contains("预算"), text.contains("决算")) {
        // 一般公共预算财政拨款支出决算表 is a table of final accounts.
        (_, true) => ReportKind::FinalAccounts,
        (true, false) => ReportKind::Budget,
        (false, false) => ReportKind::Unknown,
    };
    let by_title = title.map_or(ReportKind::Unknown, tell);
    if by_title != ReportKind::Unknown {
        return by_title;
    }
    let said = |texts: &mut dyn Iterator<Item = &str>| {
        let kinds: Vec<ReportKind> = texts.map(tell).collect();
        let count = |kind| kinds.iter().filter(|k| **k == kind).count();
        match (count(ReportKind::Budget), count(ReportKind::FinalAccounts)) {
            (0, 0) => ReportKind::Unknown,
            (budget, accounts) if accounts > budget => ReportKind::FinalAccounts,
            _ => ReportKind::Budget,
        }
    };
    let named = statements.iter().flat_map(|s| [s.title.as_deref(), s.number.as_deref()]).flatten();
    let headings = sections.iter().map(|section| section.heading.as_str());
    let headers = statements.iter().flat_map(|s| &s.columns).flat_map(|column| &column.path).map(String::as_str);
    [said(&mut named.chain(headings)), said(&mut { headers })]
        .into_iter()
        .find(|kind| *kind != ReportKind::Unknown)
        .unwrap_or_default()
}

/// The code beside the department's name; of several the one that the others extend.
fn department_code(department: &str, statements: &[Statement], forms: &[Form]) -> Option<String> {
    let mut codes: Vec<String> = Vec::new();
    for form in forms {
        if let (Some(code), Some(name)) = (&form.department_code, &form.department)
            && same_department(name, department)
        {
            codes.push(code.clone());
        }
    }
    for statement in statements {
        if let (Some(code), Some(name)) = (&statement.department_code, &statement.department)
            && same_department(name, department)
        {
            codes.push(code.clone());
        }
        for record in &statement.records {
            // Whole amounts look like codes, and so do quantities right of a name.
            let has_role = |idx: usize, role| statement.columns.get(idx).is_some_and(|column| column.role == role);
            let texts: Vec<(usize, &str)> = record
                .values
                .iter()
                .enumerate()
                .filter(|(idx, _)| !has_role(*idx, ColumnRole::Amount))
                .filter_map(|(idx, value)| Some((idx, value.as_ref()?.text.as_str())))
                .collect();
            for (_, text) in &texts {
                if let (Some(code), name) = split_code(text)
                    && same_department(name, department)
                {
                    codes.push(code.to_owned());
                }
            }
            for pair in texts.windows(2) {
                let [(_, left), (idx, right)] = pair else { continue };
                if is_code(left) && same_department(right, department) {
                    codes.push((*left).to_owned());
                }
                if has_role(*idx, ColumnRole::Code) && is_code(right) && same_department(left, department) {
                    codes.push((*right).to_owned());
                }
            }
        }
    }
    let shortest = codes.iter().min_by_key(|code| (code.len(), code.as_str()))?.clone();
    codes.iter().all(|code| code.starts_with(&shortest)).then_some(shortest)
}

/// Codes of departments and units have three to nine digits.
fn is_code(text: &str) -> bool {
    (3..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether two names mean one department: 某局, 某局（汇总）, 某局本级.
fn same_department(name: &str, department: &str) -> bool {
    let plain = |text: &str| {
        let text = without_space(text);
        let text = text.split(['（', '(']).next().unwrap_or_default().to_owned();
        ["本级", "机关", "本部", "汇总"].iter().find_map(|tail| text.strip_suffix(tail)).unwrap_or(&text).to_owned()
    };
    let first = |text: &str| text.chars().find(|ch| !ch.is_whitespace());
    if first(name) != first(department) {
        return false;
    }
    let (name, department) = (plain(name), plain(department));
    name.chars().count() >= 3 && name == department
}

/// The most frequent value, of equals the smallest.
fn most_frequent<T: Ord + Clone>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|(_, n)| *n == most).map(|(value, _)| value)
}
