//! Bold text written twice counts once in dumps that keep places: each word keeps the room that it took.

use std::collections::HashMap;

use super::doubled::{self, TWO_AMOUNTS, doubled_cell};
use super::squares::undouble;
use super::{Ledger, Line, Lines};

/// Repairs the lines that are doubled in a dump that keeps places.
pub(super) fn repair(lines: &mut Lines<'_>, ledger: &mut Ledger) {
    // What is doubled is told as in any dump; only what is left of it is put elsewhere.
    let mut texts: Vec<String> = lines.0.iter().map(|line| line.text.clone()).collect();
    let copies = lines.0.iter().zip(&mut texts).map(|(line, text)| Line { page: line.page, number: line.number, text });
    let mut found = Ledger::default();
    let doubled = doubled::repair(&mut Lines(copies.collect()), &mut found);
    let kinds: HashMap<(u32, u32), &'static str> =
        found.repairs.iter().map(|repair| ((repair.page, repair.line), repair.kind)).collect();
    for (idx, (line, text)) in lines.0.iter_mut().zip(&texts).enumerate() {
        let kind = kinds.get(&(line.page, line.number));
        if let Some(kind) = kind.filter(|_| *line.text != *text) {
            let is_whole = doubled.lines.get(idx).copied().unwrap_or(false);
            let after = if **kind == *TWO_AMOUNTS { parted(line.text) } else { counted_once(line.text, is_whole) };
            ledger.set(kind, line, after);
        }
    }
}

/// The line with its doubled words counted once, and spaces where their doubles were.
fn counted_once(line: &str, is_whole: bool) -> String {
    let mut after = String::with_capacity(line.len());
    let mut first = true;
    for piece in line.split_inclusive(' ') {
        let word = piece.trim_end_matches(' ');
        let once = if is_whole { undouble(&word.chars().collect::<Vec<_>>()) } else { doubled_cell(word, first) };
        match once {
            Some(once) => {
                after.push_str(&once.in_place());
                after.push_str(piece.strip_prefix(word).unwrap_or_default());
            }
            None => after.push_str(piece),
        }
        first &= word.is_empty();
    }
    after.truncate(after.trim_end_matches(' ').len());
    after
}

/// The line with a space between two equal amounts that had none; what follows behind spaces keeps its place.
fn parted(line: &str) -> String {
    let mut after = String::with_capacity(line.len() + 1);
    let mut is_moved = false;
    for piece in line.split_inclusive(' ') {
        let word = piece.trim_end_matches(' ');
        match doubled_cell(word, false) {
            Some(once) => {
                after.push_str(&once.twice());
                after.push_str(piece.strip_prefix(word).unwrap_or_default());
                is_moved = true;
            }
            // The gap goes on: one of its spaces makes up for the new one.
            None if is_moved && word.is_empty() => is_moved = false,
            None => after.push_str(piece),
        }
    }
    after
}

#[cfg(test)]
mod tests {
    use super::{counted_once, parted};

    #[test]
    fn two_equal_amounts_are_parted_and_what_follows_stays() {
        assert_eq!(parted("某院  11.5011.50   0.00  2.00"), "某院  11.50 11.50  0.00  2.00");
        assert_eq!(parted("某院  11.5011.50 0.00"), "某院  11.50 11.50 0.00");
    }

    #[test]
    fn what_stands_behind_a_doubled_word_stays_in_its_place() {
        assert_eq!(counted_once("合合计计    1111..5500  2200..0000", true), "合计      11.50       20.00");
        assert_eq!(counted_once("教育   11.5011.50  20.00", false), "教育   11.50       20.00");
        assert_eq!(counted_once("11.5011.5030.0030.00  20.00", false), "11.50     30.00       20.00");
    }
}
