//! Running heads and page numbers leave the narrative.

use std::collections::{BTreeMap, BTreeSet};

use crate::segment::TextLine;
use crate::terms::enumerator::{self, Enumerator};

use super::{bare, place};

/// A running head stands on at least this many pages.
const MIN_PAGES: usize = 3;

/// Running heads stand at the same height within this many points.
const SAME_HEIGHT: f32 = 4.0;

/// Numbers of pages have at most this many digits.
const MAX_PAGE_DIGITS: usize = 4;

/// The lines without page numbers and without what the first or last lines of many pages repeat.
pub(super) fn without(lines: Vec<TextLine>) -> Vec<TextLine> {
    let has_geometry = lines.iter().any(|line| line.provenance.rect.is_some());
    let candidates: Vec<bool> =
        edges(&lines).into_iter().zip(&lines).map(|(at_edge, line)| at_edge && may_run(&line.text)).collect();
    let mut pages: BTreeMap<Key, BTreeSet<u32>> = BTreeMap::new();
    for (line, _) in lines.iter().zip(&candidates).filter(|(_, may_run)| has_geometry && **may_run) {
        for key in keys(line) {
            pages.entry(key).or_default().insert(line.provenance.page);
        }
    }
    let runs: Vec<bool> = lines
        .iter()
        .zip(candidates)
        .map(|(line, may_run)| {
            let on_many = |key| pages.get(key).is_some_and(|pages| pages.len() >= MIN_PAGES);
            may_run && (is_page_number(&line.text) || (has_geometry && keys(line).iter().any(on_many)))
        })
        .collect();
    let of_page = |idx: usize| lines.get(idx).map(|line| line.provenance.page);
    let runs_at = |idx: usize| runs.get(idx).copied().unwrap_or_default();
    // Between what runs and the edge of the page stands nothing but what runs too.
    let leaves: Vec<bool> = (0..lines.len())
        .map(|idx| {
            let page = of_page(idx);
            let above = idx.checked_sub(1).filter(|above| of_page(*above) == page);
            let below = Some(idx + 1).filter(|below| of_page(*below) == page);
            runs_at(idx) && (above.is_none_or(runs_at) || below.is_none_or(runs_at))
        })
        .collect();
    let mut leaves = leaves.into_iter();
    lines.into_iter().filter(|_| !leaves.next().unwrap_or_default()).collect()
}

/// Whether a line may be a running head: sentences and numbered headings are text on however many pages they stand.
pub(in crate::segment) fn may_run(text: &str) -> bool {
    let numbered =
        matches!(enumerator::split(text), Some((kind, rest)) if kind != Enumerator::Part && !rest.is_empty());
    !numbered && !text.contains(['。', '；', '！'])
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

/// What lines on several pages have in common that are one running head: the text, the number in it that counts the
/// pages (by its place in the text, and how far it is from the page), the height.
type Key = (String, Option<i64>, i64);

/// The keys of a line: as it stands, and with each number as the one that counts pages (第 3 页, 某局预算 3); its height
/// rounded both ways so that neighbours meet.
fn keys(line: &TextLine) -> Vec<Key> {
    let step = (place(line).1 / SAME_HEIGHT) as i64;
    let text = bare(&line.text);
    let mut shapes = vec![(text.clone(), None)];
    let mut end = 0;
    while let Some(start) = text[end..].find(|ch: char| ch.is_ascii_digit()).map(|at| end + at) {
        end = text[start..].find(|ch: char| !ch.is_ascii_digit()).map_or(text.len(), |n| start + n);
        let counted: Option<i64> = text[start..end].parse().ok().filter(|_| end - start <= MAX_PAGE_DIGITS);
        if let Some(number) = counted {
            let shape = format!("{}#{}", &text[..start], &text[end..]);
            shapes.push((shape, Some(number - i64::from(line.provenance.page))));
        }
    }
    shapes.into_iter().flat_map(|(shape, off)| [(shape.clone(), off, step), (shape, off, step + 1)]).collect()
}

/// Whether a line only counts the page: - 6 -, 第 3 页, 第 3 页 共 45 页, 3/45.
pub(super) fn is_page_number(text: &str) -> bool {
    let text = bare(text);
    let inner = text.trim_matches(['-', '—', '－', '–', '―', '─', '~', '·', '－']);
    let says_page = inner.contains('页');
    let is_word = |ch: char| {
        matches!(ch, '第' | '页' | '共' | ',' | '，' | '/') || (says_page && matches!(ch, '(' | ')' | '（' | '）'))
    };
    let digits: String = inner.chars().map(|ch| if is_word(ch) { ' ' } else { ch }).collect();
    let numbers: Vec<&str> = digits.split_whitespace().collect();
    (1..=2).contains(&numbers.len())
        && numbers.iter().all(|n| n.len() <= MAX_PAGE_DIGITS && n.bytes().all(|b| b.is_ascii_digit()))
}
