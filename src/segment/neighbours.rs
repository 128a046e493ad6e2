//! Which characters stand beside which in what was read clearly of a document: two readings of one character are told apart by it.

use std::collections::HashMap;

use super::header::bare;
use crate::read::{Piece, Rival};
use crate::terms::compatibility::nfkc;
use crate::terms::enumerator::is_numeral;
use crate::terms::header::official_words;

/// A reading that is more than half as likely as the one taken is ranked by nothing but chance.
pub(super) const RANKED: f32 = 0.5;

/// Pairs of characters that stand beside each other, with at how many places.
#[derive(Debug, Default)]
pub(super) struct Neighbours(HashMap<(char, char), u32>);

impl Neighbours {
    /// Of official words, and of what was read of a document without another reading coming near.
    pub(super) fn of<'p>(pieces: impl Iterator<Item = &'p Piece>) -> Self {
        let mut neighbours = Self::default();
        for word in official_words() {
            neighbours.add(&plain(word), &[]);
        }
        for piece in pieces.filter(|piece| piece.cover.is_none()) {
            let text = plain(&piece.text);
            let unclear: Option<Vec<usize>> =
                piece.rivals.iter().map(|rival| Some(difference(&text, &plain(&rival.text))?.at)).collect();
            // Where more than one character is another, nothing of the piece is clear.
            if let Some(unclear) = unclear {
                neighbours.add(&text, &unclear);
            }
        }
        neighbours
    }

    fn add(&mut self, text: &[char], unclear: &[usize]) {
        for (at, pair) in text.windows(2).enumerate() {
            if let [left, right] = pair
                && !unclear.contains(&at)
                && !unclear.contains(&(at + 1))
            {
                *self.0.entry((*left, *right)).or_default() += 1;
            }
        }
    }

    /// Whether the rest of the document bears out what was taken against another reading: the two differ in one ideograph,
    /// which stands beside one of its neighbours elsewhere too, and what it may be instead beside none.
    ///
    /// Numerals stand beside anything, and figures too.
    pub(super) fn bear_out(&self, taken: &str, rival: &Rival) -> bool {
        let taken = plain(taken);
        let Some(Difference { at, instead }) = difference(&taken, &plain(&rival.text)) else { return false };
        let Some(ch) = taken.get(at).copied() else { return false };
        let left = at.checked_sub(1).and_then(|left| taken.get(left)).copied();
        let right = taken.get(at + 1).copied();
        let stands = |ch: char| {
            let is_known = |pair: Option<(char, char)>| pair.is_some_and(|pair| self.0.contains_key(&pair));
            is_known(left.map(|left| (left, ch))) || is_known(right.map(|right| (ch, right)))
        };
        let is_word = ('\u{4e00}'..='\u{9fff}').contains(&ch) && !is_numeral(ch) && !instead.is_some_and(is_numeral);
        rival.share < RANKED && is_word && stands(ch) && !instead.is_some_and(stands)
    }
}

/// Where two readings of one text differ, and what stands there in the other one; `None` for nothing.
struct Difference {
    at: usize,
    instead: Option<char>,
}

/// Where one character alone is another.
fn difference(taken: &[char], other: &[char]) -> Option<Difference> {
    let at = taken.iter().zip(other).take_while(|(a, b)| a == b).count();
    let rest = taken.get(at + 1..)?;
    match other.get(at..)? {
        [instead, end @ ..] if end == rest => Some(Difference { at, instead: Some(*instead) }),
        end if end == rest => Some(Difference { at, instead: None }),
        _ => None,
    }
}

fn plain(text: &str) -> Vec<char> {
    nfkc(&bare(text)).chars().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Rect;

    fn piece(text: &str, rivals: &[&str]) -> Piece {
        let rivals = rivals.iter().map(|text| Rival { text: (*text).to_owned(), share: 0.1 }).collect();
        Piece {
            rect: Rect { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 },
            text: text.to_owned(),
            rivals,
            is_partial: false,
            cover: None,
        }
    }

    fn bear_out(pieces: &[Piece], taken: &str, rival: &str, share: f32) -> bool {
        let neighbours = Neighbours::of(pieces.iter());
        neighbours.bear_out(taken, &Rival { text: rival.to_owned(), share })
    }

    #[test]
    fn a_word_that_stands_elsewhere_is_borne_out_against_one_that_stands_nowhere() {
        let pieces = [piece("职工食堂", &[]), piece("租赁费", &["租货费"])];
        assert!(bear_out(&pieces, "工会职工", "工会职I", 0.1));
        assert!(!bear_out(&pieces, "工会职工", "工会职I", 0.6), "nearly as likely");
        assert!(!bear_out(&pieces, "租赁", "租货", 0.1), "what is unclear itself bears nothing out");
        assert!(!bear_out(&[piece("城西", &[]), piece("城四", &[])], "城西", "城四", 0.1), "both stand elsewhere");
        assert!(bear_out(&[], "教育支出", "教育文出", 0.1), "official words");
    }

    #[test]
    fn numerals_and_figures_are_borne_out_by_nothing() {
        let pieces = [piece("三类会议费", &[]), piece("2010301", &[])];
        assert!(!bear_out(&pieces, "三类会议费", "二类会议费", 0.1));
        assert!(!bear_out(&pieces, "2010301", "2010801", 0.1));
    }
}
