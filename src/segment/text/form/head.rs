//! The part of a form above its indicators: fields, funds, free text and goals.

use super::goals;
use super::label_of;
use super::sheet::{N_COLUMNS, RIGHT, Sheet};
use crate::segment::text::spacing::{has_cut_words, squeezed};
use crate::terms::form::FormLabel;

/// A label is at most this many words of a line.
const MAX_LABEL_WORDS: usize = 3;

/// The rest of a wrapped label is no longer than this.
const MAX_LABEL_TAIL: usize = 6;

/// A label with what is printed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Field {
    label: FormLabel,
    text: String,
    /// The value line by line.
    value: Vec<String>,
}

/// What is printed side by side, or a block of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Row {
    /// Labels with their values on one line.
    Fields(Vec<Field>),
    /// The label of the funds, down to the last of their lines.
    Funds(String),
    /// The goals: the label beside them, what heads each side, and the lines of both sides one after the other.
    Goals { label: String, heads: Vec<String>, lines: Vec<String> },
}

/// The head of a form.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    rows: Vec<Row>,
}

impl Head {
    /// Whether both heads name the same project with the same money.
    ///
    /// The free text is left out: extractors damage it differently from page to page.
    pub(super) fn is_same_form(&self, other: &Self) -> bool {
        let key = |head: &Self| -> Vec<(FormLabel, String)> {
            let fields = head.rows.iter().flat_map(|row| match row {
                Row::Fields(fields) => fields.as_slice(),
                _ => &[],
            });
            fields
                .filter(|field| matches!(field.label, FormLabel::Field(_) | FormLabel::Fund(..)))
                .map(|field| (field.label, squeezed(&field.value.concat())))
                .collect()
        };
        let own = key(self);
        !own.is_empty() && own == key(other)
    }

    /// The lines of the goals, where they are for two times.
    pub(super) fn goal_lines(&self) -> &[String] {
        let goals = self.rows.iter().find_map(|row| match row {
            Row::Goals { heads, lines, .. } if heads.len() == 2 => Some(lines.as_slice()),
            _ => None,
        });
        goals.unwrap_or_default()
    }

    /// The names of the project and of those who file the form that have gaps: words were cut out of them.
    pub(super) fn cut_names(&self) -> impl Iterator<Item = &str> {
        let fields = self.rows.iter().flat_map(|row| match row {
            Row::Fields(fields) => fields.as_slice(),
            Row::Funds(_) | Row::Goals { .. } => &[],
        });
        let named = fields.filter(|field| matches!(field.label, FormLabel::Field(_)));
        named.flat_map(|field| &field.value).map(String::as_str).filter(|line| has_cut_words(line))
    }

    /// Draws the head.
    pub(super) fn draw(&self, sheet: &mut Sheet, page: u32, goal_width: usize) {
        let mut funds: Option<usize> = None;
        for row in &self.rows {
            match row {
                Row::Funds(label) => {
                    let at = sheet.n_rows();
                    funds = Some(sheet.put(at, 0..1, vec![label.clone()], page));
                }
                Row::Fields(fields) => {
                    let money = matches!(fields.first().map(|field| field.label), Some(FormLabel::Fund(..)));
                    let at = sheet.add_row();
                    draw_fields(sheet, at, fields, funds.is_some() && money, page);
                    match funds {
                        Some(label) if money => sheet.span_to_foot(label),
                        _ => funds = None,
                    }
                }
                Row::Goals { label, heads, lines } => {
                    funds = None;
                    let at = sheet.add_row();
                    let beside = sheet.put(at, 0..1, vec![label.clone()], page);
                    if let [left, right] = heads.as_slice() {
                        sheet.put(at, 1..RIGHT, vec![left.clone()], page);
                        sheet.put(at, RIGHT..N_COLUMNS, vec![right.clone()], page);
                        let (period, annual) = goals::part(lines, goal_width);
                        let below = sheet.add_row();
                        sheet.put(below, 1..RIGHT, period, page);
                        sheet.put(below, RIGHT..N_COLUMNS, annual, page);
                        sheet.span_to_foot(beside);
                    } else {
                        sheet.put(at, 1..N_COLUMNS, lines.clone(), page);
                    }
                }
            }
        }
    }
}

/// Draws labels and values side by side.
fn draw_fields(sheet: &mut Sheet, row: u16, fields: &[Field], beside_funds: bool, page: u32) {
    let n_fields = u16::try_from(fields.len()).unwrap_or(u16::MAX).max(1);
    let first = u16::from(beside_funds);
    for (field, idx) in fields.iter().zip(0u16..) {
        // The left half holds the first of two, the right half the second; more share the row evenly.
        let edge = |idx: u16| match (n_fields, idx) {
            (_, 0) => first,
            (2, 1) => RIGHT,
            (n, idx) if idx == n => N_COLUMNS.max(2 * n),
            (_, idx) => first.max(2 * idx),
        };
        let (start, end) = (edge(idx), edge(idx + 1));
        sheet.put(row, start..start + 1, vec![field.text.clone()], page);
        sheet.put(row, start + 1..end.max(start + 2), field.value.clone(), page);
    }
}

/// Reads the lines above the indicators.
pub(super) fn read(lines: &[&str]) -> Head {
    let lines = with_whole_labels(lines);
    let mut reader = Reader::default();
    let mut idx = 0;
    while let Some(line) = lines.get(idx) {
        let next = lines.get(idx + 1).map(String::as_str);
        idx += reader.line(line, next);
    }
    Head { rows: reader.rows }
}

/// How many lines lie at most between the two pieces of a label.
const MAX_LABEL_GAP: usize = 40;

/// The lines with labels whole: an extractor can write the first line of a narrow label before the text above it.
fn with_whole_labels(lines: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    let is_piece = |text: &str, most: usize| {
        let n_chars = text.chars().count();
        (1..=most).contains(&n_chars) && text.chars().all(char::is_alphabetic) && label_of(text).is_none()
    };
    for idx in 0..lines.len() {
        let Some(head) = lines.get(idx).filter(|line| is_piece(line, MAX_LABEL_TAIL) && line.chars().nth(1).is_some())
        else {
            continue;
        };
        // Pieces that follow each other are an ordinary wrapped label.
        let tail = (idx + 2..lines.len().min(idx + MAX_LABEL_GAP)).find(|at| {
            lines.get(*at).is_some_and(|tail| {
                is_piece(tail, MAX_LABEL_TAIL) && matches!(label_of(&format!("{head}{tail}")), Some(FormLabel::Text(_)))
            })
        });
        if let Some(tail) = tail {
            if let Some(line) = out.get_mut(tail) {
                line.insert_str(0, head);
            }
            if let Some(line) = out.get_mut(idx) {
                line.clear();
            }
        }
    }
    out.retain(|line| !line.is_empty());
    out
}

#[derive(Default)]
struct Reader {
    rows: Vec<Row>,
    /// Free text has begun: what reads like a field or a fund is a word of it.
    in_text: bool,
    /// Heads of goals that wait for their label.
    heads: Vec<String>,
}

impl Reader {
    /// Takes a line, or two where a label goes over both; returns how many.
    fn line(&mut self, line: &str, next: Option<&str>) -> usize {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let [word] = words.as_slice()
            && word.starts_with(char::is_alphabetic)
            && let Some(tail) = next.filter(|next| next.chars().count() <= MAX_LABEL_TAIL && !next.contains(' '))
            && label_of(word).is_none_or(|label| label == FormLabel::FundBlock)
        {
            let joined = format!("{word}{tail}");
            if let Some(label) = label_of(&joined).filter(|label| self.may_open(*label)) {
                self.open(label, joined, Vec::new());
                return 2;
            }
        }
        let mut pieces = pieces(&words);
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
            return 1;
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
        1
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
            None => {}
        }
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

    #[test]
    fn a_label_cut_by_the_text_above_it_is_put_together() {
        let head = read(&["项目概况", "立项依", "概况的第一行", "概况的第二行", "据", "依据的文件"]);
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
