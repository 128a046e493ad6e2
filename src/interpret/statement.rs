//! A table becomes a statement: kind, title, number, department and unit from its caption, typed records.

use crate::interpret::{Column, ColumnRole, Record, Statement, Value, amount, code, column};
use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::segment::header::bare;
use crate::segment::{TableRegion, TextLine};
use crate::terms::{StatementKind, Unit, statement as terms};
use unicode_normalization::UnicodeNormalization;

/// A line this many times as large as another takes the title from it.
const LARGER: f32 = 1.15;

/// What the caption of a table says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// Title without number and enumerator.
    pub title: Option<String>,
    /// The number as printed.
    pub number: Option<String>,
    /// The department as printed.
    pub department: Option<String>,
    /// The bare unit word.
    pub unit: Option<String>,
}

/// Reads a caption.
pub fn heading(caption: &[TextLine]) -> Heading {
    let mut heading = Heading::default();
    let mut title_size = 0.0;
    for line in caption {
        if heading.unit.is_none() {
            heading.unit = terms::unit(&line.text).map(str::to_owned);
        }
        for part in terms::without_unit(&line.text).split('\t') {
            part_of(part, line.size, &mut title_size, &mut heading);
        }
    }
    heading
}

fn part_of(part: &str, size: f32, title_size: &mut f32, heading: &mut Heading) {
    let text = bare(part);
    if let Some(department) = terms::department(without_brackets(&text)) {
        if heading.department.is_none() && !department.is_empty() {
            heading.department = Some(department.to_owned());
        }
        return;
    }
    let mut rest = text.as_str();
    if let Some((number, after)) = terms::split_number(&text) {
        if heading.number.is_none() {
            heading.number = Some(number.to_owned());
        }
        rest = after;
    }
    // A sheet's name in small print may stand above the title itself.
    let is_larger = heading.title.is_none() || size > LARGER * *title_size;
    if is_larger && terms::is_title(rest) {
        *title_size = size;
        heading.title = Some(terms::without_enumerator(rest).to_owned());
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

/// Types one table.
pub fn interpret(region: TableRegion, idx: usize, notes: &mut Vec<Note>) -> Statement {
    let id = format!("table-{:02}", idx + 1);
    let mut heading = heading(&region.caption);
    let kind = heading.title.as_deref().map_or(StatementKind::Other, terms::kind);
    let roles = column::roles(&region.columns, &region.rows);
    let columns: Vec<Column> =
        region.columns.into_iter().zip(&roles).map(|(path, role)| Column { path, role: *role }).collect();
    heading.unit = heading.unit.or_else(|| unit_of_headers(&columns));
    let mut records: Vec<Record> = region
        .rows
        .into_iter()
        .map(|row| {
            let values: Vec<Option<Value>> = row
                .cells
                .into_iter()
                .zip(&columns)
                .map(|(cell, column)| {
                    let cell = cell?;
                    let amount = if column.role == ColumnRole::Amount { amount::parse(&cell.text) } else { None };
                    let text = match column.role {
                        // Digits of a code are digits however wide they are printed.
                        ColumnRole::Code => bare(&cell.text).nfkc().collect(),
                        _ => bare(&cell.text),
                    };
                    if column.role == ColumnRole::Amount && amount.is_none() && text.bytes().any(|b| b.is_ascii_digit())
                    {
                        notes.push(Note::new(
                            NoteKind::AmountUnreadable,
                            format!("{id}: expected an amount, found {text:?}"),
                            cell.provenance,
                        ));
                    }
                    Some(Value { text, amount, guessed: cell.guessed, inset: cell.inset, provenance: cell.provenance })
                })
                .collect();
            Record { level: None, values, provenance: row.provenance }
        })
        .collect();
    for (level, record) in code::levels(&columns, &records).into_iter().zip(&mut records) {
        record.level = level;
    }
    let unit = heading.unit.as_deref().and_then(Unit::from_word);
    let has_amounts = records.iter().any(|r| r.values.iter().flatten().any(|v| v.amount.is_some()));
    if unit.is_none() && has_amounts {
        let page = region.pages.first().copied().unwrap_or(1);
        notes.push(Note::new(NoteKind::UnitUnknown, format!("{id}: expected a unit of money"), Provenance::page(page)));
    }
    Statement {
        id,
        number: heading.number,
        kind,
        title: heading.title,
        department: heading.department,
        unit_printed: heading.unit,
        unit,
        pages: region.pages,
        columns,
        records,
        notes: region.notes.iter().map(|line| bare(&line.text)).collect(),
    }
}
