//! Every printed figure of a disclosure in one list, in yuan, so that the checks speak of figures and not of cells.

use rust_decimal::Decimal;

use super::FigureRef;
use crate::arithmetic::label;
use crate::arithmetic::money::{MICRO_SCALE, Micro, significant_digits, to_micro};
use crate::arithmetic::side::Side;
use crate::interpret::reading::{Reading, Table};
use crate::interpret::{Disclosure, Statement};

/// Position of a figure in [`Ledger::figures`].
pub(super) type FigureId = usize;

/// Texts of a form that hold an amount in yuan.
const AMOUNT_KEYS: [&str; 7] = [
    "fiscal_funds_period",
    "fiscal_appropriation_annual",
    "carryover_annual",
    "fiscal_basic_annual",
    "fiscal_project_annual",
    "other_basic_annual",
    "other_project_annual",
];

/// One printed figure.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    /// Where it is printed.
    pub(super) at: FigureRef,
    /// What it says.
    pub(super) micro: Micro,
    /// One unit of the last place printed in its column.
    pub(super) step: Micro,
    /// What it is the amount of is not certain: its column was guessed, or cannot be read, or the name of its row cannot.
    pub(super) doubtful: bool,
    /// Something is printed that cannot be read: no sum that it takes part in says anything.
    pub(super) unknown: bool,
    /// Its page.
    pub(super) page: u32,
}

/// The figures of a disclosure and the sides of its statements.
#[derive(Debug)]
pub(super) struct Ledger<'d> {
    /// What was read.
    pub(super) disclosure: &'d Disclosure,
    /// All figures.
    pub(super) figures: Vec<Figure>,
    /// For each statement, record and column.
    cells: Vec<Vec<Vec<Option<FigureId>>>>,
    /// For each form and fund line.
    funds: Vec<Vec<Option<FigureId>>>,
    /// For each form the amounts among its texts, by key.
    pub(super) form_texts: Vec<Vec<(String, FigureId)>>,
    /// For each statement its sides (收入, 支出), each with its own labels.
    pub(super) sides: Vec<Vec<Side>>,
}

impl<'d> Ledger<'d> {
    /// Lists the figures of tables and forms, and ties them to the lines of the sides.
    pub(super) fn new(disclosure: &'d Disclosure, reading: &Reading) -> Self {
        let mut ledger = Self {
            disclosure,
            figures: Vec::new(),
            cells: Vec::new(),
            funds: Vec::new(),
            form_texts: Vec::new(),
            sides: Vec::new(),
        };
        for (index, statement) in disclosure.statements.iter().enumerate() {
            ledger.add_statement(index, statement);
        }
        for (index, form) in disclosure.forms.iter().enumerate() {
            let first_page = form.pages.first().copied().unwrap_or(1);
            let row = form
                .funds
                .iter()
                .enumerate()
                .map(|(fund, line)| {
                    let amount = line.amount_yuan?;
                    // A printed 0 says nothing of the place it is rounded to.
                    let step = form_step(amount);
                    let page = if line.provenance.page == 0 { first_page } else { line.provenance.page };
                    let id = ledger.add(FigureRef::Fund { form: index, fund }, amount, 1, step, page)?;
                    ledger.figures[id].doubtful = line.guessed;
                    Some(id)
                })
                .collect();
            ledger.funds.push(row);
            let texts = form.texts.iter().enumerate().filter_map(|(text, (key, value))| {
                let amount: Decimal = AMOUNT_KEYS.contains(&key.as_str()).then_some(value.as_ref()?.parse().ok()?)?;
                Some((text, key.clone(), amount))
            });
            let texts: Vec<(usize, String, Decimal)> = texts.collect();
            let texts = texts.into_iter().filter_map(|(text, key, amount)| {
                let at = FigureRef::Text { form: index, text };
                Some((key, ledger.add(at, amount, 1, form_step(amount), first_page)?))
            });
            let texts = texts.collect();
            ledger.form_texts.push(texts);
        }
        ledger.sides = reading.tables.iter().enumerate().map(|(i, table)| counted(table, &ledger.cells[i])).collect();
        ledger
    }

    /// Whether a figure may be the amount of something else.
    pub(super) fn is_doubtful(&self, id: FigureId) -> bool {
        self.figures.get(id).is_some_and(|figure| figure.doubtful)
    }

    /// Whether a row of a statement has a figure that may belong in another column or row.
    pub(super) fn has_doubtful(&self, statement: usize, record: usize) -> bool {
        let row = self.cells.get(statement).and_then(|rows| rows.get(record));
        row.into_iter().flatten().flatten().any(|id| self.is_doubtful(*id))
    }

    fn add_statement(&mut self, index: usize, statement: &Statement) {
        let factor = statement.unit.map_or(1, crate::terms::Unit::in_yuan);
        let places: Vec<Places> = (0..statement.columns.len()).map(|column| Places::of(statement, column)).collect();
        let ratios: Vec<bool> =
            statement.columns.iter().map(|c| c.path.last().is_some_and(|leaf| label::header_is_ratio(leaf))).collect();
        let unread: Vec<bool> =
            statement.columns.iter().map(|c| c.path.iter().any(|element| is_unreadable(element))).collect();
        let mut rows = Vec::with_capacity(statement.records.len());
        for (record_index, record) in statement.records.iter().enumerate() {
            let mut row = Vec::with_capacity(record.values.len());
            let is_nameless = record.values.iter().flatten().any(|v| v.amount.is_none() && is_unreadable(&v.text));
            for (column, value) in record.values.iter().enumerate() {
                let id = value.as_ref().and_then(|value| {
                    let is_unknown = statement.is_unread(column, value);
                    let amount = value.amount.or(is_unknown.then_some(Decimal::ZERO))?;
                    let ratio = ratios.get(column).copied().unwrap_or_default();
                    let step = places.get(column).map_or(1, |places| places.step(amount, factor));
                    let at = FigureRef::Cell { statement: index, record: record_index, column };
                    let page = if value.provenance.page == 0 { record.provenance.page } else { value.provenance.page };
                    let id = self.add(at, amount, if ratio { 1 } else { factor }, step, page)?;
                    let is_unread = is_nameless || unread.get(column).copied().unwrap_or_default();
                    self.figures[id].doubtful = value.guessed || is_unread;
                    self.figures[id].unknown = is_unknown;
                    Some(id)
                });
                row.push(id);
            }
            rows.push(row);
        }
        self.cells.push(rows);
    }

    /// Adds a figure; `None` where it is beyond any amount of money.
    pub(super) fn add(
        &mut self,
        at: FigureRef,
        amount: Decimal,
        factor: i64,
        step: Micro,
        page: u32,
    ) -> Option<FigureId> {
        let micro = to_micro(amount, factor)?;
        self.figures.push(Figure { at, micro, step, doubtful: false, unknown: false, page });
        Some(self.figures.len() - 1)
    }

    /// Adds a figure of the narrative.
    pub(super) fn add_micro(&mut self, at: FigureRef, micro: Micro, step: Micro, page: u32) -> FigureId {
        self.figures.push(Figure { at, micro, step, doubtful: false, unknown: false, page });
        self.figures.len() - 1
    }

    /// The figure in a cell.
    pub(super) fn cell(&self, statement: usize, record: usize, column: usize) -> Option<FigureId> {
        *self.cells.get(statement)?.get(record)?.get(column)?
    }

    /// The figures of a record.
    pub(super) fn record(&self, statement: usize, record: usize) -> impl Iterator<Item = FigureId> + '_ {
        self.cells.get(statement).and_then(|rows| rows.get(record)).into_iter().flatten().copied().flatten()
    }

    /// The figure of a fund line.
    pub(super) fn fund(&self, form: usize, fund: usize) -> Option<FigureId> {
        *self.funds.get(form)?.get(fund)?
    }

    /// What a figure says.
    pub(super) fn micro(&self, id: FigureId) -> Micro {
        self.figures.get(id).map_or(0, |f| f.micro)
    }

    /// Whether a figure cannot be read.
    pub(super) fn is_unknown(&self, id: FigureId) -> bool {
        self.figures.get(id).is_some_and(|f| f.unknown)
    }

    /// The unit of the last printed place of a figure's column.
    pub(super) fn step(&self, id: FigureId) -> Micro {
        self.figures.get(id).map_or(1, |f| f.step)
    }

    /// How many digits a figure has that tell it from another: 3,200.00 has two.
    pub(super) fn significant_digits(&self, id: FigureId) -> u32 {
        significant_digits(self.micro(id))
    }
}

/// Sides whose lines name the figures of a ledger in place of the cells that print them.
fn counted(table: &Table, cells: &[Vec<Option<FigureId>>]) -> Vec<Side> {
    let mut sides: Vec<Side> = table.sides.iter().map(|read| read.side.clone()).collect();
    for figure in sides.iter_mut().flat_map(|side| &mut side.lines).flat_map(|line| &mut line.figures) {
        *figure = figure.and_then(|cell| *cells.get(cell / table.columns.len())?.get(cell % table.columns.len())?);
    }
    sides
}

/// How the amounts of a column are rounded.
struct Places {
    /// The most decimals that are printed.
    finest: u32,
    /// Decimals that are zero are printed too, so that fewer of them mean a rounder figure.
    keeps_zeros: bool,
}

/// Amounts are kept to two decimals at least: 3.5 among figures with more is exact.
const KEPT_PLACES: u32 = 2;

impl Places {
    fn of(statement: &Statement, column: usize) -> Self {
        let amounts = statement.records.iter().filter_map(|r| r.values.get(column)?.as_ref()?.amount);
        let amounts: Vec<Decimal> = amounts.filter(|a| !a.is_zero()).collect();
        let finest = amounts.iter().map(Decimal::scale).max().unwrap_or(0);
        let keeps_zeros = finest > 0 && amounts.iter().any(|a| a.scale() == finest && a.normalize().scale() < finest);
        Self { finest, keeps_zeros }
    }

    /// One unit of the last place that a figure is exact to: its own, where its column prints zeros or it has the two
    /// decimals of rounded ones, and that of the column else, since programs leave zeros out.
    fn step(&self, amount: Decimal, factor: i64) -> Micro {
        let scale = match amount.scale() {
            _ if amount.is_zero() => self.finest,
            own if self.keeps_zeros || own >= KEPT_PLACES => own,
            _ => self.finest,
        };
        to_micro(Decimal::new(1, scale.min(28)), factor).unwrap_or(1).max(1)
    }
}

/// Forms are published in yuan whatever they print; money in round hundreds was printed in 万元 with two decimals.
fn form_step(amount: Decimal) -> Micro {
    let Some(micro) = to_micro(amount, 1) else { return 1 };
    let hundred = 100 * 10i128.pow(MICRO_SCALE);
    if micro % hundred == 0 { hundred } else { 10i128.pow(MICRO_SCALE - 2) }
}

/// Whether most of a text's characters have no Unicode.
fn is_unreadable(text: &str) -> bool {
    let n_unknown = text.matches(char::REPLACEMENT_CHARACTER).count();
    n_unknown > 0 && n_unknown * 2 >= text.chars().count()
}
