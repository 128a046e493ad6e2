//! HTML as converters write it into dumps: tables with rows and cells, and tags around other text.

use super::{MarkedCell, MarkedTable};

/// A cell covers at most so many rows or columns; more is no table.
const MAX_SPAN: usize = 500;

/// Tags that end a line of text.
const BLOCKS: [&str; 12] = ["br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "section"];

/// What HTML consists of.
enum Token<'a> {
    /// `<td colspan="2">`: its name in small letters, and the rest.
    Open(String, &'a str),
    /// `</td>`.
    Close(String),
    Text(&'a str),
}

/// Splits HTML; a `<` that opens no tag is text.
fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        let inner = html.get(start + 1..).unwrap_or_default();
        let end =
            inner.find('>').filter(|_| inner.starts_with(|ch: char| ch.is_ascii_alphabetic() || "/!".contains(ch)));
        let Some(end) = end else {
            at = start + 1;
            continue;
        };
        tokens.push(Token::Text(html.get(from..start).unwrap_or_default()));
        let tag = inner.get(..end).unwrap_or_default();
        let (name, rest) = tag.split_at(tag.find(|ch: char| ch.is_whitespace()).unwrap_or(tag.len()));
        let name = name.trim_end_matches('/').to_ascii_lowercase();
        tokens.push(match name.strip_prefix('/') {
            Some(name) => Token::Close(name.to_owned()),
            None => Token::Open(name, rest),
        });
        at = start + end + 2;
        from = at;
    }
    tokens.push(Token::Text(html.get(from..).unwrap_or_default()));
    tokens
}

/// A whole table at the beginning of HTML, those within it included, and what follows.
pub(super) fn split_table(html: &str) -> Option<(&str, &str)> {
    let lower = html.to_ascii_lowercase();
    let mut depth = 0;
    let mut at = 0;
    loop {
        let rest = lower.get(at..)?;
        let end = rest.find("</table")?;
        depth += rest.get(..end)?.matches("<table").count();
        at += end + "</table".len();
        depth = depth.saturating_sub(1);
        if depth == 0 {
            let behind = lower.get(at..)?.find('>').map_or(lower.len(), |end| at + end + 1);
            return Some(html.split_at(behind));
        }
    }
}

/// The rows of a table; the text of a table within a cell is that cell's.
pub(super) fn table(html: &str) -> MarkedTable {
    let mut table = MarkedTable::default();
    let mut depth = 0;
    let mut open = false;
    for token in tokens(html) {
        match token {
            Token::Open(name, _) if name == "table" => depth += 1,
            Token::Close(name) if name == "table" => depth -= 1,
            Token::Open(name, _) if name == "tr" && depth <= 1 => {
                open = false;
                table.rows.push(Vec::new());
            }
            Token::Open(name, rest) if (name == "td" || name == "th") && depth <= 1 => {
                if table.rows.is_empty() {
                    table.rows.push(Vec::new());
                }
                if let Some(row) = table.rows.last_mut() {
                    row.push(MarkedCell::new(span(rest, "rowspan"), span(rest, "colspan")));
                }
                open = true;
            }
            Token::Close(name) if matches!(name.as_str(), "td" | "th" | "tr") && depth <= 1 => open = false,
            Token::Open(name, _) | Token::Close(name) => {
                let is_block = BLOCKS.contains(&name.as_str()) || matches!(name.as_str(), "td" | "tr");
                if let Some(cell) = cell(&mut table, open).filter(|_| is_block) {
                    cell.lines.push(String::new());
                }
            }
            Token::Text(text) => match cell(&mut table, open) {
                Some(cell) => {
                    if let Some(line) = cell.lines.last_mut() {
                        line.push_str(&decoded(text).replace('\n', ""));
                    }
                }
                None => table.captions.extend(lines(text)),
            },
        }
    }
    for cell in table.rows.iter_mut().flatten() {
        cell.lines.retain(|line| !line.trim().is_empty());
    }
    table.rows.retain(|row| !row.is_empty());
    table
}

fn cell(table: &mut MarkedTable, open: bool) -> Option<&mut MarkedCell> {
    table.rows.last_mut().filter(|_| open)?.last_mut()
}

/// How many rows or columns a cell covers, as its attribute says.
fn span(attributes: &str, name: &str) -> usize {
    let lower = attributes.to_ascii_lowercase();
    let value = lower.split(name).nth(1).and_then(|rest| rest.trim_start().strip_prefix('='));
    let digits = value.map(|value| value.trim_start().trim_start_matches(['"', '\'']));
    let digits: Option<String> = digits.map(|text| text.chars().take_while(char::is_ascii_digit).collect());
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(1).clamp(1, MAX_SPAN)
}

/// The lines of text that stand outside of tables, without tags and the marks of Markdown.
pub(super) fn lines(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut is_hidden = false;
    for token in tokens(text) {
        match token {
            Token::Open(name, _) if matches!(name.as_str(), "style" | "script") => is_hidden = true,
            Token::Close(name) if matches!(name.as_str(), "style" | "script") => is_hidden = false,
            Token::Open(name, _) | Token::Close(name) if BLOCKS.contains(&name.as_str()) => lines.push(String::new()),
            Token::Text(part) if !is_hidden => {
                let parts = decoded(part);
                let mut parts = parts.split('\n');
                if let (Some(line), Some(first)) = (lines.last_mut(), parts.next()) {
                    line.push_str(first);
                }
                lines.extend(parts.map(str::to_owned));
            }
            _ => {}
        }
    }
    lines
        .iter()
        .map(|line| line.trim().trim_start_matches('#').replace("**", "").trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

/// Text with its character references resolved.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        let end = reference.find(';').filter(|end| *end < 10);
        let ch = end.and_then(|end| reference.get(1..end)).and_then(character);
        match (ch, end) {
            (Some(ch), Some(end)) => {
                out.push(ch);
                rest = reference.get(end + 1..).unwrap_or_default();
            }
            _ => {
                out.push('&');
                rest = reference.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(reference: &str) -> Option<char> {
    if let Some(number) = reference.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32);
    }
    Some(match reference {
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "ldquo" => '“',
        "rdquo" => '”',
        "mdash" => '—',
        "middot" => '·',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_breaks_and_references_are_read() {
        let table = table(
            "<table><caption>表1</caption><tr><TH rowspan='2' colspan=\"3\">甲<br/>乙</TH><td>a&nbsp;&lt; 3 < 5</table>",
        );
        assert_eq!(table.captions, ["表1"]);
        let [cell, other] = &table.rows[0][..] else { panic!("two cells") };
        assert_eq!((cell.n_rows, cell.n_columns, cell.lines.len()), (2, 3, 2));
        assert_eq!(other.lines, ["a < 3 < 5"]);
    }

    #[test]
    fn a_table_within_a_cell_is_its_text() {
        let html = "<table><tr><td>甲<table><tr><td>乙</td></tr></table></td><td>丙</td></tr></table>丁";
        let (whole, after) = split_table(html).expect("a table");
        assert_eq!(after, "丁");
        let rows = table(whole).rows;
        assert_eq!(rows[0].iter().map(MarkedCell::text).collect::<Vec<_>>(), ["甲乙", "丙"]);
    }

    #[test]
    fn scripts_are_no_text_and_unknown_references_stay() {
        assert_eq!(lines("<p>甲</p><script>x = 1</script>A&B &c; ## 乙"), ["甲", "A&B &c; ## 乙"]);
    }
}
