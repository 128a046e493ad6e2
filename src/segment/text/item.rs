//! The cells that a line of a table shows: texts, and blank cells told by the spaces between them.

/// A cell of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A word, as printed.
    Text(String),
    /// A blank cell.
    Blank,
}

impl Item {
    /// What is printed there, unless it is blank.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Blank => None,
        }
    }

    pub(super) fn is_amount(&self) -> bool {
        self.text().is_some_and(|text| class(text) == Class::Amount)
    }
}

/// The cells of a line.
///
/// An extractor that follows the cells writes one space after each text and one for each blank cell: a gap of k spaces
/// after a text holds k - 1 blank cells, one before the first text k. Dumps with tabs have one between any two cells.
pub(super) fn items(line: &str) -> Vec<Item> {
    if line.contains('\t') {
        return line.split('\t').map(|cell| cell.trim_matches(' ')).map(cell).collect();
    }
    let mut items = Vec::new();
    let core = line.trim_start_matches(' ');
    blanks(&mut items, line.len() - core.len());
    let mut rest = core;
    while !rest.is_empty() {
        let (word, after) = rest.split_at(end_of_cell(rest));
        items.push(cell(word));
        rest = after.trim_start_matches(' ');
        blanks(&mut items, (after.len() - rest.len()).saturating_sub(1));
    }
    items
}

/// Where the cell that begins a text ends: at a space, but not at that between the number of a list and its words (1. 某某).
fn end_of_cell(text: &str) -> usize {
    let end = text.find(' ').unwrap_or(text.len());
    let (word, after) = text.split_at(end);
    let is_numeral = word
        .strip_suffix(['.', '．', '、'])
        .is_some_and(|number| (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()));
    let words = after.strip_prefix(' ').filter(|words| words.starts_with(|ch: char| ch.is_alphabetic()));
    match words {
        Some(words) if is_numeral => end + 1 + words.find(' ').unwrap_or(words.len()),
        _ => end,
    }
}

fn cell(text: &str) -> Item {
    if text.trim().is_empty() { Item::Blank } else { Item::Text(text.to_owned()) }
}

/// A line of more blank cells than any table has columns is no row; the count is held so that it stays small.
const MAX_BLANKS: usize = 64;

fn blanks(items: &mut Vec<Item>, n: usize) {
    items.extend(std::iter::repeat_n(Item::Blank, n.min(MAX_BLANKS)));
}

/// What a text can be in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::segment) enum Class {
    /// Money, or another number that is no code.
    Amount,
    /// A number that can be a code or a whole amount.
    Number,
    /// Words.
    Words,
}

/// What a text can be.
pub(in crate::segment) fn class(text: &str) -> Class {
    let text = text.trim();
    let bare = text.strip_prefix(['-', '－', '+']).unwrap_or(text);
    let bare = bare.strip_suffix(['%', '％']).unwrap_or(bare);
    if bare.is_empty() || !bare.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) {
        return Class::Words;
    }
    // The number of an item in a list, whose words stand on the next line.
    if matches!(bare.as_bytes(), [_, b'.'] | [_, _, b'.']) {
        return Class::Words;
    }
    let codes = bare == text && bare.bytes().all(|byte| byte.is_ascii_digit());
    if codes { Class::Number } else { Class::Amount }
}

/// What most of some things are; of as many the least.
pub(super) fn most<T: Copy + Ord>(of: impl Iterator<Item = T>) -> Option<T> {
    let mut all: Vec<T> = of.collect();
    all.sort_unstable();
    all.chunk_by(|a, b| a == b).rev().max_by_key(|same| same.len())?.first().copied()
}

/// The cells of a row with every run of blank ones half as long, where all runs are even: those of bold rows are printed twice.
pub(super) fn halved<T: Clone>(cells: &[T], is_blank: impl Fn(&T) -> bool) -> Option<Vec<T>> {
    let mut out = Vec::with_capacity(cells.len());
    for run in cells.chunk_by(|a, b| is_blank(a) && is_blank(b)) {
        let parts = if run.first().is_some_and(&is_blank) { 2 } else { 1 };
        if run.len() % parts != 0 {
            return None;
        }
        out.extend(run.iter().take(run.len() / parts).cloned());
    }
    (out.len() < cells.len()).then_some(out)
}

/// A row of a table has at least so many amounts; one may stand in a sentence.
const AMOUNTS_OF_ROW: usize = 2;

/// Whether a line has the amounts of a row.
pub(super) fn is_row(line: &str) -> bool {
    line.split_whitespace().filter(|word| class(word) == Class::Amount).count() >= AMOUNTS_OF_ROW
}

/// Whether a text reads as a classification code: 201, 20103, 2010301, 30101, or 05 of a code in three columns.
pub(in crate::segment) fn is_code(text: &str) -> bool {
    class(text) == Class::Number && matches!(text.trim().len(), 2 | 3 | 5 | 7 | 9)
}

/// Whether a text reads as a code that is no mere level, such as 05, of one in several columns.
pub(super) fn is_whole_code(text: &str) -> bool {
    is_code(text) && text.trim().len() > LEVEL_DIGITS
}

/// A level of a code in several columns has so many digits; rows share them.
const LEVEL_DIGITS: usize = 2;

/// A short number and the words that are run together with it: 24台 of two cells, 1某某项目 of a list.
pub(super) fn number_and_words(text: &str) -> Option<(&str, &str)> {
    let split = text.find(|ch: char| !ch.is_ascii_digit()).filter(|split| (1..=MAX_SHORT_DIGITS).contains(split))?;
    let (number, words) = (text.get(..split)?, text.get(split..)?);
    words.starts_with(char::is_alphabetic).then_some((number, words))
}

/// A number in a list, or a quantity, has no more digits; a year has four.
const MAX_SHORT_DIGITS: usize = 3;

/// What a row that numbers the columns tells: 1 2 3 …, 栏次 1 2 3 ….
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numbered {
    /// How many columns it shows.
    pub(super) n_columns: usize,
    /// How many labels without a blank cell behind them it has: each can cover columns that it does not show.
    pub(super) n_covering: usize,
}

/// A label before column numbers has at most this many characters.
const MAX_NUMBERS_LABEL: usize = 4;

/// Reads a row of column numbers; the same label may stand before those of each side.
pub(super) fn column_numbers(items: &[Item]) -> Option<Numbered> {
    let label = match items.iter().find(|item| **item != Item::Blank)? {
        Item::Text(text) if class(text) == Class::Words && text.trim().chars().count() <= MAX_NUMBERS_LABEL => {
            Some(text)
        }
        _ => None,
    };
    let (mut n_columns, mut n_numbers, mut n_labels, mut n_covering) = (0, 0u32, 0usize, 0);
    for (idx, item) in items.iter().enumerate() {
        n_columns += 1;
        let Item::Text(text) = item else { continue };
        // The label of the other side can be run together with the number before it.
        let number = label.map_or(text.as_str(), |label| text.strip_suffix(label.as_str()).unwrap_or(text));
        if !number.is_empty() {
            n_numbers += 1;
            if number.trim().parse() != Ok(n_numbers) {
                return None;
            }
        }
        if number.len() < text.len() {
            n_labels += 1;
            n_columns += usize::from(!number.is_empty());
            n_covering += usize::from(items.get(idx + 1) != Some(&Item::Blank));
        }
    }
    // 1 2 alone may be two amounts.
    (n_numbers > 2 || n_numbers > 1 && n_labels > 0).then_some(Numbered { n_columns, n_covering })
}

/// 表1, 附表1-2, 预算公开表12, 公开01表.
pub(super) fn is_number(text: &str) -> bool {
    let n_chars = text.chars().count();
    let made_of = |ch: char| "预决算部门公开附表件之-—－第".contains(ch) || is_digit(ch);
    n_chars <= 12 && text.contains('表') && text.chars().any(is_digit) && text.chars().all(made_of)
}

fn is_digit(ch: char) -> bool {
    ch.is_ascii_digit() || "一二三四五六七八九十".contains(ch)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> String {
        items(line).iter().map(|item| item.text().unwrap_or("·")).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn each_space_beyond_the_first_after_a_text_is_a_blank_cell() {
        assert_eq!(shown("甲 1.00  乙    "), "甲|1.00|·|乙|·|·|·");
        assert_eq!(shown("  丙 2.00"), "·|·|丙|2.00");
        assert_eq!(shown("   "), "·|·|·");
    }

    #[test]
    fn the_number_of_a_list_is_no_cell() {
        assert_eq!(shown("1. 甲 1.00 2. 乙 3"), "1. 甲|1.00|2. 乙|3");
        assert_eq!(shown("1. 2.00"), "1.|2.00");
    }

    #[test]
    fn the_number_of_an_item_is_no_amount() {
        assert_eq!(["2.", "12.", "2.5", "2"].map(class), [Class::Words, Class::Words, Class::Amount, Class::Number]);
    }

    #[test]
    fn tabs_part_cells() {
        assert_eq!(shown("201\t某支出\t\t5.00"), "201|某支出|·|5.00");
    }

    #[test]
    fn column_number_rows_are_told_from_amounts() {
        assert_eq!(column_numbers(&items("1 2 3 4")), Some(Numbered { n_columns: 4, n_covering: 0 }));
        assert_eq!(column_numbers(&items("栏次 1 2 3")), Some(Numbered { n_columns: 4, n_covering: 1 }));
        assert_eq!(column_numbers(&items("1 2 4")), None);
        assert_eq!(column_numbers(&items("1 2")), None);
        assert_eq!(column_numbers(&items("甲 5.00 5.00")), None);
    }

    #[test]
    fn a_label_of_column_numbers_covers_the_blank_cells_behind_it() {
        assert_eq!(column_numbers(&items("栏次  1 2")), Some(Numbered { n_columns: 4, n_covering: 0 }));
        assert_eq!(column_numbers(&items("栏次  1 栏次  2 3")), Some(Numbered { n_columns: 7, n_covering: 0 }));
        assert_eq!(column_numbers(&items("栏次  1栏次  2 3")), Some(Numbered { n_columns: 7, n_covering: 0 }));
    }
}
