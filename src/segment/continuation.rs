//! Grids become tables and forms; those that go on over pages are joined.

use crate::provenance::Provenance;
use crate::segment::form::{self, OpenForm};
use crate::segment::grid::Grid;
use crate::segment::header::{self, Columns, bare};
use crate::segment::page::{PageParts, Part};
use crate::segment::{Cell, Region, TableRegion, TextLine, broken, caption, table};

/// Column edges of one table may lie this many points apart on two pages, as a share of the table's width.
const SAME_EDGE: f32 = 0.008;

/// So many of a table's column edges must be found again in a grid that goes on with it without a header.
const SAME_EDGES: f32 = 0.8;

/// A grid with fewer columns may have the sides of a table by chance.
const MIN_COLUMNS: usize = 3;

/// A running head stands on at least this many pages.
const MIN_RUNNING: usize = 3;

/// Running heads and page numbers stand in these shares of the page's height, from the top and from the bottom.
const MARGIN: f32 = 0.1;

/// What the grids and lines of all pages make.
pub struct Assembled {
    /// Tables and forms in reading order.
    pub regions: Vec<Region>,
    /// Lines that belong to none of them, with the captions' enumerated titles, page by page.
    pub lines: Vec<TextLine>,
    /// What stands in the margins of several pages, without white space.
    pub running_heads: Vec<String>,
}

struct OpenTable {
    region: TableRegion,
    columns: Columns,
    depth: usize,
    title: Option<String>,
    /// The grid so far and where its header starts, while there is no body row: the header may go on.
    headed: Option<(Grid, usize)>,
    /// The last page's grid.
    tail: Option<Tail>,
}

/// The last grid of a table, for cells that its page's end cuts.
struct Tail {
    grid: Grid,
    /// For cells that reach the grid's end, the table's row where they begin.
    rows: Vec<(usize, usize)>,
}

enum Open {
    Nothing,
    Table(OpenTable),
    Form(OpenForm),
}

impl Open {
    fn close(self, regions: &mut Vec<Region>) {
        match self {
            Self::Nothing => {}
            Self::Table(open) => regions.push(Region::Table(open.region)),
            Self::Form(open) => regions.push(Region::Form(open.region)),
        }
    }
}

/// Joins what stands on the pages.
pub fn assemble(pages: Vec<PageParts>) -> Assembled {
    let running = running_heads(&pages);
    let mut out = Assembled { regions: Vec::new(), lines: Vec::new(), running_heads: Vec::new() };
    let mut open = Open::Nothing;
    let mut above: Vec<TextLine> = Vec::new();
    for page in pages {
        let number = page.number;
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
                    let foot = if has_grid { Vec::new() } else { lines_before.clone() };
                    out.lines.extend(lines_before);
                    let mut lines = std::mem::take(&mut above);
                    if has_grid {
                        take_notes(&mut open, &mut lines);
                    }
                    has_grid = true;
                    open = place(open, &grid, number, lines, foot, &mut out);
                }
            }
        }
        if has_grid {
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
fn place(
    open: Open,
    grid: &Grid,
    page: u32,
    mut lines: Vec<TextLine>,
    mut foot: Vec<TextLine>,
    out: &mut Assembled,
) -> Open {
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
    let depth = header::depth(grid, start);
    match open {
        Open::Table(mut table) => {
            if let Some(whole) = table.with_rest_of_header(grid, page, &caption, n_lines) {
                table.restart(whole, page);
                return Open::Table(table);
            }
            if let Some(body) = table.body_start(grid, start, depth, page, &caption, n_lines) {
                table.append(grid, body, page);
                return Open::Table(table);
            }
            Open::Table(table).close(&mut out.regions);
        }
        Open::Form(mut form) => {
            if form.goes_on(grid, start, page, &caption, n_lines) {
                form.append(grid, start, page);
                return Open::Form(form);
            }
            Open::Form(form).close(&mut out.regions);
        }
        Open::Nothing => {}
    }
    if !caption::has_title(&caption) && !inner_title && n_lines == 0 {
        let mut from_foot = caption::take(&mut foot);
        if caption::has_title(&from_foot) {
            from_foot.append(&mut caption);
            caption = from_foot;
        }
    }
    if form::is_form(grid, start) {
        return Open::Form(OpenForm::begin(grid, start, page, caption));
    }
    let mut columns = header::columns(grid, start, depth);
    if columns.paths.len() < 2 {
        return Open::Nothing;
    }
    let grid = &header::take_code_levels(grid, start + depth, &mut columns);
    let title = title(&caption);
    let region = TableRegion { caption, columns: columns.paths.clone(), ..TableRegion::default() };
    let mut table = OpenTable { region, columns, depth, title, headed: None, tail: None };
    table.append(grid, start + depth, page);
    table.headed = table.region.rows.is_empty().then(|| (grid.clone(), start));
    Open::Table(table)
}

/// Ruled rows without text: what is left of a table that ended on the page before, or nothing.
fn place_blank(mut open: Open, grid: &Grid, page: u32, n_lines_above: usize) -> Open {
    if let Open::Table(table) = &mut open
        && table.body_start(grid, 0, 0, page, &[], n_lines_above).is_some()
    {
        table.append(grid, 0, page);
    }
    open
}

impl OpenTable {
    fn append(&mut self, grid: &Grid, start: usize, page: u32) {
        let goes_on = self.region.pages.last().is_some_and(|&last| last < page);
        let (mended, carried) = if goes_on { self.mend(grid, start, page) } else { (grid.clone(), Vec::new()) };
        let mut body = table::body(&mended, page, start, &self.columns);
        if self.region.pages.last() != Some(&page) {
            self.region.pages.push(page);
        }
        let n_before = self.region.rows.len();
        let mut rows_of_cells = carried;
        for (id, cell) in grid.cells.iter().enumerate() {
            if let Some(i) = body.grid_rows.iter().position(|&row| row == cell.row)
                && cell.row + cell.n_rows == grid.n_rows()
                && !rows_of_cells.iter().any(|(carried, _)| *carried == id)
            {
                rows_of_cells.push((id, n_before + i));
            }
        }
        self.tail = Some(Tail { grid: grid.clone(), rows: rows_of_cells });
        self.region.rows.append(&mut body.rows);
        self.region.notes.append(&mut body.notes);
    }

    /// Gives the text of cells that the page's end cut to the rows where they begin.
    ///
    /// Returns the grid without it, and for each such cell of the grid the row where it begins.
    fn mend(&mut self, grid: &Grid, start: usize, page: u32) -> (Grid, Vec<(usize, usize)>) {
        let mut mended = grid.clone();
        let mut carried = Vec::new();
        let Some(tail) = &self.tail else { return (mended, carried) };
        for join in broken::joins(&tail.grid, grid, start) {
            let upper = &tail.grid.cells[join.above];
            let Some(&(_, row)) = tail.rows.iter().find(|(id, _)| *id == join.above) else { continue };
            let column = self.columns.at(upper.rect.x0, upper.rect.x1);
            let Some(slot) = self.region.rows.get_mut(row).and_then(|r| r.cells.get_mut(column)) else { continue };
            carried.push((join.below, row));
            let lower = &mut mended.cells[join.below];
            let n_twice = broken::n_twice(&upper.lines, &lower.lines);
            lower.lines.drain(..n_twice);
            if lower.is_blank() {
                continue;
            }
            match slot {
                Some(cell) => cell.text.push_str(&lower.text()),
                None => {
                    *slot = Some(Cell {
                        text: lower.text(),
                        provenance: Provenance::at(page, lower.rect),
                        n_columns: lower.n_columns as u16,
                        n_rows: lower.n_rows as u16,
                        guessed: false,
                    });
                }
            }
            lower.lines.clear();
        }
        (mended, carried)
    }

    /// The grid of a header whose first rows ended the page before, with the rows of this page.
    fn with_rest_of_header(&self, grid: &Grid, page: u32, caption: &[TextLine], n_lines_above: usize) -> Option<Grid> {
        let (head, _) = self.headed.as_ref()?;
        let tolerance = SAME_EDGE * head.rect.width();
        let same_sides =
            (head.rect.x0 - grid.rect.x0).abs() <= tolerance && (head.rect.x1 - grid.rect.x1).abs() <= tolerance;
        let goes_on = self.region.pages.last() == Some(&(page - 1)) && caption.is_empty() && n_lines_above == 0;
        (same_sides && goes_on && grid.n_columns() > head.n_columns()).then(|| head.above(grid, tolerance))
    }

    /// Reads the table anew from a grid with its whole header.
    fn restart(&mut self, whole: Grid, page: u32) {
        let Some((_, start)) = self.headed.take() else { return };
        self.depth = header::depth(&whole, start);
        self.columns = header::columns(&whole, start, self.depth);
        self.region.columns = self.columns.paths.clone();
        self.append(&whole, start + self.depth, page);
    }

    /// The first body row of a grid that goes on with this table; `None` where it begins another one.
    fn body_start(
        &self,
        grid: &Grid,
        start: usize,
        depth: usize,
        page: u32,
        caption: &[TextLine],
        n_lines_above: usize,
    ) -> Option<usize> {
        let &last = self.region.pages.last()?;
        if page > last + 1 {
            return None;
        }
        let named = title(caption);
        if named.is_some() && named.as_deref().map(without_mark) != self.title.as_deref().map(without_mark) {
            return None;
        }
        let repeats = |depth: usize| {
            depth > 0
                && start + depth <= grid.n_rows()
                && header::texts(grid, start, start + depth) == self.columns.texts
        };
        for depth in [self.depth, depth] {
            if repeats(depth) && (page > last || named.is_some()) {
                return Some(start + depth);
            }
        }
        // 续 over a page's rows, or nothing at all.
        let is_named_anew = named.is_some() && page > last;
        let goes_on_without_header = (is_named_anew || n_lines_above == 0) && self.has_edges_of(grid);
        goes_on_without_header.then_some(start)
    }

    /// Whether a grid has the column edges of this table; a lone 合计 row has fewer, being merged.
    fn has_edges_of(&self, grid: &Grid) -> bool {
        let edges = &self.columns.edges;
        let (Some(&left), Some(&right)) = (edges.first(), edges.last()) else { return false };
        let tolerance = SAME_EDGE * (right - left);
        let near = |a: f32, b: f32| (a - b).abs() <= tolerance;
        let share = |of: &[f32], among: &[f32]| {
            of.iter().filter(|&&a| among.iter().any(|&b| near(a, b))).count() as f32 / of.len() as f32
        };
        let same_sides = near(grid.rect.x0, left) && near(grid.rect.x1, right);
        share(edges, &grid.xs) >= SAME_EDGES
            || (same_sides && grid.n_columns() >= MIN_COLUMNS && share(&grid.xs, edges) >= SAME_EDGES)
    }
}

fn title(caption: &[TextLine]) -> Option<String> {
    caption.iter().find(|l| caption::part(&l.text) == Some(caption::CaptionPart::Title)).map(|l| bare(&l.text))
}

/// A title without the mark of a continuation.
fn without_mark(title: &str) -> &str {
    title.trim_end_matches(['）', ')']).trim_end_matches("续表").trim_end_matches('续').trim_end_matches(['（', '('])
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
        Open::Table(table) => table,
        Open::Form(form) => {
            let n = lines.iter().take_while(|line| form::is_footer(line)).count();
            form.region.footer.extend(lines.drain(..n));
            return;
        }
        Open::Nothing => return,
    };
    if !lines.first().is_some_and(|line| table::is_note(&line.text)) {
        return;
    }
    // A note runs on until its size or its left edge says that something else begins.
    let size = lines[0].size;
    let mut n = 1;
    while n < lines.len()
        && caption::part(&lines[n].text).is_none()
        && (lines[n].size - size).abs() < 0.1 * size
        && !lines[n].centered
        && !is_enumerated(&lines[n].text)
    {
        n += 1;
    }
    for line in lines.drain(..n) {
        match table.region.notes.last_mut() {
            Some(last) if !table::is_note(&line.text) => last.text.push_str(&line.text),
            _ => table.region.notes.push(line),
        }
    }
}

/// Lines that stand in the margins of several pages with the same text.
fn running_heads(pages: &[PageParts]) -> Vec<String> {
    let mut seen: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for page in pages {
        for part in &page.parts {
            let Part::Line(line) = part else { continue };
            if in_margin(line, page.height) && caption::part(&line.text).is_none() {
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
