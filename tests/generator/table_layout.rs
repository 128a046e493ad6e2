//! A table is set on as many pages as it needs.

use super::font::font;
use super::knobs::Size;
use super::layout::{Placement, Press};
use super::page::{Align, LEADING, LineKind, MARGIN, PADDING, wrap};
use super::table::{Role, Row, Table, header_cells};

/// Font sizes that are tried, widest first.
const SIZES: [f32; 5] = [9.0, 8.0, 7.0, 6.0, 5.0];

/// Number of rows from which on a table is set small and tight from the beginning, as long lists are.
const LONG: usize = 400;

/// Space above and below the text of a tight row.
const TIGHT: f32 = 1.2;

/// A table's measures: font size and the left ends of its columns, with the right end of the last.
struct Frame {
    size: f32,
    /// Space above and below the text of a row.
    air: f32,
    ends: Vec<f32>,
    levels: Vec<f32>,
}

impl Press {
    /// Sets a table with caption, header, rows and notes.
    pub(crate) fn table(&mut self, table: &Table) -> Placement {
        let page_width = if table.landscape { 841.89 } else { 595.28 };
        let frame = measure(table, page_width - 2.0 * MARGIN);
        let heights = row_heights(table, &frame);
        let total = heights.iter().sum::<f32>() + frame.levels.iter().sum::<f32>() + 110.0;
        let same = (self.page().width > self.page().height) == table.landscape;
        let fits = self.size == Size::Small && same && self.room() > total;
        if !(fits || self.fresh && same) {
            self.turn(table.landscape);
        } else if !self.fresh {
            self.y += 24.0;
        }
        let mut placement = Placement { pages: vec![self.number()], rows: Vec::new() };
        self.caption(table, &frame);
        self.header(table, &frame);
        let mut from = 0;
        while from < table.rows.len() {
            let (mut to, mut used) = (from, 0.0);
            let room = self.room();
            while to < table.rows.len() && (used + heights[to] <= room || to == from && used == 0.0 && self.fresh) {
                used += heights[to];
                to += 1;
            }
            self.covering_cells(table, &frame, &heights, from, to);
            for (row, height) in heights.iter().enumerate().take(to).skip(from) {
                let rect = self.row(table, row, &frame, *height);
                placement.rows.push((self.number(), rect));
            }
            from = to;
            if from < table.rows.len() {
                self.turn(table.landscape);
                placement.pages.push(self.number());
                if self.drawing.repeat_header {
                    self.header(table, &frame);
                }
            }
        }
        for _ in 0..table.n_empty {
            let height = frame.size * LEADING + 2.0 * frame.air;
            if self.room() >= height {
                self.empty_row(&frame, height);
            }
        }
        for note in &table.notes {
            let width = self.page().width - 2.0 * MARGIN;
            for line in wrap(note, 9.0, width) {
                self.y += 14.0;
                let y = self.y;
                self.page().text(MARGIN, y, 9.0, &line, false);
                self.page().text_line(&line, false);
            }
        }
        self.fresh = false;
        placement
    }

    fn caption(&mut self, table: &Table, frame: &Frame) {
        if let Some(number) = &table.number {
            self.y += 12.0;
            let y = self.y;
            self.page().text(MARGIN, y, 10.0, number, false);
            self.page().text_line(number, false);
        }
        self.y += 24.0;
        let y = self.y;
        self.page().centered(y, 16.0, &table.title, true);
        self.page().text_line(&table.title, true);
        self.y += 20.0;
        let y = self.y;
        let colon = if table.ascii_colon { ":" } else { "：" };
        let unit = format!("单位{colon}{}", table.unit_word());
        let right = frame.ends[frame.ends.len() - 1];
        let x = right - PADDING - font().width(&unit) * 9.0;
        let mut cells = Vec::new();
        if let Some(department) = &table.department {
            let line = format!("部门名称：{department}");
            self.page().text(MARGIN + PADDING, y, 9.0, &line, false);
            cells.push(vec![line]);
        }
        self.page().text(x, y, 9.0, &unit, false);
        cells.push(vec![unit]);
        self.page().line(LineKind::Text, cells, false);
        self.y += 5.0;
        if self.drawing.caption_in_grid {
            // As where the whole sheet, title and all, is printed with borders.
            let (middle, bottom) = (y - 11.0, self.y);
            let half = frame.ends[frame.ends.len() / 2];
            let cells =
                [[MARGIN, y - 38.0, right, middle], [MARGIN, middle, half, bottom], [half, middle, right, bottom]];
            self.page().cells.extend(cells);
        }
    }

    fn header(&mut self, table: &Table, frame: &Frame) {
        let top = self.y;
        let edge = |level: usize| top + frame.levels[..level].iter().sum::<f32>();
        let mut lines: Vec<Vec<Vec<String>>> = vec![Vec::new(); frame.levels.len()];
        for cell in header_cells(&table.columns) {
            let (x0, x1) = (frame.ends[cell.column], frame.ends[cell.column + cell.n_columns]);
            let rect = [x0, edge(cell.level), x1, edge(cell.level + cell.n_levels)];
            let text = wrap(&cell.text, frame.size, x1 - x0 - 2.0 * PADDING);
            self.page().cells.push(rect);
            self.page().cell_text(rect, frame.size, &text, Align::Center, true);
            lines[cell.level].push(text);
        }
        for cells in lines {
            self.page().line(LineKind::Header, cells, true);
        }
        self.y = edge(frame.levels.len());
        if let Some(numbers) = &table.column_numbers {
            let height = frame.size * LEADING + 2.0 * frame.air;
            let y = self.y;
            let cells: Vec<String> = numbers.iter().map(|n| n.clone().unwrap_or_default()).collect();
            for (i, text) in cells.iter().enumerate() {
                let rect = [frame.ends[i], y, frame.ends[i + 1], y + height];
                self.page().cells.push(rect);
                self.page().cell_text(rect, frame.size, std::slice::from_ref(text), Align::Center, false);
            }
            self.page().line(LineKind::Row, cells.into_iter().map(|c| vec![c]).collect(), false);
            self.y += height;
        }
    }

    /// Cells over several rows, as far as they lie on this page; their text stands in the first part only.
    fn covering_cells(&mut self, table: &Table, frame: &Frame, heights: &[f32], from: usize, to: usize) {
        let top = self.y;
        let edge = |row: usize| top + heights[from..row.clamp(from, to)].iter().sum::<f32>();
        for (first, column, n) in
            table.row_spans.iter().copied().filter(|(first, _, n)| *first < to && first + n > from)
        {
            let rect = [frame.ends[column], edge(first), frame.ends[column + 1], edge(first + n)];
            self.page().cells.push(rect);
            if first >= from {
                let lines = covering_lines(table, frame, first, column);
                self.page().cell_text(rect, frame.size, &lines, Align::Left, table.rows[first].bold);
            }
        }
    }

    fn row(&mut self, table: &Table, row_idx: usize, frame: &Frame, height: f32) -> [f32; 4] {
        let row = &table.rows[row_idx];
        let (top, bottom) = (self.y, self.y + height);
        let mut dumped = Vec::new();
        for (i, span, text) in spans(table, row, frame) {
            if table.row_span(row_idx, i).is_some() {
                dumped.push(text);
                continue;
            }
            let rect = [frame.ends[i], top, frame.ends[i + span], bottom];
            let align = match table.columns[i].role {
                _ if span > 1 => Align::Center,
                Role::Amount => Align::Right,
                Role::Text => Align::Center,
                _ => Align::Left,
            };
            let mut shifted = rect;
            if row.indent > 0 && table.columns[i].role == Role::Label {
                shifted[0] += row.indent as f32 * frame.size;
            }
            self.page().cells.push(rect);
            self.page().cell_text(shifted, frame.size, &text, align, row.bold);
            dumped.push(text);
        }
        self.page().line(LineKind::Row, dumped, row.bold);
        self.y = bottom;
        [frame.ends[0], top, frame.ends[frame.ends.len() - 1], bottom]
    }

    fn empty_row(&mut self, frame: &Frame, height: f32) {
        let (top, bottom) = (self.y, self.y + height);
        let cells: Vec<[f32; 4]> = frame.ends.windows(2).map(|e| [e[0], top, e[1], bottom]).collect();
        self.page().line(LineKind::Row, vec![vec![String::new()]; cells.len()], false);
        self.page().cells.extend(cells);
        self.y = bottom;
    }
}

/// A row's cells: first column, columns covered, lines of text.
fn spans(table: &Table, row: &Row, frame: &Frame) -> Vec<(usize, usize, Vec<String>)> {
    (0..table.columns.len())
        .filter_map(|i| row.span_at(i).map(|span| (i, span)))
        .map(|(i, span)| {
            let text = table.printed(&row.cells[i]);
            let indent = if table.columns[i].role == Role::Label { row.indent as f32 * frame.size } else { 0.0 };
            let width = frame.ends[i + span] - frame.ends[i] - 2.0 * PADDING - indent;
            let lines = match table.columns[i].role {
                Role::Amount => vec![text],
                _ => wrap(&text, frame.size, width),
            };
            (i, span, lines)
        })
        .collect()
}

fn covering_lines(table: &Table, frame: &Frame, row: usize, column: usize) -> Vec<String> {
    let width = frame.ends[column + 1] - frame.ends[column] - 2.0 * PADDING;
    wrap(&table.printed(&table.rows[row].cells[column]), frame.size, width)
}

fn row_heights(table: &Table, frame: &Frame) -> Vec<f32> {
    let height = |n_lines: usize| n_lines.max(1) as f32 * frame.size * LEADING + 2.0 * frame.air;
    let mut heights: Vec<f32> = table
        .rows
        .iter()
        .enumerate()
        .map(|(row_idx, row)| {
            let cells = spans(table, row, frame).into_iter();
            let own = cells.filter(|(i, _, _)| table.row_span(row_idx, *i).is_none());
            height(own.map(|(_, _, lines)| lines.len()).max().unwrap_or(1))
        })
        .collect();
    for (first, column, n) in table.row_spans.iter().copied() {
        let needed = height(covering_lines(table, frame, first, column).len());
        let have: f32 = heights[first..first + n].iter().sum();
        heights[first + n - 1] += (needed - have).max(0.0);
    }
    heights
}

fn measure(table: &Table, usable: f32) -> Frame {
    let mut size = SIZES[0];
    let mut least = Vec::new();
    let (sizes, air) = if table.rows.len() < LONG { (&SIZES[..], PADDING) } else { (&SIZES[3..], TIGHT) };
    for candidate in sizes.iter().copied() {
        size = candidate;
        least = (0..table.columns.len()).map(|i| least_width(table, i, size)).collect();
        if least.iter().sum::<f32>() <= usable {
            break;
        }
    }
    let spare = (usable - least.iter().sum::<f32>()).max(0.0);
    let weights: f32 = table.columns.iter().map(|c| c.weight).sum();
    let mut ends = vec![MARGIN];
    for (column, least) in table.columns.iter().zip(&least) {
        // Column ends lie on hundredths, as the sides of cells do.
        let end = ends[ends.len() - 1] + least + spare * column.weight / weights;
        ends.push((end * 100.0).round() / 100.0);
    }
    let one = size * LEADING + 2.0 * air;
    let mut levels = vec![one; table.n_levels()];
    for cell in header_cells(&table.columns) {
        let width = ends[cell.column + cell.n_columns] - ends[cell.column] - 2.0 * PADDING;
        let needed = wrap(&cell.text, size, width).len() as f32 * size * LEADING + 2.0 * air;
        let last = cell.level + cell.n_levels - 1;
        let have: f32 = levels[cell.level..=last].iter().sum();
        levels[last] += (needed - have).max(0.0);
    }
    Frame { size, air, ends, levels }
}

fn least_width(table: &Table, column: usize, size: f32) -> f32 {
    let widest = || {
        let texts = table.rows.iter().filter(|r| !r.covers(column)).map(|r| table.printed(&r.cells[column]));
        texts.map(|t| font().width(&t)).fold(0.0, f32::max) * size
    };
    let text = match table.columns[column].role {
        Role::Amount | Role::Code => widest().max(3.0 * size),
        Role::Label => 6.0 * size,
        Role::Text => 3.0 * size,
    };
    text + 2.0 * PADDING
}
