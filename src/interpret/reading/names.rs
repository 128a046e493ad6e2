//! Names that a report prints: of the department and its units, of projects and classes, and which columns hold them.

use std::collections::{BTreeMap, BTreeSet};

use crate::arithmetic::code::{self, Code};
use crate::arithmetic::side::Side;
use crate::interpret::{Column, ColumnRole, Disclosure, Statement};
use crate::terms::compatibility::nfkc;
use crate::terms::subject::EconomicSystem;

/// Names of units, of the department itself and of classes, as the report prints them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    department: Option<String>,
    units: BTreeSet<String>,
    /// 款 and 项 that tables of functions list by name alone.
    functions: BTreeSet<String>,
    /// The codes that are printed beside each name of an economic class.
    economics: BTreeMap<String, BTreeSet<Code>>,
}

/// What a column names its rows by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    Unit,
    Project,
    Year,
    /// Units, and the classes that each spends on: 单位名称（科目）.
    UnitOrClass,
    /// Units or classes, and the projects of each: 单位名称（项目）.
    UnitOrProject,
}

/// What a column names its rows by, where its header says so.
pub(super) fn axis(statement: &Statement, column: usize) -> Option<Axis> {
    let column = statement.columns.get(column).filter(|column| column.role != ColumnRole::Amount)?;
    let leaf: String = column.path.last()?.chars().filter(|ch| !ch.is_whitespace()).collect();
    let coded = leaf.contains("编码") || leaf.contains("代码") || leaf.contains("编号");
    let mixed = |other: &str| leaf.contains("单位") && leaf.contains(other);
    if coded || leaf.contains("计量") || leaf.contains("度量") {
        None
    } else if mixed("科目") {
        Some(Axis::UnitOrClass)
    } else if mixed("项目") {
        Some(Axis::UnitOrProject)
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
pub(crate) fn bare(text: &str) -> String {
    let text: String = nfkc(text).chars().filter(|ch| !ch.is_whitespace()).collect();
    match code::in_front(&text) {
        Some((code, name)) if code.len() >= 3 => name.to_owned(),
        _ => text,
    }
}

impl Names {
    /// Reads the names of units from the columns that list them.
    pub(super) fn of(disclosure: &Disclosure, sides: &[Vec<Side>]) -> Self {
        let department = disclosure.filing.department.as_deref().map(bare);
        let mut units = BTreeSet::new();
        for statement in &disclosure.statements {
            for column in (0..statement.columns.len()).filter(|column| axis(statement, *column) == Some(Axis::Unit)) {
                let texts = statement.records.iter().filter_map(|record| record.values.get(column)?.as_ref());
                units.extend(texts.map(|value| bare(&value.text)).filter(|name| name.chars().count() >= 3));
            }
        }
        let mut names = Self { department, units, ..Self::default() };
        for (statement, sides) in disclosure.statements.iter().zip(sides) {
            for side in sides {
                names.learn_classes(statement, side, sides.len() == 1);
            }
        }
        names
    }

    fn learn_classes(&mut self, statement: &Statement, side: &Side, alone: bool) {
        let lists_functions = alone && Classification::of(statement, side) == Some(Classification::Functional);
        for line in side.lines.iter().filter(|line| !line.total && !line.label.name.is_empty()) {
            match &line.printed[..] {
                [code] if code.is_economic() => {
                    self.economics.entry(line.label.name.clone()).or_default().insert(*code);
                }
                [] if lists_functions && line.lent.is_empty() => {
                    self.functions.insert(line.label.name.clone());
                }
                _ => {}
            }
        }
    }

    /// Whether a table of functions lists the name without a code.
    pub(super) fn is_function(&self, name: &str) -> bool {
        self.functions.contains(name)
    }

    /// The one code of a system that is printed beside the name of an economic class.
    pub(super) fn economic(&self, name: &str, system: Option<EconomicSystem>) -> Option<Code> {
        let fits = |code: &Code| system.is_none() || code.system() == system;
        let mut codes = self.economics.get(name)?.iter().copied().filter(fits);
        codes.next().filter(|_| codes.next().is_none())
    }

    pub(super) fn is_department(&self, name: &str) -> bool {
        self.department.as_deref() == Some(name)
    }

    /// A unit that the report lists; not the department itself.
    pub(crate) fn unit(&self, name: &str) -> Option<String> {
        let name = bare(name);
        let own = ["(本级)", "本级", "(机关)", "机关"].iter().find_map(|tail| name.strip_suffix(tail));
        let known = self.units.contains(&name) || own.is_some_and(|own| self.is_department(own));
        (known && !self.is_department(&name)).then_some(name)
    }
}

/// What the header of a side's names says that they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Classification {
    Functional,
    Economic(Option<EconomicSystem>),
    /// Classes of the department's economic system, each beside its like of the government's.
    Pair,
}

impl Classification {
    /// What the header of one column says that its names or codes are.
    pub(super) fn of_column(column: &Column) -> Option<Self> {
        column.path.iter().rev().find_map(|cell| {
            let (functional, economic) =
                (cell.contains("功能"), cell.contains("经济分类") || cell.contains("经济科目"));
            let system = match (cell.contains("政府"), cell.contains("部门")) {
                (true, false) => Some(EconomicSystem::Government),
                (false, true) => Some(EconomicSystem::Department),
                _ => None,
            };
            match (functional, economic) {
                (true, false) => Some(Self::Functional),
                (false, true) => Some(Self::Economic(system)),
                _ => None,
            }
        })
    }

    /// Reads the headers of the columns that name a side's rows.
    pub(super) fn of(statement: &Statement, side: &Side) -> Option<Self> {
        let columns = side.head.iter().filter_map(|column| statement.columns.get(*column));
        let mut found = columns.filter(|column| column.role != ColumnRole::Code).filter_map(Self::of_column);
        let first = found.next()?;
        let pair = (Self::Economic(Some(EconomicSystem::Department)), Self::Economic(Some(EconomicSystem::Government)));
        match (found.next(), found.next()) {
            (None, _) => Some(first),
            (Some(second), None) if (first, second) == pair => Some(Self::Pair),
            _ => None,
        }
    }
}
