//! A dump that writes each cell on a line of its own: the lines of a row are put on one.

use super::caption::parts_of_line;
use super::item::{Class, class, is_code, most};
use super::line::Line;
use super::narrative::is_sentence;
use crate::segment::opening;
use crate::terms::header::is_total;

/// A row names what its amounts are for in at most so many lines.
const MAX_NAMES: usize = 6;

/// The lines with the codes, names and amounts of each row on one. Names without amounts stay as they are.
pub(super) fn joined(lines: Vec<Line>) -> Vec<Line> {
    let kinds: Vec<Kind> = lines.iter().map(kind).collect();
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut start = 0;
    for end in (0..=lines.len()).filter(|at| kinds.get(*at).is_none_or(|kind| *kind == Kind::Edge)) {
        let stretch = (lines.get(start..end).unwrap_or_default(), kinds.get(start..end).unwrap_or_default());
        join_stretch(stretch.0, stretch.1, &mut out);
        out.extend(lines.get(end).cloned());
        start = end + 1;
    }
    out
}

/// What a line holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Code,
    Name,
    Amounts,
    Blank,
    /// A caption, running text or its last line: no row goes over it.
    Edge,
}

fn kind(line: &Line) -> Kind {
    let text = line.text.trim();
    let is_amount = |word: &str| class(word) == Class::Amount || word == "0";
    match () {
        () if text.is_empty() => Kind::Blank,
        () if line.words().all(is_amount) => Kind::Amounts,
        () if line.words().all(is_code) => Kind::Code,
        () if is_sentence(text) || text.ends_with('。') || parts_of_line(text).is_some() => Kind::Edge,
        () => Kind::Name,
    }
}

/// Joins the rows between two captions.
fn join_stretch(lines: &[Line], kinds: &[Kind], out: &mut Vec<Line>) {
    let n_names = usual_names(kinds);
    // The lines since the last amount.
    let mut open: Vec<usize> = Vec::new();
    let mut in_amounts = false;
    for (idx, (line, kind)) in lines.iter().zip(kinds).enumerate() {
        match kind {
            Kind::Amounts if in_amounts => append(out, line),
            Kind::Amounts => {
                let first = open.len() - first_of_row(&open, lines, kinds, n_names);
                let (before, row) = open.split_at(first);
                out.extend(before.iter().filter_map(|idx| lines.get(*idx)).cloned());
                push_row(row.iter().filter_map(|idx| Some((lines.get(*idx)?, *kinds.get(*idx)?))), line, out);
                open.clear();
                in_amounts = true;
            }
            Kind::Blank => {}
            Kind::Code | Kind::Name | Kind::Edge => {
                in_amounts = false;
                open.push(idx);
            }
        }
    }
    out.extend(open.iter().filter_map(|idx| lines.get(*idx)).cloned());
}

/// How many lines before its amounts most rows have.
fn usual_names(kinds: &[Kind]) -> usize {
    let runs = kinds.split(|kind| *kind == Kind::Amounts);
    let lengths = runs.map(|run| run.iter().filter(|kind| **kind != Kind::Blank).count());
    most(lengths.filter(|n| (1..=MAX_NAMES).contains(n))).unwrap_or(1)
}

/// How many of the open lines are of the row that the next amounts are of: those from its code on, or from where it begins
/// a list, or as many as most rows have.
fn first_of_row(open: &[usize], lines: &[Line], kinds: &[Kind], usual: usize) -> usize {
    let is_code = |idx: usize| kinds.get(idx) == Some(&Kind::Code);
    let last = open.iter().rev().take(MAX_NAMES);
    if let Some(at) = last.clone().position(|idx| is_code(*idx)) {
        return at + last.skip(at).take_while(|idx| is_code(**idx)).count();
    }
    // A total has one name.
    if open.last().and_then(|idx| lines.get(*idx)).is_some_and(|line| is_total(line.text.trim())) {
        return 1;
    }
    let begins = |idx: &usize| lines.get(*idx).is_some_and(|line| opening::begins(line.text.trim()));
    match last.clone().position(begins).filter(|_| usual == 1) {
        Some(at) => at + 1,
        None => usual.min(open.len()),
    }
}

/// Adds a row: pieces of its name are one text, whatever stands before its code is another.
fn push_row<'a>(row: impl Iterator<Item = (&'a Line, Kind)>, amounts: &Line, out: &mut Vec<Line>) {
    let mut whole: Option<Line> = None;
    let mut named = false;
    let mut coded = false;
    for (line, kind) in row {
        let text = line.text.trim();
        match &mut whole {
            None => whole = Some(Line { text: text.to_owned(), ..line.clone() }),
            // 机关事业单位基本养老保险缴费⏎支出
            Some(whole) if named && coded && kind == Kind::Name => whole.text.push_str(text),
            Some(whole) => {
                whole.text.push(' ');
                whole.text.push_str(text);
            }
        }
        coded |= kind == Kind::Code;
        named |= kind == Kind::Name;
    }
    match whole {
        Some(whole) => {
            out.push(whole);
            append(out, amounts);
        }
        None => out.push(amounts.clone()),
    }
}

fn append(out: &mut [Line], line: &Line) {
    if let Some(last) = out.last_mut() {
        last.text.push(' ');
        last.text.push_str(line.text.trim());
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawn;
    use super::*;

    fn shown(text: &str) -> String {
        drawn::after(joined, text)
    }

    #[test]
    fn the_cells_of_a_row_stand_on_one_line() {
        assert_eq!(
            shown("科目编码/科目名称/合计/基本支出/合计/9.00/9.00/201/甲项/8.00/8.00/20103/乙项事务/支出/1.00"),
            "科目编码/科目名称/合计/基本支出/合计 9.00 9.00/201 甲项 8.00 8.00/20103 乙项事务支出 1.00"
        );
    }

    #[test]
    fn rows_of_several_names_have_as_many_as_most() {
        assert_eq!(
            shown("一级/二级/合计/甲/子/1.00/甲/丑/2.00/乙/寅/3.00"),
            "一级/二级/合计/甲/子/1.00/甲/丑/2.00/乙/寅/3.00"
                .replace("/甲/子/1.00", "/甲 子 1.00")
                .replace("甲/丑/2.00", "甲 丑 2.00")
                .replace("乙/寅/3.00", "乙 寅 3.00")
        );
    }

    #[test]
    fn names_without_amounts_stay_and_no_row_goes_over_a_caption() {
        assert_eq!(
            shown("一、甲/二、乙/2.00/三、丙/3.00/单位：元/四、丁"),
            "一、甲/二、乙 2.00/三、丙 3.00/单位：元/四、丁"
        );
    }

    #[test]
    fn the_last_line_of_a_sentence_is_no_name_of_the_next_row() {
        assert_eq!(
            shown("甲/子/1.00/乙/丑/2.00/做好林区的巡护，保障安/全。/丙/寅/3.00"),
            "甲 子 1.00/乙 丑 2.00/做好林区的巡护，保障安/全。/丙 寅 3.00"
        );
        assert_eq!(shown("甲/子/1.00/乙/丑/2.00/全。/丙/3.00"), "甲 子 1.00/乙 丑 2.00/全。/丙 3.00");
    }
}
