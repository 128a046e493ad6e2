//! Codes with their names behind them, 2010301-行政运行: a dash that a fax has lost is told by the other codes of the page.

use std::collections::HashSet;

use super::faces::Faces;
use super::place::TextLine;
use super::recognise::{Reading, is_ideograph};
use super::words;

/// A code has at least so many digits.
const MIN_CODE: usize = 3;
/// So many codes of a page have their dash, and show that it is set so.
const MIN_SHOWN: usize = 3;
/// From the middle of a digit to that of the ideograph behind it are so many digits' widths where nothing stands between; a
/// dash is one more.
const TOUCHING: f32 = 1.5;
/// At least this much of a dash's width is left.
const ROOM: f32 = 0.3;
/// And no more than this: the name of another column may stand there.
const WIDEST: f32 = 2.6;
/// A name that was read apart from its code stands at most so many digits' widths behind it: columns are farther apart.
const NEAR: f32 = 2.0;
/// What is left of a dash may look like so many marks.
const MAX_MARKS: usize = 2;

/// Puts a dash between a code and its name where others of the page have one, and what is there leaves room for it; `faces`
/// are the cells of the page.
pub(super) fn settle(lines: &mut [TextLine], faces: &Faces) {
    let is_shown = |line: &&TextLine| Coded::of(line).is_some_and(|coded| coded.marks == "-");
    if lines.iter().filter(is_shown).count() < MIN_SHOWN {
        return;
    }
    let has_room = |line: &TextLine| {
        // What is left of a dash looks like a dot; and one that is there may be nothing else.
        Coded::of(line).is_some_and(|coded| !coded.marks.trim().is_empty() || (ROOM..WIDEST).contains(&coded.room))
    };
    for line in lines.iter_mut().filter(|line| has_room(line)) {
        put_dash(line);
    }
    // The model's steps are rough; the same code with the same name has its dash wherever it stands.
    let known: HashSet<String> =
        lines.iter().filter(is_shown).map(|line| text(&line.readings).replacen('-', "", 1)).collect();
    let is_known = |line: &TextLine| {
        Coded::of(line).is_some_and(|coded| coded.room < WIDEST) && known.contains(&text(&line.readings))
    };
    for line in lines.iter_mut().filter(|line| is_known(line)) {
        put_dash(line);
    }
    for line in lines.iter_mut() {
        if let Some(at) = behind_another(line, &known) {
            let place = |at: usize| line.readings.get(at).map_or(1.0, |reading| reading.at);
            line.readings.insert(at, Reading { at: (place(at - 1) + place(at)) / 2.0, ..Reading::of("-") });
        }
    }
    for idx in parted(lines, &known, faces) {
        if let Some(code) = lines.get_mut(idx) {
            code.readings.push(Reading { at: 1.0, ..Reading::of("-") });
        }
    }
}

/// Where a dash is lost in a code with a known name that a line ends with, behind the name of the column left of it.
fn behind_another(line: &TextLine, known: &HashSet<String>) -> Option<usize> {
    let name = line.readings.iter().rposition(Reading::is_digit)? + 1;
    let code = line.readings.get(..name)?.iter().rposition(|reading| !reading.is_digit())? + 1;
    let said = text(line.readings.get(code..)?);
    let is_behind_name = is_ideograph(&line.readings.get(code - 1)?.text);
    (is_behind_name && name < line.readings.len() && known.contains(&said)).then_some(name)
}

/// Codes that are lines of their own, with what a page shows as their name right behind them in the same cell.
fn parted(lines: &[TextLine], known: &HashSet<String>, faces: &Faces) -> Vec<usize> {
    let face = |line: &TextLine| {
        let (x, y) = line.ink.center();
        faces.at(x, y)
    };
    let is_code = |line: &TextLine| line.readings.len() >= MIN_CODE && line.readings.iter().all(Reading::is_digit);
    let codes = lines.iter().enumerate().filter(|(_, line)| is_code(line));
    let has_name = |code: &TextLine| {
        let digit = code.ink.width() as f32 / code.readings.len() as f32;
        let is_behind = |name: &&TextLine| {
            let middle = (name.ink.y0 + name.ink.y1) / 2;
            let gap = name.ink.x0 as f32 - code.ink.x1 as f32;
            (code.ink.y0..code.ink.y1).contains(&middle)
                && (0.0..NEAR * digit).contains(&gap)
                && face(code) == face(name)
        };
        lines.iter().filter(is_behind).any(|name| known.contains(&(text(&code.readings) + &text(&name.readings))))
    };
    codes.filter(|(_, code)| has_name(code)).map(|(idx, _)| idx).collect()
}

fn text(readings: &[Reading]) -> String {
    readings.iter().map(|reading| reading.text.as_str()).collect()
}

/// Puts a dash for what was read between code and name.
fn put_dash(line: &mut TextLine) {
    let Some(Coded { n_digits, marks, .. }) = Coded::of(line) else { return };
    // What stands behind a dash is of the name.
    let n_marks = if marks.starts_with('-') { 1 } else { marks.chars().count() };
    let name = n_digits + n_marks;
    let place = |at: usize| line.readings.get(at).map_or(0.0, |reading| reading.at);
    let at = (place(n_digits - 1) + place(name)) / 2.0;
    line.readings.splice(n_digits..name, [Reading { at, ..Reading::of("-") }]);
    // What stands behind the code is told by itself now.
    words::settle(&mut line.readings);
}

/// A line that begins with a code and goes on with a name.
struct Coded {
    n_digits: usize,
    /// What was read between them.
    marks: String,
    /// How many digits' widths are free between the last digit and the name.
    room: f32,
}

impl Coded {
    fn of(line: &TextLine) -> Option<Self> {
        let text = |at: usize| line.readings.get(at).map_or("", |reading| reading.text.as_str());
        let n_digits = line.readings.iter().take_while(|reading| reading.is_digit()).count();
        let is_mark = |reading: &&Reading| matches!(reading.text.as_str(), "-" | "·" | "." | "•" | " ");
        let marks: String =
            line.readings.iter().skip(n_digits).take(MAX_MARKS).take_while(is_mark).map(|r| r.text.as_str()).collect();
        let name = n_digits + marks.chars().count();
        let is_word = |at: usize| text(at).starts_with(|ch| ('\u{4e00}'..='\u{9fff}').contains(&ch));
        // A name has more than one character, of which the first may be misread; and a year or an amount is followed by the
        // word for it.
        let begins = is_word(name) || text(name).chars().all(char::is_alphabetic) && is_word(name + 2);
        if n_digits < MIN_CODE || !begins || !is_word(name + 1) || "年月日元万".contains(text(name)) {
            return None;
        }
        let place = |at: usize| line.readings.get(at).map_or(0.0, |reading| reading.at);
        let digit = (place(n_digits - 1) - place(0)) / (n_digits - 1) as f32;
        let room = (place(name) - place(n_digits - 1)) / digit.max(f32::MIN_POSITIVE) - TOUCHING;
        Some(Self { n_digits, marks, room })
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawn::Line;
    use super::super::ink::Part;
    use super::*;

    /// What becomes of lines; `_` is half an em in which nothing was read.
    fn settled(lines: &[&str]) -> Vec<String> {
        let line = |text: &&str| {
            let width = |ch: char| if ch.is_ascii() || ch == '·' { 10.0 } else { 20.0 };
            let whole: f32 = text.chars().map(width).sum();
            let (mut x, mut readings) = (0.0, Vec::new());
            for ch in text.chars() {
                if ch != '_' {
                    readings.push(Reading { at: (x + width(ch) / 2.0) / whole, ..Reading::of(&ch.to_string()) });
                }
                x += width(ch);
            }
            TextLine { ink: Part { x0: 0, y0: 0, x1: whole as u32, y1: 18 }, readings, crop: (0.0, whole) }
        };
        let mut lines: Vec<TextLine> = lines.iter().map(line).collect();
        settle(&mut lines, &Faces::new(&[], &[], 2.0));
        lines.iter().map(|line| text(&line.readings)).collect()
    }

    #[test]
    fn a_dash_that_a_fax_lost_between_code_and_name_is_told_by_other_codes() {
        let shown = ["50101-甲乙", "50102-丙丁", "50199-戊己"];
        let read = [
            &shown[..],
            &[
                "2010301·甲乙",
                "2010301_丙丁",
                "30103甲乙",
                "30105· 丙丁",
                "30228_T会经费",
                "3021503-.会议",
                "30103____甲乙",
                "2031_年度",
                "50102丙丁",
                "2010301-甲乙50102丙丁",
                "2010301-甲乙50102戊己",
            ],
        ]
        .concat();
        let said = [
            &shown[..],
            &[
                "2010301-甲乙",
                "2010301-丙丁",
                "30103甲乙",
                "30105-丙丁",
                "30228-T会经费",
                "3021503-.会议",
                "30103甲乙",
                "2031年度",
                "50102-丙丁",
                "2010301-甲乙50102-丙丁",
                "2010301-甲乙50102戊己",
            ],
        ]
        .concat();
        assert_eq!(settled(&read), said);
    }

    #[test]
    fn a_dash_between_a_code_and_a_name_that_were_read_apart_is_told_by_the_same_ones_elsewhere() {
        let line = |text: &str, x0: u32, y0: u32| {
            let readings = text.chars().map(|ch| Reading::of(&ch.to_string())).collect();
            let ink = Part { x0, y0, x1: x0 + 50, y1: y0 + 18 };
            TextLine { ink, readings, crop: (x0 as f32, x0 as f32 + 50.0) }
        };
        let shown = ["50101-甲乙", "50102-丙丁", "50199-戊己"];
        let mut lines: Vec<TextLine> = shown.iter().zip(0..).map(|(text, row)| line(text, 0, 30 * row)).collect();
        lines.extend(
            [("50102", 0, 90), ("丙丁", 65, 90), ("50102", 0, 120), ("甲乙", 65, 120), ("丙丁", 65, 150)]
                .map(|(text, x0, y0)| line(text, x0, y0)),
        );
        let texts =
            |lines: &[TextLine]| -> Vec<String> { lines.iter().skip(3).map(|line| text(&line.readings)).collect() };
        // Walls all around the column of codes.
        let wall = |at: f32, to: f32| Line { at, from: -10.0, to, thickness: 1.0 };
        let walled =
            Faces::new(&[-10.0, 200.0].map(|y| wall(y, 130.0)), &[-10.0, 58.0, 130.0].map(|x| wall(x, 200.0)), 1.0);
        settle(&mut lines, &walled);
        assert_eq!(texts(&lines), ["50102", "丙丁", "50102", "甲乙", "丙丁"]);
        settle(&mut lines, &Faces::new(&[], &[], 1.0));
        assert_eq!(texts(&lines), ["50102-", "丙丁", "50102", "甲乙", "丙丁"]);
    }

    #[test]
    fn codes_of_a_page_that_shows_no_dashes_stay() {
        let read = ["50101-甲乙", "2010301·甲乙", "2010301_丙丁"];
        assert_eq!(settled(&read), ["50101-甲乙", "2010301·甲乙", "2010301丙丁"]);
    }
}
