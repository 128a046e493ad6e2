//! The flags of the command, resolved once into a [`Plan`].

mod check;
mod dump;
mod extract;
mod limits;
mod worker;

use clap::{Parser, Subcommand};

pub(crate) use check::CheckPlan;
pub(crate) use dump::DumpPlan;
pub(crate) use extract::ExtractPlan;
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
        Command::Check(args) => Plan::Check(args.plan()),
        Command::Dump(args) => Plan::Dump(args.plan()),
        Command::Worker(args) => Plan::Worker(args.plan()),
    })
}

const EXIT_STATUS: &str = "\
Exit status:
  0  everything is published and no check fails
  1  everything is published, and some report contradicts itself (a check fails)
  2  some documents gave no report; each is named on standard error, and in errors.jsonl
  3  the run could not start or go on (usage, no input, output that cannot be written)";

const CHECK_EXIT_STATUS: &str = "\
Exit status:
  0  every check of every report holds
  1  some check fails
  2  some documents gave no report; each is named on standard error
  3  the run could not start or go on";

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
    /// Show what contradicts itself in reports, with place and both figures, and what no sum confirms
    #[command(after_help = CHECK_EXIT_STATUS)]
    Check(check::CheckArgs),
    /// Print what one stage makes of a document, one fact a line
    Dump(dump::DumpArgs),
    /// Serve documents to the run that started this process
    #[command(hide = true)]
    Worker(worker::WorkerArgs),
}
