//! What each sheet has for columns, and the sheet that says so.

use rust_xlsxwriter::Workbook;

use super::error;
use super::sheet::{Column, Formats, Sheet, TRUST_COLORS};
use crate::emit::flat::Resource;
use crate::emit::flat::schema::{ColumnType, YUAN};
use crate::emit::sink::Remarks;
use crate::emit::wire::SCHEMA_VERSION;
use crate::error::Error;

/// The first sheet.
pub(super) const ABOUT: &str = "about";

const REPORT: Column = Column::text("report", "file name; leads to the report's row");

/// The columns of a resource, without some, between the link to the report and the report's key.
fn of(resource: Resource, without: &[&str], first: &[Column], last: &[Column]) -> Vec<Column> {
    let key = ["report_id"];
    let (keys, others): (Vec<_>, Vec<_>) =
        resource.columns().iter().filter(|c| !without.contains(&c.name)).partition(|c| key.contains(&c.name));
    let columns = |of: Vec<&crate::emit::flat::schema::Column>| {
        of.into_iter().map(|c| Column { name: c.name, kind: c.kind, about: c.about }).collect::<Vec<_>>()
    };
    [first.to_vec(), columns(others), last.to_vec(), columns(keys)].concat()
}

/// The columns of a resource as they are.
pub(super) fn plain(resource: Resource) -> Vec<Column> {
    resource.columns().iter().map(|c| Column { name: c.name, kind: c.kind, about: c.about }).collect()
}

pub(super) fn reports() -> Vec<Column> {
    let links = [
        Column::text("facts", "how many; leads to the first"),
        Column::text("amounts", "how many; leads to the first"),
        Column::text("findings", "how many; leads to the first"),
    ];
    let first = [Column::text("source_name", "file name without folder")];
    of(Resource::Reports, &["source_name"], &[&first[..], &links[..]].concat(), &[])
}

pub(super) fn facts() -> Vec<Column> {
    let place = [Column::text("place", "the first place that prints it; leads to its amount")];
    of(Resource::Facts, &[], &[REPORT], &place)
}

pub(super) fn amounts() -> Vec<Column> {
    of(Resource::Amounts, &["x0", "y0", "x1", "y1"], &[REPORT], &[])
}

pub(super) fn findings() -> Vec<Column> {
    let money = |name, about| Column { name, kind: YUAN, about };
    vec![
        REPORT,
        Column::text("department", "as in reports"),
        Column { name: "fiscal_year", kind: ColumnType::Integer, about: "as in reports" },
        Column::text("severity", "contradiction; else error or warning, of what could not be read"),
        Column::text("what", "what is wrong"),
        Column::text("place", "where; of a table, leads to its first amount"),
        money("left", "the total, or the figure as printed, in yuan"),
        money("right", "the parts, or the other figure, in yuan"),
        money("difference", "left less right"),
        Column::text("rule", "which identity, or the code of the diagnostic"),
        Column::text("tables", "ids of the tables and forms that take part"),
        Column::text("pages", "pages"),
        Column::text("report_id", "SHA-256 of the source file, in hex"),
    ]
}

/// Fills the sheet that says what the others hold.
pub(super) fn about(
    workbook: &mut Workbook,
    formats: &Formats,
    sheets: &[&Sheet],
    remarks: &Remarks,
) -> Result<(), Error> {
    let worksheet = workbook.worksheet_from_name(ABOUT).map_err(error)?;
    let mut lines: Vec<[String; 3]> = vec![
        ["mingzhang".into(), env!("CARGO_PKG_VERSION").into(), format!("schema {SCHEMA_VERSION}")],
        [
            "amounts".into(),
            "in yuan; as text where a number of Excel would lose a digit (more than 15)".into(),
            String::new(),
        ],
        [
            "not here".into(),
            "places in points, statements, forms and sections: the formats csv, parquet, jsonl and sqlite have them"
                .into(),
            String::new(),
        ],
    ];
    lines.extend(remarks.iter().map(|remark| ["mind".to_owned(), remark.clone(), String::new()]));
    lines.extend(
        sheets.iter().map(|sheet| [sheet.name().to_owned(), format!("{} rows", sheet.n_rows()), String::new()]),
    );
    let n_lines = lines.len();
    for sheet in sheets {
        lines.extend(sheet.columns().iter().map(|c| [sheet.name().to_owned(), c.name.to_owned(), c.about.to_owned()]));
    }
    for (at, width) in [(0, 14.0), (1, 60.0), (2, 80.0)] {
        worksheet.set_column_width(at, width).map_err(error)?;
    }
    for (row, line) in (0_u32..).zip(&lines) {
        for (column, text) in (0_u16..).zip(line) {
            let format = if (row as usize) < n_lines { &formats.wrapped } else { &rust_xlsxwriter::Format::new() };
            worksheet.write_string_with_format(row, column, text, format).map_err(error)?;
        }
    }
    for (row, (level, _)) in (0_u32..).zip(TRUST_COLORS) {
        if let Some(format) = formats.trust(level) {
            worksheet.write_string_with_format(row, 3, level, format).map_err(error)?;
        }
    }
    Ok(())
}
