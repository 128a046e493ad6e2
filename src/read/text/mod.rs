//! Text dumps become pages of lines.

mod encoding;
mod extractor;
mod marks;
pub mod markup;
mod places;

use crate::error::Error;
use crate::read::{DumpLine, MediaType, RawBody, RawDocument, Source};

use extractor::Breaks;
pub use marks::page_number;
pub use markup::DumpShape;
pub use places::keeps_places;

/// Reads a text dump: UTF-8, GB18030 or UTF-16, with form feeds or its own page marks.
///
/// # Errors
/// Where the bytes are no text, or show none.
pub fn read(bytes: &[u8]) -> Result<RawDocument, Error> {
    let text = encoding::decode(bytes)?;
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    let sheets = split_lines(&text);
    let has_feeds = sheets.len() > 1;
    let sheets =
        if has_feeds { sheets } else { sheets.into_iter().flat_map(extractor::part).collect::<Vec<Vec<DumpLine>>>() };
    let breaks = match () {
        () if has_feeds => Breaks::FormFeeds,
        () if sheets.len() > 1 => Breaks::Lines,
        () => Breaks::Printed,
    };
    let pages = if sheets.len() > 1 { marks::pages_of_sheets(sheets) } else { marks::pages_by_marks(sheets) };
    let producer = Some(extractor::name(&pages, breaks));
    let n_pages = pages.last().map_or(0, |page| page.number);
    Ok(RawDocument {
        source: Source { media_type: MediaType::Text, n_pages, producer },
        fonts: Vec::new(),
        body: RawBody::Dump(pages),
        notes: Vec::new(),
    })
}

/// The lines of each sheet; a form feed ends a sheet, and a last sheet without text is none.
fn split_lines(text: &str) -> Vec<Vec<DumpLine>> {
    let is_end = |ch: char| matches!(ch, '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{c}');
    let mut sheets = vec![Vec::new()];
    let mut number = 1;
    let mut rest = text;
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.find(is_end).unwrap_or(rest.len()));
        let mut chars = after.chars();
        let end = chars.next();
        let is_line = !line.is_empty() || end != Some('\u{c}');
        if let Some(sheet) = sheets.last_mut().filter(|_| is_line) {
            sheet.push(DumpLine { number, text: line.to_owned() });
        }
        if end == Some('\u{c}') {
            sheets.push(Vec::new());
        } else {
            number += 1;
        }
        rest = if end == Some('\r') {
            chars.as_str().strip_prefix('\n').unwrap_or(chars.as_str())
        } else {
            chars.as_str()
        };
    }
    while sheets.len() > 1 && sheets.last().is_some_and(|sheet| sheet.iter().all(|line| line.text.trim().is_empty())) {
        sheets.pop();
    }
    sheets
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(bytes: &[u8]) -> Vec<Vec<String>> {
        let raw = read(bytes).expect("a dump");
        let RawBody::Dump(pages) = raw.body else { panic!("not a dump") };
        pages.into_iter().map(|page| page.lines.into_iter().map(|line| line.text).collect()).collect()
    }

    #[test]
    fn a_form_feed_ends_a_page_and_the_last_one_opens_none() {
        assert_eq!(pages("甲\n乙\n\u{c}丙\n\u{c}".as_bytes()), [vec!["甲", "乙"], vec!["丙"]]);
    }

    #[test]
    fn carriage_returns_are_no_text() {
        assert_eq!(pages("甲\r\n乙\r\n".as_bytes()), [["甲", "乙"]]);
    }

    #[test]
    fn line_numbers_are_those_of_the_file() {
        let raw = read("甲\n\n乙\n\u{c}丙\n".as_bytes()).expect("a dump");
        let RawBody::Dump(pages) = raw.body else { panic!("not a dump") };
        let numbers: Vec<_> = pages.iter().flat_map(|page| page.lines.iter().map(|line| line.number)).collect();
        assert_eq!(numbers, [1, 2, 3, 4]);
    }

    #[test]
    fn white_space_alone_is_an_empty_file() {
        assert!(matches!(read(b" \n\t\n"), Err(Error::Empty)));
    }
}
