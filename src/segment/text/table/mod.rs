//! One table of a dump: its head, column headers and rows.

mod around_code;
mod binding;
mod body;
pub(super) mod doubt;
pub(super) mod evidence;
mod expected;
mod fit;
mod header_names;
pub(super) mod proof;
mod prose;
mod rows;
mod sides;
mod solve;
pub(super) mod sums;
mod unsure;
pub(super) mod uses;
mod word;

use super::caption::{Caption, Part};

use super::header::{Expected, Header, Headers};
use super::line::{Line, text_line};
use super::order::{self, Written};
use crate::note::Note;
use crate::segment::cost::{Cost, head};
use crate::segment::doubt::{Doubt, note};
use crate::segment::header::bare;
use crate::segment::{TableRegion, TableRow, TextLine};
use crate::terms::column::ColumnRole;
use crate::terms::header::{HeaderWord, is_total};
pub(super) use body::Body;
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

/// What stands under the head of a table, up to the next head of a table or form.
pub(super) fn body(lines: &[Line]) -> Body {
    let (lines, interleaved) = prose::joined(lines);
    let mut body = body::divide(&lines);
    body.interleaved = interleaved;
    body.rows = around_code::joined(body.rows);
    body
}

/// Has the headers of a dump's tables tell how its lines are ordered.
pub(super) fn weigh<'a>(bodies: impl Iterator<Item = &'a Body>, headers: &mut Headers) {
    headers.weigh(bodies.map(|body| (body.header.as_slice(), expected::expected(&body.rows, body.numbered))));
}

/// Reads the table under a caption. Of a dump that is `written` by columns only the tables that show rows are read.
pub(super) fn table(
    caption: &Caption,
    head: &[Line],
    mut body: Body,
    (shown, evidence, headers): (&Shown, &mut Evidence, &mut Headers),
    written: Written,
    notes: &mut Vec<Note>,
) -> Stretch {
    if headers.by_height {
        body.rows = around_code::joined_by_height(body.rows);
    }
    // Rows that are not to be told are not guessed.
    let header = if written == Written::Columns && order::is_of_cells(&body.rows) {
        None
    } else {
        header_of(&mut body, headers)
    };
    let mut region = TableRegion { caption: caption_lines(caption, head), ..TableRegion::default() };
    if let Some(Header { paths, roles, rivalled }) = header {
        let loses_blanks = proof::loses_blanks(&body.rows, &roles);
        if loses_blanks {
            trim_ends(&mut body.rows);
        }
        let fitted = rows::rows(&body.rows, &fit::Columns::new(&roles, &paths));
        let mut rows = binding::settle(fitted, &paths, &roles, evidence);
        let known = (written == Written::Cells || body.interleaved).then_some(Doubt::OrderUnclear);
        let known = known.or(rivalled.then_some(Doubt::HeaderRivalled));
        let known = known.or_else(|| proof::lacking(shown, loses_blanks, &rows, &paths, &roles));
        unsure::mark(&mut rows, &body.rows, &paths, &roles, known);
        note(&rows, notes);
        evidence.learn(&rows, &paths, &roles);
        region.columns = paths.into_iter().map(|path| path.iter().map(|cell| bare(cell)).collect()).collect();
        region.rows = rows;
    }
    region.notes = body.notes.iter().map(|line| text_line(line.text.trim(), line.page)).collect();
    region.pages = pages(&region, head, &body.rows);
    Stretch { region, headings: body.headings, n_lines: body.n_lines }
}

/// Takes the spaces from the ends of rows, where they stand for some blank cells and not for others.
fn trim_ends(rows: &mut [Line]) {
    for line in rows {
        line.text.truncate(line.text.trim_end_matches(' ').len());
    }
}

/// The texts of a row's cells that are no amounts by their column.
fn names<'a>(row: &'a TableRow, roles: &'a [ColumnRole]) -> impl Iterator<Item = &'a str> {
    texts(row, roles, |role| role != ColumnRole::Amount)
}

/// The texts of a row's cells in columns that hold what is wanted.
fn texts<'a>(
    row: &'a TableRow,
    roles: &'a [ColumnRole],
    is_wanted: impl Fn(ColumnRole) -> bool,
) -> impl Iterator<Item = &'a str> {
    let cells = row.cells.iter().zip(roles).filter(move |(_, role)| is_wanted(**role));
    cells.filter_map(|(cell, _)| cell.as_ref().map(|cell| cell.text.trim()))
}

/// How many lines at the foot of a header may be rows whose blank cells are lost.
const MAX_ROWS_IN_HEADER: usize = 2;

/// The column headers. A row of a name alone reads like the last line of the header: where the header is the better
/// for it, the line is given back to the rows.
fn header_of(body: &mut Body, headers: &mut Headers) -> Option<Header> {
    let expected = expected::expected(&body.rows, body.numbered);
    // Of a header that is printed again it is known where it ends, however many lines the name below it has.
    if let Some((n_lines, header)) = headers.again(&body.header).filter(|_| body.numbered.is_none()) {
        let below = body.header.get(n_lines..).unwrap_or_default();
        if !below.is_empty() && below.iter().all(|line| is_single(line) && !HeaderWord::begins(line.text.trim())) {
            let given = body.header.split_off(n_lines);
            body.rows.splice(0..0, given);
            return Some(header);
        }
    }
    let mut best: Option<(Cost, usize, Header)> = None;
    for n_rows in 0..=MAX_ROWS_IN_HEADER.min(body.header.len().saturating_sub(1)) {
        let (kept, given) = body.header.split_at(body.header.len() - n_rows);
        if !given.iter().all(is_single) || (n_rows > 0 && body.numbered.is_some()) {
            break;
        }
        let doubts = given.iter().map(|line| row_doubt(&line.text, kept)).sum::<Cost>();
        let limit = best.as_ref().map_or(Cost::MAX, |(known, ..)| known.saturating_sub(doubts));
        if let Some((cost, header)) = headers.header(kept, &expected, limit)
            && best.as_ref().is_none_or(|(known, ..)| cost + doubts < *known)
        {
            best = Some((cost + doubts, n_rows, header));
        }
    }
    match best {
        Some((_, n_rows, header)) => {
            let given = body.header.split_off(body.header.len() - n_rows);
            headers.know(&body.header, &header);
            body.rows.splice(0..0, given);
            Some(header)
        }
        None => headers.unlikely(&body.header, &expected).or_else(|| plain_header(&body.header, &expected)),
    }
}

fn is_single(line: &Line) -> bool {
    line.words().count() == 1
}

/// How unlikely it is that a line is a row.
fn row_doubt(text: &str, header: &[Line]) -> Cost {
    if matches!(HeaderWord::of(text.trim()), Some(HeaderWord::Code | HeaderWord::Label | HeaderWord::Text)) {
        return head::NAMES_AS_NAME;
    }
    let expense = |text: &str| text.ends_with('费') || text.ends_with("费用");
    let row = is_total(text) || (expense(text.trim()) && !header.iter().flat_map(Line::words).any(expense));
    if row { head::LIKELY_ROW } else { head::ROW }
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
        .map(|column| wanted.roles.get(column).copied().flatten().unwrap_or(ColumnRole::Amount))
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
