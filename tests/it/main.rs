//! The one integration test binary.

mod generator;
#[path = "../generator/mod.rs"]
mod invented;
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod page;
mod segment;
mod terms;
