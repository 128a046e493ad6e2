//! Reads PDFs and nothing more: prints each visible glyph with its place, for comparisons with other readers.

use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;

use clap::Parser;
use mingzhang::read::{RawBody, read};

/// Prints page, x, y and text of each visible glyph, before overprint repair; one a line, tabs between.
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
            for glyph in &page.glyphs {
                let mut text = String::new();
                glyph.push_text(&mut text);
                text.retain(|c| !c.is_whitespace() && !c.is_control());
                if !text.is_empty() {
                    writeln!(out, "{}\t{:.2}\t{:.2}\t{text}", page.number, glyph.origin.0, glyph.origin.1)?;
                }
            }
        }
    }
    out.flush()
}
