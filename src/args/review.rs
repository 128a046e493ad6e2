//! The flags of `mingzhang review` and `mingzhang export`.

use std::path::PathBuf;

use clap::Args;
use mingzhang::batch::done::Sources;
use mingzhang::emit::export::Export;

use crate::args::extract::Format;
use crate::args::ocr::OcrArgs;

/// Which folder is reviewed, and how.
#[derive(Debug)]
#[cfg_attr(not(feature = "review"), allow(dead_code))]
pub(crate) struct ReviewPlan {
    /// The folder that a run filled.
    pub(crate) folder: PathBuf,
    /// Where sources are read again, and with what.
    pub(crate) sources: Sources,
    /// The folder for static pages, instead of a server.
    pub(crate) site: Option<PathBuf>,
    /// Who decides; nobody does where it is empty.
    pub(crate) reviewer: String,
    /// The port; 0 is a free one.
    pub(crate) port: u16,
    /// Whether the browser is opened.
    pub(crate) opens: bool,
}

pub(super) const REVIEW_STATUS: &str = "\
Exit status:
  0  the pages are written
  2  some documents could not be shown; each is named on standard error
  3  the review could not start
A server runs until Ctrl-C; what was decided is in DONE/review.jsonl by then.";

#[derive(Debug, Args)]
pub(super) struct ReviewArgs {
    /// A folder that extract --out filled
    #[arg(value_name = "DONE")]
    folder: PathBuf,
    /// Look for the sources below DIR first, by the paths that extract was given or by their names
    #[arg(long, value_name = "DIR")]
    sources: Option<PathBuf>,
    #[command(flatten)]
    ocr: OcrArgs,
    /// Write the pages under DIR, for a web space: to be read only; no server is started
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
    /// Who signs for what is decided; without, the page is to be read only
    #[arg(long, value_name = "NAME", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    reviewer: Option<String>,
    /// Listen on port N of this machine [default: a free one]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// Do not open the browser
    #[arg(long)]
    no_open: bool,
}

impl ReviewArgs {
    /// # Errors
    /// Where models are named that cannot be used.
    pub(super) fn plan(self) -> Result<ReviewPlan, clap::Error> {
        Ok(ReviewPlan {
            folder: self.folder,
            sources: Sources { folder: self.sources, ocr: self.ocr.plan()? },
            site: self.site,
            reviewer: self.reviewer.unwrap_or_default(),
            port: self.port,
            opens: !self.no_open,
        })
    }
}

/// What is published of a folder that a run filled.
#[derive(Debug)]
pub(crate) struct ExportPlan {
    /// The folder that a run filled.
    pub(crate) folder: PathBuf,
    /// Where sources are read again, and with what, where they have to be.
    pub(crate) sources: Sources,
    /// The decisions; those of the folder without.
    pub(crate) review: Option<PathBuf>,
    /// The folder for exports.
    pub(crate) out: PathBuf,
    /// What is written there.
    pub(crate) exports: Vec<Export>,
}

pub(super) const EXPORT_STATUS: &str = "\
Exit status:
  0  every report of the folder is published
  1  some decisions were not applied, because something else is read there now
  2  some reports could not be had; each is named on standard error
  3  the export could not be made";

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// A folder that extract --out filled
    #[arg(value_name = "DONE")]
    folder: PathBuf,
    /// Flat records as JSON Lines, a CSV data package, Parquet, an SQLite data base, an Excel workbook; several, separated by
    /// commas
    #[arg(long, value_enum, value_delimiter = ',', required = true)]
    format: Vec<Format>,
    /// Publish under DIR, each format in a folder of its name
    #[arg(short, long, visible_alias = "output", value_name = "DIR")]
    out: PathBuf,
    /// Take the decisions of FILE instead of DONE/review.jsonl
    #[arg(long, value_name = "FILE")]
    review: Option<PathBuf>,
    /// Look for the sources below DIR first, where the run left no flat records
    #[arg(long, value_name = "DIR")]
    sources: Option<PathBuf>,
    #[command(flatten)]
    ocr: OcrArgs,
    /// Begin each CSV file with a byte order mark, for Excel
    #[arg(long)]
    csv_bom: bool,
}

impl ExportArgs {
    pub(super) fn plan(self) -> Result<ExportPlan, clap::Error> {
        Ok(ExportPlan {
            folder: self.folder,
            sources: Sources { folder: self.sources, ocr: self.ocr.plan()? },
            review: self.review,
            out: self.out,
            exports: Format::exports(&self.format, self.csv_bom)?,
        })
    }
}
