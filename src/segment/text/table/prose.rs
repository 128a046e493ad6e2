//! Texts of several lines that stand under their rows, in tables with a column of them: they become the last cell of the row.

use super::super::item::{Class, class, is_row};
use super::super::line::Line;
use super::super::narrative::is_sentence;
use super::body::MAX_HEADER_LINES;
use super::word::ends_sentence;
use crate::terms::header::holds_prose;

/// The same number of lines, and whether lines of several rows interleaved; those that were put to their row are empty.
/// Tables without a column of texts stay as they are.
pub(super) fn joined(lines: &[Line]) -> (Vec<Line>, bool) {
    let first = lines.iter().take(MAX_HEADER_LINES).position(|line| is_row(&line.text));
    match first.filter(|first| lines.iter().take(*first).any(|line| line.words().any(holds_prose))) {
        Some(first) if stand_about_rows(lines) => (about_rows(lines, first), true),
        Some(first) => (under_rows(lines, first), false),
        None => (lines.to_vec(), false),
    }
}

/// Whether texts begin above their rows, as where lines are sorted by their heights and cells stand about their middles.
fn stand_about_rows(lines: &[Line]) -> bool {
    let goes_on = |line: &Line| is_sentence(&line.text) && !ends_sentence(line.text.trim_end());
    let before_row =
        lines.windows(2).filter(|pair| matches!(pair, [above, row] if goes_on(above) && is_row(&row.text)));
    before_row.count() >= MIN_ROWS
}

/// So many rows with a text that goes on before them are no chance.
const MIN_ROWS: usize = 2;

/// More lines than this stand above no row.
const MAX_ABOVE: usize = 12;

/// A word of so many characters is of a text, and no name.
const MIN_TEXT_CHARS: usize = 13;

/// A row and what was found of it so far.
#[derive(Default)]
struct Row {
    at: usize,
    name: String,
    amounts: String,
    text: String,
    /// So many lines of its name are to come: as many as stood above it.
    n_below: usize,
}

/// The lines of names and texts about each row put into it: as many lines of a name below it as above it, and of the text
/// as far as its last sentence.
fn about_rows(lines: &[Line], first: usize) -> Vec<Line> {
    let mut out = lines.to_vec();
    let mut row: Option<Row> = None;
    let mut above: Vec<usize> = Vec::new();
    let is_of_text =
        |word: &str| word.contains(['，', '。', '；', '、', '：', '“', '”']) || word.chars().count() >= MIN_TEXT_CHARS;
    let parts = |line: &Line| -> (String, String) {
        let (text, name): (Vec<&str>, Vec<&str>) = line.words().partition(|word| is_of_text(word));
        (name.concat(), text.concat())
    };
    let finish = |row: Option<Row>, out: &mut Vec<Line>| {
        let Some(row) = row else { return };
        if let Some(line) = out.get_mut(row.at) {
            line.text = [row.name, row.amounts, row.text]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" ");
        }
    };
    for (at, line) in lines.iter().enumerate().skip(first) {
        if line.is_blank() || lines.iter().take(first).any(|header| header.text.trim() == line.text.trim()) {
            above.clear();
            continue;
        }
        if is_row(&line.text) {
            finish(row.take(), &mut out);
            let mut next = Row { at, ..Row::default() };
            for above in above.drain(..) {
                let Some(line) = out.get_mut(above) else { continue };
                let (name, text) = parts(line);
                next.n_below += usize::from(!name.is_empty());
                next.name.push_str(&name);
                next.text.push_str(&text);
                line.text.clear();
            }
            let mut amounts: Vec<&str> = Vec::new();
            for word in line.words() {
                let (amount, rest) = after_amount(word).unwrap_or((word, ""));
                match class(amount) {
                    Class::Words if amounts.is_empty() => next.name.push_str(amount),
                    Class::Words => next.text.push_str(amount),
                    _ => amounts.push(amount),
                }
                next.text.push_str(rest);
            }
            next.amounts = amounts.join(" ");
            row = Some(next);
            continue;
        }
        let (name, text) = parts(line);
        match &mut row {
            Some(row)
                if (name.is_empty() || row.n_below > 0)
                    && (text.is_empty() || !row.text.is_empty() && !ends_sentence(&row.text)) =>
            {
                row.n_below -= usize::from(!name.is_empty());
                row.name.push_str(&name);
                row.text.push_str(&text);
                if let Some(line) = out.get_mut(at) {
                    line.text.clear();
                }
            }
            _ => above.push(at),
        }
        if above.len() > MAX_ABOVE {
            break;
        }
    }
    finish(row, &mut out);
    out
}

/// An amount and the text that has run together with it: 0.00建设.
fn after_amount(word: &str) -> Option<(&str, &str)> {
    let end = word.find(|ch: char| !matches!(ch, '0'..='9' | ',' | '.' | '-'))?;
    let (amount, rest) = word.split_at(end);
    (class(amount) == Class::Amount && amount.contains('.')).then_some((amount, rest))
}

/// The texts put to the rows that they stand under.
fn under_rows(lines: &[Line], first: usize) -> Vec<Line> {
    let mut out = lines.to_vec();
    let mut at = first;
    while at < lines.len() {
        let rest = lines.get(at + 1..).unwrap_or_default();
        let n_under = rest.iter().take_while(|line| !line.has_amount()).count();
        let under = rest.get(..n_under).unwrap_or_default();
        // What stands behind the last sentence is the name of the next row, or a header printed again.
        let n_lines = under.iter().rev().skip_while(|line| !ends_sentence(line.text.trim_end())).count();
        if let Some(row) = out.get_mut(at).filter(|_| n_lines > 0) {
            let text: String = under.iter().take(n_lines).flat_map(Line::words).collect();
            row.text = format!("{} {text}", row.text.trim_end());
            out.iter_mut().skip(at + 1).take(n_lines).for_each(|line| line.text.clear());
        }
        at += 1 + n_under;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::super::drawn;
    use super::*;

    fn shown(text: &str) -> String {
        drawn::after(|lines| joined(&lines).0, text)
    }

    #[test]
    fn a_text_under_its_row_is_the_last_cell() {
        assert_eq!(
            shown("项目 合计 财政拨款/绩效目标/甲 9.00 9.00/做好甲，/推进乙。/丙/项目 8.00 8.00/做好丙。"),
            "项目 合计 财政拨款/绩效目标/甲 9.00 9.00 做好甲，推进乙。///丙/项目 8.00 8.00 做好丙。/"
        );
    }

    #[test]
    fn texts_and_names_about_a_row_are_its_cells() {
        assert_eq!(
            shown(
                "项目 合计 财政拨款 其他资金 绩效目标/合计 9.00 9.00 9.00/做好苗木培育的各项工作，按期推进山上林区的巡护/甲项 5.00 5.00 5.00工作，保障林区的安/全。/林区巡护及/推进苗木培育的各项工作，按期做好山上林区的巡护/4.00 4.00 4.00/工作。/相关经费"
            ),
            "项目 合计 财政拨款 其他资金 绩效目标/合计 9.00 9.00 9.00//甲项 5.00 5.00 5.00 做好苗木培育的各项工作，按期推进山上林区的巡护工作，保障林区的安全。////林区巡护及相关经费 4.00 4.00 4.00 推进苗木培育的各项工作，按期做好山上林区的巡护工作。//"
        );
    }

    #[test]
    fn tables_without_a_column_of_texts_end_at_a_sentence() {
        let text = "项目 合计 财政拨款/甲 9.00 9.00/本年收入增加。";
        assert_eq!(shown(text), text);
    }
}
