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
    let plain = Placing::of(items, columns, heads_page).fit();
    // Blank cells of bold rows are printed twice.
    let halved = halved(items, |item| item.word.is_none())
        .map(|items| Placing::of(&items, columns, heads_page).fit())
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

/// Items that are to stand in columns.
struct Placing<'a> {
    items: &'a [RowItem<'a>],
    columns: &'a Columns,
    heads_page: bool,
    /// For each item whether an expenditure begins with it.
    expenditures: Vec<bool>,
}

impl<'a> Placing<'a> {
    fn of(items: &'a [RowItem<'a>], columns: &'a Columns, heads_page: bool) -> Self {
        let expenditures = (0..items.len()).map(|i| is_expenditure(items.get(i..).unwrap_or_default())).collect();
        Self { items, columns, heads_page, expenditures }
    }

    fn role(&self, column: usize) -> Option<ColumnRole> {
        self.columns.roles.get(column).copied()
    }

    fn word(&self, item: usize) -> Option<&'a Word<'a>> {
        self.items.get(item).and_then(|item| item.word)
    }

    fn before(&self, item: usize) -> Option<&'a RowItem<'a>> {
        item.checked_sub(1).and_then(|before| self.items.get(before))
    }

    fn word_before(&self, item: usize) -> Option<&'a Word<'a>> {
        self.before(item).and_then(|before| before.word)
    }

    /// Whether an item is as long as the codes of a column, where the header says how long these are.
    fn has_level_of(&self, item: usize, column: usize) -> Option<bool> {
        let wanted = self.columns.n_digits.get(column).copied().flatten();
        self.word(item).zip(wanted).map(|(word, wanted)| word.n_bytes == wanted)
    }

    /// The cheapest way to place the items.
    fn fit(&self) -> Fit {
        let (n_items, n_columns) = (self.items.len(), self.columns.roles.len());
        let width = n_columns + 1;
        let mut states: States<u32, Step> = States::new((n_items + 1) * width);
        for i in 0..=n_items {
            for c in 0..=n_columns {
                let at = i * width + c;
                if states.cost(at).is_none() {
                    continue;
                }
                let last = states.last(at).copied();
                self.steps(i, c, last, |i, c, more, step| states.offer(at, i * width + c, more, step));
            }
        }
        let ends = (0..=n_columns).filter_map(|c| Some((states.cost(n_items * width + c)? + self.cut_off(c), c)));
        let Some((cost, end)) = ends.min() else {
            return Fit { cost: u32::MAX / 4, cells: vec![None; n_columns], open: true };
        };
        let (cells, open) = self.placed(states.way(n_items * width + end).into_iter().map(|(_, _, step)| *step), end);
        Fit { cost, cells, open }
    }

    /// Offers what can be done once so many items and columns are done with, as the items and columns done with then, the
    /// cost, and the step.
    fn steps(&self, i: usize, c: usize, last: Option<Step>, mut offer: impl FnMut(usize, usize, u32, Step)) {
        let Some(item) = self.items.get(i) else { return };
        if let Some(role) = self.role(c) {
            offer(i + 1, c + 1, self.cost_in(i, c, item, role), Step::Place);
        }
        if let (Some(ColumnRole::Text | ColumnRole::Code), Some(ColumnRole::Text | ColumnRole::Label)) =
            (self.role(c), self.role(c + 1))
            && item.word.is_some_and(|word| word.number_and_words.is_some())
        {
            offer(i + 1, c + 2, RUN_TOGETHER, Step::Split);
        }
        if let (Some(word), Some(before)) = (item.word, self.word_before(i))
            && c > 0
            && let Some(more) = join_cost(before, word, item)
        {
            offer(i + 1, c, more, Step::Join);
        }
        if item.word.is_none() {
            offer(i + 1, c, SPARE_BLANK, Step::Drop);
        }
        if let Some(role) = self.role(c) {
            offer(i, c + 1, self.cost_lost(i, c, role), Step::Skip);
            if self.before(i).is_some_and(|before| before.spaced) && !matches!(last, Some(Step::Skip | Step::Tight)) {
                offer(i, c + 1, TIGHT, Step::Tight);
            }
        }
    }

    /// What it costs that an item stands in a column.
    fn cost_in(&self, i: usize, c: usize, item: &RowItem<'_>, role: ColumnRole) -> u32 {
        let (word, word_before) = (item.word, self.word_before(i));
        let is_words = |word: &Word<'_>| word.class == Class::Words;
        let strange = self.columns.of_revenue.get(c) == Some(&true) && self.expenditures.get(i) == Some(&true);
        // What begins anew on its line begins a row, unless the line above ends with a blank cell of the row.
        let after_text = self.before(i).is_some_and(|before| before.word.is_some() && !before.spaced);
        let after_amount = word_before.is_some_and(|word| word.class == Class::Amount);
        let begins_code = word.is_some_and(|word| word.is_code) && after_amount;
        let begins = begins_code || word.is_some_and(Word::begins_row);
        // No code stands among the amounts, whatever ends the line above.
        let is_among = begins_code && role == ColumnRole::Amount;
        let after_sentence = word_before.is_some_and(|word| word.ends_sentence);
        let anew = item.first && (begins && after_text || is_among || after_sentence);
        let other_level = self.has_level_of(i, c) == Some(false);
        let no_count =
            self.columns.counts.get(c) == Some(&true) && word.is_some_and(|word| is_words(word) && !word.is_total);
        let whole = self.columns.decimals && role == ColumnRole::Amount && word.is_some_and(|word| word.is_whole);
        // What stands on the next line is the name of the next row, or a remark that wrapped.
        let may_be_next = self.columns.no_blanks && item.first && after_amount;
        let is_next = may_be_next && role == ColumnRole::Text && word.is_some_and(is_words);
        word.map_or(0, |word| word.misfit(role))
            + if is_next { NEXT_LINE } else { 0 }
            + if no_count { NO_COUNT } else { 0 }
            + if whole { WHOLE } else { 0 }
            + if other_level { OTHER_LEVEL } else { 0 }
            + if strange { WRONG_SIDE } else { 0 }
            + if anew { BEGINS_ANEW / 2 } else { 0 }
    }

    /// What it costs that a column is blank before an item, and the dump does not show it.
    fn cost_lost(&self, i: usize, c: usize, role: ColumnRole) -> u32 {
        let is_code = self.word(i).is_some_and(|word| word.is_code);
        let merged = self.word_before(i).is_some_and(|word| word.is_total);
        let more = match role {
            ColumnRole::Code | ColumnRole::Label if merged => 0,
            ColumnRole::Text if merged => COVERED_TEXT,
            _ if self.columns.no_blanks => LOST_EVERYWHERE,
            // 212 is of the first of the columns of a code in parts, and not of a later one.
            ColumnRole::Code if is_code && self.has_level_of(i, c) == Some(true) => LOST_BLANK + OTHER_LEVEL,
            _ if i == 0 && self.heads_page => LOST_AT_PAGE,
            _ => LOST_BLANK,
        };
        // Of the columns of a code in parts, the last ones are blank.
        more + u32::from(role == ColumnRole::Code && is_code)
    }

    /// Whether the only column that is left shows a blank cell by the spaces that end the row.
    fn ends_tight(&self, end: usize) -> bool {
        self.columns.roles.len() - end == 1 && self.items.last().is_some_and(|item| item.spaced)
    }

    /// What it costs that the columns from one on are left.
    fn cut_off(&self, end: usize) -> u32 {
        let n_missing = u32::try_from(self.columns.roles.len() - end).unwrap_or(u32::MAX / 64);
        match () {
            () if n_missing == 0 => 0,
            () if self.ends_tight(end) => TIGHT,
            () if self.columns.no_blanks => LOST_EVERYWHERE,
            () => CUT_OFF + n_missing,
        }
    }

    /// For each column its text, when the items are placed in such steps up to a column; and whether blank cells are lost.
    fn placed(&self, steps: impl DoubleEndedIterator<Item = Step>, end: usize) -> (Vec<Option<String>>, bool) {
        let mut cells: Vec<Option<String>> = vec![None; self.columns.roles.len()];
        // The end of a text, whose beginning is still to come.
        let mut joined = String::new();
        // One more blank cell at the end, beside others, opens nothing.
        let mut open = end < self.columns.roles.len() && !self.ends_tight(end);
        let (mut i, mut c) = (self.items.len(), end);
        for step in steps.rev() {
            let (n_items, n_columns) = step.takes();
            (i, c) = (i.saturating_sub(n_items), c.saturating_sub(n_columns));
            match (step, self.word(i)) {
                (Step::Place, Some(word)) => cells[c] = Some(format!("{}{}", word.text, std::mem::take(&mut joined))),
                (Step::Split, Some(Word { number_and_words: Some((number, words)), .. })) => {
                    cells[c] = Some((*number).to_owned());
                    cells[c + 1] = Some(format!("{words}{}", std::mem::take(&mut joined)));
                }
                (Step::Join, Some(word)) => joined.insert_str(0, word.text),
                (Step::Skip, _) => {
                    // The columns of codes and names that the label of a total covers are blank by right.
                    let covered = self.role(c).is_some_and(|role| role != ColumnRole::Amount)
                        && self.word_before(i).is_some_and(|before| before.is_total);
                    open |= i > 0 && !covered;
                }
                _ => {}
            }
        }
        (cells, open)
    }
}

impl Step {
    /// How many items and columns it is done with.
    fn takes(self) -> (usize, usize) {
        match self {
            Self::Place => (1, 1),
            Self::Split => (1, 2),
            Self::Join | Self::Drop => (1, 0),
            Self::Skip | Self::Tight => (0, 1),
        }
    }
}

/// 五、教育支出, in one piece or in several.
fn is_expenditure(items: &[RowItem<'_>]) -> bool {
    let Some(first) = items.first().and_then(|item| item.word).filter(|word| word.is_enumerated) else { return false };
    let more = items.iter().skip(1).map_while(|item| item.word);
    let last = more.take_while(|word| word.class == Class::Words && !word.is_enumerated).last().unwrap_or(first);
    last.ends_as_expenditure
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
