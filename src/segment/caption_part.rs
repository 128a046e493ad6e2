//! What a line before a table is, told by its text alone.

use crate::segment::header::bare;
use crate::terms::{department, statement, year};

/// A line that states a unit has at most this many characters; longer ones are sentences.
const MAX_PARTICULARS_CHARS: usize = 80;

/// What a line before a table is, if it belongs to its caption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaptionPart {
    /// The table's title.
    Title,
    /// Its number alone.
    Number,
    /// Department or unit, or both.
    Particulars,
    /// （2023年度） and its like.
    Year,
}

/// Tells what part of a caption a line is.
pub fn part(text: &str) -> Option<CaptionPart> {
    let whole = bare(text);
    if whole.is_empty() || is_part_heading(&whole) {
        return None;
    }
    let has_unit = statement::unit(text).is_some();
    if (text.contains('\t') && is_title_with_others(text))
        || (has_unit && !text.contains('\t') && statement::is_title(&bare(&statement::without_unit(text))))
    {
        return Some(CaptionPart::Title);
    }
    if has_particulars(text) {
        return Some(CaptionPart::Particulars);
    }
    if let Some((_, rest)) = statement::split_number(&whole) {
        return if rest.is_empty() {
            Some(CaptionPart::Number)
        } else if statement::is_title(rest) {
            Some(CaptionPart::Title)
        } else {
            None
        };
    }
    if year::alone(&whole).is_some() {
        return Some(CaptionPart::Year);
    }
    statement::is_title(&whole).then_some(CaptionPart::Title)
}

/// Whether a line says whose table it is, or in which unit: 部门：…, 单位：万元, 606-某市某局 beside a bare 万元.
pub fn has_particulars(text: &str) -> bool {
    let n = || text.chars().filter(|c| !c.is_whitespace()).count();
    let parts = || text.split('\t').map(str::trim);
    (statement::unit(text).is_some() && n() < MAX_PARTICULARS_CHARS)
        || (!text.contains(['。', '；']) && parts().any(|p| statement::department(p).is_some()))
        || (parts().any(|p| statement::bare_unit(p).is_some()) && parts().all(is_particular))
}

/// Whether a part of a line is one of those that stand around a title.
fn is_particular(piece: &str) -> bool {
    let piece = bare(piece);
    piece.is_empty()
        || statement::bare_unit(&piece).is_some()
        || statement::unit(&piece).is_some()
        || statement::department(&piece).is_some()
        || statement::split_number(&piece).is_some_and(|(_, rest)| rest.is_empty())
        || year::alone(&piece).is_some()
        || department::names(&piece)
        || statement::is_remark(&piece)
}

/// Whether a line has a title and beside it, far apart, nothing but a number, a unit, a department or a year.
fn is_title_with_others(text: &str) -> bool {
    let is_title = |piece: &str| {
        let piece = bare(piece);
        let rest = statement::split_number(&piece).map_or(piece.as_str(), |(_, rest)| rest);
        statement::is_title(rest)
    };
    text.contains('表')
        && text.split('\t').filter(|piece| is_title(piece)).count() == 1
        && text.split('\t').all(|piece| is_particular(piece) || is_title(piece))
}

/// Whether a line heads a part of the report: 第二部分 …报表.
pub fn is_part_heading(bare: &str) -> bool {
    bare.strip_prefix('第').is_some_and(|rest| rest.chars().skip(1).take(4).collect::<String>().contains("部分"))
}
