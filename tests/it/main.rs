//! The one integration test binary.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../generator/mod.rs"]
mod invented;

#[path = "../truth/mod.rs"]
mod truth;

#[path = "../truth/mutate.rs"]
mod mutate;

mod aligned;
mod batch_foreign;
mod batch_inputs;
mod batch_killers;
mod batch_resume;
mod batch_sweep;
mod beside;
mod breaks;
mod caption;
mod circles;
mod cli;
mod command;
mod compare;
mod contents;
mod drawn;
mod emit;
mod exports;
mod facts;
mod facts_corpus;
mod facts_rows;
mod filing;
mod findings;
mod form;
mod generator;
mod golden;
mod golden_commands;
mod narrative;
mod notation;
mod overprint;
mod page;
mod parallel;
mod pdf;
mod published;
mod read;
mod read_by_models;
mod read_cmaps;
mod read_corpus;
mod read_damage;
mod read_limits;
mod read_open;
mod read_regressions;
mod read_seen;
mod readme;
mod reconcile;
mod reconcile_corpus;
mod reconcile_evidence;
mod reconcile_faults;
mod reconcile_outline;
mod reconcile_prose;
mod reconcile_sound;
mod reconcile_verdicts;
mod redact;
mod relate;
mod render;
mod reread;
#[cfg(feature = "review")]
mod review;
#[cfg(feature = "review")]
mod review_server;
mod rulings;
mod scans;
mod schema;
mod segment;
mod shared;
mod sheets;
mod terms;
mod text_dumps;
mod text_foreign;
mod text_forms;
mod text_placed;
mod text_projects;
mod text_repair;
mod text_statements;
mod tidy;
mod turned;
mod walls;
mod watermark;
#[cfg(feature = "arrow")]
mod workers;
