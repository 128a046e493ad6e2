//! Adjacent glyphs of one baseline become text runs, in the order of drawing.

use crate::read::{Direction, Glyph};

/// Letters and digits that overlap by this share of the em more than their neighbours do are the end of one text and
/// the beginning of another, drawn over it.
const OVERDRAWN: f32 = 0.1;

/// Amounts of two cells stand this far apart at least, in ems; the digits of one do not.
const AMOUNT_GAP: f32 = 0.12;

/// Splits glyph indices into runs of adjacent glyphs; spaces and rotated glyphs are left out.
pub fn runs(glyphs: &[Glyph]) -> Vec<Vec<u32>> {
    let mut runs: Vec<Vec<u32>> = Vec::new();
    let mut last: Option<&Glyph> = None;
    for (idx, glyph) in glyphs.iter().enumerate() {
        if !is_table_text(glyph) {
            continue;
        }
        match (last, runs.last_mut()) {
            (Some(previous), Some(run)) if glyph.follows(previous) => run.push(idx as u32),
            _ => runs.push(vec![idx as u32]),
        }
        last = Some(glyph);
    }
    if runs.iter().any(|run| is_overdrawn(glyphs, run)) {
        runs = runs.into_iter().flat_map(|run| part_overdrawn(glyphs, run)).collect();
    }
    if runs.iter().any(|run| n_points(glyphs, run) > 1) {
        runs = runs.into_iter().flat_map(|run| part_amounts(glyphs, run)).collect();
    }
    runs
}

/// How many points a text has.
fn n_points(glyphs: &[Glyph], text: &[u32]) -> usize {
    text.iter().filter(|&&i| is_point(glyphs, i)).count()
}

/// Parts a run of several amounts where a gap follows the decimals of one, wherever the wall between their cells is.
fn part_amounts(glyphs: &[Glyph], run: Vec<u32>) -> Vec<Vec<u32>> {
    let mut parts: Vec<Vec<u32>> = Vec::new();
    let mut rest = run.as_slice();
    while n_points(glyphs, rest) > 1 && is_number(glyphs, rest) {
        let is_seam = |at: &usize| {
            let (before, after) = rest.split_at(*at);
            let pair = (before.last(), after.first());
            has_decimals(glyphs, before) && matches!(pair, (Some(&a), Some(&b)) if gap(glyphs, a, b) > AMOUNT_GAP)
        };
        let Some(seam) = (1..rest.len()).find(is_seam) else { break };
        let (before, after) = rest.split_at(seam);
        parts.push(before.to_vec());
        rest = after;
    }
    parts.push(rest.to_vec());
    parts
}

/// How far a glyph of a run stands from the one before it, in ems; below zero where they overlap.
pub fn gap(glyphs: &[Glyph], before: u32, after: u32) -> f32 {
    let (a, b) = (&glyphs[before as usize], &glyphs[after as usize]);
    (b.rect.x0 - a.rect.x1) / a.size.max(b.size).max(1.0)
}

/// Whether a text has digits and nothing but what figures are written with.
pub fn is_number(glyphs: &[Glyph], text: &[u32]) -> bool {
    let digit = |ch: char| matches!(ch, '0'..='9' | '０'..='９');
    let is_of_figure = |ch: char| digit(ch) || matches!(ch, ',' | '.' | '-' | '%' | '，' | '．' | '－' | '％');
    text.iter().all(|&i| is_of_figure(glyphs[i as usize].ch)) && text.iter().any(|&i| digit(glyphs[i as usize].ch))
}

/// Whether a text ends in two decimals or more and so is the end of an amount.
pub fn has_decimals(glyphs: &[Glyph], text: &[u32]) -> bool {
    text.iter().rposition(|&i| is_point(glyphs, i)).is_some_and(|point| text.len() - point > 2)
}

/// Whether a text ends before the second decimal of an amount.
pub fn ends_within_amount(glyphs: &[Glyph], text: &[u32]) -> bool {
    n_points(glyphs, text) > 0 && !has_decimals(glyphs, text)
}

fn is_point(glyphs: &[Glyph], at: u32) -> bool {
    matches!(glyphs[at as usize].ch, '.' | '．')
}

/// Whether two letters or digits overlap; punctuation is often set closer than its width.
fn overlaps(glyphs: &[Glyph], pair: &[u32], usual: f32) -> bool {
    let is_letter = |i: u32| glyphs[i as usize].ch.is_alphanumeric();
    matches!(pair, &[a, b] if is_letter(a) && is_letter(b) && gap(glyphs, a, b) < usual - OVERDRAWN)
}

fn is_overdrawn(glyphs: &[Glyph], run: &[u32]) -> bool {
    run.windows(2).any(|pair| overlaps(glyphs, pair, 0.0))
}

/// Parts a run where the next text begins over the end of the one before: amounts wider than their cells.
fn part_overdrawn(glyphs: &[Glyph], run: Vec<u32>) -> Vec<Vec<u32>> {
    if !is_overdrawn(glyphs, &run) {
        return vec![run];
    }
    let mut gaps: Vec<f32> = run.windows(2).map(|pair| gap(glyphs, pair[0], pair[1])).collect();
    let middle = gaps.len() / 2;
    let usual = gaps.select_nth_unstable_by(middle, f32::total_cmp).1.min(0.0);
    let mut parts: Vec<Vec<u32>> = vec![vec![run[0]]];
    for pair in run.windows(2) {
        match parts.last_mut() {
            Some(part) if !overlaps(glyphs, pair, usual) => part.push(pair[1]),
            _ => parts.push(vec![pair[1]]),
        }
    }
    parts
}

/// Whether a glyph is text of cells and lines: shown, upright, no white space.
pub fn is_table_text(glyph: &Glyph) -> bool {
    !glyph.ch.is_whitespace() && !glyph.ch.is_control() && glyph.direction != Direction::Rotated
}
