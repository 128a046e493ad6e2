//! A page before it is drawn: texts, cells, and the lines that a dump has for it. Points, origin top left.

use super::font::font;

/// Size of A4 in points.
const A4: (f32, f32) = (595.28, 841.89);

/// Space at the sides.
pub(crate) const MARGIN: f32 = 45.0;

/// One page as it is seen.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// Width as seen.
    pub(crate) width: f32,
    /// Height as seen.
    pub(crate) height: f32,
    /// Runs of text in reading order.
    pub(crate) texts: Vec<Text>,
    /// Ruled cells: x0, y0, x1, y1.
    pub(crate) cells: Vec<[f32; 4]>,
    /// What an extractor would write for the page.
    pub(crate) lines: Vec<Line>,
}

/// A run of text on one baseline.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    /// Left end.
    pub(crate) x: f32,
    /// Baseline.
    pub(crate) y: f32,
    /// Font size.
    pub(crate) size: f32,
    /// Its characters.
    pub(crate) text: String,
    /// Whether it is bold.
    pub(crate) bold: bool,
}

/// One line of a dump: a paragraph's line, or a row of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// What it is.
    pub(crate) kind: LineKind,
    /// Its cells; each of one or more lines of text.
    pub(crate) cells: Vec<Vec<String>>,
    /// Whether it is bold.
    pub(crate) bold: bool,
}

/// What a line of a dump is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// Narrative, titles and captions.
    Text,
    /// A level of column headers.
    Header,
    /// A row of a table.
    Row,
    /// A row of a form.
    Form,
    /// A printed page number.
    PageMark,
}

/// How text stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// At the left.
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
}

/// Distance of text from a cell's lines.
pub(crate) const PADDING: f32 = 3.0;

/// Height of a line of text of size 1 within a cell.
pub(crate) const LEADING: f32 = 1.25;

impl Page {
    /// An empty A4 page.
    pub(crate) fn new(landscape: bool) -> Self {
        let (width, height) = if landscape { (A4.1, A4.0) } else { A4 };
        Self { width, height, texts: Vec::new(), cells: Vec::new(), lines: Vec::new() }
    }

    /// Sets a run.
    pub(crate) fn text(&mut self, x: f32, y: f32, size: f32, text: &str, bold: bool) {
        if !text.is_empty() {
            self.texts.push(Text { x, y, size, text: text.to_owned(), bold });
        }
    }

    /// Sets a run in the middle of the page.
    pub(crate) fn centered(&mut self, y: f32, size: f32, text: &str, bold: bool) {
        let x = (self.width - font().width(text) * size) / 2.0;
        self.text(x, y, size, text, bold);
    }

    /// Sets the lines of a cell, in the middle of its height.
    pub(crate) fn cell_text(&mut self, cell: [f32; 4], size: f32, lines: &[String], align: Align, bold: bool) {
        let lead = size * LEADING;
        let top = (cell[1] + cell[3] - lead * lines.len() as f32) / 2.0;
        for (i, line) in lines.iter().enumerate() {
            let width = font().width(line) * size;
            let x = match align {
                Align::Left => cell[0] + PADDING,
                Align::Center => (cell[0] + cell[2] - width) / 2.0,
                Align::Right => cell[2] - PADDING - width,
            };
            self.text(x, top + lead * (i as f32 + 0.5) + size * 0.35, size, line, bold);
        }
    }

    /// Notes a line for the dump.
    pub(crate) fn line(&mut self, kind: LineKind, cells: Vec<Vec<String>>, bold: bool) {
        self.lines.push(Line { kind, cells, bold });
    }

    /// Notes a line of plain text for the dump.
    pub(crate) fn text_line(&mut self, text: &str, bold: bool) {
        self.lines.push(Line::text(text, bold));
    }
}

impl Line {
    /// A line of plain text.
    pub(crate) fn text(text: &str, bold: bool) -> Self {
        Self { kind: LineKind::Text, cells: vec![vec![text.to_owned()]], bold }
    }
}

/// Characters that may not begin a line.
const NOT_FIRST: &str = "，。；：、！？）》”〕】%";

/// Characters that may not end a line.
const NOT_LAST: &str = "（《“〔【≥≤";

/// Breaks a text into lines of at most `width` points; numbers and Latin words stay whole where they can.
pub(crate) fn wrap(text: &str, size: f32, width: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0.0;
    for word in words(text) {
        let length = font().width(&word) * size;
        if used + length > width && used > 0.0 {
            lines.push(String::new());
            used = 0.0;
        }
        if length > width {
            // Wider than a whole line: broken anywhere.
            for ch in word.chars() {
                let step = font().advance(ch) * size;
                if used + step > width && used > 0.0 {
                    lines.push(String::new());
                    used = 0.0;
                }
                push(&mut lines, ch);
                used += step;
            }
        } else {
            word.chars().for_each(|ch| push(&mut lines, ch));
            used += length;
        }
    }
    lines
}

fn push(lines: &mut [String], ch: char) {
    if let Some(last) = lines.last_mut() {
        last.push(ch);
    }
}

/// The pieces that a line may be broken between.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut previous: Option<char> = None;
    for ch in text.chars() {
        let joins = previous.is_some_and(|p| {
            (p.is_ascii_graphic() && ch.is_ascii_graphic()) || NOT_FIRST.contains(ch) || NOT_LAST.contains(p)
        });
        match words.last_mut() {
            Some(word) if joins => word.push(ch),
            _ => words.push(ch.to_string()),
        }
        previous = Some(ch);
    }
    words
}
