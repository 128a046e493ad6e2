//! Tables of indicators: their rows are told by the cells that each row has, and a text that stands in the
//! middle of the rows it covers goes to the first of these.

use super::super::spacing::shown_width;
use super::blocks::Placed;
use super::columns::{self, Column, Holds};
use super::header::{lists_indicators, names_indicators};
use super::piece::{TextRow, fills};
use crate::segment::header::{bare, is_figure};
use crate::segment::{TableRegion, TableRow, least_cost};
use crate::terms::header::is_total;

/// A column whose widest text is narrower than this, a Chinese character counting two, never wraps.
const NARROW: usize = 12;

/// The lines of one cell stand at most so many lines apart: those of other cells come between.
const MAX_APART: usize = 3;

/// A column with fewer cells than this share of the rows, in tenths, has cells that span rows.
const EACH_ROW_TENTHS: usize = 8;

/// A column of levels has at least so many halves as many cells as there are blocks.
const LEVEL_HALVES: usize = 3;

/// A page has at most so many rows; finding the spans takes time by their square.
const MAX_ROWS: usize = 200;

/// The texts of one cell.
struct Cell {
    column: usize,
    /// Line and piece of each of its texts.
    texts: Vec<(usize, usize)>,
    top: usize,
    bottom: usize,
}

impl Cell {
    fn middle(&self) -> f32 {
        (self.top + self.bottom) as f32 / 2.0
    }
}

/// The texts of such a table in its rows, and where each row's line begins.
pub(super) fn rows(body: &[TextRow], columns: &[Column]) -> Option<(Vec<Placed>, Vec<f32>)> {
    let n_first = n_first_rows(body, columns);
    let (first, rest) = body.split_at(n_first);
    let widths = widths(rest, columns);
    let cells = cells(rest, columns, &widths);
    let anchors = anchors(&cells, &widths)?;
    let width = |column: usize| widths.get(column).copied().unwrap_or(0);
    let in_column = |column: usize| cells.iter().filter(move |cell| cell.column == column);
    let is_each = |column: usize| {
        let n = in_column(column).count();
        columns.get(column).is_some_and(|column| column.holds == Some(Holds::Names))
            && n * 10 >= anchors.len() * EACH_ROW_TENTHS
            && n * EACH_ROW_TENTHS <= anchors.len() * 10
    };
    let names = (0..columns.len()).rfind(|column| is_each(*column) && width(*column) >= NARROW);
    let names = names.or_else(|| (0..columns.len()).find(|column| is_each(*column)))?;
    let is_money = |column: usize| columns.get(column).is_some_and(Column::holds_amounts);
    let money = (0..names).filter(|column| is_money(*column)).max_by_key(|column| in_column(*column).count());
    let rows = Rows::of(&anchors);
    let blocks = match money.map(|column| in_column(column).map(Cell::middle).collect::<Vec<f32>>()) {
        Some(middles) if !middles.is_empty() => rows.tiles(&middles, 0, anchors.len())?,
        _ => vec![(0, anchors.len())],
    };
    let block_of = |cell: &Cell| rows.nearest_span(&blocks, cell.middle());
    // The row of each cell.
    let mut row_of: Vec<usize> = cells.iter().map(|cell| nearest(&anchors, cell.middle())).collect();
    for column in 0..names {
        let n_cells = in_column(column).count();
        let is_level = !is_money(column) && n_cells * 2 > blocks.len() * LEVEL_HALVES && width(column) <= 2 * NARROW;
        for (at, (from, to)) in blocks.iter().enumerate() {
            let own: Vec<usize> = (0..cells.len())
                .filter(|idx| cells.get(*idx).is_some_and(|cell| cell.column == column && block_of(cell) == at))
                .collect();
            let middles: Vec<f32> = own.iter().filter_map(|idx| cells.get(*idx)).map(Cell::middle).collect();
            let spans = if is_level { rows.tiles(&middles, *from, *to) } else { None };
            for (nth, idx) in own.into_iter().enumerate() {
                let first = spans.as_ref().and_then(|spans| spans.get(nth)).map_or(*from, |span| span.0);
                row_of[idx] = first;
            }
        }
    }
    let mut placed = Vec::new();
    for (row, line) in first.iter().enumerate() {
        for (column, piece) in columns::placed(line, columns) {
            placed.push(Placed { row, column, line: line.cell_line(piece) });
        }
    }
    for (cell, row) in cells.iter().zip(row_of) {
        for (line, piece) in &cell.texts {
            let line = rest[*line].cell_line(&rest[*line].pieces[*piece]);
            placed.push(Placed { row: n_first + row, column: cell.column, line });
        }
    }
    let anchors = rest.iter().filter(|line| anchors.binary_search(&line.n_above).is_ok());
    Some((placed, first.iter().chain(anchors).map(|line| line.rect().y0).collect()))
}

/// Takes away what is printed again where rows of a project go on on the next page: its name, its money and its goal.
pub(super) fn drop_repeated(table: &mut TableRegion) {
    if !lists_indicators(table.columns.iter().filter_map(|path| path.last())) {
        return;
    }
    let is_level = |path: &Vec<String>| path.last().is_some_and(|leaf| names_indicators(leaf));
    let n_left = table.columns.iter().position(is_level).unwrap_or(0);
    let text =
        |row: &TableRow, column: usize| row.cell(column).map(|cell| bare(&cell.text)).filter(|text| !text.is_empty());
    // The project whose rows were last begun, and on which page.
    let mut last: Option<(u32, Vec<Option<String>>)> = None;
    for row in &mut table.rows {
        let page = row.provenance.page;
        let texts: Vec<Option<String>> = (0..n_left).map(|column| text(row, column)).collect();
        if texts.iter().all(Option::is_none) {
            continue;
        }
        let is_same = |(before, known): &(u32, Vec<Option<String>>)| {
            let figures = |texts: &[Option<String>]| -> Vec<String> {
                texts.iter().flatten().filter(|text| is_figure(text)).cloned().collect()
            };
            *before + 1 == page
                && known.first() == texts.first()
                && !figures(known).is_empty()
                && figures(known) == figures(&texts)
        };
        if last.as_ref().is_some_and(is_same) {
            row.cells.iter_mut().take(n_left).for_each(|cell| *cell = None);
        }
        last = Some((page, texts));
    }
}

/// How many lines above the rest are rows by themselves: totals.
fn n_first_rows(body: &[TextRow], columns: &[Column]) -> usize {
    let is_money = |column: usize| columns.get(column).is_some_and(Column::holds_amounts);
    body.iter()
        .zip(body.iter().skip(1))
        .take_while(|(line, next)| {
            let has_money = columns::place(line, columns).into_iter().any(is_money);
            let is_sum = line.pieces.iter().any(|piece| is_total(&piece.text));
            has_money && (is_sum || next.n_above > line.n_above + MAX_APART)
        })
        .count()
}

/// How wide the widest text of each column is.
fn widths(lines: &[TextRow], columns: &[Column]) -> Vec<usize> {
    let mut widths = vec![0; columns.len()];
    for (column, piece) in lines.iter().flat_map(|line| columns::placed(line, columns)) {
        widths[column] = shown_width(&piece.text).max(widths[column]);
    }
    widths
}

/// The cells, each column's from the top down.
fn cells(lines: &[TextRow], columns: &[Column], widths: &[usize]) -> Vec<Cell> {
    let has_codes = lines.iter().flat_map(|line| &line.pieces).any(|piece| begins_with_code(&piece.text));
    let mut cells: Vec<Cell> = Vec::new();
    // For each column the cell that is open, and its last text.
    let mut open: Vec<Option<(usize, String)>> = vec![None; columns.len()];
    for (at, line) in lines.iter().enumerate() {
        for (nth, (column, piece)) in columns::placed(line, columns).enumerate() {
            let width = widths.get(column).copied().unwrap_or(0);
            let goes_on = |last: &(usize, String)| {
                let cell = cells.get(last.0);
                let n_apart = cell.map_or(usize::MAX, |cell| line.n_above - cell.bottom);
                let is_full = fills(shown_width(&last.1), width) && width >= NARROW;
                // Names of projects stand apart, however narrow they are, but where one begins with its code.
                let reach = if has_codes { MAX_APART } else { 1 };
                let is_name = n_apart <= reach && column == 0 && !begins_with_code(&piece.text);
                let may_go_on = !last.1.ends_with("指标") && last.1 != piece.text;
                n_apart == 0 || (n_apart <= MAX_APART && (is_full || is_name) && may_go_on)
            };
            let Some(slot) = open.get_mut(column) else { continue };
            let id = match slot.as_ref().filter(|last| goes_on(last)) {
                Some((id, _)) => *id,
                None => {
                    cells.push(Cell { column, texts: Vec::new(), top: line.n_above, bottom: line.n_above });
                    cells.len() - 1
                }
            };
            *slot = Some((id, piece.text.clone()));
            if let Some(cell) = cells.get_mut(id) {
                cell.texts.push((at, nth));
                cell.bottom = line.n_above;
            }
        }
    }
    cells
}

/// Whether a text begins with the code of a project: 11000031T000000123456-某项目.
fn begins_with_code(text: &str) -> bool {
    let n_digits = text.bytes().take_while(u8::is_ascii_digit).count();
    n_digits >= CODE && text.as_bytes().get(n_digits).is_some_and(u8::is_ascii_uppercase)
}

/// So many digits of a project's code stand before its letter.
const CODE: usize = 8;

/// The lines that rows stand on: those of the narrow column with the most texts.
fn anchors(cells: &[Cell], widths: &[usize]) -> Option<Vec<usize>> {
    let tops = |column: usize| -> Vec<usize> {
        cells.iter().filter(|cell| cell.column == column).map(|cell| cell.top).collect()
    };
    let narrow = widths.iter().enumerate().filter(|(_, width)| **width < NARROW);
    let anchors = narrow.map(|(column, _)| tops(column)).max_by_key(Vec::len)?;
    (1..=MAX_ROWS).contains(&anchors.len()).then_some(anchors)
}

fn nearest(anchors: &[usize], middle: f32) -> usize {
    let off = |row: &usize| anchors.get(*row).map_or(f32::INFINITY, |at| (*at as f32 - middle).abs());
    (0..anchors.len()).min_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or(0)
}

/// Where rows begin and end.
struct Rows {
    edges: Vec<f32>,
}

impl Rows {
    /// Rows meet halfway between their lines.
    fn of(anchors: &[usize]) -> Self {
        let at = |row: usize| anchors.get(row).map_or(0.0, |at| *at as f32);
        let n = anchors.len();
        let half = |a: usize, b: usize| if b < n { (at(b) - at(a)) / 2.0 } else { 1.0 };
        let mut edges = vec![at(0) - half(0, 1)];
        edges.extend((1..n).map(|row| (at(row - 1) + at(row)) / 2.0));
        edges.push(at(n - 1) + if n > 1 { half(n - 2, n - 1) } else { 1.0 });
        Self { edges }
    }

    fn middle(&self, from: usize, to: usize) -> f32 {
        let edge = |at: usize| self.edges.get(at).copied().unwrap_or(0.0);
        (edge(from) + edge(to)) / 2.0
    }

    /// The spans of cells that follow each other from row `from` to row `to`, each about its middle.
    fn tiles(&self, middles: &[f32], from: usize, to: usize) -> Option<Vec<(usize, usize)>> {
        let (n, m) = (middles.len(), to - from);
        if n == 0 || n > m {
            return None;
        }
        let reading = least_cost::runs(n, m, m, |cell, run| match cell.and_then(|cell| middles.get(cell)) {
            Some(middle) if !run.is_empty() => (self.middle(from + run.start, from + run.end) - middle).abs(),
            _ => f32::INFINITY,
        })?;
        Some(reading.slots().map(|(_, run)| (from + run.start, from + run.end)).collect())
    }

    /// The span that a place lies in, or the nearest.
    fn nearest_span(&self, spans: &[(usize, usize)], place: f32) -> usize {
        let edge = |at: usize| self.edges.get(at).copied().unwrap_or(0.0);
        let off = |at: &usize| {
            spans.get(*at).map_or(f32::INFINITY, |(from, to)| (edge(*from) - place).max(place - edge(*to)).max(0.0))
        };
        (0..spans.len()).min_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;

    fn read(table: &str) -> Vec<String> {
        let body = text::drawn(table);
        let columns = columns::columns(&body);
        let Some((mut placed, tops)) = rows(&body, &columns) else { return Vec::new() };
        placed.sort_by_key(|text| (text.row, text.column));
        let row = |row: usize| {
            let texts = placed.iter().filter(|text| text.row == row).map(|text| text.line.text.as_str());
            texts.collect::<Vec<_>>().join("|")
        };
        (0..tops.len()).map(row).collect()
    }

    #[test]
    fn what_stands_in_the_middle_of_its_rows_goes_to_the_first() {
        let table = "                    数量指标   印刷资料数量        ≥    3   份
甲单位   甲经费   3.00    质量指标   系统运行率         ≥    5   次
                    时效指标   开展时间          ＝    5   月
                           抽样调查项目验收合格
                    质量指标                 ＝    9   项
                           率
乙单位   乙经费   8.00
                    时效指标   故障响应时间        ≤    2   天";
        assert_eq!(
            read(table),
            [
                "甲单位|甲经费|3.00|数量指标|印刷资料数量|≥|3|份",
                "质量指标|系统运行率|≥|5|次",
                "时效指标|开展时间|＝|5|月",
                "乙单位|乙经费|8.00|质量指标|抽样调查项目验收合格|率|＝|9|项",
                "时效指标|故障响应时间|≤|2|天"
            ]
        );
    }

    #[test]
    fn the_lines_of_a_narrow_name_are_one_cell_up_to_the_next_code() {
        let table = "                              产出指标    数量指标      设备数量        ＝   9         套
11000031T00
0000123456-
甲设备运行          3.00           产出指标    时效指标      项目期限        ＝   12        月
维护项目

                              成本指标    经济成本指标    专用费用        ≤   146.65    万元

11000031T00                   产出指标    数量指标      抽样数量        ≥   3         份
0000123457-
乙调查            8.00
                              效益指标    社会效益指标    一类设备覆盖率     ≥   90        %";
        assert_eq!(
            read(table),
            [
                "11000031T00|0000123456-|甲设备运行|维护项目|3.00|产出指标|数量指标|设备数量|＝|9|套",
                "产出指标|时效指标|项目期限|＝|12|月",
                "成本指标|经济成本指标|专用费用|≤|146.65|万元",
                "11000031T00|0000123457-|乙调查|8.00|产出指标|数量指标|抽样数量|≥|3|份",
                "效益指标|社会效益指标|一类设备覆盖率|≥|90|%"
            ]
        );
    }
}
