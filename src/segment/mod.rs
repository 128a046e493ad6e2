//! A [`CleanDocument`] becomes a [`Layout`]: tables with header paths and rows, form grids, narrative.

mod as_read;
pub mod assemble;
mod beside;
pub mod broken;
pub mod caption;
mod caption_part;
pub mod cell;
pub mod continuation;
mod cost;
pub mod doubt;
pub mod form;
pub mod grid;
pub mod header;
mod heights;
mod least_cost;
pub mod line;
mod missing_wall;
pub mod narrative;
mod neighbours;
mod opening;
pub mod page;
mod printed_again;
pub mod run;
mod scanned;
mod scanned_form;
mod seen;
pub mod table;
pub mod text;
mod unread;
mod unruled;
mod wrapped;

use std::collections::{BTreeMap, BTreeSet};

use crate::geom::Inset;
use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::read::{Piece, Source};
use crate::repair::{CleanBody, CleanDocument};

use doubt::Doubt;

/// What stands on the pages, in reading order.
#[derive(Clone, Debug)]
pub struct Layout {
    /// What kind of file it was.
    pub source: Source,
    /// The lines of the cover, or of the title above the first page's text.
    pub cover: Vec<TextLine>,
    /// What stands at the head or foot of several pages, without white space.
    pub running_heads: Vec<String>,
    /// Tables, forms and narrative in reading order.
    pub regions: Vec<Region>,
    /// What models read of each page that is a picture, where it is seen.
    pub pieces: BTreeMap<u32, Vec<Piece>>,
    /// Notes of this stage and the earlier ones.
    pub notes: Vec<Note>,
}

impl Layout {
    /// Changes every place that it tells of, but for those of its notes.
    fn change_places(&mut self, change: impl Fn(&mut Provenance)) {
        let of_lines = |lines: &mut [TextLine]| lines.iter_mut().for_each(|line| change(&mut line.provenance));
        of_lines(&mut self.cover);
        for region in &mut self.regions {
            match region {
                Region::Table(table) => {
                    of_lines(&mut table.caption);
                    of_lines(&mut table.notes);
                    for row in &mut table.rows {
                        change(&mut row.provenance);
                        row.cells.iter_mut().flatten().for_each(|cell| change(&mut cell.provenance));
                    }
                }
                Region::Form(form) => {
                    of_lines(&mut form.caption);
                    of_lines(&mut form.footer);
                    form.cells.iter_mut().for_each(|cell| change(&mut cell.provenance));
                }
                Region::Narrative(narrative) => {
                    narrative.blocks.iter_mut().for_each(|block| change(&mut block.provenance));
                }
            }
        }
    }
}

/// A part of the document of one nature.
#[derive(Clone, Debug)]
pub enum Region {
    /// A table with column headers.
    Table(TableRegion),
    /// A declaration form: a grid of labels and values.
    Form(FormRegion),
    /// Headings and paragraphs.
    Narrative(NarrativeRegion),
}

/// One table, continuation pages joined.
#[derive(Clone, Debug, Default)]
pub struct TableRegion {
    /// Every page that it has a part on, ascending.
    pub pages: Vec<u32>,
    /// Lines that belong to its head, above the column headers: number, title, department, unit.
    pub caption: Vec<TextLine>,
    /// Header cells from the top down to the leaf, one path a column; white space removed.
    pub columns: Vec<Vec<String>>,
    /// Body rows in order; blank rows, column-number rows and repeated headers are gone.
    pub rows: Vec<TableRow>,
    /// Lines below it that explain it (注：…).
    pub notes: Vec<TextLine>,
}

/// One printed row.
#[derive(Clone, Debug)]
pub struct TableRow {
    /// One entry a column of the table; `None` where nothing is printed.
    pub cells: Vec<Option<Cell>>,
    /// Page and rectangle of the whole row.
    pub provenance: Provenance,
}

impl TableRow {
    /// What it shows in a column.
    fn cell(&self, column: usize) -> Option<&Cell> {
        self.cells.get(column)?.as_ref()
    }
}

/// The text of one cell, wrapped lines joined.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its text, wrapped lines joined, with the spaces as printed inside a line.
    pub text: String,
    /// Page and rectangle.
    pub provenance: Provenance,
    /// How many columns it covers, 1 or more.
    pub n_columns: u16,
    /// How many rows it covers, 1 or more.
    pub n_rows: u16,
    /// Why its column is no more than the likeliest of several.
    pub doubt: Option<Doubt>,
    /// How its text stands in it; `None` where nothing tells.
    pub inset: Option<Inset>,
}

/// One line of text with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLine {
    /// Its text; parts that stand far apart are separated by one tab.
    pub text: String,
    /// Page and rectangle.
    pub provenance: Provenance,
    /// Font size in points, 0 where there is no geometry.
    pub size: f32,
    /// Whether it is centred on the page (false where there is no geometry).
    pub centered: bool,
    /// Whether it is bold, by font or by overprint.
    pub bold: bool,
}

/// One declaration form over all its pages.
#[derive(Clone, Debug, Default)]
pub struct FormRegion {
    /// Every page, ascending.
    pub pages: Vec<u32>,
    /// Lines above the grid: title, year.
    pub caption: Vec<TextLine>,
    /// The cells of its grid in reading order, blank ones included; rows run on over the pages.
    pub cells: Vec<FormCell>,
    /// Lines below the grid: signatures, notes.
    pub footer: Vec<TextLine>,
}

/// A cell of a form's grid.
#[derive(Clone, Debug, PartialEq)]
pub struct FormCell {
    /// First grid row, from 0 over all pages.
    pub row: u16,
    /// First grid column, from 0.
    pub column: u16,
    /// Rows covered.
    pub n_rows: u16,
    /// Columns covered.
    pub n_columns: u16,
    /// Its lines as printed, not yet joined.
    pub lines: Vec<String>,
    /// Its left and right edge on the page as it is read; `None` where there is no geometry.
    pub edges: Option<(f32, f32)>,
    /// Page and rectangle.
    pub provenance: Provenance,
    /// The place is the likeliest of several.
    pub guessed: bool,
}

/// Headings and paragraphs between tables.
#[derive(Clone, Debug, Default)]
pub struct NarrativeRegion {
    /// In reading order.
    pub blocks: Vec<Block>,
}

/// A heading or a paragraph, wrapped lines joined.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// `Some(level)` for a heading: 1 第一部分, 2 一、, 3 （一）; `None` for a paragraph.
    pub heading: Option<u8>,
    /// Its text.
    pub text: String,
    /// Page and rectangle of its first line.
    pub provenance: Provenance,
}

/// Finds tables, forms and narrative.
pub fn segment(clean: CleanDocument) -> Layout {
    let CleanDocument { source, fonts, body, notes } = clean;
    let mut layout = Layout {
        source,
        cover: Vec::new(),
        running_heads: Vec::new(),
        regions: Vec::new(),
        pieces: BTreeMap::new(),
        notes,
    };
    match body {
        CleanBody::Pages(pages) => {
            let parts = page::parts(&pages, &fonts);
            let turned = seen::Turned::of(&pages);
            let aligned: BTreeSet<u32> = parts.iter().filter(|part| part.is_unruled).map(|part| part.number).collect();
            for line in parts.iter().flat_map(|part| &part.laid_over) {
                let message = format!("small print laid over the text of a cell was left out: {}", line.text);
                layout.notes.push(Note::new(NoteKind::Watermark, message, line.provenance));
            }
            let assembled = assemble::assemble(parts);
            layout.regions = assembled.regions;
            let by_models = pages.iter().filter(|page| !page.pieces.is_empty()).map(|page| page.number).collect();
            doubt_tables(&mut layout, &aligned, &by_models);
            let outside = assembled.lines.iter().map(|line| (line.provenance, line.text.as_str()));
            unread::note(outside, &mut layout.notes);
            let narrative = narrative::narrative(assembled.lines);
            layout.cover = narrative.cover;
            layout.running_heads = assembled.running_heads;
            if !narrative.blocks.is_empty() {
                layout.regions.push(Region::Narrative(NarrativeRegion { blocks: narrative.blocks }));
            }
            scanned::doubt(&mut layout, &pages);
            turned.restore(&mut layout);
            layout.pieces = scanned::seen(pages);
        }
        CleanBody::Dump(dump) => text::segment(dump, &mut layout),
    }
    layout
}

/// Marks what may stand in another column of tables that show no rulings, or under another header; models have read some
/// pages.
fn doubt_tables(layout: &mut Layout, aligned: &BTreeSet<u32>, by_models: &BTreeSet<u32>) {
    let tables = layout.regions.iter_mut().filter_map(|region| match region {
        Region::Table(table) => Some(table),
        _ => None,
    });
    for table in tables {
        let by_models = table.pages.iter().any(|page| by_models.contains(page));
        if table.pages.iter().any(|page| aligned.contains(page)) {
            text::guess::mark(table, by_models);
        } else {
            text::guess::mark_headless(table);
        }
        if by_models {
            text::guess::mark_glued(table);
        }
        doubt::note(&table.rows, &mut layout.notes);
    }
}
