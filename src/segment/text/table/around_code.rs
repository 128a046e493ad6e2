//! Names that wrap around the line of their code and amounts: the lines above and below it are put into their cell.

use super::super::item::{Class, class, is_code, items};
use super::super::line::Line;
use crate::segment::opening;

/// A name has at most so many lines above its code, and as many below it.
const MAX_HALF: usize = 3;

/// The lines of rows, each with its whole name where the name stood around it.
///
/// A cell's lines stand about its middle, so that as many of them stand below the code as above it.
pub(super) fn joined(lines: Vec<Line>) -> Vec<Line> {
    let kinds: Vec<Kind> = lines.iter().map(kind).collect();
    if !kinds.contains(&Kind::Named) { lines } else { about_middles(&lines, &kinds) }
}

/// The same where lines are sorted by their heights: amounts without a code have their names around them too, and what is
/// left of a name at the top of its row stands below it.
pub(super) fn joined_by_height(lines: Vec<Line>) -> Vec<Line> {
    let are_amounts = |line: &Line| !line.is_blank() && line.words().all(|word| class(word) == Class::Amount);
    let of_line = |line: &Line| if are_amounts(line) { Kind::Nameless(0) } else { kind(line) };
    let kinds: Vec<Kind> = lines.iter().map(of_line).collect();
    let is_nameless = |kind: &Kind| matches!(kind, Kind::Nameless(_));
    let n_nameless = kinds.iter().filter(|kind| is_nameless(kind)).count();
    let is_below_name = |pair: &&[Kind]| matches!(pair, [Kind::Name, below] if is_nameless(below));
    let n_above = kinds.windows(2).filter(is_below_name).count();
    match () {
        () if 2 * n_nameless < lines.iter().filter(|line| line.has_amount()).count() => {
            with_rests(about_middles(&lines, &kinds))
        }
        // Where hardly any row has its name on its line the names stand a little higher than the amounts.
        () if n_above * 10 >= n_nameless * 9 => below_names(&lines, &kinds),
        () => lines,
    }
}

/// The lines without names, each with the name that is the line above it.
fn below_names(lines: &[Line], kinds: &[Kind]) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut above = None;
    for (line, kind) in lines.iter().zip(kinds) {
        match (kind, above.replace(*kind)) {
            (Kind::Nameless(n_codes), Some(Kind::Name)) => {
                let name = out.pop().map(|above| above.text.trim().to_owned()).unwrap_or_default();
                out.push(named(line, *n_codes, &name));
            }
            _ => out.push(line.clone()),
        }
    }
    out
}

/// A line of so many codes and amounts with its name between them.
fn named(line: &Line, n_codes: usize, name: &str) -> Line {
    let words: Vec<&str> = line.words().collect();
    let (codes, amounts) = words.split_at(n_codes.min(words.len()));
    Line { text: [codes, &[name], amounts].concat().join(" "), ..line.clone() }
}

/// The rows that begin with the first item of a list, with the lines below each that are the rest of its longest name.
fn with_rests(lines: Vec<Line>) -> Vec<Line> {
    let begins = |line: &Line| opening::is_coded(line.text.trim());
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut rest = lines.as_slice();
    while let Some((line, below)) = rest.split_first() {
        let is_rest = |other: &&Line| kind(other) == Kind::Name && other.page == line.page && !begins(other);
        let n_rests = if line.has_amount() && begins(line) { below.iter().take_while(is_rest).count() } else { 0 };
        let ends = below.get(n_rests).is_none_or(|next| next.page != line.page || begins(next));
        let (rests, after) = below.split_at(if n_rests <= MAX_HALF && ends { n_rests } else { 0 });
        let longest = line.words().filter(|word| class(word) == Class::Words).map(|word| word.chars().count()).max();
        let mut tail: String = rests.iter().map(|rest| rest.text.trim()).collect();
        let words = line.words().map(|word| {
            let takes = Some(word.chars().count()) == longest && class(word) == Class::Words;
            if takes { format!("{word}{}", std::mem::take(&mut tail)) } else { word.to_owned() }
        });
        let whole = if rests.is_empty() { line.text.clone() } else { words.collect::<Vec<_>>().join(" ") };
        out.push(Line { text: whole, ..line.clone() });
        rest = after;
    }
    out
}

/// The lines with those of a name about their middle in one.
fn about_middles(lines: &[Line], kinds: &[Kind]) -> Vec<Line> {
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
        out.push(named(middle, *n_codes, &name));
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
    let texts: Option<Vec<&str>> = items.iter().map(|item| item.text().map(str::trim)).collect();
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
    use super::super::super::drawn;
    use super::*;

    fn shown_of(text: &str, joined: fn(Vec<Line>) -> Vec<Line>) -> Vec<String> {
        let lines = drawn::lines(text);
        joined(lines).into_iter().map(|line| line.text).collect()
    }

    fn shown(text: &str) -> Vec<String> {
        shown_of(text, joined)
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

    fn shown_by_height(text: &str) -> Vec<String> {
        shown_of(text, joined_by_height)
    }

    #[test]
    fn by_height_amounts_without_a_code_have_their_names_around_them() {
        assert_eq!(
            shown_by_height("合计 9.00 9.00\n林区养护 5.00 5.00\n林区巡\n4.00 4.00\n护"),
            ["合计 9.00 9.00", "林区养护 5.00 5.00", "林区巡护 4.00 4.00"]
        );
    }

    #[test]
    fn by_height_the_rest_of_a_name_stands_below_the_row_that_begins_with_its_code() {
        assert_eq!(
            shown_by_height("2019999-林区巡护及相关 3020-水费 5.00\n支出\n2019999-林区养护 3020-电费 4.00"),
            ["2019999-林区巡护及相关支出 3020-水费 5.00", "2019999-林区养护 3020-电费 4.00"]
        );
    }

    #[test]
    fn by_height_names_can_stand_a_little_above_their_amounts() {
        assert_eq!(
            shown_by_height("一般支出\n201 9.00 9.00\n林区巡护\n20103 9.00 9.00"),
            ["201 一般支出 9.00 9.00", "20103 林区巡护 9.00 9.00"]
        );
    }
}
