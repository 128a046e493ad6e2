//! Which lines of a header are one wrapped cell: every reading that its words bear out.

use crate::terms::header::HeaderWord;

/// Readings that cost this much more than the best are not looked at.
const MARGIN: u32 = 60;

/// So many readings are looked at, the cheapest first.
const MAX_READINGS: usize = 48;

/// A wrapped header cell has at most this many lines.
const MAX_WRAPS: usize = 6;

/// A cell of the header.
#[derive(Clone, Debug)]
pub(super) struct HeaderCell {
    pub(super) text: String,
    /// Whether it begins a line: a new header row begins with such a cell.
    pub(super) begins_line: bool,
    /// The word that it is, or what its end tells.
    pub(super) word: Option<HeaderWord>,
}

/// One way to read the pieces as cells.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) cells: Vec<HeaderCell>,
    /// How unlikely its words are, in tenths.
    pub(super) cost: u32,
}

/// The likely readings, the likeliest first.
pub(super) fn readings(lines: &[Vec<&str>]) -> Vec<Reading> {
    // A beam over the pieces: readings of the first pieces, each with its last cell still open.
    let mut beam = vec![(Reading { cells: Vec::new(), cost: 0 }, Vec::<String>::new())];
    for (idx, piece) in lines.iter().flat_map(|line| line.iter().enumerate()) {
        let mut next: Vec<(Reading, Vec<String>)> = Vec::with_capacity(2 * beam.len());
        for (reading, open) in &beam {
            if !open.is_empty() && open.len() < MAX_WRAPS {
                let mut reading = reading.clone();
                let mut open = open.clone();
                // A space within a cell is rarer than a line that wraps.
                reading.cost += if idx == 0 { 0 } else { 3 };
                open.push((*piece).to_owned());
                next.push((reading, open));
            }
            let mut reading = reading.clone();
            let mut open = open.clone();
            close(&mut reading, &mut open);
            open = vec![(*piece).to_owned()];
            reading.cells.push(HeaderCell { text: String::new(), begins_line: idx == 0, word: None });
            next.push((reading, open));
        }
        // The open cell counts too, or a cell that is bad as it stands would push out its better continuation.
        next.sort_by_key(|(reading, open)| (reading.cost + cost_of(open) / 2, reading.cells.len()));
        next.truncate(2 * MAX_READINGS);
        beam = next;
    }
    let mut readings: Vec<Reading> = beam
        .into_iter()
        .map(|(mut reading, mut open)| {
            close(&mut reading, &mut open);
            reading
        })
        .collect();
    readings.sort_by_key(|reading| (reading.cost, reading.cells.len()));
    let best = readings.first().map_or(0, |reading| reading.cost);
    readings.retain(|reading| reading.cost <= best + MARGIN);
    readings.truncate(MAX_READINGS);
    readings
}

/// Ends the open cell and adds its cost.
fn close(reading: &mut Reading, open: &mut Vec<String>) {
    if let Some(cell) = reading.cells.last_mut()
        && !open.is_empty()
    {
        cell.text = open.concat();
        cell.word = kind(&cell.text);
        reading.cost += cost_of(open);
    }
    open.clear();
}

/// The word that a cell is, or what its end tells.
fn kind(text: &str) -> Option<HeaderWord> {
    HeaderWord::of(text).or_else(|| {
        if text.ends_with("编码") || text.ends_with("代码") {
            Some(HeaderWord::Code)
        } else if text.ends_with("名称") || text.ends_with("科目") {
            Some(HeaderWord::Label)
        } else {
            None
        }
    })
}

/// How unlikely these pieces are as one cell.
fn cost_of(pieces: &[String]) -> u32 {
    let text = pieces.concat();
    let n_chars = text.chars().count();
    let mut cost = word_cost(&text);
    if n_chars == 1 && !matches!(text.as_str(), "类" | "款" | "项") {
        cost += 70;
    }
    let known = |text: &str| HeaderWord::of(text).is_some();
    for cut in 1..pieces.len() {
        cost += 3;
        let left = pieces.get(..cut).map(<[String]>::concat).unwrap_or_default();
        let Some(right) = pieces.get(cut) else { continue };
        // A known word as a whole is rather that than two known words, each on its line.
        cost += match (known(&left), known(right)) {
            _ if known(&text) => 2,
            (true, true) => 25,
            (false, true) => 12,
            (true, false) => 7,
            (false, false) => 0,
        };
        // The first lines of a wrapped cell are full: what follows is no longer than they are.
        let widest = pieces.get(..cut).into_iter().flatten().map(|piece| piece.chars().count()).max().unwrap_or(0);
        if right.chars().count() > widest + 1 {
            cost += 20;
        }
    }
    cost
}

/// How unlikely a text is as a header cell.
fn word_cost(text: &str) -> u32 {
    const ENDS: &[&str] = &[
        "预算数",
        "决算数",
        "预算",
        "收入",
        "支出",
        "资金",
        "费",
        "数",
        "结转",
        "结余",
        "安排",
        "金额",
        "名称",
        "编码",
        "代码",
        "项目",
        "拨款",
        "经费",
        "合计",
        "小计",
        "情况",
        "科目",
        "单位",
        "年",
        "基金",
        "）",
        ")",
    ];
    if HeaderWord::of(text).is_some() {
        0
    } else if ENDS.iter().any(|end| text.ends_with(end)) {
        5
    } else {
        15
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(lines: &[&str]) -> String {
        let lines: Vec<Vec<&str>> = lines.iter().map(|line| line.split(' ').collect()).collect();
        let readings = readings(&lines);
        let best = readings.first().expect("a reading");
        best.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn a_wrapped_cell_is_joined_by_the_word_that_it_makes() {
        assert_eq!(
            best(&["合计 一般公共预算", "政府性基", "金预算", "国有资本经", "营预算"]),
            "合计|一般公共预算|政府性基金预算|国有资本经营预算"
        );
    }

    #[test]
    fn known_words_on_lines_of_their_own_stay_apart() {
        assert_eq!(
            best(&["项目", "2031年预算数", "合计 基本支出 项目支出"]),
            "项目|2031年预算数|合计|基本支出|项目支出"
        );
    }
}
