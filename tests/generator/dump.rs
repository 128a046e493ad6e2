//! Text dumps: what another extractor would write of the pages, clean or with its damage.

use serde_json::{Value, json};

use super::damage;
use super::knobs::Damage;
use super::page::{Line, LineKind, Page};
use super::rng::Rng;
use super::truth;

/// Writes the pages as text: one line a row with one blank between cells, page marks, form feeds.
pub(crate) fn write(pages: &[Page], damages: &[Damage], rng: &mut Rng) -> String {
    let mut out = String::new();
    for (i, page) in pages.iter().enumerate() {
        if i > 0 {
            out.push(if damages.contains(&Damage::LostFormFeeds) { ' ' } else { '\u{c}' });
        }
        for line in &page.lines {
            for text in lines(line, damages, rng) {
                out.push_str(&text);
                // Extractors leave a blank line after each.
                out.push_str("\n\n");
            }
        }
    }
    out
}

/// The truth of a dump: that of the PDF without what a dump cannot hold.
pub(crate) fn truth_of(pdf_truth: &Value, name: &str, text: &str, damages: &[Damage]) -> Value {
    let mut truth = pdf_truth.clone();
    truth["source"] = json!({
        "name": format!("{name}.txt"),
        "sha256": truth::sha256(text.as_bytes()),
        "bytes": text.len(),
        "media_type": "text/plain",
        "pages": pdf_truth["source"]["pages"],
        "producer": null,
    });
    for table in truth["tables"].as_array_mut().into_iter().flatten() {
        for row in table["rows"].as_array_mut().into_iter().flatten() {
            row["bbox"] = Value::Null;
        }
    }
    let names = Damage::ALL.iter().filter(|(d, _)| damages.contains(d)).map(|(_, name)| json!(name));
    truth["x_truth"]["damage"] = names.collect();
    truth["x_truth"]["pages_without_text"] = json!([]);
    truth
}

fn lines(line: &Line, damages: &[Damage], rng: &mut Rng) -> Vec<String> {
    let has = |d: Damage| damages.contains(&d);
    let wraps = match line.kind {
        LineKind::Header => has(Damage::WrappedCells) || has(Damage::DoubledWrapped) || has(Damage::InterleavedHeaders),
        _ => has(Damage::WrappedCells),
    };
    let mut cells: Vec<Vec<String>> = line.cells.clone();
    if line.kind == LineKind::Form || has(Damage::LostBlanks) {
        // Blank cells of forms leave no trace.
        cells.retain(|c| c.iter().any(|l| !l.is_empty()));
    }
    if !wraps {
        cells = cells.into_iter().map(|c| vec![c.concat()]).collect();
    }
    if line.kind == LineKind::Row && !line.bold && has(Damage::CutNumbers) {
        cells.iter_mut().flatten().for_each(|text| damage::cut_number(text, rng));
    }
    if has(Damage::FullWidthDigits) && line.kind != LineKind::PageMark && rng.chance(40) {
        cells.iter_mut().flatten().for_each(|text| *text = damage::full_width_digits(text));
    }
    if has(Damage::PunctuationSpaces) && matches!(line.kind, LineKind::Text | LineKind::Form) {
        cells.iter_mut().flatten().for_each(|text| *text = damage::punctuation_spaces(text, rng));
    }
    if line.bold {
        for cell in &mut cells {
            for (i, text) in cell.iter_mut().enumerate() {
                if has(Damage::DoubledRuns) || (has(Damage::DoubledWrapped) && i == 0) {
                    *text = text.repeat(2);
                } else if has(Damage::DoubledGlyphs) {
                    *text = text.chars().flat_map(|c| [c, c]).collect();
                }
            }
        }
    }
    let interleaved = line.kind == LineKind::Header && has(Damage::InterleavedHeaders);
    let joins = line.kind == LineKind::Row && has(Damage::JoinedCells);
    assemble(cells, interleaved, joins, rng)
}

/// Cells to lines: cells of one line stand side by side, one of several lines stands on lines of its own.
fn assemble(cells: Vec<Vec<String>>, interleaved: bool, joins: bool, rng: &mut Rng) -> Vec<String> {
    if interleaved {
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        let level = |i: usize| {
            let parts: Vec<&str> = cells.iter().filter_map(|c| c.get(i)).map(String::as_str).collect();
            parts.join(" ")
        };
        return (0..height).map(level).collect();
    }
    let mut lines: Vec<String> = Vec::new();
    let mut current: Option<String> = None;
    for cell in cells {
        if let [only] = cell.as_slice() {
            match &mut current {
                Some(text) => {
                    if !(joins && damage::may_join(text, only) && rng.chance(50)) {
                        text.push(' ');
                    }
                    text.push_str(only);
                }
                None => current = Some(only.clone()),
            }
        } else {
            lines.extend(current.take());
            // The lines of one cell follow each other without a blank line.
            lines.push(cell.join("\n"));
        }
    }
    lines.extend(current);
    lines
}
