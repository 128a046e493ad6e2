//! Names and telephone numbers behind their labels in running text: 联系人：…, 咨询电话：….

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::contacts::Contacts;
use super::shape::{NUMBER, begins_with_surname, is_han, is_name, numbers};
use crate::terms::contact::{PERSON_LABELS, PHONE_LABELS, TITLES};
use crate::terms::form::{FormLabel, SignatureField, normalize};

/// A label with the colon or the space behind it, its characters perhaps spaced; 及联系电话 and the like may follow it.
static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let spaced = |word: &str| word.chars().map(String::from).collect::<Vec<_>>().join(r"\s*");
    let any = |labels: &[&str]| {
        let mut labels = labels.to_vec();
        // Of two that begin alike the longer one is meant.
        labels.sort_by_key(|label| std::cmp::Reverse(label.chars().count()));
        labels.iter().map(|label| spaced(label)).collect::<Vec<_>>().join("|")
    };
    let (person, phone) = (any(PERSON_LABELS), any(PHONE_LABELS));
    let joint = r"\s*[及和与、/／(（]?\s*";
    Regex::new(&format!(
        r"(?:(?:{person})(?:{joint}(?:{phone}|{person}))*|(?:{phone})(?:{joint}{phone})?)\s*(?:[(（][^()（）\n]{{0,12}}[)）])?[)）]?(?:\s*[:：﹕∶]|\s)"
    ))
    .ok()
});

/// A number that is one of a telephone without any label: a mobile one, or one with its area code set apart.
static PLAIN_PHONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:\+?86[ -]?)?1[3-9][0-9]{9}|[(（]?0[0-9]{2,3}[)）]?[ \-－—–‐][0-9]{7,8}(?:[ (（]?转[0-9]{1,6}[)）]?)?|[(（]0[0-9]{2,3}[)）][0-9]{7,8})$").ok()
});

/// Whether a cell, a column or a key says that a contact stands beside or under it.
pub(super) fn is_label(text: &str) -> bool {
    use SignatureField::{Handler, Phone, Responsible};
    let word = normalize(text);
    let word = word.trim();
    if word.is_empty() || word.chars().count() > 16 {
        return false;
    }
    matches!(FormLabel::of(text), Some(FormLabel::Signature(Responsible | Handler | Phone)))
        || PERSON_LABELS.iter().chain(PHONE_LABELS).any(|label| *label == word)
        || LABEL
            .as_ref()
            .is_some_and(|label| label.find(&format!("{word}:")).is_some_and(|m| m.len() == word.len() + 1))
}

/// Whether a text is a name or a number and nothing else.
pub(super) fn is_contact(text: &str) -> bool {
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    is_name(&squeezed) || numbers(text).iter().any(|number| number.len() * 2 > text.len())
}

/// Leaves out what stands behind labels in a text, and numbers that are plainly of a telephone; both are remembered.
pub(super) fn redact(text: &mut String, contacts: &mut Contacts) {
    let mut gone: Vec<Range<usize>> = Vec::new();
    if let Some(label) = &*LABEL {
        for found in label.find_iter(text) {
            behind(text, found.end(), contacts, &mut gone);
        }
    }
    for number in numbers(text) {
        // 13800000000元 is money.
        let is_counted = text[number.end..].starts_with(['元', '万', '亿', '千', '%', '％']);
        let is_phone = !is_counted && PLAIN_PHONE.as_ref().is_some_and(|plain| plain.is_match(&text[number.clone()]));
        if is_phone && !gone.iter().any(|range| range.start < number.end && number.start < range.end) {
            contacts.learn_phone(&text[number.clone()]);
            contacts.n_found += 1;
            gone.push(number);
        }
    }
    gone.sort_by_key(|range| (range.start, range.end));
    let mut end = text.len();
    for range in gone.into_iter().rev().filter(|range| range.start < range.end) {
        let range = range.start..range.end.min(end);
        if range.start < range.end {
            end = range.start;
            text.replace_range(range, "");
        }
    }
}

/// Collects the names and numbers that follow each other behind a label.
fn behind(text: &str, label_end: usize, contacts: &mut Contacts, gone: &mut Vec<Range<usize>>) {
    let mut at = label_end;
    let mut is_first = true;
    loop {
        let rest = &text[at..];
        // A label at the end of its line has its value on the next one.
        let separates = |c: char| {
            matches!(c, ' ' | '\t' | '\u{3000}' | '、' | '/' | '／' | '，' | ',' | ':' | '：')
                || is_first && matches!(c, '\n' | '\r')
        };
        let mut begin = rest.trim_start_matches(separates);
        // A bracket may be that of the area code.
        if number_at(begin).is_none() {
            begin = begin.trim_start_matches(|c: char| separates(c) || matches!(c, '(' | '（' | ')' | '）'));
        }
        // What stands between two that are left out goes with them.
        let from = if is_first { at + rest.len() - begin.len() } else { at };
        at += rest.len() - begin.len();
        let token = match number_at(begin) {
            Some(length) => {
                contacts.learn_phone(&begin[..length]);
                contacts.n_found += 1;
                length
            }
            None => match name_at(begin) {
                Some(length) => {
                    contacts.learn_name(&begin[..length]);
                    length
                }
                None => return,
            },
        };
        gone.push(from..at + token);
        at += token;
        // A title behind the name stays, and what follows it counts.
        if let Some(title) = TITLES.iter().find(|title| text[at..].starts_with(**title)) {
            at += title.len();
        }
        is_first = false;
    }
}

/// How long the number is that a text begins with.
fn number_at(text: &str) -> Option<usize> {
    let found = NUMBER.as_ref()?.find(text.get(..text.len().min(floor(text, 96)))?)?;
    (found.start() == 0).then(|| found.end())
}

/// How long the name is that a text begins with: up to a space, a title, a label or punctuation.
fn name_at(text: &str) -> Option<usize> {
    let run_end = text.find(|c: char| !is_han(c)).unwrap_or(text.len());
    let run = &text[..floor(text, run_end.min(96))];
    let n_chars = run.chars().count();
    if n_chars == 1 && begins_with_surname(run) {
        // 张 三, a space within the name.
        let rest = text[run.len()..].trim_start_matches([' ', '\u{3000}']);
        let given_end = rest.find(|c: char| !is_han(c)).unwrap_or(rest.len());
        let given = &rest[..given_end];
        let n_spaces = text.len() - run.len() - rest.len();
        return (n_spaces > 0 && (1..=2).contains(&given.chars().count())).then(|| run.len() + n_spaces + given.len());
    }
    let cut = TITLES.iter().chain(PERSON_LABELS).chain(PHONE_LABELS).filter_map(|word| run.find(word)).min();
    let name = &run[..cut.unwrap_or(run.len())];
    is_name(name).then_some(name.len())
}

/// The last boundary of a character at or before a position.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(text: &str) -> String {
        let mut text = text.to_owned();
        redact(&mut text, &mut Contacts::default());
        text
    }

    #[test]
    fn what_stands_behind_a_label_is_left_out() {
        assert_eq!(left("联系人：赵甲乙 联系电话：0731-88880000"), "联系人： 联系电话：");
        assert_eq!(left("填报人：钱丙联系电话：88880000。"), "填报人：联系电话：。");
        assert_eq!(left("联 系 人：孙 丁，电话：（010）88880000转123"), "联 系 人：，电话：");
        assert_eq!(left("项目负责人及联系电话：李戊科长 13800000000"), "项目负责人及联系电话：科长");
        assert_eq!(left("咨询电话:12345"), "咨询电话:");
        assert_eq!(left("负责人\n周己\n"), "负责人\n\n");
    }

    #[test]
    fn a_number_that_is_plainly_of_a_telephone_needs_no_label() {
        assert_eq!(left("可致电010-88880000或13800000000。"), "可致电或。");
    }

    #[test]
    fn sentences_figures_and_offices_stay() {
        for text in [
            "联系人大代表和政协委员120人次。",
            "主要负责人：全面负责局机关工作。",
            "负责人：财务科",
            "项目负责人负责制，2031年安排1380000.00元。",
            "本年支出13800000000元，代码2130201。",
            "联系电话：",
        ] {
            assert_eq!(left(text), text);
        }
    }
}
