//! A [`Report`](crate::emit::wire::Report) becomes JSON, compact or indented.

use std::io::Write;

use crate::emit::wire::Report;
use crate::error::Error;

/// How JSON is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// One line.
    #[default]
    Compact,
    /// Indented by two spaces.
    Pretty,
}

/// Writes one report and a line end.
///
/// # Errors
/// Where the writer fails.
pub fn write(report: &Report, layout: Layout, out: &mut impl Write) -> Result<(), Error> {
    match layout {
        Layout::Compact => serde_json::to_writer(&mut *out, report),
        Layout::Pretty => serde_json::to_writer_pretty(&mut *out, report),
    }
    .map_err(std::io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}

/// One report as a string, without a line end.
///
/// # Errors
/// Never for a report that this crate made.
pub fn to_string(report: &Report, layout: Layout) -> Result<String, Error> {
    let json = match layout {
        Layout::Compact => serde_json::to_string(report),
        Layout::Pretty => serde_json::to_string_pretty(report),
    };
    Ok(json.map_err(std::io::Error::from)?)
}
