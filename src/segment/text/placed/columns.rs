//! The columns of a table by where its texts stand, and each line's texts in them.

use super::super::item::{Class, class, is_code, most};
use super::piece::{Piece, TextRow};
use crate::segment::least_cost::States;
use crate::terms::header::is_total;

/// Where a column's texts stand, and what most of them are.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Amounts, codes or names; `None` where the column shows no text.
    pub(super) holds: Option<Holds>,
}

/// What the texts of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holds {
    Amounts,
    Codes,
    Names,
}

impl Column {
    pub(super) fn middle(&self) -> f32 {
        (self.from + self.to) as f32 / 2.0
    }

    pub(super) fn holds_amounts(&self) -> bool {
        self.holds == Some(Holds::Amounts)
    }

    /// Whether a text begins in it.
    pub(super) fn has(&self, piece: &Piece) -> bool {
        (self.from..self.to).contains(&piece.from)
    }
}

fn holds(piece: &Piece) -> Holds {
    match class(&piece.text) {
        Class::Words => Holds::Names,
        // 2. of a list within a text.
        _ if piece.text.ends_with('.') => Holds::Names,
        // A line number (行次) has one digit or two, and counts from 1.
        Class::Number if is_code(&piece.text) || (piece.text.len() == 1 && piece.text != "0") => Holds::Codes,
        Class::Number | Class::Amount => Holds::Amounts,
    }
}

/// The columns that show text, left to right.
pub(super) fn columns(body: &[TextRow]) -> Vec<Column> {
    let is_shown = |piece: &&Piece| !is_total(&piece.text);
    let pieces = || body.iter().flat_map(|line| &line.pieces).filter(is_shown);
    let mut stretches = joined(pieces().collect());
    if stretches.len() > MAX_COLUMNS {
        return Vec::new();
    }
    // Places drift a little from line to line, so that columns can overlap: where one line has two texts, there are two.
    let mut cuts: Vec<usize> = Vec::new();
    for stretch in &stretches {
        cut(body, *stretch, &mut cuts, MAX_CUTS);
    }
    for at in cuts {
        if let Some(idx) = stretches.iter().position(|stretch| stretch.0 < at && at < stretch.1)
            && let Some(stretch) = stretches.get_mut(idx)
        {
            let right = (at, stretch.1);
            stretch.1 = at;
            stretches.insert(idx + 1, right);
        }
    }
    let pieces = || body.iter().flat_map(|line| &line.pieces).filter(is_shown);
    let of_column = |from: usize, to: usize| pieces().filter(move |piece| overlap(piece, from, to) * 2 > piece.width());
    let mut columns: Vec<Column> = stretches
        .into_iter()
        .map(|(from, to)| Column { from, to, holds: most(of_column(from, to).map(holds)) })
        .collect();
    // Where money is printed as plain numbers, those right of all names are money, however many digits they have.
    let is_plain = !pieces().any(Piece::is_amount);
    let n_named = columns.iter().rposition(|column| column.holds == Some(Holds::Names)).map(|last| last + 1);
    for column in n_named.filter(|_| is_plain).and_then(|n| columns.get_mut(n..)).unwrap_or_default() {
        let is_long = of_column(column.from, column.to).any(|piece| piece.text.len() > LINE_NUMBER);
        if column.holds == Some(Holds::Codes) && is_long {
            column.holds = Some(Holds::Amounts);
        }
    }
    columns
}

/// A line number has at most so many digits.
const LINE_NUMBER: usize = 2;

/// Texts that stand over more places than this are no table.
const MAX_COLUMNS: usize = 64;

/// A table has no more columns than this that only lines with two texts tell apart.
const MAX_CUTS: usize = 24;

/// The stretches of texts that overlap, or that meet and are alike: a place is free between texts of two columns.
fn joined(mut pieces: Vec<&Piece>) -> Vec<(usize, usize)> {
    pieces.sort_by_key(|piece| (piece.from, piece.to));
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut before = None;
    for piece in pieces {
        let is_alike = before == Some(holds(piece));
        match out.last_mut() {
            Some(last) if piece.from < last.1 || (piece.from == last.1 && is_alike) => last.1 = last.1.max(piece.to),
            _ => out.push((piece.from, piece.to)),
        }
        before = Some(holds(piece));
    }
    out
}

fn overlap(piece: &Piece, from: usize, to: usize) -> usize {
    piece.to.min(to).saturating_sub(piece.from.max(from))
}

/// Cuts a stretch in which lines have two texts where the fewest texts stand across.
fn cut(body: &[TextRow], (from, to): (usize, usize), cuts: &mut Vec<usize>, n_left: usize) {
    let within = |piece: &&Piece| overlap(piece, from, to) * 2 > piece.width() && !is_total(&piece.text);
    let mut wanted = vec![0i64; to - from + 2];
    let mut crossed = vec![0i64; to - from + 2];
    let add = |of: &mut Vec<i64>, a: usize, b: usize| {
        // Places a..=b.
        if a <= b {
            of[a - from] += 1;
            of[b + 1 - from] -= 1;
        }
    };
    let mut n_pairs = 0;
    for line in body {
        let pieces: Vec<&Piece> = line.pieces.iter().filter(within).collect();
        for pair in pieces.windows(2) {
            if let [a, b] = pair {
                n_pairs += 1;
                // Names and amounts that drift across each other are told apart by most of what they stand on.
                let is_unlike = (holds(a) == Holds::Names) != (holds(b) == Holds::Names);
                let (left, right) =
                    if is_unlike { (a.middle() as usize + 1, b.middle() as usize) } else { (a.to, b.from) };
                add(&mut wanted, left.max(from), right.min(to));
                // Words were cut out of a name more often than two names share a place.
                if holds(a) != Holds::Names || holds(b) != Holds::Names {
                    add(&mut wanted, left.max(from), right.min(to));
                }
            }
        }
        for piece in pieces {
            add(&mut crossed, (piece.from + 1).max(from), (piece.to - 1).min(to));
        }
    }
    if n_pairs == 0 || n_left == 0 {
        return;
    }
    let (mut n_wanted, mut n_crossed) = (0, 0);
    let mut best: Option<(i64, usize)> = None;
    for at in from..=to {
        n_wanted += wanted[at - from];
        n_crossed += crossed[at - from];
        let gain = n_wanted - n_crossed;
        if n_wanted > 0 && at > from && at < to && best.is_none_or(|(known, _)| gain > known) {
            best = Some((gain, at));
        }
    }
    // One odd line among many is no column.
    if let Some((_, at)) = best.filter(|(gain, _)| *gain > 0) {
        cuts.push(at);
        cut(body, (from, at), cuts, n_left / 2);
        cut(body, (at, to), cuts, n_left / 2);
    }
}

/// A text in a column of something else.
const MISFIT: f32 = 12.0;

/// A text in a column that shows none on the page.
const NOWHERE: f32 = 8.0;

/// Two texts in one cell.
const TOGETHER: f32 = 6.0;

/// The column of each of a line's texts, left to right, at the least cost.
pub(super) fn place(line: &TextRow, columns: &[Column]) -> Vec<usize> {
    let width = line.pieces.len() + 1;
    // How many texts stand in columns before each one, and then with those in it.
    let mut states: States<f32, Option<usize>> = States::new((2 * columns.len() + 1) * width);
    let held: Vec<(&Piece, Holds)> = line.pieces.iter().map(|piece| (piece, holds(piece))).collect();
    for (idx, column) in columns.iter().enumerate() {
        for at in 0..width {
            let before = 2 * idx * width + at;
            let within = before + width;
            states.offer(before, within + width, 0.0, None);
            if let Some((piece, held)) = held.get(at) {
                let own = cost(piece, *held, column);
                states.offer(before, within + 1, own, Some(idx));
                states.offer(within, within + 1, own + TOGETHER, Some(idx));
            }
            states.offer(within, within + width, 0.0, None);
        }
    }
    let way = states.way(2 * columns.len() * width + line.pieces.len());
    way.into_iter().filter_map(|(_, _, column)| *column).collect()
}

/// A line's texts, each with its column.
pub(super) fn placed<'a>(line: &'a TextRow, columns: &[Column]) -> impl Iterator<Item = (usize, &'a Piece)> {
    place(line, columns).into_iter().zip(&line.pieces)
}

/// How unlikely it is that a text of such a kind belongs to a column.
fn cost(piece: &Piece, held: Holds, column: &Column) -> f32 {
    let apart = column.from.saturating_sub(piece.to) + piece.from.saturating_sub(column.to);
    let outside = piece.width() - overlap(piece, column.from, column.to).min(piece.width());
    let middle = (piece.middle() - column.middle()).abs();
    let strange = match (column.holds, held) {
        (None, Holds::Names) => 2.0,
        (None, _) => 0.0,
        // The label of a total covers codes too; a code can be a whole amount.
        (Some(Holds::Codes), Holds::Names) if is_total(&piece.text) => 1.0,
        (Some(Holds::Amounts), Holds::Codes) => 3.0,
        (Some(a), b) if a == b => 0.0,
        (Some(_), _) => MISFIT,
    };
    let nowhere = if column.to == column.from { NOWHERE } else { 0.0 };
    apart as f32 + outside as f32 + 0.05 * middle.min(100.0) + strange + nowhere
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;

    #[test]
    fn columns_whose_places_drift_are_told_apart_by_lines_that_show_both() {
        let rows = text::drawn(
            "甲乙丙     10.00     20.00\n甲乙丙丁     10.00     20.00\n甲      10.00     20.00\n甲  10.00     20.00",
        );
        let columns = columns(&rows);
        assert_eq!(columns.len(), 3, "{columns:?}");
        assert!(rows.iter().all(|row| place(row, &columns) == [0, 1, 2]));
    }

    #[test]
    fn names_that_drift_across_the_ends_of_amounts_are_a_column_of_their_own() {
        let amounts = "甲    1,600.00 乙乙乙乙\n".repeat(2);
        let text = format!("{amounts}{}", "甲          丙丙丙丙丙丙\n".repeat(5));
        let rows = text::drawn(&text);
        let columns = columns(&rows);
        let holds: Vec<Option<Holds>> = columns.iter().map(|column| column.holds).collect();
        assert_eq!(holds, [Holds::Names, Holds::Amounts, Holds::Names].map(Some), "{columns:?}");
        let placed: Vec<Vec<usize>> = rows.iter().map(|row| place(row, &columns)).collect();
        assert_eq!(placed, [vec![vec![0, 1, 2]; 2], vec![vec![0, 2]; 5]].concat());
    }

    #[test]
    fn an_amount_goes_to_a_column_of_amounts_though_its_place_drifts() {
        let aligned = text::drawn("甲乙丙丁戊己庚辛     10.00     20.00\n甲乙丙丁戊己庚     10.00     20.00");
        let columns = columns(&aligned);
        let drifted = text::drawn("甲乙       10.00     20.00");
        assert!(drifted.iter().all(|row| place(row, &columns) == [0, 1, 2]), "{columns:?}");
    }

    #[test]
    fn plain_numbers_right_of_all_names_are_money_however_many_digits_they_have() {
        let holds = |last: &str| {
            let rows = text::drawn(&format!("208   甲某某支出   7234970   0\n20805   乙某支出   76620   {last}"));
            columns(&rows).iter().map(|column| column.holds).collect::<Vec<_>>()
        };
        let (codes, names, amounts) = (Some(Holds::Codes), Some(Holds::Names), Some(Holds::Amounts));
        assert_eq!(holds("0"), [codes, names, amounts, amounts]);
        // Beside money with decimals they may be codes.
        assert_eq!(holds("3.00").get(2), Some(&codes));
    }
}
