//! What a reviewer asks for becomes lines of the file of decisions, or is refused.

use std::io;
use std::time::{SystemTime, UNIX_EPOCH};

use rust_decimal::Decimal;
use serde_json::Value;

use super::Review;
use super::document::{Document, Item};
use super::random::random;
use super::shown::{figure_of, mark};
use crate::arithmetic::amount;
use crate::batch::journal::utc;
use crate::emit::decisions::{self, Decision, REASONS, Standing, Target, Verdict};
use crate::reconcile::{Check, FigureRef, Trust};

/// Why nothing was decided.
#[derive(Debug)]
pub(super) enum Refused {
    /// It makes no sense.
    Wish(&'static str),
    /// Somebody else has decided about it meanwhile.
    Meanwhile,
    /// It cannot be kept.
    Io(io::Error),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Words longer than this are no note.
const MAX_NOTE: usize = 4_000;

/// Decides what is wished, and gives the number of the stroke, by which it can be undone.
pub(super) fn decide(review: &Review, document: &Document, wish: &Value) -> Result<String, Refused> {
    let text = |name: &str| wish.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    let verdict = text("decision").and_then(Verdict::from_name).ok_or(Refused::Wish("no such decision"))?;
    let item = match text("item") {
        Some(key) => Some(document.items.iter().find(|item| item.key == key).ok_or(Refused::Wish("no such item"))?),
        None => None,
    };
    let cell = match text("cell") {
        Some(cell) => Some(figure_of(cell).ok_or(Refused::Wish("no such cell"))?),
        None => None,
    };
    let stroke = random().map_err(|error| Refused::Io(io::Error::other(error)))?.chars().take(16).collect::<String>();
    let pen = Pen {
        document,
        line: Decision {
            report_id: document.filed.id.clone(),
            target: Target::Note { code: String::new(), page: None },
            verdict,
            value: None,
            reason: text("reason").filter(|reason| REASONS.contains(reason)).map(str::to_owned),
            note: text("note").map(|note| note.trim().chars().take(MAX_NOTE).collect()),
            reviewer: review.reviewer.clone(),
            at: utc(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            printed: String::new(),
            beside: String::new(),
            was: String::new(),
            stroke: stroke.clone(),
        },
    };
    review.log.append(|decisions| {
        let none = Standing::default();
        let standing = decisions.of(&document.filed.id).unwrap_or(&none);
        if let (Some(item), Some(seen)) = (item, wish.get("mark").and_then(Value::as_str))
            && seen != mark(&item.targets, standing)
        {
            return Err(Refused::Meanwhile);
        }
        match verdict {
            Verdict::Undone => {
                let stroke = text("stroke").ok_or(Refused::Wish("nothing to undo"))?;
                pen.undo(stroke, wish.get("stale") == Some(&Value::Bool(true)), standing)
            }
            Verdict::Accepted => pen.accept(item, cell),
            Verdict::Noted if pen.line.note.is_none() => Err(Refused::Wish("no words")),
            Verdict::Noted => pen.lines(&targets(document, item, cell)?),
            Verdict::Corrected => {
                let value = text("value").and_then(amount::parse).ok_or(Refused::Wish("expected an amount"))?;
                pen.correct(cell.ok_or(Refused::Wish("no such cell"))?, value, standing)
            }
        }
    })?;
    Ok(stroke)
}

fn targets(document: &Document, item: Option<&Item>, cell: Option<FigureRef>) -> Result<Vec<Target>, Refused> {
    match (item, cell) {
        (Some(item), _) => Ok(item.targets.clone()),
        (None, Some(cell)) => Ok(vec![document.target(cell).ok_or(Refused::Wish("no such cell"))?]),
        (None, None) => Err(Refused::Wish("no such item")),
    }
}

/// Writes lines that differ in what they are about.
struct Pen<'d> {
    document: &'d Document,
    line: Decision,
}

impl Pen<'_> {
    fn line(&self, target: &Target) -> Result<Decision, Refused> {
        let (printed, beside) = self.document.printed(target).ok_or(Refused::Wish("nothing is printed there"))?;
        let was = match target {
            Target::Check { .. } => Trust::Contradicted.name(),
            Target::Note { .. } => {
                let item = self.document.items.iter().find(|item| item.targets.contains(target));
                item.map_or("", |item| item.kind)
            }
            Target::Cell { .. } | Target::Fund { .. } => {
                let at = self.document.figure(target);
                let trust = at.and_then(|at| self.document.trust(at)).map_or("", Trust::name);
                // Zeros in no sum are open nowhere.
                let is_zero = at.and_then(|at| self.document.yuan(at)).is_some_and(|yuan| yuan.is_zero());
                if is_zero { "zero" } else { trust }
            }
        };
        Ok(Decision { target: target.clone(), printed, beside, was: was.to_owned(), ..self.line.clone() })
    }

    fn lines(&self, targets: &[Target]) -> Result<Vec<Decision>, Refused> {
        targets.iter().map(|target| self.line(target)).collect()
    }

    /// Takes back all that was decided at a stroke and is the last word about its figure, or what of it is stale.
    fn undo(&self, stroke: &str, stale: bool, standing: &Standing) -> Result<Vec<Decision>, Refused> {
        let last = standing.targets().filter(|target| standing.last(target).is_some_and(|line| line.stroke == stroke));
        let last = last.filter_map(|target| standing.last(target));
        let undone = last.filter(|line| !stale || !self.document.is_fresh(line)).map(|line| Decision {
            target: line.target.clone(),
            printed: line.printed.clone(),
            beside: line.beside.clone(),
            was: line.was.clone(),
            value: None,
            ..self.line.clone()
        });
        let undone: Vec<Decision> = undone.collect();
        if undone.is_empty() { Err(Refused::Meanwhile) } else { Ok(undone) }
    }

    /// Accepts an item, and with a contradiction the figures that are blamed for it; or one figure.
    fn accept(&self, item: Option<&Item>, cell: Option<FigureRef>) -> Result<Vec<Decision>, Refused> {
        if self.line.reason.is_none() {
            return Err(Refused::Wish("expected why"));
        }
        let mut targets = targets(self.document, item, cell)?;
        if let Some(item) = item.filter(|item| item.kind == "contradicted") {
            let blamed =
                item.figures.iter().take(1).filter(|at| self.document.trust(**at) == Some(Trust::Contradicted));
            targets.extend(blamed.filter_map(|at| self.document.target(*at)));
        }
        self.lines(&targets)
    }

    /// Corrects a figure; checks that hold with it are settled, and those that do not any more are open again.
    fn correct(&self, at: FigureRef, value: Decimal, standing: &Standing) -> Result<Vec<Decision>, Refused> {
        let target = self.document.target(at).ok_or(Refused::Wish("no such cell"))?;
        let mut lines = vec![Decision { value: Some(value), ..self.line(&target)? }];
        for check in self.document.failing().filter(|check| check.figures.contains(&at)) {
            let target = decisions::check_target(check);
            let before = standing.of(&target).map(|line| line.verdict);
            match (self.is_mended(check, at, value, standing), before) {
                (true, None) => lines.push(self.line(&target)?),
                (false, Some(Verdict::Corrected)) => {
                    lines.push(Decision { verdict: Verdict::Undone, ..self.line(&target)? });
                }
                _ => {}
            }
        }
        lines.dedup_by(|a, b| a.target == b.target);
        Ok(lines)
    }

    /// Whether a check holds with a figure and the corrections that stand.
    fn is_mended(&self, check: &Check, at: FigureRef, value: Decimal, standing: &Standing) -> bool {
        let document = self.document;
        let printed: Option<Vec<Decimal>> = check.figures.iter().map(|figure| document.yuan(*figure)).collect();
        let Some((total, parts)) = printed.as_deref().and_then(<[Decimal]>::split_first) else { return false };
        // Of any other identity nobody here knows what a figure does to its sides.
        if *total != check.left || parts.iter().sum::<Decimal>() != check.right {
            return false;
        }
        let now = |figure: FigureRef, printed: Decimal| {
            let target = document.target(figure);
            let stands = target.and_then(|target| standing.of(&target)).filter(|line| document.is_fresh(line));
            let value = if figure == at { Some(value) } else { stands.and_then(|line| line.value) };
            value.and_then(|value| value.checked_mul(document.factor(figure))).unwrap_or(printed)
        };
        let figures = check.figures.iter().zip(printed.iter().flatten());
        let values: Vec<Decimal> = figures.map(|(figure, printed)| now(*figure, *printed)).collect();
        let Some((total, parts)) = values.split_first() else { return false };
        (*total - parts.iter().sum::<Decimal>()).abs() <= check.allowance
    }
}
