//! Reads PDFs and nothing more: prints each glyph with its place, for comparisons with other readers.

use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;

use clap::Parser;
use mingzhang::read::{Glyph, Layer, RawBody, read};

/// Prints page, x, y, text and whether a reader sees it of each glyph, before overprint repair; one a line, tabs
/// between. Annotations and form fields are left out, as other readers' text pages leave them out.
#[derive(Parser)]
struct Command {
    /// PDFs.
    files: Vec<PathBuf>,
}

fn main() -> io::Result<()> {
    let command = Command::parse();
    let mut out = BufWriter::new(io::stdout().lock());
    for file in &command.files {
        let bytes = std::fs::read(file)?;
        let raw = read(&bytes).map_err(io::Error::other)?;
        let RawBody::Pages(pages) = &raw.body else { return Err(io::Error::other("expected a PDF")) };
        for page in pages {
            let of_content = |glyph: &&Glyph| glyph.layer == Layer::Content;
            for glyph in page.glyphs.iter().chain(&page.hidden).filter(of_content) {
                let mut text = String::new();
                glyph.push_text(&mut text);
                text.retain(|c| !c.is_whitespace() && !c.is_control());
                if !text.is_empty() {
                    let (x, y) = glyph.origin;
                    writeln!(out, "{}\t{x:.2}\t{y:.2}\t{text}\t{:?}", page.number, glyph.visibility)?;
                }
            }
        }
    }
    out.flush()
}
