//! What a person must look at in one report: each contradiction with its place and both figures, and what is not confirmed.

mod hint;
mod json;
mod spot;
mod text;
mod told;
mod words;

pub use crate::lang::Lang;
pub use hint::Hint;
pub use json::{json, lost};
pub use spot::Spot;
pub use text::{disagreement, head, write_text};
pub use told::{FailureTold, FindingTold, form_line, money, told, trust_name};

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::emit::decisions::{self, Standing, Target};
use crate::emit::jsonl;
use crate::note::Severity;
use crate::reconcile::{Check, FigureRef, Gap, Reconciliation, Rule, Trust};
use crate::terms::Unit;
use spot::Places;

/// The findings of one report.
#[derive(Clone, Debug)]
pub struct Findings {
    /// The file's name.
    pub source: String,
    /// How much there is to look at.
    pub tally: Tally,
    /// How the amounts of the statements are borne out.
    pub statements: Shares,
    /// How the fund lines of the forms are borne out.
    pub forms: Shares,
    /// The contradictions, those of one row together, in the order of the checks.
    pub findings: Vec<Finding>,
    /// Sums that are off by no more than rounding, in a report whose sums are exact: perhaps a wrong last digit.
    pub warnings: Vec<Finding>,
    /// The columns and forms with amounts that are not confirmed, in reading order.
    pub open: Vec<Open>,
    /// What a reviewer has settled, and is left out above.
    pub settled: Settled,
}

/// How much a reviewer has settled: accepted as printed, or corrected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Checks that fail.
    pub n_checks: usize,
    /// Amounts that nothing confirms.
    pub n_amounts: usize,
}

/// A part of the document that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The code of the diagnostic.
    pub code: &'static str,
    /// The page; `None` where it is of the whole document.
    pub page: Option<u32>,
}

/// How much there is to look at in one report: the same numbers wherever somebody is told of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Places that disagree: contradictions, those of one row counted once.
    pub n_places: usize,
    /// Checks that fail.
    pub n_failed: usize,
    /// Amounts in statements, zeros among them.
    pub n_amounts: usize,
    /// Amounts of the fund lines of forms.
    pub n_form_amounts: usize,
    /// What of the document is lost.
    pub lost: Vec<Lost>,
}

impl Tally {
    /// Whether all that the document prints was read and holds: amounts were found, nothing is lost, no check fails.
    pub fn is_clean(&self) -> bool {
        self.n_failed == 0 && self.is_whole()
    }

    /// Whether amounts were found and nothing is lost.
    pub fn is_whole(&self) -> bool {
        self.lost.is_empty() && self.has_amounts()
    }

    /// Whether any amount was found.
    pub fn has_amounts(&self) -> bool {
        self.n_amounts + self.n_form_amounts > 0
    }
}

/// How many amounts have which trust, zeros apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// Non-zero amounts by trust, in the order of [`Shares::LEVELS`].
    pub counts: [usize; 5],
    /// Printed zeros: they confirm nothing and can be in no sum that does.
    pub n_zeros: usize,
}

impl Shares {
    /// The levels from the best to the worst.
    pub const LEVELS: [Trust; 5] =
        [Trust::Corroborated, Trust::Confirmed, Trust::Rounded, Trust::Unchecked, Trust::Contradicted];

    fn count(&mut self, amount: Decimal, trust: Trust) {
        if amount.is_zero() {
            self.n_zeros += 1;
        } else if let Some(level) = Self::LEVELS.iter().position(|level| *level == trust) {
            self.counts[level] += 1;
        }
    }

    /// All non-zero amounts.
    pub fn n_amounts(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// The contradictions that one row, fund line or place of the text explains best.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What to look at first.
    pub subject: Spot,
    /// The checks that fail.
    pub failures: Vec<Failure>,
    /// What the figures suggest.
    pub hints: Vec<Hint>,
}

/// One check that fails.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Which rule fails.
    pub rule: Rule,
    /// The left side in yuan: the total, or the figure as printed.
    pub left: Decimal,
    /// The right side in yuan: the parts, or the other figure.
    pub right: Decimal,
    /// The unit to show both in.
    pub unit: Unit,
    /// What is missing, where no amounts are compared.
    pub gap: Option<Gap>,
    /// The figures that take part, the left one first.
    pub figures: Vec<Spot>,
    /// Further columns of the same row in which the same two figures disagree.
    pub columns: Vec<String>,
    /// What else could explain it, the likeliest first.
    pub suspects: Vec<Spot>,
}

/// Amounts of one column, or of one form, that are not confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The id of the table or form.
    pub holder: String,
    /// Its number and title.
    pub title: String,
    /// The header path of the column; empty for a form.
    pub column: String,
    /// Where they stand, ascending.
    pub pages: Vec<u32>,
    /// In no identity, or only in trivial ones.
    pub n_unchecked: usize,
    /// In sums that hold only within rounding.
    pub n_rounded: usize,
    /// All non-zero amounts of the column or form.
    pub n_amounts: usize,
}

/// How much there is to look at.
pub fn tally(reconciliation: &Reconciliation) -> Tally {
    tally_of(reconciliation, &failed(reconciliation))
}

fn tally_of(reconciliation: &Reconciliation, failed: &[&Check]) -> Tally {
    let trust = reconciliation.trust.iter().flatten().flatten().flatten();
    let fund_trust = reconciliation.fund_trust.iter().flatten().flatten();
    let losses = reconciliation.disclosure.notes.iter().filter(|note| note.kind.severity() == Severity::Error);
    let lost = losses.map(|note| Lost { code: note.kind.name(), page: note.provenance.map(|place| place.page) });
    Tally {
        n_places: grouped(failed).len(),
        n_failed: failed.len(),
        n_amounts: trust.count(),
        n_form_amounts: fund_trust.count(),
        lost: lost.collect(),
    }
}

fn failed(reconciliation: &Reconciliation) -> Vec<&Check> {
    reconciliation.checks.iter().filter(|check| !check.holds).collect()
}

/// What a person must look at; `source` is the file's name.
pub fn findings(source: &str, reconciliation: &Reconciliation) -> Findings {
    reviewed(source, reconciliation, None)
}

/// What a person must still look at, by what reviewers decided about the report.
pub fn reviewed(source: &str, reconciliation: &Reconciliation, standing: Option<&Standing>) -> Findings {
    let places = Places { reconciliation };
    let mut failed = failed(reconciliation);
    let n_failed = failed.len();
    failed.retain(|check| !standing.is_some_and(|standing| standing.settles(check)));
    let findings = by_row(&places, &failed);
    let warnings = by_row(&places, &alone_inexact(&reconciliation.checks));
    let (statements, forms, open, n_amounts) = shares(&places, standing);
    let settled = Settled { n_checks: n_failed - failed.len(), n_amounts };
    let tally = tally_of(reconciliation, &failed);
    Findings { source: source.to_owned(), tally, statements, forms, findings, warnings, open, settled }
}

/// The failing checks of each of the [`findings`], in their order, with the figure to look at first.
pub fn groups(reconciliation: &Reconciliation) -> Vec<(FigureRef, Vec<&Check>)> {
    grouped(&failed(reconciliation))
}

/// Checks grouped by the row that explains them best.
fn grouped<'c>(checks: &[&'c Check]) -> Vec<(FigureRef, Vec<&'c Check>)> {
    let mut grouped: Vec<(FigureRef, Vec<&Check>)> = Vec::new();
    for check in checks {
        let Some(subject) = check.blame.first().or(check.figures.first()) else { continue };
        match grouped.iter_mut().find(|(at, _)| spot::same_row(*at, *subject)) {
            Some((_, checks)) => checks.push(*check),
            None => grouped.push((*subject, vec![*check])),
        }
    }
    grouped
}

/// What is told of each group of checks.
fn by_row(places: &Places<'_>, checks: &[&Check]) -> Vec<Finding> {
    let finding = |(at, checks): (FigureRef, Vec<&Check>)| {
        let subject = places.spot(at);
        let mut failures: Vec<Failure> = Vec::new();
        for failure in checks.iter().map(|check| failure(places, at, check)) {
            match failures.iter_mut().find(|known| known.is_repeated_by(&failure)) {
                // 合计, 小计 and 一般公共预算 of a department with one kind of money are one finding.
                Some(known) => known.columns.extend(failure.figures.first().map(|spot| spot.column.clone())),
                None => failures.push(failure),
            }
        }
        let hints = hint::hints(places, &subject, &failures);
        Finding { subject, failures, hints }
    };
    grouped(checks).into_iter().map(finding).collect()
}

/// So many exact sums make an inexact one odd …
const MIN_EXACT: usize = 30;
/// … where so many stand against each inexact one.
const EXACT_PER_INEXACT: usize = 15;

/// Sums of the tables within rounding, where nearly all are exact and one row takes part in all that are not.
fn alone_inexact(checks: &[Check]) -> Vec<&Check> {
    let sums = |check: &&Check| check.holds && matches!(check.rule, Rule::RowSum | Rule::ColumnSum);
    let percent = |check: &&Check| check.allowance.is_zero();
    let (exact, inexact): (Vec<&Check>, Vec<&Check>) =
        checks.iter().filter(sums).filter(|check| !percent(check)).partition(|check| check.left == check.right);
    let Some(first) = inexact.first() else { return Vec::new() };
    let shared =
        |at: &FigureRef| inexact.iter().all(|check| check.figures.iter().any(|other| spot::same_row(*at, *other)));
    let alone = exact.len() >= MIN_EXACT && exact.len() >= inexact.len() * EXACT_PER_INEXACT;
    if alone && first.figures.iter().any(shared) { inexact } else { Vec::new() }
}

fn failure(places: &Places<'_>, subject: FigureRef, check: &Check) -> Failure {
    let spots = |figures: &[FigureRef]| figures.iter().map(|at| places.spot(*at)).collect::<Vec<Spot>>();
    let others: Vec<FigureRef> = check.blame.iter().copied().filter(|at| !spot::same_row(*at, subject)).collect();
    Failure {
        rule: check.rule,
        left: check.left,
        right: check.right,
        unit: check.figures.first().map_or(Unit::Yuan, |at| places.unit(*at)),
        gap: check.gap.clone(),
        figures: spots(&check.figures),
        columns: Vec::new(),
        suspects: spots(&others),
    }
}

impl Failure {
    /// Whether another failure only says the same of another column of the same row.
    fn is_repeated_by(&self, other: &Self) -> bool {
        let first = |failure: &Self| failure.figures.first().map(|spot| spot.at);
        let same_row = first(self).zip(first(other)).is_some_and(|(a, b)| a != b && spot::same_row(a, b));
        same_row && self.gap.is_none() && (self.rule, self.left, self.right) == (other.rule, other.left, other.right)
    }
}

/// Trust of the statements and of the forms, and what is not confirmed.
fn shares(places: &Places<'_>, standing: Option<&Standing>) -> (Shares, Shares, Vec<Open>, usize) {
    let settles = |target: Target, printed: &str, beside: &dyn Fn() -> String| {
        standing.is_some_and(|standing| standing.settles_figure(&target, printed, beside))
    };
    let mut n_settled = 0;
    let Reconciliation { disclosure, trust, fund_trust, .. } = places.reconciliation;
    let (mut statements, mut forms) = (Shares::default(), Shares::default());
    let mut open = Vec::new();
    for (statement, trust) in disclosure.statements.iter().zip(trust) {
        let mut columns: BTreeMap<usize, Open> = BTreeMap::new();
        for ((row, record), trust) in statement.records.iter().enumerate().zip(trust) {
            for (column, (value, trust)) in record.values.iter().zip(trust).enumerate() {
                let amount = value.as_ref().and_then(|value| Some((value.amount?, value.provenance.page)));
                let Some(((amount, page), trust)) = amount.zip(*trust) else { continue };
                statements.count(amount, trust);
                let title = spot::statement_title(statement);
                let header = statement.columns.get(column).map(|c| c.path.join("/")).unwrap_or_default();
                let line = columns.entry(column).or_insert_with(|| Open::new(&statement.id, title, header));
                let text = value.as_ref().map_or("", |value| value.text.as_str());
                let target = || Target::Cell { table: statement.id.clone(), row, column };
                let beside = || decisions::beside_cell(statement, record, column);
                let is_settled = trust == Trust::Unchecked && !amount.is_zero() && settles(target(), text, &beside);
                n_settled += usize::from(is_settled);
                line.count(amount, if is_settled { Trust::Confirmed } else { trust }, page);
            }
        }
        open.extend(columns.into_values().filter(Open::has_some));
    }
    for (form, trust) in disclosure.forms.iter().zip(fund_trust) {
        let mut line = Open::new(&form.id, spot::form_title(form), String::new());
        for (fund, trust) in form.funds.iter().zip(trust) {
            let Some((amount, trust)) = fund.amount_yuan.zip(*trust) else { continue };
            forms.count(amount, trust);
            let key = format!("{}/{}", fund.horizon.name(), fund.source.name());
            let target = Target::Fund { form: form.id.clone(), line: key };
            let is_settled =
                trust == Trust::Unchecked && !amount.is_zero() && settles(target, &jsonl::yuan(amount), &String::new);
            n_settled += usize::from(is_settled);
            line.count(amount, if is_settled { Trust::Confirmed } else { trust }, fund.provenance.page);
        }
        open.extend(Some(line).filter(Open::has_some));
    }
    (statements, forms, open, n_settled)
}

impl Open {
    fn new(holder: &str, title: String, column: String) -> Self {
        let holder = holder.to_owned();
        Self { holder, title, column, pages: Vec::new(), n_unchecked: 0, n_rounded: 0, n_amounts: 0 }
    }

    fn count(&mut self, amount: Decimal, trust: Trust, page: u32) {
        if amount.is_zero() {
            return;
        }
        self.n_amounts += 1;
        match trust {
            Trust::Unchecked => self.n_unchecked += 1,
            Trust::Rounded => self.n_rounded += 1,
            _ => return,
        }
        if let Err(position) = self.pages.binary_search(&page) {
            self.pages.insert(position, page);
        }
    }

    fn has_some(&self) -> bool {
        self.n_unchecked + self.n_rounded > 0
    }
}
