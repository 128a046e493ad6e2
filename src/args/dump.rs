//! The flags of `mingzhang dump`.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use mingzhang::dump::{PageRange, Stage};
use mingzhang::read::Limits;
use mingzhang::read::scan::Ocr;

use crate::args::limits::LimitArgs;
use crate::args::ocr::OcrArgs;

/// Which stage of which document.
#[derive(Debug)]
pub(crate) struct DumpPlan {
    /// The last stage that runs.
    pub(crate) stage: Stage,
    /// The document.
    pub(crate) file: PathBuf,
    /// The first and the last page to show.
    pub(crate) pages: Option<PageRange>,
    /// How much reading it may cost.
    pub(crate) limits: Limits,
    /// Reads scanned pages.
    pub(crate) ocr: Option<Arc<Ocr>>,
}

#[derive(Debug, Args)]
pub(super) struct DumpArgs {
    /// The last stage to run
    #[arg(long, value_parser = PossibleValuesParser::new(Stage::ALL.map(Stage::name)).try_map(|name| Stage::from_name(&name).ok_or("no stage")))]
    stage: Stage,
    /// Show only what stands on page N
    #[arg(long, value_name = "N", conflicts_with = "pages")]
    page: Option<u32>,
    /// Show only what stands on pages A to B, as in 3-7
    #[arg(long, value_name = "A-B", value_parser = pages)]
    pages: Option<PageRange>,
    #[command(flatten)]
    limits: LimitArgs,
    #[command(flatten)]
    ocr: OcrArgs,
    /// A PDF or a text dump; - is standard input
    file: PathBuf,
}

impl DumpArgs {
    pub(super) fn plan(self) -> Result<DumpPlan, clap::Error> {
        Ok(DumpPlan {
            ocr: self.ocr.plan()?,
            stage: self.stage,
            file: self.file,
            pages: self.pages.or(self.page.map(|page| (page, page))),
            limits: self.limits.plan(),
        })
    }
}

/// Two page numbers, or one that is both.
fn pages(text: &str) -> Result<PageRange, String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    match (first.trim().parse(), last.trim().parse()) {
        (Ok(first @ 1..), Ok(last)) if first <= last => Ok((first, last)),
        _ => Err("expected two page numbers in order, as in 3-7".to_owned()),
    }
}
