//! Adjacent glyphs of one baseline become text runs, in the order of drawing.

use crate::read::{Direction, Glyph};

/// Letters and digits that overlap by this share of the em more than their neighbours do are the end of one text and
/// the beginning of another, drawn over it.
const OVERDRAWN: f32 = 0.1;

/// A gap or an overlap that differs by this share of the em from those between the run's other glyphs stands between two
/// texts: within one they differ by what positions are rounded to, between two by chance.
pub const UNLIKE_GAP: f32 = 0.035;

/// Amounts are printed with so many decimals at least.
const MIN_DECIMALS: usize = 2;

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

/// Parts a run of several amounts, wherever the walls between their cells are: between the point of one and that of the next
/// where the gap is unlike all others there, or else behind as many decimals as the last one has.
fn part_amounts(glyphs: &[Glyph], run: Vec<u32>) -> Vec<Vec<u32>> {
    if n_points(glyphs, &run) < 2 || !is_number(glyphs, &run) {
        return vec![run];
    }
    let points: Vec<usize> = (0..run.len()).filter(|&at| is_point(glyphs, run[at])).collect();
    let n_decimals = points.last().map_or(0, |last| run.len() - 1 - last);
    let mut gaps: Vec<f32> = run.windows(2).map(|pair| gap(glyphs, pair[0], pair[1])).collect();
    let is_zero = |at: usize| run.get(at).is_some_and(|&i| matches!(glyphs[i as usize].ch, '0' | '０'));
    let all = gaps.clone();
    let middle = gaps.len() / 2;
    let usual = *gaps.select_nth_unstable_by(middle, f32::total_cmp).1;
    let seam = |from: usize, to: usize| {
        // A whole part has a digit, and begins with 0 only if that is all of it.
        let begins_well = |at: usize| at < to && (!is_zero(at) || at + 1 == to);
        let mut unlike = (from + MIN_DECIMALS + 1..to).filter(|&at| (all[at - 1] - usual).abs() > UNLIKE_GAP);
        let by_gap = match (unlike.next(), unlike.next()) {
            (Some(at), None) => Some(at),
            _ => None,
        };
        let by_decimals = Some(from + n_decimals + 1).filter(|_| n_decimals >= MIN_DECIMALS);
        by_gap.or(by_decimals).filter(|&at| begins_well(at))
    };
    let seams: Option<Vec<usize>> = points.windows(2).map(|pair| seam(pair[0], pair[1])).collect();
    let Some(seams) = seams else { return vec![run] };
    let mut parts = Vec::with_capacity(seams.len() + 1);
    let mut from = 0;
    for to in seams.into_iter().chain([run.len()]) {
        parts.push(run[from..to].to_vec());
        from = to;
    }
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
