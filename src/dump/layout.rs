//! What `segment` made of the pages.

use crate::dump::fact::{At, Facts, Pages, Path, Pt, Quoted};
use crate::segment::{Cell, FormRegion, Layout, NarrativeRegion, Region, TableRegion, TextLine};

/// The regions in reading order, tables and forms counted from 1.
pub(super) fn layout(layout: &Layout, facts: &mut Facts) {
    facts.source(&layout.source);
    let (mut n_tables, mut n_forms) = (0, 0);
    for region in &layout.regions {
        match region {
            Region::Table(region) => {
                n_tables += 1;
                table(&format!("table {n_tables}"), region, facts);
            }
            Region::Form(region) => {
                n_forms += 1;
                form(&format!("form {n_forms}"), region, facts);
            }
            Region::Narrative(region) => narrative(region, facts),
        }
    }
    facts.notes(&layout.notes);
}

fn table(name: &str, region: &TableRegion, facts: &mut Facts) {
    facts.over(
        &region.pages,
        format_args!(
            "{name} pages {} columns {} rows {}",
            Pages(&region.pages),
            region.columns.len(),
            region.rows.len()
        ),
    );
    for line in &region.caption {
        text_line(name, "caption", line, facts);
    }
    for (i, path) in region.columns.iter().enumerate() {
        facts.over(&region.pages, format_args!("{name} column {i} {}", Path(path)));
    }
    for (row_idx, row) in region.rows.iter().enumerate() {
        facts.on(row.provenance.page, format_args!("{name} row {row_idx} {}", At(row.provenance)));
        for (column_idx, cell) in row.cells.iter().enumerate() {
            let Some(cell) = cell else { continue };
            let place = At(cell.provenance);
            facts.on(
                cell.provenance.page,
                format_args!("{name} cell {row_idx},{column_idx} {place}{} {}", extent(cell), Quoted(&cell.text)),
            );
        }
    }
    for line in &region.notes {
        text_line(name, "note", line, facts);
    }
}

/// Spans and guesses; nothing for an ordinary cell.
fn extent(cell: &Cell) -> String {
    let mut extent = spans(cell.n_columns.into(), cell.n_rows.into());
    if let Some(doubt) = cell.doubt {
        extent.push_str(&format!(" guessed {}", doubt.code()));
    }
    extent
}

/// How many columns and rows a cell covers; nothing for an ordinary one.
pub(crate) fn spans(n_columns: usize, n_rows: usize) -> String {
    let mut spans = String::new();
    if n_columns > 1 {
        spans.push_str(&format!(" columns {n_columns}"));
    }
    if n_rows > 1 {
        spans.push_str(&format!(" rows {n_rows}"));
    }
    spans
}

fn text_line(name: &str, what: &str, line: &TextLine, facts: &mut Facts) {
    let size = if line.size > 0.0 { format!(" size {}", Pt(line.size)) } else { String::new() };
    let centered = if line.centered { " centered" } else { "" };
    let bold = if line.bold { " bold" } else { "" };
    facts.on(
        line.provenance.page,
        format_args!("{name} {what} {}{size}{centered}{bold} {}", At(line.provenance), Quoted(&line.text)),
    );
}

fn form(name: &str, region: &FormRegion, facts: &mut Facts) {
    facts.over(&region.pages, format_args!("{name} pages {} cells {}", Pages(&region.pages), region.cells.len()));
    for line in &region.caption {
        text_line(name, "caption", line, facts);
    }
    for cell in &region.cells {
        facts.on(
            cell.provenance.page,
            format_args!(
                "{name} cell {},{} {}{} {}",
                cell.row,
                cell.column,
                At(cell.provenance),
                spans(cell.n_columns.into(), cell.n_rows.into()),
                Path(&cell.lines)
            ),
        );
    }
    for line in &region.footer {
        text_line(name, "footer", line, facts);
    }
}

fn narrative(region: &NarrativeRegion, facts: &mut Facts) {
    for block in &region.blocks {
        let place = At(block.provenance);
        match block.heading {
            Some(level) => {
                facts.on(block.provenance.page, format_args!("heading {level} {place} {}", Quoted(&block.text)));
            }
            None => facts.on(block.provenance.page, format_args!("paragraph {place} {}", Quoted(&block.text))),
        }
    }
}
