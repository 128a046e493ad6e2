//! The cells of some lines are fitted to the columns of their table, at the least cost.

use super::super::header::Role;
use super::super::item::Class;
use super::word::Word;
use crate::terms::header::{HeaderWord, holds_counts};

/// A text in a column that holds something else.
const MISFIT: u32 = 30;

/// A row without its last cells: a dump may have lost the blank ones.
const CUT_OFF: u32 = 12;

/// A line whose blank cells at the end are one more than its spaces show.
const TIGHT: u32 = 1;

/// A blank cell that is lost before a text.
const LOST_BLANK: u32 = 9;

/// A total whose label covers a column of line numbers too.
const COVERED_TEXT: u32 = 2;

/// The same where no row shows a blank cell; and all those at the end of a row.
const LOST_EVERYWHERE: u32 = 2;

/// The same in the first row of a page, whose mark takes blank cells with it.
const LOST_AT_PAGE: u32 = 2;

/// A blank cell more than the columns.
const SPARE_BLANK: u32 = 8;

/// A space within the text of a cell.
const SPACE_WITHIN: u32 = 6;

/// Two cells without a space between them.
const RUN_TOGETHER: u32 = 5;

/// A cell that goes on in the next line.
const WRAP: u32 = 1;

/// A text that begins anew is no rest of another.
const BEGINS_ANEW: u32 = 40;

/// An expenditure among the revenues.
const WRONG_SIDE: u32 = 32;

/// Words in a column of line numbers or quantities.
const NO_COUNT: u32 = 20;

/// An amount with decimals in a column that is for none.
const DECIMALS_IN_TEXT: u32 = 8;

/// A whole number among amounts with decimals.
const WHOLE: u32 = 5;

/// A code of three digits in the column of those of two.
const OTHER_LEVEL: u32 = 4;

/// The columns of a table, for fitting.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// What each holds.
    pub(super) roles: Vec<Role>,
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
    pub(super) fn new(roles: &[Role], paths: &[Vec<String>]) -> Self {
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
    let halved =
        halved(items).map(|items| place(&items, columns, heads_page)).map(|fit| Fit { cost: fit.cost + 2, ..fit });
    match halved {
        Some(halved) if halved.cost < plain.cost => halved,
        _ => plain,
    }
}

/// The items with every run of blank cells half as long, where all runs are even.
fn halved<'a>(items: &[RowItem<'a>]) -> Option<Vec<RowItem<'a>>> {
    let mut out = Vec::with_capacity(items.len());
    let mut n_blank = 0;
    let mut changed = false;
    for (idx, item) in items.iter().enumerate() {
        if item.word.is_none() {
            n_blank += 1;
            let ends = items.get(idx + 1).is_none_or(|next| next.word.is_some());
            if ends {
                if n_blank % 2 != 0 {
                    return None;
                }
                out.extend(std::iter::repeat_n(*item, n_blank / 2));
                changed = true;
                n_blank = 0;
            }
        } else {
            out.push(*item);
        }
    }
    changed.then_some(out)
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

/// The cheapest way to place the items.
fn place(items: &[RowItem<'_>], columns: &Columns, heads_page: bool) -> Fit {
    let roles = columns.roles.as_slice();
    let (n_items, n_columns) = (items.len(), roles.len());
    let width = n_columns + 1;
    let expenditures: Vec<bool> = (0..n_items).map(|i| is_expenditure(items.get(i..).unwrap_or_default())).collect();
    let mut best: Vec<Option<(u32, Step)>> = vec![None; (n_items + 1) * width];
    if let Some(start) = best.first_mut() {
        *start = Some((0, Step::Place));
    }
    for i in 0..=n_items {
        for c in 0..=n_columns {
            let Some((cost, last)) = best.get(i * width + c).copied().flatten() else { continue };
            let mut offer = |i: usize, c: usize, more: u32, step: Step| {
                if let Some(slot) = best.get_mut(i * width + c)
                    && slot.is_none_or(|(known, _)| cost + more < known)
                {
                    *slot = Some((cost + more, step));
                }
            };
            let item = items.get(i);
            let before = i.checked_sub(1).and_then(|before| items.get(before));
            let (word, word_before) = (item.and_then(|item| item.word), before.and_then(|before| before.word));
            if let (Some(role), Some(item)) = (roles.get(c), item) {
                let strange = columns.of_revenue.get(c) == Some(&true) && expenditures.get(i) == Some(&true);
                // What begins anew on its line begins a row, unless the line above ends with a blank cell of the row.
                let after_text = before.is_some_and(|before| before.word.is_some() && !before.spaced);
                let after_amount = || word_before.is_some_and(|word| word.class == Class::Amount);
                let begins = word.is_some_and(|word| word.begins_row() || word.is_code && after_amount());
                let anew = item.first && after_text && begins;
                let wanted = columns.n_digits.get(c).copied().flatten();
                let other_level = word.zip(wanted).is_some_and(|(word, wanted)| word.n_bytes != wanted);
                let no_count = columns.counts.get(c) == Some(&true)
                    && word.is_some_and(|word| word.class == Class::Words && !word.is_total);
                let whole = columns.decimals && *role == Role::Amount && word.is_some_and(|word| word.is_whole);
                let more = word.map_or(0, |word| misfit(word, *role))
                    + if no_count { NO_COUNT } else { 0 }
                    + if whole { WHOLE } else { 0 }
                    + if other_level { OTHER_LEVEL } else { 0 }
                    + if strange { WRONG_SIDE } else { 0 }
                    + if anew { BEGINS_ANEW / 2 } else { 0 };
                offer(i + 1, c + 1, more, Step::Place);
            }
            if let (Some(Role::Text | Role::Code), Some(Role::Text | Role::Label)) = (roles.get(c), roles.get(c + 1))
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
                    Role::Code | Role::Label if merged => 0,
                    Role::Text if merged => COVERED_TEXT,
                    _ if columns.no_blanks => LOST_EVERYWHERE,
                    _ if i == 0 && heads_page => LOST_AT_PAGE,
                    _ => LOST_BLANK,
                };
                // Of the columns of a code in parts, the last ones are blank.
                let out_of_turn = *role == Role::Code && word.is_some_and(|word| word.is_code);
                offer(i, c + 1, more + u32::from(out_of_turn), Step::Skip);
                if before.is_some_and(|before| before.spaced) && !matches!(last, Step::Skip | Step::Tight) {
                    offer(i, c + 1, TIGHT, Step::Tight);
                }
            }
        }
    }
    let ends = (0..=n_columns).filter_map(|c| {
        let (cost, _) = best.get(n_items * width + c).copied().flatten()?;
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
    while i > 0 || c > 0 {
        let Some((_, step)) = best.get(i * width + c).copied().flatten() else { break };
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
                let covered = roles.get(c).is_some_and(|role| *role != Role::Amount)
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
fn misfit(word: &Word<'_>, role: Role) -> u32 {
    let fits = match (word.class, role) {
        // Line numbers, quantities, measures and remarks: none has decimals as a rule.
        (Class::Amount, Role::Text) if word.has_point => return DECIMALS_IN_TEXT,
        (_, Role::Text) | (Class::Words, Role::Label) | (Class::Amount, Role::Amount) => true,
        (Class::Words, Role::Code) => word.is_total,
        (Class::Words, Role::Amount) => word.is_dash,
        (Class::Number, Role::Code) => true,
        // A code is longer than most whole amounts, and amounts beside it have decimals.
        (Class::Number, Role::Amount) => !word.is_code || word.n_bytes <= 3,
        (Class::Number, Role::Label) | (Class::Amount, Role::Code | Role::Label) => false,
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
