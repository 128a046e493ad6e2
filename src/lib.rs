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
//! assert_eq!(report.source.media_type, "text/plain");
//! for table in &report.tables {
//!     for row in &table.rows {
//!         println!("{} p{} {:?} {:?}", table.id, row.page, row.cells, row.trust);
//!     }
//! }
//! println!("{}", mingzhang::emit::json::to_string(&report, Default::default())?);
//! # Ok::<(), mingzhang::Error>(())
//! ```
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

pub mod error;
pub mod geom;
pub mod note;
pub mod provenance;
pub mod terms;

pub mod compare;
pub mod emit;
pub mod facts;
pub mod interpret;
pub mod read;
pub mod reconcile;
pub mod redact;
pub mod relate;
pub mod repair;
pub mod segment;

pub mod batch;
pub mod dump;
pub mod golden;
pub mod pipeline;
pub mod render;
#[cfg(feature = "review")]
pub mod review;

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

pub use batch::{Input, extract_many};
pub use emit::wire::Report;
pub use error::Error;
pub use pipeline::{extract, extract_report};
