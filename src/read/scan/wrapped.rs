//! What is lost or misread of text that goes on in the line below: 一 before 般, and the width of brackets.

use super::ink::Part;
use super::place::TextLine;
use super::recognise::{Reading, is_ideograph};

/// Puts 一 before 般 that begins a line, where none ends the line above: no word begins so.
pub(super) fn restore_general(lines: &mut [TextLine]) {
    let begins = |line: &TextLine| {
        let text = |at: usize| line.readings.get(at).map_or("", |reading| reading.text.as_str());
        text(0) == "般" && is_ideograph(text(1))
    };
    let ends_above = |line: &TextLine| {
        let ends = |other: &TextLine| other.readings.last().is_some_and(|last| last.text == "一");
        lines.iter().any(|other| is_right_above(&other.ink, &line.ink) && ends(other))
    };
    let lost: Vec<usize> =
        lines.iter().enumerate().filter(|(_, line)| begins(line) && !ends_above(line)).map(|(idx, _)| idx).collect();
    for idx in lost {
        let Some(line) = lines.get_mut(idx) else { continue };
        let at = line.readings.first().map_or(0.0, |first| first.at / 2.0);
        line.readings.insert(0, Reading { at, ..Reading::of("一") });
    }
}

/// Brackets of a pair are as wide as each other where the text between them goes on in the line below, too: （按 and 大类).
pub(super) fn pair_brackets(lines: &mut [TextLine]) {
    let open_bracket = |line: &TextLine| {
        let at = line.readings.iter().rposition(|r| matches!(r.text.as_str(), "(" | "（"))?;
        let is_closed = line.readings.iter().skip(at).any(|r| matches!(r.text.as_str(), ")" | "）"));
        (!is_closed).then_some(at)
    };
    let closing_bracket = |line: &TextLine| {
        let at = line.readings.iter().position(|r| matches!(r.text.as_str(), ")" | "）"))?;
        let is_opened = line.readings.iter().take(at).any(|r| matches!(r.text.as_str(), "(" | "（"));
        (!is_opened).then_some(at)
    };
    let closing: Vec<(usize, usize)> =
        lines.iter().enumerate().filter_map(|(idx, line)| Some((idx, closing_bracket(line)?))).collect();
    for (idx, close) in closing {
        let Some(below) = lines.get(idx) else { continue };
        let is_right_above = |other: &TextLine| is_right_above(&other.ink, &below.ink);
        let above = lines.iter().enumerate().find(|(_, other)| is_right_above(other) && open_bracket(other).is_some());
        let Some((above, open)) = above.and_then(|(above, line)| Some((above, open_bracket(line)?))) else { continue };
        let places = [(above, open, "（"), (idx, close, "）")];
        let is_wide = |(line, at, wide): &(usize, usize, &str)| {
            lines.get(*line).and_then(|line| line.readings.get(*at)).is_some_and(|r| r.text == *wide)
        };
        if !places.iter().any(is_wide) {
            continue;
        }
        for (line, at, wide) in places {
            if let Some(reading) = lines.get_mut(line).and_then(|line| line.readings.get_mut(at)) {
                wide.clone_into(&mut reading.text);
            }
        }
    }
}

/// Whether a line stands right above another one.
fn is_right_above(above: &Part, below: &Part) -> bool {
    above.x0 < below.x1
        && below.x0 < above.x1
        && above.y0 < below.y0
        && below.y0.saturating_sub(above.y1) <= below.height()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of lines below each other.
    fn below_each_other(texts: &[&str], settle: impl Fn(&mut [TextLine])) -> Vec<String> {
        let ink = |row: u32| Part { x0: 10, y0: 10 + row * 22, x1: 90, y1: 28 + row * 22 };
        let lines = (0..).zip(texts).map(|(row, text)| {
            let readings = text.chars().map(|ch| Reading::of(&ch.to_string())).collect();
            TextLine { ink: ink(row), readings, crop: (10.0, 90.0) }
        });
        let mut lines: Vec<TextLine> = lines.collect();
        settle(&mut lines);
        lines.iter().map(|line| line.readings.iter().map(|r| r.text.as_str()).collect()).collect()
    }

    #[test]
    fn brackets_of_a_pair_are_alike_over_two_lines() {
        let paired = |texts: &[&str]| below_each_other(texts, pair_brackets);
        assert_eq!(paired(&["科目（按", "大类)"]), ["科目（按", "大类）"]);
        assert_eq!(paired(&["科目(按", "大类）"]), ["科目（按", "大类）"]);
        assert_eq!(paired(&["科目(按", "大类)"]), ["科目(按", "大类)"]);
        assert_eq!(paired(&["科目（按）", "大类)"]), ["科目（按）", "大类)"]);
    }

    #[test]
    fn a_stroke_that_began_a_line_is_put_back_unless_it_ends_the_line_above() {
        let page = |above: &str| below_each_other(&[above, "般公共预", "算收入"], restore_general);
        assert_eq!(page("小计"), ["小计", "一般公共预", "算收入"]);
        assert_eq!(page("其中一"), ["其中一", "般公共预", "算收入"]);
    }
}
