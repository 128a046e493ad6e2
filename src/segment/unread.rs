//! Rows of amounts that are of no table and no form, so that nothing came of them.

use super::text::item::{Class, class};
use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;

/// A document whose rows show fewer amounts outside of tables may show them in its text.
const LEAST_AMOUNTS: usize = 4;

/// What follows an amount in a sentence.
const GOES_ON: [char; 8] = ['万', '元', '亿', '，', '。', '、', '；', '%'];

/// Whether a word is an amount: no whole number, which may be a code or a year, no row of points and no share.
pub(super) fn is_amount(word: &str) -> bool {
    let begins = word.trim_start_matches(['-', '－', '+']).starts_with(|ch: char| ch.is_ascii_digit());
    begins && class(word) == Class::Amount && word.contains(['.', ',']) && !word.ends_with(['%', '％'])
}

/// How many amounts a line shows.
pub(super) fn n_amounts(line: &str) -> usize {
    line.split_whitespace().filter(|word| is_amount(word)).count()
}

/// How many amounts a line shows if it is the row of a table: it ends in one, or two stand side by side or run into each
/// other, as in no sentence.
pub(super) fn n_of_row(line: &str) -> usize {
    let ends = || line.split_whitespace().last().is_some_and(is_amount) && !line.contains(['，', '。', '；', '：']);
    let joined = n_run_together(line);
    if has_neighbours(line) || joined > 0 || ends() { n_amounts(line).max(joined) } else { 0 }
}

/// Whether two amounts stand side by side, as in no sentence.
fn has_neighbours(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    words.windows(2).any(|pair| pair.iter().all(|word| is_amount(word)))
}

/// How many amounts run on into the next without a gap: 2,000.000.00. Between the points of two amounts stand the decimals of
/// one and the digits of the other.
fn n_run_together(line: &str) -> usize {
    let figures = line.split(|ch: char| !ch.is_ascii_digit() && ch != '.' && ch != ',');
    let n_joints = |figure: &str| {
        let between = figure.split('.').skip(1).collect::<Vec<_>>();
        let (_, inner) = between.split_last().unwrap_or((&"", &[]));
        inner.iter().filter(|digits| digits.len() > DECIMALS).count()
    };
    figures.map(n_joints).sum()
}

/// Amounts are printed with so many decimals at least.
const DECIMALS: usize = 2;

/// Says of each page with rows of amounts outside of tables and forms that no table came of them.
///
/// `lines` are those outside of tables and forms, each with its place.
pub(super) fn note<'a>(lines: impl Iterator<Item = (Provenance, &'a str)>, notes: &mut Vec<Note>) {
    let lines: Vec<(Provenance, &str)> = lines.filter(|(_, text)| !text.trim().is_empty()).collect();
    // A sentence goes on behind the amount that its line ends in: 9.00⏎万元.
    let is_sentence = |at: usize| lines.get(at + 1).is_some_and(|(_, next)| next.trim_start().starts_with(GOES_ON));
    let shown = lines.iter().enumerate().filter(|(at, _)| !is_sentence(*at));
    let shown = shown.map(|(_, (place, text))| (*place, *text, n_of_row(text)));
    let rows: Vec<(Provenance, &str, usize)> = shown.filter(|(.., n_amounts)| *n_amounts > 0).collect();
    if rows.iter().map(|(.., n_amounts)| n_amounts).sum::<usize>() < LEAST_AMOUNTS {
        return;
    }
    for page in rows.chunk_by(|(a, ..), (b, ..)| a.page == b.page) {
        let n_shown: usize = page.iter().map(|(.., n_amounts)| n_amounts).sum();
        if let Some((first, text, _)) = page.first() {
            let text = text.trim().replace('\t', " ");
            let message =
                format!("amounts stand here in rows that no table or form was made of: {n_shown}, from `{text}` on");
            notes.push(Note::new(NoteKind::TableUnread, message, *first));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(rows: &[&str]) -> Vec<String> {
        let mut notes = Vec::new();
        note(rows.iter().map(|text| (Provenance::page(7), *text)), &mut notes);
        notes.into_iter().map(|note| note.message).collect()
    }

    #[test]
    fn rows_of_amounts_outside_of_tables_are_told() {
        let rows = ["项目\t合计\t本年", "甲项\t1.00\t2.00", "乙项\t3.00\t4.00通过实施", "丙项\t5.00\t6.00"];
        assert_eq!(
            said(&rows),
            ["amounts stand here in rows that no table or form was made of: 4, from `甲项 1.00 2.00` on"]
        );
    }

    #[test]
    fn sentences_and_lists_are_no_rows_of_amounts() {
        assert!(said(&["甲为 1.00 万元，乙为 2.00"; 9]).is_empty());
        assert!(said(&["表1.2026年收支总表"; 9]).is_empty());
        assert!(said(&["某某局部门预算收入 28,283.46", "万元，比上年增加"].repeat(5)).is_empty());
        assert_eq!(said(&["甲项 1.00 2.00 数字化，提升效能；"; 6]).len(), 1);
        assert!(said(&["（一）主要职能 ........................2"; 9]).is_empty());
        assert!(said(&["比上年增加 1.00 2.00"]).is_empty(), "two may be of a sentence");
    }

    #[test]
    fn amounts_that_run_into_each_other_are_counted() {
        assert_eq!(["2,000.000.00", "12.5012.50", "1.2026", "2023.12.05"].map(n_run_together), [1, 1, 0, 0]);
    }
}
