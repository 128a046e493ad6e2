//! Grids become tables and forms with the lines that belong to them; the rest is narrative.

use crate::segment::continuation::{OpenTable, is_mark};
use crate::segment::form::{self, OpenForm};
use crate::segment::grid::Grid;
use crate::segment::header::{self, bare};
use crate::segment::narrative::may_run;
use crate::segment::page::{PageParts, Part};
use crate::segment::{Region, TextLine, caption, table};
use crate::terms::enumerator;
use crate::terms::statement::unit;

/// A running head stands on at least this many pages.
const MIN_RUNNING: usize = 3;

/// Running heads and page numbers stand in these shares of the page's height, from the top and from the bottom.
const MARGIN: f32 = 0.1;

/// A centred line that begins this many ems right of a note is no part of it.
const SET_IN: f32 = 3.0;

/// What the grids and lines of all pages make.
pub struct Assembled {
    /// Tables and forms in reading order.
    pub regions: Vec<Region>,
    /// Lines that belong to none of them, with the captions' enumerated titles, page by page.
    pub lines: Vec<TextLine>,
    /// What stands in the margins of several pages, without white space.
    pub running_heads: Vec<String>,
    /// How many of the last lines stood on the foot of the page before the grid at hand.
    n_foot: usize,
    /// How many pages between the page at hand and the one before it show again what is there already.
    n_repeated: u32,
    /// Whether models read the page at hand.
    by_models: bool,
}

enum Open {
    Nothing,
    /// A table, and the form that begins in its grid if the next page shows one.
    Table(Box<OpenTable>, Option<Box<OpenForm>>),
    Form(Box<OpenForm>),
}

impl Open {
    /// Whether it is a table whose last part stands on a page.
    fn ends_on(&self, page: u32) -> bool {
        matches!(self, Self::Table(table, _) if table.region.pages.last() == Some(&page))
    }

    fn close(self, regions: &mut Vec<Region>) {
        match self {
            Self::Nothing => {}
            Self::Table(open, _) => regions.push(Region::Table(open.region)),
            Self::Form(open) => regions.push(Region::Form(open.region)),
        }
    }
}

/// Joins what stands on the pages.
pub fn assemble(pages: Vec<PageParts>) -> Assembled {
    let running = running_heads(&pages);
    let (regions, lines, running_heads) = Default::default();
    let mut out = Assembled { regions, lines, running_heads, n_foot: 0, n_repeated: 0, by_models: false };
    let mut open = Open::Nothing;
    let mut above: Vec<TextLine> = Vec::new();
    let mut before: Option<u32> = None;
    for page in pages {
        let number = page.number;
        out.by_models = page.by_models;
        out.n_repeated = before.replace(number).map_or(0, |before| number.saturating_sub(before + 1));
        // A title may stand on the foot of the page before: lines are kept until a grid or a second page break.
        let mut n_from_before = above.len();
        let mut has_grid = false;
        for part in page.parts {
            match part {
                Part::Line(line) => {
                    if !is_furniture(&line, page.height, &running) {
                        above.push(line);
                    }
                }
                Part::Grid(grid) => {
                    let lines_before: Vec<TextLine> = above.drain(..n_from_before).collect();
                    n_from_before = 0;
                    out.n_foot = lines_before.len();
                    out.lines.extend(lines_before);
                    let mut lines = std::mem::take(&mut above);
                    if has_grid || (out.n_foot == 0 && open.ends_on(number - 1)) {
                        take_notes(&mut open, &mut lines);
                    }
                    has_grid = true;
                    open = place(open, &grid, number, lines, &mut out);
                }
            }
        }
        if has_grid || (n_from_before == 0 && open.ends_on(number - 1)) {
            take_notes(&mut open, &mut above);
        }
        if n_from_before > 0 {
            out.lines.extend(above.drain(..n_from_before));
        }
    }
    out.lines.append(&mut above);
    open.close(&mut out.regions);
    out.running_heads = running;
    out
}

/// Puts one grid with the lines above it where it belongs.
fn place(open: Open, grid: &Grid, page: u32, mut lines: Vec<TextLine>, out: &mut Assembled) -> Open {
    let foot_end = out.lines.len();
    if !matches!(open, Open::Nothing) {
        lines.retain(|line| !is_mark(&line.text));
    }
    let mut caption = caption::take(&mut lines);
    let (start, inner) = caption::in_grid(grid, page);
    let inner_title = caption::has_title(&inner);
    caption.extend(inner);
    let n_lines = lines.len();
    out.lines.extend(caption.iter().filter(|l| is_enumerated(&l.text)).cloned());
    out.lines.append(&mut lines);
    if grid.is_blank() {
        return place_blank(open, grid, page, n_lines);
    }
    let drawn = grid;
    let grid = &*header::part_shared_row(drawn, start);
    let depth = header::depth(grid, start);
    let next = page - out.n_repeated;
    match open {
        Open::Table(_, Some(form))
            if form.goes_on(drawn, start..drawn.n_rows(), next, &caption, n_lines) && form::confirms(drawn, start) =>
        {
            return place_form(Some(form), drawn, start, page, caption, out);
        }
        Open::Table(mut table, form) => {
            if let Some(whole) = table.with_rest_of_header(grid, next, &caption, n_lines) {
                table.restart(whole, page);
                return Open::Table(table, None);
            }
            if n_lines == 0 && table.takes_beside(grid, start, depth, page, &caption) {
                return Open::Table(table, None);
            }
            if let Some(body) = table.body_start(grid, start, depth, next, (&caption, n_lines), out.by_models) {
                let rows = start..drawn.n_rows();
                let form = form.filter(|form| form.goes_on(drawn, rows.clone(), next, &caption, n_lines));
                keep_other_unit(&mut table.region.caption, caption);
                table.append(grid, body, page);
                return Open::Table(
                    table,
                    form.map(|mut form| {
                        form.append(drawn, rows, page);
                        form
                    }),
                );
            }
            Open::Table(table, None).close(&mut out.regions);
        }
        Open::Form(form) => {
            let end = form::next_forms(drawn, start, true).first().copied().unwrap_or(drawn.n_rows());
            if form.goes_on(drawn, start..end, next, &caption, n_lines) {
                return place_form(Some(form), drawn, start, page, caption, out);
            }
            Open::Form(form).close(&mut out.regions);
        }
        Open::Nothing => {}
    }
    if n_lines == 0 {
        let mut foot = out.lines[foot_end - out.n_foot..foot_end].to_vec();
        let mut from_foot = if caption::has_title(&caption) || inner_title {
            caption::take_number(&mut foot, &caption)
        } else {
            Some(caption::take(&mut foot)).filter(|from_foot| caption::has_title(from_foot)).unwrap_or_default()
        };
        if !from_foot.is_empty() {
            out.lines.splice(foot_end - out.n_foot..foot_end, foot);
            from_foot.append(&mut caption);
            caption = from_foot;
        }
    }
    if form::is_form(drawn, start) {
        return place_form(None, drawn, start, page, caption, out);
    }
    let may_be_form = form::may_begin(drawn, start);
    let form = may_be_form.then(|| Box::new(OpenForm::begin(drawn, start..drawn.n_rows(), page, caption.clone())));
    let table = OpenTable::begin(grid, start, depth, page, caption);
    table.map_or(Open::Nothing, |table| Open::Table(Box::new(table), form))
}

/// Puts a grid into a form, new or from the page before, and begins the forms that stand below it in the same grid.
fn place_form(
    open: Option<Box<OpenForm>>,
    grid: &Grid,
    start: usize,
    page: u32,
    caption: Vec<TextLine>,
    out: &mut Assembled,
) -> Open {
    let mut starts = form::next_forms(grid, start, open.is_some());
    let mut rows = start..starts.first().copied().unwrap_or(grid.n_rows());
    let mut form = match open {
        Some(mut form) => {
            form.append(grid, rows.clone(), page);
            form
        }
        None => Box::new(OpenForm::begin(grid, rows.clone(), page, caption)),
    };
    starts.push(grid.n_rows());
    for end in starts.into_iter().skip(1) {
        rows = rows.end..end;
        Open::Form(form).close(&mut out.regions);
        form = Box::new(OpenForm::begin(grid, rows.clone(), page, Vec::new()));
    }
    Open::Form(form)
}

/// Ruled rows without text: what is left of a table that ended on the page before, or nothing.
fn place_blank(mut open: Open, grid: &Grid, page: u32, n_lines_above: usize) -> Open {
    if let Open::Table(table, _) = &mut open
        && table.body_start(grid, 0, 0, page, (&[], n_lines_above), false).is_some()
    {
        table.append(grid, 0, page);
    }
    open
}

/// A unit that a table prints anew where it goes on, and that is another one, is kept: one of the two is wrong.
fn keep_other_unit(caption: &mut Vec<TextLine>, above_rest: Vec<TextLine>) {
    let printed: Vec<&str> = caption.iter().filter_map(|line| unit(&line.text)).collect();
    let is_other =
        |line: &TextLine| unit(&line.text).is_some_and(|unit| !printed.is_empty() && !printed.contains(&unit));
    let other = above_rest.into_iter().find(is_other);
    let only_unit = |text: &str| text.split('\t').find(|part| unit(part).is_some()).unwrap_or(text).to_owned();
    caption.extend(other.map(|line| TextLine { text: only_unit(&line.text), ..line }));
}

/// Whether a caption line carries an enumerator and so is a heading of the narrative too.
fn is_enumerated(text: &str) -> bool {
    let bare = bare(text);
    let numeral = bare.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).count();
    numeral > 0 && bare.chars().nth(numeral) == Some('、')
}

/// Lines right below a table that explain it leave the narrative.
fn take_notes(open: &mut Open, lines: &mut Vec<TextLine>) {
    let table = match open {
        Open::Table(table, _) => table,
        Open::Form(form) => return form.take_footer(lines),
        Open::Nothing => return,
    };
    if !lines.first().is_some_and(|line| table::is_note(&line.text)) {
        return;
    }
    // A note runs on until its size or its left edge says that something else begins.
    let size = lines[0].size;
    let left = lines[0].provenance.rect.map_or(0.0, |r| r.x0);
    let is_set_in = |line: &TextLine| line.provenance.rect.is_some_and(|r| r.x0 > left + SET_IN * size);
    let mut n = 1;
    let mut item = note_item(&lines[0].text);
    while n < lines.len()
        && caption::part(&lines[n].text).is_none()
        && (lines[n].size - size).abs() < 0.1 * size
        && !(lines[n].centered && is_set_in(&lines[n]))
        && !caption::is_part_heading(&bare(&lines[n].text))
    {
        if is_enumerated(&lines[n].text) {
            // 注：一、…, and 二、… below it.
            let next = enumerator::number(&lines[n].text);
            if item.is_none() || next != item.map(|item| item + 1) {
                break;
            }
            item = next;
        }
        n += 1;
    }
    let page = lines[0].provenance.page;
    if table.region.pages.last() != Some(&page) {
        table.region.pages.push(page);
    }
    for line in lines.drain(..n) {
        match table.region.notes.last_mut() {
            Some(last) if !table::is_note(&line.text) => last.text.push_str(&line.text),
            _ => table.region.notes.push(line),
        }
    }
}

/// The number that the text of a note begins with: 1 of 注：一、….
fn note_item(note: &str) -> Option<u32> {
    let (_, text) = note.split_once(['：', ':'])?;
    is_enumerated(text).then(|| enumerator::number(text))?
}

/// Lines that stand in the margins of several pages with the same text.
fn running_heads(pages: &[PageParts]) -> Vec<String> {
    let mut seen: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for page in pages {
        for part in &page.parts {
            let Part::Line(line) = part else { continue };
            if in_margin(line, page.height) && may_run(&line.text) && caption::part(&line.text).is_none() {
                *seen.entry(bare(&line.text)).or_default() += 1;
            }
        }
    }
    seen.into_iter().filter(|(_, n)| *n >= MIN_RUNNING).map(|(text, _)| text).collect()
}

fn in_margin(line: &TextLine, page_height: f32) -> bool {
    line.provenance.rect.is_some_and(|r| r.y1 < MARGIN * page_height || r.y0 > (1.0 - MARGIN) * page_height)
}

/// Page numbers and running heads.
fn is_furniture(line: &TextLine, page_height: f32, running: &[String]) -> bool {
    if !in_margin(line, page_height) {
        return false;
    }
    let text = bare(&line.text);
    let inner = text.trim_matches(|c: char| matches!(c, '-' | '—' | '–' | '－' | '―' | '第' | '页' | '·' | '~' | '/'));
    let is_number = !inner.is_empty() && inner.len() <= 4 && inner.bytes().all(|b| b.is_ascii_digit());
    is_number || running.binary_search(&text).is_ok()
}
