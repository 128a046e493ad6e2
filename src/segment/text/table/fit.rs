//! The cells of some lines are fitted to the columns of their table, at the least cost.

use super::super::item::{Class, halved};
use super::word::Word;
use crate::segment::cost::rows::*;
use crate::segment::least_cost::States;
use crate::terms::column::ColumnRole;
use crate::terms::header::{HeaderWord, holds_counts};

/// The columns of a table, for fitting.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// What each holds.
    pub(super) roles: Vec<ColumnRole>,
    /// Whether it stands on the side of revenues, where another side is for expenditures.
    of_revenue: Vec<bool>,
    /// How many digits its codes have, where the header tells: 类 three, 款 and 项 two.
    n_digits: Vec<Option<usize>>,
    /// Whether the header says that it counts something: 行次, 数量.
    counts: Vec<bool>,
    /// Whether the table prints its amounts with decimals.
    pub(super) decimals: bool,
    /// Whether no row shows a blank cell: then blank cells are lost everywhere.
    pub(super) no_blanks: bool,
}

impl Columns {
    pub(super) fn new(roles: &[ColumnRole], paths: &[Vec<String>]) -> Self {
        let side = |path: &Vec<String>, word: &str, other: &str| {
            path.len() > 1 && path.first().is_some_and(|top| top.contains(word) && !top.contains(other))
        };
        let two_sided = paths.iter().any(|path| side(path, "支出", "收入"));
        let of_revenue = paths.iter().map(|path| two_sided && side(path, "收入", "支出")).collect();
        let n_digits = paths.iter().map(|path| match path.last().map(String::as_str) {
            Some("类") => Some(3),
            Some("款" | "项") => Some(2),
            _ => None,
        });
        let counts = paths.iter().map(|path| path.last().is_some_and(|leaf| holds_counts(leaf))).collect();
        Self {
            roles: roles.to_vec(),
            of_revenue,
            n_digits: n_digits.collect(),
            counts,
            decimals: false,
            no_blanks: false,
        }
    }
}

/// How a row's texts stand in the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fit {
    /// How unlikely it is.
    pub(super) cost: u32,
    /// For each column its text.
    pub(super) cells: Vec<Option<String>>,
    /// Blank cells are lost: amounts may belong further right.
    pub(super) open: bool,
}

/// A cell of the lines of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowItem<'a> {
    /// What is printed there, unless it is blank.
    pub(super) word: Option<&'a Word<'a>>,
    /// First of its line, and the line above it was full: it may be the rest of a wrapped cell.
    pub(super) wraps: bool,
    /// First of its line.
    pub(super) first: bool,
    /// Last of its line, with spaces after it.
    pub(super) spaced: bool,
}

/// Fits the items to the columns; `heads_page` says that blank cells before them may be lost.
pub(super) fn fit(items: &[RowItem<'_>], columns: &Columns, heads_page: bool) -> Fit {
    let plain = place(items, columns, heads_page);
    // Blank cells of bold rows are printed twice.
    let halved = halved(items, |item| item.word.is_none())
        .map(|items| place(&items, columns, heads_page))
        .map(|fit| Fit { cost: fit.cost + 2, ..fit });
    match halved {
        Some(halved) if halved.cost < plain.cost => halved,
        _ => plain,
    }
}

/// What was done with an item, or with a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The item stands in the column.
    Place,
    /// The item is a number and words, of the column and the next.
    Split,
    /// The item goes on with the text of the column before.
    Join,
    /// The column is blank, and the dump does not show it.
    Skip,
    /// The column is blank; the spaces that end the line before show one cell less than there are.
    Tight,
    /// The item is a blank cell too many.
    Drop,
}

/// Whether a code has as many digits as those of a column.
fn is_of(wanted: Option<&Option<usize>>, word: Option<&Word<'_>>) -> bool {
    wanted.copied().flatten().zip(word).is_some_and(|(wanted, word)| word.is_code && word.n_bytes == wanted)
}

/// The cheapest way to place the items.
fn place(items: &[RowItem<'_>], columns: &Columns, heads_page: bool) -> Fit {
    let roles = columns.roles.as_slice();
    let (n_items, n_columns) = (items.len(), roles.len());
    let width = n_columns + 1;
    let expenditures: Vec<bool> = (0..n_items).map(|i| is_expenditure(items.get(i..).unwrap_or_default())).collect();
    let mut states: States<u32, Step> = States::new((n_items + 1) * width);
    for i in 0..=n_items {
        for c in 0..=n_columns {
            let at = i * width + c;
            if states.cost(at).is_none() {
                continue;
            }
            let last = states.last(at).copied();
            let mut offer = |i: usize, c: usize, more: u32, step: Step| states.offer(at, i * width + c, more, step);
            let item = items.get(i);
            let before = i.checked_sub(1).and_then(|before| items.get(before));
            let (word, word_before) = (item.and_then(|item| item.word), before.and_then(|before| before.word));
            if let (Some(role), Some(item)) = (roles.get(c), item) {
                let strange = columns.of_revenue.get(c) == Some(&true) && expenditures.get(i) == Some(&true);
                // What begins anew on its line begins a row, unless the line above ends with a blank cell of the row.
                let after_text = before.is_some_and(|before| before.word.is_some() && !before.spaced);
                let after_amount = || word_before.is_some_and(|word| word.class == Class::Amount);
                let begins_code = word.is_some_and(|word| word.is_code) && after_amount();
                let begins = begins_code || word.is_some_and(Word::begins_row);
                // No code stands among the amounts, whatever ends the line above.
                let is_among = begins_code && *role == ColumnRole::Amount;
                let after_sentence = word_before.is_some_and(|word| word.ends_sentence);
                let anew = item.first && (begins && after_text || is_among || after_sentence);
                let wanted = columns.n_digits.get(c).copied().flatten();
                let other_level = word.zip(wanted).is_some_and(|(word, wanted)| word.n_bytes != wanted);
                let no_count = columns.counts.get(c) == Some(&true)
                    && word.is_some_and(|word| word.class == Class::Words && !word.is_total);
                let whole = columns.decimals && *role == ColumnRole::Amount && word.is_some_and(|word| word.is_whole);
                // What stands on the next line is the name of the next row, or a remark that wrapped.
                let may_be_next = columns.no_blanks && item.first && after_amount();
                let is_next =
                    may_be_next && *role == ColumnRole::Text && word.is_some_and(|word| word.class == Class::Words);
                let more = word.map_or(0, |word| misfit(word, *role))
                    + if is_next { NEXT_LINE } else { 0 }
                    + if no_count { NO_COUNT } else { 0 }
                    + if whole { WHOLE } else { 0 }
                    + if other_level { OTHER_LEVEL } else { 0 }
                    + if strange { WRONG_SIDE } else { 0 }
                    + if anew { BEGINS_ANEW / 2 } else { 0 };
                offer(i + 1, c + 1, more, Step::Place);
            }
            if let (Some(ColumnRole::Text | ColumnRole::Code), Some(ColumnRole::Text | ColumnRole::Label)) =
                (roles.get(c), roles.get(c + 1))
                && word.is_some_and(|word| word.number_and_words.is_some())
            {
                offer(i + 1, c + 2, RUN_TOGETHER, Step::Split);
            }
            if let (Some(item), Some(word), Some(before)) = (item, word, word_before)
                && c > 0
                && let Some(more) = join_cost(before, word, item)
            {
                offer(i + 1, c, more, Step::Join);
            }
            if item.is_some_and(|item| item.word.is_none()) {
                offer(i + 1, c, SPARE_BLANK, Step::Drop);
            }
            if let Some(role) = roles.get(c).filter(|_| item.is_some()) {
                let merged = word_before.is_some_and(|word| word.is_total);
                let more = match *role {
                    ColumnRole::Code | ColumnRole::Label if merged => 0,
                    ColumnRole::Text if merged => COVERED_TEXT,
                    _ if columns.no_blanks => LOST_EVERYWHERE,
                    // 212 is of the first of the columns of a code in parts, and not of a later one.
                    ColumnRole::Code if is_of(columns.n_digits.get(c), word) => LOST_BLANK + OTHER_LEVEL,
                    _ if i == 0 && heads_page => LOST_AT_PAGE,
                    _ => LOST_BLANK,
                };
                // Of the columns of a code in parts, the last ones are blank.
                let out_of_turn = *role == ColumnRole::Code && word.is_some_and(|word| word.is_code);
                offer(i, c + 1, more + u32::from(out_of_turn), Step::Skip);
                if before.is_some_and(|before| before.spaced) && !matches!(last, Some(Step::Skip | Step::Tight)) {
                    offer(i, c + 1, TIGHT, Step::Tight);
                }
            }
        }
    }
    let ends = (0..=n_columns).filter_map(|c| {
        let cost = states.cost(n_items * width + c)?;
        let n_missing = u32::try_from(n_columns - c).unwrap_or(u32::MAX / 64);
        let shown = n_missing == 1 && items.last().is_some_and(|item| item.spaced);
        Some((
            cost + if n_missing == 0 {
                0
            } else if shown {
                TIGHT
            } else if columns.no_blanks {
                LOST_EVERYWHERE
            } else {
                CUT_OFF + n_missing
            },
            c,
        ))
    });
    let Some((cost, end)) = ends.min() else {
        return Fit { cost: u32::MAX / 4, cells: vec![None; n_columns], open: true };
    };
    let mut cells: Vec<Option<String>> = vec![None; n_columns];
    let mut joined = String::new();
    // One more blank cell at the end, beside others, opens nothing.
    let tight = n_columns - end == 1 && items.last().is_some_and(|item| item.spaced);
    let mut open = end < n_columns && !tight;
    let word = |i: usize| items.get(i).and_then(|item| item.word);
    let (mut i, mut c) = (n_items, end);
    for (_, _, step) in states.way(n_items * width + end).into_iter().rev() {
        match step {
            Step::Place => {
                i = i.saturating_sub(1);
                c = c.saturating_sub(1);
                if let (Some(word), Some(slot)) = (word(i), cells.get_mut(c)) {
                    *slot = Some(format!("{}{joined}", word.text));
                }
                joined.clear();
            }
            Step::Split => {
                i = i.saturating_sub(1);
                if let Some((number, words)) = word(i).and_then(|word| word.number_and_words) {
                    for (column, text) in
                        [(c.saturating_sub(2), number.to_owned()), (c.saturating_sub(1), format!("{words}{joined}"))]
                    {
                        if let Some(slot) = cells.get_mut(column) {
                            *slot = Some(text);
                        }
                    }
                }
                c = c.saturating_sub(2);
                joined.clear();
            }
            Step::Join => {
                i = i.saturating_sub(1);
                if let Some(word) = word(i) {
                    joined.insert_str(0, word.text);
                }
            }
            Step::Skip => {
                c = c.saturating_sub(1);
                // The columns of codes and names that the label of a total covers are blank by right.
                let covered = roles.get(c).is_some_and(|role| *role != ColumnRole::Amount)
                    && i.checked_sub(1).and_then(word).is_some_and(|before| before.is_total);
                open |= i > 0 && !covered;
            }
            Step::Tight => c = c.saturating_sub(1),
            Step::Drop => i = i.saturating_sub(1),
        }
    }
    Fit { cost, cells, open }
}

/// 五、教育支出, in one piece or in several.
fn is_expenditure(items: &[RowItem<'_>]) -> bool {
    let Some(first) = items.first().and_then(|item| item.word).filter(|word| word.is_enumerated) else { return false };
    let more = items.iter().skip(1).map_while(|item| item.word);
    let last = more.take_while(|word| word.class == Class::Words && !word.is_enumerated).last().unwrap_or(first);
    last.ends_as_expenditure
}

/// What it costs to put a text into a column.
fn misfit(word: &Word<'_>, role: ColumnRole) -> u32 {
    let fits = match (word.class, role) {
        // Line numbers, quantities, measures and remarks: none has decimals as a rule.
        (Class::Amount, ColumnRole::Text) if word.has_point => return DECIMALS_IN_TEXT,
        (_, ColumnRole::Text) | (Class::Words, ColumnRole::Label) | (Class::Amount, ColumnRole::Amount) => true,
        (Class::Words, ColumnRole::Code) => word.is_total,
        (Class::Words, ColumnRole::Amount) => word.is_dash,
        (Class::Number, ColumnRole::Code) => true,
        // A code is longer than most whole amounts, and amounts beside it have decimals.
        (Class::Number, ColumnRole::Amount) => !word.is_code || word.n_bytes <= 3,
        (Class::Number, ColumnRole::Label) | (Class::Amount, ColumnRole::Code | ColumnRole::Label) => false,
    };
    if fits { 0 } else { MISFIT }
}

/// What it costs that a text goes on with the one before it; `None` where it cannot.
fn join_cost(end: &Word<'_>, start: &Word<'_>, item: &RowItem<'_>) -> Option<u32> {
    if end.class != Class::Words || start.class != Class::Words {
        return None;
    }
    let is_known = |text: &str| HeaderWord::of(text).is_some();
    let apart = end.is_of_header && start.is_of_header && !is_known(&format!("{}{}", end.text, start.text));
    let anew = start.begins_list || start.is_indented || end.is_total || start.is_total || apart;
    let seam = match () {
        () if item.wraps => WRAP,
        () if item.first => BEGINS_ANEW / 2,
        () => SPACE_WITHIN,
    };
    Some(seam + if anew { BEGINS_ANEW } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::super::super::drawn;
    use super::super::super::item::items;
    use super::*;

    /// A row of one line, `·` where a column shows nothing, and `?` behind it where blank cells may be lost.
    fn fitted(header: &str, roles: &str, line: &str) -> String {
        fitted_at(header, roles, line, false)
    }

    /// The same, of a row that may head its page.
    fn fitted_at(header: &str, roles: &str, line: &str, heads_page: bool) -> String {
        let items = items(line);
        let words: Vec<Option<Word<'_>>> = items.iter().map(|item| item.text().map(Word::of)).collect();
        let row: Vec<RowItem<'_>> = words
            .iter()
            .enumerate()
            .map(|(idx, word)| RowItem {
                word: word.as_ref(),
                wraps: false,
                first: idx == 0,
                spaced: idx + 1 == words.len() && line.ends_with(' '),
            })
            .collect();
        let fit = fit(&row, &Columns::new(&drawn::roles(roles), &drawn::paths(header)), heads_page);
        let cells: Vec<&str> = fit.cells.iter().map(|cell| cell.as_deref().unwrap_or("·")).collect();
        format!("{}{}", cells.join("|"), if fit.open { "?" } else { "" })
    }

    const HEADER: &str = "编码|项目|合计|基本支出|项目支出";

    #[test]
    fn cells_go_to_the_columns_that_hold_their_like() {
        assert_eq!(fitted(HEADER, "claaa", "20101 某支出 9.00 4.00 5.00"), "20101|某支出|9.00|4.00|5.00");
        assert_eq!(fitted(HEADER, "claaa", "某支出 9.00 4.00 5.00"), "·|某支出|9.00|4.00|5.00");
    }

    #[test]
    fn the_label_of_a_total_covers_the_columns_of_codes_and_names() {
        assert_eq!(fitted(HEADER, "claaa", "合计 9.00 4.00 5.00"), "合计|·|9.00|4.00|5.00");
    }

    #[test]
    fn a_lost_blank_cell_is_likelier_than_a_row_cut_off_and_leaves_the_amounts_open() {
        assert_eq!(fitted(HEADER, "claaa", "20101 某支出 9.00 9.00"), "20101|某支出|·|9.00|9.00?");
    }

    #[test]
    fn blank_cells_that_leave_spaces_leave_nothing_open() {
        assert_eq!(fitted(HEADER, "claaa", "20101 某支出 9.00  9.00"), "20101|某支出|9.00|·|9.00");
        assert_eq!(fitted(HEADER, "claaa", "20101 某支出 9.00 9.00 "), "20101|某支出|9.00|9.00|·");
    }

    #[test]
    fn pieces_of_a_name_are_joined_and_what_has_run_together_is_parted() {
        assert_eq!(fitted("项目|合计", "la", "某某 支出 9.00"), "某某支出|9.00");
        assert_eq!(fitted("行次|项目|合计", "tla", "12某支出 9.00"), "12|某支出|9.00");
    }

    #[test]
    fn the_code_of_a_class_at_the_head_of_a_page_stands_in_the_first_of_the_columns_of_a_code() {
        let row = |line: &str| fitted_at("科目编码/类|科目编码/款|科目编码/项|科目名称|合计", "cccla", line, true);
        assert_eq!(row("212 某某支出 9.00 "), "212|·|·|某某支出|9.00?");
        assert_eq!(row("02 某某支出 9.00 "), "·|02|·|某某支出|9.00?");
    }
}
