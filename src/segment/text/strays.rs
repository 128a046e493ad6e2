//! Pieces of a row's name that an extractor wrote at the head of the page, before the table that they belong to.

use std::cell::LazyCell;

use super::line::Line;
use super::narrative::{is_part_heading, is_sentence};
use super::spacing::tidy;
use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::segment::opening::is_enumerated;
use crate::segment::{TableRegion, TableRow};

/// At most this many lines slip up; more are the table before, or narrative.
const MAX_STRAYS: usize = 2;

/// A piece of a name is no longer than this.
const MAX_STRAY_CHARS: usize = 24;

/// The lines straight above a table's head that head its page and are no text of their own.
pub(super) fn strays(lines: &[Line], head: usize) -> &[Line] {
    let Some(first) = lines.get(head) else { return &[] };
    let above = lines.get(..head).unwrap_or_default();
    let n_strays =
        above.iter().rev().take(MAX_STRAYS + 1).take_while(|line| line.page == first.page && !line.is_blank());
    let strays = above.get(head - n_strays.count()..).unwrap_or_default();
    let fits = |line: &Line| {
        let text = line.text.trim();
        text.chars().count() <= MAX_STRAY_CHARS
            && !is_sentence(text)
            && !is_part_heading(text)
            && !is_enumerated(text)
            && !text.contains(['：', ':', '.'])
            && text.chars().any(char::is_alphabetic)
    };
    let heads_page = strays.first().is_some_and(|line| line.heads_page);
    if strays.len() <= MAX_STRAYS && heads_page && strays.iter().all(fits) { strays } else { &[] }
}

/// A report has no more bytes of text; in more the pieces of a name are not looked for.
const MAX_DOCUMENT: usize = 1 << 20;

/// The text of the document without white space, in which pieces of names are looked for.
pub(super) fn document(lines: &[Line]) -> String {
    let mut document = String::new();
    for word in lines.iter().flat_map(Line::words) {
        if document.len() + word.len() > MAX_DOCUMENT {
            break;
        }
        document.push_str(word);
    }
    document
}

/// Gives the pieces back to the one row whose name lacks its beginning; false where no row does.
pub(super) fn complete(
    region: &mut TableRegion,
    strays: &[Line],
    document: &LazyCell<String, impl FnOnce() -> String>,
    notes: &mut Vec<Note>,
) -> bool {
    if strays.is_empty() {
        return true;
    }
    let lacking: Vec<usize> = (0..region.rows.len()).filter(|row| lacks_beginning(&region.rows, *row)).collect();
    let [row] = lacking.as_slice() else { return false };
    let Some(cell) = region.rows.get_mut(*row).and_then(|row| row.cells.iter_mut().flatten().next()) else {
        return false;
    };
    let written: String = strays.iter().map(|line| line.text.as_str()).collect();
    let (indent, beginning) = in_order(&written, document);
    let after = format!("{indent}{beginning}{}", cell.text);
    let message = format!("name-pieces: `{}` and `{}` read as `{}`", written.trim(), cell.text, after.trim());
    notes.push(Note::new(NoteKind::TextRepaired, message, Provenance::page(cell.provenance.page)));
    cell.text = after;
    true
}

/// Whether a row's name stands without the indent that the names above and below it have.
fn lacks_beginning(rows: &[TableRow], row: usize) -> bool {
    let name = |row: Option<usize>| {
        row.and_then(|row| rows.get(row))
            .and_then(|row| row.cells.iter().flatten().next())
            .map(|cell| cell.text.as_str())
    };
    let indented = |name: Option<&str>| name.is_some_and(|name| name.starts_with('\u{3000}'));
    name(Some(row)).is_some_and(|name| !name.starts_with('\u{3000}'))
        && indented(name(row.checked_sub(1)))
        && indented(name(row.checked_add(1)))
}

/// The indent and the text of pieces in the order of reading.
///
/// The indent that begins every name stands at the end where the runs of a line were written backwards. Which
/// characters were one run is not known: the order that the document itself has elsewhere is taken.
fn in_order(written: &str, document: &LazyCell<String, impl FnOnce() -> String>) -> (String, String) {
    let core = written.trim_end_matches('\u{3000}');
    let indent: String = written.chars().skip(core.chars().count()).collect();
    if indent.is_empty() {
        return (String::new(), tidy(written));
    }
    let runs = runs(core.trim());
    let reversed: String = runs.iter().rev().copied().collect();
    let known = orders(&runs).into_iter().find(|order| document.contains(order.as_str()));
    (indent, known.unwrap_or(reversed))
}

/// Runs of Latin letters and digits, and of other characters.
fn runs(text: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut start = 0;
    let mut before: Option<bool> = None;
    for (at, ch) in text.char_indices() {
        let latin = ch.is_ascii();
        if before.is_some_and(|before| before != latin) {
            runs.extend(text.get(start..at));
            start = at;
        }
        before = Some(latin);
    }
    runs.extend(text.get(start..));
    runs
}

/// The runs backwards, with each run of Chinese characters cut in two at each place.
fn orders(runs: &[&str]) -> Vec<String> {
    let mut found = vec![runs.iter().rev().copied().collect::<String>()];
    for (idx, run) in runs.iter().enumerate() {
        for (at, _) in run.char_indices().skip(1).filter(|_| !run.is_ascii()) {
            let (first, second) = run.split_at(at);
            let mut order = String::new();
            for (other, text) in runs.iter().enumerate().rev() {
                if other == idx {
                    order.push_str(second);
                    order.push_str(first);
                } else {
                    order.push_str(text);
                }
            }
            found.push(order);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::Cell;

    fn lines(text: &str) -> Vec<Line> {
        let mut heads_page = true;
        text.lines()
            .map(|text| {
                let line = Line { page: 1, text: text.into(), heads_page };
                heads_page = false;
                line
            })
            .collect()
    }

    fn region(names: &[&str]) -> TableRegion {
        let provenance = Provenance::page(1);
        let cell =
            |text: &&str| Cell { text: (*text).into(), provenance, n_columns: 1, n_rows: 1, doubt: None, inset: None };
        let rows = names.iter().map(|name| TableRow { cells: vec![Some(cell(name))], provenance }).collect();
        TableRegion { rows, ..TableRegion::default() }
    }

    #[test]
    fn a_piece_above_the_head_of_a_table_goes_to_the_row_without_beginning() {
        let lines = lines("系统管理IT\u{3000}\n2031年某表\n正文说IT管理系统已经建成。");
        let strays = strays(&lines, 1);
        assert_eq!(strays.len(), 1);
        let mut region = region(&["\u{3000}甲", "升级", "\u{3000}乙"]);
        assert!(complete(&mut region, strays, &LazyCell::new(|| document(&lines)), &mut Vec::new()));
        let names: Vec<&str> =
            region.rows.iter().flat_map(|row| row.cells.iter().flatten()).map(|cell| cell.text.as_str()).collect();
        assert_eq!(names, ["\u{3000}甲", "\u{3000}IT管理系统升级", "\u{3000}乙"]);
    }

    #[test]
    fn sentences_and_headings_above_a_table_are_no_pieces() {
        for above in ["一、收入情况", "附件：", "以下各表反映本部门的收支情况，请予审阅。", "第二部分 某某"]
        {
            assert!(strays(&lines(&format!("{above}\n2031年某表")), 1).is_empty(), "{above}");
        }
    }

    #[test]
    fn without_a_row_that_lacks_its_beginning_nothing_is_changed() {
        let lines = lines("某某说明\n2031年某表");
        let document = LazyCell::new(|| document(&lines));
        assert!(!complete(&mut region(&["甲", "乙"]), strays(&lines, 1), &document, &mut Vec::new()));
    }
}
