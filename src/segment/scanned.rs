//! What models read of a picture names columns and rows only where something else bears it out: sums do not see names.

use std::collections::{BTreeMap, BTreeSet};

use super::as_read::{CLOSE, Read, is_clear, is_overlaid, unsure_note};
use super::doubt::Doubt;
use super::header::bare;
use super::neighbours::RANKED;
use super::text::guess;
use super::{Cell, Layout, Region, TableRegion, printed_again, scanned_form};
use crate::arithmetic::code;
use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::read::{Cover, Piece, Rival, pieces_as_seen};
use crate::repair::CleanPage;
use crate::terms::class::{functional, is_item};
use crate::terms::column::{ColumnRole, role_of};
use crate::terms::economic;
use crate::terms::enumerator;
use crate::terms::header::{HeaderWord, is_official, without_year};

/// Marks the amounts of tables that models have read where their column or row is named by what may say something else.
pub(super) fn doubt(layout: &mut Layout, pages: &[CleanPage]) {
    let read = Read::of(pages);
    for region in &mut layout.regions {
        match region {
            Region::Table(table) if read.has_any(&table.pages) => {
                let otherwise = printed_again::take(table);
                doubt_headers(table, &otherwise, &read, &mut layout.notes);
                doubt_names(table, &read, &mut layout.notes);
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells).flatten() {
                    if is_overlaid(&cell.text, cell.provenance, &read, &mut layout.notes) {
                        cell.doubt = Some(Doubt::Covered);
                    }
                }
            }
            Region::Form(form) if read.has_any(&form.pages) => scanned_form::doubt(form, &read, &mut layout.notes),
            _ => {}
        }
    }
}

/// Whether something bears out the name of a column: official words that no other reading makes of it, or the same name
/// on another page.
fn is_proven(name: &str, pages: &[u32], read: &Read<'_>) -> bool {
    let ways = read.ways(name, pages);
    if ways.is_empty() || ways.iter().flatten().any(|(_, piece)| piece.is_partial) {
        return false;
    }
    if !is_official(name) {
        // A fax loses the one thin stroke of 一 on every page alike: 般公共预算.
        if is_official(&format!("一{name}")) {
            return false;
        }
        // A year that a title or another column has as well is no digit misread.
        let with_name = || read.clear.iter().filter(|(text, _)| text.contains(name)).flat_map(|(_, places)| places);
        let has_year = |(page, piece): &(u32, &Piece)| {
            let here = Provenance::at(*page, piece.rect);
            with_name().any(|place| *place != here)
        };
        let is_year = name.ends_with('年') && without_year(name).is_empty();
        if is_year && ways.iter().flatten().all(has_year) {
            return true;
        }
        let elsewhere = |(page, piece): &(u32, &Piece)| {
            is_clear(piece) && read.clear_places(&piece.text).iter().any(|place| place.page != *page)
        };
        return ways.iter().flatten().all(elsewhere);
    }
    !ways.iter().any(|way| {
        (0..way.len()).any(|i| {
            let rivals = way.get(i).map_or(&[][..], |(_, piece)| &piece.rivals);
            rivals.iter().any(|rival| {
                let texts = way.iter().enumerate();
                let other: String =
                    texts.map(|(j, (_, piece))| bare(if i == j { &rival.text } else { &piece.text })).collect();
                is_official(&other)
            })
        })
    })
}

/// Whether a text looks like no name at all, or like the beginning of one (一般公): the drawing of the header is not
/// understood there.
fn is_torn(name: &str) -> bool {
    !name.chars().any(|ch| ('\u{4e00}'..='\u{9fff}').contains(&ch)) || HeaderWord::begins(name) && !is_official(name)
}

/// The columns near a torn name: all below the uppermost cell over it, which its own walls hold apart from others, and the
/// ones beside them.
fn misdrawn(columns: &[Vec<String>], unproven: &BTreeSet<String>) -> BTreeSet<usize> {
    let mut near = BTreeSet::new();
    let is_near = |path: &Vec<String>| path.iter().any(|name| unproven.contains(name) && is_torn(name));
    for torn in (0..columns.len()).filter(|column| columns.get(*column).is_some_and(is_near)) {
        let top = |column: usize| columns.get(column).and_then(|path| path.first());
        let is_below = |column: &usize| top(*column) == top(torn);
        let first = (0..torn).rev().take_while(is_below).last().unwrap_or(torn);
        let last = (torn..columns.len()).take_while(is_below).last().unwrap_or(torn);
        near.extend(first.saturating_sub(1)..=last + 1);
    }
    near
}

/// Whether each column holds amounts, by most of its texts and by its name: codes of units look like amounts.
fn holds_amounts(table: &TableRegion) -> Vec<bool> {
    unless_codes(guess::holds_amounts(table), table)
}

/// Whether each column has some amount that may be vouched for, beside those that hold amounts by most of their texts: the
/// others there may be misread.
fn has_amounts(table: &TableRegion, holds_amounts: &[bool]) -> Vec<bool> {
    let both = holds_amounts.iter().zip(unless_codes(guess::holds_an_amount(table), table));
    both.map(|(most, some)| *most || some).collect()
}

fn unless_codes(holds: Vec<bool>, table: &TableRegion) -> Vec<bool> {
    let is_named = |path: &Vec<String>| path.last().and_then(|leaf| role_of(leaf, path)) != Some(ColumnRole::Code);
    holds.into_iter().zip(&table.columns).map(|(holds, path)| holds && is_named(path)).collect()
}

fn doubt_headers(table: &mut TableRegion, otherwise: &BTreeSet<usize>, read: &Read<'_>, notes: &mut Vec<Note>) {
    let holds_amounts = holds_amounts(table);
    let names: BTreeSet<&String> = table.columns.iter().flatten().collect();
    let unproven: BTreeSet<String> =
        names.into_iter().filter(|name| !is_proven(name, &table.pages, read)).cloned().collect();
    let has_amounts = has_amounts(table, &holds_amounts);
    let is_amount = |column: usize| has_amounts.get(column) == Some(&true);
    // What names another column stands among the amounts of this one: the header ends elsewhere. Its own name stands there
    // where the header is printed again.
    let is_strange = |cell: &Cell, path: &[String]| {
        let text = bare(&cell.text);
        !path.contains(&text) && is_official(&text)
    };
    let has_names = table.rows.iter().any(|row| {
        let cells = row.cells.iter().zip(&table.columns).zip(&holds_amounts).filter(|(_, amounts)| **amounts);
        cells.into_iter().any(|((cell, path), _)| cell.as_ref().is_some_and(|cell| is_strange(cell, path)))
    });
    let is_astray = has_names || !read.unit_is_sure(&table.pages);
    let misdrawn = misdrawn(&table.columns, &unproven);
    let has_digits = |column: usize| {
        let mut cells = table.rows.iter().filter_map(|row| row.cell(column));
        cells.any(|cell| cell.text.contains(|ch: char| ch.is_ascii_digit()))
    };
    let twice = |column: usize| {
        let path = table.columns.get(column);
        let beside = [column.checked_sub(1), column.checked_add(1)];
        beside.into_iter().flatten().any(|other| is_amount(other) && table.columns.get(other) == path)
    };
    let doubtful: Vec<bool> = (0..table.columns.len())
        .map(|column| {
            let of_path = || table.columns.get(column).into_iter().flatten().any(|name| unproven.contains(name));
            let is_doubtful =
                is_astray || misdrawn.contains(&column) || otherwise.contains(&column) || of_path() || twice(column);
            is_amount(column) && has_digits(column) && is_doubtful
        })
        .collect();
    if !doubtful.contains(&true) {
        return;
    }
    for row in &mut table.rows {
        let cells = row.cells.iter_mut().zip(&doubtful).filter(|(_, doubtful)| **doubtful);
        for cell in cells.filter_map(|(cell, _)| cell.as_mut()) {
            cell.doubt.get_or_insert(Doubt::HeaderUnproven);
        }
    }
    let names: BTreeSet<String> = table
        .columns
        .iter()
        .zip(&doubtful)
        .filter(|(_, doubtful)| **doubtful)
        .map(|(path, _)| path.join("/"))
        .collect();
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    let page = table.pages.first().copied().unwrap_or(1);
    let message =
        format!("nothing bears out what was read of the header: {}; amounts below it stay unchecked", names.join(", "));
    notes.push(Note::new(NoteKind::ReadingUnsure, message, Provenance::page(page)));
}

fn doubt_names(table: &mut TableRegion, read: &Read<'_>, notes: &mut Vec<Note>) {
    let holds_amounts = holds_amounts(table);
    let has_amounts = has_amounts(table, &holds_amounts);
    for row in &mut table.rows {
        let code = |column: usize| {
            let is_code = |text: &String| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let left = row.cells.get(..column)?.iter().rev().flatten();
            left.map(|cell| bare(&cell.text)).find(is_code)
        };
        let names = row.cells.iter().zip(&holds_amounts).enumerate().filter(|(_, (_, amounts))| !**amounts);
        let mut rivalled = names.filter_map(|(idx, (cell, _))| unsure_name(cell.as_ref()?, code(idx).as_deref(), read));
        let rivalled = rivalled.next();
        let Some((name, rival)) = rivalled else { continue };
        let amounts = row.cells.iter_mut().zip(&has_amounts).filter(|(_, amounts)| **amounts);
        let mut n_amounts = 0;
        for cell in amounts.filter_map(|(cell, _)| cell.as_mut()) {
            cell.doubt.get_or_insert(Doubt::NameUnproven);
            n_amounts += 1;
        }
        if n_amounts > 0 {
            notes.push(unsure_note(&name, rival.as_deref(), "amounts of the row stay unchecked", row.provenance));
        }
    }
}

/// What of a cell that names a row may say something else, and what; an item is borne out by the code left of it, too.
fn unsure_name(cell: &Cell, code: Option<&str>, read: &Read<'_>) -> Option<(String, Option<String>)> {
    let page = cell.provenance.page;
    let name = bare(&cell.text);
    let is_word = is_official(&name) || code.is_some_and(|code| economic::is_named(code, &name));
    let pieces: Vec<&Piece> = read.inside(&cell.provenance).collect();
    for (idx, piece) in pieces.iter().enumerate() {
        let is_covered = piece.cover.is_some();
        let mut close = piece.rivals.iter().filter(|rival| rival.share >= CLOSE || is_covered);
        // The end of one line and the beginning of the next stand beside each other.
        let before = idx.checked_sub(1).and_then(|before| pieces.get(before)?.text.chars().last());
        let after = pieces.get(idx + 1).and_then(|after| after.text.chars().next());
        let between = |text: &str| before.into_iter().chain(text.chars()).chain(after).collect::<String>();
        let is_known = |rival: &Rival| {
            let rival = Rival { text: between(&rival.text), share: rival.share };
            read.neighbours.bear_out(&between(&piece.text), &rival)
        };
        let close = close.find(|rival| is_covered || !is_known(rival));
        let is_clear = close.is_none() && piece.cover != Some(Cover::Ink);
        let is_borne_out =
            is_clear || is_word || is_official_name(piece) || read.is_read_elsewhere(&piece.text, page, &piece.rect);
        // No name begins with the mark behind a number.
        if piece.is_partial || piece.text.starts_with('、') || !is_borne_out {
            return Some((piece.text.clone(), close.map(|rival| rival.text.clone())));
        }
    }
    None
}

/// Whether a piece is an official name that no other reading makes another one: alone, behind an item's number
/// (十七、援助其他地区支出), or behind its own code (30228-工会经费), which bears the name out as the name does the code. Of an
/// item without its code no other reading may be nearly as likely, whatever it says.
fn is_official_name(piece: &Piece) -> bool {
    let said = |text: &str| {
        let text = bare(text);
        if let Some((code, name)) = code::in_front(&text) {
            let is_named = functional(name) == Some(code) || economic::is_named(code, name);
            return is_named.then_some(text);
        }
        let (is_numbered, name) = enumerator::split(&text).map_or((false, text), |(_, name)| (true, name));
        (is_numbered && is_official(&name) || functional(&name).is_some() || is_item(&name)).then_some(name)
    };
    let Some(own) = said(&piece.text).filter(|_| piece.cover.is_none()) else { return false };
    let is_other = |rival: &Rival| match said(&rival.text) {
        Some(other) => other != own,
        None => is_item(&own) && rival.share >= RANKED,
    };
    !piece.rivals.iter().any(is_other)
}

/// What models read of each page that is a picture, where it is seen.
pub(super) fn seen(pages: Vec<CleanPage>) -> BTreeMap<u32, Vec<Piece>> {
    pieces_as_seen(pages.into_iter().map(|page| (page.number, page.pieces, page.seen)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Rect;

    #[test]
    fn an_official_name_behind_a_number_is_borne_out_whatever_the_number_is() {
        let is_sure = |other: &str| is_borne_out("二、外交支出", other, 0.6);
        assert!(is_sure("…、外交支出") && is_sure("二、外交攴出"));
        assert!(!is_sure("二、国防支出"));
    }

    #[test]
    fn a_code_and_its_official_name_bear_each_other_out() {
        assert!(
            is_borne_out("30228-工会经费", "30228-T会经费", 0.6)
                && is_borne_out("30228-工会经费", "30226-工会经费", 0.6)
        );
        assert!(!is_borne_out("30228-福利费", "30228-福利費", 0.1));
    }

    #[test]
    fn an_item_by_its_name_alone_is_borne_out_where_it_is_the_likelier_reading() {
        assert!(is_borne_out("印刷费", "印制费", 0.3) && !is_borne_out("印刷费", "印制费", 0.6));
        assert!(!is_borne_out("水费", "电费", 0.1));
    }

    fn is_borne_out(text: &str, other: &str, share: f32) -> bool {
        let rivals = vec![Rival { text: other.to_owned(), share }];
        let rect = Rect { x0: 0.0, y0: 0.0, x1: 9.0, y1: 9.0 };
        is_official_name(&Piece { rect, text: text.to_owned(), rivals, is_partial: false, cover: None })
    }
}
