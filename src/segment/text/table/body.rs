//! The lines under a table's head are divided into column headers, rows, notes, and what is no table any more.

use super::super::item::{Class, Item, Numbered, class, column_numbers, is_code, is_row, items};
use super::super::line::Line;
use super::super::narrative::{is_part_heading, is_sentence};
use crate::segment::opening::{is_coded, is_enumerated};
use crate::terms::header::is_total;
use crate::terms::header_traits::CODE_LEVELS;

/// A header has at most this many text lines.
pub(super) const MAX_HEADER_LINES: usize = 40;

/// The lines of a table by what they are.
#[derive(Debug, Default)]
pub(in crate::segment::text) struct Body {
    pub(super) header: Vec<Line>,
    /// What the column-number row tells.
    pub(super) numbered: Option<Numbered>,
    /// Lines of rows, those of blank cells among them.
    pub(super) rows: Vec<Line>,
    pub(super) notes: Vec<Line>,
    pub(super) headings: Vec<Line>,
    /// Whether lines of several rows stood between each other.
    pub(super) interleaved: bool,
    /// How many of the lines are the table's.
    pub(super) n_lines: usize,
}

/// Divides the lines after a caption.
pub(super) fn divide(lines: &[Line]) -> Body {
    let mut body = Body::default();
    let end = end_of_table(lines);
    body.n_lines = end;
    let mut in_header = true;
    let mut in_notes = false;
    let mut idx = 0;
    while let Some(line) = lines.get(idx).filter(|_| idx < end) {
        idx += 1;
        if line.is_blank() {
            if !in_header && !line.text.is_empty() {
                body.rows.push(line.clone());
            }
            in_notes = false;
            continue;
        }
        if is_part_heading(&line.text) {
            body.headings.push(Line { text: line.text.trim().to_owned(), ..line.clone() });
            continue;
        }
        if is_note(&line.text) || in_notes {
            body.notes.push(line.clone());
            in_notes = true;
            in_header = false;
            continue;
        }
        let items = items(&line.text);
        if let Some(numbered) = column_numbers(&items) {
            body.numbered.get_or_insert(numbered);
            in_header = false;
            continue;
        }
        // 类 款 项 合计 9.00: the levels of the code, and the first row on the same line.
        if let Some((levels, row)) = levels_in_front(line).filter(|_| in_header && !body.header.is_empty()) {
            body.header.push(levels);
            body.rows.push(row);
            in_header = false;
            continue;
        }
        if in_header && (body.header.is_empty() || (body.header.len() < MAX_HEADER_LINES && is_header_line(&items))) {
            body.header.push(line.clone());
            continue;
        }
        // The header is printed again on each page, by some programs after the rows and in another order.
        let is_again =
            |line: &Line| !line.is_blank() && body.header.iter().any(|known| known.text.trim() == line.text.trim());
        if !in_header && is_again(line) {
            let n_again = lines.get(idx..end).unwrap_or_default().iter().take_while(|line| is_again(line)).count();
            if n_again > 0 || items.len() > 1 {
                idx += n_again;
                continue;
            }
        }
        in_header = false;
        body.rows.push(line.clone());
    }
    body
}

/// The levels of a code and the row behind them, where one line has both.
fn levels_in_front(line: &Line) -> Option<(Line, Line)> {
    let mut rest = line.text.as_str();
    for level in CODE_LEVELS {
        rest = rest.trim_start().strip_prefix(level)?.strip_prefix(' ')?;
    }
    let levels = Line { text: CODE_LEVELS.join(" "), ..line.clone() };
    is_row(rest).then(|| (levels, Line { text: rest.trim_start().to_owned(), ..line.clone() }))
}

/// 注：…, 备注：…, 说明：…
fn is_note(text: &str) -> bool {
    let bare = text.trim_start();
    ["注", "备注", "说明"]
        .iter()
        .any(|word| bare.strip_prefix(word).is_some_and(|rest| rest.starts_with(['：', ':', '1', '１'])))
}

/// Whether a line can still be of the header: no amount, no code, no blank cell, no total with nothing but blanks.
fn is_header_line(items: &[Item]) -> bool {
    let mut texts = items.iter().filter_map(Item::text).map(str::trim);
    let blanks = items.contains(&Item::Blank);
    let first = texts.clone().next().unwrap_or_default();
    let row_like = is_code(first)
        || is_coded(first)
        || is_enumerated(first)
        || (is_total(first)
            && texts.clone().skip(1).all(|text| class(text) != Class::Words)
            && texts.clone().count() > 1);
    !blanks && !row_like && texts.all(|text| class(text) == Class::Words)
}

/// Where the narrative begins again: at a sentence, with the headings before it.
fn end_of_table(lines: &[Line]) -> usize {
    let is_text = |idx: &usize| lines.get(*idx).is_some_and(|line| !line.is_blank());
    let texts: Vec<usize> = (0..lines.len()).filter(is_text).collect();
    let text = |at: usize| texts.get(at).and_then(|idx| lines.get(*idx)).map_or("", |line| line.text.as_str());
    let mut in_note = false;
    let mut end = texts.len();
    for at in 0..texts.len() {
        in_note |= is_note(text(at));
        if (is_sentence(text(at)) && !is_row(text(at)) && !in_note) || is_lump(text(at)) {
            end = at;
            break;
        }
        // A heading of a part stands above the next table, or ends the tables altogether: rows go on after the first.
        if is_part_heading(text(at)) && !goes_on(&texts, lines, at + 1) {
            end = at;
            break;
        }
        in_note &= texts.get(at + 1).zip(texts.get(at)).is_some_and(|(next, this)| *next == this + 1);
    }
    // Headings before the sentence belong to it: lines without amounts or blank cells that are enumerated.
    while end > 0 && end < texts.len() {
        let above = text(end - 1);
        let plain = items(above).iter().all(|item| matches!(item, Item::Text(text) if class(text) == Class::Words));
        if plain && (is_enumerated(above.trim()) || is_part_heading(above)) {
            end -= 1;
        } else {
            break;
        }
    }
    texts.get(end).copied().unwrap_or(lines.len())
}

/// A word that runs so many amounts together is a page or a table whose cells the dump does not part.
const AMOUNTS_OF_LUMP: usize = 6;

/// Whether a line runs the cells of many rows together, so that none can be told from the next.
fn is_lump(text: &str) -> bool {
    let is_amount_end =
        |bytes: &[u8]| matches!(bytes, [before, b'.', a, b] if [before, a, b].iter().all(|byte| byte.is_ascii_digit()));
    text.split(' ')
        .any(|word| word.as_bytes().windows(4).filter(|bytes| is_amount_end(bytes)).count() >= AMOUNTS_OF_LUMP)
}

/// Whether the next line of text reads as a row: it has an amount or a blank cell.
fn goes_on(texts: &[usize], lines: &[Line], at: usize) -> bool {
    texts.get(at).and_then(|idx| lines.get(*idx)).is_some_and(|line| {
        !is_sentence(&line.text) && items(&line.text).iter().any(|item| item.is_amount() || *item == Item::Blank)
    })
}
