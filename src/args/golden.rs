//! The flags of `mingzhang golden` and `mingzhang diff`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Subcommand};

use mingzhang::batch::options::Options;
use mingzhang::compare::Class;

use crate::args::extract::Redact;
use crate::args::form::FormArgs;
use crate::args::limits::LimitArgs;
use crate::command::ci::Ci;

pub(super) const DIFF_STATUS: &str = "\
Exit status:
  0  the reports are equal
  1  they differ
  3  one of them cannot be read";

const RETIRE_STATUS: &str = "\
Each golden that is removed is named.

Exit status:
  0  the goldens are gone
  2  some file that was named has none
  3  the run could not start or go on";

const CHECK_STATUS: &str = "\
Exit status:
  0  every document gives its golden, was read whole and has amounts
  1  some document differs from its golden, has none, or is gone, or it lost a part or has no amount
  2  some document gave no report
  3  the run could not start or go on";

/// Which documents are compared with which goldens.
#[derive(Debug)]
pub(crate) struct GoldenPlan {
    /// What to do about differences.
    pub(crate) task: Task,
    /// Files, folders and patterns in the order given.
    pub(crate) paths: Vec<PathBuf>,
    /// Where the goldens lie.
    pub(crate) golden: PathBuf,
    /// What is made of each document.
    pub(crate) options: Options,
    /// Whether differences are told as JSON.
    pub(crate) json: bool,
    /// One report for a build server instead of either.
    pub(crate) ci: Option<Ci>,
    /// Classes of differences that count for nothing.
    pub(crate) ignored: Vec<Class>,
    /// How many documents are worked on at once; 0 is one a processor.
    pub(crate) n_jobs: usize,
}

/// What to do about differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// Show them.
    Check,
    /// Show them, and make what is new the golden.
    Bless,
    /// Remove goldens of documents that are gone, or are to have none.
    Retire,
}

/// Which reports are compared.
#[derive(Debug)]
pub(crate) struct DiffPlan {
    /// The old one.
    pub(crate) old: PathBuf,
    /// The new one.
    pub(crate) new: PathBuf,
    /// Whether differences are told as JSON.
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct GoldenArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Show where documents give another report than their goldens
    #[command(after_help = CHECK_STATUS)]
    Check(InputArgs),
    /// Show the same, and make what the documents give now their goldens
    #[command(after_help = "A golden whose document is gone is named and left where it is.")]
    Bless(InputArgs),
    /// Remove the goldens of the files named, and of what is gone from the folders named
    #[command(after_help = RETIRE_STATUS)]
    Retire(RetireArgs),
}

#[derive(Debug, Args)]
struct InputArgs {
    /// Files, folders to walk, and patterns, as for extract
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder of goldens: one indented JSON a report, named as extract --out names it
    #[arg(long, value_name = "DIR")]
    golden: PathBuf,
    /// Leave something out, as extract --redact
    #[arg(long, value_enum, value_name = "WHAT")]
    redact: Option<Redact>,
    #[command(flatten)]
    limits: LimitArgs,
    /// Let differences of these classes count for nothing: amount, trust, structure, text, check, place, diagnostic,
    /// source; several, separated by commas. The last line says how many there are
    #[arg(long, value_name = "CLASS", value_delimiter = ',', value_parser = PossibleValuesParser::new(Class::ALL.map(Class::name)).try_map(|name| class(&name)))]
    ignore: Vec<Class>,
    #[command(flatten)]
    form: FormArgs,
    /// Work on N documents at once [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

#[derive(Debug, Args)]
struct RetireArgs {
    /// Files whose goldens go, whether or not they are there still, and folders: what is gone from them goes
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder of goldens
    #[arg(long, value_name = "DIR")]
    golden: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    /// The old report
    #[arg(value_name = "A.json")]
    old: PathBuf,
    /// The new report
    #[arg(value_name = "B.json")]
    new: PathBuf,
    /// Tell the differences as JSON
    #[arg(long)]
    json: bool,
}

/// A class of differences by its name.
fn class(name: &str) -> Result<Class, &'static str> {
    Class::ALL.into_iter().find(|class| class.name() == name).ok_or("expected a class of differences")
}

impl GoldenArgs {
    pub(super) fn plan(self) -> GoldenPlan {
        let (task, args) = match self.verb {
            Verb::Check(args) => (Task::Check, args),
            Verb::Bless(args) => (Task::Bless, args),
            Verb::Retire(RetireArgs { paths, golden }) => {
                return GoldenPlan {
                    task: Task::Retire,
                    paths,
                    golden,
                    options: Options::default(),
                    json: false,
                    ci: None,
                    ignored: Vec::new(),
                    n_jobs: 0,
                };
            }
        };
        GoldenPlan {
            task,
            paths: args.paths,
            golden: args.golden,
            options: Options {
                redact_contacts: args.redact == Some(Redact::Contacts),
                limits: args.limits.plan(),
                ..Options::default()
            },
            json: args.form.is_json(),
            ci: args.form.ci(),
            ignored: args.ignore,
            n_jobs: args.jobs.map_or(0, usize::from),
        }
    }
}

impl DiffArgs {
    pub(super) fn plan(self) -> DiffPlan {
        DiffPlan { old: self.old, new: self.new, json: self.json }
    }
}
