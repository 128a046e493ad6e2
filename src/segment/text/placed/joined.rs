//! The names that the texts of a header's lines make: the lines of a wrapped name are joined.

use super::EM;
use super::name::Name;
use super::piece::{Piece, TextRow};
use crate::segment::heights::WRAP_PITCH;
use crate::terms::header::{HeaderWord, is_undivided};
use std::collections::BTreeSet;

/// Lines of one name have their middles, or their left edges, this near, in characters.
const SAME_MIDDLE: f32 = 1.6;

/// A name may go on so many lines below: names of one line stand between those of two.
const MAX_APART: usize = 2;

/// The same where the two make a known word.
const MAX_APART_KNOWN: usize = 5;

/// The rest of a known word stands at most so many places right or left of its beginning.
const NEAR: usize = 3;

/// The same where the beginning follows another name at one space.
const NEAR_LOOSE: usize = 12;

/// So many characters that a known word begins with begin it.
const BEGINNING: usize = 4;

/// The names that the texts of lines make, those of one name joined.
pub(super) fn joined(head: &[TextRow]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for (idx, line) in head.iter().enumerate() {
        // A mark alone, such as the colon of a unit above, names nothing.
        let is_named = |(_, piece): &(usize, &Piece)| piece.text.contains(char::is_alphanumeric);
        for (at, piece) in line.pieces.iter().enumerate().filter(is_named) {
            let loose = piece.seen.is_none() && ((at > 0 && piece.gap == 1) || follows(head, idx, piece));
            let next = line.cell_line(piece);
            // Where heights are true, the lines of a name follow each other nearer than rows of the header.
            let is_near = |name: &Name| {
                let above = name.lines.last().map_or(0.0, |line| line.rect.center_y());
                piece.seen.is_none() || next.rect.center_y() - above < WRAP_PITCH * next.size
            };
            let fits = |name: &Name| {
                idx > name.last
                    && is_near(name)
                    && wraps(name, idx, piece)
                    && (is_rest(piece) || !(may_head(name, piece) && heads_several(head, name, line)))
            };
            let is_known = |name: &Name| makes_word(&name.word(), &piece.text);
            // Of two names that it may end, it stands below the middle of its own.
            let off = |name: &Name| (name.rect.center_x() - next.rect.center_x()).abs();
            let known = names.iter().enumerate().rev().filter(|(_, name)| fits(name) && is_known(name));
            let known = known.min_by(|(_, a), (_, b)| off(a).total_cmp(&off(b))).map(|(at, _)| at);
            match known.or_else(|| names.iter().rposition(fits)).and_then(|at| names.get_mut(at)) {
                Some(name) => name.add(idx, next, piece, loose),
                None => names.push(Name::of(next, piece, idx, loose)),
            }
        }
    }
    names
}

/// Whether a text stands one space right of one on the line above or below: layout programs place such as one block.
fn follows(head: &[TextRow], idx: usize, piece: &Piece) -> bool {
    let beside = [idx.checked_sub(1), Some(idx + 1)].into_iter().flatten().filter_map(|at| head.get(at));
    beside.flat_map(|line| &line.pieces).any(|other| other.to + 1 == piece.from)
}

/// Whether a text is the rest of a name above it: the two make a known word or begin one, or neither is one.
fn wraps(name: &Name, idx: usize, next: &Piece) -> bool {
    let n_apart = idx - name.last;
    let (above, below) = (HeaderWord::of(&name.word()), HeaderWord::of(&next.text));
    if makes_word(&name.word(), &next.text) {
        let apart = next.from.saturating_sub(name.to) + name.from.saturating_sub(next.to);
        let near = if name.loose && next.from >= name.from { NEAR_LOOSE } else { NEAR };
        return n_apart <= MAX_APART_KNOWN && apart <= near;
    }
    let Some(rect) = name.lines.last().map(|line| line.rect) else { return false };
    let same_middle = (rect.center_x() / EM - next.middle()).abs() <= SAME_MIDDLE;
    let same_left = (rect.x0 / EM - next.from as f32).abs() <= 0.5;
    let opens = next.text.starts_with(OPENING);
    n_apart <= MAX_APART
        && (same_middle || same_left)
        && (opens || above.is_none())
        && (below.is_none() || is_unfinished(name, next))
        && !begins_word(&next.text)
        && !next.text.starts_with(PART)
}

/// Whether the name of a column ends with a known word below it: 列入预算的 项目, 对下级上缴 收入.
fn is_unfinished(name: &Name, next: &Piece) -> bool {
    name.word().ends_with('的') || (!is_whole(&name.word()) && HeaderWord::of(&next.text) == Some(HeaderWord::Side))
}

/// Whether a name could be that of a group which a text below is of.
fn may_head(name: &Name, next: &Piece) -> bool {
    let word = name.word();
    if next.text.starts_with(OPENING) {
        return false;
    }
    is_whole(&word)
        || word == PART
        || (HeaderWord::of(&next.text) == Some(HeaderWord::Side) && !makes_word(&word, &next.text))
}

/// What begins so is the name of a part.
const PART: &str = "其中";

/// What is in brackets goes on with the name before it.
const OPENING: [char; 2] = ['（', '('];

/// Whether a text is too short for the name of a column: 数 below 某年预算.
fn is_rest(piece: &Piece) -> bool {
    piece.text.chars().count() == 1 && HeaderWord::of(&piece.text).is_none()
}

/// Whether a text reads as the whole name of a column or a group, known or not; 其中：某资金 goes on as a rule.
fn is_whole(text: &str) -> bool {
    if text.starts_with(PART) {
        return false;
    }
    let ends = ["收入", "支出", "经费", "预算", "决算", "资金", "拨款", "合计", "结余"];
    text.chars().count() >= BEGINNING && ends.iter().any(|end| text.ends_with(end))
}

/// Whether several texts of a line below stand nearer to a name than to those beside it: then it is their group's.
fn heads_several(head: &[TextRow], name: &Name, below: &TextRow) -> bool {
    let Some(own) = head.get(name.last) else { return false };
    let left = own.pieces.iter().filter(|piece| piece.to <= name.from).map(|piece| piece.to).max();
    let right = own.pieces.iter().filter(|piece| piece.from >= name.to).map(|piece| piece.from).min();
    let from = left.map_or(0.0, |left| (left + name.from) as f32 / 2.0);
    let to = right.map_or(f32::INFINITY, |right| (right + name.to) as f32 / 2.0);
    below.pieces.iter().filter(|piece| piece.middle() > from && piece.middle() < to).count() > 1
}

/// Whether a text is the beginning of a known word, long enough not to be so by chance.
fn begins_word(text: &str) -> bool {
    text.chars().count() >= BEGINNING && HeaderWord::all().any(|word| word.starts_with(text))
}

/// Whether two texts make a known word, or what one begins with.
///
/// A group above its columns may make one by chance: 收入 above 项目.
fn makes_word(above: &str, below: &str) -> bool {
    let whole = format!("{above}{below}");
    match (HeaderWord::of(above), HeaderWord::of(below)) {
        (Some(HeaderWord::Side), _) | (_, Some(HeaderWord::Total)) => false,
        (_, None) => HeaderWord::of(&whole).is_some() || HeaderWord::all().any(|word| word.starts_with(&whole)),
        (_, Some(_)) => HeaderWord::of(&whole).is_some(),
    }
}

/// The names that are in no path that words tell, in their order.
pub(super) fn by_places(names: &[Name]) -> Vec<usize> {
    let told: BTreeSet<usize> = names.iter().flat_map(|name| name.path.iter().copied()).collect();
    (0..names.len()).filter(|id| !told.contains(id)).collect()
}

/// How many characters two sorted texts have in common.
pub(super) fn n_common(a: &[char], b: &[char]) -> usize {
    let (mut n_common, mut i, mut j) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        n_common += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    n_common
}

/// The names with nothing below them, left to right.
pub(super) fn leaves(names: &[Name]) -> Vec<usize> {
    let covers =
        |name: &Name, other: &Name| other.rect.y0 >= name.rect.y1 && other.from < name.to && name.from < other.to;
    let by_places = by_places(names);
    let of_places = || by_places.iter().filter_map(|id| names.get(*id));
    let is_leaf = |id: &usize| {
        names.get(*id).is_some_and(|name| is_undivided(&name.word()) || !of_places().any(|other| covers(name, other)))
    };
    let mut leaves: Vec<usize> = by_places.iter().copied().filter(is_leaf).collect();
    leaves.sort_by_key(|id| names.get(*id).map_or(0, |name| name.from + name.to));
    leaves.extend((0..names.len()).filter(|id| names.get(*id).is_some_and(|name| !name.path.is_empty())));
    leaves
}
