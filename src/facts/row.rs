//! What a row is about: told by its codes, else by the column that names it, else by its words.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::context::Context;
use super::{EconomicSystem, Reason, Subject, settle};
use crate::interpret::{ColumnRole, Disclosure, Statement};
use crate::reconcile::reading::{self, ReadLine, ReadSide};
use crate::terms::StatementKind;
use crate::terms::compatibility::nfkc;
use crate::terms::measure::{Fund, YearPart};
use crate::terms::saying::{self, Saying};
use crate::terms::subject::{Flow, Item, Nature};

/// What the names of a row settle.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) subject: Subject,
    pub(super) code: Option<String>,
    pub(super) system: Option<EconomicSystem>,
    pub(super) name: Option<String>,
    pub(super) project: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) item: Option<Item>,
    pub(super) fund: Option<Fund>,
    pub(super) nature: Option<Nature>,
    pub(super) year: Option<i32>,
    pub(super) year_part: Option<YearPart>,
    pub(super) flow: Option<Flow>,
}

impl Row {
    fn about(subject: Subject) -> Self {
        Self {
            subject,
            code: None,
            system: None,
            name: None,
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

/// Names of units and of the department itself, as the report prints them.
#[derive(Debug, Default)]
pub(super) struct Names {
    department: Option<String>,
    units: BTreeSet<String>,
}

/// How units are paid for: levels of some lists, no projects.
const HEADINGS: [&str; 4] = ["全额", "差额", "自收自支", "基本支出"];

/// What a column names its rows by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Axis {
    Unit,
    Project,
    Year,
}

fn axis(statement: &Statement, column: usize) -> Option<Axis> {
    let column = statement.columns.get(column).filter(|column| column.role != ColumnRole::Amount)?;
    let leaf: String = column.path.last()?.chars().filter(|ch| !ch.is_whitespace()).collect();
    let coded = leaf.contains("编码") || leaf.contains("代码") || leaf.contains("编号");
    let mixed = leaf.contains("项目") && leaf.contains("单位");
    if coded || mixed || leaf.contains("计量") || leaf.contains("度量") {
        None
    } else if leaf.contains("项目名称") || leaf.contains("项目内容") {
        Some(Axis::Project)
    } else if leaf.contains("单位") || leaf.contains("部门名称") {
        Some(Axis::Unit)
    } else if matches!(leaf.as_str(), "年度" | "年份" | "预算年度") {
        Some(Axis::Year)
    } else {
        None
    }
}

/// A name without white space and without the code before it.
pub(super) fn bare(text: &str) -> String {
    let text: String = nfkc(text).chars().filter(|ch| !ch.is_whitespace()).collect();
    let bracketed = text.strip_prefix(['[', '【']).and_then(|rest| rest.split_once([']', '】']));
    let coded = bracketed.or_else(|| text.split_once(['-', '－', '—', '_']));
    let is_code = |code: &str| code.len() >= 3 && code.chars().all(|ch| ch.is_ascii_alphanumeric());
    match coded {
        Some((code, name)) if is_code(code) && !name.is_empty() => name.to_owned(),
        _ => text,
    }
}

impl Names {
    /// Reads the names of units from the columns that list them.
    pub(super) fn of(disclosure: &Disclosure) -> Self {
        let department = disclosure.filing.department.as_deref().map(bare);
        let mut units = BTreeSet::new();
        for statement in &disclosure.statements {
            for column in (0..statement.columns.len()).filter(|column| axis(statement, *column) == Some(Axis::Unit)) {
                let texts = statement.records.iter().filter_map(|record| record.values.get(column)?.as_ref());
                units.extend(texts.map(|value| bare(&value.text)).filter(|name| name.chars().count() >= 3));
            }
        }
        Self { department, units }
    }

    fn is_department(&self, name: &str) -> bool {
        self.department.as_deref() == Some(name)
    }

    /// A unit that the report lists; not the department itself.
    pub(super) fn unit(&self, name: &str) -> Option<String> {
        let name = bare(name);
        let own = ["(本级)", "本级", "(机关)", "机关"].iter().find_map(|tail| name.strip_suffix(tail));
        let known = self.units.contains(&name) || own.is_some_and(|own| self.is_department(own));
        (known && !self.is_department(&name)).then_some(name)
    }
}

/// What each line of a side is about, and the year that its row names.
pub(super) fn rows(
    statement: &Statement,
    context: &Context,
    side: &ReadSide,
    flow: Option<Flow>,
    names: &Names,
    printed: &impl Fn(usize) -> Vec<Option<Decimal>>,
) -> (Vec<Result<Row, Reason>>, Vec<Option<i32>>) {
    let axes: Vec<(usize, Axis)> = (0..statement.columns.len())
        .filter(|column| side.amounts.first().is_none_or(|first| column < first))
        .filter_map(|column| Some((column, axis(statement, column)?)))
        .collect();
    let mut reader = Reader { statement, context, flow, names, axes, unit: None, project: None, year: None };
    let nameless = side.head.is_empty();
    let read = side.lines.iter().map(|line| (reader.row(line, nameless), reader.fiscal_year()));
    let (mut rows, years): (Vec<_>, Vec<_>) = read.unzip();
    settle::settle(context, &side.lines, &mut rows, printed);
    (rows, years)
}

struct Reader<'a> {
    statement: &'a Statement,
    context: &'a Context,
    flow: Option<Flow>,
    names: &'a Names,
    axes: Vec<(usize, Axis)>,
    unit: Option<String>,
    project: Option<String>,
    year: Option<String>,
}

impl Reader<'_> {
    /// A line's row; cells merged over rows are carried down.
    fn row(&mut self, line: &ReadLine, nameless: bool) -> Result<Row, Reason> {
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
            };
            *slot = slot.take().or(text(*column));
        }
        if line.total {
            (self.unit, self.project) = (None, None);
        }
        if let Some(unit) = &own_unit {
            self.unit = Some(bare(unit)).filter(|unit| !self.names.is_department(unit));
            self.project = None;
        }
        if let Some(project) = &own_project {
            self.project = Some(bare(project));
        }
        if own_year.is_some() {
            self.year = own_year;
        }
        let mut row = self.about(line, nameless, own_unit.is_some(), own_project.is_some())?;
        if self.year.as_ref().is_some_and(|year| saying::read(year).0.contains(&Saying::Change)) {
            return Err(Reason::Change);
        }
        row.year = self.fiscal_year();
        if row.unit.is_none() && !line.total {
            row.unit.clone_from(&self.unit);
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

    fn about(&mut self, line: &ReadLine, nameless: bool, units: bool, projects: bool) -> Result<Row, Reason> {
        let (sayings, understood) = saying::read(&line.name);
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
        if line.total {
            return if understood { Ok(total) } else { Err(Reason::UnknownRow) };
        }
        let functional = line.codes().find(|code| code.starts_with('2'));
        let economic = |digit: char| line.codes().find(|code| code.starts_with(digit));
        match (functional, economic('3').or(economic('5'))) {
            (Some(_), Some(_)) => return Err(Reason::UnknownRow),
            (Some(code), None) => {
                let subject = if self.context.procurement { return Err(Reason::UnknownRow) } else { Subject::Function };
                let name = Some(line.name.clone()).filter(|name| !name.is_empty());
                return Ok(Row { code: Some(code.clone()), name, ..Row::about(subject) });
            }
            (None, Some(code)) if !self.context.procurement => {
                let subject = if self.context.operating_cost { Subject::OperatingCost } else { Subject::Economic };
                let name = Some(line.name.clone()).filter(|name| !name.is_empty());
                let system = EconomicSystem::of(code);
                return Ok(Row { code: Some(code.clone()), system, name, ..Row::about(subject) });
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
        if nameless || line.name.is_empty() && self.year.is_some() {
            return Ok(Row::about(Subject::Total));
        }
        if line.name.is_empty() {
            return Err(Reason::BlankName);
        }
        self.by_words(line, &sayings, understood, total)
    }

    fn by_words(&mut self, line: &ReadLine, sayings: &[Saying], understood: bool, total: Row) -> Result<Row, Reason> {
        use StatementKind as K;
        let item = sayings.iter().find_map(|saying| match saying {
            Saying::Item(item) => Some(*item),
            _ => None,
        });
        let fund = sayings.iter().find_map(|saying| match saying {
            Saying::Fund(fund, item) => Some((*fund, *item)),
            _ => None,
        });
        match self.context.kind {
            K::ThreePublicExpenses | K::AgencyOperatingExpenses => {
                if sayings.contains(&Saying::OperatingCost) && understood {
                    return Ok(Row::about(Subject::OperatingCost));
                }
                let item = item.filter(|item| item.is_three_public());
                let item = item.or(sayings.contains(&Saying::ThreePublic).then_some(Item::Total));
                return match item.filter(|_| understood) {
                    Some(item) => Ok(Row { item: Some(item), ..Row::about(Subject::ThreePublic) }),
                    None if self.names.is_department(&bare(&line.name)) => Ok(Row::about(Subject::Total)),
                    None => Err(Reason::UnknownRow),
                };
            }
            K::GovernmentProcurement => {
                let item = item.filter(|item| item.is_procurement() && understood && line.name.chars().count() <= 6);
                return match item {
                    Some(item) => Ok(Row { item: Some(item), ..Row::about(Subject::Procurement) }),
                    None => Err(Reason::UnknownRow),
                };
            }
            K::ProjectExpenditure | K::PerformanceTarget => {
                let name = bare(&line.name);
                // Levels of a list by how its units are paid for.
                if HEADINGS.contains(&name.as_str()) {
                    return Err(Reason::UnknownRow);
                }
                if self.names.is_department(&name) {
                    self.unit = None;
                    return Ok(Row::about(Subject::Total));
                }
                if let Some(unit) = self.names.unit(&name) {
                    self.unit = Some(unit.clone());
                    return Ok(Row { unit: Some(unit), ..Row::about(Subject::Unit) });
                }
                return Ok(Row { project: Some(name), ..Row::about(Subject::Project) });
            }
            _ => {}
        }
        let name = bare(&line.name);
        if self.names.is_department(&name) {
            self.unit = None;
            return Ok(Row::about(Subject::Total));
        }
        if let Some(unit) = self.names.unit(&name) {
            // What stands below it in the same column is its own.
            self.unit = Some(unit.clone());
            return Ok(Row { unit: Some(unit), ..Row::about(Subject::Unit) });
        }
        if self.flow == Some(Flow::Expenditure)
            && let Some(code) = reading::functional_class(&line.name)
        {
            return Ok(Row { code: Some(code), name: Some(name), ..Row::about(Subject::Function) });
        }
        match self.flow {
            Some(Flow::Revenue) if understood => {
                if let Some((fund, item)) = fund {
                    return Ok(Row { item, fund: Some(fund), ..Row::about(Subject::Source) });
                }
                if let Some(item) = item.filter(|item| item.is_source()) {
                    return Ok(Row { item: Some(item), fund: Some(Fund::Unit), ..Row::about(Subject::Source) });
                }
                match total.year_part {
                    Some(YearPart::CarryOver) => Ok(Row { item: Some(Item::CarryOver), ..Row::about(Subject::Source) }),
                    Some(YearPart::Current) => Ok(total),
                    _ => Err(Reason::UnknownRow),
                }
            }
            Some(Flow::Expenditure) if understood && total.year_part != Some(YearPart::CarryOver) => {
                if total.nature.is_some() || total.year_part.is_some() && total.flow.is_some() {
                    Ok(total)
                } else {
                    Err(Reason::UnknownRow)
                }
            }
            _ => Err(Reason::UnknownRow),
        }
    }
}
