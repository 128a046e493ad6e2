//! The damage that extractors leave in text dumps is put right, and each repair recorded.

mod characters;
mod doubled;
mod in_place;
mod interleaved;
mod neighbours;
mod numbers;
mod restarted;
mod run_together;
mod spelled;
mod squares;

use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::read::DumpPage;
use crate::read::text::DumpShape;
use crate::repair::{CleanDump, TextRepair};

/// Repairs the lines of a dump.
///
/// The order matters: doubling is told by the pattern of whole lines, so it comes before what reads single cells;
/// numbers can be put together only when their doubles are gone.
pub fn repair(pages: Vec<DumpPage>, notes: &mut Vec<Note>) -> CleanDump {
    let shape = DumpShape::of(&pages);
    let mut pages = pages;
    let mut ledger = Ledger::default();
    if shape == DumpShape::Marked {
        // Converters write each cell once.
        return CleanDump { pages, repairs: Vec::new(), shape };
    }
    let mut lines = Lines::of(&mut pages);
    if shape == DumpShape::Placed {
        // Any other repair would move what stands behind it.
        in_place::repair(&mut lines, &mut ledger);
        notes.extend(note_of(&ledger.repairs));
        return CleanDump { pages, repairs: ledger.repairs, shape };
    }
    characters::repair(&mut lines, &mut ledger);
    restarted::repair(&mut lines, &mut ledger);
    let doubled = doubled::repair(&mut lines, &mut ledger);
    interleaved::repair(&mut lines, &doubled, &mut ledger);
    spelled::repair(&mut lines, &mut ledger);
    numbers::repair(&mut lines, &mut ledger);
    let mut repairs = ledger.repairs;
    repairs.sort_by_key(|repair| repair.line);
    notes.extend(note_of(&repairs));
    CleanDump { pages, repairs, shape }
}

/// A text line of the dump while it is repaired; blank lines are not among them.
struct Line<'a> {
    page: u32,
    number: u32,
    text: &'a mut String,
}

/// The lines with text in the order of the file.
struct Lines<'a>(Vec<Line<'a>>);

impl<'a> Lines<'a> {
    fn of(pages: &'a mut [DumpPage]) -> Self {
        let lines = pages.iter_mut().flat_map(|page| {
            let number = page.number;
            page.lines.iter_mut().map(move |line| Line { page: number, number: line.number, text: &mut line.text })
        });
        Self(lines.filter(|line| !line.text.trim().is_empty()).collect())
    }
}

/// The repairs made so far.
#[derive(Default)]
struct Ledger {
    repairs: Vec<TextRepair>,
}

impl Ledger {
    /// Gives a line its repaired text and records the repair; a text that stays as it was is none.
    fn set(&mut self, kind: &'static str, line: &mut Line<'_>, after: String) {
        if *line.text != after {
            let before = std::mem::replace(line.text, after.clone());
            self.repairs.push(TextRepair { kind, before, after, page: line.page, line: line.number });
        }
    }
}

/// One note a repair, and one a page for all its spurious spaces.
fn note_of(repairs: &[TextRepair]) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut spaced: Option<(u32, usize)> = None;
    let flush = |spaced: &mut Option<(u32, usize)>, notes: &mut Vec<Note>| {
        if let Some((page, n_lines)) = spaced.take() {
            let message = format!("{}: spaces beside punctuation taken out of {n_lines} lines", characters::SPACE);
            notes.push(Note::new(NoteKind::TextRepaired, message, Provenance::page(page)));
        }
    };
    for repair in repairs {
        if spaced.is_some_and(|(page, _)| page != repair.page) {
            flush(&mut spaced, &mut notes);
        }
        if repair.kind == characters::SPACE {
            spaced = Some((repair.page, spaced.map_or(0, |(_, n_lines)| n_lines) + 1));
        } else {
            let message =
                format!("{}: `{}` read as `{}`", repair.kind, one_line(&repair.before), one_line(&repair.after));
            notes.push(Note::new(NoteKind::TextRepaired, message, Provenance::page(repair.page)));
        }
    }
    flush(&mut spaced, &mut notes);
    notes
}

/// A text of several lines in one.
fn one_line(text: &str) -> String {
    text.trim_end().replace('\n', " / ")
}

/// Marks what may be marked beside what is, downwards and then upwards; `joins` says of two neighbours, the upper one first,
/// whether the one tells of the other.
fn spread(marked: &mut [bool], may_be: impl Fn(usize) -> bool, joins: impl Fn(usize, usize) -> bool) {
    let n = marked.len();
    for idx in (1..n).chain((0..n.saturating_sub(1)).rev()) {
        let is_marked = |other: usize| marked.get(other) == Some(&true);
        let above = idx.checked_sub(1).is_some_and(|above| is_marked(above) && joins(above, idx));
        let beside = above || is_marked(idx + 1) && joins(idx, idx + 1);
        if let Some(slot) = marked.get_mut(idx).filter(|_| beside && may_be(idx)) {
            *slot = true;
        }
    }
}

/// Whether a character is a Chinese one, a mark of Chinese punctuation or a full-width form.
fn is_cjk(ch: char) -> bool {
    matches!(ch, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
        && ch != '\u{3000}'
}

/// Whether a text is an amount with decimals: `5,642.24`, `-0.5`; a bare whole number is not told from a code.
fn is_decimal(text: &str) -> bool {
    // Most texts are words.
    if !text.ends_with(|ch: char| ch.is_ascii_digit()) {
        return false;
    }
    let text = text.strip_prefix('-').unwrap_or(text);
    let Some((whole, decimals)) = text.split_once('.') else { return false };
    // No printed amount has more than six decimals.
    let decimals_fit = (1..=6).contains(&decimals.len()) && decimals.bytes().all(|byte| byte.is_ascii_digit());
    decimals_fit && is_whole(whole)
}

/// Whether a text is a whole number, with or without thousands separators.
fn is_whole(text: &str) -> bool {
    if !text.ends_with(|ch: char| ch.is_ascii_digit()) {
        return false;
    }
    let mut groups = text.split(',');
    let Some(first) = groups.next() else { return false };
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let mut n_groups = 1;
    let grouped = groups.all(|group| {
        n_groups += 1;
        digits(group) && group.len() == 3
    });
    digits(first) && grouped && (n_groups == 1 || first.len() <= 3)
}

/// Whether a number has as many digits as a code.
fn is_code(text: &str) -> bool {
    matches!(text.len(), 3 | 5 | 7) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod drawn {
    use crate::read::{DumpLine, DumpPage};
    use crate::repair::CleanDump;

    /// A page of these lines after all repairs.
    pub(super) fn repaired(text: &str) -> CleanDump {
        let lines = text.lines().zip(1..).map(|(text, number)| DumpLine { number, text: text.into() }).collect();
        super::repair(vec![DumpPage { number: 1, lines }], &mut Vec::new())
    }

    /// Its lines.
    pub(super) fn lines(dump: &CleanDump) -> impl Iterator<Item = &str> {
        dump.pages.iter().flat_map(|page| &page.lines).map(|line| line.text.as_str())
    }
}
