//! The flags of `mingzhang dump`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use mingzhang::dump::Stage;
use mingzhang::read::Limits;

use crate::args::limits::LimitArgs;

/// Which stage of which document.
#[derive(Debug)]
pub(crate) struct DumpPlan {
    /// The last stage that runs.
    pub(crate) stage: Stage,
    /// The document.
    pub(crate) file: PathBuf,
    /// The one page to show.
    pub(crate) page: Option<u32>,
    /// How much reading it may cost.
    pub(crate) limits: Limits,
}

#[derive(Debug, Args)]
pub(super) struct DumpArgs {
    /// The last stage to run
    #[arg(long, value_parser = PossibleValuesParser::new(Stage::ALL.map(Stage::name)).try_map(|name| Stage::from_name(&name).ok_or("no stage")))]
    stage: Stage,
    /// Show only what stands on page N
    #[arg(long, value_name = "N")]
    page: Option<u32>,
    #[command(flatten)]
    limits: LimitArgs,
    /// A PDF or a text dump
    file: PathBuf,
}

impl DumpArgs {
    pub(super) fn plan(self) -> DumpPlan {
        DumpPlan { stage: self.stage, file: self.file, page: self.page, limits: self.limits.plan() }
    }
}
