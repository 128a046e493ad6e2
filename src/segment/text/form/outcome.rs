//! A goal and what came of it, which stand side by side on a self-evaluation.

use super::sheet::Sheet;

/// What was to be reached beside what was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    /// The label beside both.
    label: String,
    heads: [String; 2],
    /// The lines of both cells, one cell after the other, each with whether a blank line stands above it.
    lines: Vec<(String, bool)>,
}

/// What ends a sentence.
const STOPS: [char; 3] = ['。', '！', '；'];

impl Outcome {
    pub(super) fn new(label: String, heads: [String; 2]) -> Self {
        Self { label, heads, lines: Vec::new() }
    }

    pub(super) fn push(&mut self, line: &str, apart: bool) {
        self.lines.push((line.to_owned(), apart));
    }

    /// That the texts could be parted elsewhere.
    pub(super) fn guess(&self) -> Option<String> {
        let (_, sure) = self.parts();
        (!sure).then(|| {
            format!("`{}` and `{}` run into each other: where the first ends is a guess", self.heads[0], self.heads[1])
        })
    }

    /// Draws both.
    pub(super) fn draw(&self, sheet: &mut Sheet, page: u32) {
        let [goal, actual] = &self.heads;
        let (sides, _) = self.parts();
        sheet.put_sides(&self.label, [goal, actual], sides, page);
    }

    /// The lines of each, and whether there is no other likely way to part them.
    ///
    /// A gap within a line parts them where a sentence ends before it, else the end of a line does; where a blank line
    /// stands between the two cells it tells.
    fn parts(&self) -> ([Vec<String>; 2], bool) {
        let texts: Vec<&str> = self.lines.iter().map(|(text, _)| text.as_str()).collect();
        let within: Vec<(usize, usize)> = texts
            .iter()
            .enumerate()
            .flat_map(|(line, text)| text.match_indices(' ').map(move |(at, _)| (line, at)))
            .filter(|(line, at)| {
                texts.get(*line).and_then(|text| text.get(..*at)).is_some_and(|text| text.ends_with(STOPS))
            })
            .collect();
        if let Some((line, at)) = within.first() {
            let (left, right) = texts.get(*line).map_or(("", ""), |text| text.split_at(*at));
            let goal = texts.iter().take(*line).copied().chain([left]);
            let actual = std::iter::once(right.trim()).chain(texts.iter().skip(line + 1).copied());
            return ([owned(goal), owned(actual)], within.len() == 1);
        }
        let ends: Vec<usize> =
            (1..texts.len()).filter(|at| texts.get(at - 1).is_some_and(|text| text.ends_with(STOPS))).collect();
        let apart = |at: &&usize| self.lines.get(**at).is_some_and(|(_, apart)| *apart);
        let told: Vec<usize> = if self.lines.iter().skip(1).all(|(_, apart)| *apart) {
            Vec::new()
        } else {
            ends.iter().filter(apart).copied().collect()
        };
        let likely = if told.is_empty() { &ends } else { &told };
        let gap = texts.first().and_then(|text| text.split_once(' ')).filter(|_| texts.len() == 1);
        match (likely.as_slice(), gap) {
            ([at, ..], _) => {
                let goal = texts.iter().take(*at).copied();
                ([owned(goal), owned(texts.iter().skip(*at).copied())], likely.len() == 1)
            }
            ([], Some((goal, actual))) => {
                ([owned([goal].into_iter()), owned([actual.trim()].into_iter())], !actual.trim().contains(' '))
            }
            ([], None) => ([owned(texts.iter().copied()), Vec::new()], texts.len() < 2),
        }
    }
}

fn owned<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    texts.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The two texts of some lines; `^` marks a line without a blank line above it.
    fn parted(text: &str) -> (String, String, bool) {
        let mut outcome = Outcome::new(String::new(), [String::new(), String::new()]);
        text.lines().for_each(|line| outcome.push(line.trim_start_matches('^'), !line.starts_with('^')));
        let ([goal, actual], sure) = outcome.parts();
        (goal.concat(), actual.concat(), sure)
    }

    #[test]
    fn a_gap_after_a_sentence_parts_goal_and_outcome() {
        assert_eq!(parted("完成 3场培训。 已完成3场培训。"), ("完成 3场培训。".into(), "已完成3场培训。".into(), true));
    }

    #[test]
    fn the_end_of_a_line_and_of_a_sentence_parts_them_where_the_cells_are_wrapped() {
        assert_eq!(
            parted("完成培训任务，群\n^众满意。\n已完成培训。"),
            ("完成培训任务，群众满意。".into(), "已完成培训。".into(), true)
        );
        assert_eq!(parted("做好培训。\n^做好宣传。\n已完成。").0, "做好培训。做好宣传。");
    }

    #[test]
    fn where_two_sentences_end_the_place_is_a_guess() {
        assert!(!parted("做好培训。\n做好宣传。\n已完成。").2);
    }
}
