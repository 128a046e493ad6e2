//! A form's grid is set on a page, or on several where it is too high.

use super::declaration::{Form, GridCell};
use super::evaluation::Evaluation;
use super::layout::{Placement, Press};
use super::page::{LEADING, LineKind, MARGIN, PADDING, wrap};

/// Size of the text in forms.
const SIZE: f32 = 8.5;

impl Press {
    /// Sets a declaration form.
    pub(crate) fn form(&mut self, form: &Form) -> Placement {
        let grid = form.grid();
        let placement = self.grid(&form.title, form.year, grid, form.widths());
        self.y += 16.0;
        let (y, footer) = (self.y, form.footer());
        self.page().text(MARGIN, y, 9.0, &footer, false);
        self.page().text_line(&footer, false);
        placement
    }

    /// Sets a self-evaluation form.
    pub(crate) fn evaluation(&mut self, form: &Evaluation) -> Placement {
        self.grid(Evaluation::TITLE, form.year, form.grid(), form.widths())
    }

    fn grid(&mut self, title: &str, year: i32, grid: (Vec<GridCell>, usize), widths: &[f32]) -> Placement {
        if !self.fresh {
            self.turn(false);
        }
        let mut placement = Placement { pages: vec![self.number()], rows: Vec::new() };
        self.y += 20.0;
        for (text, size, bold) in [(title, 15.0, true), (&*format!("（{year}年度）"), 9.0, false)] {
            let y = self.y;
            self.page().centered(y, size, text, bold);
            self.page().text_line(text, bold);
            self.y += 16.0;
        }
        self.y -= 8.0;
        let (cells, n_rows) = grid;
        let ends = column_ends(widths, self.page().width - 2.0 * MARGIN);
        let heights = row_heights(&cells, n_rows, &ends);
        let mut from = 0;
        while from < n_rows {
            let (mut to, mut used) = (from, 0.0);
            let room = self.room() - 20.0;
            while to < n_rows && (used + heights[to] <= room || to == from) {
                used += heights[to];
                to += 1;
            }
            self.form_part(&cells, &heights, &ends, from, to);
            from = to;
            if from < n_rows {
                self.turn(false);
                placement.pages.push(self.number());
            }
        }
        self.fresh = false;
        placement
    }

    /// Rows `from..to`; a cell that the page break cuts has its text in its first part only.
    fn form_part(&mut self, cells: &[GridCell], heights: &[f32], ends: &[f32], from: usize, to: usize) {
        let top = self.y;
        let edge = |row: usize| top + heights[from..row.clamp(from, to)].iter().sum::<f32>();
        for row in from..to {
            let mut dumped = Vec::new();
            for cell in
                cells.iter().filter(|c| c.row == row || (row == from && c.row < from && c.row + c.n_rows > from))
            {
                let rect = [
                    ends[cell.column],
                    edge(cell.row),
                    ends[cell.column + cell.n_columns],
                    edge(cell.row + cell.n_rows),
                ];
                self.page().cells.push(rect);
                if cell.row == row {
                    let lines = cell_lines(cell, ends);
                    self.page().cell_text(rect, SIZE, &lines, cell.align, false);
                    dumped.push(lines);
                }
            }
            self.page().line(LineKind::Form, dumped, false);
        }
        self.y = edge(to);
    }
}

fn column_ends(widths: &[f32], usable: f32) -> Vec<f32> {
    let total: f32 = widths.iter().sum();
    let mut ends = vec![MARGIN];
    for width in widths {
        let end = ends[ends.len() - 1] + width / total * usable;
        ends.push((end * 100.0).round() / 100.0);
    }
    ends
}

fn cell_lines(cell: &GridCell, ends: &[f32]) -> Vec<String> {
    let width = ends[cell.column + cell.n_columns] - ends[cell.column] - 2.0 * PADDING;
    wrap(&cell.text, SIZE, width)
}

fn row_heights(cells: &[GridCell], n_rows: usize, ends: &[f32]) -> Vec<f32> {
    let height = |cell: &GridCell| cell_lines(cell, ends).len() as f32 * SIZE * LEADING + 2.0 * PADDING;
    let mut heights: Vec<f32> = vec![SIZE * LEADING + 2.0 * PADDING; n_rows];
    for cell in cells.iter().filter(|c| c.n_rows == 1) {
        heights[cell.row] = heights[cell.row].max(height(cell));
    }
    for cell in cells.iter().filter(|c| c.n_rows > 1) {
        let rows = cell.row..cell.row + cell.n_rows;
        let have: f32 = heights[rows.clone()].iter().sum();
        heights[rows.end - 1] += (height(cell) - have).max(0.0);
    }
    heights
}
