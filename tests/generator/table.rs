//! A statement before it is laid out: columns with their header paths, and rows of cells.

use super::money::{self, Unit, Zeros};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Names.
    Label,
    /// Classification codes.
    Code,
    /// Money.
    Amount,
    /// Anything else.
    Text,
}

impl Role {
    /// The published word.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Code => "code",
            Self::Amount => "amount",
            Self::Text => "text",
        }
    }
}

/// A column.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// Header cells from the top down.
    pub(crate) path: Vec<String>,
    /// What it holds.
    pub(crate) role: Role,
    /// Share of the page's width.
    pub(crate) weight: f32,
}

impl Column {
    /// A column; the path's cells are separated by `/`.
    pub(crate) fn new(path: &str, role: Role, weight: f32) -> Self {
        Self { path: path.split('/').map(str::to_owned).collect(), role, weight }
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Nothing.
    Blank,
    /// Words or a code.
    Text(String),
    /// Cents.
    Amount(i64),
    /// An amount printed as these digits, whatever it should be.
    Printed(String),
}

impl Cell {
    /// A cell of words.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// A row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// One a column.
    pub(crate) cells: Vec<Cell>,
    /// Cells that cover several columns: first column and how many.
    pub(crate) merged: Vec<(usize, usize)>,
    /// Whether it is bold.
    pub(crate) bold: bool,
    /// How many ems the first label is indented.
    pub(crate) indent: usize,
    /// 类 0, 款 1, 项 2.
    pub(crate) level: Option<u8>,
}

impl Row {
    /// How many columns the cell covers that begins in a column; `None` within a merged cell.
    pub(crate) fn span_at(&self, column: usize) -> Option<usize> {
        match self.merged.iter().find(|(first, n)| (*first..first + n).contains(&column)) {
            Some((first, n)) => (*first == column).then_some(*n),
            None => Some(1),
        }
    }

    /// Whether a merged cell covers a column.
    pub(crate) fn covers(&self, column: usize) -> bool {
        self.span_at(column) != Some(1)
    }
}

/// A statement.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// 预算公开表1
    pub(crate) number: Option<String>,
    /// The published kind.
    pub(crate) kind: &'static str,
    /// Its title.
    pub(crate) title: String,
    /// The department's name as printed at the table.
    pub(crate) department: Option<String>,
    /// The unit that amounts are printed in.
    pub(crate) unit: Unit,
    /// The unit on the label, where it is not that.
    pub(crate) unit_label: Option<Unit>,
    /// Whether the label has an ASCII colon.
    pub(crate) ascii_colon: bool,
    /// Its columns.
    pub(crate) columns: Vec<Column>,
    /// A row of column numbers below the headers.
    pub(crate) column_numbers: Option<Vec<Option<String>>>,
    /// Its rows.
    pub(crate) rows: Vec<Row>,
    /// Cells that cover several rows: first row, column, and how many rows.
    pub(crate) row_spans: Vec<(usize, usize, usize)>,
    /// Empty ruled rows after the last.
    pub(crate) n_empty: usize,
    /// Lines below it.
    pub(crate) notes: Vec<String>,
    /// Whether it stands on a landscape page.
    pub(crate) landscape: bool,
    /// Whether nothing is printed as 0.00.
    pub(crate) zeros: Zeros,
    /// Whether amounts have thousands separators.
    pub(crate) separators: bool,
}

impl Table {
    /// An empty table in the manner of its document.
    pub(crate) fn new(kind: &'static str, title: String, columns: Vec<Column>) -> Self {
        Self {
            number: None,
            kind,
            title,
            department: None,
            unit: Unit::TenThousand,
            unit_label: None,
            ascii_colon: false,
            columns,
            column_numbers: None,
            rows: Vec::new(),
            row_spans: Vec::new(),
            n_empty: 0,
            notes: Vec::new(),
            landscape: false,
            zeros: Zeros::Blank,
            separators: false,
        }
    }

    /// Adds a row.
    pub(crate) fn push(&mut self, cells: Vec<Cell>) -> &mut Row {
        debug_assert_eq!(cells.len(), self.columns.len(), "{}", self.title);
        self.rows.push(Row { cells, ..Row::default() });
        let last = self.rows.len() - 1;
        &mut self.rows[last]
    }

    /// What the truth says of a cell: `None` where it is printed blank.
    pub(crate) fn plain(&self, cell: &Cell) -> Option<String> {
        match cell {
            Cell::Blank => None,
            Cell::Text(text) => Some(text.clone()),
            Cell::Amount(0) if self.zeros == Zeros::Blank => None,
            Cell::Amount(cents) => Some(money::plain(*cents, self.unit)),
            Cell::Printed(digits) => Some(digits.clone()),
        }
    }

    /// What is printed in a cell.
    pub(crate) fn printed(&self, cell: &Cell) -> String {
        let plain = self.plain(cell).unwrap_or_default();
        match cell {
            Cell::Amount(_) | Cell::Printed(_) if self.separators => money::separated(&plain),
            _ => plain,
        }
    }

    /// Whether a row has nothing printed in it.
    pub(crate) fn is_blank(&self, row: &Row) -> bool {
        row.cells.iter().all(|c| self.plain(c).is_none())
    }

    /// The cell over several rows that a row's cell belongs to.
    pub(crate) fn row_span(&self, row: usize, column: usize) -> Option<(usize, usize, usize)> {
        self.row_spans.iter().find(|(first, c, n)| *c == column && (*first..first + n).contains(&row)).copied()
    }

    /// The unit word on the label.
    pub(crate) fn unit_word(&self) -> &'static str {
        self.unit_label.unwrap_or(self.unit).word()
    }

    /// Height of the header in cells.
    pub(crate) fn n_levels(&self) -> usize {
        self.columns.iter().map(|c| c.path.len()).max().unwrap_or(1)
    }
}

/// A header cell with the levels and columns that it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeaderCell {
    /// Its text.
    pub(crate) text: String,
    /// First level from the top.
    pub(crate) level: usize,
    /// First column.
    pub(crate) column: usize,
    /// Levels covered.
    pub(crate) n_levels: usize,
    /// Columns covered.
    pub(crate) n_columns: usize,
}

/// The header's cells from the top, each level from the left.
pub(crate) fn header_cells(columns: &[Column]) -> Vec<HeaderCell> {
    let n_levels = columns.iter().map(|c| c.path.len()).max().unwrap_or(0);
    let mut cells = Vec::new();
    for level in 0..n_levels {
        let mut column = 0;
        while column < columns.len() {
            let path = &columns[column].path;
            let start = column;
            column += 1;
            if level >= path.len() {
                continue;
            }
            let leaf = level + 1 == path.len();
            while !leaf
                && columns.get(column).is_some_and(|c| c.path.len() > level + 1 && c.path[..=level] == path[..=level])
            {
                column += 1;
            }
            cells.push(HeaderCell {
                text: path[level].clone(),
                level,
                column: start,
                n_levels: if leaf { n_levels - level } else { 1 },
                n_columns: column - start,
            });
        }
    }
    cells
}
