//! The cells that a line of a table shows: texts, and blank cells told by the spaces between them.

/// A cell of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A word, as printed.
    Text(String),
    /// A blank cell.
    Blank,
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
        let end = rest.find(' ').unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        items.push(cell(word));
        rest = after.trim_start_matches(' ');
        blanks(&mut items, (after.len() - rest.len()).saturating_sub(1));
    }
    items
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
pub(super) enum Class {
    /// Money, or another number that is no code.
    Amount,
    /// A number that can be a code or a whole amount.
    Number,
    /// Words.
    Words,
}

/// What a text can be.
pub(super) fn class(text: &str) -> Class {
    let text = text.trim();
    let bare = text.strip_prefix(['-', '－', '+']).unwrap_or(text);
    let bare = bare.strip_suffix(['%', '％']).unwrap_or(bare);
    if bare.is_empty() || !bare.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) {
        return Class::Words;
    }
    let codes = bare == text && bare.bytes().all(|byte| byte.is_ascii_digit());
    if codes { Class::Number } else { Class::Amount }
}

/// Whether a text reads as a classification code: 201, 20103, 2010301, 30101, or 05 of a code in three columns.
pub(super) fn is_code(text: &str) -> bool {
    class(text) == Class::Number && matches!(text.trim().len(), 2 | 3 | 5 | 7 | 9)
}

/// The numbers of a column-number row: 1 2 3 …, with or without a label before them.
pub(super) fn column_numbers(items: &[Item]) -> Option<usize> {
    let words: Vec<&str> = items
        .iter()
        .filter_map(|item| match item {
            Item::Text(text) => Some(text.trim()),
            Item::Blank => None,
        })
        .collect();
    let numbers = match words.split_first() {
        Some((first, rest)) if class(first) == Class::Words && first.chars().count() <= 4 => rest,
        _ => &words,
    };
    let runs = numbers.iter().zip(1u32..).all(|(word, number)| word.parse() == Ok(number));
    // 1 2 alone may be two amounts.
    (numbers.len() > 2 && runs).then_some(words.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> String {
        items(line)
            .iter()
            .map(|item| match item {
                Item::Text(text) => text.as_str(),
                Item::Blank => "·",
            })
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn each_space_beyond_the_first_after_a_text_is_a_blank_cell() {
        assert_eq!(shown("甲 1.00  乙    "), "甲|1.00|·|乙|·|·|·");
        assert_eq!(shown("  丙 2.00"), "·|·|丙|2.00");
        assert_eq!(shown("   "), "·|·|·");
    }

    #[test]
    fn tabs_part_cells() {
        assert_eq!(shown("201\t某支出\t\t5.00"), "201|某支出|·|5.00");
    }

    #[test]
    fn column_number_rows_are_told_from_amounts() {
        assert_eq!(column_numbers(&items("1 2 3 4")), Some(4));
        assert_eq!(column_numbers(&items("栏次 1 2 3")), Some(4));
        assert_eq!(column_numbers(&items("1 2 4")), None);
        assert_eq!(column_numbers(&items("甲 5.00 5.00")), None);
    }
}
