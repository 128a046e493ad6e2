//! Header cells whose lines and glyphs an extractor mixed with each other are put apart by the words that they can be.

use std::collections::{BTreeMap, BTreeSet};

use super::doubled::Doubled;
use super::squares::all_even;
use super::{Ledger, Lines, is_cjk};
use crate::repair::TextRepair;
use crate::terms::header::HeaderWord;

/// Header cells written into each other.
const INTERLEAVED: &str = "interleaved";

/// Lines of a mixed header are pieces of narrow cells.
const MAX_PIECE_CHARS: usize = 16;

/// A header of more pieces is none.
const MAX_PIECES: usize = 60;

/// How many steps the search for the cells may take; real headers need some dozens.
const MAX_STEPS: usize = 20_000;

/// Repairs the pieces that follow a doubled header line.
///
/// Each glyph is there twice, in some order. The cells are found only if the glyphs, counted once, are those of known
/// header words to the last one, in one way.
pub(super) fn repair(lines: &mut Lines<'_>, doubled: &Doubled, ledger: &mut Ledger) {
    let mut idx = 0;
    while idx < lines.0.len() {
        let follows = idx > 0 && doubled.lines.get(idx - 1) == Some(&true);
        let len = if follows { zone_len(lines, doubled, idx) } else { 0 };
        if len > 1 {
            repair_zone(lines, idx, len, &doubled.words, ledger);
        }
        idx += len.max(1);
    }
}

/// How many lines from `from` on are pieces of header cells.
fn zone_len(lines: &Lines<'_>, doubled: &Doubled, from: usize) -> usize {
    let pieces = lines.0.iter().zip(&doubled.lines).skip(from);
    let is_piece = |text: &str| {
        let core = text.trim();
        core.chars().count() <= MAX_PIECE_CHARS && core.chars().all(|ch| is_cjk(ch) && !"，。；：、".contains(ch))
    };
    pieces.take_while(|(line, doubled)| !**doubled && is_piece(line.text)).take(MAX_PIECES + 1).count()
}

/// Puts one mixed header apart.
fn repair_zone(lines: &mut Lines<'_>, from: usize, len: usize, words: &BTreeSet<String>, ledger: &mut Ledger) {
    let Some(zone) = lines.0.get_mut(from..from + len) else { return };
    let glyphs: Vec<char> = zone.iter().flat_map(|line| line.text.trim().chars()).collect();
    if len > MAX_PIECES || !all_even(&glyphs) {
        return;
    }
    let Some(mut cells) = cover(&glyphs, words) else { return };
    order(&mut cells, &glyphs);
    let (Some(page), Some(number)) = (zone.first().map(|line| line.page), zone.first().map(|line| line.number)) else {
        return;
    };
    if cells.len() > len {
        return;
    }
    let before: Vec<String> = zone.iter().map(|line| line.text.clone()).collect();
    let after = cells.join("\n");
    for (idx, line) in zone.iter_mut().enumerate() {
        *line.text = cells.get(idx).cloned().unwrap_or_default();
    }
    ledger.repairs.push(TextRepair { kind: INTERLEAVED, before: before.join("\n"), after, page, line: number });
}

type Bag = BTreeMap<char, usize>;

fn bag_of(chars: impl Iterator<Item = char>) -> Bag {
    let mut bag = Bag::new();
    for ch in chars {
        *bag.entry(ch).or_default() += 1;
    }
    bag
}

/// The fewest header words whose glyphs are half of the given ones, if there is one such set.
fn cover(glyphs: &[char], words: &BTreeSet<String>) -> Option<Vec<String>> {
    let mut bag = bag_of(glyphs.iter().copied());
    bag.values_mut().for_each(|count| *count /= 2);
    let mut known: BTreeSet<&str> = words.iter().map(String::as_str).collect();
    for word in HeaderWord::all() {
        known.insert(word);
    }
    let candidates: Vec<(&str, Bag)> = known
        .into_iter()
        .filter(|word| word.chars().nth(1).is_some())
        .map(|word| (word, bag_of(word.chars())))
        .filter(|(_, of_word)| of_word.iter().all(|(ch, count)| bag.get(ch).is_some_and(|have| have >= count)))
        .collect();
    let mut search = Search { candidates: &candidates, found: Vec::new(), n_steps: 0 };
    search.descend(&mut bag, &mut Vec::new());
    // Cells are whole terms: 政府性基金预算 rather than 政府性基金 and 预算.
    let fewest = search.found.iter().map(Vec::len).min()?;
    let mut best = search.found.iter().filter(|words| words.len() == fewest);
    match (best.next(), best.next()) {
        (Some(one), None) if search.n_steps < MAX_STEPS => Some(one.iter().map(|word| (*word).to_owned()).collect()),
        _ => None,
    }
}

/// An exhaustive search with a limit for the solutions of the fewest words.
struct Search<'a> {
    candidates: &'a [(&'a str, Bag)],
    found: Vec<Vec<&'a str>>,
    n_steps: usize,
}

impl<'a> Search<'a> {
    fn descend(&mut self, bag: &mut Bag, chosen: &mut Vec<&'a str>) {
        self.n_steps += 1;
        let fewest = self.found.iter().map(Vec::len).min().unwrap_or(MAX_PIECES);
        if self.n_steps >= MAX_STEPS || chosen.len() > fewest {
            return;
        }
        // The rarest glyph leaves the fewest words to try.
        let rarest = bag.iter().filter(|(_, count)| **count > 0).min_by_key(|(ch, count)| (**count, **ch));
        let Some(glyph) = rarest.map(|(ch, _)| *ch) else {
            self.found.push(chosen.clone());
            return;
        };
        let candidates = self.candidates;
        for (word, of_word) in candidates.iter().filter(|(_, of_word)| of_word.contains_key(&glyph)) {
            let fits = of_word.iter().all(|(ch, count)| bag.get(ch).is_some_and(|have| have >= count));
            if !fits {
                continue;
            }
            for (ch, count) in of_word {
                bag.entry(*ch).and_modify(|have| *have -= count);
            }
            chosen.push(word);
            self.descend(bag, chosen);
            chosen.pop();
            for (ch, count) in of_word {
                bag.entry(*ch).and_modify(|have| *have += count);
            }
        }
    }
}

/// Orders the cells by the first glyph that no other cell has.
fn order(cells: &mut [String], glyphs: &[char]) {
    let all: Vec<String> = cells.to_vec();
    let own = |cell: &str| {
        let shared = |ch: char| all.iter().filter(|other| other.contains(ch)).count() > 1;
        glyphs.iter().position(|ch| cell.contains(*ch) && !shared(*ch)).unwrap_or(usize::MAX)
    };
    cells.sort_by_key(|cell| own(cell));
}

#[cfg(test)]
mod tests {
    use crate::repair::CleanDump;
    use crate::repair::text::drawn;

    fn repaired(text: &str) -> (Vec<String>, CleanDump) {
        let dump = drawn::repaired(text);
        (drawn::lines(&dump).filter(|line| !line.is_empty()).map(str::to_owned).collect(), dump)
    }

    #[test]
    fn header_cells_written_into_each_other_are_put_apart() {
        let (lines, dump) = repaired("项目名称项目名称 合计合计\n费人人员员经经\n费公\n用公\n用经经\n费费");
        assert_eq!(lines, ["项目名称 合计", "人员经费", "公用经费"]);
        assert!(dump.repairs.iter().any(|repair| repair.kind == "interleaved" && repair.line == 2));
    }

    #[test]
    fn glyphs_that_are_no_known_words_stay() {
        let text = "项目名称项目名称 合计合计\n风花雪月\n月雪花风\n完";
        assert_eq!(repaired(text).0, ["项目名称 合计", "风花雪月", "月雪花风", "完"]);
    }
}
