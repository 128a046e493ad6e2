//! What `segment` made of the page: cells with their spans, headers, forms, lines, and the order of reading.

use crate::dump::spans;
use crate::geom::Rect;
use crate::render::svg::Svg;
use crate::segment::grid::{Grid, GridCell};
use crate::segment::header::bare;
use crate::segment::page::{PageParts, Part};
use crate::segment::{FormRegion, Layout, Region, TableRegion, TextLine};

/// The parts of the layout that stand on the page.
struct OnPage<'a> {
    number: u32,
    /// Tables with their number in the document, from 1 as in the dump of the stage.
    tables: Vec<(usize, &'a TableRegion)>,
    forms: Vec<(usize, &'a FormRegion)>,
    /// Headings and paragraphs that begin on this page or the one before, without white space.
    blocks: Vec<(bool, String)>,
}

/// Layers of the layout; gives lines for the legend.
pub(super) fn layout(parts: &PageParts, layout: &Layout, svg: &mut Svg) -> Vec<String> {
    let page = OnPage::of(layout, parts.number);
    svg.group("cells", |svg| page.tables.iter().for_each(|(n, table)| page.cells(*n, table, svg)));
    svg.group("forms", |svg| page.forms.iter().for_each(|(n, form)| page.form(*n, form, svg)));
    let mut headers = Vec::new();
    let mut left_out = Vec::new();
    for grid in grids(parts) {
        for cell in page.outside_rows(grid) {
            let name = page.header_of(cell);
            match name {
                Some(table) => {
                    headers.push((cell, format!("table {table} header{}", spans(cell.n_columns, cell.n_rows))))
                }
                None => left_out.push((cell, "in no row, header or form".to_owned())),
            }
        }
    }
    for (class, cells) in [("headers", &headers), ("left-out", &left_out)] {
        svg.group(class, |svg| {
            for (cell, name) in cells {
                svg.rect(&cell.rect, None, &format!("{name}: {}", cell.text()));
            }
        });
    }
    svg.group("lines", |svg| lines(parts).for_each(|line| page.line(line, svg)));
    svg.group("order", |svg| order(parts, svg));
    let named = |name: &str, numbers: Vec<usize>| {
        let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
        if numbers.is_empty() { format!("no {name}") } else { format!("{name} {}", numbers.join(", ")) }
    };
    vec![format!(
        "{} (green cells, {} yellow header cells), {} (violet), {} grid cells in neither (grey); discs: reading order",
        named("table", page.tables.iter().map(|(n, _)| *n).collect()),
        headers.len(),
        named("form", page.forms.iter().map(|(n, _)| *n).collect()),
        left_out.len()
    )]
}

impl<'a> OnPage<'a> {
    fn of(layout: &'a Layout, number: u32) -> Self {
        let mut page = Self { number, tables: Vec::new(), forms: Vec::new(), blocks: Vec::new() };
        let (mut n_tables, mut n_forms) = (0, 0);
        for region in &layout.regions {
            match region {
                Region::Table(table) => {
                    n_tables += 1;
                    if table.pages.contains(&number) {
                        page.tables.push((n_tables, table));
                    }
                }
                Region::Form(form) => {
                    n_forms += 1;
                    if form.pages.contains(&number) {
                        page.forms.push((n_forms, form));
                    }
                }
                Region::Narrative(narrative) => {
                    let near = narrative
                        .blocks
                        .iter()
                        .filter(|block| block.provenance.page <= number && number - block.provenance.page <= 1);
                    page.blocks.extend(near.map(|block| (block.heading.is_some(), bare(&block.text))));
                }
            }
        }
        page
    }

    fn cells(&self, n: usize, table: &TableRegion, svg: &mut Svg) {
        for (row_idx, row) in table.rows.iter().enumerate() {
            for (column_idx, cell) in row.cells.iter().enumerate() {
                let Some(cell) = cell.as_ref().filter(|cell| cell.provenance.page == self.number) else { continue };
                let Some(rect) = cell.provenance.rect else { continue };
                let spans = spans(cell.n_columns.into(), cell.n_rows.into());
                let class = (!spans.is_empty()).then_some("spans");
                svg.rect(&rect, class, &format!("table {n} cell {row_idx},{column_idx}{spans}: {}", cell.text));
            }
        }
    }

    fn form(&self, n: usize, form: &FormRegion, svg: &mut Svg) {
        for cell in form.cells.iter().filter(|cell| cell.provenance.page == self.number) {
            let Some(rect) = cell.provenance.rect else { continue };
            let spans = spans(cell.n_columns.into(), cell.n_rows.into());
            let class = (!spans.is_empty()).then_some("spans");
            let text = cell.lines.join(" / ");
            svg.rect(&rect, class, &format!("form {n} cell {},{}{spans}: {text}", cell.row, cell.column));
        }
    }

    /// The cells with text of a grid that no row of a table and no form on this page has.
    fn outside_rows<'g>(&self, grid: &'g Grid) -> Vec<&'g GridCell> {
        let rows = self.tables.iter().flat_map(|(_, table)| &table.rows).map(|row| row.provenance);
        let forms = self.forms.iter().flat_map(|(_, form)| &form.cells).map(|cell| cell.provenance);
        let mut taken: Vec<Rect> = rows.chain(forms).filter(|p| p.page == self.number).filter_map(|p| p.rect).collect();
        taken.sort_by(|a, b| a.y0.total_cmp(&b.y0));
        // Rows and cells that begin far above a point do not reach it, but for spans.
        let tallest = taken.iter().map(Rect::height).fold(0.0, f32::max);
        let is_taken = |cell: &GridCell| {
            let (x, y) = (cell.rect.center_x(), cell.rect.center_y());
            let end = taken.partition_point(|rect| rect.y0 <= y);
            let near = taken.iter().take(end).rev().take_while(|rect| rect.y0 + tallest >= y);
            near.take(MAX_LOOKED_AT).any(|rect| rect.contains(x, y))
        };
        grid.cells.iter().filter(|cell| !cell.is_blank() && !is_taken(cell)).collect()
    }

    /// The table on this page that has the cell's text in a header path.
    fn header_of(&self, cell: &GridCell) -> Option<usize> {
        let text = bare(&cell.text());
        let in_path = |table: &TableRegion| table.columns.iter().flatten().any(|part| *part == text);
        self.tables.iter().find(|(_, table)| in_path(table)).map(|(n, _)| *n)
    }

    fn line(&self, line: &TextLine, svg: &mut Svg) {
        let Some(rect) = line.provenance.rect else { return };
        let class = self.class_of(line);
        svg.rect(&rect, Some(class), &format!("{class}: {}", line.text));
    }

    /// What became of a line outside of grids.
    fn class_of(&self, line: &TextLine) -> &'static str {
        let is_it = |other: &TextLine| other.provenance == line.provenance;
        if self.tables.iter().any(|(_, table)| table.caption.iter().chain(&table.notes).any(is_it)) {
            return "caption";
        }
        if self.forms.iter().any(|(_, form)| form.caption.iter().chain(&form.footer).any(is_it)) {
            return "form";
        }
        let text = bare(&line.text);
        match self.blocks.iter().find(|(_, block)| block.contains(&text)) {
            Some((true, _)) => "heading",
            Some((false, _)) => "paragraph",
            None => "unused",
        }
    }
}

/// Of the rectangles that may cover a point, so many are looked at: keeps a page of any size quick.
const MAX_LOOKED_AT: usize = 4_000;

fn grids(parts: &PageParts) -> impl Iterator<Item = &Grid> {
    parts.parts.iter().filter_map(|part| match part {
        Part::Grid(grid) => Some(grid),
        Part::Line(_) => None,
    })
}

fn lines(parts: &PageParts) -> impl Iterator<Item = &TextLine> {
    parts.parts.iter().filter_map(|part| match part {
        Part::Line(line) => Some(line),
        Part::Grid(_) => None,
    })
}

/// A grid's number stands at its top, a line's at its middle; points.
const TALL: f32 = 40.0;

/// How far left of its part a number stands, in points: clear of the first glyph.
const BADGE_GAP: f32 = 8.0;

/// Grids and lines counted in the order they are read.
fn order(parts: &PageParts, svg: &mut Svg) {
    let rects = parts.parts.iter().filter_map(|part| match part {
        Part::Grid(grid) => Some(grid.rect),
        Part::Line(line) => line.provenance.rect,
    });
    for (rect, n) in rects.zip(1_usize..) {
        // Beside the first line of a grid, and in the middle of a line.
        let y = if rect.height() > TALL { rect.y0 } else { rect.center_y() };
        svg.badge(rect.x0 - BADGE_GAP, y, n);
    }
}
