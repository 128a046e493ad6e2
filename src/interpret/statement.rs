//! A table becomes a statement: kind, title, number, department and unit from its caption, typed records.

use crate::arithmetic::amount::Notation;
use crate::arithmetic::code;
use crate::interpret::{Column, ColumnRole, Record, Statement, Value, column};
use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::segment::header::bare;
use crate::segment::{TableRegion, TextLine, caption};
use crate::terms::{StatementKind, Unit, department, statement as terms, year};
use unicode_normalization::UnicodeNormalization;

/// A line this many times as large as another takes the title from it.
const LARGER: f32 = 1.15;

/// What is printed behind a department's name where its seal goes.
const SEALS: [&str; 6] = ["（公章）", "（盖章）", "（章）", "(公章)", "(盖章)", "(章)"];

/// What the caption of a table says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// Title without number and enumerator.
    pub title: Option<String>,
    /// The number as printed.
    pub number: Option<String>,
    /// The department as printed, without its code.
    pub department: Option<String>,
    /// The code printed with the department.
    pub department_code: Option<String>,
    /// The bare unit word.
    pub unit: Option<String>,
    /// The year that stands beside or below the title.
    pub fiscal_year: Option<i32>,
}

/// Reads a caption.
pub fn heading(caption: &[TextLine]) -> Heading {
    let mut reader = Reader { has_title: caption::has_title(caption), ..Reader::default() };
    for (idx, line) in caption.iter().enumerate() {
        let below = caption.get(idx + 1..).unwrap_or_default();
        if !reader.has_title && !below.is_empty() && caption::is_set_as_title(line, below) {
            let text = bare(&line.text);
            let (number, title) = terms::split_number(&text).map_or((None, text.as_str()), |(n, rest)| (Some(n), rest));
            reader.heading.number = number.map(str::to_owned);
            reader.heading.title = Some(title.to_owned());
            reader.has_title = true;
        } else {
            reader.read(line);
        }
    }
    reader.heading
}

/// A caption that is read line by line.
#[derive(Default)]
struct Reader {
    heading: Heading,
    /// Whether any line is a title.
    has_title: bool,
    title_size: f32,
    /// Where a label of the department stands whose name is still to come.
    awaits_name: Option<Provenance>,
}

impl Reader {
    fn read(&mut self, line: &TextLine) {
        // A name without a label is known by the unit beside it or by the title above it.
        let has_unit =
            terms::unit(&line.text).is_some() || line.text.split('\t').any(|p| terms::bare_unit(p).is_some());
        let may_name = has_unit || self.has_title;
        let is_beside = |label: &Provenance| match (label.rect, line.provenance.rect) {
            (Some(a), Some(b)) => label.page == line.provenance.page && a.y0 < b.y1 && b.y0 < a.y1,
            _ => false,
        };
        self.awaits_name = self.awaits_name.filter(is_beside);
        if self.heading.unit.is_none() {
            self.heading.unit = terms::unit(&line.text).map(str::to_owned);
        }
        let text = terms::without_unit(&line.text);
        // The letters of a title may stand far apart.
        let is_spread = text.split('\t').all(|letter| bare(letter).chars().count() <= 1);
        let text = if is_spread { bare(&text) } else { text };
        for part in text.split('\t') {
            if self.heading.unit.is_none() {
                self.heading.unit = terms::bare_unit(part).map(str::to_owned);
            }
            self.part(&bare(part), line, may_name);
        }
    }

    fn part(&mut self, text: &str, line: &TextLine, may_name: bool) {
        if text.is_empty() || terms::bare_unit(text).is_some() {
            return;
        }
        if let Some(year) = year::alone(text) {
            self.heading.fiscal_year = self.heading.fiscal_year.or(Some(year));
            return;
        }
        if let Some(name) = terms::department(without_brackets(text)) {
            if name.is_empty() {
                self.awaits_name = Some(line.provenance);
            }
            self.name(name);
            return;
        }
        if let Some(title) = self.heading.title.as_mut().filter(|_| terms::is_remark(text) && text.contains("分类")) {
            title.push_str(text);
            return;
        }
        let mut rest = text;
        if let Some((number, after)) = terms::split_number(text) {
            self.heading.number.get_or_insert_with(|| number.to_owned());
            rest = after;
        }
        if terms::is_title(rest) {
            // A sheet's name in small print may stand above the title itself.
            if self.heading.title.is_none() || line.size > LARGER * self.title_size {
                self.title_size = line.size;
                self.heading.title = Some(terms::without_enumerator(rest).to_owned());
            }
        } else if self.awaits_name.is_some() || (may_name && department::names(rest)) {
            self.name(rest);
        }
    }

    /// Takes a department's name, with or without its code; the first counts.
    fn name(&mut self, text: &str) {
        // The year may stand close behind the name.
        let text = match text.find("20").filter(|at| year::alone(&text[*at..]).is_some()) {
            Some(at) => &text[..at],
            None => text,
        };
        let text = SEALS.iter().find_map(|seal| text.strip_suffix(seal)).unwrap_or(text);
        let (code, name) = match text.bytes().all(|b| b.is_ascii_digit()) {
            true => (Some(text).filter(|code| !code.is_empty()), ""),
            false => department::split_code(text),
        };
        if self.heading.department_code.is_none() {
            self.heading.department_code = code.map(str::to_owned);
        }
        if self.heading.department.is_none() && !name.is_empty() {
            self.heading.department = Some(name.to_owned());
            self.awaits_name = None;
        }
    }
}

/// A text that stands in brackets as a whole, without them.
fn without_brackets(text: &str) -> &str {
    let inner = |open: char, close: char| text.strip_prefix(open)?.strip_suffix(close);
    inner('（', '）').or_else(|| inner('(', ')')).unwrap_or(text)
}

/// The unit that the headers of all amount columns state, where the caption states none: 预算数（单位：万元）.
fn unit_of_headers(columns: &[Column]) -> Option<String> {
    let mut units = columns
        .iter()
        .filter(|c| c.role == ColumnRole::Amount)
        .map(|c| c.path.iter().find_map(|element| terms::unit_in_header(element)));
    let first = units.next()??;
    units.all(|unit| unit == Some(first)).then(|| first.to_owned())
}

/// Whether a table lists projects with their money and what is to come of it: 项目 | 预算数 | 绩效目标.
fn lists_targets(columns: &[Column]) -> bool {
    let names = |words: &[&str]| {
        columns.iter().any(|column| column.path.last().is_some_and(|leaf| words.iter().any(|word| leaf.contains(word))))
    };
    names(&["项目"]) && names(&["目标", "绩效指标"]) && columns.iter().any(|column| column.role == ColumnRole::Amount)
}

/// Types one table.
pub fn interpret(region: TableRegion, idx: usize, notes: &mut Vec<Note>) -> Statement {
    let id = format!("table-{:02}", idx + 1);
    let mut heading = heading(&region.caption);
    let roles = column::roles(&region.columns, &region.rows);
    let columns: Vec<Column> =
        region.columns.into_iter().zip(&roles).map(|(path, (role, _))| Column { path, role: *role }).collect();
    heading.unit = heading.unit.or_else(|| unit_of_headers(&columns)).or_else(|| unit_of_cells(&roles));
    let unit = heading.unit.as_deref().and_then(Unit::from_word);
    // Cells in another unit than their table's are not read: one of the two is wrong.
    let own_unit = |notation: &Notation| notation.unit.filter(|own| Some(*own) == unit);
    let notations: Vec<Notation> =
        roles.iter().map(|(_, notation)| Notation { unit: own_unit(notation), ..*notation }).collect();
    let kind = match heading.title.as_deref().map_or(StatementKind::Other, terms::kind) {
        StatementKind::Other if lists_targets(&columns) => StatementKind::PerformanceTarget,
        kind => kind,
    };
    let mut records: Vec<Record> = region
        .rows
        .into_iter()
        .map(|row| {
            let values: Vec<Option<Value>> = row
                .cells
                .into_iter()
                .zip(columns.iter().zip(&notations))
                .map(|(cell, (column, notation))| {
                    let cell = cell?;
                    let amount = if column.role == ColumnRole::Amount { notation.parse(&cell.text) } else { None };
                    let text = match column.role {
                        // Digits of a code are digits however wide they are printed.
                        ColumnRole::Code => bare(&cell.text).nfkc().collect(),
                        _ => bare(&cell.text),
                    };
                    Some(Value {
                        text,
                        amount,
                        guessed: cell.doubt.is_some(),
                        inset: cell.inset,
                        provenance: cell.provenance,
                    })
                })
                .collect();
            Record { level: None, values, provenance: row.provenance }
        })
        .collect();
    for (level, record) in code::levels(&columns, &records).into_iter().zip(&mut records) {
        record.level = level;
    }
    let has_amounts = records.iter().any(|r| r.values.iter().flatten().any(|v| v.amount.is_some()));
    if unit.is_none() && has_amounts {
        let page = region.pages.first().copied().unwrap_or(1);
        notes.push(Note::new(NoteKind::UnitUnknown, format!("{id}: expected a unit of money"), Provenance::page(page)));
    }
    let statement = Statement {
        id,
        number: heading.number,
        kind,
        title: heading.title,
        department: heading.department,
        department_code: heading.department_code,
        fiscal_year: heading.fiscal_year,
        unit_printed: heading.unit,
        unit,
        pages: region.pages,
        columns,
        records,
        notes: region.notes.iter().map(|line| bare(&line.text)).collect(),
    };
    note_unread(&statement, notes);
    note_units(&statement.id, &region.caption, notes);
    statement
}

/// Says of each amount that cannot be read where it stands, and once where that is most of a column.
fn note_unread(statement: &Statement, notes: &mut Vec<Note>) {
    let id = &statement.id;
    for (column, header) in statement.columns.iter().enumerate() {
        let filled = || statement.records.iter().filter_map(|record| record.values.get(column)?.as_ref());
        let unread: Vec<&Value> = filled().filter(|value| statement.is_unread(column, value)).collect();
        let n_read = filled().filter(|value| value.amount.is_some()).count();
        let n_noted = if unread.len() > n_read { 1 } else { unread.len() };
        for value in unread.iter().take(n_noted) {
            let message = match unread.len() - n_noted {
                0 => format!("{id}: expected an amount, found {:?}", value.text),
                n => {
                    let name = header.path.join("/");
                    format!("{id}: expected amounts in {name}, found {:?} and {n} more like it", value.text)
                }
            };
            notes.push(Note::new(NoteKind::AmountUnreadable, message, value.provenance));
        }
    }
}

/// Says where a table prints another unit than at its head: figures of one of the two places are that many times off.
fn note_units(id: &str, caption: &[TextLine], notes: &mut Vec<Note>) {
    let units = caption.iter().filter_map(|line| Some((terms::unit(&line.text)?, line.provenance)));
    let units: Vec<(&str, Provenance)> = units.collect();
    let Some((first, _)) = units.first() else { return };
    for (other, place) in units.iter().filter(|(unit, _)| Unit::from_word(unit) != Unit::from_word(first)) {
        let message = format!("{id}: the unit is {first} at the head of the table and {other} here; {first} is taken");
        notes.push(Note::new(NoteKind::UnitContradicted, message, *place));
    }
}

/// The unit that the cells of all amount columns print which print one.
fn unit_of_cells(roles: &[(ColumnRole, Notation)]) -> Option<String> {
    let mut units =
        roles.iter().filter(|(role, _)| *role == ColumnRole::Amount).filter_map(|(_, notation)| notation.unit);
    let first = units.next()?;
    units.all(|unit| unit == first).then(|| first.word().to_owned())
}
