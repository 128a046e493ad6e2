//! The flags of `mingzhang relate`.

use std::path::PathBuf;

use clap::Args;
use mingzhang::emit::export::Export;
use mingzhang::emit::findings::Lang;

use crate::args::check::Language;
use crate::args::extract::Format;

/// Which reports are related, and where it goes.
#[derive(Debug)]
pub(crate) struct RelatePlan {
    /// Folders that runs filled, and reports.
    pub(crate) paths: Vec<PathBuf>,
    /// The folder for exports; standard output without.
    pub(crate) out: Option<PathBuf>,
    /// What is written there.
    pub(crate) exports: Vec<Export>,
    /// Text for people instead of records, in this language.
    pub(crate) text: Option<Lang>,
}

pub(super) const EXIT_STATUS: &str = "\
Exit status:
  0  every report was read, and no figure contradicts another report
  1  some figure does (class error)
  2  some reports could not be read; each is named on standard error
  3  the run could not start or go on";

#[derive(Debug, Args)]
pub(super) struct RelateArgs {
    /// Folders that extract --out filled, and reports as JSON
    #[arg(required = true, value_name = "DONE")]
    paths: Vec<PathBuf>,
    /// Publish under DIR, each format in a folder of its name, instead of standard output
    #[arg(short, long, visible_alias = "output", value_name = "DIR", conflicts_with = "text")]
    out: Option<PathBuf>,
    /// Flat records as JSON Lines, a CSV data package, Parquet, an SQLite data base, an Excel workbook; several, separated
    /// by commas, with --out
    #[arg(long, value_enum, value_delimiter = ',', default_value = "jsonl", requires = "out")]
    format: Vec<Format>,
    /// Begin each CSV file with a byte order mark, for Excel
    #[arg(long)]
    csv_bom: bool,
    /// Tell people what does not agree
    #[arg(long)]
    text: bool,
    /// The language of the text: Chinese or English
    #[arg(long, value_enum, default_value_t = Language::Zh)]
    lang: Language,
}

impl RelateArgs {
    pub(super) fn plan(self) -> Result<RelatePlan, clap::Error> {
        Ok(RelatePlan {
            paths: self.paths,
            out: self.out,
            exports: Format::exports(&self.format, self.csv_bom)?,
            text: self.text.then(|| self.lang.into()),
        })
    }
}
