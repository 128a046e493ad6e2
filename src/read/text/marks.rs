//! Page marks of a dump: form feeds, lines with a page number, and the extractor's own signs.

use crate::read::{DumpLine, DumpPage};

/// A sign for a new page must be rare among the lines, or it is the dump's ordinary layout.
const MAX_SHARE_OF_SIGNS: usize = 20;

/// A gap of this many empty lines is where an extractor left out what stands between two pages.
const PAGE_GAP: usize = 3;

/// The number of a page-number line: `-6-`, `— 6 —`, `第 6 页`, `第6页 共90页`.
pub fn page_number(text: &str) -> Option<u32> {
    let text = text.trim();
    let dash = |ch: char| matches!(ch, '-' | '—' | '–' | '－' | '─' | '―');
    // The longest is 第 100 页 共 100 页 with its spaces.
    if text.len() > 60 || !text.starts_with(|ch| dash(ch) || ch == '第') {
        return None;
    }
    let narrow = |ch: char| match ch {
        '０'..='９' => u32::from(ch).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(ch),
        _ => ch,
    };
    let bare: String = text.chars().filter(|ch| !ch.is_whitespace()).map(narrow).collect();
    let number = if bare.starts_with(dash) && bare.ends_with(dash) {
        bare.trim_matches(dash).to_owned()
    } else {
        bare.strip_prefix('第')?
            .split_once('页')
            .filter(|(_, rest)| rest.is_empty() || rest.contains('共'))?
            .0
            .to_owned()
    };
    let digits = !number.is_empty() && number.len() <= 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    if digits { number.parse().ok().filter(|n| *n > 0) } else { None }
}

/// Pages where form feeds part them.
pub(super) fn pages_of_sheets(sheets: Vec<Vec<DumpLine>>) -> Vec<DumpPage> {
    sheets.into_iter().zip(1..).map(|(lines, number)| DumpPage { number, lines }).collect()
}

/// Pages where nothing but the text's own marks parts them.
///
/// The extractor's signs for a new page are believed where the printed page numbers bear them out; without page
/// numbers only the rarer sign is.
pub(super) fn pages_by_marks(sheets: Vec<Vec<DumpLine>>) -> Vec<DumpPage> {
    let lines: Vec<DumpLine> = sheets.into_iter().flatten().collect();
    let numbers: Vec<(usize, u32)> = ascending(&lines);
    let signs =
        [Signs { indent: true, gap: true }, Signs { indent: true, gap: false }, Signs { indent: false, gap: true }];
    let best = signs
        .into_iter()
        .filter(|signs| !(numbers.is_empty() && signs.gap))
        .map(|signs| settle(&starts(&lines, signs), &numbers))
        .find(|starts| {
            starts.len() * MAX_SHARE_OF_SIGNS <= lines.len() && (numbers.is_empty() || agrees(starts, &numbers))
        });
    let starts = best.unwrap_or_else(|| numbers.iter().map(|(line, _)| line + 1).collect());
    let first_number = numbers.first().map_or(1, |(line, printed)| {
        printed.saturating_sub(u32::try_from(n_starts_up_to(&starts, *line)).unwrap_or(u32::MAX)).max(1)
    });
    cut(lines, &starts, first_number)
}

/// Which of the extractor's own signs for a new page are looked at.
#[derive(Clone, Copy)]
struct Signs {
    /// A line with a leading space straight under a line of text.
    indent: bool,
    /// A gap of empty lines.
    gap: bool,
}

/// The page-number lines whose numbers only grow.
fn ascending(lines: &[DumpLine]) -> Vec<(usize, u32)> {
    let mut last = 0;
    let mut found = Vec::new();
    for (idx, line) in lines.iter().enumerate() {
        if let Some(number) = page_number(&line.text).filter(|number| *number > last) {
            last = number;
            found.push((idx, number));
        }
    }
    found
}

/// The first line of a page, if it is one.
#[derive(Clone, Copy)]
struct Start {
    line: usize,
    /// The page before it would have a single line of text: a row that was left for it, or a piece of text that
    /// slipped up to the head of the page.
    doubtful: bool,
}

/// The lines that may be the first of a page.
fn starts(lines: &[DumpLine], signs: Signs) -> Vec<Start> {
    let mut starts = Vec::new();
    let mut n_texts = 0;
    let mut n_empty = 0;
    let mut after_number = false;
    let mut headed = false;
    for (idx, line) in lines.iter().enumerate() {
        if line.text.trim().is_empty() {
            n_empty = if line.text.is_empty() { n_empty + 1 } else { 0 };
            continue;
        }
        let under_text = idx > 0 && lines.get(idx - 1).is_some_and(|above| !above.text.trim().is_empty());
        let sign = (signs.indent && under_text && line.text.starts_with(' ')) || (signs.gap && n_empty >= PAGE_GAP);
        // The line after a page's number is the running head of the next page, with or without a sign after it.
        let after_head = headed && n_texts == 1;
        if idx > 0 && (after_number || (sign && !after_head)) {
            starts.push(Start { line: idx, doubtful: !after_number && n_texts <= 1 });
            headed = after_number;
            n_texts = 0;
        }
        after_number = page_number(&line.text).is_some();
        n_texts += 1;
        n_empty = 0;
    }
    starts
}

/// Takes as many of the doubtful starts before each printed page number as it needs; none where there is no number.
fn settle(starts: &[Start], numbers: &[(usize, u32)]) -> Vec<usize> {
    let mut taken = Vec::new();
    let mut rest = starts;
    let mut last = None;
    for (line, printed) in numbers {
        let (stretch, after) = rest.split_at(rest.partition_point(|start| start.line <= *line));
        rest = after;
        let n_sure = stretch.iter().filter(|start| !start.doubtful).count();
        let n_pages = last.map_or(u64::from(*printed).saturating_sub(1), |last: u32| u64::from(printed - last));
        let mut n_wanted = n_pages.saturating_sub(n_sure as u64);
        for start in stretch {
            if !start.doubtful {
                taken.push(start.line);
            } else if n_wanted > 0 {
                n_wanted -= 1;
                taken.push(start.line);
            }
        }
        last = Some(*printed);
    }
    taken.extend(rest.iter().filter(|start| !start.doubtful).map(|start| start.line));
    taken
}

/// Whether every printed page number is as far from its place as the first.
fn agrees(starts: &[usize], numbers: &[(usize, u32)]) -> bool {
    let mut offsets = numbers
        .iter()
        .map(|(line, printed)| i64::from(*printed) - i64::try_from(n_starts_up_to(starts, *line)).unwrap_or(i64::MAX));
    let Some(first) = offsets.next() else { return true };
    first >= 1 && offsets.all(|offset| offset == first)
}

/// How many pages begin at or above a line, the first page not counted.
fn n_starts_up_to(starts: &[usize], line: usize) -> usize {
    starts.partition_point(|start| *start <= line)
}

/// Cuts the lines into pages; the space that marks a new page goes with it.
fn cut(lines: Vec<DumpLine>, starts: &[usize], first_number: u32) -> Vec<DumpPage> {
    let mut pages = vec![DumpPage { number: first_number, lines: Vec::new() }];
    let mut next = starts.iter().copied().peekable();
    for (idx, mut line) in lines.into_iter().enumerate() {
        let opens = next.peek() == Some(&idx);
        if opens {
            next.next();
            let number = pages.last().map_or(first_number, |page| page.number + 1);
            pages.push(DumpPage { number, lines: Vec::new() });
        }
        let indented = opens && line.text.starts_with(' ');
        if indented {
            line.text.remove(0);
        }
        if let Some(page) = pages.last_mut() {
            page.lines.push(line);
        }
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(text: &str) -> Vec<(u32, String)> {
        let lines = text.lines().zip(1..).map(|(text, number)| DumpLine { number, text: text.into() }).collect();
        pages_by_marks(vec![lines])
            .into_iter()
            .map(|page| {
                let texts = page.lines.iter().map(|line| line.text.as_str()).filter(|text| !text.is_empty());
                (page.number, texts.collect::<Vec<_>>().join("|"))
            })
            .collect()
    }

    #[test]
    fn page_number_lines_are_told_from_amounts_and_codes() {
        assert_eq!(page_number(" - 12 - "), Some(12));
        assert_eq!(page_number("第 3 页 共 40 页"), Some(3));
        assert_eq!(page_number("－１２－"), Some(12));
        for other in ["12", "-", "--", "201", "-5.00-", "第三页", "- 一 -", "第3页的说明"] {
            assert_eq!(page_number(other), None, "{other}");
        }
    }

    #[test]
    fn a_page_number_line_ends_its_page() {
        let pages = numbered("甲\n乙\n-1-\n丙\n丁\n-2-\n戊\n己");
        assert_eq!(pages, [(1, "甲|乙|-1-".into()), (2, "丙|丁|-2-".into()), (3, "戊|己".into())]);
    }

    #[test]
    fn signs_for_a_new_page_count_where_page_numbers_bear_them_out() {
        let body =
            "正文一\n\n正文二\n\n正文三\n\n正文四\n\n正文五\n\n正文六\n\n正文七\n\n正文八\n\n正文九\n\n正文十\n\n末行";
        let text = format!("{body}\n 第二页\n\n{body}\n\n-2-\n\n某局公开报告\n\n\n\n第三页\n\n{body}");
        let pages = numbered(&text);
        assert_eq!(pages.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 2, 3]);
        assert!(pages.iter().any(|(_, text)| text.starts_with("第二页")));
        assert!(pages.iter().any(|(_, text)| text.starts_with("某局公开报告|第三页")));
    }

    #[test]
    fn indented_lines_everywhere_are_no_marks() {
        let pages = numbered("  甲\n  乙\n  丙\n  丁");
        assert_eq!(pages.len(), 1);
    }
}
