//! Rows whose names wrap about their figures, as in cells that are centred: each name's lines stand about the line of
//! its figures, and together they leave no doubt.

use super::super::item::{Class, class};
use super::piece::{Piece, TextRow};
use super::spans::shown_width;
use crate::segment::{least_cost, opening};

/// A name has at most so many lines.
const MAX_LINES: usize = 9;

/// Names stand at most so many lines off the middle of their figures, on the average of all rows and for any one.
const OFF_ON_AVERAGE: f32 = 0.4;
const OFF: f32 = 1.5;

/// A reading that is better than the next by less is none.
const MARGIN: f32 = 0.4;

/// The lines of a cell are no further apart.
const MAX_STEP: usize = 3;

/// Whether lines have amounts and neither a name nor a code left of them: names stand about their figures.
pub(super) fn has_lone_amounts(lines: &[TextRow]) -> bool {
    lines.iter().any(|line| line.pieces.first().is_some_and(|first| is_amount(&first.text)))
}

/// 2. numbers a sentence.
fn is_amount(text: &str) -> bool {
    class(text) == Class::Amount && !text.ends_with('.')
}

/// For each line the row that it belongs to, where the lines of names tell it.
pub(super) fn rows(lines: &[TextRow]) -> Option<Vec<usize>> {
    let figures: Vec<usize> = (0..lines.len())
        .filter(|idx| lines.get(*idx).is_some_and(|line| line.pieces.iter().any(|piece| is_amount(&piece.text))))
        .collect();
    let amounts = figures.iter().filter_map(|idx| lines.get(*idx)?.pieces.iter().find(|piece| is_amount(&piece.text)));
    let right = amounts.map(|piece| piece.from).min()?;
    // The lines that have a name left of the amounts.
    let mut names: Vec<usize> = Vec::new();
    let mut texts: Vec<&Piece> = Vec::new();
    for (idx, line) in lines.iter().enumerate() {
        let (codes, own): (Vec<&Piece>, Vec<&Piece>) = line
            .pieces
            .iter()
            .filter(|piece| piece.from < right)
            .partition(|piece| class(&piece.text) == Class::Number);
        if !codes.is_empty() && figures.binary_search(&idx).is_err() {
            return None;
        }
        match own.as_slice() {
            [] => {}
            [name] => {
                names.push(idx);
                texts.push(name);
            }
            _ => return None,
        }
    }
    let widest = texts.iter().map(|name| shown_width(&name.text)).max()?;
    let goes_on =
        |upper: &Piece, lower: &Piece| shown_width(&upper.text) * 2 >= widest && !opening::begins(&lower.text);
    if figures.len() < 2 || names.len() <= figures.len() {
        return None;
    }
    let place = |idx: Option<&usize>| idx.and_then(|idx| lines.get(*idx)).map_or(0, |line| line.n_above);
    let off = |slot: usize, from: usize, to: usize| {
        let middle = (place(names.get(from)) + place(names.get(to))) as f32 / 2.0;
        (middle - place(figures.get(slot)) as f32).abs()
    };
    let reading = least_cost::runs(figures.len(), names.len(), MAX_LINES, |slot, run| {
        let own = names.get(run.clone()).unwrap_or_default();
        let is_near = own.windows(2).all(|pair| match pair {
            [a, b] => place(Some(b)) - place(Some(a)) <= MAX_STEP,
            _ => true,
        });
        let is_near = is_near
            && texts.get(run.clone()).unwrap_or_default().windows(2).all(|pair| match pair {
                [a, b] => goes_on(a, b),
                _ => true,
            });
        match slot {
            Some(slot) if is_near && !run.is_empty() => off(slot, run.start, run.end - 1),
            _ => f32::INFINITY,
        }
    })?;
    let offs: Vec<f32> = reading.slots().map(|(slot, run)| off(slot, run.start, run.end - 1)).collect();
    let is_sure = offs.iter().sum::<f32>() <= OFF_ON_AVERAGE * offs.len() as f32
        && offs.iter().all(|off| *off <= OFF)
        && reading.margins.iter().all(|margin| *margin >= MARGIN);
    if !is_sure {
        return None;
    }
    // Where each row ends: behind the last line of its name, or behind its figures.
    let mut ends: Vec<usize> = figures.iter().map(|idx| idx + 1).collect();
    let mut starts = figures.clone();
    for (slot, run) in reading.slots() {
        let own = names.get(run).unwrap_or_default();
        if let (Some(first), Some(last)) = (own.first(), own.last())
            && let (Some(start), Some(end)) = (starts.get_mut(slot), ends.get_mut(slot))
        {
            (*start, *end) = ((*start).min(*first), (*end).max(last + 1));
        }
    }
    // Other texts of a cell stand about its figures too.
    let nearest = |idx: usize| {
        let at = place(Some(&idx));
        (0..figures.len()).min_by_key(|slot| place(figures.get(*slot)).abs_diff(at)).unwrap_or(0)
    };
    let mut row = 0;
    let rows = (0..lines.len()).map(|idx| {
        let own = (0..figures.len()).find(|slot| starts.get(*slot) <= Some(&idx) && ends.get(*slot) > Some(&idx));
        row = own.unwrap_or_else(|| nearest(idx)).max(row);
        row
    });
    Some(rows.collect())
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;
    use crate::segment::text::line::Line;

    fn read(text: &str) -> Option<Vec<usize>> {
        let lines: Vec<Line> =
            text.lines().map(|text| Line { page: 1, text: text.to_owned(), heads_page: false }).collect();
        rows(&text::rows(&lines))
    }

    #[test]
    fn names_stand_about_their_figures() {
        let page = "   某单位信息系统运行
                       5.00   保障运行
维护项目
某单位2031年老旧设
备更新改造工作补助       7.00   二是更新
经费                          三是验收";
        assert_eq!(read(page), Some(vec![0, 0, 0, 1, 1, 1]));
    }

    #[test]
    fn items_of_a_list_without_figures_are_no_names_of_others() {
        let page = "一、本级财政安排的
二、上级财政安排的
                       5.00
三、其他来源的资金
某单位办公用房修缮
                       7.00
补助";
        assert_eq!(read(page), None);
    }

    #[test]
    fn names_that_stand_as_well_about_other_figures_tell_nothing() {
        assert_eq!(read("某单位信息系统运行\n                   5.00\n维护项目\n                   7.00\n改造"), None);
    }
}
