//! The flags of `mingzhang check`.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, ValueEnum};
use mingzhang::batch::options::{Options, usual_time};
use mingzhang::emit::findings::Lang;
use mingzhang::read::scan::Ocr;

use crate::args::extract::Redact;
use crate::args::form::FormArgs;
use crate::args::limits::LimitArgs;
use crate::args::list::{List, ListArgs};
use crate::args::ocr::OcrArgs;
use crate::command::ci::Ci;

/// Which documents are checked, and how findings are told.
#[derive(Debug)]
pub(crate) struct CheckPlan {
    /// Files, folders and patterns in the order given.
    pub(crate) paths: Vec<PathBuf>,
    /// The language of the findings.
    pub(crate) lang: Lang,
    /// One line of JSON a document instead of text.
    pub(crate) json: bool,
    /// One report for a build server instead of either.
    pub(crate) ci: Option<Ci>,
    /// How many documents are worked on at once; 0 is one a processor.
    pub(crate) n_jobs: usize,
    /// A file of further paths.
    pub(crate) list: Option<List>,
    /// What reviewers decided, which is left out.
    pub(crate) review: Option<PathBuf>,
    /// The file to write; standard output without.
    pub(crate) out: Option<PathBuf>,
    /// How long a document may take.
    pub(crate) timeout: Duration,
    /// How much reading a document may cost, and what of it is left out.
    pub(crate) options: Options,
    /// Reads scanned pages.
    pub(crate) ocr: Option<Arc<Ocr>>,
}

pub(super) const EXIT_STATUS: &str = "\
Exit status:
  0  every report was read whole and has amounts, and every check holds
  1  there are findings, or a report lost a part or has no amount
  2  some documents gave no report; each is named on standard error
  3  the run could not start or go on";

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Files, folders to walk, and patterns, as for extract; - is standard input
    #[arg(required_unless_present = "list", value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    list: ListArgs,
    /// Write to FILE instead of standard output
    #[arg(short, long, visible_alias = "output", value_name = "FILE")]
    out: Option<PathBuf>,
    /// Leave something out, as extract --redact
    #[arg(long, value_enum, value_name = "WHAT")]
    redact: Option<Redact>,
    /// Give a document up after SECONDS [default: 120, with --ocr 3600]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    timeout: Option<u64>,
    /// The language of the findings: Chinese or English
    #[arg(long, value_enum, default_value_t = Language::Zh)]
    lang: Language,
    #[command(flatten)]
    form: FormArgs,
    /// Leave out what reviewers accepted or corrected, and say how much: FILE is review.jsonl, or the folder that holds it
    #[arg(long, value_name = "FILE")]
    review: Option<PathBuf>,
    /// Work on N documents at once [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    #[command(flatten)]
    limits: LimitArgs,
    #[command(flatten)]
    ocr: OcrArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Language {
    Zh,
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Zh => Self::Zh,
            Language::En => Self::En,
        }
    }
}

impl CheckArgs {
    pub(super) fn plan(self) -> Result<CheckPlan, clap::Error> {
        let ocr = self.ocr.plan()?;
        Ok(CheckPlan {
            paths: self.paths,
            lang: self.lang.into(),
            json: self.form.is_json(),
            ci: self.form.ci(),
            n_jobs: self.jobs.map_or(0, usize::from),
            list: self.list.plan(),
            review: self.review,
            out: self.out,
            timeout: self.timeout.map_or_else(|| usual_time(ocr.is_some()), Duration::from_secs),
            ocr,
            options: Options {
                limits: self.limits.plan(),
                redact_contacts: self.redact == Some(Redact::Contacts),
                ..Options::default()
            },
        })
    }
}
