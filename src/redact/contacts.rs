//! The names and telephone numbers that a document is known to introduce.

use std::collections::BTreeSet;

use regex::Regex;

use super::shape;

/// Names that one regular expression looks for.
const NAMES_PER_PATTERN: usize = 500;

/// What was found behind labels.
#[derive(Default)]
pub(super) struct Contacts {
    names: BTreeSet<String>,
    /// Digits alone.
    phones: BTreeSet<String>,
    /// How many were left out.
    pub(super) n_found: usize,
}

impl Contacts {
    /// Takes the names and numbers of a text that stands where only contacts do.
    pub(super) fn learn(&mut self, text: &str) {
        self.n_found += 1;
        for word in text.split(|c: char| !shape::is_han(c)) {
            if shape::is_name(word) {
                self.names.insert(word.to_owned());
            }
        }
        // 张 三 is one name.
        let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if shape::is_name(&squeezed) {
            self.names.insert(squeezed);
        }
        self.learn_phone(text);
    }

    pub(super) fn learn_name(&mut self, name: &str) {
        self.n_found += 1;
        self.names.insert(name.chars().filter(|c| !c.is_whitespace()).collect());
    }

    /// Takes the numbers of a text: each with its area code, and without it where that is set apart.
    pub(super) fn learn_phone(&mut self, text: &str) {
        for number in shape::numbers(text) {
            // An extension is no part of the number as it is printed elsewhere.
            let bare = text[number.clone()].split('转').next().unwrap_or_default();
            let digits = shape::digits(bare);
            if digits.len() >= shape::MIN_PHONE_DIGITS {
                self.phones.insert(digits);
            }
            for part in text[number].split(|c: char| !c.is_numeric()) {
                if part.chars().count() >= shape::MIN_LOCAL_DIGITS {
                    self.phones.insert(shape::digits(part));
                }
            }
        }
    }

    /// What to look for in all the other texts.
    pub(super) fn known(&self) -> Known<'_> {
        let names: Vec<_> = self.names.iter().map(|name| spaced(name)).collect();
        let names = names.chunks(NAMES_PER_PATTERN).filter_map(|names| Regex::new(&names.join("|")).ok()).collect();
        Known { names, phones: &self.phones }
    }
}

/// A name as it may be printed: with spaces between its characters.
fn spaced(name: &str) -> String {
    name.chars().map(|c| regex::escape(&c.to_string())).collect::<Vec<_>>().join(r"\s{0,3}")
}

/// What to look for in texts.
pub(super) struct Known<'c> {
    names: Vec<Regex>,
    phones: &'c BTreeSet<String>,
}

impl Known<'_> {
    /// Removes what is known from a text; how many there were.
    pub(super) fn remove(&self, text: &mut String) -> usize {
        let mut n_removed = 0;
        for names in &self.names {
            n_removed += names.find_iter(text).count();
            if let std::borrow::Cow::Owned(rest) = names.replace_all(text, "") {
                *text = rest;
            }
        }
        let numbers = shape::numbers(text);
        for number in numbers.into_iter().rev() {
            let digits = shape::digits(&text[number.clone()]);
            if self.phones.contains(&digits) {
                text.replace_range(number, "");
                n_removed += 1;
            }
        }
        n_removed
    }
}
