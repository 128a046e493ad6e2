//! Rows of amounts that are of no table and no form, so that nothing came of them.

use super::TextLine;
use super::text::item::{Class, class};
use crate::note::{Note, NoteKind};

/// A document whose rows show fewer amounts outside of tables may show them in its text.
const LEAST_AMOUNTS: usize = 4;

/// Whether a word is an amount, and no whole number, which may be a code or a year.
pub(super) fn is_amount(word: &str) -> bool {
    class(word) == Class::Amount && word.contains(['.', ','])
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
pub(super) fn note(lines: &[TextLine], notes: &mut Vec<Note>) {
    let rows: Vec<(&TextLine, usize)> =
        lines.iter().map(|line| (line, n_of_row(&line.text))).filter(|(_, n_amounts)| *n_amounts > 0).collect();
    if rows.iter().map(|(_, n_amounts)| n_amounts).sum::<usize>() < LEAST_AMOUNTS {
        return;
    }
    for page in rows.chunk_by(|(a, _), (b, _)| a.provenance.page == b.provenance.page) {
        let n_shown: usize = page.iter().map(|(_, n_amounts)| n_amounts).sum();
        if let Some((first, _)) = page.first() {
            let text = first.text.replace('\t', " ");
            let message =
                format!("amounts stand here in rows that no table or form was made of: {n_shown}, from `{text}` on");
            notes.push(Note::new(NoteKind::TableUnread, message, first.provenance));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provenance::Provenance;

    fn said(rows: &[&str]) -> Vec<String> {
        let line = |text: &&str| TextLine {
            text: (*text).to_owned(),
            provenance: Provenance::page(7),
            size: 9.0,
            centered: false,
            bold: false,
        };
        let mut notes = Vec::new();
        note(&rows.iter().map(line).collect::<Vec<_>>(), &mut notes);
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
        assert!(said(&["比上年增加 1.00 2.00"]).is_empty(), "two may be of a sentence");
    }

    #[test]
    fn amounts_that_run_into_each_other_are_counted() {
        assert_eq!(["2,000.000.00", "12.5012.50", "1.2026", "2023.12.05"].map(n_run_together), [1, 1, 0, 0]);
    }
}
