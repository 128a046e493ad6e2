//! What every column, side and row of the statements is about, told once: checks, facts and records all read it here.

mod borrowed;
mod column;
mod context;
mod names;
mod row;
mod settle;
mod units;
mod words;

pub(crate) use column::Meaning;
pub(crate) use context::Context;
pub(crate) use names::{Names, bare};
pub(crate) use row::Row;

use super::{Disclosure, Statement};
use crate::arithmetic::code::{self, Code};
use crate::arithmetic::money::to_micro;
use crate::arithmetic::side::{self, Side};
use crate::arithmetic::{Row as _, outline};
use crate::names::names;
use crate::terms::StatementKind;
use crate::terms::saying::{self, Saying};
use crate::terms::subject::{Flow, Stage};

/// What the statements of a disclosure say, in their order.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    pub(crate) tables: Vec<Table>,
    /// Names of the department, its units and classes, as the report prints them.
    pub(crate) names: Names,
}

/// What one statement says.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// What it settles for all its figures.
    pub(crate) context: Context,
    /// What each column is about.
    pub(crate) columns: Vec<Meaning>,
    /// Its sides, from left to right.
    pub(crate) sides: Vec<ReadSide>,
}

/// One side of a statement with what its rows are about.
#[derive(Clone, Debug)]
pub(crate) struct ReadSide {
    /// Its columns and lines; figures are numbered cell by cell, from the first row of the statement.
    pub(crate) side: Side,
    /// In or out, where title or header say.
    pub(crate) flow: Option<Flow>,
    /// The line that each is a part of, where codes or indentation show it.
    pub(crate) parents: Vec<Option<usize>>,
    /// What each line is about, or why that is not settled.
    pub(crate) rows: Vec<Result<Row, Reason>>,
    /// The fiscal year that each line names.
    pub(crate) years: Vec<Option<i32>>,
}

impl Table {
    /// Whether it sets revenue beside expenditure.
    pub(crate) fn is_two_sided(&self) -> bool {
        let has = |flow: Flow| self.sides.iter().any(|read| read.flow == Some(flow));
        has(Flow::Revenue) && has(Flow::Expenditure)
    }

    /// The fiscal year that a line and a column name, and how far the money has come.
    pub(crate) fn time(&self, read: &ReadSide, line: usize, column: usize) -> (Option<i32>, Stage) {
        let meaning = self.columns.get(column);
        let year = meaning.and_then(|meaning| meaning.year).or_else(|| *read.years.get(line)?);
        (year.or(self.context.year), meaning.and_then(|meaning| meaning.stage).unwrap_or(self.context.stage))
    }
}

impl ReadSide {
    /// The label of a line as printed.
    pub(crate) fn label<'s>(&self, statement: &'s Statement, line: usize) -> Option<&'s str> {
        let (row, column) = self.side.lines.get(line)?.named_at?;
        statement.records.get(row)?.text(column)
    }

    /// The functional and the economic class that a line prints; of two economic ones the department's.
    pub(crate) fn codes(&self, line: usize) -> [Option<String>; 2] {
        let printed = self.side.lines.get(line).map_or(&[][..], |line| &line.printed);
        let first = |digit: u64| printed.iter().find(|code| code.first_digit() == digit);
        [first(2), first(3).or_else(|| first(5))].map(|code| code.map(Code::to_string))
    }

    /// In or out, by title, header or column.
    pub(crate) fn flow_of(&self, meaning: &Meaning) -> Option<Flow> {
        self.flow.or(meaning.flow)
    }
}

/// Why an amount belongs to no fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The difference of two figures.
    Change,
    /// A share or a rate.
    Percent,
    /// What is left at a point of time: 年初结转, 年末结转.
    Balance,
    /// The row has no name.
    BlankName,
    /// The header does not settle what is measured.
    UnknownColumn,
    /// The row's name does not settle what it is about, or several rows of the table bear it.
    UnknownRow,
    /// A table whose title says neither what it lists nor whose money it is.
    OtherTable,
    /// No yuan: its unit is not printed, or it is no whole number of fen.
    NoYuan,
}

names!(Reason {
    Change = "change",
    Percent = "percent",
    Balance = "balance",
    BlankName = "blank-name",
    UnknownColumn = "unknown-column",
    UnknownRow = "unknown-row",
    OtherTable = "other-table",
    NoYuan = "no-yuan",
});

/// Reads the statements of a disclosure.
pub fn read(disclosure: &Disclosure) -> Reading {
    let statements = &disclosure.statements;
    let mut sides: Vec<Vec<Side>> = statements.iter().map(sides).collect();
    borrowed::lend(&mut sides);
    for (statement, sides) in statements.iter().zip(&mut sides) {
        sides.iter_mut().for_each(|side| note_lent(statement, side));
    }
    units::rank(statements, &mut sides);
    let names = Names::of(disclosure, &sides);
    let tables = statements.iter().zip(sides).map(|(statement, sides)| table(disclosure, statement, sides, &names));
    Reading { tables: tables.collect(), names }
}

fn sides(statement: &Statement) -> Vec<Side> {
    let prints = |row: usize, column: usize| {
        let value = statement.records.get(row)?.values.get(column)?.as_ref()?;
        let prints = value.amount.is_some() || statement.is_unread(column, value);
        prints.then_some(row * statement.columns.len() + column)
    };
    side::sides(&statement.columns, &statement.records, prints)
}

/// Tells the lines of a side that prints no classes which ones it was lent; codes of units are printed for what is none.
fn note_lent(statement: &Statement, side: &mut Side) {
    let codes_others = |column: &usize| statement.columns.get(*column).is_none_or(code::codes_others);
    if side.lines.iter().any(|line| !line.printed.is_empty()) || side.head.iter().any(codes_others) {
        return;
    }
    for (index, line) in side.lines.iter_mut().enumerate() {
        let codes = side.systems.iter().filter_map(|system| *system.get(index)?);
        line.lent = codes.filter(|code| code.is_class()).collect();
    }
}

fn table(disclosure: &Disclosure, statement: &Statement, sides: Vec<Side>, names: &Names) -> Table {
    let context = context::context(disclosure, statement);
    let several = sides.len() > 1;
    let of_side = |side: Side| {
        let columns = side.head.iter().chain(&side.amounts).filter_map(|c| statement.columns.get(*c));
        let mut flows = columns.filter_map(|column| flow_of(column.path.first()?));
        // 本年收入 beside 本年支出: each column has its own.
        let headed = flows.next().filter(|first| flows.all(|flow| flow == *first));
        let told = context.flow.filter(|_| !several || context.kind != StatementKind::Other);
        let flow = if several { headed.or(told) } else { told.or(headed) };
        let printed = |record: usize| {
            let values = statement.records.get(record).map_or(&[][..], |record| &record.values);
            let amount = |column: &usize| values.get(*column)?.as_ref()?.amount;
            side.amounts.iter().map(amount).collect::<Vec<_>>()
        };
        let (mut rows, years) = row::rows(statement, &context, &side, flow, names, &printed);
        settle::settle(&context, &side.lines, &mut rows, &printed);
        let micro = |cell: usize| {
            let (row, column) = (cell / statement.columns.len(), cell % statement.columns.len());
            let value = statement.records.get(row).and_then(|record| record.values.get(column)?.as_ref());
            value.and_then(|value| to_micro(value.amount?, 1)).unwrap_or(0)
        };
        ReadSide { flow, parents: outline::printed(&side, &micro), rows, years, side }
    };
    let sides = sides.into_iter().map(of_side).collect();
    Table { columns: column::meanings(statement, &context), sides, context }
}

/// Revenue or expenditure, where a top header cell names one of them.
fn flow_of(cell: &str) -> Option<Flow> {
    let (sayings, _) = saying::read(cell);
    let mut flows = sayings.iter().filter_map(|saying| match saying {
        Saying::Flow(flow) => Some(*flow),
        Saying::Nature(_) => Some(Flow::Expenditure),
        _ => None,
    });
    let first = flows.next()?;
    flows.all(|flow| flow == first).then_some(first)
}
