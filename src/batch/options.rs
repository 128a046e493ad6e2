//! What is made of each document, as a run hands it to its workers and its journal remembers it.

use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::emit::json::Layout;
use crate::error::Error;
use crate::read::Limits;
use crate::read::scan::Ocr;
use crate::reconcile::Reconciliation;
use crate::{pipeline, redact};

/// How long a document may take where nothing else is said: models that read scanned pages take a second or two for each.
pub const fn usual_time(with_models: bool) -> Duration {
    Duration::from_secs(if with_models { 3600 } else { 120 })
}

/// What is made of each document. A document is done anew where one of these differs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The report as JSON, in this layout.
    pub report: Option<Layout>,
    /// The flat records, in this form.
    pub records: Option<Records>,
    /// How much reading it may cost.
    pub limits: Limits,
    /// Whether contacts are left out.
    pub redact_contacts: bool,
    /// The [fingerprint](Ocr::fingerprint) of the models that read scanned pages.
    pub ocr: Option<u64>,
}

/// A form of flat records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Records {
    /// One JSON object a line, which every export is made from.
    JsonLines,
    /// One row of Arrow, as a stream of IPC.
    #[cfg(feature = "arrow")]
    Arrow,
}

impl Records {
    /// The stable name.
    fn name(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            #[cfg(feature = "arrow")]
            Self::Arrow => "arrow",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        let all = [
            Self::JsonLines,
            #[cfg(feature = "arrow")]
            Self::Arrow,
        ];
        all.into_iter().find(|records| records.name() == name)
    }
}

impl Options {
    /// Extracts a document within the limits, without what is to be left out; `walked` where a folder merely held it.
    ///
    /// # Errors
    /// As [`pipeline::extract_disclosure`].
    pub fn extract(&self, bytes: &[u8], ocr: Option<&Ocr>, walked: bool) -> Result<Reconciliation, Error> {
        let reconciliation = pipeline::extract_disclosure(bytes, &self.limits, ocr, walked)?;
        Ok(if self.redact_contacts { redact::contacts(reconciliation) } else { reconciliation })
    }

    /// As a JSON object; equal options give equal objects.
    pub(super) fn to_json(self) -> Value {
        let report = self.report.map(|layout| match layout {
            Layout::Compact => "compact",
            Layout::Pretty => "pretty",
        });
        let limits: Map<_, _> =
            Limits::NAMES.map(|name| (name.to_owned(), json!(self.limits.get(name)))).into_iter().collect();
        let records = self.records.map(Records::name);
        let redact = self.redact_contacts;
        json!({"report": report, "records": records, "limits": limits, "redact_contacts": redact, "ocr": self.ocr})
    }

    /// The options that [`to_json`](Self::to_json) wrote; what is missing or unknown is not wanted.
    pub(super) fn from_json(json: &Value) -> Self {
        let mut limits = Limits::default();
        for name in Limits::NAMES {
            if let Some(value) = json["limits"][name].as_u64() {
                limits.set(name, value);
            }
        }
        Self {
            limits,
            report: match json["report"].as_str() {
                Some("compact") => Some(Layout::Compact),
                Some("pretty") => Some(Layout::Pretty),
                _ => None,
            },
            records: json["records"].as_str().and_then(Records::from_name),
            redact_contacts: json["redact_contacts"] == true,
            ocr: json["ocr"].as_u64(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_come_back_as_they_were() {
        for report in [None, Some(Layout::Compact), Some(Layout::Pretty)] {
            for (records, redact_contacts) in
                [(None, false), (Some(Records::JsonLines), false), (Some(Records::JsonLines), true)]
            {
                let limits = Limits { pages: 7, ..Limits::default() };
                let ocr = records.map(|_| u64::MAX);
                let options = Options { report, records, limits, redact_contacts, ocr };
                assert_eq!(Options::from_json(&options.to_json()), options);
            }
        }
    }
}
