//! The flags of `mingzhang extract`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use mingzhang::emit::{Encoding, json};

/// Which documents go where, in which form.
#[derive(Debug)]
pub(crate) struct ExtractPlan {
    /// Files and folders in the order given.
    pub(crate) paths: Vec<PathBuf>,
    /// The folder for one file a report; standard output without.
    pub(crate) out: Option<PathBuf>,
    /// The published form.
    pub(crate) encoding: Encoding,
    /// How many documents are worked on at once; 0 is one a processor.
    pub(crate) n_jobs: usize,
}

#[derive(Debug, Args)]
pub(super) struct ExtractArgs {
    /// Files, and folders to walk: sorted by name, hidden files and what is neither PDF nor text left out
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write one file a report under DIR, named after its source (report.pdf gives report.pdf.json); with several PATHs,
    /// what a folder holds goes to a folder of its name
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// One JSON document a report, or flat records as JSON Lines
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// Indent the JSON
    #[arg(long)]
    pretty: bool,
    /// Work on N documents at once [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Json,
    Jsonl,
}

impl ExtractArgs {
    pub(super) fn plan(self) -> ExtractPlan {
        ExtractPlan {
            encoding: match self.format {
                Format::Jsonl => Encoding::JsonLines,
                Format::Json if self.pretty => Encoding::Json(json::Layout::Pretty),
                Format::Json => Encoding::Json(json::Layout::Compact),
            },
            paths: self.paths,
            out: self.out,
            n_jobs: self.jobs.map_or(0, usize::from),
        }
    }
}
