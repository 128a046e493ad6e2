//! Bold text that an extractor wrote twice counts once: decided by the pattern of the whole line, never by a bare
//! repeat.

use std::collections::BTreeSet;

use super::squares::{Undoubled, is_odd, undouble};
use super::{Ledger, Line, Lines, is_cjk, is_decimal, spread};
use crate::terms::header::{HeaderWord, is_total};
use crate::terms::statement::{is_contents_title, is_title};

/// A run printed twice: 收入收入.
const RUN: &str = "doubled-run";

/// Equal amounts of two columns without a space: 11.5011.50.
pub(super) const TWO_AMOUNTS: &str = "joined-amounts";

/// Glyphs printed twice in turn: 收收入入.
const GLYPH: &str = "doubled-glyph";

/// A run of this many characters is not said twice in a row by any writer.
const LONG_RUN: usize = 6;

/// This many glyphs doubled in turn on a line are no reduplication of the language.
const MANY_PAIRS: usize = 6;

/// The longest word in use that says each of its glyphs twice, 人人事事处处.
const LONGEST_REDUPLICATION: usize = 3;

/// No title of a table is shorter; 附表 is a word of sentences.
const MIN_TITLE_CHARS: usize = 4;

/// What a line with nothing but doubled text is worth as evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Evidence {
    /// The line tells by itself.
    Strong,
    /// It is doubled only if the line above or below it is: the rest of a wrapped header cell.
    Weak,
}

/// What the doubled lines of a dump tell about its other lines.
#[derive(Debug, Default)]
pub(super) struct Doubled {
    /// For each text line, whether all of it was doubled.
    pub(super) lines: Vec<bool>,
    /// The words of the doubled lines: titles and header cells.
    pub(super) words: BTreeSet<String>,
}

/// Repairs doubled lines, and doubled cells in other lines.
pub(super) fn repair(lines: &mut Lines<'_>, ledger: &mut Ledger) -> Doubled {
    let readings: Vec<Option<Reading>> = lines.0.iter().map(|line| read_line(line.text)).collect();
    let evidence = |idx: usize| readings.get(idx).and_then(Option::as_ref).map(|reading| reading.evidence);
    let mut doubled: Vec<bool> = (0..readings.len())
        .map(|idx| match evidence(idx) {
            Some(Evidence::Strong) => true,
            Some(Evidence::Weak) => begins_header_word(&readings, &lines.0, idx),
            None => false,
        })
        .collect();
    // Weak lines count in the neighbourhood of others.
    spread(&mut doubled, |idx| evidence(idx) == Some(Evidence::Weak), |_, _| true);
    let cells: Vec<Cells> = lines.0.iter().map(|line| Cells::of(line.text)).collect();
    let is_of_words = |(reading, is_doubled): (&Option<Reading>, &bool)| {
        *is_doubled && reading.as_ref().is_some_and(|reading| reading.text.contains(is_cjk))
    };
    // Where no word is bold, no amount is.
    let has_bold = readings.iter().zip(&doubled).any(is_of_words) || cells.iter().any(|line| line.n_surely_bold > 0);
    let mut words = BTreeSet::new();
    for (idx, reading) in readings.into_iter().enumerate() {
        let Some(line) = lines.0.get_mut(idx) else { continue };
        match reading {
            Some(reading) if doubled.get(idx) == Some(&true) => {
                words.extend(reading.text.split_whitespace().map(str::to_owned));
                ledger.set(if reading.in_turn { GLYPH } else { RUN }, line, reading.text);
            }
            _ => repair_cells(line, has_bold && are_bold(&cells, idx), ledger),
        }
    }
    Doubled { lines: doubled, words }
}

/// A wrapped header cell has at most so many lines after its first.
const MAX_REST_LINES: usize = 3;

/// Whether a line that counts once makes a word of headers with the lines below it, whether those are doubled or not:
/// 国有资本国有资本⏎经营预算.
fn begins_header_word(readings: &[Option<Reading>], lines: &[Line<'_>], idx: usize) -> bool {
    let Some(Some(first)) = readings.get(idx) else { return false };
    let mut text = first.text.trim().to_owned();
    (idx + 1..lines.len().min(idx + 1 + MAX_REST_LINES)).any(|next| {
        let once = readings.get(next).and_then(Option::as_ref).map(|reading| reading.text.trim());
        text.push_str(once.or(lines.get(next).map(|line| line.text.trim())).unwrap_or_default());
        HeaderWord::of(&text).is_some()
    })
}

/// A line in which everything is doubled.
struct Reading {
    /// What it says when each thing counts once.
    text: String,
    evidence: Evidence,
    /// Glyph by glyph, not run by run.
    in_turn: bool,
}

/// Reads a line as doubled throughout, if it can be.
fn read_line(line: &str) -> Option<Reading> {
    let core = line.trim();
    // Most lines end here.
    if is_odd(core.chars().filter(|ch| *ch != ' ')) {
        return None;
    }
    let chars: Vec<char> = core.chars().collect();
    if chars.len() < 2 {
        return None;
    }
    // A heading with a space in it: 第一部分 概况第一部分 概况.
    if chars.len().is_multiple_of(2) && core.contains(' ') {
        let (first, second) = chars.split_at(chars.len() / 2);
        let tight = first.first() != Some(&' ') && first.last() != Some(&' ') && first.iter().copied().any(is_cjk);
        // Two parts of a form with the same label and amount are no heading: 其他资金 0.00其他资金 0.00.
        let ends_in_amount = first.last().is_some_and(char::is_ascii_digit);
        if first == second && tight && first.len() >= LONG_RUN && !ends_in_amount {
            return Some(Reading { text: first.iter().collect(), evidence: Evidence::Strong, in_turn: false });
        }
    }
    let mut words: Vec<&str> = core.split(' ').filter(|word| !word.is_empty()).collect();
    // Gaps stay as they are: whether blank cells are doubled too is told by the columns of the table.
    let mut out = " ".repeat(line.len() - line.trim_start_matches(' ').len());
    // An enumerator is doubled with the space after it: 第二部分 第二部分 说明说明.
    let mut rest = core;
    let mut strong = false;
    if let [first, second, _, ..] = words.as_slice()
        && first == second
        && first.starts_with('第')
        && first.ends_with("部分")
    {
        out.push_str(first);
        out.push(' ');
        rest = rest.trim_start_matches(*first).trim_start().trim_start_matches(*first).trim_start();
        strong = true;
        words.drain(..2);
    }
    let mut parts = Vec::new();
    if let Some(whole) = shadowed(&words) {
        out.push_str(&whole.text());
        parts.push(whole);
    } else {
        for word in words {
            let undoubled = undouble(&word.chars().collect::<Vec<_>>())?;
            let gap = rest.len() - rest.trim_start_matches(' ').len();
            // The space of 第一部分 某某 is a glyph like the others.
            let of_heading = gap == 2 && out.starts_with('第') && out.ends_with("部分") && undoubled.is_pairs();
            out.push_str(if of_heading { " " } else { rest.get(..gap).unwrap_or_default() });
            rest = rest.trim_start_matches(' ').strip_prefix(word)?;
            out.push_str(&undoubled.text());
            parts.push(undoubled);
        }
    }
    out.push_str(&" ".repeat(line.len() - line.trim_end_matches(' ').len()));
    let evidence = if strong || is_telling(&parts) { Evidence::Strong } else { Evidence::Weak };
    Some(Reading { text: out, evidence, in_turn: parts.iter().all(Undoubled::is_pairs) })
}

/// Words that only together are doubled in turn: the shadows of both ends stand apart, in front.
fn shadowed(words: &[&str]) -> Option<Undoubled> {
    let [first, second] = words else { return None };
    if first.chars().count() > 2 || undouble(&first.chars().collect::<Vec<_>>()).is_some() {
        return None;
    }
    let all: Vec<char> = first.chars().chain(second.chars()).collect();
    undouble(&all).filter(|undoubled| undoubled.is_pairs() && undoubled.n_pairs >= MANY_PAIRS)
}

/// Whether the doubled parts of a line tell by themselves that they are bold text, not words of the language.
fn is_telling(parts: &[Undoubled]) -> bool {
    let runs = || parts.iter().flat_map(|part| &part.halves).filter(|half| half.chars().nth(1).is_some());
    let n_chars = |half: &str| half.chars().filter(|ch| is_cjk(*ch)).count();
    let long = runs().any(|half| half.chars().count() >= LONG_RUN && n_chars(half) >= LONG_RUN / 2);
    // A lone amount may as well stand twice: for the total and for the only part of it.
    let is_lone_amount =
        matches!(parts, [part] if part.halves.len() == 1 && part.halves.iter().all(|half| is_decimal(half)));
    let known = !is_lone_amount && runs().any(|half| is_known(half));
    let several = runs().count() >= 2 && runs().map(|half| n_chars(half)).sum::<usize>() >= LONG_RUN + 2;
    let in_turn = parts.iter().any(|part| part.is_pairs() && part.n_pairs > 1 && is_known(&part.text()));
    let n_pairs: usize = parts.iter().filter(|part| part.is_pairs()).map(|part| part.n_pairs).sum();
    let beyond_language = parts.iter().any(|part| part.n_pairs > LONGEST_REDUPLICATION);
    let many_pairs = n_pairs >= MANY_PAIRS && beyond_language && parts.iter().all(Undoubled::is_pairs);
    long || known || several || in_turn || many_pairs
}

/// Whether a word is one that is printed bold: of a header, a total, the title of a table, an amount.
pub(super) fn is_known(word: &str) -> bool {
    HeaderWord::of(word).is_some()
        || is_total(word)
        || is_decimal(word)
        || is_contents_title(word)
        || (is_title(word) && word.chars().count() >= MIN_TITLE_CHARS)
}

/// How many amounts a line has, and how many of its cells hold the same text twice.
#[derive(Clone, Copy, Default, PartialEq)]
struct Cells {
    /// Amounts, each doubled one once.
    n_amounts: usize,
    /// Amounts doubled run by run: 11.5011.50.
    n_doubled: usize,
    /// Labels of totals, and amounts glyph by glyph, which nothing but bold print writes.
    n_surely_bold: usize,
}

impl Cells {
    fn of(line: &str) -> Self {
        let mut cells = Self::default();
        for (at, word) in line.split(' ').filter(|word| !word.is_empty()).enumerate() {
            let once = doubled_cell(word, at == 0);
            let is_amount = once.as_ref().is_some_and(|once| once.halves.iter().any(|half| is_decimal(half)));
            cells.n_amounts += usize::from(is_amount || is_decimal(word));
            cells.n_doubled += usize::from(is_amount && once.as_ref().is_some_and(|once| !once.is_pairs()));
            cells.n_surely_bold += usize::from(once.is_some_and(|once| !is_amount || once.is_pairs()));
        }
        cells
    }

    fn is_doubled(&self) -> bool {
        self.n_doubled + self.n_surely_bold > 0
    }
}

/// Whether the doubled cells of a line are bold.
///
/// Amounts that stand twice may be those of two columns that the extractor left no space between: they are where the lines
/// around that have nothing doubled have more amounts than the line has if each counts once. Where no such line is near,
/// a lone one is.
fn are_bold(cells: &[Cells], idx: usize) -> bool {
    let own = cells.get(idx).copied().unwrap_or_default();
    let (above, below) = (cells.get(..idx).unwrap_or_default(), cells.get(idx + 1..).unwrap_or_default());
    let is_plain = |line: &&Cells| !line.is_doubled() && line.n_amounts > 0;
    let plain = [above.iter().rev().take(NEAR).find(is_plain), below.iter().take(NEAR).find(is_plain)];
    let is_beside_doubled = || above.last().into_iter().chain(below.first()).any(Cells::is_doubled);
    own.n_surely_bold > 0
        || plain.iter().flatten().any(|line| line.n_amounts <= own.n_amounts)
        || plain == [None, None] && (own.n_doubled != 1 || is_beside_doubled())
}

/// Lines so far above and below are of the same table.
const NEAR: usize = 8;

/// Cells that are doubled in a line that is not: amounts of bold columns, the label of a total. An amount that is not bold
/// stands there twice.
fn repair_cells(line: &mut Line<'_>, is_bold: bool, ledger: &mut Ledger) {
    let mut after = String::with_capacity(line.text.len());
    let mut first = true;
    for piece in line.text.split_inclusive(' ') {
        let word = piece.trim_end_matches(' ');
        match doubled_cell(word, first) {
            Some(cell) => {
                after.push_str(&if is_bold { cell.text() } else { cell.twice() });
                after.push_str(piece.strip_prefix(word).unwrap_or_default());
            }
            None => after.push_str(piece),
        }
        first &= word.is_empty();
    }
    ledger.set(if is_bold { RUN } else { TWO_AMOUNTS }, line, after);
}

/// A cell printed twice that cannot be one cell as it stands, or that is the label of a total.
pub(super) fn doubled_cell(word: &str, first: bool) -> Option<Undoubled> {
    // The shortest doubled amount is 0.00.0; most words end here.
    if word.len() < 6 || !(word.as_bytes().iter().filter(|byte| **byte == b'.').count() >= 2 || first) {
        return None;
    }
    if is_odd(word.chars()) {
        return None;
    }
    let undoubled = undouble(&word.chars().collect::<Vec<_>>())?;
    let amounts = undoubled.halves.iter().any(|half| is_decimal(half)) || is_decimal(&undoubled.text());
    let total = first && undoubled.halves.len() == 1 && undoubled.halves.iter().all(|half| is_total(half));
    (amounts || total).then_some(undoubled)
}

#[cfg(test)]
mod tests {
    use crate::repair::text::drawn;

    fn repaired(text: &str) -> String {
        drawn::lines(&drawn::repaired(text)).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_header_line_with_every_cell_doubled_counts_once() {
        assert_eq!(repaired("项目项目 2031年2031年 合计合计"), "项目 2031年 合计");
    }

    #[test]
    fn doubling_that_stops_at_a_wrapped_line_is_followed() {
        assert_eq!(repaired("科目编码科目编码 上年结余安上年结余安\n\n排排"), "科目编码 上年结余安\n\n排");
    }

    #[test]
    fn a_cell_of_several_doubled_lines_counts_once() {
        let header = "国有资本国有资本\n经营收入经营收入\n预算预算";
        assert_eq!(repaired(header), "国有资本\n经营收入\n预算");
    }

    #[test]
    fn the_gaps_of_a_doubled_line_stay() {
        assert_eq!(repaired("合计合计 12.3412.34         5.005.00"), "合计 12.34         5.00");
    }

    #[test]
    fn bold_columns_alone_are_repaired_in_a_plain_row() {
        let rows = "某某表某某表 合计合计\n209 某类支出 57.83 17.9517.95 39.8839.88";
        assert_eq!(repaired(rows), "某某表 合计\n209 某类支出 57.83 17.95 39.88");
    }

    #[test]
    fn an_amount_that_alone_is_doubled_is_that_of_two_columns() {
        let rows = "某局 12.00 12.00 0.00\n某院 15343.4315343.43 0.00\n某所 1.00 1.00 0.00";
        let second = |rows: &str| repaired(rows).lines().nth(1).map(str::to_owned);
        assert_eq!(second(rows).as_deref(), Some("某院 15343.43 15343.43 0.00"));
        let bold = |rows: &str| second(&format!("{rows}\n合计合计 18.00 18.00"));
        assert_eq!(bold(rows).as_deref(), Some("某院 15343.43 15343.43 0.00"));
        let column = "某局 12.0012.00 0.00\n某院 15343.4315343.43 0.00\n某所 1.001.00 0.00";
        assert_eq!(second(column).as_deref(), Some("某院 15343.43 15343.43 0.00"));
        assert_eq!(bold(column).as_deref(), Some("某院 15343.43 0.00"));
        // A bold row without the bold label.
        let row = "21007 某事务 13.67 13.67\n21011 某医疗 135.99 135.99135.99\n2101101 别的医疗 57.69 57.69";
        assert_eq!(bold(row).as_deref(), Some("21011 某医疗 135.99 135.99"));
        assert_eq!(repaired("某局 11.5011.5030.0030.00"), "某局 11.50 11.50 30.00 30.00");
        assert_eq!(repaired("培训班\n41.21500041.215000\n研修班"), "培训班\n41.215000 41.215000\n研修班");
    }

    #[test]
    fn a_doubled_total_label_is_repaired_before_plain_amounts() {
        assert_eq!(repaired("合计合计 12.00 12.00   "), "合计 12.00 12.00   ");
    }

    #[test]
    fn a_heading_doubled_with_its_space_counts_once() {
        assert_eq!(repaired("第九部分 名词说明第九部分 名词说明"), "第九部分 名词说明");
        assert_eq!(repaired("第九部分 第九部分 说明说明"), "第九部分 说明");
        assert_eq!(repaired("其他资金 0.00其他资金 0.00"), "其他资金 0.00 其他资金 0.00");
    }

    #[test]
    fn a_scrambled_bold_title_is_read() {
        assert_eq!(repaired("）22003311年年某某某某表表（（本本年年）"), "2031年某某表（本年）");
        assert_eq!(repaired("2 款2003311年年财财政政拨拨款"), "2031年财政拨款");
    }

    #[test]
    fn a_wrapped_cell_whose_first_line_alone_is_doubled_counts_once() {
        assert_eq!(repaired("某年 国有资本\n国有资本国有资本\n经营预算"), "某年 国有资本\n国有资本\n经营预算");
        assert_eq!(repaired("国有资本国有资本\n有序发展"), "国有资本国有资本\n有序发展");
    }

    #[test]
    fn a_short_title_counts_once() {
        assert_eq!(repaired("收入决算表收入决算表"), "收入决算表");
        assert_eq!(repaired("支支出出决决算算表表"), "支出决算表");
        assert_eq!(repaired("第第九九部部分分 名名词词说说明明"), "第九部分 名词说明");
        assert_eq!(repaired("第第九九部部分分  名名词词说说明明"), "第九部分 名词说明");
    }

    #[test]
    fn words_of_the_language_stay() {
        let clean =
            "人人事事处处\n市市级 钉钉\n快捷快捷\n集中集中审批\n成本指标 成本指标\n12.00 12.00\n2222\n某局 5.00 5.00";
        assert_eq!(repaired(clean), clean);
    }

    #[test]
    fn a_short_repeat_among_plain_lines_stays() {
        let clean = "社会效益指标 便利程度 快捷快捷\n快捷快捷\n生态效益指标 生态效益指标";
        assert_eq!(repaired(clean), clean);
    }
}
