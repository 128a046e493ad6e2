//! Documents of a wanted size: options changed until the pages are enough.

use super::knobs::{Options, Size};
use super::layout;
use super::model::Figures;

/// What a long document is long of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filling {
    /// Rows of the project table.
    Tables,
    /// Declaration forms.
    Forms,
}

/// How often options are changed before a near miss is taken.
const N_TRIES: usize = 12;

/// Rows of the project table that fill a page, at least: too few are made good by the next try.
const ROWS_A_PAGE: usize = 40;

/// Options for a document of at least so many pages, and few more.
pub(crate) fn to_pages(mut options: Options, n_pages: usize, filling: Filling) -> Options {
    options.size = Size::Full;
    for _ in 0..N_TRIES {
        let missing = n_pages.saturating_sub(n_pages_of(&options));
        if missing == 0 {
            break;
        }
        match filling {
            Filling::Tables => options.n_projects += missing * ROWS_A_PAGE,
            Filling::Forms => {
                options.n_forms += missing;
                // Half of the projects at most are carried over or not the budget's: they have no form.
                options.n_projects = options.n_projects.max(2 * options.n_forms);
            }
        }
    }
    options
}

/// Number of pages that options make.
pub(crate) fn n_pages_of(options: &Options) -> usize {
    let figures = Figures::draw(options);
    layout::lay_out(&super::blocks(&figures, options), options.size, &options.drawing).pages.len()
}
