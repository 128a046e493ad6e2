//! Lines outside of tables become headings and paragraphs.

mod contents;
mod furniture;
mod paragraph;

use crate::segment::header::bare;
use crate::segment::{Block, TextLine};
use crate::terms::enumerator::{self, Enumerator};

pub(super) use furniture::may_run;
use paragraph::Paragraph;

/// What the lines outside of tables say.
#[derive(Clone, Debug, Default)]
pub struct Narrative {
    /// The lines of the cover, or of the title above the first page's text.
    pub cover: Vec<TextLine>,
    /// Headings and paragraphs in reading order.
    pub blocks: Vec<Block>,
}

/// Reads the lines that stand outside of tables and forms, in reading order.
///
/// Running heads, page numbers and tables of contents are left out; wrapped lines are joined, also over pages.
pub fn narrative(lines: Vec<TextLine>) -> Narrative {
    let mut lines: Vec<TextLine> = lines.into_iter().filter(|line| !bare(&line.text).is_empty()).collect();
    // Titles that belong to a table and to the narrative come out of turn.
    lines.sort_by(|a, b| place(a).0.cmp(&place(b).0).then(place(a).1.total_cmp(&place(b).1)));
    let lines = contents::without(furniture::without(lines));
    let size = usual_size(&lines);
    let n_cover = cover_len(&lines, size);
    let mut lines = lines;
    let body = lines.split_off(n_cover);
    let paragraphs = paragraph::paragraphs(&body, size);
    Narrative { cover: lines, blocks: blocks(&paragraphs, size) }
}

/// The most of a page above which a title may stand, in ems of the usual size.
const TITLE_DEPTH: f32 = 22.0;

/// A title is set larger than the text by this factor, or bold.
const TITLE_SIZE: f32 = 1.15;

/// Longer lines are no headings.
const MAX_HEADING_CHARS: usize = 60;

/// A page title has at most this many characters.
const MAX_TITLE_CHARS: usize = 40;

fn blocks(paragraphs: &[Paragraph], size: f32) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open_part = false;
    for (idx, paragraph) in paragraphs.iter().enumerate() {
        let kind = enumerator::split(&paragraph.text).map(|(kind, _)| kind);
        // 第一部分 alone on its line goes on with the title below it.
        if open_part && kind.is_none() && is_short(&paragraph.text) {
            if let Some(block) = blocks.last_mut() {
                block.text.push_str(paragraph.text.trim());
            }
            open_part = false;
            continue;
        }
        let before = idx.checked_sub(1).and_then(|before| paragraphs.get(before));
        let opens_page = before.is_none_or(|before| before.page != paragraph.page);
        // A full line of text is centred as well.
        let has_text = paragraphs.get(idx + 1).is_some_and(|next| {
            let is_title_too = next.centered && next.size > 0.95 * paragraph.size && is_short(&next.text);
            next.page == paragraph.page && !is_title_too
        });
        let heading = heading_level(&paragraph.text)
            .or_else(|| (opens_page && has_text && is_title(paragraph, size)).then_some(1));
        open_part = heading == Some(1) && enumerator::split(&paragraph.text).is_some_and(|(_, rest)| rest.is_empty());
        blocks.push(Block { heading, text: paragraph.text.clone(), provenance: paragraph.provenance });
    }
    raise_enclosing(&mut blocks);
    blocks
}

/// Some bureaus number what encloses the parts: 一、 right above 第一部分, and 二、 after the last one.
fn raise_enclosing(blocks: &mut [Block]) {
    let is_part = |block: &Block| matches!(enumerator::split(&block.text), Some((Enumerator::Part, _)));
    let mut enclosing = None;
    // The number that the next chapter of the part at hand has.
    let mut expected = 1;
    for idx in 0..blocks.len() {
        let opens_first_part = blocks
            .get(idx + 1)
            .is_some_and(|next| next.heading == Some(1) && is_part(next) && enumerator::number(&next.text) == Some(1));
        let Some(block) = blocks.get_mut(idx) else { break };
        match block.heading {
            Some(1) if is_part(block) => expected = 1,
            Some(2) => {
                let number = enumerator::number(&block.text);
                let opens = enclosing.is_none() && number == Some(1) && opens_first_part;
                let goes_on = number.is_some() && number != Some(expected) && number == enclosing.map(|n| n + 1);
                if opens || goes_on {
                    block.heading = Some(1);
                    enclosing = number;
                    expected = 1;
                } else {
                    expected = number.unwrap_or(expected) + 1;
                }
            }
            _ => {}
        }
    }
}

/// The level of a heading that stands alone; run-in headings and items are text.
fn heading_level(text: &str) -> Option<u8> {
    let (kind, rest) = enumerator::split(text)?;
    // Texts far apart on one line are cells of a table without rulings.
    let n_parts =
        text.split('\t').filter(|part| enumerator::split(part).is_none_or(|(_, rest)| !rest.is_empty())).count();
    if n_parts > 1 && kind != Enumerator::Part {
        return None;
    }
    let level = match kind {
        Enumerator::Part => 1,
        Enumerator::Chapter => 2,
        Enumerator::Section => 3,
        Enumerator::Item => return None,
    };
    if bare(text).chars().count() > MAX_HEADING_CHARS || (rest.is_empty() && level > 1) {
        return None;
    }
    // A full stop ends a sentence, except behind the nouns that headings end in.
    let rest = match rest.strip_suffix('。') {
        Some(noun) if ["说明", "情况", "概况"].iter().any(|word| noun.ends_with(word)) => noun,
        Some(_) => return None,
        None => rest.strip_suffix(':').unwrap_or(&rest),
    };
    let runs_on =
        rest.contains(['。', ';', '；', '，', ',', '!', '！', '?', '？']) || (level > 1 && rest.contains(':'));
    let unfinished = rest.ends_with(['、', '—']);
    (!runs_on && !unfinished).then_some(level)
}

/// An unnumbered title at the head of a page of text.
fn is_title(paragraph: &Paragraph, size: f32) -> bool {
    let text = bare(&paragraph.text);
    let at_head = paragraph.provenance.rect.is_some_and(|rect| rect.y0 < TITLE_DEPTH * size);
    at_head
        && paragraph.centered
        && (paragraph.size >= TITLE_SIZE * size || paragraph.bold)
        && is_short(&text)
        && enumerator::split(&text).is_none()
        && !text.starts_with(['（', '(', '注'])
        && !text.contains("单位：")
        && !text.is_ascii()
}

fn is_short(text: &str) -> bool {
    bare(text).chars().count() <= MAX_TITLE_CHARS && !text.contains(['。', '，', '；', '：'])
}

/// How many of the first lines belong to the cover: the first page up to its first heading or sentence.
fn cover_len(lines: &[TextLine], size: f32) -> usize {
    let Some(first) = lines.first() else { return 0 };
    let page = first.provenance.page;
    lines
        .iter()
        .take_while(|line| {
            let text = bare(&line.text);
            let sentence = text.contains(['。', '；']) || (!line.centered && text.chars().count() > MAX_TITLE_CHARS);
            let small = line.provenance.rect.is_some()
                && !line.centered
                && line.size < TITLE_SIZE * size
                && text.contains('，');
            line.provenance.page == page && heading_level(&text).is_none() && !sentence && !small
        })
        .count()
}

/// The size that most text is set in.
fn usual_size(lines: &[TextLine]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = lines.iter().map(|line| (line.size, line.text.chars().count())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, n)| n).sum::<usize>() / 2;
    let mut n_before = 0;
    for (size, n) in sizes {
        n_before += n;
        if n_before > half {
            return size;
        }
    }
    0.0
}

/// The page and the height at which a line stands.
fn place(line: &TextLine) -> (u32, f32) {
    (line.provenance.page, line.provenance.rect.map_or(0.0, |rect| rect.y0))
}
