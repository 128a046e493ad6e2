//! The Excel export: one workbook with the sheets `about`, `reports`, `facts`, `amounts` and `findings`, linked to each other.

mod layout;
mod rows;
mod sheet;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::emit::flat::Resource;
use crate::emit::sink::{Content, Remarks, Sink, record};
use crate::error::Error;
use rows::Rows;
use sheet::{Formats, Sheet};

/// The workbook's file.
const NAME: &str = "disclosures.xlsx";

/// Rows of a sheet that Excel opens, the head included.
const MAX_ROWS: u32 = 1_048_576;

/// An export that is being written.
pub(super) struct Xlsx {
    path: PathBuf,
    workbook: Workbook,
    formats: Formats,
    sheets: Sheets,
}

/// The sheets with a row a record.
struct Sheets {
    reports: Sheet,
    facts: Sheet,
    amounts: Sheet,
    findings: Sheet,
}

/// A workbook of empty sheets.
pub(super) fn sink(folder: &Path, content: Content) -> Result<Box<dyn Sink>, Error> {
    Ok(match content {
        Content::Reports => Box::new(Xlsx::with_rows(folder, MAX_ROWS)?),
        Content::Related => Box::new(Plain::new(folder)?),
    })
}

/// A workbook with the sheet `about` alone, and how its cells look.
fn workbook(folder: &Path) -> Result<(Workbook, Formats), Error> {
    let mut workbook = Workbook::new();
    // Rows wait on the disk, so that a run of thousands of reports stays small in memory.
    workbook.set_tempdir(folder).map_err(error)?;
    // The same reports give the same bytes: no clock.
    let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(error)?;
    let properties = DocProperties::new()
        .set_title("Departmental budgets and final accounts (部门预算公开, 部门决算公开)")
        .set_author(concat!("mingzhang ", env!("CARGO_PKG_VERSION")))
        .set_creation_datetime(&made);
    workbook.set_properties(&properties);
    workbook.add_worksheet().set_name(layout::ABOUT).map_err(error)?;
    Ok((workbook, Formats::new()))
}

/// Puts filters and the sheet `about` into a workbook and writes it; gives what people must know of it.
fn save(mut workbook: Workbook, formats: &Formats, sheets: &[&Sheet], path: &Path) -> Result<Remarks, Error> {
    // Only where a sheet may be larger than 4 GiB: old programs do not know the form that it takes.
    workbook.use_zip_large_file(sheets.iter().any(|sheet| sheet.n_rows() > u64::from(MAX_ROWS) / 2));
    let mut remarks = Remarks::new();
    for sheet in sheets {
        sheet.finish(&mut workbook)?;
        remarks.extend(sheet.remarks());
    }
    layout::about(&mut workbook, formats, sheets, &remarks)?;
    workbook.save(path).map_err(error)?;
    File::open(path)?.sync_all()?;
    Ok(remarks)
}

/// A workbook with a sheet a resource, without links.
struct Plain {
    path: PathBuf,
    workbook: Workbook,
    formats: Formats,
    sheets: Vec<(Resource, Sheet)>,
}

impl Plain {
    fn new(folder: &Path) -> Result<Self, Error> {
        let (mut workbook, formats) = workbook(folder)?;
        let mut sheets = Vec::new();
        for resource in Content::Related.resources() {
            let columns = layout::plain(*resource);
            sheets.push((*resource, Sheet::new(&mut workbook, &formats, resource.name(), columns, MAX_ROWS)?));
        }
        let path = folder.join(format!("{}.xlsx", Content::Related.name()));
        Ok(Self { path, workbook, formats, sheets })
    }
}

impl Sink for Plain {
    fn report(&mut self, records: &str) -> Result<(), Error> {
        for line in records.lines() {
            let (resource, fields) = record(line, Content::Related)?;
            let Some((_, sheet)) = self.sheets.iter_mut().find(|(of, _)| *of == resource) else { continue };
            let row = sheet.columns().iter().map(|column| rows::plain(column, fields.get(column.name))).collect();
            sheet.write(&mut self.workbook, &self.formats, row)?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Remarks, Error> {
        let sheets: Vec<_> = self.sheets.iter().map(|(_, sheet)| sheet).collect();
        save(self.workbook, &self.formats, &sheets, &self.path)
    }
}

impl Xlsx {
    /// A workbook whose sheets have at most so many rows, the head included.
    fn with_rows(folder: &Path, max_rows: u32) -> Result<Self, Error> {
        let (mut workbook, formats) = workbook(folder)?;
        let mut sheet = |name, columns| Sheet::new(&mut workbook, &formats, name, columns, max_rows);
        let sheets = Sheets {
            reports: sheet("reports", layout::reports())?,
            facts: sheet("facts", layout::facts())?,
            amounts: sheet("amounts", layout::amounts())?,
            findings: sheet("findings", layout::findings())?,
        };
        Ok(Self { path: folder.join(NAME), workbook, formats, sheets })
    }
}

impl Sink for Xlsx {
    fn report(&mut self, records: &str) -> Result<(), Error> {
        let rows = Rows::read(records, &self.sheets)?;
        let Sheets { reports, facts, amounts, findings } = &mut self.sheets;
        for (sheet, rows) in
            [(reports, rows.reports), (facts, rows.facts), (amounts, rows.amounts), (findings, rows.findings)]
        {
            for row in rows {
                sheet.write(&mut self.workbook, &self.formats, row)?;
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Remarks, Error> {
        let Self { path, workbook, formats, sheets: Sheets { reports, facts, amounts, findings } } = *self;
        save(workbook, &formats, &[&reports, &facts, &amounts, &findings], &path)
    }
}

fn error(cause: XlsxError) -> Error {
    match cause {
        XlsxError::IoError(cause) => Error::Io(cause),
        cause => Error::Io(io::Error::other(cause)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(n_amounts: usize) -> String {
        let mut lines = vec![r#"{"record":"reports","report_id":"a","source_name":"a.pdf"}"#.to_owned()];
        lines.extend((0..n_amounts).map(|i| {
            let amount = if i == 0 { "12345678901234567.89" } else { "1.50" };
            format!(
                r#"{{"record":"amounts","report_id":"a","table_id":"t","row_index":{i},"column_index":0,"amount":"{amount}"}}"#
            )
        }));
        lines.join("\n")
    }

    fn part(folder: &Path, name: &str) -> String {
        let mut parts = zip::ZipArchive::new(File::open(folder.join(NAME)).unwrap()).unwrap();
        let mut text = String::new();
        io::Read::read_to_string(&mut parts.by_name(name).unwrap(), &mut text).unwrap();
        text
    }

    #[test]
    fn rows_that_excel_does_not_open_stand_in_a_further_sheet_and_are_told_of() {
        let folder = tempfile::TempDir::new().unwrap();
        let mut sink = Xlsx::with_rows(folder.path(), 4).unwrap();
        sink.report(&records(7)).unwrap();
        let remarks = Box::new(sink).finish().unwrap();
        assert_eq!(
            remarks,
            ["sheet amounts: 7 rows are more than the 4 that Excel opens; it goes on in amounts (2), amounts (3)"]
        );
        let workbook = part(folder.path(), "xl/workbook.xml");
        assert!(workbook.contains("amounts (3)"), "{workbook}");
        let n_rows = |sheet: &str| part(folder.path(), sheet).matches("<row ").count();
        assert_eq!([4, 6, 7].map(|i| n_rows(&format!("xl/worksheets/sheet{i}.xml"))), [4, 4, 2]);
    }

    #[test]
    fn an_amount_of_more_than_fifteen_digits_is_text() {
        let folder = tempfile::TempDir::new().unwrap();
        let mut sink = Xlsx::with_rows(folder.path(), MAX_ROWS).unwrap();
        sink.report(&records(2)).unwrap();
        Box::new(sink).finish().unwrap();
        let amounts = part(folder.path(), "xl/worksheets/sheet4.xml");
        assert!(amounts.contains("<t>12345678901234567.89</t>") && amounts.contains("<v>1.5</v>"), "{amounts}");
    }
}
