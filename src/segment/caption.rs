//! Which lines above (or in the first rows of) a grid are its caption: number, title, department, unit.

pub use crate::segment::caption_part::{CaptionPart, has_particulars, is_part_heading, part};
use crate::segment::grid::{Grid, GridCell};
use crate::segment::header::bare;
use crate::segment::{TextLine, table, wrapped};
use crate::terms::{department, enumerator, statement};

/// A caption has at most this many lines: number, title over two lines, year, department, unit, source.
const MAX_LINES: usize = 7;

/// A caption has at most this many lines that are not understood.
const MAX_STRAY: usize = 3;

/// Takes the caption off the end of the lines above a grid.
pub fn take(above: &mut Vec<TextLine>) -> Vec<TextLine> {
    let first = above.len().saturating_sub(MAX_LINES);
    wrapped::join(above, first);
    // Lines that are not understood belong to the caption where one that is understood stands above them.
    let mut start = above.len();
    let mut at = start;
    let mut n_stray = 0;
    let mut has_title = false;
    while at > 0 && above.len() - at < MAX_LINES {
        let line = &above[at - 1];
        match part(&line.text) {
            Some(CaptionPart::Title) if has_title => break,
            Some(found) => {
                at -= 1;
                has_title |= found == CaptionPart::Title;
                let small = wrapped::smallest(&above[at..]);
                while found == CaptionPart::Title && at > 0 && wrapped::wraps(&above[at - 1], &above[at], small) {
                    at -= 1;
                }
                start = at;
            }
            None if !has_title && start < above.len() && is_set_as_title(line, &above[at..]) => {
                at -= 1;
                start = at;
                has_title = true;
            }
            None if !has_title && n_stray < MAX_STRAY && is_stray(line) => {
                at -= 1;
                n_stray += 1;
            }
            None => break,
        }
    }
    let names_department = |line: &TextLine| !line.centered && department::names(&bare(&line.text));
    if has_title
        && start > 0
        && names_department(&above[start - 1])
        && wrapped::is_below(&above[start - 1], &above[start])
    {
        start -= 1;
    }
    wrapped::join_titles(above.split_off(start))
}

/// Takes a table's number that stands alone at the end of the lines on the page before, where the caption has none.
pub fn take_number(foot: &mut Vec<TextLine>, caption: &[TextLine]) -> Vec<TextLine> {
    let is_number = |line: &TextLine| part(&line.text) == Some(CaptionPart::Number);
    let has_number = caption.iter().any(|line| statement::split_number(&bare(&line.text)).is_some());
    let at = foot.len() - usize::from(!has_number && foot.last().is_some_and(is_number));
    foot.split_off(at)
}

/// Whether a line that names a table without 表 is set as its title, larger than all that follows.
pub fn is_set_as_title(line: &TextLine, below: &[TextLine]) -> bool {
    statement::is_title_of_state(&bare(&line.text))
        && enumerator::split(&line.text).is_none()
        && below.iter().all(|next| line.size > wrapped::LARGER * next.size)
}

/// A short stray line between title and grid (an unlabelled department, a date) may stand inside a caption.
fn is_stray(line: &TextLine) -> bool {
    let n = line.text.chars().count();
    n <= 40
        && !is_part_heading(&line.text)
        && (enumerator::split(&line.text).is_none() || department::names(&bare(&line.text)))
        && !table::is_note(&line.text)
        && !line.text.contains(['。', '；', '，'])
        && !line.text.ends_with(['：', ':'])
}

/// Whether a line is the title of a table.
pub fn is_title(line: &TextLine) -> bool {
    part(&line.text) == Some(CaptionPart::Title)
}

/// The title that a caption prints, without white space.
pub fn title(caption: &[TextLine]) -> Option<String> {
    caption.iter().find(|line| is_title(line)).map(|line| bare(&line.text))
}

/// Whether the caption names the table.
pub fn has_title(caption: &[TextLine]) -> bool {
    caption.iter().any(is_title)
}

/// Caption rows inside the ruled grid: how many rows from the top, and their lines.
pub fn in_grid(grid: &Grid, page: u32) -> (usize, Vec<TextLine>) {
    let mut caption: Vec<TextLine> = Vec::new();
    let mut start = 0;
    for row in 0..grid.n_rows() {
        let cells: Vec<&GridCell> = grid.row_cells(row).into_iter().filter(|c| c.row == row && !c.is_blank()).collect();
        let spans_rows = cells.iter().any(|c| c.n_rows > 1 && c.n_columns < grid.n_columns() / 2);
        let is_remark = |c: &GridCell| cells.len() == 1 && !caption.is_empty() && statement::is_remark(&c.text());
        let is_caption = cells.len() <= 4
            && !spans_rows
            && cells.iter().any(|c| part(&c.text()).is_some() || is_remark(c))
            && cells.iter().all(|c| {
                let text = c.text();
                part(&text).is_some()
                    || text.chars().count() <= 2
                    || cells.len() <= 2
                    || department::names(&bare(&text))
            });
        let is_blank_row = cells.is_empty() && grid.row_cells(row).iter().all(|c| c.is_blank());
        if !is_caption && !is_blank_row {
            break;
        }
        let is_wide = |cell: &GridCell| cell.n_columns * 2 > grid.n_columns();
        caption.extend(cells.iter().map(|cell| TextLine { centered: is_wide(cell), ..cell.text_line(page) }));
        start = row + 1;
    }
    if start >= grid.n_rows() {
        return (0, Vec::new());
    }
    wrapped::join(&mut caption, 0);
    (start, caption)
}
