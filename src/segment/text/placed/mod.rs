//! Dumps that keep the places of the text: columns are told by where characters stand, as on a page without rulings.

mod bind;
mod blocks;
mod columns;
mod forms;
mod groups;
mod header;
mod rows;
mod settle;
mod shadow;
mod sheet;
mod spans;
mod text;

use std::collections::BTreeSet;

use crate::provenance::Provenance;
use crate::read::DumpPage;
use crate::segment::page::{PageParts, Part};
use crate::segment::{Layout, NarrativeRegion, Region, TableRegion, TableRow, TextLine, assemble, narrative};
use crate::terms::header::is_subtotal;

use super::header::Role;
use super::item::{Class, class, is_code};
use super::line::{self, Line};
use super::table::{self, doubt};
use text::TextRow;

/// One character is as wide as it is high.
const EM: f32 = 10.0;

/// From line to line, in points.
const PITCH: f32 = 16.0;

/// A page's first and last line stand this many of its heights from its edges: nothing stands in the margins.
const MARGIN: f32 = 0.15;

/// Reads the pages into the layout.
pub(super) fn segment(pages: &[DumpPage], layout: &mut Layout) {
    let (lines, heads) = line::body_lines(pages);
    let mut parts = Vec::new();
    let mut open = sheet::Before::default();
    let mut unsure = BTreeSet::new();
    let mut at = 0;
    for page in pages {
        let n_lines = lines.get(at..).unwrap_or_default().iter().take_while(|line| line.page == page.number).count();
        let of_page = lines.get(at..at + n_lines).unwrap_or_default();
        at += n_lines;
        parts.push(page_parts(page.number, of_page, &mut open));
        if std::mem::take(&mut open.unsure) {
            unsure.insert(page.number);
        }
    }
    let assembled = assemble::assemble(parts);
    let narrative = narrative::narrative(assembled.lines);
    layout.regions = assembled.regions;
    layout.cover = narrative.cover;
    layout.running_heads = heads.into_iter().map(|(_, text)| text.split_whitespace().collect()).collect();
    if !narrative.blocks.is_empty() {
        layout.regions.push(Region::Narrative(NarrativeRegion { blocks: narrative.blocks }));
    }
    forget_places(layout);
    for region in &mut layout.regions {
        if let Region::Table(region) = region {
            settle::settle(region, &unsure);
            spans::drop_repeated(region);
            doubt_amounts(region, &unsure);
            table::note_guesses(&region.rows, &mut layout.notes);
        }
    }
}

/// Marks the amounts that may stand in another column: on pages whose texts do not surely stand under their names, and
/// in whole tables where names stand among amounts, or amounts in the header.
fn doubt_amounts(table: &mut TableRegion, unsure: &BTreeSet<u32>) {
    let misread = is_misread(table);
    // 小计 does not say of what.
    let is_name = |text: &str| class(text) == Class::Words && !is_subtotal(text);
    let named = |row: &TableRow| row.cells.iter().flatten().any(|cell| is_name(&cell.text));
    let has_names = table.rows.iter().filter(|row| named(row)).count() * 2 > table.rows.len();
    // A row without the name that the others have is a part of another, and so are the two.
    let torn: Vec<bool> = table.rows.iter().map(|row| has_names && !named(row)).collect();
    for (idx, row) in table.rows.iter_mut().enumerate() {
        let near = torn.get(idx.saturating_sub(1)..(idx + 2).min(torn.len())).unwrap_or_default();
        if !misread && !unsure.contains(&row.provenance.page) && !near.contains(&true) {
            continue;
        }

        for cell in row.cells.iter_mut().flatten() {
            cell.guessed |= class(&cell.text) != Class::Words;
        }
    }
}

/// So many names in a column of amounts say that the columns are not told rightly.
const NAMES_IN_AMOUNTS: usize = 2;

fn is_misread(table: &TableRegion) -> bool {
    let in_header = table.columns.iter().flatten().any(|name| class(name) == Class::Amount);
    let mixed = (0..table.columns.len()).any(|column| {
        let texts = || table.rows.iter().filter_map(|row| row.cells.get(column).and_then(Option::as_ref));
        let n_amounts = texts().filter(|cell| class(&cell.text) == Class::Amount).count();
        let n_names = texts().filter(|cell| class(&cell.text) == Class::Words).count();
        n_amounts > n_names && n_names >= NAMES_IN_AMOUNTS
    });
    let roles = roles(table);
    in_header || mixed || is_of_words(&roles) || doubt::is_contradicted(&table.rows, &table.columns, &roles)
}

/// A table of so many columns of words has few amounts, each for several rows; which row it stands in tells nothing.
const WORDY: usize = 4;

fn is_of_words(roles: &[Role]) -> bool {
    roles.iter().filter(|role| **role == Role::Label).count() >= WORDY
}

/// What each column holds, by most of its texts.
fn roles(table: &TableRegion) -> Vec<Role> {
    (0..table.columns.len())
        .map(|column| {
            let mut votes = [0usize; 3];
            for row in &table.rows {
                let Some(cell) = row.cells.get(column).and_then(Option::as_ref) else { continue };
                let vote = match class(&cell.text) {
                    Class::Words => 0,
                    Class::Number if is_code(&cell.text) => 1,
                    Class::Number | Class::Amount => 2,
                };
                if let Some(vote) = votes.get_mut(vote) {
                    *vote += 1;
                }
            }
            match votes {
                [names, codes, amounts] if names > codes && names > amounts => Role::Label,
                [_, codes, amounts] if codes > amounts => Role::Code,
                _ => Role::Amount,
            }
        })
        .collect()
}

/// A page as the grids of its tables and forms and the lines between them.
fn page_parts(number: u32, lines: &[Line], before: &mut sheet::Before) -> PageParts {
    let rows = shadow::without(text::rows(lines));
    let height = rows.last().map_or(PITCH, |row| row.y1()) / (1.0 - 2.0 * MARGIN);
    let top = MARGIN * height;
    let width = rows.iter().map(TextRow::right).fold(0.0, f32::max) + EM;
    let mut parts: Vec<Part> = Vec::new();
    for stretch in sheet::stretches(&rows, width, before) {
        match stretch {
            sheet::Stretch::Grid(mut grid) => {
                sheet::lower(&mut grid, top);
                parts.push(Part::Grid(grid));
            }
            sheet::Stretch::Line(row) => parts.push(Part::Line(text_line(row, number, top, width))),
        }
    }
    PageParts { number, width, height, parts, aligned: None }
}

/// A line outside of tables.
fn text_line(row: &TextRow, page: u32, top: f32, width: f32) -> TextLine {
    let mut rect = row.rect();
    rect.y0 += top;
    rect.y1 += top;
    TextLine {
        text: row.text(),
        provenance: Provenance::at(page, rect),
        size: EM,
        centered: (rect.center_x() - width / 2.0).abs() < 0.05 * width && rect.x0 > 3.0 * EM,
        bold: false,
    }
}

/// The places served to find tables; what is published of a dump is its pages.
fn forget_places(layout: &mut Layout) {
    let forget = |provenance: &mut Provenance| provenance.rect = None;
    for region in &mut layout.regions {
        match region {
            Region::Table(table) => {
                for row in &mut table.rows {
                    forget(&mut row.provenance);
                    row.cells.iter_mut().flatten().for_each(|cell| forget(&mut cell.provenance));
                }
                table.caption.iter_mut().chain(&mut table.notes).for_each(|line| forget(&mut line.provenance));
            }
            Region::Form(form) => {
                form.cells.iter_mut().for_each(|cell| forget(&mut cell.provenance));
                form.caption.iter_mut().chain(&mut form.footer).for_each(|line| forget(&mut line.provenance));
            }
            Region::Narrative(narrative) => {
                narrative.blocks.iter_mut().for_each(|block| forget(&mut block.provenance));
            }
        }
    }
    layout.cover.iter_mut().for_each(|line| forget(&mut line.provenance));
}
