//! Dumps of document converters: HTML or pipes tell the cells of their tables, so that none is a guess.

mod html;
mod pipes;
mod sheet;

use crate::read::text::markup::{is_pipe_row, opens_pipes, table_tag};
use crate::read::{DumpLine, DumpPage};
use crate::segment::Layout;
use crate::segment::header::bare;
use crate::segment::page::{PageParts, Part};

use super::line::{self, Line};
use super::placed::{self, PITCH, text};

/// A cell as it is marked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct MarkedCell {
    lines: Vec<String>,
    n_rows: usize,
    n_columns: usize,
}

impl MarkedCell {
    fn new(n_rows: usize, n_columns: usize) -> Self {
        Self { lines: vec![String::new()], n_rows, n_columns }
    }

    fn text(&self) -> String {
        bare(&self.lines.concat())
    }
}

/// The rows of a table, and what its markup says beside them.
#[derive(Debug, Default)]
struct MarkedTable {
    captions: Vec<String>,
    rows: Vec<Vec<MarkedCell>>,
}

/// Reads the pages into the layout.
pub(super) fn segment(pages: &[DumpPage], layout: &mut Layout) {
    let mut tables = Vec::new();
    let plain = take_tables(pages, &mut tables);
    let (lines, heads) = line::body_lines(&plain);
    let mut parts = Vec::new();
    let mut rest = lines.as_slice();
    for page in &plain {
        let n = rest.iter().take_while(|line| line.page == page.number).count();
        let (of_page, after) = rest.split_at(n);
        rest = after;
        parts.push(page_parts(page.number, of_page, &tables));
    }
    placed::lay_out(parts, heads, layout);
}

/// A page's tables as grids, and the lines between them.
fn page_parts(number: u32, lines: &[Line], tables: &[MarkedTable]) -> PageParts {
    let width = lines.iter().map(|line| line.text.chars().count()).max().unwrap_or(0) as f32 * placed::EM;
    // Nothing of a page stands in its margins.
    let mut y = PITCH;
    let mut parts = Vec::new();
    for line in lines {
        if let Some(grid) = table_of(&line.text, tables).and_then(|table| sheet::grid(&table.rows, y)) {
            y = grid.rect.y1 + PITCH;
            parts.push(Part::Grid(grid));
            continue;
        }
        for row in text::rows(std::slice::from_ref(line)) {
            parts.push(Part::Line(placed::text_line(&row, number, y, width)));
        }
        y += PITCH;
    }
    let top = y / (1.0 - 2.0 * placed::MARGIN) * placed::MARGIN;
    for part in &mut parts {
        match part {
            Part::Grid(grid) => placed::lower(grid, top),
            Part::Line(line) => {
                if let Some(rect) = &mut line.provenance.rect {
                    rect.y0 += top;
                    rect.y1 += top;
                }
            }
        }
    }
    PageParts {
        number,
        width,
        height: y + 2.0 * top,
        parts,
        is_unruled: false,
        by_models: false,
        laid_over: Vec::new(),
    }
}

/// A line that stands for a table begins with this sign; it is too short for a running head.
const TABLE: char = '\u{f8ff}';

/// The first of the signs that count tables.
const FIRST: u32 = 0xf_0000;

fn sign(table: usize) -> String {
    let count = u32::try_from(table).ok().and_then(|n| char::from_u32(FIRST + n));
    [Some(TABLE), count].into_iter().flatten().collect()
}

fn table_of<'a>(line: &str, tables: &'a [MarkedTable]) -> Option<&'a MarkedTable> {
    let mut chars = line.chars();
    let (Some(TABLE), Some(count), None) = (chars.next(), chars.next(), chars.next()) else { return None };
    tables.get(u32::from(count).checked_sub(FIRST)? as usize)
}

/// The pages with a sign in place of each table, and their text without markup.
fn take_tables(pages: &[DumpPage], tables: &mut Vec<MarkedTable>) -> Vec<DumpPage> {
    let mut open: Option<String> = None;
    let mut out: Vec<DumpPage> = Vec::new();
    for page in pages {
        let mut lines: Vec<DumpLine> = Vec::new();
        let mut idx = 0;
        while let Some(line) = page.lines.get(idx) {
            let push = |lines: &mut Vec<DumpLine>, text: String| lines.push(DumpLine { number: line.number, text });
            idx += 1;
            if let Some(html) = &mut open {
                html.push('\n');
                html.push_str(&line.text);
            } else if let Some(at) = table_tag(&line.text) {
                let (before, table) = line.text.split_at(at);
                html::lines(before).into_iter().for_each(|text| push(&mut lines, text));
                open = Some(table.to_owned());
            } else if page.lines.get(idx).is_some_and(|next| opens_pipes(&line.text, &next.text)) {
                let rows = page.lines.get(idx - 1..).unwrap_or_default();
                let n = rows.iter().take_while(|line| is_pipe_row(&line.text)).count();
                let table = pipes::table(rows.iter().take(n).map(|line| line.text.as_str()));
                push(&mut lines, sign(tables.len()));
                tables.push(table);
                idx += n - 1;
            } else {
                html::lines(&line.text).into_iter().for_each(|text| push(&mut lines, text));
            }
            while let Some((table, after)) = open.as_deref().and_then(html::split_table) {
                let table = html::table(table);
                let after = after.to_owned();
                table.captions.iter().for_each(|caption| push(&mut lines, caption.clone()));
                push(&mut lines, sign(tables.len()));
                tables.push(table);
                let next = table_tag(&after).unwrap_or(after.len());
                let (between, rest) = after.split_at(next);
                html::lines(between).into_iter().for_each(|text| push(&mut lines, text));
                open = (!rest.is_empty()).then(|| rest.to_owned());
            }
        }
        out.push(DumpPage { number: page.number, lines });
    }
    // A table without an end is one all the same.
    if let (Some(html), Some(page)) = (open, out.last_mut()) {
        let table = html::table(&html);
        let number = page.lines.last().map_or(1, |line| line.number);
        for text in table.captions.iter().cloned().chain([sign(tables.len())]) {
            page.lines.push(DumpLine { number, text });
        }
        tables.push(table);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> (Vec<String>, Vec<Vec<Vec<String>>>) {
        let lines = text.lines().zip(1..).map(|(text, number)| DumpLine { number, text: text.to_owned() }).collect();
        let mut tables = Vec::new();
        let pages = take_tables(&[DumpPage { number: 1, lines }], &mut tables);
        let rows = |table: &MarkedTable| {
            table.rows.iter().map(|row| row.iter().map(MarkedCell::text).collect()).collect::<Vec<Vec<String>>>()
        };
        (pages[0].lines.iter().map(|line| line.text.clone()).collect(), tables.iter().map(rows).collect())
    }

    #[test]
    fn text_before_between_and_behind_tables_is_kept() {
        let (lines, tables) =
            taken("<p>甲</p><table><tr><td>1</td>\n</tr></table>乙<table><tr><td>2</td></tr></table> 丙\n丁");
        assert_eq!(lines, ["甲", &sign(0), "乙", &sign(1), "丙", "丁"]);
        assert_eq!(tables, [[["1"]], [["2"]]]);
    }

    #[test]
    fn a_table_whose_end_is_lost_keeps_its_rows() {
        let (lines, tables) = taken("甲\n<table><tr><td>1</td><td>2");
        assert_eq!((lines.len(), tables), (2, vec![vec![vec!["1".to_owned(), "2".to_owned()]]]));
    }

    #[test]
    fn pipes_end_where_a_line_has_none() {
        let (lines, tables) = taken("# 甲\n| a | b |\n|---|---|\n| | 9.00 |\n乙");
        assert_eq!(lines, ["甲", &sign(0), "乙"]);
        assert_eq!(tables, [[["a", "b"], ["", "9.00"]]]);
    }
}
