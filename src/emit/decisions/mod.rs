//! What people decided about figures of reports: accepted as printed, or corrected; one line of JSON a decision.

mod apply;
mod standing;

pub use apply::{Applied, apply};
pub use standing::{Decisions, Standing};

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::interpret::{ColumnRole, Record, Statement};
use crate::reconcile::Check;

/// The file that holds the decisions of an output folder.
pub const FILE: &str = "review.jsonl";

/// What a decision is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A cell of a table, row and column from 0.
    Cell {
        /// `table-01`, …
        table: String,
        /// From 0.
        row: usize,
        /// From 0.
        column: usize,
    },
    /// A fund line of a form.
    Fund {
        /// `form-01`, …
        form: String,
        /// `annual/total`, …
        line: String,
    },
    /// A check that fails, with both sides in yuan: another difference in the same place is another finding.
    Check {
        /// The stable name of its rule.
        rule: String,
        /// Where, as the report says it.
        place: String,
        /// `left|right`.
        sides: String,
    },
    /// What the program says of a page or of the whole document.
    Note {
        /// The stable code of the diagnostic.
        code: String,
        /// The page; `None` for the document.
        page: Option<u32>,
    },
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It stands as printed.
    Accepted,
    /// It was read wrong: the page prints another value.
    Corrected,
    /// Something was noted, and nothing decided.
    Noted,
    /// The last decision about it is taken back.
    Undone,
}

impl Verdict {
    const ALL: [Self; 4] = [Self::Accepted, Self::Corrected, Self::Noted, Self::Undone];

    /// The stable word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Corrected => "corrected",
            Self::Noted => "noted",
            Self::Undone => "undone",
        }
    }

    /// The verdict of a word.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }
}

/// Reasons to accept what is printed.
pub const REASONS: [&str; 2] = ["source-error", "uncheckable"];

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// SHA-256 of the source, in hex.
    pub report_id: String,
    /// What it is about.
    pub target: Target,
    /// What was decided.
    pub verdict: Verdict,
    /// Of a correction, the figure that the page prints, in the unit of its table.
    pub value: Option<Decimal>,
    /// Why it was accepted, one of [`REASONS`].
    pub reason: Option<String>,
    /// Free words.
    pub note: Option<String>,
    /// Who decided.
    pub reviewer: String,
    /// When, in UTC.
    pub at: String,
    /// The version of the program that showed the figure.
    pub version: String,
    /// The printed text that it was made for.
    pub printed: String,
    /// What it was open as: the trust of a figure, `contradicted` for a check, the [`class`] of a note.
    pub was: String,
    /// What stood beside it: the column's path and the row's texts.
    pub beside: String,
    /// What was decided at one stroke has one number, which no other stroke has.
    pub stroke: String,
}

impl Decision {
    /// As a line of the file, without its end.
    pub fn to_json(&self) -> Value {
        let (mut table, mut row, mut column, mut check, mut place, mut page) =
            (Value::Null, Value::Null, Value::Null, Value::Null, Value::Null, Value::Null);
        match &self.target {
            Target::Cell { table: id, row: at, column: of } => (table, row, column) = (json!(id), json!(at), json!(of)),
            Target::Fund { form, line } => (table, column) = (json!(form), json!(line)),
            Target::Check { rule, place: at, .. } => (check, place) = (json!(rule), json!(at)),
            Target::Note { code, page: at } => (check, page) = (json!(code), json!(at)),
        }
        json!({
            "report_id": self.report_id,
            "table": table,
            "row": row,
            "column": column,
            "check": check,
            "place": place,
            "page": page,
            "decision": self.verdict.name(),
            "value": self.value.map(|value| value.to_string()),
            "reason": self.reason,
            "note": self.note,
            "reviewer": self.reviewer,
            "at": self.at,
            "version": self.version,
            "printed": self.printed,
            "beside": self.beside,
            "was": self.was,
            "stroke": self.stroke,
        })
    }

    /// The decision of a line; `None` where it is none.
    pub fn from_json(line: &Value) -> Option<Self> {
        let text = |name: &str| line.get(name).and_then(Value::as_str).map(str::to_owned);
        let number = |name: &str| line.get(name).and_then(Value::as_u64);
        let printed = text("printed").unwrap_or_default();
        let target = match (text("table"), number("row"), text("check"), text("place")) {
            (Some(table), Some(row), ..) => Target::Cell {
                table,
                row: usize::try_from(row).ok()?,
                column: usize::try_from(number("column")?).ok()?,
            },
            (Some(form), None, ..) => Target::Fund { form, line: text("column")? },
            (None, _, Some(rule), Some(place)) => Target::Check { rule, place, sides: printed.clone() },
            (None, _, Some(code), None) => {
                Target::Note { code, page: number("page").and_then(|page| u32::try_from(page).ok()) }
            }
            _ => return None,
        };
        Some(Self {
            report_id: text("report_id")?,
            target,
            verdict: Verdict::from_name(&text("decision")?)?,
            value: text("value").and_then(|value| value.parse().ok()),
            reason: text("reason"),
            note: text("note"),
            reviewer: text("reviewer")?,
            at: text("at")?,
            version: text("version").unwrap_or_default(),
            printed,
            beside: text("beside").unwrap_or_default(),
            was: text("was").unwrap_or_default(),
            stroke: text("stroke").unwrap_or_default(),
        })
    }
}

/// What a diagnostic leaves open; `None` where nobody need look at it.
pub fn class(severity: &str, code: &str) -> Option<&'static str> {
    Some(match (severity, code) {
        ("error", _) => "lost",
        (_, "rows-withheld" | "words-missing" | "text-order-lost" | "table-unread" | "amount-cut") => "cut",
        (_, "column-guessed" | "amount-unreadable" | "unit-unknown" | "unit-contradicted" | "turned-text") => "guessed",
        _ => return None,
    })
}

/// The target that a check is.
pub fn check_target(check: &Check) -> Target {
    let sides = format!("{}|{}", super::jsonl::yuan(check.left), super::jsonl::yuan(check.right));
    Target::Check { rule: check.rule.name().to_owned(), place: check.place.clone(), sides }
}

/// What stands beside a cell: a decision is for a figure of this row and column, wherever it has moved.
pub fn beside<'t>(column_path: &str, texts: impl Iterator<Item = &'t str>) -> String {
    let texts: Vec<&str> = texts.collect();
    format!("{column_path} | {}", texts.join(" "))
}

/// What stands beside a cell of a statement.
pub fn beside_cell(statement: &Statement, record: &Record, column: usize) -> String {
    let path = statement.columns.get(column).map(|column| column.path.join("/")).unwrap_or_default();
    let columns = statement.columns.iter().zip(&record.values);
    let texts = columns.filter(|(column, _)| column.role != ColumnRole::Amount);
    beside(&path, texts.filter_map(|(_, value)| Some(value.as_ref()?.text.as_str())))
}

/// What people must know of an export, where decisions were not applied.
pub fn stale_remark(n_stale: usize) -> Option<String> {
    let decisions = if n_stale == 1 { "decision was" } else { "decisions were" };
    (n_stale > 0).then(|| format!("{n_stale} {decisions} not applied: something else is read there now"))
}

/// A text of a record that was read back.
fn text<'f>(fields: &'f Map<String, Value>, name: &str) -> Option<&'f str> {
    fields.get(name).and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(target: Target, verdict: Verdict) -> Decision {
        Decision {
            report_id: "ab".into(),
            target,
            verdict,
            value: (verdict == Verdict::Corrected).then(|| "12.50".parse().unwrap()),
            reason: (verdict == Verdict::Accepted).then(|| "uncheckable".into()),
            note: None,
            reviewer: "r".into(),
            at: "2031-01-01T00:00:00Z".into(),
            version: "1".into(),
            printed: "1.00|2.00".into(),
            beside: "合计 | 213".into(),
            was: "unchecked".into(),
            stroke: "s".into(),
        }
    }

    #[test]
    fn a_decision_comes_back_as_it_was() {
        for target in [
            Target::Cell { table: "table-01".into(), row: 0, column: 3 },
            Target::Fund { form: "form-01".into(), line: "annual/total".into() },
            Target::Check { rule: "row-sum".into(), place: "table-01 row 1".into(), sides: "1.00|2.00".into() },
            Target::Note { code: "no-text-layer".into(), page: Some(3) },
            Target::Note { code: "damaged-file".into(), page: None },
        ] {
            for verdict in Verdict::ALL {
                let decision = decision(target.clone(), verdict);
                assert_eq!(Decision::from_json(&decision.to_json()), Some(decision));
            }
        }
    }

    #[test]
    fn undoing_brings_back_what_was_decided_before() {
        let target = Target::Note { code: "no-text-layer".into(), page: Some(3) };
        let mut decisions = Decisions::default();
        let mut take = |verdict| {
            decisions.extend(format!("{}\n", decision(target.clone(), verdict).to_json()).as_bytes());
            decisions.of("ab").unwrap().of(&target).map(|decision| decision.verdict)
        };
        assert_eq!(take(Verdict::Accepted), Some(Verdict::Accepted));
        assert_eq!(take(Verdict::Corrected), Some(Verdict::Corrected));
        assert_eq!(take(Verdict::Noted), Some(Verdict::Corrected));
        assert_eq!(take(Verdict::Undone), Some(Verdict::Corrected));
        assert_eq!(take(Verdict::Undone), Some(Verdict::Accepted));
        assert_eq!(take(Verdict::Undone), None);
    }

    #[test]
    fn a_line_that_breaks_off_is_not_taken() {
        let target = Target::Note { code: "no-text-layer".into(), page: Some(3) };
        let line = format!("{}\n", decision(target, Verdict::Accepted).to_json());
        let mut decisions = Decisions::default();
        assert_eq!(decisions.extend(&line.as_bytes()[..line.len() - 9]), 0);
        assert!(decisions.is_empty());
        let whole = format!("{{\"report_id\":\"cd\n{line}{{\"report");
        assert_eq!(decisions.extend(whole.as_bytes()), whole.len() - 8);
        assert!(decisions.of("ab").is_some() && decisions.of("cd").is_none());
    }
}
