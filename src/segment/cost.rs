//! What it costs to read a dump's header, rows and columns so or so: one scale, each cost with its reason.
//!
//! A reading is the likelier the less it costs, and costs add up. On the scale 1 is what any extractor does with any
//! table, as a cell that goes on in the next line; about 5 what some do as a rule; 10 to 20 what is odd and yet printed;
//! 30 to 40 what contradicts the words; 60 and more what no report prints. What is measured in places is on a finer scale
//! of its own, on which a blank column costs one.

/// How costs are counted.
pub type Cost = u32;

/// Which lines of a header are one cell.
pub mod cells {
    use super::Cost;

    /// A word of headers, as it is.
    pub const KNOWN: Cost = 0;
    /// A text that ends like a name of a column: 某某经费.
    pub const ENDS_LIKE_NAME: Cost = 5;
    /// Any other text.
    pub const UNKNOWN: Cost = 15;
    /// （不含某某） begins no cell: it goes on with the name before it.
    pub const BEGINS_WITH_BRACKET: Cost = 40;
    /// One character by itself is the rest of a word, but for 类, 款 and 项.
    pub const SINGLE_CHARACTER: Cost = 70;
    /// Each line that a cell goes on in.
    pub const LINE: Cost = 3;
    /// A space within a cell is rarer than a line that wraps, by so much.
    pub const SPACE: Cost = 3;
    /// Each line or space within a word of headers, which is whole only with both sides of it.
    pub const WITHIN_WORD: Cost = 1;
    /// A name that ends like one of money in its middle too: it is two.
    pub const ENDS_TWICE: Cost = 25;
    /// Two known words that make a known one may be two cells.
    pub const KNOWN_OF_KNOWN: Cost = 2;
    /// Two known words that make none are two cells.
    pub const TWO_KNOWN: Cost = 25;
    /// A known word ends what is none: it may well be the next cell.
    pub const KNOWN_BEHIND: Cost = 12;
    /// A known word goes on with what is none: the word may have ended.
    pub const KNOWN_BEFORE: Cost = 7;
    /// A year begins the name of a column.
    pub const YEAR_WITHIN: Cost = 25;
    /// The first lines of a wrapped cell are full: what follows is no longer than they are.
    pub const LONGER_BELOW: Cost = 20;
    /// Readings that cost this much more than the best are not looked at.
    pub const MARGIN: Cost = 60;
}

/// Which pieces of lines that stand at their own heights are one cell.
pub mod staggered {
    use super::Cost;

    /// A header by height that costs so much may be none.
    pub const UNLIKELY: Cost = 40;
    /// What it costs that the lines of a header are no lines by height where those of others are.
    pub const NOT_BY_HEIGHT: Cost = 40;
    /// A header that costs so much less by height is sorted so.
    pub const MUCH_BETTER: Cost = 10;
    /// Most extractors write a header cell by cell.
    pub const STAGGERED: Cost = 4;
    /// Cells on other lines than those before them.
    pub const NEW_LINES: Cost = 2;
    /// The same for a cell that is no word of headers.
    pub const NEW_LINES_OF_NAME: Cost = 10;
    /// Cells of the same height and number of lines on other lines.
    pub const OTHER_LINES: Cost = 40;
    /// A line between those of a cell.
    pub const SKIPPED: Cost = 1;
    /// Cells that cost so much more than the best of as many pieces are not gone on with.
    pub const MARGIN: Cost = 60;
    /// Names behind money or its sum, or a sum behind money.
    pub const LATE: Cost = 10;
    /// Money before what it follows in the official forms; not as much as a rival costs more, as some forms are ordered so.
    pub const DISORDER: Cost = 3;
    /// An order that budgets as a rule do not have.
    pub const RARER_ORDER: [Cost; 4] = [0, 1, 1, 1];
}

/// Where the rows of a header begin.
pub mod division {
    use super::Cost;

    /// A header row that begins within a line.
    pub const BREAK_IN_LINE: Cost = 6;
    /// A cell that begins a line, but no row.
    pub const LINE_WITHIN: Cost = 2;
    /// Cells are written together with what stands below them, and not row by row.
    pub const NESTED: Cost = 10;
}

/// Which cell of a header stands over which.
pub mod parent {
    use super::Cost;

    /// A cell over a single one divides nothing.
    pub const ONE_CHILD: Cost = 20;
    /// A name behind money begins a side of its own.
    pub const LATE_NAME: Cost = 30;
    /// 合计 and 小计 come before what they sum up.
    pub const LATE_TOTAL: Cost = 30;
    /// 编码 comes before 名称, and both once.
    pub const MANY_NAMES: Cost = 15;
    /// Money under the name of other money.
    pub const STRANGER: Cost = 15;
    /// Of two sources of money that follow each other in all tables one under a cell, and one not.
    pub const PARTED_SOURCES: Cost = 20;
    /// A cell under another than the one that it begins like.
    pub const NAMED_AFTER_OTHER: Cost = 20;
    /// Some of 类, 款 and 项, and not all.
    pub const PARTED_CODE: Cost = 60;
    /// A sum is the last cell of its line, and its parts begin the next.
    pub const TORN_LINE: Cost = 6;
    /// A side of several names, each with its money.
    pub const FURTHER_PAIR: Cost = 5;
    /// A change that does not stand under the cell over changes, or what is none under it.
    pub const CHANGE: Cost = 20;
    /// A cell of names over anything but names.
    pub const NAME_OVER_OTHERS: Cost = 40;
    /// Codes, sums and texts have nothing below them.
    pub const UNDIVIDED: Cost = 60;
    /// A side over names, where a cell beside it has the names.
    pub const SIDE_BESIDE_NAMES: Cost = 30;
    /// A side that begins neither with names nor with a sum.
    pub const BARE_SIDE: Cost = 20;
    /// Money over names.
    pub const MONEY_OVER_NAMES: Cost = 30;
    /// Money over what its name says that it is divided into.
    pub const MONEY_OVER_PARTS: Cost = 5;
    /// Money over anything else.
    pub const MONEY_OVER_OTHERS: Cost = 25;
    /// 其中 over a sum: it is what the sum has within it.
    pub const SELECTION_OVER_TOTAL: Cost = 60;
    /// An unknown word over money.
    pub const UNKNOWN: Cost = 7;
    /// So much less costs a cell whose parts begin with their sum.
    pub const BEGINS_WITH_TOTAL: Cost = 4;
    /// A cell that spans both rows and is written with the lower one.
    pub const SPAN: Cost = 8;
    /// The same beside another such cell.
    pub const FURTHER_SPAN: Cost = 1;
    /// The first cell of a row is written before what stands left of it, and has nothing below it.
    pub const NOTHING_BELOW: Cost = 20;
}

/// Which cells of a header are columns.
pub mod leaf {
    use super::Cost;

    /// Money of a general name beside its own parts is the cell over them.
    pub const GENERAL_BESIDE_PARTS: Cost = 15;
    /// Two sums under one cell are of two sides, which a name parts.
    pub const SECOND_TOTAL: Cost = 15;
    /// A sum under a cell that has names below it and no other money.
    pub const LONE_TOTAL: Cost = 10;
    /// 其中 stands over what it names.
    pub const SELECTION: Cost = 30;
    /// 收入 and 支出 stand over the columns of their sides.
    pub const BARE_SIDE: Cost = 30;
    /// A 小计 under nothing, behind other money.
    pub const STRAY_TOTAL: Cost = 15;
    /// Two columns side by side whose names are one word on two lines.
    pub const PARTED_WORD: Cost = 6;
    /// Names behind money, where no side begins with them.
    pub const LATE_NAME: Cost = 30;
    /// A longer name of a side may be its only column.
    pub const SIDE: Cost = 10;
    /// Names that are numbers: 序号 and the like.
    pub const NUMBERS_AS_NAMES: Cost = 5;
    /// The cells of the column hold something else.
    pub const HOLDS_OTHER: Cost = 30;
    /// A reading with another number of columns that costs this little more is a rival.
    pub const RIVAL: Cost = 4;
}

/// Whether cells are a header at all.
pub mod header {
    use super::Cost;

    /// A header that costs so much fits nothing: it would have what no report prints more than twice.
    pub const IMPOSSIBLE: Cost = 150;
}

/// Whether the last lines of a header are rows.
pub mod head {
    use super::Cost;

    /// A total is a row, and so is 某某费 where no column is an expense of that kind.
    pub const LIKELY_ROW: Cost = 1;
    /// Any other line is one of the header.
    pub const ROW: Cost = 6;
    /// A row named like the column of names, 科目名称.
    pub const NAMES_AS_NAME: Cost = 40;
}

/// How many columns the rows show.
pub mod columns {
    use super::Cost;

    /// What all rows show against a number, or the column numbers: each row counts by its share of it.
    pub const ALL: Cost = 60;
    /// No row has as many cells as the column numbers and the columns under their labels.
    pub const COVERED: Cost = 4;
    /// Blank cells are lost.
    pub const LOST: Cost = 6;
    /// A row has more cells.
    pub const LONGER: Cost = 5;
    /// No row has anything in the last column, which is of remarks.
    pub const REMARKS: Cost = 3;
    /// The blank cells at the end of a row are one more than their spaces show.
    pub const TIGHT: Cost = 3;
    /// Cells are run together.
    pub const RUN_TOGETHER: Cost = 4;
    /// Blank cells are doubled.
    pub const HALVED: Cost = 10;
    /// The same where they are one more than their spaces show.
    pub const TIGHT_HALVED: Cost = 4;
}

/// How the cells of some lines stand in the columns of their table.
pub mod rows {
    use super::Cost;

    /// A text in a column that holds something else.
    pub const MISFIT: Cost = 30;
    /// A row without its last cells: a dump may have lost the blank ones.
    pub const CUT_OFF: Cost = 12;
    /// A line whose blank cells at the end are one more than its spaces show.
    pub const TIGHT: Cost = 1;
    /// A blank cell that is lost before a text.
    pub const LOST_BLANK: Cost = 9;
    /// A total whose label covers a column of line numbers too.
    pub const COVERED_TEXT: Cost = 2;
    /// The same where no row shows a blank cell; and all those at the end of a row.
    pub const LOST_EVERYWHERE: Cost = 2;
    /// The same in the first row of a page, whose mark takes blank cells with it.
    pub const LOST_AT_PAGE: Cost = 2;
    /// A row of names alone, the last of which fills its column, where no row shows a blank cell.
    pub const FULL_ALONE: Cost = 3;
    /// A remark on the line below its amounts, where no row shows a blank cell.
    pub const NEXT_LINE: Cost = 5;
    /// A row whose name begins like the rest of one.
    pub const REST_ALONE: Cost = 3;
    /// A blank cell more than the columns.
    pub const SPARE_BLANK: Cost = 8;
    /// A space within the text of a cell.
    pub const SPACE_WITHIN: Cost = 6;
    /// Two cells without a space between them.
    pub const RUN_TOGETHER: Cost = 5;
    /// A cell that goes on in the next line.
    pub const WRAP: Cost = 1;
    /// A text that begins anew is no rest of another.
    pub const BEGINS_ANEW: Cost = 40;
    /// An expenditure among the revenues.
    pub const WRONG_SIDE: Cost = 32;
    /// Words in a column of line numbers or quantities.
    pub const NO_COUNT: Cost = 20;
    /// An amount with decimals in a column that is for none.
    pub const DECIMALS_IN_TEXT: Cost = 8;
    /// A whole number among amounts with decimals.
    pub const WHOLE: Cost = 5;
    /// A code of three digits in the column of those of two.
    pub const OTHER_LEVEL: Cost = 4;
    /// A page that ends within a row.
    pub const PAGE_WITHIN: Cost = 12;
    /// A line that is of no row.
    pub const NO_ROW: Cost = 1000;
}
