//! What it costs that the cells of some lines stand in the columns of their table: on one scale, on which a line that goes
//! on in the next costs one.

/// A text in a column that holds something else.
pub(super) const MISFIT: u32 = 30;

/// A row without its last cells: a dump may have lost the blank ones.
pub(super) const CUT_OFF: u32 = 12;

/// A line whose blank cells at the end are one more than its spaces show.
pub(super) const TIGHT: u32 = 1;

/// A blank cell that is lost before a text.
pub(super) const LOST_BLANK: u32 = 9;

/// A total whose label covers a column of line numbers too.
pub(super) const COVERED_TEXT: u32 = 2;

/// The same where no row shows a blank cell; and all those at the end of a row.
pub(super) const LOST_EVERYWHERE: u32 = 2;

/// The same in the first row of a page, whose mark takes blank cells with it.
pub(super) const LOST_AT_PAGE: u32 = 2;

/// A blank cell more than the columns.
pub(super) const SPARE_BLANK: u32 = 8;

/// A space within the text of a cell.
pub(super) const SPACE_WITHIN: u32 = 6;

/// Two cells without a space between them.
pub(super) const RUN_TOGETHER: u32 = 5;

/// A cell that goes on in the next line.
pub(super) const WRAP: u32 = 1;

/// A text that begins anew is no rest of another.
pub(super) const BEGINS_ANEW: u32 = 40;

/// An expenditure among the revenues.
pub(super) const WRONG_SIDE: u32 = 32;

/// Words in a column of line numbers or quantities.
pub(super) const NO_COUNT: u32 = 20;

/// An amount with decimals in a column that is for none.
pub(super) const DECIMALS_IN_TEXT: u32 = 8;

/// A whole number among amounts with decimals.
pub(super) const WHOLE: u32 = 5;

/// A code of three digits in the column of those of two.
pub(super) const OTHER_LEVEL: u32 = 4;

/// A page that ends within a row.
pub(super) const PAGE_WITHIN: u32 = 12;

/// A line that is of no row.
pub(super) const NO_ROW: u32 = 1000;
