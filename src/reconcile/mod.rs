//! A [`Disclosure`] is checked against its own arithmetic and becomes a [`Reconciliation`].
//!
//! Each check proposes families of identities between printed figures. A family is a hypothesis: it applies to a table
//! when nearly all its instances there hold, and then its few exceptions are findings; where it fails throughout it
//! does not apply, and says nothing.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::interpret::Disclosure;
use crate::interpret::reading::{self, Reading};
use crate::names::names;

mod arranged;
mod blame;
mod closing;
mod columns;
mod doubted;
mod factor;
mod finding;
mod forms;
mod gaps;
mod groups;
mod holes;
mod identity;
mod ledger;
mod levelled;
mod lists;
mod narrative;
mod plans;
mod prose;
mod rates;
mod reprints;
mod reread;
mod rows;
mod rule;
mod same;
mod selections;
mod sides;
mod stated;
mod steps;
mod titles;
mod together;
mod trust;
mod withheld;
mod words;
mod years;

use identity::{Family, Hypothesis, Verdict};
use ledger::{FigureId, Ledger};
pub use reread::to_read_again;
pub use rule::{Rule, Words};

/// A disclosure with what its own arithmetic says of each amount.
#[derive(Clone, Debug)]
pub struct Reconciliation {
    /// Unchanged: `reconcile` never changes a figure.
    pub disclosure: Disclosure,
    /// For each statement, record and column; `None` where there is no amount.
    pub trust: Vec<Vec<Vec<Option<Trust>>>>,
    /// For each form and fund line.
    pub fund_trust: Vec<Vec<Option<Trust>>>,
    /// Every identity tried, those that fail first; repetitions that hold are left out.
    pub checks: Vec<Check>,
    /// What stands beside the figures that inexact checks name: a row's code and name, the words before it in the text.
    pub names: BTreeMap<FigureRef, String>,
    /// Every family of identities that was proposed, and what became of it.
    pub families: Vec<FamilyOutcome>,
    /// What the columns and rows of each statement were read to say.
    pub reading: Reading,
    /// Amounts that models read of sums which fail and accuse nobody, since one other digit would mend them.
    pub misread: BTreeSet<FigureRef>,
}

/// How far the report's own arithmetic bears an amount out; see `report.schema.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trust {
    /// An identity that must hold fails, and the blame falls on this amount.
    Contradicted,
    /// In no identity, or only in trivial ones.
    Unchecked,
    /// Its identities hold only within the rounding allowance.
    Rounded,
    /// To the last digit in a sum with at least two non-zero parts, and none fails.
    Confirmed,
    /// Confirmed by two families of identity or in two statements.
    Corroborated,
}

names!(Trust {
    Corroborated = "corroborated",
    Confirmed = "confirmed",
    Rounded = "rounded",
    Contradicted = "contradicted",
    Unchecked = "unchecked",
});

/// Where a figure is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureRef {
    /// A cell of a statement.
    Cell {
        /// Index of the statement.
        statement: usize,
        /// Index of the record.
        record: usize,
        /// Index of the column.
        column: usize,
    },
    /// A fund line of a form.
    Fund {
        /// Index of the form.
        form: usize,
        /// Index of the line.
        fund: usize,
    },
    /// An amount among a form's texts (财政拨款).
    Text {
        /// Index of the form.
        form: usize,
        /// Index of the text.
        text: usize,
    },
    /// An amount in the narrative.
    Prose {
        /// Index of the section.
        section: usize,
        /// Which amount of the section, from 0.
        figure: usize,
    },
}

impl FigureRef {
    /// The statement that shows the figure.
    fn statement(self) -> Option<usize> {
        match self {
            Self::Cell { statement, .. } => Some(statement),
            _ => None,
        }
    }
}

/// One arithmetic identity tried on the report.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Which identity it tries.
    pub rule: Rule,
    /// Whether it holds, to the digit or within the allowance.
    pub holds: bool,
    /// Left side in yuan: the total, or the figure as printed.
    pub left: Decimal,
    /// Right side in yuan: the parts, or the other figure.
    pub right: Decimal,
    /// How far rounding may move the sides apart, in yuan.
    pub allowance: Decimal,
    /// Where, for people: ids, row and column.
    pub place: String,
    /// Ids of the statements and forms that take part.
    pub participants: Vec<String>,
    /// Pages that take part, ascending.
    pub pages: Vec<u32>,
    /// Of a failure, the figures that explain it, the likeliest first; the first is the one that `place` names.
    pub blame: Vec<FigureRef>,
    /// The figures that take part, the one on the left first; left out where it holds to the digit.
    pub figures: Vec<FigureRef>,
    /// Of a failure that compares no amounts, what is missing.
    pub gap: Option<Gap>,
}

/// What a statement lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// The row of a class of this code.
    Row(String),
    /// The rows below a class of this code, or below a heading of this name.
    RowsBelow(String),
    /// The row of this number in a list that counts on.
    Enumerator(u32),
    /// The row that adds the others up.
    Sum,
    /// The row that opens the next project of a list.
    NextHead,
    /// All rows of the statement with this id.
    Blank(String),
}

/// What became of one family of identities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyOutcome {
    /// Which identity they try.
    pub rule: Rule,
    /// Where and what, for people.
    pub place: String,
    /// Identities that hold to the digit with two parts or more.
    pub n_exact: usize,
    /// Identities that hold within the allowance.
    pub n_rounded: usize,
    /// Repetitions of one figure that agree.
    pub n_repeated: usize,
    /// Identities that fail.
    pub n_failed: usize,
    /// Whether the document bears it out.
    pub applies: bool,
    /// Whether its exceptions are findings.
    pub accuses: bool,
}

/// What a check may look at.
struct Context<'l, 'd> {
    ledger: &'l Ledger<'d>,
    /// For each section the numbers that it mentions.
    mentions: &'l [Vec<prose::Mention>],
    /// Every money column with the items that it prints once.
    listings: same::Listings,
    /// Every name of a row or a column with the figures that it names.
    names: narrative::Names,
}

impl<'l, 'd> Context<'l, 'd> {
    fn new(ledger: &'l Ledger<'d>, mentions: &'l [Vec<prose::Mention>]) -> Self {
        Self { ledger, mentions, listings: same::listings(ledger), names: narrative::names(ledger) }
    }
}

/// One check: its rule and what it proposes.
struct CheckRule {
    rule: Rule,
    propose: fn(&Context<'_, '_>) -> Vec<Hypothesis>,
    /// Its parts are rows of one column.
    over_rows: bool,
}

/// The checks in the order of what they are worth.
const CHECKS: &[CheckRule] = &[
    CheckRule { rule: Rule::RowSum, propose: rows::propose, over_rows: true },
    CheckRule { rule: Rule::ColumnSum, propose: columns::propose, over_rows: false },
    CheckRule { rule: Rule::SameItem, propose: same::propose, over_rows: false },
    CheckRule { rule: Rule::SameItem, propose: reprints::propose, over_rows: false },
    CheckRule { rule: Rule::TwoSides, propose: sides::propose, over_rows: false },
    CheckRule { rule: Rule::GroupSum, propose: groups::propose, over_rows: true },
    CheckRule { rule: Rule::FormFunds, propose: forms::funds, over_rows: false },
    CheckRule { rule: Rule::FormProject, propose: forms::projects, over_rows: false },
    CheckRule { rule: Rule::ProjectList, propose: titles::propose, over_rows: true },
    CheckRule { rule: Rule::YearChange, propose: years::propose, over_rows: false },
    CheckRule { rule: Rule::NarrativeList, propose: narrative::lists, over_rows: false },
    CheckRule { rule: Rule::NarrativeItem, propose: narrative::items, over_rows: false },
    CheckRule { rule: Rule::NarrativeItem, propose: stated::propose, over_rows: false },
    CheckRule { rule: Rule::NarrativeTotal, propose: narrative::totals, over_rows: false },
    CheckRule { rule: Rule::NarrativeProjects, propose: plans::projects, over_rows: false },
    CheckRule { rule: Rule::NarrativeRepeat, propose: plans::repeats, over_rows: false },
    CheckRule { rule: Rule::NarrativeShare, propose: rates::shares, over_rows: false },
    CheckRule { rule: Rule::NarrativeChange, propose: rates::changes, over_rows: false },
    CheckRule { rule: Rule::UnitFactor, propose: factor::propose, over_rows: false },
    CheckRule { rule: Rule::MissingRow, propose: gaps::propose, over_rows: false },
    CheckRule { rule: Rule::MissingRow, propose: lists::propose, over_rows: false },
];

/// Tries the identities that the disclosure's own figures support.
pub fn reconcile(mut disclosure: Disclosure) -> Reconciliation {
    let reread = reread::settle(&mut disclosure);
    let reading = reading::read(&disclosure);
    let (reread_notes, misread);
    let (mut trust, fund_trust, mut checks, names, families, cut) = {
        let mut ledger = Ledger::new(&disclosure, &reading);
        let mentions = prose::read(&mut ledger);
        let context = Context::new(&ledger, &mentions);
        let mut families = judged(&context);
        (reread_notes, misread) = reread::excuse(&ledger, &mut families);
        doubted::excuse(&ledger, &mut families);
        let blame = blame::explain(&ledger, &families);
        let grades = trust::grade(&ledger, &families, &blame, &reread);
        let (trust, fund_trust) = spread(&ledger, &grades);
        let checks = finding::checks(&context, &families, &blame);
        let names = finding::names(&context, &checks);
        (trust, fund_trust, checks, names, families.iter().map(outcome).collect(), narrative::cut(&context))
    };
    holes::excuse(&disclosure, &mut checks, &mut trust);
    withheld::excuse(&mut disclosure, &mut checks, &mut trust, &names);
    doubted::take_back(&disclosure, &mut checks, &mut trust);
    disclosure.notes.extend(cut);
    disclosure.notes.extend(reread_notes);
    Reconciliation { disclosure, trust, fund_trust, checks, names, families, reading, misread }
}

/// The families that all checks propose, judged by the document's figures.
fn judged(context: &Context<'_, '_>) -> Vec<Family> {
    let mut families: Vec<Family> = Vec::new();
    for (index, check) in CHECKS.iter().enumerate() {
        families.extend(identity::judge(index, check.rule, (check.propose)(context)));
    }
    factor::settle(context.ledger, &mut families);
    families
}

/// Takes the blame back from the amounts of some statements, where no failed check is left that names them.
fn absolve(
    disclosure: &Disclosure,
    checks: &[Check],
    trust: &mut [Vec<Vec<Option<Trust>>>],
    is_one: impl Fn(&String) -> bool,
) {
    let is_accused = |id: &String| checks.iter().any(|check| !check.holds && check.participants.contains(id));
    for (statement, trust) in disclosure.statements.iter().zip(trust) {
        if is_one(&statement.id) && !is_accused(&statement.id) {
            for trust in trust.iter_mut().flatten().filter(|trust| **trust == Some(Trust::Contradicted)) {
                *trust = Some(Trust::Unchecked);
            }
        }
    }
}

type CellTrust = Vec<Vec<Vec<Option<Trust>>>>;
type FundTrust = Vec<Vec<Option<Trust>>>;

/// Grades of figures back to the cells and fund lines that print them.
fn spread(ledger: &Ledger<'_>, grades: &[Trust]) -> (CellTrust, FundTrust) {
    let grade = |id: Option<FigureId>| id.and_then(|id| grades.get(id).copied()).unwrap_or(Trust::Unchecked);
    let disclosure = ledger.disclosure;
    let trust = disclosure.statements.iter().enumerate().map(|(statement, printed)| {
        let records = printed.records.iter().enumerate().map(|(record, values)| {
            let values = values.values.iter().enumerate().map(|(column, value)| {
                value.as_ref().and_then(|v| v.amount).map(|_| grade(ledger.cell(statement, record, column)))
            });
            values.collect()
        });
        records.collect()
    });
    let funds = disclosure.forms.iter().enumerate().map(|(form, printed)| {
        let lines = printed.funds.iter().enumerate();
        lines.map(|(fund, line)| line.amount_yuan.map(|_| grade(ledger.fund(form, fund)))).collect()
    });
    (trust.collect(), funds.collect())
}

fn outcome(family: &Family) -> FamilyOutcome {
    FamilyOutcome {
        rule: family.rule,
        place: family.place.clone(),
        n_exact: family.tally.exact,
        n_rounded: family.tally.rounded,
        n_repeated: family.tally.repeated,
        n_failed: family.tally.failed,
        applies: family.verdict != Verdict::Dropped,
        accuses: family.verdict == Verdict::Accuses,
    }
}
