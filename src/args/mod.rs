//! The flags of the command, resolved once into a [`Plan`].

mod dump;
mod extract;
mod limits;
mod render;
mod worker;

use clap::{Parser, Subcommand};

pub(crate) use dump::DumpPlan;
pub(crate) use extract::ExtractPlan;
pub(crate) use render::RenderPlan;
pub(crate) use worker::WorkerPlan;

/// What the command is to do, every flag decided.
#[derive(Debug)]
pub(crate) enum Plan {
    /// Documents become published records.
    Extract(ExtractPlan),
    /// One stage of one document becomes plain text.
    Dump(DumpPlan),
    /// One page of a document becomes a drawing.
    Render(RenderPlan),
    /// Documents are served to the run that started this process.
    Worker(WorkerPlan),
}

/// Reads the command line.
///
/// # Errors
/// Where it is no command of this program, or asks for help or the version.
pub(crate) fn plan() -> Result<Plan, clap::Error> {
    Ok(match Cli::try_parse()?.command {
        Command::Extract(args) => Plan::Extract(args.plan()?),
        Command::Dump(args) => Plan::Dump(args.plan()),
        Command::Render(args) => Plan::Render(args.plan()),
        Command::Worker(args) => Plan::Worker(args.plan()),
    })
}

const EXIT_STATUS: &str = "\
Exit status:
  0  everything is published and no check fails
  1  everything is published, and some report contradicts itself (a check fails)
  2  some documents gave no report; each is named on standard error, and in errors.jsonl
  3  the run could not start or go on (usage, no input, output that cannot be written)";

/// Departmental budget and final-accounts disclosures (部门预算公开, 部门决算公开) as clean, checked JSON records
#[derive(Debug, Parser)]
#[command(name = "mingzhang", version, after_help = EXIT_STATUS, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Extract reports from PDFs and text dumps, told apart by content
    #[command(after_help = EXIT_STATUS)]
    Extract(extract::ExtractArgs),
    /// Print what one stage makes of a document, one fact a line
    Dump(dump::DumpArgs),
    /// Draw what the program saw on one page over the page's picture, as SVG
    Render(render::RenderArgs),
    /// Serve documents to the run that started this process
    #[command(hide = true)]
    Worker(worker::WorkerArgs),
}
