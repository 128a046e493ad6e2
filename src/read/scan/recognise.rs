//! Pictures of lines become characters, each with its place and its rivals.

use std::time::Instant;

use super::gray::Gray;
use super::models::Models;
use crate::terms::compatibility::mainland;

/// The height that the model reads lines at.
const HEIGHT: usize = 48;
/// No line is made wider than this.
const MAX_WIDTH: usize = 3200;
/// Lines read at once are together no wider than this: each step of 8 pixels costs 75 kB.
const BATCH_WIDTH: usize = 2400;
/// A second reading of a character is kept where the model gives it at least this share.
const RIVAL: f32 = 0.005;
/// And further ones where it gives them this share: they are taken for nothing but the letters of official words …
const OTHER: f32 = 0.0003;
/// … and there are so many of them.
const MAX_OTHERS: usize = 4;

/// A character that was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    pub(super) text: String,
    /// Its middle, as a share of the line's width.
    pub(super) at: f32,
    /// What the model thinks of it.
    pub(super) score: f32,
    /// The next likely reading.
    pub(super) rival: Option<String>,
    /// How likely that is beside the one that was taken: 0 to 1.
    pub(super) share: f32,
    /// What is less likely still, likeliest first.
    pub(super) others: Vec<String>,
}

impl Reading {
    /// A character in the middle of its line that no model has read.
    pub(super) fn of(text: &str) -> Self {
        Self { text: text.to_owned(), at: 0.5, score: 0.0, rival: None, share: 0.0, others: Vec::new() }
    }

    /// Whether it is one digit.
    pub(super) fn is_digit(&self) -> bool {
        self.text.len() == 1 && self.text.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Takes the form of a character that mainland texts print where the model nearly read it: 强 for 強.
    pub(super) fn settle_form(&mut self) {
        let form = mainland(&self.text).into_owned();
        if form != self.text && self.rival.as_ref() == Some(&form) {
            (self.text, self.rival) = (form, None);
        }
    }

    /// What stands for ink that looks like no character.
    pub(super) fn unreadable() -> Self {
        let mut text = [0; 4];
        Self::of(char::REPLACEMENT_CHARACTER.encode_utf8(&mut text))
    }
}

/// Reads parts of a page (`x0, y0, x1, y1` in pixels); `None` for what is not read any more at the deadline.
pub(super) fn read(
    models: &Models,
    page: &Gray,
    crops: &[[f32; 4]],
    deadline: Instant,
) -> Result<Vec<Option<Vec<Reading>>>, String> {
    let width_of = |[x0, y0, x1, y1]: &[f32; 4]| {
        let width = (HEIGHT as f32 * (x1 - x0) / (y1 - y0).max(1.0)).ceil() as usize;
        width.clamp(16, MAX_WIDTH)
    };
    let mut order: Vec<(usize, usize)> = crops.iter().map(width_of).enumerate().map(|(i, width)| (width, i)).collect();
    order.sort_unstable();
    let mut out = vec![None; crops.len()];
    let mut rest = order.as_slice();
    while !rest.is_empty() {
        if Instant::now() > deadline {
            break;
        }
        let fits = |n: &usize| rest.get(n - 1).is_some_and(|(width, _)| width * n <= BATCH_WIDTH);
        let n = (1..=16).take_while(fits).last().unwrap_or(1);
        let (batch, later) = rest.split_at(n);
        rest = later;
        // The model halves widths three times.
        let width = batch.last().map_or(16, |(width, _)| *width).next_multiple_of(8);
        let mut pixels = vec![0.0_f32; n * 3 * HEIGHT * width];
        for ((own, crop), picture) in batch.iter().zip(pixels.chunks_mut(3 * HEIGHT * width)) {
            let Some(crop) = crops.get(*crop) else { continue };
            let line = page.scaled(*crop, *own, HEIGHT);
            for channel in picture.chunks_mut(HEIGHT * width) {
                for (y, row) in channel.chunks_mut(width).enumerate() {
                    for (value, pixel) in row.iter_mut().zip(line.row(y)) {
                        *value = f32::from(*pixel) / 127.5 - 1.0;
                    }
                }
            }
        }
        let answer = models.recognise([n, 3, HEIGHT, width], &pixels)?;
        let [_, n_steps, n_classes] = answer.shape;
        for ((own, idx), steps) in batch.iter().zip(answer.numbers.chunks(n_steps * n_classes)) {
            let steps: Vec<&[f32]> = steps.chunks(n_classes).collect();
            let share = width as f32 / *own as f32;
            if let Some(slot) = out.get_mut(*idx) {
                *slot = Some(decode(&steps, share, &models.classes));
            }
        }
    }
    Ok(out)
}

/// The likeliest class of each step; the same one in neighbouring steps is one character.
fn decode(steps: &[&[f32]], share: f32, classes: &[String]) -> Vec<Reading> {
    let mut out: Vec<Reading> = Vec::new();
    let mut last = 0;
    let (mut n_same, mut first) = (0, 0);
    for (t, numbers) in steps.iter().enumerate() {
        let (mut best, mut next) = ((0.0, 0), (0.0, 0));
        for (class, number) in numbers.iter().enumerate() {
            if *number > best.0 {
                // That nothing stands here is no other reading.
                if best.1 != 0 {
                    next = best;
                }
                best = (*number, class);
            } else if *number > next.0 && class != 0 {
                next = (*number, class);
            }
        }
        let (score, class) = best;
        let at = |first: usize, n: usize| (first as f32 + n as f32 / 2.0) / steps.len() as f32 * share;
        if class != 0 && class == last {
            n_same += 1;
            if let Some(reading) = out.last_mut() {
                reading.at = at(first, n_same);
                reading.score = reading.score.max(score);
            }
        } else if class != 0 {
            (first, n_same) = (t, 1);
            let rival = (next.0 >= RIVAL).then(|| classes.get(next.1).cloned()).flatten();
            let text = classes.get(class).cloned().unwrap_or_default();
            let share = next.0 / score.max(next.0).max(f32::MIN_POSITIVE);
            let others = others(numbers, [class, next.1], classes);
            out.push(Reading { text, at: at(t, 1), score, rival, share, others });
        }
        last = class;
    }
    out
}

/// What else a step may show, likeliest first: no more than a few, and not what is taken already.
fn others(numbers: &[f32], taken: [usize; 2], classes: &[String]) -> Vec<String> {
    let likely = numbers.iter().enumerate().skip(1).filter(|(_, number)| **number >= OTHER);
    let mut likely: Vec<(usize, f32)> =
        likely.filter(|(class, _)| !taken.contains(class)).map(|(class, number)| (class, *number)).collect();
    likely.sort_by(|a, b| b.1.total_cmp(&a.1));
    likely.into_iter().take(MAX_OTHERS).filter_map(|(class, _)| classes.get(class).cloned()).collect()
}

/// Whether a text is Chinese characters and nothing else.
pub(super) fn is_ideograph(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_in_the_form_of_another_standard_is_the_one_that_was_nearly_read() {
        let settled = |text: &str, rival: &str| {
            let mut reading = Reading { rival: Some(rival.to_owned()), ..Reading::of(text) };
            reading.settle_form();
            reading.text
        };
        assert_eq!(
            (settled("強", "强"), settled("強", "张"), settled("强", "強")),
            ("强".into(), "強".into(), "强".into())
        );
    }

    #[test]
    fn a_class_counts_once_until_something_stands_between() {
        let classes: Vec<String> = ["", "甲", "1"].map(str::to_owned).to_vec();
        let step = |class: usize| -> Vec<f32> { (0..3).map(|c| if c == class { 0.9 } else { 0.05 }).collect() };
        let steps: Vec<Vec<f32>> = [1, 1, 0, 1, 2, 2, 0, 0].map(step).to_vec();
        let steps: Vec<&[f32]> = steps.iter().map(Vec::as_slice).collect();
        let read = decode(&steps, 1.0, &classes);
        let texts: String = read.iter().map(|r| r.text.as_str()).collect();
        assert_eq!(texts, "甲甲1");
        assert_eq!(read[0].at, 1.0 / 8.0);
        assert_eq!(read[0].rival.as_deref(), Some("1"));
    }
}
