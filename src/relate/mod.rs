//! Reports side by side: the same department over the years, a department and its units, budgets and accounts.
//!
//! What is compared are the `facts` of published reports; no document is read again. Two figures are held against each
//! other only where their whole keys agree, and two reports only where it is certain whose they are.

mod checks;
mod family;
mod load;
mod publish;
mod series;
mod show;
mod symbols;
mod vocabulary;
mod wire;

use rust_decimal::Decimal;

pub use load::{Loss, load};
pub use publish::records;
pub use show::people;

use crate::facts::Level;
use crate::terms::ReportKind;
use symbols::{Symbol, Symbols};

/// Reports of one or more runs, as relations need them.
#[derive(Debug, Default)]
pub struct Library {
    /// In the order of their ids.
    reports: Vec<Book>,
    symbols: Symbols,
}

impl Library {
    /// How many reports there are.
    pub fn n_reports(&self) -> usize {
        self.reports.len()
    }

    /// How many facts they have.
    pub fn n_facts(&self) -> usize {
        self.reports.iter().map(|book| book.figures.len()).sum()
    }
}

/// A report.
#[derive(Debug)]
struct Book {
    /// SHA-256 of its source.
    id: String,
    /// File name of its source.
    name: String,
    /// As printed.
    department: Option<String>,
    /// Without white space, code and qualifiers.
    body: Option<String>,
    code: Option<String>,
    level: Level,
    kind: ReportKind,
    year: Option<i32>,
    /// Whether its text came from a dump: what no sum bears out may then stand in another column.
    is_dump: bool,
    /// Names that its text says bodies had and have: from, to.
    renamings: Vec<(String, String)>,
    /// By key, year and stage.
    figures: Vec<Figure>,
}

/// What a figure is of, but for its year and stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key {
    flow: Symbol,
    subject: Symbol,
    /// Code, or name where no code is known.
    function: Symbol,
    /// Code, or name where no code is known.
    economic: Symbol,
    economic_system: Symbol,
    paired_code: Symbol,
    project: Symbol,
    unit: Symbol,
    item: Symbol,
    nature: Symbol,
    fund: Symbol,
    year_part: Symbol,
}

/// A fact.
#[derive(Clone, Copy, Debug)]
struct Figure {
    key: Key,
    year: i32,
    stage: Symbol,
    amount: Decimal,
    /// The place value, as a power of ten of fen, that every figure of its table is a multiple of.
    grain: u8,
    trust: Symbol,
    /// Sixteen hex digits as a number.
    fact_id: u64,
    function_name: Symbol,
    economic_name: Symbol,
    /// The table or form of its first place.
    table: Symbol,
    page: u32,
}

/// Which two reports belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Tie {
    /// A report and the one of the year before.
    PriorYear,
    /// Final accounts and the budget of the same year.
    BudgetOfAccounts,
    /// The same report twice, in different versions.
    Version,
    /// A department and one of its units.
    UnitOf,
}

impl Tie {
    fn name(self) -> &'static str {
        match self {
            Self::PriorYear => "prior-year",
            Self::BudgetOfAccounts => "budget-of-accounts",
            Self::Version => "version",
            Self::UnitOf => "unit-of",
        }
    }
}

/// By what it is known whose reports two are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Basis {
    /// The same name and the same code.
    NameAndCode,
    /// The same name.
    Name,
    /// The same name but for the place before it: 某省某市某局 and 某市某局.
    Place,
    /// A renaming that one of the reports states.
    Renaming,
    /// The same name, which may be another body's too, and figures of one key that agree to the fen.
    Figures,
}

impl Basis {
    fn name(self) -> &'static str {
        match self {
            Self::NameAndCode => "name-and-code",
            Self::Name => "name",
            Self::Place => "place",
            Self::Renaming => "renaming",
            Self::Figures => "figures",
        }
    }
}

/// Two reports that belong together, or that may.
#[derive(Clone, Debug)]
struct Relation {
    tie: Tie,
    /// The later report, the accounts, the department; an index into the library.
    report: usize,
    /// The earlier report, the budget, the unit.
    other: usize,
    basis: Basis,
    /// Another body could be meant as well: nothing is compared.
    is_ambiguous: bool,
}

/// How two figures of one key differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Class {
    /// They do not.
    Equal,
    /// By no more than the last printed place of the coarser one.
    Rounding,
    /// By a power of ten between units of account.
    Unit,
    /// As others of the same two reports do: the later report prints the year anew.
    Restated,
    /// Alone, where all around it agree.
    Error,
}

impl Class {
    fn name(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Rounding => "rounding",
            Self::Unit => "unit",
            Self::Restated => "restated",
            Self::Error => "error",
        }
    }

    fn holds(self) -> bool {
        matches!(self, Self::Equal | Self::Rounding)
    }
}

/// A figure of one report held against that of another, or against the sum of several.
#[derive(Clone, Debug)]
struct CrossCheck {
    /// The first of the relations that it stands on.
    relation: usize,
    rule: Rule,
    /// The figure of the later report, the accounts, the department: indices of report and figure.
    figure: (usize, usize),
    /// What it is held against: one figure, or the addends.
    others: Vec<(usize, usize)>,
    class: Class,
    /// The figure less the other side.
    difference: Decimal,
}

/// What is held against what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Rule {
    /// A figure of the year before against the report of that year.
    PriorYear,
    /// 年初预算数 of final accounts against the budget.
    BudgetOfAccounts,
    /// One version of a report against another.
    Version,
    /// What a department prints of a unit against the unit's own report.
    UnitFigure,
    /// What a department prints of itself against the sum over all its units.
    SumOfUnits,
}

impl Rule {
    fn name(self) -> &'static str {
        match self {
            Self::PriorYear => "prior-year",
            Self::BudgetOfAccounts => "budget-of-accounts",
            Self::Version => "version",
            Self::UnitFigure => "unit-figure",
            Self::SumOfUnits => "sum-of-units",
        }
    }
}

/// What the reports of a library say of each other.
#[derive(Debug)]
pub struct Related {
    library: Library,
    relations: Vec<Relation>,
    checks: Vec<CrossCheck>,
    series: Vec<series::Point>,
    vocabulary: Vec<vocabulary::Name>,
}

impl Related {
    /// How many figures contradict another report.
    pub fn n_errors(&self) -> usize {
        self.checks.iter().filter(|check| check.class == Class::Error).count()
    }
}

/// Finds out which reports belong together, and holds their figures against each other.
pub fn relate(library: Library) -> Related {
    let bodies = family::bodies(&library);
    let mut relations = family::relations(&library, &bodies);
    checks::settle_doubt(&library, &mut relations);
    let checks = checks::checks(&library, &relations);
    let series = series::series(&library, &bodies, &checks);
    let vocabulary = vocabulary::names(&library);
    Related { library, relations, checks, series, vocabulary }
}
