//! Items that are numbered one after another: what a fax has lost of the thin strokes of 一、二、三、 is told by the items around.

use super::place::TextLine;
use super::recognise::Reading;
use crate::terms::class::functional;
use crate::terms::enumerator::{is_numeral, number, numeral};

/// Items of one list begin within so many ems of each other: 二十一、 is indented less than 一、.
const BESIDE: f32 = 3.0;
/// And no two that follow each other stand farther apart: what begins so far below is another list.
const APART: f32 = 20.0;
/// What the first character of a number that has three adds to it: 二十一, 三十一.
const LOST: [i64; 2] = [10, 20];
/// A list may have lost so many numbers altogether: 一, 二 and 三 are thin strokes alone.
const ALL_LOST: usize = 3;
/// The mark behind a number stands at most behind so many characters: 二十一, and a piece of a stroke.
const MAX_NUMBER: usize = 4;

/// Gives items their numbers where those before and behind it leave one alone, and what was read may be what is left of it.
///
/// `em` is the size of the page's text, in pixels.
pub(super) fn settle(lines: &mut [TextLine], em: f32) {
    let mut items: Vec<Item> = lines.iter().enumerate().filter_map(|(idx, line)| Item::of(idx, line)).collect();
    items.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lists: Vec<Vec<Item>> = Vec::new();
    for item in items {
        let goes_on = |list: &&mut Vec<Item>| {
            list.last().is_some_and(|last| {
                (last.x - item.x).abs() <= BESIDE * em && (em / 2.0..APART * em).contains(&(item.y - last.y))
            })
        };
        match lists.iter_mut().rev().find(goes_on) {
            Some(list) => list.push(item),
            None => lists.push(vec![item]),
        }
    }
    for list in &lists {
        for (item, number) in list.iter().zip(numbers(list)) {
            let Some(number) = number.filter(|number| Some(*number) != item.number) else { continue };
            let text = numeral(number);
            if let Some(line) = lines.get_mut(item.line)
                && may_be_left_of(&item.read, &text)
            {
                renumber(line, item.n_read, &text, em);
            }
        }
    }
}

/// A line that begins with a number and its mark.
struct Item {
    line: usize,
    x: f32,
    y: f32,
    /// What was read before the mark.
    read: String,
    /// How many characters that is.
    n_read: usize,
    /// What it says.
    number: Option<u32>,
    /// The code of the class that it names.
    class: Option<&'static str>,
}

impl Item {
    fn of(idx: usize, line: &TextLine) -> Option<Self> {
        let mark = line.readings.iter().take(MAX_NUMBER + 1).position(|r| r.text == "、")?;
        let words = line.readings.get(mark + 1)?;
        if !words.text.starts_with(|ch| ('\u{4e00}'..='\u{9fff}').contains(&ch)) {
            return None;
        }
        let read: String = line.readings.iter().take(mark).map(|r| r.text.as_str()).collect();
        let is_number = !read.is_empty() && read.chars().all(is_numeral);
        let number = is_number.then(|| number(&format!("{read}、"))).flatten();
        let (x, y) = (line.ink.x0 as f32, (line.ink.y0 + line.ink.y1) as f32 / 2.0);
        let name: String = line.readings.iter().skip(mark + 1).map(|r| r.text.as_str()).collect();
        Some(Self { line: idx, x, y, read, n_read: mark, number, class: functional(&name) })
    }
}

/// For each item of a list the number that the items around it leave for it.
fn numbers(list: &[Item]) -> Vec<Option<u32>> {
    // Nothing at all is left of the first numbers alone.
    if (2..=ALL_LOST).contains(&list.len()) && list.iter().all(|item| item.read.is_empty()) {
        return (1..).map(Some).take(list.len()).collect();
    }
    // By how much an item's number is more than its place in the list; equal for two beside each other that were read.
    let ahead = |at: usize| -> Option<i64> { Some(i64::from(list.get(at)?.number?) - at as i64) };
    // Of a list's first items the numbers may be gone altogether, so that the first one that is left says its place.
    let is_place = |at: usize| {
        at > 0 && ahead(at) == Some(1) && list.iter().take(at).all(|item| !item.read.chars().any(is_numeral))
    };
    let is_sure = |at: usize| {
        let beside = [at.checked_sub(1), Some(at + 1), at.checked_sub(2), Some(at + 2)];
        ahead(at).is_some() && beside.into_iter().flatten().any(|other| ahead(other) == ahead(at)) || is_place(at)
    };
    // Classes stand in the order of their codes in one list: where 一、 has a later class than the item before it, it was 十一、.
    let goes_on_in_classes = |first: usize| {
        let class = |at: usize| list.get(at).and_then(|item| item.class);
        let before = (0..first).rev().find_map(class);
        before.zip(class(first)).is_some_and(|(before, own)| before < own)
    };
    let begins_anew = |at: usize| {
        let is_one = |first: usize| list.get(first).is_some_and(|item| item.number == Some(1));
        let is_first = |first: usize| is_one(first) && is_sure(first) && !goes_on_in_classes(first);
        (0..=at).any(|first| ahead(first) == ahead(at) && is_first(first))
    };
    let mut sure: Vec<Option<i64>> = Vec::with_capacity(list.len());
    for at in 0..list.len() {
        let before = sure.iter().rev().flatten().next();
        // No list goes back but to 一: 十一 behind 二十 has lost its first character, as those behind it have.
        let has_lost = |ahead: i64| before.is_some_and(|before| LOST.contains(&(before - ahead))) && !begins_anew(at);
        sure.push(ahead(at).filter(|ahead| is_sure(at) && !has_lost(*ahead)));
    }
    // What was read and is no piece of it contradicts a number that only one side tells.
    let goes_on = |from: usize, to: usize, ahead: i64| {
        let numbers = list.get(from..to).unwrap_or_default().iter().zip(from as i64 + ahead..);
        let mut numbers = numbers.filter_map(|(item, number)| Some((&item.read, u32::try_from(number).ok()?)));
        numbers.all(|(read, number)| may_be_left_of(read, &numeral(number)))
    };
    let told = |at: usize| {
        let before = (0..at).rev().find_map(|other| Some((other, (*sure.get(other)?)?)));
        let after = (at + 1..list.len()).find_map(|other| Some((other, (*sure.get(other)?)?)));
        let ahead = match (before, after) {
            (Some((_, before)), Some((_, after))) => (before == after).then_some(before),
            (None, Some((end, after))) => goes_on(0, end, after).then_some(after),
            (Some((last, before)), None) => goes_on(last, list.len(), before).then_some(before),
            (None, None) => None,
        };
        ahead.and_then(|ahead| u32::try_from(ahead + at as i64).ok()).filter(|number| *number > 0)
    };
    (0..list.len()).map(told).collect()
}

/// Whether what was read may be what is left of a number: its own characters in their order, or such as keep fewer strokes.
fn may_be_left_of(read: &str, number: &str) -> bool {
    let is_left = |left: char, whole: char| {
        left == whole || matches!((left, whole), ('一', '二' | '三' | '十') | ('二', '三' | '五'))
    };
    // 22、 is printed so; 1 may be a stroke.
    if read.chars().any(|ch| ch.is_ascii_digit() && ch != '1') {
        return false;
    }
    let mut whole = number.chars();
    read.chars().filter(|ch| is_numeral(*ch)).all(|left| whole.any(|whole| is_left(left, whole)))
}

/// Puts a number in the place of what was read of it; that it may say something else stays known.
fn renumber(line: &mut TextLine, n_read: usize, number: &str, em: f32) {
    let Some(mark) = line.readings.get(n_read).map(|mark| mark.at) else { return };
    let step = em / (line.crop.1 - line.crop.0).max(1.0);
    let n_chars = number.chars().count();
    let at = |idx: usize| (mark - step * (n_chars - idx) as f32).max(0.0);
    let texts = number.chars().enumerate();
    let mut readings: Vec<Reading> =
        texts.map(|(idx, ch)| Reading { at: at(idx), ..Reading::of(&ch.to_string()) }).collect();
    let rivalled = line.readings.iter().take(n_read).filter(|r| r.rival.is_some());
    let share = rivalled.map(|r| r.share).fold(0.0, f32::max);
    let read: String = line.readings.drain(..n_read).map(|r| r.text).collect();
    if let Some(first) = readings.first_mut().filter(|_| share > 0.0) {
        (first.rival, first.share) = (Some(read), share);
    }
    line.readings.splice(0..0, readings);
}

#[cfg(test)]
mod tests {
    use super::super::ink::Part;
    use super::*;

    /// What becomes of items below each other, at these places across.
    fn settled(items: &[&str], indent: u32) -> Vec<String> {
        let mut lines: Vec<TextLine> = (0_u32..)
            .zip(items)
            .map(|(row, text)| {
                let n = text.chars().count() as f32;
                let place = |i: usize| (i as f32 + 0.5) / n;
                let readings = text.chars().enumerate();
                let readings = readings.map(|(i, ch)| Reading { at: place(i), ..Reading::of(&ch.to_string()) });
                let (x0, y0) = (100 + indent * (row % 2), 50 + row * 30);
                let ink = Part { x0, y0, x1: x0 + 20 * n as u32, y1: y0 + 20 };
                TextLine { ink, readings: readings.collect(), crop: (x0 as f32, x0 as f32 + 20.0 * n) }
            })
            .collect();
        settle(&mut lines, 20.0);
        lines.iter().map(|line| line.readings.iter().map(|r| r.text.as_str()).collect()).collect()
    }

    #[test]
    fn what_a_fax_lost_of_a_number_is_told_by_the_items_around_it() {
        let read = [
            "、甲甲",
            "·、乙乙",
            "三、丙丙",
            "四、丁丁",
            "fi、戊戊",
            "六、己己",
            "七、庚庚",
            "八、辛辛",
            "九、壬壬",
            "上、癸癸",
            "、子子",
            "十、丑丑",
        ];
        let said = [
            "一、甲甲",
            "二、乙乙",
            "三、丙丙",
            "四、丁丁",
            "五、戊戊",
            "六、己己",
            "七、庚庚",
            "八、辛辛",
            "九、壬壬",
            "十、癸癸",
            "十一、子子",
            "十二、丑丑",
        ];
        assert_eq!(settled(&read, 5), said);
    }

    #[test]
    fn numbers_that_all_lost_their_first_stroke_are_told_by_those_before_them() {
        let whole: Vec<String> = (1..=23).map(|n| format!("{}、甲甲", numeral(n))).collect();
        // 一 and 二 are gone, of 十四 to 十六 the 十, of 二十一 to 二十三 the 二.
        let read = |n: usize| match n {
            1 | 2 | 20 => "、甲甲".to_owned(),
            14..=16 | 21.. => whole[n - 11].clone(),
            _ => whole[n - 1].clone(),
        };
        let read: Vec<String> = (1..=23).map(read).collect();
        let read: Vec<&str> = read.iter().map(String::as_str).collect();
        assert_eq!(settled(&read, 5), whole);
        // The first number that is left says its place in the list.
        assert_eq!(settled(&["、甲甲", "·、乙乙", "三、丙丙"], 5), ["一、甲甲", "二、乙乙", "三、丙丙"]);
    }

    #[test]
    fn another_list_begins_anew() {
        let ten: Vec<String> = (1..=10).chain(1..=3).map(|n| format!("{}、甲甲", numeral(n))).collect();
        let ten: Vec<&str> = ten.iter().map(String::as_str).collect();
        assert_eq!(settled(&ten, 5), ten);
        // What was read of the third item is no piece of 五.
        let read = ["一、甲甲", "二、乙乙", "、丙丙", "、丁丁", "三、戊戊"];
        assert_eq!(settled(&read, 5), read);
    }

    #[test]
    fn a_number_that_stands_there_stays_whatever_its_place_is() {
        // One is left out; one was read that is no piece of what its place asks for; two columns count apart.
        for read in [["一、甲甲", "二、乙乙", "四、丙丙", "五、丁丁"], ["一、甲甲", "二、乙乙", "九、丙丙", "四、丁丁"]]
        {
            assert_eq!(settled(&read, 5), read);
        }
        let digits = ["一、甲甲", "二、乙乙", "22、丙丙", "四、丁丁"];
        assert_eq!(settled(&digits, 5), digits);
        let beside = ["一、甲甲", "、乙乙", "二、丙丙", "三、丁丁"];
        assert_eq!(settled(&beside, 200), beside);
    }

    #[test]
    fn a_list_whose_classes_go_on_does_not_begin_anew_where_its_tens_are_lost() {
        let classes = [
            "科学技术支出",
            "文化旅游体育与传媒支出",
            "社会保障和就业支出",
            "卫生健康支出",
            "节能环保支出",
            "城乡社区支出",
            "农林水支出",
            "交通运输支出",
        ];
        let list = |numbers: [&str; 8]| -> Vec<String> {
            numbers.iter().zip(classes).map(|(number, class)| format!("{number}、{class}")).collect()
        };
        let read = list(["六", "七", "八", "九", "上", "一", "二", "三"]);
        let read: Vec<&str> = read.iter().map(String::as_str).collect();
        assert_eq!(settled(&read, 5), list(["六", "七", "八", "九", "十", "十一", "十二", "十三"]));
        // Where the names say nothing, a list of its own begins.
        let other = ["八、甲甲", "九、乙乙", "上、丙丙", "一、丁丁", "二、戊戊", "三、己己"];
        assert_eq!(settled(&other, 5)[3..], other[3..]);
    }

    #[test]
    fn a_list_of_which_no_number_is_left_is_one_to_three() {
        assert_eq!(settled(&["、甲甲", "、乙乙"], 5), ["一、甲甲", "二、乙乙"]);
        // One alone may be anything, and so may more than three.
        assert_eq!(settled(&["、甲甲"], 5), ["、甲甲"]);
        assert_eq!(settled(&["、甲甲"; 4], 5), ["、甲甲"; 4]);
    }
}
