//! Bold text that an extractor wrote twice, each time on a line of its own, counts once: the second print begins left of
//! where the first one ended, and so a new line: 收入⏎收入 支出⏎支出.

use std::collections::BTreeSet;

use super::doubled::is_known;
use super::{Ledger, Lines, is_cjk};
use crate::repair::TextRepair;

/// A text that ends one line and begins the next.
const RESTARTED: &str = "doubled-line";

/// So many different texts in a row are not repeated over line breaks by chance.
const LEAST_TEXTS: usize = 2;

/// Nor are so many lines that are each printed twice, if all are words.
const LEAST_LINES: usize = 3;

/// Lines of which each ends with what the next begins with.
struct Chain {
    from: usize,
    /// The texts that are there twice, by the words that the following lines begin with.
    texts: Vec<String>,
    /// For each line after the first, how many of its words are a second print.
    n_doubled: Vec<usize>,
    /// A line ends one text's second print and begins another's first.
    has_steps: bool,
}

impl Chain {
    fn end(&self) -> usize {
        self.from + self.n_doubled.len() + 1
    }

    /// Whether it tells by itself that its texts are printed twice: a header's last name may well be the first row's.
    fn is_telling(&self) -> bool {
        self.has_steps && telling(&self.texts).len() >= LEAST_TEXTS
    }

    /// One line, printed twice.
    fn is_line(&self) -> bool {
        self.texts.len() == 1 && !self.has_steps
    }
}

/// The texts that a report prints bold; zeros stand side by side in any row.
fn telling(texts: &[String]) -> BTreeSet<&str> {
    let says = |text: &&str| is_known(text) && text.contains(|ch: char| ch.is_alphabetic() || matches!(ch, '1'..='9'));
    texts.iter().map(String::as_str).filter(says).collect()
}

/// Joins the lines of text that is printed twice.
pub(super) fn repair(lines: &mut Lines<'_>, ledger: &mut Ledger) {
    let words: Vec<Vec<&str>> = lines.0.iter().map(|line| line.text.split_whitespace().collect()).collect();
    let chains = chains(&words);
    let taken = taken(&chains);
    for chain in chains.into_iter().zip(taken).filter_map(|(chain, taken)| taken.then_some(chain)) {
        let Some(of_chain) = lines.0.get_mut(chain.from..chain.end()) else { continue };
        let before: Vec<String> = of_chain.iter().map(|line| line.text.clone()).collect();
        let [first, rest @ ..] = of_chain else { continue };
        let mut after = first.text.trim_end().to_owned();
        for (line, n_doubled) in rest.iter_mut().zip(&chain.n_doubled) {
            let text = std::mem::take(line.text);
            let new = (0..*n_doubled).fold(text.as_str(), |text, _| {
                let text = text.trim_start();
                text.find(char::is_whitespace).map_or("", |end| text.get(end..).unwrap_or_default())
            });
            after.push_str(new.trim_end());
        }
        first.text.clone_from(&after);
        let (before, page, line) = (before.join("\n"), first.page, first.number);
        ledger.repairs.push(TextRepair { kind: RESTARTED, before, after, page, line });
    }
}

/// Every chain of lines, in their order.
fn chains(words: &[Vec<&str>]) -> Vec<Chain> {
    let mut chains = Vec::new();
    let mut from = 0;
    while from < words.len() {
        let mut chain = Chain { from, texts: Vec::new(), n_doubled: Vec::new(), has_steps: false };
        let mut n_doubled = 0;
        for pair in words.get(from..).unwrap_or_default().windows(2) {
            let [line, next] = pair else { break };
            // What is a second print is not printed a third time.
            let open = line.get(n_doubled..).unwrap_or_default();
            let ends = |n: &usize| open.get(open.len() - n..) == next.get(..*n);
            let Some(n) = (1..=open.len().min(next.len())).rev().find(ends) else { break };
            chain.has_steps |= n_doubled > 0;
            chain.texts.push(next.get(..n).unwrap_or_default().join(" "));
            chain.n_doubled.push(n);
            n_doubled = n;
        }
        from += chain.n_doubled.len() + 1;
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
    let mut from = 0;
    for run in chains.chunk_by(|a, b| joins(a, b) && a.is_line() && b.is_line()) {
        let texts: Vec<String> = run.iter().flat_map(|chain| chain.texts.iter().cloned()).collect();
        let different: BTreeSet<&String> = texts.iter().filter(|text| text.chars().all(is_cjk)).collect();
        let are_lines = different.len() >= LEAST_LINES && telling(&texts).len() >= LEAST_TEXTS;
        for slot in taken.iter_mut().skip(from).take(run.len()).filter(|_| are_lines) {
            *slot = true;
        }
        from += run.len();
    }
    // Downwards and then upwards.
    for idx in (1..chains.len()).chain((0..chains.len().saturating_sub(1)).rev()) {
        let is_beside = |other: Option<usize>| {
            let other = other.filter(|other| taken.get(*other) == Some(&true));
            let pair = other.and_then(|other| Some((chains.get(other.min(idx))?, chains.get(other.max(idx))?)));
            pair.is_some_and(|(above, below)| joins(above, below))
        };
        let beside = is_beside(idx.checked_sub(1)) || is_beside(Some(idx + 1));
        if let Some(slot) = taken.get_mut(idx).filter(|_| beside) {
            *slot = true;
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use crate::read::{DumpLine, DumpPage};

    /// The lines with text after all repairs.
    fn repaired(text: &str) -> String {
        let lines = text.lines().zip(1..).map(|(text, number)| DumpLine { number, text: text.into() }).collect();
        let dump = crate::repair::text::repair(vec![DumpPage { number: 1, lines }], &mut Vec::new());
        let lines = dump.pages.iter().flat_map(|page| &page.lines).map(|line| line.text.trim());
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
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
    fn what_ends_one_line_and_begins_the_next_stays() {
        let plain = "项目 基本支出 合计\n合计 3.00 3.00\n甲 0.00 0.00\n0.00 0.00\n0.00\n质量达标\n质量达标 优\n优";
        assert_eq!(repaired(plain), plain);
        let cells = "合计\n合计\n9.00\n9.00\n甲\n5.00\n5.00";
        assert_eq!(repaired(cells), cells);
    }
}
