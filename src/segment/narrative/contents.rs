//! Tables of contents leave the narrative.

use std::collections::BTreeSet;

use crate::segment::{TextLine, table};
use crate::terms::enumerator;
use crate::terms::statement::is_contents_title;

use super::bare;

/// A page goes on with the contents where this share of its lines ends in a page number, or is numbered.
const NUMBERED_SHARE: f32 = 0.6;

/// Contents run on to the next page from a page that they fill down to this share of the lowest line of all.
const FILLED_SHARE: f32 = 0.6;

/// Lines of contents without an enumerator (a bracketed remark, a wrapped end) have at most this many characters.
const MAX_REMARK_CHARS: usize = 24;

/// Contents whose title cannot be read have at least this many entries.
const MIN_UNTITLED: usize = 4;

/// At most this many lines stand above such contents on their page.
const MAX_ABOVE: usize = 3;

/// At least this many entries of such contents, besides the first, come again as headings of the text.
const MIN_REPEATED: usize = 2;

/// The lines without the contents, and without lines of dots that lead to a page number.
pub(super) fn without(lines: Vec<TextLine>) -> Vec<TextLine> {
    let mut dropped = vec![false; lines.len()];
    let mut idx = 0;
    while let Some(line) = lines.get(idx) {
        let is_titled = is_title(&line.text);
        let end = if is_titled { Some(end_of(&lines, idx)) } else { end_of_untitled(&lines, idx) };
        if let Some(end) = end {
            // …部门预算公开目录 is of the contents too.
            let before = idx.checked_sub(1).filter(|at| !is_titled && bare(&lines[*at].text).ends_with("目录"));
            if let Some(drop) = before.and_then(|at| dropped.get_mut(at)) {
                *drop = true;
            }
            for drop in dropped.get_mut(idx..end).unwrap_or_default() {
                *drop = true;
            }
            idx = end.max(idx + 1);
        } else {
            if let Some(drop) = dropped.get_mut(idx) {
                *drop = has_leader(&line.text);
            }
            idx += 1;
        }
    }
    let mut dropped = dropped.into_iter();
    lines.into_iter().filter(|_| !dropped.next().unwrap_or(false)).collect()
}

fn is_title(text: &str) -> bool {
    let text = bare(text).to_lowercase();
    let text = text.trim_matches(['—', '-', '·']);
    is_contents_title(text)
}

/// The first line after contents without a title that begin at `start`: entries and nothing else up to the first of
/// them printed again. Bureaus draw the title as a picture, or leave it out.
fn end_of_untitled(lines: &[TextLine], start: usize) -> Option<usize> {
    let first = entry(&lines.get(start)?.text);
    enumerator::split(&first)?;
    let page = lines.get(start)?.provenance.page;
    let above = || lines.get(..start).unwrap_or_default().iter().rev().take_while(|line| line.provenance.page == page);
    // The report's title may stand above them.
    if above().nth(MAX_ABOVE).is_some() || above().any(|line| enumerator::split(&line.text).is_some()) {
        return None;
    }
    let end = leads_back(lines, start + 1, &first)?;
    let keys = |range: &[TextLine]| -> BTreeSet<String> {
        range.iter().map(|line| entry(&line.text)).filter(|key| enumerator::split(key).is_some()).collect()
    };
    let entries = keys(lines.get(start + 1..end)?);
    let n_repeated = entries.intersection(&keys(lines.get(end..)?)).count();
    (entries.len() + 1 >= MIN_UNTITLED && n_repeated >= MIN_REPEATED).then_some(end)
}

/// Where the first entry is printed again, if nothing but entries stands between `from` and there.
fn leads_back(lines: &[TextLine], from: usize, first: &str) -> Option<usize> {
    let n = lines.get(from..)?.iter().position(|line| entry(&line.text) == first || is_text(line))?;
    (entry(&lines.get(from + n)?.text) == first).then_some(from + n)
}

/// Whether the contents that begin at `start` go on at `idx`, the head of a page: with the end of an entry that filled
/// its line, or with entries that lead back to the first one.
fn tail_goes_on(lines: &[TextLine], start: usize, idx: usize, first: Option<&str>) -> bool {
    let Some(first) = first else { return false };
    let right = |line: &TextLine| line.provenance.rect.map(|rect| rect.x1);
    let before = lines.get(start..idx).unwrap_or_default();
    let widest = before.iter().filter_map(right).fold(0.0, f32::max);
    let wraps = before.last().zip(lines.get(idx)).is_some_and(|(last, line)| {
        let is_full = right(last).is_some_and(|x| x > widest - last.size);
        let is_end = enumerator::split(&line.text).is_none() && bare(&line.text).chars().count() <= MAX_REMARK_CHARS;
        is_full && is_end && enumerator::split(&last.text).is_some() && !is_sentence(&line.text)
    });
    let from = if wraps { idx + 1 } else { idx };
    leads_back(lines, from, first).is_some_and(|end| end > idx)
}

/// The first line after the contents that begin with a title at `start`.
fn end_of(lines: &[TextLine], start: usize) -> usize {
    let page_of = |idx: usize| lines.get(idx).map(|line| line.provenance.page);
    let first_page = page_of(start);
    let bottom = |line: &TextLine| line.provenance.rect.map(|rect| rect.y1);
    let lowest = lines.iter().filter_map(bottom).fold(0.0, f32::max);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut first_entry: Option<String> = None;
    let mut idx = start + 1;
    while let Some(line) = lines.get(idx) {
        let page = page_of(idx);
        // The first entry printed again opens the text; in the contents themselves nothing stands twice.
        let key = entry(&line.text);
        let opens_page = page != first_page && page != page_of(idx - 1);
        let is_filled = || lines.get(idx - 1).and_then(bottom).is_none_or(|y| y >= FILLED_SHARE * lowest);
        // Between 文字部分 and 表格部分 the page may break before it is filled, but the numbers go on.
        let counts_on = || follows_number(lines.get(start..idx).unwrap_or_default(), &line.text);
        let goes_on = || {
            is_numbered(lines, idx)
                || (is_filled() || counts_on())
                    && (lists_entries(lines, idx, &seen) || ends_on_page(lines, idx, first_entry.as_deref()))
        };
        if opens_page && !goes_on() && !tail_goes_on(lines, start, idx, first_entry.as_deref()) {
            break;
        }
        if seen.contains(&key) && enumerator::split(&key).is_some() && opens_text(&key, &seen) {
            break;
        }
        // 注：空表表示…, below a list of the tables, is of the list.
        if is_sentence(&line.text) && !table::is_note(&line.text) {
            break;
        }
        if first_entry.is_none() && enumerator::split(&key).is_some() {
            first_entry = Some(key.clone());
        }
        seen.insert(key);
        idx += 1;
    }
    idx
}

/// Whether the page that begins at `start` has the contents' last entries above the text's first heading.
fn ends_on_page(lines: &[TextLine], start: usize, first_entry: Option<&str>) -> bool {
    let mut on_page = page_from(lines, start);
    let Some(n) = on_page.clone().position(|line| Some(entry(&line.text).as_str()) == first_entry) else {
        return false;
    };
    let rest = on_page.clone().take(n);
    let is_entry = |line: &TextLine| enumerator::split(&line.text).is_some();
    let n_entries = rest.clone().filter(|line| is_entry(line)).count();
    on_page.next().is_some_and(is_entry) && n_entries as f32 >= NUMBERED_SHARE * n as f32 && !rest.clone().any(is_text)
}

/// A heading that comes again is the text's own; contents number their chapters anew in every part.
fn opens_text(key: &str, seen: &BTreeSet<String>) -> bool {
    key.starts_with('第') || seen.len() > 2
}

/// Whether a part or a chapter has the number after that of the last one of its kind.
fn follows_number(before: &[TextLine], text: &str) -> bool {
    let kind = |text: &str| enumerator::split(text).map(|(kind, _)| kind);
    let last = before.iter().rev().find(|line| kind(&line.text) == kind(text));
    enumerator::number(text)
        .is_some_and(|number| last.and_then(|line| enumerator::number(&line.text)) == number.checked_sub(1))
}

/// Whether most lines of the page that begins at `start` end in a page number.
fn is_numbered(lines: &[TextLine], start: usize) -> bool {
    let on_page = page_from(lines, start);
    let n_numbered = on_page.clone().filter(|line| ends_in_page_number(&line.text)).count();
    let n = on_page.count();
    n >= 2 && n_numbered as f32 >= NUMBERED_SHARE * n as f32
}

/// Whether the page that begins at `start` lists headings and nothing else, as contents without page numbers do.
fn lists_entries(lines: &[TextLine], start: usize, seen: &BTreeSet<String>) -> bool {
    let on_page = page_from(lines, start);
    let n_entries = on_page.clone().filter(|line| enumerator::split(&line.text).is_some()).count();
    let n = on_page.clone().count();
    let has_text = on_page.clone().any(|line| is_text(line) || seen.contains(&entry(&line.text)));
    n >= 3 && n_entries as f32 >= NUMBERED_SHARE * n as f32 && !has_text
}

/// The lines from `start` to the end of their page.
fn page_from(lines: &[TextLine], start: usize) -> impl Iterator<Item = &TextLine> + Clone {
    let page = lines.get(start).map(|line| line.provenance.page);
    lines.get(start..).unwrap_or_default().iter().take_while(move |line| Some(line.provenance.page) == page)
}

/// Whether a line is anything but an entry: running text, the words that lead to a list, or a title of the text.
fn is_text(line: &TextLine) -> bool {
    let text = bare(&line.text);
    let is_entry = enumerator::split(&text).is_some();
    let leads = text.contains('；') || text.ends_with(['：', ':', ';']);
    let ends_sentence = text.ends_with('。') && !text.ends_with("。。");
    let is_title = !is_entry && line.centered && !ends_in_page_number(&text);
    let is_long = !is_entry && text.chars().count() > MAX_REMARK_CHARS && !ends_in_page_number(&text);
    is_sentence(&text) || leads || ends_sentence || is_title || is_long
}

/// An entry without dots, page number and white space.
fn entry(text: &str) -> String {
    let text = bare(text);
    let text =
        text.trim_end_matches(|ch: char| ch.is_ascii_digit() || matches!(ch, '(' | ')' | '（' | '）' | '-' | '—'));
    text.trim_end_matches(['.', '…', '·', '．', '。', '⋯', '—', '-', '_']).to_owned()
}

fn ends_in_page_number(text: &str) -> bool {
    let text = bare(text);
    let head = text.trim_end_matches([')', '）', '-', '—']);
    let n = head.chars().rev().take_while(char::is_ascii_digit).count();
    (1..=3).contains(&n) && head.chars().count() > n
}

/// Three dots or more, then a page number or nothing.
fn has_leader(text: &str) -> bool {
    let text = bare(text);
    let dots = ['.', '…', '·', '．', '⋯', '•'];
    let head = text.trim_end_matches(|ch: char| ch.is_ascii_digit() || matches!(ch, '(' | ')' | '（' | '）'));
    let n: usize = head
        .chars()
        .rev()
        .take_while(|ch| dots.contains(ch))
        .map(|ch| if matches!(ch, '…' | '⋯') { 3 } else { 1 })
        .sum();
    n >= 4 && head.chars().count() > 4
}

/// Running text: a full stop within, or a comma.
fn is_sentence(text: &str) -> bool {
    let text = bare(text);
    text.trim_end_matches('。').contains('。') || text.contains('，')
}
