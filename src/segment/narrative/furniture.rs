//! Running heads and page numbers leave the narrative.

use std::collections::{BTreeMap, BTreeSet};

use crate::segment::TextLine;

use super::{bare, place};

/// A running head stands on at least this many pages.
const MIN_PAGES: usize = 3;

/// Running heads stand at the same height within this many points.
const SAME_HEIGHT: f32 = 4.0;

/// The lines without page numbers and without what the first or last line of many pages repeats.
pub(super) fn without(lines: Vec<TextLine>) -> Vec<TextLine> {
    let at_edge = edges(&lines);
    let mut pages: BTreeMap<(String, i64), BTreeSet<u32>> = BTreeMap::new();
    for (line, at_edge) in lines.iter().zip(&at_edge) {
        if *at_edge {
            for key in keys(line) {
                pages.entry(key).or_default().insert(line.provenance.page);
            }
        }
    }
    let runs =
        |line: &TextLine| keys(line).iter().any(|key| pages.get(key).is_some_and(|pages| pages.len() >= MIN_PAGES));
    let has_geometry = lines.iter().any(|line| line.provenance.rect.is_some());
    let mut at_edge = at_edge.into_iter();
    lines
        .into_iter()
        .filter(|line| {
            let at_edge = at_edge.next().unwrap_or(false);
            !(at_edge && (is_page_number(&line.text) || (has_geometry && runs(line))))
        })
        .collect()
}

/// Whether each line is one of the first or last two of its page.
fn edges(lines: &[TextLine]) -> Vec<bool> {
    let page = |idx: usize| lines.get(idx).map(|line| line.provenance.page);
    (0..lines.len())
        .map(|idx| {
            let first = idx < 2 || page(idx - 2) != page(idx);
            let last = page(idx + 2) != page(idx);
            first || last
        })
        .collect()
}

/// A line is found again under its text and its height, rounded both ways so that neighbours meet.
fn keys(line: &TextLine) -> [(String, i64); 2] {
    let step = (place(line).1 / SAME_HEIGHT) as i64;
    // Figures change from page to page: 第 3 页.
    let text: String = bare(&line.text).chars().map(|ch| if ch.is_ascii_digit() { '0' } else { ch }).collect();
    [(text.clone(), step), (text, step + 1)]
}

/// Whether a line only counts the page: - 6 -, 第 3 页, 第 3 页 共 45 页, 3/45.
pub(super) fn is_page_number(text: &str) -> bool {
    let text = bare(text);
    let inner = text.trim_matches(['-', '—', '－', '–', '―', '─', '~', '·', '－']);
    let digits: String =
        inner.chars().map(|ch| if matches!(ch, '第' | '页' | '共' | ',' | '，' | '/') { ' ' } else { ch }).collect();
    let numbers: Vec<&str> = digits.split_whitespace().collect();
    (1..=2).contains(&numbers.len()) && numbers.iter().all(|n| n.len() <= 4 && n.bytes().all(|b| b.is_ascii_digit()))
}
