//! Which lines above (or in the first rows of) a grid are its caption: number, title, department, unit.

use crate::provenance::Provenance;
use crate::segment::TextLine;
use crate::segment::grid::{Grid, GridCell};
use crate::terms::statement;

/// A caption has at most this many lines: number, title over two lines, year, department, unit, source.
const MAX_LINES: usize = 7;

/// A title that wraps continues within this many ems below its first line.
const WRAP_PITCH: f32 = 2.2;

/// What a line before a table is, if it belongs to its caption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaptionPart {
    /// The table's title.
    Title,
    /// Its number alone.
    Number,
    /// Department or unit, or both.
    Particulars,
    /// （2023年度） and its like.
    Year,
}

/// Tells what part of a caption a line is.
pub fn part(text: &str) -> Option<CaptionPart> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if bare.is_empty() || is_part_heading(&bare) {
        return None;
    }
    let parts = || text.split('\t').map(str::trim);
    if statement::unit(text).is_some_and(|_| bare.chars().count() < 80)
        || (!bare.contains(['。', '；']) && parts().any(|p| statement::department(p).is_some()))
    {
        return Some(CaptionPart::Particulars);
    }
    if let Some((_, rest)) = statement::split_number(&bare) {
        return if rest.is_empty() {
            Some(CaptionPart::Number)
        } else if statement::is_title(rest) {
            Some(CaptionPart::Title)
        } else {
            None
        };
    }
    if is_year(&bare) {
        return Some(CaptionPart::Year);
    }
    statement::is_title(&bare).then_some(CaptionPart::Title)
}

/// Whether a line heads a part of the report: 第二部分 …报表.
pub fn is_part_heading(bare: &str) -> bool {
    bare.strip_prefix('第').is_some_and(|rest| rest.chars().skip(1).take(4).collect::<String>().contains("部分"))
}

fn is_year(bare: &str) -> bool {
    let inner = bare.trim_matches(|c| matches!(c, '（' | '）' | '(' | ')' | '〔' | '〕'));
    let Some(rest) = inner.strip_prefix("20") else { return false };
    rest.len() >= 2
        && rest.chars().count() <= 5
        && rest.chars().take(2).all(|c| c.is_ascii_digit())
        && rest.chars().skip(2).all(|c| matches!(c, '年' | '度'))
}

/// Takes the caption off the end of the lines above a grid.
pub fn take(above: &mut Vec<TextLine>) -> Vec<TextLine> {
    join_parted_brackets(above);
    let mut start = above.len();
    let mut has_title = false;
    while start > 0 && above.len() - start < MAX_LINES {
        let line = &above[start - 1];
        match part(&line.text) {
            Some(CaptionPart::Title) if has_title => break,
            Some(CaptionPart::Title) => has_title = true,
            Some(_) => {}
            None if !has_title && start < above.len() && is_stray(line) => {}
            None => break,
        }
        start -= 1;
        if has_title && part(&above[start].text) == Some(CaptionPart::Title) {
            while start > 0 && wraps(&above[start - 1], &above[start]) {
                start -= 1;
            }
        }
    }
    join_wrapped_title(above.split_off(start))
}

/// Takes a table's number that stands alone at the end of the lines on the page before, where the caption has none.
pub fn take_number(foot: &mut Vec<TextLine>, caption: &[TextLine]) -> Vec<TextLine> {
    let is_number = |line: &TextLine| part(&line.text) == Some(CaptionPart::Number);
    let has_number = caption.iter().any(|line| {
        let bare: String = line.text.chars().filter(|c| !c.is_whitespace()).collect();
        statement::split_number(&bare).is_some()
    });
    let at = foot.len() - usize::from(!has_number && foot.last().is_some_and(is_number));
    foot.split_off(at)
}

/// Joins a title whose bracket opens at the end of one line and closes in the next.
fn join_parted_brackets(lines: &mut Vec<TextLine>) {
    let first = lines.len().saturating_sub(MAX_LINES);
    for i in (first + 1..lines.len()).rev() {
        let opens = |text: &str| text.matches(['（', '(']).count() > text.matches(['）', ')']).count();
        let closes = |text: &str| text.matches(['）', ')']).count() > text.matches(['（', '(']).count();
        let (before, after) = (&lines[i - 1], &lines[i]);
        let is_near = match (before.provenance.rect, after.provenance.rect) {
            (Some(a), Some(b)) => b.y0 - a.y0 < WRAP_PITCH * after.size && (before.size - after.size).abs() < 1.0,
            _ => false,
        };
        if is_near && opens(&before.text) && closes(&after.text) && before.provenance.page == after.provenance.page {
            let after = lines.remove(i);
            lines[i - 1].text.push_str(&after.text);
            lines[i - 1].provenance = lines[i - 1].provenance.join(&after.provenance);
        }
    }
}

/// A short stray line between title and grid (an unlabelled department, a date) may stand inside a caption.
fn is_stray(line: &TextLine) -> bool {
    let n = line.text.chars().count();
    n <= 40 && !is_part_heading(&line.text) && !line.text.contains(['。', '；', '，', '：'])
}

/// Whether a title goes on in the next line.
fn wraps(line: &TextLine, next: &TextLine) -> bool {
    let (Some(a), Some(b)) = (line.provenance.rect, next.provenance.rect) else { return false };
    line.provenance.page == next.provenance.page
        && part(&line.text).is_none()
        && line.centered
        && next.centered
        && (line.size - next.size).abs() < 0.1 * next.size
        && b.y0 - a.y0 < WRAP_PITCH * next.size
        && !line.text.contains(['。', '；', '\t'])
        && !line.text.starts_with("第")
}

/// Joins the lines of a wrapped title into one.
fn join_wrapped_title(lines: Vec<TextLine>) -> Vec<TextLine> {
    let mut out: Vec<TextLine> = Vec::new();
    for line in lines {
        match out.last_mut() {
            Some(last) if part(&line.text) == Some(CaptionPart::Title) && wraps(last, &line) => {
                last.text.push_str(&line.text);
                last.provenance = last.provenance.join(&line.provenance);
            }
            _ => out.push(line),
        }
    }
    out
}

/// Whether the caption names the table.
pub fn has_title(caption: &[TextLine]) -> bool {
    caption.iter().any(|line| part(&line.text) == Some(CaptionPart::Title))
}

/// Caption rows inside the ruled grid: how many rows from the top, and their lines.
pub fn in_grid(grid: &Grid, page: u32) -> (usize, Vec<TextLine>) {
    let mut caption = Vec::new();
    let mut start = 0;
    for row in 0..grid.n_rows() {
        let cells: Vec<&GridCell> = grid.row_cells(row).into_iter().filter(|c| c.row == row && !c.is_blank()).collect();
        let spans_rows = cells.iter().any(|c| c.n_rows > 1 && c.n_columns < grid.n_columns() / 2);
        let is_caption = cells.len() <= 4
            && !spans_rows
            && cells.iter().any(|c| part(&c.text()).is_some())
            && cells.iter().all(|c| part(&c.text()).is_some() || c.text().chars().count() <= 2 || cells.len() <= 2);
        let is_blank_row = cells.is_empty() && grid.row_cells(row).iter().all(|c| c.is_blank());
        if !is_caption && !is_blank_row {
            break;
        }
        caption.extend(cells.iter().map(|cell| TextLine {
            text: cell.text(),
            provenance: Provenance::at(page, cell.rect),
            size: cell.lines.first().map_or(0.0, |l| l.size),
            centered: cell.n_columns * 2 > grid.n_columns(),
            bold: false,
        }));
        start = row + 1;
    }
    if start >= grid.n_rows() { (0, Vec::new()) } else { (start, caption) }
}
