//! Lines of a caption that go on in the next line: titles, their bracketed remarks, names of departments.

use crate::segment::TextLine;
use crate::segment::caption_part::{CaptionPart, has_particulars, part};
use crate::segment::header::bare;
use crate::terms::{department, statement};

/// A title that wraps continues within this many ems below its first line.
const WRAP_PITCH: f32 = 2.2;

/// A title is set larger than what stands around it by this factor.
pub const LARGER: f32 = 1.15;

/// What belongs to a title or a name begins within this many ems below it.
const MAX_GAP: f32 = 1.2;

/// The last line of a title that has this many characters at most is no title of its own: 表, 算表, 总表.
const MAX_TAIL_CHARS: usize = 3;

/// The end of a department's name that wraps has at most this many characters.
const MAX_NAME_TAIL_CHARS: usize = 16;

/// Joins what wraps in the lines from `first` on.
pub fn join(lines: &mut Vec<TextLine>, first: usize) {
    let mut i = first + 1;
    while i < lines.len() {
        let (line, next) = (&lines[i - 1], &lines[i]);
        if joins_brackets(line, next) || ends_title(line, next) || ends_unit(line, next) {
            let next = lines.remove(i);
            append(&mut lines[i - 1], &next);
        } else {
            i += 1;
        }
    }
    let mut i = first;
    while i < lines.len() {
        join_department(lines, i);
        i += 1;
    }
}

/// Puts the rest of a wrapped line behind it.
fn append(line: &mut TextLine, rest: &TextLine) {
    line.text.push_str(&rest.text);
    line.provenance = line.provenance.join(&rest.provenance);
}

/// Whether a bracket opens at the end of one line and closes in the next.
fn joins_brackets(line: &TextLine, next: &TextLine) -> bool {
    let opens = |text: &str| text.matches(['（', '(']).count() > text.matches(['）', ')']).count();
    let closes = |text: &str| text.matches(['）', ')']).count() > text.matches(['（', '(']).count();
    opens(&line.text) && closes(&next.text) && is_pitched(line, next) && (line.size - next.size).abs() < 1.0
}

/// Whether a line is the end of the title in the line before: 表, （按支出功能分类科目）, —按经济分类.
fn ends_title(line: &TextLine, next: &TextLine) -> bool {
    let (text, end) = (line.text.trim(), next.text.trim());
    if !is_below(line, next) || text.contains(['。', '；', '：', '\t']) || next.size > 1.1 * line.size {
        return false;
    }
    if statement::is_title(text) {
        return is_concentric(line, next) && statement::is_remark(end);
    }
    let whole = format!("{text}{end}");
    end.chars().count() <= MAX_TAIL_CHARS
        && end.ends_with('表')
        && (line.size - next.size).abs() < 0.1 * next.size
        && statement::is_title(&whole)
}

/// Whether a line is the end of the unit in the line before, which its narrow cell cut: 单位：万 and 元.
fn ends_unit(line: &TextLine, next: &TextLine) -> bool {
    next.text.trim() == "元" && statement::unit(&line.text) == Some("万") && is_below(line, next)
}

/// Joins the end of a department's name that stands alone in one of the next two lines, below its beginning.
fn join_department(lines: &mut Vec<TextLine>, at: usize) {
    let line = &lines[at];
    let Some((piece, name)) = department_in(&line.text) else { return };
    let tail = (at + 1..lines.len().min(at + 3)).find(|&j| part(&lines[j].text).is_none());
    let Some(tail) = tail else { return };
    let end = &lines[tail];
    let text = bare(&end.text);
    let starts_under = match (line.provenance.rect, end.provenance.rect) {
        (Some(a), Some(b)) => b.x0 > a.x0 - line.size && b.x0 < a.center_x(),
        _ => false,
    };
    let is_whole = department::is_name(&format!("{name}{text}"));
    let is_short = text.chars().count() <= MAX_NAME_TAIL_CHARS && !end.text.contains('\t');
    let is_next = (at..tail).all(|j| is_below(&lines[j], &lines[j + 1]));
    if !(is_whole && is_short && starts_under && is_next && (line.size - end.size).abs() < 0.1 * end.size) {
        return;
    }
    let end = lines.remove(tail);
    let line = &mut lines[at];
    let mut pieces: Vec<&str> = line.text.split('\t').collect();
    let joined = format!("{}{text}", pieces[piece].trim_end());
    pieces[piece] = &joined;
    line.text = pieces.join("\t");
    line.provenance = line.provenance.join(&end.provenance);
}

/// The department that a line of particulars names without its code, and which of the line's parts names it.
fn department_in(text: &str) -> Option<(usize, String)> {
    if !has_particulars(text) && !department::names(text.trim()) {
        return None;
    }
    let mut is_awaited = false;
    for (i, piece) in text.split('\t').enumerate() {
        let piece = bare(&statement::without_unit(piece));
        let named = match statement::department(&piece) {
            Some("") => {
                is_awaited = true;
                continue;
            }
            Some(name) => name,
            None => piece.as_str(),
        };
        let (code, name) = department::split_code(named);
        if !name.is_empty() && (is_awaited || code.is_some() || named.len() < piece.len()) {
            return Some((i, name.to_owned()));
        }
    }
    None
}

/// Whether a title goes on in the next line; `small` is the size of the smallest line of the caption.
pub fn wraps(line: &TextLine, next: &TextLine, small: f32) -> bool {
    let left = |line: &TextLine| line.provenance.rect.map_or(0.0, |rect| rect.x0);
    let is_flush = (left(line) - left(next)).abs() < line.size && line.size > LARGER * small;
    is_pitched(line, next)
        && part(&line.text).is_none()
        && ((line.centered && next.centered) || is_concentric(line, next) || is_flush)
        && (line.size - next.size).abs() < 0.1 * next.size
        && !line.text.contains(['。', '；', '\t'])
        && !line.text.starts_with("第")
}

/// The size of the smallest of some lines.
pub fn smallest(lines: &[TextLine]) -> f32 {
    lines.iter().map(|line| line.size).fold(f32::MAX, f32::min)
}

/// Joins the lines of a wrapped title into one.
pub fn join_titles(lines: Vec<TextLine>) -> Vec<TextLine> {
    let small = smallest(&lines);
    let mut out: Vec<TextLine> = Vec::new();
    for line in lines {
        match out.last_mut() {
            Some(last) if part(&line.text) == Some(CaptionPart::Title) && wraps(last, &line, small) => {
                append(last, &line);
            }
            _ => out.push(line),
        }
    }
    out
}

fn is_pitched(line: &TextLine, next: &TextLine) -> bool {
    let (Some(a), Some(b)) = (line.provenance.rect, next.provenance.rect) else { return false };
    line.provenance.page == next.provenance.page && b.y0 > a.y0 && b.y0 - a.y0 < WRAP_PITCH * next.size
}

/// Whether a line stands right below another: lines of text, or cells of the grid's first rows.
pub fn is_below(line: &TextLine, next: &TextLine) -> bool {
    let (Some(a), Some(b)) = (line.provenance.rect, next.provenance.rect) else { return false };
    line.provenance.page == next.provenance.page && b.y0 > a.y0 && b.y0 - a.y1 < MAX_GAP * line.size.max(next.size)
}

/// Whether two lines have one middle, wherever on the page it is.
fn is_concentric(line: &TextLine, next: &TextLine) -> bool {
    let (Some(a), Some(b)) = (line.provenance.rect, next.provenance.rect) else { return false };
    (a.center_x() - b.center_x()).abs() < line.size.max(next.size)
}
