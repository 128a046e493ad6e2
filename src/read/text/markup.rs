//! Whether a dump marks its tables up, as document converters do: HTML rows and cells, or cells between pipes.

use crate::read::DumpPage;

/// How a dump shows where the cells of its tables are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DumpShape {
    /// Words in the order in which an extractor met them; blank cells may be lost.
    #[default]
    Lines,
    /// Characters stand where the page has them, so that their places tell the columns.
    Placed,
    /// Tables are marked up.
    Marked,
}

impl DumpShape {
    /// Tells it by marks and gaps.
    pub fn of(pages: &[DumpPage]) -> Self {
        match () {
            () if has_tables(pages) => Self::Marked,
            () if super::keeps_places(pages) => Self::Placed,
            () => Self::Lines,
        }
    }
}

fn has_tables(pages: &[DumpPage]) -> bool {
    pages.iter().any(|page| {
        let lines = || page.lines.iter().map(|line| line.text.as_str());
        lines().any(|line| table_tag(line).is_some()) || lines().zip(lines().skip(1)).any(|(a, b)| opens_pipes(a, b))
    })
}

/// Where a line opens an HTML table.
pub fn table_tag(line: &str) -> Option<usize> {
    line.match_indices('<').map(|(at, _)| at).find(|at| {
        let tag = line.get(*at..at + 7).unwrap_or_default();
        tag.get(..6).is_some_and(|tag| tag.eq_ignore_ascii_case("<table"))
            && tag.as_bytes().get(6).is_none_or(|byte| *byte == b'>' || byte.is_ascii_whitespace())
            || line.get(*at..).is_some_and(|rest| rest.eq_ignore_ascii_case("<table"))
    })
}

/// Whether two lines open a table of pipes: a row of cells, and below it `|---|---|`.
pub fn opens_pipes(row: &str, rule: &str) -> bool {
    is_pipe_row(row) && is_pipe_rule(rule)
}

/// Whether a line is cells between pipes: `| 合计 | 9.00 |`.
pub fn is_pipe_row(line: &str) -> bool {
    let line = line.trim();
    line.len() > 1 && line.starts_with('|') && line.ends_with('|')
}

/// Whether a line parts the header of a table of pipes from its rows: `|---|:--:|`.
pub fn is_pipe_rule(line: &str) -> bool {
    let Some(inner) = line.trim().strip_prefix('|').and_then(|rest| rest.strip_suffix('|')) else { return false };
    inner.split('|').all(|cell| {
        let dashes = cell.trim().trim_matches(':');
        !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_below_a_row_opens_a_table_and_a_lone_pipe_does_not() {
        assert!(opens_pipes("| 项目 | 金额 |", "|---|--:|"));
        assert!(!opens_pipes("| 项目 | 金额 |", "| 合计 | 9.00 |"));
        assert!(!opens_pipes("甲|乙", "---"));
    }

    #[test]
    fn tags_of_other_names_open_no_table() {
        assert_eq!(table_tag("甲<TABLE border=1>"), Some(3));
        assert_eq!(table_tag("<table"), Some(0));
        assert_eq!(table_tag("<tablet> 3 < 5"), None);
    }
}
