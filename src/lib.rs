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

pub mod error;
pub mod geom;
pub mod note;
pub mod provenance;
pub mod terms;

pub mod emit;
pub mod interpret;
pub mod read;
pub mod reconcile;
pub mod repair;
pub mod segment;

pub mod batch;
pub mod dump;
pub mod pipeline;

pub use batch::{Input, extract_many};
pub use emit::wire::Report;
pub use error::Error;
pub use pipeline::{extract, extract_report};
