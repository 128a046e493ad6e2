//! Bold text that an extractor wrote on two lines, one right below the other, counts once.

use super::super::item::{Class, class};
use super::piece::{Piece, TextRow};
use crate::terms::header::is_total;

/// So many lines of a page that repeat the line above say that its bold text is written twice.
const LEAST_REPEATED: usize = 2;

/// The shadow of a text stands within this many places of it.
const SAME_PLACE: usize = 1;

/// The lines of a page without the shadows of others.
pub(super) fn without(rows: Vec<TextRow>) -> Vec<TextRow> {
    let is_shadow = |pair: &[TextRow]| match pair {
        [above, below] => {
            let is_whole = below.pieces.iter().all(|piece| is_name(piece) && is_repeated(above, piece))
                && above.pieces.len() == below.pieces.len();
            is_whole || n_steps(above, below) > 0
        }
        _ => false,
    };
    if rows.windows(2).filter(|pair| is_shadow(pair)).count() < LEAST_REPEATED {
        return rows;
    }
    let mut out: Vec<TextRow> = Vec::with_capacity(rows.len());
    let mut above: Option<TextRow> = None;
    // Lines with nothing but shadows leave no room: names beside each other in the header keep their heights.
    let mut n_gone = 0;
    for row in rows {
        let whole = row.clone();
        let mut row = row;
        if let Some(above) = above.take() {
            let n_steps = n_steps(&above, &row);
            if let Some(last) = out.last_mut().filter(|_| n_steps > 0) {
                last.pieces.extend(row.pieces.drain(n_steps..));
                row.pieces.clear();
            }
            let names_only = row.pieces.iter().all(is_name);
            let all = row.pieces.iter().all(|piece| is_repeated(&above, piece));
            let is_bold = row.pieces.iter().any(|piece| is_total(&piece.text) && is_repeated(&above, piece));
            // Rows may well repeat a name, or an amount; a whole row, a total, or a line of the header is a shadow.
            if names_only || all || is_bold {
                let n_before = row.pieces.len();
                row.pieces.retain(|piece| !is_repeated(&above, piece));
                // What is left stood on one line with what the shadow is of.
                if row.pieces.len() < n_before
                    && let Some(last) = out.last_mut()
                    && row.pieces.iter().all(|piece| last.pieces.iter().all(|other| !other.touches(piece)))
                {
                    last.pieces.append(&mut row.pieces);
                    last.pieces.sort_by_key(|piece| piece.from);
                }
            }
        }
        above = Some(whole);
        if row.pieces.is_empty() {
            n_gone += 1;
        } else {
            row.n_above -= n_gone;
            out.push(row);
        }
    }
    out
}

/// With how many of the last texts of the line above a line begins, where all else of it stands right of that line.
///
/// Each text of a bold row then stands on a line with the shadow of the text before it, like steps of a stair.
fn n_steps(above: &TextRow, row: &TextRow) -> usize {
    if row.n_above != above.n_above + 1 {
        return 0;
    }
    let Some(right) = above.pieces.last().map(|piece| piece.to) else { return 0 };
    let n_most = above.pieces.len().min(row.pieces.len());
    let same = |a: &Piece, b: &Piece| a.text == b.text && a.from.abs_diff(b.from) <= SAME_PLACE;
    let is_step = |n: &usize| {
        let last = above.pieces.get(above.pieces.len() - n..).unwrap_or_default();
        let (shadows, rest) = row.pieces.split_at(*n);
        last.iter().zip(shadows).all(|(text, shadow)| same(text, shadow))
            && rest.iter().all(|piece| piece.from >= right)
    };
    (1..=n_most.min(MAX_STEPS)).find(is_step).filter(|n| *n < above.pieces.len() || *n < row.pieces.len()).unwrap_or(0)
}

/// The texts of one step that are repeated.
const MAX_STEPS: usize = 4;

fn is_name(piece: &Piece) -> bool {
    class(&piece.text) == Class::Words
}

fn is_repeated(above: &TextRow, piece: &Piece) -> bool {
    let from = piece.from.saturating_sub(SAME_PLACE);
    let start = above.pieces.partition_point(|other| other.from < from);
    let near = above.pieces.get(start..).unwrap_or_default().iter();
    near.take_while(|other| other.from <= piece.from + SAME_PLACE).any(|other| other.text == piece.text)
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        without(text::drawn(text)).iter().map(TextRow::text).collect()
    }

    #[test]
    fn lines_written_twice_count_once() {
        let page = "  收入\n  收入      支出\n          支出\n项目   合计\n项目   合计\n栏次   金额\n栏次   金额\n甲   1.00\n乙   1.00";
        assert_eq!(shown(page), ["收入\t支出", "项目\t合计", "栏次\t金额", "甲\t1.00", "乙\t1.00"]);
    }

    #[test]
    fn texts_that_stand_beside_the_shadow_of_the_one_before_are_one_line() {
        let page = "合计\n合计   5.00\n     5.00   3.00\n            3.00\n甲    2.00   2.00\n乙    3.00   1.00";
        assert_eq!(shown(page), ["合计\t5.00\t3.00", "甲\t2.00\t2.00", "乙\t3.00\t1.00"]);
    }

    #[test]
    fn equal_rows_stay_where_nothing_else_is_written_twice() {
        assert_eq!(shown("甲   1.00\n甲   1.00"), ["甲\t1.00", "甲\t1.00"]);
    }
}
