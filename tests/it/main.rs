//! The one integration test binary.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../generator/mod.rs"]
mod invented;

#[path = "../truth/mod.rs"]
mod truth;

#[path = "../truth/mutate.rs"]
mod mutate;

mod cli;
mod drawn;
mod emit;
mod filing;
mod form;
mod generator;
mod golden;
mod narrative;
mod overprint;
mod page;
mod parallel;
mod pdf;
mod read;
mod read_corpus;
mod read_seen;
mod readme;
mod reconcile;
mod reconcile_corpus;
mod rulings;
mod schema;
mod segment;
mod shared;
mod terms;
mod text_forms;
mod text_placed;
mod text_repair;
mod text_statements;
mod tidy;
