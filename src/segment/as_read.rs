//! What models have read of a document's pages, asked by text and by place.

use std::collections::{BTreeMap, HashMap};

use super::header::bare;
use super::neighbours::Neighbours;
use crate::arithmetic::amount;
use crate::geom::Rect;
use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::read::{Cover, Piece};
use crate::repair::CleanPage;
use crate::terms::Unit;
use crate::terms::statement::unit;

/// A name is put together of so many lines at most.
const MAX_LINES: usize = 8;

/// What models have read of a document's pages.
pub(super) struct Read<'p> {
    pages: BTreeMap<u32, &'p [Piece]>,
    /// Texts that were read without another reading coming near, with the places where they were.
    pub(super) clear: HashMap<String, Vec<Provenance>>,
    pub(super) neighbours: Neighbours,
}

impl<'p> Read<'p> {
    pub(super) fn of(pages: &'p [CleanPage]) -> Self {
        let neighbours = Neighbours::of(pages.iter().flat_map(|page| &page.pieces));
        let mut read = Self { pages: BTreeMap::new(), clear: HashMap::new(), neighbours };
        for page in pages.iter().filter(|page| !page.pieces.is_empty()) {
            read.pages.insert(page.number, &page.pieces);
            for piece in page.pieces.iter().filter(|piece| is_clear(piece)) {
                let places = read.clear.entry(bare(&piece.text)).or_default();
                places.push(Provenance::at(page.number, piece.rect));
            }
        }
        read
    }

    /// Whether models have read one of some pages.
    pub(super) fn has_any(&self, pages: &[u32]) -> bool {
        pages.iter().any(|page| self.pages.contains_key(page))
    }

    /// The pieces that stand in a cell.
    pub(super) fn inside(&self, cell: &Provenance) -> impl Iterator<Item = &'p Piece> {
        let pieces = self.pages.get(&cell.page).copied().unwrap_or_default();
        let rect = cell.rect;
        pieces.iter().filter(move |piece| rect.is_some_and(|rect| rect.contains_middle(&piece.rect)))
    }

    /// The places where a text was read clearly.
    pub(super) fn clear_places(&self, text: &str) -> &[Provenance] {
        self.clear.get(&bare(text)).map_or(&[], Vec::as_slice)
    }

    /// Whether the unit that stands on some pages was read whole and says no other one: 万 is 万元.
    pub(super) fn unit_is_sure(&self, pages: &[u32]) -> bool {
        let pieces = pages.iter().filter_map(|page| self.pages.get(page)).copied().flatten();
        let mut of_unit = pieces.filter_map(|piece| Some((unit(&piece.text)?, piece)));
        of_unit.all(|(printed, piece)| {
            let is_same =
                |other: &str| Unit::from_word(other).is_some_and(|unit| Unit::from_word(printed) == Some(unit));
            let is_other = |other: &str| other != printed && !is_same(other);
            !piece.is_partial && !piece.rivals.iter().filter_map(|rival| unit(&rival.text)).any(is_other)
        })
    }

    /// Whether a text was read clearly at another place than this one.
    pub(super) fn is_read_elsewhere(&self, text: &str, page: u32, rect: &Rect) -> bool {
        let here = Provenance::at(page, *rect);
        self.clear_places(text).iter().any(|place| *place != here)
    }

    /// The pieces, each one way, of which pages a text may be put together.
    pub(super) fn ways(&self, text: &str, pages: &[u32]) -> Vec<Vec<(u32, &'p Piece)>> {
        let mut ways = Vec::new();
        for page in pages {
            let pieces = self.pages.get(page).copied().unwrap_or_default();
            let texts: Vec<(String, &Piece)> = pieces.iter().map(|piece| (bare(&piece.text), piece)).collect();
            go_on(*page, text, &texts, &mut Vec::new(), &mut ways);
        }
        ways
    }
}

/// Puts pieces together until a text is spent.
fn go_on<'p>(
    page: u32,
    rest: &str,
    pieces: &[(String, &'p Piece)],
    way: &mut Vec<(u32, &'p Piece)>,
    ways: &mut Vec<Vec<(u32, &'p Piece)>>,
) {
    if rest.is_empty() {
        ways.push(way.clone());
        return;
    }
    if way.len() >= MAX_LINES || ways.len() >= MAX_WAYS {
        return;
    }
    for (text, piece) in pieces.iter().filter(|(text, _)| !text.is_empty()) {
        let Some(rest) = rest.strip_prefix(text.as_str()) else { continue };
        let follows = |before: &Piece| {
            goes_on(&before.rect, &piece.rect) || is_spread(before, piece) && !has_between(before, piece, pieces)
        };
        if way.last().is_none_or(|(_, before)| follows(before)) {
            way.push((page, piece));
            go_on(page, rest, pieces, way, ways);
            way.pop();
        }
    }
}

/// More ways than this are not looked at: 小计 stands in every group.
const MAX_WAYS: usize = 64;

/// Whether a line stands right below another one or beside it.
fn goes_on(before: &Rect, after: &Rect) -> bool {
    let height = before.height().max(after.height());
    let (down, across) = (after.y0 - before.y1, after.x0 - before.x1);
    let is_below = (-0.3 * height..2.0 * height).contains(&down) && after.x0 < before.x1 && before.x0 < after.x1;
    is_below || is_beside(before, after) && (-0.3..3.0).contains(&(across / height))
}

/// Whether one line is level with another.
fn is_beside(before: &Rect, after: &Rect) -> bool {
    let height = before.height().max(after.height());
    after.y0 - before.y1 < -0.5 * height && after.y1 - before.y0 > 0.5 * height
}

/// The characters of a word are spread over its cell by so many of their heights at most.
const SPREAD: f32 = 16.0;

/// Whether two characters stand apart on one line, as those of a word that is spread over its cell do: 收　　入.
fn is_spread(before: &Piece, after: &Piece) -> bool {
    let is_one = |piece: &Piece| bare(&piece.text).chars().count() == 1;
    let gap = (after.rect.x0 - before.rect.x1) / before.rect.height().max(after.rect.height());
    is_one(before) && is_one(after) && is_beside(&before.rect, &after.rect) && (0.0..SPREAD).contains(&gap)
}

/// Whether something else stands between two pieces of a line.
fn has_between(before: &Piece, after: &Piece, pieces: &[(String, &Piece)]) -> bool {
    pieces.iter().any(|(_, other)| {
        is_beside(&before.rect, &other.rect) && other.rect.x1 > before.rect.x1 && other.rect.x0 < after.rect.x0
    })
}

/// Another reading of a name is close where it is this likely beside the one taken: of measured readings, nine in ten
/// wrong ones have one as close, and three in a hundred right ones.
pub(super) const CLOSE: f32 = 0.03;

/// Whether a piece was read whole and nothing else comes near what it was taken for.
pub(super) fn is_clear(piece: &Piece) -> bool {
    piece.rivals.is_empty() && !piece.is_partial && !piece.text.is_empty() && piece.cover != Some(Cover::Ink)
}

/// Tells of a figure what lies over it; returns whether that is ink like its own, which leaves it unchecked: one stroke down
/// a column can make one digit another in all its rows, and their sums hold.
///
/// Under a seal, which is taken out of the picture, sums alone tell whether it was read rightly.
pub(super) fn is_overlaid(text: &str, place: Provenance, read: &Read<'_>, notes: &mut Vec<Note>) -> bool {
    if !amount::hides_figure(text) {
        return false;
    }
    let covers = || read.inside(&place).filter_map(|piece| piece.cover);
    let (message, is_ink) = if covers().any(|cover| cover == Cover::Ink) {
        (format!("something lies over `{text}`, or touches it: it may say another figure and stays unchecked"), true)
    } else if covers().next().is_some() {
        (format!("a seal lies over `{text}`: nothing but sums tells whether it was read rightly"), false)
    } else {
        return false;
    };
    notes.push(Note::new(NoteKind::ReadingUnsure, message, place));
    is_ink
}

/// That a name may be the other one, or has characters that were not read; `hence` says what follows.
pub(super) fn unsure_note(name: &str, other: Option<&str>, hence: &str, place: Provenance) -> Note {
    let other = other.map_or_else(|| "has more characters".to_owned(), |other| format!("may be `{other}`"));
    Note::new(NoteKind::ReadingUnsure, format!("what was read as `{name}` {other}; {hence}"), place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Rival;

    #[test]
    fn a_word_that_is_spread_over_its_cell_is_put_together_unless_something_stands_between() {
        let pieces = |texts: &[(&str, f32)]| -> Vec<Piece> {
            let piece = |(text, x0): &(&str, f32)| {
                let rect = Rect { x0: *x0, y0: 0.0, x1: x0 + 9.0, y1: 9.0 };
                Piece { rect, text: (*text).to_owned(), rivals: Vec::new(), is_partial: false, cover: None }
            };
            texts.iter().map(piece).collect()
        };
        let n_ways = |texts: &[(&str, f32)]| {
            let pieces = pieces(texts);
            let pages = BTreeMap::from([(1, pieces.as_slice())]);
            let read = Read { pages, clear: HashMap::new(), neighbours: Neighbours::of(pieces.iter()) };
            read.ways("收入", &[1]).len()
        };
        assert_eq!(n_ways(&[("收", 0.0), ("入", 90.0)]), 1);
        assert_eq!(n_ways(&[("收", 0.0), ("支", 40.0), ("入", 90.0)]), 0);
    }

    #[test]
    fn a_unit_is_sure_unless_it_may_be_another_one() {
        let is_sure = |text: &str, other: &str| {
            let rect = Rect { x0: 0.0, y0: 0.0, x1: 9.0, y1: 9.0 };
            let rivals = vec![Rival { text: other.to_owned(), share: 0.3 }];
            let pieces = [Piece { rect, text: text.to_owned(), rivals, is_partial: false, cover: None }];
            let pages = BTreeMap::from([(1, pieces.as_slice())]);
            let read = Read { pages, clear: HashMap::new(), neighbours: Neighbours::of(pieces.iter()) };
            read.unit_is_sure(&[1])
        };
        assert!(is_sure("单位：万元", "单位：万") && is_sure("单位：万元", "单位；万元"));
        assert!(!is_sure("单位：万元", "单位：元") && !is_sure("单位：万元", "单位：千元"));
    }
}
