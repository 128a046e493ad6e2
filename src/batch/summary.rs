//! What became of a run's documents, in numbers, and as a table for people.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use crate::batch::Document;
use crate::batch::record::{Record, Status};

/// The numbers of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Documents, each once however many names it has.
    pub n_documents: u64,
    /// Further names of the same documents.
    pub n_same: u64,
    /// Documents that an earlier run had done.
    pub n_before: u64,
    /// Documents whose report is published.
    pub n_published: u64,
    /// Of these, with an identity that fails.
    pub n_contradicted: u64,
    /// Of these, with something lost.
    pub n_incomplete: u64,
    /// Of these, without any amount.
    pub n_empty: u64,
    /// Files of folders that are no disclosures.
    pub n_skipped: u64,
    /// What lies in folders and was not looked into; whoever walks them counts it.
    pub n_left_out: u64,
    /// Documents that gave no report, by the code of the error.
    pub failed: BTreeMap<String, u64>,
    /// Pages of what was published.
    pub n_pages: u64,
    /// Of these, scanned ones that were read by models.
    pub n_pages_by_ocr: u64,
    /// Pages of what this run published.
    pub n_pages_now: u64,
    /// Amounts published.
    pub n_amounts: u64,
    /// What lies where results of earlier runs or of this one would, and is not as a run wrote it: it was left alone.
    pub changed: Vec<PathBuf>,
    /// What people must know of the exports.
    pub remarks: Vec<String>,
    /// How long the run took.
    pub seconds: f64,
}

impl Summary {
    /// Documents that gave no report.
    pub fn n_failed(&self) -> u64 {
        self.failed.values().sum()
    }

    /// What somebody should look at: documents that contradict themselves or lost something, and files that were left
    /// where results would lie. A report may be of text alone: that it shows no amount is said, and no finding.
    pub fn n_findings(&self) -> u64 {
        self.n_contradicted + self.n_incomplete + self.changed.len() as u64
    }

    /// Counts one document.
    pub(super) fn add(&mut self, document: &Document, record: &Record, before: bool) {
        self.n_documents += 1;
        self.n_same += document.same.len() as u64;
        self.n_before += u64::from(before);
        match record.status {
            Status::Published => {
                self.n_published += 1;
                self.n_contradicted += u64::from(record.n_contradictions > 0);
                self.n_incomplete += u64::from(!record.troubles.is_empty());
                self.n_empty += u64::from(!record.has_amounts());
                self.n_pages += record.n_pages;
                self.n_pages_by_ocr += record.n_pages_by_ocr;
                self.n_pages_now += if before { 0 } else { record.n_pages };
                self.n_amounts += record.n_amounts;
            }
            Status::Skipped => self.n_skipped += 1,
            Status::Failed => {
                let code = record.troubles.first().map_or("internal", |trouble| trouble.code.as_str());
                *self.failed.entry(code.to_owned()).or_default() += 1;
            }
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut row = |name: &str, n: u64, more: &str| {
            let more = if more.is_empty() { String::new() } else { format!("  {more}") };
            writeln!(f, "  {name:<22}{n:>10}{more}")
        };
        row("documents", self.n_documents, "")?;
        for (name, n) in [("same bytes again", self.n_same), ("done before", self.n_before)] {
            if n > 0 {
                row(name, n, "")?;
            }
        }
        row("published", self.n_published, "")?;
        let of_these = [
            ("  with contradictions", self.n_contradicted),
            ("  with losses", self.n_incomplete),
            ("  without amounts", self.n_empty),
        ];
        for (name, n) in of_these {
            if n > 0 {
                row(name, n, "")?;
            }
        }
        row("skipped", self.n_skipped, "")?;
        if self.n_left_out > 0 {
            row("left out", self.n_left_out, "neither PDF nor text")?;
        }
        row("failed", self.n_failed(), "")?;
        for (code, n) in &self.failed {
            row(&format!("  {code}"), *n, "")?;
        }
        #[allow(clippy::cast_precision_loss, reason = "a rate for people")]
        let rate = if self.seconds > 0.0 { self.n_pages_now as f64 / self.seconds } else { 0.0 };
        row("pages", self.n_pages, &format!("{rate:.0} a second"))?;
        if self.n_pages_by_ocr > 0 {
            row("  read by models", self.n_pages_by_ocr, "")?;
        }
        row("amounts", self.n_amounts, "")
    }
}
