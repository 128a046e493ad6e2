//! Names that wrap around the line of their code and amounts: the lines above and below it are put into their cell.

use super::super::item::{Class, Item, class, is_code, items};
use super::super::line::Line;
use crate::segment::opening;

/// A name has at most so many lines above its code, and as many below it.
const MAX_HALF: usize = 3;

/// The lines of rows, each with its whole name where the name stood around it.
///
/// A cell's lines stand about its middle, so that as many of them stand below the code as above it.
pub(super) fn joined(lines: Vec<Line>) -> Vec<Line> {
    let kinds: Vec<Kind> = lines.iter().map(kind).collect();
    if !kinds.contains(&Kind::Named) || !kinds.iter().any(|kind| matches!(kind, Kind::Nameless(_))) {
        return lines;
    }
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let n_above = kinds.iter().skip(at).take_while(|kind| **kind == Kind::Name).count();
        let code = at + n_above;
        let n_below = kinds.iter().skip(code + 1).take(n_above).take_while(|kind| **kind == Kind::Name).count();
        let (Some(Kind::Nameless(n_codes)), Some(middle)) = (kinds.get(code), lines.get(code)) else {
            out.push(line.clone());
            at += 1;
            continue;
        };
        let whole = lines.get(at..=code + n_below).unwrap_or_default();
        let is_one = (1..=MAX_HALF).contains(&n_above)
            && n_below == n_above
            && whole.iter().all(|line| line.page == middle.page)
            && whole.iter().skip(1).all(|line| !opening::begins(line.text.trim()) || line.text == middle.text);
        if !is_one {
            out.push(line.clone());
            at += 1;
            continue;
        }
        let name: String = whole.iter().filter(|line| line.text != middle.text).map(|line| line.text.trim()).collect();
        let words: Vec<&str> = middle.words().collect();
        let (codes, amounts) = words.split_at((*n_codes).min(words.len()));
        out.push(Line { text: format!("{} {name} {}", codes.join(" "), amounts.join(" ")), ..line.clone() });
        at = code + n_below + 1;
    }
    out
}

/// What a line of rows shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A code, a name and amounts.
    Named,
    /// So many codes and then amounts, without a name.
    Nameless(usize),
    /// A name alone.
    Name,
    Other,
}

fn kind(line: &Line) -> Kind {
    let items = items(&line.text);
    let texts: Option<Vec<&str>> = items
        .iter()
        .map(|item| match item {
            Item::Text(text) => Some(text.trim()),
            Item::Blank => None,
        })
        .collect();
    let Some(texts) = texts else { return Kind::Other };
    let n_codes = texts.iter().take_while(|text| is_code(text)).count();
    let is_amount = |text: &&str| class(text) == Class::Amount && text.contains(['.', ',']);
    match texts.get(n_codes..) {
        Some([name]) if n_codes == 0 && class(name) == Class::Words => Kind::Name,
        Some([_, ..] | []) if n_codes == 0 => Kind::Other,
        Some([name, amounts @ ..]) if class(name) == Class::Words && amounts.iter().all(&is_amount) => Kind::Named,
        Some(amounts @ [_, ..]) if amounts.iter().all(&is_amount) => Kind::Nameless(n_codes),
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let lines = text.lines().map(|text| Line { page: 1, text: text.into(), heads_page: false }).collect();
        joined(lines).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn a_name_above_and_below_its_code_stands_beside_it() {
        assert_eq!(
            shown("201 一般支出 9.00 9.00\n林区巡护及相\n20103 8.00 8.00\n关机构事务\n苗木培育一\n20104 1.00\n二三"),
            ["201 一般支出 9.00 9.00", "20103 林区巡护及相关机构事务 8.00 8.00", "20104 苗木培育一二三 1.00"]
        );
    }

    #[test]
    fn names_that_do_not_stand_about_a_code_stay() {
        let uneven = "201 一般支出 9.00\n林区巡护\n20103 8.00";
        assert_eq!(shown(uneven), uneven.lines().collect::<Vec<_>>());
        let without_names = "林区巡护\n20103 8.00\n经费";
        assert_eq!(shown(without_names), without_names.lines().collect::<Vec<_>>());
    }
}
