//! Every stage's output as plain text, one fact a line: for people, for `grep` and for goldens.

mod disclosure;
mod fact;
mod layout;
pub(crate) mod pages;

use crate::error::Error;
use crate::read::Limits;
use crate::read::scan::Ocr;
use crate::reconcile::Reconciliation;
use crate::segment::Layout;
use crate::{interpret, pipeline, read, repair, segment};

use fact::Facts;
pub use fact::PageRange;
pub(crate) use layout::spans;

/// The stages that can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Glyphs as runs, rulings and images as drawn, or the lines of a dump.
    Read,
    /// The same after repair.
    Repair,
    /// Tables, forms and narrative.
    Segment,
    /// Typed statements, forms and sections.
    Interpret,
    /// The trust of each amount and every check.
    Reconcile,
}

impl Stage {
    /// Every stage in the order of the flow.
    pub const ALL: [Self; 5] = [Self::Read, Self::Repair, Self::Segment, Self::Interpret, Self::Reconcile];

    /// The stage's name, that of its folder.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Repair => "repair",
            Self::Segment => "segment",
            Self::Interpret => "interpret",
            Self::Reconcile => "reconcile",
        }
    }

    /// The stage of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }
}

/// Runs a document up to a stage and shows what came out, on one page or on all.
///
/// # Errors
/// As [`extract`](crate::extract).
pub fn dump(bytes: &[u8], stage: Stage, page: Option<u32>) -> Result<String, Error> {
    dump_within(bytes, stage, page.map(|page| (page, page)), &Limits::default(), None)
}

/// Shows what [`dump`] shows, of some pages or of all, reading the document within other limits.
///
/// # Errors
/// As [`extract_within`](crate::pipeline::extract_within), and where the document has no such pages.
pub fn dump_within(
    bytes: &[u8],
    stage: Stage,
    shown: Option<PageRange>,
    limits: &Limits,
    ocr: Option<&Ocr>,
) -> Result<String, Error> {
    let raw = read::read_scans(bytes, limits, ocr)?;
    let n_pages = raw.source.n_pages;
    if let Some(page) = shown.and_then(|(first, last)| [first, last].into_iter().find(|n| !(1..=n_pages).contains(n))) {
        return Err(Error::NoSuchPage { page, n_pages });
    }
    if stage == Stage::Read {
        return Ok(Facts::collect(shown, |facts| pages::raw(&raw, facts)));
    }
    let clean = repair::repair(raw);
    if stage == Stage::Repair {
        return Ok(Facts::collect(shown, |facts| pages::clean(&clean, facts)));
    }
    let layout = segment::segment(clean);
    if stage == Stage::Segment {
        return Ok(layout_text(&layout, shown));
    }
    let disclosure = interpret::interpret(layout);
    if stage == Stage::Interpret {
        return Ok(Facts::collect(shown, |facts| disclosure::disclosure(&disclosure, facts)));
    }
    Ok(reconciliation_text(&pipeline::reconcile_scans(disclosure, bytes, limits, ocr), shown))
}

/// What `dump` shows for [`Stage::Segment`].
fn layout_text(layout: &Layout, shown: Option<PageRange>) -> String {
    Facts::collect(shown, |facts| layout::layout(layout, facts))
}

/// What `dump` shows for [`Stage::Reconcile`].
fn reconciliation_text(reconciliation: &Reconciliation, shown: Option<PageRange>) -> String {
    Facts::collect(shown, |facts| disclosure::reconciliation(reconciliation, facts))
}
