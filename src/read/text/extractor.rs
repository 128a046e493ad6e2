//! What kind of extractor wrote a dump, by its own marks: how it parts pages and where it puts the cells of a row.

use super::markup::{DumpShape, table_tag};
use crate::read::{DumpLine, DumpPage};

/// How a dump parts its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breaks {
    /// A form feed ends a page.
    FormFeeds,
    /// A line says so: `-- PAGE_BREAK --`, `-- 8 of 29 --`, `Page 8/29`.
    Lines,
    /// Nothing but what the pages print.
    Printed,
}

/// Parts the lines where a line of the extractor's own says that a page ends; such a line is none of the page.
pub(super) fn part(lines: Vec<DumpLine>) -> Vec<Vec<DumpLine>> {
    let n_breaks = lines.iter().filter(|line| is_break(&line.text)).count();
    let counted = lines.iter().filter_map(|line| counted(&line.text)).map(|(page, _)| page);
    // Lines that count are believed where they count on.
    let is_counted = counted.clone().count() > 1 && counted.clone().zip(counted.skip(1)).all(|(a, b)| b == a + 1);
    if n_breaks == 0 && !is_counted {
        return vec![lines];
    }
    let mut sheets = vec![Vec::new()];
    for line in lines {
        if is_break(&line.text) || (is_counted && counted_line(&line.text)) {
            sheets.push(Vec::new());
        } else if let Some(sheet) = sheets.last_mut() {
            sheet.push(line);
        }
    }
    let is_blank = |sheet: &Vec<DumpLine>| sheet.iter().all(|line| line.text.trim().is_empty());
    // A mark stands above the first page, or below the last.
    if sheets.first().is_some_and(is_blank) {
        sheets.remove(0);
    }
    if sheets.last().is_some_and(is_blank) {
        sheets.pop();
    }
    sheets
}

/// `-- PAGE_BREAK --`, `--- Page Break ---`.
fn is_break(text: &str) -> bool {
    let bare = text.trim();
    let word = bare.trim_matches(['-', '=', '<', '>', '!', '*', ' ', '[', ']']);
    word.len() < bare.len() && (word.eq_ignore_ascii_case("page_break") || word.eq_ignore_ascii_case("page break"))
}

fn counted_line(text: &str) -> bool {
    counted(text).is_some()
}

/// The page and the number of pages of `-- 8 of 29 --` and `Page 8/29`.
fn counted(text: &str) -> Option<(u32, u32)> {
    let bare = text.trim();
    let inner = bare.trim_matches(['-', '=', ' ']);
    let named = inner.strip_prefix("Page").or_else(|| inner.strip_prefix("page"));
    if named.is_none() && !(bare.starts_with("--") && bare.ends_with("--")) {
        return None;
    }
    let inner = named.unwrap_or(inner);
    let (page, all) = inner.split_once(" of ").or_else(|| inner.split_once('/'))?;
    let (page, all) = (page.trim().parse().ok()?, all.trim().parse().ok()?);
    (1 <= page && page <= all).then_some((page, all))
}

/// One sentence about the extractor.
pub(super) fn name(pages: &[DumpPage], breaks: Breaks) -> String {
    let lines = || pages.iter().flat_map(|page| &page.lines).map(|line| line.text.as_str());
    let kind = match DumpShape::of(pages) {
        DumpShape::Marked if lines().any(|line| table_tag(line).is_some()) => "document converter, tables in HTML",
        DumpShape::Marked => "document converter, tables between pipes",
        DumpShape::Placed => "text extractor that keeps places, as pdftotext -layout",
        DumpShape::Lines if is_of_cells(lines()) => "text extractor that writes a cell a line, as PyMuPDF",
        DumpShape::Lines => "text extractor that writes a row a line, as pdftotext -raw",
    };
    let breaks = match breaks {
        Breaks::FormFeeds => "; form feeds part pages",
        Breaks::Lines => "; lines of its own part pages",
        Breaks::Printed => "",
    };
    format!("{kind}{breaks}")
}

/// Whether most amounts stand alone on their lines.
fn is_of_cells<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let (mut n_amounts, mut n_lone) = (0, 0);
    for line in lines {
        let is_amount = |word: &&str| {
            word.contains('.') && word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-'))
        };
        let n = line.split_whitespace().filter(is_amount).count();
        n_amounts += n;
        n_lone += usize::from(n == 1 && line.split_whitespace().count() == 1);
    }
    n_lone * 2 > n_amounts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets(text: &str) -> Vec<String> {
        let lines = text.lines().zip(1..).map(|(text, number)| DumpLine { number, text: text.into() }).collect();
        let joined = |sheet: Vec<DumpLine>| sheet.into_iter().map(|line| line.text).collect();
        part(lines).into_iter().map(joined).collect()
    }

    #[test]
    fn lines_of_the_extractor_part_pages_and_are_none_of_them() {
        assert_eq!(sheets("甲\n-- PAGE_BREAK --\n乙"), ["甲", "乙"]);
        assert_eq!(sheets("甲\n-- 1 of 2 --\n乙\n-- 2 of 2 --\n"), ["甲", "乙"]);
        assert_eq!(sheets("Page 1/2\n甲\nPage 2/2\n乙"), ["甲", "乙"]);
    }

    #[test]
    fn lines_that_do_not_count_on_are_text() {
        assert_eq!(sheets("甲\n-- 3 of 9 --\n乙\n-- 3 of 9 --\n丙").len(), 1);
        assert_eq!(sheets("甲\nPage 1/2\n乙").len(), 1);
    }

    #[test]
    fn an_extractor_is_told_by_its_marks() {
        let name = |text: &str, breaks| {
            let lines = text.lines().zip(1..).map(|(text, number)| DumpLine { number, text: text.into() }).collect();
            name(&[DumpPage { number: 1, lines }], breaks)
        };
        assert!(name("甲\n1.00\n2.00", Breaks::FormFeeds).contains("a cell a line, as PyMuPDF; form feeds"));
        assert!(name("甲 1.00 2.00", Breaks::Printed).ends_with("a row a line, as pdftotext -raw"));
        assert!(name("<table><tr>", Breaks::Lines).contains("HTML; lines of its own"));
    }
}
