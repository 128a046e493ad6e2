//! The flags of `mingzhang extract`.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::error::ErrorKind;
use clap::{Args, ValueEnum};
use mingzhang::batch::options::{Options, Records, usual_time};
use mingzhang::emit::export::Export;
use mingzhang::emit::json::Layout;
use mingzhang::read::scan::Ocr;

use crate::args::limits::LimitArgs;
use crate::args::list::{List, ListArgs};
use crate::args::ocr::OcrArgs;
use crate::args::worker::{WorkerArgs, plant};

/// Which documents go where, in which form.
#[derive(Debug)]
pub(crate) struct ExtractPlan {
    /// Files, folders and patterns in the order given.
    pub(crate) paths: Vec<PathBuf>,
    /// A file of further paths.
    pub(crate) list: Option<List>,
    /// The folder for results; standard output without.
    pub(crate) out: Option<PathBuf>,
    /// What is made of each document.
    pub(crate) options: Options,
    /// Reads scanned pages.
    pub(crate) ocr: Option<Arc<Ocr>>,
    /// What is made of all of them.
    pub(crate) exports: Vec<Export>,
    /// How many documents are worked on at once; 0 is one a processor.
    pub(crate) n_jobs: usize,
    /// Whether an earlier run's results stand.
    pub(crate) resume: bool,
    /// How long a document may take, and what follows the program's name in the command line of a worker; `None` for
    /// work in the process itself.
    pub(crate) workers: Option<(Duration, Vec<OsString>)>,
    /// Whether only failures are worth a line.
    pub(crate) quiet: bool,
    /// How much of the run's inner life is told.
    pub(crate) verbosity: u8,
}

#[derive(Debug, Args)]
pub(super) struct ExtractArgs {
    /// Files, folders to walk, and patterns like 'reports/**/*.pdf'; - is standard input. In folders, in the order of names, each file named
    /// .pdf or .txt is a document whatever is in it, and so is what else begins like a PDF or text; hidden files and all
    /// other kinds are left out and counted, and named with -v
    #[arg(required_unless_present = "list", value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    list: ListArgs,
    /// Publish under DIR: one file a report, named after its source (report.pdf gives report.pdf.json; with several
    /// PATHs, what a folder holds goes to a folder of its name), exports in folders of their own, index.jsonl of all
    /// documents, errors.jsonl of all that is wrong, journal.jsonl of what was done
    #[arg(short, long, visible_alias = "output", value_name = "DIR")]
    out: Option<PathBuf>,
    /// One JSON document a report, or flat records of all reports: JSON Lines, a CSV data package, Parquet, an SQLite data
    /// base, an Excel workbook; several, separated by commas, with --out
    #[arg(long, value_enum, value_delimiter = ',', default_value = "json")]
    format: Vec<Format>,
    /// Begin each CSV file with a byte order mark, for Excel
    #[arg(long)]
    csv_bom: bool,
    /// Indent the JSON
    #[arg(long)]
    pretty: bool,
    /// Leave something out of every output: contacts are names and telephone numbers behind labels like 填报人 and 联系电话
    #[arg(long, value_enum, value_name = "WHAT")]
    redact: Option<Redact>,
    /// Let stand what an earlier run did in DIR: the same bytes by the same version with the same options, results in
    /// their places
    #[arg(long, requires = "out")]
    resume: bool,
    /// Work on N documents at once [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Give a document up after SECONDS [default: 120, with --ocr 3600]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    timeout: Option<u64>,
    /// Give a document up where it needs more than MIB of address space
    #[arg(long, value_name = "MIB", default_value_t = 4096, value_parser = clap::value_parser!(u64).range(256..=1 << 30))]
    memory: u64,
    /// Work in this process, without limits of time and memory a document
    #[arg(long, conflicts_with_all = ["timeout", "memory", "plant"])]
    in_process: bool,
    #[command(flatten)]
    limits: LimitArgs,
    #[command(flatten)]
    ocr: OcrArgs,
    /// Say nothing but what fails
    #[arg(long, short, conflicts_with = "verbose")]
    quiet: bool,
    /// Tell what the run does; twice for more
    #[arg(long, short, action = clap::ArgAction::Count)]
    verbose: u8,
    /// Have a worker go wrong at a document, for tests: abort, loop, eat, panic or half
    #[arg(long, hide = true, value_name = "HARM=SHA256", value_parser = plant)]
    plant: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Json,
    Jsonl,
    Csv,
    Parquet,
    Sqlite,
    Xlsx,
}

/// What may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Redact {
    Contacts,
}

impl Format {
    /// What formats are for the library.
    ///
    /// # Errors
    /// Where this program was built without one.
    pub(super) fn exports(formats: &[Self], csv_bom: bool) -> Result<Vec<Export>, clap::Error> {
        let mut exports = Vec::new();
        for format in formats {
            exports.extend(format.export(csv_bom).map_err(left_out)?);
        }
        Ok(exports)
    }

    /// What it is for the library.
    ///
    /// # Errors
    /// The feature that this program was built without.
    fn export(self, csv_bom: bool) -> Result<Option<Export>, &'static str> {
        Ok(match self {
            Self::Json => None,
            Self::Jsonl => Some(Export::JsonLines),
            Self::Csv => Some(Export::Csv { bom: csv_bom }),
            #[cfg(feature = "parquet")]
            Self::Parquet => Some(Export::Parquet),
            #[cfg(not(feature = "parquet"))]
            Self::Parquet => return Err("parquet"),
            #[cfg(feature = "sqlite")]
            Self::Sqlite => Some(Export::Sqlite),
            #[cfg(not(feature = "sqlite"))]
            Self::Sqlite => return Err("sqlite"),
            #[cfg(feature = "xlsx")]
            Self::Xlsx => Some(Export::Xlsx),
            #[cfg(not(feature = "xlsx"))]
            Self::Xlsx => return Err("xlsx"),
        })
    }
}

impl ExtractArgs {
    pub(super) fn plan(mut self) -> Result<ExtractPlan, clap::Error> {
        // A format that is named twice is published once.
        let mut formats = Vec::new();
        self.format.retain(|format| {
            !formats.contains(format) && {
                formats.push(*format);
                true
            }
        });
        let exports = Format::exports(&self.format, self.csv_bom)?;
        if self.out.is_none() && (self.format.len() > 1 || exports.iter().any(|e| *e != Export::JsonLines)) {
            let reason = "--format: expected --out for this format, or for several\n";
            return Err(clap::Error::raw(ErrorKind::MissingRequiredArgument, reason));
        }
        if self.csv_bom && !self.format.contains(&Format::Csv) {
            return Err(clap::Error::raw(ErrorKind::MissingRequiredArgument, "--csv-bom: expected --format csv\n"));
        }
        let layout = if self.pretty { Layout::Pretty } else { Layout::Compact };
        let ocr = self.ocr.plan()?;
        let timeout = self.timeout.map_or_else(|| usual_time(ocr.is_some()), Duration::from_secs);
        let folder = ocr.as_deref().map(Ocr::folder);
        let workers = (timeout, WorkerArgs::command(self.memory, folder, &self.plant));
        Ok(ExtractPlan {
            options: Options {
                report: self.format.contains(&Format::Json).then_some(layout),
                records: (!exports.is_empty()).then_some(Records::JsonLines),
                limits: self.limits.plan(),
                redact_contacts: self.redact == Some(Redact::Contacts),
                ocr: ocr.as_deref().map(Ocr::fingerprint),
            },
            ocr,
            exports,
            paths: self.paths,
            list: self.list.plan(),
            out: self.out,
            n_jobs: self.jobs.map_or(0, usize::from),
            resume: self.resume,
            workers: (!self.in_process).then_some(workers),
            quiet: self.quiet,
            verbosity: self.verbose,
        })
    }
}

/// Says how to get a format that this program was built without.
fn left_out(feature: &'static str) -> clap::Error {
    let reason = format!(
        "--format {feature}: this program was built without it; build it with --features {feature}, or with --features full for all\n"
    );
    clap::Error::raw(ErrorKind::InvalidValue, reason)
}
