//! The lines of a form above its indicators, read: labels with their values, whatever lines they go over.

use super::fund_table::{self, FundTable};
use super::head::{Field, Head, Row};
use super::outcome::Outcome;
use super::{Printed, label_of};
use crate::terms::form::FormLabel;

/// A label is at most this many words of a line.
const MAX_LABEL_WORDS: usize = 3;

/// The rest of a wrapped label is no longer than this.
const MAX_LABEL_TAIL: usize = 6;

/// Reads the lines above the indicators.
pub(super) fn read(printed: &[Printed<'_>]) -> Head {
    let lines = with_whole_labels(printed);
    let mut reader = Reader::default();
    let mut idx = 0;
    while idx < lines.len() {
        idx += reader.take(lines.get(idx..).unwrap_or_default());
    }
    Head { rows: reader.rows }
}

/// A line of the head, whole labels put together.
#[derive(Clone, Debug)]
struct HeadLine {
    text: String,
    /// A blank line stands above it.
    apart: bool,
}

/// How many lines lie at most between the two pieces of a label.
const MAX_LABEL_GAP: usize = 40;

/// The lines with labels whole: an extractor can write the first line of a narrow label before the text above it, and
/// each line of a label that is printed top down.
fn with_whole_labels(printed: &[Printed<'_>]) -> Vec<HeadLine> {
    let mut lines: Vec<HeadLine> =
        printed.iter().map(|line| HeadLine { text: line.text.to_owned(), apart: line.apart }).collect();
    let is_piece = |text: &str, most: usize| {
        let n_chars = text.chars().count();
        (1..=most).contains(&n_chars) && text.chars().all(char::is_alphabetic)
    };
    let is_start = |text: &str, most: usize| is_piece(text, most) && label_of(text).is_none();
    for idx in 0..lines.len() {
        let Some(head) = printed.get(idx).map(|line| line.text) else { continue };
        if is_start(head, MAX_VERTICAL_CHARS) {
            let run = printed.iter().skip(idx).take(MAX_VERTICAL_LINES);
            let run: Vec<&str> =
                run.map(|line| line.text).take_while(|text| is_piece(text, MAX_VERTICAL_CHARS)).collect();
            let whole =
                |n: &usize| matches!(label_of(&run.get(..*n).unwrap_or_default().concat()), Some(FormLabel::Goal(_)));
            if let Some(n) = (2..=run.len()).rev().find(whole) {
                for line in lines.iter_mut().skip(idx).take(n) {
                    line.text.clear();
                }
                if let Some(line) = lines.get_mut(idx) {
                    line.text = run.get(..n).unwrap_or_default().concat();
                }
                continue;
            }
        }
        if !is_start(head, MAX_LABEL_TAIL) || head.chars().nth(1).is_none() {
            continue;
        }
        // Pieces that follow each other are an ordinary wrapped label.
        let tail = (idx + 2..lines.len().min(idx + MAX_LABEL_GAP)).find(|at| {
            printed.get(*at).is_some_and(|tail| {
                is_start(tail.text, MAX_LABEL_TAIL)
                    && matches!(label_of(&format!("{head}{}", tail.text)), Some(FormLabel::Text(_)))
            })
        });
        if let Some(tail) = tail {
            if let Some(line) = lines.get_mut(tail) {
                line.text.insert_str(0, head);
            }
            if let Some(line) = lines.get_mut(idx) {
                line.text.clear();
            }
        }
    }
    lines.retain(|line| !line.text.is_empty());
    lines
}

/// A label that is printed top down has at most so many lines of at most so many characters.
const MAX_VERTICAL_LINES: usize = 6;
const MAX_VERTICAL_CHARS: usize = 3;

#[derive(Default)]
struct Reader {
    rows: Vec<Row>,
    /// Free text has begun: what reads like a field or a fund is a word of it.
    in_text: bool,
    /// Heads of goals that wait for their label.
    heads: Vec<String>,
}

impl Reader {
    /// Takes the first of the lines, or several where what it begins goes over them; returns how many.
    fn take(&mut self, lines: &[HeadLine]) -> usize {
        let Some(line) = lines.first() else { return 1 };
        if !self.in_text
            && let Some((n_lines, block, columns)) = fund_table::columns(lines.iter().map(|line| line.text.as_str()))
        {
            let open = match self.rows.last_mut() {
                Some(Row::Funds(label)) if block.is_none() => Some(std::mem::take(label)),
                _ => None,
            };
            if open.is_some() {
                self.rows.pop();
            }
            let label = block.or(open).unwrap_or_default();
            self.rows.push(Row::FundTable(FundTable::new(label, columns)));
            return n_lines;
        }
        let words: Vec<&str> = line.text.split_whitespace().collect();
        let pieces = pieces(&words);
        if let Some((label, heads)) = outcome_heads(&pieces) {
            let label = label.or_else(|| self.goal_label()).unwrap_or_default();
            self.rows.push(Row::Outcome(Outcome::new(label, heads)));
            self.in_text = true;
            return 1;
        }
        if let Some(Row::Outcome(outcome)) = self.rows.last_mut()
            && !matches!(pieces.first(), Some(Piece::Label(FormLabel::Text(_) | FormLabel::Goal(_), _)))
        {
            outcome.push(&line.text, line.apart);
            return 1;
        }
        if let [word] = words.as_slice()
            && let Some(next) = lines.get(1)
            && self.opens_over_two(word, &next.text)
        {
            return 2;
        }
        self.line(&line.text, pieces);
        1
    }

    /// The label of goals that was read before what heads them.
    fn goal_label(&mut self) -> Option<String> {
        if let Some(Row::Goals { label, heads, lines }) = self.rows.last()
            && heads.is_empty()
            && lines.is_empty()
        {
            let label = label.clone();
            self.rows.pop();
            return Some(label);
        }
        self.heads.pop()
    }

    /// Takes the only word of a line and the line below it, where both are one label; returns whether they are.
    fn opens_over_two(&mut self, word: &str, tail: &str) -> bool {
        let may_go_on = word.starts_with(char::is_alphabetic)
            && tail.chars().count() <= MAX_LABEL_TAIL
            && !tail.contains(' ')
            && label_of(word).is_none_or(|label| label == FormLabel::FundBlock);
        if !may_go_on {
            return false;
        }
        let joined = format!("{word}{tail}");
        let Some(label) = label_of(&joined).filter(|label| self.may_open(*label)) else { return false };
        self.open(label, joined, Vec::new());
        true
    }

    /// Takes a line, of which the labels and words are known.
    fn line(&mut self, line: &str, mut pieces: Vec<Piece>) {
        let opens = matches!(pieces.first(), Some(Piece::Label(label, _)) if self.may_open(*label));
        if !opens {
            // 金⏎6,837,600 市县（区）财政资金 2,470,000: the value of a wrapped label, then the next label.
            let first_label =
                pieces.iter().position(|piece| matches!(piece, Piece::Label(label, _) if self.may_open(*label)));
            let awaits = matches!(self.rows.last(), Some(Row::Fields(fields)) if fields.last().is_some_and(|field| field.value.is_empty()));
            match first_label.filter(|_| awaits && !self.in_text) {
                Some(at) => {
                    let rest = pieces.split_off(at);
                    self.go_on(&text_of(&pieces));
                    self.beside(rest);
                }
                None => self.go_on(line),
            }
            return;
        }
        let mut fresh = true;
        let mut pieces = pieces.into_iter().peekable();
        while let Some(piece) = pieces.next() {
            let Piece::Label(label, text) = piece else { continue };
            let mut value = Vec::new();
            while let Some(Piece::Word(word)) = pieces.peek() {
                value.push(word.clone());
                pieces.next();
            }
            let value = if value.is_empty() { Vec::new() } else { vec![value.join(" ")] };
            if fresh {
                self.open(label, text, value);
            } else {
                self.add(label, text, value);
            }
            fresh = false;
        }
    }

    /// Whether a label can begin something here.
    fn may_open(&self, label: FormLabel) -> bool {
        match label {
            FormLabel::Text(_) | FormLabel::Goal(_) => true,
            FormLabel::Field(_) | FormLabel::Fund(..) | FormLabel::FundBlock => !self.in_text,
            _ => false,
        }
    }

    /// Begins a row.
    fn open(&mut self, label: FormLabel, text: String, value: Vec<String>) {
        match label {
            FormLabel::FundBlock if value.is_empty() => self.rows.push(Row::Funds(text)),
            FormLabel::Fund(..) if matches!(self.rows.last(), Some(Row::FundTable(_))) => {
                if let Some(Row::FundTable(table)) = self.rows.last_mut() {
                    table.open(text, &value.concat());
                }
            }
            FormLabel::Goal(Some(_)) if value.is_empty() => {
                self.in_text = true;
                self.head(text);
            }
            FormLabel::Goal(_) => {
                self.in_text = true;
                let heads = std::mem::take(&mut self.heads);
                self.rows.push(Row::Goals { label: text, heads, lines: value });
            }
            _ => {
                self.in_text |= matches!(label, FormLabel::Text(_));
                self.rows.push(Row::Fields(vec![Field { label, text, value }]));
            }
        }
    }

    /// What heads one side of the goals; the label beside them may stand before it.
    fn head(&mut self, text: String) {
        match self.rows.last_mut() {
            Some(Row::Goals { heads, lines, .. }) if lines.is_empty() && heads.len() < 2 => heads.push(text),
            _ => self.heads.push(text),
        }
    }

    /// Adds a label to the row that is open.
    fn add(&mut self, label: FormLabel, text: String, value: Vec<String>) {
        if let FormLabel::Goal(Some(_)) = label {
            self.head(text);
            return;
        }
        match self.rows.last_mut() {
            Some(Row::Fields(fields)) => fields.push(Field { label, text, value }),
            _ => self.open(label, text, value),
        }
    }

    /// Adds labels and values to the row that is open.
    fn beside(&mut self, pieces: Vec<Piece>) {
        for piece in pieces {
            match piece {
                Piece::Label(label, text) => self.add(label, text, Vec::new()),
                Piece::Word(word) => self.go_on(&word),
            }
        }
    }

    /// A line that goes on with the last value.
    fn go_on(&mut self, text: &str) {
        match self.rows.last_mut() {
            Some(Row::Fields(fields)) => {
                if let Some(field) = fields.last_mut() {
                    field.value.push(text.to_owned());
                }
            }
            // 项目资金⏎（元）
            Some(Row::Funds(label)) => label.push_str(text),
            Some(Row::Goals { lines, .. }) => lines.push(text.to_owned()),
            Some(Row::FundTable(table)) => table.go_on(text),
            Some(Row::Outcome(_)) | None => {}
        }
    }
}

/// What heads a goal and its outcome, 预期目标 实际完成情况, and the label beside both if it stands before them.
fn outcome_heads(pieces: &[Piece]) -> Option<(Option<String>, [String; 2])> {
    let labels: Option<Vec<(FormLabel, &String)>> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Label(label, text) => Some((*label, text)),
            Piece::Word(_) => None,
        })
        .collect();
    let labels = labels?;
    let (beside, heads) = labels.split_at(labels.len().checked_sub(2)?);
    let [(FormLabel::Goal(_), goal), (FormLabel::Text("actual_annual"), actual)] = heads else { return None };
    match beside {
        [] => Some((None, [(*goal).clone(), (*actual).clone()])),
        [(FormLabel::Goal(_), label)] => Some((Some((*label).clone()), [(*goal).clone(), (*actual).clone()])),
        _ => None,
    }
}

/// A label or a word of a value.
enum Piece {
    Label(FormLabel, String),
    Word(String),
}

fn text_of(pieces: &[Piece]) -> String {
    let words: Vec<&str> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Label(_, text) | Piece::Word(text) => text.as_str(),
        })
        .collect();
    words.join(" ")
}

/// The labels and words of a line; a label may have spaces in it.
fn pieces(words: &[&str]) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut idx = 0;
    while idx < words.len() {
        let longest = (1..=MAX_LABEL_WORDS.min(words.len() - idx)).rev().find_map(|n_words| {
            let text = words.get(idx..idx + n_words)?.concat();
            let label = label_of(&text)?;
            // A bracket or a number is no part of a label: 0 省级财政资金 is an amount and the next label.
            let opens = |ch: char| matches!(ch, '（' | '(' | '-' | '.') || ch.is_ascii_digit();
            (!text.starts_with(opens)).then_some((n_words, label, text))
        });
        match longest {
            Some((n_words, label, text)) => {
                out.push(Piece::Label(label, text));
                idx += n_words;
            }
            None => {
                out.extend(words.get(idx).map(|word| Piece::Word((*word).to_owned())));
                idx += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines<'a>(texts: &[&'a str]) -> Vec<Printed<'a>> {
        texts.iter().map(|text| Printed { text, apart: true }).collect()
    }

    #[test]
    fn a_label_cut_by_the_text_above_it_is_put_together() {
        let head = read(&lines(&["项目概况", "立项依", "概况的第一行", "概况的第二行", "据", "依据的文件"]));
        let fields: Vec<String> = head
            .rows
            .iter()
            .filter_map(|row| match row {
                Row::Fields(fields) => fields.first().map(|field| format!("{}={}", field.text, field.value.concat())),
                _ => None,
            })
            .collect();
        assert_eq!(fields, ["项目概况=概况的第一行概况的第二行", "立项依据=依据的文件"]);
    }
}
