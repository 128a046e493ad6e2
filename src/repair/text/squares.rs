//! Words that are printed twice: 项目项目, 项项目目, and 目项项目 where the last glyph's shadow slipped to the front.

/// A doubled word is at most two lines of a title long; the search is quadratic in its length.
const MAX_CHARS: usize = 160;

/// What is left of a doubled word when each thing counts once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Undoubled {
    /// The runs, each counted once.
    pub(super) halves: Vec<String>,
    /// How many of them are single glyphs doubled in turn.
    pub(super) n_pairs: usize,
}

impl Undoubled {
    /// The text: glyphs doubled in turn form one word, doubled runs are words of their own.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        let mut last_long = false;
        for half in &self.halves {
            let long = half.chars().nth(1).is_some();
            if !out.is_empty() && (long || last_long) {
                out.push(' ');
            }
            out.push_str(half);
            last_long = long;
        }
        out
    }

    /// The text where nothing is bold: each run stands twice, as two words.
    pub(super) fn twice(&self) -> String {
        self.halves.iter().flat_map(|half| [half.as_str(), half.as_str()]).collect::<Vec<_>>().join(" ")
    }

    /// The text where each word keeps the room that it took: behind it are as many spaces as its double had characters.
    pub(super) fn in_place(&self) -> String {
        let text = self.text();
        let words = text.split(' ').filter(|word| !word.is_empty());
        words.map(|word| word.to_owned() + &" ".repeat(word.chars().count())).collect()
    }

    /// Whether nothing but single glyphs is doubled.
    pub(super) fn is_pairs(&self) -> bool {
        self.n_pairs == self.halves.len()
    }
}

/// The word that is printed twice in `word`, run by run or glyph by glyph, as a whole; `None` for any other word.
pub(super) fn undouble(word: &[char]) -> Option<Undoubled> {
    if let Some(half) = plain_square(word) {
        let half: String = half.iter().collect();
        let n_pairs = usize::from(word.len() == 2);
        return Some(Undoubled { halves: vec![half], n_pairs });
    }
    if word.len() > MAX_CHARS || !all_even(word) {
        return None;
    }
    // Glyph by glyph before run by run: 1111..5500 is 11.50, not 11 and .50.
    pairs(word).or_else(|| squares(word)).or_else(|| displaced(word))
}

/// The first half, where the second is equal.
fn plain_square(word: &[char]) -> Option<&[char]> {
    if word.is_empty() || !word.len().is_multiple_of(2) {
        return None;
    }
    let (first, second) = word.split_at(word.len() / 2);
    (first == second).then_some(first)
}

/// Whether every character occurs an even number of times: without that nothing is doubled as a whole.
pub(super) fn all_even(word: &[char]) -> bool {
    if is_odd(word.iter().copied()) {
        return false;
    }
    let mut chars = word.to_vec();
    chars.sort_unstable();
    chars.chunk_by(|a, b| a == b).all(|equal| equal.len().is_multiple_of(2))
}

/// Whether some character occurs an odd number of times, told at a glance for nearly all texts: equal characters cancel
/// each other out.
pub(super) fn is_odd(chars: impl Iterator<Item = char>) -> bool {
    chars.fold(0, |left, ch| left ^ u32::from(ch)) != 0
}

/// Every glyph doubled in turn.
fn pairs(word: &[char]) -> Option<Undoubled> {
    let half = |pair: &[char]| match pair {
        [a, b] if a == b => Some(a.to_string()),
        _ => None,
    };
    let halves: Vec<String> = word.chunks(2).map(half).collect::<Option<_>>()?;
    Some(Undoubled { n_pairs: halves.len(), halves })
}

/// The fewest doubled runs that make up the word.
fn squares(word: &[char]) -> Option<Undoubled> {
    let n = word.len();
    // common[i][j]: how many characters from i on equal those from j on.
    let mut common = vec![0u8; (n + 1) * (n + 1)];
    for i in (0..n).rev() {
        for j in (i + 1..n).rev() {
            if word.get(i) == word.get(j) {
                let next = common.get((i + 1) * (n + 1) + j + 1).copied().unwrap_or(0);
                if let Some(cell) = common.get_mut(i * (n + 1) + j) {
                    *cell = next.saturating_add(1);
                }
            }
        }
    }
    let is_square = |from: usize, half: usize| {
        common.get(from * (n + 1) + from + half).is_some_and(|common| usize::from(*common) >= half)
    };
    // best[i]: the fewest runs that make up the first i characters, and the length of the last one's half.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; n + 1];
    if let Some(first) = best.first_mut() {
        *first = Some((0, 0));
    }
    for from in 0..n {
        let Some((n_runs, _)) = best.get(from).copied().flatten() else { continue };
        for half in 1..=(n - from) / 2 {
            if !is_square(from, half) {
                continue;
            }
            if let Some(slot) = best.get_mut(from + 2 * half)
                && slot.is_none_or(|(known, _)| n_runs + 1 < known)
            {
                *slot = Some((n_runs + 1, half));
            }
        }
    }
    let mut halves = Vec::new();
    let mut end = n;
    while end > 0 {
        let (_, half) = best.get(end).copied().flatten()?;
        let start = end.checked_sub(2 * half)?;
        halves.push(word.get(start..start + half)?.iter().collect::<String>());
        end = start;
    }
    halves.reverse();
    let n_pairs = halves.iter().filter(|half| half.chars().nth(1).is_none()).count();
    Some(Undoubled { halves, n_pairs })
}

/// Glyphs doubled in turn, where the shadow of the last one, or of the first and the last, stands in front: a shadow
/// drawn in one move for the whole run begins and ends outside the pairs.
fn displaced(word: &[char]) -> Option<Undoubled> {
    let (first, rest) = word.split_first()?;
    let (last, pairs) = rest.split_last()?;
    let mut halves = Vec::new();
    let pairs = if first == last {
        pairs
    } else {
        // The shadows of both ends: 甲丙 甲 乙乙 丙.
        let (second, rest) = pairs.split_first()?;
        let (third, pairs) = rest.split_first()?;
        if second != last || third != first {
            return None;
        }
        halves.push(first.to_string());
        pairs
    };
    for pair in pairs.chunks(2) {
        match pair {
            [a, b] if a == b => halves.push(a.to_string()),
            _ => return None,
        }
    }
    halves.push(last.to_string());
    let n_pairs = halves.len();
    (n_pairs >= 3).then_some(Undoubled { halves, n_pairs })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(word: &str) -> Option<String> {
        undouble(&word.chars().collect::<Vec<_>>()).map(|undoubled| undoubled.text())
    }

    #[test]
    fn whole_runs_doubled_count_once() {
        assert_eq!(text("2031年2031年").as_deref(), Some("2031年"));
        assert_eq!(text("收入收入支出支出").as_deref(), Some("收入 支出"));
        assert_eq!(text("12.3412.34本年合计本年合计").as_deref(), Some("12.34 本年合计"));
    }

    #[test]
    fn glyphs_doubled_in_turn_count_once() {
        assert_eq!(text("预预算算单单位位").as_deref(), Some("预算单位"));
        assert_eq!(text("1111..5500").as_deref(), Some("11.50"));
    }

    #[test]
    fn shadows_that_slipped_to_the_front_are_found() {
        assert_eq!(text("位预预算算单单位").as_deref(), Some("预算单位"));
        assert_eq!(text("预位预算算单单位").as_deref(), Some("预算单位"));
    }

    #[test]
    fn other_words_are_not_doubled() {
        for word in ["项目", "市市级", "12.34", "预算单位预算", "位预算算单位"] {
            assert_eq!(text(word), None, "{word}");
        }
    }
}
