//! Which lines above (or in the first rows of) a grid are its caption: number, title, department, unit.

use crate::provenance::Provenance;
use crate::segment::TextLine;
use crate::segment::grid::{Grid, GridCell};
use crate::segment::{table, wrapped};
use crate::terms::{department, enumerator, statement, year};

/// A caption has at most this many lines: number, title over two lines, year, department, unit, source.
const MAX_LINES: usize = 7;

/// A caption has at most this many lines that are not understood.
const MAX_STRAY: usize = 3;

/// A line that states a unit has at most this many characters; longer ones are sentences.
const MAX_PARTICULARS_CHARS: usize = 80;

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
    let bare = squeezed(text);
    if bare.is_empty() || is_part_heading(&bare) {
        return None;
    }
    let has_unit = statement::unit(text).is_some();
    if (text.contains('\t') && is_title_with_others(text))
        || (has_unit && !text.contains('\t') && statement::is_title(&squeezed(&statement::without_unit(text))))
    {
        return Some(CaptionPart::Title);
    }
    if has_particulars(text) {
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
    if year::alone(&bare).is_some() {
        return Some(CaptionPart::Year);
    }
    statement::is_title(&bare).then_some(CaptionPart::Title)
}

/// Whether a line says whose table it is, or in which unit: 部门：…, 单位：万元, 606-某市某局 beside a bare 万元.
pub fn has_particulars(text: &str) -> bool {
    let n = || text.chars().filter(|c| !c.is_whitespace()).count();
    let parts = || text.split('\t').map(str::trim);
    (statement::unit(text).is_some() && n() < MAX_PARTICULARS_CHARS)
        || (!text.contains(['。', '；']) && parts().any(|p| statement::department(p).is_some()))
        || (parts().any(|p| statement::bare_unit(p).is_some()) && parts().all(is_particular))
}

/// Whether a part of a line is one of those that stand around a title.
fn is_particular(piece: &str) -> bool {
    let piece = squeezed(piece);
    piece.is_empty()
        || statement::bare_unit(&piece).is_some()
        || statement::unit(&piece).is_some()
        || statement::department(&piece).is_some()
        || statement::split_number(&piece).is_some_and(|(_, rest)| rest.is_empty())
        || year::alone(&piece).is_some()
        || department::names(&piece)
        || statement::is_remark(&piece)
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a line has a title and beside it, far apart, nothing but a number, a unit, a department or a year.
fn is_title_with_others(text: &str) -> bool {
    let is_title = |piece: &str| {
        let bare = squeezed(piece);
        let rest = statement::split_number(&bare).map_or(bare.as_str(), |(_, rest)| rest);
        statement::is_title(rest)
    };
    text.contains('表')
        && text.split('\t').filter(|piece| is_title(piece)).count() == 1
        && text.split('\t').all(|piece| is_particular(piece) || is_title(piece))
}

/// Whether a line heads a part of the report: 第二部分 …报表.
pub fn is_part_heading(bare: &str) -> bool {
    bare.strip_prefix('第').is_some_and(|rest| rest.chars().skip(1).take(4).collect::<String>().contains("部分"))
}

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
    let names_department = |line: &TextLine| !line.centered && department::names(&squeezed(&line.text));
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
    let has_number = caption.iter().any(|line| {
        let bare: String = line.text.chars().filter(|c| !c.is_whitespace()).collect();
        statement::split_number(&bare).is_some()
    });
    let at = foot.len() - usize::from(!has_number && foot.last().is_some_and(is_number));
    foot.split_off(at)
}

/// Whether a line that names a table without 表 is set as its title, larger than all that follows.
pub fn is_set_as_title(line: &TextLine, below: &[TextLine]) -> bool {
    statement::is_title_of_state(&squeezed(&line.text))
        && enumerator::split(&line.text).is_none()
        && below.iter().all(|next| line.size > wrapped::LARGER * next.size)
}

/// A short stray line between title and grid (an unlabelled department, a date) may stand inside a caption.
fn is_stray(line: &TextLine) -> bool {
    let n = line.text.chars().count();
    n <= 40
        && !is_part_heading(&line.text)
        && (enumerator::split(&line.text).is_none() || department::names(&squeezed(&line.text)))
        && !table::is_note(&line.text)
        && !line.text.contains(['。', '；', '，'])
        && !line.text.ends_with(['：', ':'])
}

/// Whether the caption names the table.
pub fn has_title(caption: &[TextLine]) -> bool {
    caption.iter().any(|line| part(&line.text) == Some(CaptionPart::Title))
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
                    || department::names(&squeezed(&text))
            });
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
    if start >= grid.n_rows() {
        return (0, Vec::new());
    }
    wrapped::join(&mut caption, 0);
    (start, caption)
}
