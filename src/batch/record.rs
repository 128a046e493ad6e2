//! What became of one document: its status, its counts, and what is wrong with it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::emit::Publication;
use crate::error::Error;
use crate::note::{NoteKind, Severity};

/// How a document's turn ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// Its report is published.
    Published,
    /// A folder walk found it, and it is no disclosure.
    Skipped,
    /// It gave no report.
    #[default]
    Failed,
}

impl Status {
    const ALL: [Self; 3] = [Self::Published, Self::Skipped, Self::Failed];

    /// The stable word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
        }
    }
}

/// One thing that is wrong with a document, or why it was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Stable kebab-case code of an error or a diagnostic.
    pub code: String,
    /// One sentence for people.
    pub message: String,
    /// The page; `None` where it concerns the whole document.
    pub page: Option<u32>,
}

/// What became of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// How its turn ended.
    pub status: Status,
    /// Pages of the document.
    pub n_pages: u64,
    /// Of these, scanned ones that were read by models.
    pub n_pages_by_ocr: u64,
    /// Statements published.
    pub n_tables: u64,
    /// Forms published.
    pub n_forms: u64,
    /// Amounts in statements.
    pub n_amounts: u64,
    /// Amounts of the funds of forms.
    pub n_form_amounts: u64,
    /// Identities tried.
    pub n_checks: u64,
    /// Identities that fail.
    pub n_contradictions: u64,
    /// Places that disagree: contradictions, those of one row counted once.
    pub n_places: u64,
    /// Why there is no report, else the diagnostics that say what of it is lost.
    pub troubles: Vec<Trouble>,
}

/// Failures that lie in the machine or the moment, so that another try may succeed.
const WORTH_ANOTHER_TRY: [&str; 4] = ["crashed", "timeout", "out-of-memory", "io"];

impl Record {
    /// The record of a document whose report is published.
    pub(super) fn published(publication: &Publication) -> Self {
        let (report, tally) = (publication.report(), publication.tally());
        let lost = report.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        let by_ocr = report.diagnostics.iter().filter(|d| d.code == NoteKind::ReadByOcr);
        Self {
            status: Status::Published,
            n_pages: report.source.pages.into(),
            n_pages_by_ocr: by_ocr.filter_map(|diagnostic| diagnostic.page).collect::<BTreeSet<u32>>().len() as u64,
            n_tables: report.tables.len() as u64,
            n_forms: report.forms.len() as u64,
            n_amounts: tally.n_amounts as u64,
            n_form_amounts: tally.n_form_amounts as u64,
            n_checks: report.checks.len() as u64,
            n_contradictions: tally.n_failed as u64,
            n_places: tally.n_places as u64,
            troubles: lost
                .map(|d| Trouble { code: d.code.to_string(), message: d.message.clone(), page: d.page })
                .collect(),
        }
    }

    /// The record of a document that gave no report.
    pub(super) fn failed(error: &Error) -> Self {
        Self::without_report(Status::Failed, error.code(), error.to_string())
    }

    /// The record of a file that a folder walk found and that is no disclosure.
    pub(super) fn skipped(code: &str, message: String) -> Self {
        Self::without_report(Status::Skipped, code, message)
    }

    fn without_report(status: Status, code: &str, message: String) -> Self {
        Self { status, troubles: vec![Trouble { code: code.to_owned(), message, page: None }], ..Self::default() }
    }

    /// Whether any amount was found.
    pub fn has_amounts(&self) -> bool {
        self.n_amounts + self.n_form_amounts > 0
    }

    /// Whether a resumed run lets it stand.
    pub(super) fn is_final(&self) -> bool {
        let code = self.troubles.first().map(|trouble| trouble.code.as_str());
        self.status != Status::Failed || code.is_some_and(|code| !WORTH_ANOTHER_TRY.contains(&code))
    }

    /// The fields of the record in the order of publication, to be put into an object with others.
    pub(super) fn to_json(&self) -> Value {
        json!({
            "status": self.status.name(),
            "pages": self.n_pages,
            "pages_by_ocr": self.n_pages_by_ocr,
            "tables": self.n_tables,
            "forms": self.n_forms,
            "amounts": self.n_amounts,
            "form_amounts": self.n_form_amounts,
            "checks": self.n_checks,
            "contradictions": self.n_contradictions,
            "places": self.n_places,
            "errors": self.troubles.iter().map(Trouble::to_json).collect::<Vec<_>>(),
        })
    }

    /// The record in an object that [`to_json`](Self::to_json) wrote; `None` where it is something else.
    pub(super) fn from_json(json: &Value) -> Option<Self> {
        let count = |name: &str| json.get(name)?.as_u64();
        let status = json.get("status")?.as_str()?;
        Some(Self {
            status: Status::ALL.into_iter().find(|s| s.name() == status)?,
            n_pages: count("pages")?,
            n_pages_by_ocr: count("pages_by_ocr")?,
            n_tables: count("tables")?,
            n_forms: count("forms")?,
            n_amounts: count("amounts")?,
            n_form_amounts: count("form_amounts")?,
            n_checks: count("checks")?,
            n_contradictions: count("contradictions")?,
            n_places: count("places")?,
            troubles: json.get("errors")?.as_array()?.iter().map(Trouble::from_json).collect::<Option<_>>()?,
        })
    }
}

impl Trouble {
    /// As it stands in the journal.
    fn to_json(&self) -> Value {
        json!({"code": self.code, "message": self.message, "page": self.page})
    }

    fn from_json(json: &Value) -> Option<Self> {
        Some(Self {
            code: json.get("code")?.as_str()?.to_owned(),
            message: json.get("message")?.as_str()?.to_owned(),
            page: json.get("page")?.as_u64().and_then(|page| u32::try_from(page).ok()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_comes_back_as_it_was() {
        let trouble = Trouble { code: "damaged-page".into(), message: "第三页 \"".into(), page: Some(3) };
        let record = Record {
            status: Status::Published,
            n_pages: 7,
            n_pages_by_ocr: 2,
            n_amounts: 1,
            troubles: vec![trouble],
            ..Record::default()
        };
        assert_eq!(Record::from_json(&record.to_json()).unwrap(), record);
    }

    #[test]
    fn a_failure_of_the_bytes_stands_and_one_of_the_machine_is_tried_again() {
        assert!(Record::failed(&Error::Encrypted).is_final());
        assert!(!Record::failed(&Error::OutOfMemory).is_final());
        assert!(!Record::failed(&Error::Timeout(1)).is_final());
    }
}
