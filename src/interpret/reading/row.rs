//! What a row is about: told by its codes, else by the column that names it, else by its words.

use rust_decimal::Decimal;

use super::Reason;
use super::context::Context;
use super::names::{Axis, Classification, Names, axis, bare};
use crate::arithmetic::code::Code;
use crate::arithmetic::side::{Line, Side};
use crate::interpret::{ColumnRole, Statement};
use crate::terms::StatementKind;
use crate::terms::measure::{Fund, YearPart};
use crate::terms::saying::{self, Saying};
use crate::terms::statement::without_enumerator;
use crate::terms::subject::{EconomicSystem, Flow, Item, Nature, Subject};

/// What the names of a row settle.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) subject: Subject,
    pub(crate) code: Option<Code>,
    pub(crate) system: Option<EconomicSystem>,
    pub(crate) name: Option<String>,
    /// Of parts that several classifications name: the economic class, its name, and the class of the other system.
    pub(crate) economic_code: Option<Code>,
    pub(crate) economic_name: Option<String>,
    pub(crate) paired_code: Option<Code>,
    pub(crate) project: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) item: Option<Item>,
    pub(crate) fund: Option<Fund>,
    pub(crate) nature: Option<Nature>,
    pub(crate) year: Option<i32>,
    pub(crate) year_part: Option<YearPart>,
    pub(crate) flow: Option<Flow>,
}

impl Row {
    pub(crate) fn about(subject: Subject) -> Self {
        Self {
            subject,
            code: None,
            system: None,
            name: None,
            economic_code: None,
            economic_name: None,
            paired_code: None,
            project: None,
            unit: None,
            item: None,
            fund: None,
            nature: None,
            year: None,
            year_part: None,
            flow: None,
        }
    }
}

/// What each line of a side is about, and the year that its row names.
pub(super) fn rows(
    statement: &Statement,
    context: &Context,
    side: &Side,
    flow: Option<Flow>,
    names: &Names,
    printed: &impl Fn(usize) -> Vec<Option<Decimal>>,
) -> (Vec<Result<Row, Reason>>, Vec<Option<i32>>) {
    // The columns before the side's amounts and behind those of another side. 项目 of a summary are its classes.
    let is_summary =
        matches!(statement.kind, StatementKind::RevenueExpenditureSummary | StatementKind::FiscalAppropriationSummary);
    let first = side.amounts.first().copied().unwrap_or(statement.columns.len());
    let is_money = |column: usize| statement.columns.get(column).is_some_and(|c| c.role == ColumnRole::Amount);
    let start = (0..first).rev().find(|column| is_money(*column)).map_or(0, |money| money + 1);
    let axes: Vec<(usize, Axis)> = (start..first)
        .filter_map(|column| Some((column, axis(statement, column)?)))
        .filter(|(_, axis)| !is_summary || *axis != Axis::Project)
        .collect();
    let unit_column = axes.iter().find(|(_, axis)| *axis == Axis::Unit).map(|(column, _)| *column);
    let others = side.lines.iter().any(|line| {
        let value = unit_column.and_then(|column| statement.records.get(line.record)?.values.get(column)?.as_ref());
        value.is_some_and(|value| names.unit(&value.text).is_some()) || names.unit(&line.label.name).is_some()
    });
    let coded = side.lines.iter().any(|line| !line.printed.is_empty());
    let totals = side.lines.iter().filter(|line| line.total).map(|line| printed(line.record)).collect();
    let mut reader = Reader {
        statement,
        context,
        flow,
        names,
        axes,
        classification: Classification::of(statement, side),
        first_amount: side.amounts.first().copied().unwrap_or_default(),
        others,
        coded,
        whole: totals,
        begun: false,
        closed: false,
        unit: None,
        project: None,
        year: None,
        item: None,
        nature: None,
        granted: None,
        sources: Vec::new(),
        named_now: false,
    };
    let nameless = side.head.is_empty();
    let read = side.lines.iter().map(|line| {
        let row = reader.row(line, &printed(line.record), nameless);
        (row, reader.fiscal_year())
    });
    read.unzip()
}

/// Reads the rows of a side from the top down.
pub(super) struct Reader<'a> {
    pub(super) statement: &'a Statement,
    pub(super) context: &'a Context,
    pub(super) flow: Option<Flow>,
    pub(super) names: &'a Names,
    pub(super) axes: Vec<(usize, Axis)>,
    pub(super) classification: Option<Classification>,
    pub(super) first_amount: usize,
    /// The side prints codes of classes.
    pub(super) coded: bool,
    /// The side names units beside the department.
    pub(super) others: bool,
    /// What the sums of the side print, and the heading that is open: the department's own figures.
    pub(super) whole: Vec<Vec<Option<Decimal>>>,
    /// A row that is no sum stands above.
    pub(super) begun: bool,
    /// A sum stands above, and rows above it.
    pub(super) closed: bool,
    pub(super) unit: Option<String>,
    pub(super) project: Option<String>,
    pub(super) year: Option<String>,
    /// Goods, works or services: of the heading that is open.
    pub(super) item: Option<Item>,
    /// Of the heading that is open.
    pub(super) nature: Option<Nature>,
    /// Of which year's money the sources below are, by their heading.
    pub(super) granted: Option<Granted>,
    /// Sources that stand above: one that is listed again below such a heading is a part of it.
    pub(super) sources: Vec<(Fund, Option<Item>)>,
    /// So it is below a heading of this year's sources.
    pub(super) named_now: bool,
}

/// Under which heading sources stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Granted {
    /// 本年收入
    Now,
    /// 上年结转
    Before,
    /// 年初结转和结余, which is a balance.
    Opening,
}

impl Reader<'_> {
    /// A line's row; cells merged over rows are carried down.
    fn row(&mut self, line: &Line, printed: &[Option<Decimal>], nameless: bool) -> Result<Row, Reason> {
        let text = |column: usize| {
            let value = self.statement.records.get(line.record)?.values.get(column)?.as_ref()?;
            Some(value.text.trim().to_owned()).filter(|text| !text.is_empty())
        };
        let mut own_unit = None;
        let mut own_project = None;
        let mut own_year = None;
        for (column, axis) in &self.axes {
            let slot = match axis {
                Axis::Unit => &mut own_unit,
                Axis::Project => &mut own_project,
                Axis::Year => &mut own_year,
                Axis::UnitOrClass | Axis::UnitOrProject => continue,
            };
            *slot = slot.take().or(text(*column));
        }
        if line.total {
            (self.unit, self.project, self.item, self.nature) = (None, None, None, None);
            self.granted = None;
        }
        if let Some(unit) = &own_unit {
            self.unit = Some(bare(unit)).filter(|unit| !self.is_department(unit, printed));
            self.project = None;
        }
        if let Some(project) = &own_project {
            self.project = Some(bare(project));
        }
        if own_year.is_some() {
            self.year = own_year;
        }
        let row = self.about(line, printed, nameless, own_unit.is_some(), own_project.is_some());
        self.closed |= line.total && self.begun;
        self.begun |= !line.total;
        let mut row = row?;
        if self.year.as_ref().is_some_and(|year| saying::read(year).0.contains(&Saying::Change)) {
            return Err(Reason::Change);
        }
        row.year = self.fiscal_year();
        if row.unit.is_none() && !line.total {
            // A project of the department's own is named without a unit everywhere else.
            let own = |unit: &&String| row.subject == Subject::Project && self.names.is_department(unit);
            row.unit = self.unit.as_ref().filter(|unit| !own(unit)).cloned();
        }
        Ok(row)
    }

    /// The year that the row's own column names, carried down where its cell is merged.
    fn fiscal_year(&self) -> Option<i32> {
        let text = self.year.as_ref()?;
        let (sayings, _) = saying::read(text);
        let named = sayings.iter().find_map(|saying| match saying {
            Saying::Year(year) => Some(*year),
            _ => None,
        });
        named.or_else(|| text.parse().ok().filter(|year| (2000..2100).contains(year)))
    }

    /// Whether a row names the department and prints what the whole does: other figures are of its unit of that name.
    fn is_department(&self, name: &str, printed: &[Option<Decimal>]) -> bool {
        self.names.is_department(name)
            && (!self.others || self.whole.is_empty() || self.whole.iter().any(|whole| whole.as_slice() == printed))
    }

    /// The unit that a row names, and what stands below it in the same column is its own; `Some(None)`: the department.
    pub(super) fn named_unit(&mut self, name: &str, printed: &[Option<Decimal>]) -> Option<Option<String>> {
        if self.names.is_department(name) {
            self.unit = Some(name.to_owned()).filter(|name| !self.is_department(name, printed));
            return Some(self.unit.clone());
        }
        let unit = self.names.unit(name)?;
        self.unit = Some(unit);
        Some(self.unit.clone())
    }

    /// The text that alone stands before the amounts of a row whose label is blank.
    fn only_text(&self, line: &Line) -> Option<String> {
        let values = self.statement.records.get(line.record)?.values.iter().take(self.first_amount).flatten();
        let mut texts = values.map(|value| value.text.trim()).filter(|text| !text.is_empty());
        let only = texts.next().filter(|text| texts.next().is_none() && !text.is_ascii())?;
        // 一、货物A
        Some(bare(without_enumerator(only)).trim_end_matches(|ch: char| ch.is_ascii_uppercase()).to_owned())
    }

    /// A row of a column that lists units and something else: which it is, the code beside it tells.
    fn mixed(&mut self, line: &Line, printed: &[Option<Decimal>], class: Option<Code>) -> Option<Result<Row, Reason>> {
        let axis = self.axes.iter().map(|(_, axis)| *axis).find(|axis| {
            matches!(axis, Axis::UnitOrClass | Axis::UnitOrProject) && self.coded && !line.label.name.is_empty()
        })?;
        let name = bare(&line.label.name);
        match (axis, class) {
            (Axis::UnitOrClass, None) if line.classes().next().is_none() => {
                let unit = self.named_unit(&name, printed).unwrap_or(Some(name));
                self.unit.clone_from(&unit);
                let subject = if unit.is_some() { Subject::Unit } else { Subject::Total };
                Some(Ok(Row { unit, ..Row::about(subject) }))
            }
            (Axis::UnitOrProject, Some(_)) => Some(Ok(Row { project: Some(name), ..Row::about(Subject::Project) })),
            (Axis::UnitOrProject, None) => Some(match self.named_unit(&name, printed) {
                Some(None) => Ok(Row::about(Subject::Total)),
                Some(unit) => Ok(Row { unit, ..Row::about(Subject::Unit) }),
                None => Err(Reason::UnknownRow),
            }),
            _ => None,
        }
    }

    fn about(
        &mut self,
        line: &Line,
        printed: &[Option<Decimal>],
        nameless: bool,
        units: bool,
        projects: bool,
    ) -> Result<Row, Reason> {
        let (sayings, understood) = saying::read(&line.label.name);
        let mut total = Row::about(Subject::Total);
        for saying in &sayings {
            match saying {
                Saying::Nature(nature) => total.nature = Some(*nature),
                Saying::Part(part) => total.year_part = Some(*part),
                Saying::Flow(flow) => total.flow = Some(*flow),
                _ => {}
            }
        }
        if sayings.contains(&Saying::Balance) && self.flow == Some(Flow::Expenditure) {
            return Err(Reason::Balance);
        }
        let of_three_public =
            matches!(self.context.kind, StatementKind::ThreePublicExpenses | StatementKind::AgencyOperatingExpenses);
        if line.total && understood && of_three_public && sayings.contains(&Saying::ThreePublic) {
            return Ok(Row { item: Some(Item::Total), ..Row::about(Subject::ThreePublic) });
        }
        if line.total {
            return if understood { Ok(total) } else { Err(Reason::UnknownRow) };
        }
        let functional = line.classes().find(|code| code.first_digit() == 2);
        let economic = |digit: u64| line.classes().find(|code| code.first_digit() == digit);
        let (department, government) = (economic(3), economic(5));
        // Names stand in the order of their codes, where each code has one.
        let name_of = |code: Code| {
            let names = Some(&line.names).filter(|names| names.len() == line.printed.len());
            let position = line.printed.iter().position(|printed| *printed == code);
            let own = names.zip(position).and_then(|(names, position)| names.get(position));
            own.or(Some(&line.label.name)).filter(|name| !name.is_empty()).cloned()
        };
        if let Some(row) = self.mixed(line, printed, functional) {
            return row;
        }
        match (functional, department.or(government)) {
            (Some(_), Some(_)) if self.context.procurement => return Err(Reason::UnknownRow),
            (Some(code), Some(class)) => {
                return Ok(Row {
                    code: Some(code),
                    name: name_of(code),
                    economic_code: Some(class),
                    economic_name: name_of(class),
                    paired_code: government.filter(|code| *code != class),
                    system: class.system(),
                    ..Row::about(Subject::Cross)
                });
            }
            (Some(code), None) => {
                let subject = if self.context.procurement { Subject::Procurement } else { Subject::Function };
                return Ok(Row { code: Some(code), name: name_of(code), ..Row::about(subject) });
            }
            (None, Some(code)) if !self.context.procurement => {
                let subject = if self.context.operating_cost { Subject::OperatingCost } else { Subject::Economic };
                let system = code.system();
                let paired_code = government.filter(|other| *other != code);
                return Ok(Row { code: Some(code), system, name: name_of(code), paired_code, ..Row::about(subject) });
            }
            _ => {}
        }
        if projects && let Some(project) = &self.project {
            return Ok(Row { project: Some(project.clone()), ..Row::about(Subject::Project) });
        }
        if units {
            return Ok(match &self.unit {
                Some(unit) => Row { unit: Some(unit.clone()), ..Row::about(Subject::Unit) },
                None => Row::about(Subject::Total),
            });
        }
        if nameless || line.label.name.is_empty() && self.year.is_some() {
            return Ok(Row::about(Subject::Total));
        }
        if line.label.name.is_empty() {
            let name = self.only_text(line).ok_or(Reason::BlankName)?;
            let (sayings, understood) = saying::read(&name);
            return self.by_words(&name, printed, &sayings, understood, total).map_err(|_| Reason::BlankName);
        }
        // Of two economic systems side by side the first names the row.
        let first = line.names.first().filter(|_| self.classification == Some(Classification::Pair));
        if let Some(first) = first {
            let (sayings, understood) = saying::read(first);
            return self.by_words(first, printed, &sayings, understood, total);
        }
        self.by_words(&line.label.name, printed, &sayings, understood, total)
    }
}
