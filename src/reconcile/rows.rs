//! # Rows: sums over codes and over levels of rows
//!
//! **What it checks.** In each amount column, a row equals the sum of the rows that are its parts, and a sum row (合计,
//! 小计, 总计) equals the sum of the rows that it closes or heads.
//!
//! **Why it holds.** The functional classification nests: a 类 (three digits) is the sum of its 款 (five), a 款 of its
//! 项 (seven); so does the economic one (301, 30101). Rows without codes nest by their enumerators (一、 above （一）
//! above 1.), by which of several label columns they fill, or by the figures alone. Statements are printed from one
//! ledger, so every column nests alike.
//!
//! **Example.** 205 教育支出 90.00 = 20501 60.00 + 20502 30.00; 合计 = 205 + 208 + 210.
//!
//! Which outline a side has is itself a hypothesis: each rival (codes, enumerators, filled columns) is tried, and the
//! one that the figures bear out is kept. A 其中 list may be incomplete: it confirms, and never accuses.

use super::Context;
use super::arranged;
use super::identity::{self, Hypothesis, Identity, Outcome, Stance, Tally};
use super::ledger::{FigureId, Ledger};
use super::{steps, together};
use crate::arithmetic::code::System;
use crate::arithmetic::label::{self, PageSum};
use crate::arithmetic::money::significant_digits;
use crate::arithmetic::outline::{self, Outline, Source};
use crate::arithmetic::side::{Line, Side};

/// An outline bears a side out where at least this share of its sums holds.
const BORNE_OUT_PERCENT: usize = 70;

/// Proposes the sums over the rows of every side.
pub(super) fn propose(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let ledger = context.ledger;
    let mut result = Vec::new();
    for (statement, sides) in ledger.sides.iter().enumerate() {
        let mut kept: Vec<Identity> = Vec::new();
        let mut selections: Vec<Identity> = Vec::new();
        let mut arranged: Vec<Identity> = Vec::new();
        let mut shifted: Vec<Identity> = Vec::new();
        let mut tops: Vec<Vec<FigureId>> = Vec::new();
        let mut sources = Vec::new();
        let mut is_printed = true;
        for side in sides {
            let slots = money_slots(ledger, statement, side);
            let reading = choose(ledger, side, &slots);
            sources.push(reading.outline.source);
            is_printed &= prints_levels(side) && matches!(reading.outline.source, Source::Codes | Source::Indents);
            let first =
                |line: usize| side.lines.get(line).and_then(|line| line.figures.iter().copied().find_map(|f| f));
            tops.push(reading.outline.roots().into_iter().filter_map(first).collect());
            if reading.outline.source == Source::Figures
                && let Some(outline) = outline::of_coded(side, &|id| ledger.micro(id))
            {
                let units = read(ledger, side, &columns(side, &slots), outline);
                if units.tally.failed <= units.tally.exact + units.tally.rounded {
                    kept.extend(units.columns.into_iter().flat_map(|(own, _)| own));
                }
            }
            let closes = reading.takes_all_in(side);
            let figures = columns(side, &slots);
            for ((own, selected), column) in reading.columns.into_iter().zip(&figures) {
                if reading.outline.source == Source::Figures {
                    arranged.extend(own.into_iter().filter(|identity| closes || is_no_chance(ledger, identity)));
                } else if obeys_sums(&own) {
                    kept.extend(own);
                } else if steps::are_out(ledger, side, column, &reading.outline) {
                    shifted.extend(own);
                }
                selections.extend(selected);
            }
        }
        together::close(ledger, sides, &tops, &mut kept);
        let id = context.statement_id(statement);
        result.push(Hypothesis {
            place: format!("{id} rows by {}", names(&sources)),
            identities: kept,
            stance: if is_printed { Stance::Printed } else { Stance::Open },
        });
        result.push(Hypothesis { place: format!("{id} 其中"), identities: selections, stance: Stance::Silent });
        let place = format!("{id} rows out of step");
        result.push(Hypothesis { place, identities: shifted, stance: Stance::Closed });
        let place = format!("{id} rows by figures");
        result.push(Hypothesis { place, identities: arranged, stance: Stance::Silent });
    }
    result
}

/// A sum that the figures were arranged by says something only with so many digits: 2000 = 1000 + 1000 is chance.
const MIN_DIGITS: u32 = 4;

fn is_no_chance(ledger: &Ledger<'_>, identity: &Identity) -> bool {
    identity.outcome() == Outcome::Failed || ledger.significant_digits(identity.total) >= MIN_DIGITS
}

/// Whether a column adds up at all, which a rate or a head count does not.
fn obeys_sums(identities: &[Identity]) -> bool {
    let n_wrong = identity::n_wrong(identities);
    n_wrong < 2 || n_wrong <= Tally::of(identities).held()
}

fn names(sources: &[Source]) -> String {
    let words: Vec<&str> = sources
        .iter()
        .map(|source| match source {
            Source::Codes => "codes",
            Source::Indents => "indents",
            Source::Units => "units",
            Source::Enumerators => "enumerators",
            Source::Filled => "filled columns",
            Source::Figures => "figures",
        })
        .collect();
    words.join(", ")
}

/// The amount columns of a side that hold money.
pub(super) fn money_slots(ledger: &Ledger<'_>, statement: usize, side: &Side) -> Vec<usize> {
    let columns = ledger.disclosure.statements.get(statement).map(|s| s.columns.as_slice()).unwrap_or_default();
    (0..side.amounts.len())
        .filter(|slot| {
            let leaf = columns.get(side.amounts[*slot]).and_then(|c| c.path.last());
            !leaf.is_some_and(|leaf| label::header_is_ratio(leaf))
        })
        .collect()
}

/// Against a list that adds up as it stands, levels told by the figures must show so many sums more.
const MORE_THAN_FLAT: usize = 2;

/// A side with the outline that was chosen for it.
pub(super) struct Reading {
    /// Which rows are parts of which.
    pub(super) outline: Outline,
    /// For each money column its sums, and those over selections.
    pub(super) columns: Vec<(Vec<Identity>, Vec<Identity>)>,
    /// How the sums turn out.
    pub(super) tally: Tally,
    /// The rows add up to far more than a sum row says: some are details of others.
    overfull: bool,
}

/// The outline of a side that its figures bear out best.
pub(super) fn choose(ledger: &Ledger<'_>, side: &Side, slots: &[usize]) -> Reading {
    // Codes that nest say what the rows are; another outline must have more sums to show for itself.
    let score = |reading: &Reading| {
        let nests = reading.outline.source == Source::Codes && reading.outline.nests();
        (reading.tally.exact + reading.tally.rounded, nests, reading.tally.score())
    };
    let mut best: Option<Reading> = None;
    let columns = columns(side, slots);
    for outline in outline::structural(side, &|id| ledger.micro(id)) {
        let reading = read(ledger, side, &columns, outline);
        // A unit whose name is not known would be taken for a project; then the units do not close with the sum.
        let is_read = reading.outline.source != Source::Units || reading.sums_close(side);
        if is_read && best.as_ref().is_none_or(|b| score(&reading) > score(b)) {
            best = Some(reading);
        }
    }
    let borne_out = |reading: &Reading| {
        let tally = reading.tally;
        let nearly = tally.held() * 100 >= tally.tried() * BORNE_OUT_PERCENT && !reading.overfull;
        tally.exact + tally.rounded > 0 && nearly
    };
    let is_borne_out = best.as_ref().is_some_and(borne_out);
    // A list without levels may have some all the same (unit, category, project) that only its figures tell.
    let is_flat = best.as_ref().is_some_and(|b| b.outline.source == Source::Enumerators)
        && side.lines.iter().all(|line| line.label.mark.is_none() && !line.label.partial);
    // Below coded units may stand categories and projects without a code.
    let uncoded: Vec<usize> = (0..side.lines.len()).filter(|line| is_uncoded(side, *line)).collect();
    let is_partial = best.as_ref().is_some_and(|b| b.outline.source == Source::Codes) && !uncoded.is_empty();
    // What is printed is given up where it is absent and not where it fails.
    if (!is_borne_out || is_flat) && !prints_levels(side) || is_partial {
        let told = |slot| [Some(arranged::by_figures(ledger, side, slot)), arranged::by_blocks(ledger, side, slot)];
        for outline in slots.iter().flat_map(|slot| told(*slot)).flatten() {
            // An outline from the figures fits them by making: against a rival it must find more sums.
            let reading = read(ledger, side, &columns, outline);
            let sums = best.as_ref().is_none_or(|b| {
                let takes_all_in = is_partial && reading.outline.takes_in(&uncoded);
                let margin = if is_borne_out && !takes_all_in { MORE_THAN_FLAT } else { 0 };
                let more = reading.tally.exact > b.tally.exact + margin && (!is_partial || takes_all_in);
                let fails = is_borne_out && (reading.tally.failed > b.tally.failed || reading.overfull);
                (more || !is_borne_out && b.tally.tried() == 0) && !fails
            });
            if sums && best.as_ref().is_none_or(|b| score(&reading) > score(b)) {
                best = Some(reading);
            }
        }
    }
    best.unwrap_or_else(|| read(ledger, side, &columns, Outline::flat(&side.lines)))
}

/// Whether the levels of a side are printed, by its classes or by indentation.
fn prints_levels(side: &Side) -> bool {
    outline::is_classified(side) || !side.indents.is_empty()
}

/// Whether a line has a name and figures of its own but no code, where other lines are coded.
fn is_uncoded(side: &Side, line: usize) -> bool {
    let coded = |system: &System| system.get(line).is_some_and(Option::is_some);
    let own = side.lines.get(line).is_some_and(|l| !l.total && !l.reprint && l.filled != 0);
    own && !side.systems.is_empty() && !side.systems.iter().any(coded)
}

/// The figures of each money column from the top down: a long list is added up many times.
fn columns(side: &Side, slots: &[usize]) -> Vec<Vec<Option<FigureId>>> {
    let column = |slot: &usize| side.lines.iter().map(|line| *line.figures.get(*slot)?).collect();
    slots.iter().map(column).collect()
}

fn read(ledger: &Ledger<'_>, side: &Side, slots: &[Vec<Option<FigureId>>], mut outline: Outline) -> Reading {
    if outline.source == Source::Enumerators {
        adopt_plain_rows(ledger, side, &mut outline);
    }
    let children = outline.children();
    let sum = |total: usize, parts: &[usize], slot: &[Option<FigureId>]| {
        let figure = |line: usize| *slot.get(line)?;
        let total = figure(total)?;
        let mut printed = Vec::with_capacity(parts.len());
        parts.iter().for_each(|line| represent(*line, &children, &figure, &mut printed));
        // Rows that are no parts by what is printed, and print nothing, are none.
        if printed.is_empty() && !matches!(outline.source, Source::Codes | Source::Indents) {
            return None;
        }
        let mut identity = Identity::sum(ledger, total, printed)?;
        if identity.outcome() == Outcome::Failed {
            let blank = parts.iter().filter(|line| figure(**line).is_none());
            identity.blank_records = blank.filter_map(|line| side.lines.get(*line)).map(|line| line.record).collect();
        }
        Some(identity)
    };
    let mut columns: Vec<(Vec<Identity>, Vec<Identity>)> = vec![Default::default(); slots.len()];
    for (line, children) in children.iter().enumerate() {
        if children.is_empty() {
            continue;
        }
        let selection = children.iter().any(|child| outline.selected[*child]);
        for (column, slot) in columns.iter_mut().zip(slots) {
            let Some(mut identity) = sum(line, children, slot) else { continue };
            identity.sound = matches!(outline.source, Source::Codes | Source::Indents);
            if selection { &mut column.1 } else { &mut column.0 }.push(identity);
        }
    }
    let roots = outline.roots();
    let totals: Vec<usize> = (0..side.lines.len()).filter(|line| side.lines[*line].total).collect();
    let mut overfull = false;
    for total in &totals {
        let parts = closings(*total, &totals, &roots, &side.lines);
        let rivals: Vec<Vec<Option<Identity>>> =
            parts.iter().map(|parts| slots.iter().map(|slot| sum(*total, parts, slot)).collect::<Vec<_>>()).collect();
        // The first rival is the ordinary one; another one must be borne out by a sum.
        let tally = |rival: &Vec<Option<Identity>>| Tally::of(rival.iter().flatten());
        let mut chosen = 0;
        for (index, rival) in rivals.iter().enumerate().skip(1) {
            let (own, other) = (tally(&rivals[chosen]), tally(rival));
            let repeats = rival.iter().flatten().all(|i| i.parts.len() == 1) && other.repeated > 0;
            let better = own.failed > 0 && other.failed == 0 && (other.exact + other.rounded > 0 || repeats);
            if better || other.score() > own.score() + 2 && other.exact > 0 {
                chosen = index;
            }
        }
        if let Some([only]) = parts.get(chosen).map(Vec::as_slice) {
            let below = beside(*only, *total, &totals, &roots);
            let again: Vec<Option<Identity>> = slots.iter().map(|slot| sum(*only, &below, slot)).collect();
            if again.iter().flatten().all(|identity| identity.outcome() != Outcome::Failed) {
                columns.iter_mut().zip(again).for_each(|(column, identity)| column.0.extend(identity));
            }
        }
        for (column, identity) in columns.iter_mut().zip(rivals.into_iter().nth(chosen).into_iter().flatten()) {
            let closed = identity.map(|identity| closing(identity, outline.source));
            overfull |= closed.as_ref().is_some_and(|i| i.outcome() == Outcome::Failed && !i.sound && i.right > i.left);
            column.0.extend(closed);
        }
    }
    for (line, adds) in side.lines.iter().enumerate().filter_map(|(i, line)| Some((i, line.label.page_sum?))) {
        let page = |line: usize| side.lines[line].page;
        let is_added = |root: &usize| *root < line && (adds == PageSum::Running || page(*root) == page(line));
        let parts: Vec<usize> = roots.iter().copied().filter(is_added).collect();
        columns.iter_mut().zip(slots).for_each(|(column, slot)| column.0.extend(sum(line, &parts, slot)));
    }
    let mut all = Tally::default();
    columns.iter().for_each(|(own, _)| all.add(Tally::of(own)));
    // A list that is set in by units may leave projects out; where it has no sum that holds, one that fails says so.
    if outline.source == Source::Indents && all.exact + all.rounded == 0 {
        columns.iter_mut().flat_map(|(own, _)| own).for_each(|identity| identity.sound = false);
    }
    Reading { outline, columns, tally: all, overfull }
}

/// The figure of a row, or those of its parts where the row itself is blank (一、部门预算 without an amount).
fn represent(
    line: usize,
    children: &[Vec<usize>],
    figure: &dyn Fn(usize) -> Option<FigureId>,
    out: &mut Vec<(FigureId, i8)>,
) {
    match figure(line) {
        Some(id) => out.push((id, 1)),
        // A part always stands below its heading, so this comes to an end.
        None => children.get(line).into_iter().flatten().filter(|child| **child > line).for_each(|child| {
            represent(*child, children, figure, out);
        }),
    }
}

/// A sum row whose failure is a finding: rows are lost below it, or it looks like a misprint.
///
/// Where the rows add up to far more than the sum, some of them are details of others and the outline is wrong.
fn closing(mut identity: Identity, source: Source) -> Identity {
    let excess = identity.right - identity.left;
    let plausible = identity.right != 0 && excess * EXCESS_SHARE < identity.left.abs();
    identity.sound = significant_digits(excess) == 1 || plausible && source != Source::Figures;
    identity
}

/// Rows that add up to more than the sum by less than one in so many parts may hold a misprint.
const EXCESS_SHARE: i128 = 3;

/// What a sum row may be the sum of: the ordinary reading first.
fn closings(total: usize, totals: &[usize], roots: &[usize], lines: &[Line]) -> Vec<Vec<usize>> {
    let before: Vec<usize> = roots.iter().copied().filter(|line| *line < total).collect();
    let previous = totals.iter().copied().filter(|line| *line < total).max();
    let next = totals.iter().copied().filter(|line| *line > total).min();
    let after: Vec<usize> = roots.iter().copied().filter(|l| *l > total && next.is_none_or(|n| *l < n)).collect();
    let all_after: Vec<usize> = roots.iter().copied().filter(|line| *line > total).collect();
    let since: Vec<usize> = before.iter().copied().filter(|line| previous.is_none_or(|p| *line > p)).collect();
    // 支出总计 closes its side: it goes into no further sum.
    let carried = previous.filter(|line| !lines.get(*line).is_some_and(|line| line.label.name.ends_with("总计")));
    let running: Vec<usize> = carried.into_iter().chain(since.iter().copied()).collect();
    // 小计 at the foot of the rows that a merged cell spans; the units above may have none.
    let opens = lines.iter().filter(|line| !line.is_apart()).map(|line| line.filled.trailing_zeros()).min();
    let is_opening = |line: &&usize| lines.get(**line).map(|line| line.filled.trailing_zeros()) == opens;
    let start = since.iter().rev().find(is_opening).filter(|start| since.first() != Some(start));
    let block: Option<Vec<usize>> = start.map(|start| since.iter().copied().filter(|line| line >= start).collect());
    let first_since: Vec<usize> = carried.into_iter().chain(since.first().copied()).collect();
    let heads = before.is_empty();
    let rivals = if heads { [all_after, after, running] } else { [running, since, before] };
    let mut rivals: Vec<Vec<usize>> = rivals.into_iter().filter(|parts| !parts.is_empty()).collect();
    // Where no other sum row stands on its side, they are one reading.
    rivals.dedup();
    if carried.is_some() {
        rivals.push(first_since);
    }
    rivals.extend(block);
    // A department with one unit prints its sum again in the next row.
    if heads {
        rivals.extend(roots.iter().copied().find(|line| *line > total).map(|line| vec![line]));
    }
    rivals
}

/// The other rows under a sum that prints one row again: the parts of that row, a department with its units, where they
/// add up to it.
fn beside(only: usize, total: usize, totals: &[usize], roots: &[usize]) -> Vec<usize> {
    let next = totals.iter().copied().filter(|line| *line > total).min();
    let is_below = |line: &usize| *line > only && only > total && next.is_none_or(|next| *line < next);
    roots.iter().copied().filter(is_below).collect()
}

/// Below a sum row, unnumbered rows whose sum is the row above them are its details (年初结转 and its kinds of money).
fn adopt_plain_rows(ledger: &Ledger<'_>, side: &Side, outline: &mut Outline) {
    let value = |line: usize| side.lines[line].figures.iter().flatten().next().map_or(0, |id| ledger.micro(*id));
    let mut line = 0;
    while line < side.lines.len() {
        let after_total = line > 0 && side.lines[line - 1].total;
        let plain = |l: usize| {
            !outline.apart[l]
                && outline.parent[l].is_none()
                && side.lines[l].label.mark.is_none()
                && !outline.selected[l]
        };
        if after_total && plain(line) {
            let run = (line..side.lines.len()).take_while(|l| plain(*l)).count();
            let end = line + run;
            // What stands below each row in turn, from the whole run less the rows above it.
            let mut below: i128 = (line..end).map(value).sum();
            let head = (line..end).find(|head| {
                below -= value(*head);
                end - head > 2 && value(*head) != 0 && below == value(*head)
            });
            if let Some(head) = head {
                (head + 1..end).for_each(|l| outline.parent[l] = Some(head));
            }
            line = end;
        }
        line += 1;
    }
}
