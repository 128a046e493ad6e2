//! Wrapped lines are joined, and the spaces that an extractor put into Chinese text taken out.

use crate::segment::line::push_wrapped;

/// Lines of one paragraph or cell as one text.
pub(super) fn join<'a>(lines: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for line in lines {
        push_wrapped(&mut out, line.trim());
    }
    tidy(&out)
}

/// The text with only those spaces left that part words of Latin script or numbers.
pub(super) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if is_parted(&out, word) {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether the space between two words stays.
fn is_parted(before: &str, word: &str) -> bool {
    before.ends_with(|ch: char| ch.is_ascii()) && word.starts_with(|ch: char| ch.is_ascii())
}

/// So many gaps in one name are no slip of an extractor.
const GAPS_OF_CUT_WORDS: usize = 2;

/// Whether words were cut out of a line of a name, which left gaps.
pub(super) fn has_cut_words(line: &str) -> bool {
    n_gaps(line) >= GAPS_OF_CUT_WORDS
}

/// How many spaces part Chinese characters; beside punctuation, letters and digits extractors write them freely.
fn n_gaps(text: &str) -> usize {
    let is_chinese = |ch: Option<char>| ch.is_some_and(|ch| !ch.is_ascii() && ch.is_alphabetic());
    let words: Vec<&str> = text.split_whitespace().collect();
    let pairs = words.iter().zip(words.iter().skip(1));
    pairs.filter(|(before, after)| is_chinese(before.chars().next_back()) && is_chinese(after.chars().next())).count()
}

/// How wide a text is shown, with its spaces: a Chinese character takes two places.
pub(super) fn shown_width(text: &str) -> usize {
    text.chars().map(|ch| if ch.is_ascii() { 1 } else { 2 }).sum()
}

/// How wide a text is in print: Chinese characters are two, others one; spaces within Chinese text are none.
pub(super) fn width(text: &str) -> usize {
    let mut width = 0;
    let mut before = "";
    for word in text.split_whitespace() {
        width += shown_width(word) + usize::from(is_parted(before, word));
        before = word;
    }
    width
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_in_chinese_text_go_and_those_between_latin_words_stay() {
        assert_eq!(join(["购买 30台 Linux server", " 和 2 套", "软件。"]), "购买30台Linux server和2套软件。");
        assert_eq!(join(["open", "source"]), "open source");
    }

    #[test]
    fn gaps_are_counted_between_chinese_characters_alone() {
        assert_eq!(n_gaps("O 办 系统  产 改造"), 3);
        assert_eq!(n_gaps("工程对接 (第三方评价 、移动 CA对接) 2031 年"), 0);
    }
}
