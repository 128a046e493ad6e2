//! The one integration test binary.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../generator/mod.rs"]
mod invented;

mod cli;
mod emit;
mod generator;
mod golden;
mod parallel;
mod schema;
mod shared;
mod tidy;
