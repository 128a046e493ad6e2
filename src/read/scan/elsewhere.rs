//! Names that a page prints several times: one that was misread by a character is told by the others.

use std::collections::HashSet;

use super::place::TextLine;
use super::recognise::{Reading, is_ideograph};
use crate::terms::enumerator::is_numeral;

/// Shorter names may differ in one character and both be right.
const SHORTEST: usize = 4;
/// Nothing else comes near a reading where it is less likely than this beside it.
const CLEAR: f32 = 0.03;
/// Another reading of a character is taken where it is this likely beside the one that was.
const NEAR: f32 = 0.1;

/// Takes another reading of one character where a line was clearly read so elsewhere on the page, and as it was taken nowhere.
pub(super) fn settle(lines: &mut [TextLine]) {
    let is_clear = |line: &&TextLine| {
        line.readings.len() >= SHORTEST && line.readings.iter().all(|r| r.rival.is_none() || r.share < CLEAR)
    };
    let clear: HashSet<String> = lines.iter().filter(is_clear).map(|line| text(&line.readings, None)).collect();
    for line in lines.iter_mut().filter(|line| line.readings.len() >= SHORTEST) {
        if clear.contains(&text(&line.readings, None)) {
            continue;
        }
        let known = line.readings.iter().enumerate().find_map(|(at, reading)| {
            let other =
                reading.rival.as_deref().filter(|other| reading.share >= NEAR && are_words(&reading.text, other))?;
            clear.contains(&text(&line.readings, Some((at, other)))).then(|| (at, other.to_owned()))
        });
        if let Some((at, other)) = known
            && let Some(reading) = line.readings.get_mut(at)
        {
            reading.rival = Some(std::mem::replace(&mut reading.text, other));
        }
    }
}

/// Whether two readings are ideographs that count nothing: 三 and 二 stand beside anything.
fn are_words(one: &str, other: &str) -> bool {
    let is_word = |text: &str| is_ideograph(text) && !text.chars().any(is_numeral);
    is_word(one) && is_word(other)
}

/// What a line says, with another reading at one place.
fn text(readings: &[Reading], other: Option<(usize, &str)>) -> String {
    let texts = readings.iter().enumerate();
    texts.map(|(i, reading)| other.filter(|(at, _)| *at == i).map_or(reading.text.as_str(), |(_, text)| text)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::ink::Part;
    use super::*;

    /// What becomes of lines, the last of which has a character that may be another one.
    fn settled(lines: &[&str], at: usize, rival: &str, share: f32) -> String {
        let line = |said: &&str| {
            let readings = said.chars().map(|ch| Reading::of(&ch.to_string())).collect();
            TextLine { ink: Part { x0: 0, y0: 0, x1: 90, y1: 18 }, readings, crop: (0.0, 90.0) }
        };
        let mut lines: Vec<TextLine> = lines.iter().map(line).collect();
        let last = lines.last_mut().unwrap();
        (last.readings[at].rival, last.readings[at].share) = (Some(rival.to_owned()), share);
        settle(&mut lines);
        text(&lines.last().unwrap().readings, None)
    }

    #[test]
    fn a_name_that_was_nearly_read_as_one_that_stands_elsewhere_is_that_one() {
        assert_eq!(settled(&["分散自行组织", "分散白行组织"], 2, "自", 0.3), "分散自行组织");
        assert_eq!(settled(&["分散自行组织", "分散白行组织"], 2, "自", 0.05), "分散白行组织", "far from likely");
        assert_eq!(settled(&["集中采购组织", "分散白行组织"], 2, "自", 0.3), "分散白行组织");
    }

    #[test]
    fn names_that_both_stand_there_and_those_of_one_kind_stay() {
        let both = ["甲区城东街道", "甲区城车街道", "甲区城东街道"];
        assert_eq!(settled(&both, 3, "车", 0.3), "甲区城东街道");
        assert_eq!(settled(&["三类会议费", "二类会议费"], 0, "三", 0.3), "二类会议费");
        assert_eq!(settled(&["水费", "永费"], 0, "水", 0.3), "永费");
    }
}
