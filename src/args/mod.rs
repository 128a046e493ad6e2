//! The flags of the command, resolved once into a [`Plan`].

mod about;
mod check;
mod dump;
mod extract;
mod form;
mod golden;
mod lang;
mod limits;
mod list;
mod ocr;
mod relate;
mod render;
mod review;
mod worker;
mod zh;

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use mingzhang::emit::findings::Lang;

pub(crate) use about::AboutPlan;
pub(crate) use check::CheckPlan;
pub(crate) use dump::DumpPlan;
pub(crate) use extract::ExtractPlan;
pub(crate) use golden::{DiffPlan, GoldenPlan, Task as GoldenTask};
pub(crate) use lang::spoken;
pub(crate) use list::List;
pub(crate) use relate::RelatePlan;
pub(crate) use render::RenderPlan;
pub(crate) use review::{ExportPlan, ReviewPlan};
pub(crate) use worker::WorkerPlan;

/// What the command is to do, every flag decided.
#[derive(Debug)]
pub(crate) enum Plan {
    /// Documents become published records.
    Extract(ExtractPlan),
    /// What a person must look at in each document is printed.
    Check(CheckPlan),
    /// One stage of one document becomes plain text.
    Dump(DumpPlan),
    /// Documents are compared with their goldens.
    Golden(GoldenPlan),
    /// Two reports are compared.
    Diff(DiffPlan),
    /// Reports are held against each other.
    Relate(RelatePlan),
    /// A folder of reports is reviewed on a page.
    Review(ReviewPlan),
    /// A folder of reports is published again, with decisions.
    Export(ExportPlan),
    /// The program tells about itself.
    About(AboutPlan),
    /// One page of a document becomes a drawing.
    Render(RenderPlan),
    /// Documents are served to the run that started this process.
    Worker(WorkerPlan),
}

/// Reads the command line, the program's name first; help is in `lang`.
///
/// # Errors
/// Where it is no command of this program, or asks for help or the version.
pub(crate) fn plan(arguments: Vec<OsString>, lang: Lang) -> Result<Plan, clap::Error> {
    let command = match lang {
        Lang::Zh => zh::command(Cli::command()),
        Lang::En => Cli::command(),
    };
    let cli = command.try_get_matches_from(arguments).and_then(|matches| Cli::from_arg_matches(&matches));
    Ok(match cli.map_err(without_hidden)?.command {
        Command::Extract(args) => Plan::Extract(args.plan()?),
        Command::Check(args) => Plan::Check(args.plan()?),
        Command::Dump(args) => Plan::Dump(args.plan()?),
        Command::Golden(args) => Plan::Golden(args.plan()),
        Command::Diff(args) => Plan::Diff(args.plan()),
        Command::Relate(args) => Plan::Relate(args.plan()?),
        Command::Review(args) => Plan::Review(args.plan()?),
        Command::Export(args) => Plan::Export(args.plan()?),
        Command::Schema => Plan::About(AboutPlan::Schema),
        Command::Completions(args) => Plan::About(args.plan(Cli::command())),
        Command::Man(args) => Plan::About(args.plan(Cli::command())?),
        Command::Render(args) => Plan::Render(args.plan()),
        Command::Worker(args) => Plan::Worker(args.plan()?),
    })
}

/// What is wrong with a command line, in a language that is not the errors' own; `None` where they say it best.
pub(crate) fn in_words(error: &clap::Error, lang: Lang) -> Option<String> {
    if lang == Lang::Zh && error.use_stderr() { zh::error(error) } else { None }
}

/// An error that answers nothing mistyped with something hidden.
fn without_hidden(mut error: clap::Error) -> clap::Error {
    let is_hidden = |name: &str| matches!(name, "--plant" | "worker");
    for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand] {
        let hidden = match error.get(kind) {
            Some(ContextValue::String(name)) => is_hidden(name),
            Some(ContextValue::Strings(names)) => names.iter().any(|name| is_hidden(name)),
            _ => false,
        };
        if hidden {
            error.remove(kind);
        }
    }
    error
}

const EXIT_STATUS: &str = "\
Exit status:
  0  everything is published and read whole, and no check fails
  1  everything is published, and some report contradicts itself (a check fails) or lost a part, or the folder holds a
     result of before that somebody changed
  2  some documents gave no report; each is named on standard error, and in errors.jsonl
  3  the run could not start or go on (usage, no input, output that cannot be written)";

/// The program's version and that of the schema that its reports follow.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (schema 1)");

/// Departmental budget and final-accounts disclosures (部门预算公开, 部门决算公开) as clean, checked JSON records
#[derive(Debug, Parser)]
#[command(name = "mingzhang", version = VERSION, after_help = EXIT_STATUS, arg_required_else_help = true)]
struct Cli {
    /// The language of help and messages: Chinese or English [default: the locale's]
    #[arg(long, global = true, value_enum, hide_possible_values = true)]
    lang: Option<check::Language>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Extract reports from PDFs and text dumps, told apart by content
    #[command(after_help = EXIT_STATUS)]
    Extract(extract::ExtractArgs),
    /// Show what contradicts itself in reports, with place and both figures, and what no sum confirms
    #[command(after_help = check::EXIT_STATUS)]
    Check(check::CheckArgs),
    /// Print what one stage makes of a document, one fact a line
    Dump(dump::DumpArgs),
    /// Compare documents with golden reports that were kept of them
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Golden(golden::GoldenArgs),
    /// Compare two reports, as JSON, by statement, row and column
    #[command(after_help = golden::DIFF_STATUS)]
    Diff(golden::DiffArgs),
    /// Hold reports against each other: years, departments and their units, budgets and accounts
    #[command(after_help = relate::EXIT_STATUS)]
    Relate(relate::RelateArgs),
    /// Sign for figures on a page in the browser: what is open is shown beside its page, accepted or corrected
    #[command(after_help = review::REVIEW_STATUS)]
    Review(review::ReviewArgs),
    /// Publish the flat records of a folder that extract --out filled, with what reviewers decided
    #[command(after_help = review::EXPORT_STATUS)]
    Export(review::ExportArgs),
    /// Print the JSON Schema that every report follows
    Schema,
    /// Print completions for a shell
    Completions(about::CompletionsArgs),
    /// Print the manual page, of the command or of one of its subcommands
    Man(about::ManArgs),
    /// Draw what the program saw on one page over the page's picture, as SVG
    Render(render::RenderArgs),
    /// Serve documents to the run that started this process
    #[command(hide = true)]
    Worker(worker::WorkerArgs),
}
