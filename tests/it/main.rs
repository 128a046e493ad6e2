//! The one integration test binary.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod generator;
#[path = "../generator/mod.rs"]
mod invented;
mod page;
mod segment;
mod terms;
