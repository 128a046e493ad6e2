//! `mingzhang` (明账, open books) turns the budget and final-accounts disclosures of Chinese
//! government departments (部门预算公开, 部门决算公开) into clean, checked records.
//!
//! Data flows one way, each stage is a plain function between two named types:
//!
//! ```text
//! bytes ─read─▶ RawDocument ─repair─▶ CleanDocument ─segment─▶ Layout ─interpret─▶ Disclosure
//!                                            bytes ◀─emit─ Reconciliation ◀─reconcile─┘
//! ```
//!
//! No amount is silently wrong: each one is confirmed by an arithmetic identity of the report
//! itself, or its `trust` says that it was not.
//!
//! # One document
//!
//! ```
//! use mingzhang::{StatementKind, Trust};
//!
//! // A PDF works the same; this is what some extractor made of one.
//! let dump = "\
//! 云岭市林草局2031年部门预算
//! 2031年收入预算总表
//! 单位：万元
//! 科目编码 科目名称 合计 一般公共预算 政府性基金
//! 213 农林水支出 150.00 120.00 30.00
//! 21302 林业和草原 150.00 120.00 30.00
//! ";
//! let report = mingzhang::extract_report("budget.txt", dump.as_bytes())?;
//! assert_eq!(report.tables[0].kind, StatementKind::RevenueSummary);
//! let row = &report.tables[0].rows[0];
//! let amount = row.cells[2].as_ref().and_then(|cell| cell.amount()).expect("an amount");
//! assert_eq!((amount.to_string().as_str(), row.trust[2]), ("150.00", Some(Trust::Corroborated)));
//! // What is published is read back as it was.
//! let json = mingzhang::emit::json::to_string(&report, Default::default())?;
//! assert_eq!(serde_json::from_str::<mingzhang::Report>(&json)?, report);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`extract_publication`] gives more of the same document: its flat records, and what a person must look at.
//!
//! # Many documents
//!
//! In parallel, each behind its own guard, results in the order given:
//!
//! ```
//! use mingzhang::{Input, extract_many};
//!
//! let inputs = [
//!     Input::Bytes { name: "empty.pdf".into(), bytes: Vec::new() },
//!     Input::File("no/such/report.pdf".into()),
//! ];
//! let codes: Vec<_> = extract_many(&inputs).into_iter().map(|report| report.map_err(|e| e.code()).err()).collect();
//! assert_eq!(codes, [Some("empty-file"), Some("io")]);
//! ```

// The command line names the library as its other users do.
#[cfg(feature = "command")]
extern crate self as mingzhang;

mod hex;
mod names;

mod arithmetic;

// What a user of the library needs: the published shape and its formats, and what compares published reports.
pub mod compare;
pub mod emit;
pub mod geom;
pub mod lang;
pub mod provenance;
pub mod relate;

// The stages and what stands around them. Tests, benches, examples and fuzzers draw pages and try one stage at a time, so
// that these doors are open; nothing behind them is promised, and the documentation does not show them.
#[doc(hidden)]
pub mod batch;
#[doc(hidden)]
pub mod dump;
#[doc(hidden)]
pub mod error;
#[doc(hidden)]
pub mod facts;
#[doc(hidden)]
pub mod golden;
#[doc(hidden)]
pub mod interpret;
#[doc(hidden)]
pub mod note;
#[doc(hidden)]
pub mod pipeline;
#[doc(hidden)]
pub mod read;
#[doc(hidden)]
pub mod reconcile;
#[doc(hidden)]
pub mod redact;
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod repair;
#[cfg(feature = "review")]
#[doc(hidden)]
pub mod review;
#[doc(hidden)]
pub mod segment;
#[doc(hidden)]
pub mod terms;

/// The parts of a published report, from [`Report`] down to a [`Cell`](report::Cell).
pub mod report {
    #[doc(inline)]
    pub use crate::emit::wire::*;
}

/// The closed kinds that reports name, each with its published name and what it means.
pub mod kinds {
    #[doc(inline)]
    pub use crate::facts::{EconomicSystem, Level, Reason, Subject};
    #[doc(inline)]
    pub use crate::interpret::{ColumnRole, FormKind, FundSource, Horizon};
    #[doc(inline)]
    pub use crate::note::{NoteKind, Severity};
    #[doc(inline)]
    pub use crate::read::MediaType;
    #[doc(inline)]
    pub use crate::reconcile::{FigureRef, Gap, Rule, Trust, Words};
    #[doc(inline)]
    pub use crate::terms::measure::{Fund, Measure, YearPart};
    #[doc(inline)]
    pub use crate::terms::subject::{Flow, Item, Nature, Stage};
    #[doc(inline)]
    pub use crate::terms::{ReportKind, StatementKind, Unit};
}

#[cfg(feature = "command")]
mod args;
#[cfg(feature = "command")]
mod cli;
#[cfg(feature = "command")]
mod command;

#[cfg(feature = "command")]
#[doc(hidden)]
pub use cli::command_line;
#[cfg(feature = "command")]
use cli::{print, say};

#[doc(inline)]
pub use batch::{Input, extract_many, extract_one};
#[doc(inline)]
pub use emit::Publication;
#[doc(inline)]
pub use emit::wire::{Decimal, Report};
#[doc(inline)]
pub use error::Error;
#[doc(inline)]
pub use lang::Lang;
#[doc(hidden)]
pub use pipeline::extract;
#[doc(inline)]
pub use pipeline::{extract_publication, extract_report};
#[doc(inline)]
pub use reconcile::{Rule, Trust};
#[doc(inline)]
pub use terms::StatementKind;
