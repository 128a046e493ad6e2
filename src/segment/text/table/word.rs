//! A text of a row, and what it can be: the search for its column asks that again and again.

use super::super::item::{Class, class, is_code, number_and_words};
use crate::segment::cost::Cost;
use crate::segment::cost::rows::{DECIMALS_IN_TEXT, MISFIT};
use crate::segment::opening::{is_coded, is_enumerated};
use crate::terms::column::ColumnRole;
use crate::terms::header::{HeaderWord, is_total};

/// A text of a row.
#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) class: Class,
    /// Without white space around it.
    pub(super) n_bytes: usize,
    pub(super) is_total: bool,
    pub(super) is_code: bool,
    /// 一、甲, （一）甲
    pub(super) is_enumerated: bool,
    /// 一、甲, （一）甲, 1.甲, 2010301-甲: a line of a list.
    pub(super) begins_list: bool,
    /// An ideographic space stands before it.
    pub(super) is_indented: bool,
    /// A whole number other than zero.
    pub(super) is_whole: bool,
    pub(super) has_point: bool,
    /// A dash that stands for no amount.
    pub(super) is_dash: bool,
    /// Whole sentences, which go on in no other line.
    pub(super) ends_sentence: bool,
    /// 某某支出, 预备费
    pub(super) ends_as_expenditure: bool,
    /// A word of column headers.
    pub(super) is_of_header: bool,
    /// A short number and the words that are run together with it.
    pub(super) number_and_words: Option<(&'a str, &'a str)>,
}

impl<'a> Word<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let bare = text.trim();
        let class = class(text);
        let is_enumerated = is_enumerated(text);
        Self {
            text,
            class,
            n_bytes: bare.len(),
            is_total: is_total(text),
            is_code: is_code(text),
            is_enumerated,
            begins_list: is_enumerated || is_numbered(text) || is_coded(text),
            is_indented: text.starts_with('\u{3000}'),
            is_whole: class == Class::Number && bare.bytes().any(|digit| digit != b'0'),
            has_point: text.contains('.'),
            is_dash: matches!(bare, "-" | "—" | "－" | "/" | "——"),
            ends_sentence: ends_sentence(bare),
            ends_as_expenditure: ["支出", "预备费"].iter().any(|end| text.ends_with(end)),
            is_of_header: HeaderWord::of(text).is_some(),
            number_and_words: number_and_words(text),
        }
    }

    /// One character, or words in brackets: the rest of a name.
    pub(super) fn is_rest(&self) -> bool {
        let bare = self.text.trim();
        let is_short = bare.chars().count() == 1 && !self.is_dash;
        self.class == Class::Words && !self.is_enumerated && (is_short || bare.starts_with(['（', '(']))
    }

    /// What it costs to put it into a column.
    pub(super) fn misfit(&self, role: ColumnRole) -> Cost {
        let fits = match (self.class, role) {
            // Line numbers, quantities, measures and remarks: none has decimals as a rule.
            (Class::Amount, ColumnRole::Text) if self.has_point => return DECIMALS_IN_TEXT,
            (_, ColumnRole::Text) | (Class::Words, ColumnRole::Label) | (Class::Amount, ColumnRole::Amount) => true,
            (Class::Words, ColumnRole::Code) => self.is_total,
            (Class::Words, ColumnRole::Amount) => self.is_dash,
            (Class::Number, ColumnRole::Code) => true,
            // A code is longer than most whole amounts, and amounts beside it have decimals.
            (Class::Number, ColumnRole::Amount) => !self.is_code || self.n_bytes <= 3,
            (Class::Number, ColumnRole::Label) | (Class::Amount, ColumnRole::Code | ColumnRole::Label) => false,
        };
        if fits { 0 } else { MISFIT }
    }

    /// An enumerated name, an indented one, a total.
    pub(super) fn begins_row(&self) -> bool {
        self.is_enumerated || self.is_indented || self.is_total
    }
}

pub(super) fn ends_sentence(text: &str) -> bool {
    text.ends_with(['。', '；', ';'])
}

/// 1.甲, 1、甲
fn is_numbered(text: &str) -> bool {
    let rest = text.trim_start_matches(|ch: char| ch.is_ascii_digit());
    rest.len() < text.len() && rest.starts_with(['.', '．', '、'])
}
