//! Pale text that is laid over the page's own is a watermark and leaves the page, wherever its text stands again.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::read::{Direction, Glyph, Orientation, RawPage, Tone, usual_size};

/// How high the ink of letters and digits is above the baseline, in ems.
const INK: f32 = 0.7;
/// Inks that share this much of the smaller one, each way, are drawn over each other: no setting comes as near.
const OVERLAP: f32 = 0.25;
/// Text this many times as large as the page's own is laid over it, not part of it.
const LARGE: f32 = 1.5;
/// Sizes of one text that is drawn again differ by less than this.
const SAME_SIZE: f32 = 0.05;
/// Of an amount's prints at least one in so many is laid over other text where it is a watermark.
const FEW_OVER: usize = 4;
/// Pairs of glyphs that are compared on one page; print that is meant to be read has far fewer that meet.
const MAX_PAIRS: usize = 4_000_000;

/// Takes the glyphs of watermarks off the pages.
///
/// Pale text alone is none: grey notes and labels stay. A watermark is printed over strong text, or across rulings where
/// it is large or repeated; then it is one on all pages.
pub fn repair(pages: &mut [RawPage], notes: &mut Vec<Note>) {
    let runs: Vec<Vec<Pale>> = pages.iter().map(|page| pale_runs(&page.glyphs)).collect();
    if runs.iter().all(Vec::is_empty) {
        return;
    }
    let over: Vec<Vec<bool>> = pages.iter().zip(&runs).map(|(page, runs)| laid_over(page, runs)).collect();
    let known = known(&runs, &over);
    for ((page, runs), over) in pages.iter_mut().zip(&runs).zip(&over) {
        let is_known = |run: &Pale| {
            let from = known.partition_point(|other| other.text < run.text);
            let mut same = known[from..].iter().take_while(|other| other.text == run.text);
            same.any(|other| other.is_like(run))
        };
        let marks: Vec<&Pale> =
            runs.iter().zip(over).filter(|(run, over)| **over || is_known(run)).map(|(run, _)| run).collect();
        take_off(page, &marks, notes);
    }
}

/// The texts of watermarks, in order: those that are laid over others. Amounts may meet by chance: one of which only few are
/// laid over others is none.
fn known(runs: &[Vec<Pale>], over: &[Vec<bool>]) -> Vec<Pale> {
    let mut all: Vec<(&Pale, bool)> = runs.iter().flatten().zip(over.iter().flatten().copied()).collect();
    all.sort_by(|(a, _), (b, _)| a.text.cmp(&b.text).then(a.size.total_cmp(&b.size)));
    let mut known = Vec::new();
    for alike in all.chunk_by(|(a, _), (b, _)| a.is_like(b)) {
        let n_over = alike.iter().filter(|(_, over)| *over).count();
        if let Some((run, _)) = alike.first()
            && (n_over > 0 && !run.is_figure() || n_over > 1 && n_over * FEW_OVER >= alike.len())
        {
            known.push((*run).clone());
        }
    }
    known
}

/// A run of pale glyphs.
#[derive(Clone, Debug)]
struct Pale {
    glyphs: Range<usize>,
    text: String,
    size: f32,
}

impl Pale {
    /// Whether the two are one text drawn in two places.
    fn is_like(&self, other: &Self) -> bool {
        self.text == other.text && (self.size - other.size).abs() <= SAME_SIZE * self.size
    }

    /// Whether it can be an amount: one that another of its value is laid over stays where it stands alone.
    fn is_figure(&self) -> bool {
        self.text.contains(['.', '．']) || self.text.chars().count() < 2
    }
}

/// Pale glyphs that follow each other.
fn pale_runs(glyphs: &[Glyph]) -> Vec<Pale> {
    let mut runs: Vec<Pale> = Vec::new();
    for (at, glyph) in glyphs.iter().enumerate() {
        if glyph.tone != Tone::Faint || glyph.direction == Direction::Rotated {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.glyphs.end == at && glyph.follows(&glyphs[at - 1]) => {
                run.glyphs.end += 1;
                glyph.push_text(&mut run.text);
            }
            _ => {
                let mut text = String::new();
                glyph.push_text(&mut text);
                runs.push(Pale { glyphs: at..at + 1, text, size: glyph.size });
            }
        }
    }
    runs.retain(|run| !run.text.trim().is_empty());
    runs
}

/// Which of a page's pale runs are laid over its text or its rulings.
fn laid_over(page: &RawPage, runs: &[Pale]) -> Vec<bool> {
    if runs.is_empty() {
        return Vec::new();
    }
    let is_own = |glyph: &&Glyph| glyph.tone != Tone::Faint && !glyph.ch.is_whitespace();
    let mut own: Vec<&Glyph> = page.glyphs.iter().filter(is_own).collect();
    own.sort_by(|a, b| a.origin.1.total_cmp(&b.origin.1));
    let largest = own.iter().map(|glyph| glyph.size).fold(0.0, f32::max);
    let usual = usual_size(own.iter().copied());
    let mut n_runs: BTreeMap<&str, usize> = BTreeMap::new();
    for run in runs {
        *n_runs.entry(&run.text).or_default() += 1;
    }
    let mut pairs_left = MAX_PAIRS;
    let mut over = Vec::with_capacity(runs.len());
    for run in runs {
        let glyphs = page.glyphs.get(run.glyphs.clone()).unwrap_or_default();
        let (mut n_met, mut n_shadows) = (0, 0);
        for glyph in glyphs.iter().filter(|glyph| !glyph.ch.is_whitespace()) {
            let (top, bottom) = (glyph.origin.1 - INK * glyph.size, glyph.origin.1 + INK * largest);
            let from = own.partition_point(|other| other.origin.1 < top);
            let near = own[from..].iter().take_while(|other| other.origin.1 < bottom).take(pairs_left);
            let mut n = 0;
            let met: Vec<&&Glyph> = near.inspect(|_| n += 1).filter(|other| overlap(glyph, other)).collect();
            pairs_left -= n;
            n_met += usize::from(!met.is_empty());
            n_shadows += usize::from(met.iter().any(|other| other.ch == glyph.ch));
        }
        // A pale text under the same text in strong ink is its shadow.
        let meets = n_met > 0 && n_shadows * 2 <= n_met;
        let is_large = run.size >= LARGE * usual;
        let is_repeated = !run.is_figure() && n_runs.get(run.text.as_str()).is_some_and(|n| *n > 1);
        let may_cross = (is_large || is_repeated) && pairs_left > page.rulings.len();
        over.push(meets || may_cross && crosses_rulings(page, glyphs));
        pairs_left = pairs_left.saturating_sub(if may_cross { page.rulings.len() } else { 0 });
    }
    over
}

/// Whether the inks of two glyphs are drawn over each other.
fn overlap(a: &Glyph, b: &Glyph) -> bool {
    let shared =
        |(a0, a1): (f32, f32), (b0, b1): (f32, f32)| a1.min(b1) - a0.max(b0) > OVERLAP * (a1 - a0).min(b1 - b0);
    let across = |glyph: &Glyph| (glyph.rect.x0, glyph.rect.x1);
    let down = |glyph: &Glyph| (glyph.origin.1 - INK * glyph.size, glyph.origin.1);
    shared(across(a), across(b)) && shared(down(a), down(b))
}

/// Whether a wall of a grid goes through a run: between its first glyph and its last.
fn crosses_rulings(page: &RawPage, run: &[Glyph]) -> bool {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return false };
    let middle = first.origin.1 - INK / 2.0 * first.size;
    page.rulings.iter().any(|ruling| {
        ruling.orientation == Orientation::Vertical
            && (first.rect.center_x()..last.rect.center_x()).contains(&ruling.at)
            && (ruling.from..ruling.to).contains(&middle)
    })
}

/// Takes the glyphs of watermarks off a page.
fn take_off(page: &mut RawPage, marks: &[&Pale], notes: &mut Vec<Note>) {
    let glyphs = marks.iter().filter_map(|mark| page.glyphs.get(mark.glyphs.clone())).flatten();
    let Some(rect) = glyphs.map(|glyph| glyph.rect).reduce(|all, rect| all.union(&rect)) else { return };
    let n: usize = marks.iter().map(|mark| mark.glyphs.len()).sum();
    let message = format!("{n} pale characters laid over the page's text were left out as a watermark");
    notes.push(Note::new(NoteKind::Watermark, message, Provenance::at(page.number, rect)));
    let mut marks = marks.iter().peekable();
    let mut at = 0..;
    page.glyphs.retain(|_| {
        let Some(at) = at.next() else { return true };
        while marks.next_if(|mark| mark.glyphs.end <= at).is_some() {}
        !marks.peek().is_some_and(|mark| mark.glyphs.contains(&at))
    });
}
