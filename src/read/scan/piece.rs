//! What models read of one line of text is kept with what it may say instead, and with what they left unread.

use super::gray::Gray;
use super::ink::TEXT_INK;
use super::place::{TextLine, em, half_width};
use crate::read::{Piece, Rival};
use crate::terms::compatibility::{mainland, nfkc};

/// So many other readings of a line are kept.
const MAX_RIVALS: usize = 8;
/// Ink that no character explains is unread where it is this wide, in ems: less is the edge of a character.
const UNREAD: f32 = 0.45;
/// Characters may stand this much beside where the model's steps place them, in ems.
const LOOSE: f32 = 0.2;

/// A line as it was read; `scale` is pixels a point.
pub(super) fn piece(line: &TextLine, page: &Gray, scale: f32) -> Piece {
    let text = |other: Option<(usize, &str)>| -> String {
        let texts = line.readings.iter().enumerate();
        texts.map(|(i, reading)| other.filter(|(at, _)| *at == i).map_or(reading.text.as_str(), |(_, t)| t)).collect()
    };
    let with_rival = |(i, reading): (usize, &super::recognise::Reading)| {
        let rival = reading.rival.as_deref()?;
        Some(Rival { text: text(Some((i, rival))), share: reading.share })
    };
    let mut rivals: Vec<Rival> = line.readings.iter().enumerate().filter_map(with_rival).collect();
    let taken = text(None);
    // The same mark in another width is no other reading, nor is the same character in the form of another standard.
    let plain = |text: &str| mainland(&nfkc(text)).into_owned();
    let own = plain(&taken);
    rivals.retain(|rival| plain(&rival.text) != own);
    rivals.sort_by(|a, b| b.share.total_cmp(&a.share));
    rivals.truncate(MAX_RIVALS);
    Piece { rect: line.ink.rect(scale), text: taken, rivals, is_partial: unread(line, page) >= UNREAD, cover: None }
}

/// The widest stretch of a line's ink that is in no character that was read, in ems.
fn unread(line: &TextLine, page: &Gray) -> f32 {
    let em = em(line);
    let (from, to) = line.crop;
    let reach: Vec<(f32, f32)> = line
        .readings
        .iter()
        .map(|reading| {
            let (middle, half) = (from + reading.at * (to - from), (half_width(reading) + LOOSE) * em);
            (middle - half, middle + half)
        })
        .collect();
    let is_ink = |x: u32| {
        (line.ink.y0..line.ink.y1).any(|y| page.row(y as usize).get(x as usize).is_some_and(|p| *p < TEXT_INK))
    };
    let is_read = |x: u32| reach.iter().any(|(from, to)| (*from..*to).contains(&(x as f32)));
    let (mut widest, mut n) = (0_u32, 0_u32);
    for x in line.ink.x0..line.ink.x1 {
        if is_read(x) {
            n = 0;
        } else {
            n += u32::from(is_ink(x));
        }
        widest = widest.max(n);
    }
    widest as f32 / em.max(1.0)
}
