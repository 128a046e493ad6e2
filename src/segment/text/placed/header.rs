//! The header of a table by where its texts stand: wrapped names joined, and each column with the name below which it stands.

use super::bind::{self, Bound};
use super::columns::{Column, Holds};
use super::joined::{by_places, joined, leaves};
use super::name::{Group, Name};
use super::piece::{Piece, Places, TextRow};
use super::{PITCH, groups, ruled_out, siblings};
use crate::segment::text::header::has_general_beside_parts;
use crate::terms::form::FormLabel;

/// The names in the lines of a header.
pub(super) fn names(head: &[TextRow]) -> Vec<Name> {
    let is_seen = head.iter().flat_map(|line| &line.pieces).any(|piece| piece.seen.is_some());
    let siblings = if is_seen { None } else { siblings::names(head) };
    let mut names = siblings.unwrap_or_else(|| joined(head));
    for at in 0..names.len() {
        let group = names.get(at).map_or(Group::No, |name| group(name, &names));
        if let Some(name) = names.get_mut(at) {
            name.group = if name.path.is_empty() { group } else { Group::No };
        }
    }
    names
}

/// The columns under a header.
pub(super) struct Headed {
    /// Those that show text and those that only the header shows.
    pub(super) columns: Vec<Column>,
    /// For each column the names above it, from the top down, by their place among the texts.
    pub(super) paths: Vec<Vec<usize>>,
    /// For each column whether another group over it is about as likely.
    pub(super) rivalled: Vec<bool>,
    /// For each column whether its texts surely stand under their own name.
    pub(super) sure: Vec<bool>,
    /// For each column whether every reading that has its texts elsewhere is much worse, whatever its neighbours are.
    pub(super) far: Vec<bool>,
    /// Whether any column has a rival but for its group, so that sums may tell better which are shown.
    pub(super) is_unsure: bool,
}

/// The columns under a header.
pub(super) fn columns(shown: &[Column], names: &[Name], body: &[TextRow], places: Places) -> Headed {
    let leaves = leaves(names);
    let siblings = if places == Places::Seen { None } else { siblings::bound(shown, names, &leaves, body) };
    let mut bound = siblings.unwrap_or_else(|| bind::bound(shown, names, &leaves, body, places));
    join_nameless_words(&mut bound, body);
    let named: Vec<Option<usize>> = bound.iter().map(|bound| bound.name).collect();
    let mut columns: Vec<Column> = Vec::new();
    for (at, Bound { column, name, .. }) in bound.iter().enumerate() {
        let before = columns.last().map_or(0, |column| column.to);
        columns.push(column.clone().unwrap_or_else(|| {
            // A blank column stands where its name does, and never where texts of its neighbours do.
            let after = bound.get(at + 1..).unwrap_or_default().iter().find_map(|bound| bound.column.as_ref());
            let after = after.map_or(usize::MAX, |column| column.from);
            let name = name.and_then(|id| names.get(id));
            let (from, to) = name.map_or((0, 0), |name| (name.from, name.to));
            let from = from.clamp(before.min(after), after);
            let holds = name.filter(|name| bind::is_of_no_money(name)).map(|_| Holds::Names);
            Column { from, to: to.clamp(from, after.max(from)), holds }
        }));
    }
    let (paths, margins) = told_paths(names, &columns, &named);
    // Where names do not surely stand over their columns, those of groups do not either.
    let is_adrift = bound.iter().any(|bound| !bound.sure);
    let margin = if is_adrift { ruled_out::MARGIN_ADRIFT } else { groups::MARGIN };
    // A name that stands over no column says that the header is another than this one.
    let is_told =
        |id: usize| paths.iter().any(|path| path.contains(&id)) || names.iter().any(|name| name.path.contains(&id));
    let loses_names = !(0..names.len()).all(is_told);
    let rivalled = margins.iter().map(|own| loses_names || *own < margin).collect();
    // What has no near rival is sure, but where texts push each other to the right and a group may be wrong.
    let is_flat = paths.iter().all(|path| path.len() <= 1);
    let is_ordered = places == Places::Drifting;
    let texts = |path: &Vec<usize>| path.iter().filter_map(|id| names.get(*id)).map(Name::word).collect();
    let is_misread = has_general_beside_parts(&paths.iter().map(texts).collect::<Vec<_>>());
    let is_far = |bound: &Bound| bound.is_far && !is_misread;
    let sure = |bound: &Bound| !is_misread && bound.sure || ((is_flat || is_ordered) && is_far(bound));
    let far = bound.iter().map(|bound| is_ordered && is_far(bound)).collect();
    let is_unsure = bound.iter().any(|bound| !(bound.sure || is_flat && bound.is_far));
    let sure = bound.iter().map(sure).collect();
    Headed { columns, paths, rivalled, sure, far, is_unsure }
}

/// Texts under no name that are words of those left of them: each follows one of these at one space, or nothing stands
/// right of them.
fn join_nameless_words(bound: &mut Vec<Bound>, body: &[TextRow]) {
    let of_names = |bound: &Bound| bound.column.clone().filter(|column| column.holds == Some(Holds::Names));
    let follows = |column: &Column| {
        let own = |piece: &&Piece| column.has(piece);
        body.iter().flat_map(|line| &line.pieces).filter(own).all(|piece| piece.gap == 1)
    };
    for at in (1..bound.len()).rev() {
        let is_last = at + 1 == bound.len();
        let [own, words] = bound.get(at - 1..=at).unwrap_or_default() else { continue };
        if words.name.is_none()
            && let (Some(left), Some(right)) = (of_names(own), of_names(words))
            && (is_last || follows(&right))
        {
            bound.remove(at);
            if let Some(own) = bound.get_mut(at - 1) {
                own.column = Some(Column { to: right.to, ..left });
            }
        }
    }
}

/// For each column the names above it, and by how much no other group is worse: as words tell them, else by places.
fn told_paths(names: &[Name], columns: &[Column], named: &[Option<usize>]) -> (Vec<Vec<usize>>, Vec<f32>) {
    let told = |name: &Option<usize>| name.and_then(|id| names.get(id)).filter(|name| !name.path.is_empty());
    let placed: Vec<usize> = by_places(names);
    let rest: Vec<usize> =
        (0..columns.len()).filter(|column| named.get(*column).is_some_and(|id| told(id).is_none())).collect();
    let own_names: Vec<Name> = placed.iter().filter_map(|id| names.get(*id).cloned()).collect();
    let own_columns: Vec<Column> = rest.iter().filter_map(|column| columns.get(*column).cloned()).collect();
    let own_named: Vec<Option<usize>> = rest
        .iter()
        .map(|column| named.get(*column).copied().flatten().and_then(|id| placed.binary_search(&id).ok()))
        .collect();
    let (own_paths, own_margins) = groups::paths(&own_names, &own_columns, &own_named);
    let mut paths: Vec<Vec<usize>> =
        named.iter().map(|name| told(name).map_or_else(Vec::new, |name| name.path.clone())).collect();
    let mut margins = vec![f32::INFINITY; columns.len()];
    for ((column, path), margin) in rest.into_iter().zip(own_paths).zip(own_margins) {
        if let (Some(slot), Some(of_column)) = (paths.get_mut(column), margins.get_mut(column)) {
            *slot = path.into_iter().filter_map(|id| placed.get(id).copied()).collect();
            *of_column = margin;
        }
    }
    (paths, margins)
}

fn group(name: &Name, names: &[Name]) -> Group {
    let lower = || names.iter().filter(|other| other.rect.y0 >= name.rect.y1);
    if !lower().any(|other| other.to <= name.from) || !lower().any(|other| other.from >= name.to) {
        return Group::No;
    }
    let top = names.iter().map(|other| other.rect.y0).fold(f32::INFINITY, f32::min);
    if name.rect.y1 < top + PITCH { Group::Likely } else { Group::May }
}

/// Whether the names of a header are those of the levels and values of indicators.
pub(super) fn lists_indicators(names: impl Iterator<Item = impl AsRef<str>>) -> bool {
    names.filter(|name| names_indicators(name.as_ref())).count() >= INDICATOR_COLUMNS
}

/// Whether a name is that of a column of indicators.
pub(super) fn names_indicators(name: &str) -> bool {
    FormLabel::of(name).and_then(FormLabel::indicator).is_some()
}

/// A header with so many columns of indicators is that of a table of them.
const INDICATOR_COLUMNS: usize = 3;

#[cfg(test)]
mod tests;
