//! The one integration test binary.

mod generator;
#[path = "../generator/mod.rs"]
mod invented;
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod cli;
mod emit;
mod golden;
mod parallel;
mod schema;
mod shared;
mod tidy;
