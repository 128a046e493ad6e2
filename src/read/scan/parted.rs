//! A figure and the name of the column right of it that were cut out as one line, where no wall is drawn between: two lines.

use super::gray::Gray;
use super::ink::{Part, TEXT_INK};
use super::place::TextLine;
use super::recognise::{Reading, is_ideograph};
use super::words;

/// Paper between the two is at least so wide, in heights of the line: within a text digits and ideographs are nearer.
const GAP: f32 = 0.25;
/// A figure with so many decimals is money, and no number of a heading.
const DECIMALS: usize = 2;
/// What is counted or measured goes on behind its figure.
const COUNTED: &str = "元万亿千百个倍";

/// Parts lines that begin with a figure and go on with a name.
pub(super) fn settle(lines: Vec<TextLine>, page: &Gray) -> Vec<TextLine> {
    lines.into_iter().flat_map(|line| parted(line, page)).collect()
}

fn parted(mut line: TextLine, page: &Gray) -> Vec<TextLine> {
    let Some((idx, gap)) = boundary(&line, page) else { return vec![line] };
    let mut name =
        TextLine { ink: tight(Part { x0: gap.1, ..line.ink }, page), readings: line.readings.split_off(idx), ..line };
    line.ink = tight(Part { x1: gap.0, ..line.ink }, page);
    for readings in [&mut line.readings, &mut name.readings] {
        words::settle(readings);
    }
    vec![line, name]
}

/// Where the name begins among the readings, and the columns of paper before it.
fn boundary(line: &TextLine, page: &Gray) -> Option<(usize, (u32, u32))> {
    let text = |at: usize| line.readings.get(at).map_or("", |reading| reading.text.as_str());
    let is_of_figure =
        |reading: &Reading| reading.text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.' | b'-' | b' '));
    let idx = line.readings.iter().position(|reading| !is_of_figure(reading))?;
    let point = line.readings.iter().take(idx).rposition(|reading| reading.text == ".")?;
    let n_digits = (point + 1..idx).filter(|at| text(*at).bytes().all(|b| b.is_ascii_digit())).count();
    let is_name = is_ideograph(text(idx)) || text(idx) == "、";
    let goes_on = is_ideograph(text(idx + 1)) || text(idx + 1) == "、";
    if point == 0 || n_digits < DECIMALS || !is_name || !goes_on || COUNTED.contains(text(idx)) {
        return None;
    }
    let (from, to) = line.crop;
    let middle = |at: usize| line.readings.get(at).map_or(to, |reading| from + reading.at * (to - from));
    let columns = (middle(idx - 1).max(line.ink.x0 as f32) as u32)..(middle(idx) as u32).min(line.ink.x1);
    let gap = widest_gap(columns, |x| is_blank(page, x, &line.ink))?;
    ((gap.1 - gap.0) as f32 >= GAP * line.ink.height() as f32).then_some((idx, gap))
}

/// The widest run of columns without ink.
fn widest_gap(columns: std::ops::Range<u32>, is_blank: impl Fn(u32) -> bool) -> Option<(u32, u32)> {
    let mut widest: Option<(u32, u32)> = None;
    let mut start = columns.start;
    for x in columns {
        if !is_blank(x) {
            start = x + 1;
        } else if widest.is_none_or(|(from, to)| x + 1 - start > to - from) {
            widest = Some((start, x + 1));
        }
    }
    widest
}

fn is_blank(page: &Gray, x: u32, ink: &Part) -> bool {
    !(ink.y0..ink.y1).any(|y| page.is_darker(x, y, TEXT_INK))
}

/// The rows of a part that have ink.
fn tight(part: Part, page: &Gray) -> Part {
    let has_ink = |y: &u32| (part.x0..part.x1).any(|x| page.is_darker(x, *y, TEXT_INK));
    let (top, bottom) = ((part.y0..part.y1).find(has_ink), (part.y0..part.y1).rev().find(has_ink));
    Part { y0: top.unwrap_or(part.y0), y1: bottom.map_or(part.y1, |bottom| bottom + 1), ..part }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of a line of characters ten pixels wide and twelve apart; spaces are paper.
    fn lines(text: &str) -> Vec<String> {
        let mut page = Gray::blank(400, 40);
        let mut readings = Vec::new();
        for (i, ch) in text.chars().enumerate().filter(|(_, ch)| *ch != ' ') {
            (12..24).for_each(|y| page.row_mut(y)[12 * i + 10..12 * i + 20].fill(0));
            readings.push(Reading { at: (12.0 * i as f32 + 15.0) / 400.0, ..Reading::of(&ch.to_string()) });
        }
        let ink = Part { x0: 10, y0: 12, x1: 12 * text.chars().count() as u32 + 8, y1: 24 };
        let lines = settle(vec![TextLine { ink, readings, crop: (0.0, 400.0) }], &page);
        lines.iter().map(|line| line.readings.iter().map(|reading| reading.text.as_str()).collect()).collect()
    }

    #[test]
    fn a_figure_and_the_name_of_the_next_column_are_two_lines() {
        assert_eq!(lines("16.31 一、外交支出"), ["16.31", "一、外交支出"]);
        assert_eq!(lines("16.31 年终结转结余"), ["16.31", "年终结转结余"]);
    }

    #[test]
    fn what_stands_close_or_is_counted_is_one_text() {
        for text in ["16.31结转结余", "16.31 万元结余", "16 结转结余", "1.2 结转结余", "支出16.31 结转"]
        {
            assert_eq!(lines(text), [text.replace(' ', "")]);
        }
    }
}
