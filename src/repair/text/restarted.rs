//! Bold text that an extractor wrote twice, each time on a line of its own, counts once: the second print begins left of
//! where the first one ended, and so a new line: 收入⏎收入 支出⏎支出.

use std::collections::BTreeSet;
use std::ops::Range;

use super::doubled::is_known;
use super::{Ledger, Lines, is_cjk, is_decimal, spread};
use crate::repair::TextRepair;
use crate::terms::header::is_total;

/// A text that ends one line and begins the next.
const RESTARTED: &str = "doubled-line";

/// So many different texts in a row are not repeated over line breaks by chance.
const LEAST_TEXTS: usize = 2;

/// Nor are so many lines that are each printed twice, if all are words.
const LEAST_LINES: usize = 3;

/// What is drawn twice before the next of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    /// A run of words, up to the next cell.
    Words,
    /// Each glyph.
    Glyphs,
}

/// Lines of which each ends with what the next begins with.
struct Chain {
    unit: Unit,
    from: usize,
    /// The texts that are there twice.
    texts: Vec<String>,
    /// For each line after the first, where its second print ends.
    ends: Vec<usize>,
    /// A line ends one text's second print and begins another's first.
    has_steps: bool,
    /// The lines in one, each text once.
    joined: String,
    /// No text is there once.
    is_whole: bool,
}

impl Chain {
    fn end(&self) -> usize {
        self.from + self.ends.len() + 1
    }

    /// Whether it tells by itself that its texts are printed twice: a header's last name may well be the first row's.
    fn is_telling(&self) -> bool {
        self.has_steps
            && match self.unit {
                Unit::Words => telling(&self.texts).len() >= LEAST_TEXTS,
                Unit::Glyphs => self.is_whole && self.joined.split_whitespace().any(is_known),
            }
    }

    /// One line, printed twice.
    fn is_line(&self) -> bool {
        self.unit == Unit::Words && self.texts.len() == 1 && !self.has_steps
    }
}

/// The texts that a report prints bold; zeros stand side by side in any row.
fn telling(texts: &[String]) -> BTreeSet<&str> {
    let says = |text: &&str| is_known(text) && text.contains(|ch: char| ch.is_alphabetic() || matches!(ch, '1'..='9'));
    texts.iter().map(String::as_str).filter(says).collect()
}

/// Whether a text is nothing but words.
fn are_words(text: &str) -> bool {
    text.chars().all(is_cjk)
}

/// The different texts that are nothing but words.
fn words_of(texts: &[String]) -> BTreeSet<&String> {
    texts.iter().filter(|text| are_words(text)).collect()
}

/// Joins the lines of text that is printed twice.
pub(super) fn repair(lines: &mut Lines<'_>, ledger: &mut Ledger) {
    for unit in [Unit::Glyphs, Unit::Words] {
        let chains = chains(&lines.0.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), unit);
        let taken = taken(&chains);
        for chain in chains.into_iter().zip(taken).filter_map(|(chain, taken)| taken.then_some(chain)) {
            let Some(of_chain) = lines.0.get_mut(chain.from..chain.end()) else { continue };
            let before: Vec<String> = of_chain.iter_mut().map(|line| std::mem::take(line.text)).collect();
            let Some(first) = of_chain.first_mut() else { continue };
            first.text.clone_from(&chain.joined);
            let (before, page, line) = (before.join("\n"), first.page, first.number);
            ledger.repairs.push(TextRepair { kind: RESTARTED, before, after: chain.joined, page, line });
        }
        lines.0.retain(|line| !line.text.trim().is_empty());
    }
}

/// The words or glyphs of a line, and where each ends.
fn units(line: &str, unit: Unit) -> Vec<(&str, usize)> {
    let parts: Vec<&str> = match unit {
        Unit::Words => line.split_inclusive(char::is_whitespace).collect(),
        Unit::Glyphs => line.split_inclusive(|_| true).collect(),
    };
    let mut at = 0;
    let placed = parts.into_iter().map(|part| {
        at += part.len();
        (part.trim_end(), at - (part.len() - part.trim_end().len()))
    });
    placed.filter(|(text, _)| !text.is_empty()).collect()
}

/// Parts the second print of a cell from the first of the next where no space does: 收入⏎收入支出⏎支出.
fn part_joined(words: &mut [Vec<(&str, usize)>]) {
    for idx in 1..words.len().saturating_sub(1) {
        let Some(&(before, _)) = words[idx - 1].last() else { continue };
        let Some(&(joined, end)) = words[idx].first() else { continue };
        let Some(rest) = joined.strip_prefix(before).filter(|rest| !rest.is_empty()) else { continue };
        let is_cell = before.chars().count() > 1 && are_words(before);
        if is_cell && words[idx + 1].first().is_some_and(|(next, _)| next.starts_with(rest)) {
            words[idx].splice(0..1, [(before, end - rest.len()), (rest, end)]);
        }
    }
}

/// Every chain of lines, in their order.
fn chains(lines: &[&str], unit: Unit) -> Vec<Chain> {
    let mut words: Vec<Vec<(&str, usize)>> = lines.iter().map(|line| units(line, unit)).collect();
    if unit == Unit::Words {
        part_joined(&mut words);
    }
    let mut chains = Vec::new();
    let mut from = 0;
    while let (Some(first), Some(line)) = (words.get(from), lines.get(from)) {
        // A line of several glyphs is none of a text whose glyphs are each written twice; one before it may end alike: 附表2⏎2⏎20.
        if unit == Unit::Glyphs && first.len() > 1 {
            from += 1;
            continue;
        }
        let (texts, ends, joined) = (Vec::new(), Vec::new(), line.trim_end().to_owned());
        let mut chain = Chain { unit, from, texts, ends, has_steps: false, joined, is_whole: true };
        // How many of a line's words are a second print, and how many before those are not printed again.
        let (mut n_doubled, mut n_open) = (0, first.len());
        for (next, line) in words.iter().zip(lines).skip(from + 1) {
            let Some(before) = words.get(from + chain.ends.len()) else { break };
            // What is a second print is not printed a third time.
            let open = before.get(n_doubled..).unwrap_or_default();
            let most = if unit == Unit::Glyphs { 1 } else { open.len() };
            let is_again = |n: &usize| open[open.len() - n..].iter().zip(next).all(|((a, _), (b, _))| a == b);
            let Some(n) = (1..=most.min(open.len()).min(next.len())).rev().find(is_again) else { break };
            let end = next[n - 1].1;
            chain.has_steps |= n_doubled > 0;
            chain.is_whole &= open.len() == n;
            chain.texts.push(next[..n].iter().map(|(text, _)| *text).collect::<Vec<_>>().join(" "));
            let rest = line.get(end..).unwrap_or_default().trim_end();
            // 支出合计: the second print of one cell and the first of the next.
            let is_joined = unit == Unit::Words && !rest.is_empty() && !rest.starts_with(char::is_whitespace);
            chain.joined.extend(is_joined.then_some(' '));
            chain.joined.push_str(rest);
            chain.ends.push(end);
            (n_doubled, n_open) = (n, next.len() - n);
        }
        chain.is_whole &= n_open == 0;
        from = chain.end();
        if !chain.texts.is_empty() {
            chains.push(chain);
        }
    }
    chains
}

/// Which chains are text printed twice: those that tell it, lines of a header each of which is printed twice, and what
/// stands beside them.
fn taken(chains: &[Chain]) -> Vec<bool> {
    let mut taken: Vec<bool> = chains.iter().map(Chain::is_telling).collect();
    let joins = |a: &Chain, b: &Chain| a.end() == b.from;
    let mut at = 0;
    let runs = chains.chunk_by(|a, b| joins(a, b) && a.is_line() && b.is_line()).map(|run| {
        let texts: Vec<String> = run.iter().flat_map(|chain| chain.texts.iter().cloned()).collect();
        at += run.len();
        (at - run.len()..at, texts)
    });
    let runs: Vec<(Range<usize>, Vec<String>)> = runs.collect();
    let are_lines = |texts: &[String]| words_of(texts).len() >= LEAST_LINES && telling(texts).len() >= LEAST_TEXTS;
    // Where headers are printed so, the cells of bold rows are.
    let is_by_lines = runs.iter().any(|(_, texts)| are_lines(texts));
    for (run, texts) in runs.into_iter().filter(|_| is_by_lines) {
        let (n_words, n_telling) = (words_of(&texts).len(), telling(&texts).len());
        let are_names = n_words >= LEAST_TEXTS && n_telling > 0;
        let are_cells = are_names || n_words.max(n_telling) >= LEAST_LINES || texts.iter().any(|text| is_total(text));
        // Amounts before the first name are of the row above, which may show one amount twice; a chain by itself may have
        // more of them than the run has chains.
        let n_before = texts.iter().position(|text| are_words(text)).unwrap_or(0);
        if are_lines(&texts) {
            taken[run].fill(true);
        } else if are_cells {
            taken[(run.start + n_before).min(run.end)..run.end].fill(true);
        }
    }
    let chain = |idx: usize| chains.get(idx);
    let may_be = |idx: usize| chain(idx).is_some_and(|chain| chain.is_whole);
    // A name begins a row: the amounts above it are of another, which may show one amount twice.
    let begins = |a: &Chain, b: &Chain| a.texts.iter().all(|text| is_decimal(text)) && are_words(&b.texts[0]);
    let are_beside = |a: &Chain, b: &Chain| joins(a, b) && !begins(a, b);
    spread(&mut taken, may_be, |above, below| chain(above).zip(chain(below)).is_some_and(|(a, b)| are_beside(a, b)));
    taken
}

#[cfg(test)]
mod tests {
    use crate::repair::text::drawn;

    /// The lines with text after all repairs.
    fn repaired(text: &str) -> String {
        let dump = drawn::repaired(text);
        drawn::lines(&dump).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_line_of_bold_cells_is_put_together() {
        assert_eq!(repaired("收入\n收入 支出\n支出\n一、某类收入 5.00 甲"), "收入 支出\n一、某类收入 5.00 甲");
        assert_eq!(
            repaired("本年收入合计\n本年收入合计 9.50\n9.50 本年支出合计\n本年支出合计 9.50\n9.50 9.50\n9.50"),
            "本年收入合计 9.50 本年支出合计 9.50 9.50"
        );
    }

    #[test]
    fn bold_amounts_in_a_plain_row_are_put_together() {
        assert_eq!(repaired("209 某类支出 7.36\n7.36 5.56\n5.56 1.80\n1.80"), "209 某类支出 7.36 5.56 1.80");
    }

    #[test]
    fn wrapped_cells_beside_a_bold_line_count_once() {
        let header = "项目\n项目 合计\n合计 单位资金\n单位资金\n上年结转安\n上年结转安\n排\n排\n甲 1.00";
        assert_eq!(repaired(header), "项目 合计 单位资金\n上年结转安\n排\n甲 1.00");
    }

    #[test]
    fn lines_of_single_cells_are_told_by_a_header_of_them() {
        let header =
            "项目\n项目\n本年收入\n本年收入\n合计\n合计\n合计\n合计\n9.50\n9.50\n9.50\n9.50\n209\n某类支出\n3.00\n3.00";
        assert_eq!(repaired(header), "项目\n本年收入\n合计\n合计\n9.50\n9.50\n209\n某类支出\n3.00\n3.00");
    }

    #[test]
    fn the_cells_of_bold_rows_are_told_by_a_header_of_lines() {
        let header = "项目\n项目\n本年收入\n本年收入\n合计\n合计\n小计\n小计\n甲\n";
        let rows =
            |rows: &str| repaired(&format!("{header}{rows}")).split_once("甲\n").map(|(_, rows)| rows.to_owned());
        let is_read = |of: &str, read: &str| assert_eq!(rows(of).as_deref(), Some(read));
        is_read("5.00\n5.00\n收入合计\n收入合计\n9.50\n9.50\n乙\n2.00", "5.00\n5.00\n收入合计\n9.50\n乙\n2.00");
        is_read("9.00\n9.00\n6.00\n6.00\n3.00\n3.00\n乙\n2.00", "9.00\n6.00\n3.00\n乙\n2.00");
        is_read("5.00\n5.00\n4.00\n4.00\n乙\n2.00", "5.00\n5.00\n4.00\n4.00\n乙\n2.00");
    }

    #[test]
    fn one_chain_may_begin_with_several_amounts() {
        let header = "项目\n项目\n本年收入\n本年收入\n合计\n合计\n小计\n小计\n甲\n";
        let read = repaired(&format!("{header}9.00\n9.00 8.00\n8.00 合计\n合计 7.00"));
        assert_eq!(read, "项目\n本年收入\n合计\n小计\n甲\n9.00 8.00 合计 7.00");
    }

    #[test]
    fn a_second_print_may_run_into_the_next_cell() {
        let header = "项目\n项目\n本年收入\n本年收入\n合计\n合计\n一般公共预算\n一般公共预算政府性基金预\n政府性基金预\n算\n甲 1.00";
        assert_eq!(repaired(header), "项目\n本年收入\n合计\n一般公共预算 政府性基金预\n算\n甲 1.00");
    }

    #[test]
    fn bold_cells_whose_glyphs_are_each_written_twice_are_put_together() {
        assert_eq!(repaired("收\n收入\n入 支\n支出\n出\n甲 1.00"), "收入 支出\n甲 1.00");
        assert_eq!(repaired("附表2\n2\n20\n02\n23\n3年\n年收\n收支\n支总\n总表\n表"), "附表2\n2023年收支总表");
        let words = "甲某项目\n目标 1.00\n乙某项目 2.00";
        assert_eq!(repaired(words), words);
        assert_eq!(repaired("2\n20\n02\n23\n3年\n年收\n收支\n支总\n总表\n表"), "2023年收支总表");
    }

    #[test]
    fn what_ends_one_line_and_begins_the_next_stays() {
        let plain = "项目 基本支出 合计\n合计 3.00 3.00\n甲 0.00 0.00\n0.00 0.00\n0.00\n质量达标\n质量达标 优\n优";
        assert_eq!(repaired(plain), plain);
        let cells = "合计\n合计\n9.00\n9.00\n甲\n5.00\n5.00";
        assert_eq!(repaired(cells), cells);
    }
}
