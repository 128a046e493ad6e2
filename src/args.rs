//! The flags of the command, resolved once into a [`Plan`].

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Parser, Subcommand, ValueEnum};
use mingzhang::dump::Stage;
use mingzhang::emit::{Encoding, json};
use mingzhang::render;

/// What the command is to do, every flag decided.
#[derive(Debug)]
pub(crate) enum Plan {
    /// Documents become published records.
    Extract(ExtractPlan),
    /// One stage of one document becomes plain text.
    Dump(DumpPlan),
    /// One page of a document becomes a drawing.
    Render(RenderPlan),
}

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

/// Which stage of which document.
#[derive(Debug)]
pub(crate) struct DumpPlan {
    /// The last stage that runs.
    pub(crate) stage: Stage,
    /// The document.
    pub(crate) file: PathBuf,
    /// The one page to show.
    pub(crate) page: Option<u32>,
}

/// Which page of which document is drawn where.
#[derive(Debug)]
pub(crate) struct RenderPlan {
    /// The last stage whose work is drawn.
    pub(crate) stage: render::Stage,
    /// The document.
    pub(crate) file: PathBuf,
    /// The page, from 1.
    pub(crate) page: u32,
    /// The file to write; standard output without.
    pub(crate) out: Option<PathBuf>,
}

/// Reads the command line.
///
/// # Errors
/// Where it is no command of this program, or asks for help or the version.
pub(crate) fn plan() -> Result<Plan, clap::Error> {
    Ok(match Cli::try_parse()?.command {
        Command::Extract(args) => Plan::Extract(ExtractPlan {
            encoding: match args.format {
                Format::Jsonl => Encoding::JsonLines,
                Format::Json if args.pretty => Encoding::Json(json::Layout::Pretty),
                Format::Json => Encoding::Json(json::Layout::Compact),
            },
            paths: args.paths,
            out: args.out,
            n_jobs: args.jobs.map_or(0, usize::from),
        }),
        Command::Dump(args) => Plan::Dump(DumpPlan { stage: args.stage, file: args.file, page: args.page }),
        Command::Render(args) => {
            Plan::Render(RenderPlan { stage: args.stage, file: args.file, page: args.page, out: args.out })
        }
    })
}

const EXIT_STATUS: &str = "\
Exit status:
  0  everything is published and no check fails
  1  everything is published, and some report contradicts itself (a check fails)
  2  some documents gave no report; each is named on standard error
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
    Extract(ExtractArgs),
    /// Print what one stage makes of a document, one fact a line
    Dump(DumpArgs),
    /// Draw what the program saw on one page over the page's picture, as SVG
    Render(RenderArgs),
}

#[derive(Debug, Args)]
struct ExtractArgs {
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

#[derive(Debug, Args)]
struct DumpArgs {
    /// The last stage to run
    #[arg(long, value_parser = PossibleValuesParser::new(Stage::ALL.map(Stage::name)).try_map(|name| Stage::from_name(&name).ok_or("no stage")))]
    stage: Stage,
    /// Show only what stands on page N
    #[arg(long, value_name = "N")]
    page: Option<u32>,
    /// A PDF or a text dump
    file: PathBuf,
}

#[derive(Debug, Args)]
struct RenderArgs {
    /// The last stage whose work is drawn
    #[arg(long, default_value = "segment", value_parser = PossibleValuesParser::new(render::Stage::ALL.map(render::Stage::name)).try_map(|name| render::Stage::from_name(&name).ok_or("no stage")))]
    stage: render::Stage,
    /// The page to draw, from 1
    #[arg(long, value_name = "N")]
    page: u32,
    /// Write to SVG instead of standard output
    #[arg(short, long, value_name = "SVG")]
    out: Option<PathBuf>,
    /// A PDF
    file: PathBuf,
}
