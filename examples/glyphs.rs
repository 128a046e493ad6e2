//! Reads PDFs and nothing more: prints each visible glyph with its place, or only counts, for comparisons with other readers.

use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;

use clap::Parser;
use mingzhang::read::{RawBody, read};

/// Prints page, x, y and text of each visible glyph, before overprint repair; one a line, tabs between.
#[derive(Parser)]
struct Command {
    /// Prints the number of pages and glyphs alone.
    #[arg(long)]
    count: bool,
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
        if command.count {
            let n_glyphs: usize = pages.iter().map(|page| page.glyphs.len()).sum();
            writeln!(out, "{} pages, {n_glyphs} glyphs", pages.len())?;
            continue;
        }
        for page in pages {
            writeln!(out, "page\t{}", page.number)?;
            for glyph in &page.glyphs {
                let mut text = String::new();
                glyph.push_text(&mut text);
                if text.chars().any(|c| !c.is_whitespace() && !c.is_control()) {
                    let text: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
                    writeln!(out, "{}\t{:.2}\t{:.2}\t{text}", page.number, glyph.origin.0, glyph.origin.1)?;
                }
            }
        }
    }
    out.flush()
}
