//! A sheet that goes on in further sheets where it has more rows than Excel opens.

use std::collections::HashMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatUnderline, Formula, Workbook, Worksheet};

use super::error;
use crate::emit::double;
use crate::emit::flat::schema::ColumnType;
use crate::error::Error;

/// A column of a sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: ColumnType,
    pub(super) about: &'static str,
}

impl Column {
    pub(super) const fn text(name: &'static str, about: &'static str) -> Self {
        Self { name, kind: ColumnType::Text, about }
    }

    /// In characters.
    pub(super) fn width(&self) -> f64 {
        match (self.kind, self.name) {
            (_, "report" | "department" | "table_title" | "label" | "column_path" | "what" | "project") => 30.0,
            (ColumnType::Decimal { .. }, _) => 20.0,
            (ColumnType::Integer | ColumnType::Number | ColumnType::Flag, _) => 10.0,
            _ => 16.0,
        }
    }
}

/// Characters of a cell that Excel opens, and of a text in a formula.
const MAX_CHARS: usize = 32_767;
const MAX_LINK_CHARS: usize = 255;

/// What stands in a cell.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    Blank,
    Text(String),
    /// A level of trust, in its colour.
    Trust(String),
    Number(f64),
    /// A decimal in yuan.
    Money(String),
    Flag(bool),
    /// A text that leads to a row of a sheet, both as the program shows them.
    Link(String, Place),
}

/// A row of a sheet: the sheet's name and the number that the program shows beside the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place(String, u64);

/// How cells look.
pub(super) struct Formats {
    pub(super) head: Format,
    pub(super) wrapped: Format,
    money: Format,
    link: Format,
    trust: HashMap<&'static str, Format>,
}

/// The levels of trust with the colour of each, as hex.
pub(super) const TRUST_COLORS: [(&str, u32); 5] = [
    ("corroborated", 0x00C6_E0B4),
    ("confirmed", 0x00E2_EFDA),
    ("rounded", 0x00FF_F2CC),
    ("unchecked", 0x00ED_EDED),
    ("contradicted", 0x00F8_CBAD),
];

impl Formats {
    pub(super) fn new() -> Self {
        let fill = |(level, color)| (level, Format::new().set_background_color(Color::RGB(color)));
        Self {
            head: Format::new().set_bold().set_background_color(Color::RGB(0x00D9_E1F2)),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            money: Format::new().set_num_format("#,##0.00"),
            link: Format::new().set_font_color(Color::RGB(0x0005_63C1)).set_underline(FormatUnderline::Single),
            trust: TRUST_COLORS.into_iter().map(fill).collect(),
        }
    }

    /// How a level of trust looks.
    pub(super) fn trust(&self, level: &str) -> Option<&Format> {
        self.trust.get(level)
    }
}

/// One kind of record, over as many worksheets as it takes.
pub(super) struct Sheet {
    name: &'static str,
    columns: Vec<Column>,
    max_rows: u32,
    n_rows: u64,
    /// The worksheets by their position in the workbook.
    parts: Vec<usize>,
    n_cut: u64,
}

impl Sheet {
    pub(super) fn new(
        workbook: &mut Workbook,
        formats: &Formats,
        name: &'static str,
        columns: Vec<Column>,
        max_rows: u32,
    ) -> Result<Self, Error> {
        let mut sheet = Self { name, columns, max_rows, n_rows: 0, parts: Vec::new(), n_cut: 0 };
        sheet.begin_part(workbook, formats)?;
        Ok(sheet)
    }

    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    pub(super) fn columns(&self) -> &[Column] {
        &self.columns
    }

    pub(super) fn n_rows(&self) -> u64 {
        self.n_rows
    }

    /// Where the record of this number stands, counted from the first one that is yet to be written.
    pub(super) fn place(&self, ahead: usize) -> Place {
        let record = self.n_rows + ahead as u64;
        let in_part = u64::from(self.max_rows) - 1;
        Place(self.part_name(record / in_part), record % in_part + 2)
    }

    fn part_name(&self, part: u64) -> String {
        if part == 0 { self.name.to_owned() } else { format!("{} ({})", self.name, part + 1) }
    }

    fn begin_part(&mut self, workbook: &mut Workbook, formats: &Formats) -> Result<(), Error> {
        let name = self.part_name(self.parts.len() as u64);
        self.parts.push(workbook.worksheets().len());
        let worksheet = workbook.add_worksheet_with_constant_memory().map_err(error)?;
        worksheet.set_name(name).and_then(|sheet| sheet.set_freeze_panes(1, 1)).map_err(error)?;
        for (at, column) in (0..).zip(&self.columns) {
            worksheet.set_column_width(at, column.width()).map_err(error)?;
            worksheet.write_string_with_format(0, at, column.name, &formats.head).map_err(error)?;
        }
        Ok(())
    }

    /// Writes the next record.
    pub(super) fn write(&mut self, workbook: &mut Workbook, formats: &Formats, row: Vec<Cell>) -> Result<(), Error> {
        let in_part = u64::from(self.max_rows) - 1;
        if self.n_rows / in_part >= self.parts.len() as u64 {
            self.begin_part(workbook, formats)?;
        }
        let at = u32::try_from(self.n_rows % in_part + 1).unwrap_or(u32::MAX);
        let part = self.parts.last().copied().unwrap_or_default();
        let worksheet = workbook.worksheet_from_index(part).map_err(error)?;
        for (column, cell) in (0..).zip(row) {
            self.n_cut += u64::from(put(worksheet, formats, at, column, cell)?);
        }
        self.n_rows += 1;
        Ok(())
    }

    /// Puts the filters over the rows.
    pub(super) fn finish(&self, workbook: &mut Workbook) -> Result<(), Error> {
        let in_part = u64::from(self.max_rows) - 1;
        let last_column = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        for (i, part) in (0_u64..).zip(&self.parts) {
            let n_rows = self.n_rows.saturating_sub(i * in_part).min(in_part);
            let worksheet = workbook.worksheet_from_index(*part).map_err(error)?;
            worksheet.autofilter(0, 0, u32::try_from(n_rows).unwrap_or(u32::MAX), last_column).map_err(error)?;
        }
        Ok(())
    }

    /// What people must know of the sheet: that it goes on elsewhere, that texts were cut.
    pub(super) fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if self.parts.len() > 1 {
            let others: Vec<_> = (1..self.parts.len()).map(|part| self.part_name(part as u64)).collect();
            remarks.push(format!(
                "sheet {}: {} rows are more than the {} that Excel opens; it goes on in {}",
                self.name,
                self.n_rows,
                self.max_rows,
                others.join(", ")
            ));
        }
        if self.n_cut > 0 {
            remarks.push(format!(
                "sheet {}: {} texts are cut at the {MAX_CHARS} characters that Excel opens; the other formats have them whole",
                self.name, self.n_cut
            ));
        }
        remarks
    }
}

/// Writes a cell; gives whether its text had to be cut.
fn put(worksheet: &mut Worksheet, formats: &Formats, row: u32, column: u16, cell: Cell) -> Result<bool, Error> {
    let mut was_cut = false;
    let mut short = |text: String| {
        let cut: String = text.chars().take(MAX_CHARS).collect();
        was_cut = cut.len() < text.len();
        cut
    };
    match cell {
        Cell::Blank => return Ok(false),
        Cell::Text(text) => worksheet.write_string(row, column, short(text)),
        Cell::Trust(level) => match formats.trust(&level) {
            Some(format) => worksheet.write_string_with_format(row, column, level, format),
            None => worksheet.write_string(row, column, level),
        },
        Cell::Number(number) => worksheet.write_number(row, column, number),
        // What a double cannot hold is text: it does not add up, and no digit of it is lost.
        Cell::Money(yuan) => match double::exact(&yuan) {
            Some(number) => worksheet.write_number_with_format(row, column, number, &formats.money),
            None => worksheet.write_string(row, column, yuan),
        },
        Cell::Flag(flag) => worksheet.write_boolean(row, column, flag),
        Cell::Link(text, _) if text.chars().count() > MAX_LINK_CHARS => {
            worksheet.write_string(row, column, short(text))
        }
        Cell::Link(text, Place(sheet, at)) => {
            // A formula: of true links Excel opens no more than 65,530 a sheet.
            let shown = text.replace('"', "\"\"");
            let link = Formula::new(format!("HYPERLINK(\"#'{sheet}'!A{at}\",\"{shown}\")")).set_result(text);
            worksheet.write_formula_with_format(row, column, link, &formats.link)
        }
    }
    .map_err(error)?;
    Ok(was_cut)
}
