//! Decimals that a layout program put below their figures, which wrap in narrow cells.

use super::piece::{Piece, TextRow};

/// Puts decimals that wrapped in a narrow cell to the figure on the line above whose end they stand below.
///
/// Where a point ends a word, layout programs put the decimals a line lower, and all that is right of them on the page
/// follows: it goes up with them, and the lines that this empties leave no room.
pub(super) fn join(rows: &mut Vec<TextRow>) {
    let mut n_gone = 0;
    let mut last_line = usize::MAX;
    let mut out: Vec<TextRow> = Vec::with_capacity(rows.len());
    for mut row in std::mem::take(rows) {
        let follows = last_line.checked_add(1) == Some(row.n_above);
        last_line = row.n_above;
        row.n_above -= n_gone;
        if let Some(above) = out.last_mut().filter(|_| follows) {
            row.pieces = row.pieces.into_iter().flat_map(after_decimals).collect();
            let begins = row.pieces.first().cloned();
            row.pieces.retain(|piece| !take_decimals(above, piece));
            let is_cascade = row.pieces.first() != begins.as_ref();
            if is_cascade
                && row.pieces.first().is_some_and(|next| next.from + 1 >= above.pieces.last().map_or(0, |last| last.to))
            {
                above.pieces.append(&mut row.pieces);
            }
        }
        if row.pieces.is_empty() {
            n_gone += 1;
        } else {
            out.push(row);
        }
    }
    join_last_digits(&mut out);
    *rows = out;
}

/// Puts decimals to the figure of a row whose end they stand below.
fn take_decimals(row: &mut TextRow, piece: &Piece) -> bool {
    let is_own = |figure: &&mut Piece| {
        is_whole(&figure.text) && (piece.from..=piece.to).contains(&figure.to) && figure.from < piece.from
    };
    match row.pieces.iter_mut().find(is_own).filter(|_| is_decimals(&piece.text)) {
        Some(figure) => {
            figure.text.push_str(&piece.text);
            figure.to = piece.to;
            true
        }
        None => false,
    }
}

fn is_decimals(text: &str) -> bool {
    text.strip_prefix('.').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A figure without its decimals.
fn is_whole(text: &str) -> bool {
    let bare = text.strip_prefix('-').unwrap_or(text);
    !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')
}

/// Decimals and the figure that follows them without a space are two texts.
fn after_decimals(piece: Piece) -> Vec<Piece> {
    let is_two = |(first, rest): &(&str, &str)| is_decimals(first) && rest.contains(',') && is_whole(rest);
    let Some((first, rest)) = piece.text.split_at_checked(3).filter(is_two) else { return vec![piece] };
    let middle = piece.from + first.len();
    let rest = Piece { from: middle, text: rest.to_owned(), gap: 0, ..piece.clone() };
    vec![Piece { to: middle, text: first.to_owned(), ..piece }, rest]
}

/// The last digit of a figure that fills its cell stands at most so many lines below: the rest of its row stands between.
const MAX_BELOW: usize = 2;

/// Puts a last digit that wrapped in a narrow cell — 0 below 12,868.0 — to its figure, and both to the line between them.
fn join_last_digits(rows: &mut Vec<TextRow>) {
    let n_with =
        |n: usize| rows.iter().flat_map(|row| &row.pieces).filter(|piece| n_decimals(&piece.text) == n).count();
    if n_with(2) <= n_with(1) {
        return;
    }
    for at in 0..rows.len() {
        let n_pieces = rows.get(at).map_or(0, |row| row.pieces.len());
        for nth in (0..n_pieces).rev() {
            let Some((below, digit)) = last_digit(rows.get(at..).unwrap_or_default(), nth) else { continue };
            let Some(last) = rows.get_mut(at + below).map(|row| row.pieces.remove(digit)) else { continue };
            let Some(mut figure) = rows.get_mut(at).map(|row| row.pieces.remove(nth)) else { continue };
            figure.text.push_str(&last.text);
            if let Some(row) = rows.get_mut(at + below / MAX_BELOW) {
                let place = row.pieces.partition_point(|other| other.from < figure.from);
                row.pieces.insert(place, figure);
            }
        }
    }
    let mut n_gone = 0;
    for row in rows.iter_mut() {
        row.n_above -= n_gone;
        n_gone += usize::from(row.pieces.is_empty());
    }
    rows.retain(|row| !row.pieces.is_empty());
}

/// How many lines below the first one the last digit of its `nth` text stands, and where on that line.
fn last_digit(rows: &[TextRow], nth: usize) -> Option<(usize, usize)> {
    let (row, below) = rows.split_first()?;
    let figure = row.pieces.get(nth).filter(|figure| n_decimals(&figure.text) == 1)?;
    let (at, line) =
        below.iter().enumerate().find(|(_, line)| line.pieces.iter().any(|piece| piece.touches(figure)))?;
    let is_digit = |piece: &Piece| matches!(piece.text.as_bytes(), [byte] if byte.is_ascii_digit());
    let is_rest = |piece: &Piece| is_digit(piece) || !piece.text.bytes().any(|byte| byte.is_ascii_digit());
    let digit = line.pieces.iter().position(|piece| is_digit(piece) && piece.to.abs_diff(figure.to) <= 1)?;
    let is_own = at < MAX_BELOW && line.n_above - row.n_above <= MAX_BELOW && line.pieces.iter().all(is_rest);
    is_own.then_some((at + 1, digit))
}

/// How many decimals a figure has; 0 for what is none.
fn n_decimals(text: &str) -> usize {
    let decimals = text.rsplit_once('.').filter(|(whole, _)| is_whole(whole)).map_or("", |(_, decimals)| decimals);
    if decimals.bytes().all(|byte| byte.is_ascii_digit()) { decimals.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;

    fn shown(page: &str) -> Vec<String> {
        text::drawn(page).iter().map(TextRow::text).collect()
    }

    #[test]
    fn the_last_digit_of_a_figure_that_wrapped_goes_back_to_it() {
        let page = "甲支出    21,118.51    2,868.0\n乙支出     1,118.50\n                                9\n丙支出    1.00   0.19";
        assert_eq!(shown(page), ["甲支出\t21,118.51\t2,868.0", "乙支出\t1,118.50", "9", "丙支出\t1.00\t0.19"]);
        let page = "               12,868.1\n甲支出  30.19\n                      9\n乙支出  10.19       0.19";
        assert_eq!(shown(page), ["甲支出\t30.19\t12,868.19", "乙支出\t10.19\t0.19"]);
    }

    #[test]
    fn a_count_below_a_figure_of_one_decimal_is_none_of_its_digits() {
        let page = "甲支出  12.5  10.00  20.00\n乙支出     3   1.00   2.00";
        assert_eq!(shown(page), ["甲支出\t12.5\t10.00\t20.00", "乙支出\t3\t1.00\t2.00"]);
    }
}
