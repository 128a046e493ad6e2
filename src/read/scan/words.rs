//! Zeros, and words of column headers that were misread by one character which the model itself nearly read right: 科日编码.

use super::recognise::Reading;
use crate::terms::header::HeaderWord;

/// Takes the next likely reading of one character where that alone makes an official word of a whole line; figures stay.
///
/// A letter O that stands alone in a cell, or among digits, is a zero: no table prints one there.
pub(super) fn settle(line: &mut [Reading]) {
    let is_figure = |r: &Reading| r.text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | 'O' | 'o'));
    if line.iter().all(is_figure) {
        for reading in line.iter_mut().filter(|r| matches!(r.text.as_str(), "O" | "o")) {
            reading.text = "0".to_owned();
        }
        return;
    }
    let text = |line: &[Reading]| line.iter().map(|r| r.text.as_str()).collect::<String>();
    if line.len() < 2 || HeaderWord::of(&text(line)).is_some() {
        return;
    }
    for i in 0..line.len() {
        let Some(rival) = line.get(i).and_then(|r| r.rival.clone()) else { continue };
        let is_ideograph = |text: &str| text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        let mut tried = line.to_vec();
        if let Some(reading) = tried.get_mut(i)
            && is_ideograph(&reading.text)
            && is_ideograph(&rival)
        {
            std::mem::swap(&mut reading.text, reading.rival.get_or_insert_default());
            if HeaderWord::of(&text(&tried)).is_some() {
                line.clone_from_slice(&tried);
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, rivals: &str) -> Vec<Reading> {
        let rival = |c: char| (c != '-').then(|| c.to_string());
        let both = text.chars().zip(rivals.chars());
        both.map(|(c, r)| Reading { text: c.to_string(), at: 0.0, score: 0.9, rival: rival(r), share: 0.1 }).collect()
    }

    fn settled(text: &str, rivals: &str) -> String {
        let mut line = line(text, rivals);
        settle(&mut line);
        line.iter().map(|r| r.text.as_str()).collect()
    }

    #[test]
    fn an_official_word_that_the_model_nearly_read_is_taken() {
        assert_eq!(settled("科日编码", "-目--"), "科目编码");
        assert_eq!(settled("科日编码", "-月--"), "科日编码");
    }

    #[test]
    fn figures_and_official_words_stay() {
        assert_eq!(settled("1748", "4---"), "1748");
        assert_eq!(settled("项目", "--"), "项目");
        assert_eq!((settled("O", "-"), settled("1O.5", "----")), ("0".to_owned(), "10.5".to_owned()));
    }
}
