//! Cells that a page's end cuts in two: their text is put together, and stands where the cell begins.
//!
//! A producer that centres the text of a cell over both parts leaves it off the middle of each; where it prints the
//! whole text on both pages and clips it, the lines at the cut may stand on both.

use crate::segment::grid::{CellLine, Grid, GridCell};
use crate::segment::header::{bare, is_figure, n_decimals};
use crate::segment::text::item::is_code;
use crate::segment::{opening, table};

/// Text nearer to the cut than this share of the em is at the cut.
const AT_CUT: f32 = 0.6;

/// A line that ends this near to the cell's right, in ems, wraps.
const FULL_LINE: f32 = 1.3;

/// Text is off the middle of its part where it is this many ems nearer to the cut than to the other end.
const OFF_MIDDLE: f32 = 1.0;

/// A line this much narrower than the line below it had room for its first word.
const OUTGROWN: f32 = 0.8;

/// What a cut leaves of a name is the end of a word, of so many characters.
const SHORT_REST: usize = 3;

/// Two parts of one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Join {
    /// Index of the upper part among the cells of the page before.
    pub above: usize,
    /// Index of the lower part among the cells of this page.
    pub below: usize,
}

/// The cells of the last row above that go on in the row `start` below.
pub fn joins(above: &Grid, below: &Grid, start: usize) -> Vec<Join> {
    if start >= below.n_rows() || above.n_rows() == 0 {
        return Vec::new();
    }
    let pairs: Vec<Join> = pairs(above, below, start);
    // Two amounts are never one; where the place would make them so, nothing is cut there.
    let is_amount = |cell: &GridCell| is_figure(&cell.text());
    let apart: Vec<(usize, usize)> = pairs
        .iter()
        .map(|join| (&above.cells[join.above], &below.cells[join.below]))
        .filter(|(upper, lower)| is_amount(upper) && is_amount(lower) && upper.text() != lower.text())
        .map(|(upper, lower)| (upper.row, lower.n_rows))
        .collect();
    // One cell cut through its text says that the row is cut; its neighbours of the same rows are cut with it.
    let cut: Vec<(usize, usize)> = pairs
        .iter()
        .filter(|join| {
            let (upper, lower) = (&above.cells[join.above], &below.cells[join.below]);
            is_open(above, upper) || is_cut(upper, lower)
        })
        .map(|join| (above.cells[join.above].row, below.cells[join.below].n_rows))
        .filter(|place| !apart.contains(place))
        .collect();
    if is_row_cut(above, below, &pairs) {
        return pairs;
    }
    pairs
        .into_iter()
        .filter(|join| cut.contains(&(above.cells[join.above].row, below.cells[join.below].n_rows)))
        .collect()
}

/// Cells at the same place on both sides of the cut.
fn pairs(above: &Grid, below: &Grid, start: usize) -> Vec<Join> {
    let tolerance = 0.01 * above.rect.width();
    let is_moved = (above.rect.width() - below.rect.width()).abs() < tolerance;
    let moved = if is_moved { below.rect.x0 - above.rect.x0 } else { 0.0 };
    let last = above.n_rows() - 1;
    let mut pairs = Vec::new();
    for column in 0..above.n_columns() {
        let id = above.owner[last * above.n_columns() + column] as usize;
        let upper = &above.cells[id];
        if upper.column != column {
            continue;
        }
        let lower = (0..below.n_columns()).map(|c| below.owner[start * below.n_columns() + c] as usize).find(|&b| {
            let rect = below.cells[b].rect;
            below.cells[b].row == start
                && (rect.x0 - upper.rect.x0 - moved).abs() < tolerance
                && (rect.x1 - upper.rect.x1 - moved).abs() < tolerance
        });
        if let Some(lower) = lower {
            pairs.push(Join { above: id, below: lower });
        }
    }
    pairs
}

/// Whether the rule below a cell is missing where its neighbours have one.
fn is_open(grid: &Grid, cell: &GridCell) -> bool {
    let columns = cell.column..cell.column + cell.n_columns;
    grid.open_below.get(columns).is_some_and(|open| open.iter().all(|o| *o)) && grid.open_below.iter().any(|o| !o)
}

/// Whether a row of single cells goes on: what stands below is the rest of what ends above.
///
/// The rest of an amount tells by itself. The rest of a text tells by the full line that it follows; a single line is
/// full in a name of the column's width too: of those there have to be two, beside a figure that has none below it, or
/// the row has a code or an enumerator above and none below. Where every name has one, width need not tell.
fn is_row_cut(above: &Grid, below: &Grid, pairs: &[Join]) -> bool {
    if pairs.len() != above.row_cells(above.n_rows() - 1).len() {
        return false;
    }
    let (mut n_wrapped, mut n_single, mut n_short, mut n_figures, mut n_amounts, mut n_codes) = (0, 0, 0, 0, 0, 0);
    let mut is_marked = true;
    for join in pairs {
        let (upper, lower) = (&above.cells[join.above], &below.cells[join.below]);
        if upper.n_rows > 1 || lower.n_rows > 1 {
            return false;
        }
        if lower.is_blank() {
            n_figures += usize::from(is_figure(&upper.text()));
            continue;
        }
        if is_figure(&lower.text()) {
            if is_amount_cut(above, upper, lower) {
                n_amounts += 1;
            } else if is_code_cut(above, upper, lower) {
                n_codes += 1;
            } else {
                return false;
            }
            continue;
        }
        let Some(last) = upper.lines.last().filter(|last| !last.text.ends_with('。')) else { return false };
        let is_full = wrap_edge(above, upper) - last.rect.x1 < FULL_LINE * last.size;
        let is_outgrown = lower.lines.first().is_some_and(|below| last.rect.width() < OUTGROWN * below.rect.width());
        let n = match (is_full && !is_outgrown, upper.lines.len()) {
            (false, _) => &mut n_short,
            (true, 1) => &mut n_single,
            (true, _) => &mut n_wrapped,
        };
        *n += 1;
        is_marked &= names_are_marked(above, upper);
    }
    if n_amounts > 0 {
        return !begins_below(below, pairs);
    }
    if n_codes > 0 {
        return false;
    }
    match (n_wrapped, n_single, n_short) {
        (_, 0, 0) => n_wrapped > 0,
        // What begins something is no rest of another.
        (_, _, 0) if begins_below(below, pairs) => false,
        (0, 1, 0) => n_figures > 0 && begins_above(above, pairs),
        (_, _, 0) => n_figures > 0,
        // Remainders without enumerators end a list on both its sides; they are longer than what a cut leaves.
        _ => {
            let has_code = pairs.iter().any(|join| is_code(&bare(&above.cells[join.above].text())));
            let is_short = |join: &Join| bare(&below.cells[join.below].text()).chars().count() <= SHORT_REST;
            n_figures > 0
                && is_marked
                && (has_code || n_wrapped + n_single + n_short == 1 || pairs.iter().all(is_short))
                && begins_above(above, pairs)
                && !begins_below(below, pairs)
        }
    }
}

/// Whether a row begins with a code or an enumerator above the cut.
fn begins_above(above: &Grid, pairs: &[Join]) -> bool {
    pairs.iter().any(|join| is_mark(&above.cells[join.above]))
}

/// Whether a row that begins something stands below the cut.
fn begins_below(below: &Grid, pairs: &[Join]) -> bool {
    pairs.iter().map(|join| &below.cells[join.below]).any(|cell| {
        let text = bare(&cell.text());
        !is_figure(&text) && opening::begins(&text)
    })
}

fn is_mark(cell: &GridCell) -> bool {
    let text = bare(&cell.text());
    is_code(&text) || opening::is_enumerated(&text)
}

/// Whether each name of a cell's column begins with an enumerator or stands beside a code, or is a total's.
fn names_are_marked(grid: &Grid, cell: &GridCell) -> bool {
    let begun = |row: usize| grid.row_cells(row).into_iter().filter(move |c| c.row == row && !c.is_blank());
    let texts = |row: usize| begun(row).map(|c| bare(&c.text())).collect::<Vec<String>>();
    let is_data = |row: &usize| begun(*row).any(|c| is_figure(&c.text())) && !table::is_number_row(&texts(*row));
    let Some(first) = (0..grid.n_rows()).find(is_data) else { return false };
    let names: Vec<&GridCell> =
        (first..grid.n_rows()).flat_map(begun).filter(|c| c.column == cell.column && !is_figure(&c.text())).collect();
    let is_marked = |name: &&GridCell| {
        opening::begins(&bare(&name.text())) || begun(name.row).any(|c| c.column < name.column && is_mark(c))
    };
    names.len() > 1 && names.iter().all(is_marked)
}

/// Whether two parts make one amount, and the upper is none without the lower.
///
/// The figures of the column say how many decimals an amount has; thousands that are set apart say where digits lack.
fn is_amount_cut(grid: &Grid, upper: &GridCell, lower: &GridCell) -> bool {
    let (head, rest) = (bare(&upper.text()), bare(&lower.text()));
    let whole = format!("{head}{rest}");
    if !is_figure(&head) || !whole.chars().all(|ch| ch.is_ascii_digit() || matches!(ch, ',' | '.' | '-')) {
        return false;
    }
    let usual = |is_like: &dyn Fn(&GridCell) -> bool| {
        let others = grid.cells.iter().filter(|c| c.row != upper.row && is_like(c)).map(|c| bare(&c.text()));
        let mut usual: Vec<usize> = others.filter(|t| is_figure(t)).filter_map(|t| n_decimals(&t)).collect();
        usual.sort_unstable();
        usual.dedup();
        usual
    };
    let of_column = usual(&|c| c.column == upper.column);
    let usual = if of_column.is_empty() { usual(&|_| true) } else { of_column };
    let is_regular = is_grouped(&whole) && whole.matches('.').count() <= 1 && !rest.contains('-');
    let lacks_digits = !is_grouped(&head);
    match (usual.as_slice(), n_decimals(&whole)) {
        (&[usual], Some(n)) if n == usual => {
            let is_rest = n_decimals(&rest) != Some(usual) || rest.starts_with('.') || lacks_digits;
            is_regular && is_rest && n_decimals(&head) != Some(usual)
        }
        ([], None) => is_regular && lacks_digits,
        _ => false,
    }
}

/// Whether two parts make one code as long as another of its column.
fn is_code_cut(grid: &Grid, upper: &GridCell, lower: &GridCell) -> bool {
    let whole = bare(&upper.text()) + &bare(&lower.text());
    let others = grid.cells.iter().filter(|c| c.column == upper.column && c.row != upper.row).map(|c| bare(&c.text()));
    is_code(&whole) && !upper.is_blank() && others.filter(|code| is_code(code)).any(|code| code.len() == whole.len())
}

/// Whether the thousands of a figure, if they are set apart, are of three digits each, and none begins with 0.
pub fn is_grouped(figure: &str) -> bool {
    let whole = figure.split('.').next().unwrap_or_default().trim_start_matches('-');
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let is_first = if whole.contains(',') { (1..=3).contains(&first.len()) } else { !first.is_empty() };
    is_first && groups.all(|group| group.len() == 3) && (first == "0" || !first.starts_with('0'))
}

/// Where lines of a cell's column wrap: at the cell's right, or where the widest line that goes on ends.
fn wrap_edge(grid: &Grid, cell: &GridCell) -> f32 {
    let column = grid.cells.iter().filter(|c| c.column == cell.column && c.n_columns == cell.n_columns);
    let wrapped = column.flat_map(|c| c.lines.split_last().map_or(&[][..], |(_, before)| before));
    wrapped.map(|line| line.rect.x1).reduce(f32::max).unwrap_or(cell.rect.x1)
}

/// Whether the text of two parts shows that they are one cell.
fn is_cut(upper: &GridCell, lower: &GridCell) -> bool {
    // A cell of one row is often set to its bottom; over several rows text is centred.
    if upper.n_rows < 2 && lower.n_rows < 2 {
        return false;
    }
    let runs_out = gaps(upper).is_some_and(|(before, after)| after < AT_CUT && before > after + OFF_MIDDLE);
    let runs_in = gaps(lower).is_some_and(|(before, after)| before < AT_CUT && after > before + OFF_MIDDLE);
    (runs_out && !lower.is_blank()) || runs_in
}

/// How far a cell's text stands from the cell's top and from its bottom, in ems.
fn gaps(cell: &GridCell) -> Option<(f32, f32)> {
    let (first, last) = (cell.lines.first()?, cell.lines.last()?);
    let em = first.size.max(1.0);
    Some(((first.rect.y0 - cell.rect.y0) / em, (cell.rect.y1 - last.rect.y1) / em))
}

/// How many lines at the start of the lower part stand at the end of the upper one too.
pub fn n_twice(upper: &[CellLine], lower: &[CellLine]) -> usize {
    let most = upper.len().min(lower.len());
    let same = |n: usize| upper[upper.len() - n..].iter().zip(&lower[..n]).all(|(a, b)| a.text == b.text);
    (1..=most).rev().find(|&n| same(n)).unwrap_or(0)
}
