//! Blocks become pages: headings, paragraphs and page numbers here, tables and forms in their own files.

use super::declaration::Form;
use super::evaluation::Evaluation;
use super::knobs::{Drawing, Size};
use super::page::{Line, LineKind, MARGIN, Page, wrap};
use super::table::Table;

/// Lowest place of text on a page.
const BOTTOM: f32 = 60.0;

/// Highest place of text on a page.
const TOP: f32 = 55.0;

/// A part of the document in reading order.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    /// The first page: the report's title and its date.
    Cover(String, String),
    /// The table of contents.
    Contents,
    /// A heading with its level.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(String),
    /// A statement.
    Table(Box<Table>),
    /// A declaration form.
    Form(Box<Form>),
    /// A self-evaluation form.
    Evaluation(Box<Evaluation>),
}

/// Where a block came to stand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Placement {
    /// Every page it has a part on, ascending.
    pub(crate) pages: Vec<u32>,
    /// Page and rectangle of each row of a table.
    pub(crate) rows: Vec<(u32, [f32; 4])>,
}

/// Pages, and a placement for each block.
#[derive(Clone, Debug)]
pub(crate) struct LaidOut {
    /// The pages.
    pub(crate) pages: Vec<Page>,
    /// One a block.
    pub(crate) placements: Vec<Placement>,
}

/// Sets blocks on pages.
pub(crate) fn lay_out(blocks: &[Block], size: Size, drawing: &Drawing) -> LaidOut {
    // The table of contents needs page numbers that are known only after it stands there.
    let first = set(blocks, &[], size, drawing);
    if blocks.iter().any(|b| matches!(b, Block::Contents)) {
        set(blocks, &first.placements, size, drawing)
    } else {
        first
    }
}

fn set(blocks: &[Block], known: &[Placement], size: Size, drawing: &Drawing) -> LaidOut {
    let mut press = Press { pages: Vec::new(), y: 0.0, drawing: drawing.clone(), size, fresh: false };
    let mut placements = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        let placement = match block {
            Block::Cover(title, date) => press.cover(title, date),
            Block::Contents => press.contents(blocks, known),
            Block::Heading(level, text) => press.heading(*level, text, blocks.get(i + 1)),
            Block::Paragraph(text) => press.paragraph(text),
            Block::Table(table) => press.table(table),
            Block::Form(form) => press.form(form),
            Block::Evaluation(form) => press.evaluation(form),
        };
        placements.push(placement);
    }
    for (i, page) in press.pages.iter_mut().enumerate().skip(1) {
        if let (true, Some(Block::Cover(title, _))) = (drawing.running_head, blocks.first()) {
            page.centered(34.0, 8.0, title, false);
            page.lines.insert(0, Line::text(title, false));
        }
        let mark = format!("-{}-", i + 1);
        page.centered(page.height - 32.0, 10.0, &mark, false);
        page.line(LineKind::PageMark, vec![vec![mark]], false);
    }
    LaidOut { pages: press.pages, placements }
}

/// The pages so far and the place of the pen.
pub(crate) struct Press {
    pub(crate) pages: Vec<Page>,
    pub(crate) y: f32,
    pub(crate) drawing: Drawing,
    pub(crate) size: Size,
    /// Whether nothing but a part's heading stands on the last page.
    pub(crate) fresh: bool,
}

impl Press {
    /// Begins a page.
    pub(crate) fn turn(&mut self, landscape: bool) {
        self.pages.push(Page::new(landscape));
        self.y = TOP;
        self.fresh = true;
    }

    /// The last page.
    pub(crate) fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.turn(false);
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// Number of the last page.
    pub(crate) fn number(&self) -> u32 {
        self.pages.len() as u32
    }

    /// Space left on the last page.
    pub(crate) fn room(&mut self) -> f32 {
        let height = self.page().height;
        height - BOTTOM - self.y
    }

    fn here(&self) -> Placement {
        Placement { pages: vec![self.number()], rows: Vec::new() }
    }

    fn cover(&mut self, title: &str, date: &str) -> Placement {
        self.turn(false);
        let mut y = 260.0;
        let page = self.page();
        for line in wrap(title, 26.0, page.width - 4.0 * MARGIN) {
            page.centered(y, 26.0, &line, true);
            page.text_line(&line, true);
            y += 42.0;
        }
        page.centered(640.0, 15.0, date, false);
        page.text_line(date, false);
        self.fresh = false;
        self.y = page_end();
        self.here()
    }

    fn contents(&mut self, blocks: &[Block], known: &[Placement]) -> Placement {
        self.turn(false);
        let page = self.page();
        page.centered(90.0, 20.0, "目录", true);
        page.text_line("目录", true);
        let mut y = 130.0;
        for (i, block) in blocks.iter().enumerate() {
            let (indent, text) = match block {
                Block::Heading(1, text) => (0.0, text),
                Block::Heading(2, text) => (24.0, text),
                _ => continue,
            };
            let target = known.get(i).and_then(|p| p.pages.first()).map_or(String::new(), u32::to_string);
            let width = page.width - 2.0 * MARGIN - indent;
            let used = super::font::font().width(&format!("{text}{target}")) * 12.0;
            let dots = ((width - used) / (super::font::font().advance('.') * 12.0)) as usize;
            let line = format!("{text}{}{target}", ".".repeat(dots));
            page.text(MARGIN + indent, y, 12.0, &line, false);
            page.text_line(&line, false);
            y += 22.0;
        }
        self.fresh = false;
        self.y = page_end();
        self.here()
    }

    fn heading(&mut self, level: u8, text: &str, next: Option<&Block>) -> Placement {
        let landscape = matches!(next, Some(Block::Table(t)) if t.landscape);
        let full = self.size == Size::Full;
        if level == 1 && (full || matches!(next, Some(Block::Table(_) | Block::Form(_)))) || self.room() < 70.0 {
            self.turn(landscape);
        }
        let size = match level {
            1 => 18.0,
            2 => 14.0,
            _ => 13.0,
        };
        let (lead, indent) = (size * 1.8, if level == 1 { 0.0 } else { 2.0 * size });
        let y = self.y + size;
        let page = self.page();
        let lines = wrap(text, size, page.width - 2.0 * MARGIN - indent);
        for (i, line) in lines.iter().enumerate() {
            let y = y + lead * i as f32;
            match level {
                1 => page.centered(y, size, line, true),
                _ => page.text(MARGIN + indent, y, size, line, true),
            }
            page.text_line(line, true);
        }
        self.y += lead * lines.len() as f32;
        self.fresh &= level == 1;
        self.here()
    }

    fn paragraph(&mut self, text: &str) -> Placement {
        let (size, lead) = (12.5, 23.0);
        let width = self.page().width - 2.0 * MARGIN;
        let mut placement = Placement::default();
        // The indent of two ems is set as two ideographic blanks, as typists do.
        for (i, line) in wrap(&format!("\u{3000}\u{3000}{text}"), size, width).iter().enumerate() {
            if self.room() < lead {
                self.turn(false);
            }
            let y = self.y + size;
            let page = self.page();
            let (shown, x) = match line.strip_prefix("\u{3000}\u{3000}") {
                Some(rest) if i == 0 => (rest, MARGIN + 2.0 * size),
                _ => (line.as_str(), MARGIN),
            };
            page.text(x, y, size, shown, false);
            page.text_line(line, false);
            self.y += lead;
            if placement.pages.last() != Some(&self.number()) {
                placement.pages.push(self.number());
            }
        }
        self.fresh = false;
        placement
    }
}

/// Below any page: whatever comes next begins a page.
fn page_end() -> f32 {
    10_000.0
}
