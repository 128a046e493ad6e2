//! Declaration forms in a dump: their pages are found, merged, and drawn as the grid that a page would show.

mod columns;
mod draw;
mod fund_table;
mod gaps;
mod goals;
mod groups;
mod head;
mod indicators;
mod likely;
mod outcome;
mod reader;
mod results;
mod score;
mod sheet;

use std::collections::BTreeSet;

use super::caption::is_title;
use super::item::is_row;
use super::line::{Line, text_line};
use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::segment::header::bare;
use crate::segment::{FormRegion, TextLine};
use crate::terms::form::{FormField, FormLabel, SignatureField};
use columns::IndicatorColumns;
use groups::Group;
use head::Head;
use indicators::Known;
use score::Score;

/// The first label of a form stands within this many text lines of its title.
const MAX_CAPTION_LINES: usize = 5;

/// The label that a word of a dump is; most words are sentences, which are told at a glance.
fn label_of(text: &str) -> Option<FormLabel> {
    let sentence = text.len() > MAX_LABEL_BYTES || text.contains(['，', '。', '；', '《', '》', '“']);
    if sentence { None } else { FormLabel::of(text) }
}

/// No label is longer, with its brackets.
const MAX_LABEL_BYTES: usize = 120;

/// Where one page of a form stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FormPage {
    /// Index of the title's line.
    pub(super) start: usize,
    /// Index after the last line.
    pub(super) end: usize,
}

/// Every page of a form: from a title about performance with a label of a form below it, to the signatures or the
/// next page of a form.
pub(super) fn pages(lines: &[Line]) -> Vec<FormPage> {
    let mut starts: Vec<usize> = Vec::new();
    // The title of a list of projects is printed again on each of its pages.
    let mut lists: BTreeSet<&str> = BTreeSet::new();
    for (idx, title) in lines.iter().enumerate() {
        let rest = lines.get(idx..).unwrap_or_default();
        if !opens_form(rest) {
            continue;
        }
        let least = if lists.contains(title.text.trim()) { 1 } else { LEAST_ROWS };
        if lists_projects(rest, least) {
            lists.insert(title.text.trim());
        } else {
            starts.push(idx);
        }
    }
    let mut pages = Vec::with_capacity(starts.len());
    for (idx, start) in starts.iter().enumerate() {
        let limit = starts.get(idx + 1).copied().unwrap_or(lines.len());
        let signed = (*start..limit).find(|idx| lines.get(*idx).is_some_and(|line| is_signature(&line.text)));
        // Without signatures a form's last page ends with the page.
        let page = lines.get(*start).map(|line| line.page);
        let ends_page = (*start..limit).find(|idx| lines.get(*idx).map(|line| line.page) != page).unwrap_or(limit);
        pages.push(FormPage { start: *start, end: signed.map_or(ends_page, |idx| idx + 1) });
    }
    pages
}

/// Whether the first of some lines is the title of a form.
fn opens_form(lines: &[Line]) -> bool {
    if !lines.first().is_some_and(is_form_title) {
        return false;
    }
    let below = lines.iter().skip(1).filter(|line| !line.is_blank()).take(MAX_CAPTION_LINES);
    below.flat_map(|line| line.words().next()).any(|word| {
        matches!(
            label_of(word),
            Some(FormLabel::Field(FormField::ProjectName | FormField::Department | FormField::ImplementingUnit))
        )
    })
}

/// A title about performance.
fn is_form_title(line: &Line) -> bool {
    let about = ["绩效", "自评", "申报表"].iter().any(|word| line.text.contains(word));
    about && is_title(line.text.trim())
}

/// A list of projects has at least so many rows on its first page.
const LEAST_ROWS: usize = 2;

/// Whether a page lists projects in so many rows at least, each with its money and its goals in a cell: that is a table.
/// The money of a form has labels of its own, and its indicators columns.
fn lists_projects(lines: &[Line], least: usize) -> bool {
    let Some((title, below)) = lines.split_first() else { return false };
    let of_page = below.iter().take_while(|line| line.page == title.page && !is_form_title(line));
    let texts: Vec<&str> = of_page.map(|line| line.text.trim()).collect();
    let is_project = |text: &&&str| is_row(text) && text.split_whitespace().next().and_then(label_of).is_none();
    texts.iter().filter(is_project).count() >= least && indicator_header(&texts).is_none()
}

/// Where the columns of indicators are named, in how many lines, and which they are.
fn indicator_header(texts: &[&str]) -> Option<(usize, (usize, IndicatorColumns))> {
    (0..texts.len()).find_map(|at| Some((at, IndicatorColumns::read(texts.iter().skip(at).copied())?)))
}

/// 负责人：… 联系电话：… on one line.
fn is_signature(text: &str) -> bool {
    if !text.contains(['：', ':']) {
        return false;
    }
    let labels = text.split(['：', ':']).filter_map(|piece| piece.split_whitespace().next_back());
    let signs = labels.filter(|word| matches!(label_of(word), Some(FormLabel::Signature(_)))).count();
    signs > 1
        && label_of(text.split(['：', ':']).next().unwrap_or_default())
            == Some(FormLabel::Signature(SignatureField::Responsible))
        || signs > 2
}

/// One page of a form, taken apart.
struct Part {
    page: u32,
    caption: Vec<TextLine>,
    head: Head,
    /// What heads the indicators.
    columns: IndicatorColumns,
    groups: Vec<Group>,
    /// The sum of the scores.
    score: Option<Score>,
    /// What stands between the scores and the signatures.
    tail: Head,
    footer: Vec<TextLine>,
}

/// The forms that stand on the pages, each over all its pages.
///
/// The head is printed again on each page of a form; a form ends with its signatures, so that two forms of one name,
/// one after the other, stay two.
pub(super) fn forms(lines: &[Line], pages: &[FormPage], notes: &mut Vec<Note>) -> Vec<(FormPage, FormRegion)> {
    let parts: Vec<(FormPage, Part)> =
        pages.iter().map(|page| (page.clone(), part(lines.get(page.start..page.end).unwrap_or_default()))).collect();
    let mut forms: Vec<(FormPage, Vec<&Part>)> = Vec::new();
    for (page, part) in &parts {
        let continues = forms.last().is_some_and(|(before, parts)| {
            lines.get(before.end..page.start).is_some_and(|between| between.iter().all(Line::is_blank))
                && parts.last().is_some_and(|last| last.footer.is_empty() && last.head.is_same_form(&part.head))
        });
        match forms.last_mut().filter(|_| continues) {
            Some((place, parts)) => {
                place.end = page.end;
                parts.push(part);
            }
            None => forms.push((page.clone(), vec![part])),
        }
    }
    // The columns of goals and indicators are as wide on every form of the document.
    let groups = |two_sided: bool| {
        parts.iter().filter(move |(_, part)| part.columns.two_sided() == two_sided).flat_map(|(_, part)| &part.groups)
    };
    let gaps = gaps::Gaps::learn(groups(true));
    let two_sides = Known { widths: likely::Widths::learn(groups(true)), gaps };
    let one_side = Known { widths: likely::Widths::of_one_side(groups(false)), gaps };
    let goal_width = goals::annual_width(parts.iter().map(|(_, part)| part.head.goal_lines()));
    forms
        .into_iter()
        .map(|(place, parts)| {
            let two_sided = parts.first().is_none_or(|part| part.columns.two_sided());
            let region = region(&parts, if two_sided { &two_sides } else { &one_side }, goal_width, notes);
            (place, region)
        })
        .collect()
}

/// Draws a form.
fn region(parts: &[&Part], known: &Known, goal_width: usize, notes: &mut Vec<Note>) -> FormRegion {
    let mut region = FormRegion::default();
    let mut sheet = sheet::Sheet::default();
    for (idx, part) in parts.iter().enumerate() {
        region.pages.push(part.page);
        if idx == 0 {
            region.caption.clone_from(&part.caption);
            part.head.draw(&mut sheet, part.page, goal_width);
            notes.extend(part.head.cut_names().map(|name| cut_words(name, part.page)));
            let provenance = Provenance::page(part.page);
            notes.extend(part.head.guesses().map(|message| Note::new(NoteKind::ColumnGuessed, message, provenance)));
        }
        region.footer.extend(part.footer.iter().cloned());
    }
    let none = IndicatorColumns::default();
    let columns = parts.first().map_or(&none, |part| &part.columns);
    let pages = parts.iter().map(|part| (part.page, part.groups.as_slice()));
    draw::draw(&mut sheet, columns, pages, known, notes);
    for part in parts {
        if let Some(score) = &part.score {
            score.draw(&mut sheet, columns, part.page);
        }
        part.tail.draw(&mut sheet, part.page, goal_width);
    }
    region.pages.dedup();
    region.cells = sheet.cells();
    region
}

/// A note about a name with gaps.
fn cut_words(text: &str, page: u32) -> Note {
    let message = format!("words are cut out of `{text}`: what is left is published");
    Note::new(NoteKind::WordsMissing, message, Provenance::page(page))
}

/// Takes one page apart.
fn part(lines: &[Line]) -> Part {
    let page = lines.first().map_or(1, |line| line.page);
    let printed = without_vertical(&printed(lines));
    let texts: Vec<&str> = printed.iter().map(|line| line.text).collect();
    let n_caption = texts
        .iter()
        .position(|text| text.split_whitespace().next().is_some_and(|word| label_of(word).is_some()))
        .unwrap_or(texts.len());
    let (table, (n_lines, columns)) =
        indicator_header(&texts).unwrap_or((texts.len(), (1, IndicatorColumns::default())));
    let signed = texts.iter().position(|text| is_signature(text)).unwrap_or(texts.len());
    let slice = |from: usize, to: usize| printed.get(from..to.max(from)).unwrap_or_default();
    let scored = (table + n_lines..signed).find(|idx| texts.get(*idx).is_some_and(|text| Score::opens(text)));
    let end = scored.unwrap_or(signed);
    Part {
        page,
        caption: slice(0, n_caption).iter().map(|line| text_line(line.text, page)).collect(),
        head: reader::read(slice(n_caption, table.min(signed))),
        columns,
        groups: groups::read(slice(table + n_lines, end)),
        score: scored.and_then(|idx| Score::read(texts.get(idx)?)),
        tail: reader::read(slice(end + 1, signed)),
        footer: slice(signed, texts.len()).iter().map(|line| text_line(line.text, page)).collect(),
    }
}

/// A line with text of a form's page.
#[derive(Clone, Copy, Debug)]
struct Printed<'a> {
    text: &'a str,
    /// A blank line stands above it, as some extractors write where lines lie further apart.
    apart: bool,
}

/// The lines with text.
fn printed(lines: &[Line]) -> Vec<Printed<'_>> {
    let mut apart = true;
    let mut out = Vec::new();
    for line in lines {
        if line.is_blank() {
            apart = true;
        } else {
            out.push(Printed { text: line.text.trim(), apart });
            apart = false;
        }
    }
    out
}

/// A label that is printed top down leaves a line for each one or two characters; the whole run of them goes.
fn without_vertical<'a>(lines: &[Printed<'a>]) -> Vec<Printed<'a>> {
    let short = |line: &&Printed<'_>| line.text.chars().count() <= 2 && line.text.chars().all(char::is_alphabetic);
    let mut out = Vec::with_capacity(lines.len());
    let mut idx = 0;
    while let Some(line) = lines.get(idx) {
        let run = lines.iter().skip(idx).take_while(short).take(4).count();
        let is_label = |n: &usize| {
            let of_run = lines.get(idx..idx + n).unwrap_or_default();
            let word: String = of_run.iter().map(|line| bare(line.text)).collect();
            matches!(label_of(&word), Some(FormLabel::Block))
        };
        match (2..=run).rev().find(is_label) {
            Some(n) => idx += n,
            None => {
                out.push(*line);
                idx += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Line> {
        let mut page = 1;
        let mut lines = Vec::new();
        for text in text.lines() {
            page += u32::from(text == "----");
            if text != "----" {
                lines.push(Line { page, text: text.into(), heads_page: false });
            }
        }
        lines
    }

    const HEAD: &str = "某市项目支出绩效目标申报表\n（2031年度）\n项目名称 某某运维\n主管部门及代码 9-某局 实施单位 某中心\n项目资金\n（元）\n实施期资金总额： 300 年度资金总额： 100\n市县（区）财政资\n金\n300 市县（区）财政资金 100\n其他资金 其他资金\n实施期目标 年度目标\n总体目标\n做好某某工作。\n做好某某工作。\n绩\n效\n指\n标\n一级指标 二级指标 三级指标 指标值 二级指标 三级指标 指标值\n";

    #[test]
    fn pages_of_one_form_are_merged_and_two_forms_of_one_name_stay_apart() {
        let sign = "负责人： 经办人： 联系电话： 填报日期： 20310101\n";
        let text = format!(
            "{HEAD}产出指标\n数量指标 设备数量 3台 数量指标 设备数量 3台\n----\n{HEAD}{sign}----\n{HEAD}{sign}"
        );
        let lines = lines(&text);
        let forms = forms(&lines, &pages(&lines), &mut Vec::new());
        assert_eq!(forms.iter().map(|(_, form)| form.pages.clone()).collect::<Vec<_>>(), [vec![1, 2], vec![3]]);
    }

    #[test]
    fn the_grid_reads_row_by_row_as_a_page_would_show_it() {
        let lines = lines(&format!("{HEAD}产出指标\n数量指标 设备数量 3台 数量指标 设备数量 3台"));
        let forms = forms(&lines, &pages(&lines), &mut Vec::new());
        let form = &forms.first().expect("a form").1;
        let row = |row: u16| {
            let cells = form.cells.iter().filter(|cell| cell.row == row);
            cells.map(|cell| cell.lines.concat()).collect::<Vec<_>>().join("|")
        };
        assert_eq!(row(0), "项目名称|某某运维");
        assert_eq!(row(1), "主管部门及代码|9-某局|实施单位|某中心");
        assert_eq!(row(2), "项目资金（元）|实施期资金总额：|300|年度资金总额：|100");
        assert_eq!(row(3), "市县（区）财政资金|300|市县（区）财政资金|100");
        assert_eq!(row(4), "其他资金||其他资金|");
        assert_eq!(row(5), "总体目标|实施期目标|年度目标");
        assert_eq!(row(6), "做好某某工作。|做好某某工作。");
        assert_eq!(row(7), "绩效指标|一级指标|二级指标|三级指标|指标值|二级指标|三级指标|指标值");
        assert_eq!(row(8), "产出指标|数量指标|设备数量|3台|数量指标|设备数量|3台");
    }
}
