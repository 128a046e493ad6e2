//! What the rows of a table in a dump tell of its columns: how many there are, and what each holds.

use super::super::header::Expected;
use super::super::item::{Class, Item, Numbered, class, halved, is_code, items, most, number_and_words};
use super::super::line::Line;
use super::super::narrative::is_sentence;
use crate::segment::cost::Cost;
use crate::segment::cost::columns::*;
use crate::terms::column::ColumnRole;
use crate::terms::header::is_total;

/// Rows of more columns are none.
const MAX_COLUMNS: usize = 64;

/// What the rows tell of the columns.
pub(super) fn expected(lines: &[Line], numbered: Option<Numbered>) -> Vec<Expected> {
    let texts: Vec<&Line> = lines.iter().filter(|line| !line.is_blank()).collect();
    let rows: Vec<Vec<Item>> = texts.iter().map(|line| items(&line.text)).collect();
    let counts = Counts::of(&texts, &rows);
    let doubt_of_others = if numbered.is_some() { ALL } else { 0 };
    let mut expected: Vec<Expected> = Vec::new();
    for n_columns in 2..=MAX_COLUMNS {
        let doubt = match (counts.doubt(n_columns), numbered.and_then(|numbered| n_covered(numbered, n_columns))) {
            (_, Some(0)) if numbered.is_some_and(|numbered| numbered.n_covering == 0) => 0,
            // Rows with lost cells say nothing against the numbers.
            (Some(doubt), Some(n_covered)) => doubt.min(COVERED + n_covered),
            (None, Some(n_covered)) => COVERED + n_covered,
            (Some(doubt), None) => doubt_of_others + doubt,
            (None, None) => continue,
        };
        expected.push(Expected { n_columns, roles: roles(&rows, n_columns), doubt });
    }
    if expected.is_empty() {
        // No row at all: any number that the header bears out.
        expected.extend((1..=12).map(|n_columns| Expected { n_columns, roles: vec![None; n_columns], doubt: 0 }));
    }
    let with_amounts = texts.iter().zip(&rows).filter(|(_, row)| row.iter().any(Item::is_amount));
    let with_amounts: Vec<&Line> = with_amounts.map(|(line, _)| *line).collect();
    // Where rows with amounts show no blank cells, those of spaces and names show nothing of the others.
    let gaps =
        if with_amounts.is_empty() { lines.iter().any(shows_gap) } else { with_amounts.into_iter().any(shows_gap) };
    if !gaps && !rows.is_empty() && numbered.is_none() {
        expected.extend(without_gaps(&rows));
    }
    expected.sort_by_key(|expected| expected.doubt);
    expected
}

/// Whether a line shows a blank cell, or more room than parts two texts.
fn shows_gap(line: &Line) -> bool {
    line.text.contains("  ") || line.text.starts_with(' ') || line.text.contains('\t')
}

/// How many of so many columns the labels of the column numbers cover, if they can: each stands over up to four, those of
/// a code in three parts and of its name.
fn n_covered(numbered: Numbered, n_columns: usize) -> Option<u32> {
    let n_covered = n_columns.checked_sub(numbered.n_columns)?;
    (n_covered <= MAX_COVERED * numbered.n_covering).then(|| u32::try_from(n_covered).ok()).flatten()
}

/// A label stands over itself and this many other columns.
const MAX_COVERED: usize = 3;

/// How many rows have how many cells, by what the spaces at their ends can mean.
struct Counts {
    /// Rows that end with a text.
    exact: [usize; MAX_COLUMNS + 2],
    /// Rows that end with spaces, the first of which parts the last text from blank cells.
    loose: [usize; MAX_COLUMNS + 2],
    /// Totals, whose label covers the columns of codes and names.
    totals: [usize; MAX_COLUMNS + 2],
    /// Rows whose blank cells can be printed twice.
    halved: [usize; MAX_COLUMNS + 2],
    /// Rows as they stand, and rows whose cells can be run together.
    parted: [usize; MAX_COLUMNS + 2],
    n_rows: usize,
}

impl Counts {
    fn of(lines: &[&Line], rows: &[Vec<Item>]) -> Self {
        let none = [0; MAX_COLUMNS + 2];
        let mut counts = Self { exact: none, loose: none, totals: none, halved: none, parted: none, n_rows: 0 };
        let add = |counts: &mut [usize; MAX_COLUMNS + 2], n: usize| {
            if let Some(count) = counts.get_mut(n) {
                *count += 1;
            }
        };
        for (line, row) in lines.iter().zip(rows) {
            // A line without amount and without blank cell is a piece of a row.
            if !row.iter().any(|item| item.is_amount() || *item == Item::Blank) {
                continue;
            }
            counts.n_rows += 1;
            let of_end = if line.text.ends_with(' ') { &mut counts.loose } else { &mut counts.exact };
            add(of_end, row.len());
            if row.iter().any(|item| matches!(item, Item::Text(text) if is_total(text))) {
                add(&mut counts.totals, row.len());
            }
            let n_together =
                row.iter().filter(|item| matches!(item, Item::Text(text) if number_and_words(text).is_some())).count();
            for n_more in 0..=n_together {
                add(&mut counts.parted, row.len() + n_more);
            }
            if let Some(halved) = halved(row, |item| *item == Item::Blank) {
                add(&mut counts.halved, halved.len());
            }
        }
        counts
    }

    /// How much speaks against a number of columns; `None` where nothing speaks for it.
    fn doubt(&self, n: usize) -> Option<Cost> {
        let at = |counts: &[usize; MAX_COLUMNS + 2], n: usize| counts.get(n).copied().unwrap_or(0);
        // Some extractors write a space for each blank cell at the end of a row, others one more.
        let loose = at(&self.exact, n) + at(&self.loose, n);
        let tight = at(&self.exact, n) + at(&self.loose, n - 1);
        let against = |n_rows: usize| Cost::try_from(ALL as usize * n_rows / self.n_rows.max(1)).unwrap_or(ALL);
        let share = |count: usize| against(self.n_rows - count.min(self.n_rows));
        // No row has more cells than there are columns.
        let n_longer: usize = self.exact.iter().zip(&self.loose).skip(n + 1).map(|(exact, loose)| exact + loose).sum();
        let longer = against(n_longer);
        let mut doubts = Vec::new();
        if loose > 0 {
            doubts.push(share(loose) + longer);
        }
        if at(&self.loose, n - 1) > 0 {
            doubts.push(share(tight) + TIGHT + longer);
        }
        if at(&self.parted, n) > loose && loose > 0 {
            doubts.push(share(at(&self.parted, n)) + RUN_TOGETHER + longer);
        }
        // Where there are only totals the columns that their labels cover come on top.
        for (n_more, doubt) in [(1, 0), (2, TIGHT)] {
            let Some(n) = n.checked_sub(n_more) else { continue };
            let covered = at(&self.totals, n);
            if covered > 0 && covered == at(&self.exact, n) + at(&self.loose, n) {
                doubts.push(share(covered) + TIGHT + 1 + doubt);
            }
        }
        let (halved, tight_halved) = (at(&self.halved, n), at(&self.halved, n - 1));
        if halved.max(tight_halved) > 0 {
            // The rows that are not bold are as they stand.
            let others = share(loose.max(tight) + halved.max(tight_halved));
            doubts.push(HALVED + others + if halved > 0 { 0 } else { TIGHT_HALVED });
        }
        doubts.into_iter().min()
    }
}

/// A dump that shows no blank cell tells only how many columns there are at least; the header tells the rest.
fn without_gaps(rows: &[Vec<Item>]) -> Vec<Expected> {
    let texts = |row: &Vec<Item>| -> Vec<Class> { row.iter().filter_map(Item::text).map(class).collect() };
    let first = roles_at(rows, 0);
    // The label of a total covers the columns of codes and names.
    let is_sum = |row: &[Item]| matches!(row.first(), Some(Item::Text(text)) if is_total(text));
    let n_names = usual_names(rows.iter().filter(|row| !is_sum(row)));
    let covers = |row: &[Item]| if is_sum(row) { n_names.saturating_sub(leading_names(row)) } else { 0 };
    let width = |row: &Vec<Item>| texts(row).len() + covers(row);
    let widths: Vec<usize> = rows.iter().filter(|row| texts(row).contains(&Class::Amount)).map(width).collect();
    let widest = widths.iter().copied().max().unwrap_or(2);
    let least = widest.clamp(2, MAX_COLUMNS);
    // Where most rows are as wide as the widest nothing is lost: zeros are printed. The more amounts they have the less
    // likely it is that all have lost as many. One amount again and again is a total and its only part that is not blank.
    let is_zero = |item: &Item| matches!(item, Item::Text(text) if !text.contains(|ch: char| matches!(ch, '1'..='9')));
    let is_repeated = |amounts: &Vec<&Item>| {
        amounts.len() > 1 && amounts.iter().all(|amount| *amount == amounts[0] && !is_zero(amount))
    };
    let widest_rows = rows.iter().filter(|row| width(row) == widest);
    let amounts = widest_rows.map(|row| row.iter().filter(|item| item.is_amount()).collect::<Vec<_>>());
    let whole_rows: Vec<usize> = amounts.filter(|amounts| !is_repeated(amounts)).map(|amounts| amounts.len()).collect();
    let (n_widest, n_amounts) = (whole_rows.len(), whole_rows.iter().copied().max().unwrap_or(0));
    let whole = u32::try_from(n_widest * n_amounts * 6 / widths.len().max(1)).unwrap_or(0);
    let of = |n_columns: usize, last: Option<ColumnRole>, doubt: Cost| {
        let mut roles = roles_of_whole(rows, n_columns);
        if let Some(slot) = roles.last_mut().filter(|_| last.is_some()) {
            *slot = last;
        }
        if let Some(slot) = roles.first_mut() {
            *slot = first;
        }
        Expected { n_columns, roles, doubt }
    };
    let last = ends_with_sentences(rows).then_some(ColumnRole::Text);
    let mut found: Vec<Expected> = (least..=(least + MAX_LOST).min(MAX_COLUMNS))
        .map(|n_columns| of(n_columns, last, LOST + if n_columns == least { 0 } else { whole }))
        .collect();
    // Few rows that have more cells than all others may be damaged.
    let n_longer = |n_columns: usize| widths.iter().filter(|width| **width > n_columns).count();
    let narrower = (2..least).filter(|n| widths.contains(n) && n_longer(*n) * LONGER_OF <= widths.len()).min();
    found.extend(
        (narrower.unwrap_or(least)..least)
            .map(|n_columns| of(n_columns, last, LOST + LONGER * u32::try_from(n_longer(n_columns)).unwrap_or(ALL))),
    );
    // A last column of remarks is blank in most rows, whole as their amounts may be.
    if whole > REMARKS && least < MAX_COLUMNS {
        found.push(of(least + 1, Some(ColumnRole::Text), LOST + REMARKS));
    }
    found
}

/// How many codes and names a row begins with.
fn leading_names(row: &[Item]) -> usize {
    row.iter().take_while(|item| !item.is_amount()).filter(|item| matches!(item, Item::Text(_))).count()
}

/// How many codes and names most rows with amounts begin with.
fn usual_names<'a>(rows: impl Iterator<Item = &'a Vec<Item>>) -> usize {
    most(rows.filter(|row| row.iter().any(Item::is_amount)).map(|row| leading_names(row))).unwrap_or(0)
}

/// What the columns hold where several rows of as many cells, which are whole, agree on it: names and codes, then amounts.
fn roles_of_whole(rows: &[Vec<Item>], n_columns: usize) -> Vec<Option<ColumnRole>> {
    let whole: Vec<&Vec<Item>> = rows.iter().filter(|row| row.len() == n_columns).collect();
    let is_amount = |row: &&Vec<Item>| row.iter().map(Item::is_amount).collect::<Vec<_>>();
    let mut shapes = whole.iter().map(is_amount);
    let first = shapes.next().unwrap_or_default();
    let n_names = first.iter().take_while(|is_amount| !**is_amount).count();
    let is_clear = whole.len() >= MIN_WHOLE && n_names > 0 && first.iter().skip(n_names).all(|is_amount| *is_amount);
    if !is_clear || shapes.any(|shape| shape != first) {
        return vec![None; n_columns];
    }
    (0..n_columns).map(|column| roles_at(&whole, column)).collect()
}

/// So many rows tell what their columns hold.
const MIN_WHOLE: usize = 3;

/// Whether half of the rows with amounts have a sentence behind them.
fn ends_with_sentences(rows: &[Vec<Item>]) -> bool {
    let with_amounts = || rows.iter().filter(|row| row.iter().any(Item::is_amount));
    let ends = |row: &&Vec<Item>| matches!(row.last(), Some(Item::Text(text)) if is_sentence(text));
    let n_with = with_amounts().filter(ends).count();
    n_with > 0 && n_with * 2 >= with_amounts().count()
}

/// One of so many rows may be damaged.
const LONGER_OF: usize = 5;

/// So many columns may be blank in every row.
const MAX_LOST: usize = 12;

/// What most rows have at a place.
fn roles_at(rows: &[impl AsRef<[Item]>], column: usize) -> Option<ColumnRole> {
    let vote = |row: &_| {
        let text = AsRef::<[Item]>::as_ref(row).get(column)?.text()?;
        match class(text) {
            // The label of a total covers codes too.
            Class::Words if is_total(text) => None,
            Class::Words => Some(1),
            Class::Number if is_code(text) => Some(0),
            Class::Number | Class::Amount => Some(2),
        }
    };
    let most = most(rows.iter().filter_map(vote))?;
    [ColumnRole::Code, ColumnRole::Label, ColumnRole::Amount].get(most).copied()
}

/// What each column holds in the rows of so many cells, or one less: the last may be blank.
fn roles(rows: &[Vec<Item>], n_columns: usize) -> Vec<Option<ColumnRole>> {
    let whole: Vec<&Vec<Item>> =
        rows.iter().filter(|row| row.len() == n_columns || row.len() + 1 == n_columns).collect();
    (0..n_columns).map(|column| roles_at(&whole, column)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::drawn;
    use super::*;

    /// What speaks against a number of columns of some rows.
    fn doubt(rows: &str, n_columns: usize) -> Option<Cost> {
        let expected = expected(&drawn::lines(rows), None);
        expected.into_iter().filter(|expected| expected.n_columns == n_columns).map(|expected| expected.doubt).min()
    }

    const ROWS: &str = "甲某 5.00 5.00\n乙某 4.00 4.00\n丙某 3.00 3.00\n丁某 2.00 2.00";

    #[test]
    fn one_longer_row_says_little_against_fewer_columns() {
        let rows = format!("{ROWS}\n戊某 1.00 己某 1.00 1.00");
        assert_eq!([2, 4, 5].map(|n| doubt(&rows, n)), [None, Some(LOST + LONGER), Some(LOST)]);
    }

    #[test]
    fn spaces_in_rows_without_amounts_show_no_blank_cells() {
        // Columns can be lost unless rows with amounts show their blank cells.
        let rows = format!("{ROWS}\n己某  ").replacen("5.00 5.00", "5.00 1.00", 1);
        assert!(doubt(&rows, 8).is_some());
        assert_eq!(doubt(&rows.replacen("乙某 ", "乙某  ", 1), 8), None);
    }

    #[test]
    fn the_label_of_a_total_covers_all_columns_of_names() {
        let rows = "甲某 子 3.00\n乙某 丑 2.00\n合计 5.00 4.00 1.00";
        assert_eq!(doubt(rows, 5), Some(LOST));
        assert!(doubt(&rows.replace("合计", "丙某"), 5) > Some(LOST));
    }

    #[test]
    fn rows_that_show_every_cell_tell_what_their_columns_hold() {
        let whole = |rows: &str| {
            let rows: Vec<Vec<Item>> = rows.lines().map(items).collect();
            roles_of_whole(&rows, 3)
        };
        let [label, amount] = [ColumnRole::Label, ColumnRole::Amount].map(Some);
        assert_eq!(whole(ROWS), [label, amount, amount]);
        assert_eq!(whole(&ROWS.replacen("5.00 5.00", "一 5.00", 1)), [None; 3]);
    }

    #[test]
    fn a_total_and_its_only_part_leave_open_how_many_columns_are_blank() {
        assert_eq!(doubt(ROWS, 8), Some(LOST));
        assert!(doubt(&ROWS.replace("5.00 5.00", "5.00 1.00"), 8) > Some(LOST));
    }
}
