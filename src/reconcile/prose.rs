//! The amounts and percentages that the narrative mentions, each with the words that say what it is.

use rust_decimal::Decimal;

use super::FigureRef;
use super::ledger::{FigureId, Ledger};
use crate::arithmetic::amount;
use crate::arithmetic::money::{Micro, to_micro};

/// One number of the narrative.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// Which paragraph of its section.
    pub(super) paragraph: usize,
    /// The words of its clause before it, signs of one form.
    pub(super) phrase: String,
    /// The words between the number before it and this one, clauses and all.
    pub(super) lead: String,
    /// Its sentence or heading speaks of another year or plan, so that it may be of that: it confirms, and accuses nobody.
    pub(super) aside: bool,
    /// What it is about.
    pub(super) role: Role,
    /// The figure, for an amount.
    pub(super) figure: Option<FigureId>,
    /// Its value: yuan for an amount, percent for a percentage.
    pub(super) value: Micro,
    /// One unit of its last printed place.
    pub(super) step: Micro,
}

/// What a number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// An amount of the year that the report is for.
    Current,
    /// An amount of another year or another plan (上年, 年初预算).
    Other,
    /// By how much something changed.
    Rise,
    /// By how much something fell.
    Fall,
    /// A share or a rate, in percent.
    Percent,
}

/// Characters of a clause that are kept: names of items are shorter.
const MAX_PHRASE: usize = 60;
/// Numbers read of one section.
const MAX_MENTIONS: usize = 2_000;

/// Reads every section; the amounts become figures of the ledger.
pub(super) fn read(ledger: &mut Ledger<'_>) -> Vec<Vec<Mention>> {
    let disclosure = ledger.disclosure;
    let year = fiscal_year(ledger);
    let mut result = Vec::with_capacity(disclosure.sections.len());
    for (index, section) in disclosure.sections.iter().enumerate() {
        let mut mentions: Vec<Mention> = Vec::new();
        let mut figure = 0;
        let is_of_another = speaks_of_another(&section.heading, year);
        for (paragraph, line) in section.text.lines().enumerate() {
            for mut mention in numbers(line, year) {
                if mentions.len() >= MAX_MENTIONS {
                    break;
                }
                mention.paragraph = paragraph;
                mention.aside |= is_of_another;
                if mention.role != Role::Percent {
                    let at = FigureRef::Prose { section: index, figure };
                    mention.figure = Some(ledger.add_micro(at, mention.value, mention.step, section.provenance.page));
                    figure += 1;
                }
                mentions.push(mention);
            }
        }
        result.push(mentions);
    }
    result
}

/// The year that the report is for: told by the filing, else by the titles of its statements and headings.
fn fiscal_year(ledger: &Ledger<'_>) -> Option<i32> {
    let disclosure = ledger.disclosure;
    let titles = disclosure.statements.iter().filter_map(|s| s.title.as_deref());
    let headings = disclosure.sections.iter().map(|s| s.heading.as_str());
    disclosure.filing.fiscal_year.or_else(|| titles.chain(headings).flat_map(years).max())
}

/// The years (20xx年) that a text names.
pub(super) fn years(text: &str) -> Vec<i32> {
    if !text.contains('年') {
        return Vec::new();
    }
    let chars: Vec<char> = text.chars().collect();
    chars
        .windows(5)
        .filter(|window| window[4] == '年')
        .filter_map(|window| window[..4].iter().collect::<String>().parse().ok())
        .filter(|year| (2000..2100).contains(year))
        .collect()
}

/// The numbers of one paragraph.
fn numbers(line: &str, year: Option<i32>) -> Vec<Mention> {
    // Every amount ends in 元 and every share in a percent sign; most paragraphs of long texts have neither.
    if !line.contains(['元', '%', '％']) {
        return Vec::new();
    }
    let mut text = String::with_capacity(line.len());
    text.extend(line.chars().filter(|c| !c.is_whitespace()).map(plain));
    let is_digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let joins = |at: usize| matches!(text.as_bytes().get(at), Some(b'.' | b',')) && is_digit(at + 1);
    let mut result = Vec::new();
    let mut from = 0;
    let mut end = 0;
    // Where the sentence begins.
    let mut opening = 0;
    while let Some(skipped) = text.get(end..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())) {
        let start = end + skipped;
        end = start;
        while is_digit(end) || joins(end) {
            end += 1;
        }
        let (Some(rest), Some(digits)) = (text.get(end..), text.get(start..end)) else { break };
        let units = [("万元", 10_000), ("亿元", 100_000_000), ("千元", 1_000), ("元", 1), ("%", 1)];
        let Some((unit, factor)) = units.into_iter().find(|(word, _)| rest.starts_with(word)) else { continue };
        let Some(number) = amount::parse(digits) else { continue };
        let step = to_micro(Decimal::new(1, number.scale().min(6)), factor);
        let (Some(value), Some(step)) = (to_micro(number, factor), step) else { continue };
        let lead = text.get(from..start).unwrap_or_default();
        opening = lead.rfind('。').map_or(opening, |at| from + at);
        let aside = speaks_of_another(text.get(opening..start).unwrap_or_default(), year);
        let clause = lead.rsplit(['，', ';', '。', ':', '、', ',']).next().unwrap_or_default();
        let skip = clause.chars().count().saturating_sub(MAX_PHRASE);
        let phrase: String = clause.chars().skip(skip).collect();
        let negative = phrase.ends_with('-');
        let role = if unit == "%" { Role::Percent } else { role(&phrase, year) };
        let value = if negative { -value } else { value };
        let lead = lead.to_owned();
        result.push(Mention { paragraph: 0, phrase, lead, aside, role, figure: None, value, step });
        end += unit.len();
        from = end;
    }
    result
}

/// One form for signs that come in two widths; the Chinese comma stays apart from the one inside numbers.
fn plain(c: char) -> char {
    match c {
        '（' => '(',
        '）' => ')',
        '：' => ':',
        '；' => ';',
        '．' => '.',
        '％' => '%',
        '－' | '−' => '-',
        '\u{ff10}'..='\u{ff19}' => char::from_u32(u32::from(c) - 0xff10 + 0x30).unwrap_or(c),
        _ => c,
    }
}

/// Words of another year or another plan.
const OTHER_WORDS: [&str; 10] =
    ["上年预算", "上年决算", "上年执行", "上年数", "去年", "年初预算", "执行数", "增减", "较上年", "比上年"];

/// Whether words speak of another year or plan than the report's.
fn speaks_of_another(words: &str, year: Option<i32>) -> bool {
    let is_other = |mentioned: i32| year.is_some_and(|year| mentioned != year);
    years(words).into_iter().any(is_other) || OTHER_WORDS.iter().chain(&["上年度", "往年"]).any(|w| words.contains(w))
}

fn role(phrase: &str, year: Option<i32>) -> Role {
    let words = phrase.trim_end_matches(['了', '约', '为', '各', '共', '-']);
    if ["增加", "增长", "上升", "提高", "增"].iter().any(|word| words.ends_with(word)) {
        return Role::Rise;
    }
    if ["减少", "下降", "降低", "压减", "减"].iter().any(|word| words.ends_with(word)) {
        return Role::Fall;
    }
    let mentioned = years(phrase);
    let other_year = year.is_some_and(|year| !mentioned.is_empty() && !mentioned.contains(&year));
    let this_year = year.is_some_and(|year| mentioned.contains(&year));
    if other_year || !this_year && OTHER_WORDS.iter().any(|word| phrase.contains(word)) {
        return Role::Other;
    }
    Role::Current
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_carry_the_words_of_their_clause() {
        let line = "2031年预算1,200.50万元，其中：基本支出800.5万元，占66.68%，比上年增加20万元。2030年预算执行数为9元";
        let mentions = numbers(line, Some(2031));
        let read: Vec<(&str, Role, Micro)> = mentions.iter().map(|m| (m.phrase.as_str(), m.role, m.value)).collect();
        assert_eq!(
            read,
            [
                ("2031年预算", Role::Current, 12_005_000_000_000),
                ("基本支出", Role::Current, 8_005_000_000_000),
                ("占", Role::Percent, 66_680_000),
                ("比上年增加", Role::Rise, 200_000_000_000),
                ("2030年预算执行数为", Role::Other, 9_000_000),
            ]
        );
    }
}
