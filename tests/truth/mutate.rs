//! Test support: one fault at a time planted into a disclosure, and how the reconciliation takes it.

use std::collections::BTreeSet;

use mingzhang::interpret::{ColumnRole, Disclosure, Value};
use mingzhang::reconcile::{Check, FigureRef, Reconciliation, Trust, reconcile};
use mingzhang::terms::Unit;

/// The faults that extraction or a bureau can make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// One digit of one amount is another.
    WrongDigit,
    /// A row is gone.
    DroppedRow,
    /// The amounts of a row stand one column to the right.
    ShiftedRow,
    /// Two amounts of a row or a column have changed places.
    SwappedCells,
    /// 元 for 万元, or the other way round.
    WrongUnit,
}

/// All of them, in the order they are planted.
pub const FAULTS: [Fault; 5] =
    [Fault::WrongDigit, Fault::DroppedRow, Fault::ShiftedRow, Fault::SwappedCells, Fault::WrongUnit];

/// How one fault was taken.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reply {
    /// A check fails that does not fail in the untouched document.
    pub found: bool,
    /// An amount that was confirmed is no longer, or the touched amounts are not.
    pub distrusted: bool,
    /// An amount that was confirmed is no longer.
    pub lost_trust: bool,
    /// The touched amounts themselves still say confirmed.
    pub still_confirmed: bool,
    /// They even say corroborated.
    pub still_corroborated: bool,
    /// A touched row is named by a new failure.
    pub named: bool,
    /// It is named first.
    pub named_first: bool,
}

/// A small generator of numbers that are the same on every machine.
pub struct Dice(u64);

impl Dice {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % n.max(1)
    }
}

/// A disclosure with its reconciliation, to plant faults into.
pub struct Subject {
    disclosure: Disclosure,
    base: Reconciliation,
    failing: BTreeSet<String>,
    cells: Vec<(usize, usize, usize)>,
}

/// A fault with where it was planted.
pub struct Planted {
    /// The disclosure with the fault.
    pub disclosure: Disclosure,
    /// Statement and record of each touched row; of a lost row those beside it.
    pub rows: Vec<(usize, usize)>,
    /// The touched amounts.
    pub cells: Vec<(usize, usize, usize)>,
    /// The record that was lost, for a dropped row.
    pub lost: usize,
    /// In words.
    pub what: String,
}

fn key(check: &Check) -> String {
    format!("{} {:?} {} {} {:?}", check.rule, check.participants, check.left, check.right, check.pages)
}

impl Subject {
    /// What the untouched document contradicts, in words.
    fn failing(&self) -> Vec<String> {
        let failed = self.base.checks.iter().filter(|c| !c.holds);
        failed.map(|c| format!("{} {}: {} against {}", c.rule, c.place, c.left, c.right)).collect()
    }

    /// Reconciles the untouched document.
    pub fn new(disclosure: Disclosure) -> Self {
        let base = reconcile(disclosure.clone());
        let failing = base.checks.iter().filter(|c| !c.holds).map(key).collect();
        let mut cells = Vec::new();
        for (s, statement) in disclosure.statements.iter().enumerate() {
            for (r, record) in statement.records.iter().enumerate() {
                for (c, value) in record.values.iter().enumerate() {
                    if value.as_ref().and_then(|v| v.amount).is_some_and(|a| !a.is_zero()) {
                        cells.push((s, r, c));
                    }
                }
            }
        }
        Self { disclosure, base, failing, cells }
    }

    /// Plants one fault; `None` where the document has no place for it.
    pub fn plant(&self, fault: Fault, dice: &mut Dice) -> Option<Planted> {
        (0..50).find_map(|_| match fault {
            Fault::WrongDigit => self.wrong_digit(dice),
            Fault::DroppedRow => self.dropped_row(dice),
            Fault::ShiftedRow => self.shifted_row(dice),
            Fault::SwappedCells => self.swapped_cells(dice),
            Fault::WrongUnit => self.wrong_unit(dice),
        })
    }

    fn pick(&self, dice: &mut Dice) -> Option<(usize, usize, usize)> {
        self.cells.get(dice.below(self.cells.len())).copied()
    }

    fn wrong_digit(&self, dice: &mut Dice) -> Option<Planted> {
        let (s, r, c) = self.pick(dice)?;
        let mut disclosure = self.disclosure.clone();
        let value = disclosure.statements[s].records[r].values[c].as_mut()?;
        let before = value.amount?.to_string();
        let digits: Vec<usize> = before.char_indices().filter(|(_, ch)| ch.is_ascii_digit()).map(|(i, _)| i).collect();
        let at = *digits.get(dice.below(digits.len()))?;
        let old = u8::try_from(before[at..].chars().next()?.to_digit(10)?).ok()?;
        let new = (old + 1 + u8::try_from(dice.below(9)).ok()?) % 10;
        let after = format!("{}{}{}", &before[..at], new, &before[at + 1..]);
        value.amount = Some(after.parse().ok()?);
        value.text = after.clone();
        let what = format!("{} row {} column {c}: {before} for {after}", disclosure.statements[s].id, r + 1);
        Some(Planted { disclosure, rows: vec![(s, r)], cells: vec![(s, r, c)], lost: 0, what })
    }

    fn dropped_row(&self, dice: &mut Dice) -> Option<Planted> {
        let (s, r, _) = self.pick(dice)?;
        let mut disclosure = self.disclosure.clone();
        let record = disclosure.statements[s].records.remove(r);
        let text: Vec<String> = record.values.iter().flatten().map(|v| v.text.chars().take(12).collect()).collect();
        let what = format!("{} row {} lost: {}", disclosure.statements[s].id, r + 1, text.join(" "));
        let rows = (0..disclosure.statements[s].records.len()).map(|r| (s, r)).collect();
        Some(Planted { disclosure, rows, cells: Vec::new(), lost: r, what })
    }

    fn shifted_row(&self, dice: &mut Dice) -> Option<Planted> {
        let (s, r, _) = self.pick(dice)?;
        let mut disclosure = self.disclosure.clone();
        let statement = &mut disclosure.statements[s];
        let amounts: Vec<usize> =
            (0..statement.columns.len()).filter(|c| statement.columns[*c].role == ColumnRole::Amount).collect();
        let record = statement.records.get_mut(r)?;
        let before: Vec<Option<Value>> = amounts.iter().map(|c| record.values[*c].clone()).collect();
        for (i, c) in amounts.iter().enumerate() {
            record.values[*c] = i.checked_sub(1).and_then(|i| before[i].clone());
        }
        let after: Vec<Option<Value>> = amounts.iter().map(|c| record.values[*c].clone()).collect();
        let amount = |v: &Option<Value>| v.as_ref().and_then(|v| v.amount).filter(|a| !a.is_zero());
        let changed = before.iter().zip(&after).filter(|(a, b)| amount(a) != amount(b)).count();
        if amounts.len() < 2 || changed == 0 {
            return None;
        }
        let cells = amounts.iter().filter(|c| amount(&record.values[**c]).is_some()).map(|c| (s, r, *c)).collect();
        let what = format!("{} row {} shifted", statement.id, r + 1);
        Some(Planted { disclosure, rows: vec![(s, r)], cells, lost: 0, what })
    }

    fn swapped_cells(&self, dice: &mut Dice) -> Option<Planted> {
        let a = self.pick(dice)?;
        let near: Vec<(usize, usize, usize)> =
            self.cells.iter().copied().filter(|b| b.0 == a.0 && *b != a && (b.1 == a.1 || b.2 == a.2)).collect();
        let b = *near.get(dice.below(near.len()))?;
        let mut disclosure = self.disclosure.clone();
        let records = &mut disclosure.statements[a.0].records;
        let (first, second) = (records[a.1].values[a.2].clone(), records[b.1].values[b.2].clone());
        if first.as_ref()?.amount == second.as_ref()?.amount {
            return None;
        }
        records[a.1].values[a.2] = second;
        records[b.1].values[b.2] = first;
        let what = format!(
            "{} rows {} and {}, columns {} and {} swapped",
            disclosure.statements[a.0].id,
            a.1 + 1,
            b.1 + 1,
            a.2,
            b.2
        );
        Some(Planted { disclosure, rows: vec![(a.0, a.1), (b.0, b.1)], cells: vec![a, b], lost: 0, what })
    }

    fn wrong_unit(&self, dice: &mut Dice) -> Option<Planted> {
        let (s, _, _) = self.pick(dice)?;
        let mut disclosure = self.disclosure.clone();
        let statement = &mut disclosure.statements[s];
        statement.unit = match statement.unit? {
            Unit::Yuan => Some(Unit::TenThousandYuan),
            Unit::TenThousandYuan => Some(Unit::Yuan),
            _ => return None,
        };
        let rows = (0..statement.records.len()).map(|r| (s, r)).collect();
        let what = format!("{} in {:?}", statement.id, statement.unit);
        let cells = self.cells.iter().copied().filter(|c| c.0 == s).collect();
        Some(Planted { disclosure, rows, cells, lost: 0, what })
    }

    /// How the reconciliation takes a fault.
    pub fn reply(&self, planted: &Planted, fault: Fault) -> Reply {
        let result = reconcile(planted.disclosure.clone());
        let new: Vec<&Check> = result.checks.iter().filter(|c| !c.holds && !self.failing.contains(&key(c))).collect();
        let trust = |t: &Reconciliation, (s, r, c): (usize, usize, usize)| t.trust[s][r][c].unwrap_or(Trust::Unchecked);
        let confirmed = |t: &Reconciliation, cell| trust(t, cell) >= Trust::Confirmed;
        let touched: Vec<bool> = planted.cells.iter().map(|cell| confirmed(&result, *cell)).collect();
        let n_confirmed =
            |trust: &[Vec<Option<Trust>>]| trust.iter().flatten().flatten().filter(|t| **t >= Trust::Confirmed).count();
        let distrusted = match fault {
            // The rows that are left lose the sum that confirmed them.
            Fault::DroppedRow => planted.rows.first().is_some_and(|(s, _)| {
                let mut before = self.base.trust[*s].clone();
                before.remove(planted.lost);
                n_confirmed(&result.trust[*s]) < n_confirmed(&before)
            }),
            Fault::WrongUnit => touched.iter().filter(|t| !**t).count() * 2 > touched.len(),
            _ => touched.iter().any(|t| !*t),
        };
        let fell = match fault {
            Fault::DroppedRow => distrusted,
            _ => planted.cells.iter().any(|cell| confirmed(&self.base, *cell) && !confirmed(&result, *cell)),
        };
        let named = |at: &FigureRef| match at {
            FigureRef::Cell { statement, record, .. } => planted.rows.contains(&(*statement, *record)),
            _ => false,
        };
        Reply {
            found: !new.is_empty(),
            distrusted,
            lost_trust: fell,
            still_confirmed: touched.iter().all(|t| *t) && !touched.is_empty(),
            still_corroborated: planted.cells.iter().all(|cell| trust(&result, *cell) == Trust::Corroborated),
            named: new.iter().any(|c| c.blame.iter().any(named)),
            named_first: new.iter().any(|c| c.blame.first().is_some_and(named)),
        }
    }
}

/// How many faults were planted, and how they were taken.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// Faults planted.
    pub planted: usize,
    /// A check fails that does not fail without it.
    pub found: usize,
    /// Found, or an amount that was confirmed is no longer.
    pub shown: usize,
    /// Found, or the touched amounts do not say confirmed.
    pub noticed: usize,
    /// The right row stands in a list of blame.
    pub named: usize,
    /// It stands there first.
    pub first: usize,
    /// Wrong digits planted.
    pub digits: usize,
    /// Wrong digits that say confirmed.
    pub digits_confirmed: usize,
    /// Swaps planted.
    pub swaps: usize,
    /// Swaps of which both amounts say confirmed.
    pub swaps_confirmed: usize,
    /// Swaps of which both amounts say corroborated.
    pub swaps_corroborated: usize,
    /// Checks that fail in the untouched document.
    pub untouched: usize,
}

/// Parts of a hundred.
pub fn share(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

impl Score {
    /// Sums two.
    pub fn add(&mut self, other: &Self) {
        let pairs = [
            (&mut self.planted, other.planted),
            (&mut self.found, other.found),
            (&mut self.shown, other.shown),
            (&mut self.noticed, other.noticed),
            (&mut self.named, other.named),
            (&mut self.first, other.first),
            (&mut self.digits, other.digits),
            (&mut self.digits_confirmed, other.digits_confirmed),
            (&mut self.swaps, other.swaps),
            (&mut self.swaps_confirmed, other.swaps_confirmed),
            (&mut self.swaps_corroborated, other.swaps_corroborated),
            (&mut self.untouched, other.untouched),
        ];
        pairs.into_iter().for_each(|(own, other)| *own += other);
    }

    /// One line for people; rows are named among the faults that are found, since only a failed check names one.
    pub fn line(&self) -> String {
        format!(
            "{} faults: found {:.1} %, with lost trust {:.1} %, noticed {:.1} %; row named {:.1} %, first {:.1} %; still confirmed: digits {}/{}, swaps {}/{}, {} corroborated; untouched: {} contradictions",
            self.planted,
            share(self.found, self.planted),
            share(self.shown, self.planted),
            share(self.noticed, self.planted),
            share(self.named, self.found),
            share(self.first, self.found),
            self.digits_confirmed,
            self.digits,
            self.swaps_confirmed,
            self.swaps,
            self.swaps_corroborated,
            self.untouched,
        )
    }
}

/// Plants so many faults of each kind, one at a time, seeded by the document's name; what is not noticed goes to `missed`.
///
/// A fault is found where a check fails that does not fail without it, and noticed where at least the touched amounts
/// do not say confirmed. Of a lost row and of a wrong unit, any row of the statement is the right one to name.
pub fn measure(name: &str, subject: &Subject, n_of_a_kind: usize, missed: &mut Vec<String>) -> Vec<(Fault, Score)> {
    let mut dice = Dice::new(name.bytes().map(u64::from).sum());
    let mut kinds = Vec::new();
    let untouched: Vec<String> = subject.failing().into_iter().map(|line| format!("untouched: {line}")).collect();
    for fault in FAULTS {
        // The untouched document counts once.
        let n_untouched = if fault == FAULTS[0] { untouched.len() } else { 0 };
        let mut score = Score { untouched: n_untouched, ..Score::default() };
        for _ in 0..n_of_a_kind {
            let Some(planted) = subject.plant(fault, &mut dice) else { continue };
            let reply = subject.reply(&planted, fault);
            let noticed = reply.found || reply.distrusted;
            let (digit, swap) = (fault == Fault::WrongDigit, fault == Fault::SwappedCells);
            if !noticed || digit && reply.still_confirmed {
                missed.push(format!("not noticed: {fault:?} {}", planted.what));
            } else if reply.found && !reply.named_first {
                let how = if reply.named { "not first" } else { "not named" };
                missed.push(format!("{how}: {fault:?} {}", planted.what));
            }
            if swap && reply.still_corroborated {
                missed.push(format!("still corroborated: {fault:?} {}", planted.what));
            }
            score.add(&Score {
                planted: 1,
                found: reply.found.into(),
                shown: (reply.found || reply.lost_trust).into(),
                noticed: noticed.into(),
                named: reply.named.into(),
                first: reply.named_first.into(),
                digits: digit.into(),
                digits_confirmed: (digit && reply.still_confirmed).into(),
                swaps: swap.into(),
                swaps_confirmed: (swap && reply.still_confirmed).into(),
                swaps_corroborated: (swap && reply.still_corroborated).into(),
                untouched: 0,
            });
        }
        kinds.push((fault, score));
    }
    missed.splice(0..0, untouched);
    kinds
}
