//! One table of a dump: its head, column headers and rows.

mod binding;
mod body;
pub(super) mod doubt;
pub(super) mod evidence;
mod expected;
mod fit;
pub(super) mod proof;
mod rows;
mod solve;
mod sums;
mod word;

use super::caption::{Caption, Part};

use super::header::{Expected, Header, Role, header};
use super::item::{Class, Item, class, items};
use super::line::{Line, text_line};
use super::spacing::squeezed;
use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::segment::{TableRegion, TableRow, TextLine};
use crate::terms::header::{HeaderWord, is_subtotal, is_total};
use body::Body;
use evidence::Evidence;
use proof::Shown;

/// What a stretch of the dump after a table's head holds.
pub(super) struct Stretch {
    /// The table.
    pub(super) region: TableRegion,
    /// Headings of the narrative that stood among the rows: they are printed above the table.
    pub(super) headings: Vec<Line>,
    /// How many lines of the stretch the table takes; what follows is narrative.
    pub(super) n_lines: usize,
}

/// Reads the table under a caption; `lines` are those after it, up to the next head of a table or form.
pub(super) fn table(
    caption: &Caption,
    head: &[Line],
    lines: &[Line],
    (shown, evidence): (&Shown, &mut Evidence),
    notes: &mut Vec<Note>,
) -> Stretch {
    let mut body = body::divide(lines);
    let header = header_of(&mut body);
    let mut region = TableRegion { caption: caption_lines(caption, head), ..TableRegion::default() };
    if let Some(Header { paths, roles, rivalled }) = header {
        let fitted = rows::rows(&body.rows, &fit::Columns::new(&roles, &paths));
        let mut rows = binding::settle(fitted, &paths, &roles, evidence);
        let is_misread = is_short(&body.rows, paths.len())
            || words_in_amounts(&rows, &roles)
            || has_amount_for_name(&rows, &roles)
            || doubt::is_contradicted(&rows, &paths, &roles)
            || doubt::has_stray_total(&rows, &paths, &roles)
            || doubt::is_misfit(&rows, &paths)
            || shows_no_blanks(&body.rows, &rows, &roles)
            || shows_no_rows(&body.rows)
            || proof::is_lacking(shown, &rows, &paths, &roles)
            || rivalled;
        let has_decimals = has_decimals(&rows, &roles);
        let are_named = are_named(&rows, &roles);
        for row in &mut rows {
            let is_nameless = !is_identified(row, &roles) || (are_named && !is_named(row, &roles));
            if is_misread || is_nameless || has_code_for_amount(row, &roles) || (has_decimals && has_piece(row, &roles))
            {
                doubt_amounts(row, &roles);
            }
        }
        note_guesses(&rows, notes);
        evidence.learn(&rows, &paths, &roles);
        region.columns = paths.into_iter().map(|path| path.iter().map(|cell| squeezed(cell)).collect()).collect();
        region.rows = rows;
    }
    region.notes = body.notes.iter().map(|line| text_line(line.text.trim(), line.page)).collect();
    region.pages = pages(&region, head, &body.rows);
    Stretch { region, headings: body.headings, n_lines: body.n_lines }
}

/// Whether rows show more cells than the header has columns: then the header is misread, and where amounts stand too.
fn is_short(rows: &[Line], n_columns: usize) -> bool {
    let n_longer = rows
        .iter()
        .map(|line| items(&line.text))
        .filter(|items| {
            // Blank cells at the end of a line are told by its last spaces alone, and say nothing.
            let n_shown = items.iter().rposition(|item| matches!(item, Item::Text(_))).map_or(0, |last| last + 1);
            let has_amount = items.iter().any(|i| matches!(i, Item::Text(text) if class(text) == Class::Amount));
            has_amount && n_shown > n_columns
        })
        .count();
    n_longer >= LONGER_ROWS
}

/// One row too long may be damaged; so many say that the header is misread.
const LONGER_ROWS: usize = 2;

/// Whether blank cells are lost and few rows show a text in every column: then the header alone tells the columns, and
/// sums that place the amounts cannot confirm them.
fn shows_no_blanks(lines: &[Line], rows: &[TableRow], roles: &[Role]) -> bool {
    let has_blanks = lines.iter().any(|line| items(&line.text).contains(&Item::Blank));
    let is_full =
        |row: &TableRow| row.cells.iter().zip(roles).all(|(cell, role)| cell.is_some() || *role != Role::Amount);
    !has_blanks && rows.iter().filter(|row| is_full(row)).count() * 2 < rows.len()
}

/// Whether most amounts stand alone on a line: then the dump parts cells and not rows, and what belongs together is
/// counted out.
fn shows_no_rows(lines: &[Line]) -> bool {
    let (mut n_alone, mut n_beside) = (0, 0);
    for line in lines {
        let items = items(&line.text);
        let is_amount = |item: &&Item| matches!(item, Item::Text(text) if class(text) == Class::Amount);
        let n_amounts = items.iter().filter(is_amount).count();
        *(if items.len() == 1 { &mut n_alone } else { &mut n_beside }) += n_amounts;
    }
    n_alone > n_beside
}

/// Whether words stand in columns of amounts: columns have changed places.
fn words_in_amounts(rows: &[TableRow], roles: &[Role]) -> bool {
    let has_words = |row: &&TableRow| amounts(row, roles).any(|text| class(text) == Class::Words);
    rows.iter().filter(has_words).count() >= LONGER_ROWS
}

/// The texts of a row's amount cells.
fn amounts<'a>(row: &'a TableRow, roles: &'a [Role]) -> impl Iterator<Item = &'a str> {
    let cells = row.cells.iter().zip(roles).filter(|(_, role)| **role == Role::Amount);
    cells.filter_map(|(cell, _)| cell.as_ref().map(|cell| cell.text.trim()))
}

/// Whether a table prints its amounts with decimals.
fn has_decimals(rows: &[TableRow], roles: &[Role]) -> bool {
    let (mut n_all, mut n_with) = (0usize, 0usize);
    for text in rows.iter().flat_map(|row| amounts(row, roles)) {
        n_all += 1;
        n_with += usize::from(text.contains('.'));
    }
    n_with * 10 > n_all * 8
}

/// Whether a row among amounts with decimals has one without: a piece of a number that was cut in two.
fn has_piece(row: &TableRow, roles: &[Role]) -> bool {
    amounts(row, roles).any(|text| !text.contains('.') && text.bytes().any(|b| matches!(b, b'1'..=b'9')))
}

/// Whether an amount stands where names do, beside a word: the header lacks a column.
fn has_amount_for_name(rows: &[TableRow], roles: &[Role]) -> bool {
    let is_shifted = |row: &TableRow| {
        let texts = || row.cells.iter().zip(roles).filter_map(|(cell, role)| Some((cell.as_ref()?.text.trim(), *role)));
        let is_amount = |text: &str| (class(text) == Class::Amount && text.contains('.')) || text == "0";
        texts().any(|(text, role)| role != Role::Amount && is_amount(text)) && texts().any(|(text, _)| is_word(text))
    };
    rows.iter().any(is_shifted)
}

fn is_word(text: &str) -> bool {
    class(text) == Class::Words
}

/// Whether a row has a number among its amounts that reads as a part of a code or a place: 201, 04.
fn has_code_for_amount(row: &TableRow, roles: &[Role]) -> bool {
    amounts(row, roles).any(|text| class(text) == Class::Number && matches!(text.len(), 2 | 3))
}

/// Whether a row says what its amounts are for; one that does not has lost its name to another line, and 小计 does not
/// say of what.
fn is_identified(row: &TableRow, roles: &[Role]) -> bool {
    names(row, roles).any(|text| class(text) != Class::Amount && !is_subtotal(text))
        && !names(row, roles).any(doubt::is_glued)
}

/// Whether a row says so in words, and not by a code alone.
fn is_named(row: &TableRow, roles: &[Role]) -> bool {
    names(row, roles).any(is_word)
}

/// The texts of a row's cells that are no amounts by their column.
fn names<'a>(row: &'a TableRow, roles: &'a [Role]) -> impl Iterator<Item = &'a str> {
    let cells = row.cells.iter().zip(roles).filter(|(_, role)| **role != Role::Amount);
    cells.filter_map(|(cell, _)| cell.as_ref().map(|cell| cell.text.trim()))
}

/// Whether nearly all rows of a table are named.
fn are_named(rows: &[TableRow], roles: &[Role]) -> bool {
    rows.iter().filter(|row| is_named(row, roles)).count() * 10 > rows.len() * NAMED_TENTHS
}

/// Where so many of ten rows are named, the others have lost their names.
const NAMED_TENTHS: usize = 7;

/// Marks the columns of a row's amounts as guesses, those among names too: the header may be what is misread.
fn doubt_amounts(row: &mut TableRow, roles: &[Role]) {
    for (cell, role) in row.cells.iter_mut().zip(roles) {
        if let Some(cell) = cell {
            cell.guessed |= match role {
                Role::Amount => true,
                Role::Code => class(&cell.text) == Class::Amount,
                Role::Label | Role::Text => class(&cell.text) != Class::Words,
            };
        }
    }
}

/// How many lines at the foot of a header may be rows whose blank cells are lost.
const MAX_ROWS_IN_HEADER: usize = 2;

/// The column headers. A row of a name alone reads like the last line of the header: where the header is the better
/// for it, the line is given back to the rows.
fn header_of(body: &mut Body) -> Option<Header> {
    let mut best: Option<(u32, usize, Header)> = None;
    for n_rows in 0..=MAX_ROWS_IN_HEADER.min(body.header.len().saturating_sub(1)) {
        let (kept, given) = body.header.split_at(body.header.len() - n_rows);
        let single = |line: &Line| line.words().count() == 1;
        if !given.iter().all(single) || (n_rows > 0 && body.numbered.is_some()) {
            break;
        }
        let doubts = given.iter().map(|line| row_doubt(&line.text, kept)).sum::<u32>();
        let expected = expected::expected(&body.rows, body.numbered);
        if let Some((cost, header)) = header(kept, &expected)
            && best.as_ref().is_none_or(|(known, ..)| cost + doubts < *known)
        {
            best = Some((cost + doubts, n_rows, header));
        }
    }
    match best {
        Some((_, n_rows, header)) => {
            let given = body.header.split_off(body.header.len() - n_rows);
            body.rows.splice(0..0, given);
            Some(header)
        }
        None => plain_header(&body.header, &expected::expected(&body.rows, body.numbered)),
    }
}

/// That a line of the header is a row is this unlikely.
const ROW_IN_HEADER: u32 = 6;

/// A row named like the column of names, 科目名称, is this unlikely.
const NAMES_AS_NAME: u32 = 40;

/// How unlikely it is that a line is a row: totals are likely, and so is 某某费 where no column is an expense of that kind.
fn row_doubt(text: &str, header: &[Line]) -> u32 {
    if matches!(HeaderWord::of(text.trim()), Some(HeaderWord::Code | HeaderWord::Label | HeaderWord::Text)) {
        return NAMES_AS_NAME;
    }
    let expense = |text: &str| text.ends_with('费') || text.ends_with("费用");
    let row = is_total(text) || (expense(text.trim()) && !header.iter().flat_map(Line::words).any(expense));
    if row { 1 } else { ROW_IN_HEADER }
}

/// A header that no tree fits: its last cells, one a column.
fn plain_header(lines: &[Line], expected: &[Expected]) -> Option<Header> {
    let wanted = expected.iter().min_by_key(|expected| expected.doubt)?;
    let words: Vec<String> = lines.iter().flat_map(Line::words).map(str::to_owned).collect();
    if words.is_empty() || wanted.n_columns == 0 {
        return None;
    }
    let skipped = words.len().saturating_sub(wanted.n_columns);
    let mut leaves: Vec<String> = words.into_iter().skip(skipped).collect();
    let last = leaves.last().cloned().unwrap_or_default();
    leaves.resize(wanted.n_columns, last);
    let roles = (0..wanted.n_columns)
        .map(|column| wanted.roles.get(column).copied().flatten().unwrap_or(Role::Amount))
        .collect();
    Some(Header { paths: leaves.into_iter().map(|leaf| vec![leaf]).collect(), roles, rivalled: true })
}

/// The caption as a page would show it, each part on a line.
fn caption_lines(caption: &Caption, head: &[Line]) -> Vec<TextLine> {
    let page = head.first().map_or(1, |line| line.page);
    let text = |part: &Part| match part {
        Part::Title(text) | Part::Number(text) | Part::Department(text) | Part::Unit(text) | Part::Year(text) => {
            text.trim().to_owned()
        }
    };
    caption.parts.iter().map(|part| text_line(text(part), page)).collect()
}

/// Every page that the table has a part on.
fn pages(region: &TableRegion, head: &[Line], body: &[Line]) -> Vec<u32> {
    let mut pages: Vec<u32> = head.iter().chain(body).filter(|line| !line.is_blank()).map(|line| line.page).collect();
    pages.extend(region.notes.iter().map(|line| line.provenance.page));
    pages.sort_unstable();
    pages.dedup();
    pages
}

/// One note for each row with a cell whose column is a guess.
pub(super) fn note_guesses(rows: &[TableRow], notes: &mut Vec<Note>) {
    for row in rows {
        let guessed = row.guessed();
        if guessed.is_empty() {
            continue;
        }
        let label = row.cells.iter().flatten().find(|cell| !cell.guessed).map_or("", |cell| cell.text.trim());
        let message = format!(
            "blank cells are lost in the row `{label}`: the columns of {} are the likeliest",
            guessed.join(", ")
        );
        notes.push(Note::new(NoteKind::ColumnGuessed, message, Provenance::page(row.provenance.page)));
    }
}
