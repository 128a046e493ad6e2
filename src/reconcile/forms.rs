//! # Forms: a form's total against its sources, and against its project's row
//!
//! **What it checks.** On a declaration form, 资金总额 equals 中央 + 省级 + 市县 + 自筹 + 其他, or 财政拨款 + 其他资金 (+
//! 上年结转); 财政拨款 equals its levels of government. A form for one project prints the amount that the project
//! statement prints in the row of that name.
//!
//! **Why it holds.** A form is filled in from the same budget; its amounts are often in 万元 where the statement prints
//! yuan, so they may differ by the rounding of the form.
//!
//! A project that lasts one year has the same 资金总额 for the year and for the whole period.
//!
//! **Example.** 年度资金总额 12.00万元 = 财政拨款 10.00 + 其他资金 2.00; row 设备维护 120,000.00元.
//!
//! Rows of one name stand in several units, so a form is held against those of its own unit, one by one and together. A
//! form that agrees with none is a finding where the other forms of the document agree with theirs, or where the two
//! amounts differ in a single digit, and not where another form has its row.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Context;
use super::identity::{Hypothesis, Identity, Outcome, Stance};
use super::ledger::{FigureId, Ledger};
use crate::arithmetic::label;
use crate::arithmetic::money::{Micro, significant_digits};
use crate::interpret::{Form, FormKind, FundSource, Horizon};
use crate::note::NoteKind;
use crate::terms::StatementKind;

/// Proposes the sums over the sources of each form.
pub(super) fn funds(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let ledger = context.ledger;
    let mut identities = Vec::new();
    for (index, form) in ledger.disclosure.forms.iter().enumerate().filter(|(_, form)| !is_unread(ledger, form)) {
        for horizon in [Horizon::Period, Horizon::Annual] {
            identities.extend(sources(ledger, index, form, horizon));
        }
    }
    let same = ledger.disclosure.forms.iter().enumerate().flat_map(|(index, form)| one_year(ledger, index, form));
    let same: Vec<Identity> = same.collect();
    vec![
        Hypothesis { place: "forms total = sources".to_owned(), identities, stance: Stance::Open },
        Hypothesis { place: "forms of one year".to_owned(), identities: same, stance: Stance::Silent },
    ]
}

/// Whether an amount on a form's pages cannot be read: its sums may lack it.
fn is_unread(ledger: &Ledger<'_>, form: &Form) -> bool {
    let mut notes = ledger.disclosure.notes.iter().filter(|note| note.kind == NoteKind::AmountUnreadable);
    notes.any(|note| note.provenance.is_some_and(|place| form.pages.contains(&place.page)))
}

/// The money of a project that lasts one year is the same for the year and for the whole of it.
fn one_year(ledger: &Ledger<'_>, index: usize, form: &Form) -> Vec<Identity> {
    let line = |horizon: Horizon, source: FundSource| {
        let line = form.funds.iter().position(|f| f.source == source && f.horizon == horizon)?;
        ledger.fund(index, line)
    };
    let both = |source: FundSource| Some((line(Horizon::Period, source)?, line(Horizon::Annual, source)?));
    let totals = both(FundSource::Total).filter(|(whole, year)| ledger.micro(*whole) == ledger.micro(*year));
    let identity = totals.and_then(|(whole, year)| Identity::equal(ledger, whole, year));
    identity.into_iter().collect()
}

/// The totals of one form for one time.
fn sources(ledger: &Ledger<'_>, index: usize, form: &Form, horizon: Horizon) -> Vec<Identity> {
    let fund = |source: FundSource| {
        let line = form.funds.iter().position(|f| f.source == source && f.horizon == horizon)?;
        ledger.fund(index, line)
    };
    let text = |key: &str| {
        ledger.form_texts.get(index).and_then(|t| t.iter().find(|(k, _)| k == key)).map(|(_, figure)| *figure)
    };
    let (fiscal, carried) = match horizon {
        Horizon::Period => (text("fiscal_funds_period"), None),
        Horizon::Annual => (text("fiscal_appropriation_annual"), text("carryover_annual")),
    };
    let levels: Vec<FigureId> =
        [FundSource::Central, FundSource::Provincial, FundSource::Local].into_iter().filter_map(fund).collect();
    let own: Vec<FigureId> = [FundSource::SelfRaised, FundSource::Other].into_iter().filter_map(fund).collect();
    let mut result = Vec::new();
    if let Some(total) = fund(FundSource::Total) {
        let by_level: Vec<FigureId> = levels.iter().chain(&own).copied().collect();
        let by_fiscal: Vec<FigureId> = fiscal.into_iter().chain(own.iter().copied()).collect();
        let with_carried: Vec<FigureId> = by_fiscal.iter().copied().chain(carried).collect();
        // A form that names its fiscal money is read by it; one that leaves everything blank says nothing.
        let rivals = if fiscal.is_some() { [by_fiscal, with_carried, by_level] } else { [by_level, Vec::new(), own] };
        let has_places = form.funds.iter().all(|fund| fund.amount_yuan.is_none() || fund.provenance.rect.is_some());
        let sums: Vec<Identity> = rivals
            .into_iter()
            .filter(|parts| parts.iter().any(|id| ledger.micro(*id) != 0))
            .filter_map(|parts| Identity::sum(ledger, total, parts.into_iter().map(|id| (id, 1)).collect()))
            // Where a dump's lines have no places, what bound an amount to its label may not vouch for it alone.
            .map(|sum| Identity { itemized: has_places, ..sum })
            .collect();
        let best = sums.iter().position(|sum| sum.outcome() != Outcome::Failed).unwrap_or(0);
        // A form that has no line for other money than the one it names need not name all of it.
        let n_lines = form.funds.iter().filter(|fund| fund.horizon == horizon).count() + usize::from(fiscal.is_some());
        let is_open = |sum: &Identity| n_lines <= 2 && sum.outcome() == Outcome::Failed && sum.right < sum.left;
        result.extend(sums.into_iter().nth(best).filter(|sum| !is_open(sum)));
    }
    if let Some(fiscal) = fiscal.filter(|_| levels.iter().any(|id| ledger.micro(*id) != 0)) {
        result.extend(Identity::sum(ledger, fiscal, levels.iter().map(|id| (*id, 1)).collect()));
    }
    if horizon == Horizon::Annual
        && let Some(fiscal) = fiscal
    {
        let split: Vec<(FigureId, i8)> =
            ["fiscal_basic_annual", "fiscal_project_annual"].iter().filter_map(|key| Some((text(key)?, 1))).collect();
        if split.len() == 2 {
            result.extend(Identity::sum(ledger, fiscal, split));
        }
    }
    result
}

/// Proposes that each form prints the amount of its project's row, and a department's form that of the whole.
pub(super) fn projects(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let ledger = context.ledger;
    let forms = &ledger.disclosure.forms;
    if forms.is_empty() {
        return Vec::new();
    }
    let titles: Vec<Option<String>> = forms.iter().map(title).collect();
    let rows = rows_by_name(ledger, &titles.iter().flatten().cloned().collect(), &units(forms));
    let mut agreeing = Vec::new();
    let mut open: Vec<(usize, FigureId)> = Vec::new();
    for (index, form) in forms.iter().enumerate() {
        let amounts = amounts(ledger, index, form);
        let Some(total) = amounts.first().copied() else { continue };
        if form.kind == FormKind::Department {
            agreeing.extend(whole(ledger, total));
            continue;
        }
        let Some(rows) = titles[index].as_ref().and_then(|name| rows.get(name)) else { continue };
        let (own, others): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row.is_of(form));
        let all: Vec<Identity> = own
            .into_iter()
            .chain(others)
            .flat_map(|row| amounts.iter().map(move |amount| (*amount, row)))
            .filter_map(|(amount, row)| Identity::sum(ledger, amount, row.parts()))
            .collect();
        let held = |outcome: Outcome| all.iter().find(|i| i.outcome() == outcome && i.left != 0).cloned();
        match held(Outcome::Exact).or_else(|| held(Outcome::Rounded)) {
            Some(identity) => agreeing.push(identity),
            None => open.push((index, total)),
        }
    }
    // What another form prints is that form's row, and of two forms of one name and unit each has a part of it.
    let taken: HashSet<FigureId> = agreeing.iter().flat_map(|i| i.parts.iter().map(|(id, _)| *id)).collect();
    let is_alone = |index: usize| {
        let same = |other: usize| titles[other] == titles[index] && unit(&forms[other]) == unit(&forms[index]);
        (0..forms.len()).filter(|other| same(*other)).count() == 1
    };
    let mut differing: Vec<Identity> = Vec::new();
    for (index, total) in open.into_iter().filter(|(index, _)| is_alone(*index)) {
        let rows = titles[index].as_ref().and_then(|name| rows.get(name)).map(Vec::as_slice).unwrap_or_default();
        let free = |row: &&Row| row.lists_projects && !row.figures.iter().any(|id| taken.contains(id));
        // The first column of a project statement is the sum over all kinds of money.
        let row = rows.iter().find(|row| row.whole && row.is_of(&forms[index])).filter(free);
        differing.extend(row.and_then(|row| Identity::sum(ledger, total, row.parts())));
    }
    // Where many forms disagree, the statement lists something else under these names.
    let borne_out = agreeing.len() >= differing.len() * AGREEING_PER_EXCEPTION;
    differing.retain(|identity: &Identity| borne_out || is_misprint(identity.left, identity.right));
    vec![
        Hypothesis { place: "forms = project rows".to_owned(), identities: agreeing, stance: Stance::Silent },
        Hypothesis { place: "forms ≠ project rows".to_owned(), identities: differing, stance: Stance::Closed },
    ]
}

/// So many forms must agree with their rows for each that does not.
const AGREEING_PER_EXCEPTION: usize = 2;

/// The name that a form shares with its row.
fn title(form: &Form) -> Option<String> {
    form.project_name.as_deref().map(bare).filter(|name| !name.is_empty())
}

/// Who carries a form's project out.
fn unit(form: &Form) -> Option<String> {
    form.implementing_unit.as_deref().or(form.department.as_deref()).map(bare)
}

/// Every unit that a form names.
fn units(forms: &[Form]) -> HashSet<String> {
    let names = forms.iter().flat_map(|form| [form.implementing_unit.as_deref(), form.department.as_deref()]);
    names.flatten().map(bare).filter(|name| !name.is_empty()).collect()
}

/// A form's total for the year, for the whole period, and its fiscal money: whichever the row prints.
fn amounts(ledger: &Ledger<'_>, index: usize, form: &Form) -> Vec<FigureId> {
    let fund = |horizon: Horizon| {
        let line = form.funds.iter().position(|f| f.source == FundSource::Total && f.horizon == horizon)?;
        ledger.fund(index, line)
    };
    let texts = ledger.form_texts.get(index).map(Vec::as_slice).unwrap_or_default();
    [fund(Horizon::Annual), fund(Horizon::Period)]
        .into_iter()
        .flatten()
        .chain(texts.iter().map(|(_, figure)| *figure))
        .filter(|id| ledger.micro(*id) != 0)
        .collect()
}

/// The grand totals that a department's form may repeat.
fn whole(ledger: &Ledger<'_>, total: FigureId) -> Option<Identity> {
    let disclosure = ledger.disclosure;
    ledger
        .sides
        .iter()
        .enumerate()
        .filter(|(statement, _)| {
            let kind = disclosure.statements.get(*statement).map(|s| s.kind);
            matches!(
                kind,
                Some(
                    StatementKind::RevenueExpenditureSummary
                        | StatementKind::ExpenditureSummary
                        | StatementKind::FiscalAppropriationSummary
                        | StatementKind::RevenueSummary
                )
            )
        })
        .flat_map(|(_, sides)| sides)
        .flat_map(|side| side.lines.iter().filter(|line| line.total))
        .filter_map(|line| Identity::equal(ledger, total, (*line.figures.first()?)?))
        .find(|identity| identity.outcome() != Outcome::Failed)
}

/// The figures of one name in one column: one row, or the rows of one unit or of all of them together.
struct Row {
    figures: Vec<FigureId>,
    /// The statement is a list of projects, so that the form must agree with it.
    lists_projects: bool,
    /// The unit that the rows stand under.
    unit: Option<String>,
    /// Every row of this name and unit is in it.
    whole: bool,
    /// No row of this name stands under another unit.
    only: bool,
}

impl Row {
    fn parts(&self) -> Vec<(FigureId, i8)> {
        self.figures.iter().map(|id| (*id, 1)).collect()
    }

    /// Whether it is the row of a form's own unit; of a name with rows in one place only, that is the department's too.
    fn is_of(&self, form: &Form) -> bool {
        let Some(own) = &self.unit else { return self.only };
        let department = form.department.as_deref().map(bare);
        unit(form).as_ref().is_none_or(|unit| unit == own) || self.only && department.as_ref() == Some(own)
    }
}

/// Every row of one of the names by its name without brackets and marks.
fn rows_by_name(ledger: &Ledger<'_>, names: &HashSet<String>, units: &HashSet<String>) -> HashMap<String, Vec<Row>> {
    let mut result: HashMap<String, Vec<Row>> = HashMap::new();
    if names.is_empty() {
        return result;
    }
    for (statement, sides) in ledger.sides.iter().enumerate() {
        let kind = ledger.disclosure.statements.get(statement).map(|s| s.kind);
        let lists_projects = matches!(kind, Some(StatementKind::ProjectExpenditure | StatementKind::PerformanceTarget));
        for side in sides {
            // The unit of a row is printed in it, or above it where its cell is merged or a row of its own.
            let mut unit: Option<String> = None;
            let mut lines: BTreeMap<String, BTreeMap<Option<String>, Vec<&crate::arithmetic::side::Line>>> =
                BTreeMap::new();
            for line in side.lines.iter().filter(|line| !line.total && !line.reprint) {
                let own: Vec<String> = line.names.iter().map(|name| bare(name)).collect();
                unit = own.iter().find(|name| units.contains(*name)).cloned().or(unit);
                for name in own.into_iter().filter(|name| name.len() > 6 && names.contains(name)) {
                    lines.entry(name).or_default().entry(unit.clone()).or_default().push(line);
                }
            }
            for (name, by_unit) in lines {
                let only = by_unit.len() == 1;
                let entry = result.entry(name).or_default();
                for slot in 0..side.amounts.len() {
                    let mut all: Vec<FigureId> = Vec::new();
                    for (unit, lines) in &by_unit {
                        let figures: Vec<FigureId> = lines.iter().filter_map(|line| *line.figures.get(slot)?).collect();
                        let row = |figures: Vec<FigureId>, whole: bool| Row {
                            figures,
                            lists_projects,
                            unit: unit.clone(),
                            whole,
                            only,
                        };
                        all.extend(&figures);
                        if figures.len() > 1 {
                            entry.extend(figures.iter().map(|id| row(vec![*id], false)));
                        }
                        entry.extend((!figures.is_empty()).then(|| row(figures, true)));
                    }
                    if !only {
                        entry.push(Row { figures: all, lists_projects, unit: None, whole: false, only: false });
                    }
                }
            }
        }
    }
    for rows in result.values_mut() {
        rows.sort_by(|a, b| b.lists_projects.cmp(&a.lists_projects).then_with(|| a.figures.cmp(&b.figures)));
    }
    result
}

/// A project's name without the signs that forms and statements print differently.
fn bare(name: &str) -> String {
    let name = label::read(name).name;
    // A project number before the name (11000024T000001234-设备维护) stands in one of the two only.
    let name = match name.split_once('-') {
        Some((number, rest)) if number.len() > 8 && number.bytes().all(|b| b.is_ascii_alphanumeric()) => rest,
        _ => name.as_str(),
    };
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether one of two amounts is the other with a wrong digit: 10.00 and 20.00 differ in one by chance.
fn is_misprint(a: Micro, b: Micro) -> bool {
    one_digit_apart(a, b) && significant_digits(a).max(significant_digits(b)) >= MIN_DIGITS
}

/// So many digits tell an amount from others.
const MIN_DIGITS: u32 = 2;

/// Whether two amounts print the same but for one digit.
pub(super) fn one_digit_apart(a: Micro, b: Micro) -> bool {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    let mut differing = 0;
    while a > 0 || b > 0 {
        differing += u32::from(a % 10 != b % 10);
        // A digit more is another number.
        if (a == 0) != (b == 0) {
            return false;
        }
        (a, b) = (a / 10, b / 10);
    }
    differing == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_digit_tells_a_misprint_from_another_amount() {
        assert!(one_digit_apart(401_830_000, 101_830_000));
        assert!(!one_digit_apart(401_830_000, 118_300_000));
        assert!(!one_digit_apart(1_000, 100));
    }
}
