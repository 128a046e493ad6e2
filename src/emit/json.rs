//! A [`Report`] becomes JSON, on one line or indented for people.

use std::io::Write;

use serde_json::Value;

use crate::emit::wire::Report;
use crate::error::Error;

/// How JSON is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// One line.
    #[default]
    Compact,
    /// Indented by two spaces; what fits on one line, like the cells of a row, stands on one.
    Pretty,
}

/// How many characters of indented JSON a line holds at most, where it can be broken.
const LINE_WIDTH: usize = 120;

/// Writes one report and a line end.
///
/// # Errors
/// Where the writer fails.
pub fn write(report: &Report, layout: Layout, out: &mut impl Write) -> Result<(), Error> {
    out.write_all(to_string(report, layout)?.as_bytes())?;
    out.write_all(b"\n")?;
    Ok(())
}

/// Writes one report as a run publishes it, with the version of the program as its last field, and a line end.
///
/// Goldens are without it: they outlive versions, and what differs by it alone is no difference.
///
/// # Errors
/// Where the writer fails.
pub fn publish(report: &Report, layout: Layout, out: &mut impl Write) -> Result<(), Error> {
    out.write_all(published(report, layout)?.as_bytes())?;
    out.write_all(b"\n")?;
    Ok(())
}

/// As [`publish`], as a string without a line end.
///
/// # Errors
/// Never for a report that this crate made.
pub fn published(report: &Report, layout: Layout) -> Result<String, Error> {
    let text = to_string(report, layout)?;
    let version = env!("CARGO_PKG_VERSION");
    Ok(match (layout, text.strip_suffix('}').map(str::trim_end)) {
        (Layout::Compact, Some(open)) => format!("{open},\"{VERSION_FIELD}\":\"{version}\"}}"),
        (Layout::Pretty, Some(open)) => format!("{open},\n  \"{VERSION_FIELD}\": \"{version}\"\n}}"),
        (_, None) => text,
    })
}

/// The field of a published report that says which version of the program made it.
pub const VERSION_FIELD: &str = "program_version";

/// One report as a string, without a line end.
///
/// # Errors
/// Never for a report that this crate made.
pub fn to_string(report: &Report, layout: Layout) -> Result<String, Error> {
    let json = match layout {
        Layout::Compact => serde_json::to_string(report),
        Layout::Pretty => serde_json::to_value(report).map(|value| {
            let mut text = String::new();
            // The report itself is always broken, however short.
            broken(&value, 0, &mut text);
            text
        }),
    };
    Ok(json.map_err(std::io::Error::from)?)
}

/// Appends a value on one line where that fits, else broken; `taken` characters of the line are in use.
fn append(value: &Value, depth: usize, taken: usize, out: &mut String) {
    let start = out.len();
    let mut room = LINE_WIDTH.saturating_sub(taken + 1);
    if !inline(value, &mut room, out) {
        out.truncate(start);
        broken(value, depth, out);
    }
}

/// Appends a value on one line, as far as there is room; scalars always find it.
fn inline(value: &Value, room: &mut usize, out: &mut String) -> bool {
    match value {
        Value::Array(values) => {
            out.push('[');
            for (i, value) in values.iter().enumerate() {
                out.push_str(if i == 0 { "" } else { ", " });
                if !spend(room, 2) || !inline(value, room, out) {
                    return false;
                }
            }
            out.push(']');
            spend(room, 2)
        }
        Value::Object(fields) => {
            out.push('{');
            for (i, (name, value)) in fields.iter().enumerate() {
                out.push_str(if i == 0 { "" } else { ", " });
                push_text(name, out);
                out.push_str(": ");
                if !spend(room, name.chars().count() + 6) || !inline(value, room, out) {
                    return false;
                }
            }
            out.push('}');
            spend(room, 2)
        }
        scalar => {
            let text = scalar.to_string();
            out.push_str(&text);
            spend(room, text.chars().count())
        }
    }
}

fn spend(room: &mut usize, n_chars: usize) -> bool {
    let fits = *room >= n_chars;
    *room = room.saturating_sub(n_chars);
    fits
}

/// Appends a value with each of its parts on a line of its own.
fn broken(value: &Value, depth: usize, out: &mut String) {
    let indent = 2 * (depth + 1);
    match value {
        Value::Array(values) if !values.is_empty() => {
            out.push('[');
            for (i, value) in values.iter().enumerate() {
                new_line(i, indent, out);
                append(value, depth + 1, indent, out);
            }
            out.push('\n');
            out.push_str(&" ".repeat(indent - 2));
            out.push(']');
        }
        Value::Object(fields) if !fields.is_empty() => {
            out.push('{');
            for (i, (name, value)) in fields.iter().enumerate() {
                new_line(i, indent, out);
                push_text(name, out);
                out.push_str(": ");
                append(value, depth + 1, indent + name.chars().count() + 4, out);
            }
            out.push('\n');
            out.push_str(&" ".repeat(indent - 2));
            out.push('}');
        }
        whole => out.push_str(&whole.to_string()),
    }
}

fn new_line(i: usize, indent: usize, out: &mut String) {
    out.push_str(if i == 0 { "\n" } else { ",\n" });
    out.push_str(&" ".repeat(indent));
}

/// Appends a text in quotes, escaped as JSON wants it.
fn push_text(text: &str, out: &mut String) {
    out.push_str(&Value::from(text).to_string());
}
