//! One checked disclosure as it is published: the report, its facts, and the reconciliation that both were made of.

use crate::emit::findings::{self, Findings, Tally};
use crate::emit::wire::Report;
use crate::emit::{Encoding, flat, json, jsonl, report};
use crate::error::Error;
use crate::facts::{self, Facts};
use crate::reconcile::Reconciliation;

/// What is published of one document: what belongs together is held together.
#[derive(Clone, Debug)]
pub struct Publication {
    report: Report,
    facts: Facts,
    reconciliation: Reconciliation,
}

impl Publication {
    /// What is published of a document: `name` without folder, `bytes` as they were read.
    pub fn new(name: &str, bytes: &[u8], reconciliation: Reconciliation) -> Self {
        let facts = facts::facts(&reconciliation);
        Self { report: report::report(name, bytes, &reconciliation, &facts), facts, reconciliation }
    }

    /// The report in its published shape.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The report alone.
    pub fn into_report(self) -> Report {
        self.report
    }

    /// Every figure once.
    pub(crate) fn facts(&self) -> &Facts {
        &self.facts
    }

    /// What the report's own arithmetic says.
    pub(crate) fn reconciliation(&self) -> &Reconciliation {
        &self.reconciliation
    }

    /// How much there is to look at.
    pub fn tally(&self) -> Tally {
        findings::tally(&self.reconciliation)
    }

    /// What a person must look at.
    pub fn findings(&self) -> Findings {
        findings::findings(&self.report.source.name, &self.reconciliation)
    }

    /// Every flat record, by resource and primary key.
    pub fn rows(&self) -> Vec<flat::Row> {
        flat::rows(self)
    }

    /// In a published format, ending with a line end.
    ///
    /// # Errors
    /// Never for what this crate made.
    pub fn encode(&self, encoding: Encoding) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        match encoding {
            Encoding::Json(layout) => json::write(&self.report, layout, &mut bytes)?,
            Encoding::JsonLines => jsonl::write(self, &mut bytes)?,
        }
        Ok(bytes)
    }
}
