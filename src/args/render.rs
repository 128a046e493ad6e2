//! The flags of `mingzhang render`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use mingzhang::read::Limits;
use mingzhang::render::Stage;

use crate::args::limits::LimitArgs;

/// Which page of which document is drawn where.
#[derive(Debug)]
pub(crate) struct RenderPlan {
    /// The last stage whose work is drawn.
    pub(crate) stage: Stage,
    /// The document.
    pub(crate) file: PathBuf,
    /// The page, from 1.
    pub(crate) page: u32,
    /// The file to write; standard output without.
    pub(crate) out: Option<PathBuf>,
    /// How much reading it may cost.
    pub(crate) limits: Limits,
}

#[derive(Debug, Args)]
pub(super) struct RenderArgs {
    /// The last stage whose work is drawn
    #[arg(long, default_value = "segment", value_parser = PossibleValuesParser::new(Stage::ALL.map(Stage::name)).try_map(|name| Stage::from_name(&name).ok_or("no stage")))]
    stage: Stage,
    /// The page to draw, from 1
    #[arg(long, value_name = "N")]
    page: u32,
    /// Write to SVG instead of standard output
    #[arg(short, long, visible_alias = "output", value_name = "SVG")]
    out: Option<PathBuf>,
    #[command(flatten)]
    limits: LimitArgs,
    /// A PDF; - is standard input
    file: PathBuf,
}

impl RenderArgs {
    pub(super) fn plan(self) -> RenderPlan {
        RenderPlan { stage: self.stage, file: self.file, page: self.page, out: self.out, limits: self.limits.plan() }
    }
}
