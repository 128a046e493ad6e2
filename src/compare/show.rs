//! Differences as a table for people and as JSON for programs.

use serde_json::{Value, json as object};

use super::{Class, Difference};

/// How many differences of one report a table shows.
const MAX_SHOWN: usize = 200;

/// How wide a cell of the table may be, in columns of a terminal.
const MAX_WIDTH: usize = 40;

/// A table for people: a line a difference under a line a part, and a last line that counts them by class.
pub fn table(differences: &[Difference]) -> String {
    let shown = &differences[..differences.len().min(MAX_SHOWN)];
    let rows: Vec<[String; 5]> = shown
        .iter()
        .map(|difference| {
            let side = |text: &Option<String>| text.as_deref().map_or("-".to_owned(), cut);
            let (old, new) = (side(&difference.old), side(&difference.new));
            [difference.class.name().to_owned(), cut(&difference.row), cut(&difference.column), old, new]
        })
        .collect();
    let heads = ["class", "row", "column", "old", "new"];
    let widths: Vec<usize> = heads
        .iter()
        .enumerate()
        .map(|(i, head)| rows.iter().map(|row| width(&row[i])).chain([width(head)]).max().unwrap_or_default())
        .collect();
    let line = |cells: [&str; 5]| {
        let cells = cells
            .iter()
            .zip(&widths)
            .map(|(cell, wide)| format!("{cell}{}", " ".repeat(wide.saturating_sub(width(cell)))));
        format!("    {}", cells.collect::<Vec<_>>().join("  ")).trim_end().to_owned() + "\n"
    };
    let mut out = String::new();
    let mut part = None;
    for (difference, row) in shown.iter().zip(&rows) {
        if part != Some(&difference.part) {
            out.push_str(&format!("  {}\n", difference.part));
            if part.is_none() {
                out.push_str(&line(heads));
            }
            part = Some(&difference.part);
        }
        out.push_str(&line([&row[0], &row[1], &row[2], &row[3], &row[4]]));
    }
    if differences.len() > shown.len() {
        out.push_str(&format!("  and {} more, which --json shows\n", differences.len() - shown.len()));
    }
    out.push_str(&format!("  {}\n", counts(differences)));
    out
}

/// How many differences there are of each class, for people.
fn counts(differences: &[Difference]) -> String {
    let counts: Vec<_> = tally(differences).into_iter().map(|(class, n)| format!("{n} {}", class.name())).collect();
    format!("{} differences: {}", differences.len(), counts.join(", "))
}

fn tally(differences: &[Difference]) -> Vec<(Class, usize)> {
    let count = |class| differences.iter().filter(|difference| difference.class == class).count();
    Class::ALL.into_iter().map(|class| (class, count(class))).filter(|(_, n)| *n > 0).collect()
}

/// For programs: `differences` in reading order, and `counts` by class.
pub fn json(differences: &[Difference]) -> Value {
    let counts: serde_json::Map<String, Value> =
        tally(differences).into_iter().map(|(class, n)| (class.name().to_owned(), n.into())).collect();
    let differences: Vec<Value> = differences
        .iter()
        .map(|difference| {
            object!({
                "class": difference.class.name(),
                "part": difference.part,
                "row": difference.row,
                "column": difference.column,
                "old": difference.old,
                "new": difference.new,
            })
        })
        .collect();
    object!({"counts": counts, "differences": differences})
}

/// A text on one line, cut where it is too wide.
fn cut(text: &str) -> String {
    let mut out = String::new();
    let mut taken = 0;
    for c in text.chars() {
        let c = if c.is_control() { ' ' } else { c };
        taken += char_width(c);
        if taken >= MAX_WIDTH {
            out.push('…');
            break;
        }
        out.push(c);
    }
    out
}

fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// Columns of a terminal: two for the characters of East Asia.
fn char_width(c: char) -> usize {
    match c {
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' => 2,
        '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' => 2,
        '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}
